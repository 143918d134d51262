//! The hits of the search in the folder, as a list: titles of articles, with their hits below.

use ratatui::layout::Rect;

use super::Search;
use crate::app::lists::{self, selection::ListSelection};
use crate::app::protocol::answers::{ArticleHits, Certainty, SearchHit};
use crate::app::screens::list_screen::{ListScreen, Request, Selected, Surroundings};
use crate::config::Action;
use crate::library::ArticleId;

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitRow {
    /// The title of an article.
    Article(usize),
    /// A hit in it.
    Hit(usize, usize),
}

/// The list of hits.
#[derive(Debug, Clone, Default)]
pub struct HitList {
    /// Its rows.
    pub rows: Vec<HitRow>,
    /// The selected row, which is always a hit.
    pub selection: ListSelection,
}

/// Rows of the preview with its rule under the list, and the lowest screen that has one.
const PREVIEW_ROWS: u16 = 7;
const PREVIEW_FROM_ROWS: u16 = 18;
/// A narrower window has no room for the order of the hits.
const NARROW: u16 = 60;
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
    pub fn selected_hit<'s>(&self, search: &'s Search) -> Option<(ArticleId, &'s SearchHit)> {
        match *self.rows.get(self.selection.row)? {
            HitRow::Hit(article, hit) => Some(search.hit(article, hit)),
            HitRow::Article(_) => None,
        }
    }

    /// Removes all rows.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Adds what was found next to `all`, up to a number of rows.
    pub(crate) fn extend(
        &mut self,
        all: &mut Vec<ArticleHits>,
        found: Vec<ArticleHits>,
        max_rows: usize,
    ) {
        for found in found {
            if self.rows.len() >= max_rows {
                return;
            }
            let at = all.len();
            self.rows.push(HitRow::Article(at));
            self.rows
                .extend((0..found.hits.len()).map(|hit| HitRow::Hit(at, hit)));
            all.push(found);
        }
        self.skip_title(1);
    }

    /// Moves the selection to the next or previous hit.
    pub(crate) fn step(&mut self, step: isize) {
        self.selection.step(step, self.rows.len());
        self.skip_title(step);
    }

    /// Moves the selection by a number of articles, to the first hit of that article.
    pub(crate) fn step_articles(&mut self, step: isize) {
        for _ in 0..step.unsigned_abs().min(self.rows.len()) {
            self.selection.row = self.other_article(step);
        }
    }

    /// How many rows show in the area of the screen.
    pub(crate) fn n_visible(area: Rect, search: &Search) -> usize {
        let footer = u16::from(search.has_footer());
        usize::from(Self::areas(area).0.height.saturating_sub(footer))
    }

    /// From the title of an article the selection moves on to a hit, in that direction if possible.
    fn skip_title(&mut self, step: isize) {
        let is_title = |row: usize| matches!(self.rows.get(row), Some(HitRow::Article(_)));
        let row = self.selection.row;
        if is_title(row) {
            let back = row.checked_sub(1).filter(|_| step < 0);
            self.selection.row = back.unwrap_or(row + 1).min(self.rows.len());
        }
    }

    /// The row of the first hit of the next or previous article.
    fn other_article(&self, step: isize) -> usize {
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

impl ListScreen for HitList {
    fn title(&self, at: Surroundings<'_>) -> String {
        match &at.search.scope {
            Some(scope) if !at.search.is_everywhere => format!("Find in {scope}"),
            _ => "Find in the folder".to_owned(),
        }
    }

    /// `62 in 18 articles · newest first`; a `+` says that counting goes on.
    fn count(&self, at: Surroundings<'_>) -> String {
        let Search {
            query, progress, ..
        } = at.search;
        if query.is_empty() {
            return String::new();
        }
        let (n_hits, n_articles) = progress.inside;
        let more = progress.sure.mark(Certainty::Articles);
        let more_hits = progress.sure.mark(Certainty::All);
        let articles = if n_articles == 1 {
            "article"
        } else {
            "articles"
        };
        let count = format!("{n_hits}{more_hits} in {n_articles}{more} {articles}");
        if at.window.size.0 < NARROW || n_articles < 2 {
            return count;
        }
        format!("{count} · {}", progress.ranking.name())
    }

    fn n_rows(&self) -> usize {
        self.rows.len()
    }

    fn selection(&self) -> ListSelection {
        self.selection
    }

    fn selection_mut(&mut self) -> &mut ListSelection {
        &mut self.selection
    }

    fn rows_area(&self, area: Rect, _at: Surroundings<'_>) -> Rect {
        Self::areas(area).0
    }

    fn settle(&mut self, at: Surroundings<'_>) {
        let n_visible = Self::n_visible(at.window.list_area(), at.search);
        self.selection.settle(self.rows.len(), n_visible);
        // The title of the first article shows with its first hit.
        if self.selection.row == 1 {
            self.selection.top = 0;
        }
    }

    fn moved(&mut self, step: isize, _at: Surroundings<'_>) {
        self.skip_title(step);
    }

    fn open(&mut self, _at: Surroundings<'_>) -> Vec<Request> {
        vec![Request::OpenHit]
    }

    fn perform(
        &mut self,
        action: Action,
        count: Option<u32>,
        _at: Surroundings<'_>,
    ) -> Option<Vec<Request>> {
        let times = lists::times(count);
        match action {
            Action::NextArticle => self.step_articles(times),
            Action::PreviousArticle => self.step_articles(-times),
            Action::NextMatch => self.step(1),
            Action::PreviousMatch => self.step(-1),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn is_growing(&self, at: Surroundings<'_>) -> bool {
        at.search.is_searching
    }

    fn selected(&self, at: Surroundings<'_>) -> Selected {
        let hit = self.selected_hit(at.search);
        hit.map_or(Selected::Nothing, |(article, _)| Selected::Article(article))
    }

    fn lists_articles(&self) -> bool {
        true
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
        let (mut hits, mut search) = (HitList::default(), Search::default());
        hits.skip_title(1);
        assert_eq!(hits.selected_hit(&search), None);
        hits.extend(&mut search.found, vec![found(7, 2), found(9, 1)], 100);
        assert_eq!(hits.selection.row, 1);
        hits.selection.row = 3;
        hits.skip_title(1);
        assert_eq!(hits.selected_hit(&search).unwrap().0, ArticleId(9));
        hits.selection.row = 3;
        hits.skip_title(-1);
        assert_eq!(hits.selected_hit(&search).unwrap().0, ArticleId(7));
        hits.selection.row = 0;
        hits.skip_title(-1);
        assert_eq!(hits.selection.row, 1);
    }

    #[test]
    fn one_goes_from_article_to_article() {
        let (mut hits, mut search) = (HitList::default(), Search::default());
        hits.extend(
            &mut search.found,
            vec![found(7, 2), found(8, 3), found(9, 1)],
            100,
        );
        let mut go = |step| {
            hits.selection.row = hits.other_article(step);
            hits.selected_hit(&search).unwrap().0.0
        };
        assert_eq!([go(1), go(1), go(1)], [8, 9, 9]);
        assert_eq!([go(-1), go(-1), go(-1)], [8, 7, 7]);
    }

    #[test]
    fn there_are_no_more_lines_than_allowed() {
        let (mut hits, mut search) = (HitList::default(), Search::default());
        hits.extend(
            &mut search.found,
            (0..50).map(|id| found(id, 3)).collect(),
            10,
        );
        assert_eq!(search.found.len(), 3);
    }
}
