//! The reader's corrections of who is who and of who said what.
//!
//! Corrections are a list in the order they were made; later ones overrule earlier ones. They are
//! applied to the result of analysis and never stored in it, so they survive a new analysis, an
//! edit of the article and a new index.

mod correction;
mod file;
mod renaming;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::articles::survey::SpeakerCount;
use super::people::naming::name::Name;
use crate::analysis::{Analysis, Attribution, Quotation, RuleId, Speaker, SpeakerId, SpeakerKind};
use crate::document::Document;
use crate::text::MaybeSpan;
use crate::text::fold::{Capitals, fold};

pub use correction::{Correction, ResolvedName};
pub use file::{HEADER, ParsedCorrections, Problem, read, without};
pub use renaming::renamed;

/// The speaker that analysis found for a quotation, its words and its number among those with these
/// words; and who said it.
type Reattributed<'c> = ((Option<&'c str>, (&'c str, u32)), Option<&'c str>);

/// The most characters of a quotation that a correction quotes.
const MOST_CHARACTERS: usize = 240;

/// All corrections.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    made: Vec<Correction>,
    /// By exact name: what it stands for everywhere.
    everywhere: HashMap<String, ResolvedName>,
    /// The bases of those names.
    bases: BTreeSet<String>,
    /// By the key of an article: the indices of its own corrections.
    within: HashMap<String, Vec<usize>>,
}

impl FromIterator<Correction> for Corrections {
    fn from_iter<I: IntoIterator<Item = Correction>>(corrections: I) -> Self {
        let mut all = Self::default();
        for correction in corrections {
            all.push(correction);
        }
        all
    }
}

impl Corrections {
    /// Adds a correction.
    pub fn push(&mut self, correction: Correction) {
        match &correction {
            Correction::Person {
                name,
                within: None,
                is,
            } => self.rename(name, is.as_deref()),
            Correction::Person {
                within: Some(key), ..
            }
            | Correction::Quotation { within: key, .. } => {
                let here = self.within.entry(key.clone()).or_default();
                here.push(self.made.len());
            }
        }
        self.made.push(correction);
    }

    /// Makes everyone who goes by `name` go by `is`.
    fn rename(&mut self, name: &str, is: Option<&str>) {
        let parsed = Name::parse(name);
        let key = parsed.exact();
        self.bases.insert(parsed.base);
        let present = match self.everywhere.get(&key) {
            Some(present) => present.clone(),
            None => ResolvedName::of(Some(name)),
        };
        let meant = is.map(|is| (is, Name::parse(is).exact()));
        // If the target was itself renamed before, follow it, unless this undoes that renaming.
        let target = match meant {
            None => ResolvedName::Nobody,
            Some((is, is_key)) => match self.everywhere.get(&is_key) {
                Some(earlier) if *earlier != present => earlier.clone(),
                _ => ResolvedName::of(Some(is)),
            },
        };
        #[expect(clippy::iter_over_hash_type, reason = "every value alike")]
        for called in self.everywhere.values_mut() {
            if *called == present {
                *called = target.clone();
            }
        }
        self.everywhere.insert(key, target);
    }

    /// All corrections, in the order they were made.
    #[must_use]
    pub fn made(&self) -> &[Correction] {
        &self.made
    }

