//! The screens over the text, in one table.
//!
//! A screen is a struct that implements [`ListScreen`]. Keys, mouse, frame and narrator find it in the table; small
//! screens have their file here, larger ones a folder beside this one.

pub mod bookmarks;
pub mod echoes;
pub mod help;
pub mod links;
pub mod list_screen;
pub mod world;

use super::contents::Contents;
use super::corrections::CorrectionScreen;
use super::people::PeopleList;
use super::people::quotations::SpeakerQuotes;
use super::search::hits::HitList;
use super::search::saved::SavedSearches;
use super::side::SidePanel;
use super::timeline::TimelineScreen;
use crate::config::Screen;
use bookmarks::BookmarkList;
use echoes::EchoList;
use help::HelpScreen;
use links::LinkList;
use list_screen::ListScreen;
use world::WorldScreen;

macro_rules! screens {
    ($($variant:ident => $(#[doc = $doc:literal])+ $field:ident: $type:ty,)+) => {
        /// Every list screen, open or not.
        #[derive(Debug, Default)]
        pub struct Screens {
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl Screens {
            /// A screen as a list; the text is none.
            #[must_use]
            pub fn get(&self, screen: Screen) -> Option<&dyn ListScreen> {
                match screen {
                    Screen::Reader => None,
                    $(Screen::$variant => Some(&self.$field),)+
                }
            }

            /// The same, to be changed.
            pub(super) fn get_mut(&mut self, screen: Screen) -> Option<&mut dyn ListScreen> {
                match screen {
                    Screen::Reader => None,
                    $(Screen::$variant => Some(&mut self.$field),)+
                }
            }
        }
    };
}

screens! {
    Contents =>
        /// The list of articles.
        contents: Contents,
    Side =>
        /// Speakers, quotations and countries of the open article.
        side: SidePanel,
    Hits =>
        /// The hits of the search in the folder.
        hits: HitList,
    People =>
        /// Everyone quoted in the folder.
        people: PeopleList,
    World =>
        /// The countries of the folder, with a map.
        world: WorldScreen,
    Saved =>
        /// The saved searches.
        saved: SavedSearches,
    Bookmarks =>
        /// The bookmarks.
        bookmarks: BookmarkList,
    Timeline =>
        /// Something over time.
        timeline: TimelineScreen,
    Echoes =>
        /// Other articles with the words of the current quotation.
        echoes: EchoList,
    SpeakerQuotes =>
        /// The quotations of one speaker in the folder.
        speaker_quotes: SpeakerQuotes,
    Correction =>
        /// The correction in progress.
        correction: CorrectionScreen,
    Links =>
        /// The links of the open article.
        links: LinkList,
    Help =>
        /// The keys.
        help: HelpScreen,
}
