//! One paragraph on its way through the rules.
//!
//! It is cut into sentences, each with its cues; every quotation is attributed by the first rule that
//! fits, or left to `continuation`; what is no speech (titles, nicknames, terms) is dropped; and reported
//! speech without quotation marks is added.

use super::attribution::{self, QuotationContext, SourceLink};
use super::interview::{self, Turn};
use super::{PendingAttribution, QuotationFinder, indirect};
use crate::analysis::cues::{self, cue::Cue};
use crate::analysis::entities::{ReferenceKind, ResolvedSource};
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::folding::{FoldedQuote, QuoteEnding};
use crate::analysis::tokens::{PosTag, TaggedToken, TokenShape, dateline};
use crate::analysis::{Quotation, QuotationKind, RuleId};
use crate::text::Span;

/// A paragraph: its tokens with quotations folded, and those quotations.
pub(crate) struct Paragraph<'f, 'd, 't> {
    /// What is known of the article.
    pub finder: &'f mut QuotationFinder<'d>,
    /// The tokens.
    pub tokens: &'t [TaggedToken],
    /// The quotations, by the index in their token.
    pub quotes: &'t [FoldedQuote],
    /// Whether the first quotation has its opening mark.
    pub opened: bool,
    /// Whether it is the headline.
    pub title: bool,
}

/// A sentence of the paragraph and its cues.
pub(crate) struct CuedSentence {
    /// First token.
    pub low: usize,
    /// One past the last token.
    pub high: usize,
    /// The cues in it.
    pub cues: Vec<Cue>,
}

/// A quotation of the paragraph.
#[derive(Clone)]
pub(crate) struct PendingQuotation {
    /// Its token.
    pub at: usize,
    /// What its words show.
    pub quote: FoldedQuote,
    /// Who says it.
    pub found: Option<PendingAttribution>,
}

/// The longest sentence, in tokens; it bounds what a rule looks at.
const SENTENCE: usize = 400;

impl<'t> Paragraph<'_, '_, 't> {
    /// Finds the quotations of the paragraph and their speakers.
    pub(crate) fn read(mut self) {
        self.sign();
        let clauses = self.clauses();
        let mut items = Vec::new();
        if !self.quotes.is_empty() {
            for index in 0..clauses.len() {
                self.attribute(&clauses, index, &mut items);
            }
            self.continue_speakers(&clauses, &mut items);
        }
        self.indirect(&clauses, &items);
        self.leave(&clauses, &items);
        for PendingQuotation { at, quote, found } in items {
            let kind = self.kind(at, &quote);
            self.finder.quotations.push(Quotation {
                span: quote.span,
                kind,
                attribution: found.and_then(|found| found.attribution()),
            });
        }
    }

