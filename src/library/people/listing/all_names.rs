//! Reading the names of hundreds of thousands of people in steps.

use super::batch_scan::{BatchScan, ScannedArticles};
use crate::library::people::People;
use crate::library::people::identity::id::PersonId;

/// Reads the names that some people go by: first those worked out in advance, then the others
/// article by article.
#[derive(Debug)]
pub(crate) struct NameReader {
    /// How many of the people were searched for the former.
    n_searched: usize,
    scan: BatchScan,
}

impl NameReader {
    pub(crate) fn of(people: &People) -> Self {
        Self {
            n_searched: 0,
            scan: BatchScan::new(people.index(), ScannedArticles::First),
        }
    }

    /// Reads further names until `left` is used up, and returns whether there are more. `among` has
    /// to be the same every time.
    pub(crate) fn go_on(
        &mut self,
        people: &People,
        among: &[PersonId],
        left: &mut usize,
        mut take: impl FnMut(PersonId, &str),
    ) -> bool {
        for id in &among[self.n_searched..] {
            if *left == 0 {
                return true;
            }
            self.n_searched += 1;
            if id.is_ambiguous() {
                *left -= 1;
                take(*id, &people.name_of(*id));
            }
        }
        let mut name = String::new();
        self.scan
            .go_on(people.index(), among, left, |wanted, mentions| {
                let id = among[wanted.person as usize];
                if let [mention] = mentions
                    && wanted.is_single
                {
                    name.clear();
                    mention.name.decode_into(&mut name);
                    take(id, &name);
                    return 1;
                }
                take(id, &people.name_of(id));
                people.n_articles_to_read(id)
            })
    }
}

/// Reads everyone's names.
#[derive(Debug)]
pub struct AllNames {
    everyone: Vec<PersonId>,
    names: NameReader,
}

impl AllNames {
    /// Starts to read them.
    #[must_use]
    pub fn of(people: &People) -> Self {
        Self {
            everyone: people.everyone().map(|(id, _)| id).collect(),
            names: NameReader::of(people),
        }
    }

    /// Reads about `n_names` further names, in no particular order, and returns whether there are more.
    pub fn go_on(
        &mut self,
        people: &People,
        n_names: usize,
        take: impl FnMut(PersonId, &str),
    ) -> bool {
        self.names
            .go_on(people, &self.everyone, &mut { n_names }, take)
    }
}
