//! Whoever is meant by a part of a name in a command: among hundreds of thousands that is found out behind the frame.

use crate::app::command::prompt::NamePurpose;
use std::cmp::Reverse;

use super::prompt::{Completion, Purpose};
use crate::app::Model;
use crate::app::command::matching::{Fit, fit};
use crate::app::protocol::notice::Notice;
use crate::app::reading::who::Who;
use crate::library::{AllNames, BatchSizes, People};

/// How many names one can step through; typing narrows them down.
const MOST: usize = 500;

/// Finds out whose names hold what was typed.
#[derive(Debug)]
pub(crate) struct NameCompletion {
    wanted: String,
    then: NamePurpose,
    names: AllNames,
    /// Those that fit best, and of these those quoted most, come first.
    found: Vec<(Fit, Reverse<u32>, String)>,
    version: u64,
    /// How many names are kept.
    most: usize,
}

impl NameCompletion {
    fn of(people: &People, wanted: &str, then: NamePurpose) -> Self {
        Self {
            wanted: wanted.to_owned(),
            then,
            names: AllNames::of(people),
            found: Vec::new(),
            version: people.version(),
            most: MOST,
        }
    }

    /// Looks at some `n_names` further names; tells whether there are more.
    fn go_on(&mut self, people: &People, n_names: usize) -> bool {
        if self.version != people.version() {
            let most = self.most;
            *self = Self::of(people, &self.wanted, self.then.clone());
            self.most = most;
        }
        let Self {
            then,
            names,
            found,
            most,
            ..
        } = self;
        let most = *most;
        let wanted = self.wanted.to_lowercase();
        let has_more = names.go_on(people, n_names, |id, name| {
            let Some(mut fit) = fit(name, &wanted) else {
                return;
            };
            // However it fits, whoever is quoted most is meant.
            if *then == NamePurpose::GoTo {
                fit = Fit::default();
            }
            found.push((fit, Reverse(people.n_quotations(id)), name.to_owned()));
            if found.len() > most * 4 {
                found.select_nth_unstable(most);
                found.truncate(most);
            }
        });
        if !has_more {
            found.sort_unstable();
            found.truncate(most);
        }
        has_more
    }
}

impl Model {
    /// Finds out whose names hold what was typed, and then does something with them.
    pub(crate) fn find_people(&mut self, wanted: &str, then: NamePurpose) {
        let known = self.people.completing.as_ref();
        if known.is_some_and(|known| known.then == then && known.wanted == wanted) {
            return;
        }
        let people = self.library.people();
        self.people.completing = Some(NameCompletion::of(people, wanted, then));
        if people.len() <= BatchSizes::default().at_once || self.is_told() {
            self.complete_further(usize::MAX);
        } else if self.prompt.is_none() {
            self.say(Notice::info("searching the names …"));
        }
    }

    /// Whether names are still looked through for a command.
    #[must_use]
    pub const fn is_completing(&self) -> bool {
        self.people.completing.is_some()
    }

    /// Looks at further names.
    pub(crate) fn go_on_completing(&mut self) {
        self.complete_further(BatchSizes::default().step);
    }

    fn complete_further(&mut self, n_names: usize) {
        let Some(mut completing) = self.people.completing.take() else {
            return;
        };
        if completing.go_on(self.library.people(), n_names) {
            self.people.completing = Some(completing);
            return;
        }
        let mut names = completing.found.into_iter().map(|(.., name)| name);
        match completing.then {
            NamePurpose::Complete { line, before } => {
                let candidates = names.map(|name| format!("{before}{name}")).collect();
                self.complete_with(&line, candidates);
            }
            NamePurpose::GoTo => match names.next() {
                Some(name) => {
                    self.screens.clear();
                    self.choose_speaker(&Who::Named(name));
                }
                None => self.say(Notice::info(format!(
                    "no speaker named “{}” in this folder",
                    completing.wanted
                ))),
            },
        }
    }

    /// Fills in the first of some candidates, if what is typed is still that line.
    fn complete_with(&mut self, line: &str, candidates: Vec<String>) {
        if let Some(prompt) = &mut self.prompt
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::command::matching::best_first;
    use crate::app::people::tests::everyone;
    use crate::library::Listing;

    proptest! {
        #[test]
        fn names_that_fit_best_are_found_bit_by_bit(
            articles in prop::collection::vec(
                prop::collection::vec(("[AB][ab]{0,2}( [AB][abc]{1,3})?", 1..4_u32), 0..5),
                1..12,
            ),
            wanted in "[ABab]{0,2}",
        ) {
            let people = everyone(&articles);
            let found = |then: NamePurpose| -> Vec<String> {
                let mut completing = NameCompletion::of(&people, &wanted, then);
                completing.most = 3;
                while completing.go_on(&people, 2) {}
                completing.found.into_iter().map(|(.., name)| name).collect()
            };
            let ranked: Vec<String> =
                Listing::ranked(&people).into_iter().map(|id| people.name_of(id).into_owned()).collect();
            let wanted = wanted.to_lowercase();
            let mut best = best_first(ranked.iter().cloned(), &wanted);
            best.truncate(3);
            let complete = NamePurpose::Complete { line: String::new(), before: String::new() };
            prop_assert_eq!(found(complete), best);
            let first = ranked.iter().find(|name| name.to_lowercase().contains(&wanted));
            let gone_to = found(NamePurpose::GoTo);
            prop_assert_eq!(gone_to.first(), first);
        }
    }
}
