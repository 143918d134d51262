//! Divides plain text into blocks.
//!
//! A blank line always ends a paragraph. What a single line end means is decided once per document,
//! from a sample of its beginning: it either ends a paragraph (one paragraph per line) or means nothing
//! (lines wrapped at a width). Text counts as wrapped when lines end in mid-sentence just where the
//! next word would not have fit. `head` and `tail` find the headline, the byline and trailing matter
//! later.
//!
//! ```text
//! Ministers from four countries met on Tues-     → wrapped: one block
//! day in Geneva.
//! ```

use std::sync::LazyLock;

use memchr::{memchr_iter, memchr2, memmem};

use crate::document::structure::head::is_byline;
use crate::document::structure::long_blocks;
use crate::document::{Block, BlockKind};
use crate::text::Span;

mod lines;
mod wrap_style;

use lines::{TextLine, TextLines};
use wrap_style::WrapStyle;

/// How many lines without a blank one are handled together.
const LONGEST_RUN: usize = 512;
/// How many blocks at the beginning may be bylines, each on a line of its own.
const HEAD_BLOCKS: usize = 4;
/// Lines up to this many bytes may be verse, an address or a heading.
const SHORT_LINE: usize = 64;

/// The longest row of a table, in bytes.
const LONGEST_ROW: usize = 240;
/// The fewest bytes of a block on average, to estimate the number of blocks.
const SHORTEST_AVERAGE: usize = 32;

/// Three spaces, which separate columns.
static GAP: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(b"   "));

/// Divides the text from `start` on into blocks.
pub(super) fn blocks(text: &str, start: usize) -> Vec<Block> {
    let style = WrapStyle::of(text, start);
    let mut parser = PlainParser {
        text,
        style,
        blocks: Vec::new(),
        run: Vec::new(),
        continued: false,
    };
    let size_hint = text.len().saturating_sub(start) / style.bytes_a_block.max(SHORTEST_AVERAGE);
    parser.blocks.reserve(size_hint);
    for line in TextLines::new(text, start, style.line_end) {
        if line.len() == 0 {
            parser.flush();
            parser.continued = false;
        } else {
            parser.run.push(line);
            if parser.run.len() == LONGEST_RUN {
                parser.flush();
                parser.continued = true;
            }
        }
    }
    parser.flush();
    let mut blocks = parser.blocks;
    if blocks.capacity() > blocks.len() * 5 / 4 {
        blocks.shrink_to_fit();
    }
    blocks
}

struct PlainParser<'t> {
    text: &'t str,
    style: WrapStyle,
    blocks: Vec<Block>,
    /// The lines since the last blank one.
    run: Vec<TextLine>,
    /// Whether the run continues one that was cut because it was too long.
    continued: bool,
}

impl PlainParser<'_> {
    /// Turns the lines since the last blank line into blocks.
    fn flush(&mut self) {
        let mut run = std::mem::take(&mut self.run);
        match run.as_slice() {
            [] => {}
            [line] => self.single(*line),
            lines if is_table(self.text, lines) => self.push(lines, BlockKind::Preformatted, false),
            lines if lines.iter().any(|line| is_bullet(line.of(self.text))) => self.list(lines),
            lines if self.style.is_wrapped && (self.is_head(lines) || !self.is_verse(lines)) => {
                self.wrapped(lines);
            }
            lines => self.line_by_line(lines),
        }
        run.clear();
        self.run = run;
    }

    /// Adds a line between two blank ones: a paragraph, a heading in capitals, or a rule.
    fn single(&mut self, line: TextLine) {
        let kind = if line.len() > SHORT_LINE {
            BlockKind::Paragraph
        } else {
            kind_of_short(line.of(self.text))
        };
        self.push(&[line], kind, false);
    }

    /// Adds every line as a paragraph; short ones belong together.
    fn line_by_line(&mut self, lines: &[TextLine]) {
        let verse = lines.len() > 2
            && lines.iter().all(|line| line.len() <= SHORT_LINE)
            && !self.is_head(lines);
        for (index, line) in lines.iter().enumerate() {
            let kind = if is_rule(line.of(self.text)) {
                BlockKind::Rule
            } else {
                BlockKind::Paragraph
            };
            self.push(&[*line], kind, verse && (index > 0 || self.continued));
        }
    }

    /// Adds the items of a list; lines before the first bullet are a paragraph.
    fn list(&mut self, lines: &[TextLine]) {
        let mut first = 0;
        for (index, line) in lines.iter().enumerate().skip(1) {
            let starts = is_bullet(line.of(self.text)) || !self.style.is_wrapped;
            if starts {
                self.item(&lines[first..index], first > 0);
                first = index;
            }
        }
        self.item(&lines[first..], first > 0);
    }

    fn item(&mut self, lines: &[TextLine], joined: bool) {
        let kind = if is_bullet(lines[0].of(self.text)) {
            BlockKind::ListItem(0)
        } else {
            BlockKind::Paragraph
        };
        self.push(lines, kind, joined && kind != BlockKind::Paragraph);
    }

    /// Joins lines into paragraphs, which end before an indented line or after a short one.
    fn wrapped(&mut self, lines: &[TextLine]) {
        let mut first = 0;
        for index in 1..lines.len() {
            let (line, next) = (&lines[index - 1], &lines[index]);
            let is_first_of_all = index == 1 && self.blocks.is_empty();
            let is_head = self.blocks.len() < HEAD_BLOCKS
                && [line, next]
                    .iter()
                    .any(|line| is_byline(line.of(self.text)));
            if is_head
                || self
                    .style
                    .is_paragraph_end(self.text, *line, *next, is_first_of_all)
            {
                self.push(&lines[first..index], BlockKind::Paragraph, false);
                first = index;
            }
        }
        let joined = first == 0 && self.continued;
        self.push(&lines[first..], BlockKind::Paragraph, joined);
    }

    /// Returns whether these lines are at the beginning and include a byline or a date line.
    fn is_head(&self, lines: &[TextLine]) -> bool {
        self.blocks.len() < HEAD_BLOCKS && lines.iter().any(|line| is_byline(line.of(self.text)))
    }

    /// Returns whether the lines are short on purpose, as in verse, addresses and lists.
    fn is_verse(&self, lines: &[TextLine]) -> bool {
        let Some((_, body)) = lines.split_last() else {
            return false;
        };
        let narrow = |line: &TextLine| lines::width(line.of(self.text)) * 10 < self.style.width * 7;
        body.len() >= 2 && most(body, 2, narrow)
    }

    fn push(&mut self, lines: &[TextLine], kind: BlockKind, joined: bool) {
        if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
            let span = Span::from_usize(first.start, last.end);
            long_blocks::push(self.text, &mut self.blocks, Block { kind, span, joined });
        }
    }
}

