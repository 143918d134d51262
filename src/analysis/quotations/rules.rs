//! The rules that attribute a quotation within its sentence, in the order they are tried.
//!
//! Each rule names one construction of news prose. Its examples, texts that it must and must not explain,
//! run as tests. The first rule that finds a source wins.

use super::context::{QuotationContext, SourceLink};
use super::cue_rules::{
    according, as_cue, cue_after, cue_before, cue_in_next_sentence, cue_right_before,
    inverted_after, trailing_cue,
};
use super::subject_rules::{colon_before, name_after_dash, name_colon, noun_before, verb_after};

/// The first rule that finds a source, and what it finds.
pub(crate) fn attribute(
    context: &QuotationContext<'_>,
) -> Option<(&'static AttributionRule, SourceLink)> {
    RULES
        .iter()
        .find_map(|rule| (rule.apply)(context).map(|link| (rule, link)))
}

/// A way to find the source of a quotation within its sentence.
pub(crate) struct AttributionRule {
    /// Stable name.
    pub id: &'static str,
    /// The construction it looks for, as a sentence.
    pub doc: &'static str,
    /// Tagged texts that it explains.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples run as tests"))]
    pub matches: &'static [&'static str],
    /// Texts that it does not explain.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples run as tests"))]
    pub misses: &'static [&'static str],
    /// How likely a source it finds is right; `rule_ids` describes how this was counted.
    pub confidence: f32,
    /// Looks for the construction.
    pub apply: fn(&QuotationContext<'_>) -> Option<SourceLink>,
}

