//! The list of keys: shown for the pane one comes from, searched, and run from.

use crate::app::lists::selection::ListSelection;
use crate::app::{Model, Screen, lists};
use crate::config::key::label_sequence;
use crate::config::{Action, Context, Keymap};

impl Model {
    pub(crate) fn toggle_help(&mut self) {
        let context = self.context();
        if context == Context::Help {
            self.screens.pop();
            return;
        }
        self.help.filter.clear();
        self.help_context = context;
        self.help.selection = ListSelection::default();
        self.screens.push(Screen::Help);
        self.refresh_help();
    }

    pub(crate) fn refresh_help(&mut self) {
        let rows = help(&self.settings.keymap, self.help_context, &self.help.filter);
        self.help.set_rows(rows);
    }

    pub(crate) fn run_help_row(&mut self) {
        if let Some(HelpRow::Keys { action, .. }) = self.help.selected().cloned() {
            self.screens.pop();
            self.perform(action, None, None);
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

pub(crate) fn heading(pane: Context, here: Context, action: Action) -> String {
    if pane == here {
        action.group().title().to_owned()
    } else {
        format!("In {}", pane.title())
    }
}

/// The keys of an action in a pane as people write them: `Space f PgDn`.
#[must_use]
pub fn keys_of(keymap: &Keymap, context: Context, action: Action) -> String {
    let sequences = keymap.keys_for(context, action);
    let written: Vec<String> = sequences.map(label_sequence).collect();
    written.join("  ")
}
