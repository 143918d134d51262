//! The bookmarks of the folder, the newest first.

use super::list_screen::{ListScreen, PlainRow, Request, Selected, Surroundings};
use crate::app::lists::selection::ListSelection;
use crate::app::lists::{FilteredList, filtered, passes};
use crate::app::reading::target::Target;
use crate::app::state::ReadingPlace;
use crate::library::ArticleId;

/// The list of bookmarks.
#[derive(Debug, Default)]
pub struct BookmarkList {
    /// The bookmarks that pass the filter.
    list: FilteredList<BookmarkRow>,
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq)]
struct BookmarkRow {
    /// When it was set, as in `2026-03-03T14:05:00`; empty when that is not known.
    time: String,
    article: ArticleId,
    title: String,
    place: ReadingPlace,
}

impl BookmarkRow {
    /// The line of text the bookmark is at.
    fn line(&self) -> String {
        let shown = self.place.bookmark.as_ref().map(|bookmark| &*bookmark.line);
        let line = shown.filter(|line| !line.is_empty());
        let words = || self.place.words.trim_start().lines().next();
        line.or_else(words)
            .unwrap_or_default()
            .trim_end()
            .to_owned()
    }
}

impl ListScreen for BookmarkList {
    fn title(&self, _at: Surroundings<'_>) -> String {
        format!("Bookmarks{}", filtered(&self.list.filter))
    }

    fn n_rows(&self) -> usize {
        self.list.rows.len()
    }

    fn selection(&self) -> ListSelection {
        self.list.selection
    }

    fn selection_mut(&mut self) -> &mut ListSelection {
        &mut self.list.selection
    }

    fn filter(&self) -> Option<&str> {
        Some(&self.list.filter)
    }

    fn set_filter(&mut self, filter: &str, at: Surroundings<'_>) -> Vec<Request> {
        filter.clone_into(&mut self.list.filter);
        self.refresh(at);
        Vec::new()
    }

    fn refresh(&mut self, at: Surroundings<'_>) {
        let library = &at.folder.library;
        let places = &at.state.places;
        let bookmarked = places.iter().filter(|(_, place)| place.is_bookmarked);
        let articles = library.with_keys(bookmarked.map(|(key, _)| key.as_str()));
        let rows = articles.into_iter().filter_map(|(article, key)| {
            let place = places.get(key)?;
            let bookmark = place.bookmark.as_ref();
            Some(BookmarkRow {
                time: bookmark.map_or_else(String::new, |bookmark| bookmark.time.clone()),
                article,
                title: library.article(article)?.title().to_owned(),
                place: place.bookmarked_place(),
            })
        });
        let filter = &self.list.filter;
        let passing = rows.filter(|row| passes(filter, &format!("{} {}", row.title, row.line())));
        let mut rows: Vec<BookmarkRow> = passing.collect();
        rows.sort_by(|one, other| (&other.time, &one.title).cmp(&(&one.time, &other.title)));
        self.list.set_rows(rows);
    }

    fn open(&mut self, _at: Surroundings<'_>) -> Vec<Request> {
        let selected = self.list.selected();
        let request = selected.map(|row| {
            let place = Box::new(row.place.clone());
            Request::Open(row.article, Target::Place(place))
        });
        request.into_iter().collect()
    }

    fn selected(&self, _at: Surroundings<'_>) -> Selected {
        let article = self.list.selected().map(|row| row.article);
        article.map_or(Selected::Nothing, Selected::Article)
    }

    fn lists_articles(&self) -> bool {
        true
    }

    fn plain_row(&self, index: usize, at: Surroundings<'_>) -> Option<PlainRow> {
        let row = self.list.rows.get(index)?;
        let time = row.time.parse::<jiff::civil::DateTime>().ok();
        let date = time.map(|time| at.window.looks.dates.day(time.date()));
        Some(PlainRow {
            title: row.title.clone(),
            detail: row.line(),
            note: date.unwrap_or_default(),
        })
    }

    fn when_empty(&self) -> &'static str {
        "no bookmarks yet; B bookmarks the article at the current line"
    }
}
