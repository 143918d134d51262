//! Lays out the blocks of one article, each when it is first needed.

use super::linebreak::{TextRow, wrap, wrap_preformatted};
use super::setting::Setting;
use super::shown::ShownText;
use super::table_rows::{self, RowLayout};
use super::{Line, LineKind, Measure, Preface};
use crate::document::{Block, BlockKind, Document};
use crate::text::{Span, to_u32};

/// The most laid-out blocks that are kept.
const KEPT_BLOCKS: usize = 256;

/// An article laid out for one measure, block by block.
///
/// Creating it costs nothing. It belongs to one document, which must be passed to every method.
#[derive(Debug, Clone)]
pub struct Flow {
    measure: Measure,
    /// A direct-mapped cache: block `n` is kept in slot `n % KEPT_BLOCKS`, so neighbors never evict each other.
    kept: Vec<LaidBlock>,
}

/// A laid-out block.
#[derive(Debug, Clone, Default)]
pub(super) struct LaidBlock {
    block: Option<u32>,
    pub(super) rows: Vec<TextRow>,
    setting: Option<Setting>,
    /// The layout of its cells if it is a row of a table.
    cells: RowLayout,
    rtl: bool,
    /// How many rows at its start and at its end belong to the preface.
    n_before: usize,
    n_after: usize,
}

/// The place of a line that is not blank: its block and its index there. The place one past the last block is
/// the end of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LinePlace {
    pub(super) block: u32,
    pub(super) line: u32,
}

impl LinePlace {
    pub(super) const FIRST: Self = Self { block: 0, line: 0 };

    pub(super) fn start_of(block: u32) -> Self {
        Self { block, line: 0 }
    }
}

impl Flow {
    /// An article without any laid-out blocks yet.
    #[must_use]
    pub fn new(measure: Measure) -> Self {
        Self {
            measure,
            kept: Vec::new(),
        }
    }

    /// What it is laid out for.
    #[must_use]
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// A laid-out block; it is laid out now if it is not in the cache.
    pub(super) fn laid(&mut self, document: &Document, index: u32) -> &LaidBlock {
        let slot = index as usize % KEPT_BLOCKS;
        if self.kept.len() <= slot {
            self.kept.resize_with(slot + 1, LaidBlock::default);
        }
        let measure = &self.measure;
        let laid = &mut self.kept[slot];
        if laid.block != Some(index) {
            laid.block = Some(index);
            laid.lay_out(document, index, measure);
        }
        laid
    }

    /// How many lines a block has, at least 1.
    pub(super) fn n_lines(&mut self, document: &Document, block: u32) -> u32 {
        to_u32(self.laid(document, block).rows.len())
    }

    /// The line that contains the byte at `offset`; between two blocks, the first line of the next one.
    pub(super) fn place_of(&mut self, document: &Document, offset: u32) -> LinePlace {
        let after = document
            .blocks
            .partition_point(|block| block.span.end <= offset);
        let block = to_u32(after);
        if after >= document.blocks.len() {
            return LinePlace::start_of(block);
        }
        let laid = self.laid(document, block);
        if !laid.cells.pieces.is_empty() {
            let line = to_u32(laid.n_before) + laid.cells.line_of(offset);
            return LinePlace { block, line };
        }
        let line = laid.rows.partition_point(|row| row.start <= offset);
        LinePlace {
            block,
            line: to_u32(line.saturating_sub(1)),
        }
    }

    /// The offset at which the line at `place` starts.
    pub(super) fn start_at(&mut self, document: &Document, place: LinePlace) -> u32 {
        if place.block as usize >= document.blocks.len() {
            return Span::whole(&document.text).end;
        }
        self.laid(document, place.block).rows[place.line as usize].start
    }

    /// Whether the line at a place belongs to the preface.
    pub(super) fn is_preface(&mut self, document: &Document, place: LinePlace) -> bool {
        let is_inside = (place.block as usize) < document.blocks.len();
        is_inside
            && self
                .laid(document, place.block)
                .preface_line(place.line)
                .is_some()
    }

    /// The first line of a block after the preface, and how many lines of the preface come before it.
    pub(super) fn first_line(&mut self, document: &Document, block: u32) -> (LinePlace, u32) {
        let n_before = if (block as usize) < document.blocks.len() {
            self.laid(document, block).n_before
        } else {
            0
        };
        let line = to_u32(n_before);
        (LinePlace { block, line }, line)
    }

