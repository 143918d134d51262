//! EPUB: books and magazines, in which every chapter is an article.
//!
//! Magazines made for e-book readers have one article per chapter, as do exports of services that save
//! articles. Covers, tables of contents and pages of nothing but links are dropped. If one chapter
//! remains, the book is the article.

use std::ops::ControlFlow;

use super::html;
use crate::document::archive::{self, Archive};
use crate::document::draft::Draft;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::strings::{file_name, up_to};
use crate::document::structure::front_matter::language_code;
use crate::document::xml::{self, Element, Tree};
use crate::document::{InlineKind, Meta, dates};

/// The most chapters of a book.
const MOST_CHAPTERS: usize = 20_000;
/// The most authors, and the most keywords, of a book.
const MOST_VALUES: usize = 64;
/// The largest share of the text of an article that may be links, in tenths.
const MOST_LINKED: usize = 6;
/// The most pages that a book lists as outside its text.
const MOST_APART: usize = 64;
/// Names of files and roles without an article.
const NO_ARTICLES: &[&str] = &[
    "cover",
    "toc",
    "nav",
    "titlepage",
    "title-page",
    "title_page",
    "title",
    "copyright",
    "contents",
    "colophon",
];
/// Programs that put their own name as the author.
const PROGRAMS: &[&str] = &["calibre", "wallabag", "unknown", "unbekannt"];

/// Returns whether the bytes begin like an EPUB book.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    archive::is_of(bytes, b"mimetypeapplication/epub+zip")
}

/// Reads the chapters of a book.
pub(super) fn read(source: &SourceFile<'_>, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    let Some(mut archive) = Archive::open(source.bytes) else {
        return ControlFlow::Continue(());
    };
    let book = Book::open(&mut archive);
    let mut chapters = book.chapters.iter().filter_map(|path| {
        let bytes = archive.read(path)?;
        chapter(&bytes, &book, path)
    });
    let Some(mut waiting) = chapters.next() else {
        return ControlFlow::Continue(());
    };
    let mut is_only = true;
    for next in chapters {
        is_only = false;
        sink.push(std::mem::replace(&mut waiting, next))?;
    }
    if is_only {
        let of_book = &book.meta;
        let title = Some(&of_book.title).filter(|title| !title.is_empty());
        if let Some(title) = title {
            waiting.meta.title.clone_from(title);
        }
        waiting.meta.source.clone_from(&book.publisher);
    }
    if book.is_damaged {
        waiting.warn(xml::DAMAGED);
    }
    sink.push(waiting)
}

/// The metadata and the chapters of a book.
#[derive(Debug, Default)]
struct Book {
    meta: Meta,
    publisher: Option<String>,
    /// The paths of its chapters, in reading order.
    chapters: Vec<String>,
    is_damaged: bool,
}

impl Book {
    fn open(archive: &mut Archive<'_>) -> Self {
        let is_damaged = archive.is_damaged();
        let names = archive.names();
        let package = package_path(archive, &names);
        let text = match &package {
            Some(path) => xml::decode_file(archive, path),
            None => String::new(),
        };
        let tree = Tree::read(&text);
        let folder = match package.as_deref().and_then(|path| path.rsplit_once('/')) {
            Some((folder, _)) => folder,
            None => "",
        };
        let (mut book, mut chapters) = match tree.root() {
            Some(root) => (metadata(root), spine(root, folder)),
            None => (Book::default(), Vec::new()),
        };
        if chapters.is_empty() {
            // Without a list of chapters, every page is one.
            chapters = names
                .into_iter()
                .filter(|name| is_page(name) && !is_outside_text(name))
                .collect();
        }
        chapters.truncate(MOST_CHAPTERS);
        book.chapters = chapters;
        book.is_damaged = is_damaged || tree.is_cut();
        book
    }
}

/// Returns the path of the package document of a book.
fn package_path(archive: &mut Archive<'_>, names: &[String]) -> Option<String> {
    let text = xml::decode_file(archive, "META-INF/container.xml");
    let tree = Tree::read(&text);
    let mut roots = tree
        .elements()
        .filter(|element| element.name() == "rootfile");
    let chosen = roots
        .find_map(|root| root.attribute("full-path"))
        .filter(|path| names.contains(path));
    chosen.or_else(|| {
        let is_package = |name: &&String| name.to_lowercase().ends_with(".opf");
        names.iter().find(is_package).cloned()
    })
}

