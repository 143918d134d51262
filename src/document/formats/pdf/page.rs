//! Reads a page as lines of text with their positions, by following the operators that place text.
//!
//! Programs write a page in reading order, column by column, so that order is kept. Pieces of text at
//! the same height and close to each other form one line.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::font::{Fonts, number};
use super::salvage::inflated;
use super::{dictionary, resolved};
use crate::document::strings::first_bytes;

/// The most bytes that the content of a page unpacks to.
const LARGEST_CONTENT: usize = 16 * 1024 * 1024;
/// The most bytes that a form unpacks to.
const LARGEST_FORM: usize = LARGEST_CONTENT / 8;
/// Widths and distances in fonts are thousandths of the font size.
const THOUSANDTHS: f64 = 1000.0;
/// The longest LZW stream that is unpacked, in bytes; LZW can expand thousands of times.
const LARGEST_LZW: usize = 128 * 1024;
/// The deepest stack of saved graphics states.
const MOST_SAVED: usize = 1000;
/// The most forms that a page draws.
const MOST_FORMS: usize = 64;
/// The gap between two words and between two columns, and the difference in height within a line,
/// relative to the font size.
const WORD_GAP: f64 = 0.17;
const COLUMN_GAP: f64 = 2.5;
const SAME_HEIGHT: f64 = 0.35;

/// A line of text on a page.
#[derive(Debug, Clone, Default)]
pub(super) struct PdfLine {
    pub(super) text: String,
    /// Its left and right end, from the left edge of the page.
    pub(super) start: f64,
    pub(super) end: f64,
    /// Its height above the bottom of the page.
    pub(super) y: f64,
    /// The font size.
    pub(super) size: f64,
}

/// The text of a page.
#[derive(Debug, Default)]
pub(super) struct PdfPage {
    /// Its lines, in the order in which they are written.
    pub(super) lines: Vec<PdfLine>,
    /// The objects with its content.
    pub(super) contents: Vec<ObjectId>,
    /// The length of its unpacked content, in bytes.
    pub(super) n_unpacked: usize,
    /// Whether some of it could not be read.
    pub(super) is_damaged: bool,
}

/// Reads a page.
pub(super) fn read(document: &Document, page: ObjectId, fonts: &mut Fonts) -> PdfPage {
    fonts.forget_names();
    let contents = document.get_page_contents(page);
    let mut read = PdfPage {
        is_damaged: contents.is_empty() && refers_to_content(document, page),
        contents,
        ..PdfPage::default()
    };
    let mut content = Vec::new();
    for &id in &read.contents {
        let room = LARGEST_CONTENT.saturating_sub(content.len());
        match document.get_object(id).and_then(Object::as_stream) {
            Ok(stream) => {
                let unpacked = unpack(stream, room);
                read.is_damaged |= unpacked.is_damaged;
                content.extend(unpacked.bytes);
                content.push(b'\n');
            }
            Err(_) => read.is_damaged = true,
        }
    }
    let none = Dictionary::new();
    let resources = resources(document, page).unwrap_or(&none);
    read.n_unpacked = content.len();
    read.lines = interpret(document, fonts, &content, resources);
    read
}

/// Returns whether a page refers to its content.
fn refers_to_content(document: &Document, page: ObjectId) -> bool {
    let contents = document
        .get_dictionary(page)
        .and_then(|page| page.get(b"Contents"));
    contents.is_ok_and(|contents| matches!(contents, Object::Reference(_)))
}

/// Reads the lines of a content that belongs to no page.
pub(super) fn lines_of(document: &Document, content: &[u8], fonts: &mut Fonts) -> Vec<PdfLine> {
    fonts.forget_names();
    let content = first_bytes(content, LARGEST_CONTENT);
    interpret(document, fonts, content, &Dictionary::new())
}

fn interpret(
    document: &Document,
    fonts: &mut Fonts,
    content: &[u8],
    resources: &Dictionary,
) -> Vec<PdfLine> {
    let mut writer = ContentInterpreter {
        document,
        fonts,
        lines: Vec::new(),
        n_forms: 0,
    };
    writer.run(content, resources, IDENTITY, true);
    writer.lines.retain(|line| !line.text.trim().is_empty());
    writer.lines
}

/// Returns the fonts and forms of a page, which may be inherited from the page tree.
pub(super) fn resources(document: &Document, page: ObjectId) -> Option<&Dictionary> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..MOST_FORMS {
        if let Some(found) = dictionary(document, node, b"Resources") {
            return Some(found);
        }
        node = dictionary(document, node, b"Parent")?;
    }
    None
}

/// The unpacked bytes of a stream.
struct StreamBytes {
    bytes: Vec<u8>,
    /// Whether some are missing.
    is_damaged: bool,
}

