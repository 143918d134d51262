//! Renaming the speakers of an analysis. The result shares everything that does not change.

use std::collections::HashMap;
use std::sync::Arc;

use super::correction::ResolvedName;
use crate::analysis::{Analysis, Speaker, SpeakerId};
use crate::packed::count;

/// Stands for a removed speaker.
const NOBODY: SpeakerId = SpeakerId(u32::MAX);

/// An analysis with renamed speakers; `None` if no name changes. Speakers that get the same name
/// are merged, and those that are nobody removed.
pub fn renamed(
    analysis: &Analysis,
    resolve: impl Fn(&Speaker) -> Option<ResolvedName>,
) -> Option<Analysis> {
    let changed = |(at, speaker): (usize, &Arc<Speaker>)| {
        let resolved = resolve(speaker)?;
        let is_new = resolved.name() != Some(&*speaker.name);
        is_new.then_some((at, resolved))
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
        let resolved = changed.next_if(|(of, _)| *of == at);
        let (name, speaker) = match resolved.map(|(_, resolved)| resolved) {
            None => (&*speaker.name, Arc::clone(speaker)),
            Some(ResolvedName::Person(name)) => (&**name, Arc::new(named(speaker, name))),
            Some(ResolvedName::Nobody) => {
                places.push(None);
                continue;
            }
        };
        let at = *by_name.entry(name).or_insert(speakers.len());
        match speakers.get_mut(at) {
            Some(known) => merge(Arc::make_mut(known), &speaker),
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
        // Their quotations are unattributed.
        for quotation in Arc::make_mut(&mut renamed.quotations) {
            let is_said = |id: SpeakerId| matches!(places.get(id.0 as usize), Some(Some(_)));
            quotation.attribution = quotation.attribution.filter(|known| is_said(known.speaker));
        }
    }
    let corrected_ids = places.into_iter().map(|place| match place {
        Some(speaker) => speaker,
        None => NOBODY,
    });
    renamed.corrected_ids = corrected_ids.collect();
    Some(renamed)
}

/// A speaker by another name. The old one becomes an alias.
fn named(speaker: &Speaker, name: &str) -> Speaker {
    let names = std::iter::once(&speaker.name).chain(&speaker.aliases);
    Speaker {
        name: name.into(),
        role: speaker.role.clone(),
        kind: speaker.kind,
        aliases: names.cloned().collect(),
    }
}

/// Merges a speaker into another of the same name.
fn merge(known: &mut Speaker, speaker: &Speaker) {
    known.role = known.role.take().or_else(|| speaker.role.clone());
    let mut aliases = std::mem::take(&mut known.aliases).into_vec();
    for alias in &speaker.aliases {
        if *alias != known.name && !aliases.contains(alias) {
            aliases.push(alias.clone());
        }
    }
    known.aliases = aliases.into();
}
