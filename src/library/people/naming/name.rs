//! Parsed names: what makes two written forms the same name, and what distinguishes two people with
//! it.
//!
//! Case, accents, hyphens, honorifics, dots and a leading article do not matter. Middle initials
//! and `Jr.` are separate from the base of the name: they can be left out, but they must not
//! contradict each other.

use std::ops::RangeInclusive;

use crate::lexicon::{Class, of_language};
use crate::text::fold::{Capitals, fold};

/// A parsed name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Name {
    /// What equal names share: given name and surname, or the whole name of an organization.
    pub base: String,
    /// What can be left out but must not contradict.
    pub extra: Extra,
    /// Whether it is more than a surname or an acronym.
    pub is_full: bool,
}

/// Middle initials and suffix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub(crate) struct Extra {
    /// `hw` of `George H. W. Bush`.
    initials: String,
    /// `jr` of `Robert F. Kennedy Jr.`
    suffix: String,
}

/// The most surnames that are considered for a name.
const MOST_ENDS: usize = 5;

/// The bytes of a letter in most scripts without case. A name in such a script has no spaces, and
/// is full from two letters on.
const ONE_LETTER: usize = 3;

const SUFFIXES: &[&str] = &["jr", "sr", "junior", "senior", "ii", "iii", "iv"];

impl Name {
    /// Parses a name.
    pub(crate) fn parse(name: &str) -> Self {
        let folded: String = fold(name, Capitals::Fold)
            .chars()
            .filter(|c| !matches!(c, '\'' | '"' | '’' | '‘'))
            .collect();
        let mut words: Vec<&str> = folded
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '.' | ','))
            .filter(|word| !word.is_empty())
            .collect();
        strip_front(&mut words);
        let mut extra = Extra::default();
        while let [rest @ .., last] = words.as_slice()
            && rest.len() >= 2
            && SUFFIXES.contains(last)
        {
            canonical_suffix(last).clone_into(&mut extra.suffix);
            words.truncate(rest.len());
        }
        let base = base(&words, &mut extra.initials);
        let is_full =
            base.contains(' ') || base.chars().any(is_without_case) && base.len() > ONE_LETTER;
        Self {
            base,
            extra,
            is_full,
        }
    }

    /// The surnames that somebody with this name may be called by: `van der bellen`, `bellen`.
    pub(crate) fn ends(&self) -> impl Iterator<Item = &str> {
        let mut rest = self.base.as_str();
        let next = move || {
            rest = rest.split_once(' ')?.1;
            Some(rest)
        };
        std::iter::from_fn(next).take(MOST_ENDS)
    }

    /// The whole name, with what can be left out.
    pub(crate) fn exact(&self) -> String {
        let Extra { initials, suffix } = &self.extra;
        format!("{}|{initials}|{suffix}", self.base)
    }
}

/// Removes honorifics and a leading article, as long as a name is left.
fn strip_front(words: &mut Vec<&str>) {
    let english = of_language(None);
    let is_idle = |word: &str| word == "the" || english.classes(word).has(Class::Honorific);
    let n_idle = words.iter().take_while(|word| is_idle(word)).count();
    words.drain(..n_idle.min(words.len().saturating_sub(1)));
}

fn canonical_suffix(word: &str) -> &str {
    match word {
        "junior" => "jr",
        "senior" => "sr",
        other => other,
    }
}

/// Joins the words, without single letters inside, which are initials. `J. K. Rowling` is `jk rowling`.
fn base(words: &[&str], initials: &mut String) -> String {
    let is_letter = |word: &str| word.chars().count() == 1 && !word.chars().any(is_without_case);
    let n_leading = words.iter().take_while(|word| is_letter(word)).count();
    let (leading, rest) = words.split_at(n_leading);
    let mut base = leading.concat();
    for (index, word) in rest.iter().enumerate() {
        let is_inside = (index > 0 || n_leading > 0) && index + 1 < rest.len();
        if is_inside && is_letter(word) {
            initials.push_str(word);
            continue;
        }
        if !base.is_empty() {
            base.push(' ');
        }
        base.push_str(word);
    }
    base
}