/// Unpacks a stream, to at most `most` bytes.
fn unpack(stream: &Stream, most: usize) -> StreamBytes {
    let filters = stream.filters().unwrap_or_default();
    let mut bytes = stream.content.clone();
    let mut is_damaged = false;
    let mut n_unpacked = 0;
    for filter in filters {
        let next = match filter {
            b"FlateDecode" | b"Fl" => {
                let (next, has_error) = inflated(&bytes, most as u64);
                is_damaged |= has_error;
                Some(next)
            }
            b"LZWDecode" if bytes.len() > LARGEST_LZW => None,
            _ => {
                let mut one = Stream::new(stream.dict.clone(), bytes);
                one.dict.set("Filter", Object::Name(filter.to_vec()));
                one.decompressed_content().ok()
            }
        };
        n_unpacked += usize::from(filter != b"ASCII85Decode");
        // A stream packed twice could grow without limit.
        let next = next.filter(|_| n_unpacked < 2);
        is_damaged |= next.is_none();
        bytes = next.unwrap_or_default();
    }
    bytes.truncate(most);
    StreamBytes { bytes, is_damaged }
}

/// A transformation `[a b c d e f]`, as defined by the format.
type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

/// The text state set by operators.
#[derive(Debug, Clone, Copy)]
struct GraphicsState {
    font: Option<usize>,
    size: f64,
    leading: f64,
    char_space: f64,
    word_space: f64,
    stretch: f64,
    rise: f64,
    ctm: Matrix,
}

struct ContentInterpreter<'d, 'f> {
    document: &'d Document,
    fonts: &'f mut Fonts,
    lines: Vec<PdfLine>,
    n_forms: usize,
}

impl ContentInterpreter<'_, '_> {
    /// Follows the operators of a content.
    fn run(&mut self, content: &[u8], resources: &Dictionary, ctm: Matrix, is_page: bool) {
        let operations = operations(content);
        let mut state = GraphicsState {
            font: None,
            size: 1.0,
            leading: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            rise: 0.0,
            ctm,
        };
        let mut saved = Vec::new();
        // The text matrix and the text line matrix.
        let (mut place, mut line) = (IDENTITY, IDENTITY);
        for operation in &operations {
            let given = |index: usize| operand(operation, index);
            let mut next_line = |x: f64, y: f64| {
                line = times([1.0, 0.0, 0.0, 1.0, x, y], line);
                line
            };
            match operation.operator.as_str() {
                "q" if saved.len() < MOST_SAVED => saved.push(state),
                "Q" => {
                    if let Some(before) = saved.pop() {
                        state = before;
                    }
                }
                "BT" => (place, line) = (IDENTITY, IDENTITY),
                "Tm" => {
                    line = matrix(operation);
                    place = line;
                }
                "Td" | "TD" => place = next_line(given(0), given(1)),
                "T*" | "'" | "\"" => place = next_line(0.0, -state.leading),
                // Forms inside forms are not followed, because one might contain itself.
                "Do" if is_page => self.form(operation, resources, state.ctm),
                _ => {}
            }
            self.set(operation, resources, &mut state);
            match operation.operator.as_str() {
                "Tj" => self.show(&operation.operands, &mut place, &state),
                "TJ" => {
                    if let Some(Object::Array(pieces)) = operation.operands.first() {
                        self.show(pieces, &mut place, &state);
                    }
                }
                "'" | "\"" => {
                    if let Some(shown) = operation.operands.last() {
                        self.show(std::slice::from_ref(shown), &mut place, &state);
                    }
                }
                _ => {}
            }
        }
    }

    /// Applies an operator that sets state.
    fn set(&mut self, operation: &Operation, resources: &Dictionary, state: &mut GraphicsState) {
        let given = |index: usize| operand(operation, index);
        match operation.operator.as_str() {
            "cm" => state.ctm = times(matrix(operation), state.ctm),
            "Tf" => {
                let name = operation
                    .operands
                    .first()
                    .and_then(|name| name.as_name().ok());
                state.font = name.and_then(|name| self.fonts.named(self.document, resources, name));
                state.size = given(1);
            }
            "TD" => state.leading = -given(1),
            "TL" => state.leading = given(0),
            "Tc" => state.char_space = given(0),
            "Tw" => state.word_space = given(0),
            "Tz" => state.stretch = given(0) / 100.0,
            "Ts" => state.rise = given(0),
            "\"" => (state.word_space, state.char_space) = (given(0), given(1)),
            _ => {}
        }
    }

