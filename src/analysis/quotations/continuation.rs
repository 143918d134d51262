//! Quotations without a cue of their own go on with the speaker of the words around them.
//!
//! “We lost,” Ruiz said. *“We will win.”* – and in the next paragraph: *“Then we will rebuild.”*

use super::PendingAttribution;
use super::attribution::SourceLink;
use super::interview::Interview;
use super::paragraph::{CuedSentence, Paragraph, PendingQuotation};
use crate::analysis::entities::{EntityId, EntityKind};
use crate::analysis::syntax::Sentence;
use crate::analysis::tokens::{PosTag, TokenShape};
use crate::analysis::{Quotation, QuotationKind, RuleId};

/// What a paragraph leaves to the next.
#[derive(Default)]
pub(crate) struct Carry {
    /// The last quotation has no closing mark.
    pub open: bool,
    /// The article has put somebody’s words between single marks.
    pub single: bool,
    /// The interview, if it is one.
    pub interview: Interview,
    /// The speaker of the last quotation.
    last: Option<PendingAttribution>,
    /// The paragraph ends with a colon: who the words before it are about.
    announced: Option<PendingAttribution>,
    /// Who the last sentence without a quotation is about.
    subject: Option<PendingAttribution>,
    /// The last paragraph has no quotation, so that its subject is nearer than the last speaker.
    fresh: bool,
}

