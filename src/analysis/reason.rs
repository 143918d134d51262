//! How sure each rule is, and what the rules beyond one sentence mean.
//!
//! The figures are the share of right sources among the quotations that a rule attributes, counted on a
//! tuning set of annotated news articles (not part of this project): run the extraction, match each
//! quotation to the annotated ones, and count the rule. The share for the way from a source to a person
//! was counted on resolved names and by reading samples of pronouns. A quotation's confidence is the
//! product; a quotation that goes on with a speaker is no surer than the one before it.

use super::rules::RULES;

/// A rule that looks beyond one sentence, or reads reported speech.
struct Reason {
    id: &'static str,
    doc: &'static str,
    confidence: f32,
}

const REASONS: &[Reason] = &[
    Reason {
        id: "sentence-subject",
        doc: "No reporting verb: the subject of the sentence.",
        confidence: 0.53,
    },
    Reason {
        id: "continuation",
        doc: "The quotation goes on after the one before it in the paragraph.",
        confidence: 0.98,
    },
    Reason {
        id: "previous-sentence",
        doc: "The sentence before is about this person.",
        confidence: 0.88,
    },
    Reason {
        id: "later-in-paragraph",
        doc: "The cue stands later in the paragraph.",
        confidence: 0.9,
    },
    Reason {
        id: "paragraph-continuation",
        doc: "The quotation of the paragraph before goes on.",
        confidence: 0.88,
    },
    Reason {
        id: "colon-before-paragraph",
        doc: "The paragraph before announces the quotation with a colon.",
        confidence: 0.86,
    },
    Reason {
        id: "last-speaker",
        doc: "No cue: whoever was quoted last.",
        confidence: 0.65,
    },
    Reason {
        id: "last-subject",
        doc: "No cue: whom the paragraph before is about.",
        confidence: 0.6,
    },
    Reason {
        id: "indirect-after-cue",
        doc: "NAME said that …: what the reporting verb reports.",
        confidence: 0.9,
    },
    Reason {
        id: "indirect-before-cue",
        doc: "…, NAME said: what stands before the reporting verb.",
        confidence: 0.97,
    },
    Reason {
        id: "indirect-according-to",
        doc: "According to NAME, …: the rest of the sentence.",
        confidence: 0.9,
    },
    Reason {
        id: "indirect-as",
        doc: "As NAME noted, …: the rest of the sentence.",
        confidence: 0.8,
    },
    Reason {
        id: "transcript",
        doc: "NAME: …, a turn of a transcript.",
        confidence: 0.84,
    },
];

/// How likely a source that the rule finds is right, 0 to 1.
pub(super) fn confidence(rule: &str) -> f32 {
    let ruled = RULES
        .iter()
        .find(|known| known.id == rule)
        .map(|known| known.confidence);
    let reasoned = || {
        REASONS
            .iter()
            .find(|known| known.id == rule)
            .map(|known| known.confidence)
    };
    ruled.or_else(reasoned).unwrap_or(0.5)
}

/// What construction a rule is about, as a sentence.
pub(super) fn doc(rule: &str) -> Option<&'static str> {
    let ruled = RULES
        .iter()
        .find(|known| known.id == rule)
        .map(|known| known.doc);
    ruled.or_else(|| {
        REASONS
            .iter()
            .find(|known| known.id == rule)
            .map(|known| known.doc)
    })
}
