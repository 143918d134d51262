//! Every word form that may mention a country, hashed by its first token.
//!
//! An automaton over these forms scans no faster than hashing the capitalized words of a text, but
//! takes longer to build than a whole article takes to read. Forms with the same first token are
//! chained; the longest that fits wins.

use std::sync::LazyLock;

use super::Form;
use super::scan::{HIGH, ONES, letters};
use crate::lexicon::gazetteer::{self, CountryCode};

pub(super) static CUES: &str = include_str!("../../lexicon/country-cues.tsv");

/// What a form stands for when nothing speaks against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A mention of a country.
    Country(CountryCode, Form),
    /// A place that implies a country.
    Place(CountryCode),
    /// A phrase that mentions no country.
    Phrase,
    /// Something that tells what an article is about.
    Cue(Cue),
}

/// What the appearance of a word tells about an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// It is about the US state of Georgia.
    GeorgiaState,
    /// It is about the country Georgia, or its neighborhood.
    GeorgiaCountry,
    /// It names another US state.
    UsState,
    /// It names a state of the past.
    Historic,
    /// It is about the first peoples of America.
    Tribal,
    /// It is about Kentucky.
    Kentucky,
    /// It names a body that towns and counties have.
    UsLocal,
}

impl Cue {
    /// How many cues there are.
    pub(super) const COUNT: usize = 7;

    fn parse(kind: &str) -> Option<Self> {
        Some(match kind {
            "georgia-state" => Self::GeorgiaState,
            "georgia-country" => Self::GeorgiaCountry,
            "us-state" => Self::UsState,
            "historic" => Self::Historic,
            "tribal" => Self::Tribal,
            "us-local" => Self::UsLocal,
            "kentucky" => Self::Kentucky,
            _ => return None,
        })
    }
}

/// One form of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// The words as a text has them.
    pub text: &'static str,
    /// What they stand for.
    pub sense: Sense,
    /// Its place in the table.
    pub id: u16,
    /// What its second word begins with; 0 when it has none.
    second: u8,
    next: u16,
}

/// The forms and where to find those that begin with a token.
#[derive(Debug)]
pub(super) struct Forms {
    entries: Vec<Entry>,
    heads: Vec<u16>,
    /// A bit for each hash that some form has.
    filter: Vec<u64>,
}

const SLOTS: usize = 8192;
const FILTER: usize = 65536;
const NONE: u16 = u16::MAX;

/// The forms of English articles.
pub(super) static ENGLISH: LazyLock<Forms> = LazyLock::new(Forms::english);

impl Forms {
    fn english() -> Self {
        let mut forms = Self {
            entries: Vec::with_capacity(4096),
            heads: vec![NONE; SLOTS],
            filter: vec![0; FILTER / 64],
        };
        // Among equals the first added wins: a name, then a phrase or cue, then a place.
        for country in gazetteer::countries() {
            forms.add_country(country);
        }
        for (kind, words) in CUES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
        {
            let sense = Cue::parse(kind).map_or(Sense::Phrase, Sense::Cue);
            for word in words.split("; ") {
                forms.add(word, sense);
            }
        }
        for country in gazetteer::countries() {
            for place in std::iter::once(country.capital).chain(country.places.iter()) {
                forms.add(place, Sense::Place(country.code));
            }
        }
        forms
    }

    fn add_country(&mut self, country: &gazetteer::Country) {
        let code = country.code;
        self.add(country.name, Sense::Country(code, Form::Name));
        let kinds = [
            (country.names, Form::Name),
            (country.former, Form::Former),
            (country.adjectives, Form::Adjective),
            (country.demonyms, Form::Adjective),
            (country.parts, Form::Part),
        ];
        for (words, form) in kinds {
            for word in words.iter() {
                self.add(word, Sense::Country(code, form));
            }
        }
    }

    fn add(&mut self, text: &'static str, sense: Sense) {
        let bytes = text.as_bytes();
        let Ok(index) = u16::try_from(self.entries.len()) else {
            return;
        };
        let hash = hash(bytes);
        if let Some(bits) = self.filter.get_mut(hash % FILTER / 64) {
            *bits |= 1 << (hash % 64);
        }
        if let Some(head) = self.heads.get_mut(hash % SLOTS)
            && !text.is_empty()
        {
            let next = std::mem::replace(head, index);
            self.entries.push(Entry {
                text,
                sense,
                id: index,
                second: second(bytes),
                next,
            });
        }
    }

    /// How many forms there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The names, adjectives and demonyms of a country, with their places in the table.
    pub(super) fn of(&self, code: CountryCode) -> impl Iterator<Item = (usize, &'static str)> {
        self.entries
            .iter()
            .enumerate()
            .filter(move |(_, entry)| {
                matches!(entry.sense, Sense::Country(known, Form::Name | Form::Adjective) if known == code)
            })
            .map(|(id, entry)| (id, entry.text))
    }

