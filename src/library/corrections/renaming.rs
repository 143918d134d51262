//! Other names laid over what was found in an article, which shares with it all that stays the same.

use std::collections::HashMap;
use std::sync::Arc;

use super::Called;
use crate::analysis::{Analysis, Speaker, SpeakerId};
use crate::library::count;

/// An analysis whose speakers go by other names; those of the same name become one, those who are nobody go.
/// Nothing when no name changes.
pub fn renamed(
    analysis: &Analysis,
    called: impl Fn(&Speaker) -> Option<Called>,
) -> Option<Analysis> {
    let changed = |speaker: &Arc<Speaker>| {
        let called = called(speaker);
        called.filter(|called| called.name() != Some(&speaker.name))
    };
    let names: Vec<Option<Called>> = analysis.speakers.iter().map(changed).collect();
    if names.iter().all(Option::is_none) {
        return None;
    }
    let mut speakers: Vec<Arc<Speaker>> = Vec::new();
    let mut places: Vec<Option<SpeakerId>> = Vec::with_capacity(names.len());
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for (speaker, called) in analysis.speakers.iter().zip(&names) {
        let (name, speaker) = match called {
            None => (speaker.name.as_str(), Arc::clone(speaker)),
            Some(Called::Person(name)) => (&**name, Arc::new(named(speaker, name))),
            Some(Called::Nobody) => {
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
        speakers,
        stand_for: Vec::new(),
        ..analysis.clone()
    };
    if places.iter().any(Option::is_none) {
        // What nobody said is known to nobody.
        for quotation in Arc::make_mut(&mut renamed.quotations) {
            let is_said = |id: SpeakerId| matches!(places.get(id.0 as usize), Some(Some(_)));
            quotation.attribution = quotation.attribution.filter(|known| is_said(known.speaker));
        }
    }
    let stand_for = places
        .into_iter()
        .map(|place| place.unwrap_or(SpeakerId(u32::MAX)));
    renamed.stand_for = stand_for.collect();
    Some(renamed)
}

/// A speaker by another name; the old one is one of its others.
fn named(speaker: &Speaker, name: &str) -> Speaker {
    let mut aliases = speaker.aliases.clone();
    aliases.insert(0, speaker.name.clone());
    Speaker {
        name: name.to_owned(),
        role: speaker.role.clone(),
        kind: speaker.kind,
        aliases,
    }
}

/// Joins a speaker to one of the same name.
fn join(known: &mut Speaker, speaker: &Speaker) {
    known.role = known.role.take().or_else(|| speaker.role.clone());
    for alias in &speaker.aliases {
        if *alias != known.name && !known.aliases.contains(alias) {
            known.aliases.push(alias.clone());
        }
    }
}
