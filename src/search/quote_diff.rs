//! Comparing quotations: whether two articles quote the same words, and how the quotations differ.
//!
//! A quotation is often shortened, rearranged or changed in a word. Two quotations count as the same if they share
//! enough words in long enough runs. The differences are returned as a list of pieces.

use crate::document::Document;
use crate::library::{FEWEST_WORDS, MOST_WORDS};
use crate::text::Span;
use crate::text::words::words;

/// Shorter runs of shared words do not count: they occur by chance.
const MIN_RUN: usize = 3;

/// The words of a quotation, prepared for comparison. Only the first [`MOST_WORDS`] count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuotedWords {
    hashes: Vec<u64>,
    /// Each word with the punctuation after it.
    shown: Vec<String>,
}

/// A piece of the difference between two quotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffPiece {
    /// Words that both have.
    Same(String),
    /// Words that only the first has.
    LeftOut(String),
    /// Words that only the second has.
    Added(String),
}

impl QuotedWords {
    /// The visible words in a span of an article.
    #[must_use]
    pub fn of(document: &Document, span: Span) -> Self {
        let visible = document.visible(span);
        let found: Vec<_> = words(&visible, Span::whole(&visible))
            .take(MOST_WORDS + 1)
            .collect();
        let length = Span::whole(&visible).end;
        let ends = found.iter().skip(1).map(|word| word.span.start);
        let ends = ends.chain([length]);
        let shown = found.iter().zip(ends).map(|(word, end)| {
            let with_marks = Span::new(word.span.start, end).of(&visible);
            with_marks.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        Self {
            shown: shown.take(MOST_WORDS).collect(),
            hashes: found
                .iter()
                .map(|word| word.hash)
                .take(MOST_WORDS)
                .collect(),
        }
    }

    /// Whether there are enough words to look for in other articles.
    #[must_use]
    pub fn is_long_enough(&self) -> bool {
        self.hashes.len() >= FEWEST_WORDS
    }

    /// The difference from another quotation; `None` if it is not the same one.
    #[must_use]
    pub fn compared_with(&self, other: &Self) -> Option<Vec<DiffPiece>> {
        if !self.may_share(other) {
            return None;
        }
        let pairs = common(&self.hashes, &other.hashes);
        let n_same: usize = runs(&pairs)
            .map(<[_]>::len)
            .filter(|&len| len >= MIN_RUN)
            .sum();
        let shorter = self.hashes.len().min(other.hashes.len());
        let is_same = n_same >= FEWEST_WORDS && n_same * 2 >= shorter;
        is_same.then(|| self.pieces(other, &pairs))
    }

    /// Whether both share any run of words. This quickly rules out most pairs.
    fn may_share(&self, other: &Self) -> bool {
        let mut theirs: Vec<&[u64]> = other.hashes.windows(MIN_RUN).collect();
        theirs.sort_unstable();
        let mut mine = self.hashes.windows(MIN_RUN);
        mine.any(|run| theirs.binary_search(&run).is_ok())
    }

    fn pieces(&self, other: &Self, pairs: &[(usize, usize)]) -> Vec<DiffPiece> {
        let mut pieces = DiffPieces::default();
        let (mut mine, mut theirs) = (0, 0);
        for &(a, b) in pairs {
            pieces.push(DiffPiece::LeftOut, &self.shown[mine..a]);
            pieces.push(DiffPiece::Added, &other.shown[theirs..b]);
            pieces.push(DiffPiece::Same, &self.shown[a..=a]);
            (mine, theirs) = (a + 1, b + 1);
        }
        pieces.push(DiffPiece::LeftOut, &self.shown[mine..]);
        pieces.push(DiffPiece::Added, &other.shown[theirs..]);
        pieces.0
    }
}

/// A list of pieces in which neighbors of one kind are joined.
#[derive(Default)]
struct DiffPieces(Vec<DiffPiece>);

impl DiffPieces {
    fn push(&mut self, kind: fn(String) -> DiffPiece, words: &[String]) {
        let words = words.join(" ");
        if words.is_empty() {
            return;
        }
        let new = kind(words);
        match (self.0.last_mut(), &new) {
            (Some(DiffPiece::Same(old)), DiffPiece::Same(words))
            | (Some(DiffPiece::LeftOut(old)), DiffPiece::LeftOut(words))
            | (Some(DiffPiece::Added(old)), DiffPiece::Added(words)) => {
                old.push(' ');
                old.push_str(words);
            }
            _ => self.0.push(new),
        }
    }
}

/// The longest common subsequence of words, as pairs of positions. Both lists are short, see [`MOST_WORDS`].
fn common(mine: &[u64], theirs: &[u64]) -> Vec<(usize, usize)> {
    let width = theirs.len() + 1;
    // The length of the longest common subsequence from each pair of positions on.
    let mut longest = vec![0_u16; (mine.len() + 1) * width];
    let at = |a: usize, b: usize| a * width + b;
    for (a, word) in mine.iter().enumerate().rev() {
        for (b, other) in theirs.iter().enumerate().rev() {
            longest[at(a, b)] = if word == other {
                longest[at(a + 1, b + 1)] + 1
            } else {
                longest[at(a + 1, b)].max(longest[at(a, b + 1)])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut a, mut b) = (0, 0);
    while let (Some(word), Some(other)) = (mine.get(a), theirs.get(b)) {
        if word == other {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if longest[at(a + 1, b)] >= longest[at(a, b + 1)] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// Runs of pairs that are consecutive in both texts.
fn runs(pairs: &[(usize, usize)]) -> impl Iterator<Item = &[(usize, usize)]> {
    pairs.chunk_by(|a, b| a.0 + 1 == b.0 && a.1 + 1 == b.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> QuotedWords {
        let document = Document {
            text: text.to_owned(),
            ..Document::default()
        };
        QuotedWords::of(&document, Span::whole(text))
    }

    fn difference(mine: &str, theirs: &str) -> Option<String> {
        let pieces = quoted(mine).compared_with(&quoted(theirs))?;
        let shown = pieces.iter().map(|piece| match piece {
            DiffPiece::Same(words) => words.clone(),
            DiffPiece::LeftOut(words) => format!("[-{words}-]"),
            DiffPiece::Added(words) => format!("{{+{words}+}}"),
        });
        Some(shown.collect::<Vec<_>>().join(" "))
    }

    const SAID: &str =
        "“We will not accept a deal that leaves the harbor unfinished, not this year.”";

    #[test]
    fn line_breaks_capitals_and_punctuation_do_not_matter() {
        let other =
            "\"We will not accept a\ndeal that leaves the HARBOR unfinished -- not this year\"";
        let shown = "We will not accept a deal that leaves the harbor unfinished, not this year.”";
        assert_eq!(difference(SAID, other).as_deref(), Some(shown));
    }

    #[test]
    fn the_difference_shows_what_is_left_out() {
        assert_eq!(
            difference(SAID, "“We will not accept a deal … not this year.”").as_deref(),
            Some(
                "We will not accept a deal [-that leaves the harbor unfinished,-] not this year.”"
            )
        );
        assert_eq!(
            difference(SAID, "“a deal that leaves the port unfinished”").as_deref(),
            Some(
                "[-We will not accept-] a deal that leaves the [-harbor-] {+port+} unfinished, [-not this year.”-]"
            )
        );
    }

    #[test]
    fn what_has_little_in_common_is_something_else() {
        for other in [
            "",
            "“not this year”",
            "“We will see what this year brings for the people of the coast and the towns.”",
            "“We shall accept any deal that leaves us some harbor, unfinished or not.”",
        ] {
            assert_eq!(difference(SAID, other), None, "{other}");
        }
    }

    #[test]
    fn only_the_beginning_of_a_speech_counts() {
        let words: Vec<String> = (0..5000).map(|number| format!("word{number}")).collect();
        let speech = words.join(" ");
        let pieces = quoted(&speech).compared_with(&quoted(&speech)).unwrap();
        assert_eq!(pieces.len(), 1);
        let DiffPiece::Same(words) = &pieces[0] else {
            panic!()
        };
        assert_eq!(words.split(' ').count(), MOST_WORDS);
    }
}
