//! Reads the bytes of a file as articles: picks the format and the encoding, and fills in what the text
//! and the file name say about each article.

use std::ops::ControlFlow;

use super::dates;
use super::draft::Draft;
use super::formats::{self, ReadMethod, compressed, zip};
use super::source::{ArticleSink, ParsedText, SourceFile};
use super::strings::one_line;
use super::structure::{front_matter, head, hyphenated_lines, tail};
use super::{
    Block, BlockKind, Document, FieldNames, Inline, InlineKind, NO_ARTICLE, NOT_TEXT, Warned,
    encoding, language,
};
use crate::text::span::slice;

/// How many bytes [`peek`] looks at.
pub const PEEK_BYTES: usize = 256 * 1024;

/// Reads the bytes of a file as an article. `name` is its path relative to the folder.
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

/// Reads one article of a file that may hold several; the first is part 0. Returns `None` when there
/// are fewer. Part 0 always exists: an unreadable file has an empty article with a warning that says
/// why.
#[must_use]
pub fn read_part(bytes: Vec<u8>, name: &str, part: u32) -> Option<Warned<Document>> {
    ArticleReader::default().part(bytes, name, part)
}

/// Passes every article of a file to `take`, in order, until it breaks off. There is always at least
/// one.
pub fn read_each(
    bytes: Vec<u8>,
    name: &str,
    take: &mut dyn FnMut(Warned<Document>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    ArticleReader::default().each(bytes, name, take)
}

/// Receives finished articles.
type DocumentSink<'t> = ArticleSink<'t, Warned<Document>>;

/// Reads files with the settings of the reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleReader {
    /// The reader's own names for the fields of articles in JSON.
    pub names: FieldNames,
}

impl ArticleReader {
    /// Reads one article, like [`read_part`].
    #[must_use]
    pub fn part(&self, bytes: Vec<u8>, name: &str, part: u32) -> Option<Warned<Document>> {
        let mut found = None;
        let _ = self.each_after(part, bytes, name, &mut |article| {
            found = Some(article);
            ControlFlow::Break(())
        });
        found
    }