    /// The last line of a block before the preface.
    pub(super) fn last_line(&mut self, document: &Document, block: u32) -> LinePlace {
        let laid = self.laid(document, block);
        let line = to_u32(laid.rows.len() - laid.n_after - 1);
        LinePlace { block, line }
    }

    /// The line at `place`; `None` after the last line of its block.
    pub(super) fn line_at(&mut self, document: &Document, place: LinePlace) -> Option<Line> {
        let kind = document.blocks.get(place.block as usize)?.kind;
        let laid = self.laid(document, place.block);
        let row = laid.rows.get(place.line as usize)?;
        let kind = match laid.preface_line(place.line) {
            Some(number) => LineKind::Preface(number),
            None if kind == BlockKind::Rule => LineKind::Rule,
            None => LineKind::Text,
        };
        // Rows of the preface do not count as rows of the block.
        let index = (place.line as usize).saturating_sub(laid.n_before);
        let index_in_block = to_u32(index);
        let of_cells = laid
            .cells
            .span_of(index_in_block)
            .filter(|_| kind == LineKind::Text);
        Some(Line {
            span: of_cells.unwrap_or(Span::new(row.start, row.end)),
            block: place.block,
            index_in_block,
            kind,
            indent: match laid.setting {
                Some(setting) => setting.indent_of(index),
                None => 0,
            },
            hyphen: row.hyphen,
            justified: row.justified,
            rtl: laid.rtl,
        })
    }
}

impl LaidBlock {
    /// The index in the preface of a row, if it belongs to the preface.
    fn preface_line(&self, line: u32) -> Option<u16> {
        let line = line as usize;
        let number = match line.checked_sub(self.rows.len() - self.n_after) {
            _ if line < self.n_before => line,
            Some(number) => number,
            None => return None,
        };
        u16::try_from(number).ok()
    }

    fn lay_out(&mut self, document: &Document, index: u32, measure: &Measure) {
        self.rows.clear();
        self.cells = RowLayout::default();
        (self.n_before, self.n_after) = (0, 0);
        // A document without blocks has no block 0.
        let Some(block @ &Block { kind, span, .. }) = document.blocks.get(index as usize) else {
            return;
        };
        let is_preformatted = kind == BlockKind::Preformatted;
        let shown = ShownText::new(document, span, is_preformatted);
        let setting = Setting::new(measure, kind, &shown.text);
        self.setting = Some(setting);
        self.rtl = is_rtl(&shown.text);
        match kind {
            BlockKind::Rule => {}
            BlockKind::Preformatted => wrap_preformatted(&shown, setting, &mut self.rows),
            BlockKind::TableHead | BlockKind::TableRow => {
                self.cells = table_rows::lay_out(document, index, block, measure);
                self.rows = self.cells.rows(span);
                (self.setting, self.rtl) = (None, false);
            }
            _ => wrap(&shown, setting, &mut self.rows),
        }
        if self.rows.is_empty() {
            self.rows.push(TextRow {
                start: span.start,
                end: span.end,
                hyphen: false,
                justified: false,
            });
        }
        let preface = &measure.preface;
        if preface.block == index {
            self.add(preface, span);
        }
    }

    /// Adds the rows of the preface, which have no bytes.
    fn add(&mut self, preface: &Preface, span: Span) {
        let n_lines = preface.n_lines();
        let (place, at) = if preface.follows {
            self.n_after = n_lines;
            (self.rows.len(), span.end)
        } else {
            self.n_before = n_lines;
            (0, self.rows.first().map_or(span.start, |row| row.start))
        };
        let row = TextRow {
            start: at,
            end: at,
            hyphen: false,
            justified: false,
        };
        self.rows
            .splice(place..place, std::iter::repeat_n(row, n_lines));
    }
}

/// Rows left empty before a block that does not start a column.
pub(super) fn blank_before(document: &Document, block: u32) -> u32 {
    let is_spaced = document
        .blocks
        .get(block as usize)
        .is_some_and(|block| !block.joined);
    u32::from(is_spaced && block > 0)
}

/// Whether the first letter belongs to a script that is written from right to left.
fn is_rtl(text: &str) -> bool {
    let is_right = |point| {
        matches!(point, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    };
    text.chars()
        .find(|point| point.is_alphabetic())
        .is_some_and(is_right)
}
