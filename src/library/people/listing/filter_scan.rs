//! Who passes a filter, among hundreds of thousands.
//!
//! It is found out article by article and bit by bit, so that nobody waits for it ([`BatchScan`]); and of the first persons of
//! a list one by one, so that something shows at once.

use super::batch_scan::{BatchScan, ScannedArticles};
use super::{IdKind, Listing};
use crate::library::ListFilter;
use crate::library::filter::PackedFilter;
use crate::library::people::records::speakers::PackedMention;
use crate::library::people::{People, PersonId};

/// What is known so far of somebody who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FilterVerdict {
    /// These words stand in some article.
    Open(u8),
    Passes,
    Fails,
}

/// Finds out who passes a filter: whose name in some article has all its words, or else the name they go by together
/// with their office and other names.
#[derive(Debug)]
pub struct FilterScan {
    question: PersonFilter,
    verdicts: Vec<FilterVerdict>,
    stage: FilterStage,
}

/// What is asked of everybody.
#[derive(Debug)]
struct PersonFilter {
    filter: PackedFilter,
    /// Whether only the name they go by counts.
    by_name: bool,
}

/// What is looked at.
#[derive(Debug)]
enum FilterStage {
    Start,
    /// The first article of each name, which mostly decides.
    First(BatchScan),
    /// The other articles of those who are left.
    Others(BatchScan),
    /// All that is known of those who are left then, from one on.
    Whole(usize),
}

/// So many articles of a name take as long as to gather all of somebody.
const WHOLE: usize = 20;

impl FilterScan {
    /// Begins to find out who passes a filter.
    #[must_use]
    pub fn of(filter: ListFilter) -> Self {
        Self::to(filter, false)
    }

    /// Begins to find out whose name passes a filter.
    #[must_use]
    pub fn by_name(filter: ListFilter) -> Self {
        Self::to(filter, true)
    }

    fn to(filter: ListFilter, by_name: bool) -> Self {
        let filter = PackedFilter::of(filter);
        Self {
            question: PersonFilter { filter, by_name },
            verdicts: Vec::new(),
            stage: FilterStage::Start,
        }
    }

    /// The first of a list who pass, `most` of them and who is alike with the last one, as far as some names tell.
    #[must_use]
    pub fn first(&self, people: &People, among: &Listing, most: usize, n_names: usize) -> Listing {
        let mut left = n_names;
        among.first(most, &mut |id| {
            people.passes_filter(id, &self.question, &mut left)
        })
    }

    /// Looks at some `n_names` further names of the same persons; tells whether there are more.
    pub fn go_on(&mut self, people: &People, among: &[PersonId], n_names: usize) -> bool {
        let Self {
            question,
            verdicts,
            stage,
        } = self;
        match stage {
            FilterStage::Start => {
                *verdicts = vec![FilterVerdict::Open(0); among.len()];
                *stage = FilterStage::First(BatchScan::to(people, ScannedArticles::First));
            }
            FilterStage::First(walk) | FilterStage::Others(walk) => {
                let has_more = walk.go_on(people, among, &mut { n_names }, |wanted, mentions| {
                    if let Some(verdict) = verdicts.get_mut(wanted.at as usize) {
                        *verdict = verdict.and(question.judge(mentions, wanted.is_single));
                    }
                    1
                });
                if !has_more && matches!(stage, FilterStage::First(_)) {
                    let open = |verdict: &FilterVerdict| matches!(verdict, FilterVerdict::Open(_));
                    let open = verdicts.iter().map(open).collect();
                    *stage =
                        FilterStage::Others(BatchScan::to(people, ScannedArticles::OthersOf(open)));
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
                    let FilterVerdict::Open(standing) = *verdict else {
                        continue;
                    };
                    let is_ambiguous = matches!(id.kind(), IdKind::Ambiguous(_));
                    let may_pass = is_ambiguous || question.filter.may_pass(standing);
                    let n_articles = WHOLE.max(people.n_articles_to_read(*id));
                    left = left.saturating_sub(if may_pass { n_articles } else { 0 });
                    *verdict = FilterVerdict::from(may_pass && people.passes(*id, question));
                }
                return false;
            }
        }
        true
    }

    /// Who of the persons passes, by place, as far as that is known.
    pub fn passing(&self) -> impl Iterator<Item = bool> {
        let verdicts = self.verdicts.iter();
        verdicts.map(|verdict| *verdict == FilterVerdict::Passes)
    }
}

impl FilterVerdict {
    /// What is known when more becomes known.
    fn and(self, more: Self) -> Self {
        match (self, more) {
            (Self::Open(standing), Self::Open(more)) => Self::Open(standing | more),
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
    /// What the mentions in one article tell. Of several, some may be of another name with the same mark.
    fn judge(&self, mentions: &[PackedMention<'_>], is_single: bool) -> FilterVerdict {
        let Self { filter, by_name } = self;
        let standing = |mention: &PackedMention<'_>| {
            if *by_name {
                filter.matching_words(mention.name)
            } else {
                mention.matching_words(filter)
            }
        };
        let [mention] = mentions else {
            let standing = mentions.iter().map(standing);
            return FilterVerdict::Open(standing.fold(0, |all, standing| all | standing));
        };
        // Who goes by several forms of a name goes by one of them.
        if !by_name && filter.passes(filter.matching_words(mention.name)) {
            return FilterVerdict::Passes;
        }
        let standing = standing(mention);
        if is_single && (!filter.may_pass(standing) || filter.passes(standing)) {
            FilterVerdict::from(filter.passes(standing))
        } else {
            FilterVerdict::Open(standing)
        }
    }
}

impl People {
    /// Whether somebody passes a filter, looking at no more names than `left`; nothing when these do not tell.
    fn passes_filter(
        &self,
        id: PersonId,
        question: &PersonFilter,
        left: &mut usize,
    ) -> Option<bool> {
        let mut verdict = FilterVerdict::Open(0);
        let mut may_pass = true;
        if let IdKind::Plain(place) = id.kind() {
            let mark = self.table.key(place).low_bits();
            let is_single = self.table.is_single(place);
            for article in self.table.articles(place) {
                *left = left.checked_sub(1)?;
                let mentions: Vec<PackedMention<'_>> =
                    self.speakers(article).marked(mark).collect();
                verdict = verdict.and(question.judge(&mentions, is_single));
                if !matches!(verdict, FilterVerdict::Open(_)) {
                    break;
                }
            }
            may_pass = matches!(verdict, FilterVerdict::Open(standing) if question.filter.may_pass(standing));
        }
        if may_pass {
            *left = left.checked_sub(WHOLE)?;
        }
        Some(verdict == FilterVerdict::Passes || may_pass && self.passes(id, question))
    }

    /// Whether somebody passes by all that is known of them.
    fn passes(&self, id: PersonId, question: &PersonFilter) -> bool {
        let filter = question.filter.filter();
        if question.by_name {
            return filter.passes(&self.name_of(id));
        }
        self.person(id).is_some_and(|person| {
            let mut line = person.name.to_string();
            for words in person.role.iter().chain(&person.aliases) {
                line.push(' ');
                line.push_str(words);
            }
            filter.passes(&line)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::people::tests::{all, people};
    use crate::library::people::{Listing, PeopleOrder};

    #[test]
    fn a_filter_passes_whoever_has_its_words_somewhere() {
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
