//! Where quotations are and who says them.
//!
//! [`find`] goes through an article paragraph by paragraph: it pairs the quotation marks, folds every
//! quotation to one token, reads names and cues in what remains, and lets `paragraph` attribute each
//! quotation by a rule. Names are final only at the end, because an article may give a surname first.

pub(super) mod attribution;
pub(super) mod continuation;
pub(super) mod explain;
pub(super) mod indirect;
pub(super) mod interview;
pub(super) mod paragraph;
pub(super) mod rule_ids;
pub(super) mod rules;

use std::sync::Arc;

use super::entities::EntityId;
use super::entities::coreference::EntityTracker;
use super::entities::speakers::SpeakerList;
use super::tokens::folding::{self, FoldedQuote};
use super::tokens::{self, TaggedToken, inquit, quotation_marks, tag};
use super::{Attribution, Quotation, RuleId, Speaker, SpeakerId};
use crate::document::{BlockKind, Document};
use crate::lexicon::{self, Lexicon};
use crate::text::Span;
use continuation::Carry;
use paragraph::Paragraph;

/// The quotations of an article and their speakers.
pub(super) fn find(document: &Document) -> (Vec<Quotation>, Vec<Arc<Speaker>>) {
    let lexicon = lexicon::of_language(document.meta.language.as_deref());
    let mut finder = QuotationFinder::new(document, lexicon);
    for block in &document.blocks {
        match block.kind {
            BlockKind::Trailing | BlockKind::Rule | BlockKind::Byline => {}
            kind => {
                for part in document.cells(block) {
                    for piece in pieces(&document.text, part) {
                        finder.paragraph(piece, kind == BlockKind::Title);
                    }
                }
            }
        }
    }
    finder.finish()
}

/// The longest stretch that is read as one paragraph, in bytes; it bounds memory.
const PIECE: u32 = 1 << 16;

/// Cuts a block into stretches of bounded length at white space. News has no such paragraphs; hostile files do.
fn pieces(text: &str, block: Span) -> impl Iterator<Item = Span> {
    let mut start = block.start;
    std::iter::from_fn(move || {
        if start >= block.end {
            return None;
        }
        let end = if block.end - start <= PIECE {
            block.end
        } else {
            cut(text, start)
        };
        let piece = Span::new(start, end);
        start = end;
        Some(piece)
    })
}

/// The last white space within a piece from `start`, or the last character that fits.
fn cut(text: &str, start: u32) -> u32 {
    let limit = (start + PIECE) as usize;
    let bytes = text.as_bytes();
    let space = (start as usize + 1..limit)
        .rev()
        .take(4096)
        .find(|at| bytes.get(*at).is_some_and(u8::is_ascii_whitespace));
    let end = space.or_else(|| {
        (start as usize + 1..=limit)
            .rev()
            .find(|at| text.is_char_boundary(*at))
    });
    u32::try_from(end.unwrap_or(limit)).unwrap_or(u32::MAX)
}

/// What is known of the speaker of a quotation before names are final.
#[derive(Debug, Clone)]
pub(super) struct PendingAttribution {
    /// Who.
    pub entity: Option<EntityId>,
    /// The words that name them.
    pub source: Option<Span>,
    /// The words that report.
    pub cue: Option<Span>,
    /// Who passed it on.
    pub via: Option<Span>,
    /// The mention that a pronoun or description stands for.
    pub antecedent: Option<Span>,
    /// By which rule.
    pub rule: RuleId,
    /// How likely the speaker is right.
    pub confidence: f32,
}

impl PendingAttribution {
    /// The attribution as it stands before names are final: the speaker is an entity of the cast.
    pub(super) fn attribution(&self) -> Option<Attribution> {
        Some(Attribution {
            speaker: SpeakerId(self.entity?),
            source: self.source.into(),
            cue: self.cue.into(),
            via: self.via.into(),
            antecedent: self.antecedent.into(),
            rule: self.rule,
            confidence: self.confidence,
        })
    }
}

/// What is known of an article while it is read.
pub(super) struct QuotationFinder<'d> {
    /// The article.
    pub document: &'d Document,
    /// The words of its language.
    pub lexicon: &'static Lexicon,
    /// Whom it speaks of.
    pub cast: EntityTracker,
    /// What the paragraph before leaves to the next.
    pub carry: Carry,
    /// What has been found; its speakers are entities of the cast until the end.
    pub quotations: Vec<Quotation>,
    raw: Vec<TaggedToken>,
    tokens: Vec<TaggedToken>,
    quotes: Vec<FoldedQuote>,
}

impl<'d> QuotationFinder<'d> {
    fn new(document: &'d Document, lexicon: &'static Lexicon) -> Self {
        Self {
            document,
            lexicon,
            cast: EntityTracker::of(lexicon.language, document.blocks.len()),
            carry: Carry::default(),
            // Memory that is not written to costs nothing, and growing step by step does.
            quotations: Vec::with_capacity(document.blocks.len()),
            raw: Vec::new(),
            tokens: Vec::new(),
            quotes: Vec::new(),
        }
    }

    fn paragraph(&mut self, span: Span, title: bool) {
        let text = &self.document.text;
        tokens::read(self.document, span, self.lexicon, &mut self.raw);
        let mut pairs = quotation_marks::pairs(&self.raw, self.carry.open);
        if self.lexicon.language.inquits_inside_marks {
            pairs = inquit::split_at_inquits(&self.raw, pairs);
        }
        // Headlines quote loosely between single marks; the body has the words in full.
        pairs.retain(|pair| !(title && pair.single));
        folding::fold(&self.raw, &pairs, &mut self.tokens, &mut self.quotes);
        let capital_nouns = self.lexicon.language.capital_nouns;
        let cast = &self.cast;
        tag::tag_tokens(&mut self.tokens, text, capital_nouns, |word| {
            cast.knows(word)
        });
        self.cast.title = title;
        self.cast.read(&self.tokens, text);
        let tokens = std::mem::take(&mut self.tokens);
        let quotes = std::mem::take(&mut self.quotes);
        let opened = pairs.first().is_none_or(|pair| pair.opened);
        Paragraph {
            finder: self,
            tokens: &tokens,
            quotes: &quotes,
            opened,
            title,
        }
        .read();
        self.carry.open = pairs
            .last()
            .is_some_and(|pair| !pair.closed && !pair.single);
        self.tokens = tokens;
        self.quotes = quotes;
    }

    fn finish(self) -> (Vec<Quotation>, Vec<Arc<Speaker>>) {
        let mut quotations = self.quotations;
        let entities = self.cast.into_entities();
        quotations.sort_unstable_by_key(|quotation| {
            (quotation.span.start, quotation.span.end, quotation.kind)
        });
        quotations.shrink_to_fit();
        let mut speakers = SpeakerList::new(&entities, &self.document.text);
        for quotation in &mut quotations {
            if let Some(attribution) = &mut quotation.attribution {
                attribution.speaker = speakers.id(attribution.speaker.0);
            }
        }
        let mut list = speakers.list;
        list.shrink_to_fit();
        (quotations, list)
    }
}
