//! What the reader typed to filter a list by.

use crate::packed::{PackedText, WordFinder};

/// What the reader typed to filter by, ready to be looked for.
#[derive(Debug)]
pub struct ListFilter {
    words: Vec<String>,
}

impl ListFilter {
    /// The words of a filter; letter case and accents do not count.
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

    /// Whether every word stands in a text.
    #[must_use]
    pub fn passes(&self, text: &str) -> bool {
        if text.is_ascii() {
            let stands = |word: &String| stands_in_ascii(word.as_bytes(), text.as_bytes());
            return self.words.iter().all(stands);
        }
        let text = plain(text);
        self.words.iter().all(|word| text.contains(word))
    }
}

fn stands(word: &str, text: &str) -> bool {
    if text.is_ascii() {
        stands_in_ascii(word.as_bytes(), text.as_bytes())
    } else {
        plain(text).contains(word)
    }
}

/// A filter that is laid over many records. It looks at no more than eight words of what was typed.
#[derive(Debug)]
pub(crate) struct PackedFilter {
    filter: ListFilter,
    finders: Vec<Option<WordFinder>>,
}

/// So many words are told apart by bits.
const MOST_WORDS: usize = 8;

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

    /// Which of the words stand in words of a record, each as a bit.
    pub(crate) fn matching_words(&self, text: PackedText<'_>) -> u8 {
        let words = self.filter.words.iter().zip(&self.finders);
        let mut written = None;
        let stands = |(word, finder): (&String, &Option<WordFinder>)| {
            let known = finder.as_ref().and_then(|finder| text.contains(finder));
            known.unwrap_or_else(|| stands(word, written.get_or_insert_with(|| text.decode())))
        };
        bits(words.map(stands))
    }

    /// Which of the words stand in a text, each as a bit.
    pub(crate) fn matching_words_in(&self, text: &str) -> u8 {
        let words = self.filter.words.iter().take(MOST_WORDS);
        bits(words.map(|word| stands(word, text)))
    }

    /// Whether a letter is in one of the words.
    pub(crate) fn has(&self, letter: char) -> bool {
        self.filter.words.iter().any(|word| word.contains(letter))
    }

    /// Whether it looks at all words of the filter.
    pub(crate) fn is_whole(&self) -> bool {
        self.filter.words.len() <= MOST_WORDS
    }

    /// Whether everything may pass in which these words stand.
    pub(crate) fn may_pass(&self, standing: u8) -> bool {
        standing == bits(self.finders.iter().map(|_| true))
    }

    /// Whether everything passes in which these words stand.
    pub(crate) fn passes(&self, standing: u8) -> bool {
        self.may_pass(standing) && self.is_whole()
    }
}

fn bits(all: impl Iterator<Item = bool>) -> u8 {
    let all = all.enumerate();
    all.fold(0, |bits, (at, is_set)| bits | u8::from(is_set) << at)
}

/// Whether a word of small letters stands in plain text, whose capitals do not count.
fn stands_in_ascii(word: &[u8], text: &[u8]) -> bool {
    let Some((first, rest)) = word.split_first() else {
        return true;
    };
    let upper = first.to_ascii_uppercase();
    let mut left = text;
    while let Some(at) = left.iter().position(|byte| byte == first || *byte == upper) {
        left = left.get(at + 1..).unwrap_or_default();
        let here = left.get(..rest.len());
        if here.is_some_and(|here| here.eq_ignore_ascii_case(rest)) {
            return true;
        }
    }
    false
}

fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    use unicode_normalization::char::is_combining_mark;
    text.nfkd()
        .filter(|&c| !is_combining_mark(c))
        .flat_map(char::to_lowercase)
        .collect()
}
