//! What can be asked for: everything the model cannot do by itself.
//!
//! The shell runs effects and answers with messages. An effect with a generation asks a question that
//! a newer one may replace; the answer carries the same number, and old answers are dropped.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::protocol::questions::{CorrectionChange, FindQuery, QuotingArticle};
use crate::app::reading::content::Content;
use crate::app::state::SavedState;
use crate::document::{Document, Warned};
use crate::layout::{Measure, PageShape};
use crate::library::{ArticleId, DuplicateIndex, Library, Location, SearchScope};
use crate::search::QuotedWords;
use crate::text::fold::Folded;

/// Something for the shell to do.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Read an article and, if it is short, analyze it too; a long one is analyzed after it is shown.
    Open {
        /// Number of the question.
        generation: u64,
        /// Which article.
        article: ArticleId,
        /// Where it is.
        location: Location,
    },
    /// Analyze an article that was shown before.
    Analyze {
        /// Number of the question that opened it.
        generation: u64,
        /// The article.
        document: Arc<Warned<Document>>,
    },
    /// Survey files, in this order and after everything else; each comes with its first article.
    Survey(Vec<(ArticleId, Location)>),
    /// Count the pages of an article.
    Paginate {
        /// Number of the question.
        generation: u64,
        /// The article.
        document: Arc<Warned<Document>>,
        /// How its lines are laid out.
        measure: Measure,
        /// Size of a page.
        shape: PageShape,
    },
    /// Look for words in an article.
    Find {
        /// Number of the question.
        generation: u64,
        /// The article.
        content: Content,
        /// Its folded text from an earlier question.
        folded: Option<Arc<Folded>>,
        /// What is looked for.
        wanted: FindQuery,
    },
    /// Look for words in the folder; hits come best or newest first.
    FindInFolder {
        /// Number of the question.
        generation: u64,
        /// What the reader typed.
        query: String,
        /// Where to look.
        articles: SearchScope,
        /// How many lines of hits show: they are handed over first.
        screenful: usize,
    },
    /// Make ready for searches of these articles.
    PrepareSearch(SearchScope),
    /// Tell which articles are nearly the same.
    Group {
        /// Number of the question.
        generation: u64,
        /// The signatures to compare.
        duplicates: DuplicateIndex,
    },
    /// Look up which articles answer saved searches, by name and query.
    LookUp {
        /// Number of the question.
        generation: u64,
        /// Names and queries.
        queries: Vec<(String, String)>,
        /// Where to look.
        articles: SearchScope,
    },
    /// Tell which articles may quote the same words: number of the question, numbers of the words, and where those of
    /// all articles are.
    Trace(u64, Vec<u32>, DuplicateIndex),
    /// Compare a quotation with those of other articles.
    Compare {
        /// Number of the question.
        generation: u64,
        /// The words of the quotation.
        quoted: QuotedWords,
        /// Where to look.
        articles: Vec<(ArticleId, Location)>,
    },
    /// Gather what somebody is quoted as saying, in this order; a newer question of an empty list ends it.
    Gather {
        /// Number of the question.
        generation: u64,
        /// Where, and by which names.
        asked: Vec<QuotingArticle>,
    },
    /// Give up looking for words in the folder.
    StopSearch,
    /// Walk the folder again.
    Rescan,
    /// Compare the folder with what was known of it the last time.
    Check,
    /// Store the folder for the next run.
    Keep(Box<Library>),
    /// Say what time it is, for the bookmark of the article that is kept under this name.
    TimeBookmark(String),
    /// Keep the reader's places, marks and history.
    Save(Box<SavedState>),
    /// Keep a change of the corrections.
    Correct(CorrectionChange),
    /// Put text on the clipboard and say so with these words.
    Copy {
        /// The text.
        text: String,
        /// What it is: `quotation and citation`.
        what: &'static str,
    },
    /// Show a web page in the browser.
    Browse(String),
    /// Open a file in the editor.
    Edit {
        /// The file.
        location: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// Give text to a command.
    Pipe {
        /// The command line.
        command: String,
        /// Its standard input.
        text: String,
    },
    /// Write a file.
    Write {
        /// Where; never over a file that is there.
        path: PathBuf,
        /// What.
        text: String,
    },
    /// Switch mouse reports on or off.
    Mouse(bool),
    /// Ask the terminal for its background color, and to report changes of it.
    AskGround,
    /// Redraw everything.
    Redraw,
    /// Stop until the reader comes back.
    Suspend,
    /// Leave.
    Quit,
}
