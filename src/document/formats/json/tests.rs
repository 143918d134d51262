//! Dumps of articles, and the articles read from them.

use std::ops::ControlFlow;

use crate::document::{
    ArticleReader, BlockKind, DateOrigin, Document, FieldNames, NO_ARTICLE, NameList, Warned, read,
};

/// Returns every article of a file.
fn all(json: &[u8], name: &str) -> Vec<Warned<Document>> {
    let mut found = Vec::new();
    let _ = ArticleReader::default().each(json.to_vec(), name, &mut |article| {
        found.push(article);
        ControlFlow::Continue(())
    });
    found
}

fn titles(json: &str, name: &str) -> Vec<String> {
    all(json.as_bytes(), name)
        .into_iter()
        .map(|article| article.value.meta.title)
        .collect()
}

fn one(json: &str) -> Document {
    read(json.as_bytes().to_vec(), "a.json").value
}

#[test]
fn a_ninjs_item_is_an_article() {
    let item = r#"{"uri":"urn:sample:1","type":"text","versioncreated":"2026-03-04T10:15:00Z","headline":"Harbor talks end",
        "byline":"By Ana Ruiz","language":"en-US","infosource":[{"name":"Coast Press"}],"subject":[{"name":"ports"},{"name":"trade"}],
        "body_text":"They met. They left.","body_xhtml":"<p>They <em>met</em>.</p><p>“We won,” she said.</p>"}"#;
    let document = one(item);
    assert_eq!(
        document.text,
        "Harbor talks end\n\nThey met.\n\n“We won,” she said."
    );
    assert_eq!(document.blocks[0].kind, BlockKind::Title);
    let meta = document.meta;
    assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"));
    assert_eq!(meta.source.as_deref(), Some("Coast Press"));
    assert_eq!(meta.id.as_deref(), Some("urn:sample:1"));
    assert_eq!(meta.tags, ["ports", "trade"]);
    assert_eq!(meta.language.as_deref(), Some("en"));
    let published = meta.published.unwrap();
    assert_eq!(published.when.to_string(), "2026-03-04T10:15:00");
    assert_eq!(published.origin, DateOrigin::Metadata);
    // The second version has lists of roles.
    let item = r#"{"headlines":[{"role":"main","value":"Harbor talks end"}],"bodies":[{"role":"main","contenttype":"text/plain","value":"Plain."},
        {"role":"main","contenttype":"text/html","value":"<p>Marked <b>up</b>.</p>"}],"contentcreated":"2026-03-04"}"#;
    assert_eq!(one(item).text, "Harbor talks end\n\nMarked up.");
}

