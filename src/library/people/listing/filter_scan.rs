//! Filtering hundreds of thousands of people in steps.

use super::Listing;
use super::batch_scan::{BatchScan, ScannedArticles};
use crate::library::filter::{ListFilter, PackedFilter};
use crate::library::people::People;
use crate::library::people::identity::id::{IdKind, PersonId};
use crate::library::people::records::speakers::PackedMention;

/// The result so far for somebody who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FilterVerdict {
    /// Some articles have these words of the filter, as bits.
    Open(u8),
    Passes,
    Fails,
}

/// Finds out who passes a filter. Somebody passes if all words are in their name in some article,
/// or in the name they go by, their role and their other names together.
///
/// The scan looks at the articles of all people in batches. [`first`](Self::first) looks at single
/// people, so that there is something to show at once.
#[derive(Debug)]
pub struct FilterScan {
    filter: PersonFilter,
    verdicts: Vec<FilterVerdict>,
    stage: FilterStage,
}

#[derive(Debug)]
struct PersonFilter {
    filter: PackedFilter,
    /// Whether only the name that somebody goes by matters.
    by_name: bool,
}

#[derive(Debug)]
enum FilterStage {
    Start,
    /// Reading the first article of each name, which mostly decides.
    First(BatchScan),
    /// Reading the other articles of those who are undecided.
    Others(BatchScan),
    /// Collecting everything about those who are still undecided, from this person on.
    Whole(usize),
}

/// Collecting everything about somebody takes as long as reading the mentions in this many articles.
const WHOLE_COST: usize = 20;

impl FilterScan {
    /// Starts to filter by everything about a person.
    #[must_use]
    pub fn of(filter: ListFilter) -> Self {
        Self::new(filter, false)
    }

    /// Starts to filter by name.
    #[must_use]
    pub fn by_name(filter: ListFilter) -> Self {
        Self::new(filter, true)
    }

    fn new(filter: ListFilter, by_name: bool) -> Self {
        let filter = PackedFilter::of(filter);
        Self {
            filter: PersonFilter { filter, by_name },
            verdicts: Vec::new(),
            stage: FilterStage::Start,
        }
    }

    /// The first `most` people of a list who pass, with everyone who ranks equal to the last; fewer
    /// if reading `n_names` names does not suffice.
    #[must_use]
    pub fn first(&self, people: &People, among: &Listing, most: usize, n_names: usize) -> Listing {
        let mut left = n_names;
        among.first(most, &mut |id| self.filter.decide(people, id, &mut left))
    }

    /// Reads about `n_names` further names, and returns whether there are more. `among` has to be
    /// the same every time.
    pub fn go_on(&mut self, people: &People, among: &[PersonId], n_names: usize) -> bool {
        let Self {
            filter,
            verdicts,
            stage,
        } = self;
        let index = people.index();
        match stage {
            FilterStage::Start => {
                *verdicts = vec![FilterVerdict::Open(0); among.len()];
                *stage = FilterStage::First(BatchScan::new(index, ScannedArticles::First));
            }
            FilterStage::First(scan) | FilterStage::Others(scan) => {
                let has_more = scan.go_on(index, among, &mut { n_names }, |wanted, mentions| {
                    let verdict = &mut verdicts[wanted.person as usize];
                    *verdict = verdict.and(filter.judge(mentions, wanted.is_single));
                    1
                });
                if !has_more && matches!(stage, FilterStage::First(_)) {
                    let is_open =
                        |verdict: &FilterVerdict| matches!(verdict, FilterVerdict::Open(_));
                    let open = verdicts.iter().map(is_open).collect();
                    let others = BatchScan::new(index, ScannedArticles::OthersOf(open));
                    *stage = FilterStage::Others(others);
                } else if !has_more {
                    *stage = FilterStage::Whole(0);
                }
            }
            FilterStage::Whole(from) => {
                let mut left = n_names;
                for (verdict, id) in verdicts.iter_mut().zip(among).skip(*from) {
                    if left == 0 {
                        return true;
                    }
                    *from += 1;
                    let FilterVerdict::Open(matching) = *verdict else {
                        continue;
                    };
                    let may_pass = id.is_ambiguous() || filter.filter.may_pass(matching);
                    if may_pass {
                        let cost = WHOLE_COST.max(people.n_articles_to_read(*id));
                        left = left.saturating_sub(cost);
                    }
                    *verdict = FilterVerdict::from(may_pass && filter.passes(people, *id));
                }
                return false;
            }
        }
        true
    }

    /// For each person whether it passes, as far as decided.
    pub fn passing(&self) -> impl Iterator<Item = bool> {
        let verdicts = self.verdicts.iter();
        verdicts.map(|verdict| *verdict == FilterVerdict::Passes)
    }
}

impl FilterVerdict {
    /// This verdict combined with another.
    fn and(self, more: Self) -> Self {
        match (self, more) {
            (Self::Open(matching), Self::Open(more)) => Self::Open(matching | more),
            (Self::Open(_), decided) | (decided, _) => decided,
        }
    }
}

