//! The lines of a plain text.

use memchr::{Memchr, memchr_iter};

use crate::text::span::slice;

/// How many characters a sum in a byte can hold, at one for each byte.
const CHUNK: usize = 128;

/// A line without the white space around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextLine {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether white space came before it.
    pub(super) indented: bool,
}

impl TextLine {
    pub(super) fn of(self, text: &str) -> &str {
        slice(text, self.start..self.end)
    }

    pub(super) fn len(self) -> usize {
        self.end - self.start
    }
}

/// Iterates over the lines of a text from an offset on; blank ones are empty.
pub(super) struct TextLines<'t> {
    text: &'t str,
    at: usize,
    /// The line ends, relative to `start`.
    ends: Memchr<'t>,
    start: usize,
}

impl<'t> TextLines<'t> {
    pub(super) fn new(text: &'t str, start: usize, line_end: u8) -> Self {
        let bytes = &text.as_bytes()[start..];
        Self {
            text,
            at: start,
            ends: memchr_iter(line_end, bytes),
            start,
        }
    }
}

impl Iterator for TextLines<'_> {
    type Item = TextLine;

    fn next(&mut self) -> Option<TextLine> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let end = match self.ends.next() {
            Some(end) => self.start + end,
            None => self.text.len(),
        };
        self.at = end + 1;
        Some(trimmed(self.text, start, end))
    }
}

/// Trims the line between two offsets. Most lines need no trimming, and a look at both ends shows that.
fn trimmed(text: &str, start: usize, end: usize) -> TextLine {
    let bytes = text.as_bytes();
    let plain = |index: usize| bytes[index].is_ascii_graphic();
    if end > start && plain(start) && plain(end - 1) {
        return TextLine {
            start,
            end,
            indented: false,
        };
    }
    let whole = slice(text, start..end);
    let inner = whole.trim_start();
    let start = start + whole.len() - inner.len();
    TextLine {
        start,
        end: start + inner.trim_end().len(),
        indented: inner.len() < whole.len(),
    }
}

/// Returns the number of characters in a line.
pub(super) fn width(line: &str) -> usize {
    // Summing in bytes lets the compiler add up many at a time.
    let counts = line.as_bytes().chunks(CHUNK).map(|chunk| {
        let starts = chunk.iter().map(|byte| u8::from(byte & 0xC0 != 0x80));
        usize::from(starts.sum::<u8>())
    });
    counts.sum()
}
