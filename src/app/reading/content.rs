//! The open article: its text and its analysis.

use std::sync::Arc;

use jiff::civil::DateTime;

use crate::analysis::Analysis;
use crate::document::{Document, Warned};

/// What an article holds.
#[derive(Debug, Clone)]
pub struct Content {
    /// The text with its blocks.
    pub document: Arc<Warned<Document>>,
    /// What was found in it; missing while that is under way.
    pub analysis: Option<Arc<Analysis>>,
    /// Whether this is only the beginning of a long file, shown until the rest is there.
    pub is_partial: bool,
    /// When the file was last changed.
    pub file_time: Option<DateTime>,
}
