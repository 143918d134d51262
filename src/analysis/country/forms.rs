//! Every word form that may mention a country, hashed by its first token. The compiler makes the table.
//!
//! An automaton over these forms scans no faster than hashing the capitalized words of a text, but
//! takes longer to build than a whole article takes to read. Forms with the same first token are
//! chained; the longest that fits wins.

use super::CountryForm;
use super::scan::{HIGH, ONES, letters};
use crate::lexicon::gazetteer::{self, CountryCode, TABLE};

pub(super) const CUES: &str = include_str!("../../lexicon/country-cues.tsv");

/// What a form stands for when nothing speaks against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A mention of a country.
    Country(CountryCode, CountryForm),
    /// A place that implies a country.
    Place(CountryCode),
    /// A phrase that mentions no country.
    Phrase,
    /// Something that tells what an article is about.
    Cue(TopicCue),
}

/// What the appearance of a word tells about an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TopicCue {
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

impl TopicCue {
    /// How many cues there are.
    pub(super) const COUNT: usize = 7;

    const fn parse(kind: &[u8]) -> Option<Self> {
        Some(match kind {
            b"georgia-state" => Self::GeorgiaState,
            b"georgia-country" => Self::GeorgiaCountry,
            b"us-state" => Self::UsState,
            b"historic" => Self::Historic,
            b"tribal" => Self::Tribal,
            b"us-local" => Self::UsLocal,
            b"kentucky" => Self::Kentucky,
            _ => return None,
        })
    }
}

/// One form of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct FormEntry {
    /// The words as a text has them.
    pub text: &'static str,
    /// What they stand for.
    pub sense: Sense,
    /// Its place in the table.
    pub id: u16,
}

/// The same as it is kept: without an address, so that nothing is written to the table when the program starts.
#[derive(Debug, Clone, Copy)]
struct PackedForm {
    /// Where the words stand: in the table of countries, or so far behind its end in that of cues.
    start: u16,
    length: u8,
    /// What its second word begins with; 0 when it has none.
    second: u8,
    sense: Sense,
    /// The form with the same first token that was added before.
    next: u16,
}

/// The forms and where to find those that begin with a token.
#[derive(Debug)]
pub(super) struct Forms {
    entries: [PackedForm; MOST],
    n_entries: u16,
    heads: [u16; SLOTS],
    /// A bit for each hash that some form has.
    filter: [u64; FILTER / 64],
}

const MOST: usize = 4096;
const SLOTS: usize = 8192;
const FILTER: usize = 65536;
const NONE: u16 = u16::MAX;

/// The forms of English articles.
pub(super) static ENGLISH: Forms = Forms::english();

impl PackedForm {
    const NONE: Self = Self {
        start: 0,
        length: 0,
        second: 0,
        sense: Sense::Phrase,
        next: NONE,
    };

    fn text(self) -> &'static str {
        let start = usize::from(self.start);
        let (file, start) = match start.checked_sub(TABLE.len()) {
            Some(start) => (CUES, start),
            None => (TABLE, start),
        };
        let end = start + usize::from(self.length);
        file.get(start..end).unwrap_or_default()
    }
}

impl Forms {
    #[expect(clippy::large_stack_arrays, reason = "the compiler has no stack")]
    const EMPTY: Self = Self {
        entries: [PackedForm::NONE; MOST],
        n_entries: 0,
        heads: [NONE; SLOTS],
        filter: [0; FILTER / 64],
    };

    const fn english() -> Self {
        assert!(
            TABLE.len() + CUES.len() < NONE as usize,
            "places of 16 bits"
        );
        let mut forms = Self::EMPTY;
        // Among equals the first added wins: a name, then a phrase or cue, then a place.
        forms.add_countries(false);
        forms.add_cues();
        forms.add_countries(true);
        forms
    }

    /// Adds the words of the table of countries: those that mention one, or the places.
    const fn add_countries(&mut self, are_places: bool) {
        let table = TABLE.as_bytes();
        let mut at = 0;
        while at < table.len() {
            let end = find(table, b'\n', at, table.len());
            if table[at] != b'#' {
                self.add_row(at, end, are_places);
            }
            at = end + 1;
        }
    }

    const fn add_row(&mut self, start: usize, end: usize, are_places: bool) {
        let table = TABLE.as_bytes();
        let code = CountryCode([table[start], table[start + 1]]);
        let (mut at, mut column) = (start, 0);
        while at < end {
            let end_of_cell = find(table, b'\t', at, end);
            if let Some(sense) = sense_of(column, code)
                && matches!(sense, Sense::Place(_)) == are_places
            {
                self.add_values(table, (at, end_of_cell), 0, sense);
            }
            at = end_of_cell + 1;
            column += 1;
        }
    }

    const fn add_cues(&mut self) {
        let cues = CUES.as_bytes();
        let mut at = 0;
        while at < cues.len() {
            let end = find(cues, b'\n', at, cues.len());
            let tab = find(cues, b'\t', at, end);
            if cues[at] != b'#' {
                let sense = match TopicCue::parse(part(cues, at, tab)) {
                    Some(cue) => Sense::Cue(cue),
                    None => Sense::Phrase,
                };
                self.add_values(cues, (tab + 1, end), TABLE.len(), sense);
            }
            at = end + 1;
        }
    }

