//! Everyone quoted in the folder in some order, and of them those who pass a filter, as far as that is found out: the
//! first at once and the others behind them.

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
    /// A roll of which only the names are filtered.
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

    /// Whether all who pass are known.
    pub(crate) fn is_whole(&self) -> bool {
        self.sifting.is_none()
    }

    /// Whether not everyone is listed.
    pub(crate) fn has_filter(&self) -> bool {
        self.passing.is_some()
    }

    /// As of which change of what is known of people it is.
    pub(crate) fn version(&self) -> Option<u64> {
        self.made_of.map(|(version, _)| version)
    }

    /// Works out anew who is listed, when that comes from something else than before; tells whether it does.
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

    /// Begins to find out who passes a filter; who does not pass when less is typed does not when more is.
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

    /// Finds out all who pass the filter.
    pub(crate) fn finish(&mut self, people: &People) {
        while self.sifting.is_some() {
            self.sift_on(people, usize::MAX);
        }
    }

    /// Looks at some `n_names` further names; tells whether all who pass are known since.
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
