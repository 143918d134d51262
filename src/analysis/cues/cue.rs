//! A cue, and whether it is inside what another cue reports.

use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::PosTag;
use crate::lexicon::{Class, Classes};

/// Words that report speech, with their source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cue {
    /// The token of the reporting verb or preposition.
    pub at: usize,
    /// One past its last token.
    pub end: usize,
    /// Who speaks.
    pub source: Option<NounPhrase>,
    /// How it reports.
    pub form: CueForm,
}

/// How a cue reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CueForm {
    /// Subject and finite verb: Kirby said.
    Verb,
    /// Verb and subject: said Kirby.
    Inverted,
    /// A participle: Kirby left, saying.
    Gerund,
    /// A verb in the passive: was asked.
    Passive,
    /// according to Kirby
    According,
    /// as Kirby noted: the one who passed it on.
    As,
}

/// Reporting verbs that take a clause.
const TAKES_CLAUSE: Classes = Classes::of(Class::Clause).and(Classes::of(Class::Asks));

impl Cue {
    /// A cue of one word.
    pub(super) const fn of(at: usize, source: Option<NounPhrase>, form: CueForm) -> Self {
        Self {
            at,
            end: at + 1,
            source,
            form,
        }
    }

    /// Whether this cue is part of what `outer` reports: “Ruiz said he called …”.
    pub(crate) fn is_inside(&self, outer: &Self, sentence: &Sentence<'_>) -> bool {
        let (Some(source), Some(outer_source)) = (self.source, outer.source) else {
            return false;
        };
        let reports = matches!(outer.form, CueForm::Verb | CueForm::Gerund)
            && sentence.has_any(outer.at, TAKES_CLAUSE);
        if !reports || source.start < outer.end {
            return false;
        }
        // “The papers show, she said, that …”
        if source.start == outer.end + 1 && sentence.tag(outer.end) == PosTag::Comma {
            return false;
        }
        let lead = source.start.saturating_sub(1);
        if is_fronted(sentence, outer_source.start) && sentence.tag(lead) == PosTag::Comma
            || sentence.is(lead, Class::Aside)
        {
            return false;
        }
        // “… Tom Bell, who called it” is the writer’s aside.
        let relative = sentence.tag(lead) == PosTag::Relative
            || sentence.tag(source.end + 1) == PosTag::Relative
                && sentence.tag(source.end) == PosTag::Comma
                && sentence.tag(source.end - 1) == PosTag::Name;
        // So is an apposition: “announced cuts, a move the union called “…””
        let apposition = sentence.tag(lead) == PosTag::Noun
            && lead >= 2
            && sentence.tag(lead - 1) == PosTag::Determiner
            && matches!(sentence.tag(lead - 2), PosTag::Comma | PosTag::Dash);
        if relative || apposition {
            return false;
        }
        !(outer.end..source.start).any(|index| ends_report(sentence, index))
    }
}

/// Whether a subordinate clause comes first, so that the main clause follows its comma. `start`: where the
/// source of that clause starts.
fn is_fronted(sentence: &Sentence<'_>, start: usize) -> bool {
    let first_word = matches!(
        sentence.tag(sentence.low),
        PosTag::Preposition
            | PosTag::Subordinator
            | PosTag::Verb
            | PosTag::Cue
            | PosTag::Gerund
            | PosTag::GerundCue
    );
    first_word || sentence.is_before(start, Class::Aside)
}

/// Whether what was reported ends at `index` and the writer continues.
fn ends_report(sentence: &Sentence<'_>, index: usize) -> bool {
    match sentence.tag(index) {
        PosTag::Semicolon | PosTag::Quotation => true,
        PosTag::Comma | PosTag::Dash => matches!(
            sentence.tag(index + 1),
            PosTag::Coordinator | PosTag::Subordinator
        ),
        _ => false,
    }
}
