//! Lists of words that rules ask, checked to be sorted when the program is compiled.

/// Words in small ASCII letters, sorted, at most [`LONGEST`] bytes each.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    words: &'static [&'static str],
    /// A bit for each first letter and for each length: most words are turned away by these.
    firsts: u32,
    lengths: u32,
}

const LONGEST: usize = 24;

impl List {
    /// A list of sorted words; an unsorted one does not compile.
    pub(super) const fn new(words: &'static [&'static str]) -> Self {
        let (mut firsts, mut lengths) = (0, 0);
        let mut rest = words;
        while let [first, tail @ ..] = rest {
            if let [second, ..] = tail {
                assert!(
                    is_less(first.as_bytes(), second.as_bytes()),
                    "words out of order"
                );
            }
            assert!(first.len() <= LONGEST, "word too long");
            firsts |= 1 << (first.as_bytes()[0] & 31);
            lengths |= 1 << first.len();
            rest = tail;
        }
        Self {
            words,
            firsts,
            lengths,
        }
    }

    /// Whether `word` is on the list, in any case.
    pub(super) fn has(&self, word: &str) -> bool {
        let first = word.as_bytes().first().map_or(0, |byte| 1 << (byte & 31));
        if self.firsts & first == 0 || self.lengths & (1 << (word.len() & 31)) == 0 {
            return false;
        }
        let mut buffer = [0_u8; LONGEST];
        let Some(lowered) = buffer.get_mut(..word.len()) else {
            return false;
        };
        lowered.copy_from_slice(word.as_bytes());
        lowered.make_ascii_lowercase();
        let lowered: &[u8] = lowered;
        self.words
            .binary_search_by(|known| known.as_bytes().cmp(lowered))
            .is_ok()
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

    #[test]
    fn a_word_is_found_in_any_case() {
        const SAYS: List = List::new(&["added", "said", "says"]);
        assert!(SAYS.has("Said") && SAYS.has("SAYS"));
        assert!(
            !SAYS.has("sa") && !SAYS.has("") && !SAYS.has("a word longer than any on any list")
        );
    }
}
