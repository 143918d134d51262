//! PDF: reads the text on the pages as lines, columns and paragraphs.
//!
//! lopdf parses the file and decodes its fonts; [`page`] follows the few operators that place text, and
//! [`paragraphs`] joins the lines. Anything that would keep lopdf busy without end is kept from it:
//! streams that unpack beyond a limit, forms inside forms. A panic in it costs the rest of this file
//! and nothing else.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::document::draft::Draft;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::structure::front_matter::language_code;
use crate::document::{DateOrigin, Meta, Published, dates, xml};

mod font;
mod page;
mod paragraphs;
mod salvage;

/// The most keywords of a file.
const MOST_TAGS: usize = 64;
/// The most pages that are read.
const MOST_PAGES: usize = 2000;
/// The most text that is read, in bytes.
const LONGEST_TEXT: usize = 16 * 1024 * 1024;
/// The most bytes that the contents of all pages unpack to; pages may share contents.
const LARGEST_CONTENTS: usize = 256 * 1024 * 1024;

/// Reads a PDF file.
pub(super) fn read(source: &SourceFile<'_>, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    if salvage::unpacks_too_far(source.bytes) {
        let mut draft = Draft::default();
        draft.warn("the PDF file unpacks to more than it should: it was not read");
        return sink.push(draft);
    }
    let mut reading = PdfText::of(source.bytes);
    if reading.is_damaged && !salvage::is_locked(source.bytes) {
        let salvaged = PdfText::salvaged(source.bytes);
        if salvaged.n_bytes() > reading.n_bytes() {
            reading = salvaged;
        }
    }
    if reading.is_damaged && reading.n_bytes() == 0 && !reading.is_locked {
        return ControlFlow::Continue(());
    }
    let mut draft = Draft::with_meta(reading.meta);
    paragraphs::write(&mut draft, &reading.pages);
    if reading.is_locked {
        draft.warn("the PDF file is locked by a password: its text cannot be read");
    } else if reading.is_damaged {
        draft.warn(xml::DAMAGED);
    } else if draft.len() == 0 {
        draft.warn("there are no words in the PDF file, perhaps only pictures of them");
    }
    if reading.is_cut {
        draft.warn("the PDF file is very long: only its beginning is shown");
    }
    sink.push(draft)
}

/// What has been read, kept outside the call that may panic.
#[derive(Default)]
struct PdfText {
    meta: Meta,
    pages: Vec<Vec<page::PdfLine>>,
    /// The objects with the content of each page.
    numbers: Vec<Vec<ObjectId>>,
    is_damaged: bool,
    is_locked: bool,
    is_cut: bool,
}

impl PdfText {
    /// Reads a file as it is.
    fn of(bytes: &[u8]) -> Self {
        Self::catching_panics(|reading| match Document::load_mem(bytes) {
            Ok(document) => {
                reading.read(&document);
                reading.is_damaged |= is_partial(&document) && !reading.is_locked;
            }
            Err(_) => reading.is_damaged = true,
        })
    }

    /// Reads a damaged file: its pages, and the text of lost pages.
    fn salvaged(bytes: &[u8]) -> Self {
        let mut salvaged = Self::catching_panics(|reading| {
            reading.is_damaged = true;
            let repaired = salvage::rebuild(bytes);
            let document = Document::load_mem(&repaired).unwrap_or_default();
            reading.read(&document);
            reading.add_lost_pages(&document, bytes);
        });
        salvaged.is_damaged = true;
        salvaged
    }

    /// Runs `read` and keeps what it has read even if it panics.
    fn catching_panics(read: impl FnOnce(&mut Self)) -> Self {
        let mut reading = Self::default();
        let run = catch_unwind(AssertUnwindSafe(|| read(&mut reading)));
        reading.is_damaged |= run.is_err();
        reading
    }

    /// Returns how many bytes of text were read.
    fn n_bytes(&self) -> usize {
        let lines = self.pages.iter().flatten();
        lines.map(|line| line.text.len()).sum()
    }

    /// Reads all pages.
    fn read(&mut self, document: &Document) {
        self.meta = metadata(document);
        self.is_locked = document.is_encrypted();
        if self.is_locked {
            return;
        }
        let mut fonts = font::Fonts::new(self.is_damaged);
        let (mut n_bytes, mut n_unpacked) = (0, 0);
        for (index, id) in page_ids(document, self.is_damaged).into_iter().enumerate() {
            if index == MOST_PAGES || n_bytes > LONGEST_TEXT || n_unpacked > LARGEST_CONTENTS {
                self.is_cut = true;
                break;
            }
            let page = page::read(document, id, &mut fonts);
            self.is_damaged |= page.is_damaged;
            n_unpacked += page.n_unpacked;
            n_bytes += page.lines.iter().map(|line| line.text.len()).sum::<usize>();
            self.pages.push(page.lines);
            self.numbers.push(page.contents);
        }
        self.is_damaged |= self.pages.is_empty();
    }

