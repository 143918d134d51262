//! Saved pages, and the articles read from them.

use crate::document::{BlockKind, DateOrigin, Document, InlineKind, NO_ARTICLE, Warned, read};

fn page(html: &str) -> Document {
    read(html.as_bytes().to_vec(), "a.html").value
}

fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
    let shown = document
        .blocks
        .iter()
        .map(|block| (block.kind, block.span.of(&document.text)));
    shown.collect()
}

/// Paragraphs long enough to be the article of a page.
fn paragraphs(n: usize) -> String {
    let paragraph = |n: usize| {
        format!(
            "<p>The ministers met on day {n} in the old customs house by the harbor, and left it after six hours, tired, hungry and without a word to anybody who asked.</p>\n"
        )
    };
    (0..n).map(paragraph).collect()
}

/// A page built like those of news agencies, around some paragraphs.
fn site(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=utf-8><title>Harbor talks end | Coast Press</title>{head}<script>var a = '<p>';</script></head>\
        <body><nav><ul><li><a href=/>Home</a><li><a href=/world>World</a></ul></nav>\
        <main><article><h1>Harbor talks end</h1>{body}</article></main>\
        <aside><h2>Most read</h2><ul><li><a href=/a>A ship sinks</a></ul></aside><footer>© 2026 Coast Press</footer></body></html>"
    )
}

const HEAD: &str = "<meta property='og:site_name' content='Coast Press'><meta name=author content='By Ana Ruiz'>\
    <meta property='article:published_time' content='2026-03-04T10:15:00+01:00'>\
    <link rel=canonical href='https://example.org/2026/harbor'><meta name=keywords content='ports, trade'>";

#[test]
fn the_article_is_found_with_all_that_the_page_says_of_it() {
    let document = page(&site(HEAD, &paragraphs(5)));
    let shown = blocks(&document);
    assert_eq!(shown[0], (BlockKind::Title, "Harbor talks end"));
    assert_eq!(shown.len(), 6);
    assert!(
        shown[1..]
            .iter()
            .all(|(kind, text)| *kind == BlockKind::Paragraph
                && text.starts_with("The ministers met"))
    );
    let meta = document.meta;
    assert_eq!(meta.title, "Harbor talks end");
    assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"));
    assert_eq!(meta.source.as_deref(), Some("Coast Press"));
    assert_eq!(meta.url.as_deref(), Some("https://example.org/2026/harbor"));
    assert_eq!(meta.language.as_deref(), Some("en"));
    assert_eq!(meta.tags, ["ports", "trade"]);
    let published = meta.published.unwrap();
    assert_eq!(
        (published.when.to_string().as_str(), published.origin),
        ("2026-03-04T10:15:00", DateOrigin::Metadata)
    );
}

#[test]
fn linked_data_goes_before_meta_tags() {
    let data = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},
        {"@type":["NewsArticle"],"headline":"Talks at the harbor end","author":[{"@type":"Person","name":"Bo Lind"},{"name":"Ana Ruiz"}],
        "datePublished":"2026-03-05","publisher":{"@type":"Organization","name":"Harbor Daily"},"keywords":"a,b"}]}</script>"#;
    let meta = page(&site(&format!("{HEAD}{data}"), &paragraphs(5))).meta;
    assert_eq!(meta.title, "Talks at the harbor end");
    assert_eq!(meta.byline.as_deref(), Some("Bo Lind, Ana Ruiz"));
    assert_eq!(meta.source.as_deref(), Some("Harbor Daily"));
    assert_eq!(
        meta.published.unwrap().when.date().to_string(),
        "2026-03-05"
    );
}

#[test]
fn an_address_may_stand_in_the_note_of_the_browser() {
    for note in [
        "<!-- saved from url=(0030)https://example.org/2026/harbor -->",
        "<!--\n Page saved with SingleFile \n url: https://example.org/2026/harbor \n saved date: Wed Mar 04 2026\n-->",
    ] {
        let html = site("", &paragraphs(3)).replace("<html", &format!("{note}\n<html"));
        assert_eq!(
            page(&html).meta.url.as_deref(),
            Some("https://example.org/2026/harbor")
        );
    }
}

#[test]
fn what_stands_between_the_paragraphs_is_set_apart() {
    let body = format!(
        "{}<p>Advertisement</p><p>Read more: <a href=/b>Port fees rise</a></p><figure><img src=a.jpg alt='The harbor on the morning of the talks'><figcaption>The harbor. Photo: Bo Lind/Getty Images</figcaption></figure>\
         {}<p>Sign up for our newsletter and never miss a ship.</p><p>Ana Ruiz is a reporter in Port Selene.</p>",
        paragraphs(3),
        paragraphs(2)
    );
    let document = page(&site(HEAD, &body));
    let kind_of = |words: &str| {
        blocks(&document)
            .into_iter()
            .find(|(_, text)| text.contains(words))
            .map(|(kind, _)| kind)
    };
    assert_eq!(kind_of("Read more"), Some(BlockKind::Trailing));
    assert_eq!(kind_of("The harbor. Photo"), Some(BlockKind::Caption));
    assert_eq!(kind_of("on the morning of the talks"), None);
    assert_eq!(kind_of("Sign up"), Some(BlockKind::Trailing));
    assert_eq!(kind_of("Ana Ruiz is a reporter"), Some(BlockKind::Trailing));
    assert_eq!(kind_of("day 0"), Some(BlockKind::Paragraph));
}

