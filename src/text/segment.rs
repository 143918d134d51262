//! Words and sentences.
//!
//! [`tokens`] splits text into words, numbers, punctuation and quotation marks in one pass over the bytes.
//! [`sentences`] joins them into sentences. The caller decides which words are abbreviations, because that
//! depends on the language. Nothing here knows what a word means.
//!
//! ```
//! use pullquote::text::{Span, segment::sentences};
//!
//! let text = "Sen. Ruiz left. “I won.” She slept.";
//! let found = sentences(text, Span::whole(text), |word| word == "Sen");
//! let found: Vec<&str> = found.into_iter().map(|span| span.of(text)).collect();
//! assert_eq!(found, ["Sen. Ruiz left.", "“I won.”", "She slept."]);
//! ```

use super::Span;
pub use super::tokens::{QuoteMark, RawToken, RawTokenKind, RawTokens, tokens};

/// The sentences of the part of `text` under `span`, without the white space between them.
///
/// `is_abbreviation` decides whether the full stop after a word belongs to the word.
pub fn sentences(text: &str, span: Span, is_abbreviation: impl Fn(&str) -> bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    let (mut end, mut last_word) = (span.start, Span::default());
    let mut closed = false;
    for token in tokens(text, span) {
        if closed && token.spaced && starts_sentence(token) {
            found.extend(start.map(|start| Span::new(start, end)));
            start = None;
        }
        closed = match token.kind {
            RawTokenKind::Stop => {
                last_word.end != token.span.start || !is_short(last_word.of(text), &is_abbreviation)
            }
            RawTokenKind::Ask => true,
            RawTokenKind::Mark(_) | RawTokenKind::Close => closed && !token.spaced,
            _ => false,
        };
        if matches!(token.kind, RawTokenKind::Word | RawTokenKind::Capitals) {
            last_word = token.span;
        }
        start = start.or(Some(token.span.start));
        end = token.span.end;
    }
    found.extend(start.map(|start| Span::new(start, end)));
    found
}

/// Whether a token after a full stop and a space can begin a sentence.
fn starts_sentence(token: RawToken) -> bool {
    match token.kind {
        RawTokenKind::Word => token.capital,
        RawTokenKind::Capitals
        | RawTokenKind::Number
        | RawTokenKind::Mark(_)
        | RawTokenKind::Open
        | RawTokenKind::Dash => true,
        _ => false,
    }
}

/// Whether a full stop after `word` belongs to the word.
fn is_short(word: &str, is_abbreviation: &impl Fn(&str) -> bool) -> bool {
    let mut characters = word.chars();
    let single = characters.next().is_some_and(char::is_uppercase) && characters.next().is_none();
    single && word != "I" || word.contains('.') || is_abbreviation(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text, Span::whole(text))
            .map(|token| token.span.of(text))
            .collect()
    }

    #[test]
    fn clitics_hyphens_and_initialisms() {
        assert_eq!(
            words("Kirby’s U.S. didn't re-open O’Neill's D-Ky. AT&T"),
            [
                "Kirby",
                "’s",
                "U.S",
                ".",
                "didn't",
                "re-open",
                "O’Neill",
                "'s",
                "D-Ky",
                ".",
                "AT&T"
            ]
        );
    }

    #[test]
    fn marks_differ_from_apostrophes() {
        assert_eq!(
            words("''Yes,'' «oui» „ja“"),
            ["''", "Yes", ",", "''", "«", "oui", "»", "„", "ja", "“"]
        );
    }

    #[test]
    fn dashes_need_space_or_doubling() {
        assert_eq!(
            words("a - b--c – 1,000.5"),
            ["a", "-", "b", "--", "c", "–", "1,000.5"]
        );
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        let text = "Mr. J. Ruiz of the U.S. House left. Why? “No!” he said. Done";
        let found: Vec<&str> = sentences(text, Span::whole(text), |word| word == "Mr")
            .into_iter()
            .map(|span| span.of(text))
            .collect();
        assert_eq!(
            found,
            [
                "Mr. J. Ruiz of the U.S. House left.",
                "Why?",
                "“No!” he said.",
                "Done"
            ]
        );
    }

    #[test]
    fn any_bytes_make_tokens_that_cover_no_byte_twice() {
        for text in [
            "",
            "\u{feff}",
            "''''''",
            "’’’s",
            "é’s",
            "\u{1F600}\"",
            "a.b.c.d.",
            "----",
            "A'",
        ] {
            let mut end = 0;
            for token in tokens(text, Span::whole(text)) {
                assert!(
                    token.span.start >= end && token.span.end > token.span.start,
                    "{text:?}"
                );
                assert!(text.get(token.span.range()).is_some(), "{text:?}");
                end = token.span.end;
            }
        }
    }
}
