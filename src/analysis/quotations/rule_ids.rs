//! How sure each rule is, and what the rules beyond one sentence mean.
//!
//! The figures are the share of right sources among the quotations that a rule attributes, counted on a
//! tuning set of annotated news articles (not part of this project): run the extraction, match each
//! quotation to the annotated ones, and count the rule. The share for the way from a source to a person
//! was counted on resolved names and by reading samples of pronouns. A quotation's confidence is the
//! product; a quotation that goes on with a speaker is no surer than the one before it.

use std::num::NonZeroU8;

use super::rules::RULES;

/// A rule that looks beyond one sentence, or reads reported speech.
struct WiderRule {
    id: &'static str,
    doc: &'static str,
    confidence: f32,
}

const WIDER_RULES: &[WiderRule] = &[
    WiderRule {
        id: "sentence-subject",
        doc: "No reporting verb: the subject of the sentence.",
        confidence: 0.53,
    },
    WiderRule {
        id: "continuation",
        doc: "The quotation goes on after the one before it in the paragraph.",
        confidence: 0.98,
    },
    WiderRule {
        id: "previous-sentence",
        doc: "The sentence before is about this person.",
        confidence: 0.88,
    },
    WiderRule {
        id: "later-in-paragraph",
        doc: "The cue stands later in the paragraph.",
        confidence: 0.9,
    },
    WiderRule {
        id: "paragraph-continuation",
        doc: "The quotation of the paragraph before goes on.",
        confidence: 0.88,
    },
    WiderRule {
        id: "colon-before-paragraph",
        doc: "The paragraph before announces the quotation with a colon.",
        confidence: 0.86,
    },
    WiderRule {
        id: "last-speaker",
        doc: "No cue: whoever was quoted last.",
        confidence: 0.65,
    },
    WiderRule {
        id: "last-subject",
        doc: "No cue: whom the paragraph before is about.",
        confidence: 0.6,
    },
    WiderRule {
        id: "indirect-after-cue",
        doc: "NAME said that …: what the reporting verb reports.",
        confidence: 0.9,
    },
    WiderRule {
        id: "indirect-before-cue",
        doc: "…, NAME said: what stands before the reporting verb.",
        confidence: 0.97,
    },
    WiderRule {
        id: "indirect-according-to",
        doc: "According to NAME, …: the rest of the sentence.",
        confidence: 0.9,
    },
    WiderRule {
        id: "indirect-as",
        doc: "As NAME noted, …: the rest of the sentence.",
        confidence: 0.8,
    },
    WiderRule {
        id: "transcript",
        doc: "NAME: …, a turn of a transcript.",
        confidence: 0.84,
    },
    WiderRule {
        id: CORRECTED,
        doc: "You said so; :undo takes the newest correction back.",
        confidence: 1.0,
    },
];

/// The rule of a quotation whose speaker the reader corrected.
const CORRECTED: &str = "corrected";

/// The rule that attributes a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RuleId(NonZeroU8);

impl RuleId {
    /// The rule with a name, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let ruled = || RULES.iter().position(|rule| rule.id == name);
        let reasoned = || WIDER_RULES.iter().position(|reason| reason.id == name);
        let index = ruled().or_else(|| Some(RULES.len() + reasoned()?))?;
        NonZeroU8::new(u8::try_from(index + 1).ok()?).map(Self)
    }

    /// The rule of a quotation whose speaker the reader corrected.
    #[must_use]
    pub fn corrected() -> Self {
        Self::named(CORRECTED).unwrap_or_default()
    }

    /// Its name, which is stable: `cue-after-quotation`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.facts().map_or("unknown", |(name, ..)| name)
    }

    /// What construction it is about, as a sentence.
    #[must_use]
    pub fn doc(self) -> Option<&'static str> {
        self.facts().map(|(_, doc, _)| doc)
    }

    /// How likely a source that it finds is right, 0 to 1.
    pub(crate) fn confidence(self) -> f32 {
        self.facts().map_or(0.5, |(.., confidence)| confidence)
    }

    /// Name, sentence and confidence, from the table the rule stands in.
    fn facts(self) -> Option<(&'static str, &'static str, f32)> {
        let index = usize::from(self.0.get()) - 1;
        let ruled = RULES
            .get(index)
            .map(|rule| (rule.id, rule.doc, rule.confidence));
        ruled.or_else(|| {
            let reason = WIDER_RULES.get(index.checked_sub(RULES.len())?)?;
            Some((reason.id, reason.doc, reason.confidence))
        })
    }
}

/// The names and sentences of all rules.
pub(crate) fn knowledge() -> impl Iterator<Item = &'static str> {
    let rules = RULES.iter().flat_map(|rule| [rule.id, rule.doc]);
    rules.chain(
        WIDER_RULES
            .iter()
            .flat_map(|reason| [reason.id, reason.doc]),
    )
}

/// A rule that none of the tables knows; its quotations are half sure.
impl Default for RuleId {
    fn default() -> Self {
        Self(NonZeroU8::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_known_by_their_names() {
        let names = RULES.iter().map(|rule| rule.id);
        for name in names.chain(WIDER_RULES.iter().map(|reason| reason.id)) {
            assert_eq!(RuleId::named(name).map(RuleId::name), Some(name));
        }
        assert_eq!(RuleId::default().name(), "unknown");
    }
}
