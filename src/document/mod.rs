//! What an article is before anything is known about it: its text, blocks and metadata.
//!
//! [`read`] turns the bytes of a file into a [`Document`] and cannot fail: anything odd becomes a
//! [`Warning`] beside the result. It does not analyze; for plain text it never changes a byte.

use crate::text::Span;

/// An article as read from a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The decoded content of the file, unchanged for plain text and Markdown in UTF-8.
    pub text: String,
    /// Paragraph-like units in reading order; between them lies only white space and hidden matter.
    pub blocks: Vec<Block>,
    /// Markup inside blocks, sorted by start: what is hidden, emphasized or linked.
    pub inlines: Vec<Inline>,
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
    /// The headline as one line of text; empty when there is none (the file name stands in).
    pub title: String,
    /// Who wrote it, without `By`.
    pub byline: Option<String>,
    /// Where and when it was filed, such as `WASHINGTON, Nov. 16 (Reuters)`; the span lies in the text.
    pub dateline: Option<Span>,
    /// When it was published.
    pub published: Option<Published>,
    /// The publication or agency.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Its keywords.
    pub tags: Vec<String>,
    /// ISO 639-1 code of the language it is written in, when known well enough.
    pub language: Option<String>,
}

/// When an article was published, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Date and time as the article gives them, without zone; midnight when only the day is known.
    pub when: jiff::civil::DateTime,
    /// Whether the time of day is known.
    pub has_time: bool,
    /// Where the date was found.
    pub origin: DateOrigin,
}

/// Where a date of publication was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateOrigin {
    /// Front matter or other metadata of the file.
    Metadata,
    /// A line of the article (byline, dateline).
    Text,
    /// The name of the file or its folders.
    FileName,
    /// The time of the file.
    FileTime,
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

/// Reads the bytes of a file named `name` (a path relative to the folder) as an article.
#[must_use]
pub fn read(bytes: Vec<u8>, name: &str) -> Warned<Document> {
    let _ = name;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut blocks = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive('\n') {
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let at = start + (piece.len() - piece.trim_start().len());
            let kind = if blocks.is_empty() {
                BlockKind::Title
            } else {
                BlockKind::Paragraph
            };
            blocks.push(Block {
                kind,
                span: Span::from_usize(at, at + trimmed.len()),
                joined: false,
            });
        }
        start += piece.len();
    }
    let title = blocks
        .first()
        .map(|block| block.span.of(&text).to_owned())
        .unwrap_or_default();
    let meta = Meta {
        title,
        ..Meta::default()
    };
    Warned {
        value: Document {
            text,
            blocks,
            inlines: Vec::new(),
            meta,
        },
        warnings: Vec::new(),
    }
}
