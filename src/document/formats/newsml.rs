//! NewsML-G2: news items, one or several per message, with their text in NITF, XHTML or neither.
//!
//! Items without text (pictures, packages of other items) are not articles.

use std::ops::ControlFlow;

use super::{html, nitf};
use crate::document::draft::Draft;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::structure::front_matter::language_code;
use crate::document::structure::head;
use crate::document::xml::{self, Element, Tree};
use crate::document::{BlockKind, Meta, dates};

/// Returns whether the bytes begin like NewsML-G2.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    xml::begins_with(bytes, &["newsMessage", "newsItem", "itemSet"])
}

/// Reads the news items of a file.
pub(super) fn read(source: &SourceFile<'_>, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    let (text, warnings) = xml::decode(source.bytes);
    let tree = Tree::read(&text);
    let mut done = 0;
    let mut items = tree
        .elements()
        .filter(|element| element.name() == "newsItem")
        .filter_map(|item| {
            // An item inside the text of another does not count.
            let set = item.child("contentSet").filter(|_| item.index() >= done)?;
            done = set.end();
            Some((item, content(set)?))
        })
        .peekable();
    while let Some((item, content)) = items.next() {
        let mut draft = article(item, content);
        draft.warnings.clone_from(&warnings);
        if tree.is_cut() && items.peek().is_none() {
            draft.warn(xml::DAMAGED);
        }
        sink.push(draft)?;
    }
    ControlFlow::Continue(())
}

/// Returns the text of an item, in the version with the most markup.
fn content<'a>(set: Element<'a>) -> Option<Element<'a>> {
    let has_words = |content: &Element<'a>| !content.text().trim().is_empty();
    let called = |name: &str| {
        let mut found = set.children().filter(|content| content.name() == name);
        found.find(has_words)
    };
    called("inlineXML").or_else(|| called("inlineData"))
}

fn article(item: Element<'_>, content: Element<'_>) -> Draft {
    let nitf = content.child("nitf");
    let mut draft = Draft::with_meta(meta(item, nitf.map(nitf::meta).unwrap_or_default()));
    draft.head();
    if let Some(nitf) = nitf {
        nitf::write_body(&mut draft, nitf);
        return draft;
    }
    if content.children().next().is_some() {
        let body = content.find("body").unwrap_or(content);
        html::fragment(&mut draft, &body.html(|element| Some(element.name())));
        return draft;
    }
    let text = content.text();
    if html::is_markup(&text) {
        html::fragment(&mut draft, &text);
    } else {
        draft.paragraphs(BlockKind::Paragraph, &text);
    }
    draft
}

/// Merges the metadata of an item with that of its text.
fn meta(item: Element<'_>, inner: Meta) -> Meta {
    let about = item.child("contentMeta");
    let delivered = item.child("itemMeta");
    let line = |parent: Option<Element<'_>>, name: &str| {
        let line = parent?.child(name)?.line();
        (!line.is_empty()).then_some(line)
    };
    let name_of = |parent: Option<Element<'_>>, name: &str| {
        let named = parent?.child(name)?;
        let name = named.child("name").map(|name| name.line());
        name.or_else(|| named.attribute("literal"))
            .filter(|name| !name.is_empty())
    };
    let date = |parent, name| dates::in_metadata(&line(parent, name)?);
    let tags = about
        .into_iter()
        .flat_map(|about| about.children())
        .filter_map(|tag| {
            let keyword = match tag.name() {
                "keyword" => tag.line(),
                "subject" => tag.child("name")?.line(),
                _ => return None,
            };
            (!keyword.is_empty()).then_some(keyword)
        });
    let tags: Vec<String> = tags.take(64).collect();
    let byline = line(about, "by").or_else(|| name_of(about, "creator"));
    let language = about.and_then(|about| about.child("language")?.attribute("tag"));
    Meta {
        title: line(about, "headline").unwrap_or(inner.title),
        byline: byline
            .map(|by| head::without_by(&by).to_owned())
            .or(inner.byline),
        published: date(about, "contentCreated")
            .or_else(|| date(delivered, "firstCreated"))
            .or_else(|| date(delivered, "versionCreated"))
            .or(inner.published),
        source: name_of(about, "infoSource")
            .or_else(|| line(about, "creditline"))
            .or_else(|| name_of(delivered, "provider"))
            .or_else(|| delivered?.child("provider")?.attribute("literal"))
            .or(inner.source),
        url: inner.url,
        day: None,
        id: item.attribute("guid").or(inner.id),
        tags: if tags.is_empty() { inner.tags } else { tags },
        language: language
            .or_else(|| item.attribute("lang"))
            .and_then(|value| language_code(&value))
            .or(inner.language),
        dateline: None,
    }
}

