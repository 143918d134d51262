//! Everyone, to be listed: hundreds of thousands of persons as numbers of four bytes, and no more known of each
//! than the list asks for.

pub(super) mod all_names;
pub(super) mod batch_scan;
pub(super) mod filter_scan;
pub(super) mod name_sort;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use super::identity::lookup::PersonInGroup;
use super::identity::person::person;
use super::{ArticleId, Name, People, Person};
use crate::library::name_table::NameSlot;
use crate::packed::PackedText;
use name_sort::NameSort;

/// One of the persons, until the articles change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(u32);

/// Marks those who go by a name that was worked out beforehand.
const AMBIGUOUS: u32 = 1 << 31;

/// In what order people are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleOrder {
    /// Most quoted first, then by name.
    #[default]
    Quotations,
    /// By name.
    Name,
    /// Latest quoted first.
    Latest,
}

/// ArticlePersons in an order, as far as somebody looked: those alike but for their names are put in order when
/// they come into view, or behind it.
#[derive(Debug, Default)]
pub struct Listing {
    rows: Vec<PersonId>,
    /// Stretches that are not in order yet, from the front.
    loose: Vec<Range<usize>>,
    order: PeopleOrder,
    /// Of one of them, how far it is in order.
    sorting: Option<NameSort>,
    /// Where it takes a while to find out who is alike, how far that is known; the rows are in no order until it is.
    ranking: Option<RecencyRanking>,
}

/// When some persons were last quoted.
#[derive(Debug)]
struct RecencyRanking {
    /// The days of all articles.
    days: Vec<Option<i32>>,
    /// The first of the persons.
    ranked: Vec<(Reverse<Latest>, PersonId)>,
}

/// The last day, and the number of quotations.
type Latest = (Option<i32>, u32);

/// So many names could be read in the time it takes to gather somebody who goes by several.
const AMBIGUOUS_COST: usize = 16;
/// So many articles of a name take as long to look up as a name does to be read.
const TAKES_LITTLE: usize = 8;

pub(super) enum IdKind {
    Ambiguous(usize),
    Plain(NameSlot),
}

impl PersonId {
    pub(super) const fn kind(self) -> IdKind {
        if self.0 & AMBIGUOUS != 0 {
            IdKind::Ambiguous((self.0 & !AMBIGUOUS) as usize)
        } else {
            IdKind::Plain(NameSlot(self.0))
        }
    }
}

impl Listing {
    /// So many names are read without anybody noticing.
    pub const AT_ONCE: usize = if cfg!(test) { 4 } else { 8192 };

    /// ArticlePersons in an order, each with the number of quotations.
    #[must_use]
    pub fn of(
        people: &People,
        order: PeopleOrder,
        persons: impl IntoIterator<Item = (PersonId, u32)>,
    ) -> Self {
        let persons = persons.into_iter();
        match order {
            PeopleOrder::Name => Self::ranked(order, persons.map(|(id, _)| ((), id)).collect()),
            PeopleOrder::Quotations => {
                let ranked = persons.map(|(id, quotations)| (Reverse(quotations), id));
                Self::ranked(order, ranked.collect())
            }
            PeopleOrder::Latest => {
                let rows: Vec<PersonId> = persons.map(|(id, _)| id).collect();
                let ranking = RecencyRanking {
                    days: people.days(),
                    ranked: Vec::with_capacity(rows.len()),
                };
                let mut listing = Self {
                    ranking: Some(ranking),
                    rows,
                    order,
                    ..Self::default()
                };
                if listing.len() <= Self::AT_ONCE {
                    listing.rank_all(people);
                }
                listing
            }
        }
    }

    /// ArticlePersons by rank, the least first.
    fn ranked<R: Ord>(order: PeopleOrder, mut ranked: Vec<(R, PersonId)>) -> Self {
        ranked.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut start = 0;
        let alike = ranked.chunk_by(|(a, _), (b, _)| a == b).map(|alike| {
            let stretch = start..start + alike.len();
            start = stretch.end;
            stretch
        });
        Self {
            loose: alike.filter(|stretch| stretch.len() > 1).collect(),
            rows: ranked.into_iter().map(|(_, id)| id).collect(),
            order,
            ..Self::default()
        }
    }

    /// Finds out about everybody who is alike.
    pub fn rank_all(&mut self, people: &People) {
        self.rank(people, &mut { usize::MAX });
    }

    /// Finds out when further persons were last quoted, as far as there are articles left to look at.
    fn rank(&mut self, people: &People, left: &mut usize) {
        let Some(RecencyRanking { days, ranked }) = &mut self.ranking else {
            return;
        };
        for id in self.rows.iter().skip(ranked.len()) {
            if *left == 0 {
                return;
            }
            let quotations = people.n_quotations(*id);
            let most = match id.kind() {
                IdKind::Ambiguous(_) => AMBIGUOUS_COST,
                IdKind::Plain(_) => 1,
            };
            *left = left.saturating_sub(most + quotations as usize / TAKES_LITTLE);
            let rank = Reverse((people.last_day(*id, days), quotations));
            ranked.push((rank, *id));
        }
        if let Some(ranking) = self.ranking.take() {
            *self = Self::ranked(self.order, ranking.ranked);
        }
    }

