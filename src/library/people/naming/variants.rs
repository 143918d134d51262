//! Names that may be of one person in another spelling: proposed to the reader, never joined.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::library::people::listing::all_names::AllNames;
use crate::library::people::{Name, People};

/// How many proposals there are at most.
const MOST: usize = 12;

/// Finds out who may be the same as somebody.
#[derive(Debug)]
pub struct Variants {
    name: Box<str>,
    wanted: Name,
    skeleton: Vec<String>,
    names: AllNames,
    /// Within a kind of likeness those quoted most come first, as they are listed.
    found: Vec<(u8, Reverse<u32>, Box<str>)>,
}

impl Variants {
    /// Begins to find out who may be the same as whoever goes by a name.
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

    /// Looks at some `n_names` further names; tells whether there are more.
    pub fn go_on(&mut self, people: &People, n_names: usize) -> bool {
        let Self { names, found, .. } = self;
        let has_more = names.go_on(people, n_names, |id, name| {
            if let Some(rank) = likeness(&self.wanted, &self.skeleton, &Name::parse(name))
                && *name != *self.name
            {
                found.push((rank, Reverse(people.n_quotations(id)), name.into()));
            }
        });
        if !has_more {
            self.found.sort_unstable();
            self.found.truncate(MOST);
        }
        has_more
    }

    /// Who may be the same, likeliest first, with their quotations, once everybody was looked at.
    pub fn found(&self) -> impl Iterator<Item = (&str, u32)> {
        let found = self.found.iter();
        found.map(|(_, Reverse(quotations), name)| (&**name, *quotations))
    }
}

impl People {
    /// Who may be the same as a person, likeliest first.
    #[must_use]
    pub fn variants(&self, name: &str) -> Vec<Arc<str>> {
        let mut variants = Variants::of(self, name);
        while variants.go_on(self, usize::MAX) {}
        variants.found().map(|(name, _)| name.into()).collect()
    }
}

/// How alike two names are, 0 for most; nothing when they are not.
fn likeness(wanted: &Name, wanted_skeleton: &[String], other: &Name) -> Option<u8> {
    if wanted.base == other.base {
        return Some(0);
    }
    let starts_alike =
        wanted.base.chars().next().map(class) == other.base.chars().next().map(class);
    if wanted.is_full && other.is_full && starts_alike && skeleton(&other.base) == *wanted_skeleton
    {
        return Some(1);
    }
    if wanted.is_full && other.is_full && has_initial_for(&wanted.base, &other.base) {
        return Some(2);
    }
    let (full, short) = if wanted.is_full {
        (wanted, other)
    } else {
        (other, wanted)
    };
    if full.is_full && !short.is_full {
        let surname = full.base.rsplit(' ').next().unwrap_or_default();
        if surname == short.base {
            return Some(3);
        }
        if surname.chars().next().map(class) == short.base.chars().next().map(class)
            && skeleton(surname) == skeleton(&short.base)
        {
            return Some(4);
        }
        return None;
    }
    let both_short = !wanted.is_full && !other.is_full;
    (both_short && starts_alike && skeleton(&other.base) == *wanted_skeleton).then_some(5)
}

/// Whether one of two names gives a letter for the given name of the other: `j kirby`, `john kirby`.
fn has_initial_for(a: &str, b: &str) -> bool {
    let (Some((given_a, rest_a)), Some((given_b, rest_b))) = (a.split_once(' '), b.split_once(' '))
    else {
        return false;
    };
    let one = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
    rest_a == rest_b && (one(given_a, given_b) || one(given_b, given_a))
}

/// What is left of a name when spellings of the same sounds are taken together: the classes of its consonants.
fn skeleton(base: &str) -> Vec<String> {
    base.split(' ')
        .map(consonants)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Letters and pairs of letters that spell one sound of another script.
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
        if let Some((spelled, sound)) = longest {
            push(&mut out, sound);
            rest = rest.strip_prefix(spelled).unwrap_or_default();
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

/// Doubled letters count once.
fn push(out: &mut String, sound: &str) {
    if sound != "h" && !out.ends_with(sound) {
        out.push_str(sound);
    }
}

/// The sound a letter may stand for; `a` for any vowel.
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

    fn alike(a: &str, b: &str) -> Option<u8> {
        let (a, b) = (Name::parse(a), Name::parse(b));
        likeness(&a, &skeleton(&a.base), &b)
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
