//! What the reader typed to filter a list by.

/// What the reader typed to filter by, ready to be looked for.
#[derive(Debug)]
pub struct Filter {
    words: Vec<String>,
}

impl Filter {
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

    /// Whether it is one word.
    pub(super) fn is_one(&self) -> bool {
        self.words.len() == 1
    }

    /// The letters from a to z that the words have, each as a bit.
    pub(super) fn letters(&self) -> u32 {
        let words = self.words.iter();
        letters_of(words.flat_map(|word| word.bytes()))
    }

    /// Which of the first words stand in a text, each as a bit.
    pub(super) fn standing(&self, text: &str) -> u8 {
        let words = self.words.iter().take(8).enumerate();
        let standing = words.filter(|(_, word)| stands(word, text));
        standing.fold(0, |bits, (at, _)| bits | 1 << at)
    }

    /// The bits of all the first words.
    pub(super) fn all_standing(&self) -> u8 {
        let words = self.words.iter().take(8).enumerate();
        words.fold(0, |bits, (at, _)| bits | 1 << at)
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

/// The letters from a to z among some bytes, small or large, each as a bit.
pub(super) fn letters_of(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0, |letters, byte| match byte | 0x20 {
        letter @ b'a'..=b'z' if byte.is_ascii() => letters | 1 << (letter - b'a'),
        _ => letters,
    })
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
