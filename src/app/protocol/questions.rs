//! The payloads of the questions that the model asks.

use crate::library::{ArticleId, Correction, Location};
use std::sync::Arc;

/// An article that quotes somebody, and by which names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotingArticle {
    /// The article.
    pub article: ArticleId,
    /// Where it is.
    pub location: Location,
    /// The names it gives the person.
    pub names: Vec<Arc<str>>,
}

/// What is looked for in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindQuery {
    /// Words as typed after `/`: one phrase, or a regular expression between slashes.
    Words(String),
    /// A query of the folder search, with its fields.
    Query(String),
}

impl FindQuery {
    /// What the reader typed.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Query(text) => text,
        }
    }
}

impl Default for FindQuery {
    fn default() -> Self {
        Self::Words(String::new())
    }
}

/// A change of the corrections, as one step of undoing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorrectionChange {
    /// These were made.
    Add(Vec<Correction>),
    /// These were undone, each in its newest place.
    Remove(Vec<Correction>),
}
