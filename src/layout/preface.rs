//! Lines of the page that are no part of the text: a headline, author, date and source that only the metadata
//! of a file has.
//!
//! They stand with a block, after the title or before the first one, as rows without bytes. So every offset
//! of the text means what it would mean without them, and where there is no room they are left out.

use crate::document::{BlockKind, Document};
use crate::text::width::wrap;

/// Lines that stand at the head of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preface {
    /// The headline, in lines; none when the text has one.
    pub title: Vec<String>,
    /// Who wrote it, when and where it appeared, in lines.
    pub facts: Vec<String>,
    /// The block they stand with.
    pub(super) block: u32,
    /// Whether they follow that block rather than precede it.
    pub(super) follows: bool,
}

impl Preface {
    /// The lines for a document whose text does not show these facts, for a width.
    #[must_use]
    pub fn new(document: &Document, facts: &[String], width_columns: u16) -> Self {
        let is_title = |kind: BlockKind| kind == BlockKind::Title;
        let title = document
            .blocks
            .iter()
            .position(|block| is_title(block.kind));
        let lines = |text: &str| match text.trim() {
            "" => Vec::new(),
            text => wrap(text, width_columns.max(1)),
        };
        Self {
            title: match title {
                Some(_) => Vec::new(),
                None => lines(&document.meta.title),
            },
            facts: lines(&facts.join(" · ")),
            block: title.and_then(|at| u32::try_from(at).ok()).unwrap_or(0),
            follows: title.is_some(),
        }
    }

    /// How many lines there are; one of them is empty where text follows them at once.
    pub(super) fn n_lines(&self) -> usize {
        let n_lines = self.title.len() + self.facts.len();
        n_lines + usize::from(n_lines > 0 && !self.follows)
    }

    /// A line, and whether it is of the headline.
    #[must_use]
    pub fn line(&self, index: u16) -> Option<(&str, bool)> {
        let index = usize::from(index);
        let title = self.title.get(index).map(|line| (line.as_str(), true));
        title.or_else(|| {
            let facts = self.facts.get(index.checked_sub(self.title.len())?);
            facts.map(|line| (line.as_str(), false))
        })
    }
}