    /// Adds the text of pages that are no longer listed, at their place in the file.
    fn add_lost_pages(&mut self, document: &Document, bytes: &[u8]) {
        let known = self.numbers.iter().flatten().copied().collect();
        let mut fonts = font::Fonts::new(true);
        for id in page_ids(document, true) {
            if let Some(resources) = page::resources(document, id) {
                fonts.remember(document, resources);
            }
        }
        for (id, content) in salvage::contents(bytes, &known) {
            if self.pages.len() >= MOST_PAGES || self.n_bytes() > LONGEST_TEXT {
                return;
            }
            let lines = page::lines_of(document, &content, &mut fonts);
            let is_later =
                |contents: &&Vec<ObjectId>| matches!(contents.first(), Some(&first) if first > id);
            let at = self
                .numbers
                .iter()
                .take_while(|page| !is_later(page))
                .count();
            self.pages.insert(at, lines);
            self.numbers.insert(at, vec![id]);
        }
    }
}

/// Returns whether objects in the cross-reference table could not be read.
fn is_partial(document: &Document) -> bool {
    let listed = document.reference_table.entries.iter();
    let mut lost = listed.filter(|(number, entry)| match entry {
        XrefEntry::Normal { generation, .. } => {
            !document.objects.contains_key(&(**number, *generation))
        }
        XrefEntry::Compressed { .. } => !document.objects.contains_key(&(**number, 0)),
        _ => false,
    });
    lost.next().is_some()
}

/// Returns the pages in order; in a damaged file, also those missing from the page list.
fn page_ids(document: &Document, is_damaged: bool) -> Vec<ObjectId> {
    let mut listed: Vec<ObjectId> = document.page_iter().take(MOST_PAGES + 1).collect();
    if !is_damaged {
        return listed;
    }
    let is_page = |object: &Object| {
        let kind = object.as_dict().and_then(|page| page.get(b"Type"));
        kind.and_then(Object::as_name)
            .is_ok_and(|kind| kind == b"Page")
    };
    let known: BTreeSet<ObjectId> = listed.iter().copied().collect();
    let pages = document.objects.iter();
    let lost = pages.filter(|(id, object)| is_page(object) && !known.contains(id));
    for (&id, _) in lost.take(MOST_PAGES) {
        let at = listed.iter().take_while(|&&other| other <= id).count();
        listed.insert(at, id);
    }
    listed
}

/// Reads the metadata of the file.
fn metadata(document: &Document) -> Meta {
    let info = document
        .trailer
        .get(b"Info")
        .ok()
        .and_then(|info| resolved(document, info)?.as_dict().ok());
    let field = |key: &[u8]| text(resolved(document, info?.get(key).ok()?)?);
    let language = document
        .catalog()
        .ok()
        .and_then(|catalog| text(catalog.get(b"Lang").ok()?));
    let keywords = field(b"Keywords").unwrap_or_default();
    let tags = keywords.split([',', ';']).map(|tag| tag.trim().to_owned());
    Meta {
        title: field(b"Title")
            .filter(|title| is_title(title))
            .unwrap_or_default(),
        byline: field(b"Author"),
        published: field(b"CreationDate").and_then(|date| published(&date)),
        tags: tags.filter(|tag| !tag.is_empty()).take(MOST_TAGS).collect(),
        language: language.and_then(|value| language_code(&value)),
        ..Meta::default()
    }
}

/// Follows a reference to an object.
fn resolved<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

/// Returns the dictionary under a key, following a reference.
fn dictionary<'a>(
    document: &'a Document,
    parent: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    match resolved(document, parent.get(key).ok()?)? {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// Decodes a string object: UTF-16 or UTF-8 with a byte order mark, else Latin.
fn text(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0,
        None => {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
        }
    };
    let words: Vec<_> = text.split_whitespace().collect();
    let line = words.join(" ");
    (!line.is_empty()).then_some(line)
}

/// Returns whether a title was written by a person, and is not a file name.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = [
        ".doc", ".docx", ".indd", ".pdf", ".qxd", ".qxp", ".rtf", ".tex", ".txt",
    ]
    .iter()
    .any(|end| lower.ends_with(end));
    !is_file
        && !lower.starts_with("microsoft word")
        && !lower.starts_with("untitled")
        && title.contains(' ')
}

/// Parses a time such as `D:20260304083000+01'00'`.
fn published(date: &str) -> Option<Published> {
    let digits: String = date
        .trim_start_matches("D:")
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let (day, time) = digits.split_at_checked(8)?;
    let compact = match time.get(..6) {
        Some(time) => format!("{day}T{time}"),
        None => day.to_owned(),
    };
    let found = dates::in_metadata(&compact)?;
    Some(Published {
        origin: DateOrigin::Metadata,
        ..found
    })
}

#[cfg(test)]
mod tests;
