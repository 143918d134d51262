//! Names of countries in other languages than English, one data file a language.
//!
//! German and French also have adjectives and words for people. What else a name may mean is known for
//! English alone.

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

/// The languages whose words for what belongs to a country are known, by ISO 639-1 code.
static ADJECTIVES: &[(&str, &str)] = &[
    ("de", include_str!("adjectives-de.tsv")),
    ("fr", include_str!("adjectives-fr.tsv")),
];

/// The adjectives and words for people of all countries in a language, as stems; without a country the phrases
/// in which none is mentioned. Nothing when they are not known.
pub fn adjectives(language: &str) -> impl Iterator<Item = (Option<CountryCode>, &'static str)> {
    let known = ADJECTIVES.iter().find(|(known, _)| *known == language);
    rows(known.map_or("", |(_, table)| *table))
        .map(|(code, value)| (CountryCode::parse(code), value))
}

/// The values of a table with their codes.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t'))
        .flat_map(|(code, values)| values.split("; ").map(move |value| (code, value)))
}

/// The codes of the languages whose names are known, besides English.
pub fn languages() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(language, _)| *language)
}

/// The data files.
pub(super) fn files() -> impl Iterator<Item = &'static str> {
    let files = FILES.iter().chain(ADJECTIVES);
    files.map(|(_, content)| *content)
}

/// The place of a language among [`languages`]; `None` when its names are not known.
///
/// Norwegian goes by `nb`, `nn` and `no` alike.
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

/// The names of all countries in a language; nothing when its names are not known.
pub fn names(language: &str) -> impl Iterator<Item = (CountryCode, &'static str)> {
    let file = place(language).and_then(|at| FILES.get(at));
    let table = file.map_or("", |(_, table)| *table);
    rows(table).filter_map(|(code, name)| Some((CountryCode::parse(code)?, name)))
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
