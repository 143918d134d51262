//! The lists that cover the screen: contents, people, world, hits, links and help.
//!
//! Each is a selection, a filter and the rows that pass it; rows are worked out anew when what they
//! come from changed, never while drawing.

pub(super) mod navigation;
pub mod selection;

use crate::config::key::label_sequence;
use crate::config::{Action, Context, Keymap};
use crate::library::{ArticleId, Library, ListFilter};
use selection::Selection;

/// A list with a filter.
#[derive(Debug, Clone)]
pub struct List<T> {
    /// The rows that pass the filter.
    pub rows: Vec<T>,
    /// The selected row and the part that shows.
    pub selection: Selection,
    /// What the reader typed to filter by.
    pub filter: String,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            selection: Selection::default(),
            filter: String::new(),
        }
    }
}

impl<T: PartialEq> List<T> {
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

/// A row of the help screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpRow {
    /// A heading.
    Heading(String),
    /// Keys and what they do.
    Keys {
        /// The keys, as people write them.
        keys: String,
        /// What they do.
        doc: &'static str,
        /// The action.
        action: Action,
    },
}

/// The help screen: the keys of `context` first, then those of the other panes that differ.
#[must_use]
pub fn help(keymap: &Keymap, context: Context, filter: &str) -> Vec<HelpRow> {
    let mut rows = Vec::new();
    let mut known: Vec<(Action, String)> = Vec::new();
    let others = Context::ALL.into_iter().filter(|&other| other != context);
    for pane in std::iter::once(context).chain(others) {
        let mut last = None;
        for &action in Action::ALL {
            if !action.applies_in(pane) {
                continue;
            }
            let keys = keys_of(keymap, pane, action);
            let row = (action, keys.clone());
            let text = format!("{keys} {} {}", action.doc(), action.name());
            if keys.is_empty() || known.contains(&row) || !passes(filter, &text) {
                continue;
            }
            let heading = heading(pane, context, action);
            if last.as_ref() != Some(&heading) {
                rows.push(HelpRow::Heading(heading.clone()));
                last = Some(heading);
            }
            known.push(row);
            rows.push(HelpRow::Keys {
                keys,
                doc: action.doc(),
                action,
            });
        }
    }
    rows
}

fn heading(pane: Context, here: Context, action: Action) -> String {
    if pane == here {
        action.group().title().to_owned()
    } else {
        format!("In {}", pane.name())
    }
}

/// The keys of an action in a pane as people write them: `Space f PgDn`.
#[must_use]
pub fn keys_of(keymap: &Keymap, context: Context, action: Action) -> String {
    let sequences = keymap.keys_for(context, action);
    let written: Vec<String> = sequences.map(label_sequence).collect();
    written.join("  ")
}