impl From<bool> for FilterVerdict {
    fn from(passes: bool) -> Self {
        if passes { Self::Passes } else { Self::Fails }
    }
}

impl PersonFilter {
    /// The verdict on the mentions in one article. If there are several, some may be of another
    /// name with the same mark.
    fn judge(&self, mentions: &[PackedMention<'_>], is_single: bool) -> FilterVerdict {
        let Self { filter, by_name } = self;
        let matching_words = |mention: &PackedMention<'_>| {
            if *by_name {
                filter.matching_words(mention.name)
            } else {
                mention.matching_words(filter)
            }
        };
        let [mention] = mentions else {
            let matching = mentions.iter().map(matching_words);
            return FilterVerdict::Open(matching.fold(0, |all, matching| all | matching));
        };
        // A person goes by one of the forms of its name, or has them as other names.
        if !by_name && filter.passes(filter.matching_words(mention.name)) {
            return FilterVerdict::Passes;
        }
        let matching = matching_words(mention);
        if is_single && (!filter.may_pass(matching) || filter.passes(matching)) {
            FilterVerdict::from(filter.passes(matching))
        } else {
            FilterVerdict::Open(matching)
        }
    }

    /// Whether somebody passes; `None` if reading `left` names does not suffice to know.
    fn decide(&self, people: &People, id: PersonId, left: &mut usize) -> Option<bool> {
        let mut verdict = FilterVerdict::Open(0);
        let mut may_pass = true;
        if let IdKind::Unambiguous(slot) = id.kind() {
            let index = people.index();
            let mark = index.mark(slot);
            let is_single = index.table.is_single(slot);
            for article in index.table.articles(slot) {
                *left = left.checked_sub(1)?;
                let mentions: Vec<_> = index.speakers(article).marked(mark).collect();
                verdict = verdict.and(self.judge(&mentions, is_single));
                if !matches!(verdict, FilterVerdict::Open(_)) {
                    break;
                }
            }
            may_pass = match verdict {
                FilterVerdict::Open(matching) => self.filter.may_pass(matching),
                FilterVerdict::Passes | FilterVerdict::Fails => false,
            };
        }
        if may_pass {
            *left = left.checked_sub(WHOLE_COST)?;
        }
        Some(verdict == FilterVerdict::Passes || may_pass && self.passes(people, id))
    }

    /// Whether somebody passes by everything about them.
    fn passes(&self, people: &People, id: PersonId) -> bool {
        let filter = self.filter.filter();
        if self.by_name {
            return filter.passes(&people.name_of(id));
        }
        let Some(person) = people.person(id) else {
            return false;
        };
        let mut text = person.name.to_string();
        for words in person.role.iter().chain(&person.aliases) {
            text.push(' ');
            text.push_str(words);
        }
        filter.passes(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::people::tests::{all, people};
    use crate::library::people::{Listing, PeopleOrder};

    #[test]
    fn people_with_the_words_somewhere_pass_a_filter() {
        let people = people(&[
            (
                2024,
                &[("Maria Silva", "minister", &["Silva"]), ("FAO", "", &[])],
            ),
            (2024, &[("María Silva", "", &[]), ("Jörg Vogt", "", &[])]),
            (2025, &[("Food and Agriculture Organization", "", &["FAO"])]),
            (2025, &[("Anna Karg", "judge of Kenya", &["the judge"])]),
            (
                2025,
                &[("Maria Silva", "envoy", &[]), ("Otto Raz", "", &[])],
            ),
        ]);
        let passing = |filter: &str| -> Vec<String> {
            let mut listing = Listing::of(&people, PeopleOrder::Quotations, people.everyone());
            let mut sifting = FilterScan::of(ListFilter::new(filter));
            let first = sifting.first(&people, &listing, 2, 100);
            let first = first.into_sorted(&people);
            while sifting.go_on(&people, listing.rows(), 3) {}
            listing = listing.only(sifting.passing());
            let passing = listing.into_sorted(&people);
            assert_eq!(first.len().min(2), passing.len().min(2), "{filter}");
            assert_eq!(first, passing[..first.len()], "{filter}");
            let names = passing.into_iter();
            names.map(|id| people.name_of(id).into_owned()).collect()
        };
        assert_eq!(passing("").len(), people.len());
        assert_eq!(passing("silva"), ["Maria Silva"]);
        assert_eq!(passing("MARÍA envoy"), ["Maria Silva"]);
        assert_eq!(passing("fao"), ["Food and Agriculture Organization"]);
        assert_eq!(passing("jorg"), ["Jörg Vogt"]);
        assert_eq!(passing("karg kenya the"), ["Anna Karg"]);
        assert_eq!(passing("raz"), ["Otto Raz"]);
        assert_eq!(passing("a b c d e f g h i j"), [""; 0]);
        for person in all(&people) {
            let mut line = person.name.to_string();
            for words in person.role.iter().chain(&person.aliases) {
                line = format!("{line} {words}");
            }
            assert!(passing(&line).contains(&person.name.to_string()), "{line}");
        }
    }
}
