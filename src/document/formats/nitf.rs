//! NITF, the XML in which agencies deliver news: one article per file, or inside other news files.

use std::ops::ControlFlow;

use super::html;
use crate::document::draft::Draft;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::strings::up_to;
use crate::document::structure::front_matter::language_code;
use crate::document::structure::head;
use crate::document::xml::{self, Element, Tree};
use crate::document::{BlockKind, Meta, dates};
use crate::text::Span;
use crate::text::span::{beginning, slice, split};

/// The HTML names of elements; those not listed keep their own.
const HTML_NAMES: &[(&str, &str)] = &[
    ("hl1", "h2"),
    ("hl2", "h3"),
    ("bq", "blockquote"),
    ("block", "div"),
    ("credit", "p"),
    ("media", "figure"),
    ("media-caption", "figcaption"),
    ("nitf-table", "table"),
    ("fn", "p"),
    ("tagline", "p"),
    ("lang", "span"),
    ("person", "span"),
    ("org", "span"),
    ("location", "span"),
    ("city", "span"),
    ("country", "span"),
    ("event", "span"),
    ("function", "span"),
    ("money", "span"),
    ("num", "span"),
    ("chron", "span"),
    ("pronoun", "span"),
    ("object.title", "span"),
    ("virtloc", "span"),
    ("postaddr", "p"),
];

/// Elements that readers do not see.
const UNSEEN: &[&str] = &[
    "media-reference",
    "media-metadata",
    "media-producer",
    "media-object",
    "nitf-table-metadata",
    "alt-code",
    "custom-table",
];

/// How many bytes below the headline are searched for the dateline.
const DATELINE_WITHIN: usize = 4000;
/// The most paragraphs under pictures before the text begins.
const MOST_PICTURES: usize = 16;

/// Returns whether the bytes begin like NITF.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    xml::begins_with(bytes, &["nitf"])
}

/// Reads the article of a file.
pub(super) fn read(source: &SourceFile<'_>, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    let (text, warnings) = xml::decode(source.bytes);
    let tree = Tree::read(&text);
    let Some(nitf) = tree.elements().find(|element| element.name() == "nitf") else {
        return ControlFlow::Continue(());
    };
    let mut draft = Draft::with_meta(meta(nitf));
    draft.warnings = warnings;
    if tree.is_cut() {
        draft.warn(xml::DAMAGED);
    }
    draft.head();
    write_body(&mut draft, nitf);
    sink.push(draft)
}

/// Reads the metadata of an article.
pub(super) fn meta(nitf: Element<'_>) -> Meta {
    let line = |name: &str| {
        let line = nitf.find(name).map(|element| element.line());
        line.filter(|line| !line.is_empty())
    };
    let norm = |name: &str| nitf.find(name)?.attribute("norm");
    let attribute = |element: &str, name: &str| nitf.find(element)?.attribute(name);
    let published = [
        norm("date.issue"),
        attribute("pubdata", "date.publication"),
        norm("date.release"),
        norm("story.date"),
        line("story.date"),
    ];
    let keywords = nitf
        .descendants()
        .filter(|element| element.name() == "keyword");
    let byline = line("byline").map(|byline| head::without_by(&byline).to_owned());
    Meta {
        title: line("hl1")
            .or_else(|| line("hedline"))
            .or_else(|| line("title"))
            .unwrap_or_default(),
        byline,
        published: published
            .into_iter()
            .flatten()
            .find_map(|date| dates::in_metadata(&date)),
        source: line("distributor")
            .or_else(|| attribute("pubdata", "name"))
            .or_else(|| attribute("doc.copyright", "holder")),
        url: attribute("pubdata", "ex-ref").filter(|url| url.starts_with("http")),
        id: attribute("doc-id", "id-string"),
        tags: keywords
            .filter_map(|keyword| keyword.attribute("key"))
            .collect(),
        language: nitf
            .attribute("lang")
            .and_then(|value| language_code(&value)),
        ..Meta::default()
    }
}

/// Writes the text of an article below its headline.
pub(super) fn write_body(draft: &mut Draft, nitf: Element<'_>) {
    if let Some(deck) = nitf.find("hl2").filter(|_| nitf.find("hl1").is_some()) {
        let in_head = nitf.find("hedline").and_then(|hedline| hedline.find("hl2"));
        if in_head.is_some() {
            draft.block(BlockKind::Paragraph, &deck.line());
        }
    }
    let Some(content) = nitf.find("body.content") else {
        if let Some(body) = nitf.find("body") {
            html::fragment(draft, &body.html(html_name));
        }
        return;
    };
    let before = draft.len();
    html::fragment(draft, &dated(&content.html(html_name), nitf));
    mark_dateline(draft, nitf, before);
    if let Some(line) = nitf.find("body.end").and_then(|end| end.find("tagline")) {
        draft.block(BlockKind::Trailing, &line.line());
    }
}

fn html_name<'a>(element: &Element<'a>) -> Option<&'a str> {
    let name = element.name();
    if UNSEEN.contains(&name) {
        return None;
    }
    let known = HTML_NAMES.iter().find(|(nitf, _)| *nitf == name);
    match known {
        Some((_, html)) => Some(html),
        None => Some(name),
    }
}

fn dateline(nitf: Element<'_>) -> Option<String> {
    let line = nitf.find("dateline")?.line();
    let line = line.trim_end_matches([' ', '-', '–', '—']).to_owned();
    (!line.is_empty()).then_some(line)
}

