//! Lists of words that rules ask, checked to be sorted when the program is compiled.

/// Words in small letters, sorted and parted by spaces or line breaks, at most [`LONGEST`] bytes each.
#[derive(Debug, Clone, Copy)]
pub(super) struct WordList {
    words: &'static [u8],
    /// A bit for each first letter and for each length: most words are turned away by these.
    firsts: u32,
    lengths: u32,
}

const LONGEST: usize = 24;

impl WordList {
    /// The words of a file behind its first line, which says what they are.
    pub(super) const fn of_file(content: &'static str) -> Self {
        let mut words = content.as_bytes();
        while let [byte, rest @ ..] = words {
            words = rest;
            if *byte == b'\n' {
                break;
            }
        }
        Self::of(words.trim_ascii())
    }

    /// A list of sorted words parted by single spaces; any other does not compile.
    pub(super) const fn new(words: &'static str) -> Self {
        Self::of(words.as_bytes())
    }

    const fn of(words: &'static [u8]) -> Self {
        let (mut firsts, mut lengths) = (0, 0);
        let (mut before, mut rest) = (words.split_at(0).0, words);
        while let [first, ..] = rest {
            let (word, tail) = first_word(rest);
            assert!(is_less(before, word), "words out of order");
            assert!(
                !word.is_empty() && word.len() <= LONGEST,
                "word empty or too long"
            );
            firsts |= 1 << (*first & 31);
            lengths |= 1 << word.len();
            (before, rest) = (word, tail);
        }
        Self {
            words,
            firsts,
            lengths,
        }
    }

    /// Whether `word` is on the list, in any case.
    pub(super) fn has(&self, word: &str) -> bool {
        let word = word.as_bytes();
        let first = word.first().map_or(0, |byte| 1 << (byte & 31));
        self.firsts & first != 0
            && self.lengths & (1 << (word.len() & 31)) != 0
            && word.len() <= LONGEST
            && self.search(word)
    }

    /// A binary search over the bytes: from any byte its word is a few steps away.
    fn search(&self, word: &[u8]) -> bool {
        let (mut low, mut high) = (0, self.words.len());
        while low < high {
            let middle = low.midpoint(high);
            let is_gap = |at: &usize| matches!(self.words.get(*at), Some(b' ' | b'\n'));
            let start = (low..middle).rev().find(is_gap).map_or(low, |at| at + 1);
            let end = (middle..high).find(is_gap).unwrap_or(high);
            let known = self.words.get(start..end).unwrap_or_default();
            let lowered = word.iter().map(u8::to_ascii_lowercase);
            match known.iter().copied().cmp(lowered) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => low = end + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        false
    }
}

const fn first_word(words: &[u8]) -> (&[u8], &[u8]) {
    let mut end = 0;
    while end < words.len() && !matches!(words[end], b' ' | b'\n') {
        end += 1;
    }
    let (word, tail) = words.split_at(end);
    match tail {
        [_, tail @ ..] => (word, tail),
        [] => (word, tail),
    }
}

const fn is_less(mut a: &[u8], mut b: &[u8]) -> bool {
    loop {
        match (a, b) {
            ([], [_, ..]) => return true,
            (_, []) => return false,
            ([x, rest_a @ ..], [y, rest_b @ ..]) => {
                if *x != *y {
                    return *x < *y;
                }
                (a, b) = (rest_a, rest_b);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAYS: WordList = WordList::new("added explained noted said says told");

    #[test]
    fn every_word_of_a_list_is_found_in_any_case() {
        for word in ["added", "Explained", "noted", "said", "SAYS", "told"] {
            assert!(SAYS.has(word), "{word}");
        }
    }

    #[test]
    fn other_words_are_not() {
        for word in [
            "",
            "add",
            "aided",
            "sai",
            "said says",
            "zzz",
            "saids",
            "a word longer than any",
        ] {
            assert!(!SAYS.has(word), "{word}");
        }
    }
}
