//! The list of keys: shown for the pane one comes from, searched, and run from.

use crate::app::lists::selection::Selection;
use crate::app::lists::{self, HelpRow};
use crate::app::{Model, Screen};
use crate::config::Context;

impl Model {
    pub(crate) fn toggle_help(&mut self) {
        let context = self.context();
        if context == Context::Help {
            self.screens.pop();
            return;
        }
        self.help.filter.clear();
        self.help_context = context;
        self.help.selection = Selection::default();
        self.screens.push(Screen::Help);
        self.refresh_help();
    }

    pub(crate) fn refresh_help(&mut self) {
        let rows = lists::help(&self.settings.keymap, self.help_context, &self.help.filter);
        self.help.set_rows(rows);
    }

    pub(crate) fn run_help_row(&mut self) {
        if let Some(HelpRow::Keys { action, .. }) = self.help.selected().cloned() {
            self.screens.pop();
            self.perform(action, None, None);
        }
    }
}