    fn form(&mut self, operation: &Operation, resources: &Dictionary, ctm: Matrix) {
        let form = || {
            let name = operation.operands.first()?.as_name().ok()?;
            let forms = dictionary(self.document, resources, b"XObject")?;
            resolved(self.document, forms.get(name).ok()?)?
                .as_stream()
                .ok()
        };
        let Some(stream) = form() else { return };
        let is_form = stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|kind| kind == b"Form");
        if !is_form || self.n_forms == MOST_FORMS {
            return;
        }
        self.n_forms += 1;
        let own = stream
            .dict
            .get(b"Matrix")
            .ok()
            .and_then(|matrix| matrix.as_array().ok());
        let own = own.and_then(|list| matrix_of(list)).unwrap_or(IDENTITY);
        let content = unpack(stream, LARGEST_FORM).bytes;
        self.fonts.forget_names();
        let inner = dictionary(self.document, &stream.dict, b"Resources").unwrap_or(resources);
        self.run(&content, inner, times(own, ctm), false);
        self.fonts.forget_names();
    }

    /// Shows strings; the numbers between them move them closer or further apart.
    fn show(&mut self, pieces: &[Object], place: &mut Matrix, state: &GraphicsState) {
        let Some(font) = self.fonts.get_or_usual(state.font) else {
            return;
        };
        let whole = times(*place, state.ctm);
        let scale = whole[2].hypot(whole[3]);
        let size = (state.size * scale).abs();
        if !size.is_normal() {
            return;
        }
        let begin = times([1.0, 0.0, 0.0, 1.0, 0.0, state.rise], whole);
        let mut words = String::new();
        let mut moved = 0.0;
        let mut shown = 0.0;
        for piece in pieces {
            match piece {
                Object::String(bytes, _) => {
                    words.push_str(&plain(&font.text(bytes)));
                    for (width, is_space) in font.advances(bytes) {
                        let space = if is_space { state.word_space } else { 0.0 };
                        moved += (width / THOUSANDTHS * state.size + state.char_space + space)
                            * state.stretch;
                    }
                    shown = moved;
                }
                other => {
                    let Some(number) = number(other) else {
                        continue;
                    };
                    let apart = -number / THOUSANDTHS;
                    if apart > WORD_GAP && !words.ends_with(' ') && !words.is_empty() {
                        words.push(' ');
                    }
                    moved += apart * state.size * state.stretch;
                }
            }
        }
        let along = |by: f64| [begin[4] + by * whole[0], begin[5] + by * whole[1]];
        let (start, end) = (along(0.0), along(shown));
        self.add(&words, size, start, end[0]);
        *place = times([1.0, 0.0, 0.0, 1.0, moved, 0.0], *place);
    }

    /// Adds text to the last line, or begins a new one.
    fn add(&mut self, words: &str, size: f64, [start, y]: [f64; 2], end: f64) {
        if words.is_empty() || !(start.is_finite() && y.is_finite() && end.is_finite()) {
            return;
        }
        if let Some(last) = self.lines.last_mut() {
            let larger = last.size.max(size);
            let gap = start - last.end;
            let is_near = gap > -larger && gap < larger * COLUMN_GAP;
            if (last.y - y).abs() < larger * SAME_HEIGHT && is_near {
                let is_apart = gap > larger * WORD_GAP && !last.text.ends_with(' ');
                if is_apart && !words.starts_with(' ') {
                    last.text.push(' ');
                }
                last.text.push_str(words);
                last.end = last.end.max(end);
                last.size = larger;
                return;
            }
        }
        self.lines.push(PdfLine {
            text: words.to_owned(),
            start,
            end,
            y,
            size,
        });
    }
}

/// Parses the operators of a content. In a damaged one, those before and after the damage.
fn operations(content: &[u8]) -> Vec<Operation> {
    let decode = |content: &[u8]| Content::decode(content).map(|content| content.operations);
    if let Ok(content) = Content::decode_strict(content) {
        return content.operations;
    }
    let whole = decode(content).unwrap_or_default();
    let lines = content.split(|&byte| matches!(byte, b'\n' | b'\r'));
    let by_line: Vec<_> = lines
        .flat_map(|line| decode(line).unwrap_or_default())
        .collect();
    if n_shown(&by_line) > n_shown(&whole) {
        by_line
    } else {
        whole
    }
}

/// Counts the operators that show text.
fn n_shown(operations: &[Operation]) -> usize {
    let shows =
        |operation: &&Operation| matches!(operation.operator.as_str(), "Tj" | "TJ" | "'" | "\"");
    operations.iter().filter(shows).count()
}

/// Returns a number among the operands of an operator; a missing one counts as 0.
fn operand(operation: &Operation, index: usize) -> f64 {
    let number = operation.operands.get(index).and_then(number);
    number.unwrap_or_default()
}

fn matrix(operation: &Operation) -> Matrix {
    matrix_of(&operation.operands).unwrap_or(IDENTITY)
}

fn matrix_of(list: &[Object]) -> Option<Matrix> {
    let numbers: Vec<f64> = list.iter().take(6).map(number).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// Spells out ligatures and drops invisible characters.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            'ﬅ' | 'ﬆ' => plain.push_str("st"),
            '\u{a0}' | '\t' | '\n' | '\r' => plain.push(' '),
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    plain
}
