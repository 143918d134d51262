//! Feeds in RSS, RDF Site Summary and Atom: every item is an article.
//!
//! Feed readers tolerate many errors, so feeds contain many: undeclared prefixes, elements of other
//! versions, text that is escaped twice. So elements are matched by name, in the order of tables, and
//! the text itself shows whether it is HTML.

use std::ops::ControlFlow;

use super::html;
use crate::document::draft::Draft;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::strings::up_to;
use crate::document::structure::front_matter::language_code;
use crate::document::xml::{self, Element, Tree};
use crate::document::{BlockKind, Meta, Published, dates};

/// Names of the root element of a feed. Wallabag writes a list of entries in a format of its own.
const ROOTS: &[&str] = &["rss", "RDF", "feed", "channel", "result", "wallabag"];
/// Names of an item.
const ITEMS: &[&str] = &["item", "entry"];

// The names of the parts of an item, best first. A name without a prefix belongs to the feed format.
const TITLE: &[&str] = &["title", "dc:title", "media:title"];
const BODY: &[&str] = &[
    "content:encoded",
    "content",
    "xhtml:body",
    "body",
    "description",
    "summary",
    "dc:description",
    "itunes:summary",
    "media:description",
    "media:group",
];
const AUTHOR: &[&str] = &["dc:creator", "author", "itunes:author", "creator"];
const DATE: &[&str] = &[
    "pubDate",
    "published",
    "issued",
    "published_at",
    "dc:date",
    "dcterms:created",
    "date",
    "created",
    "created_at",
    "updated",
    "modified",
    "dcterms:modified",
    "updated_at",
];
const LINK: &[&str] = &["feedburner:origLink", "link", "url"];
const ID: &[&str] = &["guid", "id", "dc:identifier"];
const TAG: &[&str] = &["category", "dc:subject", "tag"];
const LANGUAGE: &[&str] = &["dc:language", "language"];
const SOURCE: &[&str] = &["source", "dc:publisher", "domain_name"];

/// Returns whether the bytes begin like a feed.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    xml::begins_with(bytes, ROOTS)
}

/// Reads the items of a feed.
pub(super) fn read(source: &SourceFile<'_>, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    let (text, warnings) = xml::decode(source.bytes);
    let tree = Tree::read(&text);
    let channel = channel(&tree);
    let mut items = items(&tree).peekable();
    while let Some(item) = items.next() {
        if line(item, TITLE).is_some() && sink.skips_next() {
            continue;
        }
        let mut draft = article(item, &channel);
        draft.warnings.splice(0..0, warnings.iter().cloned());
        if tree.is_cut() && items.peek().is_none() {
            draft.warn(xml::DAMAGED);
        }
        if draft.len() > 0 {
            sink.push(draft)?;
        }
    }
    ControlFlow::Continue(())
}

/// Returns the items of a feed. After an item that is never closed, the next one is nested in it; but
/// no item is part of the text of another.
fn items<'a>(tree: &'a Tree<'a>) -> impl Iterator<Item = Element<'a>> {
    let is_item = |element: &Element<'_>| ITEMS.contains(&element.name());
    let mut taken = 0;
    tree.elements().filter(is_item).filter(move |item| {
        let is_new = item.index() >= taken;
        let parts = item.children().filter(|part| !is_item(part));
        taken = parts.map(|part| part.end()).fold(taken, usize::max);
        is_new
    })
}

/// Returns what a feed says about all its items.
fn channel(tree: &Tree<'_>) -> Meta {
    let Some(root) = tree.root() else {
        return Meta::default();
    };
    let channel = root.child("channel").unwrap_or(root);
    let is_own = ROOTS.contains(&channel.name());
    let title = line(channel, TITLE).filter(|_| is_own);
    let authors = authors(channel);
    let language = language(channel).or_else(|| language(root));
    Meta {
        source: title,
        byline: authors,
        language,
        ..Meta::default()
    }
}

/// Converts an item to an article.
fn article(item: Element<'_>, channel: &Meta) -> Draft {
    let link = link(item);
    let mut draft = Draft::with_meta(Meta {
        title: line(item, TITLE).unwrap_or_default(),
        byline: authors(item).or_else(|| channel.byline.clone()),
        published: published(item),
        source: source(item).or_else(|| channel.source.clone()),
        id: line(item, ID)
            .or_else(|| item.attribute("about"))
            .or_else(|| link.clone()),
        url: link,
        tags: tags(item),
        language: language(item).or_else(|| channel.language.clone()),
        ..Meta::default()
    });
    draft.head();
    if let Some(body) = fields(item, BODY).find(|body| !body.text().trim().is_empty()) {
        write(&mut draft, body);
    }
    draft
}

