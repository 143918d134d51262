//! Names of which more has to be known than where they stand: those that may have several bearers, acronyms and
//! what they stand for, and those that were corrected.
//!
//! For each of them it is worked out beforehand what its bearers go by, so that all who go by a name are found.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::group::{Bearer, NameGroup};
use crate::library::corrections::ResolvedName;
use crate::library::name_table::NameSlot;
use crate::library::people::{Name, People};

/// What is known of ambiguous names, by what they are made of.
#[derive(Debug, Clone, Default)]
pub(crate) struct AmbiguousNames {
    known: BTreeMap<Box<str>, AmbiguousName>,
    stale: BTreeSet<Box<str>>,
    /// By what somebody goes by: the names and which of their bearers it is.
    by_name: HashMap<Arc<str>, Vec<AmbiguousBearer>>,
    /// Who goes by some ambiguous name, sorted.
    pub(crate) names: Vec<Arc<str>>,
    /// How often each of them is quoted.
    pub(crate) totals: Vec<u32>,
    /// Those of them whose names are made of something that is not ambiguous.
    foreign: Vec<(Arc<str>, String)>,
    /// Names that belong to one of those, though they are not ambiguous by themselves.
    pub(crate) absorbed: BTreeMap<NameSlot, Arc<str>>,
}

/// A ambiguous name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AmbiguousName {
    /// What each of its bearers goes by, with its quotations.
    called: Vec<(ResolvedName, u32)>,
    /// What it stands for, when it is an acronym.
    stands_for: BTreeSet<String>,
}

/// One of the bearers of a ambiguous name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AmbiguousBearer {
    pub base: Box<str>,
    pub class: u8,
    pub quotations: u32,
}

impl AmbiguousNames {
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

    /// What ambiguous names are made of.
    pub(crate) fn bases(&self) -> impl Iterator<Item = &str> {
        let known = self.known.keys().filter(|base| !self.stale.contains(*base));
        known.chain(&self.stale).map(|base| &**base)
    }

    /// All who go by a name.
    pub(crate) fn members(&self, name: &str) -> &[AmbiguousBearer] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// What the bearers of a ambiguous name go by.
    pub(crate) fn called(&self, base: &str, class: usize) -> Option<&ResolvedName> {
        let (called, _) = self.known.get(base)?.called.get(class)?;
        Some(called)
    }

    /// How many bear a ambiguous name.
    pub(crate) fn n_bearers(&self, base: &str) -> usize {
        self.known
            .get(base)
            .map_or(0, |ambiguous| ambiguous.called.len())
    }

    /// What stands for another name goes by what that is called now.
    fn follow(&mut self) {
        let known = self.known.iter();
        let followers = known.filter(|(_, ambiguous)| {
            let mut bodies = ambiguous.stands_for.iter();
            bodies.any(|body| self.stale.contains(body.as_str()))
        });
        let followers: Vec<Box<str>> = followers.map(|(base, _)| base.clone()).collect();
        self.stale.extend(followers);
    }

    fn gather(&mut self) {
        self.by_name.clear();
        for (base, ambiguous) in &self.known {
            for (class, (called, quotations)) in (0..).zip(&ambiguous.called) {
                if let ResolvedName::Person(name) = called {
                    let members = self.by_name.entry(Arc::clone(name)).or_default();
                    members.push(AmbiguousBearer {
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
    /// Works out anew what the bearers of ambiguous names go by, as far as something changed.
    pub(crate) fn update_ambiguous(&mut self) {
        if !self.ambiguous.stale.is_empty() {
            self.ambiguous.follow();
            let mut has_changed = false;
            for base in std::mem::take(&mut self.ambiguous.stale) {
                let now = self.ambiguous_name(&base);
                has_changed |= now.as_ref() != self.ambiguous.known.get(&base);
                match now {
                    Some(now) => self.ambiguous.known.insert(base, now),
                    None => self.ambiguous.known.remove(&base),
                };
            }
            if has_changed {
                self.ambiguous.gather();
            }
        }
        self.absorb();
    }

    /// What there is to know of a ambiguous name; nothing when nobody bears it, or it came back as a plain one.
    fn ambiguous_name(&self, base: &str) -> Option<AmbiguousName> {
        let place = self.place(base)?;
        if !self.table.is_ambiguous(place) {
            return None;
        }
        let group = self.group_at(place, base);
        let called = |(class, bearer): (u8, &Bearer)| {
            let mentions = group.mentions_of(class);
            let quotations = mentions.map(|mention| mention.quotations).sum();
            (self.called_bearer(&group, bearer), quotations)
        };
        let called: Vec<_> = (0..).zip(&group.bearers).map(called).collect();
        (!called.is_empty()).then_some(AmbiguousName {
            called,
            stands_for: group.stands_for,
        })
    }

    /// Finds names that are not ambiguous, but somebody with a ambiguous name goes by them.
    fn absorb(&mut self) {
        let foreign = self.ambiguous.foreign.iter();
        let absorbed = foreign.filter_map(|(name, base)| {
            let place = self.unambiguous(base, name)?;
            Some((place, Arc::clone(name)))
        });
        self.ambiguous.absorbed = absorbed.collect();
        let own = |name: &Arc<str>| {
            let members = self.ambiguous.members(name).iter();
            members.map(|member| member.quotations).sum()
        };
        let mut totals: Vec<u32> = self.ambiguous.names.iter().map(own).collect();
        for (place, name) in &self.ambiguous.absorbed {
            if let Ok(at) = self.ambiguous.names.binary_search(name)
                && let Some(total) = totals.get_mut(at)
            {
                *total += self.table.quotations(*place);
            }
        }
        self.ambiguous.totals = totals;
    }

    /// What a bearer goes by: corrected, or as the body its acronym stands for, or by its own label.
    fn called_bearer(&self, group: &NameGroup, bearer: &Bearer) -> ResolvedName {
        let corrected = |name: &str| self.corrections.resolve_exactly(name).cloned();
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
            return corrected(&body).unwrap_or_else(|| ResolvedName::Person(body.into()));
        }
        ResolvedName::Person(bearer.label.as_str().into())
    }

    /// What an acronym stands for, when the folder knows exactly one body for it.
    fn stands_for(&self, group: &NameGroup) -> Option<String> {
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
