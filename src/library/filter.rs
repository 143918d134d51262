//! Filters that the reader types to narrow a list.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::packed::{PackedText, WordFinder};

/// A filter: a text passes if it contains every word. Case and accents do not matter.
#[derive(Debug)]
pub struct ListFilter {
    /// The words, [plain](plain).
    words: Vec<String>,
}

impl ListFilter {
    /// The filter that was typed.
    #[must_use]
    pub fn new(filter: &str) -> Self {
        let words = plain(filter);
        Self {
            words: words.split_whitespace().map(str::to_owned).collect(),
        }
    }

    /// Whether everything passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a text passes.
    #[must_use]
    pub fn passes(&self, text: &str) -> bool {
        if text.is_ascii() {
            let is_in = |word: &String| ascii_contains(text.as_bytes(), word.as_bytes());
            return self.words.iter().all(is_in);
        }
        let text = plain(text);
        self.words.iter().all(|word| text.contains(word))
    }
}

/// A filter for many packed texts. It considers only the first [`MOST_WORDS`] words.
#[derive(Debug)]
pub(crate) struct PackedFilter {
    filter: ListFilter,
    finders: Vec<Option<WordFinder>>,
}

/// Words that are found, or not, are the bits of a byte.
const MOST_WORDS: usize = u8::BITS as usize;

impl PackedFilter {
    pub(crate) fn of(filter: ListFilter) -> Self {
        let words = filter.words.iter().take(MOST_WORDS);
        let finders = words.map(|word| WordFinder::of(word)).collect();
        Self { filter, finders }
    }

    /// The whole filter.
    pub(crate) fn filter(&self) -> &ListFilter {
        &self.filter
    }

    /// The words that a packed text contains, as bits.
    pub(crate) fn matching_words(&self, text: PackedText<'_>) -> u8 {
        let words = self.filter.words.iter().zip(&self.finders);
        let mut decoded = None;
        let is_in = |(word, finder): (&String, &Option<WordFinder>)| {
            if let Some(finder) = finder
                && let Some(is_in) = text.contains(finder)
            {
                return is_in;
            }
            contains(decoded.get_or_insert_with(|| text.decode()), word)
        };
        bits(words.map(is_in))
    }

    /// The words that a text contains, as bits.
    pub(crate) fn matching_words_in(&self, text: &str) -> u8 {
        let words = self.filter.words.iter().take(MOST_WORDS);
        bits(words.map(|word| contains(text, word)))
    }

    /// Whether one of the words has a letter.
    pub(crate) fn has(&self, letter: char) -> bool {
        self.filter.words.iter().any(|word| word.contains(letter))
    }

    /// Whether all words of the filter are considered.
    pub(crate) fn is_whole(&self) -> bool {
        self.filter.words.len() <= MOST_WORDS
    }

    /// Whether the words that are considered let something with these words pass.
    pub(crate) fn may_pass(&self, matching: u8) -> bool {
        matching == bits(self.finders.iter().map(|_| true))
    }

    /// Whether something with these words passes.
    pub(crate) fn passes(&self, matching: u8) -> bool {
        self.may_pass(matching) && self.is_whole()
    }
}

fn bits(all: impl Iterator<Item = bool>) -> u8 {
    let all = all.enumerate();
    all.fold(0, |bits, (at, is_set)| bits | u8::from(is_set) << at)
}

/// Whether a text contains a plain word.
fn contains(text: &str, word: &str) -> bool {
    if text.is_ascii() {
        ascii_contains(text.as_bytes(), word.as_bytes())
    } else {
        plain(text).contains(word)
    }
}

/// Whether an ASCII text contains a word in lowercase, ignoring case.
fn ascii_contains(text: &[u8], word: &[u8]) -> bool {
    let [first, others @ ..] = word else {
        return true;
    };
    let upper = first.to_ascii_uppercase();
    let mut rest = text;
    while let Some(at) = rest.iter().position(|byte| byte == first || *byte == upper) {
        rest = &rest[at + 1..];
        if rest.len() < others.len() {
            return false;
        }
        if rest[..others.len()].eq_ignore_ascii_case(others) {
            return true;
        }
    }
    false
}

/// A text in lowercase without accents.
fn plain(text: &str) -> String {
    text.nfkd()
        .filter(|&c| !is_combining_mark(c))
        .flat_map(char::to_lowercase)
        .collect()
}
