//! Books and magazines, whole and damaged.

use proptest::prelude::*;

use super::*;
use crate::document::archive::zipped;
use crate::document::tests::articles;
use crate::document::{BlockKind, read, read_each};

const PACKAGE: &str = r#"<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Coast Weekly</dc:title><dc:creator>calibre</dc:creator><dc:language>en-GB</dc:language><dc:date>2026-03-06T00:00:00+00:00</dc:date><dc:identifier id="id">urn:coast:10</dc:identifier><dc:publisher>Coast Press</dc:publisher></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="list" href="feed_0/index.html" media-type="application/xhtml+xml"/><item id="a" href="feed_0/article%200.html" media-type="application/xhtml+xml"/><item id="b" href="feed_0/b.html" media-type="application/xhtml+xml"/><item id="gone" href="gone.html" media-type="application/xhtml+xml"/><item id="i" href="i.jpg" media-type="image/jpeg"/></manifest>
<spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="list"/><itemref idref="a"/><itemref idref="gone"/><itemref idref="b"/></spine></package>"#;
const CONTAINER: &str = "<container><rootfiles><rootfile full-path='OEBPS/content.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";
const LINKS: &str = "<html><body><h2>World</h2><ul><li><a href='a'>Ministers leave the harbor after long talks</a></li><li><a href='b'>Port fees rise again in the spring, and nobody knows why</a></li></ul></body></html>";
const FIRST: &str = "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body><div class='calibre_navbar'><a href='../b'>Next</a> | Menu</div><h1>Harbor talks&nbsp;end</h1><p>Ministers left Port Selene on Wednesday after six hours in the old customs house.</p><blockquote><p>It is over.</p></blockquote></body></html>";
const SECOND: &str = "<html><body><h1>Port fees rise</h1><p>Ships will pay more from April on, the harbor said, and nobody was surprised to hear it.</p></body></html>";

fn magazine() -> Vec<u8> {
    zipped(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/content.opf", PACKAGE),
        ("OEBPS/nav.xhtml", LINKS),
        ("OEBPS/cover.xhtml", SECOND),
        ("OEBPS/feed_0/index.html", LINKS),
        ("OEBPS/feed_0/article 0.html", FIRST),
        ("OEBPS/feed_0/b.html", SECOND),
    ])
}

#[test]
fn every_chapter_with_words_of_its_own_is_an_article() {
    let chapters = articles(&magazine(), "weekly.epub");
    let titles: Vec<_> = chapters
        .iter()
        .map(|chapter| chapter.meta.title.as_str())
        .collect();
    assert_eq!(titles, ["Harbor talks end", "Port fees rise"]);
    let meta = &chapters[0].meta;
    assert_eq!(meta.source.as_deref(), Some("Coast Weekly"));
    assert_eq!(
        (meta.byline.as_deref(), meta.language.as_deref()),
        (None, Some("en"))
    );
    assert_eq!(
        meta.published.unwrap().when.date().to_string(),
        "2026-03-06"
    );
    assert_eq!(
        meta.id.as_deref(),
        Some("urn:coast:10#OEBPS/feed_0/article 0.html")
    );
    assert_eq!(chapters[0].blocks[0].kind, BlockKind::Title);
    assert!(!chapters[0].text.contains("Menu"));
    assert!(chapters[0].text.ends_with("It is over."));
}

#[test]
fn a_book_of_one_chapter_is_the_article() {
    let package = PACKAGE.replace("<itemref idref=\"b\"/>", "");
    let book = zipped(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/content.opf", &package),
        ("OEBPS/feed_0/article 0.html", FIRST),
    ]);
    let article = read(book, "a").value;
    assert_eq!(article.meta.title, "Coast Weekly");
    assert_eq!(article.meta.source.as_deref(), Some("Coast Press"));
}

#[test]
fn a_book_without_a_description_is_read_page_by_page() {
    let book = zipped(&[("b.html", SECOND), ("a.xhtml", FIRST), ("toc.html", FIRST)]);
    assert_eq!(articles(&book, "a.epub").len(), 2);
}

#[test]
fn of_a_book_that_breaks_off_the_chapters_before_are_read() {
    let mut book = magazine();
    let end = memchr::memmem::find(&book, b"feed_0/b.html").unwrap();
    book.truncate(end);
    let mut warnings = 0;
    let _ = read_each(book, "a.epub", &mut |chapter| {
        assert_eq!(
            chapter.value.blocks.last().unwrap().kind,
            BlockKind::BlockQuote
        );
        warnings += chapter.warnings.len();
        ControlFlow::Continue(())
    });
    assert_eq!(warnings, 1);
}

#[test]
fn paths_are_resolved() {
    assert_eq!(
        resolved("OEBPS/text", "../a%20b/./c.html#x"),
        "OEBPS/a b/c.html"
    );
    assert_eq!(resolved("", "../../100%.html"), "100%.html");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn damage_is_survived(cut in 0usize..4000, at in 0usize..4000, byte: u8) {
        let mut book = magazine();
        let at = at % book.len();
        book[at] = byte;
        book.truncate(book.len() - cut % book.len());
        articles(&book, "a.epub");
    }
}
