//! What can happen: everything the model reacts to.

use crate::app::protocol::answers::{
    ArticleHits, Counts, Echo, FileSurvey, FolderMemory, SearchProgress, SpeakerQuote,
};
use crate::app::protocol::notice::Notice;
use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::Analysis;
use crate::app::reading::content::Content;
use crate::config::Key;
use crate::config::theme::Ground;
use crate::layout::Pages;
use crate::library::{ArticleId, Correction, ListedFile, PackedSurvey};
use crate::text::Span;
use crate::text::fold::Folded;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal's ground is light or dark.
    Ground(Ground),
    /// The terminal has a new size.
    Resize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// Files were found in the folder.
    Listed {
        /// The files, in order.
        files: Vec<ListedFile>,
        /// Whether these were the last.
        is_done: bool,
        /// What could not be listed, as sentences.
        problems: Vec<String>,
    },
    /// An article was read.
    Opened {
        /// Which question this answers.
        generation: u64,
        /// Which article.
        article: ArticleId,
        /// What it holds; perhaps only its beginning.
        content: Arc<Content>,
        /// The same in short, for the lists, when it is analyzed.
        survey: Option<Box<PackedSurvey>>,
    },
    /// An article was analyzed after it was shown.
    Analyzed {
        /// Which question this answers.
        generation: u64,
        /// What was found.
        analysis: Arc<Analysis>,
        /// The same in short, for the lists.
        survey: Box<PackedSurvey>,
    },
    /// An article could not be read.
    OpenFailed {
        /// Which question this answers.
        generation: u64,
        /// Which article.
        article: ArticleId,
        /// Why, as a sentence.
        problem: String,
    },
    /// Files were surveyed.
    Surveyed(Vec<FileSurvey>),
    /// Something about the remembered folder.
    Memory(FolderMemory),
    /// The pages of the open article were counted.
    Paginated {
        /// Which question this answers.
        generation: u64,
        /// The pages.
        pages: Pages,
    },
    /// Words were looked for in the open article.
    Found {
        /// Which question this answers.
        generation: u64,
        /// The folded text, to be kept for the next question.
        folded: Arc<Folded>,
        /// The matches.
        spans: Vec<Span>,
        /// What was odd about the question.
        warning: Option<String>,
    },
    /// Words were looked for in the folder.
    FolderFound {
        /// Which question this answers.
        generation: u64,
        /// The next articles that have the words.
        found: Vec<ArticleHits>,
        /// How far the search is.
        progress: SearchProgress,
        /// All articles in the scope that were counted, once those are more than were found.
        counts: Option<Counts>,
    },
    /// Articles were compared with each other.
    Grouped {
        /// Which question this answers.
        generation: u64,
        /// Those that are nearly the same.
        groups: Vec<Vec<ArticleId>>,
    },
    /// It was looked up which articles answer saved searches.
    LookedUp {
        /// Which question this answers.
        generation: u64,
        /// The next names, with the articles that answer.
        found: Vec<(String, Vec<ArticleId>)>,
    },
    /// It was looked up which articles may quote the same words: which question this answers, and the articles, the
    /// likeliest first.
    Traced(u64, Vec<ArticleId>),
    /// A quotation was compared with those of other articles.
    Compared {
        /// Which question this answers.
        generation: u64,
        /// The quotations with the same words.
        echoes: Vec<Echo>,
    },
    /// Files of the folder changed, but not which; it has to be walked again.
    Missed,
    /// Files of the folder changed, appeared or vanished.
    Changed {
        /// New or changed files, as listed.
        present: Vec<ListedFile>,
        /// Files that are gone.
        gone: Vec<PathBuf>,
    },
    /// What somebody is quoted as saying was gathered: which question this answers, the next quotations in the
    /// order of the articles asked about, and whether these were the last.
    Gathered(u64, Vec<SpeakerQuote>, bool),
    /// What time it was when a bookmark was set.
    BookmarkTimed {
        /// The name under which its article is kept.
        key: String,
        /// Local date and time, as in `2026-03-03T14:05:00`.
        time: String,
    },
    /// The corrections as they are kept, perhaps changed by another reader.
    Corrected(Vec<Correction>),
    /// Nothing else is to be done: time to work out more of what is listed.
    Idle,
    /// Nothing has happened for a while: time to keep what is kept between runs.
    Paused,
    /// Something to show the reader.
    Notice(Notice),
    /// The program was stopped and goes on, or the terminal was used by another program.
    Resumed,
    /// The system asks the program to stop for a while.
    Suspend,
    /// The system asks the program to end, by this signal.
    Terminate(i32),
}

/// The mouse did something at a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Column of the cell, from 0.
    pub column: u16,
    /// Row of the cell, from 0.
    pub row: u16,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// The mouse moved with the left button down.
    Drag,
    /// The left button went up.
    Release,
    /// The wheel turned towards the reader.
    WheelDown,
    /// The wheel turned away.
    WheelUp,
}
