//! Cutting texts into words for the index.
//!
//! An index can narrow a search down only if everything that the scan finds also matches in the index. So both use
//! the same folded text and the word boundaries defined here. A word is a run of letters and digits; each character
//! of a script without spaces is a word of its own. Everything between words is left out, so a phrase in the scan is
//! always a sequence of adjacent words in the index.
//!
//! Words are separated by single spaces. They consist of letters and digits only, so the `ascii` tokenizer of FTS5
//! splits them at the spaces and nowhere else.
//!
//! ```
//! use pullquote::search::terms::words;
//!
//! assert_eq!(words("don't re-open 東京 at 10:30"), "don t re open 東 京 at 10 30");
//! ```

use crate::analysis::{Analysis, CountryCode};
use crate::document::Document;
use crate::text::Span;
use crate::text::fold::{Capitals, Folded, fold};

/// The tokenizer of FTS5 for [`Terms`].
pub const TOKENIZER: &str = "ascii";

/// The columns of the index; [`Terms::columns`] returns their content in the same order.
pub const COLUMNS: [&str; 5] = ["title", "text", "speaker", "country", "said"];

/// Words are cut to this many bytes, in the index and in queries. Longer ones are data, not words.
const MAX_WORD_BYTES: usize = 64;
/// A word is cut between characters, so it may end up to this many bytes earlier.
const MAX_CHARACTER_BYTES: usize = 4;

/// The words of an article for the index, one string per column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// The words of the title.
    pub title: String,
    /// The words of the visible text.
    pub text: String,
    /// The names of all quoted speakers.
    pub speaker: String,
    /// The codes of all mentioned countries, in small letters.
    pub country: String,
    /// The reporting words.
    pub said: String,
}

impl Terms {
    /// The words of an article.
    #[must_use]
    pub fn of(document: &Document, analysis: &Analysis) -> Self {
        let hidden: Vec<_> = document.hidden().collect();
        let folded = Folded::new(&document.text, &hidden);
        Self {
            title: words(&fold(&document.meta.title, Capitals::Fold)),
            text: words(folded.as_str()),
            speaker: speakers(analysis),
            country: countries(analysis),
            said: cues(document, analysis),
        }
    }

    /// The words by column, in the order of [`COLUMNS`].
    #[must_use]
    pub fn columns(&self) -> [&str; 5] {
        [
            &self.title,
            &self.text,
            &self.speaker,
            &self.country,
            &self.said,
        ]
    }
}

/// The names of all quoted speakers, each once.
fn speakers(analysis: &Analysis) -> String {
    let mut quoted: Vec<u32> = analysis
        .quotations
        .iter()
        .filter_map(|quotation| Some(analysis.speaker_id(quotation)?.0))
        .collect();
    quoted.sort_unstable();
    quoted.dedup();
    let mut names = String::new();
    let speakers = quoted
        .into_iter()
        .filter_map(|id| analysis.speakers.get(id as usize));
    for speaker in speakers {
        for name in std::iter::once(&speaker.name).chain(&speaker.aliases) {
            push_words(&fold(name, Capitals::Fold), &mut names);
        }
    }
    names
}

fn countries(analysis: &Analysis) -> String {
    let mut codes: Vec<CountryCode> = analysis
        .countries
        .iter()
        .map(|mention| mention.country)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let mut words = String::new();
    for code in codes {
        push_words(&country_word(code), &mut words);
    }
    words
}

/// The word that stands for a country.
pub(super) fn country_word(code: CountryCode) -> String {
    fold(code.as_str(), Capitals::Fold)
}

fn cues(document: &Document, analysis: &Analysis) -> String {
    let cues = analysis
        .quotations
        .iter()
        .filter_map(|quotation| quotation.attribution.as_ref()?.cue.get());
    let mut words = String::new();
    for cue in cues {
        push_words(&fold(cue.of(&document.text), Capitals::Fold), &mut words);
    }
    words
}

/// The words of a folded text, separated by single spaces.
#[must_use]
pub fn words(folded: &str) -> String {
    let mut words = String::with_capacity(folded.len());
    push_words(folded, &mut words);
    words
}

fn push_words(folded: &str, words: &mut String) {
    for word in each_word(folded) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(cut(word));
    }
}

/// A word cut to the maximum length in the index.
pub(super) fn cut(word: &str) -> &str {
    if word.len() <= MAX_WORD_BYTES {
        return word;
    }
    let end = word.floor_char_boundary(MAX_WORD_BYTES);
    Span::from_usize(0, end).of(word)
}

