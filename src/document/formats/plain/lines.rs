//! The lines of a plain text.

use memchr::{Memchr, memchr_iter};

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
        text.get(self.start..self.end).unwrap_or_default()
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
        let bytes = text.as_bytes().get(start..).unwrap_or_default();
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
        let end = self
            .ends
            .next()
            .map_or(self.text.len(), |end| self.start + end);
        self.at = end + 1;
        Some(trimmed(self.text, start, end))
    }
}

/// Trims the line between two offsets. Most lines need no trimming, and a look at both ends shows that.
fn trimmed(text: &str, start: usize, end: usize) -> TextLine {
    let bytes = text.as_bytes();
    let plain = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_graphic);
    if end > start && plain(start) && plain(end - 1) {
        return TextLine {
            start,
            end,
            indented: false,
        };
    }
    let whole = text.get(start..end).unwrap_or_default();
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
    let counts = line.as_bytes().chunks(128).map(|chunk| {
        let starts = chunk.iter().map(|byte| u8::from(byte & 0xC0 != 0x80));
        usize::from(starts.sum::<u8>())
    });
    counts.sum()
}
