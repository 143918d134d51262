//! Splits text into words, numbers, punctuation and quotation marks in one pass over the bytes.
//!
//! Nothing here knows what a word means or which language it belongs to.
//!
//! ```
//! use pullquote::text::{Span, segment::tokens};
//!
//! let text = "Kirby’s “No.”";
//! let words: Vec<&str> = tokens(text, Span::whole(text)).map(|token| token.span.of(text)).collect();
//! assert_eq!(words, ["Kirby", "’s", "“", "No", ".", "”"]);
//! ```

use super::Span;

/// A word, number or mark in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawToken {
    /// Its bytes. A clitic such as the `’s` of `Kirby’s` is a token of its own.
    pub span: Span,
    /// Its kind.
    pub kind: RawTokenKind,
    /// Whether a word starts with a capital letter.
    pub capital: bool,
    /// Whether white space or the start of the text comes before it.
    pub spaced: bool,
}

/// The kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RawTokenKind {
    /// Letters, with inner apostrophes, hyphens and the stops of initialisms.
    Word,
    /// A word of two or more capital letters.
    Capitals,
    /// `’s`, `’ll` and the like after a word; also a bare apostrophe after a plural.
    Clitic,
    /// Digits, with inner commas, stops and letters.
    Number,
    /// `,`
    Comma,
    /// `.` and `…`
    Stop,
    /// `?` and `!`
    Ask,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `—`, `–`, `--`, or a hyphen between spaces.
    Dash,
    /// `(` and `[`
    Open,
    /// `)` and `]`
    Close,
    /// A quotation mark, or an apostrophe that may be one.
    Mark(QuoteMark),
    /// Anything else.
    Other,
}

/// The shapes of quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteMark {
    /// `"`
    Straight,
    /// `“`
    Left,
    /// `”`
    Right,
    /// `„`
    Low,
    /// Two apostrophes: `''`.
    Doubled,
    /// `'`
    SingleStraight,
    /// `‘` and the backtick.
    SingleLeft,
    /// `’`
    SingleRight,
    /// `‚`
    SingleLow,
    /// `«`
    GuillemetLeft,
    /// `»`
    GuillemetRight,
    /// `‹`
    AngleLeft,
    /// `›`
    AngleRight,
}

/// The tokens of the part of `text` under `span`, in order.
#[must_use]
pub fn tokens(text: &str, span: Span) -> RawTokens<'_> {
    let range = span.range();
    let end = range.end.min(text.len());
    RawTokens {
        bytes: &text.as_bytes()[..end],
        at: range.start.min(end),
        after_word: false,
    }
}

/// Iterator over tokens; see [`tokens`].
#[derive(Debug, Clone)]
pub struct RawTokens<'t> {
    bytes: &'t [u8],
    at: usize,
    after_word: bool,
}

/// What a byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByteClass {
    Space,
    Letter,
    Digit,
    Wide,
    Other,
}

const CLASSES: [ByteClass; 256] = classes();

