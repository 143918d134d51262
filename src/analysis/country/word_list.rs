//! Sorted word lists for rules. The compiler checks that they are sorted.

/// Lower-case words, sorted and separated by spaces or line breaks, of at most [`LONGEST`] bytes each.
#[derive(Debug, Clone, Copy)]
pub(super) struct WordList {
    words: &'static [u8],
    /// A bit for each first letter, and below one for each length: these reject most words at once.
    firsts: u32,
    lengths: u32,
}

/// Less than the number of bits in `lengths`.
const LONGEST: usize = 24;

impl WordList {
    /// The words of a file after its first line, which is a comment.
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

    /// A list of sorted words separated by single spaces; any other list does not compile.
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
        let [first, ..] = word else {
            return false;
        };
        self.firsts & (1 << (first & 31)) != 0
            && word.len() <= LONGEST
            && self.lengths & (1 << word.len()) != 0
            && self.search(word)
    }

    /// A binary search over the bytes: from each middle it goes to the word around it.
    fn search(&self, word: &[u8]) -> bool {
        let (mut low, mut high) = (0, self.words.len());
        while low < high {
            let middle = low.midpoint(high);
            let is_gap = |byte: &u8| matches!(byte, b' ' | b'\n');
            let head = self.words[low..middle].rsplit(is_gap).next();
            let tail = self.words[middle..high].split(is_gap).next();
            let start = middle - head.map_or(0, <[u8]>::len);
            let end = middle + tail.map_or(0, <[u8]>::len);
            let known = &self.words[start..end];
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
