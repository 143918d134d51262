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
            .map(|mention| mention.reason.name())
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

#[test]
fn places_imply_their_country_and_people_do_not() {
    let text = "The Kremlin and Kerry Washington met in Crimea, Ohio.";
    let document = document::read(text.as_bytes().to_vec(), "a.txt").value;
    let found = find(&document);
    let implied: Vec<_> = found
        .implied
        .iter()
        .map(|place| (place.span.of(text), place.country.as_str().to_owned()))
        .collect();
    let expected = [("Kremlin", "RU"), ("Crimea", "UA"), ("Ohio", "US")];
    assert_eq!(
        implied,
        expected.map(|(place, code)| (place, code.to_owned()))
    );
    assert_eq!(found.mentions, []);
}

#[test]
fn trailing_and_hidden_matter_is_not_read() {
    use crate::document::{Block, BlockKind, Document, Inline, InlineKind};
    use crate::text::Span;
    let text = "**South** Korea sang. [Peru](https://Chile.example)\n\nMore on Brazil".to_owned();
    let hidden = |from, to| Inline {
        span: Span::new(from, to),
        kind: InlineKind::Hidden,
    };
    let block = |kind, from, to| Block {
        kind,
        span: Span::new(from, to),
        joined: false,
    };
    let document = Document {
        blocks: vec![
            block(BlockKind::Paragraph, 0, 51),
            block(BlockKind::Trailing, 53, 67),
        ],
        inlines: vec![hidden(0, 2), hidden(7, 9), hidden(22, 23), hidden(27, 51)],
        text,
        ..Document::default()
    };
    let codes: Vec<_> = find(&document)
        .mentions
        .iter()
        .map(|mention| (mention.country.as_str().to_owned(), mention.span))
        .collect();
    assert_eq!(
        codes,
        [
            ("KR".to_owned(), Span::new(2, 15)),
            ("PE".to_owned(), Span::new(23, 27))
        ]
    );
}

#[test]
fn hostile_texts_are_read_to_the_end() {
    let texts = [
        "Georgia".repeat(600),
        "Turkey ".repeat(600),
        "U.S.".repeat(600),
        "“Chad’s ‘Jordan“".repeat(500),
        "United\u{a0}".repeat(500) + &" ".repeat(600),
        "Ägypten é\u{301}Été\u{0}ß".repeat(200),
        "St. Republic of the ".repeat(200),
    ];
    for text in texts {
        let document = document::read(text.clone().into_bytes(), "a.txt").value;
        let found = find(&document);
        let mut end = 0;
        for mention in found.mentions {
            assert!(mention.span.start >= end && !mention.span.of(&text).is_empty());
            end = mention.span.end;
        }
    }
}

#[test]
fn a_doubtful_country_is_kept_apart_with_its_reason() {
    let document = document::read(b"Georgia was in the news.".to_vec(), "a.txt").value;
    let found = find(&document);
    let [mention] = found.mentions.as_slice() else {
        panic!("one mention, not {:?}", found.mentions);
    };
    assert!(mention.uncertain);
    assert!(mention.reason.doc().is_some());
}
