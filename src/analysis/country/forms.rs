//! A hash table of every word form that may mention a country, by its first word. The compiler builds it.
//!
//! An Aho-Corasick automaton over these forms scans no faster than hashing the capitalized words of a
//! text, and building it takes longer than reading a whole article. Forms that begin with the same word
//! are chained; the longest one that matches wins.

use super::letters::leading_letters;
use super::mention::CountryForm;
use crate::lexicon::gazetteer::{self, CountryCode, TABLE};
use crate::text::Span;
use crate::text::mix::{SEED, mix};

/// Phrases that mention no country, and words that reveal what an article is about.
pub(super) const CUES: &str = include_str!("../../lexicon/country-cues.tsv");

/// What a form means unless a rule decides otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A mention of a country.
    Country(CountryCode, CountryForm),
    /// A place that implies a country.
    Place(CountryCode),
    /// A phrase that mentions no country.
    Phrase,
    /// A word that reveals what an article is about.
    Cue(TopicCue),
}

/// What an article is probably about if it has a certain word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TopicCue {
    /// The US state of Georgia.
    GeorgiaState,
    /// The country Georgia or its neighbors.
    GeorgiaCountry,
    /// Another US state.
    UsState,
    /// A state of the past.
    Historic,
    /// Native Americans.
    Tribal,
    /// Kentucky.
    Kentucky,
    /// A body that US towns and counties have.
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

/// A form of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct FormEntry {
    /// The words as a text spells them.
    pub text: &'static str,
    /// What they mean.
    pub sense: Sense,
    /// Its index in the table.
    pub id: u16,
}

/// A form as the table stores it: without pointers, so the loader has nothing to relocate at the start.
#[derive(Debug, Clone, Copy)]
struct PackedForm {
    /// Where the words are: an offset into the table of countries or, beyond its length, into the cues.
    start: u16,
    length: u8,
    /// The first letter of its second word; 0 when it has none.
    second: u8,
    sense: Sense,
    /// The form in the same slot that was added before.
    next: u16,
}

/// The forms, chained by the slot of their first word.
#[derive(Debug)]
pub(super) struct Forms {
    entries: [PackedForm; MAX_FORMS],
    n_entries: u16,
    /// The last form added to each slot.
    heads: [u16; SLOTS],
    /// A bit for each hash that some form has, which settles most words without a look at the slots.
    filter: [u64; FILTER_BITS / 64],
}

/// Room for forms; about 3,000 are used.
const MAX_FORMS: usize = 4096;
/// About three slots for each form, so that chains stay short.
const SLOTS: usize = 8192;
/// Eight kilobytes, which stay in the first-level cache.
const FILTER_BITS: usize = 65536;
/// The end of a chain.
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
        Span::from_usize(start, end).of(file)
    }
}

impl Forms {
    #[expect(clippy::large_stack_arrays, reason = "the compiler has no stack")]
    const EMPTY: Self = Self {
        entries: [PackedForm::NONE; MAX_FORMS],
        n_entries: 0,
        heads: [NONE; SLOTS],
        filter: [0; FILTER_BITS / 64],
    };

    const fn english() -> Self {
        assert!(
            TABLE.len() + CUES.len() < NONE as usize,
            "offsets have 16 bits"
        );
        let mut forms = Self::EMPTY;
        // Of forms with the same words the first one wins: a name, then a phrase or cue, then a place.
        forms.add_countries(false);
        forms.add_cues();
        forms.add_countries(true);
        forms
    }

    /// Adds the places of the table of countries, or all words in it but the places.
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

