//! Ambiguous names: those that several people may have, acronyms and what they stand for, and names
//! that were corrected.
//!
//! What each of their bearers goes by is worked out in advance, so that everyone who goes by a name
//! can be found.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::group::{Bearer, NameGroup};
use super::name_index::NameIndex;
use crate::library::corrections::{Corrections, ResolvedName};
use crate::library::name_table::NameSlot;
use crate::library::people::naming::name::Name;

/// The bearers of ambiguous names.
#[derive(Debug, Clone, Default)]
pub(crate) struct AmbiguousNames {
    /// By the base of the name.
    known: BTreeMap<Box<str>, AmbiguousName>,
    /// The bases of names that changed since the last update.
    stale: BTreeSet<Box<str>>,
    /// Which bearers of which names go by a name.
    by_name: HashMap<Arc<str>, Vec<AmbiguousBearer>>,
    /// What the bearers go by, sorted.
    names: Vec<Arc<str>>,
    /// The number of quotations of each of them.
    totals: Vec<u32>,
    /// Those of them that are unambiguous names themselves, with their bases.
    foreign: Vec<(Arc<str>, String)>,
    /// The slots of unambiguous names whose bearer is one of them.
    absorbed: BTreeMap<NameSlot, Arc<str>>,
}

/// An ambiguous name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AmbiguousName {
    /// What each bearer goes by, and the number of its quotations.
    bearers: Vec<(ResolvedName, u32)>,
    /// The bases of what it stands for, if it is an acronym.
    stands_for: BTreeSet<String>,
}

/// One of the bearers of an ambiguous name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AmbiguousBearer {
    pub base: Box<str>,
    pub class: u8,
    pub quotations: u32,
}

/// Reading, as of the last update.
impl AmbiguousNames {
    /// The bases of all ambiguous names.
    pub(crate) fn bases(&self) -> impl Iterator<Item = &str> {
        let known = self.known.keys().filter(|base| !self.stale.contains(*base));
        known.chain(&self.stale).map(|base| &**base)
    }

    /// What the bearers go by, sorted.
    pub(crate) fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    /// The number of quotations of each of the [`names`](Self::names).
    pub(crate) fn totals(&self) -> &[u32] {
        &self.totals
    }

    /// The index of a name among the [`names`](Self::names).
    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        self.names
            .binary_search_by(|other| (**other).cmp(name))
            .ok()
    }

    /// Everyone who goes by a name.
    pub(crate) fn bearers(&self, name: &str) -> &[AmbiguousBearer] {
        match self.by_name.get(name) {
            Some(bearers) => bearers,
            None => &[],
        }
    }

    /// What a bearer of an ambiguous name goes by.
    pub(crate) fn resolved(&self, base: &str, class: u8) -> Option<&ResolvedName> {
        let (resolved, _) = self.known.get(base)?.bearers.get(usize::from(class))?;
        Some(resolved)
    }

    /// The number of bearers of an ambiguous name.
    pub(crate) fn n_bearers(&self, base: &str) -> usize {
        match self.known.get(base) {
            Some(name) => name.bearers.len(),
            None => 0,
        }
    }

    /// The number of unambiguous names whose bearer is one of the [`names`](Self::names).
    pub(crate) fn n_absorbed(&self) -> usize {
        self.absorbed.len()
    }

    /// Whether the bearer of an unambiguous name is one of the [`names`](Self::names).
    pub(crate) fn has_absorbed(&self, slot: NameSlot) -> bool {
        !self.absorbed.is_empty() && self.absorbed.contains_key(&slot)
    }
}

/// Updating.
impl AmbiguousNames {
    /// Records that a name has changed.
    pub(crate) fn touch(&mut self, base: &str) {
        if !self.stale.contains(base) {
            self.stale.insert(base.into());
        }
    }

    /// Records that every name may have changed.
    pub(crate) fn touch_all(&mut self) {
        self.stale.extend(self.known.keys().cloned());
    }

