//! Plain text into blocks, in the three ways plain text is laid out.
//!
//! A blank line always ends a paragraph. What a single line end means is decided once for the document
//! by a survey of its beginning: the end of a paragraph (one paragraph a line), or nothing (lines wrapped
//! at a width). It is wrapped when lines end in mid-sentence just where the next word would not have fit.
//! Headline, byline and trailing matter are told apart later, in `head` and `tail`.
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

/// How many lines without a blank one are looked at together.
const LONGEST_RUN: usize = 512;
/// How many blocks at the beginning may be bylines, which end at their line.
const HEAD_BLOCKS: usize = 4;
/// Lines up to this many bytes may be verse, an address or a heading.
const SHORT_LINE: usize = 64;

/// Three spaces, which part columns.
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
    let size_hint = text.len().saturating_sub(start) / style.bytes_a_block.max(32);
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
    /// Lines since the last blank one.
    run: Vec<TextLine>,
    /// Whether the run goes on from one that was cut for its length.
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

    /// A line alone between blank lines: a paragraph, a heading in capitals, or a rule.
    fn single(&mut self, line: TextLine) {
        let kind = if line.len() > SHORT_LINE {
            BlockKind::Paragraph
        } else {
            kind_of_short(line.of(self.text))
        };
        self.push(&[line], kind, false);
    }

    /// Every line is a paragraph; short ones belong together.
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

    /// Items begin at their bullet; what stands before the first is a paragraph.
    fn list(&mut self, lines: &[TextLine]) {
        let mut first = 0;
        for (index, line) in lines.iter().enumerate().skip(1) {
            let starts = is_bullet(line.of(self.text)) || !self.style.is_wrapped;
            if starts {
                self.item(lines.get(first..index), first > 0);
                first = index;
            }
        }
        self.item(lines.get(first..), first > 0);
    }

    fn item(&mut self, lines: Option<&[TextLine]>, joined: bool) {
        let Some(lines @ [line, ..]) = lines else {
            return;
        };
        let kind = if is_bullet(line.of(self.text)) {
            BlockKind::ListItem(0)
        } else {
            BlockKind::Paragraph
        };
        self.push(lines, kind, joined && kind != BlockKind::Paragraph);
    }

    /// Lines are joined to paragraphs, which end at indented lines or after a short last line.
    fn wrapped(&mut self, lines: &[TextLine]) {
        let mut first = 0;
        for index in 1..lines.len() {
            let (Some(line), Some(next)) = (lines.get(index - 1), lines.get(index)) else {
                break;
            };
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
                self.push(
                    lines.get(first..index).unwrap_or_default(),
                    BlockKind::Paragraph,
                    false,
                );
                first = index;
            }
        }
        let joined = first == 0 && self.continued;
        self.push(
            lines.get(first..).unwrap_or_default(),
            BlockKind::Paragraph,
            joined,
        );
    }

    /// Whether the lines stand at the beginning and hold a byline or a date.
    fn is_head(&self, lines: &[TextLine]) -> bool {
        self.blocks.len() < HEAD_BLOCKS && lines.iter().any(|line| is_byline(line.of(self.text)))
    }

    /// Lines that stop well before the width again and again were meant to: verse, addresses, lists.
    fn is_verse(&self, lines: &[TextLine]) -> bool {
        let (_, body) = lines.split_last().unwrap_or((
            &TextLine {
                start: 0,
                end: 0,
                indented: false,
            },
            &[],
        ));
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

/// What a short line alone between blank lines is.
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

/// `***`, `* * *`, `-----`: nothing but three or more of one mark.
fn is_rule(line: &str) -> bool {
    let mut marks = line.bytes().filter(|byte| *byte != b' ');
    let Some(first @ (b'*' | b'-' | b'_' | b'=' | b'~')) = marks.next() else {
        return false;
    };
    let n_more = marks.try_fold(0, |count, byte| (byte == first).then_some(count + 1));
    n_more.is_some_and(|count| count >= 2)
}

/// `THE VOTE`: letters, all of them capitals, and no quotation.
fn is_capitals(line: &str) -> bool {
    let n_capitals = line.chars().filter(|c| c.is_uppercase()).count();
    n_capitals >= 4
        && !line.chars().any(char::is_lowercase)
        && !line.contains(['“', '"', '”', ',', '«'])
}

/// Whether a line begins like an item of a list.
fn is_bullet(line: &str) -> bool {
    if line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let rest = line.strip_prefix(['-', '*', '•', '·', '▪', '‣', '◦', '–']);
    rest.is_some_and(|rest| {
        rest.starts_with([' ', '\t'])
            && rest.trim_start().starts_with(|c: char| {
                c.is_alphanumeric() || matches!(c, '“' | '"' | '$' | '€' | '£')
            })
    })
}

/// Whether lines are columns: most hold a tab, a gap of three spaces or two bars.
fn is_table(text: &str, lines: &[TextLine]) -> bool {
    let has_columns = |line: &TextLine| {
        let bytes = line.of(text).as_bytes();
        bytes.len() <= 240
            && (bytes.contains(&b'\t')
                || GAP.find(bytes).is_some()
                || memchr_iter(b'|', bytes).nth(1).is_some())
    };
    lines.len() >= 2 && may_hold_columns(text, lines) && most(lines, 3, has_columns)
}

/// One look at all lines of a run, because nearly no run is a table.
fn may_hold_columns(text: &str, lines: &[TextLine]) -> bool {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return false;
    };
    let whole = text.as_bytes().get(first.start..last.end);
    whole.is_some_and(|run| memchr2(b'\t', b'|', run).is_some() || GAP.find(run).is_some())
}

/// Whether a claim holds for all but `n_tenths` of the lines; stops at the line that settles it.
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
