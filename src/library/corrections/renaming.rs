//! Other names laid over what was found in an article, which shares with it all that stays the same.

use std::collections::HashMap;
use std::sync::Arc;

use super::ResolvedName;
use crate::analysis::{Analysis, Speaker, SpeakerId};
use crate::packed::count;

/// An analysis whose speakers go by other names; those of the same name become one, those who are nobody go.
/// Nothing when no name changes.
pub fn renamed(
    analysis: &Analysis,
    called: impl Fn(&Speaker) -> Option<ResolvedName>,
) -> Option<Analysis> {
    let changed = |(at, speaker): (usize, &Arc<Speaker>)| {
        let called = called(speaker);
        let called = called.filter(|called| called.name() != Some(&*speaker.name));
        called.map(|called| (at, called))
    };
    let found = &analysis.speakers;
    let changed: Vec<(usize, ResolvedName)> =
        found.iter().enumerate().filter_map(changed).collect();
    if changed.is_empty() {
        return None;
    }
    let mut changed = changed.iter().peekable();
    let mut speakers: Vec<Arc<Speaker>> = Vec::with_capacity(found.len());
    let mut places: Vec<Option<SpeakerId>> = Vec::with_capacity(found.len());
    let mut by_name: HashMap<&str, usize> = HashMap::with_capacity(found.len());
    for (at, speaker) in found.iter().enumerate() {
        let called = changed
            .next_if(|(of, _)| *of == at)
            .map(|(_, called)| called);
        let (name, speaker) = match called {
            None => (&*speaker.name, Arc::clone(speaker)),
            Some(ResolvedName::Person(name)) => (&**name, Arc::new(named(speaker, name))),
            Some(ResolvedName::Nobody) => {
                places.push(None);
                continue;
            }
        };
        let at = *by_name.entry(name).or_insert(speakers.len());
        match speakers.get_mut(at) {
            Some(known) => join(Arc::make_mut(known), &speaker),
            None => speakers.push(speaker),
        }
        places.push(Some(SpeakerId(count(at))));
    }
    let mut renamed = Analysis {
        quotations: Arc::clone(&analysis.quotations),
        speakers,
        corrected_ids: Vec::new(),
        countries: Arc::clone(&analysis.countries),
        implied: Arc::clone(&analysis.implied),
    };
    if places.iter().any(Option::is_none) {
        // What nobody said is known to nobody.
        for quotation in Arc::make_mut(&mut renamed.quotations) {
            let is_said = |id: SpeakerId| matches!(places.get(id.0 as usize), Some(Some(_)));
            quotation.attribution = quotation.attribution.filter(|known| is_said(known.speaker));
        }
    }
    let corrected_ids = places
        .into_iter()
        .map(|place| place.unwrap_or(SpeakerId(u32::MAX)));
    renamed.corrected_ids = corrected_ids.collect();
    Some(renamed)
}

/// A speaker by another name; the old one is one of its others.
fn named(speaker: &Speaker, name: &str) -> Speaker {
    let names = std::iter::once(&speaker.name).chain(&speaker.aliases);
    Speaker {
        name: name.into(),
        role: speaker.role.clone(),
        kind: speaker.kind,
        aliases: names.cloned().collect(),
    }
}

/// Joins a speaker to one of the same name.
fn join(known: &mut Speaker, speaker: &Speaker) {
    known.role = known.role.take().or_else(|| speaker.role.clone());
    let mut aliases = std::mem::take(&mut known.aliases).into_vec();
    for alias in &speaker.aliases {
        if *alias != known.name && !aliases.contains(alias) {
            aliases.push(alias.clone());
        }
    }
    known.aliases = aliases.into();
}
