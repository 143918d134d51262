//! Cues that are prepositions and nouns: *according to* the report, *nach Angaben* der Polizei.

use super::cue::{Cue, CueForm};
use crate::analysis::syntax::Sentence;
use crate::analysis::tokens::PosTag;
use crate::lexicon::Class;

/// The cue of the preposition, particle, noun or adverb at `at`.
pub(super) fn cue_at(sentence: &Sentence<'_>, at: usize) -> Option<Cue> {
    // „Dem Gutachten zufolge“: the source is before the particle.
    if sentence.is(at, Class::ReportParticle) {
        let source = sentence.phrase_ending(at)?;
        return Some(Cue::of(at, Some(source), CueForm::According));
    }
    // „nach Angaben der Polizei“: the noun reports only after a preposition.
    if sentence.is(at, Class::ReportNoun) {
        if sentence.tag_before(at) != PosTag::Preposition {
            return None;
        }
        let by = usize::from(sentence.is(at + 1, Class::By));
        let source = sentence.phrase_starting(at + 1 + by)?;
        return Some(Cue {
            at,
            end: at + 1 + by,
            source: Some(source),
            form: CueForm::According,
        });
    }
    let start = at + 1 + usize::from(sentence.is(at + 1, Class::To));
    // „…“, so Kröger: the adverb reports only right after a quotation.
    if sentence.is(at, Class::Adverb) {
        let after_comma = at >= 2 && sentence.tag(at - 1) == PosTag::Comma;
        let quoted = after_comma && sentence.tag(at - 2) == PosTag::Quotation;
        let named = matches!(sentence.tag(start), PosTag::Name | PosTag::Determiner);
        if !quoted || !named {
            return None;
        }
    }
    let source = sentence.with_name_after(sentence.phrase_starting(start)?);
    Some(Cue {
        at,
        end: start,
        source: Some(source),
        form: CueForm::According,
    })
}
