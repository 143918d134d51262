//! What an article is before anything is known about it: its text, blocks and metadata.
//!
//! [`read`] turns the bytes of a file into a [`Document`] and cannot fail: anything odd becomes a
//! [`Warning`] beside the result. It does not analyze; for plain text it never changes a byte.

use std::borrow::Cow;
use std::ops::ControlFlow;

use crate::text::Span;

mod archive;
mod dates;
mod docx;
mod draft;
mod encoding;
mod epub;
mod feed;
pub mod format;
mod front_matter;
mod head;
mod html;
mod language;
mod mail;
mod markdown;
mod newsml;
mod nitf;
mod odt;
mod packed;
mod plain;
mod split;
mod tail;
mod xml;

pub use format::{FORMATS, Format};
use format::{Parsed, Reading, Source, Take};

/// The warning of a file that holds no text (a picture, an archive), told by [`Warned::is_text`].
pub const NOT_TEXT: &str = "this file is not text";

/// The warning of a file of a known format in which there is no article, told by [`Warned::is_text`] too.
pub const NO_ARTICLE: &str = "there is no article in this file";

/// How many bytes [`peek`] looks at.
pub const PEEK_BYTES: usize = 256 * 1024;

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
    /// The headline as one line of text; empty when there is none (the file name stands in). When no
    /// block is a [`BlockKind::Title`], it comes from front matter and is not shown by any block.
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
    /// What a file of many articles calls this one, so that it is known again: a number of a message, the
    /// identifier in a feed.
    pub id: Option<String>,
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

/// Reads the bytes of a file named `name` (a path relative to the folder) as an article.
///
/// ```
/// use pullquote::document::{BlockKind, read};
///
/// let file = b"Harbor talks end\n\nPARIS (AP) - Ministers left.\n\nRelated Content".to_vec();
/// let article = read(file, "2026-03-04-harbor.txt").value;
/// assert_eq!(article.meta.title, "Harbor talks end");
/// assert_eq!(article.blocks[2].kind, BlockKind::Trailing);
/// ```
#[must_use]
pub fn read(bytes: Vec<u8>, name: &str) -> Warned<Document> {
    read_part(bytes, name, 0).unwrap_or_else(|| Warned::<Document>::nothing(NO_ARTICLE, Vec::new()))
}

/// Reads one article of a file that may hold many; the first is part 0. Nothing when there are fewer, but the
/// first is always there, if only with a sentence about why it cannot be read.
#[must_use]
pub fn read_part(bytes: Vec<u8>, name: &str, part: u32) -> Option<Warned<Document>> {
    let (mut index, mut found) = (0, None);
    let _ = read_each(bytes, name, &mut |article| {
        if index == part {
            found = Some(article);
            return ControlFlow::Break(());
        }
        index += 1;
        ControlFlow::Continue(())
    });
    found
}

