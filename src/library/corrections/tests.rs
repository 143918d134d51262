//! Corrections: which ones overrule others, and their effect on an analysis.

use super::*;
use crate::analysis::analyze;
use crate::document;

const KEY: &str = "/news/a.txt";

fn person(name: &str, within: Option<&str>, is: Option<&str>) -> Correction {
    Correction::Person {
        name: name.to_owned(),
        within: within.map(str::to_owned),
        is: is.map(str::to_owned),
    }
}

fn merge(name: &str, is: &str) -> Correction {
    person(name, None, Some(is))
}

fn called(corrections: &[Correction], name: &str) -> Option<String> {
    let corrections: Corrections = corrections.iter().cloned().collect();
    corrections
        .resolve(name)
        .map(|called| called.name().unwrap_or("nobody").to_owned())
}

fn check(cases: &[(&[Correction], &str, Option<&str>)]) {
    for (corrections, name, wanted) in cases {
        let found = called(corrections, name);
        assert_eq!(found.as_deref(), *wanted, "{corrections:?} {name}");
    }
}

#[test]
fn later_corrections_count_over_earlier_ones_and_follow_them() {
    let cases: &[(&[Correction], &str, Option<&str>)] = &[
        (&[merge("A B", "C D")], "A B", Some("C D")),
        (&[merge("A B", "C D")], "a b", Some("C D")),
        (&[merge("A B", "C D")], "C D", None),
        (
            &[merge("A B", "C D"), merge("A B", "E F")],
            "A B",
            Some("E F"),
        ),
        // A renaming follows when its target is renamed.
        (
            &[merge("A B", "C D"), merge("C D", "E F")],
            "A B",
            Some("E F"),
        ),
        (
            &[merge("C D", "E F"), merge("A B", "C D")],
            "A B",
            Some("E F"),
        ),
    ];
    check(cases);
}

#[test]
fn a_correction_can_be_taken_back_by_another() {
    let cases: &[(&[Correction], &str, Option<&str>)] = &[
        (
            &[merge("A B", "C D"), merge("C D", "A B")],
            "A B",
            Some("A B"),
        ),
        (
            &[merge("A B", "C D"), merge("C D", "A B")],
            "C D",
            Some("A B"),
        ),
        (&[person("A B", None, None)], "A B", Some("nobody")),
        (
            &[merge("A B", "C D"), person("C D", None, None)],
            "A B",
            Some("nobody"),
        ),
        (
            &[person("A B", None, None), merge("A B", "A B")],
            "A B",
            Some("A B"),
        ),
        (&[person("A B", Some(KEY), None)], "A B", None),
        // A correction of a name without initials applies to the name with initials, but not the reverse.
        (&[merge("Al Bo", "C D")], "Al Q. Bo", Some("C D")),
        (&[merge("Al Q. Bo", "C D")], "Al Bo", None),
        (
            &[merge("Jose Munoz", "José Muñoz")],
            "Jose Munoz",
            Some("José Muñoz"),
        ),
    ];
    check(cases);
}

const TEXT: &str = "Title\n\n\"We won,\" said Ana Ruiz.\n\n\"We lost,\" said Tom Berg.\n\n\"We won,\" Ruiz said.\n";

fn quotation(words: &str, occurrence: u32, is: Option<&str>) -> Correction {
    Correction::Quotation {
        within: KEY.to_owned(),
        words: words.to_owned(),
        occurrence,
        was: None,
        is: is.map(str::to_owned),
    }
}

/// The speakers of all quotations after corrections.
fn speakers(text: &str, corrections: &[Correction]) -> Vec<String> {
    let document = document::read(text.as_bytes().to_vec(), "a.txt").value;
    let analysis = analyze(&document);
    let corrections: Corrections = corrections.iter().cloned().collect();
    let analysis = corrections
        .applied(KEY, &document, &analysis)
        .unwrap_or(analysis);
    let name = |quotation| analysis.speaker_of(quotation).map_or("?", |s| &*s.name);
    analysis
        .quotations
        .iter()
        .map(|q| name(q).to_owned())
        .collect()
}

#[test]
fn an_analysis_is_corrected() {
    assert_eq!(speakers(TEXT, &[]), ["Ana Ruiz", "Tom Berg", "Ana Ruiz"]);
    assert_eq!(
        speakers(TEXT, &[merge("Tom Berg", "Ana Ruiz")]),
        ["Ana Ruiz"; 3]
    );
    assert_eq!(
        speakers(TEXT, &[person("Ana Ruiz", None, None)]),
        ["?", "Tom Berg", "?"]
    );
    let here = person("Ana Ruiz", Some(KEY), Some("Eva Ruiz"));
    assert_eq!(
        speakers(TEXT, &[here]),
        ["Eva Ruiz", "Tom Berg", "Eva Ruiz"]
    );
    let elsewhere = person("Ana Ruiz", Some("/news/b.txt"), Some("Eva Ruiz"));
    assert_eq!(
        speakers(TEXT, &[elsewhere]),
        ["Ana Ruiz", "Tom Berg", "Ana Ruiz"]
    );
    let second = quotation("\"we won,\"", 2, Some("Tom Berg"));
    assert_eq!(
        speakers(TEXT, std::slice::from_ref(&second)),
        ["Ana Ruiz", "Tom Berg", "Tom Berg"]
    );
    let unknown = quotation("\"We lost,\"", 1, None);
    assert_eq!(
        speakers(TEXT, &[second, unknown]),
        ["Ana Ruiz", "?", "Tom Berg"]
    );
}

#[test]
fn a_corrected_quotation_survives_edits_of_the_article() {
    let correction = quotation("\"We lost,\"", 1, Some("Eva Lund"));
    let edited = TEXT.replace("Title", "A new title\n\nWith a paragraph more.");
    assert_eq!(
        speakers(&edited, std::slice::from_ref(&correction)),
        ["Ana Ruiz", "Eva Lund", "Ana Ruiz"]
    );
    let without = TEXT.replace("\"We lost,\" said Tom Berg.", "Nothing.");
    assert_eq!(speakers(&without, &[correction]), ["Ana Ruiz", "Ana Ruiz"]);
}

#[test]
fn a_corrected_quotation_says_so() {
    let document = document::read(TEXT.as_bytes().to_vec(), "a.txt").value;
    let corrections: Corrections = [quotation("\"We lost,\"", 1, Some("Eva Lund"))]
        .into_iter()
        .collect();
    let analysis = corrections
        .applied(KEY, &document, &analyze(&document))
        .unwrap();
    assert_eq!(words_of(&document, &analysis.quotations[1]), "\"We lost,\"");
    assert_eq!(occurrence(&document, &analysis, 2), 2);
    let rule = analysis.quotations[1].attribution.unwrap().rule;
    assert_eq!(rule.name(), "corrected");
}