/// Whether a word is certainly not cut in the index, nor a longer one cut to it.
pub(super) fn is_whole(word: &str) -> bool {
    word.len() <= MAX_WORD_BYTES - MAX_CHARACTER_BYTES
}

/// The words of a folded text at their full length.
pub(super) fn each_word(folded: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, first) = loop {
            match kind_at(folded, at)? {
                (CharKind::Gap, length) => at += length,
                first => break (at, first),
            }
        };
        at = match first {
            (CharKind::Letter, _) => word_end(folded, at),
            (_, length) => at + length,
        };
        folded.get(start..at)
    })
}

/// The end of a word of letters that continues at an offset.
fn word_end(folded: &str, mut at: usize) -> usize {
    loop {
        at += ascii_letters(folded, at);
        match kind_at(folded, at) {
            Some((CharKind::Letter, length)) => at += length,
            _ => return at,
        }
    }
}

/// How many ASCII letters and digits follow an offset.
fn ascii_letters(folded: &str, at: usize) -> usize {
    let rest = folded.as_bytes()[at..].iter();
    rest.take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// The kind of the character at an offset, and its length; `None` at the end.
fn kind_at(folded: &str, at: usize) -> Option<(CharKind, usize)> {
    let byte = *folded.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some((kind(char::from(byte)), 1));
    }
    let character = folded.get(at..)?.chars().next()?;
    Some((kind(character), character.len_utf8()))
}

/// The role of a character in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CharKind {
    /// It forms a word together with its neighbors.
    Letter,
    /// It is a word of its own because its script has no spaces.
    Alone,
    /// It separates words.
    Gap,
}

pub(super) fn kind(character: char) -> CharKind {
    if character.is_ascii() {
        return if character.is_ascii_alphanumeric() {
            CharKind::Letter
        } else {
            CharKind::Gap
        };
    }
    if !character.is_alphanumeric() {
        return CharKind::Gap;
    }
    match character {
        '\u{E00}'..='\u{E7F}'
        | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{20000}'..='\u{3FFFF}' => CharKind::Alone,
        _ => CharKind::Letter,
    }
}

/// Whether two adjacent characters of a folded text belong to one word.
fn joins(left: Option<char>, right: Option<char>) -> bool {
    let is_letter = |c: char| kind(c) == CharKind::Letter;
    left.is_some_and(is_letter) && right.is_some_and(is_letter)
}

/// Whether an offset of a folded text is not inside a word.
pub(super) fn is_edge(folded: &str, offset: usize) -> bool {
    let Some((before, after)) = folded.split_at_checked(offset) else {
        return true;
    };
    !joins(before.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    fn folded_words(text: &str) -> String {
        words(&fold(text, Capitals::Fold))
    }

    #[test]
    fn words_are_letters_and_digits() {
        assert_eq!(
            folded_words("Émile’s “war-time” ﬁnd—of co\u{AD}op: $1,000.50 (100%)"),
            "emile s war time find of coop 1 000 50 100"
        );
        assert_eq!(folded_words("har-\nbor"), "har bor");
        assert_eq!(folded_words(" … — ''"), "");
    }

    #[test]
    fn scripts_without_spaces_have_a_word_for_every_character() {
        assert_eq!(folded_words("東京で3日 ガス"), "東 京 で 3 日 ガ ス");
        assert_eq!(folded_words("서울 시장"), "서울 시장");
    }

    #[test]
    fn overlong_words_are_cut_between_characters() {
        let long = "é".repeat(99);
        assert_eq!(words(&long).chars().count(), 32);
        assert_eq!(words(&"a".repeat(99)).len(), 64);
    }

    #[test]
    fn terms_have_the_words_of_each_column() {
        let text =
            "Talks end\n\n“No,” said Ana Ruiz, the minister of Peru. Officials in Lima denied it.";
        let document = read(text.into(), "a.txt").value;
        let analysis = crate::analysis::analyze(&document);
        let terms = Terms::of(&document, &analysis);
        assert_eq!(terms.title, "talks end");
        assert!(
            terms
                .text
                .starts_with("talks end no said ana ruiz the minister")
        );
        assert!(terms.speaker.contains("ana ruiz"), "{terms:?}");
        assert_eq!(terms.country, "pe");
        assert!(terms.said.split(' ').any(|word| word == "said"));
    }

    #[test]
    fn hidden_markup_does_not_split_a_word() {
        let mut document = read("The **Cou**rt.".into(), "a.md").value;
        document.meta.title = String::new();
        assert_eq!(
            document.hidden().next(),
            Some(Span::new(4, 6)),
            "the markup is hidden"
        );
        assert_eq!(Terms::of(&document, &Analysis::default()).text, "the court");
    }
}
