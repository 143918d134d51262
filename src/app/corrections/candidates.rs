//! Who may be meant by a correction: those who may be the same in another spelling, and everyone whose name holds what
//! is typed. The first show at once, who else there is among hundreds of thousands is found out behind them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::corrections::kind::{CorrectionChoice, CorrectionKind};
use crate::app::lists::passes;
use crate::app::people::filtered::FilteredPeople;
use crate::library::{People, PeopleOrder, PersonId, Variants};

/// How many people are offered at once; typing narrows them down.
const MOST_OFFERED: usize = 500;

/// A person who is offered, with the number of quotations.
type Candidate = (Arc<str>, u32);

/// Who is offered.
#[derive(Debug)]
pub(crate) struct CandidateSearch {
    /// Whose name holds what is typed, those quoted most first.
    listed: FilteredPeople,
    /// What is typed, once somebody is asked for.
    typed: Option<String>,
    /// The first of them.
    named: Vec<Candidate>,
    /// The names that were looked up, which takes a while for those quoted in thousands of articles.
    known: BTreeMap<PersonId, Candidate>,
    /// The name that is wrong.
    subject: Option<String>,
    alike: Option<Variants>,
    /// Whether some of those may not be known yet.
    is_looking: bool,
    /// As of which change of what is known of people all of that is.
    version: u64,
}

impl Default for CandidateSearch {
    fn default() -> Self {
        Self {
            listed: FilteredPeople::by_name(),
            typed: None,
            named: Vec::new(),
            known: BTreeMap::new(),
            subject: None,
            alike: None,
            is_looking: false,
            version: 0,
        }
    }
}

impl CandidateSearch {
    /// Begins to find out who may be the same as somebody.
    pub(crate) fn of(people: &People, subject: Option<&str>) -> Self {
        let mut offers = Self {
            subject: subject.map(str::to_owned),
            ..Self::default()
        };
        offers.begin(people);
        offers
    }

    fn begin(&mut self, people: &People) {
        self.version = people.version();
        self.known.clear();
        let alike = |name: &String| Variants::of(people, name);
        self.alike = self.subject.as_ref().map(alike);
        self.is_looking = self.alike.is_some();
        if people.len() <= self.listed.sizes.at_once {
            self.finish(people);
        }
    }

    /// Offers those whose names hold what is typed.
    pub(crate) fn ask(&mut self, people: &People, typed: &str) {
        if self.version != people.version() {
            self.begin(people);
        }
        self.typed = Some(typed.to_owned());
        self.listed.refresh(people, PeopleOrder::Quotations, typed);
        self.named.clear();
        self.name_some(people, self.listed.sizes.articles);
        if people.len() <= self.listed.sizes.at_once {
            self.finish(people);
        }
    }

    /// Whether there may be somebody else to offer.
    pub(super) fn has_more_to_do(&self) -> bool {
        self.is_looking || self.typed.is_some() && (!self.listed.is_whole() || self.has_unnamed())
    }

    fn has_unnamed(&self) -> bool {
        self.named.len() < self.listed.listing().len().min(MOST_OFFERED)
    }

    /// Finds out some more.
    pub(super) fn go_on(&mut self, people: &People) {
        let sizes = self.listed.sizes;
        self.step(people, sizes.step, sizes.articles);
    }

    /// Finds out everything.
    pub(crate) fn finish(&mut self, people: &People) {
        while self.has_more_to_do() {
            self.step(people, usize::MAX, usize::MAX);
        }
    }

    fn step(&mut self, people: &People, n_names: usize, n_articles: usize) {
        if self.version != people.version() {
            self.begin(people);
            if let Some(typed) = self.typed.take() {
                self.ask(people, &typed);
            }
        } else if self.typed.is_some() && self.has_unnamed() {
            self.name_some(people, n_articles);
        } else if self.typed.is_some() && !self.listed.is_whole() {
            self.listed.sift_on(people, n_names);
        } else if let Some(alike) = &mut self.alike {
            self.is_looking = alike.go_on(people, n_names);
        }
    }

