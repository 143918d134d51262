//! The sentences of the rules and the specification of the whole, run as tests.

use super::super::find;
use super::{PLAIN, RULES};
use crate::document;

/// Splits `<US>U.S.</US>` tags off: the bare text, and the tagged spans with their codes.
fn untag(tagged: &str) -> (String, Vec<(String, String)>) {
    let (mut text, mut mentions) = (String::new(), Vec::new());
    let mut rest = tagged;
    while let Some((before, tail)) = rest.split_once('<') {
        let (code, tail) = tail.split_once('>').unwrap();
        let (inner, tail) = tail.split_once(&format!("</{code}>")).unwrap();
        text.push_str(before);
        mentions.push((code.to_owned(), inner.to_owned()));
        text.push_str(inner);
        rest = tail;
    }
    text.push_str(rest);
    (text, mentions)
}

fn analyzed(text: &str) -> (Vec<(String, String)>, Vec<&'static str>) {
    let document = document::read(text.as_bytes().to_vec(), "a.txt").value;
    let found = find(&document);
    let mentions = found
        .mentions
        .iter()
        .filter(|mention| !mention.uncertain)
        .map(|mention| {
            (
                mention.country.as_str().to_owned(),
                mention.span.of(text).to_owned(),
            )
        })
        .collect();
    (
        mentions,
        found
            .mentions
            .iter()
            .map(|mention| mention.reason)
            .collect(),
    )
}

#[test]
fn every_rule_holds_in_its_sentences() {
    let mut wrong = Vec::new();
    for rule in RULES.iter().copied().flatten() {
        assert!(!rule.matches.is_empty() && rule.id != PLAIN, "{}", rule.id);
        for tagged in rule.matches.iter().chain(rule.misses) {
            let (text, expected) = untag(tagged);
            let (found, _) = analyzed(&text);
            if found != expected {
                wrong.push(format!("{}: {tagged}\n    found {found:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_sentences_of_the_specification_hold() {
    let mut wrong = Vec::new();
    for tagged in include_str!("sentences.txt").lines() {
        if tagged.is_empty() || tagged.starts_with('#') {
            continue;
        }
        let (text, expected) = untag(tagged);
        let (found, reasons) = analyzed(&text);
        if found != expected {
            wrong.push(format!("{tagged}\n    found {found:?} {reasons:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
