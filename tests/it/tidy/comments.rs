//! Comments and documents avoid the phrases that `docs/STYLE.md` lists.

use regex::Regex;

use super::documents::documents;
use super::{is_comment, none, program, read};

/// The heading of the list in `docs/STYLE.md`.
const HEADING: &str = "## Phrases to avoid";

/// The most that comments may have, in 1,000 words. It only shrinks.
const MOST_IN_COMMENTS: f64 = 1.5;

/// The same for README.md and the other documents.
const MOST_IN_DOCUMENTS: f64 = 1.5;

/// A row of the list in `docs/STYLE.md`: its first cell, how to find it, and uses of the same words that are right.
struct Phrase {
    name: &'static str,
    pattern: &'static str,
    but_not: Option<&'static str>,
}

const fn phrase(name: &'static str, pattern: &'static str) -> Phrase {
    Phrase {
        name,
        pattern,
        but_not: None,
    }
}

const PHRASES: &[Phrase] = &[
    phrase("anew", r"\banew\b"),
    phrase("shall", r"\bshall\b"),
    phrase("so many, so few", r"\b(?:so|that) (?:many|few)\b"),
    phrase(
        "one sees, one can",
        r"\bone (?:can|sees|types|looks|asks|reads|steps|goes|stays|came|stops|presses|would|may|has|was)\b",
    ),
    phrase("whoever, whatever", r"\b(?:whoever|whomever)\b"),
    Phrase {
        name: "stands",
        pattern: r"\bstands?\b",
        but_not: Some(r"\bstands? (?:for|in for|out|alone|beside|up)\b"),
    },
    Phrase {
        name: "tells, told",
        pattern: r"\b(?:tells|told)\b",
        but_not: Some(r"\btells (?:\w+ ){0,4}(?:apart|from)\b"),
    },
    phrase(
        "of which, by which",
        r"\b(?:of|by|with|to) (?:which|whom)\b",
    ),
    phrase(
        "Of the articles it keeps two",
        r"^(?:of|by|with|for|to|from|in|at|on|behind|between) [^.,;:]{3,50},? (?:is|are|it|that|nobody|somebody|nothing|there|only|all|each|no|what|who) ",
    ),
    phrase(
        "behind",
        r"\bbehind(?: (?:the|it|them|what|a frame|that)\b|[;.])",
    ),
    phrase("as far as", r"\bas far as\b"),
    phrase("looked into", r"\blook(?:s|ed|ing)? in(?:to|side)\b"),
    phrase("gives way", r"\bgives? way\b"),
    phrase("is known", r"\b(?:is|are|was|be) known\b"),
    phrase(
        "taken in, taken apart",
        r"\b(?:tak(?:es?|en|ing)|took) (?:apart|in)\b",
    ),
];

/// How often the phrases occur and in how many words, with the places.
#[derive(Default)]
struct Found {
    words: usize,
    places: Vec<String>,
}

impl Found {
    fn per_thousand(&self) -> f64 {
        let count = |n: usize| f64::from(u32::try_from(n).unwrap());
        1_000.0 * count(self.places.len()) / count(self.words)
    }

    fn check(&self, most: f64, name: &str) {
        let now = self.per_thousand();
        let count = self.places.len();
        assert!(
            now <= most,
            "{}\n{count} phrases to avoid in {} words, {now:.2} in 1,000; {name} is {most}",
            self.places.join("\n"),
            self.words
        );
    }
}

/// Finds the phrases in lines of prose.
struct Finder(Vec<(&'static str, Regex, Option<Regex>)>);

impl Finder {
    fn new() -> Self {
        let regex = |pattern: &str| Regex::new(&format!("(?i){pattern}")).unwrap();
        let row = |phrase: &Phrase| {
            (
                phrase.name,
                regex(phrase.pattern),
                phrase.but_not.map(regex),
            )
        };
        Self(PHRASES.iter().map(row).collect())
    }

    fn look(&self, place: &str, line: &str, found: &mut Found) {
        found.words += line.split_whitespace().count();
        for (name, pattern, but_not) in &self.0 {
            let right = but_not
                .as_ref()
                .map_or(0, |right| right.find_iter(line).count());
            let count = pattern.find_iter(line).count() - right;
            let place = format!("{place}: {name}: {line}");
            found.places.extend(std::iter::repeat_n(place, count));
        }
    }
}

#[test]
fn comments_are_plain_english() {
    let finder = Finder::new();
    let mut found = Found::default();
    for source in program() {
        for (number, line) in source.code() {
            if is_comment(line) {
                let words = line
                    .trim_start()
                    .trim_start_matches(['/', '!'])
                    .trim_start();
                finder.look(&format!("{}:{number}", source.path), words, &mut found);
            }
        }
    }
    found.check(MOST_IN_COMMENTS, "MOST_IN_COMMENTS");
}

#[test]
fn documents_are_plain_english() {
    let finder = Finder::new();
    let mut found = Found::default();
    for document in documents() {
        let path = document.path;
        // The list itself has every one of them.
        let mut is_list = false;
        for (index, line) in document.text.lines().enumerate() {
            if line.starts_with('#') {
                is_list = line == HEADING;
            }
            if !is_list {
                finder.look(&format!("{path}:{}", index + 1), line, &mut found);
            }
        }
    }
    found.check(MOST_IN_DOCUMENTS, "MOST_IN_DOCUMENTS");
}

/// The list a writer reads is the one that is checked.
#[test]
fn the_style_guide_lists_the_phrases() {
    let style = read("docs/STYLE.md");
    let (_, list) = style.split_once(HEADING).unwrap();
    let list = list.split("\n#").next().unwrap();
    let rows = list.lines().filter(|line| line.starts_with("| “"));
    let cell = |row: &str| {
        let cell = row.split('|').nth(1).unwrap().trim();
        cell.trim_matches(['“', '”']).to_owned()
    };
    let listed: Vec<String> = rows.map(cell).collect();
    let checked: Vec<&str> = PHRASES.iter().map(|phrase| phrase.name).collect();
    assert_eq!(listed, checked);
}

/// Each pattern finds the example in its own row.
#[test]
fn a_phrase_is_found_and_its_right_use_is_not() {
    let finder = Finder::new();
    let names: Vec<String> = PHRASES
        .iter()
        .map(|phrase| format!("{} ", phrase.name))
        .collect();
    for (name, missed) in PHRASES.iter().zip(&names).map(|(phrase, line)| {
        let mut found = Found::default();
        let is_behind = phrase.name == "behind";
        let line = if is_behind {
            "behind the frame"
        } else {
            line.as_str()
        };
        finder.look("here", line, &mut found);
        (phrase.name, found.places.is_empty())
    }) {
        assert!(!missed, "{name}");
    }
    let mut found = Found::default();
    finder.look("here", "a name stands for a person", &mut found);
    assert_eq!(found.places.len(), 0);
    none(&[]);
}