    /// Whether there are no corrections.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.made.is_empty()
    }

    /// What a name stands for everywhere, if it was corrected.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Option<&ResolvedName> {
        if self.everywhere.is_empty() {
            return None;
        }
        let name = Name::parse(name);
        let whole = self.everywhere.get(&name.exact());
        // A correction of a name without initials applies to names with initials that do not contradict.
        whole.or_else(|| {
            let plain = self.everywhere.get(&format!("{}||", name.base))?;
            let meant = plain.name().map(|name| Name::parse(name).extra);
            let agrees = meant.is_none_or(|meant| meant.agrees_with(&name.extra));
            agrees.then_some(plain)
        })
    }

    /// What exactly this name stands for everywhere, if it was corrected.
    #[must_use]
    pub fn resolve_exactly(&self, name: &str) -> Option<&ResolvedName> {
        if self.everywhere.is_empty() {
            return None;
        }
        self.everywhere.get(&Name::parse(name).exact())
    }

    /// The keys of the articles with corrections of their own, sorted.
    #[must_use]
    pub fn articles(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = self.within.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys
    }

    /// The names that stand for another everywhere, with what they stand for, sorted. A search for
    /// a speaker also has to look for these.
    #[must_use]
    pub fn renamed(&self) -> Vec<(&str, &ResolvedName)> {
        let names = self.made.iter().filter_map(|correction| match correction {
            Correction::Person {
                name, within: None, ..
            } => Some(name.as_str()),
            _ => None,
        });
        let mut names: Vec<_> = names
            .filter_map(|name| Some((name, self.resolve(name)?)))
            .collect();
        names.sort_unstable_by_key(|(name, _)| *name);
        names.dedup_by_key(|(name, _)| *name);
        names
    }

    /// Whether some article has corrections of its own.
    #[must_use]
    pub fn has_any_within(&self) -> bool {
        !self.within.is_empty()
    }

    /// The bases of the names that were corrected everywhere.
    pub(super) fn bases(&self) -> impl Iterator<Item = &str> {
        self.bases.iter().map(String::as_str)
    }

    /// Whether a name with this base was corrected everywhere.
    pub(super) fn renames(&self, base: &str) -> bool {
        self.bases.contains(base)
    }

    /// Whether an article has corrections of its own.
    #[must_use]
    pub fn has_within(&self, key: &str) -> bool {
        self.within.contains_key(key)
    }

    fn within(&self, key: &str) -> impl Iterator<Item = &Correction> {
        let indices = self.within.get(key).into_iter().flatten();
        indices.map(|&index| &self.made[index])
    }

    /// What a name stands for in an article, by the article's own corrections.
    #[must_use]
    pub fn resolve_within(&self, key: &str, name: &str) -> Option<ResolvedName> {
        if !self.within.contains_key(key) {
            return None;
        }
        let mut resolved: Option<ResolvedName> = None;
        let mut parsed = Name::parse(name).exact();
        for correction in self.within(key) {
            if let Correction::Person { name, is, .. } = correction
                && Name::parse(name).exact() == parsed
            {
                let now = ResolvedName::of(is.as_deref());
                parsed = now.name().map(|name| Name::parse(name).exact())?;
                resolved = Some(now);
            }
        }
        resolved
    }

    /// Applies the corrections of an article to the counts of its speakers. `unattributed` is the
    /// number of quotations without a speaker.
    pub fn correct_counts(
        &self,
        key: &str,
        speakers: &mut Vec<SpeakerCount>,
        unattributed: &mut u32,
    ) {
        if !self.within.contains_key(key) {
            return;
        }
        for ((was, _), is) in self.quotations_within(key) {
            let from = speakers.iter_mut().find(|s| Some(&*s.name) == was);
            let from = match from {
                Some(speaker) => &mut speaker.quotations,
                None => &mut *unattributed,
            };
            if *from == 0 {
                continue; // The article no longer has the quotation.
            }
            *from -= 1;
            let Some(is) = is else {
                *unattributed += 1;
                continue;
            };
            match speakers.iter_mut().find(|s| &*s.name == is) {
                Some(speaker) => speaker.quotations += 1,
                None => speakers.push(SpeakerCount {
                    speaker: Arc::new(person(is)),
                    quotations: 1,
                }),
            }
        }
        speakers.retain(|speaker| speaker.quotations > 0);
        for speaker in &mut *speakers {
            match self.resolve_within(key, &speaker.name) {
                Some(ResolvedName::Person(name)) => {
                    Arc::make_mut(&mut speaker.speaker).name = (*name).into();
                }
                Some(ResolvedName::Nobody) => {
                    *unattributed += std::mem::take(&mut speaker.quotations);
                }
                None => {}
            }
        }
        speakers.retain(|speaker| speaker.quotations > 0);
    }

    /// The newest correction of each quotation in an article.
    fn quotations_within<'c>(&'c self, key: &str) -> Vec<Reattributed<'c>> {
        let mut latest: Vec<Reattributed<'c>> = Vec::new();
        for correction in self.within(key) {
            if let Correction::Quotation {
                words,
                occurrence,
                was,
                is,
                ..
            } = correction
            {
                let which = (words.as_str(), *occurrence);
                latest.retain(|((_, other), _)| *other != which);
                latest.push(((was.as_deref(), which), is.as_deref()));
            }
        }
        latest
    }

    /// The analysis of an article with all corrections applied; `None` if they change nothing.
    #[must_use]
    pub fn applied(&self, key: &str, document: &Document, analysis: &Analysis) -> Option<Analysis> {
        if self.is_empty() {
            return None;
        }
        let mut corrected = self.with_quotations(key, document, analysis);
        let base = corrected.as_ref().unwrap_or(analysis);
        let name_of = |speaker: &Speaker| self.resolve_in(key, &speaker.name);
        if let Some(renamed) = renamed(base, name_of) {
            corrected = Some(renamed);
        }
        corrected
    }

    /// The analysis of an article with its own corrections applied; `None` if they change nothing.
    #[must_use]
    pub fn applied_within(
        &self,
        key: &str,
        document: &Document,
        analysis: &Analysis,
    ) -> Option<Analysis> {
        if !self.has_within(key) {
            return None;
        }
        let corrected = self.with_quotations(key, document, analysis);
        let base = corrected.as_ref().unwrap_or(analysis);
        renamed(base, |speaker| self.resolve_within(key, &speaker.name)).or(corrected)
    }

    /// What a name found in an article stands for, by all corrections.
    #[must_use]
    pub fn resolve_in(&self, key: &str, name: &str) -> Option<ResolvedName> {
        let here = self.resolve_within(key, name);
        if here == Some(ResolvedName::Nobody) {
            return here;
        }
        let name: &str = match &here {
            Some(ResolvedName::Person(name)) => name,
            _ => name,
        };
        self.resolve(name).cloned().or(here)
    }

    /// The analysis of an article with the speakers of single quotations corrected.
    #[must_use]
    pub fn with_quotations(
        &self,
        key: &str,
        document: &Document,
        analysis: &Analysis,
    ) -> Option<Analysis> {
        if !self.within.contains_key(key) {
            return None;
        }
        let mut corrected: Option<Analysis> = None;
        let all: Vec<String> = analysis
            .quotations
            .iter()
            .map(|q| words_of(document, q))
            .collect();
        for ((_, (words, occurrence)), is) in self.quotations_within(key) {
            let wanted = fold(words, Capitals::Fold);
            let same = |(_, words): &(usize, &String)| fold(words, Capitals::Fold) == wanted;
            let nth = occurrence.saturating_sub(1) as usize;
            let found = all.iter().enumerate().filter(same).nth(nth);
            if let Some((index, _)) = found {
                let corrected = corrected.get_or_insert_with(|| analysis.clone());
                attribute(corrected, index, is);
            }
        }
        corrected
    }
}