#[test]
fn quotations_are_never_taken_for_notices() {
    let body = format!(
        "{}<p>“Read more,” she said. “Subscribe to life.”</p>{}",
        paragraphs(3),
        paragraphs(2)
    );
    let document = page(&site(HEAD, &body));
    assert!(blocks(&document).contains(&(
        BlockKind::Paragraph,
        "“Read more,” she said. “Subscribe to life.”"
    )));
}

#[test]
fn links_out_of_the_article_stay_links() {
    let body = format!(
        "{}<p>They will meet again, <a href='/2026/plan'>the plan of the ministers says</a>, when the ice is gone and the harbor is open to all ships that want to come in.</p>",
        paragraphs(3)
    );
    let document = page(&site(HEAD, &body));
    let link = document
        .inlines
        .iter()
        .find(|inline| matches!(inline.kind, InlineKind::Link(_)))
        .unwrap();
    assert_eq!(
        link.kind,
        InlineKind::Link("https://example.org/2026/plan".into())
    );
    assert_eq!(
        link.span.of(&document.text),
        "the plan of the ministers says"
    );
}

#[test]
fn a_page_whose_text_is_only_in_its_data_is_read_from_there() {
    let text = "The ministers met on Tuesday in the old customs house. ".repeat(10);
    let html = format!(
        "<html><head><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Harbor talks end\",\"articleBody\":\"{text}\\n\\n{text}\"}}</script></head><body><div id=app>Please turn on JavaScript.</div></body></html>"
    );
    let document = page(&html);
    assert_eq!(document.blocks.len(), 3);
    assert!(document.text.contains("old customs house"));
}

#[test]
fn a_declared_encoding_is_used() {
    let html = site("", &paragraphs(3))
        .replace("charset=utf-8", "charset=windows-1250")
        .replace("The ministers", "Ministrowie w Gda\u{1}sku");
    let bytes: Vec<u8> = html
        .bytes()
        .map(|byte| if byte == 1 { 0xF1 } else { byte })
        .collect();
    let bytes: Vec<u8> = bytes.into_iter().filter(|&byte| byte != 0xC2).collect();
    let article = read(bytes, "a.html");
    assert!(
        article.value.text.contains("Gdańsku"),
        "{}",
        article.value.text
    );
}

#[test]
fn a_web_archive_is_read_as_its_page() {
    let html = site("", &paragraphs(4)).replace('=', "=3D");
    let archive = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/2026/harbor\r\nSubject: Harbor talks end\r\nDate: Wed, 4 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"--b\"\r\n\r\n\r\n----b\r\nContent-Type: text/html\r\nContent-Location: https://ads.example.org/\r\n\r\n<p>Buy a boat!</p>\r\n----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/2026/harbor\r\n\r\n{html}\r\n----b--\r\n"
    );
    for name in ["a.mhtml", "a.mht", "a"] {
        let document = read(archive.clone().into_bytes(), name).value;
        assert_eq!(document.meta.title, "Harbor talks end", "{name}");
        assert_eq!(document.blocks.len(), 5);
        assert_eq!(
            document.meta.url.as_deref(),
            Some("https://example.org/2026/harbor")
        );
        assert_eq!(
            document.meta.published.unwrap().when.date().to_string(),
            "2026-03-04"
        );
    }
}

#[test]
fn a_page_without_words_is_no_article() {
    for html in [
        "",
        "<html><body><img src=a.png></body></html>",
        "<script>x()</script>",
    ] {
        let article: Warned<Document> = read(html.as_bytes().to_vec(), "a.html");
        assert_eq!(article.problem(), Some(NO_ARTICLE), "{html}");
    }
}

#[test]
fn pages_are_known_without_their_extension() {
    let html = site(HEAD, &paragraphs(3));
    assert_eq!(
        read(html.into_bytes(), "-").value.meta.title,
        "Harbor talks end"
    );
}

#[test]
fn hostile_pages_are_read_in_time_and_without_a_fault() {
    let article = site(HEAD, &paragraphs(20));
    let mut inputs = vec![
        "<div>".repeat(20_000) + "words",
        "<div><p>words of a paragraph, with commas, and more".repeat(5_000),
        "<table><tr><td>".repeat(3_000) + "words",
        format!("<p {}>x", "a=1 ".repeat(50_000)),
        "<p>words, words and words again, to make a paragraph of them.".repeat(5_000),
        "<h1><a>".repeat(5_000),
        "<b><i>".repeat(5_000) + &"<p>x".repeat(5_000),
        format!(
            "<script type='application/ld+json'>{}</script>x",
            "[".repeat(100_000)
        ),
        format!(
            "<script type='application/ld+json'>[{}]</script>x",
            "{\"@type\":\"Article\"},".repeat(20_000)
        ),
        "<title>".repeat(20_000),
        format!("<title>{}</title>x", " - a".repeat(20_000)),
        "<meta name=keywords content='a,b,c'>".repeat(10_000),
        "<li><a href=x>a link of some words</a>".repeat(10_000),
    ];
    for cut in (0..article.len()).step_by(97) {
        inputs.push(article.get(..cut).unwrap_or_default().to_owned());
    }
    for html in inputs {
        page(&html);
    }
}
