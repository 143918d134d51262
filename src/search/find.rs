//! Finding a phrase, or a regular expression between slashes, in one text.
//!
//! ```
//! use pullquote::search::{CaseMatching, TextFinder};
//! use pullquote::text::{Span, fold::Folded};
//!
//! let text = "We don’t know,\nthey said.";
//! let finder = TextFinder::new("don't know, they", CaseMatching::Smart).value;
//! assert_eq!(finder.find_all(text, &Folded::new(text, &[])), [Span::new(3, 21)]);
//! ```

use memchr::memmem;
use regex::{Regex, RegexBuilder};

use super::terms::is_edge;
use crate::document::{Warned, Warning};
use crate::text::Span;
use crate::text::fold::{Capitals, Folded, fold};

/// Whether a search distinguishes capital and small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseMatching {
    /// If the query has a capital letter.
    Smart,
    /// Never.
    Ignore,
    /// Always.
    Exact,
}

impl CaseMatching {
    pub(super) fn is_exact(self, query: &str) -> bool {
        match self {
            Self::Smart => query.chars().any(char::is_uppercase),
            Self::Ignore => false,
            Self::Exact => true,
        }
    }
}

/// Which ends of a match must be at a word boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edges {
    Both,
    Start,
    Free,
}

impl Edges {
    fn hold(self, folded: &str, start: usize, end: usize) -> bool {
        match self {
            Self::Free => true,
            Self::Start => is_edge(folded, start),
            Self::Both => is_edge(folded, start) && is_edge(folded, end),
        }
    }
}

/// A compiled search that can be applied to any number of texts.
#[derive(Debug, Clone)]
pub struct TextFinder {
    needle: Needle,
    edges: Edges,
    /// The phrase with its capitals, if these count.
    exact: Option<String>,
}

#[derive(Debug, Clone)]
enum Needle {
    Phrase(Box<memmem::Finder<'static>>),
    Pattern(Regex),
}

/// Patterns that compile to more than this are rejected, for example `/(a{1000}){1000}/`.
const MAX_PATTERN_BYTES: usize = 1 << 20;

impl TextFinder {
    /// A finder for what the user typed: `/…/` is a regular expression, anything else a phrase.
    ///
    /// An invalid pattern is searched as words, with a warning.
    #[must_use]
    pub fn new(input: &str, case: CaseMatching) -> Warned<Self> {
        let Some(pattern) = between_slashes(input) else {
            return Warned {
                value: Self::phrase(input, case),
                warnings: Vec::new(),
            };
        };
        match Self::pattern(pattern, case) {
            Ok(finder) => Warned {
                value: finder,
                warnings: Vec::new(),
            },
            Err(message) => Warned {
                value: Self::phrase(pattern, case),
                warnings: vec![Warning {
                    span: None,
                    message,
                }],
            },
        }
    }

    /// A finder for a phrase, which may have any characters.
    #[must_use]
    pub fn phrase(phrase: &str, case: CaseMatching) -> Self {
        Self::words(phrase, case, Edges::Free)
    }

    /// A finder for a phrase that begins or ends at word boundaries.
    pub(super) fn words(phrase: &str, case: CaseMatching, edges: Edges) -> Self {
        let needle = fold(phrase, Capitals::Fold);
        Self {
            needle: Needle::Phrase(Box::new(memmem::Finder::new(&needle).into_owned())),
            edges,
            exact: case.is_exact(phrase).then(|| fold(phrase, Capitals::Keep)),
        }
    }

    /// A finder for a regular expression. `Err` is a sentence about what is wrong with it.
    pub(super) fn pattern(pattern: &str, case: CaseMatching) -> Result<Self, String> {
        // Only non-ASCII characters are folded, because `\S` and `\s` differ.
        let plain: String = pattern
            .chars()
            .map(|c| {
                if c.is_ascii() {
                    c.to_string()
                } else {
                    fold(c.encode_utf8(&mut [0; 4]), Capitals::Keep)
                }
            })
            .collect();
        let is_exact = case.is_exact(&without_escapes(pattern));
        let compiled = RegexBuilder::new(&plain)
            .case_insensitive(!is_exact)
            .size_limit(MAX_PATTERN_BYTES)
            .build();
        match compiled {
            Ok(regex) => Ok(Self {
                needle: Needle::Pattern(regex),
                edges: Edges::Free,
                exact: is_exact.then(String::new),
            }),
            Err(regex::Error::CompiledTooBig(_)) => Err(format!(
                "“/{pattern}/” is too large a pattern; searched as words"
            )),
            Err(_) => Err(format!(
                "“/{pattern}/” is not a valid regular expression; searched as words"
            )),
        }
    }

