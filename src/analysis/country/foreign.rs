//! Finds names of countries in articles that are not in English.
//!
//! Every name counts as a mention: no rule tells namesakes apart. Inflection is handled roughly, by a list of
//! endings for each language. In scripts without spaces a name may begin at every letter.

use std::sync::{LazyLock, OnceLock};

use super::adjective::Adjectives;
use super::mention::{CountryForm, CountryMention, CountryRuleId};
use super::rule_id::FOREIGN;
use crate::lexicon::gazetteer::CountryCode;
use crate::lexicon::names;
use crate::text::Span;

/// How a language writes a name in running text.
#[derive(Debug, Clone, Copy)]
enum Writing {
    /// Between spaces, possibly with one of these endings.
    Words(&'static [&'static str]),
    /// Between spaces, possibly with a particle joined to its end.
    Particles,
    /// Between spaces, possibly with one of these letters joined to its start.
    Prefixes(&'static [char]),
    /// Without spaces.
    Joined,
}

/// The names of one language, ready for the search.
#[derive(Debug)]
pub(super) struct ForeignNames {
    writing: Writing,
    /// Sorted by the first letter, the longest name first.
    proper: Vec<(char, &'static str, CountryCode)>,
    adjectives: Adjectives,
    /// The same for every mention.
    reason: CountryRuleId,
}

/// The languages, each with its names once a text has needed them.
static LANGUAGES: LazyLock<Vec<(&str, OnceLock<ForeignNames>)>> = LazyLock::new(|| {
    let languages = names::languages();
    languages
        .map(|language| (language, OnceLock::new()))
        .collect()
});

impl ForeignNames {
    /// The names of a language; `None` for a language without a list.
    pub(super) fn of(language: &str) -> Option<&'static Self> {
        let (language, names) = &LANGUAGES[names::place(language)?];
        Some(names.get_or_init(|| Self::read(language)))
    }

    fn read(language: &str) -> Self {
        let mut proper: Vec<_> = names::names(language)
            .filter_map(|(code, name)| Some((name.chars().next()?, name, code)))
            .collect();
        proper.sort_by_key(|(first, name, _)| (*first, usize::MAX - name.len()));
        Self {
            writing: writing(language),
            proper,
            adjectives: Adjectives::of(language),
            reason: CountryRuleId::named(FOREIGN).unwrap_or_default(),
        }
    }

    /// Adds the mentions in a block of `text`.
    pub(super) fn find(&self, text: &str, block: Span, found: &mut Vec<CountryMention>) {
        let part = block.of(text);
        let mut resume = 0;
        let mut before = ' ';
        for (at, c) in part.char_indices() {
            let open = self.may_start(before);
            before = c;
            if at < resume || !open {
                continue;
            }
            let (lead, rest) = part.split_at(at);
            let named = self.longest(c, rest);
            let found_here = named
                .map(|(country, length)| (Some(country), length, CountryForm::Name))
                .or_else(|| {
                    let (country, length) = self.adjectives.longest(c, lead, rest)?;
                    Some((country, length, CountryForm::Adjective))
                });
            let Some((country, length, form)) = found_here else {
                continue;
            };
            resume = at + length;
            let start = block.start as usize + at;
            found.extend(country.map(|country| CountryMention {
                span: Span::from_usize(start, start + length),
                country,
                form,
                reason: self.reason,
                uncertain: false,
            }));
        }
    }

    fn may_start(&self, before: char) -> bool {
        match self.writing {
            Writing::Joined => true,
            Writing::Prefixes(letters) => !before.is_alphanumeric() || letters.contains(&before),
            Writing::Words(_) | Writing::Particles => !before.is_alphanumeric(),
        }
    }

    fn longest(&self, first: char, rest: &str) -> Option<(CountryCode, usize)> {
        let start = self.proper.partition_point(|(letter, ..)| *letter < first);
        self.proper
            .iter()
            .skip(start)
            .take_while(|(letter, ..)| *letter == first)
            .filter(|(_, name, _)| begins_alike(name, rest))
            .find_map(|(_, name, code)| Some((*code, self.fit(name, rest)?)))
    }

