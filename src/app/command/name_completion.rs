//! The people whose names contain what was typed in a command. Among hundreds of thousands of names the search takes
//! several steps.

use std::cmp::Reverse;

use super::matching::{Fit, fit};
use super::prompt::NamePurpose;
use crate::library::{AllNames, People};

/// How many names can be stepped through; typing more narrows them down.
const MAX_NAMES: usize = 500;

/// A search for the people whose names contain what was typed.
#[derive(Debug)]
pub(crate) struct NameCompletion {
    pub(super) wanted: String,
    pub(super) then: NamePurpose,
    names: AllNames,
    /// The names that match, the best match first, then the most quoted.
    found: Vec<(Fit, Reverse<u32>, String)>,
    version: u64,
    /// How many names are kept.
    max_names: usize,
}

impl NameCompletion {
    pub(super) fn of(people: &People, wanted: &str, then: NamePurpose) -> Self {
        Self {
            wanted: wanted.to_owned(),
            then,
            names: AllNames::of(people),
            found: Vec::new(),
            version: people.version(),
            max_names: MAX_NAMES,
        }
    }

    /// Looks at about `n_names` more names; returns whether there are any left.
    pub(super) fn go_on(&mut self, people: &People, n_names: usize) -> bool {
        if self.version != people.version() {
            *self = Self {
                max_names: self.max_names,
                ..Self::of(people, &self.wanted, self.then.clone())
            };
        }
        let max_names = self.max_names;
        let Self {
            then, names, found, ..
        } = self;
        let wanted = self.wanted.to_lowercase();
        let has_more = names.go_on(people, n_names, |id, name| {
            let Some(mut fit) = fit(name, &wanted) else {
                return;
            };
            // The most quoted person is meant, however well the name matches.
            if *then == NamePurpose::GoTo {
                fit = Fit::default();
            }
            found.push((fit, Reverse(people.n_quotations(id)), name.to_owned()));
            if found.len() > max_names * 4 {
                found.select_nth_unstable(max_names);
                found.truncate(max_names);
            }
        });
        if !has_more {
            found.sort_unstable();
            found.truncate(max_names);
        }
        has_more
    }
}

impl NameCompletion {
    /// The names, the best first.
    pub(super) fn into_names(self) -> impl Iterator<Item = String> {
        self.found.into_iter().map(|(.., name)| name)
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
                completing.max_names = 3;
                while completing.go_on(&people, 2) {}
                completing.into_names().collect()
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
