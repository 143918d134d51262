//! Adjectives of countries and words for their people in German and French: `russische`, `Dänin`, `ukrainienne`.
//!
//! The data files list stems. The spelling of a stem determines its endings.

use crate::lexicon::gazetteer::CountryCode;
use crate::lexicon::names;

/// A stem with its endings.
#[derive(Debug)]
struct Adjective {
    /// Its first letter in lower case.
    first: char,
    stem: &'static str,
    endings: &'static [&'static str],
    /// None for a phrase that mentions no country.
    country: Option<CountryCode>,
}

/// The adjectives of one language.
#[derive(Debug)]
pub(super) struct Adjectives {
    /// Whether adjectives are lower case inside a sentence, so that a capitalized one belongs to a name or is a
    /// language.
    adjectives_are_lower_case: bool,
    /// Sorted by the first letter, the longest stem first.
    rows: Vec<Adjective>,
}

impl Adjectives {
    /// The adjectives of a language; empty for a language without a list.
    pub(super) fn of(language: &str) -> Self {
        let endings = match language {
            "de" => german,
            _ => french,
        };
        let mut rows: Vec<_> = names::adjectives(language)
            .filter_map(|(country, value)| {
                let (stem, endings) = match country {
                    Some(_) => endings(value),
                    None => (value, [""].as_slice()),
                };
                Some(Adjective {
                    first: lower(stem.chars().next()?),
                    stem,
                    endings,
                    country,
                })
            })
            .collect();
        rows.sort_by_key(|row| (row.first, usize::MAX - row.stem.len()));
        Self {
            adjectives_are_lower_case: language == "de",
            rows,
        }
    }

    /// The country and the length of the word at the start of `rest`, whose first letter is `first`. The country
    /// is `None` for a phrase that mentions none. `lead` is the text before the word.
    pub(super) fn longest(
        &self,
        first: char,
        lead: &str,
        rest: &str,
    ) -> Option<(Option<CountryCode>, usize)> {
        let start = self.rows.partition_point(|row| row.first < lower(first));
        self.rows[start..]
            .iter()
            .take_while(|row| row.first == lower(first))
            .find_map(|row| Some((row.country, self.fit(row, first, lead, rest)?)))
    }

    /// The length of a stem with its ending at the start of `rest`, if it is there.
    fn fit(&self, row: &Adjective, first: char, lead: &str, rest: &str) -> Option<usize> {
        let written = row.stem.chars().next()?;
        let tail = row.stem.get(written.len_utf8()..)?;
        let after = rest.get(first.len_utf8()..)?.strip_prefix(tail)?;
        let without_ending = after.trim_start_matches(char::is_alphanumeric);
        let (ending, after) = after.split_at(after.len() - without_ending.len());
        let adjective = written.is_lowercase();
        let capital = first.is_uppercase();
        let fits = row.endings.contains(&ending) && (adjective || written == first);
        let counts = row.country.is_none()
            || !adjective
            || if self.adjectives_are_lower_case {
                // In „deutsch-französisch“ it is an adjective, in „auf Deutsch“ the language.
                let inflected = !ending.is_empty() || !capital && after.starts_with('-');
                let name = after.trim_start().starts_with(char::is_uppercase);
                inflected && !(capital && name && !opens(lead))
            } else {
                // « en russe » is the language.
                !(matches!(ending, "") && lead.ends_with("en "))
            };
        (fits && counts).then_some(first.len_utf8() + tail.len() + ending.len())
    }
}

/// Whether a sentence begins after `lead`.
fn opens(lead: &str) -> bool {
    let before = lead.trim_end().chars().next_back();
    before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ',' | '-' | ')'))
}

/// The first character of the lower-case form.
fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// The stem and the endings of an entry: `Dän-e` is a noun whose last letter changes, `Schweizer` another noun,
/// `dänisch` an adjective.
fn german(value: &'static str) -> (&'static str, &'static [&'static str]) {
    if let Some(stem) = value.strip_suffix("-e") {
        return (stem, &["e", "en", "in", "innen"]);
    }
    if value.starts_with(char::is_uppercase) {
        return (value, &["", "n", "s", "in", "innen"]);
    }
    (value, &["", "e", "en", "er", "es", "em"])
}

fn french(value: &'static str) -> (&'static str, &'static [&'static str]) {
    let endings: &[&str] = match value.as_bytes() {
        [.., b'e', b'n'] => &["", "s", "ne", "nes"],
        [.., b'e'] => &["", "s"],
        [.., b's'] => &["", "e", "es"],
        _ => &["", "s", "e", "es"],
    };
    (value, endings)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The codes of the words of a text that are adjectives of countries.
    fn codes(language: &str, text: &str) -> String {
        let adjectives = Adjectives::of(language);
        let mut codes = Vec::new();
        let mut resume = 0;
        let mut before = ' ';
        for (at, c) in text.char_indices() {
            let starts = !before.is_alphanumeric() && at >= resume;
            before = c;
            let (lead, rest) = text.split_at(at);
            let found = starts.then(|| adjectives.longest(c, lead, rest));
            if let Some((country, length)) = found.flatten() {
                resume = at + length;
                codes.extend(country.map(|country| country.as_str().to_owned()));
            }
        }
        codes.join(" ")
    }

    #[test]
    fn words_of_countries_are_found_with_their_endings() {
        for (language, text, expected) in [
            (
                "de",
                "Der ukrainische Präsident traf die britische Premierministerin.",
                "UA GB",
            ),
            (
                "de",
                "Russische Truppen und ein Schweizer, eine Dänin, die Deutschen",
                "RU CH DK DE",
            ),
            (
                "de",
                "Die deutsch-französischen Beziehungen zu nordkoreanischen Stellen",
                "DE FR KP",
            ),
            (
                "de",
                "US-amerikanische Soldaten und Amerikanerinnen",
                "US US",
            ),
            (
                "fr",
                "Le président ukrainien, la ministre ukrainienne et des Américains",
                "UA UA US",
            ),
            (
                "fr",
                "L'armée israélienne, une Danoise, les troupes nord-coréennes, turques",
                "IL DK KP TR",
            ),
        ] {
            assert_eq!(codes(language, text), expected, "{text}");
        }
    }

    #[test]
    fn languages_and_names_are_no_countries() {
        for (language, text) in [
            (
                "de",
                "Er sagte auf Englisch, die Deutsche Bank senke die Preise. Deutsche Bank",
            ),
            (
                "de",
                "Sie lernen Russisch und Französische Revolution, Pole Position",
            ),
            (
                "fr",
                "Elle parle en russe de l'océan Indien et des montagnes russes.",
            ),
        ] {
            assert_eq!(codes(language, text), "", "{text}");
        }
    }
}
