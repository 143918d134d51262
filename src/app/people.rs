//! Everyone quoted in the folder, as a list; and the names by which the open article knows them.

use std::ops::Range;
use std::sync::Arc;

use super::Model;
use super::list::Selection;
use super::message::Notice;
use crate::library::{self, Called, Filter, Listing, PeopleOrder, Person};

/// Of so many articles it takes no time to bring everyone quoted up to date.
const FEW_ARTICLES: usize = 1000;

/// The list of everyone quoted in the folder.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// The persons that pass the filter.
    listing: Listing,
    /// The selected row and the part that shows.
    pub selection: Selection,
    /// What the reader typed to filter by.
    pub filter: String,
    /// In what order.
    pub order: PeopleOrder,
    /// Whether the order is turned round.
    pub is_reversed: bool,
    /// The first row that is looked up, and the persons from there on.
    shown: (usize, Vec<Person>),
    /// Who is selected.
    selected: Option<Arc<str>>,
    /// Of how many articles everyone quoted was known when that was last brought up to date.
    settled_at: usize,
    /// What the rows were worked out from.
    made_of: Option<(u64, PeopleOrder, String)>,
}

impl People {
    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.listing.len()
    }

    /// Whether nobody is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listing.is_empty()
    }

    /// The selection and the number of rows.
    pub(super) fn selecting(&mut self) -> (&mut Selection, usize) {
        (&mut self.selection, self.listing.len())
    }

    /// The name of the selected person.
    #[must_use]
    pub fn selected(&self) -> Option<&Arc<str>> {
        self.selected.as_ref()
    }

    /// The person in a row that shows.
    #[must_use]
    pub fn person(&self, row: usize) -> Option<&Person> {
        let (first, shown) = &self.shown;
        shown.get(row.checked_sub(*first)?)
    }

    /// Works the rows out anew, when they come from something else than before.
    pub(super) fn refresh(&mut self, people: &library::People) {
        let made_of = (people.version(), self.order, self.filter.trim().to_owned());
        if self.made_of.as_ref() == Some(&made_of) {
            return;
        }
        let (version, order, wanted) = &made_of;
        let narrows = self
            .made_of
            .as_ref()
            .is_some_and(|(old, old_order, filter)| {
                old == version && old_order == order && wanted.starts_with(filter)
            });
        let filter = Filter::new(wanted);
        if !narrows {
            self.listing = Listing::of(people, *order, people.everyone());
        }
        if !filter.is_empty() {
            let passing = people.passing(self.listing.rows(), &filter);
            self.listing.retain(&passing);
        }
        self.made_of = Some(made_of);
        self.shown = (0, Vec::new());
        let selected = self.selected.as_deref().and_then(|name| people.id_of(name));
        let still = selected.filter(|_| self.selection.row > 0);
        let still = still.and_then(|id| self.listing.position(people, id));
        let row = still.map_or(self.selection.row, |at| self.turned(at));
        self.selection.set(row, self.listing.len());
    }

    /// The place of a row, or the row of a place, in an order that may be turned round.
    fn turned(&self, row: usize) -> usize {
        if self.is_reversed {
            self.listing.len().saturating_sub(row + 1)
        } else {
            row
        }
    }

    /// Brings the selection into view and looks up who shows in a window of `height` rows.
    pub(super) fn settle(&mut self, people: &library::People, height: usize) {
        self.selection.settle(self.listing.len(), height);
        let window = self.selection.window(self.listing.len(), height);
        let (first, shown) = &self.shown;
        if *first != window.start || shown.len() != window.len() {
            self.shown = (window.start, self.look_up(people, window));
        }
        self.selected = self
            .person(self.selection.row)
            .map(|person| Arc::clone(&person.name));
    }

    fn look_up(&mut self, people: &library::People, window: Range<usize>) -> Vec<Person> {
        let places = if self.is_reversed {
            self.turned(window.end.saturating_sub(1))..self.turned(window.start) + 1
        } else {
            window.clone()
        };
        let places = if window.is_empty() { 0..0 } else { places };
        let ids = self.listing.view(people, places).iter();
        let mut persons: Vec<Person> = ids.filter_map(|&id| people.person(id)).collect();
        if self.is_reversed {
            persons.reverse();
        }
        persons
    }

    /// Turns the order round.
    fn reverse(&mut self) {
        self.is_reversed = !self.is_reversed;
        self.shown = (0, Vec::new());
        // Who is selected stays so, but for the first row, which stays the first.
        if self.selection.row > 0 {
            let row = self.listing.len().saturating_sub(self.selection.row + 1);
            self.selection.set(row, self.listing.len());
        }
    }
}

/// What an order of people is called.
#[must_use]
pub const fn order_name(order: PeopleOrder) -> &'static str {
    match order {
        PeopleOrder::Quotations => "quotations",
        PeopleOrder::Name => "name",
        PeopleOrder::Latest => "last quoted",
    }
}

const fn next_order(order: PeopleOrder) -> PeopleOrder {
    match order {
        PeopleOrder::Quotations => PeopleOrder::Name,
        PeopleOrder::Name => PeopleOrder::Latest,
        PeopleOrder::Latest => PeopleOrder::Quotations,
    }
}

impl Model {
    /// Lists people in the next order.
    pub(super) fn sort_people(&mut self) {
        self.people.order = next_order(self.people.order);
        self.say_people_order();
    }

    /// Turns the order of people round.
    pub(super) fn reverse_people(&mut self) {
        self.people.reverse();
        self.say_people_order();
    }

    fn say_people_order(&mut self) {
        self.folder_is_stale = true;
        let turned = if self.people.is_reversed {
            ", turned round"
        } else {
            ""
        };
        let order = order_name(self.people.order);
        self.say(Notice::info(format!("sorted by {order}{turned}")));
    }

    /// Brings everyone quoted in the folder up to date. While a huge folder is read, that is done whenever twice
    /// as much is known, so that it does not take longer than the reading.
    fn settle_people(&mut self) {
        let (known, all) = (self.library.surveyed(), self.library.all().len());
        let is_whole = self.scan.is_done && known >= all;
        let (least, most) = (self.people.settled_at, self.people.settled_at * 2);
        if is_whole || known < FEW_ARTICLES || !(least..most).contains(&known) {
            self.people.settled_at = known;
            self.library.settle();
        }
    }

    /// Brings everyone quoted up to date, in the folder and in the open article.
    pub(super) fn settle_speakers(&mut self) {
        self.settle_people();
        let Some(id) = self.reader.article else {
            return;
        };
        let Some(entry) = self.library.entry(id) else {
            return;
        };
        let key = entry.key();
        let people = self.library.people();
        let now = Some(people.renamed());
        if self.reader.named_as_of == now || self.reader.found().is_none() {
            return;
        }
        let corrections = people.corrections();
        let corrected = self
            .reader
            .document()
            .zip(self.reader.found())
            .and_then(|(document, found)| corrections.with_quotations(&key, document, found));
        let calling = people.calling(id);
        let called = |name: &str| -> Option<Called> {
            let known = calling.called(name);
            known.or_else(|| corrections.called_in(&key, name))
        };
        self.reader.call(corrected, called);
        self.reader.named_as_of = now;
        self.side_is_stale = true;
    }
}
