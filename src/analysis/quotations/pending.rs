//! Quotations and attributions while the article is read. Their speakers are entities, because names are
//! final only at the end: an article may give a surname first.

use crate::analysis::entities::EntityId;
use crate::analysis::tokens::folding::FoldedQuote;
use crate::analysis::{Attribution, RuleId, SpeakerId};
use crate::text::Span;

/// A quotation of the paragraph being read.
#[derive(Clone)]
pub(crate) struct PendingQuotation {
    /// Its token.
    pub at: usize,
    /// Its words.
    pub quote: FoldedQuote,
    /// Who said it.
    pub attribution: Option<PendingAttribution>,
}

/// Who said a quotation.
#[derive(Debug, Clone)]
pub(crate) struct PendingAttribution {
    /// The speaker; `None` when the source refers to nobody.
    pub entity: Option<EntityId>,
    /// The words that name the speaker.
    pub source: Span,
    /// The words that report.
    pub cue: Option<Span>,
    /// Who passed it on.
    pub via: Option<Span>,
    /// The mention that a pronoun or description refers to.
    pub antecedent: Option<Span>,
    /// The rule that found it.
    pub rule: RuleId,
    /// How likely the speaker is right.
    pub confidence: f32,
}

impl PendingAttribution {
    /// The attribution with the entity for its speaker, to be replaced at the end.
    pub(crate) fn attribution(&self) -> Option<Attribution> {
        Some(Attribution {
            speaker: SpeakerId(self.entity?),
            source: Some(self.source).into(),
            cue: self.cue.into(),
            via: self.via.into(),
            antecedent: self.antecedent.into(),
            rule: self.rule,
            confidence: self.confidence,
        })
    }

    /// The attribution of another quotation to the same speaker, by `rule`. It is no surer than this one.
    pub(crate) fn continued(self, rule: RuleId) -> Self {
        Self {
            rule,
            confidence: self.confidence.min(rule.confidence()),
            ..self
        }
    }
}