/// Returns the kind of a short line between two blank ones.
fn kind_of_short(line: &str) -> BlockKind {
    if is_rule(line) {
        BlockKind::Rule
    } else if is_bullet(line) {
        BlockKind::ListItem(0)
    } else if is_capitals(line) {
        BlockKind::Heading(2)
    } else {
        BlockKind::Paragraph
    }
}

/// Matches `***`, `* * *`, `-----`: three or more of one mark and nothing else.
fn is_rule(line: &str) -> bool {
    let mut marks = line.bytes().filter(|byte| *byte != b' ');
    let Some(first @ (b'*' | b'-' | b'_' | b'=' | b'~')) = marks.next() else {
        return false;
    };
    let n_more = marks.try_fold(0, |count, byte| (byte == first).then_some(count + 1));
    matches!(n_more, Some(2..))
}

/// Matches `THE VOTE`: capital letters and no quotation.
fn is_capitals(line: &str) -> bool {
    let n_capitals = line.chars().filter(|c| c.is_uppercase()).count();
    n_capitals >= 4
        && !line.chars().any(char::is_lowercase)
        && !line.contains(['“', '"', '”', ',', '«'])
}

/// Returns whether a line begins like a list item.
fn is_bullet(line: &str) -> bool {
    if line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let rest = line.strip_prefix(['-', '*', '•', '·', '▪', '‣', '◦', '–']);
    let Some(rest) = rest else {
        return false;
    };
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '“' | '"' | '$' | '€' | '£');
    rest.starts_with([' ', '\t']) && rest.trim_start().starts_with(is_word)
}

/// Returns whether lines form columns: most contain a tab, a gap of three spaces or two bars.
fn is_table(text: &str, lines: &[TextLine]) -> bool {
    let has_columns = |line: &TextLine| {
        let bytes = line.of(text).as_bytes();
        bytes.len() <= LONGEST_ROW
            && (bytes.contains(&b'\t')
                || GAP.find(bytes).is_some()
                || memchr_iter(b'|', bytes).nth(1).is_some())
    };
    lines.len() >= 2 && may_hold_columns(text, lines) && most(lines, 3, has_columns)
}

/// Rules out a table with a single search over all lines of a run, because few runs are tables.
fn may_hold_columns(text: &str, lines: &[TextLine]) -> bool {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return false;
    };
    let run = &text.as_bytes()[first.start..last.end];
    memchr2(b'\t', b'|', run).is_some() || GAP.find(run).is_some()
}

/// Returns whether a claim holds for all but `n_tenths` of the lines, stopping as soon as that is
/// settled.
fn most(lines: &[TextLine], n_tenths: usize, claim: impl Fn(&TextLine) -> bool) -> bool {
    let mut n_left = lines.len() * n_tenths / 10;
    lines.iter().all(|line| {
        claim(line) || {
            let is_allowed = n_left > 0;
            n_left = n_left.saturating_sub(1);
            is_allowed
        }
    })
}

#[cfg(test)]
mod tests;
