//! Everything a key can do, in one table.
//!
//! The keymap, `config.toml`, the help screen, the command line with its completion and the README all
//! read this table. Adding a row makes the compiler ask for its implementation.
//!
//! ```
//! use pullquote::config::{Action, Screen};
//!
//! assert_eq!(Action::from_name("next-quotation"), Some(Action::NextQuotation));
//! assert!(Action::NextQuotation.applies_in(Screen::Reader));
//! ```

use std::fmt;

use super::screen::{Screen, sets};

/// The heading that an action is listed under in the help screen and the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionGroup {
    /// Moving through the text.
    Moving,
    /// Jumping between quotations or mentions.
    Jumping,
    /// Finding text.
    Finding,
    /// Panes and lists.
    Panes,
    /// Acting on the text or article.
    Doing,
    /// Display settings.
    Looks,
    /// The program itself.
    Program,
}

impl ActionGroup {
    /// The heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Jumping => "Quotations, speakers, countries",
            Self::Finding => "Finding",
            Self::Panes => "Panes and lists",
            Self::Doing => "Copying, marking, opening",
            Self::Looks => "Display",
            Self::Program => "Program",
        }
    }
}

macro_rules! actions {
    ($($group:ident { $(#[doc = $doc:literal] $variant:ident = $name:literal in $screens:ident,)+ })+) => {
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

            /// The heading it is listed under.
            #[must_use]
            pub const fn group(self) -> ActionGroup {
                match self { $($(Self::$variant => ActionGroup::$group,)+)+ }
            }

            /// The screens it applies to.
            #[must_use]
            pub const fn screens(self) -> &'static [Screen] {
                match self { $($(Self::$variant => sets::$screens,)+)+ }
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
        /// Half a page down.
        HalfPageDown = "half-page-down" in ALL,
        /// Half a page up.
        HalfPageUp = "half-page-up" in ALL,
        /// Down a line.
        LineDown = "line-down" in ALL,
        /// Up a line.
        LineUp = "line-up" in ALL,
        /// To the top.
        Top = "top" in ALL,
        /// To the end.
        End = "end" in ALL,
        /// Go to a percentage: 50% is the middle.
        GoToPercent = "go-to-percent" in ALL,
        /// Next paragraph.
        NextParagraph = "next-paragraph" in TEXT,
        /// Previous paragraph.
        PreviousParagraph = "previous-paragraph" in TEXT,
        /// Next sentence.
        NextSentence = "next-sentence" in TEXT,
        /// Previous sentence.
        PreviousSentence = "previous-sentence" in TEXT,
        /// Previous bar of the timeline.
        Earlier = "earlier" in BARS,
        /// Next bar of the timeline.
        Later = "later" in BARS,
        /// Next article.
        NextArticle = "next-article" in ARTICLE,
        /// Previous article.
        PreviousArticle = "previous-article" in ARTICLE,
        /// Next unread article.
        NextUnread = "next-unread" in ARTICLE,
        /// Previous unread article.
        PreviousUnread = "previous-unread" in ARTICLE,
        /// Jump back.
        JumpBack = "jump-back" in ALL,
        /// Jump forward.
        JumpForward = "jump-forward" in ALL,
    }
    Jumping {
        /// Next quotation.
        NextQuotation = "next-quotation" in STEPS,
        /// Previous quotation.
        PreviousQuotation = "previous-quotation" in STEPS,
        /// Next quotation by the same speaker, here or in the next articles.
        NextOfSpeaker = "next-of-speaker" in SPEAKERS,
        /// Previous quotation by the same speaker, here or in earlier articles.
        PreviousOfSpeaker = "previous-of-speaker" in SPEAKERS,
        /// Next mention of the selected country.
        NextOfCountry = "next-of-country" in STEPS,
        /// Previous mention of the selected country.
        PreviousOfCountry = "previous-of-country" in STEPS,
        /// Next quotation by the name under the cursor or the selected speaker.
        NextOfName = "next-of-name" in SPEAKERS,
        /// Previous quotation by the name under the cursor or the selected speaker.
        PreviousOfName = "previous-of-name" in SPEAKERS,
        /// Next link: the one that opens in the browser. The status line shows its target.
        NextLink = "next-link" in TEXT,
        /// Previous link.
        PreviousLink = "previous-link" in TEXT,
        /// Repeat the last jump (quotation, speaker, country, link, match).
        RepeatJump = "repeat-jump" in STEPS,
        /// Repeat the last jump backward.
        RepeatJumpBack = "repeat-jump-back" in STEPS,
    }
    Finding {
        /// Find in the article as you type; from the article list, in the folder.
        Find = "find" in ALL,
        /// Find in the folder.
        FindInFolder = "find-in-folder" in ALL,
        /// Next match; without a search, the next unread article.
        NextMatch = "next-match" in ALL,
        /// Previous match.
        PreviousMatch = "previous-match" in ALL,
        /// Saved searches: open one to read only the articles that match it.
        SavedSearches = "saved-searches" in ALL,
        /// Save the search, or the selected speaker.
        SaveSearch = "save-search" in ALL,
        /// Filter the list as you type.
        Filter = "filter" in FILTERED,
    }
    Panes {
        /// Next pane.
        NextPane = "next-pane" in ALL,
        /// Previous pane.
        PreviousPane = "previous-pane" in ALL,
        /// Open the selected row, or row N.
        Open = "open" in LISTS,
        /// Speakers in the folder.
        People = "people" in ALL,
        /// Countries in the folder, with a map.
        World = "world" in ALL,
        /// Timeline of the speaker, country or search.
        Timeline = "timeline" in ALL,
        /// Same words in other articles.
        SameWords = "same-words" in ECHOING,
        /// Contents: the list of articles.
        Contents = "contents" in ALL,
        /// Bookmarks: the articles bookmarked in the folder.
        Bookmarks = "bookmarks" in ALL,
        /// Next sort order.
        Sort = "sort" in SORTED,
        /// Reverse the sort order.
        ReverseSort = "reverse-sort" in SORTED,
        /// Open the selected group, or go to the next pane.
        Unfold = "unfold" in SORTED,
        /// Close the group, or go to the previous pane.
        Fold = "fold" in SORTED,
        /// Group near-identical articles, or list them all.
        GroupSimilar = "group-similar" in ARTICLES,
        /// Unread articles only, or all.
        UnreadOnly = "unread-only" in ARTICLES,
        /// Country to the west.
        MapWest = "map-west" in MAP,
        /// Country to the east.
        MapEast = "map-east" in MAP,
        /// Country to the north.
        MapNorth = "map-north" in MAP,
        /// Country to the south.
        MapSouth = "map-south" in MAP,
        /// Zoom in.
        ZoomIn = "zoom-in" in ZOOMED,
        /// Zoom out.
        ZoomOut = "zoom-out" in ZOOMED,
        /// What to count: the folder, the article or the search; in the timeline also the speaker or the country.
        Scope = "scope" in ZOOMED,
    }
    Doing {
        /// Why this speaker? / About this article.
        Explain = "explain" in ALL,
        /// Correct a speaker: merge, split, rename, or say who said a quotation.
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
        /// Copy everything found as JSON.
        YankJson = "yank-json" in ARTICLE,
        /// Copy the quotation with its citation.
        YankBoth = "yank-both" in STEPS,
        /// Set a mark: type its letter.
        SetMark = "set-mark" in TEXT,
        /// Go to a mark: type its letter.
        GoToMark = "go-to-mark" in ARTICLE,
        /// Bookmark the article, or remove the bookmark.
        Bookmark = "bookmark" in ARTICLE,
        /// Mark as read or unread.
        ToggleRead = "toggle-read" in ARTICLES,
        /// Mark all articles as read.
        MarkAllRead = "mark-all-read" in ARTICLES,
        /// Open the source in the browser.
        Browse = "browse" in LINKED,
        /// Open the file in the editor at this line.
        Edit = "edit" in ARTICLE,
        /// List the links.
        Links = "links" in ARTICLES,
        /// Save or export.
        Save = "save" in ALL,
        /// Pipe the text to a command.
        Pipe = "pipe" in ARTICLE,
    }
    Looks {
        /// Side panel on or off.
        ToggleSide = "toggle-side" in ALL,
        /// Article list beside the text on or off.
        ToggleContents = "toggle-contents" in ALL,
        /// Columns: one, two, three, or as many as fit.
        CycleColumns = "cycle-columns" in ALL,
        /// Justify: always, never, or in wide columns.
        CycleJustification = "cycle-justification" in ALL,
        /// Text only, without panels and borders.
        ToggleTextOnly = "toggle-text-only" in ALL,
        /// Mouse on or off.
        ToggleMouse = "toggle-mouse" in ALL,
        /// Next theme.
        CycleTheme = "cycle-theme" in ALL,
        /// Center this line.
        Center = "center" in ALL,
    }
    Program {
        /// Command line.
        CommandLine = "command-line" in ALL,
        /// Help: this screen's keys first.
        Help = "help" in ALL,
        /// Reload the article.
        ReloadArticle = "reload-article" in ARTICLE,
        /// Reload the folder.
        ReloadFolder = "reload-folder" in ALL,
        /// Redraw the screen.
        Redraw = "redraw" in ALL,
        /// Back; quit from the text.
        Close = "close" in ALL,
        /// Close or clear, never quit.
        Cancel = "cancel" in ALL,
        /// Quit now (exit).
        Quit = "quit" in ALL,
        /// Suspend to the shell.
        Suspend = "suspend" in ALL,
    }
}

impl Action {
    /// The action with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|action| action.name() == name)
    }

    /// Whether it applies to a screen.
    #[must_use]
    pub fn applies_in(self, screen: Screen) -> bool {
        self.screens().contains(&screen)
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
            assert!(!action.doc().is_empty() && !action.screens().is_empty());
            assert_eq!(Action::from_name(action.name()), Some(action));
        }
    }
}
