//! Builds an article from a marked-up file: blocks of text with normalized white space, and the
//! emphasis and links inside them.
//!
//! Parsers push what they find in reading order; empty blocks leave no trace.

use super::structure::long_blocks;
use super::{Block, BlockKind, Document, Inline, InlineKind, Meta, Warning};
use crate::text::Span;
use crate::text::span::slice;

/// How many blocks may come before a repeated headline.
const MOST_BEFORE_TITLE: usize = 4;

/// An article under construction.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// What the article says about itself.
    pub(super) meta: Meta,
    /// What was odd about it.
    pub(super) warnings: Vec<Warning>,
    text: String,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    /// How many of the inlines lie in finished blocks.
    n_inlines: usize,
    /// The block being written: its kind and its start.
    open: Option<(BlockKind, usize)>,
    /// The markup that is still open: its kind and its start.
    marks: Vec<(InlineKind, usize)>,
    /// Whether white space was pushed after the last word.
    has_space: bool,
}

impl Draft {
    /// An article with metadata and no text yet.
    pub(super) fn with_meta(meta: Meta) -> Self {
        Self {
            meta,
            ..Self::default()
        }
    }

    /// Adds a warning, a sentence for the reader.
    pub(super) fn warn(&mut self, message: &str) {
        self.warnings.push(Warning {
            span: None,
            message: message.to_owned(),
        });
    }

    /// Writes a whole block of plain text.
    pub(super) fn block(&mut self, kind: BlockKind, text: &str) {
        self.begin(kind);
        self.push(text);
        self.end();
    }

    /// Writes the headline and the byline from the metadata, if present.
    pub(super) fn head(&mut self) {
        let title = self.meta.title.clone();
        self.block(BlockKind::Title, &title);
        if let Some(byline) = self.meta.byline.clone() {
            self.block(BlockKind::Byline, &byline);
        }
    }

