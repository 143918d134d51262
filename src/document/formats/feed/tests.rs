//! Feeds of every kind, valid and broken.

use proptest::prelude::*;

use crate::document::tests::articles;
use crate::document::{BlockKind, Document, InlineKind, NO_ARTICLE, read};

fn feed(text: &str) -> Vec<Document> {
    articles(text.as_bytes(), "feed.xml")
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>Coast Press</title>
  <link>https://coast.example/</link>
  <atom:link href="https://coast.example/rss" rel="self"/>
  <language>en-GB</language>
  <image><title>Logo</title><url>https://coast.example/logo.png</url></image>
  <item>
    <title>Harbor talks end &amp;mdash; for now</title>
    <link>https://coast.example/harbor</link>
    <guid isPermaLink="false">coast-1</guid>
    <dc:creator><![CDATA[Ana Ruiz]]></dc:creator>
    <pubDate>Wed, 04 Mar 2026 08:30:00 GMT</pubDate>
    <category>Ports</category><category>Trade</category>
    <description>The short of it.</description>
    <content:encoded><![CDATA[<p>Ministers left <a href="https://coast.example/selene">Port Selene</a>.</p><blockquote><p>It is over.</p></blockquote>]]></content:encoded>
  </item>
  <item>
    <title>Second</title>
    <guid>https://coast.example/second</guid>
    <author>desk@coast.example (Bo Lind)</author>
    <description>&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;</description>
  </item>
</channel></rss>"#;

#[test]
fn every_item_of_rss_is_an_article() {
    let items = feed(RSS);
    assert_eq!(items.len(), 2);
    let meta = &items[0].meta;
    assert_eq!(meta.title, "Harbor talks end — for now");
    assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"));
    assert_eq!(
        meta.published.unwrap().when.to_string(),
        "2026-03-04T08:30:00"
    );
    assert_eq!(meta.source.as_deref(), Some("Coast Press"));
    assert_eq!(meta.url.as_deref(), Some("https://coast.example/harbor"));
    assert_eq!(meta.id.as_deref(), Some("coast-1"));
    assert_eq!(meta.tags, ["Ports", "Trade"]);
    assert_eq!(meta.language.as_deref(), Some("en"));
    let second = &items[1].meta;
    assert_eq!(second.byline.as_deref(), Some("Bo Lind"));
    assert_eq!(second.url, second.id);
}

#[test]
fn the_whole_text_is_preferred_and_keeps_its_markup() {
    let items = feed(RSS);
    let kinds: Vec<_> = items[0].blocks.iter().map(|block| block.kind).collect();
    assert_eq!(
        kinds,
        [
            BlockKind::Title,
            BlockKind::Byline,
            BlockKind::Paragraph,
            BlockKind::BlockQuote
        ]
    );
    let link = &items[0].inlines[0];
    assert_eq!(link.span.of(&items[0].text), "Port Selene");
    assert_eq!(
        link.kind,
        InlineKind::Link("https://coast.example/selene".into())
    );
    assert!(
        items[1].text.ends_with("One & two.\n\nThree."),
        "{}",
        items[1].text
    );
}

#[test]
fn atom_is_read_with_marked_up_escaped_and_plain_text() {
    let items = feed(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
  <title>La Côte</title><author><name>Rédaction</name></author><updated>2026-03-05T00:00:00Z</updated>
  <entry><title type="html">&lt;b&gt;Port&lt;/b&gt; rouvert</title>
    <link rel="enclosure" href="https://cote.example/a.mp3"/><link href="https://cote.example/a"/>
    <id>tag:cote.example,2026:a</id><published>2026-03-04T08:30:00+01:00</published><updated>2026-03-06T00:00:00Z</updated>
    <author><name>Ana Ruiz</name><email>a@cote.example</email></author><author><name>Bo Lind</name></author>
    <category term="ports" label="Ports de mer"/>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>Le port</h2><p>Il est <em>ouvert</em>.</p></div></content></entry>
  <entry><title>B</title><id>b</id><updated>2026-03-06T10:00:00Z</updated><content type="html">&lt;p&gt;Oui.&lt;/p&gt;</content></entry>
  <entry><title>1 &lt; 2</title><id>c</id><summary type="text">a &lt;b&gt; c</summary></entry>
</feed>"#,
    );
    let meta = &items[0].meta;
    assert_eq!(
        (meta.title.as_str(), meta.byline.as_deref()),
        ("Port rouvert", Some("Ana Ruiz, Bo Lind"))
    );
    assert_eq!(meta.url.as_deref(), Some("https://cote.example/a"));
    assert_eq!(
        meta.published.unwrap().when.date().to_string(),
        "2026-03-04"
    );
    assert_eq!(
        (meta.source.as_deref(), meta.language.as_deref()),
        (Some("La Côte"), Some("fr"))
    );
    assert_eq!(meta.tags, ["Ports de mer"]);
    assert!(items[0].text.ends_with("Le port\n\nIl est ouvert."));
    assert_eq!(items[1].meta.byline.as_deref(), Some("Rédaction"));
    assert!(items[1].text.ends_with("Oui."));
    assert!(items[2].text.ends_with("a <b> c"));
    assert_eq!(items[2].meta.title, "1 < 2");
}

#[test]
fn items_of_rdf_stand_outside_the_channel() {
    let items = feed(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://coast.example/"><title>Coast Press</title><items><rdf:Seq><rdf:li resource="https://coast.example/a"/></rdf:Seq></items></channel>
<item rdf:about="https://coast.example/a"><title>Port open</title><link>https://coast.example/a</link><dc:date>2026-03-04</dc:date><description>It opened.</description></item>
</rdf:RDF>"#,
    );
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].meta.source.as_deref(), Some("Coast Press"));
    assert_eq!(items[0].meta.id.as_deref(), Some("https://coast.example/a"));
    assert!(!items[0].meta.published.unwrap().has_time);
}