    /// The form at a place of the table.
    pub(super) fn text(&self, id: u16) -> &'static str {
        let entry = self.entries.get(usize::from(id));
        entry.map_or("", |entry| entry.text)
    }

    /// The longest form that begins at the start of `bytes`, and its length there.
    pub(super) fn longest(&self, bytes: &[u8]) -> Option<(Entry, usize)> {
        let hash = hash(bytes);
        if self.filter.get(hash % FILTER / 64)? & (1 << (hash % 64)) == 0 {
            return None;
        }
        let mut at = *self.heads.get(hash % SLOTS)?;
        let mut best: Option<(Entry, usize)> = None;
        let second = second(bytes);
        while let Some(entry) = self.entries.get(usize::from(at)) {
            if (entry.second == 0 || second == entry.second || second == ANY)
                && let Some(length) = fit(entry.text.as_bytes(), bytes)
                && best.is_none_or(|(_, known)| known <= length)
            {
                best = Some((*entry, length));
            }
            at = entry.next;
        }
        best
    }
}

/// Whether a single word names a country or its people.
pub(super) fn is_country(word: &str) -> bool {
    ENGLISH
        .longest(word.as_bytes())
        .is_some_and(|(entry, length)| {
            length == word.len() && matches!(entry.sense, Sense::Country(..))
        })
}

/// A hash of the ASCII letters `bytes` begins with, at most eight of them, in any case.
fn hash(bytes: &[u8]) -> usize {
    let word = bytes.first_chunk().map_or_else(
        || {
            bytes
                .iter()
                .rev()
                .fold(0, |word, &byte| word << 8 | u64::from(byte))
        },
        |chunk| u64::from_le_bytes(*chunk),
    );
    let others = !letters(word) & HIGH;
    let letters = if others == 0 {
        u64::MAX
    } else {
        // Everything below the first byte that is no letter.
        (1 << (others.trailing_zeros() & !7)) - 1
    };
    let token = (word | (ONES * 0x20)) & letters;
    // The upper bits of a product depend on all of its factors' bits.
    (token.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

/// What [`second`] says when more than a space stands after the first word.
const ANY: u8 = 1;

/// What the word after the first begins with, in small letters; 0 when no space follows the first.
fn second(bytes: &[u8]) -> u8 {
    let end = bytes
        .iter()
        .take(24)
        .position(|byte| !byte.is_ascii_alphabetic())
        .unwrap_or(bytes.len());
    match bytes.get(end..) {
        Some([b' ', next, ..]) if next.is_ascii_alphabetic() => next | 0x20,
        Some([byte, ..]) if byte.is_ascii_whitespace() || *byte == 0xC2 => ANY,
        _ => 0,
    }
}

/// The length at which `form` fits the start of `bytes`, if it does and a word ends there.
///
/// A text may set a form in capitals throughout, give later words a capital, set a line break for a
/// space and another apostrophe or dash.
fn fit(form: &[u8], bytes: &[u8]) -> Option<usize> {
    if bytes.starts_with(form) && ends_word(bytes, form.len(), form) {
        return Some(form.len());
    }
    // One word that is not set in capitals is spelled as in the table or not at all.
    let capitals = bytes.get(1).is_some_and(u8::is_ascii_uppercase);
    if !capitals && form.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    fit_loosely(form, bytes)
}

fn fit_loosely(form: &[u8], bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut word_start = true;
    let (mut raised, mut kept) = (0_u32, 0_u32);
    for (index, &wanted) in form.iter().enumerate() {
        let rest = bytes.get(at..)?;
        let &found = rest.first()?;
        if wanted == b' ' {
            at += space(rest)?;
        } else if found == wanted {
            at += 1;
            kept += u32::from(!word_start && wanted.is_ascii_lowercase());
        } else if wanted.is_ascii_lowercase() && found == wanted.to_ascii_uppercase() {
            at += 1;
            // Only later words may be raised alone: Guinea Pig, but not IrAn.
            raised += u32::from(!word_start || index == 0);
        } else {
            at += punctuation(wanted, rest)?;
        }
        word_start = !wanted.is_ascii_alphanumeric() && wanted < 0x80;
    }
    let mixed = raised > 0 && kept > 0;
    (!mixed && ends_word(bytes, at, form)).then_some(at)
}

/// The length of the white space `rest` begins with: any run with at most one line break.
fn space(rest: &[u8]) -> Option<usize> {
    let mut length = 0;
    loop {
        match rest.get(length..)? {
            [b' ' | b'\t' | b'\n' | b'\r', ..] if length < 12 => length += 1,
            [0xC2, 0xA0, ..] => length += 2,
            _ => return (length > 0).then_some(length),
        }
    }
}

/// The length of another spelling of an apostrophe or a hyphen.
fn punctuation(wanted: u8, rest: &[u8]) -> Option<usize> {
    match (wanted, rest) {
        (b'\'', [0xE2, 0x80, 0x99, ..]) | (b'-', [0xE2, 0x80, 0x90..=0x95, ..]) => Some(3),
        _ => None,
    }
}

/// Whether no letter or digit follows at `at`. `U.S` does not end before `.S.R.`.
fn ends_word(bytes: &[u8], at: usize, form: &[u8]) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest {
        [b'.', next, ..] if !form.iter().any(u8::is_ascii_lowercase) => {
            !next.is_ascii_alphanumeric()
        }
        // Beyond ASCII, C2 and E2 begin spaces, dashes and quotation marks; most else is letters.
        [] | [0xC2 | 0xE2 | 0xEF | 0xF0, ..] => true,
        [byte, ..] => byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'_',
    }
}
