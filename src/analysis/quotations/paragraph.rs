//! A paragraph with its quotations folded, cut into sentences with their cues.

use crate::analysis::cues::{self, cue::Cue};
use crate::analysis::syntax::Sentence;
use crate::analysis::tokens::folding::{FoldedQuote, QuoteEnding};
use crate::analysis::tokens::{PosTag, TaggedToken, TokenShape, dateline};

/// The longest sentence, in tokens. News has no such sentences; it bounds what the rules look at.
const MAX_SENTENCE: usize = 400;

/// A paragraph.
#[derive(Clone, Copy)]
pub(crate) struct Paragraph<'t> {
    /// The tokens, with quotations folded.
    pub tokens: &'t [TaggedToken],
    /// The quotations, by the index in their token.
    pub quotes: &'t [FoldedQuote],
    /// Whether the first quotation has its opening mark.
    pub opened: bool,
    /// Whether it is the headline.
    pub is_headline: bool,
}

/// A sentence of a paragraph and its cues.
pub(crate) struct CuedSentence<'t> {
    /// The sentence.
    pub sentence: Sentence<'t>,
    /// The cues in it.
    pub cues: Vec<Cue>,
}

impl<'t> Paragraph<'t> {
    /// The quotation whose token is at an index.
    pub(crate) fn quote_at(&self, index: usize) -> Option<&'t FoldedQuote> {
        match self.tokens[index].shape {
            TokenShape::Quotation(quote) => Some(&self.quotes[quote as usize]),
            TokenShape::Text(_) => None,
        }
    }

    /// The tag before an index; a full stop at the start.
    pub(crate) fn tag_before(&self, index: usize) -> PosTag {
        Sentence::whole(self.tokens).tag_before(index)
    }

    /// The sentences after the dateline. A reporting clause after a quotation belongs to its sentence.
    pub(crate) fn sentences(&self) -> Vec<CuedSentence<'t>> {
        let mut sentences = Vec::new();
        let first = dateline::length(self.tokens);
        let mut low = first;
        for index in first..self.tokens.len() {
            let is_last = index + 1 == self.tokens.len();
            if is_last || self.ends_sentence(index) || index - low >= MAX_SENTENCE {
                let sentence = Sentence {
                    tokens: self.tokens,
                    low,
                    high: index + 1,
                };
                let mut cues = Vec::new();
                cues::find(&sentence, &mut cues);
                sentences.push(CuedSentence { sentence, cues });
                low = index + 1;
            }
        }
        sentences
    }

    fn ends_sentence(&self, index: usize) -> bool {
        let token = &self.tokens[index];
        let next = self.tokens.get(index + 1);
        match (self.quote_at(index), next) {
            (Some(quote), _) if token.tag == PosTag::Quotation => {
                let stops = matches!(quote.ending, QuoteEnding::Stop | QuoteEnding::Ask);
                let is_start = |next: &TaggedToken| {
                    next.capital && next.tag != PosTag::Cue || next.tag == PosTag::Quotation
                };
                stops && next.is_some_and(is_start)
            }
            _ if token.tag != PosTag::Stop => false,
            (_, None) => true,
            (_, Some(next)) => {
                next.spaced && (next.capital || next.tag != PosTag::Noun)
                    || next.tag == PosTag::Quotation
            }
        }
    }
}
