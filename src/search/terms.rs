//! What a word is for the index.
//!
//! An index can only narrow a search down when every match of the scan is also a match of the index. So both
//! read the same folded text and cut it at the same places: here. A word is a run of letters and digits,
//! and a character of a script without spaces is a word of its own. Whatever stands between words is left
//! out, so a phrase of the scan is always a row of neighboring words of the index.
//!
//! The words are handed over separated by one space. They are letters and digits and nothing else, so
//! the `ascii` tokenizer of FTS5 divides them there and nowhere else.
//!
//! ```
//! use pullquote::search::terms::words;
//!
//! assert_eq!(words("don't re-open 東京 at 10:30"), "don t re open 東 京 at 10 30");
//! ```

use crate::analysis::{Analysis, CountryCode};
use crate::document::Document;
use crate::text::fold::{Capitals, Folded, fold};

/// The tokenizer of FTS5 that divides [`Terms`] as they are meant.
pub const TOKENIZER: &str = "ascii";

/// The columns of the index, in order; [`Terms::columns`] gives their content in the same order.
pub const COLUMNS: [&str; 5] = ["title", "text", "speaker", "country", "said"];

/// Words are cut to this many bytes, in the index as in questions: a longer one is no word but data.
const MAX_WORD_BYTES: usize = 64;

/// The words of an article as the index takes them, one string a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// The words of the headline.
    pub title: String,
    /// The words of the text without what is hidden in it.
    pub text: String,
    /// The names of all who are quoted.
    pub speaker: String,
    /// The codes of the countries mentioned, in small letters.
    pub country: String,
    /// The words that report.
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

    /// The words by column, as in [`COLUMNS`].
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

/// The names of everybody who is quoted, each once.
fn speakers(analysis: &Analysis) -> String {
    let mut quoted: Vec<u32> = analysis
        .quotations
        .iter()
        .filter_map(|quotation| Some(analysis.speaker_id(quotation)?.0))
        .collect();
    quoted.sort_unstable();
    quoted.dedup();
    let mut names = String::new();
    for speaker in quoted
        .into_iter()
        .filter_map(|id| analysis.speakers.get(id as usize))
    {
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

/// A word cut to the length that the index knows.
pub(super) fn cut(word: &str) -> &str {
    if word.len() <= MAX_WORD_BYTES {
        return word;
    }
    let end = word.floor_char_boundary(MAX_WORD_BYTES);
    word.get(..end).unwrap_or(word)
}

/// Whether a word stands in the index as it is, and no longer one beside it.
pub(super) fn is_whole(word: &str) -> bool {
    word.len() < MAX_WORD_BYTES - 3
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

/// Where a word of letters ends that goes on at an offset.
fn word_end(folded: &str, mut at: usize) -> usize {
    loop {
        at += ascii_letters(folded, at);
        match kind_at(folded, at) {
            Some((CharKind::Letter, length)) => at += length,
            _ => return at,
        }
    }
}

/// How many letters and digits of ASCII there are from an offset on.
fn ascii_letters(folded: &str, at: usize) -> usize {
    let rest = folded.as_bytes().get(at..).unwrap_or_default();
    let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric());
    end.unwrap_or(rest.len())
}

/// What the character at an offset is to words, and its length; nothing at the end.
fn kind_at(folded: &str, at: usize) -> Option<(CharKind, usize)> {
    let byte = *folded.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some((kind(char::from(byte)), 1));
    }
    let character = folded.get(at..)?.chars().next()?;
    Some((kind(character), character.len_utf8()))
}

/// What a character is to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CharKind {
    /// It makes a word together with its neighbors.
    Letter,
    /// It is a word of its own: it belongs to a script without spaces.
    Alone,
    /// It stands between words.
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

/// Whether a word goes on from one character of a folded text to the next.
fn joins(left: Option<char>, right: Option<char>) -> bool {
    let is_letter = |c: char| kind(c) == CharKind::Letter;
    left.is_some_and(is_letter) && right.is_some_and(is_letter)
}

/// Whether no word goes on across that offset of a folded text.
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
    use crate::text::Span;

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
    fn an_article_has_words_by_column() {
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
    fn hidden_markup_divides_no_word() {
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