const fn classes() -> [ByteClass; 256] {
    let mut table = [ByteClass::Other; 256];
    let mut byte: u8 = 0;
    loop {
        table[byte as usize] = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => ByteClass::Space,
            b'a'..=b'z' | b'A'..=b'Z' => ByteClass::Letter,
            b'0'..=b'9' => ByteClass::Digit,
            0x80..=0xFF => ByteClass::Wide,
            _ => ByteClass::Other,
        };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

/// The kind of the character beyond ASCII at the start of `rest`, and its length in bytes.
fn wide(rest: &[u8]) -> (Wide, usize) {
    match rest {
        [0xE2, 0x80, third, ..] => (general_punctuation(*third), 3),
        [0xC2, 0xA0, ..] => (Wide::Space, 2),
        [0xC2, 0xAB, ..] => (Wide::Kind(RawTokenKind::Mark(QuoteMark::GuillemetLeft)), 2),
        [0xC2, 0xBB, ..] => (Wide::Kind(RawTokenKind::Mark(QuoteMark::GuillemetRight)), 2),
        [0xC2, 0xAA | 0xBA | 0xB5, ..] | [0xC3..=0xDF, _, ..] => (Wide::Letter, 2),
        [0xC2, _, ..] => (Wide::Kind(RawTokenKind::Other), 2),
        [0xEF, 0xBB, 0xBF, ..] | [0xE3, 0x80, 0x80, ..] => (Wide::Space, 3),
        [0xE2, 0x81..=0xAF, _, ..] => (Wide::Kind(RawTokenKind::Other), 3),
        [0xE0..=0xEF, _, _, ..] => (Wide::Letter, 3),
        [0xF0..=0xF7, _, _, _, ..] => (Wide::Kind(RawTokenKind::Other), 4),
        _ => (Wide::Kind(RawTokenKind::Other), 1),
    }
}

enum Wide {
    Space,
    Letter,
    Kind(RawTokenKind),
}

fn general_punctuation(third: u8) -> Wide {
    Wide::Kind(match third {
        0x80..=0x8B | 0xA8 | 0xA9 | 0xAF => return Wide::Space,
        0x8C..=0x91 => return Wide::Letter,
        0x92..=0x95 => RawTokenKind::Dash,
        0x98 => RawTokenKind::Mark(QuoteMark::SingleLeft),
        0x99 => RawTokenKind::Mark(QuoteMark::SingleRight),
        0x9A => RawTokenKind::Mark(QuoteMark::SingleLow),
        0x9C => RawTokenKind::Mark(QuoteMark::Left),
        0x9D | 0x9F => RawTokenKind::Mark(QuoteMark::Right),
        0x9E => RawTokenKind::Mark(QuoteMark::Low),
        0xA6 => RawTokenKind::Stop,
        0xB9 => RawTokenKind::Mark(QuoteMark::AngleLeft),
        0xBA => RawTokenKind::Mark(QuoteMark::AngleRight),
        _ => RawTokenKind::Other,
    })
}

/// The length of an apostrophe at the start of `rest`; 0 when there is none.
fn apostrophe(rest: &[u8]) -> usize {
    match rest {
        [b'\'', b'\'', ..] => 0,
        [b'\'', ..] => 1,
        [0xE2, 0x80, 0x99, ..] => 3,
        _ => 0,
    }
}

/// Whether `rest` begins with a capital letter.
fn starts_with_capital(rest: &[u8]) -> bool {
    match rest {
        [b'A'..=b'Z', ..] => true,
        [0xC3, second, ..] => (0x80..=0x9E).contains(second) && *second != 0x97,
        [0xC4 | 0xC5, second, ..] => second % 2 == 0,
        [0xCE, second, ..] => (0x91..=0xA9).contains(second),
        [0xD0, second, ..] => (0x80..=0xAF).contains(second),
        _ => false,
    }
}

impl RawTokens<'_> {
    fn rest(&self, at: usize) -> &[u8] {
        &self.bytes[at..]
    }

    /// The length of the letter at `at`; 0 when there is none.
    fn letter(&self, at: usize) -> usize {
        let Some(&byte) = self.bytes.get(at) else {
            return 0;
        };
        match CLASSES[byte as usize] {
            ByteClass::Letter => 1,
            ByteClass::Wide => match wide(self.rest(at)) {
                (Wide::Letter, length) => length,
                _ => 0,
            },
            _ => 0,
        }
    }

    fn is_alphanumeric(&self, at: usize) -> bool {
        self.letter(at) > 0 || self.bytes.get(at).is_some_and(u8::is_ascii_digit)
    }

    /// Skips white space. Returns whether there was any, or whether the text begins here.
    fn skip_space(&mut self) -> bool {
        let start = self.at;
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASSES[byte as usize] {
                ByteClass::Space => self.at += 1,
                ByteClass::Wide => match wide(self.rest(self.at)) {
                    (Wide::Space, length) => self.at += length,
                    _ => break,
                },
                _ => break,
            }
        }
        self.at > start || start == 0
    }

    /// The end of the word that starts at `start`.
    fn word_end(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            while self.bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
                at += 1;
            }
            let letter = self.letter(at);
            if letter > 0 {
                at += letter;
                continue;
            }
            let Some(joint) = self.joint(start, at) else {
                return at;
            };
            at += joint;
        }
    }

    /// The length of a sign at `at` that joins the word from `start` with the next letters.
    fn joint(&self, start: usize, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let (length, joins) = match rest {
            [b'-', ..] => (1, self.is_alphanumeric(at + 1)),
            [b'.', ..] => (1, self.is_initialism(start, at) && self.letter(at + 1) > 0),
            [b'&', ..] => (1, at - start <= 2 && self.letter(at + 1) > 0),
            _ => {
                let length = apostrophe(rest);
                (
                    length,
                    length > 0 && self.letter(at + length) > 0 && !self.is_clitic(at + length),
                )
            }
        };
        joins.then_some(length)
    }

    /// Whether the word from `start` to `end` is single letters with stops: `U`, `U.S`.
    fn is_initialism(&self, start: usize, end: usize) -> bool {
        match self.bytes.get(start..end) {
            Some([letter] | [.., b'.', letter]) => letter.is_ascii_alphabetic(),
            Some([b'P' | b'p', b'h' | b'H']) => self
                .bytes
                .get(end + 1)
                .is_some_and(|byte| *byte | 0x20 == b'd'),
            _ => false,
        }
    }

    /// Whether the letters at `at`, after an apostrophe, are a clitic that ends the word.
    fn is_clitic(&self, at: usize) -> bool {
        let length = match self.rest(at) {
            [b'l' | b'L', b'l' | b'L', ..] | [b'r' | b'R' | b'v' | b'V', b'e' | b'E', ..] => 2,
            [b's' | b'S' | b'd' | b'D' | b'm' | b'M', ..] => 1,
            _ => return false,
        };
        !self.is_alphanumeric(at + length)
    }

    fn number_end(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(&byte) = self.bytes.get(at) {
            let inner = matches!(byte, b',' | b'.' | b'-' | b':' | b'/');
            if byte.is_ascii_alphanumeric() || (inner && self.is_alphanumeric(at + 1)) {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    /// The length of an elided word with its apostrophe at `start`: the `l’` of `l’accord`, `qu’`.
    fn elision(&self, start: usize) -> Option<usize> {
        let rest = self.rest(start);
        let letters = match rest {
            [b'q' | b'Q', b'u', b'\'' | 0xE2, ..] => 2,
            [
                b'd' | b'l' | b'L' | b'j' | b'J' | b'n' | b's' | b'c' | b'C' | b'm' | b't',
                b'\'' | 0xE2,
                ..,
            ] => 1,
            _ => return None,
        };
        let length = letters + apostrophe(rest.get(letters..)?);
        let next = self.rest(start + length);
        // `L’Oréal` and `’s` stay whole.
        let follows = self.letter(start + length) > 0
            && (!starts_with_capital(rest) || !starts_with_capital(next));
        (length > letters && follows && !self.is_clitic(start + length)).then_some(start + length)
    }

    fn word(&mut self, spaced: bool) -> RawToken {
        let start = self.at;
        let end = self.elision(start).unwrap_or_else(|| self.word_end(start));
        self.at = end;
        let capital = starts_with_capital(self.rest(start));
        let word = &self.bytes[start..end];
        let capitals = capital
            && word.len() > 1
            && word
                .iter()
                .all(|byte| byte.is_ascii_uppercase() || !byte.is_ascii_alphanumeric());
        let kind = if capitals {
            RawTokenKind::Capitals
        } else {
            RawTokenKind::Word
        };
        RawToken {
            span: Span::from_usize(start, end),
            kind,
            capital,
            spaced,
        }
    }

    /// The clitic at the current place, right after a word.
    fn clitic(&mut self) -> Option<RawToken> {
        let start = self.at;
        let length = apostrophe(self.rest(start));
        if length == 0 || !self.is_clitic(start + length) {
            return None;
        }
        let letters = self
            .rest(start + length)
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        self.at = start + length + letters;
        Some(RawToken {
            span: Span::from_usize(start, self.at),
            kind: RawTokenKind::Clitic,
            capital: false,
            spaced: false,
        })
    }

    fn sign(&self, start: usize, spaced: bool) -> (RawTokenKind, usize) {
        let rest = self.rest(start);
        let kind = match rest {
            [b'.', b'.', ..] => {
                return (
                    RawTokenKind::Stop,
                    rest.iter().take_while(|byte| **byte == b'.').count(),
                );
            }
            [b'-', b'-', ..] => {
                return (
                    RawTokenKind::Dash,
                    rest.iter().take_while(|byte| **byte == b'-').count(),
                );
            }
            [b'\'', b'\'', ..] => {
                // Three of them open or close a quotation inside a quotation.
                return (
                    RawTokenKind::Mark(QuoteMark::Doubled),
                    rest.iter().take_while(|byte| **byte == b'\'').count(),
                );
            }
            [b'`', b'`', ..] => return (RawTokenKind::Mark(QuoteMark::Left), 2),
            [b'-', next, ..] if spaced && CLASSES[*next as usize] == ByteClass::Space => {
                RawTokenKind::Dash
            }
            [first, ..] => ascii_sign(*first),
            [] => RawTokenKind::Other,
        };
        (kind, 1)
    }
}

fn ascii_sign(byte: u8) -> RawTokenKind {
    match byte {
        b',' => RawTokenKind::Comma,
        b'.' => RawTokenKind::Stop,
        b'?' | b'!' => RawTokenKind::Ask,
        b':' => RawTokenKind::Colon,
        b';' => RawTokenKind::Semicolon,
        b'(' | b'[' => RawTokenKind::Open,
        b')' | b']' => RawTokenKind::Close,
        b'"' => RawTokenKind::Mark(QuoteMark::Straight),
        b'\'' => RawTokenKind::Mark(QuoteMark::SingleStraight),
        b'`' => RawTokenKind::Mark(QuoteMark::SingleLeft),
        _ => RawTokenKind::Other,
    }
}

impl Iterator for RawTokens<'_> {
    type Item = RawToken;

    fn next(&mut self) -> Option<RawToken> {
        if self.after_word {
            self.after_word = false;
            if let Some(token) = self.clitic() {
                return Some(token);
            }
        }
        let spaced = self.skip_space();
        let start = self.at;
        let byte = *self.bytes.get(start)?;
        let (kind, length) = match CLASSES[byte as usize] {
            ByteClass::Letter => {
                self.after_word = true;
                return Some(self.word(spaced));
            }
            ByteClass::Digit => {
                self.at = self.number_end(start);
                self.after_word = true;
                let span = Span::from_usize(start, self.at);
                return Some(RawToken {
                    span,
                    kind: RawTokenKind::Number,
                    capital: false,
                    spaced,
                });
            }
            ByteClass::Wide => match wide(self.rest(start)) {
                (Wide::Letter, _) => {
                    self.after_word = true;
                    return Some(self.word(spaced));
                }
                (Wide::Kind(kind), length) => (kind, length),
                (Wide::Space, length) => (RawTokenKind::Other, length),
            },
            ByteClass::Other | ByteClass::Space => self.sign(start, spaced),
        };
        self.at = (start + length).min(self.bytes.len());
        Some(RawToken {
            span: Span::from_usize(start, self.at),
            kind,
            capital: false,
            spaced,
        })
    }
}
