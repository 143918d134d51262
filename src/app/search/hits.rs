//! The hits of a search in the folder, by article.

use crate::app::protocol::answers::{ArticleHits, Counts, SearchHit, SearchProgress};

use ratatui::layout::Rect;

use crate::app::lists::selection::ListSelection;
use crate::library::ArticleId;

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitRow {
    /// The title of an article.
    Article(usize),
    /// A hit in it.
    Hit(usize, usize),
}

/// The hits of the newest search.
#[derive(Debug, Clone, Default)]
pub struct HitList {
    /// What was searched for.
    pub query: String,
    /// What was found, in the order it came.
    pub found: Vec<ArticleHits>,
    /// The rows of the list.
    pub rows: Vec<HitRow>,
    /// The selected row, which is always a hit.
    pub selection: ListSelection,
    /// How far the search is.
    pub progress: SearchProgress,
    /// All articles that answer, once they are counted.
    pub counts: Option<Counts>,
    /// Whether the search is under way.
    pub is_searching: bool,
    /// What was odd about the question.
    pub warning: Option<String>,
    /// What the reader calls the scope; nothing when that is the whole folder.
    pub scope: Option<String>,
    /// Whether the whole folder is searched whatever the scope.
    pub is_everywhere: bool,
    /// The first hit shall be opened as soon as it is there.
    pub opens_first: bool,
}

/// Rows of the preview with its rule under the list, and the lowest screen that has one.
const PREVIEW_ROWS: u16 = 7;
const PREVIEW_FROM_ROWS: u16 = 18;
/// Columns of the preview beside the list, and the narrowest screen that has one.
const PREVIEW_COLUMNS: u16 = 46;
const PREVIEW_FROM_COLUMNS: u16 = 110;

impl HitList {
    /// Where the list of hits is and, where there is room, the preview of the selected one.
    #[must_use]
    pub fn areas(area: Rect) -> (Rect, Option<Rect>) {
        if area.width >= PREVIEW_FROM_COLUMNS {
            let width = area.width - PREVIEW_COLUMNS;
            let x = area.x + width;
            let preview = Rect {
                x,
                width: PREVIEW_COLUMNS,
                ..area
            };
            return (Rect { width, ..area }, Some(preview));
        }
        if area.height < PREVIEW_FROM_ROWS {
            return (area, None);
        }
        let height = area.height - PREVIEW_ROWS;
        let y = area.y + height;
        let preview = Rect {
            y,
            height: PREVIEW_ROWS,
            ..area
        };
        (Rect { height, ..area }, Some(preview))
    }

    /// The selected hit and its article.
    #[must_use]
    pub fn selected(&self) -> Option<(ArticleId, &SearchHit)> {
        let &HitRow::Hit(found, hit) = self.rows.get(self.selection.row)? else {
            return None;
        };
        let found = self.found.get(found)?;
        Some((found.article, found.hits.get(hit)?))
    }

    /// Whether a row under the list tells of hits that the scope hides.
    #[must_use]
    pub fn has_footer(&self) -> bool {
        self.progress.outside.0 > 0 && !self.query.is_empty()
    }

    /// The articles that answer, with the number of their hits, as far as they are counted.
    #[must_use]
    pub fn counted(&self) -> Vec<(ArticleId, u32)> {
        let count = |found: &ArticleHits| {
            let n_hits = u32::try_from(found.n_hits).unwrap_or(u32::MAX);
            (found.article, n_hits)
        };
        match &self.counts {
            Some(counts) => counts.to_vec(),
            None => self.found.iter().map(count).collect(),
        }
    }

    /// Takes away what was found.
    pub(crate) fn clear(&mut self) {
        self.found.clear();
        self.rows.clear();
        self.counts = None;
        self.selection = ListSelection::default();
    }

    /// Adds what was found next, as far as there may be so many lines.
    pub(crate) fn extend(&mut self, found: Vec<ArticleHits>, most: usize) {
        for found in found {
            if self.rows.len() >= most {
                return;
            }
            let at = self.found.len();
            self.rows.push(HitRow::Article(at));
            self.rows
                .extend((0..found.hits.len()).map(|hit| HitRow::Hit(at, hit)));
            self.found.push(found);
        }
        self.skip_title(1);
    }

    /// From the title of an article the selection goes on to a hit, that way if it can.
    pub(crate) fn skip_title(&mut self, step: isize) {
        let is_title = |row: usize| matches!(self.rows.get(row), Some(HitRow::Article(_)));
        let row = self.selection.row;
        if is_title(row) {
            let back = row.checked_sub(1).filter(|_| step < 0);
            self.selection.row = back.unwrap_or(row + 1).min(self.rows.len());
        }
    }

    /// The row of the first hit of the next or previous article.
    #[must_use]
    pub fn other_article(&self, step: isize) -> usize {
        let here = self.selection.row;
        let is_title = |row: &usize| matches!(self.rows.get(*row), Some(HitRow::Article(_)));
        if step > 0 {
            let next = (here..self.rows.len()).find(is_title);
            return next.map_or(here, |row| row + 1);
        }
        let mut before = (0..here).rev().filter(is_title);
        let own = before.next();
        before.next().or(own).map_or(here, |row| row + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Snippet;
    use crate::text::Span;

    fn found(article: u32, n_hits: usize) -> ArticleHits {
        let hit = SearchHit {
            span: Span::default(),
            snippet: Snippet::default(),
        };
        ArticleHits {
            article: ArticleId(article),
            hits: vec![hit; n_hits],
            n_hits,
        }
    }

    #[test]
    fn the_selection_is_always_on_a_hit() {
        let mut hits = HitList::default();
        hits.skip_title(1);
        assert_eq!(hits.selected(), None);
        hits.extend(vec![found(7, 2), found(9, 1)], 100);
        assert_eq!(hits.selection.row, 1);
        hits.selection.row = 3;
        hits.skip_title(1);
        assert_eq!(hits.selected().unwrap().0, ArticleId(9));
        hits.selection.row = 3;
        hits.skip_title(-1);
        assert_eq!(hits.selected().unwrap().0, ArticleId(7));
        hits.selection.row = 0;
        hits.skip_title(-1);
        assert_eq!(hits.selection.row, 1);
    }

    #[test]
    fn one_goes_from_article_to_article() {
        let mut hits = HitList::default();
        hits.extend(vec![found(7, 2), found(8, 3), found(9, 1)], 100);
        let mut go = |step| {
            hits.selection.row = hits.other_article(step);
            hits.selected().unwrap().0.0
        };
        assert_eq!([go(1), go(1), go(1)], [8, 9, 9]);
        assert_eq!([go(-1), go(-1), go(-1)], [8, 7, 7]);
    }

    #[test]
    fn there_are_no_more_lines_than_allowed() {
        let mut hits = HitList::default();
        hits.extend((0..50).map(|id| found(id, 3)).collect(), 10);
        assert_eq!(hits.found.len(), 3);
    }
}