    /// Adds the values of a cell of `file`, whose offsets begin at `base`.
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
        reason = "longer ones do not compile"
    )]
    const fn add(&mut self, start: usize, text: &[u8], sense: Sense) {
        assert!(text.len() < 256 && (self.n_entries as usize) < MAX_FORMS);
        let hash = hash(text);
        let (at, bit) = filter_bit(hash);
        self.filter[at] |= bit;
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

    fn used(&self) -> &[PackedForm] {
        &self.entries[..usize::from(self.n_entries)]
    }

    /// How many forms there are.
    pub(super) fn len(&self) -> usize {
        self.used().len()
    }

    /// The names, adjectives and demonyms of a country, each with its index.
    pub(super) fn of(&self, code: CountryCode) -> impl Iterator<Item = (usize, &'static str)> {
        self.used()
            .iter()
            .enumerate()
            .filter(move |(_, entry)| {
                matches!(entry.sense, Sense::Country(known, CountryForm::Name | CountryForm::Adjective) if known == code)
            })
            .map(|(id, entry)| (id, entry.text()))
    }

    /// The words of a form.
    pub(super) fn text(&self, id: u16) -> &'static str {
        self.used()[usize::from(id)].text()
    }

    /// The longest form that begins at the start of `bytes`, and its length there.
    pub(super) fn longest(&self, bytes: &[u8]) -> Option<(FormEntry, usize)> {
        let hash = hash(bytes);
        let (at, bit) = filter_bit(hash);
        if self.filter[at] & bit == 0 {
            return None;
        }
        let mut at = self.heads[hash % SLOTS];
        let mut best: Option<(FormEntry, usize)> = None;
        let second = second(bytes);
        while at != NONE {
            let entry = self.entries[usize::from(at)];
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

/// What the words in a column of the table of countries mean.
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

/// The offset of the next `byte` from `at` on; `end` if there is none before it.
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

/// A hash of the first word of `bytes`, in any case.
const fn hash(bytes: &[u8]) -> usize {
    (mix(SEED, leading_letters(bytes)) >> 32) as usize
}

/// Where the bit of a hash is in the filter.
const fn filter_bit(hash: usize) -> (usize, u64) {
    (hash % FILTER_BITS / 64, 1 << (hash % 64))
}

/// [`second`] of a first word that is followed by more than a single space: any letter may begin the next.
const ANY: u8 = 1;

/// A first word of more bytes is taken for the only one; no form begins with a longer one.
const LONGEST: usize = 23;

/// The first letter of the second word, in lower case; 0 when no space follows the first word.
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

/// The length of `form` at the start of `bytes`, if it is there and a word ends after it.
///
/// A text may write a form all in capitals, capitalize its later words, break a line instead of a space,
/// and use another apostrophe or dash.
fn fit(form: &[u8], bytes: &[u8]) -> Option<usize> {
    if bytes.starts_with(form) && ends_word(bytes, form.len(), form) {
        return Some(form.len());
    }
    // A single word that is not all in capitals must be spelled as in the table.
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
            // Only the first letters of later words may be capitals alone: Guinea Pig, but not IrAn.
            raised += u32::from(!word_start || index == 0);
        } else {
            at += punctuation(wanted, rest)?;
        }
        word_start = !wanted.is_ascii_alphanumeric() && wanted < 0x80;
    }
    let mixed = raised > 0 && kept > 0;
    (!mixed && ends_word(bytes, at, form)).then_some(at)
}

/// The most bytes of ASCII white space between two words of a form: a line break and an indent.
const MAX_SPACE: usize = 12;

/// The length of the white space at the start of `rest`.
fn space(rest: &[u8]) -> Option<usize> {
    let mut length = 0;
    loop {
        match rest.get(length..)? {
            [b' ' | b'\t' | b'\n' | b'\r', ..] if length < MAX_SPACE => length += 1,
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

/// Whether a word of `form` ends at `at`: no letter or digit follows, and `U.S` is not followed by `.S.R.`.
fn ends_word(bytes: &[u8], at: usize, form: &[u8]) -> bool {
    match &bytes[at..] {
        [b'.', next, ..] if !form.iter().any(u8::is_ascii_lowercase) => {
            !next.is_ascii_alphanumeric()
        }
        // Spaces, dashes and quotation marks beyond ASCII begin with these bytes; most others begin letters.
        [] | [0xC2 | 0xE2 | 0xEF | 0xF0, ..] => true,
        [byte, ..] => byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'_',
    }
}
