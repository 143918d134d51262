//! Finds out what a single line end means in a document, from a sample of its beginning.

use super::lines::{TextLine, TextLines, width};
use crate::document::strings::up_to;
use crate::document::structure::sentence_end::ends_sentence;
use crate::text::span::beginning;

/// How many bytes of a document are sampled.
const SAMPLE: usize = 64 * 1024;
/// Wider lines were not wrapped for people to read.
const WIDEST: usize = 140;
/// A line is short if the next word would have fit with this much room to spare.
const SPARE: usize = 4;

/// How the lines of a document form paragraphs.
#[derive(Debug, Clone, Copy)]
pub(super) struct WrapStyle {
    /// The byte that ends a line: a line feed, or a carriage return in a text without line feeds.
    pub(super) line_end: u8,
    /// Whether paragraphs are wrapped over several lines.
    pub(super) is_wrapped: bool,
    /// The width at which lines are wrapped, in characters.
    pub(super) width: usize,
    /// Whether lines are filled up to the width, so that a short line ends a paragraph.
    is_filled: bool,
    /// Whether an indented line begins a paragraph.
    by_indent: bool,
    /// The average number of bytes per block.
    pub(super) bytes_a_block: usize,
}

/// Statistics over the line ends inside runs.
#[derive(Debug, Default)]
struct BreakCounts {
    all: usize,
    in_sentence: usize,
    forced: usize,
    before_lower: usize,
    indented: usize,
    indented_after_end: usize,
    total_width: usize,
}

impl WrapStyle {
    /// Samples a text from `start` on.
    pub(super) fn of(text: &str, start: usize) -> Self {
        let sample = beginning(text, start.saturating_add(SAMPLE));
        let bytes = &sample.as_bytes()[start..];
        let has_feed = memchr::memchr(b'\n', bytes).is_some();
        let has_return = memchr::memchr(b'\r', bytes).is_some();
        let line_end = if !has_feed && has_return {
            b'\r'
        } else {
            b'\n'
        };
        let mut lines: Vec<TextLine> = TextLines::new(sample, start, line_end).collect();
        if sample.len() < text.len() {
            lines.pop();
        }
        let width = usual_width(sample, &lines);
        let breaks = count(sample, &lines, width);
        let n_blocks = lines.iter().filter(|line| line.len() > 0).count().max(1);
        let mut survey = Self {
            line_end,
            is_wrapped: false,
            width,
            is_filled: breaks.forced * 10 >= breaks.in_sentence * 6,
            by_indent: breaks.indented_after_end * 33 >= breaks.all
                && breaks.indented * 2 <= breaks.all,
            bytes_a_block: bytes.len() / n_blocks,
        };
        survey.is_wrapped = survey.wraps(&breaks);
        survey
    }

    /// Returns whether lines are wrapped: many end in mid-sentence, at the width or before a lower-case
    /// letter.
    fn wraps(&self, breaks: &BreakCounts) -> bool {
        let is_ragged =
            breaks.before_lower * 2 >= breaks.in_sentence && breaks.total_width >= breaks.all * 45;
        breaks.all >= 2
            && (20..=WIDEST).contains(&self.width)
            && breaks.in_sentence * 10 >= breaks.all * 4
            && (self.is_filled || is_ragged)
    }

    /// Returns whether a paragraph ends with `line` although `next` follows without a blank line.
    pub(super) fn is_paragraph_end(
        &self,
        text: &str,
        line: TextLine,
        next: TextLine,
        is_first: bool,
    ) -> bool {
        if self.by_indent && next.indented {
            return true;
        }
        let (line, next) = (line.of(text), next.of(text));
        self.is_filled
            && (ends_sentence(line) || is_first && is_headline(line, next, self.width))
            && width(line) + 1 + first_word_width(next) + SPARE <= self.width
    }
}

/// Returns whether the first line of a document is a headline without a blank line after it.
fn is_headline(line: &str, next: &str, limit: usize) -> bool {
    width(line) * 4 < limit * 3 && !next.starts_with(char::is_lowercase)
}

/// Returns the width that nearly all lines inside runs keep to.
fn usual_width(text: &str, lines: &[TextLine]) -> usize {
    let mut widths: Vec<usize> = pairs(lines).map(|(line, _)| width(line.of(text))).collect();
    widths.sort_unstable();
    match widths.len() {
        0 => 0,
        n => widths[(n * 98 / 100).min(n - 1)],
    }
}

fn count(text: &str, lines: &[TextLine], width_limit: usize) -> BreakCounts {
    let mut breaks = BreakCounts::default();
    for (line, next) in pairs(lines) {
        let (indented, line, next) = (next.indented, line.of(text), next.of(text));
        let ends = ends_sentence(line);
        breaks.all += 1;
        breaks.total_width += width(line);
        breaks.indented += usize::from(indented);
        breaks.indented_after_end += usize::from(indented && ends);
        if !ends {
            breaks.in_sentence += 1;
            breaks.forced += usize::from(width(line) + 1 + first_word_width(next) > width_limit);
            breaks.before_lower += usize::from(next.starts_with(char::is_lowercase));
        }
    }
    breaks
}

/// Pairs each line with the next one, where neither is blank.
fn pairs(lines: &[TextLine]) -> impl Iterator<Item = (TextLine, TextLine)> {
    let both = lines.iter().copied().zip(lines.iter().copied().skip(1));
    both.filter(|(line, next)| line.len() > 0 && next.len() > 0)
}

/// Returns the width of the first word, or of one character in scripts that can break anywhere
/// (Chinese, Japanese).
fn first_word_width(line: &str) -> usize {
    if line.starts_with(|c: char| ('\u{2E80}'..'\u{A000}').contains(&c)) {
        return 1;
    }
    width(up_to(line, &[' ']))
}
