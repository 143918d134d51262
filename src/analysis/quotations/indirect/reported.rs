//! What a cue reports.

use crate::analysis::cues::cue::Cue;
use crate::analysis::syntax::NounPhrase;

/// The tokens of reported speech, with their cue and source.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReportedSpeech {
    /// The first token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The token of the cue.
    pub cue: usize,
    /// Who speaks.
    pub source: Option<NounPhrase>,
    /// The name of the construction's rule.
    pub rule: &'static str,
}

impl ReportedSpeech {
    /// The tokens `start..end` that a cue reports, when there are at least two.
    pub(super) fn of(cue: &Cue, (start, end): (usize, usize), rule: &'static str) -> Option<Self> {
        (end > start + 1).then_some(Self {
            start,
            end,
            cue: cue.at,
            source: cue.source,
            rule,
        })
    }
}
