//! Fonts: the text and the widths of the codes in a shown string.

use std::collections::BTreeMap;

use encoding_rs::{UTF_16BE, WINDOWS_1252};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

use super::{dictionary, resolved};

/// The width of a character in a font without widths, in thousandths of the font size.
const USUAL_WIDTH: f64 = 500.0;
/// The same for a composite font.
const WIDE_WIDTH: f64 = 1000.0;
/// How many fonts of a page are remembered for other pages.
const MOST_REMEMBERED: usize = 64;
/// The most widths that are read from a font.
const MOST_WIDTHS: usize = 70_000;
/// The largest `ToUnicode` table that is read, in compressed bytes.
const LARGEST_TABLE: usize = 1024 * 1024;

/// The fonts of a document that have been used so far.
pub(super) struct Fonts {
    /// In a damaged file, the substitute for a lost font.
    usual: Option<Font>,
    /// In a damaged file, the font of this name on an earlier page.
    remembered: BTreeMap<Vec<u8>, usize>,
    all: Vec<Font>,
    /// The index in `all` by the name on the current page, and by object in the file.
    named: BTreeMap<Vec<u8>, usize>,
    known: BTreeMap<ObjectId, usize>,
}

/// A font.
pub(super) struct Font {
    meaning: Meaning,
    /// Whether every code takes two bytes.
    is_wide: bool,
    /// The widths of codes, in thousandths of the font size.
    widths: BTreeMap<u32, f64>,
    usual_width: f64,
}

/// What the codes of a font mean.
enum Meaning {
    /// Each byte has a text.
    Bytes(Vec<String>),
    /// A table maps codes to text.
    Table(Encoding<'static>),
    /// The codes are UTF-16.
    Utf16,
}

impl Fonts {
    /// Creates an empty set. In a damaged file, strings in a lost font are read as Latin.
    pub(super) fn new(is_damaged: bool) -> Self {
        let latin = |byte: u8| {
            WINDOWS_1252
                .decode_without_bom_handling(&[byte])
                .0
                .into_owned()
        };
        let usual = || Font {
            meaning: Meaning::Bytes((0..=u8::MAX).map(latin).collect()),
            is_wide: false,
            widths: BTreeMap::new(),
            usual_width: USUAL_WIDTH,
        };
        Self {
            usual: is_damaged.then(usual),
            remembered: BTreeMap::new(),
            all: Vec::new(),
            named: BTreeMap::new(),
            known: BTreeMap::new(),
        }
    }

    /// Forgets the font names of a page; the next page may use them for other fonts.
    pub(super) fn forget_names(&mut self) {
        self.named.clear();
    }

    /// Returns the index of the font that a page calls `name`.
    pub(super) fn named(
        &mut self,
        document: &Document,
        resources: &Dictionary,
        name: &[u8],
    ) -> Option<usize> {
        if let Some(&known) = self.named.get(name) {
            return Some(known);
        }
        let Some(fonts) = dictionary(document, resources, b"Font") else {
            return self.remembered.get(name).copied();
        };
        let id = fonts.get(name).and_then(Object::as_reference).ok();
        let known = id.and_then(|id| self.known.get(&id).copied());
        let number = if let Some(number) = known {
            number
        } else {
            let Some(font) = dictionary(document, fonts, name) else {
                return self.remembered.get(name).copied();
            };
            self.all.push(Font::read(document, font));
            self.all.len() - 1
        };
        self.remembered.entry(name.to_vec()).or_insert(number);
        self.named.insert(name.to_vec(), number);
        self.known.extend(id.map(|id| (id, number)));
        Some(number)
    }

    /// Returns a font by its index; in a damaged file, the substitute if there is none.
    pub(super) fn get_or_usual(&self, font: Option<usize>) -> Option<&Font> {
        let found = font.and_then(|font| self.all.get(font));
        found.or(self.usual.as_ref())
    }

