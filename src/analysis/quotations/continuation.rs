//! Gives a quotation without a cue the speaker of the words around it.
//!
//! “We lost,” Ruiz said. *“We will win.”* And in the next paragraph: *“Then we will rebuild.”*

use super::carry::Carry;
use super::context::SourceLink;
use super::paragraph::{CuedSentence, Paragraph};
use super::pending::{PendingAttribution, PendingQuotation};
use super::resolver::SourceResolver;
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::{PosTag, TokenShape};
use crate::analysis::{Quotation, QuotationKind, RuleId, reach};

/// An attribution, and the rule that applies it to the quotation.
type Continued = (PendingAttribution, &'static str);

/// Attributes every quotation that the rules within a sentence left without a speaker.
pub(crate) fn continue_speakers(
    paragraph: &Paragraph<'_>,
    sentences: &[CuedSentence<'_>],
    carry: &Carry,
    resolver: &mut SourceResolver<'_>,
    quotations: &mut [PendingQuotation],
) {
    let next_attributed = next_attributed(quotations);
    let mut last: Option<(usize, PendingAttribution)> = None;
    for index in 0..quotations.len() {
        let at = quotations[index].at;
        if quotations[index].attribution.is_none() {
            let next = next_attributed[index].and_then(|next| quotations[next].attribution.clone());
            let previous = Previous {
                paragraph,
                sentences,
                carry,
                last: last.as_ref(),
            };
            let continued = previous
                .speaker_before(at, resolver)
                .or_else(|| later_speaker(next))
                .or_else(|| nearest_before(carry, resolver));
            quotations[index].attribution =
                continued.map(|(attribution, rule)| attribution.continued(RuleId::of_rule(rule)));
        }
        if let Some(attribution) = quotations[index].attribution.clone() {
            last = Some((at, attribution));
        }
    }
}

/// The index of the next quotation with an attribution, for each quotation.
fn next_attributed(quotations: &[PendingQuotation]) -> Vec<Option<usize>> {
    let mut next = vec![None; quotations.len()];
    let mut known = None;
    for index in (0..quotations.len()).rev() {
        next[index] = known;
        if quotations[index].attribution.is_some() {
            known = Some(index);
        }
    }
    next
}

/// What comes before a quotation.
#[derive(Clone, Copy)]
struct Previous<'p> {
    paragraph: &'p Paragraph<'p>,
    sentences: &'p [CuedSentence<'p>],
    carry: &'p Carry,
    /// The last quotation of the paragraph with a speaker: its token and attribution.
    last: Option<&'p (usize, PendingAttribution)>,
}

impl Previous<'_> {
    /// The speaker who continues in the quotation at `at`, from the words right before it.
    fn speaker_before(&self, at: usize, resolver: &mut SourceResolver<'_>) -> Option<Continued> {
        let carry = self.carry;
        if at == 0
            && carry.open
            && self.paragraph.opened
            && let Some(attribution) = &carry.last_speaker
        {
            return Some((attribution.clone(), "paragraph-continuation"));
        }
        if at == 0
            && let Some(attribution) = &carry.announced_speaker
        {
            return Some((attribution.clone(), "colon-before-paragraph"));
        }
        if let Some(attribution) = self.person_of_sentence_before(at, resolver) {
            return Some((attribution, "previous-sentence"));
        }
        let (_, attribution) = self.last?;
        Some((attribution.clone(), "continuation"))
    }

    /// The person who speaks or acts in the sentence before the one of `at`, when it has no quotation and
    /// follows the last quotation with a speaker.
    fn person_of_sentence_before(
        &self,
        at: usize,
        resolver: &mut SourceResolver<'_>,
    ) -> Option<PendingAttribution> {
        let index = self
            .sentences
            .partition_point(|cued| cued.sentence.high <= at);
        let cued = &self.sentences[index.checked_sub(1)?];
        let sentence = cued.sentence;
        let follows_last = match self.last {
            Some((last, _)) => sentence.low >= *last,
            None => true,
        };
        let quoted = self.paragraph.tokens[sentence.low..sentence.high]
            .iter()
            .any(|token| matches!(token.shape, TokenShape::Quotation(_)));
        if !follows_last || quoted {
            return None;
        }
        let cue = cued
            .cues
            .iter()
            .find_map(|cue| Some((cue.source?, Some(cue.at))));
        let link = link_or_subject(cued, cue)?;
        let attribution = resolver.resolve(link, "previous-sentence");
        resolver
            .is_person(attribution.entity)
            .then_some(attribution)
    }
}