/// Reads every article of a file, in order, at least one, until `take` has enough.
pub fn read_each(
    bytes: Vec<u8>,
    name: &str,
    take: &mut dyn FnMut(Warned<Document>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    match format::of(name, &bytes).reading {
        Reading::InPlace(parse) => take(read_in_place(bytes, name, parse, true)),
        Reading::Anew(read) => read_anew(&bytes, name, read, take),
        Reading::Packed(unpack) => {
            let unpacked = unpack(&bytes);
            drop(bytes);
            packed::read(unpacked, format::name_inside(name), take)
        }
    }
}

/// Whether a file of that name holds one article and never more.
#[must_use]
pub fn holds_one(name: &str) -> bool {
    let mut formats = format::named(name).peekable();
    formats.peek().is_some() && formats.all(|format| matches!(format.reading, Reading::InPlace(_)))
}

/// Reads the beginning of a file, for a first look at a huge one: at most [`PEEK_BYTES`] of it, cut at the
/// end of a line where there is one. A smaller file is read whole, just as [`read`] does. Nothing for a file
/// that must be read whole.
#[must_use]
pub fn peek(bytes: &[u8], name: &str) -> Option<Warned<Document>> {
    let Reading::InPlace(parse) = format::of(name, bytes).reading else {
        return None;
    };
    let Some(window) = bytes
        .get(..PEEK_BYTES)
        .filter(|window| window.len() < bytes.len())
    else {
        return Some(read(bytes.to_vec(), name));
    };
    let end = memchr::memrchr(b'\n', window)
        .map(|at| at + 1)
        .filter(|&at| at * 2 > window.len());
    // UTF-16 ends its lines with a zero too; else keep whole characters.
    let end = match end {
        Some(end) if window.get(end) == Some(&0) => end + 1,
        Some(end) => end,
        None => (0..4)
            .map(|back| window.len() - back)
            .find(|&at| bytes.get(at).is_none_or(|byte| byte & 0xC0 != 0x80))
            .unwrap_or(window.len()),
    };
    let beginning = bytes.get(..end).unwrap_or(window).to_vec();
    Some(read_in_place(beginning, name, parse, false))
}

/// Markdown beyond this size is read as plain text: nobody wrote it, and its tree would take gigabytes.
const LARGEST_MARKED_UP: usize = 8 * 1024 * 1024;

/// Reads an article whose text stays as it is, and of which the end may be missing.
fn read_in_place(
    bytes: Vec<u8>,
    name: &str,
    mut parse: fn(&str, usize) -> Parsed,
    is_whole: bool,
) -> Warned<Document> {
    let encoding::Decoded { text, mut warnings } = encoding::decode(bytes);
    let Some(text) = text else {
        return Warned {
            value: Document::default(),
            warnings,
        };
    };
    let mut document = Document::default();
    let mut body_start = 0;
    let mut hidden_head = None;
    if let Some(head) = front_matter::read(&text) {
        body_start = head.span.end as usize;
        hidden_head = Some(Inline {
            span: head.span,
            kind: InlineKind::Hidden,
        });
        document.meta = head.meta;
        warnings.extend(head.warnings);
    }
    if text.len() > LARGEST_MARKED_UP
        && let Reading::InPlace(plain) = format::PLAIN.reading
    {
        parse = plain;
    }
    let parsed = parse(&text, body_start);
    document.text = text;
    document.blocks = parsed.blocks;
    document.inlines = parsed.inlines;
    document.inlines.splice(0..0, hidden_head);
    Warned {
        value: completed(document, name, is_whole),
        warnings,
    }
}

/// Reads a file of which every article is written anew.
fn read_anew(
    bytes: &[u8],
    name: &str,
    read: fn(&Source<'_>, Take<'_>) -> ControlFlow<()>,
    take: &mut dyn FnMut(Warned<Document>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut count = 0;
    let flow = read(&Source { bytes, name }, &mut |draft| {
        count += 1;
        let (document, warnings) = draft.finish();
        take(Warned {
            value: completed(document, name, true),
            warnings,
        })
    });
    if count == 0 {
        return take(Warned::<Document>::nothing(NO_ARTICLE, Vec::new()));
    }
    flow
}

/// The document with what its first and last blocks, its words and its name say.
fn completed(mut document: Document, name: &str, is_whole: bool) -> Document {
    let mut blocks = std::mem::take(&mut document.blocks);
    mark_title(&document, &mut blocks);
    head::mark_head(&document.text, &mut blocks, &mut document.meta);
    if is_whole {
        tail::mark_tail(&document.text, &mut blocks);
    }
    document.blocks = blocks;
    complete(&mut document, name);
    document
}

/// Marks the first block as the headline when it says what front matter says.
fn mark_title(document: &Document, blocks: &mut [Block]) {
    let Some(first) = blocks.first_mut() else {
        return;
    };
    let is_heading = matches!(first.kind, BlockKind::Heading(_) | BlockKind::Paragraph);
    let words = first.span.of(&document.text).split_whitespace();
    if is_heading && !document.meta.title.is_empty() && words.eq(document.meta.title.split(' ')) {
        first.kind = BlockKind::Title;
    }
}

/// Fills in what neither front matter nor the first lines say.
fn complete(document: &mut Document, name: &str) {
    if let Some(title) = document
        .blocks
        .iter()
        .take(4)
        .find(|block| block.kind == BlockKind::Title)
        && document
            .inlines
            .iter()
            .any(|inline| inline.kind == InlineKind::Hidden && inline.span.overlaps(title.span))
    {
        let shown = document.visible(title.span);
        let title = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        document.meta.title = title;
    }
    document.meta.published = document.meta.published.or_else(|| dates::in_name(name));
    if document.meta.language.is_none() {
        let is_prose = |block: &&Block| {
            matches!(
                block.kind,
                BlockKind::Paragraph | BlockKind::BlockQuote | BlockKind::ListItem(_)
            )
        };
        let start = document
            .blocks
            .iter()
            .find(is_prose)
            .or(document.blocks.first())
            .map_or(0, |block| block.span.start);
        let sample = document.text.get(start as usize..).unwrap_or_default();
        document.meta.language = language::detect(sample).map(str::to_owned);
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
