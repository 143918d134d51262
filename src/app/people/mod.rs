//! Everyone quoted in the folder, as a list; and the names by which the open article knows them.

pub(super) mod filtered;
pub mod quotations;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::lists::selection::ListSelection;
use super::lists::{filtered, shown_of};
use super::protocol::notice::Notice;
use super::screens::list_screen::{ListScreen, Request, Selected, Surroundings};
use crate::config::{Action, Screen};
use crate::library::{self, Listing, PeopleOrder, Person, PersonId};
use filtered::FilteredPeople;

/// So many persons are kept whom a window showed: those quoted in thousands of articles take a while to look up.
const MOST_LOOKED_UP: usize = 1024;

/// The list of everyone quoted in the folder.
#[derive(Debug, Default)]
pub struct PeopleList {
    listed: FilteredPeople,
    /// The selected row and the part that shows.
    pub selection: ListSelection,
    /// What the reader typed to filter by.
    pub filter: String,
    /// In what order.
    pub order: PeopleOrder,
    /// Whether the order is turned round.
    pub is_reversed: bool,
    /// The first row that is looked up, and the persons from there on.
    shown: (usize, Vec<Person>),
    /// Those who were looked up.
    looked_up: BTreeMap<PersonId, Person>,
    /// The places that are to show.
    wanted: Range<usize>,
    /// Whether not all who show are looked up yet.
    is_looking_up: bool,
    /// Who is selected.
    selected: Option<Arc<str>>,
    /// The person to select once their row is known.
    sought: Option<PersonId>,
}