    /// The length of a name at the start of `rest`, with its ending, if it is there.
    fn fit(&self, name: &str, rest: &str) -> Option<usize> {
        let Writing::Words(endings) = self.writing else {
            let after = rest.strip_prefix(name)?;
            let free = matches!(self.writing, Writing::Joined | Writing::Particles);
            return (free || !after.starts_with(char::is_alphanumeric)).then_some(name.len());
        };
        let mut at = 0;
        for (index, word) in name.split(' ').enumerate() {
            let mut tail = rest.get(at..)?;
            if index > 0 {
                let trimmed = tail.trim_start_matches([' ', '\n', '\u{a0}']);
                at += tail.len() - trimmed.len();
                if trimmed.len() == tail.len() {
                    return None;
                }
                tail = trimmed;
            }
            at += fit_word(word, tail, endings)?;
        }
        Some(at)
    }
}

/// Whether the second letters are the same in any case. This rejects most names quickly.
fn begins_alike(name: &str, rest: &str) -> bool {
    let (wanted, found) = (name.chars().nth(1), rest.chars().nth(1));
    wanted == found
        || wanted
            .zip(found)
            .is_some_and(|(wanted, found)| wanted.to_uppercase().eq([found]))
}

/// How many characters more than its bare form an inflected word has at most.
const LONGEST_ENDING: usize = 8;

/// Words of up to this many bytes are not inflected, nor found in capitals: they may be abbreviations.
const MAX_ABBREVIATION: usize = 3;

/// The length of `word`, or of its stem with an ending, at the start of `rest`.
fn fit_word(word: &str, rest: &str, endings: &[&str]) -> Option<usize> {
    let end = rest
        .char_indices()
        .take(word.len() + LONGEST_ENDING)
        .find(|(_, c)| {
            !(c.is_alphanumeric()
                || (*c == '-' && word.contains('-'))
                || *c == '.' && word.contains('.'))
        })
        .map_or(rest.len(), |(at, _)| at);
    let found = rest.get(..end)?.trim_end_matches('-');
    if found == word || (word.len() > MAX_ABBREVIATION && found == word.to_uppercase()) {
        return Some(found.len());
    }
    if let Some((bare, _)) = word.split_once(['\'', '’']) {
        // Côte d'Ivoire: here the apostrophe separates words.
        let whole = rest.get(..word.len())?;
        return (whole.replace('’', "'") == word.replace('’', "'") && !bare.is_empty())
            .then_some(word.len());
    }
    let last = word.chars().next_back()?;
    let stem = word.strip_suffix(last)?;
    let inflected = |stem: &str| {
        found
            .strip_prefix(stem)
            .is_some_and(|ending| endings.contains(&ending))
    };
    let has_stem = endings.len() > 1 && word.chars().count() > MAX_ABBREVIATION;
    (inflected(word) || (has_stem && VOWELS.contains(&last) && inflected(stem)))
        .then_some(found.len())
}

/// Final letters that an ending may replace.
const VOWELS: [char; 21] = [
    'a', 'e', 'i', 'o', 'u', 'y', 'ý', 'á', 'ä', 'а', 'я', 'й', 'ь', 'о', 'е', 'ы', 'і', 'ї', 'α',
    'η', 'ς',
];