    /// Updates the names that have changed.
    pub(crate) fn update(&mut self, index: &NameIndex, corrections: &Corrections) {
        if !self.stale.is_empty() {
            self.touch_acronyms();
            let mut has_changed = false;
            for base in std::mem::take(&mut self.stale) {
                let now = ambiguous_name(&base, index, corrections);
                has_changed |= now.as_ref() != self.known.get(&base);
                match now {
                    Some(now) => self.known.insert(base, now),
                    None => self.known.remove(&base),
                };
            }
            if has_changed {
                self.collect_names();
            }
        }
        self.absorb(index);
    }

    /// Touches the acronyms of names that have changed, because they go by those.
    fn touch_acronyms(&mut self) {
        let known = self.known.iter();
        let acronyms = known.filter(|(_, name)| {
            let mut bodies = name.stands_for.iter();
            bodies.any(|body| self.stale.contains(body.as_str()))
        });
        let acronyms: Vec<Box<str>> = acronyms.map(|(base, _)| base.clone()).collect();
        self.stale.extend(acronyms);
    }

    fn collect_names(&mut self) {
        self.by_name.clear();
        for (base, name) in &self.known {
            for (class, (resolved, quotations)) in (0..).zip(&name.bearers) {
                if let ResolvedName::Person(name) = resolved {
                    let bearers = self.by_name.entry(Arc::clone(name)).or_default();
                    bearers.push(AmbiguousBearer {
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

    /// Finds the unambiguous names whose bearer is one of the names, and sums up quotations.
    fn absorb(&mut self, index: &NameIndex) {
        let foreign = self.foreign.iter();
        let absorbed = foreign.filter_map(|(name, base)| {
            let slot = index.unambiguous(base, name)?;
            Some((slot, Arc::clone(name)))
        });
        self.absorbed = absorbed.collect();
        let own = |name: &Arc<str>| {
            let bearers = self.bearers(name).iter();
            bearers.map(|bearer| bearer.quotations).sum()
        };
        let mut totals: Vec<u32> = self.names.iter().map(own).collect();
        for (slot, name) in &self.absorbed {
            if let Some(at) = self.index(name) {
                totals[at] += index.table.quotations(*slot);
            }
        }
        self.totals = totals;
    }
}

/// The bearers of a name; `None` if nobody has it, or it is no longer ambiguous.
fn ambiguous_name(
    base: &str,
    index: &NameIndex,
    corrections: &Corrections,
) -> Option<AmbiguousName> {
    let slot = index.slot(base)?;
    if !index.table.is_ambiguous(slot) {
        return None;
    }
    let group = index.group_at(slot, base);
    let resolved = |(class, bearer): (u8, &Bearer)| {
        let mentions = group.mentions_of(class);
        let quotations = mentions.map(|mention| mention.quotations).sum();
        (resolve(&group, bearer, index, corrections), quotations)
    };
    let bearers: Vec<_> = (0..).zip(&group.bearers).map(resolved).collect();
    (!bearers.is_empty()).then_some(AmbiguousName {
        bearers,
        stands_for: group.stands_for,
    })
}

/// What a bearer goes by: as corrected, or the body that its acronym stands for, or its own label.
fn resolve(
    group: &NameGroup,
    bearer: &Bearer,
    index: &NameIndex,
    corrections: &Corrections,
) -> ResolvedName {
    let corrected = |name: &str| corrections.resolve_exactly(name).cloned();
    let by_form = || {
        let mut forms: Vec<&str> = bearer.forms.iter().map(|form| group.form(*form)).collect();
        forms.sort_unstable();
        forms.into_iter().find_map(corrected)
    };
    if !corrections.is_empty()
        && let Some(resolved) = corrected(&bearer.label).or_else(by_form)
    {
        return resolved;
    }
    let Some(body) = only_body(group, index) else {
        return ResolvedName::Person(bearer.label.as_str().into());
    };
    match corrected(&body) {
        Some(resolved) => resolved,
        None => ResolvedName::Person(body.into()),
    }
}

/// What an acronym stands for, if the folder has exactly one body for it.
fn only_body(group: &NameGroup, index: &NameIndex) -> Option<String> {
    let mut bodies = group.stands_for.iter();
    let (body, None) = (bodies.next()?, bodies.next()) else {
        return None;
    };
    match index.group(body).bearers.as_slice() {
        [bearer] => Some(bearer.label.clone()),
        _ => None,
    }
}