    /// Those of the persons who are marked so, by place, in the order they have once all are ranked.
    #[must_use]
    pub fn only(&self, stays: impl IntoIterator<Item = bool>) -> Self {
        let mut stays = stays.into_iter();
        let stays = &mut |_| Some(stays.next() == Some(true));
        self.first(usize::MAX, stays)
    }

    /// The first who pass, `most` of them and who is alike with the last one; less where it is not known who passes.
    pub(super) fn first(
        &self,
        most: usize,
        passes: &mut dyn FnMut(PersonId) -> Option<bool>,
    ) -> Self {
        let mut first = Self {
            order: self.order,
            ..Self::default()
        };
        let mut loose = self.loose.iter().cloned().peekable();
        let mut at = 0;
        while at < self.rows.len() && first.rows.len() < most {
            let alike = loose.next_if(|stretch| stretch.start == at);
            let is_loose = alike.is_some();
            let alike = alike.unwrap_or(at..at + 1);
            let start = first.rows.len();
            for id in self.rows.get(alike.clone()).unwrap_or_default() {
                match passes(*id) {
                    Some(true) => first.rows.push(*id),
                    Some(false) => {}
                    None => {
                        first.rows.truncate(start);
                        return first;
                    }
                }
            }
            if is_loose && first.rows.len() > start + 1 {
                first.loose.push(start..first.rows.len());
            }
            at = alike.end;
        }
        first
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All persons, as far as they are in order.
    #[must_use]
    pub fn rows(&self) -> &[PersonId] {
        &self.rows
    }

    /// Whether what a window shows can be put in order without reading many names.
    #[must_use]
    pub fn is_ready(&self, window: &Range<usize>) -> bool {
        self.ready(window) == *window
    }

    /// The beginning of a window of which that is so.
    #[must_use]
    pub fn ready(&self, window: &Range<usize>) -> Range<usize> {
        if self.ranking.is_some() {
            return window.start..window.start;
        }
        let is_read = |stretch: &&Range<usize>| {
            let sorting = self.sorting.as_ref();
            let sorting = sorting.filter(|sorting| sorting.is_of(stretch));
            stretch.len() <= Self::AT_ONCE || sorting.is_some_and(NameSort::has_read)
        };
        let mut seen = self.loose.iter().filter(|stretch| overlap(stretch, window));
        let unread = seen.find(|stretch| !is_read(stretch));
        let end = unread.map_or(window.end, |stretch| stretch.start.max(window.start));
        window.start..end
    }

    /// Puts what comes into view in order, and returns it.
    pub fn view(&mut self, people: &People, window: Range<usize>) -> &[PersonId] {
        if window.is_empty() {
            return &[];
        }
        self.rank_all(people);
        let seen = self
            .loose
            .iter()
            .filter(|stretch| overlap(stretch, &window));
        let seen: Vec<Range<usize>> = seen.cloned().collect();
        for stretch in seen {
            let mut sorting = self.sorting_of(people, stretch);
            sorting.bring(people, &self.rows, &window);
            self.keep(sorting);
        }
        self.rows.get(window).unwrap_or_default()
    }

    /// Puts some `n_names` further persons in order, first those a window shows.
    pub fn go_on(&mut self, people: &People, window: &Range<usize>, n_names: usize) {
        let mut left = n_names;
        self.rank(people, &mut left);
        while left > 0 {
            let mut seen = self.loose.iter().filter(|stretch| overlap(stretch, window));
            let Some(stretch) = seen.next().or(self.loose.last()).cloned() else {
                return;
            };
            let mut sorting = self.sorting_of(people, stretch);
            left = sorting.go_on(people, &self.rows, left);
            self.keep(sorting);
        }
    }

    /// Whether everybody is in order.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.loose.is_empty() && self.ranking.is_none()
    }

    fn sorting_of(&mut self, people: &People, stretch: Range<usize>) -> NameSort {
        let known = self.sorting.take();
        let known = known.filter(|known| known.is_of(&stretch));
        known.unwrap_or_else(|| NameSort::of(people, stretch, self.order == PeopleOrder::Name))
    }

    fn keep(&mut self, sorting: NameSort) {
        if sorting.is_done() {
            self.loose.retain(|stretch| !sorting.is_of(stretch));
            sorting.write(&mut self.rows);
        } else {
            sorting.write(&mut self.rows);
            self.sorting = Some(sorting);
        }
    }

    /// About where a person is: among those alike.
    #[must_use]
    pub fn place(&self, id: PersonId) -> Option<usize> {
        self.rows.iter().position(|row| *row == id)
    }

