//! The screens, in one table: their names in the configuration, and sets of them for the table of actions.

macro_rules! screens {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $title:literal,)+) => {
        /// What takes the keys: the text, a list over it, or a pane beside it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Screen {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Screen {
            /// Every screen, in the order of the help screen.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            /// The name of its table in the configuration: `[keys.reader]`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What the help screen calls it.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }
        }
    };
}

screens! {
    /// The text of an article.
    Reader = "reader", "the text",
    /// The list of articles.
    Contents = "contents", "the list of articles",
    /// Speakers, quotations and countries beside the text.
    Side = "side", "the side panel",
    /// The hits of a search in the folder.
    Hits = "finder", "the search results",
    /// Everybody quoted in the folder.
    People = "people", "the speakers",
    /// Countries as a list and a map.
    World = "world", "the countries",
    /// The saved searches.
    Saved = "saved", "the saved searches",
    /// The bookmarks.
    Bookmarks = "bookmarks", "the bookmarks",
    /// Bars over time, and the articles of the selected bar.
    Timeline = "timeline", "the timeline",
    /// Other articles with the words of a quotation.
    Echoes = "echoes", "the articles with the same words",
    /// The quotations of one speaker in the folder.
    SpeakerQuotes = "said", "the quotations of a speaker",
    /// A correction in progress.
    Correction = "correct", "a correction",
    /// The links of an article.
    Links = "links", "the links",
    /// The list of keys.
    Help = "help", "the help",
}

impl Screen {
    /// Whether it is a list with a selected row, so that `[keys.lists]` applies to it.
    #[must_use]
    pub const fn is_list(self) -> bool {
        !matches!(self, Self::Reader)
    }
}

/// Named sets of screens, so that a row of the table of actions fits on a line.
pub(super) mod sets {
    use super::Screen::{
        self, Bookmarks, Contents, Echoes, Help, Hits, Links, People, Reader, Saved, Side,
        Timeline, World,
    };

    pub(in crate::config) const ALL: &[Screen] = &Screen::ALL;
    pub(in crate::config) const TEXT: &[Screen] = &[Reader];
    /// All but the text, which comes first.
    pub(in crate::config) const LISTS: &[Screen] = ALL.split_at(1).1;
    pub(in crate::config) const ECHOING: &[Screen] = &[Reader, Side, Echoes];
    pub(in crate::config) const SORTED: &[Screen] = &[Contents, People];
    pub(in crate::config) const FILTERED: &[Screen] = &[
        Contents, Side, Hits, People, World, Saved, Bookmarks, Links, Help,
    ];
    /// Where there is an article to act on: the open one or that of the selected row.
    pub(in crate::config) const ARTICLE: &[Screen] =
        &[Reader, Contents, Side, Hits, Timeline, Echoes, Bookmarks];
    /// Where stepping from quotation to quotation makes sense: the text moves and the list follows.
    pub(in crate::config) const STEPS: &[Screen] = &[Reader, Side];
    pub(in crate::config) const SPEAKERS: &[Screen] = &[Reader, Side, People];
    pub(in crate::config) const MAP: &[Screen] = &[World];
    pub(in crate::config) const BARS: &[Screen] = &[Timeline];
    pub(in crate::config) const ZOOMED: &[Screen] = &[World, Timeline];
    pub(in crate::config) const LINKED: &[Screen] = &[Reader, Contents, Side, Hits, Links];
    pub(in crate::config) const ARTICLES: &[Screen] = &[Reader, Contents];
}
