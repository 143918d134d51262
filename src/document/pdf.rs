//! PDF: the words on its pages as lines, columns and paragraphs.
//!
//! lopdf takes the file apart and knows what its codes mean; [`page`] follows the few operators that place
//! words, and [`paragraphs`] puts the lines together. What lopdf would do without end is kept from it: streams
//! that unpack to more than a limit, forms in forms. It is run so that a fault of it costs the rest of this
//! file and nothing else.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::draft::Draft;
use super::format::{Source, Taker};
use super::front_matter::language_code;
use super::{DateOrigin, Meta, Published, dates, xml};

mod font;
mod page;
mod paragraphs;
mod salvage;

/// The most pages that are read.
const MOST_PAGES: usize = 2000;
/// The most text that is read, in bytes.
const LONGEST_TEXT: usize = 16 * 1024 * 1024;

/// Whether a file begins as a PDF does.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    memchr::memmem::find(head, b"%PDF-").is_some()
}

/// Reads a file.
pub(super) fn read(source: &Source<'_>, taker: &mut Taker<'_>) -> ControlFlow<()> {
    let mut reading = Reading::default();
    if salvage::unpacks_too_far(source.bytes) {
        let mut draft = Draft::default();
        draft.warn("the PDF file unpacks to more than it should: it was not read");
        return taker.take(draft);
    }
    let is_whole = catch_unwind(AssertUnwindSafe(|| reading.run(source.bytes))).unwrap_or(false);
    if !is_whole && reading.pages.is_empty() {
        return ControlFlow::Continue(());
    }
    let mut draft = Draft::about(reading.meta);
    paragraphs::write(&mut draft, &reading.pages);
    if reading.is_locked {
        draft.warn("the PDF file is locked by a password: its text cannot be read");
    } else if !is_whole || reading.is_damaged {
        draft.warn(xml::DAMAGED);
    } else if draft.len() == 0 {
        draft.warn("there are no words in the PDF file, perhaps only pictures of them");
    }
    if reading.is_cut {
        draft.warn("the PDF file is very long: only its beginning is shown");
    }
    taker.take(draft)
}

/// What has been read, kept outside of what may fail.
#[derive(Default)]
struct Reading {
    meta: Meta,
    pages: Vec<Vec<page::Line>>,
    is_damaged: bool,
    is_locked: bool,
    is_cut: bool,
}

impl Reading {
    /// Reads all pages; false when the file is none.
    fn run(&mut self, bytes: &[u8]) -> bool {
        let loaded = Document::load_mem(bytes)
            .ok()
            .filter(|document| document.page_iter().next().is_some());
        let document = if let Some(document) = loaded {
            document
        } else {
            self.is_damaged = true;
            let repaired = salvage::repaired(bytes);
            let Ok(document) = Document::load_mem(&repaired) else {
                return false;
            };
            document
        };
        self.meta = about(&document);
        self.is_locked = document.is_encrypted();
        if self.is_locked {
            return true;
        }
        let mut fonts = font::Fonts::default();
        let mut n_bytes = 0;
        for (index, id) in page_ids(&document).into_iter().enumerate() {
            if index == MOST_PAGES || n_bytes > LONGEST_TEXT {
                self.is_cut = true;
                break;
            }
            let lines = page::lines(&document, id, &mut fonts);
            n_bytes += lines.iter().map(|line| line.text.len()).sum::<usize>();
            self.pages.push(lines);
        }
        !self.pages.is_empty()
    }
}

/// The pages in order, or all that there are where the list of pages is gone.
fn page_ids(document: &Document) -> Vec<ObjectId> {
    let listed: Vec<ObjectId> = document.page_iter().take(MOST_PAGES + 1).collect();
    if !listed.is_empty() {
        return listed;
    }
    let is_page = |object: &Object| {
        let kind = object.as_dict().and_then(|page| page.get(b"Type"));
        kind.and_then(Object::as_name)
            .is_ok_and(|kind| kind == b"Page")
    };
    let pages = document
        .objects
        .iter()
        .filter(|(_, object)| is_page(object));
    pages.map(|(&id, _)| id).collect()
}

/// What the file says about itself.
fn about(document: &Document) -> Meta {
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
        tags: tags.filter(|tag| !tag.is_empty()).take(64).collect(),
        language: language.and_then(|value| language_code(&value)),
        ..Meta::default()
    }
}

/// An object, or the one it refers to.
fn resolved<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

/// The dictionary under a key, itself or referred to.
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

/// The words of a string object: UTF-16 with a mark, UTF-8 with one, else Latin.
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

/// Whether a title is one that somebody gave, and not the name of a file.
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

/// The time in `D:20260304083000+01'00'`.
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
