//! Finds where a word may be hyphenated at the end of a line.
//!
//! Only whole words in lower case are hyphenated, not names, acronyms, compounds with a hyphen or addresses.
//! German words may be capitalized, because German nouns are.

/// The shortest word that is hyphenated, in letters.
const SHORTEST: usize = 6;
/// The longest, in bytes; hypher handles it without allocating.
const LONGEST: usize = hypher::MAX_INLINE_SIZE;
/// The fewest letters before and after the hyphen.
const LEFT: usize = 2;
const RIGHT: usize = 3;

/// A language whose words can be hyphenated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HyphenationLanguage(hypher::Lang);

impl HyphenationLanguage {
    /// The language with an ISO 639-1 code (`en` or `en-GB`), if its patterns are compiled in.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next()?.to_ascii_lowercase();
        let code = <[u8; 2]>::try_from(primary.as_bytes()).ok()?;
        hypher::Lang::from_iso(code).map(Self)
    }

    /// Where `word` may be divided, as the number of bytes before the hyphen, longest first.
    pub(super) fn divisions(self, word: &str) -> Vec<usize> {
        let (left, right) = self.0.bounds();
        let mut at = 0;
        let mut places: Vec<usize> =
            hypher::hyphenate_bounded(word, self.0, left.max(LEFT), right.max(RIGHT))
                .map(|syllable| {
                    at += syllable.len();
                    at
                })
                .collect();
        places.pop(); // The end of the word.
        places.reverse();
        places
    }

    /// The range of the letters of `token`, a word with its punctuation, if they may be hyphenated.
    pub(super) fn divisible(self, token: &str) -> Option<std::ops::Range<usize>> {
        let word = token.trim_start_matches(OPENING).trim_end_matches(CLOSING);
        let start = token.len() - token.trim_start_matches(OPENING).len();
        let may_begin = |first: char| first.is_lowercase() || self.0 == hypher::Lang::German;
        let mut letters = word.chars();
        let is_word = word.len() <= LONGEST
            && letters
                .next()
                .is_some_and(|first| is_letter(first) && may_begin(first))
            && letters.all(|letter| is_letter(letter) && letter.is_lowercase())
            && word.chars().count() >= SHORTEST;
        is_word.then(|| start..start + word.len())
    }
}

const OPENING: &[char] = &['“', '‘', '"', '\'', '(', '[', '«', '‹', '„', '‚', '¿', '¡'];
const CLOSING: &[char] = &[
    '”', '’', '"', '\'', ')', ']', '»', '›', '“', '‘', '.', ',', ';', ':', '!', '?', '…',
];

/// Whether a character is a Latin letter, which is one column wide.
fn is_letter(point: char) -> bool {
    point.is_ascii_alphabetic() || (matches!(point, 'À'..='ɏ') && point.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(code: &str, token: &str) -> String {
        let language = HyphenationLanguage::from_code(code).unwrap();
        let Some(word) = language.divisible(token) else {
            return token.to_owned();
        };
        let mut divided = token.to_owned();
        for at in language.divisions(token.get(word.clone()).unwrap()) {
            divided.insert(word.start + at, '-');
        }
        divided
    }

    #[test]
    fn words_are_divided_by_their_language() {
        assert_eq!(divided("en", "“extensive,”"), "“ex-ten-sive,”");
        assert_eq!(divided("de-AT", "Verhandlungen"), "Ver-hand-lun-gen");
        assert_eq!(divided("fr", "gouvernement."), "gou-ver-ne-ment.");
    }

    #[test]
    fn names_short_words_and_addresses_are_not_divided() {
        for token in [
            "Washington",
            "NATO",
            "about",
            "well-known",
            "example.com",
            "e\u{301}le\u{301}ment",
        ] {
            assert_eq!(divided("en", token), token);
        }
        assert_eq!(HyphenationLanguage::from_code("xx"), None);
        assert_eq!(HyphenationLanguage::from_code("english"), None);
    }
}