/// Writes text that may be XML, escaped HTML or plain.
fn write(draft: &mut Draft, body: Element<'_>) {
    if body.children().next().is_some() {
        html::fragment(draft, &body.html(|element| Some(element.name())));
        return;
    }
    let text = body.text();
    if html::is_markup(&text) && body.attribute("type").as_deref() != Some("text") {
        html::fragment(draft, &text);
    } else {
        draft.paragraphs(BlockKind::Paragraph, &text);
    }
}

/// Returns the child elements with these names, in the order of the names.
fn fields<'a>(item: Element<'a>, names: &[&str]) -> impl Iterator<Item = Element<'a>> {
    let own = item.prefix();
    names.iter().flat_map(move |name| {
        let (prefix, name) = name.split_once(':').unwrap_or((own, name));
        let is_it = move |element: &Element<'_>| {
            element.prefix() == prefix && element.name().eq_ignore_ascii_case(name)
        };
        item.children().filter(is_it).collect::<Vec<_>>()
    })
}

/// Returns the first field that has words, as one line.
fn line(item: Element<'_>, names: &[&str]) -> Option<String> {
    let lines = fields(item, names).map(line_of);
    lines.into_iter().find(|line| !line.is_empty())
}

/// Returns the text of an element as one line, HTML or not.
fn line_of(element: Element<'_>) -> String {
    let line = element.line();
    if html::is_markup(&line) {
        html::line(&line)
    } else {
        line
    }
}

/// Returns the authors of an item, such as `Ana Ruiz` in `desk@example.org (Ana Ruiz)`.
fn authors(item: Element<'_>) -> Option<String> {
    let mut authors: Vec<String> = Vec::new();
    for name in AUTHOR {
        for author in fields(item, &[name]) {
            let name = author.child("name").unwrap_or(author);
            let name = person_name(&line_of(name));
            if !name.is_empty() && authors.len() < MOST_NAMES && !authors.contains(&name) {
                authors.push(name);
            }
        }
        if !authors.is_empty() {
            break;
        }
    }
    (!authors.is_empty()).then(|| authors.join(", "))
}

/// Returns the name in `desk@example.org (Ana Ruiz)` and `Ana Ruiz <desk@example.org>`; empty for a
/// bare address.
fn person_name(author: &str) -> String {
    let name = match author.split_once('(') {
        Some((before, rest)) if before.contains('@') => rest.trim_end().trim_end_matches(')'),
        _ => up_to(author, &['<']),
    };
    let name = name.trim();
    let is_address = name.contains('@') && !name.contains(' ');
    let name = if is_address { "" } else { name };
    crate::document::structure::head::without_by(name).to_owned()
}

fn published(item: Element<'_>) -> Option<Published> {
    let mut dates = fields(item, DATE).filter_map(|date| dates::in_metadata(&date.line()));
    dates.next()
}

/// Returns the address of an item: its link, or its identifier if that is an address.
fn link(item: Element<'_>) -> Option<String> {
    let is_address = |link: &String| link.starts_with("http://") || link.starts_with("https://");
    let is_page = |link: &Element<'_>| {
        link.attribute("rel")
            .is_none_or(|relation| relation == "alternate")
    };
    let address = |link: Element<'_>| link.attribute("href").unwrap_or_else(|| link.line());
    let mut links = fields(item, LINK).filter(is_page).map(address);
    links
        .find(is_address)
        .or_else(|| line(item, ID).filter(is_address))
}

fn source(item: Element<'_>) -> Option<String> {
    let source = fields(item, SOURCE).next()?;
    let name = line_of(source.child("title").unwrap_or(source));
    (!name.is_empty() && !name.starts_with("http")).then_some(name)
}

fn tags(item: Element<'_>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in fields(item, TAG) {
        let label = tag.attribute("label").or_else(|| tag.attribute("term"));
        let tag = label.unwrap_or_else(|| line_of(tag));
        if !tag.is_empty() && tags.len() < MOST_NAMES && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// The most keywords or authors of an item.
const MOST_NAMES: usize = 64;

fn language(element: Element<'_>) -> Option<String> {
    let said = element
        .attribute("lang")
        .or_else(|| line(element, LANGUAGE))?;
    language_code(&said)
}

#[cfg(test)]
#[cfg(feature = "html")]
mod tests;