/// The source of a cue, or else the subject of its sentence.
fn link_or_subject(
    cued: &CuedSentence<'_>,
    cue: Option<(NounPhrase, Option<usize>)>,
) -> Option<SourceLink> {
    let (source, cue) = match cue {
        Some(cue) => cue,
        None => (cued.sentence.main_subject(cued.sentence.high)?, None),
    };
    Some(SourceLink::new(source, cue))
}

/// The speaker of a later quotation in the paragraph, when its cue follows it.
fn later_speaker(next: Option<PendingAttribution>) -> Option<Continued> {
    let next = next?;
    let cue_follows = matches!(
        next.rule.name(),
        "cue-after-quotation" | "inverted-cue" | "cue-in-next-sentence"
    );
    cue_follows.then_some((next, "later-in-paragraph"))
}

/// The speaker or subject of an earlier paragraph.
fn nearest_before(carry: &Carry, resolver: &SourceResolver<'_>) -> Option<Continued> {
    let speaker = carry
        .last_speaker
        .clone()
        .map(|attribution| (attribution, "last-speaker"));
    let subject = carry
        .last_subject
        .clone()
        .filter(|attribution| resolver.is_person(attribution.entity))
        .map(|attribution| (attribution, "last-subject"));
    if carry.subject_is_nearer {
        subject.or(speaker)
    } else {
        speaker.or(subject)
    }
}

/// Attributes the last quotation to the name in a paragraph that is only a dash and a name: `— Ana Ruiz,
/// mayor`. A speaker found by a cue stays.
pub(crate) fn attribute_by_signature(
    paragraph: &Paragraph<'_>,
    resolver: &mut SourceResolver<'_>,
    quotations: &mut [Quotation],
) {
    let Some(source) = signature(paragraph) else {
        return;
    };
    let Some(last) = quotations.last_mut() else {
        return;
    };
    let is_guess = match last.attribution {
        Some(attribution) => {
            matches!(attribution.rule.name(), "last-speaker" | "last-subject")
        }
        None => true,
    };
    if last.kind != QuotationKind::Indirect && is_guess {
        let link = SourceLink::new(source, None);
        last.attribution = resolver.resolve(link, "name-after-dash").attribution();
    }
}

/// The name in a paragraph that is only a dash and a name.
fn signature(paragraph: &Paragraph<'_>) -> Option<NounPhrase> {
    let tokens = paragraph.tokens;
    let [dash, name, ..] = tokens else {
        return None;
    };
    let has_clause = tokens
        .iter()
        .any(|token| token.tag.is_finite_verb() || token.tag == PosTag::Quotation);
    if dash.tag != PosTag::Dash
        || name.tag != PosTag::Name
        || tokens.len() > reach::NOUN_PHRASE
        || has_clause
    {
        return None;
    }
    Sentence::whole(tokens).phrase_starting(1)
}

/// Updates `carry` with what the next paragraph can continue.
pub(crate) fn carry_over(
    paragraph: &Paragraph<'_>,
    sentences: &[CuedSentence<'_>],
    quotations: &[PendingQuotation],
    resolver: &mut SourceResolver<'_>,
    carry: &mut Carry,
) {
    let mut attributions = quotations.iter().rev();
    if let Some(last) = attributions.find_map(|quotation| quotation.attribution.clone()) {
        carry.last_speaker = Some(last);
    }
    let ends_with_colon = paragraph.tag_before(paragraph.tokens.len()) == PosTag::Colon;
    if !ends_with_colon && !quotations.is_empty() {
        carry.announced_speaker = None;
        carry.subject_is_nearer = false;
        return;
    }
    let link = sentences.last().and_then(|cued| {
        let mut cues = cued.cues.iter().rev();
        link_or_subject(cued, cues.find_map(|cue| Some((cue.source?, Some(cue.at)))))
    });
    let subject = link.map(|link| resolver.resolve(link, "last-subject"));
    carry.announced_speaker = if ends_with_colon {
        subject.clone()
    } else {
        None
    };
    if quotations.is_empty() {
        let subject = subject.filter(|_| !paragraph.is_headline);
        carry.subject_is_nearer = match &subject {
            Some(subject) => resolver.is_person(subject.entity),
            None => false,
        };
        carry.last_subject = subject;
    }
}
