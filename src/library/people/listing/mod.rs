//! Lists of hundreds of thousands of people. Each takes four bytes, and details are looked up only
//! for those in view.

pub(super) mod all_names;
pub(super) mod batch_sizes;
pub(super) mod filter_scan;

mod batch_scan;
mod name_sort;

use std::cmp::Reverse;
use std::ops::Range;

use super::People;
use super::identity::id::{IdKind, PersonId};
use batch_sizes::BatchSizes;
use name_sort::NameSort;

/// The orders a list of people can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleOrder {
    /// Most quoted first, then by name.
    #[default]
    Quotations,
    /// By name.
    Name,
    /// Those quoted last first.
    Latest,
}

/// People in an order. Those who differ only by name are sorted when they come into view, or in the
/// background.
#[derive(Debug, Default)]
pub struct Listing {
    rows: Vec<PersonId>,
    /// Ranges that are not sorted yet, from the front.
    unsorted: Vec<Range<usize>>,
    order: PeopleOrder,
    /// How far one of them is sorted.
    sort: Option<NameSort>,
    /// Ranking that is not done yet. The rows are in no order until it is.
    ranking: Option<RecencyRanking>,
    sizes: BatchSizes,
}

/// Ranks people by the day of their last quotation.
#[derive(Debug)]
struct RecencyRanking {
    /// The days of all articles.
    days: Vec<Option<i32>>,
    /// The people that are ranked so far, from the front of the list.
    ranked: Vec<(Reverse<Latest>, PersonId)>,
}

/// The day of the last quotation, and the number of quotations.
type Latest = (Option<i32>, u32);

/// Looking up somebody with an ambiguous name takes as long as reading this many names.
const AMBIGUOUS_COST: usize = 16;
/// Looking up the days of this many articles takes as long as reading a name.
const DAYS_A_NAME: usize = 8;

impl Listing {
    /// The given people, each with the number of quotations, in an order.
    #[must_use]
    pub fn of(
        people: &People,
        order: PeopleOrder,
        persons: impl IntoIterator<Item = (PersonId, u32)>,
    ) -> Self {
        Self::with_sizes(people, order, persons, BatchSizes::default())
    }

    /// The same, with other sizes of batches.
    #[must_use]
    pub fn with_sizes(
        people: &People,
        order: PeopleOrder,
        persons: impl IntoIterator<Item = (PersonId, u32)>,
        sizes: BatchSizes,
    ) -> Self {
        let persons = persons.into_iter();
        let mut listing = Self {
            order,
            sizes,
            ..Self::default()
        };
        match order {
            PeopleOrder::Name => listing.rank_by(persons.map(|(id, _)| ((), id)).collect()),
            PeopleOrder::Quotations => {
                let ranked = persons.map(|(id, quotations)| (Reverse(quotations), id));
                listing.rank_by(ranked.collect());
            }
            PeopleOrder::Latest => {
                let index = people.index();
                let articles = index.speakers.articles();
                listing.rows = persons.map(|(id, _)| id).collect();
                listing.ranking = Some(RecencyRanking {
                    days: articles.map(|id| index.speakers(id).day).collect(),
                    ranked: Vec::with_capacity(listing.rows.len()),
                });
                if listing.len() <= sizes.at_once {
                    listing.rank_all(people);
                }
            }
        }
        listing
    }

    /// Everyone, most quoted first, then by name.
    #[must_use]
    pub fn ranked(people: &People) -> Vec<PersonId> {
        Self::of(people, PeopleOrder::Quotations, people.everyone()).into_sorted(people)
    }

    /// Sets the rows to people by rank, the least first. Those of equal rank still have to be sorted.
    fn rank_by<R: Ord>(&mut self, mut ranked: Vec<(R, PersonId)>) {
        ranked.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut start = 0;
        let equal = ranked.chunk_by(|(a, _), (b, _)| a == b).map(|equal| {
            let range = start..start + equal.len();
            start = range.end;
            range
        });
        self.unsorted = equal.filter(|range| range.len() > 1).collect();
        self.rows = ranked.into_iter().map(|(_, id)| id).collect();
    }

    /// Completes the ranking.
    pub fn rank_all(&mut self, people: &People) {
        self.rank(people, &mut { usize::MAX });
    }

    /// Ranks further people until `left` is used up.
    fn rank(&mut self, people: &People, left: &mut usize) {
        let Some(RecencyRanking { days, ranked }) = &mut self.ranking else {
            return;
        };
        for id in &self.rows[ranked.len()..] {
            if *left == 0 {
                return;
            }
            let quotations = people.n_quotations(*id);
            let cost = if id.is_ambiguous() { AMBIGUOUS_COST } else { 1 };
            *left = left.saturating_sub(cost + quotations as usize / DAYS_A_NAME);
            let latest = (last_day(people, *id, days), quotations);
            ranked.push((Reverse(latest), *id));
        }
        if let Some(ranking) = self.ranking.take() {
            self.rank_by(ranking.ranked);
        }
    }

    /// The people whose flag is set, in the same order. Everyone has to be ranked.
    #[must_use]
    pub fn only(&self, stays: impl IntoIterator<Item = bool>) -> Self {
        let mut stays = stays.into_iter();
        self.first(usize::MAX, &mut |_| Some(stays.next() == Some(true)))
    }

