//! Word lists by language: reporting verbs, titles, roles, names and function words.
//!
//! Each language has a folder of text files with one fact per line. The build script compiles them into a hash
//! table from words to sets of [`Class`]es. Analysis tests for classes and never for words, so a new language
//! is only data: a folder and a row in [`LANGUAGES`].

pub mod gazetteer;
pub mod months;
pub mod names;
pub mod stop_words;

mod class;
mod languages;
#[cfg(test)]
mod sections;
mod word_table;

pub use class::{Class, Classes};
pub use languages::{LANGUAGES, Language};
use word_table::WordTable;
pub(crate) use word_table::fold_hash;

/// The contents of all data files. When one of them changes, stored results are out of date.
pub fn files() -> impl Iterator<Item = &'static str> {
    let words = LANGUAGES.iter().flat_map(|language| {
        let files = language.files.iter().map(|(_, content)| *content);
        files.chain([language.cues, language.verbs])
    });
    let stop_words = stop_words::FILES.iter().map(|(_, content)| *content);
    words
        .chain(names::files())
        .chain(stop_words)
        .chain([gazetteer::TABLE, months::FILE])
}

/// The lexicons, in the order of [`LANGUAGES`].
static LEXICONS: [Lexicon; 3] = [
    Lexicon::new(0, include_bytes!(concat!(env!("OUT_DIR"), "/words-en"))),
    Lexicon::new(1, include_bytes!(concat!(env!("OUT_DIR"), "/words-de"))),
    Lexicon::new(2, include_bytes!(concat!(env!("OUT_DIR"), "/words-fr"))),
];

/// The shortest last part of a compound with a hyphen that determines its classes, in bytes.
const SHORTEST_HEAD: usize = 3;

/// The words of one language.
pub struct Lexicon {
    /// The language.
    pub language: &'static Language,
    table: WordTable,
}

/// The lexicon of the language with an ISO 639-1 code; English if it has none.
#[must_use]
pub fn of_language(code: Option<&str>) -> &'static Lexicon {
    let known = LEXICONS
        .iter()
        .find(|lexicon| code == Some(lexicon.language.code));
    match known {
        Some(lexicon) => lexicon,
        None => &LEXICONS[0],
    }
}

impl Lexicon {
    /// The lexicon of a row of [`LANGUAGES`].
    const fn new(row: usize, words: &'static [u8; word_table::BYTES]) -> Self {
        Self {
            language: &LANGUAGES[row],
            table: WordTable::new(words),
        }
    }

    /// The classes of a word, in any case.
    #[must_use]
    pub fn classes(&self, word: &str) -> Classes {
        let found = self.table.get(word.as_bytes());
        if !found.is_empty() {
            return found;
        }
        // The last part of a compound such as `ex-wife` determines its classes.
        let hyphen = word.bytes().rposition(|byte| byte == b'-');
        if hyphen.is_none() && self.language.capital_nouns {
            return self.compound(word);
        }
        match hyphen.and_then(|hyphen| word.get(hyphen + 1..)) {
            Some(last) if last.len() >= SHORTEST_HEAD => {
                self.table.get(last.as_bytes()).keep(Class::PEOPLE)
            }
            _ => Classes::NONE,
        }
    }

    /// The classes of a compound written as one word, by its last part: `Verkehrsminister`.
    fn compound(&self, word: &str) -> Classes {
        /// Shorter ends of words are too often not words of their own, in bytes.
        const LEAST: usize = 6;
        /// No word of the files is longer, in bytes.
        const MOST: usize = 40;
        /// The fewest letters of the first part.
        const SKIPPED: usize = 3;
        word.char_indices()
            .skip(SKIPPED)
            .filter_map(|(at, _)| word.get(at..))
            .skip_while(|part| part.len() > MOST)
            .take_while(|part| part.len() >= LEAST)
            .map(|part| self.table.get(part.as_bytes()).keep(Class::PEOPLE))
            .find(|classes| classes.has(Class::Role) || classes.has(Class::Title))
            .unwrap_or(Classes::NONE)
    }

    /// Whether a full stop after the word belongs to the word.
    #[must_use]
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.table.get(word.as_bytes()).has(Class::Abbreviation)
    }
}

#[cfg(test)]
mod tests {
    use super::sections::{VERB_FORMS, classes_of};
    use super::*;

    /// The lines of a word file without comments and blank lines.
    fn facts(content: &str) -> impl Iterator<Item = &str> {
        content
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
    }

    /// An unknown heading or frame stops the build.
    #[test]
    fn every_language_has_every_file() {
        for language in LANGUAGES {
            for (name, content) in language.files {
                assert!(facts(content).count() > 5, "{}/{name}", language.code);
            }
            for (file, least) in [(language.cues, 20), (language.verbs, 5)] {
                assert!(facts(file).count() >= least, "{}", language.code);
            }
        }
    }

    #[test]
    fn every_word_of_the_files_is_found() {
        for lexicon in &LEXICONS {
            let language = lexicon.language;
            let says = |word: &str, classes: Classes| {
                let known = lexicon.classes(word);
                assert_eq!(known.keep(classes), classes, "{}: {word}", language.code);
            };
            for (_, content) in language.files {
                let mut class = Classes::NONE;
                for fact in facts(content) {
                    match fact.strip_prefix('[') {
                        Some(heading) => {
                            class = classes_of(heading.trim_end_matches(']')).unwrap();
                        }
                        None => says(fact, class),
                    }
                }
            }
            for fact in facts(language.verbs).chain(facts(language.cues)) {
                let (forms, frames) = fact.split_once('|').unwrap_or((fact, ""));
                let frames = frames.split_whitespace();
                let frames = frames.map(|frame| classes_of(frame).unwrap());
                let classes = frames.fold(Class::Verb.into(), Classes::and);
                assert_eq!(forms.split_whitespace().count(), 5, "{fact}");
                for (form, class) in forms.split_whitespace().zip(VERB_FORMS) {
                    says(form, classes.and(class.into()));
                }
            }
        }
        let english = of_language(None);
        assert!(english.classes("Ghana").has(Class::Place));
        assert!(english.classes("Ghanaian").has(Class::Nationality));
        assert!(english.classes("Lanka").is_empty());
        assert!(
            of_language(Some("de"))
                .classes("Frankreich")
                .has(Class::Place)
        );
    }

    #[test]
    fn words_are_found_in_any_case() {
        let english = of_language(None);
        assert!(english.classes("Said").has(Class::Cue));
        assert!(
            english.classes("didn’t").has(Class::Auxiliary)
                && english.classes("didn't").has(Class::Auxiliary)
        );
        assert!(english.classes("ex-wife").has(Class::Female));
        assert!(english.classes("zyzzyva").is_empty());
        assert!(english.is_abbreviation("Sen"));
    }
}