/// Returns the paths of the chapters in the spine, except those without an article.
fn spine(package: Element<'_>, folder: &str) -> Vec<String> {
    let manifest: std::collections::BTreeMap<String, Element<'_>> = package
        .descendants()
        .filter(|element| element.name() == "item")
        .filter_map(|item| Some((item.attribute("id")?, item)))
        .collect();
    let apart: Vec<String> = package
        .descendants()
        .filter(|element| element.name() == "reference")
        .filter(|reference| {
            let role = reference.attribute("type");
            matches!(role, Some(role) if NO_ARTICLES.contains(&role.as_str()))
        })
        .filter_map(|reference| Some(resolved(folder, &reference.attribute("href")?)))
        .take(MOST_APART)
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    let chapter = |reference: Element<'_>| {
        let item = manifest.get(&reference.attribute("idref")?)?;
        let properties = item.attribute("properties");
        let is_contents = matches!(properties, Some(properties) if properties.contains("nav"));
        let path = resolved(folder, &item.attribute("href")?);
        let is_marked_up = match item.attribute("media-type") {
            Some(kind) if !kind.is_empty() => kind.contains("html"),
            _ => is_page(&path),
        };
        let is_chapter =
            is_marked_up && !is_contents && !is_outside_text(&path) && !apart.contains(&path);
        is_chapter.then_some(path)
    };
    let references = package
        .descendants()
        .filter(|element| element.name() == "itemref");
    references
        .take(MOST_CHAPTERS)
        .filter_map(chapter)
        .filter(|path| seen.insert(path.clone()))
        .collect()
}

fn is_page(path: &str) -> bool {
    matches!(path.rsplit_once('.'), Some((_, "xhtml" | "html" | "htm")))
}

/// Returns whether a file is no chapter, by its name.
fn is_outside_text(path: &str) -> bool {
    let name = file_name(path).to_lowercase();
    NO_ARTICLES.contains(&up_to(&name, &['.']))
}

/// Resolves an address in the book, which may be relative, escaped and have a fragment.
fn resolved(folder: &str, address: &str) -> String {
    let path = percent_decoded(up_to(address, &['#']));
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| byte == b'%');
        let escaped = digits
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        if let Some(byte) = escaped {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn metadata(package: Element<'_>) -> Book {
    let all = |name: &str| -> Vec<String> {
        let found = package
            .descendants()
            .filter(|element| element.name() == name && element.prefix() == "dc");
        let lines = found.map(|element| element.line());
        lines
            .filter(|line| !line.is_empty())
            .take(MOST_VALUES)
            .collect()
    };
    let one = |name: &str| all(name).into_iter().next();
    let is_person = |name: &String| !PROGRAMS.contains(&name.to_lowercase().as_str());
    let authors: Vec<String> = all("creator").into_iter().filter(is_person).collect();
    let authors = authors.join(", ");
    let title = one("title").unwrap_or_default();
    let meta = Meta {
        source: Some(title.clone()).filter(|title| !title.is_empty()),
        title,
        byline: Some(authors).filter(|authors| !authors.is_empty()),
        published: one("date").and_then(|date| dates::in_metadata(&date)),
        id: one("identifier"),
        tags: all("subject"),
        language: one("language").and_then(|value| language_code(&value)),
        ..Meta::default()
    };
    Book {
        meta,
        publisher: one("publisher"),
        ..Book::default()
    }
}

/// Converts a chapter to an article; returns `None` if it has no text but links.
fn chapter(bytes: &[u8], book: &Book, path: &str) -> Option<Draft> {
    let (text, warnings) = xml::decode(bytes);
    let tree = Tree::read(&text);
    let root = tree.root()?;
    let body = tree
        .elements()
        .find(|element| element.name() == "body")
        .unwrap_or(root);
    let mut draft = Draft::with_meta(Meta {
        title: title(root, body).unwrap_or_default(),
        id: Some(format!(
            "{}#{path}",
            book.meta.id.as_deref().unwrap_or_default()
        )),
        ..book.meta.clone()
    });
    draft.warnings = warnings;
    html::fragment(&mut draft, &body.html(html_name));
    is_article(&draft).then_some(draft)
}

/// Returns the headline of a chapter: its first heading, or else the title in its head.
fn title(root: Element<'_>, body: Element<'_>) -> Option<String> {
    let heading = body
        .descendants()
        .find(|element| matches!(element.name(), "h1" | "h2" | "h3"));
    let named = || root.find("head")?.child("title");
    let line = heading.or_else(named)?.line();
    (!line.is_empty()).then_some(line)
}

/// Returns the HTML name of an element. Bars with links to other chapters are dropped.
fn html_name<'a>(element: &Element<'a>) -> Option<&'a str> {
    let is_bar =
        |name: &str| matches!(element.attribute(name), Some(value) if value.contains("navbar"));
    let is_unseen =
        matches!(element.name(), "nav" | "script" | "style") || is_bar("class") || is_bar("id");
    (!is_unseen).then_some(element.name())
}

/// Returns whether an article is more than a list of links or a picture.
fn is_article(draft: &Draft) -> bool {
    let linked = draft
        .inlines()
        .iter()
        .filter(|inline| matches!(inline.kind, InlineKind::Link(_)));
    let n_linked: usize = linked.map(|inline| inline.span.len() as usize).sum();
    let n_bytes = draft.len();
    let has_words = draft.text().split_whitespace().nth(FEWEST_WORDS).is_some();
    has_words && n_linked * 10 < n_bytes * MOST_LINKED
}

/// A page with fewer words is a picture, a dedication, or the title of a part.
const FEWEST_WORDS: usize = 12;

#[cfg(test)]
#[cfg(feature = "html")]
mod tests;
