//! The lists that cover the screen: contents, people, world, hits, links and help.
//!
//! Each is a selection, a filter and the rows that pass it; rows are worked out anew when what they
//! come from changed, never while drawing.

pub(super) mod navigation;
pub mod selection;

use crate::library::{ArticleId, Library, ListFilter};
use selection::ListSelection;

/// A list with a filter.
#[derive(Debug, Clone)]
pub struct FilteredList<T> {
    /// The rows that pass the filter.
    pub rows: Vec<T>,
    /// The selected row and the part that shows.
    pub selection: ListSelection,
    /// What the reader typed to filter by.
    pub filter: String,
}

impl<T> Default for FilteredList<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            selection: ListSelection::default(),
            filter: String::new(),
        }
    }
}

impl<T: PartialEq> FilteredList<T> {
    /// Puts other rows in, keeping the selected one selected when it is still there.
    pub fn set_rows(&mut self, rows: Vec<T>) {
        let selected = self.rows.get(self.selection.row);
        let still = selected.and_then(|old| rows.iter().position(|row| row == old));
        self.selection
            .set(still.unwrap_or(self.selection.row), rows.len());
        self.rows = rows;
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<&T> {
        self.rows.get(self.selection.row)
    }

    /// Selects a row.
    pub fn select(&mut self, row: &T) {
        if let Some(at) = self.rows.iter().position(|other| other == row) {
            self.selection.row = at;
        }
    }
}

/// Whether every word of the filter stands in the text; letter case and accents do not count.
#[must_use]
pub fn passes(filter: &str, text: &str) -> bool {
    ListFilter::new(filter).passes(text)
}

/// The articles of the folder that pass the filter.
#[must_use]
pub fn contents(library: &Library, filter: &str, unread_only: bool) -> Vec<ArticleId> {
    let all = library.order().iter().copied();
    let all = all.filter(|id| !unread_only || !library.is_read(*id));
    let filter = ListFilter::new(filter);
    if filter.is_empty() {
        return all.collect();
    }
    library.filtered(all, filter).collect()
}