impl Paragraph<'_, '_, '_> {
    /// Gives every quotation without a speaker the one that goes on.
    pub(crate) fn continue_speakers(
        &mut self,
        clauses: &[CuedSentence],
        items: &mut [PendingQuotation],
    ) {
        let following = following(items);
        let mut last: Option<(usize, PendingAttribution)> = None;
        for (index, next) in following.into_iter().enumerate() {
            let next = next
                .and_then(|next| items.get(next))
                .and_then(|item| item.found.clone());
            let Some(item) = items.get_mut(index) else {
                return;
            };
            if item.found.is_none() {
                let choice = self.continued(clauses, item.at, last.as_ref(), next);
                item.found = choice.map(|(found, rule)| {
                    let rule = RuleId::named(rule).unwrap_or_default();
                    let confidence = found.confidence.min(rule.confidence());
                    PendingAttribution {
                        rule,
                        confidence,
                        ..found
                    }
                });
            }
            if let Some(found) = item.found.clone() {
                last = Some((item.at, found));
            }
        }
    }

    /// The speaker of a quotation at `at` without a cue, and by which rule.
    fn continued(
        &mut self,
        clauses: &[CuedSentence],
        at: usize,
        last: Option<&(usize, PendingAttribution)>,
        next: Option<PendingAttribution>,
    ) -> Option<(PendingAttribution, &'static str)> {
        let carry = &self.finder.carry;
        if at == 0
            && carry.open
            && self.opened
            && let Some(found) = &carry.last
        {
            return Some((found.clone(), "paragraph-continuation"));
        }
        if at == 0
            && let Some(found) = &carry.announced
        {
            return Some((found.clone(), "colon-before-paragraph"));
        }
        let since = last.map_or(0, |(at, _)| *at);
        if let Some(found) = self.sentence_before(clauses, at, since) {
            return Some((found, "previous-sentence"));
        }
        if let Some((_, found)) = last {
            return Some((found.clone(), "continuation"));
        }
        let follows = next.filter(|found| {
            matches!(
                found.rule.name(),
                "cue-after-quotation" | "inverted-cue" | "cue-in-next-sentence"
            )
        });
        follows
            .map(|found| (found, "later-in-paragraph"))
            .or_else(|| self.nearest_before())
    }

    /// The speaker or subject of an earlier paragraph.
    fn nearest_before(&self) -> Option<(PendingAttribution, &'static str)> {
        let carry = &self.finder.carry;
        let speaker = carry.last.clone().map(|found| (found, "last-speaker"));
        let subject = carry
            .subject
            .clone()
            .filter(|found| self.can_speak(found.entity))
            .map(|found| (found, "last-subject"));
        if carry.fresh {
            subject.or(speaker)
        } else {
            speaker.or(subject)
        }
    }

    /// Who speaks or acts in the sentence before the one at `at`, when no quotation at or after `since` is in it.
    fn sentence_before(
        &mut self,
        clauses: &[CuedSentence],
        at: usize,
        since: usize,
    ) -> Option<PendingAttribution> {
        let clause = clauses.get(
            clauses
                .partition_point(|clause| clause.high <= at)
                .checked_sub(1)?,
        )?;
        let quoted = self
            .tokens
            .get(clause.low..clause.high)?
            .iter()
            .any(|token| matches!(token.shape, TokenShape::Quotation(_)));
        if clause.low < since || quoted {
            return None;
        }
        let cue = clause
            .cues
            .iter()
            .find_map(|cue| cue.source.map(|source| (source, Some(cue.at))));
        let (source, cue) = cue.or_else(|| {
            self.sentence(clause)
                .main_subject(clause.high)
                .map(|source| (source, None))
        })?;
        let found = self.resolve(
            SourceLink {
                source,
                cue,
                via: None,
            },
            "previous-sentence",
        );
        self.can_speak(found.entity).then_some(found)
    }

    /// Whether an entity is somebody who can be quoted by mere presence.
    fn can_speak(&self, entity: Option<EntityId>) -> bool {
        entity
            .and_then(|id| self.finder.cast.entity(id))
            .is_some_and(|entity| entity.kind == EntityKind::Person)
    }

    /// A paragraph that is but a dash and a name says who spoke in the paragraph before: `— Ana Ruiz, mayor`.
    pub(crate) fn sign(&mut self) {
        let signs = self.tokens.len() <= 14
            && self
                .tokens
                .first()
                .is_some_and(|token| token.tag == PosTag::Dash)
            && self
                .tokens
                .get(1)
                .is_some_and(|token| token.tag == PosTag::Name)
            && self.tokens.iter().all(|token| {
                !matches!(
                    token.tag,
                    PosTag::Verb | PosTag::Cue | PosTag::Auxiliary | PosTag::Quotation
                )
            });
        let sentence = Sentence {
            tokens: self.tokens,
            low: 0,
            high: self.tokens.len(),
        };
        let Some(source) = sentence.phrase_starting(1).filter(|_| signs) else {
            return;
        };
        let is_guessed = |quotation: &Quotation| {
            quotation.attribution.is_none_or(|attribution| {
                matches!(attribution.rule.name(), "last-speaker" | "last-subject")
            })
        };
        let last = self.finder.quotations.last();
        if last.is_some_and(|last| last.kind != QuotationKind::Indirect && is_guessed(last)) {
            let found = self.resolve(
                SourceLink {
                    source,
                    cue: None,
                    via: None,
                },
                "name-after-dash",
            );
            if let Some(last) = self.finder.quotations.last_mut() {
                last.attribution = found.attribution();
            }
        }
    }

    /// Notes what the next paragraph can build on.
    pub(crate) fn leave(&mut self, clauses: &[CuedSentence], items: &[PendingQuotation]) {
        if let Some(found) = items.iter().rev().find_map(|item| item.found.clone()) {
            self.finder.carry.last = Some(found);
        }
        let ends_with_colon = self
            .tokens
            .last()
            .is_some_and(|token| token.tag == PosTag::Colon);
        if !ends_with_colon && !items.is_empty() {
            self.finder.carry.announced = None;
            self.finder.carry.fresh = false;
            return;
        }
        let subject = clauses.last().and_then(|clause| {
            let cue = clause
                .cues
                .iter()
                .rev()
                .find_map(|cue| cue.source.map(|source| (source, Some(cue.at))));
            cue.or_else(|| {
                self.sentence(clause)
                    .main_subject(clause.high)
                    .map(|source| (source, None))
            })
        });
        let subject = subject.map(|(source, cue)| {
            self.resolve(
                SourceLink {
                    source,
                    cue,
                    via: None,
                },
                "last-subject",
            )
        });
        self.finder.carry.announced = if ends_with_colon {
            subject.clone()
        } else {
            None
        };
        if items.is_empty() {
            self.finder.carry.fresh =
                !self.title && self.can_speak(subject.as_ref().and_then(|found| found.entity));
            self.finder.carry.subject = subject.filter(|_| !self.title);
        }
    }
}

/// For every quotation the next one that has a speaker of its own.
fn following(items: &[PendingQuotation]) -> Vec<Option<usize>> {
    let mut following = vec![None; items.len()];
    let mut known = None;
    for (place, (index, item)) in following.iter_mut().zip(items.iter().enumerate()).rev() {
        *place = known;
        if item.found.is_some() {
            known = Some(index);
        }
    }
    following
}
