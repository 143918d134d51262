//! Decides whether a verb form is used as a verb or as a noun: “officials *state*”, “the only *state*”.

use super::{NEAR_QUOTATION, SPEAKERS, TagContext};
use crate::analysis::tokens::{PRONOUN, PosTag, TaggedToken, TokenShape};
use crate::lexicon::{Class, Classes};
use crate::text::segment::RawTokenKind;

/// Words that can start a reported clause.
const CLAUSE_START: Classes = PRONOUN
    .and(Classes::of(Class::Determiner))
    .and(Classes::of(Class::Complementizer))
    .and(Classes::of(Class::Possessive));

impl TagContext {
    /// The tag of a word the lexicon has as a verb form. `noun_expected`: a determiner or the like is
    /// before it.
    pub(super) fn verb(&self, token: &TaggedToken, noun_expected: bool) -> PosTag {
        let classes = token.classes;
        if classes.has(Class::Gerund) {
            return self.gerund(classes, noun_expected);
        }
        let finite = if classes.has(Class::Cue) {
            PosTag::Cue
        } else {
            PosTag::Verb
        };
        if classes.has(Class::Past) || classes.has(Class::Participle) && !classes.has(Class::Base) {
            // “said retired general Tom Bell”
            let adjective = self.before == PosTag::Cue && finite == PosTag::Verb;
            return if noun_expected || adjective || self.before == PosTag::Preposition {
                PosTag::Noun
            } else {
                finite
            };
        }
        if self.is_noun(classes) {
            return PosTag::Noun;
        }
        // “Others, however, say the bridge”, “aides to Ruiz say she”
        let reports = classes.has(Class::Clause) && self.next_any(CLAUSE_START);
        // “Some say they …”, “four in ten say they …”
        if reports && (self.indefinite_before || self.before == PosTag::Number) {
            return finite;
        }
        if self.allows_present(classes, reports) && !noun_expected {
            finite
        } else {
            PosTag::Noun
        }
    }

    fn gerund(&self, classes: Classes, noun_expected: bool) -> PosTag {
        let cue = classes.has(Class::Cue);
        // “planning director”
        let compound = !cue && self.next_any(SPEAKERS);
        match (cue, noun_expected || compound) {
            (_, true) => PosTag::Noun,
            (true, false) => PosTag::GerundCue,
            (false, false) => PosTag::Gerund,
        }
    }

    /// Whether a present-tense form is a noun: “terrorist attacks on”, “home states”, “the only state”.
    fn is_noun(&self, classes: Classes) -> bool {
        let after_noun = self.before == PosTag::Noun;
        let object_follows = self.next_any(CLAUSE_START)
            || self.next.is_some_and(|next| {
                matches!(
                    next.shape,
                    TokenShape::Quotation(_) | TokenShape::Text(RawTokenKind::Colon)
                )
            });
        let quotes = self.since_quotation <= NEAR_QUOTATION && classes.has(Class::Quotes);
        let third = classes.has(Class::Third) && !classes.has(Class::Base);
        let plural = third && after_noun && !(self.person_before || quotes || object_follows);
        let determined = self.before == PosTag::Adverb
            && matches!(self.before_adverbs, PosTag::Determiner | PosTag::Possessive)
            && classes.has(Class::Base);
        // “whose member states began”
        let verb_follows = self.next_is(Class::Past) || self.next_is(Class::Auxiliary);
        let subject = third && after_noun && verb_follows;
        let place = classes.has(Class::Place) && !self.person_before;
        plural || subject || determined || place
    }

    /// Whether the previous word lets a present-tense form or an infinitive be a verb. `reports`: it is
    /// followed by what may be a reported clause.
    fn allows_present(&self, classes: Classes, reports: bool) -> bool {
        match self.before {
            PosTag::Name | PosTag::Noun | PosTag::Comma | PosTag::Close | PosTag::Dash => {
                classes.has(Class::Third) || self.plural_before || reports
            }
            PosTag::Object | PosTag::Number => reports,
            PosTag::Preposition => classes.has(Class::Base) && self.to_before,
            PosTag::Pronoun
            | PosTag::Relative
            | PosTag::Auxiliary
            | PosTag::Adverb
            | PosTag::Coordinator
            | PosTag::Quotation => true,
            _ => false,
        }
    }
}
