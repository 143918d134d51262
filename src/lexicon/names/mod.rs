//! Names of countries in languages other than English, one data file for each language.
//!
//! German and French also have adjectives and words for people. Other meanings of a name are only listed for
//! English.

use super::gazetteer::CountryCode;

/// The languages that have a file, by ISO 639-1 code, sorted.
static FILES: &[(&str, &str)] = &[
    ("ar", include_str!("ar.tsv")),
    ("bg", include_str!("bg.tsv")),
    ("cs", include_str!("cs.tsv")),
    ("da", include_str!("da.tsv")),
    ("de", include_str!("de.tsv")),
    ("el", include_str!("el.tsv")),
    ("es", include_str!("es.tsv")),
    ("fa", include_str!("fa.tsv")),
    ("fi", include_str!("fi.tsv")),
    ("fr", include_str!("fr.tsv")),
    ("he", include_str!("he.tsv")),
    ("hi", include_str!("hi.tsv")),
    ("hu", include_str!("hu.tsv")),
    ("id", include_str!("id.tsv")),
    ("it", include_str!("it.tsv")),
    ("ja", include_str!("ja.tsv")),
    ("ko", include_str!("ko.tsv")),
    ("nb", include_str!("nb.tsv")),
    ("nl", include_str!("nl.tsv")),
    ("pl", include_str!("pl.tsv")),
    ("pt", include_str!("pt.tsv")),
    ("ro", include_str!("ro.tsv")),
    ("ru", include_str!("ru.tsv")),
    ("sv", include_str!("sv.tsv")),
    ("tr", include_str!("tr.tsv")),
    ("uk", include_str!("uk.tsv")),
    ("vi", include_str!("vi.tsv")),
    ("zh", include_str!("zh.tsv")),
];

/// The languages that have adjectives of countries, by ISO 639-1 code.
static ADJECTIVES: &[(&str, &str)] = &[
    ("de", include_str!("adjectives-de.tsv")),
    ("fr", include_str!("adjectives-fr.tsv")),
];

/// The stems of all adjectives and words for people in a language, each with its country; `None` for phrases that
/// mention no country. Empty for a language without a file.
pub fn adjectives(language: &str) -> impl Iterator<Item = (Option<CountryCode>, &'static str)> {
    let tables = ADJECTIVES
        .iter()
        .filter(move |(known, _)| *known == language);
    tables
        .flat_map(|(_, table)| rows(table))
        .map(|(code, value)| (CountryCode::parse(code), value))
}

/// The values of a table, each with its code.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t'))
        .flat_map(|(code, values)| values.split("; ").map(move |value| (code, value)))
}

/// The codes of the languages that have names of countries, without English.
pub fn languages() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(language, _)| *language)
}

/// The contents of all data files.
pub(super) fn files() -> impl Iterator<Item = &'static str> {
    let files = FILES.iter().chain(ADJECTIVES);
    files.map(|(_, content)| *content)
}

/// The index of a language among [`languages`]; `None` if it has no file.
///
/// `nb`, `nn` and `no` all mean Norwegian.
#[must_use]
pub fn place(language: &str) -> Option<usize> {
    let language = if matches!(language, "nn" | "no") {
        "nb"
    } else {
        language
    };
    let known = FILES.binary_search_by_key(&language, |(language, _)| *language);
    known.ok()
}

/// The names of all countries in a language; empty if it has no file.
pub fn names(language: &str) -> impl Iterator<Item = (CountryCode, &'static str)> {
    let table = place(language).map(|at| FILES[at].1);
    table
        .into_iter()
        .flat_map(rows)
        .filter_map(|(code, name)| Some((CountryCode::parse(code)?, name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::gazetteer;

    #[test]
    fn every_language_names_the_countries() {
        assert!(languages().count() >= 12);
        for language in languages() {
            assert!(names(language).count() > 240, "{language}");
            for (code, name) in names(language) {
                assert!(gazetteer::country(code).is_some(), "{language}: {code:?}");
                assert!(
                    !name.is_empty() && name == name.trim(),
                    "{language}: {name}"
                );
            }
        }
        assert_eq!(names("tlh").count(), 0);
        for (language, _) in ADJECTIVES {
            for (code, word) in adjectives(language) {
                assert!(code.is_none_or(|code| gazetteer::country(code).is_some()));
                assert!(
                    !word.is_empty() && word == word.trim(),
                    "{language}: {word}"
                );
            }
        }
    }
}