#[cfg(test)]
#[cfg(feature = "html")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::tests::articles;

    const NEWSML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-03-04T09:00:00Z</sent></header><itemSet>
<packageItem guid="tag:p"><contentMeta><headline>Package</headline></contentMeta></packageItem>
<newsItem guid="tag:coast.example,2026:1" version="2" xml:lang="en-GB">
 <itemMeta><itemClass qcode="ninat:text"/><provider literal="CP"><name>Coast Press</name></provider>
  <versionCreated>2026-03-04T08:45:00Z</versionCreated><firstCreated>2026-03-04T08:30:00Z</firstCreated></itemMeta>
 <contentMeta><located><name>Port Selene</name></located><language tag="en"/><subject><name>Ports</name></subject>
  <slugline>HARBOR</slugline><headline>Harbor talks end</headline><by>By Ana Ruiz</by></contentMeta>
 <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head>
  <body><p>PORT SELENE, March 4 (CP) — Ministers left.</p><blockquote><p>It is over.</p></blockquote></body></html></inlineXML></contentSet>
</newsItem>
<newsItem guid="tag:coast.example,2026:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
 <contentMeta><headline>The quay</headline></contentMeta><contentSet><remoteContent href="a.jpg"/></contentSet></newsItem>
<newsItem guid="tag:coast.example,2026:3"><contentMeta><headline>Port fees rise</headline></contentMeta>
 <contentSet><inlineXML contenttype="application/nitf+xml"><nitf><head><docdata><date.issue norm="20260305T100000Z"/></docdata></head><body><body.head><hedline><hl1>Other</hl1></hedline><byline>By Bo Lind</byline><dateline><location>PARIS</location></dateline></body.head><body.content><p>Fees rise.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>
<newsItem guid="4"><contentMeta><headline>Plain</headline></contentMeta><contentSet><inlineData contenttype="text/plain">One.

Two.</inlineData></contentSet></newsItem>
</itemSet></newsMessage>"#;

    #[test]
    fn every_item_with_a_text_is_an_article() {
        let items = articles(NEWSML.as_bytes(), "a.xml");
        let titles: Vec<_> = items.iter().map(|item| item.meta.title.as_str()).collect();
        assert_eq!(titles, ["Harbor talks end", "Port fees rise", "Plain"]);
        let meta = &items[0].meta;
        assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"));
        assert_eq!(
            meta.published.unwrap().when.to_string(),
            "2026-03-04T08:30:00"
        );
        assert_eq!(meta.source.as_deref(), Some("Coast Press"));
        assert_eq!(meta.id.as_deref(), Some("tag:coast.example,2026:1"));
        assert_eq!(meta.tags, ["Ports"]);
        assert_eq!(meta.language.as_deref(), Some("en"));
        assert_eq!(
            meta.dateline.unwrap().of(&items[0].text),
            "PORT SELENE, March 4 (CP)"
        );
    }

    #[test]
    fn text_in_xhtml_nitf_and_without_markup_is_read() {
        let items = articles(NEWSML.as_bytes(), "a.newsml");
        assert_eq!(items[0].blocks.last().unwrap().kind, BlockKind::BlockQuote);
        assert!(!items[0].text.contains("no\n"));
        assert_eq!(items[1].meta.byline.as_deref(), Some("Bo Lind"));
        assert!(items[1].text.ends_with("PARIS — Fees rise."));
        assert_eq!(
            items[1].meta.published.unwrap().when.date().to_string(),
            "2026-03-05"
        );
        assert!(items[2].text.ends_with("One.\n\nTwo."));
    }

    #[test]
    fn one_item_without_a_message_is_an_article_too() {
        let start = NEWSML.find("<newsItem guid=\"4\"").unwrap();
        let end = NEWSML.find("</itemSet>").unwrap();
        assert_eq!(
            articles(&NEWSML.as_bytes()[start..end], "a.xml")[0]
                .meta
                .title,
            "Plain"
        );
    }

    proptest! {
        #[test]
        fn damage_is_survived(cut in 0usize..3000, at in 0usize..3000, byte: u8) {
            let mut bytes = NEWSML.as_bytes().to_vec();
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut % bytes.len());
            articles(&bytes, "a.newsml");
        }
    }
}
