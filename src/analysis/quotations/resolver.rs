//! Turns the phrases that rules find in a paragraph into attributions.

use super::context::SourceLink;
use super::interview::Interview;
use super::pending::PendingAttribution;
use crate::analysis::RuleId;
use crate::analysis::entities::coreference::EntityTracker;
use crate::analysis::entities::{EntityId, EntityKind, ReferenceKind, ResolvedSource};
use crate::analysis::syntax::NounPhrase;
use crate::analysis::tokens::{PosTag, TaggedToken};

/// Resolves the sources of one paragraph.
pub(crate) struct SourceResolver<'a> {
    /// The text of the article.
    pub text: &'a str,
    /// The tokens of the paragraph.
    pub tokens: &'a [TaggedToken],
    /// The entities of the article; it has read the paragraph.
    pub tracker: &'a mut EntityTracker,
    /// The interview, if the article is one.
    pub interview: &'a mut Interview,
}

impl SourceResolver<'_> {
    /// The attribution to the speaker a rule found.
    pub(crate) fn resolve(&mut self, link: SourceLink, rule: &'static str) -> PendingAttribution {
        let rule = RuleId::of_rule(rule);
        let resolved = self
            .speaker_of_turn(link.source)
            .or_else(|| self.tracker.resolve(self.tokens, link.source, self.text));
        PendingAttribution {
            entity: resolved.map(|resolved| resolved.entity),
            source: link.source.span(self.tokens),
            cue: link.cue.map(|cue| self.tokens[cue].span),
            via: link.via.map(|via| via.span(self.tokens)),
            antecedent: resolved.and_then(|resolved| resolved.antecedent),
            rule,
            confidence: match resolved {
                Some(resolved) => rule.confidence() * resolved.reference.confidence(),
                None => 0.0,
            },
        }
    }

    /// Whether an entity is a person with a name, who may be quoted without a cue.
    pub(crate) fn is_person(&self, entity: Option<EntityId>) -> bool {
        match entity {
            Some(id) => self.tracker.table().get(id).kind == EntityKind::Person,
            None => false,
        }
    }

    /// The speaker of a turn, when the source is the letter or initials before its colon.
    fn speaker_of_turn(&self, source: NounPhrase) -> Option<ResolvedSource> {
        let word = source.span(self.tokens).of(self.text);
        let are_initials = || {
            word.len() > 1
                && word.bytes().all(|byte| byte.is_ascii_uppercase())
                && matches!(self.tokens.get(source.end), Some(next) if next.tag == PosTag::Colon)
        };
        let entity = match word {
            "A" | "A." => self.interview.answers,
            _ if are_initials() => self.tracker.table().with_initials(word),
            _ => None,
        }?;
        Some(ResolvedSource {
            entity,
            reference: ReferenceKind::Description,
            antecedent: None,
        })
    }
}
