//! Everyone, to be listed: hundreds of thousands of persons as numbers of four bytes, and no more known of each
//! than the list asks for.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::article::Mention;
use super::asking::Bearing;
use super::filtering::Articles;
use super::person::person;
use super::{Name, People, Person};
use crate::library::packed::Place;

/// One of the persons, until the articles change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(u32);

/// Marks those who go by a name that was worked out beforehand.
const SPECIAL: u32 = 1 << 31;

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

/// Persons in an order, as far as somebody looked: those alike but for their names are put in order when
/// they come into view.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    rows: Vec<PersonId>,
    /// Stretches that are not in order yet, from the front.
    loose: Vec<Range<usize>>,
    order: PeopleOrder,
}

pub(super) enum Kind {
    Special(usize),
    Plain(Place),
}

impl PersonId {
    pub(super) const fn kind(self) -> Kind {
        if self.0 & SPECIAL != 0 {
            Kind::Special((self.0 & !SPECIAL) as usize)
        } else {
            Kind::Plain(Place(self.0))
        }
    }
}

impl Listing {
    /// Persons in an order, each with the number of quotations.
    #[must_use]
    pub fn of(
        people: &People,
        order: PeopleOrder,
        persons: impl IntoIterator<Item = (PersonId, u32)>,
    ) -> Self {
        // A greater rank stands before a smaller one.
        let rank = |id: PersonId, quotations: u32| match order {
            PeopleOrder::Name => 0,
            PeopleOrder::Quotations => u64::from(quotations),
            PeopleOrder::Latest => {
                let day = people.last_day(id).map(|day| day.cast_unsigned() ^ 1 << 31);
                let day = day.map_or(0, |day| u64::from(day) + 1);
                day << 32 | u64::from(quotations)
            }
        };
        let mut ranks: BTreeMap<Reverse<u64>, Vec<PersonId>> = BTreeMap::new();
        for (id, quotations) in persons {
            ranks
                .entry(Reverse(rank(id, quotations)))
                .or_default()
                .push(id);
        }
        let mut rows = Vec::with_capacity(ranks.values().map(Vec::len).sum());
        let mut loose = Vec::new();
        for ids in ranks.into_values() {
            let start = rows.len();
            rows.extend(ids);
            loose.extend((rows.len() > start + 1).then_some(start..rows.len()));
        }
        Self { rows, loose, order }
    }

