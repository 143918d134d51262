//! The ids of all rules, with how sure each rule is, and the table of rules beyond one sentence.
//!
//! The confidence of a rule is the share of correct sources among the quotations it attributes. It was
//! counted on a tuning set of annotated news articles that is not part of this project. The confidence of
//! the step from a source to a person was counted on resolved names and on samples of pronouns. The
//! confidence of a quotation is the product of the two; the confidence of a quotation that continues
//! another is at most that of the other.

use std::num::NonZeroU8;

use super::rules::RULES;

/// A rule that looks beyond one sentence, or finds reported speech.
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
        doc: "The quotation continues the previous one in the paragraph.",
        confidence: 0.98,
    },
    WiderRule {
        id: "previous-sentence",
        doc: "The sentence before is about this person.",
        confidence: 0.88,
    },
    WiderRule {
        id: "later-in-paragraph",
        doc: "The cue comes later in the paragraph.",
        confidence: 0.9,
    },
    WiderRule {
        id: "paragraph-continuation",
        doc: "The quotation continues that of the previous paragraph.",
        confidence: 0.88,
    },
    WiderRule {
        id: "colon-before-paragraph",
        doc: "The previous paragraph announces the quotation with a colon.",
        confidence: 0.86,
    },
    WiderRule {
        id: "last-speaker",
        doc: "No cue: the person quoted last.",
        confidence: 0.65,
    },
    WiderRule {
        id: "last-subject",
        doc: "No cue: the subject of the previous paragraph.",
        confidence: 0.6,
    },
    WiderRule {
        id: "indirect-after-cue",
        doc: "NAME said that …: what the reporting verb reports.",
        confidence: 0.9,
    },
    WiderRule {
        id: "indirect-before-cue",
        doc: "…, NAME said: what comes before the reporting verb.",
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
        doc: "You corrected it; :undo reverts the latest correction.",
        confidence: 1.0,
    },
];

/// The rule of a quotation whose speaker the reader corrected.
const CORRECTED: &str = "corrected";

/// The confidence of a rule that another version wrote into a record.
const UNKNOWN_CONFIDENCE: f32 = 0.5;

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
        Self::of_rule(CORRECTED)
    }

    /// The rule with a name of the tables.
    pub(crate) fn of_rule(name: &'static str) -> Self {
        let rule = Self::named(name);
        debug_assert!(rule.is_some(), "no rule {name}");
        rule.unwrap_or_default()
    }

    /// Its stable name: `cue-after-quotation`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.facts() {
            Some((name, ..)) => name,
            None => "unknown",
        }
    }

    /// The construction it looks for, as a sentence.
    #[must_use]
    pub fn doc(self) -> Option<&'static str> {
        self.facts().map(|(_, doc, _)| doc)
    }

    /// How likely a source it finds is right, 0 to 1.
    pub(crate) fn confidence(self) -> f32 {
        match self.facts() {
            Some((.., confidence)) => confidence,
            None => UNKNOWN_CONFIDENCE,
        }
    }

    /// Name, sentence and confidence, from the table of the rule.
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
pub(crate) fn fingerprint_texts() -> impl Iterator<Item = &'static str> {
    let rules = RULES.iter().flat_map(|rule| [rule.id, rule.doc]);
    rules.chain(
        WIDER_RULES
            .iter()
            .flat_map(|reason| [reason.id, reason.doc]),
    )
}

/// A rule in none of the tables; half of its sources are assumed to be right.
impl Default for RuleId {
    fn default() -> Self {
        Self(NonZeroU8::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_found_by_its_name() {
        let names = RULES.iter().map(|rule| rule.id);
        for name in names.chain(WIDER_RULES.iter().map(|reason| reason.id)) {
            assert_eq!(RuleId::named(name).map(RuleId::name), Some(name));
        }
        assert_eq!(RuleId::default().name(), "unknown");
    }
}
