//! Names that may be other spellings of the same person. They are proposed to the reader, and never merged.

use super::name::Name;
use crate::library::people::People;
use crate::library::people::listing::all_names::AllNames;
use std::cmp::Reverse;

/// The most names that are proposed.
const MOST: usize = 12;

/// Finds people who may be the same as somebody.
#[derive(Debug)]
pub struct Variants {
    name: Box<str>,
    wanted: Name,
    skeleton: Vec<String>,
    names: AllNames,
    /// Those quoted most first among equally similar ones.
    found: Vec<(Similarity, Reverse<u32>, Box<str>)>,
}

impl Variants {
    /// Starts to find people who may be the same as the one who goes by a name.
    #[must_use]
    pub fn of(people: &People, name: &str) -> Self {
        let wanted = Name::parse(name);
        Self {
            name: name.into(),
            skeleton: skeleton(&wanted.base),
            wanted,
            names: AllNames::of(people),
            found: Vec::new(),
        }
    }

    /// Reads about `n_names` further names, and returns whether there are more.
    pub fn go_on(&mut self, people: &People, n_names: usize) -> bool {
        let Self { names, found, .. } = self;
        let has_more = names.go_on(people, n_names, |id, name| {
            if let Some(similarity) = similarity(&self.wanted, &self.skeleton, &Name::parse(name))
                && *name != *self.name
            {
                found.push((similarity, Reverse(people.n_quotations(id)), name.into()));
            }
        });
        if !has_more {
            self.found.sort_unstable();
            self.found.truncate(MOST);
        }
        has_more
    }

    /// The names that were found, most similar first, with their numbers of quotations. All names
    /// have to be read.
    pub fn found(&self) -> impl Iterator<Item = (&str, u32)> {
        let found = self.found.iter();
        found.map(|(_, Reverse(quotations), name)| (&**name, *quotations))
    }
}

/// How similar two names are, the most similar first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Similarity {
    SameBase,
    SameSkeleton,
    InitialForGivenName,
    SameSurname,
    SameSurnameSkeleton,
    SameShortSkeleton,
}

/// How similar two names are; `None` if they are not.
fn similarity(wanted: &Name, wanted_skeleton: &[String], other: &Name) -> Option<Similarity> {
    if wanted.base == other.base {
        return Some(Similarity::SameBase);
    }
    let starts_alike =
        wanted.base.chars().next().map(class) == other.base.chars().next().map(class);
    if wanted.is_full && other.is_full && starts_alike && skeleton(&other.base) == *wanted_skeleton
    {
        return Some(Similarity::SameSkeleton);
    }
    if wanted.is_full && other.is_full && has_initial_for(&wanted.base, &other.base) {
        return Some(Similarity::InitialForGivenName);
    }
    let (full, short) = if wanted.is_full {
        (wanted, other)
    } else {
        (other, wanted)
    };
    if full.is_full && !short.is_full {
        let surname = match full.base.rsplit_once(' ') {
            Some((_, surname)) => surname,
            None => &full.base,
        };
        if surname == short.base {
            return Some(Similarity::SameSurname);
        }
        if surname.chars().next().map(class) == short.base.chars().next().map(class)
            && skeleton(surname) == skeleton(&short.base)
        {
            return Some(Similarity::SameSurnameSkeleton);
        }
        return None;
    }
    let both_short = !wanted.is_full && !other.is_full;
    (both_short && starts_alike && skeleton(&other.base) == *wanted_skeleton)
        .then_some(Similarity::SameShortSkeleton)
}

/// Whether one of two names has an initial for the given name of the other: `j kirby`, `john kirby`.
fn has_initial_for(a: &str, b: &str) -> bool {
    let (Some((given_a, rest_a)), Some((given_b, rest_b))) = (a.split_once(' '), b.split_once(' '))
    else {
        return false;
    };
    let one = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
    rest_a == rest_b && (one(given_a, given_b) || one(given_b, given_a))
}

/// The skeleton of a name: the sounds of its consonants, which different transcriptions share.
fn skeleton(base: &str) -> Vec<String> {
    base.split(' ')
        .map(consonants)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Letters that together spell a sound of another script.
const SOUNDS: &[(&str, &str)] = &[
    ("shch", "s"),
    ("sch", "s"),
    ("tch", "c"),
    ("tsch", "c"),
    ("kh", "h"),
    ("gh", "h"),
    ("zh", "z"),
    ("dj", "j"),
    ("dzh", "j"),
    ("ts", "s"),
    ("tz", "s"),
    ("sh", "s"),
    ("ch", "c"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ck", "k"),
    ("ks", "x"),
    ("qu", "k"),
];

fn consonants(word: &str) -> String {
    let mut out = String::new();
    let mut rest = word;
    while !rest.is_empty() {
        let longest = SOUNDS
            .iter()
            .filter(|(spelled, _)| rest.starts_with(spelled))
            .max_by_key(|(spelled, _)| spelled.len());
        if let Some((spelled, sound)) = longest
            && let Some(after) = rest.strip_prefix(spelled)
        {
            push(&mut out, sound);
            rest = after;
            continue;
        }
        let mut letters = rest.chars();
        let letter = letters.next().map(class);
        rest = letters.as_str();
        if let Some(sound) = letter.filter(|sound| !matches!(sound, 'a' | 'h')) {
            push(&mut out, sound.encode_utf8(&mut [0; 4]));
        }
    }
    out
}

/// Appends a sound, but for doubled and silent ones.
fn push(out: &mut String, sound: &str) {
    if sound != "h" && !out.ends_with(sound) {
        out.push_str(sound);
    }
}

/// The sound that a letter may stand for; `a` for every vowel.
fn class(letter: char) -> char {
    match letter {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' => 'a',
        'q' | 'c' | 'g' => 'k',
        'w' => 'v',
        'z' => 's',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> Option<Similarity> {
        let (a, b) = (Name::parse(a), Name::parse(b));
        similarity(&a, &skeleton(&a.base), &b)
    }

    #[test]
    fn spellings_of_one_name_are_alike() {
        for (a, b) in [
            ("Sergei Lavrov", "Sergey Lavrov"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Mohammed Ali", "Muhammad Ali"),
            ("Muammar Gaddafi", "Moammar Qaddafi"),
            ("Alexei Navalny", "Aleksey Navalny"),
            ("Bashar al-Assad", "Bashar al Asad"),
            ("J. Kirby", "John Kirby"),
            ("Kirby", "John Kirby"),
            ("Zelensky", "Volodymyr Zelenskyy"),
        ] {
            assert!(alike(a, b).is_some(), "{a} / {b}");
            assert_eq!(alike(a, b), alike(b, a), "{a} / {b}");
        }
    }

    #[test]
    fn other_names_are_not() {
        for (a, b) in [
            ("John Kirby", "Jack Corby"),
            ("Sergei Lavrov", "Sergei Shoigu"),
            ("Ana Ruiz", "Ben Okoro"),
            ("Kirby", "John Corbyn"),
        ] {
            assert_eq!(alike(a, b), None, "{a} / {b}");
        }
    }
}
