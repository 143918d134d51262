//! What words mean: reporting verbs, titles, roles, names and function words, by language.
//!
//! The knowledge lies in text files under the language's folder, one fact a line. The compiler makes of
//! them a hash table from words to sets of [`Class`]es. Analysis asks for classes and never for words, so
//! a language is data: a folder and a row in [`LANGUAGES`].

pub mod gazetteer;
pub mod months;
pub mod names;
pub mod stop_words;

mod class;
mod read;
mod word_table;

pub use class::{Class, Classes};
#[cfg(test)]
use read::FORMS;
use word_table::WordTable;
pub(crate) use word_table::fold_hash;

/// A language the analysis knows.
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// Its own name.
    pub name: &'static str,
    /// Word files of classes: name and content.
    files: &'static [(&'static str, &'static str)],
    /// Reporting verbs.
    cues: &'static str,
    /// Other common verbs.
    verbs: &'static str,
    /// What it calls the countries; empty for English, whose names the gazetteer has.
    countries: &'static str,
    /// Whether all nouns have a capital letter, so that one says little about names.
    pub capital_nouns: bool,
    /// Whether the article tells the case, so that one source has several: `die Polizei`, `der Polizei`.
    pub inflects: bool,
    /// Whether reporting clauses stand inside the quotation marks.
    pub inquits_inside_marks: bool,
}

/// The languages, the fallback first.
pub const LANGUAGES: &[Language] = &[
    Language {
        code: "en",
        name: "English",
        files: &[
            ("function", include_str!("en/function.txt")),
            ("abbreviations", include_str!("en/abbreviations.txt")),
            ("people", include_str!("en/people.txt")),
            ("bodies", include_str!("en/bodies.txt")),
            ("given", include_str!("names/given.txt")),
        ],
        cues: include_str!("en/cues.txt"),
        verbs: include_str!("en/verbs.txt"),
        countries: "",
        capital_nouns: false,
        inflects: false,
        inquits_inside_marks: false,
    },
    Language {
        code: "de",
        name: "Deutsch",
        files: &[
            ("function", include_str!("de/function.txt")),
            ("abbreviations", include_str!("de/abbreviations.txt")),
            ("people", include_str!("de/people.txt")),
            ("bodies", include_str!("de/bodies.txt")),
            ("given", include_str!("names/given.txt")),
        ],
        cues: include_str!("de/cues.txt"),
        verbs: include_str!("de/verbs.txt"),
        countries: include_str!("names/de.tsv"),
        capital_nouns: true,
        inflects: true,
        inquits_inside_marks: false,
    },
    Language {
        code: "fr",
        name: "français",
        files: &[
            ("function", include_str!("fr/function.txt")),
            ("abbreviations", include_str!("fr/abbreviations.txt")),
            ("people", include_str!("fr/people.txt")),
            ("bodies", include_str!("fr/bodies.txt")),
            ("given", include_str!("names/given.txt")),
            ("inverted", include_str!("fr/inverted.txt")),
        ],
        cues: include_str!("fr/cues.txt"),
        verbs: include_str!("fr/verbs.txt"),
        countries: include_str!("names/fr.tsv"),
        capital_nouns: false,
        inflects: false,
        inquits_inside_marks: true,
    },
];

/// All data files, for those who must know whether they are still the same.
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

#[expect(long_running_const_eval, reason = "two million steps, half a second")]
static ENGLISH: WordTable = WordTable::of(&LANGUAGES[0]);
static GERMAN: WordTable = WordTable::of(&LANGUAGES[1]);
static FRENCH: WordTable = WordTable::of(&LANGUAGES[2]);

/// In the order of [`LANGUAGES`].
static LEXICONS: [Lexicon; 3] = [
    Lexicon::new(0, &ENGLISH),
    Lexicon::new(1, &GERMAN),
    Lexicon::new(2, &FRENCH),
];

/// The word knowledge of one language.
pub struct Lexicon {
    /// Whose words these are.
    pub language: &'static Language,
    table: &'static WordTable,
}