    /// The first `most` people who pass, with everyone who ranks equal to the last. It stops where
    /// `passes` returns `None`.
    pub(super) fn first(
        &self,
        most: usize,
        passes: &mut dyn FnMut(PersonId) -> Option<bool>,
    ) -> Self {
        let mut first = Self {
            order: self.order,
            sizes: self.sizes,
            ..Self::default()
        };
        let mut unsorted = self.unsorted.iter().cloned().peekable();
        let mut at = 0;
        while at < self.rows.len() && first.rows.len() < most {
            let equal = match unsorted.next_if(|range| range.start == at) {
                Some(range) => range,
                None => at..at + 1,
            };
            let start = first.rows.len();
            for id in &self.rows[equal.clone()] {
                match passes(*id) {
                    Some(true) => first.rows.push(*id),
                    Some(false) => {}
                    None => {
                        first.rows.truncate(start);
                        return first;
                    }
                }
            }
            if first.rows.len() > start + 1 {
                first.unsorted.push(start..first.rows.len());
            }
            at = equal.end;
        }
        first
    }

    /// The number of people.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the list is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All people. Those that are not sorted yet are in no particular order.
    #[must_use]
    pub fn rows(&self) -> &[PersonId] {
        &self.rows
    }

    /// Whether a window of the list can be sorted without reading many names.
    #[must_use]
    pub fn is_ready(&self, window: &Range<usize>) -> bool {
        self.ready(window) == *window
    }

    /// The start of a window that can be sorted without reading many names.
    #[must_use]
    pub fn ready(&self, window: &Range<usize>) -> Range<usize> {
        if self.ranking.is_some() {
            return window.start..window.start;
        }
        let is_read = |range: &Range<usize>| match &self.sort {
            Some(sort) if sort.is_of(range) => sort.has_read(),
            _ => false,
        };
        let mut seen = self.unsorted_in(window);
        let unread = seen.find(|range| range.len() > self.sizes.at_once && !is_read(range));
        let end = match unread {
            Some(range) => range.start.max(window.start),
            None => window.end,
        };
        window.start..end
    }

    /// The ranges that are not sorted yet and overlap a window.
    fn unsorted_in(&self, window: &Range<usize>) -> impl Iterator<Item = &Range<usize>> {
        let overlaps = |a: &Range<usize>| a.start < window.end && window.start < a.end;
        self.unsorted.iter().filter(move |range| overlaps(range))
    }

    /// Sorts a window of the list, and returns it.
    pub fn view(&mut self, people: &People, window: Range<usize>) -> &[PersonId] {
        if window.is_empty() {
            return &[];
        }
        self.rank_all(people);
        let seen: Vec<Range<usize>> = self.unsorted_in(&window).cloned().collect();
        for range in seen {
            let mut sort = self.sort_of(people, range);
            sort.bring(people, &self.rows, &window);
            self.keep(sort);
        }
        self.rows.get(window).unwrap_or_default()
    }

    /// Sorts about `n_names` further people, starting with those in a window.
    pub fn go_on(&mut self, people: &People, window: &Range<usize>, n_names: usize) {
        let mut left = n_names;
        self.rank(people, &mut left);
        while left > 0 {
            let in_view = self.unsorted_in(window).next();
            let Some(range) = in_view.or(self.unsorted.last()).cloned() else {
                return;
            };
            let mut sort = self.sort_of(people, range);
            left = sort.go_on(people, &self.rows, left);
            self.keep(sort);
        }
    }

    /// Whether everyone is sorted.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.unsorted.is_empty() && self.ranking.is_none()
    }

    /// The sort of a range, which is started if it is not there.
    fn sort_of(&mut self, people: &People, range: Range<usize>) -> NameSort {
        match self.sort.take() {
            Some(sort) if sort.is_of(&range) => sort,
            _ => {
                let ignores_case = self.order == PeopleOrder::Name;
                NameSort::of(people, range, ignores_case, self.sizes)
            }
        }
    }

    /// Puts back a sort.
    fn keep(&mut self, sort: NameSort) {
        sort.write(&mut self.rows);
        if sort.is_done() {
            self.unsorted.retain(|range| !sort.is_of(range));
        } else {
            self.sort = Some(sort);
        }
    }

    /// The index of a person among those that are not sorted yet.
    #[must_use]
    pub fn place(&self, id: PersonId) -> Option<usize> {
        self.rows.iter().position(|row| *row == id)
    }

    /// The index of a person once everyone is sorted.
    #[must_use]
    pub fn position(&mut self, people: &People, id: PersonId) -> Option<usize> {
        self.rank_all(people);
        let at = self.place(id)?;
        let range = self.unsorted.iter().find(|range| range.contains(&at));
        let Some(range) = range.cloned() else {
            return Some(at);
        };
        let mut sort = self.sort_of(people, range);
        let position = sort.position(people, &self.rows, id);
        self.keep(sort);
        position
    }

    /// Everyone in order.
    #[must_use]
    pub fn into_sorted(mut self, people: &People) -> Vec<PersonId> {
        self.view(people, 0..self.rows.len());
        self.rows
    }
}

/// The day of somebody's last quotation. `days` are those of all articles.
fn last_day(people: &People, id: PersonId, days: &[Option<i32>]) -> Option<i32> {
    match id.kind() {
        IdKind::Ambiguous(_) => people.person(id)?.days.map(|(_, last)| last),
        IdKind::Unambiguous(slot) => {
            let articles = people.index().table.articles(slot);
            articles.filter_map(|article| days[article.index()]).max()
        }
    }
}
