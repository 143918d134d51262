//! What an article is before anything is known about it: its text, blocks and metadata.
//!
//! [`read`] turns the bytes of a file into a [`Document`] and cannot fail: anything odd becomes a
//! [`Warning`] beside the result. It does not analyze; for plain text it never changes a byte.

use std::borrow::Cow;

use crate::text::Span;

mod read;
mod source;

mod encoding;
pub mod formats;

mod archive;
mod xml;

mod draft;
mod structure;
pub mod table;

mod dates;
mod language;

pub use dates::{DateOrigin, MonthDay, Published};
pub use formats::json::{FieldNames, NameList};
pub use formats::{FORMATS, Format};
pub use read::{ArticleReader, PEEK_BYTES, holds_one, is_costly, peek, read, read_each, read_part};

/// The warning of a file that holds no text (a picture, an archive), told by [`Warned::is_text`].
pub const NOT_TEXT: &str = "this file is not text";

/// The warning of a file of a known format in which there is no article, told by [`Warned::is_text`] too.
pub const NO_ARTICLE: &str = "there is no article in this file";

/// An article as read from a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The decoded content of the file, unchanged for plain text and Markdown in UTF-8, but for a byte
    /// order mark, which is left out.
    pub text: String,
    /// Paragraph-like units in reading order; between them lies only white space and hidden matter.
    pub blocks: Vec<Block>,
    /// Markup inside blocks, sorted by start: what is hidden, emphasized or linked.
    pub inlines: Vec<Inline>,
    /// The tables among the blocks, in their order.
    pub tables: Vec<table::TextTable>,
    /// What the article says about itself.
    pub meta: Meta,
}

/// A paragraph-like unit of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Its bytes, without white space at the ends. Single line breaks inside read as spaces,
    /// except in [`BlockKind::Preformatted`].
    pub span: Span,
    /// Whether it follows the block before without a blank line (items of a list, the pieces of
    /// an overlong paragraph).
    pub joined: bool,
}

/// What a block is, which decides how it looks and whether it is analyzed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The headline of the article.
    Title,
    /// `By …`, and other lines that say who wrote and when.
    Byline,
    /// A heading inside the article, level 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A paragraph set off as quoted from elsewhere.
    BlockQuote,
    /// An item of a list, with its depth (0 outermost).
    ListItem(u8),
    /// Text whose line breaks and spaces count.
    Preformatted,
    /// The row of a table that says what its columns hold.
    TableHead,
    /// Any other row of a table; [`Document::cells`] tells its cells.
    TableRow,
    /// The words under a picture.
    Caption,
    /// A line between parts (`***`).
    Rule,
    /// Matter after the article such as `Related Content`: shown dimmed, not analyzed.
    Trailing,
}

/// A stretch of markup inside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// The bytes it concerns.
    pub span: Span,
    /// What it does to them.
    pub kind: InlineKind,
}

/// What markup does to the text under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InlineKind {
    /// Not shown, not searched, not analyzed: the markup characters themselves.
    Hidden,
    /// Emphasis, usually italic.
    Emphasis,
    /// Strong emphasis, usually bold.
    Strong,
    /// Code.
    Code,
    /// A link, with its target.
    Link(String),
}

/// What an article says about itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meta {
    /// The headline as one line of text; empty when there is none (the file name stands in). When no
    /// block is a [`BlockKind::Title`], it comes from front matter and is not shown by any block.
    pub title: String,
    /// Who wrote it, without `By`.
    pub byline: Option<String>,
    /// Where and when it was filed, such as `WASHINGTON, Nov. 16 (Reuters)`; the span lies in the text.
    pub dateline: Option<Span>,
    /// When it was published.
    pub published: Option<Published>,
    /// The day of its dateline, when nothing in the file tells the year.
    pub day: Option<MonthDay>,
    /// The publication or agency.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// What a file of many articles calls this one, so that it is known again: a number of a message, the
    /// identifier in a feed.
    pub id: Option<String>,
    /// Its keywords.
    pub tags: Vec<String>,
    /// ISO 639-1 code of the language it is written in, when known well enough.
    pub language: Option<String>,
}

/// A value and what was odd on the way to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Warned<T> {
    /// The result, usable in any case.
    pub value: T,
    /// What the reader should know about it.
    pub warnings: Vec<Warning>,
}

/// Something odd about an article, said in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Where, when it has a place.
    pub span: Option<Span>,
    /// What, as a sentence for the reader.
    pub message: String,
}

impl Document {
    /// The text with everything hidden overwritten by spaces of the same length, so that offsets hold:
    /// what analysis and search read. Borrowed when nothing is hidden.
    #[must_use]
    pub fn prose(&self) -> Cow<'_, str> {
        let mut hidden = self.hidden().peekable();
        if hidden.peek().is_none() {
            return Cow::Borrowed(&self.text);
        }
        let mut prose = String::with_capacity(self.text.len());
        for span in hidden {
            let start = span
                .start
                .max(u32::try_from(prose.len()).unwrap_or(u32::MAX));
            prose.push_str(Span::from_usize(prose.len(), start as usize).of(&self.text));
            let blank = span.of(&self.text).bytes();
            // Line breaks stay, because a fence or a head between two of them still parts paragraphs.
            prose.extend(blank.map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        }
        prose.push_str(Span::from_usize(prose.len(), self.text.len()).of(&self.text));
        Cow::Owned(prose)
    }

    /// What is hidden, sorted by start: left out of searches.
    pub fn hidden(&self) -> impl Iterator<Item = Span> {
        hidden_from(&self.inlines)
    }

    /// The text under a span without what is hidden in it: what people are shown of it.
    #[must_use]
    pub fn visible(&self, span: Span) -> Cow<'_, str> {
        let first = self
            .inlines
            .partition_point(|inline| inline.span.start < span.start);
        let mut shown = String::new();
        let mut at = span.start;
        let inside = self.inlines.get(first..).unwrap_or_default();
        for hidden in hidden_from(inside).take_while(|hidden| hidden.start < span.end) {
            if hidden.end > at {
                shown.push_str(Span::new(at, hidden.start.max(at)).of(&self.text));
                at = hidden.end.min(span.end);
            }
        }
        let rest = Span::new(at, span.end).of(&self.text);
        if at == span.start {
            return Cow::Borrowed(rest);
        }
        shown.push_str(rest);
        Cow::Owned(shown)
    }
}

impl Warned<Document> {
    /// Whether the file held an article at all; an empty file does, a picture does not.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.problem().is_none()
    }

    /// Why there is nothing to read.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        let mut messages = self.warnings.iter().map(|warning| warning.message.as_str());
        messages.find(|&message| message == NOT_TEXT || message == NO_ARTICLE)
    }

    fn nothing(message: &str, mut warnings: Vec<Warning>) -> Self {
        let message = message.to_owned();
        warnings.push(Warning {
            span: None,
            message,
        });
        Self {
            value: Document::default(),
            warnings,
        }
    }
}

fn hidden_from(inlines: &[Inline]) -> impl Iterator<Item = Span> {
    let hidden = inlines
        .iter()
        .filter(|inline| inline.kind == InlineKind::Hidden);
    hidden.map(|inline| inline.span)
}

#[cfg(test)]
pub(in crate::document) mod tests;