#[test]
fn services_and_tools_are_known_by_their_fields() {
    let body = "The ministers met on Tuesday in the old customs house.";
    for json in [
        // NewsAPI, the Guardian, the New York Times, newspaper3k, news-please, trafilatura, Wallabag, JSON Feed, WordPress, Elasticsearch, webz.io.
        format!(
            r#"{{"status":"ok","articles":[{{"source":{{"id":null,"name":"Coast Press"}},"author":"Ana Ruiz","title":"T","url":"https://example.org/a","publishedAt":"2026-03-04T10:00:00Z","content":"{body} [+120 chars]"}}]}}"#
        ),
        format!(
            r#"{{"response":{{"status":"ok","results":[{{"id":"world/a","webPublicationDate":"2026-03-04T10:00:00Z","webTitle":"T","webUrl":"https://example.org/a","fields":{{"byline":"Ana Ruiz","body":"<p>{body}</p>","publication":"Coast Press"}}}}]}}}}"#
        ),
        format!(
            r#"{{"copyright":"x","response":{{"docs":[{{"web_url":"https://example.org/a","abstract":"{body}","source":"Coast Press","headline":{{"main":"T","kicker":null}},"byline":{{"original":"By Ana Ruiz"}},"pub_date":"2026-03-04T10:00:00+0000"}}]}}}}"#
        ),
        format!(
            r#"{{"url":"https://example.org/a","title":"T","authors":["Ana Ruiz"],"publish_date":"2026-03-04 10:00:00","text":"{body}","source":"Coast Press","html":"<html>"}}"#
        ),
        format!(
            r#"{{"authors":["Ana Ruiz"],"date_publish":"2026-03-04 10:00:00","description":"x","maintext":"{body}","source_domain":"Coast Press","title":"T","url":"https://example.org/a"}}"#
        ),
        format!(
            r#"{{"title":"T","author":"Ana Ruiz","sitename":"Coast Press","date":"2026-03-04","text":"{body}","source":"https://example.org/a"}}"#
        ),
        format!(
            r#"[{{"id":7,"title":"T","url":"https://example.org/a","content":"<p>{body}<\/p>","published_at":"2026-03-04T10:00:00+0000","published_by":["Ana Ruiz"],"domain_name":"Coast Press","tags":["x"]}}]"#
        ),
        format!(
            r#"{{"version":"https://jsonfeed.org/version/1.1","title":"Feed","items":[{{"id":"7","url":"https://example.org/a","title":"T","content_html":"<p>{body}</p>","date_published":"2026-03-04T10:00:00Z","authors":[{{"name":"Ana Ruiz"}}],"source":"Coast Press"}}]}}"#
        ),
        format!(
            r#"[{{"id":7,"date":"2026-03-04T10:00:00","link":"https://example.org/a","title":{{"rendered":"T"}},"content":{{"rendered":"<p>{body}</p>"}},"author":"Ana Ruiz","publisher":"Coast Press"}}]"#
        ),
        format!(
            r#"{{"hits":{{"total":1,"hits":[{{"_id":"1","_source":{{"title":"T","body":"{body}","author":"Ana Ruiz","source":"Coast Press","url":"https://example.org/a","timestamp":1772618400}}}}]}}}}"#
        ),
        format!(
            r#"{{"posts":[{{"thread":{{"site_full":"Coast Press"}},"author":"Ana Ruiz","url":"https://example.org/a","title":"T","text":"{body}","published":"2026-03-04T10:00:00.000+00:00"}}]}}"#
        ),
    ] {
        let document = one(&json);
        assert_eq!(document.text, format!("T\n\n{body}"), "{json}");
        let meta = document.meta;
        assert_eq!(meta.url.as_deref(), Some("https://example.org/a"), "{json}");
        assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"), "{json}");
        assert_eq!(meta.source.as_deref(), Some("Coast Press"), "{json}");
        assert_eq!(
            meta.published.unwrap().when.date().to_string(),
            "2026-03-04",
            "{json}"
        );
    }
}

#[test]
fn json_about_something_else_holds_no_article() {
    for json in [
        r#"{"name":"tool","version":"1.0.0","description":"A tool that does many things for many people","author":"Ana Ruiz","scripts":{"test":"x y"}}"#,
        r#"{"$schema":"x","title":"Settings","description":"The settings of a tool that does many things","type":"object"}"#,
        "{}",
        "[]",
        "[1, 2, \"a b c\"]",
        "{\"items\": {\"a\": [{\"x\": 1}]}}",
        "",
    ] {
        let article = read(json.as_bytes().to_vec(), "package.json");
        assert_eq!(article.problem(), Some(NO_ARTICLE), "{json}");
    }
}

#[test]
fn a_line_an_article_and_damage_costs_its_own_line() {
    let lines = b"{\"title\":\"One\",\"text\":\"It was so.\"}\n\n{\"title\":\"Two\",\"text\":\"It w\xFFs so.\"}\n{\"title\":\nnoise\n{\"title\":\"Three\",\"text\":\"It was cut of";
    let articles = all(lines, "a.jsonl");
    let shown: Vec<_> = articles
        .iter()
        .map(|article| (article.value.text.as_str(), article.warnings.len()))
        .collect();
    assert_eq!(
        shown,
        [
            ("One\n\nIt was so.", 0),
            ("Two\n\nIt w\u{FFFD}s so.", 1),
            ("Three\n\nIt was cut of", 1)
        ]
    );
}

#[test]
fn lines_are_known_without_their_extension() {
    let lines = "{\"title\":\"One\",\"text\":\"It was so.\"}\n{\"title\":\"Two\",\"text\":\"It was so.\"}\n";
    assert_eq!(titles(lines, "dump.json"), ["One", "Two"]);
    assert_eq!(titles(lines, "-"), ["One", "Two"]);
}