/// The lexicon of a language by its ISO 639-1 code; English when there is none for it.
#[must_use]
pub fn of_language(code: Option<&str>) -> &'static Lexicon {
    let row = LANGUAGES
        .iter()
        .position(|language| code == Some(language.code))
        .unwrap_or(0);
    LEXICONS.get(row).unwrap_or(&LEXICONS[0])
}

impl Lexicon {
    /// That of a row of [`LANGUAGES`].
    const fn new(row: usize, table: &'static WordTable) -> Self {
        Self {
            language: &LANGUAGES[row],
            table,
        }
    }

    /// The classes of a word, whatever its case.
    #[must_use]
    pub fn classes(&self, word: &str) -> Classes {
        let found = self.table.get(word.as_bytes());
        if !found.is_empty() {
            return found;
        }
        // Of a compound such as `ex-wife` the last part says what it is.
        let hyphen = word.bytes().rposition(|byte| byte == b'-');
        if hyphen.is_none() && self.language.capital_nouns {
            return self.compound(word);
        }
        match hyphen.and_then(|hyphen| word.get(hyphen + 1..)) {
            Some(last) if last.len() > 2 => self.table.get(last.as_bytes()).keep(Class::PEOPLE),
            _ => Classes::NONE,
        }
    }

    /// What the last part of a compound in one word says it is: `Verkehrsminister`.
    fn compound(&self, word: &str) -> Classes {
        const LEAST: usize = 6;
        const MOST: usize = 40;
        word.char_indices()
            .skip(3)
            .filter_map(|(at, _)| word.get(at..))
            .skip_while(|part| part.len() > MOST)
            .take_while(|part| part.len() >= LEAST)
            .map(|part| self.table.get(part.as_bytes()).keep(Class::PEOPLE))
            .find(|classes| classes.has(Class::Role) || classes.has(Class::Title))
            .unwrap_or(Classes::NONE)
    }

    /// Whether a full stop after the word belongs to it.
    #[must_use]
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.table.get(word.as_bytes()).has(Class::Abbreviation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a word file that say something.
    fn facts(content: &str) -> impl Iterator<Item = &str> {
        content
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
    }

    #[test]
    fn every_language_has_every_file_and_every_heading_is_known() {
        for language in LANGUAGES {
            for (name, content) in language.files {
                assert!(facts(content).count() > 5, "{}/{name}", language.code);
                for fact in facts(content) {
                    if let Some(heading) = fact.strip_prefix('[') {
                        let heading = heading.trim_end_matches(']');
                        assert!(
                            !Classes::section(heading.as_bytes()).is_empty(),
                            "{}/{name}: {heading}",
                            language.code
                        );
                    }
                }
            }
            for (file, least) in [(language.cues, 20), (language.verbs, 5)] {
                assert!(facts(file).count() >= least, "{}", language.code);
            }
            for frame in facts(language.cues)
                .filter_map(|fact| fact.split_once('|'))
                .flat_map(|(_, frames)| frames.split_whitespace())
            {
                assert!(
                    !Classes::section(frame.as_bytes()).is_empty(),
                    "{}: {frame}",
                    language.code
                );
            }
        }
    }

    #[test]
    fn what_the_files_say_of_a_word_is_known() {
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
                            class = Classes::section(heading.trim_end_matches(']').as_bytes());
                        }
                        None => says(fact, class),
                    }
                }
            }
            for fact in facts(language.verbs).chain(facts(language.cues)) {
                let (forms, frames) = fact.split_once('|').unwrap_or((fact, ""));
                let frames = frames.split_whitespace();
                let frames = frames.map(|frame| Classes::section(frame.as_bytes()));
                let classes = frames.fold(Class::Verb.into(), Classes::and);
                assert_eq!(forms.split_whitespace().count(), 5, "{fact}");
                for (form, class) in forms.split_whitespace().zip(FORMS) {
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
    fn words_are_known_whatever_their_case() {
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
