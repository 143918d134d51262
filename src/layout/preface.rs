//! Lines of a page that are not part of the text: the headline, author, date and source if only the metadata of a
//! file has them.
//!
//! They are rows without bytes, attached to a block: after the title, or before the first block. So offsets into
//! the text are the same with and without them. Where there is no room they are left out.

use crate::document::{BlockKind, Document};
use crate::text::to_u32;
use crate::text::width::{text_width, wrap};

/// Lines at the head of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preface {
    /// The lines of the headline; none when the text has one.
    pub title: Vec<String>,
    /// The lines with the author, date and source.
    pub facts: Vec<String>,
    /// The block they are attached to.
    pub(super) block: u32,
    /// Whether they come after that block instead of before it.
    pub(super) follows: bool,
}

impl Preface {
    /// The lines for a document whose text does not have these facts, wrapped to a width.
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
            facts: joined(facts, width_columns.max(1)),
            block: match title {
                Some(at) => to_u32(at),
                None => 0,
            },
            follows: title.is_some(),
        }
    }

    /// The number of lines, including an empty one when they come before the text.
    pub(super) fn n_lines(&self) -> usize {
        let n_lines = self.title.len() + self.facts.len();
        n_lines + usize::from(n_lines > 0 && !self.follows)
    }

    /// A line, and whether it belongs to the headline.
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

/// The separator of two facts on a line.
const BETWEEN: &str = " · ";

/// Joins the facts into lines, as many on each as fit. Only a fact that is wider than a line is wrapped.
fn joined(facts: &[String], width_columns: u16) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for fact in facts {
        let width = text_width(BETWEEN) + text_width(fact);
        match lines.last_mut() {
            Some(line) if text_width(line) + width <= usize::from(width_columns) => {
                line.push_str(BETWEEN);
                line.push_str(fact);
            }
            _ => lines.extend(wrap(fact, width_columns)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_fact_is_not_divided_where_it_fits_on_a_line() {
        let facts = ["Ana Ruiz", "3 Mar 2026", "4 min"].map(str::to_owned);
        assert_eq!(joined(&facts, 40), ["Ana Ruiz · 3 Mar 2026 · 4 min"]);
        assert_eq!(joined(&facts, 26), ["Ana Ruiz · 3 Mar 2026", "4 min"]);
        assert_eq!(joined(&facts, 5), ["Ana", "Ruiz", "3 Mar", "2026", "4 min"]);
    }
}
