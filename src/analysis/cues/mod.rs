//! Cues: the words of a sentence that report speech, each with its source.
//!
//! A cue is found whether or not there is a quotation near it. `quotations` links cues to quotations, and
//! reads what they report when there are no quotation marks.

pub(super) mod cue;

mod inversion;

mod verb;

mod participle;

mod according;

use super::syntax::Sentence;
use super::tokens::PosTag;
use crate::lexicon::{Class, Classes};
use cue::Cue;

/// The distance from a German verb to its particle at the end of the clause: „teilte die Polizei am Montag
/// mit“.
const PARTICLE_REACH: usize = 16;

/// Replaces `found` with the cues of a sentence, in order.
pub(super) fn find(sentence: &Sentence<'_>, found: &mut Vec<Cue>) {
    found.clear();
    for at in sentence.low..sentence.high {
        let cue = match sentence.tag(at) {
            PosTag::Cue if !lacks_particle(sentence, at) => verb::cue_at(sentence, at, found),
            PosTag::GerundCue if !lacks_particle(sentence, at) => {
                Some(participle::cue_at(sentence, at, found))
            }
            _ if sentence.is(at, Class::According) => according::cue_at(sentence, at),
            _ => None,
        };
        found.extend(cue);
    }
}

/// Whether a verb that reports only with its particle, went *on*, is without it.
fn lacks_particle(sentence: &Sentence<'_>, at: usize) -> bool {
    const PARTICLE: Classes =
        Classes::of(Class::ReportParticle).and(Classes::of(Class::SpeechParticle));
    // „teilte die Polizei am Montag mit“: in German the particle ends the clause.
    let closes = || {
        let limit = sentence.high.min(at + PARTICLE_REACH);
        let ends = |index: &usize| {
            matches!(
                sentence.tag(*index),
                PosTag::Comma | PosTag::Colon | PosTag::Stop | PosTag::Dash
            )
        };
        let end = (at + 1..limit).find(ends).unwrap_or(limit);
        sentence.has_any(end - 1, PARTICLE)
    };
    sentence.is(at, Class::Phrase)
        && !sentence.has_any(at + 1, PARTICLE)
        && !(sentence.is(at, Class::Second) && closes())
}

/// The last token before `at` in its sentence that is not an adverb.
fn before_adverbs(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    (sentence.low..at)
        .rev()
        .find(|index| sentence.tag(*index) != PosTag::Adverb)
}