/// Whether a letter is of a script without case. Names in such scripts are mostly written without spaces.
fn is_without_case(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

impl Extra {
    /// Whether two people with the same base may be the same.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        let (a, b) = (&self.initials, &other.initials);
        let initials = a.starts_with(b.as_str()) || b.starts_with(a.as_str());
        let (a, b) = (&self.suffix, &other.suffix);
        initials && (a.is_empty() || b.is_empty() || a == b)
    }

    /// The number of bytes.
    pub(crate) fn len(&self) -> usize {
        self.initials.len() + self.suffix.len()
    }
}

/// The number of letters of an acronym.
const ACRONYM_LETTERS: RangeInclusive<usize> = 2..=8;

/// Whether a short name consists of the first letters of a long one: `FAO`, `UNHCR`, `U.N.`
pub(crate) fn is_acronym(short: &str, long: &str) -> bool {
    let letters: String = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let n_letters = letters.chars().count();
    let is_capitals = letters.chars().all(|c| !c.is_lowercase());
    if !ACRONYM_LETTERS.contains(&n_letters) || !is_capitals || short.contains(' ') {
        return false;
    }
    let words: Vec<&str> = long
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|word| !word.is_empty())
        .collect();
    let initials = |capitals_only: bool| -> String {
        let first = words.iter().filter_map(|word| word.chars().next());
        first
            .filter(|c| !capitals_only || c.is_uppercase())
            .flat_map(char::to_uppercase)
            .collect()
    };
    words.len() > 1 && (initials(true) == letters || initials(false) == letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        let (a, b) = (Name::parse(a), Name::parse(b));
        a.base == b.base && a.extra.agrees_with(&b.extra)
    }

    #[test]
    fn forms_of_one_name() {
        for (a, b) in [
            ("John Kirby", "john kirby"),
            ("John Kirby", "Mr. John Kirby"),
            ("Dr. Anthony Fauci", "Anthony Fauci"),
            ("John F. Kirby", "John Kirby"),
            ("George H. W. Bush", "George H.W. Bush"),
            ("George H. Bush", "George H.W. Bush"),
            ("J. K. Rowling", "JK Rowling"),
            ("José Muñoz", "Jose Munoz"),
            ("Ursula Von der Leyen", "Ursula von der Leyen"),
            ("Kim Jong-un", "Kim Jong Un"),
            ("Mary O’Brien", "Mary O'Brien"),
            ("Robert Kennedy Jr.", "Robert F. Kennedy, Jr"),
            ("Robert Kennedy Jr.", "Robert Kennedy"),
            ("the Associated Press", "Associated Press"),
            ("U.N.", "UN"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn names_of_different_people() {
        for (a, b) in [
            ("John Kirby", "Jack Kirby"),
            ("John Kirby", "Kirby"),
            ("George W. Bush", "George H. W. Bush"),
            ("Robert Kennedy Jr.", "Robert Kennedy Sr."),
            ("J. Kirby", "John Kirby"),
            ("Sergei Lavrov", "Sergey Lavrov"),
            ("Malcolm X", "Malcolm Y"),
        ] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn a_surname_is_not_a_full_name_and_ends_one() {
        let kirby = Name::parse("Mr Kirby");
        let ends = |name: &str, end: &Name| Name::parse(name).ends().any(|e| e == end.base);
        assert!(!kirby.is_full && ends("John Kirby", &kirby));
        assert!(!ends("John Mackirby", &kirby));
        assert!(Name::parse("习近平").is_full);
        let bellen = Name::parse("van der Bellen");
        assert!(ends("Alexander Van der Bellen", &bellen));
    }

    #[test]
    fn acronyms_are_first_letters() {
        assert!(is_acronym("FAO", "Food and Agriculture Organization"));
        assert!(is_acronym("U.N.", "United Nations"));
        assert!(is_acronym("WHO", "World Health Organization"));
        assert!(!is_acronym("FAO", "Federal Reserve"));
        assert!(!is_acronym("Kirby", "John Kirby"));
        assert!(!is_acronym("F", "Fed"));
    }

    #[test]
    fn odd_names_are_names() {
        for odd in ["", ".", "Mr", "Jr.", "the", "A. B.", "\u{301}"] {
            let name = Name::parse(odd);
            assert!(name.extra.agrees_with(&name.extra), "{odd:?}");
        }
    }
}
