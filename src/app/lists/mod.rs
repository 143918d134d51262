//! What lists have in common: rows, a selection, a filter.
//!
//! Rows are worked out when what they come from changed, never while drawing.

pub(super) mod navigation;
pub mod selection;

use crate::library::ListFilter;
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
    /// Replaces the rows; the selected row stays selected if it is still there.
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

/// Whether the text contains every word of the filter, ignoring case and accents.
#[must_use]
pub fn passes(filter: &str, text: &str) -> bool {
    ListFilter::new(filter).passes(text)
}

/// The suffix `, matching “port”` of the title of a filtered list.
pub(super) fn filtered(filter: &str) -> String {
    if filter.is_empty() {
        String::new()
    } else {
        format!(", matching “{filter}”")
    }
}

/// `5 of 62`, or just `62`.
pub(super) fn shown_of(shown: usize, all: usize) -> String {
    if shown == all {
        all.to_string()
    } else {
        format!("{shown} of {all}")
    }
}

/// How often to do something: the number typed before it, or once.
pub(super) fn times(count: Option<u32>) -> isize {
    isize::try_from(count.unwrap_or(1).max(1)).unwrap_or(isize::MAX)
}
