//! The list of keys: those of the current screen first; it can be filtered, and Enter runs what a row does.

use super::list_screen::{ListScreen, Request, Surroundings};
use crate::app::lists::selection::ListSelection;
use crate::app::lists::{self, FilteredList};
use crate::config::key::label_sequence;
use crate::config::{Action, Keymap, Screen};

/// The list of keys.
#[derive(Debug, Default)]
pub struct HelpScreen {
    /// The rows that pass the filter.
    pub list: FilteredList<HelpRow>,
    /// The screen whose keys come first.
    shown_for: Option<Screen>,
}

impl HelpScreen {
    /// Lists the keys, those of a screen first.
    pub(crate) fn show_for(&mut self, screen: Screen, keymap: &Keymap) {
        *self = Self {
            shown_for: Some(screen),
            ..Self::default()
        };
        self.list.set_rows(help(keymap, screen, ""));
    }
}

impl ListScreen for HelpScreen {
    fn title(&self, _at: Surroundings<'_>) -> String {
        format!("Keys{}", lists::filtered(&self.list.filter))
    }

    fn count(&self, _at: Surroundings<'_>) -> String {
        String::new()
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
        let screen = self.shown_for.unwrap_or(Screen::Reader);
        self.list
            .set_rows(help(&at.settings.keymap, screen, filter));
        Vec::new()
    }

    fn open(&mut self, _at: Surroundings<'_>) -> Vec<Request> {
        match self.list.selected() {
            Some(HelpRow::Keys { action, .. }) => vec![Request::Run(*action)],
            Some(HelpRow::Heading(_)) | None => Vec::new(),
        }
    }
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
pub fn help(keymap: &Keymap, context: Screen, filter: &str) -> Vec<HelpRow> {
    let mut rows = Vec::new();
    let mut known: Vec<(Action, String)> = Vec::new();
    let others = Screen::ALL.into_iter().filter(|&other| other != context);
    for pane in std::iter::once(context).chain(others) {
        let mut last = None;
        for &action in Action::ALL {
            if !action.applies_in(pane) {
                continue;
            }
            let keys = keys_of(keymap, pane, action);
            let row = (action, keys.clone());
            let text = format!("{keys} {} {}", action.doc(), action.name());
            if keys.is_empty() || known.contains(&row) || !lists::passes(filter, &text) {
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

pub(crate) fn heading(pane: Screen, here: Screen, action: Action) -> String {
    if pane == here {
        action.group().title().to_owned()
    } else {
        format!("In {}", pane.title())
    }
}

/// The keys of an action in a pane as people write them: `Space f PgDn`.
#[must_use]
pub fn keys_of(keymap: &Keymap, context: Screen, action: Action) -> String {
    let sequences = keymap.keys_for(context, action);
    let written: Vec<String> = sequences.map(label_sequence).collect();
    written.join("  ")
}