    /// Leaves only those persons whose place is marked so, in the order they have.
    pub fn retain(&mut self, stays: &[bool]) {
        let old = std::mem::take(&mut self.rows);
        let stays = |at: usize| stays.get(at) == Some(&true);
        let mut loose = std::mem::take(&mut self.loose).into_iter().peekable();
        let mut start = 0;
        for (at, id) in old.into_iter().enumerate() {
            if loose.peek().is_some_and(|stretch| stretch.start == at) {
                start = self.rows.len();
            }
            if stays(at) {
                self.rows.push(id);
            }
            if loose.next_if(|stretch| stretch.end == at + 1).is_some()
                && self.rows.len() > start + 1
            {
                self.loose.push(start..self.rows.len());
            }
        }
        self.rows.shrink_to_fit();
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

    /// Puts what comes into view in order, and returns it.
    pub fn view(&mut self, people: &People, window: Range<usize>) -> &[PersonId] {
        let is_seen =
            |stretch: &Range<usize>| stretch.start < window.end && window.start < stretch.end;
        let seen: Vec<Range<usize>> = self
            .loose
            .iter()
            .filter(|stretch| is_seen(stretch))
            .cloned()
            .collect();
        for stretch in seen {
            if let Some(rows) = self.rows.get_mut(stretch) {
                sort_by_name(people, rows, self.order == PeopleOrder::Name);
            }
        }
        self.loose.retain(|stretch| !is_seen(stretch));
        self.rows.get(window).unwrap_or_default()
    }

    /// Where a person is.
    #[must_use]
    pub fn position(&mut self, people: &People, id: PersonId) -> Option<usize> {
        let at = self.rows.iter().position(|row| *row == id)?;
        let stretch = self
            .loose
            .iter()
            .find(|stretch| stretch.contains(&at))
            .cloned();
        let Some(stretch) = stretch else {
            return Some(at);
        };
        let rows = self.view(people, stretch.clone());
        let within = rows.iter().position(|row| *row == id)?;
        Some(stretch.start + within)
    }

    /// All persons in order.
    #[must_use]
    pub fn into_sorted(mut self, people: &People) -> Vec<PersonId> {
        self.view(people, 0..self.rows.len());
        self.rows
    }
}

/// Puts persons in the order of their names. The first letters decide nearly always, so that few names are looked
/// up twice.
fn sort_by_name(people: &People, rows: &mut [PersonId], folds: bool) {
    let name = |id: PersonId| {
        let name = people.name_of(id);
        if folds {
            Cow::Owned(name.to_lowercase())
        } else {
            name
        }
    };
    // Names that differ in their capitals only: as everywhere, those quoted most come first.
    let rank = |id: PersonId| (Reverse(people.n_quotations(id)), people.name_of(id));
    let mut keyed = beginnings(people, rows, folds);
    keyed.sort_unstable_by(|(a, a_id), (b, b_id)| {
        let by_name = a.cmp(b).then_with(|| name(*a_id).cmp(&name(*b_id)));
        by_name.then_with(|| rank(*a_id).cmp(&rank(*b_id)))
    });
    rows.iter_mut()
        .zip(keyed)
        .for_each(|(row, (_, id))| *row = id);
}

/// The beginnings of the names of some persons, read article by article.
fn beginnings(people: &People, rows: &[PersonId], folds: bool) -> Vec<([u8; FIRST], PersonId)> {
    let is_single = |id: &PersonId| match id.kind() {
        Kind::Special(_) => false,
        Kind::Plain(place) => people.table.is_single(place),
    };
    let (single, several): (Vec<PersonId>, Vec<PersonId>) =
        rows.iter().partition(|id| is_single(id));
    let beginning = |name: &str| {
        let mut first = [0; FIRST];
        let mut fill = |bytes: &[u8]| {
            let bytes = first.iter_mut().zip(bytes);
            bytes.for_each(|(to, byte)| *to = *byte);
        };
        if folds {
            fill(name.to_lowercase().as_bytes());
        } else {
            fill(name.as_bytes());
        }
        first
    };
    let mut keyed = Vec::with_capacity(rows.len());
    let mut name = String::new();
    people.by_article(&single, Articles::First, &mut |wanted, mentions| {
        let Some(&id) = single.get(wanted.at as usize) else {
            return;
        };
        if let [mention] = mentions {
            name.clear();
            mention.name.add_to(&mut name);
            keyed.push((beginning(&name), id));
        } else {
            keyed.push((beginning(&people.name_of(id)), id));
        }
    });
    let several = several.into_iter();
    keyed.extend(several.map(|id| (beginning(&people.name_of(id)), id)));
    keyed
}

/// How many bytes of each name are held while names are sorted.
const FIRST: usize = 20;

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
            Kind::Special(_) => self.quotations_of(&self.name_of(id)).unwrap_or(0),
            Kind::Plain(place) => self.table.quotations(place),
        }
    }

    /// Everyone with the number of quotations, in no order.
    pub fn everyone(&self) -> impl Iterator<Item = (PersonId, u32)> {
        let special = (SPECIAL..).zip(&self.specials.names);
        let special =
            special.map(|(at, name)| (PersonId(at), self.quotations_of(name).unwrap_or(0)));
        let absorbed = &self.specials.absorbed;
        let plain = self.table.places().filter(|place| {
            !self.table.is_special(*place) && (absorbed.is_empty() || !absorbed.contains_key(place))
        });
        special.chain(plain.map(|place| (PersonId(place.0), self.table.quotations(place))))
    }

    /// The name somebody goes by.
    #[must_use]
    pub fn name_of(&self, id: PersonId) -> Cow<'_, str> {
        match id.kind() {
            Kind::Special(at) => {
                let name = self.specials.names.get(at);
                name.map_or(Cow::Borrowed(""), |name| Cow::Borrowed(&**name))
            }
            Kind::Plain(place) => match self.only_mention(place) {
                Some(mention) => mention.name.words(),
                None => Cow::Owned(self.label_at(place, &self.base_at(place))),
            },
        }
    }

    /// The number of somebody who goes by a name.
    #[must_use]
    pub fn id_of(&self, name: &str) -> Option<PersonId> {
        let names = &self.specials.names;
        if let Ok(at) = names.binary_search_by(|other| (**other).cmp(name)) {
            return Some(PersonId(super::count(at) | SPECIAL));
        }
        let place = self.plain(&Name::parse(name).base, name)?;
        Some(PersonId(place.0))
    }

    /// All that is known of somebody.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<Person> {
        let Kind::Plain(place) = id.kind() else {
            return self.get(&self.name_of(id));
        };
        let base = self.base_at(place);
        let group = self.group_at(place, &base);
        let name = group.bearers.first()?.label.clone();
        let base = base.into();
        let bearing = Bearing {
            base,
            group,
            classes: vec![0],
        };
        person(&name, &[bearing])
    }

    /// The day somebody was last quoted.
    #[must_use]
    pub fn last_day(&self, id: PersonId) -> Option<i32> {
        let Kind::Plain(place) = id.kind() else {
            return self.person(id)?.days.map(|(_, last)| last);
        };
        let articles = self.table.articles(place);
        articles
            .filter_map(|article| self.speakers(article).day)
            .max()
    }

    /// The one mention of a name that is mentioned once.
    fn only_mention(&self, place: Place) -> Option<Mention<'_>> {
        if !self.table.is_single(place) {
            return None;
        }
        let article = self.table.articles(place).next()?;
        let mut marked = self.speakers(article).marked(self.table.key(place).half());
        let mention = marked.next()?;
        marked.next().is_none().then_some(mention)
    }

    /// What the name at a place is made of.
    pub(super) fn base_at(&self, place: Place) -> String {
        let key = self.table.key(place);
        for article in self.table.articles(place) {
            let marked = self.speakers(article).marked(key.half());
            let own = marked.filter(|mention| !mention.is_joined);
            let mut bases = own.map(|mention| Name::parse(&mention.name.words()).base);
            if let Some(base) = bases.find(|base| super::article::key(base) == key) {
                return base;
            }
        }
        String::new()
    }
}
