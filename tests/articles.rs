//! The sample articles in `articles/` are read as intended.
#![allow(clippy::unwrap_used)] // The functions around the tests unwrap as the tests do.
#![expect(clippy::unwrap_used, reason = "a test may fail where it reads")]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use pullquote::document::{BlockKind, DateOrigin, Document, read, read_each};

const ARTICLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/articles");

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect();
    files.sort();
    files
}

/// Every sample article with its file name; none gives a warning.
fn samples() -> Vec<(String, Document)> {
    let mut samples = Vec::new();
    for path in files(Path::new(ARTICLES)) {
        let name = path.strip_prefix(ARTICLES).unwrap().display().to_string();
        let _ = read_each(fs::read(&path).unwrap(), &name, &mut |article| {
            assert_eq!(article.warnings, [], "{name}");
            samples.push((name.clone(), article.value));
            ControlFlow::Continue(())
        });
    }
    samples
}

#[test]
fn every_sample_has_a_title_an_author_and_a_date() {
    let samples = samples();
    assert_eq!(samples.len(), 27);
    for (name, document) in samples {
        let meta = &document.meta;
        assert!(!meta.title.is_empty() && meta.byline.is_some(), "{name}");
        let published = meta.published.unwrap();
        assert!(name.contains(&published.when.date().to_string()), "{name}");
        let last = document.blocks.last().unwrap();
        assert_eq!(last.kind, BlockKind::Trailing, "{name}");
        assert!(
            last.span.of(&document.text).contains("sample article"),
            "{name}"
        );
    }
}

#[test]
fn the_language_of_every_sample_is_detected() {
    for (name, document) in samples() {
        let language = match name.as_str() {
            "europe/2026-03-11-hafen.txt" => "de",
            "europe/2026-04-02-brise-lames.md" => "fr",
            _ => "en",
        };
        assert_eq!(document.meta.language.as_deref(), Some(language), "{name}");
    }
}

#[test]
fn every_sample_but_the_lake_has_a_dateline() {
    for (name, document) in samples() {
        let dateline = document.meta.dateline.map(|span| span.of(&document.text));
        let city = dateline.and_then(|line| line.split([',', ' ']).next());
        let is_city = |city: &str| city.chars().all(char::is_uppercase);
        assert_eq!(city.is_some_and(is_city), !name.contains("lake"), "{name}");
    }
}

#[test]
fn paragraphs_are_found_in_every_layout() {
    let n_paragraphs = |name: &str| {
        let bytes = fs::read(Path::new(ARTICLES).join(name)).unwrap();
        let blocks = read(bytes, name).value.blocks;
        let paragraphs = blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Paragraph);
        paragraphs.count()
    };
    // Wrapped lines with indents, wrapped lines with blank lines, one paragraph per line, Markdown.
    assert_eq!(n_paragraphs("world/2026-12-10-terminal.txt"), 18);
    assert_eq!(n_paragraphs("climate/2026-11-05-glacier.txt"), 13);
    assert_eq!(n_paragraphs("asia/2026-05-12-tokyo-round.txt"), 12);
    assert_eq!(n_paragraphs("science/2026-01-22-telescope.md"), 11);
}

#[test]
fn the_date_comes_from_the_best_source() {
    let origin = |wanted: &str| {
        let samples = samples();
        let (_, document) = samples.iter().find(|(name, _)| name == wanted).unwrap();
        document.meta.published.unwrap().origin
    };
    assert_eq!(
        origin("europe/2026-04-02-brise-lames.md"),
        DateOrigin::Metadata
    );
    assert_eq!(origin("climate/2026-11-05-glacier.txt"), DateOrigin::Text);
    // The dateline has no year; it comes from the file name.
    assert_eq!(origin("world/2026-12-10-terminal.txt"), DateOrigin::Text);
}

#[test]
fn only_the_article_of_a_saved_page_is_read() {
    let samples = samples();
    let named = |(name, _): &&(String, Document)| name.ends_with("lighthouse.html");
    let (_, document) = samples.iter().find(named).unwrap();
    let kind_of = |words: &str| {
        let mut blocks = document.blocks.iter();
        let block = blocks.find(|block| block.span.of(&document.text).contains(words));
        block.map(|block| block.kind)
    };
    assert_eq!(
        kind_of("Nobody asked the light"),
        Some(BlockKind::Paragraph)
    );
    assert_eq!(kind_of("run from an office"), Some(BlockKind::Caption));
    assert_eq!(kind_of("Pilots ask who"), Some(BlockKind::Trailing));
    assert_eq!(kind_of("A marathon is won"), None);
    let meta = &document.meta;
    assert_eq!(meta.source.as_deref(), Some("Sample Wire"));
    assert!(meta.url.as_deref().unwrap().ends_with("/lighthouse-keeper"));
}

#[test]
fn a_wire_file_contains_its_articles() {
    let samples = samples();
    let wire = samples
        .iter()
        .filter(|(name, _)| name.ends_with("wire.jsonl"));
    let titles: Vec<_> = wire
        .map(|(_, document)| document.meta.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Port fees rise for ships that come late",
            "Authority takes fog out of its price list"
        ]
    );
}

#[test]
fn feeds_and_mails_keep_their_source() {
    let samples = samples();
    let of = |name: &str| -> Vec<&Document> {
        let found = samples.iter().filter(|(path, _)| path.contains(name));
        found.map(|(_, document)| document).collect()
    };
    let items = of("sample-wire.xml");
    assert_eq!(items.len(), 3);
    for item in items {
        assert_eq!(item.meta.source.as_deref(), Some("Sample Wire"));
        assert!(item.meta.url.is_some() && item.meta.id.is_some());
    }
    let letter = of("harbor-letter.eml").remove(0);
    assert_eq!(letter.meta.byline.as_deref(), Some("Ines Calder"));
    assert_eq!(letter.meta.source.as_deref(), Some("The Harbor Letter"));
    assert_eq!(
        letter.meta.url.as_deref(),
        Some("https://harbor.example/2026/crane")
    );
}
