//! Finding people by a part of their name, for a command or for completing the command line.

use super::name_completion::NameCompletion;
use super::prompt::{Completion, NamePurpose, Purpose};
use crate::app::Model;
use crate::app::protocol::notice::Notice;
use crate::app::reading::who::Who;
use crate::library::BatchSizes;

impl Model {
    /// Looks for people whose names contain what was typed, and then does something with them.
    pub(crate) fn find_people(&mut self, wanted: &str, then: NamePurpose) {
        let known = self.input.completing.as_ref();
        if known.is_some_and(|known| known.then == then && known.wanted == wanted) {
            return;
        }
        let people = self.folder.library.people();
        self.input.completing = Some(NameCompletion::of(people, wanted, then));
        if people.len() <= BatchSizes::default().at_once || self.settings.screen_reader {
            self.complete_further(usize::MAX);
        } else if self.input.prompt.is_none() {
            self.outbox.notify(Notice::info("searching the names …"));
        }
    }

    /// Looks at more names.
    pub(crate) fn go_on_completing(&mut self) {
        self.complete_further(BatchSizes::default().step);
    }

    fn complete_further(&mut self, n_names: usize) {
        let Some(mut completing) = self.input.completing.take() else {
            return;
        };
        if completing.go_on(self.folder.library.people(), n_names) {
            self.input.completing = Some(completing);
            return;
        }
        let (wanted, then) = (completing.wanted.clone(), completing.then.clone());
        let mut names = completing.into_names();
        match then {
            NamePurpose::Complete { line, before } => {
                let candidates = names.map(|name| format!("{before}{name}")).collect();
                self.complete_with(&line, candidates);
            }
            NamePurpose::GoTo => match names.next() {
                Some(name) => {
                    self.window.covers.clear();
                    self.choose_speaker(&Who::Named(name));
                }
                None => self.outbox.notify(Notice::info(format!(
                    "no speaker named “{wanted}” in this folder"
                ))),
            },
        }
    }

    /// Fills in the first of some candidates, if what is typed is still that line.
    fn complete_with(&mut self, line: &str, candidates: Vec<String>) {
        if let Some(prompt) = &mut self.input.prompt
            && prompt.purpose == Purpose::Command
            && prompt.text() == line
            && let Some(first) = candidates.first().cloned()
        {
            prompt.replace(&first);
            prompt.completion = Some(Completion {
                candidates,
                chosen: 0,
            });
        }
    }
}