    /// Writes the rows of a table with hidden bars between their cells. With `has_head`, the first row
    /// names the columns.
    pub(super) fn table<'c>(&mut self, rows: impl Iterator<Item = Vec<&'c str>>, has_head: bool) {
        for (index, row) in rows.enumerate() {
            match index {
                0 if has_head => self.begin(BlockKind::TableHead),
                0 => self.begin(BlockKind::TableRow),
                _ => self.begin_after("\n", BlockKind::TableRow),
            }
            for (index, cell) in row.iter().enumerate() {
                // A bar without words before it is the edge of the table.
                let n_bars = usize::from(index > 0) + usize::from(index == 0 && cell.is_empty());
                for _ in 0..n_bars {
                    self.push(" ");
                    self.mark(InlineKind::Hidden);
                    self.push("|");
                    self.unmark();
                    self.push(" ");
                }
                self.push(cell);
            }
            self.end();
            if index > 0 {
                self.join();
            }
        }
    }

    /// Writes text as blocks of one kind, separated at blank lines.
    pub(super) fn paragraphs(&mut self, kind: BlockKind, text: &str) {
        self.end();
        for line in text.lines() {
            if line.trim().is_empty() {
                self.end();
            } else {
                if !self.is_open() {
                    self.begin(kind);
                }
                self.push(line);
                self.push(" ");
            }
        }
        self.end();
    }

    /// Ends the open block and begins another.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.begin_after("\n\n", kind);
    }

    fn begin_after(&mut self, gap: &str, kind: BlockKind) {
        self.end();
        if !self.text.is_empty() {
            self.text.push_str(gap);
        }
        self.open = Some((kind, self.text.len()));
    }

    /// Whether a block is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Adds words to the open block, or begins a paragraph with them. Runs of white space become one
    /// space, except in preformatted text.
    pub(super) fn push(&mut self, words: &str) {
        if self.open.is_none() {
            if words.trim().is_empty() {
                return;
            }
            self.begin(BlockKind::Paragraph);
        }
        if matches!(self.open, Some((BlockKind::Preformatted, _))) {
            self.text.push_str(words);
            return;
        }
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        for piece in words.split_inclusive(is_space) {
            let word = piece.trim_end_matches(is_space);
            if !word.is_empty() {
                self.space();
                self.text.push_str(word);
            }
            self.has_space |= word.len() < piece.len();
        }
    }

    /// Breaks the line inside the open block.
    pub(super) fn break_line(&mut self) {
        if self.has_words() && !self.text.ends_with('\n') {
            self.text.push('\n');
            self.has_space = false;
        }
    }

    /// Begins emphasis, a link or code; [`Draft::unmark`] ends it.
    pub(super) fn mark(&mut self, kind: InlineKind) {
        if self.has_words() {
            self.space();
        }
        self.marks.push((kind, self.text.len()));
    }

    /// Ends the markup that [`Draft::mark`] began last.
    pub(super) fn unmark(&mut self) {
        if let Some((kind, start)) = self.marks.pop() {
            self.inline(kind, start);
        }
    }

    /// Ends the open block; open markup continues in the next one.
    pub(super) fn end(&mut self) {
        let Some((kind, start)) = self.open.take() else {
            return;
        };
        self.has_space = false;
        let mut marks = std::mem::take(&mut self.marks);
        for (kind, start) in &marks {
            self.inline(kind.clone(), *start);
        }
        let shown = self.text.trim_end().len();
        self.text.truncate(shown.max(start));
        if shown <= start || self.says_title(kind, start) {
            // Drop the blank line before an empty block too.
            match self.blocks.last() {
                Some(block) => self.text.truncate(block.span.end as usize),
                None => self.text.clear(),
            }
        }
        // `push` leaves white space such as no-break spaces alone, so it may still come first.
        let shown = slice(&self.text, start.min(self.text.len())..).trim_start();
        let start = self.text.len() - shown.len();
        let block = Block {
            kind,
            span: Span::from_usize(start, self.text.len()),
            joined: false,
        };
        long_blocks::push(&self.text, &mut self.blocks, block);
        let end = self.text.len();
        // Only markup of this block can reach into what was cut off.
        let written = self.inlines.split_off(self.n_inlines);
        self.inlines
            .extend(written.into_iter().filter_map(|inline| {
                let end = inline.span.end.min(Span::from_usize(end, end).end);
                let span = (inline.span.start < end).then(|| Span::new(inline.span.start, end))?;
                Some(Inline { span, ..inline })
            }));
        self.n_inlines = self.inlines.len();
        let next = if end == 0 { 0 } else { end + 2 };
        for (_, start) in &mut marks {
            *start = next;
        }
        self.marks = marks;
    }

    /// Joins the last block to the one before, without a blank line between them.
    pub(super) fn join(&mut self) {
        if let Some(block) = self.blocks.last_mut() {
            block.joined = true;
        }
    }

    /// Sets the kind of finished blocks.
    #[cfg(feature = "mail")]
    pub(super) fn set_kind(&mut self, which: std::ops::Range<usize>, kind: BlockKind) {
        for block in &mut self.blocks[which] {
            block.kind = kind;
        }
    }

    /// The markup written so far, without what is still open.
    pub(super) fn inlines(&self) -> &[Inline] {
        &self.inlines
    }

    /// How many bytes have been written.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The blocks written so far.
    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The text, blocks and markup written so far, to reclassify the blocks. No block may be open.
    #[cfg(feature = "html")]
    pub(super) fn parts_mut(&mut self) -> (&str, &mut [Block], &[Inline]) {
        (&self.text, &mut self.blocks, &self.inlines)
    }

    /// The text written so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the document and the warnings about it.
    pub(super) fn finish(mut self) -> (Document, Vec<Warning>) {
        self.end();
        self.inlines
            .sort_by_key(|inline| (inline.span.start, std::cmp::Reverse(inline.span.end)));
        let document = Document {
            text: self.text,
            blocks: self.blocks,
            inlines: self.inlines,
            tables: Vec::new(),
            meta: self.meta,
        };
        (document, self.warnings)
    }

    fn has_words(&self) -> bool {
        matches!(self.open, Some((_, start)) if self.text.len() > start)
    }

    /// Returns whether the block that begins at `start` repeats the headline, as in many pages and
    /// feeds.
    fn says_title(&self, kind: BlockKind, start: usize) -> bool {
        let title = match self.blocks.first() {
            Some(first) if first.kind == BlockKind::Title => first.span.of(&self.text),
            _ => return false,
        };
        let words = slice(&self.text, start..).split_whitespace();
        self.blocks.len() <= MOST_BEFORE_TITLE
            && matches!(kind, BlockKind::Heading(_))
            && words.eq(title.split_whitespace())
    }

    /// Writes the pending space, unless a block or a line begins here.
    fn space(&mut self) {
        let is_set_off = self.text.ends_with(['\n', ' ']);
        if std::mem::take(&mut self.has_space) && self.has_words() && !is_set_off {
            self.text.push(' ');
        }
    }

    fn inline(&mut self, kind: InlineKind, start: usize) {
        // Markup that is open between two blocks begins after the text.
        let Some(marked) = self.text.get(start..) else {
            return;
        };
        let start = self.text.len() - marked.trim_start().len();
        if start < self.text.len() {
            let span = Span::from_usize(start, self.text.len());
            self.inlines.push(Inline { span, kind });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_begins_with_words_whatever_space_leads() {
        for space in ["\u{b}", "\u{a0}", "\u{2003}\u{85}"] {
            let mut draft = Draft::default();
            draft.block(BlockKind::BlockQuote, &format!("{space}It is over.{space}"));
            let (document, _) = draft.finish();
            assert_eq!(document.blocks[0].span.of(&document.text), "It is over.");
        }
    }

    #[test]
    fn blocks_stand_apart_and_empty_ones_leave_no_trace() {
        let mut draft = Draft::default();
        draft.block(BlockKind::Title, "  Harbor \n talks ");
        draft.block(BlockKind::Paragraph, " \n ");
        draft.push("They ended.");
        let (document, _) = draft.finish();
        assert_eq!(document.text, "Harbor talks\n\nThey ended.");
        let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Title, BlockKind::Paragraph]);
        assert_eq!(document.blocks[1].span.of(&document.text), "They ended.");
    }

    #[test]
    fn the_headline_is_written_once() {
        let mut draft = Draft::default();
        draft.block(BlockKind::Title, "Harbor talks end");
        draft.block(BlockKind::Caption, "The harbor.");
        draft.mark(InlineKind::Strong);
        draft.block(BlockKind::Heading(1), "Harbor  talks end");
        draft.unmark();
        draft.push("They ended.");
        let (document, _) = draft.finish();
        assert_eq!(
            document.text,
            "Harbor talks end\n\nThe harbor.\n\nThey ended."
        );
        assert_eq!((document.blocks.len(), document.inlines.len()), (3, 0));
    }

    #[test]
    fn space_around_markup_is_one_space() {
        let mut draft = Draft::default();
        draft.push("He said ");
        draft.mark(InlineKind::Link("https://example.org/".into()));
        draft.push(" so");
        draft.mark(InlineKind::Strong);
        draft.push(" twice ");
        draft.unmark();
        draft.unmark();
        draft.push(", and left");
        draft.break_line();
        draft.push(" early.");
        let (document, _) = draft.finish();
        assert_eq!(document.text, "He said so twice , and left\nearly.");
        let marked: Vec<_> = document
            .inlines
            .iter()
            .map(|inline| inline.span.of(&document.text))
            .collect();
        assert_eq!(marked, ["so twice", "twice"]);
    }

    #[test]
    fn markup_across_blocks_is_marked_in_each() {
        let mut draft = Draft::default();
        draft.mark(InlineKind::Emphasis);
        draft.block(BlockKind::Paragraph, "One");
        draft.block(BlockKind::Paragraph, "");
        draft.block(BlockKind::Paragraph, "two");
        draft.unmark();
        draft.push("three");
        let (document, _) = draft.finish();
        let marked: Vec<_> = document
            .inlines
            .iter()
            .map(|inline| inline.span.of(&document.text))
            .collect();
        assert_eq!(marked, ["One", "two"]);
        assert_eq!(document.text, "One\n\ntwo\n\nthree");
    }

    #[test]
    fn preformatted_text_keeps_its_spaces() {
        let mut draft = Draft::default();
        draft.begin(BlockKind::Preformatted);
        draft.push("a  b\n");
        draft.push("  c\n\n");
        let (document, _) = draft.finish();
        assert_eq!(document.text, "a  b\n  c");
    }
}