    /// Where a person is.
    #[must_use]
    pub fn position(&mut self, people: &People, id: PersonId) -> Option<usize> {
        self.rank_all(people);
        let at = self.place(id)?;
        let stretch = self
            .loose
            .iter()
            .find(|stretch| stretch.contains(&at))
            .cloned();
        let Some(stretch) = stretch else {
            return Some(at);
        };
        let mut sorting = self.sorting_of(people, stretch);
        let position = sorting.position(people, &self.rows, id);
        self.keep(sorting);
        position
    }

    /// All persons in order.
    #[must_use]
    pub fn into_sorted(mut self, people: &People) -> Vec<PersonId> {
        self.view(people, 0..self.rows.len());
        self.rows
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

impl People {
    /// Everyone, most quoted first, then by name.
    #[must_use]
    pub fn ranked(&self) -> Vec<PersonId> {
        Listing::of(self, PeopleOrder::Quotations, self.everyone()).into_sorted(self)
    }

    /// Quotations of somebody.
    #[must_use]
    pub fn n_quotations(&self, id: PersonId) -> u32 {
        match id.kind() {
            IdKind::Ambiguous(at) => self.ambiguous.totals.get(at).copied().unwrap_or(0),
            IdKind::Plain(place) => self.table.quotations(place),
        }
    }

    /// Everyone with the number of quotations, in no order.
    pub fn everyone(&self) -> impl Iterator<Item = (PersonId, u32)> {
        let ambiguous = (AMBIGUOUS..).zip(&self.ambiguous.totals);
        let ambiguous = ambiguous.map(|(at, quotations)| (PersonId(at), *quotations));
        let absorbed = &self.ambiguous.absorbed;
        let plain = self.table.places().filter(|place| {
            !self.table.is_ambiguous(*place)
                && (absorbed.is_empty() || !absorbed.contains_key(place))
        });
        ambiguous.chain(plain.map(|place| (PersonId(place.0), self.table.quotations(place))))
    }

    /// The name somebody goes by.
    #[must_use]
    pub fn name_of(&self, id: PersonId) -> Cow<'_, str> {
        match id.kind() {
            IdKind::Ambiguous(at) => {
                let name = self.ambiguous.names.get(at);
                name.map_or(Cow::Borrowed(""), |name| Cow::Borrowed(&**name))
            }
            IdKind::Plain(place) => match self.only_form(place) {
                Some(form) => form.decode(),
                None => Cow::Owned(self.label_at(place, &self.base_at(place))),
            },
        }
    }

    /// The number of somebody who goes by a name.
    #[must_use]
    pub fn id_of(&self, name: &str) -> Option<PersonId> {
        let names = &self.ambiguous.names;
        if let Ok(at) = names.binary_search_by(|other| (**other).cmp(name)) {
            return Some(PersonId(crate::packed::count(at) | AMBIGUOUS));
        }
        let place = self.unambiguous(&Name::parse(name).base, name)?;
        Some(PersonId(place.0))
    }

    /// All that is known of somebody.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<Person> {
        let IdKind::Plain(place) = id.kind() else {
            return self.get(&self.name_of(id));
        };
        let base = self.base_at(place);
        let group = self.group_at(place, &base);
        let name = group.bearers.first()?.label.clone();
        let base = base.into();
        let bearing = PersonInGroup {
            base,
            group,
            classes: vec![0],
        };
        person(&name, &[bearing])
    }

    /// The days of all articles.
    fn days(&self) -> Vec<Option<i32>> {
        let articles = (0..crate::packed::count(self.articles.len())).map(ArticleId);
        articles.map(|id| self.speakers(id).day).collect()
    }

    /// The day somebody was last quoted; `days` are those of all articles.
    fn last_day(&self, id: PersonId, days: &[Option<i32>]) -> Option<i32> {
        let IdKind::Plain(place) = id.kind() else {
            return self.person(id)?.days.map(|(_, last)| last);
        };
        let articles = self.table.articles(place);
        articles
            .filter_map(|article| *days.get(article.0 as usize)?)
            .max()
    }

    /// The one form of a name, when all articles have the same and have it once.
    fn only_form(&self, place: NameSlot) -> Option<PackedText<'_>> {
        let mark = self.table.key(place).low_bits();
        let mut only = None;
        for article in self.table.articles(place) {
            let mut marked = self.speakers(article).marked(mark);
            let mention = marked.next()?;
            let is_another = only.is_some_and(|only| only != mention.name);
            if mention.is_joined || is_another || marked.next().is_some() {
                return None;
            }
            only = Some(mention.name);
        }
        only
    }

    /// What the name at a place is made of.
    pub(super) fn base_at(&self, place: NameSlot) -> String {
        let key = self.table.key(place);
        for article in self.table.articles(place) {
            let marked = self.speakers(article).marked(key.low_bits());
            let own = marked.filter(|mention| !mention.is_joined);
            let mut bases = own.map(|mention| Name::parse(&mention.name.decode()).base);
            if let Some(base) = bases.find(|base| super::records::speakers::key(base) == key) {
                return base;
            }
        }
        String::new()
    }
}
