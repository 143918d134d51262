//! What the rules look at, and what they find.

use crate::analysis::cues::cue::Cue;
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::PosTag;
use crate::analysis::tokens::folding::{FoldedQuote, QuoteEnding};

/// The fewest words of a quotation at the start of a sentence that is a sentence itself, whatever its
/// punctuation.
const MIN_SENTENCE_WORDS: usize = 6;

/// A quotation and its surroundings in the paragraph.
pub(crate) struct QuotationContext<'p> {
    /// The sentence of the quotation.
    pub sentence: Sentence<'p>,
    /// The cues of that sentence.
    pub cues: &'p [Cue],
    /// The next sentence of the paragraph, with its cues.
    pub next: Option<(Sentence<'p>, &'p [Cue])>,
    /// The quotation.
    pub quote: &'p FoldedQuote,
    /// Its token.
    pub at: usize,
}

/// The source and cue of a quotation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SourceLink {
    /// Who speaks.
    pub source: NounPhrase,
    /// The token of the cue.
    pub cue: Option<usize>,
    /// Who passed it on.
    pub via: Option<NounPhrase>,
}

impl SourceLink {
    /// The link to the source of a cue.
    pub(crate) const fn by_cue(cue: &Cue, source: NounPhrase) -> Self {
        Self {
            source,
            cue: Some(cue.at),
            via: None,
        }
    }

    /// The link to a source with another cue, or none.
    pub(crate) const fn new(source: NounPhrase, cue: Option<usize>) -> Self {
        Self {
            source,
            cue,
            via: None,
        }
    }
}

impl QuotationContext<'_> {
    /// The tag before the quotation.
    pub(crate) fn tag_before(&self) -> PosTag {
        self.sentence.tag_before(self.at)
    }

    /// Whether the quotation ends in a way that lets a reporting clause follow.
    pub(crate) fn lets_clause_follow(&self) -> bool {
        let is_sentence = self.quote.capital
            && self.quote.words >= MIN_SENTENCE_WORDS
            && self.at == self.sentence.low;
        self.quote.ending != QuoteEnding::Open
            || is_sentence
            || matches!(self.sentence.tag(self.at + 1), PosTag::Comma | PosTag::Dash)
    }

    /// Where a reporting clause after the quotation would start.
    pub(crate) fn clause_start(&self) -> usize {
        let mut start = self.at + 1;
        while matches!(
            self.sentence.tag(start),
            PosTag::Comma | PosTag::Dash | PosTag::Other
        ) {
            start += 1;
        }
        start
    }
}