    /// The sentence at an index as the rules see it.
    pub(crate) fn sentence(&self, clause: &CuedSentence) -> Sentence<'t> {
        Sentence {
            tokens: self.tokens,
            low: clause.low,
            high: clause.high,
        }
    }

    /// Attributes the quotations of one sentence.
    fn attribute(
        &mut self,
        clauses: &[CuedSentence],
        index: usize,
        items: &mut Vec<PendingQuotation>,
    ) {
        let Some(clause) = clauses.get(index) else {
            return;
        };
        let next = clauses
            .get(index + 1)
            .map(|next| (self.sentence(next), next.cues.as_slice()));
        for at in clause.low..clause.high {
            let Some(TokenShape::Quotation(place)) = self.tokens.get(at).map(|token| token.shape)
            else {
                continue;
            };
            let Some(quote) = self.quotes.get(place as usize) else {
                continue;
            };
            let scene = QuotationContext {
                sentence: self.sentence(clause),
                cues: &clause.cues,
                next,
                quote,
                at,
            };
            let ruled = attribution::attribute(&scene);
            let alone = clause.low == at && at + 1 >= clause.high.saturating_sub(1);
            if !self.is_speech(quote, at, ruled.map(|(_, link)| link), alone) {
                continue;
            }
            self.finder.carry.single |= quote.single && ruled.is_some() && quote.words > 2;
            let found = match ruled {
                Some((rule, link)) => Some(self.resolve(link, rule.id)),
                None if alone => None,
                None => attribution::sentence_subject(&scene)
                    .map(|link| self.resolve(link, "sentence-subject")),
            };
            items.push(PendingQuotation {
                at,
                quote: *quote,
                found,
            });
        }
    }

    /// Direct when the quotation is a clause of its own, mixed when it completes the writer’s.
    fn kind(&self, at: usize, quote: &FoldedQuote) -> QuotationKind {
        let own_clause = matches!(
            self.part_before(at),
            PosTag::Stop
                | PosTag::Comma
                | PosTag::Colon
                | PosTag::Quotation
                | PosTag::Dash
                | PosTag::Cue
                | PosTag::GerundCue
        );
        if own_clause && (quote.capital || quote.ending != QuoteEnding::Open) {
            QuotationKind::Direct
        } else {
            QuotationKind::Mixed
        }
    }

    /// Cuts the paragraph into sentences; a reporting clause after a quotation belongs to its sentence.
    fn clauses(&self) -> Vec<CuedSentence> {
        let mut clauses = Vec::new();
        let first = dateline::length(self.tokens);
        let mut low = first;
        for index in first..self.tokens.len() {
            let last = index + 1 == self.tokens.len();
            if last || self.ends_sentence(index) || index - low >= SENTENCE {
                let mut cues = Vec::new();
                cues::find(
                    &Sentence {
                        tokens: self.tokens,
                        low,
                        high: index + 1,
                    },
                    &mut cues,
                );
                clauses.push(CuedSentence {
                    low,
                    high: index + 1,
                    cues,
                });
                low = index + 1;
            }
        }
        clauses
    }

    fn ends_sentence(&self, index: usize) -> bool {
        let Some(token) = self.tokens.get(index) else {
            return false;
        };
        let next = self.tokens.get(index + 1);
        match token.shape {
            TokenShape::Quotation(quote) if token.tag == PosTag::Quotation => {
                let stops = self.quotes.get(quote as usize).is_some_and(|quote| {
                    matches!(quote.ending, QuoteEnding::Stop | QuoteEnding::Ask)
                });
                stops
                    && next.is_some_and(|next| {
                        next.capital && next.tag != PosTag::Cue || next.tag == PosTag::Quotation
                    })
            }
            _ if token.tag == PosTag::Stop => next.is_none_or(|next| {
                next.spaced && (next.capital || next.tag != PosTag::Noun)
                    || next.tag == PosTag::Quotation
            }),
            _ => false,
        }
    }

    /// Turns the phrase a rule found into a speaker.
    pub(crate) fn resolve(&mut self, link: SourceLink, rule: &'static str) -> PendingAttribution {
        let text = &self.finder.document.text;
        let rule = RuleId::named(rule).unwrap_or_default();
        let resolved = self
            .turn_of(link.source)
            .or_else(|| self.finder.cast.resolve(self.tokens, link.source, text));
        PendingAttribution {
            entity: resolved.map(|resolved| resolved.entity),
            source: Some(link.source.span(self.tokens)),
            cue: link
                .cue
                .and_then(|cue| self.tokens.get(cue))
                .map(|token| token.span),
            via: link.via.map(|via| via.span(self.tokens)),
            antecedent: resolved.and_then(|resolved| resolved.antecedent),
            rule,
            confidence: rule.confidence()
                * resolved.map_or(0.0, |resolved| resolved.path.confidence()),
        }
    }

    /// Whose turn a letter or initials before a colon begin.
    fn turn_of(&self, source: NounPhrase) -> Option<ResolvedSource> {
        let text = &self.finder.document.text;
        let word = source.span(self.tokens).of(text);
        let entity = match word {
            "A" | "A." => self.finder.carry.interview.answers,
            _ if word.len() > 1
                && word.bytes().all(|byte| byte.is_ascii_uppercase())
                && self.tokens.get(source.end)?.tag == PosTag::Colon =>
            {
                self.finder.cast.with_initials(word)
            }
            _ => None,
        }?;
        Some(ResolvedSource {
            entity,
            path: ReferenceKind::Description,
            antecedent: None,
        })
    }

    /// Whether the marks hold words that somebody said, not a title, nickname or term.
    fn is_speech(
        &self,
        quote: &FoldedQuote,
        at: usize,
        link: Option<SourceLink>,
        alone: bool,
    ) -> bool {
        let ruled = link.is_some();
        // Apostrophes and terms look like single marks; only where an article quotes so are they trusted.
        let quotes_so = quote.single && alone && self.finder.carry.single;
        if quote.words == 0 || quote.single && !ruled && !quotes_so {
            return false;
        }
        if quote.title_case
            && quote.words <= 6
            && !alone
            && !self.follows_cue(at, link)
            && self.part_before(at) != PosTag::Stop
        {
            return false;
        }
        quote.words > 5
            || ruled
            || alone && matches!(quote.ending, QuoteEnding::Stop | QuoteEnding::Ask)
    }

    fn part_before(&self, at: usize) -> PosTag {
        at.checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .map_or(PosTag::Stop, |token| token.tag)
    }

    /// Whether a quotation stands right after its cue: said, “…”; called it “…”.
    fn follows_cue(&self, at: usize, link: Option<SourceLink>) -> bool {
        let near = link
            .and_then(|link| link.cue)
            .is_some_and(|cue| cue < at && at - cue <= 3);
        let before = self.part_before(at);
        let inside_phrase = matches!(
            before,
            PosTag::Possessive | PosTag::Preposition | PosTag::Noun | PosTag::Name
        );
        near && !inside_phrase
            || matches!(
                before,
                PosTag::Colon | PosTag::That | PosTag::Cue | PosTag::GerundCue
            )
    }

    /// Finds reported speech without quotation marks.
    fn indirect(&mut self, clauses: &[CuedSentence], items: &[PendingQuotation]) {
        let mut taken: Vec<u32> = items
            .iter()
            .filter_map(|item| Some(item.found.as_ref()?.cue?.start))
            .collect();
        taken.sort_unstable();
        let is_taken = |cue: usize, tokens: &[TaggedToken]| {
            tokens
                .get(cue)
                .is_some_and(|token| taken.binary_search(&token.span.start).is_ok())
        };
        let mut reports = Vec::new();
        if self.interview() {
            return;
        }
        if let Some(turn) = indirect::turn(self.tokens, self.title) {
            self.report(&turn);
            return;
        }
        for clause in clauses.iter().filter(|clause| !clause.cues.is_empty()) {
            let tokens = self.tokens;
            indirect::reports(
                &self.sentence(clause),
                &clause.cues,
                |cue| is_taken(cue, tokens),
                &mut reports,
            );
            for report in &reports {
                self.report(report);
            }
        }
    }

    /// Reports the paragraph when it is a turn of an interview behind its letter.
    fn interview(&mut self) -> bool {
        let text = &self.finder.document.text;
        let asked = self.finder.carry.interview.asked;
        let Some((turn, start)) = interview::turn(self.tokens, text, asked) else {
            return false;
        };
        if turn == Turn::Question && !asked {
            self.finder.carry.interview.answers = self.finder.cast.answering();
            self.finder.carry.interview.asked = true;
        }
        if self.quotes.is_empty() {
            let end = indirect::turn_end(self.tokens, start);
            self.report(&indirect::ReportedSpeech {
                start,
                end,
                cue: 0,
                source: Some(NounPhrase::of(0, 1)),
                rule: "transcript",
            });
        }
        true
    }

    fn report(&mut self, report: &indirect::ReportedSpeech) {
        let span: Span = NounPhrase {
            start: report.start,
            end: report.end,
            head_end: report.end,
        }
        .span(self.tokens);
        let link = report.source.map(|source| SourceLink {
            source,
            cue: Some(report.cue),
            via: None,
        });
        let found = link.map(|link| self.resolve(link, report.rule));
        self.finder.quotations.push(Quotation {
            span,
            kind: QuotationKind::Indirect,
            attribution: found.and_then(|found| found.attribution()),
        });
    }
}