    /// Adds the values of a cell of `file`, which stands `base` bytes behind the beginning of all.
    const fn add_values(
        &mut self,
        file: &[u8],
        (start, end): (usize, usize),
        base: usize,
        sense: Sense,
    ) {
        let mut at = start;
        while at < end {
            let end_of_value = find(file, b';', at, end);
            self.add(base + at, part(file, at, end_of_value), sense);
            at = end_of_value + 2;
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is longer does not compile"
    )]
    const fn add(&mut self, start: usize, text: &[u8], sense: Sense) {
        assert!(text.len() < 256 && (self.n_entries as usize) < MOST);
        let hash = hash(text);
        self.filter[hash % FILTER / 64] |= 1 << (hash % 64);
        self.entries[self.n_entries as usize] = PackedForm {
            start: start as u16,
            length: text.len() as u8,
            second: second(text),
            sense,
            next: self.heads[hash % SLOTS],
        };
        self.heads[hash % SLOTS] = self.n_entries;
        self.n_entries += 1;
    }

    /// The forms, each with its place.
    fn kept(&self) -> &[PackedForm] {
        self.entries
            .get(..usize::from(self.n_entries))
            .unwrap_or_default()
    }

    /// How many forms there are.
    pub(super) fn len(&self) -> usize {
        self.kept().len()
    }

    /// The names, adjectives and demonyms of a country, with their places in the table.
    pub(super) fn of(&self, code: CountryCode) -> impl Iterator<Item = (usize, &'static str)> {
        self.kept()
            .iter()
            .enumerate()
            .filter(move |(_, entry)| {
                matches!(entry.sense, Sense::Country(known, CountryForm::Name | CountryForm::Adjective) if known == code)
            })
            .map(|(id, entry)| (id, entry.text()))
    }

    /// The form at a place of the table.
    pub(super) fn text(&self, id: u16) -> &'static str {
        let entry = self.kept().get(usize::from(id));
        entry.map_or("", |entry| entry.text())
    }

    /// The longest form that begins at the start of `bytes`, and its length there.
    pub(super) fn longest(&self, bytes: &[u8]) -> Option<(FormEntry, usize)> {
        let hash = hash(bytes);
        if self.filter.get(hash % FILTER / 64)? & (1 << (hash % 64)) == 0 {
            return None;
        }
        let mut at = *self.heads.get(hash % SLOTS)?;
        let mut best: Option<(FormEntry, usize)> = None;
        let second = second(bytes);
        while let Some(entry) = self.entries.get(usize::from(at)) {
            let (text, sense) = (entry.text(), entry.sense);
            if (entry.second == 0 || second == entry.second || second == ANY)
                && let Some(length) = fit(text.as_bytes(), bytes)
                && best.is_none_or(|(_, known)| known <= length)
            {
                let id = at;
                best = Some((FormEntry { text, sense, id }, length));
            }
            at = entry.next;
        }
        best
    }
}

/// What the words of a column of the table of countries stand for.
const fn sense_of(column: usize, code: CountryCode) -> Option<Sense> {
    let form = match column {
        gazetteer::NAME | gazetteer::NAMES => CountryForm::Name,
        gazetteer::FORMER => CountryForm::Former,
        gazetteer::ADJECTIVES | gazetteer::DEMONYMS => CountryForm::Adjective,
        gazetteer::PARTS => CountryForm::Part,
        gazetteer::CAPITAL | gazetteer::PLACES => return Some(Sense::Place(code)),
        _ => return None,
    };
    Some(Sense::Country(code, form))
}

/// The first place of a byte from `at` on; `end` when it is not before that.
const fn find(text: &[u8], byte: u8, mut at: usize, end: usize) -> usize {
    while at < end && text[at] != byte {
        at += 1;
    }
    at
}

const fn part(text: &[u8], start: usize, end: usize) -> &[u8] {
    text.split_at(end).0.split_at(start).1
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
const fn hash(bytes: &[u8]) -> usize {
    let word = match bytes.first_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => short_word(bytes),
    };
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

const fn short_word(bytes: &[u8]) -> u64 {
    let mut word = 0;
    let mut rest = bytes;
    while let [before @ .., byte] = rest {
        word = word << 8 | *byte as u64;
        rest = before;
    }
    word
}

/// What [`second`] says when more than a space stands after the first word.
const ANY: u8 = 1;

/// The longest first word that is looked behind.
const LONGEST: usize = 23;

/// What the word after the first begins with, in small letters; 0 when no space follows the first.
const fn second(bytes: &[u8]) -> u8 {
    let mut rest = bytes;
    let mut length = 0;
    while let [byte, after @ ..] = rest
        && byte.is_ascii_alphabetic()
    {
        if length == LONGEST {
            return 0;
        }
        rest = after;
        length += 1;
    }
    match rest {
        [b' ', next, ..] if next.is_ascii_alphabetic() => *next | 0x20,
        [byte, ..] if byte.is_ascii_whitespace() || *byte == 0xC2 => ANY,
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
