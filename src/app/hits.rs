//! The hits of a search in the folder.

use ratatui::layout::Rect;

use super::list::Selection;
use crate::library::ArticleId;
use crate::search::Snippet;
use crate::text::Span;

/// A place in an article that answers a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
    /// The words found; empty at the start when the article as a whole answers.
    pub span: Span,
    /// One line of context.
    pub snippet: Snippet,
}

/// The hits of the newest search.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// What was searched for.
    pub query: String,
    /// What was found, in the order of the articles.
    pub found: Vec<Hit>,
    /// The selected hit.
    pub selection: Selection,
    /// How many articles have been searched, out of how many.
    pub searched: (usize, usize),
    /// Whether the search is under way.
    pub is_searching: bool,
    /// What was odd about the question.
    pub warning: Option<String>,
    /// The first hit shall be opened as soon as it is there.
    pub opens_first: bool,
}

/// Rows of the preview with its rule, and the lowest list that has one.
const PREVIEW_ROWS: u16 = 7;
const PREVIEW_FROM: u16 = 18;

impl Hits {
    /// Where the list of hits is and, where there is room, the preview of the selected one.
    #[must_use]
    pub fn areas(area: Rect) -> (Rect, Option<Rect>) {
        if area.height < PREVIEW_FROM {
            return (area, None);
        }
        let height = area.height - PREVIEW_ROWS;
        let y = area.y + height;
        (
            Rect { height, ..area },
            Some(Rect {
                y,
                height: PREVIEW_ROWS,
                ..area
            }),
        )
    }

    /// The selected hit.
    #[must_use]
    pub fn selected(&self) -> Option<&Hit> {
        self.found.get(self.selection.row)
    }

    /// How many articles have hits.
    #[must_use]
    pub fn articles(&self) -> usize {
        let mut count = 0;
        let mut last = None;
        for hit in &self.found {
            if last != Some(hit.article) {
                count += 1;
                last = Some(hit.article);
            }
        }
        count
    }

    /// The index of the first hit of the next or previous article.
    #[must_use]
    pub fn other_article(&self, step: isize) -> usize {
        let Some(here) = self.selected().map(|hit| hit.article) else {
            return 0;
        };
        if step > 0 {
            let rest = self.found.iter().enumerate().skip(self.selection.row);
            let mut others = rest.filter(|(_, hit)| hit.article != here);
            return others.next().map_or(self.selection.row, |(index, _)| index);
        }
        let first = self
            .found
            .iter()
            .position(|hit| hit.article == here)
            .unwrap_or(0);
        let Some(before) = first.checked_sub(1).and_then(|index| self.found.get(index)) else {
            return 0;
        };
        self.found
            .iter()
            .position(|hit| hit.article == before.article)
            .unwrap_or(0)
    }
}