    /// Reads all articles, like [`read_each`].
    pub fn each(
        &self,
        bytes: Vec<u8>,
        name: &str,
        take: &mut dyn FnMut(Warned<Document>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.each_after(0, bytes, name, take)
    }

    /// Reads all articles but the first `n_before`, like [`read_each`].
    pub fn each_after(
        &self,
        n_before: u32,
        bytes: Vec<u8>,
        name: &str,
        take: &mut dyn FnMut(Warned<Document>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.read_file(bytes, name, &mut ArticleSink::skipping(n_before, take))
    }

    fn read_file(
        &self,
        bytes: Vec<u8>,
        name: &str,
        sink: &mut DocumentSink<'_>,
    ) -> ControlFlow<()> {
        match formats::detect(name, &bytes).reading {
            ReadMethod::InPlace(parse) => sink.push(read_in_place(bytes, name, parse, true)),
            ReadMethod::Converted(read) => {
                let names = &self.names;
                let source = SourceFile {
                    bytes: &bytes,
                    name,
                    names,
                };
                read_converted(&source, read, sink)
            }
            ReadMethod::Compressed(unpack) => {
                let unpacked = unpack(&bytes);
                drop(bytes);
                self.read_decompressed(unpacked, formats::name_inside(name), sink)
            }
            ReadMethod::Archive => self.read_archive(&bytes, sink),
            ReadMethod::NotBuiltIn(message) => {
                sink.push(Warned::<Document>::nothing(message, Vec::new()))
            }
        }
    }

    /// Reads every article of the files in a zip archive.
    fn read_archive(&self, bytes: &[u8], sink: &mut DocumentSink<'_>) -> ControlFlow<()> {
        let (files, warning) = zip::files(bytes);
        let mut is_empty = true;
        for file in files {
            let mut part = 0;
            let mut take = |mut article: Warned<Document>| {
                if !article.is_text() {
                    return ControlFlow::Continue(());
                }
                is_empty = false;
                let path = match part {
                    0 => file.name.clone(),
                    part => format!("{}#{part}", file.name),
                };
                article.value.meta.id.get_or_insert(path);
                part += 1;
                article.warnings.splice(0..0, warning.clone());
                sink.push(article)
            };
            self.read_file(
                file.bytes,
                &file.name,
                &mut ArticleSink::skipping(0, &mut take),
            )?;
        }
        if is_empty {
            return sink.push(Warned::<Document>::nothing(
                NO_ARTICLE,
                Vec::from_iter(warning),
            ));
        }
        ControlFlow::Continue(())
    }

    /// Reads every article of a file that was compressed.
    fn read_decompressed(
        &self,
        unpacked: compressed::Decompressed,
        name: &str,
        sink: &mut DocumentSink<'_>,
    ) -> ControlFlow<()> {
        let compressed::Decompressed { bytes, warning } = unpacked;
        let reading = formats::detect(name, &bytes).reading;
        if matches!(reading, ReadMethod::Compressed(_) | ReadMethod::Archive) {
            // Unpacking again and again would let a few bytes grow without limit.
            let warnings = Vec::from_iter(warning);
            return sink.push(Warned::<Document>::nothing(NOT_TEXT, warnings));
        }
        let n_before = sink.take_n_to_skip();
        let mut take = |mut article: Warned<Document>| {
            article.warnings.splice(0..0, warning.clone());
            sink.push(article)
        };
        self.read_file(bytes, name, &mut ArticleSink::skipping(n_before, &mut take))
    }
}

/// Returns whether a file of this name always holds exactly one article.
#[must_use]
pub fn holds_one(name: &str) -> bool {
    let mut formats = formats::with_extension_of(name).peekable();
    formats.peek().is_some()
        && formats.all(|format| matches!(format.reading, ReadMethod::InPlace(_)))
}

/// Returns whether finding the articles in a file is slow, so that their text is worth keeping. A web
/// page has to be parsed; plain text is used as it is.
#[must_use]
pub fn is_costly(bytes: &[u8], name: &str) -> bool {
    !matches!(formats::detect(name, bytes).reading, ReadMethod::InPlace(_))
}

/// Reads the beginning of a huge file for a first look: at most [`PEEK_BYTES`], cut at the end of a
/// line if possible. A smaller file is read whole, as by [`read`]. Returns `None` for a format that
/// needs the whole file.
#[must_use]
pub fn peek(bytes: &[u8], name: &str) -> Option<Warned<Document>> {
    let ReadMethod::InPlace(parse) = formats::detect(name, bytes).reading else {
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
    // A line feed in UTF-16 is followed by a zero byte. Without a line end, cut between two characters.
    let end = match end {
        Some(end) if window.get(end) == Some(&0) => end + 1,
        Some(end) => end,
        None => {
            let is_continuation = |at: usize| bytes[at] & 0xC0 == 0x80;
            let n_back = (0..4).find(|back| !is_continuation(window.len() - back));
            window.len() - n_back.unwrap_or(0)
        }
    };
    Some(read_in_place(bytes[..end].to_vec(), name, parse, false))
}

/// How many blocks at the beginning may be the headline.
const TITLE_WITHIN: usize = 4;
/// Markdown beyond this size is read as plain text: nobody wrote it by hand, and its tree would take
/// gigabytes.
const LARGEST_MARKED_UP: usize = 8 * 1024 * 1024;

/// Reads an article whose text is kept as it is. Unless `is_whole`, its end may be missing.
fn read_in_place(
    bytes: Vec<u8>,
    name: &str,
    mut parse: fn(&str, usize) -> ParsedText,
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
        && let ReadMethod::InPlace(plain) = formats::PLAIN.reading
    {
        parse = plain;
    }
    let parsed = parse(&text, body_start);
    document.text = text;
    document.blocks = parsed.blocks;
    document.inlines = parsed.inlines;
    document.inlines.splice(0..0, hidden_head);
    let line_ends = hyphenated_lines::line_ends(&document.text, &document.blocks);
    if !line_ends.is_empty() {
        document.inlines.extend(line_ends);
        document.inlines.sort_by_key(|inline| inline.span.start);
    }
    Warned {
        value: complete(document, name, is_whole),
        warnings,
    }
}

/// Reads a file whose articles are converted to text.
fn read_converted(
    source: &SourceFile<'_>,
    read: fn(&SourceFile<'_>, &mut ArticleSink<'_>) -> ControlFlow<()>,
    sink: &mut DocumentSink<'_>,
) -> ControlFlow<()> {
    let n_before = sink.take_n_to_skip();
    let mut is_first = n_before == 0;
    let mut take = |draft: Draft| {
        is_first = false;
        let (document, warnings) = draft.finish();
        sink.push(Warned {
            value: complete(document, source.name, true),
            warnings,
        })
    };
    let flow = read(source, &mut ArticleSink::skipping(n_before, &mut take));
    if is_first {
        return sink.push(Warned::<Document>::nothing(NO_ARTICLE, Vec::new()));
    }
    flow
}

/// Completes the document from its first and last blocks, its words and its file name.
fn complete(mut document: Document, name: &str, is_whole: bool) -> Document {
    let mut blocks = std::mem::take(&mut document.blocks);
    mark_title(&document, &mut blocks);
    head::mark_head(&document.text, &mut blocks, &mut document.meta);
    if is_whole {
        tail::mark_tail(&document.text, &mut blocks);
    }
    document.blocks = blocks;
    document.measure_tables();
    fill_in_meta(&mut document, name);
    document
}

/// Marks the first block as the headline if it repeats the title in the front matter.
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
fn fill_in_meta(document: &mut Document, name: &str) {
    if let Some(title) = document
        .blocks
        .iter()
        .take(TITLE_WITHIN)
        .find(|block| block.kind == BlockKind::Title)
        && document
            .inlines
            .iter()
            .any(|inline| inline.kind == InlineKind::Hidden && inline.span.overlaps(title.span))
    {
        let shown = document.visible(title.span);
        document.meta.title = one_line(&shown);
    }
    dates::set_published(document, name);
    if document.meta.language.is_none() {
        let is_prose = |block: &&Block| {
            matches!(
                block.kind,
                BlockKind::Paragraph | BlockKind::BlockQuote | BlockKind::ListItem(_)
            )
        };
        let blocks = &document.blocks;
        let sample = match blocks.iter().find(is_prose).or(blocks.first()) {
            Some(first) => slice(&document.text, first.span.start as usize..),
            None => &document.text,
        };
        document.meta.language = language::detect(sample).map(str::to_owned);
    }
}