    /// Records the font names of a page.
    pub(super) fn remember(&mut self, document: &Document, resources: &Dictionary) {
        let Some(fonts) = dictionary(document, resources, b"Font") else {
            return;
        };
        self.forget_names();
        for (name, _) in fonts.iter().take(MOST_REMEMBERED) {
            self.named(document, resources, name);
        }
    }
}

impl Font {
    fn read(document: &Document, font: &Dictionary) -> Self {
        let mut prepared = font.clone();
        let table = font
            .get(b"ToUnicode")
            .ok()
            .and_then(|table| resolved(document, table)?.as_stream().ok());
        // lopdf uses this table only if the font names no encoding.
        if matches!(table, Some(table) if table.content.len() <= LARGEST_TABLE) {
            prepared.remove(b"Encoding");
        } else {
            prepared.remove(b"ToUnicode");
        }
        let inner = descendant(document, font);
        let mut widths = BTreeMap::new();
        let mut usual_width = USUAL_WIDTH;
        if let Some(inner) = inner {
            usual_width = inner.get(b"DW").ok().and_then(number).unwrap_or(WIDE_WIDTH);
            if let Some(Object::Array(list)) = inner
                .get(b"W")
                .ok()
                .and_then(|list| resolved(document, list))
            {
                wide_widths(document, list, &mut widths);
            }
        } else {
            let first = font
                .get(b"FirstChar")
                .ok()
                .and_then(number)
                .map_or(0, to_code);
            if let Some(Object::Array(list)) = font
                .get(b"Widths")
                .ok()
                .and_then(|list| resolved(document, list))
            {
                let given = list
                    .iter()
                    .take(MOST_WIDTHS)
                    .map(|width| resolved(document, width).and_then(number));
                widths.extend(
                    (first..)
                        .zip(given)
                        .filter_map(|(code, width)| Some((code, width?))),
                );
            }
        }
        Self {
            meaning: Meaning::of(&prepared, document),
            is_wide: inner.is_some(),
            widths,
            usual_width,
        }
    }

    /// Decodes a shown string.
    pub(super) fn text(&self, bytes: &[u8]) -> String {
        match &self.meaning {
            Meaning::Bytes(texts) => {
                let text = |byte: &u8| texts.get(usize::from(*byte));
                bytes.iter().filter_map(text).map(String::as_str).collect()
            }
            Meaning::Table(encoding) => encoding.bytes_to_string(bytes).unwrap_or_default(),
            Meaning::Utf16 => UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }

    /// Returns the width of each code of a shown string, in thousandths, and whether it is a space.
    pub(super) fn advances(&self, bytes: &[u8]) -> impl Iterator<Item = (f64, bool)> {
        let step = if self.is_wide { 2 } else { 1 };
        bytes.chunks(step).map(move |code| {
            let number = code
                .iter()
                .fold(0, |number, &byte| number * 256 + u32::from(byte));
            let width = self
                .widths
                .get(&number)
                .copied()
                .unwrap_or(self.usual_width);
            (width, step == 1 && number == 32)
        })
    }
}

impl Meaning {
    fn of(font: &Dictionary, document: &Document) -> Self {
        match font.get_font_encoding(document) {
            Ok(Encoding::UnicodeMapEncoding(table)) => {
                Self::Table(Encoding::UnicodeMapEncoding(table))
            }
            Ok(Encoding::SimpleEncoding(b"UniGB-UCS2-H" | b"UniGB-UTF16-H")) => Self::Utf16,
            Ok(encoding) => {
                let text = |byte: u8| encoding.bytes_to_string(&[byte]).unwrap_or_default();
                Self::Bytes((0..=u8::MAX).map(text).collect())
            }
            Err(_) => Self::Bytes(Vec::new()),
        }
    }
}

/// Returns the font inside a composite font, whose codes take two bytes.
fn descendant<'a>(document: &'a Document, font: &'a Dictionary) -> Option<&'a Dictionary> {
    let list = resolved(document, font.get(b"DescendantFonts").ok()?)?
        .as_array()
        .ok()?;
    resolved(document, list.first()?)?.as_dict().ok()
}

/// Reads widths in the forms `first [w w w]` and `first last w`.
fn wide_widths(document: &Document, list: &[Object], widths: &mut BTreeMap<u32, f64>) {
    let mut rest = list;
    while let [first, second, after @ ..] = rest {
        let Some(start) = number(first).map(to_code) else {
            return;
        };
        match resolved(document, second) {
            Some(Object::Array(given)) => {
                let given = given.iter().map(number);
                widths.extend(
                    (start..)
                        .zip(given)
                        .filter_map(|(code, width)| Some((code, width?))),
                );
                rest = after;
            }
            Some(end) => {
                let (Some(end), [width, after @ ..]) = (number(end).map(to_code), after) else {
                    return;
                };
                let n_codes = (end.saturating_sub(start) as usize + 1).min(MOST_WIDTHS);
                let width = number(width).unwrap_or(USUAL_WIDTH);
                widths.extend((start..).take(n_codes).map(|code| (code, width)));
                rest = after;
            }
            None => return,
        }
        if widths.len() > MOST_WIDTHS {
            return;
        }
    }
}

/// Returns the number in an object.
pub(super) fn number(object: &Object) -> Option<f64> {
    match object {
        #[expect(
            clippy::cast_precision_loss,
            reason = "places on a page are small numbers"
        )]
        Object::Integer(number) => Some(*number as f64),
        Object::Real(number) => Some(f64::from(*number)).filter(|number| number.is_finite()),
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "codes are small numbers"
)]
fn to_code(number: f64) -> u32 {
    number.clamp(0.0, 1_000_000.0) as u32
}
