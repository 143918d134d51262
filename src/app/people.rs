//! Everyone quoted in the folder, as a list; and the names by which the open article knows them.

use std::sync::Arc;

use super::Model;
use super::lists::{List, passes};
use super::message::Notice;
use crate::library::{Called, Library, Person};

/// The list of everyone quoted in the folder.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Their names.
    pub list: List<Arc<str>>,
    /// In what order.
    pub order: PeopleOrder,
    /// Whether the order is turned round.
    pub is_reversed: bool,
}

/// In what order people are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleOrder {
    /// Most quoted first.
    #[default]
    Quotations,
    /// By name.
    Name,
    /// Latest quoted first.
    Latest,
}

impl PeopleOrder {
    /// The name of the order.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quotations => "quotations",
            Self::Name => "name",
            Self::Latest => "last quoted",
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::Quotations => Self::Name,
            Self::Name => Self::Latest,
            Self::Latest => Self::Quotations,
        }
    }
}

impl People {
    /// Works the rows out anew.
    pub fn refresh(&mut self, library: &Library) {
        let people = library.people();
        let filter = self.list.filter.trim();
        let passing = people.all().filter(|(name, person)| {
            filter.is_empty() || passes_person(library, filter, name, person)
        });
        let mut rows: Vec<(&Arc<str>, &Person)> = passing.collect();
        match self.order {
            PeopleOrder::Quotations => {}
            PeopleOrder::Name => rows.sort_by_cached_key(|(name, _)| name.to_lowercase()),
            PeopleOrder::Latest => {
                rows.sort_by_key(|(_, person)| {
                    std::cmp::Reverse(person.days.map(|(_, last)| last))
                });
            }
        }
        if self.is_reversed {
            rows.reverse();
        }
        let rows = rows.into_iter().map(|(name, _)| Arc::clone(name));
        self.list.set_rows(rows.collect());
    }
}

/// Whether a person passes a filter by name, role or another name.
fn passes_person(library: &Library, filter: &str, name: &str, person: &Person) -> bool {
    let role = person.role.as_deref().unwrap_or_default();
    passes(filter, &format!("{name} {role}")) || {
        let aliases = library.people().aliases(name);
        !aliases.is_empty() && passes(filter, &format!("{name} {role} {}", aliases.join(" ")))
    }
}

impl Model {
    /// Lists people in the next order.
    pub(super) fn sort_people(&mut self) {
        self.people.order = self.people.order.next();
        self.say_people_order();
    }

    /// Turns the order of people round.
    pub(super) fn reverse_people(&mut self) {
        self.people.is_reversed = !self.people.is_reversed;
        self.say_people_order();
    }

    fn say_people_order(&mut self) {
        self.folder_is_stale = true;
        let turned = if self.people.is_reversed {
            ", turned round"
        } else {
            ""
        };
        let order = self.people.order.name();
        self.say(Notice::info(format!("sorted by {order}{turned}")));
    }

    /// Brings everyone quoted up to date, in the folder and in the open article.
    pub(super) fn settle_speakers(&mut self) {
        self.library.settle();
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
        let called = |name: &str| -> Option<Called> {
            let known = people.called_in(id, name);
            known.or_else(|| corrections.called_in(&key, name))
        };
        self.reader.call(corrected, called);
        self.reader.named_as_of = now;
        self.side_is_stale = true;
    }
}
