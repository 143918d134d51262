//! Everything a key can do, in one table.
//!
//! The keymap, `config.toml`, the help screen, the command line with its completion and the README all
//! read this table; a new row makes the compiler ask for the code that carries it out.
//!
//! ```
//! use pullquote::config::{Action, Context};
//!
//! assert_eq!(Action::from_name("next-quotation"), Some(Action::NextQuotation));
//! assert!(Action::NextQuotation.applies_in(Context::Reader));
//! ```

use std::fmt;

/// Which pane has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// The text of an article.
    Reader,
    /// The list of articles.
    Contents,
    /// Speakers, quotations and countries beside the text.
    Side,
    /// The hits of a search in the folder.
    Finder,
    /// Everybody quoted in the folder.
    People,
    /// Countries as a list and a map.
    World,
    /// The saved searches.
    Saved,
    /// Bars over time and the articles of one.
    Timeline,
    /// Where else the words of a quotation stand.
    Echoes,
    /// All that somebody said in the folder.
    Said,
    /// A correction that is being made.
    Correct,
    /// The links of an article.
    Links,
    /// The list of keys.
    Help,
}

impl Context {
    /// Every context, in the order of the help screen.
    pub const ALL: [Self; 13] = [
        Self::Reader,
        Self::Contents,
        Self::Side,
        Self::Finder,
        Self::People,
        Self::World,
        Self::Saved,
        Self::Timeline,
        Self::Echoes,
        Self::Said,
        Self::Correct,
        Self::Links,
        Self::Help,
    ];

    /// The name of its table in the configuration: `[keys.reader]`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Contents => "contents",
            Self::Side => "side",
            Self::Finder => "finder",
            Self::People => "people",
            Self::World => "world",
            Self::Saved => "saved",
            Self::Timeline => "timeline",
            Self::Echoes => "echoes",
            Self::Said => "said",
            Self::Correct => "correct",
            Self::Links => "links",
            Self::Help => "help",
        }
    }

    /// Whether the pane is a list with a selected row, so that `[keys.lists]` holds in it.
    #[must_use]
    pub const fn is_list(self) -> bool {
        !matches!(self, Self::Reader)
    }
}

/// Under which heading an action stands in the help screen and the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Through the text.
    Moving,
    /// From quotation to quotation, mention to mention.
    Jumping,
    /// Words.
    Finding,
    /// Panes and lists.
    Panes,
    /// With what is under the cursor.
    Doing,
    /// How the text looks.
    Looks,
    /// The program itself.
    Program,
}

impl Group {
    /// The heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Jumping => "Quotations, speakers, countries",
            Self::Finding => "Finding",
            Self::Panes => "Panes and lists",
            Self::Doing => "Copying, marking, opening",
            Self::Looks => "Looks",
            Self::Program => "The program",
        }
    }
}

/// Named sets of contexts, so that a row of the table fits a line.
mod contexts {
    use super::Context::{
        self, Contents, Correct, Echoes, Finder, Help, Links, People, Reader, Said, Saved, Side,
        Timeline, World,
    };

    pub(super) const ALL: &[Context] = &Context::ALL;
    pub(super) const TEXT: &[Context] = &[Reader];
    pub(super) const LISTS: &[Context] = &[
        Contents, Side, Finder, People, World, Timeline, Saved, Echoes, Said, Correct, Links, Help,
    ];
    pub(super) const ECHOING: &[Context] = &[Reader, Side, Echoes];
    pub(super) const SORTED: &[Context] = &[Contents, People];
    pub(super) const FILTERED: &[Context] =
        &[Contents, Side, Finder, People, World, Saved, Links, Help];
    /// Where an article is at hand: the open one or the selected row.
    pub(super) const ARTICLE: &[Context] = &[Reader, Contents, Side, Finder, Timeline, Echoes];
    /// Where a step from quotation to quotation makes sense: the text moves, the list follows.
    pub(super) const STEPS: &[Context] = &[Reader, Side];
    pub(super) const SPEAKERS: &[Context] = &[Reader, Side, People];
    pub(super) const MAP: &[Context] = &[World];
    pub(super) const BARS: &[Context] = &[Timeline];
    pub(super) const ZOOMED: &[Context] = &[World, Timeline];
    pub(super) const LINKED: &[Context] = &[Reader, Contents, Side, Finder, Links];
    pub(super) const ARTICLES: &[Context] = &[Reader, Contents];
}

