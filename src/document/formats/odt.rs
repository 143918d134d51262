//! ODT, the documents of `LibreOffice`: close to HTML under other names.

use std::ops::ControlFlow;

use super::html;
use crate::document::archive::{self, Archive};
use crate::document::draft::Draft;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::xml::{self, Element, Tree};

/// Returns whether the bytes begin like an ODT document.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    archive::is_of(bytes, b"mimetypeapplication/vnd.oasis.opendocument.text")
}

/// Reads a document.
pub(super) fn read(source: &SourceFile<'_>, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    let Some(mut archive) = Archive::open(source.bytes) else {
        return ControlFlow::Continue(());
    };
    let Some(content) = archive.read("content.xml") else {
        return ControlFlow::Continue(());
    };
    let about = xml::decode_file(&mut archive, "meta.xml");
    let mut draft = Draft::with_meta(xml::dublin_core(&Tree::read(&about)));
    let (text, _) = xml::decode(&content);
    let tree = Tree::read(&text);
    let mut bodies = tree.elements().filter(|element| element.name() == "body");
    if let Some(body) = bodies.next() {
        let html = body.html(html_name).replace("xlink:href=", "href=");
        html::fragment(&mut draft, &html);
    }
    if archive.is_damaged() || tree.is_cut() {
        draft.warn(xml::DAMAGED);
    }
    sink.push(draft)
}

/// Returns the HTML name of an element, or `None` if it is not part of the text.
fn html_name<'a>(element: &Element<'a>) -> Option<&'a str> {
    let style = || element.attribute("style-name").unwrap_or_default();
    match element.name() {
        "h" => Some(match element.attribute("outline-level").as_deref() {
            Some("1") | None => "h1",
            Some("2") => "h2",
            Some("3") => "h3",
            _ => "h4",
        }),
        "p" => Some(match style().as_str() {
            "Title" => "h1",
            "Subtitle" => "h2",
            "Quotations" => "blockquote",
            _ => "p",
        }),
        "list" => Some("ul"),
        "list-item" => Some("li"),
        "a" => Some("a"),
        "line-break" => Some("br"),
        "table" => Some("table"),
        "table-row" => Some("tr"),
        "table-cell" => Some("td"),
        "tracked-changes" | "sequence-decls" | "forms" | "annotation" | "note"
        | "variable-decls" | "bookmark" => None,
        _ => Some("span"),
    }
}

#[cfg(test)]
#[cfg(feature = "html")]
mod tests {
    use proptest::prelude::*;

    use crate::document::archive::zipped;
    use crate::document::tests::articles;
    use crate::document::{BlockKind, InlineKind};

    const CONTENT: &str = r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:xlink="x"><office:automatic-styles/><office:body><office:text><text:sequence-decls><text:p>no</text:p></text:sequence-decls>
<text:p text:style-name="Title">Harbor talks end</text:p><text:p text:style-name="P1">Ministers left <text:a xlink:type="simple" xlink:href="https://coast.example/">Port <text:span text:style-name="T1">Selene</text:span></text:a> on<text:s/> Wednesday.</text:p>
<text:h text:outline-level="2">What was said</text:h><text:p text:style-name="Quotations">It is over.</text:p>
<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list></office:text></office:body></office:document-content>"#;
    const META: &str = r#"<office:document-meta xmlns:meta="m" xmlns:dc="d"><office:meta><dc:title>Harbor talks end</dc:title><meta:initial-creator>Ana Ruiz</meta:initial-creator><meta:creation-date>2026-03-04T08:30:00.5</meta:creation-date><dc:language>en-GB</dc:language></office:meta></office:document-meta>"#;

    fn document() -> Vec<u8> {
        zipped(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", CONTENT),
            ("meta.xml", META),
        ])
    }

    #[test]
    fn a_document_keeps_its_paragraphs_and_links() {
        for name in ["a.odt", "a"] {
            let article = articles(&document(), name).remove(0);
            let blocks: Vec<_> = article
                .blocks
                .iter()
                .map(|block| (block.kind, block.span.of(&article.text)))
                .collect();
            assert_eq!(
                blocks,
                [
                    (BlockKind::Title, "Harbor talks end"),
                    (
                        BlockKind::Paragraph,
                        "Ministers left Port Selene on Wednesday."
                    ),
                    (BlockKind::Heading(2), "What was said"),
                    (BlockKind::BlockQuote, "It is over."),
                    (BlockKind::ListItem(0), "One"),
                ]
            );
            assert_eq!(
                article.inlines[0].kind,
                InlineKind::Link("https://coast.example/".into())
            );
            assert_eq!(article.meta.byline.as_deref(), Some("Ana Ruiz"));
            assert!(article.meta.published.unwrap().has_time);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn damage_is_survived(cut in 0usize..2000, at in 0usize..2000, byte: u8) {
            let mut bytes = document();
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut % bytes.len());
            articles(&bytes, "a.odt");
        }
    }
}