/// The rules within a sentence, in the order they are tried.
pub(crate) const RULES: &[AttributionRule] = &[
    AttributionRule {
        id: "cue-after-quotation",
        doc: "“…,” NAME said: the subject of the first reporting verb after the quotation.",
        matches: &[
            "<q 1>“We will rebuild,”</q> <source 1>Ana Ruiz</source> <cue 1>said</cue>.",
            "<q 1>“We will rebuild,”</q> <source 1>Ana Ruiz</source>, the mayor of Lowell, <cue 1>said</cue> on Monday.",
            "<q 1>“We will rebuild,”</q> <source 1>she</source> <cue 1>told</cue> reporters.",
        ],
        misses: &["“We will rebuild,” said Ana Ruiz."],
        confidence: 0.983,
        apply: cue_after,
    },
    AttributionRule {
        id: "inverted-cue",
        doc: "“…,” said NAME: the phrase after a reporting verb that follows the quotation.",
        matches: &[
            "<q 1>“We will rebuild,”</q> <cue 1>said</cue> <source 1>Ana Ruiz</source>, the mayor.",
            "<q 1>“Will it hold?”</q> <cue 1>asked</cue> <source 1>a young engineer</source>.",
            "<q 1>“It will hold,”</q> <cue 1>said</cue> <source 1>its builder, Ana Ruiz</source>.",
        ],
        misses: &["“We will rebuild,” she told Ana Ruiz."],
        confidence: 0.989,
        apply: inverted_after,
    },
    AttributionRule {
        id: "according-to",
        doc: "According to NAME, “…”: the phrase after a preposition of reporting.",
        matches: &[
            "The bridge was <q 1>“beyond repair and a danger to all,”</q> <cue 1>according to</cue> <source 1>the report</source>.",
            "The bridge was <q 1>“beyond repair and a danger to all,”</q> <cue 1>according to</cue> <source 1>its builder, Ana Ruiz</source>.",
        ],
        misses: &["“We will rebuild,” said Ana Ruiz."],
        confidence: 0.885,
        apply: according,
    },
    AttributionRule {
        id: "name-colon",
        doc: "NAME: “…”: a name alone before a colon.",
        matches: &[
            "The bridge is closed - <source 1>Ana Ruiz</source>: <q 1>“We will rebuild.”</q>",
        ],
        misses: &["Ana Ruiz said: “We will rebuild.”"],
        confidence: 0.95,
        apply: name_colon,
    },
    AttributionRule {
        id: "noun-before-quotation",
        doc: "NAME’s claim that “…”: the owner of a noun of reporting.",
        matches: &[
            "Critics wondered about <source 1>Ana Ruiz</source>’s <cue 1>claim</cue> that <q 1>“the bridge will hold for ever.”</q>",
        ],
        misses: &["Ana Ruiz said the claim that “the bridge will hold for ever” was false."],
        confidence: 0.8,
        apply: noun_before,
    },
    AttributionRule {
        id: "cue-right-before-quotation",
        doc: "NAME said, “…”: the subject of the reporting verb right before the quotation.",
        matches: &[
            "<source 1>Ana Ruiz</source> <cue 1>said</cue>, <q 1>“We will rebuild.”</q>",
            "<source 1>Ruiz</source> left the hall, <cue 1>saying</cue>: <q 1>“We will rebuild.”</q>",
        ],
        misses: &["Ruiz said the plan for the old bridge was “a very bad idea.”"],
        confidence: 0.915,
        apply: cue_right_before,
    },
    AttributionRule {
        id: "cue-before-quotation",
        doc: "NAME said that … “…”: the subject of the outermost reporting verb before the quotation.",
        matches: &[
            "<source 1>Ana Ruiz</source>, who lost in May, <cue 1>said</cue> that it was <q 1>“a very bad idea.”</q>",
        ],
        misses: &["“We will rebuild,” said Ana Ruiz."],
        confidence: 0.935,
        apply: cue_before,
    },
    AttributionRule {
        id: "trailing-cue",
        doc: "The plan is “…” in parts, NAME said: a reporting clause at the end of the sentence.",
        matches: &[
            "The bridge <q 1>“did not move at all”</q> in the storm, <cue 1>said</cue> <source 1>Ana Ruiz</source>.",
        ],
        misses: &["“We will rebuild,” said Ana Ruiz."],
        confidence: 0.98,
        apply: trailing_cue,
    },
    AttributionRule {
        id: "as-cue",
        doc: "“…,” as NAME put it: a reporting clause with `as`, when no other cue is there.",
        matches: &[
            "The bridge is <q 1>“a monument to human patience,”</q> as <source 1>Ana Ruiz</source> <cue 1>noted</cue>.",
        ],
        misses: &[
            "The council reported that the bridge is “a monument to human patience,” as Ana Ruiz noted.",
        ],
        confidence: 0.9,
        apply: as_cue,
    },
    AttributionRule {
        id: "name-after-dash",
        doc: "“…” — NAME: a name after a dash, below or after the quotation.",
        matches: &["<q 1>“We will rebuild.”</q> — <source 1>Ana Ruiz</source>, mayor"],
        misses: &["“We will rebuild” — Ana Ruiz was sure of that."],
        confidence: 0.9,
        apply: name_after_dash,
    },
    AttributionRule {
        id: "verb-after-quotation",
        doc: "“…,” NAME fumed: a verb in the place of a reporting verb.",
        matches: &[
            "<q 1>“We will rebuild,”</q> <source 1>Ana Ruiz</source> <cue 1>beamed</cue> from the stage.",
        ],
        misses: &["“We will rebuild,” said Ana Ruiz."],
        confidence: 0.69,
        apply: verb_after,
    },
    AttributionRule {
        id: "cue-in-next-sentence",
        doc: "“…!” NAME said: the cue after a quotation that ends like a sentence.",
        matches: &["<q 1>“We will rebuild!”</q> <source 1>Ana Ruiz</source> <cue 1>shouted</cue>."],
        misses: &["“We will rebuild!” The crowd went home."],
        confidence: 0.94,
        apply: cue_in_next_sentence,
    },
    AttributionRule {
        id: "colon-before-quotation",
        doc: "NAME on the bridge: “…”: the subject of the words before a colon.",
        matches: &["<source 1>The mayor</source> was angry: <q 1>“We will rebuild.”</q>"],
        misses: &["She was right. “We will rebuild.”"],
        confidence: 0.86,
        apply: colon_before,
    },
];