/// The words of a quotation as a correction quotes them.
#[must_use]
pub fn words_of(document: &Document, quotation: &Quotation) -> String {
    let visible = document.visible(quotation.span);
    let words = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(MOST_CHARACTERS).collect()
}

/// The number of a quotation among those with the same words, from 1.
#[must_use]
pub fn occurrence(document: &Document, analysis: &Analysis, index: usize) -> u32 {
    let fold = |quotation| fold(&words_of(document, quotation), Capitals::Fold);
    let Some(wanted) = analysis.quotations.get(index).map(fold) else {
        return 1;
    };
    let before = analysis.quotations.iter().take(index);
    crate::packed::count(before.filter(|quotation| fold(quotation) == wanted).count()) + 1
}

/// A speaker with only a name.
fn person(name: &str) -> Speaker {
    Speaker {
        name: name.into(),
        role: None,
        kind: SpeakerKind::Person,
        aliases: Box::default(),
    }
}

/// Attributes a quotation to a speaker by name, or to nobody.
fn attribute(analysis: &mut Analysis, index: usize, name: Option<&str>) {
    let speaker = name.map(|name| {
        let known = analysis.speakers.iter().position(|s| &*s.name == name);
        if known.is_none() {
            analysis.speakers.push(Arc::new(person(name)));
        }
        known.unwrap_or(analysis.speakers.len() - 1)
    });
    if let Some(quotation) = Arc::make_mut(&mut analysis.quotations).get_mut(index) {
        quotation.attribution = speaker.map(|speaker| Attribution {
            speaker: SpeakerId(crate::packed::count(speaker)),
            source: MaybeSpan::default(),
            cue: quotation.attribution.map(|a| a.cue).unwrap_or_default(),
            via: MaybeSpan::default(),
            antecedent: MaybeSpan::default(),
            rule: RuleId::corrected(),
            confidence: 1.0,
        });
    }
}

#[cfg(test)]
mod tests;
