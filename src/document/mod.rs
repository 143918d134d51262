//! The text, blocks and metadata of an article, before any analysis.
//!
//! [`read`] turns the bytes of a file into a [`Document`] and cannot fail: anything odd becomes a
//! [`Warning`] beside the result. It does not analyze, and it never changes a byte of plain text.

use std::borrow::Cow;

use crate::text::Span;
use crate::text::span::slice;

mod read;
mod source;

mod encoding;
pub mod formats;

mod archive;
mod strings;
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

/// The warning about a file that is not text (a picture, a program); see [`Warned::is_text`].
pub const NOT_TEXT: &str = "this file is not text";

/// The warning about a file of a known format without an article in it; see [`Warned::is_text`].
pub const NO_ARTICLE: &str = "there is no article in this file";

/// An article as read from a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The decoded content of the file. Plain text and Markdown in UTF-8 are unchanged except for a
    /// byte order mark, which is dropped.
    pub text: String,
    /// Paragraph-like units in reading order. Only white space and hidden markup lie between them.
    pub blocks: Vec<Block>,
    /// Markup inside blocks, sorted by start.
    pub inlines: Vec<Inline>,
    /// The tables among the blocks, in order.
    pub tables: Vec<table::TextTable>,
    /// What the article says about itself.
    pub meta: Meta,
}

/// A paragraph-like unit of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Its bytes, without white space at either end. A single line break inside reads as a space,
    /// except in [`BlockKind::Preformatted`].
    pub span: Span,
    /// Whether no blank line separates it from the block before (items of a list, pieces of an overlong
    /// paragraph).
    pub joined: bool,
}

/// The kind of a block, which decides how it looks and whether it is analyzed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The headline of the article.
    Title,
    /// `By …`, and other lines that say who wrote the article and when.
    Byline,
    /// A heading inside the article, level 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A paragraph set off as a quotation from elsewhere.
    BlockQuote,
    /// An item of a list, with its depth (0 is outermost).
    ListItem(u8),
    /// Text that keeps its line breaks and spaces.
    Preformatted,
    /// The row of a table that names the columns.
    TableHead,
    /// Any other row of a table; [`Document::cells`] returns its cells.
    TableRow,
    /// The text under a picture.
    Caption,
    /// A separator between parts (`***`).
    Rule,
    /// Text after the article, such as `Related Content`: dimmed and not analyzed.
    Trailing,
}

/// A stretch of markup inside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// The bytes it covers.
    pub span: Span,
    /// What it does to them.
    pub kind: InlineKind,
}

/// What markup does to the text under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InlineKind {
    /// Not shown, searched or analyzed: the markup characters themselves.
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
    /// The headline on one line; empty if there is none, and then the file name is shown. When no block
    /// is a [`BlockKind::Title`], the headline comes from front matter and no block shows it.
    pub title: String,
    /// Who wrote it, without `By`.
    pub byline: Option<String>,
    /// Where and when it was filed, such as `WASHINGTON, Nov. 16 (Reuters)`; the span lies in the text.
    pub dateline: Option<Span>,
    /// When it was published.
    pub published: Option<Published>,
    /// The day in its dateline, when the year is unknown.
    pub day: Option<MonthDay>,
    /// The publication or agency.
    pub source: Option<String>,
    /// The address where it was published.
    pub url: Option<String>,
    /// What identifies the article in a file of many: a message number, the identifier in a feed.
    pub id: Option<String>,
    /// Its keywords.
    pub tags: Vec<String>,
    /// The ISO 639-1 code of its language, if detection is sure enough.
    pub language: Option<String>,
}

/// A value with warnings about how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Warned<T> {
    /// The result, usable in any case.
    pub value: T,
    /// What the reader should know about it.
    pub warnings: Vec<Warning>,
}

/// Something odd about an article, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The place in the text, if there is one.
    pub span: Option<Span>,
    /// The sentence, written for the reader.
    pub message: String,
}

impl Document {
    /// Returns the text that analysis and search read: everything hidden is overwritten by as many
    /// spaces, so that offsets stay valid. Borrowed when nothing is hidden.
    #[must_use]
    pub fn prose(&self) -> Cow<'_, str> {
        let mut hidden = self.hidden().peekable();
        if hidden.peek().is_none() {
            return Cow::Borrowed(&self.text);
        }
        let mut prose = String::with_capacity(self.text.len());
        for span in hidden {
            let start = prose.len().max(span.start as usize);
            prose.push_str(slice(&self.text, prose.len()..start));
            let blank = span.of(&self.text).bytes();
            // Line breaks stay, because a code fence or a header between two of them still separates
            // paragraphs.
            prose.extend(blank.map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        }
        prose.push_str(slice(&self.text, prose.len()..));
        Cow::Owned(prose)
    }

    /// The hidden spans, sorted by start; searches skip them.
    pub fn hidden(&self) -> impl Iterator<Item = Span> {
        hidden_from(&self.inlines)
    }

    /// Returns the text under a span as it is shown, without hidden parts.
    #[must_use]
    pub fn visible(&self, span: Span) -> Cow<'_, str> {
        let first = self
            .inlines
            .partition_point(|inline| inline.span.start < span.start);
        let mut shown = String::new();
        let mut at = span.start;
        let inside = &self.inlines[first..];
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
    /// Returns whether the file held an article at all; an empty file does, a picture does not.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.problem().is_none()
    }

    /// Returns why there is nothing to read, if that is so.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        let mut messages = self.warnings.iter().map(|warning| warning.message.as_str());
        messages.find(|&message| {
            matches!(message, NOT_TEXT | NO_ARTICLE) || message.starts_with(formats::NOT_BUILT_IN)
        })
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