#[test]
fn a_feed_that_breaks_the_rules_is_read_all_the_same() {
    let items = feed(
        "<rss><channel><title>A & B</title><item><title>R&D grows&nbsp;again</title><content:encoded>&lt;p>Yes.</content:encoded></item>\
        <item><title>Open<description>One<br>two</description></item>\
        <item><title>Third</title><description>Wait",
    );
    let titles: Vec<_> = items.iter().map(|item| item.meta.title.as_str()).collect();
    assert_eq!(titles[0], "R&D grows again");
    assert!(titles[1].starts_with("Open"));
    assert_eq!(titles[2], "Third");
    assert_eq!(items[0].meta.source.as_deref(), Some("A & B"));
    assert!(items[0].text.ends_with("Yes.") && items[2].text.ends_with("Wait"));
}

#[test]
fn a_feed_that_breaks_off_says_so_on_its_last_item() {
    let cut = RSS.split_at(RSS.find("Three").unwrap()).0;
    let mut warnings = Vec::new();
    let _ = crate::document::read_each(cut.into(), "a.rss", &mut |item| {
        warnings.push(item.warnings.len());
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(warnings, [0, 1]);
}

#[test]
fn xml_that_is_no_feed_holds_no_article() {
    for text in [
        "<rss><channel><title>x</title></channel></rss>",
        "<urlset><url><loc>x</loc></url></urlset>",
        "",
    ] {
        assert_eq!(
            read(text.into(), "a.xml").problem(),
            Some(NO_ARTICLE),
            "{text}"
        );
    }
}

#[test]
fn a_list_that_wallabag_wrote_is_read() {
    let items = feed(
        "<?xml version=\"1.0\"?><result><entry><id>7</id><title><![CDATA[Port open]]></title><url><![CDATA[https://coast.example/a]]></url><content><![CDATA[<p>It opened.</p>]]></content><created_at><![CDATA[2026-03-04T08:30:00+00:00]]></created_at><domain_name><![CDATA[coast.example]]></domain_name><language><![CDATA[en]]></language></entry></result>",
    );
    let meta = &items[0].meta;
    assert_eq!(
        (meta.title.as_str(), meta.source.as_deref()),
        ("Port open", Some("coast.example"))
    );
    assert_eq!(meta.url.as_deref(), Some("https://coast.example/a"));
    assert!(meta.published.is_some() && items[0].text.ends_with("It opened."));
}

proptest! {
    #[test]
    fn damage_is_survived(cut in 0usize..2000, at in 0usize..2000, byte: u8) {
        let mut bytes = RSS.as_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(bytes.len() - cut % bytes.len());
        articles(&bytes, "a.rss");
    }
}

#[test]
fn items_in_items_take_linear_time() {
    let n = 30_000;
    for text in [
        "<item><title>a",
        "<item><description>a",
        "<item><author>a</author>",
        "<entry><content><entry>",
    ] {
        articles(format!("<rss>{}", text.repeat(n)).as_bytes(), "a.rss");
    }
    let authors = "<author>a</author>".repeat(n);
    articles(format!("<rss><item>{authors}").as_bytes(), "a.rss");
}