macro_rules! actions {
    ($($group:ident { $(#[doc = $doc:literal] $variant:ident = $name:literal in $contexts:ident,)+ })+) => {
        /// Something a key, the command line or the mouse can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($(#[doc = $doc] $variant,)+)+
        }

        impl Action {
            /// Every action, in the order of the help screen.
            pub const ALL: &'static [Self] = &[$($(Self::$variant,)+)+];

            /// Its name in `config.toml` and on the command line.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name,)+)+ }
            }

            /// What it does, without the full stop: "Next page".
            #[must_use]
            pub fn doc(self) -> &'static str {
                match self { $($(Self::$variant => $doc,)+)+ }.trim().trim_end_matches('.')
            }

            /// Where it stands in the help screen.
            #[must_use]
            pub const fn group(self) -> Group {
                match self { $($(Self::$variant => Group::$group,)+)+ }
            }

            /// The panes in which it means something.
            #[must_use]
            pub const fn contexts(self) -> &'static [Context] {
                match self { $($(Self::$variant => contexts::$contexts,)+)+ }
            }
        }
    };
}

actions! {
    Moving {
        /// Next page.
        NextPage = "next-page" in ALL,
        /// Previous page.
        PreviousPage = "previous-page" in ALL,
        /// Half a page on.
        HalfPageDown = "half-page-down" in ALL,
        /// Half a page back.
        HalfPageUp = "half-page-up" in ALL,
        /// A line on; in a list the next row.
        LineDown = "line-down" in ALL,
        /// A line back; in a list the previous row.
        LineUp = "line-up" in ALL,
        /// To the top.
        Top = "top" in ALL,
        /// To the end.
        End = "end" in ALL,
        /// That far into the article: `50%` is the middle.
        GoToPercent = "go-to-percent" in ALL,
        /// Next paragraph.
        NextParagraph = "next-paragraph" in TEXT,
        /// Previous paragraph.
        PreviousParagraph = "previous-paragraph" in TEXT,
        /// Next sentence.
        NextSentence = "next-sentence" in TEXT,
        /// Previous sentence.
        PreviousSentence = "previous-sentence" in TEXT,
        /// In the timeline the bar before.
        Earlier = "earlier" in BARS,
        /// In the timeline the bar after.
        Later = "later" in BARS,
        /// Next article.
        NextArticle = "next-article" in ARTICLE,
        /// Previous article.
        PreviousArticle = "previous-article" in ARTICLE,
        /// Next unread article.
        NextUnread = "next-unread" in ARTICLE,
        /// Previous unread article.
        PreviousUnread = "previous-unread" in ARTICLE,
        /// Back to the place jumped from.
        JumpBack = "jump-back" in ALL,
        /// Forward again.
        JumpForward = "jump-forward" in ALL,
    }
    Jumping {
        /// Next quotation.
        NextQuotation = "next-quotation" in STEPS,
        /// Previous quotation.
        PreviousQuotation = "previous-quotation" in STEPS,
        /// Next quotation of the same speaker, on into other articles.
        NextOfSpeaker = "next-of-speaker" in SPEAKERS,
        /// Previous quotation of the same speaker, back into other articles.
        PreviousOfSpeaker = "previous-of-speaker" in SPEAKERS,
        /// Next mention of the selected country.
        NextOfCountry = "next-of-country" in STEPS,
        /// Previous mention of the selected country.
        PreviousOfCountry = "previous-of-country" in STEPS,
        /// All quotations of the name under the cursor or the selected speaker, on.
        NextOfName = "next-of-name" in SPEAKERS,
        /// All quotations of the name under the cursor or the selected speaker, back.
        PreviousOfName = "previous-of-name" in SPEAKERS,
        /// Next link; the status line says where it leads, and it is what is opened in the browser.
        NextLink = "next-link" in TEXT,
        /// Previous link.
        PreviousLink = "previous-link" in TEXT,
        /// The last jump again (quotation, speaker, country, link, match).
        RepeatJump = "repeat-jump" in STEPS,
        /// The last jump again, backwards.
        RepeatJumpBack = "repeat-jump-back" in STEPS,
    }
    Finding {
        /// Find in the article as you type; in the article list, in the folder.
        Find = "find" in ALL,
        /// Find in the whole folder.
        FindInFolder = "find-in-folder" in ALL,
        /// Next match; with no search active the next unread article.
        NextMatch = "next-match" in ALL,
        /// Previous match.
        PreviousMatch = "previous-match" in ALL,
        /// Saved searches: folders of the articles that answer them.
        SavedSearches = "saved-searches" in ALL,
        /// Save the search, or the selected speaker.
        SaveSearch = "save-search" in ALL,
        /// Filter the list by typing.
        Filter = "filter" in FILTERED,
    }
    Panes {
        /// Next pane.
        NextPane = "next-pane" in ALL,
        /// Previous pane.
        PreviousPane = "previous-pane" in ALL,
        /// Open what is selected; with a number that row.
        Open = "open" in LISTS,
        /// Speakers of the folder.
        People = "people" in ALL,
        /// Countries of the folder, with a map.
        World = "world" in ALL,
        /// Timeline of the speaker, the country or the search.
        Timeline = "timeline" in ALL,
        /// Where else the words of the quotation stand.
        SameWords = "same-words" in ECHOING,
        /// Contents: the list of articles.
        Contents = "contents" in ALL,
        /// Next sort order.
        Sort = "sort" in SORTED,
        /// Turn the sort order round.
        ReverseSort = "reverse-sort" in SORTED,
        /// Open the selected group; else the next pane.
        Unfold = "unfold" in SORTED,
        /// Close the group; else the previous pane.
        Fold = "fold" in SORTED,
        /// Articles nearly the same as one line, or all.
        GroupSimilar = "group-similar" in ARTICLES,
        /// Only unread articles, or all.
        UnreadOnly = "unread-only" in ARTICLES,
        /// The country to the west.
        MapWest = "map-west" in MAP,
        /// The country to the east.
        MapEast = "map-east" in MAP,
        /// The country to the north.
        MapNorth = "map-north" in MAP,
        /// The country to the south.
        MapSouth = "map-south" in MAP,
        /// Closer.
        ZoomIn = "zoom-in" in ZOOMED,
        /// Further away.
        ZoomOut = "zoom-out" in ZOOMED,
        /// Count over the folder, the article, the search; in the timeline the speaker, the country.
        Scope = "scope" in ZOOMED,
    }
    Doing {
        /// What is this: why this speaker, or facts about the article.
        Explain = "explain" in ALL,
        /// Correct this: merge, split or rename speakers, another speaker, not a person.
        Correct = "correct" in SPEAKERS,
        /// Copy the quotation.
        YankQuotation = "yank-quotation" in STEPS,
        /// Copy a citation.
        YankCitation = "yank-citation" in ARTICLE,
        /// Copy the sentence.
        YankSentence = "yank-sentence" in TEXT,
        /// Copy the paragraph.
        YankParagraph = "yank-paragraph" in TEXT,
        /// Copy the path or URL.
        YankSource = "yank-source" in LINKED,
        /// Copy everything found, as JSON.
        YankJson = "yank-json" in ARTICLE,
        /// Copy quotation and citation.
        YankBoth = "yank-both" in STEPS,
        /// Set a mark, named by the next letter.
        SetMark = "set-mark" in TEXT,
        /// Go to a mark, named by the next letter.
        GoToMark = "go-to-mark" in ARTICLE,
        /// Bookmark the article, or take the bookmark away.
        Bookmark = "bookmark" in ARTICLE,
        /// Mark as read, or unread.
        ToggleRead = "toggle-read" in ARTICLES,
        /// Mark all articles read.
        MarkAllRead = "mark-all-read" in ARTICLES,
        /// Open the source in the browser.
        Browse = "browse" in LINKED,
        /// Open the file in the editor at this line.
        Edit = "edit" in ARTICLE,
        /// List the links.
        Links = "links" in ARTICLES,
        /// Save or export.
        Save = "save" in ALL,
        /// Pipe to a command.
        Pipe = "pipe" in ARTICLE,
    }
    Looks {
        /// Side panel on or off.
        ToggleSide = "toggle-side" in ALL,
        /// Article list beside the text on or off.
        ToggleContents = "toggle-contents" in ALL,
        /// One, two, three columns, or as many as fit.
        CycleColumns = "cycle-columns" in ALL,
        /// Justified, ragged, or by width.
        CycleJustification = "cycle-justification" in ALL,
        /// Text only, without panels and lines around it.
        ToggleTextOnly = "toggle-text-only" in ALL,
        /// Mouse on or off.
        ToggleMouse = "toggle-mouse" in ALL,
        /// Next theme.
        CycleTheme = "cycle-theme" in ALL,
        /// This line to the middle.
        Center = "center" in ALL,
    }
    Program {
        /// Command line.
        CommandLine = "command-line" in ALL,
        /// Help: this screen's keys first.
        Help = "help" in ALL,
        /// Read the article again.
        ReloadArticle = "reload-article" in ARTICLE,
        /// Read the folder again.
        ReloadFolder = "reload-folder" in ALL,
        /// Draw the screen again.
        Redraw = "redraw" in ALL,
        /// Close the topmost thing; at last leave.
        Close = "close" in ALL,
        /// Close or clear, never leave.
        Cancel = "cancel" in ALL,
        /// Leave at once.
        Quit = "quit" in ALL,
        /// Suspend to the shell.
        Suspend = "suspend" in ALL,
    }
}

impl Action {
    /// The action of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|action| action.name() == name)
    }

    /// Whether it means something in that pane.
    #[must_use]
    pub fn applies_in(self, context: Context) -> bool {
        self.contexts().contains(&context)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_unique() {
        let mut names: Vec<_> = Action::ALL.iter().map(|action| action.name()).collect();
        assert!(
            names
                .iter()
                .all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
        );
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Action::ALL.len());
    }

    #[test]
    fn every_action_says_what_it_does_and_is_found_by_name() {
        for &action in Action::ALL {
            assert!(!action.doc().is_empty() && !action.contexts().is_empty());
            assert_eq!(Action::from_name(action.name()), Some(action));
        }
    }
}
