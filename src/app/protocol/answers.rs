//! What the shell answers with: hits, quotations, echoes, surveys of files.

use crate::library::{ArticleId, FingerprintStore, Library, PackedSurvey};
use crate::search::{DiffPiece, Snippet};
use crate::text::Span;
use std::sync::Arc;

/// A folder as remembered from one run to the next.
#[derive(Debug, Clone)]
pub enum FolderMemory {
    /// The folder as it was known the last time.
    Library(Box<Library>),
    /// Of the files known the last time these are gone, by the numbers that their first articles had.
    Gone(Vec<ArticleId>),
    /// What was to be kept for the next time is, and its traces with it; or it could not be.
    Kept(Option<Arc<dyn FingerprintStore>>),
}

/// The surveys of the articles in a file.
#[derive(Debug, Clone)]
pub struct FileSurvey {
    /// Its first article.
    pub first: ArticleId,
    /// By this one sees whether it is still as it was then; zero when one cannot.
    pub stamp: u64,
    /// The surveys of all articles in it, or why none can be read.
    pub surveys: Result<Vec<PackedSurvey>, String>,
}

/// The same words quoted in another article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Echo {
    /// The article.
    pub article: ArticleId,
    /// The quotation there.
    pub span: Span,
    /// The speaker there, unless unknown.
    pub speaker: Option<String>,
    /// How they differ.
    pub pieces: Vec<DiffPiece>,
}

impl Echo {
    /// Whether not a word differs.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        let is_same = |piece: &DiffPiece| matches!(piece, DiffPiece::Same(_));
        self.pieces.iter().all(is_same)
    }
}

/// A quotation of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerQuote {
    /// The article.
    pub article: ArticleId,
    /// Its place in the article.
    pub span: Span,
    /// What was said, on one line.
    pub words: String,
}

/// An article that answers a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleHits {
    /// The article.
    pub article: ArticleId,
    /// Its first hits.
    pub hits: Vec<SearchHit>,
    /// How many it has.
    pub n_hits: usize,
}

/// A place in an article that answers a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// The words found; empty at the start when the article as a whole answers.
    pub span: Span,
    /// The words around it.
    pub snippet: Snippet,
}

/// In which order a search gives its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HitOrder {
    /// Those that answer best.
    Best,
    /// The newest first: nearly every article has the words, or they are not indexed yet.
    #[default]
    Newest,
}

impl HitOrder {
    /// As it is said on the screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Best => "best first",
            Self::Newest => "newest first",
        }
    }
}

/// How far a search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SearchProgress {
    /// How many articles have been searched or ruled out, and out of how many.
    pub searched: (usize, usize),
    /// In which order the answers come.
    pub ranking: HitOrder,
    /// Hits and articles in the scope.
    pub inside: (usize, usize),
    /// Hits and articles outside of it.
    pub outside: (usize, usize),
    /// Which of these numbers are final.
    pub sure: Certainty,
    /// Whether nothing more comes.
    pub is_done: bool,
}

/// Which numbers of a search are final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Certainty {
    /// None: there may be more.
    #[default]
    Nothing,
    /// Those of articles, but not those of hits.
    Articles,
    /// All.
    All,
}

impl Certainty {
    /// The suffix of a number that is final from this level on.
    #[must_use]
    pub fn mark(self, from: Self) -> &'static str {
        if self >= from { "" } else { "+" }
    }
}

/// The articles in the scope that answer, with the number of their hits.
pub type Counts = Arc<[(ArticleId, u32)]>;