    /// Looks up the names of the next who are listed.
    fn name_some(&mut self, people: &People, n_articles: usize) {
        let n_names = self.listed.sizes.step;
        let listing = self.listed.listing_mut();
        let mut left = n_articles;
        while left > 0 && self.named.len() < listing.len().min(MOST_OFFERED) {
            let next = self.named.len()..self.named.len() + 1;
            if !listing.is_ready(&next) {
                listing.go_on(people, &next, n_names);
                return;
            }
            let Some(&id) = listing.view(people, next).first() else {
                return;
            };
            let offered = self.known.entry(id).or_insert_with(|| {
                let quotations = people.n_quotations(id);
                left = left.saturating_sub(quotations as usize);
                (people.name_of(id).into(), quotations)
            });
            self.named.push(offered.clone());
        }
    }

    /// Those who may be the same, likeliest first.
    fn alike(&self) -> impl Iterator<Item = Candidate> {
        let known = self.alike.iter().filter(|_| !self.is_looking);
        let alike = known.flat_map(Variants::found);
        alike.map(|(name, quotations)| (name.into(), quotations))
    }

    /// Those whose names hold what is typed, most quoted first.
    fn named(&self) -> impl Iterator<Item = &Candidate> {
        self.named.iter()
    }
}

/// Who may be meant: those who may be the same first, then everyone by number of quotations.
pub(crate) fn choices(
    people: &People,
    candidates: &CandidateSearch,
    (name, kind): (Option<&str>, CorrectionKind),
    typed: &str,
) -> Vec<CorrectionChoice> {
    let subject = name.unwrap_or_default();
    let is_new = !typed.is_empty() && typed != subject && people.get(typed).is_none();
    let new = is_new.then(|| CorrectionChoice::New(typed.to_owned()));
    let person = |is_alike: bool| {
        move |(name, quotations)| CorrectionChoice::Person {
            name,
            quotations,
            is_alike,
        }
    };
    if kind == CorrectionKind::Name {
        let known = people.get(typed).filter(|_| typed != subject);
        let known = known.map(|known| person(false)((Arc::clone(&known.name), known.quotations)));
        return new.or(known).into_iter().collect();
    }
    let alike: Vec<Candidate> = candidates.alike().collect();
    let is_other = |(name, _): &&Candidate| {
        **name != *subject && !alike.iter().any(|(variant, _)| variant == name)
    };
    let others = candidates.named().filter(is_other).cloned();
    let unknown = (kind == CorrectionKind::Quotation && typed.is_empty())
        .then_some(CorrectionChoice::Unknown);
    let alike = alike.iter().filter(|(name, _)| passes(typed, name));
    alike
        .cloned()
        .map(person(true))
        .chain(unknown)
        .chain(others.map(person(false)))
        .take(MOST_OFFERED)
        .chain(new)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::people::tests::everyone;
    use crate::library::Listing;
    use crate::library::people::tests::FEW;

    proptest! {
        #[test]
        fn in_the_end_all_are_offered_whose_names_hold_what_is_typed(
            articles in prop::collection::vec(
                prop::collection::vec(("([AB][ab]?. )?[AB][ab]{0,2} [AB][abc]{1,3}", 1..4_u32), 0..5),
                1..12,
            ),
            typed in prop::collection::vec("|[abc]{1,2}|of", 1..4),
            at in any::<prop::sample::Index>(),
        ) {
            let people = everyone(&articles);
            let all = Listing::ranked(&people);
            prop_assume!(!all.is_empty());
            let subject = people.name_of(all[at.index(all.len())]).into_owned();
            let mut offers = CandidateSearch { subject: Some(subject.clone()), ..CandidateSearch::default() };
            offers.listed.sizes = FEW;
            offers.begin(&people);
            for typed in typed {
                offers.ask(&people, &typed);
                while offers.has_more_to_do() {
                    let before: Vec<Candidate> = offers.named().cloned().collect();
                    offers.go_on(&people);
                    prop_assert!(offers.named.starts_with(&before));
                }
                let offered = |id: &PersonId| -> Candidate {
                    (people.name_of(*id).into(), people.n_quotations(*id))
                };
                let mut named: Vec<Candidate> = all.iter().map(offered).collect();
                named.retain(|(name, _)| passes(&typed, name));
                prop_assert_eq!(&offers.named, &named);
                let alike: Vec<Arc<str>> = offers.alike().map(|(name, _)| name).collect();
                let mut variants = Variants::of(&people, &subject);
                while variants.go_on(&people, usize::MAX) {}
                let variants: Vec<Arc<str>> = variants.found().map(|(name, _)| name.into()).collect();
                prop_assert_eq!(alike, variants);
                // The next letter comes while these are known, or before that.
                offers.ask(&people, &format!("{typed}a"));
            }
        }
    }
}