impl PeopleList {
    /// Number of rows known so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.listing().len()
    }

    /// Whether nobody is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listing().is_empty()
    }

    /// Whether all rows are known.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.listed.is_whole()
    }

    fn listing(&self) -> &Listing {
        self.listed.listing()
    }

    fn listing_mut(&mut self) -> &mut Listing {
        self.listed.listing_mut()
    }

    /// The name of the selected person.
    #[must_use]
    pub fn selected_name(&self) -> Option<&Arc<str>> {
        self.selected.as_ref()
    }

    /// The person in a row that shows.
    #[must_use]
    pub fn person(&self, row: usize) -> Option<&Person> {
        let (first, shown) = &self.shown;
        shown.get(row.checked_sub(*first)?)
    }

    /// Rebuilds the rows if their source changed: the first ones at once,
    /// the others in later steps.
    fn list(&mut self, people: &library::People) {
        let before = self.listed.version();
        if !self.listed.refresh(people, self.order, self.filter.trim()) {
            return;
        }
        if self.listed.version() != before {
            self.looked_up.clear();
        }
        // A reversed list starts with the last row, so all rows are needed.
        if self.is_reversed {
            self.finish(people);
        }
        self.shown = (0, Vec::new());
        let selected = self.selected.as_deref().filter(|_| self.selection.row > 0);
        self.sought = selected.and_then(|name| people.id_of(name));
    }

    /// Selects the person sought once their row is known; returns whether to wait for it.
    fn seek(&mut self, people: &library::People) -> bool {
        let Some(id) = self.sought else {
            return false;
        };
        let place = self.listing().place(id);
        self.wanted = place.map_or(0..0, |at| at..at + 1);
        if place.is_some() && !self.listing().is_ready(&self.wanted) {
            return true;
        }
        if let Some(at) = self.listing_mut().position(people, id) {
            self.selection.set(self.turned(at), self.len());
        }
        // Perhaps among those who are not known yet.
        self.sought = (place.is_none() && !self.is_whole()).then_some(id);
        false
    }

    /// Finds out all who pass the filter.
    fn finish(&mut self, people: &library::People) {
        if !self.is_whole() {
            self.listed.finish(people);
            self.shown = (0, Vec::new());
        }
    }

    /// Whether there is more to find out about the rows.
    fn has_more_to_do(&self) -> bool {
        let listing = self.listing();
        // A full list is sorted to its end in the background; a filtered one only as far as it shows.
        let is_in_order =
            listing.is_in_order() || self.listed.has_filter() && listing.is_ready(&self.wanted);
        !self.is_whole() || self.is_looking_up || !is_in_order
    }

    /// Finds out some more: who passes the filter, then in what order all are.
    fn go_on(&mut self, people: &library::People) {
        if self.is_looking_up {
            // That goes on by itself.
        } else if self.is_whole() {
            let wanted = self.wanted.clone();
            let n_names = self.listed.sizes.step;
            self.listing_mut().go_on(people, &wanted, n_names);
        } else if self.listed.sift_on(people, self.listed.sizes.step) {
            self.shown = (0, Vec::new());
        }
    }

    /// The place of a row, or the row of a place, in an order that may be turned round.
    fn turned(&self, row: usize) -> usize {
        if self.is_reversed {
            self.len().saturating_sub(row + 1)
        } else {
            row
        }
    }

    /// Brings the selection into view and looks up who shows in a window of `height` rows.
    fn show(&mut self, people: &library::People, height: usize) {
        if self.seek(people) {
            self.shown = (0, Vec::new());
            self.is_looking_up = false;
            return;
        }
        self.selection.settle(self.len(), height);
        let window = self.selection.window(self.len(), height);
        let (first, shown) = &self.shown;
        if *first != window.start || shown.len() != window.len() || self.is_looking_up {
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
        self.wanted = places.clone();
        self.is_looking_up = false;
        let ready = self.listing().ready(&places);
        if self.is_reversed && ready != places {
            return Vec::new();
        }
        let places = ready;
        let mut ids = self.listing_mut().view(people, places).to_vec();
        if self.is_reversed {
            ids.reverse();
        }
        if self.looked_up.len() > MOST_LOOKED_UP {
            self.looked_up.clear();
        }
        let mut left = self.listed.sizes.articles;
        let mut persons = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(known) = self.looked_up.get(&id) {
                persons.push(known.clone());
            } else if left == 0 {
                self.is_looking_up = true;
                break;
            } else if let Some(person) = people.person(id) {
                left = left.saturating_sub(person.articles as usize);
                persons.push(person.clone());
                self.looked_up.insert(id, person);
            }
        }
        persons
    }

    /// Turns the order round.
    fn reverse(&mut self) {
        self.is_reversed = !self.is_reversed;
        self.shown = (0, Vec::new());
        // Who is selected stays so, but for the first row, which stays the first.
        if self.selection.row > 0 {
            let row = self.len().saturating_sub(self.selection.row + 1);
            self.selection.set(row, self.len());
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

impl PeopleList {
    /// Works the rows out again; when the list is read aloud, all of them at once, because it is read only once.
    fn relist(&mut self, at: Surroundings<'_>) {
        let people = at.folder.library.people();
        self.list(people);
        if at.settings.screen_reader {
            self.finish(people);
            self.listing_mut().rank_all(people);
        }
    }

    fn sorted_notice(&self) -> Vec<Request> {
        let reversed = if self.is_reversed { ", reversed" } else { "" };
        let order = order_name(self.order);
        let text = format!("sorted by {order}{reversed}");
        vec![Request::Notify(Notice::info(text))]
    }
}

impl ListScreen for PeopleList {
    fn title(&self, _at: Surroundings<'_>) -> String {
        let order = order_name(self.order);
        let filter = filtered(&self.filter);
        format!("Speakers in the folder, by {order}{filter}")
    }

    fn count(&self, at: Surroundings<'_>) -> String {
        let all = at.folder.library.people().len();
        if self.is_whole() {
            shown_of(self.len(), all)
        } else {
            format!("{}+ of {all}", self.len())
        }
    }

    fn n_rows(&self) -> usize {
        self.len()
    }

    fn selection(&self) -> ListSelection {
        self.selection
    }

    fn selection_mut(&mut self) -> &mut ListSelection {
        self.sought = None;
        &mut self.selection
    }

    fn filter(&self) -> Option<&str> {
        Some(&self.filter)
    }

    fn set_filter(&mut self, filter: &str, at: Surroundings<'_>) -> Vec<Request> {
        filter.clone_into(&mut self.filter);
        self.relist(at);
        Vec::new()
    }

    fn refresh(&mut self, at: Surroundings<'_>) {
        self.relist(at);
    }

    fn settle(&mut self, at: Surroundings<'_>) {
        // While the list is closed its rows may be of an older state of the folder.
        if at.window.is_covered_by(Screen::People) {
            let height = usize::from(at.window.list_area().height);
            self.show(at.folder.library.people(), height);
        }
    }

    fn open(&mut self, _at: Surroundings<'_>) -> Vec<Request> {
        let name = self.selected_name().map(ToString::to_string);
        name.map(Request::ListQuotations).into_iter().collect()
    }

    fn selected(&self, _at: Surroundings<'_>) -> Selected {
        let name = self.selected_name().map(ToString::to_string);
        name.map_or(Selected::Nothing, Selected::Person)
    }

    fn perform(
        &mut self,
        action: Action,
        _count: Option<u32>,
        at: Surroundings<'_>,
    ) -> Option<Vec<Request>> {
        let people = at.folder.library.people();
        match action {
            Action::Sort => {
                self.order = next_order(self.order);
                self.relist(at);
                Some(self.sorted_notice())
            }
            Action::ReverseSort => {
                self.finish(people);
                self.reverse();
                Some(self.sorted_notice())
            }
            Action::End | Action::GoToPercent => {
                self.finish(people);
                None
            }
            _ => None,
        }
    }

    fn has_work(&self) -> bool {
        self.has_more_to_do()
    }

    fn work(&mut self, at: Surroundings<'_>) {
        self.go_on(at.folder.library.people());
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::analysis::{Speaker, SpeakerKind};
    use crate::library::people::tests::FEW;
    use crate::library::{ArticleId, ListFilter, SpeakerCount};
    use proptest::prelude::*;

    /// Everyone quoted in articles with these speakers.
    pub(crate) fn everyone(articles: &[Vec<(String, u32)>]) -> library::People {
        let mut people = library::People::default();
        for (id, speakers) in (0..).map(ArticleId).zip(articles) {
            let speaker = |(name, quotations): &(String, u32)| SpeakerCount {
                speaker: Arc::new(Speaker {
                    name: name.as_str().into(),
                    role: Some(format!("head of {}", name.len()).into()),
                    kind: SpeakerKind::Person,
                    aliases: Box::default(),
                }),
                quotations: *quotations,
            };
            let speakers: Vec<SpeakerCount> = speakers.iter().map(speaker).collect();
            people.set(id, &|_| None, None, &speakers);
        }
        people.update();
        people
    }

    /// The names in the rows that show.
    fn shown(list: &PeopleList) -> Vec<String> {
        let rows = (0..list.len()).map_while(|row| list.person(row));
        rows.map(|person| person.name.to_string()).collect()
    }

    fn settle(list: &mut PeopleList, people: &library::People) {
        list.list(people);
        list.show(people, 1000);
    }

    /// What shows once everything is found out; what shows before is the beginning of it.
    fn in_the_end(list: &mut PeopleList, people: &library::People) -> Vec<String> {
        let mut before = Vec::new();
        loop {
            list.show(people, 1000);
            let now = shown(list);
            assert!(now.starts_with(&before) || before.is_empty() || list.is_reversed);
            if !list.has_more_to_do() {
                return now;
            }
            before = now;
            list.go_on(people);
        }
    }

    proptest! {
        #[test]
        fn what_shows_at_once_and_what_is_found_out_behind_it_is_what_a_look_at_all_tells(
            articles in prop::collection::vec(
                prop::collection::vec(("[ABC][ab]{0,3} [AB][abc]{1,3}", 1..4_u32), 0..5),
                1..12,
            ),
            filters in prop::collection::vec("|[abc]{1,2}|of [3-9]", 1..4),
            order in 0..3_usize,
            is_reversed in any::<bool>(),
        ) {
            let people = everyone(&articles);
            let order = [PeopleOrder::Quotations, PeopleOrder::Name, PeopleOrder::Latest][order];
            let all = Listing::of(&people, order, people.everyone()).into_sorted(&people);
            let mut list = PeopleList { order, is_reversed, ..PeopleList::default() };
            list.listed.sizes = FEW;
            for filter in filters {
                list.filter.clone_from(&filter);
                settle(&mut list, &people);
                let wanted = ListFilter::new(&filter);
                let passes = |person: &Person| {
                    let role = person.role.as_deref().unwrap_or_default();
                    wanted.passes(&format!("{} {role} {}", person.name, person.aliases.join(" ")))
                };
                let persons = all.iter().filter_map(|id| people.person(*id));
                let mut meant: Vec<String> =
                    persons.filter(passes).map(|person| person.name.to_string()).collect();
                if is_reversed {
                    meant.reverse();
                }
                prop_assert_eq!(in_the_end(&mut list, &people), meant);
                // The next filter comes while this one is known, or before that.
                list.filter.push('a');
                settle(&mut list, &people);
            }
        }
    }
}
