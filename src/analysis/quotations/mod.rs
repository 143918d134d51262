//! Where quotations are and who says them.
//!
//! [`find`] reads an article paragraph by paragraph: it pairs the quotation marks, folds every quotation to
//! one token, finds names and cues in the rest, and attributes each quotation by a rule. Speakers get their
//! names at the end, because an article may give a surname first.

mod context;

mod cue_rules;

mod subject_rules;

pub(super) mod rules;

pub(super) mod rule_ids;

mod pending;

mod interview;

mod resolver;

mod paragraph;

mod carry;

mod direct;

mod continuation;

mod indirect;

mod speakers;

pub(super) mod explain;

use std::sync::Arc;

use super::entities::coreference::EntityTracker;
use super::tokens::folding::{self, FoldedQuote};
use super::tokens::{self, TaggedToken, inquit, quotation_marks, tag};
use super::{Quotation, Speaker};
use crate::document::{BlockKind, Document};
use crate::lexicon::{self, Lexicon};
use crate::text::Span;
use carry::Carry;
use interview::Interview;
use paragraph::Paragraph;
use resolver::SourceResolver;
use speakers::SpeakerList;

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
                        finder.read_paragraph(piece, kind == BlockKind::Title);
                    }
                }
            }
        }
    }
    finder.finish()
}

/// The longest stretch that is read as one paragraph, in bytes; it bounds memory.
const MAX_PIECE: u32 = 1 << 16;
/// How far back from the end of a piece white space is looked for, in bytes.
const SPACE_REACH: usize = 4096;

/// Cuts a block into pieces of bounded length at white space. News has no such paragraphs, but hostile
/// files do.
fn pieces(text: &str, block: Span) -> impl Iterator<Item = Span> {
    let mut rest = block;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let piece = first_piece(text, rest);
        rest.start = piece.end;
        Some(piece)
    })
}

/// The first piece of a block: up to white space, or to the last character that fits.
fn first_piece(text: &str, block: Span) -> Span {
    if block.len() <= MAX_PIECE {
        return block;
    }
    let (start, limit) = (block.start as usize, (block.start + MAX_PIECE) as usize);
    let bytes = text.as_bytes();
    let space = (start + 1..limit)
        .rev()
        .take(SPACE_REACH)
        .find(|at| bytes[*at].is_ascii_whitespace());
    let end = space.unwrap_or_else(|| text.floor_char_boundary(limit));
    Span::from_usize(start, end)
}

/// Reads an article.
struct QuotationFinder<'d> {
    document: &'d Document,
    /// The words of its language.
    lexicon: &'static Lexicon,
    tracker: EntityTracker,
    interview: Interview,
    carry: Carry,
    /// The quotations found; their speakers are entities until the end.
    quotations: Vec<Quotation>,
    /// Buffers, reused for every paragraph.
    raw: Vec<TaggedToken>,
    tokens: Vec<TaggedToken>,
    quotes: Vec<FoldedQuote>,
}

impl<'d> QuotationFinder<'d> {
    fn new(document: &'d Document, lexicon: &'static Lexicon) -> Self {
        Self {
            document,
            lexicon,
            tracker: EntityTracker::new(lexicon.language, document.blocks.len()),
            interview: Interview::default(),
            carry: Carry::default(),
            // Untouched memory costs nothing; growing step by step does.
            quotations: Vec::with_capacity(document.blocks.len()),
            raw: Vec::new(),
            tokens: Vec::new(),
            quotes: Vec::new(),
        }
    }

    /// Finds the quotations of a paragraph and their speakers.
    fn read_paragraph(&mut self, span: Span, is_headline: bool) {
        let pairs = self.tokenize(span, is_headline);
        let text = &self.document.text;
        self.tracker.read(&self.tokens, text, is_headline);
        let paragraph = Paragraph {
            tokens: &self.tokens,
            quotes: &self.quotes,
            opened: pairs.first().is_none_or(|pair| pair.opened),
            is_headline,
        };
        let mut resolver = SourceResolver {
            text,
            tokens: &self.tokens,
            tracker: &mut self.tracker,
            interview: &mut self.interview,
        };
        let (carry, found) = (&mut self.carry, &mut self.quotations);
        continuation::attribute_by_signature(&paragraph, &mut resolver, found);
        let sentences = paragraph.sentences();
        let mut quoted = direct::attribute(&paragraph, &sentences, carry, &mut resolver);
        continuation::continue_speakers(&paragraph, &sentences, carry, &mut resolver, &mut quoted);
        indirect::find(&paragraph, &sentences, &quoted, &mut resolver, found);
        continuation::carry_over(&paragraph, &sentences, &quoted, &mut resolver, carry);
        found.extend(quoted.iter().map(|quoted| {
            Quotation {
                span: quoted.quote.span,
                kind: direct::kind(&paragraph, quoted.at, &quoted.quote),
                attribution: quoted
                    .attribution
                    .as_ref()
                    .and_then(pending::PendingAttribution::attribution),
            }
        }));
        carry.open = match pairs.last() {
            Some(last) => !last.closed && !last.single,
            None => false,
        };
    }

    /// Reads the tokens of a paragraph, folds its quotations and tags the rest. Returns the pairs of marks.
    fn tokenize(&mut self, span: Span, is_headline: bool) -> Vec<quotation_marks::MarkPair> {
        let language = self.lexicon.language;
        tokens::read(self.document, span, self.lexicon, &mut self.raw);
        let mut pairs = quotation_marks::pairs(&self.raw, self.carry.open);
        if language.inquits_inside_marks {
            pairs = inquit::split_at_inquits(&self.raw, pairs);
        }
        // Headlines paraphrase in single marks; the text has the exact words.
        pairs.retain(|pair| !(is_headline && pair.single));
        folding::fold(&self.raw, &pairs, &mut self.tokens, &mut self.quotes);
        let entities = self.tracker.table();
        tag::tag_tokens(
            &mut self.tokens,
            &self.document.text,
            language.capital_nouns,
            |word| entities.is_surname(word),
        );
        pairs
    }

    /// The quotations in order, and the list of their speakers.
    fn finish(self) -> (Vec<Quotation>, Vec<Arc<Speaker>>) {
        let mut quotations = self.quotations;
        let entities = self.tracker.into_entities();
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
