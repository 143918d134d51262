//! Making corrections, undoing and redoing them.

use std::sync::Arc;

use super::kind::{CorrectionChoice, CorrectionKind};
use crate::app::Model;
use crate::app::command::prompt::{Prompt, Purpose};
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::protocol::questions::CorrectionChange;
use crate::app::reading::who::{Who, who_said};
use crate::app::screens::list_screen::Selected;
use crate::config::Screen;
use crate::library::{Correction, Corrections};

impl Model {
    /// Starts to correct what is selected.
    pub(crate) fn correct(&mut self) {
        let Some((name, quotation)) = self.correctable() else {
            let text = "nothing to correct here; select a quotation or a speaker first";
            self.outbox.notify(Notice::info(text));
            return;
        };
        let at = (&self.folder.library, &self.reading);
        self.screens.correction.start(name, quotation, at);
        self.window.cover(Screen::Correction);
    }

    /// The name and the quotation that are selected.
    fn correctable(&self) -> Option<(Option<String>, Option<usize>)> {
        let of_quotation = |index: usize| match who_said(&self.reading.reader, index) {
            Who::Named(name) => (Some(name), Some(index)),
            Who::Unknown => (None, Some(index)),
        };
        match (self.window.screen(), self.selected()) {
            (_, Selected::Person(name)) => Some((Some(name), None)),
            (_, Selected::Quotation(index)) => Some(of_quotation(index)),
            (Screen::People | Screen::Side, _) => None,
            _ => self.reading.reader.current_quotation().map(of_quotation),
        }
    }

    /// Lists who may be meant by what is typed.
    pub(crate) fn list_candidates(&mut self) {
        let typed = self.input.text().trim();
        let at_once = self.settings.screen_reader;
        let people = self.folder.library.people();
        self.screens
            .correction
            .list_candidates(people, typed, at_once);
    }

    /// Goes on with the selected row: asks who is meant, or makes the correction.
    pub(crate) fn choose_correction(&mut self) {
        let correction = &mut self.screens.correction;
        let Some(choice) = correction.list.selected().cloned() else {
            return;
        };
        match (correction.kind, choice) {
            (None, CorrectionChoice::Kind(CorrectionKind::Nobody)) => {
                correction.kind = Some(CorrectionKind::Nobody);
                self.make_correction(&CorrectionChoice::Unknown);
            }
            (None, CorrectionChoice::Kind(kind)) => {
                correction.kind = Some(kind);
                let name = correction.name.as_deref().unwrap_or_default();
                let text = if kind == CorrectionKind::Name {
                    name
                } else {
                    ""
                };
                self.input.prompt = Some(Prompt::with(Purpose::Correct(kind), text));
                self.list_candidates();
            }
            (Some(_), choice) => self.make_correction(&choice),
            (None, _) => {}
        }
    }

    /// The name being typed is complete.
    pub(crate) fn correction_typed(&mut self) {
        match self.screens.correction.list.selected().cloned() {
            Some(choice) => self.make_correction(&choice),
            None => self.cancel_correction(),
        }
    }

    /// Goes back to the choice of what is wrong.
    pub(crate) fn cancel_correction(&mut self) {
        let correction = &mut self.screens.correction;
        correction.list_kinds(&self.folder.library, &self.reading);
    }

    fn make_correction(&mut self, choice: &CorrectionChoice) {
        let is = match choice {
            CorrectionChoice::Person { name, .. } => Some(name.to_string()),
            CorrectionChoice::New(name) => Some(name.clone()),
            CorrectionChoice::Unknown => None,
            CorrectionChoice::Kind(_) => return,
        };
        let (library, reading) = (&self.folder.library, &self.reading);
        let correction = &mut self.screens.correction;
        let made = correction.corrections_for(is.as_deref(), library, reading);
        self.window.close(Screen::Correction);
        if made.is_empty() {
            self.outbox.notify(Notice::info("nothing changed"));
            return;
        }
        let text = correction.has_changed(choice, library, reading);
        if let (Some(Who::Named(chosen)), Some(is)) = (&self.screens.side.speaker, &is)
            && correction.name.as_ref() == Some(chosen)
            && correction.kind != Some(CorrectionKind::Quotation)
        {
            self.screens.side.speaker = Some(Who::Named(is.clone()));
        }
        correction.history.made.push(made.len());
        correction.history.undone.clear();
        self.add_corrections(made);
        let text = format!("{text}. :undo to revert");
        self.outbox.notify(Notice::info(text));
    }

    fn add_corrections(&mut self, made: Vec<Correction>) {
        let mut corrections = Corrections::clone(self.folder.library.people().corrections());
        for correction in &made {
            corrections.push(correction.clone());
        }
        self.apply_corrections(corrections, CorrectionChange::Add(made));
    }

    /// Applies corrections everywhere, and has the change stored.
    fn apply_corrections(&mut self, corrections: Corrections, change: CorrectionChange) {
        self.folder.library.correct(&Arc::new(corrections));
        self.folder.is_stale = true;
        self.outbox.send(Effect::Correct(change));
    }

    /// Takes in the corrections as they are stored, perhaps changed by another pullquote.
    pub(crate) fn corrected(&mut self, stored: Vec<Correction>) {
        let library = &mut self.folder.library;
        if library.people().corrections().made() != stored {
            library.correct(&Arc::new(stored.into_iter().collect()));
            self.folder.is_stale = true;
        }
    }

    /// Undoes the newest correction.
    pub(crate) fn undo(&mut self) {
        let mut kept = self.folder.library.people().corrections().made().to_vec();
        let history = &mut self.screens.correction.history;
        // Corrections of earlier runs are undone one by one.
        let count = history.made.pop().unwrap_or(1).min(kept.len());
        let undone = kept.split_off(kept.len() - count);
        let Some(newest) = undone.last() else {
            let text = "nothing to undo";
            self.outbox.notify(Notice::info(text));
            return;
        };
        let text = format!("undone: {}; :redo to restore", in_words(newest));
        history.undone.push(undone.clone());
        let corrections = kept.into_iter().collect();
        self.apply_corrections(corrections, CorrectionChange::Remove(undone));
        self.outbox.notify(Notice::info(text));
    }

    /// Makes the correction again that was undone last.
    pub(crate) fn redo(&mut self) {
        let history = &mut self.screens.correction.history;
        let Some(again) = history.undone.pop() else {
            let text = "nothing to redo";
            self.outbox.notify(Notice::info(text));
            return;
        };
        history.made.push(again.len());
        let text = again.last().map_or_else(String::new, in_words);
        self.add_corrections(again);
        self.outbox.notify(Notice::info(format!("redone: {text}")));
    }
}

/// A correction as a clause.
fn in_words(correction: &Correction) -> String {
    match correction {
        Correction::Person { name, within, is } => {
            let place = if within.is_some() {
                " in this article"
            } else {
                ""
            };
            match is {
                Some(is) => format!("{name} is {is}{place}"),
                None => format!("{name} is not a speaker{place}"),
            }
        }
        Correction::Quotation { words, is, .. } => {
            let words: String = words.chars().take(30).collect();
            let is = is.as_deref().unwrap_or("an unknown speaker");
            format!("{is} said {words} …")
        }
    }
}
