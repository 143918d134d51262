//! The exact analysis of an article with the most important structures: a role before the name, a
//! split quotation, an organization as speaker, a statement reported by someone else.

use std::collections::BTreeMap;
use std::path::Path;

use pullquote::analysis::{Analysis, analyze};
use pullquote::document::{Document, read};

use crate::harness::journey::NEWS;

fn analyzed(name: &str, text: &str) -> (Document, Analysis) {
    let document = read(text.as_bytes().to_vec(), name).value;
    let analysis = analyze(&document);
    (document, analysis)
}

/// The speakers with their roles and quotations.
fn said<'t>(document: &'t Document, analysis: &Analysis) -> BTreeMap<String, Vec<&'t str>> {
    let mut all: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for quotation in analysis.quotations.iter() {
        let speaker = analysis.speaker_of(quotation);
        let name = speaker.map_or("?".to_owned(), |speaker| match &speaker.role {
            Some(role) => format!("{} ({role})", speaker.name),
            None => speaker.name.to_string(),
        });
        all.entry(name)
            .or_default()
            .push(quotation.span.of(&document.text));
    }
    all
}

fn countries(analysis: &Analysis) -> Vec<String> {
    let mut codes: Vec<_> = analysis
        .countries
        .iter()
        .map(|m| m.country.as_str().to_owned())
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn the_court_article_is_analyzed_exactly() {
    let (_, text) = NEWS[2];
    let (document, analysis) = analyzed("03-court.txt", text);
    let said = said(&document, &analysis);
    let counts: Vec<_> = said
        .iter()
        .map(|(name, quotations)| (name.as_str(), quotations.len()))
        .collect();
    assert_eq!(
        counts,
        [
            ("International Fisheries Court", 1),
            ("Norland Foreign Ministry", 1),
            ("Paul Weller (State Department spokesman)", 4),
        ]
    );
    assert!(said["International Fisheries Court"][0].starts_with("“amounts to"));
    assert_eq!(countries(&analysis), ["CL", "PE"]);
}

/// The article that pullquote was written for, if it is present.
#[test]
fn the_seed_article_is_analyzed_exactly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed");
    let Ok(files) = std::fs::read_dir(folder) else {
        return;
    };
    let file = files
        .filter_map(Result::ok)
        .find(|file| file.path().extension().is_some_and(|e| e == "txt"));
    let Some(file) = file else { return };
    let text = std::fs::read_to_string(file.path()).unwrap();
    let (document, analysis) = analyzed("seed.txt", &text);
    let said = said(&document, &analysis);
    let counts: Vec<_> = said
        .iter()
        .map(|(name, quotations)| (name.as_str(), quotations.len()))
        .collect();
    assert_eq!(
        counts,
        [
            ("International Criminal Court", 1),
            ("John Kirby (State Department spokesman)", 4),
            ("Russian Foreign Ministry", 1),
        ]
    );
    assert!(said["International Criminal Court"][0].starts_with("“amounts to"));
    assert_eq!(countries(&analysis), ["GE", "RU", "SY", "UA", "US"]);
}
