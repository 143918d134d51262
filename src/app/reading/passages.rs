//! Passages of the open article, as text to copy or to read out.

use super::reader::OpenArticle;
use crate::text::Span;
use crate::text::segment::sentences;

impl OpenArticle {
    /// The text of a span, with white space as single spaces.
    pub(crate) fn plain_text(&self, span: Span) -> Option<String> {
        let prose = self.document()?.prose();
        let words: Vec<&str> = span.of(&prose).split_whitespace().collect();
        Some(words.join(" "))
    }

    /// The current quotation.
    pub(crate) fn quotation_text(&self) -> Option<String> {
        let index = self.current_quotation()?;
        self.plain_text(self.quotations().get(index)?.span)
    }

    /// The first line on the page that is not blank.
    pub(crate) fn first_line(&self) -> Option<String> {
        let document = self.document()?;
        let lines = self.lines().map(|line| document.visible(line.span));
        let mut lines = lines.map(|line| line.trim().to_owned());
        lines.find(|line| !line.is_empty())
    }

    /// The sentence at the current place.
    pub(crate) fn sentence_text(&self) -> Option<String> {
        self.plain_text(self.sentence_at(self.spot())?)
    }

    /// The paragraph at the current place.
    pub(crate) fn paragraph_text(&self) -> Option<String> {
        let spot = self.spot();
        let mut blocks = self.document()?.blocks.iter();
        let block = blocks.find(|block| spot < block.span.end)?;
        self.plain_text(block.span)
    }

    /// The sentence that contains an offset, or the next one of its block.
    pub(crate) fn sentence_at(&self, offset: u32) -> Option<Span> {
        let document = self.document()?;
        let mut blocks = document.blocks.iter();
        let block = blocks.find(|block| offset < block.span.end)?;
        let lexicon = crate::lexicon::of_language(document.meta.language.as_deref());
        let all = sentences(&document.text, block.span, |word| {
            lexicon.is_abbreviation(word)
        });
        all.into_iter().find(|sentence| offset < sentence.end)
    }
}