#[test]
fn a_file_that_breaks_off_keeps_what_stands_before() {
    let json = "{\"articles\":[{\"title\":\"One\",\"text\":\"It was so.\"},{\"title\":\"Two\",\"text\":\"It was so.\",\"date\":";
    let articles = all(json.as_bytes(), "a.json");
    let shown: Vec<_> = articles
        .iter()
        .map(|article| (article.value.meta.title.as_str(), article.warnings.len()))
        .collect();
    assert_eq!(shown, [("One", 0), ("Two", 1)]);
}

#[test]
fn reading_stops_when_enough_is_taken() {
    let mut json = String::from("[{\"title\":\"One\",\"text\":\"It was so.\"},");
    json.push_str(&"{\"title\":\"Two\",\"text\":\"It was so.\"},".repeat(1000));
    let mut count = 0;
    let flow = ArticleReader::default().each(json.into_bytes(), "a.json", &mut |_| {
        count += 1;
        ControlFlow::Break(())
    });
    assert!(flow.is_break() && count == 1);
}

fn names(name: &str) -> NameList {
    NameList(vec![name.to_owned()])
}

#[test]
fn the_readers_own_names_go_first() {
    let reader = ArticleReader {
        names: FieldNames {
            list: names("berichten"),
            title: names("kop"),
            text: names("inhoud.tekst"),
            ..FieldNames::default()
        },
    };
    let article =
        r#"{"title":"no","Kop":"Harbor talks end","inhoud":{"tekst":"They met, and left."}}"#;
    let list = format!(r#"{{"berichten":[{article}]}}"#);
    for (json, name) in [
        (article, "a.json"),
        (article, "a.jsonl"),
        (&list, "a.json"),
        (&list, "a.jsonl"),
    ] {
        let article = reader.part(json.as_bytes().to_vec(), name, 0).unwrap();
        let text = article.value.text;
        assert_eq!(text, "Harbor talks end\n\nThey met, and left.", "{json}");
    }
}

#[test]
fn what_extract_writes_is_read_back() {
    let text = "# Harbor talks end\n\nBy Ana Ruiz\n\nThe ministers **met** on Tuesday.\n\n> “No,” she said.\n";
    let article = read(text.as_bytes().to_vec(), "2026-03-04-a.md");
    let analysis = crate::analysis::analyze(&article.value);
    let line = crate::export::json::record("2026-03-04-a.md", &article, &analysis);
    let again = read(line.into_bytes(), "all.jsonl").value;
    let kinds = |document: &Document| {
        document
            .blocks
            .iter()
            .map(|block| block.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(&again), kinds(&article.value));
    assert_eq!(
        again.text,
        "Harbor talks end\n\nBy Ana Ruiz\n\nThe ministers met on Tuesday.\n\n“No,” she said."
    );
    assert_eq!(again.meta.title, article.value.meta.title);
    assert_eq!(again.meta.byline, article.value.meta.byline);
    assert_eq!(
        again.meta.published.map(|when| when.when),
        article.value.meta.published.map(|when| when.when)
    );
}

#[test]
fn hostile_json_is_read_in_time_and_without_a_fault() {
    let inputs = [
        "[".repeat(200_000),
        "{\"a\":".repeat(200_000),
        "{\"items\":[".repeat(50_000),
        "{\"title\":\"a\",\"text\":\"b c\"}".repeat(2_000),
        "1 ".repeat(100_000),
        "\"".repeat(100_000),
        format!(
            "{{{}\"title\":\"x\",\"text\":\"y z\"}}",
            "\"k\":1,".repeat(50_000)
        ),
        format!("{{\"title\":\"{}\",\"text\":\"<b>\"}}", "<".repeat(100_000)),
        format!(
            "{{\"title\":\"x\",\"text\":\"{}\"}}",
            "<div>".repeat(50_000)
        ),
        "{\"title\":\"x\",\"text\":\"\\ud800\"}\n".repeat(1000),
    ];
    for json in inputs {
        for name in ["a.json", "a.jsonl", "a"] {
            all(json.as_bytes(), name);
        }
    }
}