/// Inserts the dateline before the first words, unless the text begins with it.
fn dated(html: &str, nitf: Element<'_>) -> String {
    let Some(line) = dateline(nitf) else {
        return html.to_owned();
    };
    let Some((before, words)) = split_before_words(html) else {
        return html.to_owned();
    };
    let place = up_to(&line, &[',', ' ']);
    if words
        .trim_start()
        .to_lowercase()
        .starts_with(&place.to_lowercase())
    {
        return html.to_owned();
    }
    let line = quick_xml::escape::minimal_escape(&line);
    format!("{before}{line} — {words}")
}

/// Splits the text at the beginning of the first paragraph outside pictures.
fn split_before_words(html: &str) -> Option<(&str, &str)> {
    let is_outside = |at: &usize| {
        let before = slice(html, ..*at);
        before.matches("<figure").count() == before.matches("</figure").count()
    };
    let paragraphs = ["<p>", "<p "].map(|tag| {
        let starts = html.match_indices(tag).map(|(at, _)| at);
        starts.take(MOST_PICTURES).find(is_outside)
    });
    let start = paragraphs.into_iter().flatten().min()?;
    let end = start + slice(html, start..).find('>')? + 1;
    Some(split(html, end))
}

/// Records the span of the dateline, if it was written.
fn mark_dateline(draft: &mut Draft, nitf: Element<'_>, from: usize) {
    let Some(line) = dateline(nitf) else { return };
    let window = match draft.text().get(from..) {
        Some(text) => beginning(text, DATELINE_WITHIN),
        None => "",
    };
    let found = window.find(&format!("{line} — "));
    draft.meta.dateline = found.map(|at| Span::from_usize(from + at, from + at + line.len()));
}

#[cfg(test)]
#[cfg(feature = "html")]
mod tests {
    use proptest::prelude::*;

    use crate::document::tests::articles;
    use crate::document::{BlockKind, NO_ARTICLE, read};

    const NITF: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf xml:lang="en-US">
 <head><title>Harbor</title>
  <docdata><doc-id id-string="CP.2026.17"/><date.issue norm="20260304T083000Z"/>
   <key-list><keyword key="ports"/><keyword key="trade"/></key-list><doc.copyright holder="Coast Press" year="2026"/></docdata>
  <pubdata name="Coast Daily" date.publication="20260305"/></head>
 <body><body.head>
   <hedline><hl1>Harbor talks end</hl1><hl2>Ministers leave without a word</hl2></hedline>
   <byline>By <person>Ana Ruiz</person><byttl>Coast Press Writer</byttl></byline>
   <dateline><location>PORT SELENE</location>, <story.date norm="20260304">March 4</story.date></dateline></body.head>
  <body.content>
   <media media-type="image"><media-reference source="a.jpg" alternate-text="x"/><media-caption><p>The quay.</p></media-caption><media-producer>Bo</media-producer></media>
   <block><p lede="true"><org>Ministers</org> left on <chron norm="20260304">Wednesday</chron>.</p>
   <hl2>What was said</hl2>
   <bq><block><p>It is over.</p></block><credit>Harbor master</credit></bq>
   <ul><li>One</li><li>Two</li></ul></block>
  </body.content>
  <body.end><tagline>Ana Ruiz writes from Port Selene.</tagline></body.end>
 </body></nitf>"#;

    #[test]
    fn the_head_of_an_article_is_read() {
        let article = read(NITF.into(), "a.xml").value;
        let meta = &article.meta;
        assert_eq!(meta.title, "Harbor talks end");
        assert!(meta.byline.as_deref().unwrap().starts_with("Ana Ruiz"));
        assert_eq!(
            meta.published.unwrap().when.to_string(),
            "2026-03-04T08:30:00"
        );
        assert_eq!(meta.source.as_deref(), Some("Coast Daily"));
        assert_eq!(meta.id.as_deref(), Some("CP.2026.17"));
        assert_eq!(meta.tags, ["ports", "trade"]);
        assert_eq!(meta.language.as_deref(), Some("en"));
        assert_eq!(
            meta.dateline.unwrap().of(&article.text),
            "PORT SELENE, March 4"
        );
    }

    #[test]
    fn the_body_keeps_its_parts() {
        let article = read(NITF.into(), "a.nitf").value;
        let of = |kind: BlockKind| {
            let blocks = article
                .blocks
                .iter()
                .filter(move |block| block.kind == kind);
            blocks
                .map(|block| block.span.of(&article.text))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(BlockKind::Caption), ["The quay."]);
        assert_eq!(of(BlockKind::BlockQuote)[0], "It is over.");
        assert_eq!(of(BlockKind::Heading(3)), ["What was said"]);
        assert_eq!(of(BlockKind::ListItem(0)), ["One", "Two"]);
        assert_eq!(
            of(BlockKind::Trailing),
            ["Ana Ruiz writes from Port Selene."]
        );
        let first = "PORT SELENE, March 4 — Ministers left on Wednesday.";
        assert_eq!(
            of(BlockKind::Paragraph)[..2],
            ["Ministers leave without a word", first]
        );
        assert!(!article.text.contains("Bo\n"));
    }

    #[test]
    fn an_article_that_breaks_off_is_read_with_a_warning() {
        let cut = NITF.split_at(NITF.find("It is over").unwrap() + 5).0;
        let article = read(cut.into(), "a.xml");
        assert!(article.value.text.ends_with("It is"));
        assert_eq!(article.warnings.len(), 1);
    }

    #[test]
    fn other_xml_under_its_name_holds_no_article() {
        assert_eq!(
            read("<a>b</a>".into(), "a.nitf").problem(),
            Some(NO_ARTICLE)
        );
    }

    proptest! {
        #[test]
        fn damage_is_survived(cut in 0usize..2000, at in 0usize..2000, byte: u8) {
            let mut bytes = NITF.as_bytes().to_vec();
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut % bytes.len());
            articles(&bytes, "a.nitf");
        }
    }
}
