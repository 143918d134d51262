//! The speakers of the folder in some order, filtered in steps: the
//! first rows at once, the others in the background.

use crate::library::{BatchSizes, FilterScan, ListFilter, Listing, People, PeopleOrder};

/// Everyone, or those who pass a filter.
#[derive(Debug, Default)]
pub(crate) struct FilteredPeople {
    /// All persons.
    everyone: Listing,
    /// Those who pass a filter, with that filter.
    passing: Option<(String, Listing)>,
    /// The first of those who pass another filter, and who finds out the others among them or everyone.
    sifting: Option<(Listing, FilterScan)>,
    /// What is found out or was.
    sifted: String,
    /// What everyone was worked out from.
    made_of: Option<(u64, PeopleOrder)>,
    /// Whether only names are filtered.
    by_name: bool,
    /// How much is worked out at a time.
    pub(crate) sizes: BatchSizes,
}

impl FilteredPeople {
    /// A list whose filter looks at names only.
    pub(crate) fn by_name() -> Self {
        Self {
            by_name: true,
            ..Self::default()
        }
    }

    /// The persons that are listed.
    pub(crate) fn listing(&self) -> &Listing {
        match (&self.sifting, &self.passing) {
            (Some((first, _)), _) => first,
            (None, Some((_, passing))) => passing,
            (None, None) => &self.everyone,
        }
    }

    /// The same, to be put in order.
    pub(crate) fn listing_mut(&mut self) -> &mut Listing {
        match (&mut self.sifting, &mut self.passing) {
            (Some((first, _)), _) => first,
            (None, Some((_, passing))) => passing,
            (None, None) => &mut self.everyone,
        }
    }

    /// Whether the filter has seen everyone.
    pub(crate) fn is_whole(&self) -> bool {
        self.sifting.is_none()
    }

    /// Whether not everyone is listed.
    pub(crate) fn has_filter(&self) -> bool {
        self.passing.is_some()
    }

    /// The version of the people it was made from.
    pub(crate) fn version(&self) -> Option<u64> {
        self.made_of.map(|(version, _)| version)
    }

    /// Rebuilds the list if people, order or filter changed; returns whether it did.
    pub(crate) fn refresh(&mut self, people: &People, order: PeopleOrder, wanted: &str) -> bool {
        let made_of = (people.version(), order);
        let is_same = self.made_of == Some(made_of);
        if is_same && wanted == self.sifted {
            return false;
        }
        if !is_same {
            self.everyone = Listing::with_sizes(people, order, people.everyone(), self.sizes);
            self.passing = None;
            self.made_of = Some(made_of);
        }
        self.sift(people, wanted);
        true
    }

    /// Starts filtering. A longer filter only narrows, so the previous result is reused.
    fn sift(&mut self, people: &People, wanted: &str) {
        self.sifting = None;
        let filter = ListFilter::new(wanted);
        let narrower = |(of, _): &(String, Listing)| !filter.is_empty() && wanted.starts_with(of);
        self.passing = self.passing.take().filter(narrower);
        let is_known = self.passing.as_ref().is_some_and(|(of, _)| *of == wanted);
        wanted.clone_into(&mut self.sifted);
        if filter.is_empty() || is_known {
            return;
        }
        self.listing_mut().rank_all(people);
        let among = self.listing();
        let sifting = if self.by_name {
            FilterScan::by_name(filter)
        } else {
            FilterScan::of(filter)
        };
        let first = sifting.first(people, among, self.sizes.first_rows, self.sizes.at_once);
        let are_few = among.len() <= self.sizes.at_once;
        self.sifting = Some((first, sifting));
        if are_few {
            self.finish(people);
        }
    }

    /// Runs the filter to its end.
    pub(crate) fn finish(&mut self, people: &People) {
        while self.sifting.is_some() {
            self.sift_on(people, usize::MAX);
        }
    }

    /// Filters about `n_names` more names; returns whether that was the last step.
    pub(crate) fn sift_on(&mut self, people: &People, n_names: usize) -> bool {
        let Some((first, mut sifting)) = self.sifting.take() else {
            return false;
        };
        let among = self.listing();
        if sifting.go_on(people, among.rows(), n_names) {
            self.sifting = Some((first, sifting));
            return false;
        }
        self.passing = Some((self.sifted.clone(), among.only(sifting.passing())));
        true
    }
}
