//! The names of hundreds of thousands of persons, which can be read bit by bit.

use super::IdKind;
use super::batch_scan::{BatchScan, ScannedArticles};
use crate::library::people::{People, PersonId};

/// Reads the names some persons go by: first of those who were worked out beforehand, then article by article.
#[derive(Debug)]
pub(crate) struct NameReader {
    /// How many of the persons were looked through for the former.
    n_known: usize,
    walk: BatchScan,
}

impl NameReader {
    pub(crate) fn of(people: &People) -> Self {
        Self {
            n_known: 0,
            walk: BatchScan::to(people, ScannedArticles::First),
        }
    }

    /// Shows the next names, as many as are left; tells whether there are more. The persons are the same every time.
    pub(crate) fn go_on(
        &mut self,
        people: &People,
        among: &[PersonId],
        left: &mut usize,
        mut show: impl FnMut(PersonId, &str),
    ) -> bool {
        for id in among.iter().skip(self.n_known) {
            if *left == 0 {
                return true;
            }
            self.n_known += 1;
            if matches!(id.kind(), IdKind::Ambiguous(_)) {
                *left -= 1;
                show(*id, &people.name_of(*id));
            }
        }
        let mut name = String::new();
        self.walk.go_on(people, among, left, |wanted, mentions| {
            let Some(&id) = among.get(wanted.at as usize) else {
                return 1;
            };
            if let [mention] = mentions
                && wanted.is_single
            {
                name.clear();
                mention.name.decode_into(&mut name);
                show(id, &name);
                return 1;
            }
            show(id, &people.name_of(id));
            people.n_articles_to_read(id)
        })
    }
}

/// The names of everybody.
#[derive(Debug)]
pub struct AllNames {
    everyone: Vec<PersonId>,
    names: NameReader,
}

impl AllNames {
    /// Begins to read them.
    #[must_use]
    pub fn of(people: &People) -> Self {
        Self {
            everyone: people.everyone().map(|(id, _)| id).collect(),
            names: NameReader::of(people),
        }
    }

    /// Shows some `n_names` further names, in no order; tells whether there are more.
    pub fn go_on(
        &mut self,
        people: &People,
        n_names: usize,
        show: impl FnMut(PersonId, &str),
    ) -> bool {
        self.names
            .go_on(people, &self.everyone, &mut { n_names }, show)
    }
}

impl People {
    /// How many articles have to be looked at for the name somebody goes by, at most.
    pub(crate) fn n_articles_to_read(&self, id: PersonId) -> usize {
        match id.kind() {
            IdKind::Ambiguous(_) => 1,
            IdKind::Plain(_) => self.n_quotations(id) as usize,
        }
    }
}