fn writing(language: &str) -> Writing {
    match language {
        "zh" | "ja" => Writing::Joined,
        "ko" => Writing::Particles,
        "ar" | "fa" => Writing::Prefixes(&['و', 'ب', 'ل', 'ف', 'ك']),
        "he" => Writing::Prefixes(&['ו', 'ב', 'ל', 'מ', 'ה', 'ש', 'כ']),
        // „in den Niederlanden“
        "de" => Writing::Words(&["s", "n"]),
        "nl" | "sv" | "da" | "nb" | "nn" | "no" => Writing::Words(&["s"]),
        "ru" => Writing::Words(&[
            "а", "е", "и", "й", "у", "ы", "ю", "я", "ой", "ей", "ом", "ем", "ам", "ям", "ах", "ях",
            "ами", "ями", "ых", "их", "ую", "ого", "ов",
        ]),
        "uk" => Writing::Words(&[
            "а", "і", "и", "у", "ю", "я", "є", "ї", "ою", "ею", "єю", "ом", "ем", "ові", "ам",
            "ах", "ами", "их", "ів",
        ]),
        "bg" => Writing::Words(&["та", "то", "а", "я"]),
        "pl" => Writing::Words(&[
            "a", "i", "y", "e", "ę", "ą", "u", "ie", "ii", "ią", "em", "om", "owi", "ach", "ami",
            "ów", "ej", "ich", "ych",
        ]),
        "cs" => Writing::Words(&[
            "a", "e", "i", "y", "u", "ě", "í", "ou", "em", "ům", "ech", "ách", "ami", "é", "ých",
            "ým", "ími",
        ]),
        "fi" => Writing::Words(&[
            "n", "a", "ä", "an", "än", "in", "en", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta",
            "ltä", "lle", "ksi", "iin", "aan", "ään", "oon", "ja",
        ]),
        "hu" => Writing::Words(&[
            "ban", "ben", "ba", "be", "ból", "ből", "ra", "re", "ról", "ről", "on", "en", "ön",
            "nak", "nek", "tól", "től", "hoz", "hez", "val", "vel", "t", "ot", "et", "at", "ért",
            "ig", "ra",
        ]),
        "tr" => Writing::Words(&[
            "ya", "ye", "yı", "da", "de", "dan", "den", "ın", "in", "nın", "nin",
        ]),
        "ro" => Writing::Words(&["ei", "lui", "a", "ul"]),
        "el" => Writing::Words(&["ς", "ν", "υ", "ας", "ης", "ου", "ων", "α", "ο", "η"]),
        _ => Writing::Words(&[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(language: &str, text: &str) -> String {
        let mut found = Vec::new();
        ForeignNames::of(language)
            .unwrap()
            .find(text, Span::whole(text), &mut found);
        let codes: Vec<_> = found
            .iter()
            .map(|mention| mention.country.as_str())
            .collect();
        codes.join(" ")
    }

    #[test]
    fn names_are_found_in_their_language() {
        for (language, text, expected) in [
            (
                "de",
                "Deutschland und die Türkei trafen sich in Österreichs Hauptstadt.",
                "DE TR AT",
            ),
            (
                "fr",
                "La Côte d’Ivoire et les États-Unis ont signé en Suisse.",
                "CI US CH",
            ),
            (
                "es",
                "España, Perú y Brasil firmaron con los Estados Unidos.",
                "ES PE BR US",
            ),
            (
                "it",
                "La Cina e gli Stati Uniti trattano; la Germania aspetta.",
                "CN US DE",
            ),
            ("pt", "O Brasil e a Alemanha empataram.", "BR DE"),
            ("nl", "Duitsland en België tekenden.", "DE BE"),
            ("sv", "Sveriges regering talade med Norge.", "SE NO"),
            (
                "pl",
                "Prezydent Francji odwiedził Rosję i Ukrainę.",
                "FR RU UA",
            ),
            ("cs", "Vláda Slovenska a Německa", "SK DE"),
            (
                "ru",
                "Власти России и Китая обсудили Украину и США.",
                "RU CN UA US",
            ),
            ("uk", "Уряд України звернувся до Польщі.", "UA PL"),
            ("tr", "Türkiye'nin ve Almanya'nın bakanları", "TR DE"),
            ("el", "Η Ελλάδα και η Τουρκία", "GR TR"),
            ("ar", "التقى وزير خارجية مصر نظيره في تركيا", "EG TR"),
            ("zh", "中国和美国在法国会谈", "CN US FR"),
            ("ja", "日本とインドネシアと米国", "JP ID US"),
            ("ko", "한국은 일본과 미국에", "KR JP US"),
            ("fi", "Suomen ja Ruotsin johtajat", "FI SE"),
        ] {
            assert_eq!(codes(language, text), expected, "{text}");
        }
    }

    #[test]
    fn words_that_only_begin_like_a_name_are_not_found() {
        assert_eq!(codes("de", "Die Perle, der Omanismus, das Iranol"), "");
        assert_eq!(codes("fr", "une réunion à Maurice"), "");
    }

    #[test]
    fn an_unknown_language_has_no_names() {
        assert!(ForeignNames::of("tlh").is_none());
    }
}
