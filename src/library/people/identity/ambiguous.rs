//! Names of which more has to be known than where they stand: those that may have several bearers, acronyms and
//! what they stand for, and those that were corrected.
//!
//! For each of them it is worked out beforehand what its bearers go by, so that all who go by a name are found.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::group::{Bearer, Group};
use crate::library::corrections::Called;
use crate::library::name_table::Place;
use crate::library::people::{Name, People};

/// What is known of special names, by what they are made of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Specials {
    known: BTreeMap<Box<str>, Special>,
    stale: BTreeSet<Box<str>>,
    /// By what somebody goes by: the names and which of their bearers it is.
    by_name: HashMap<Arc<str>, Vec<Member>>,
    /// Who goes by some special name, sorted.
    pub(crate) names: Vec<Arc<str>>,
    /// How often each of them is quoted.
    pub(crate) totals: Vec<u32>,
    /// Those of them whose names are made of something that is not special.
    foreign: Vec<(Arc<str>, String)>,
    /// Names that belong to one of those, though they are not special by themselves.
    pub(crate) absorbed: BTreeMap<Place, Arc<str>>,
}

/// A special name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Special {
    /// What each of its bearers goes by, with its quotations.
    called: Vec<(Called, u32)>,
    /// What it stands for, when it is an acronym.
    stands_for: BTreeSet<String>,
}

/// One of the bearers of a special name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Member {
    pub base: Box<str>,
    pub class: u8,
    pub quotations: u32,
}

impl Specials {
    /// Notes that something about a name changed.
    pub(crate) fn touch(&mut self, base: &str) {
        if !self.stale.contains(base) {
            self.stale.insert(base.into());
        }
    }

    /// Notes that anything may have changed.
    pub(crate) fn touch_all(&mut self) {
        self.stale.extend(self.known.keys().cloned());
    }

    /// What special names are made of.
    pub(crate) fn bases(&self) -> impl Iterator<Item = &str> {
        let known = self.known.keys().filter(|base| !self.stale.contains(*base));
        known.chain(&self.stale).map(|base| &**base)
    }

    /// All who go by a name.
    pub(crate) fn members(&self, name: &str) -> &[Member] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// What the bearers of a special name go by.
    pub(crate) fn called(&self, base: &str, class: usize) -> Option<&Called> {
        let (called, _) = self.known.get(base)?.called.get(class)?;
        Some(called)
    }

    /// How many bear a special name.
    pub(crate) fn n_bearers(&self, base: &str) -> usize {
        self.known
            .get(base)
            .map_or(0, |special| special.called.len())
    }

    /// What stands for another name goes by what that is called now.
    fn follow(&mut self) {
        let known = self.known.iter();
        let followers = known.filter(|(_, special)| {
            let mut bodies = special.stands_for.iter();
            bodies.any(|body| self.stale.contains(body.as_str()))
        });
        let followers: Vec<Box<str>> = followers.map(|(base, _)| base.clone()).collect();
        self.stale.extend(followers);
    }

    fn gather(&mut self) {
        self.by_name.clear();
        for (base, special) in &self.known {
            for (class, (called, quotations)) in (0..).zip(&special.called) {
                if let Called::Person(name) = called {
                    let members = self.by_name.entry(Arc::clone(name)).or_default();
                    members.push(Member {
                        base: base.clone(),
                        class,
                        quotations: *quotations,
                    });
                }
            }
        }
        self.names = self.by_name.keys().cloned().collect();
        self.names.sort_unstable();
        let named = self
            .names
            .iter()
            .map(|name| (Arc::clone(name), Name::parse(name).base));
        let foreign = named.filter(|(_, base)| !self.known.contains_key(base.as_str()));
        self.foreign = foreign.collect();
    }
}

impl People {
    /// Works out anew what the bearers of special names go by, as far as something changed.
    pub(crate) fn settle_specials(&mut self) {
        if !self.specials.stale.is_empty() {
            self.specials.follow();
            let mut has_changed = false;
            for base in std::mem::take(&mut self.specials.stale) {
                let now = self.special(&base);
                has_changed |= now.as_ref() != self.specials.known.get(&base);
                match now {
                    Some(now) => self.specials.known.insert(base, now),
                    None => self.specials.known.remove(&base),
                };
            }
            if has_changed {
                self.specials.gather();
            }
        }
        self.absorb();
    }

    /// What there is to know of a special name; nothing when nobody bears it, or it came back as a plain one.
    fn special(&self, base: &str) -> Option<Special> {
        let place = self.place(base)?;
        if !self.table.is_special(place) {
            return None;
        }
        let group = self.group_at(place, base);
        let called = |(class, bearer): (u8, &Bearer)| {
            let mentions = group.mentions_of(class);
            let quotations = mentions.map(|mention| mention.quotations).sum();
            (self.called_bearer(&group, bearer), quotations)
        };
        let called: Vec<_> = (0..).zip(&group.bearers).map(called).collect();
        (!called.is_empty()).then_some(Special {
            called,
            stands_for: group.stands_for,
        })
    }

    /// Finds names that are not special, but somebody with a special name goes by them.
    fn absorb(&mut self) {
        let foreign = self.specials.foreign.iter();
        let absorbed = foreign.filter_map(|(name, base)| {
            let place = self.plain(base, name)?;
            Some((place, Arc::clone(name)))
        });
        self.specials.absorbed = absorbed.collect();
        let own = |name: &Arc<str>| {
            let members = self.specials.members(name).iter();
            members.map(|member| member.quotations).sum()
        };
        let mut totals: Vec<u32> = self.specials.names.iter().map(own).collect();
        for (place, name) in &self.specials.absorbed {
            if let Ok(at) = self.specials.names.binary_search(name)
                && let Some(total) = totals.get_mut(at)
            {
                *total += self.table.quotations(*place);
            }
        }
        self.specials.totals = totals;
    }

    /// What a bearer goes by: corrected, or as the body its acronym stands for, or by its own label.
    fn called_bearer(&self, group: &Group, bearer: &Bearer) -> Called {
        let corrected = |name: &str| self.corrections.called_exactly(name).cloned();
        let by_form = || {
            let mut forms: Vec<&str> = bearer.forms.iter().map(|form| group.form(*form)).collect();
            forms.sort_unstable();
            forms.into_iter().find_map(corrected)
        };
        if !self.corrections.is_empty()
            && let Some(called) = corrected(&bearer.label).or_else(by_form)
        {
            return called;
        }
        if let Some(body) = self.stands_for(group) {
            return corrected(&body).unwrap_or_else(|| Called::Person(body.into()));
        }
        Called::Person(bearer.label.as_str().into())
    }

    /// What an acronym stands for, when the folder knows exactly one body for it.
    fn stands_for(&self, group: &Group) -> Option<String> {
        let mut bodies = group.stands_for.iter();
        let (body, None) = (bodies.next()?, bodies.next()) else {
            return None;
        };
        match self.group(body).bearers.as_slice() {
            [bearer] => Some(bearer.label.clone()),
            _ => None,
        }
    }
}