    /// Whether there is nothing to search for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.needle {
            Needle::Phrase(phrase) => phrase.needle().iter().all(|byte| *byte == b' '),
            Needle::Pattern(regex) => regex.as_str().is_empty(),
        }
    }

    /// All matches in `text`, in order and without overlap. `folded` is that text folded.
    #[must_use]
    pub fn find_all(&self, text: &str, folded: &Folded) -> Vec<Span> {
        if self.is_empty() {
            return Vec::new();
        }
        match &self.needle {
            Needle::Phrase(phrase) => phrase
                .find_iter(folded.as_str().as_bytes())
                .map(|start| (start, start + phrase.needle().len()))
                .filter(|&(start, end)| self.edges.hold(folded.as_str(), start, end))
                .map(|(start, end)| folded.source(text, start, end))
                .filter(|span| self.has_its_capitals(text, *span, folded))
                .collect(),
            Needle::Pattern(regex) if self.exact.is_some() => {
                matches(regex, text, &folded.with_capitals(text))
            }
            Needle::Pattern(regex) => matches(regex, text, folded),
        }
    }

    fn has_its_capitals(&self, text: &str, found: Span, folded: &Folded) -> bool {
        let exact = self.exact.as_ref();
        exact.is_none_or(|exact| folded.capitals_of(text, found).contains(exact.as_str()))
    }
}

fn matches(regex: &Regex, text: &str, folded: &Folded) -> Vec<Span> {
    regex
        .find_iter(folded.as_str())
        .filter(|found| !found.is_empty())
        .map(|found| folded.source(text, found.start(), found.end()))
        .collect()
}

/// The pattern in `/pattern/`, or in `/pattern` while it is being typed.
fn between_slashes(input: &str) -> Option<&str> {
    let pattern = input.strip_prefix('/')?;
    let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
    (!pattern.is_empty()).then_some(pattern)
}

/// The pattern without the letters after backslashes, whose case does not matter.
fn without_escapes(pattern: &str) -> String {
    let mut after_backslash = false;
    pattern
        .chars()
        .filter(|&c| {
            let escaped = std::mem::take(&mut after_backslash);
            after_backslash = c == '\\' && !escaped;
            !escaped
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(query: &str, text: &'t str) -> Vec<&'t str> {
        let finder = TextFinder::new(query, CaseMatching::Smart).value;
        finder
            .find_all(text, &Folded::new(text, &[]))
            .into_iter()
            .map(|span| span.of(text))
            .collect()
    }

    #[test]
    fn small_letters_match_both_cases_and_capitals_only_themselves() {
        let text = "Court, court, COURT";
        assert_eq!(found("court", text), ["Court", "court", "COURT"]);
        assert_eq!(found("Court", text), ["Court"]);
    }

    #[test]
    fn a_phrase_matches_across_line_breaks_and_kinds_of_marks() {
        assert_eq!(
            found("the \"war\"", "the\n  “war” — the\u{A0}\"WAR\""),
            ["the\n  “war”", "the\u{A0}\"WAR\""]
        );
        assert_eq!(
            found("naive", "naïve NAI\u{308}VE"),
            ["naïve", "NAI\u{308}VE"]
        );
        assert_eq!(found("NAÏVE", "naïve NAI\u{308}VE"), ["NAI\u{308}VE"]);
    }

    #[test]
    fn hidden_markup_is_not_searched() {
        let text = "The **Cou**rt, <!-- Court -->the *court*.";
        let hidden = [(4, 6), (9, 11), (15, 29), (33, 34), (39, 40)];
        let folded = Folded::new(text, &hidden.map(|(start, end)| Span::new(start, end)));
        for query in ["Court", "/Co\\w+/"] {
            let finder = TextFinder::new(query, CaseMatching::Smart).value;
            assert_eq!(
                finder.find_all(text, &folded),
                [Span::new(6, 13)],
                "{query}"
            );
        }
    }

    #[test]
    fn slashes_make_a_regular_expression() {
        assert_eq!(
            found(r"/\bs\w+d\b/", "He said she\nstood. Sand."),
            ["said", "stood", "Sand"]
        );
        assert_eq!(found(r"/S\w+/", "He said. Sand."), ["Sand"]);
        assert_eq!(found(r"/\S+ said/", "He  said."), ["He  said"]);
        assert_eq!(found("/x*/", "ab"), Vec::<&str>::new());
    }

    #[test]
    fn a_bad_pattern_is_searched_as_words() {
        let Warned { value, warnings } = TextFinder::new("/a(b/", CaseMatching::Smart);
        assert_eq!(
            warnings.first().unwrap().message,
            "“/a(b/” is not a valid regular expression; searched as words"
        );
        assert_eq!(
            value.find_all("xa(b", &Folded::new("xa(b", &[])),
            [Span::new(1, 4)]
        );
        assert!(
            TextFinder::new("/(a{1000}){1000}/", CaseMatching::Smart)
                .warnings
                .first()
                .unwrap()
                .message
                .contains("too large")
        );
    }

    #[test]
    fn an_empty_query_matches_nothing() {
        assert!(
            found("", "abc").is_empty()
                && found(" ", "a b").is_empty()
                && found("x", "").is_empty()
        );
    }
}
