//! One article at one measure: its blocks laid out when they are asked about, and only then.

use super::linebreak::{TextRow, wrap, wrap_preformatted};
use super::setting::Setting;
use super::shown::ShownText;
use super::table_rows::{self, RowLayout};
use super::{Line, LineKind, Measure, Preface};
use crate::document::{Block, BlockKind, Document};
use crate::text::Span;

/// Laid-out blocks that are kept, at most.
const KEPT_BLOCKS: usize = 256;

/// An article laid out for one measure, as far as it was looked at.
///
/// It is made in no time and belongs to one document: give every method the same one.
#[derive(Debug, Clone)]
pub struct Flow {
    measure: Measure,
    /// Block `n` is kept in slot `n % KEPT_BLOCKS`, where it displaces another: neighbors never
    /// displace each other, and there is no order to keep.
    kept: Vec<LaidBlock>,
}

/// A laid-out block.
#[derive(Debug, Clone, Default)]
pub(super) struct LaidBlock {
    block: Option<u32>,
    pub(super) rows: Vec<TextRow>,
    setting: Option<Setting>,
    /// Where the words of a row of a table stand.
    cells: RowLayout,
    rtl: bool,
    /// How many rows at its start and at its end are of the preface.
    n_before: usize,
    n_after: usize,
}

/// A line of an article that is not blank: its block and its index there. The place one past the
/// last block is the end of the article.
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
    /// The article, not laid out yet.
    #[must_use]
    pub fn new(measure: Measure) -> Self {
        Self {
            measure,
            kept: Vec::new(),
        }
    }

    /// The measure it is laid out for.
    #[must_use]
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// The block's rows, laid out now if they are not kept.
    pub(super) fn laid(&mut self, document: &Document, index: u32) -> &LaidBlock {
        let slot = index as usize % KEPT_BLOCKS;
        if self.kept.len() <= slot {
            self.kept.resize_with(slot + 1, LaidBlock::default);
        }
        let measure = &self.measure;
        let laid = &mut self.kept[slot];
        if laid.block != Some(index) {
            laid.block = Some(index);
            laid.lay_out(document, measure);
        }
        laid
    }

    /// How many lines a block has, at least 1.
    pub(super) fn n_lines(&mut self, document: &Document, block: u32) -> u32 {
        u32::try_from(self.laid(document, block).rows.len()).unwrap_or(u32::MAX)
    }

    /// The line that holds the byte at `offset`; between blocks, the first line of the next.
    pub(super) fn place_of(&mut self, document: &Document, offset: u32) -> LinePlace {
        let after = document
            .blocks
            .partition_point(|block| block.span.end <= offset);
        let block = u32::try_from(after).unwrap_or(u32::MAX);
        if after >= document.blocks.len() {
            return LinePlace::start_of(block);
        }
        let laid = self.laid(document, block);
        if !laid.cells.pieces.is_empty() {
            let n_before = u32::try_from(laid.n_before).unwrap_or(u32::MAX);
            let line = laid.cells.line_of(offset).saturating_add(n_before);
            return LinePlace { block, line };
        }
        let line = laid.rows.partition_point(|row| row.start <= offset);
        let line = u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX);
        LinePlace { block, line }
    }

    /// Where the line at `place` starts.
    pub(super) fn start_at(&mut self, document: &Document, place: LinePlace) -> u32 {
        if place.block as usize >= document.blocks.len() {
            return Span::whole(&document.text).end;
        }
        let rows = &self.laid(document, place.block).rows;
        rows.get(place.line as usize).map_or(0, |row| row.start)
    }

    /// Whether the line at a place is of the preface.
    pub(super) fn is_preface(&mut self, document: &Document, place: LinePlace) -> bool {
        let is_inside = (place.block as usize) < document.blocks.len();
        is_inside
            && self
                .laid(document, place.block)
                .preface_line(place.line)
                .is_some()
    }

    /// The first line of a block that is not of the preface, and how many before it are.
    pub(super) fn first_line(&mut self, document: &Document, block: u32) -> (LinePlace, u32) {
        let n_before = if (block as usize) < document.blocks.len() {
            self.laid(document, block).n_before
        } else {
            0
        };
        let line = u32::try_from(n_before).unwrap_or(u32::MAX);
        (LinePlace { block, line }, line)
    }

    /// The last line of a block that is not of the preface.
    pub(super) fn last_line(&mut self, document: &Document, block: u32) -> LinePlace {
        let laid = self.laid(document, block);
        let n_lines = laid.rows.len().saturating_sub(laid.n_after + 1);
        let line = u32::try_from(n_lines).unwrap_or(u32::MAX);
        LinePlace { block, line }
    }

    /// The line at `place`.
    pub(super) fn line_at(&mut self, document: &Document, place: LinePlace) -> Option<Line> {
        let kind = document.blocks.get(place.block as usize)?.kind;
        let laid = self.laid(document, place.block);
        let row = laid.rows.get(place.line as usize)?;
        let kind = match laid.preface_line(place.line) {
            Some(number) => LineKind::Preface(number),
            None if kind == BlockKind::Rule => LineKind::Rule,
            None => LineKind::Text,
        };
        // Rows of the preface are no rows of the paragraph.
        let index = (place.line as usize).saturating_sub(laid.n_before);
        let index_in_block = u32::try_from(index).unwrap_or(u32::MAX);
        let of_cells = laid
            .cells
            .span_of(index_in_block)
            .filter(|_| kind == LineKind::Text);
        Some(Line {
            span: of_cells.unwrap_or(Span::new(row.start, row.end)),
            block: place.block,
            index_in_block,
            kind,
            indent: laid.setting.map_or(0, |setting| setting.indent_of(index)),
            hyphen: row.hyphen,
            justified: row.justified,
            rtl: laid.rtl,
        })
    }
}

impl LaidBlock {
    /// Which line of the preface a row is, if any.
    fn preface_line(&self, line: u32) -> Option<u16> {
        let line = line as usize;
        let number = match line.checked_sub(self.rows.len() - self.n_after) {
            _ if line < self.n_before => line,
            Some(number) => number,
            None => return None,
        };
        u16::try_from(number).ok()
    }

    fn lay_out(&mut self, document: &Document, measure: &Measure) {
        self.rows.clear();
        self.cells = RowLayout::default();
        (self.n_before, self.n_after) = (0, 0);
        let index = self.block.unwrap_or_default() as usize;
        let Some(block @ &Block { kind, span, .. }) = document.blocks.get(index) else {
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
                let number = self.block.unwrap_or_default();
                self.cells = table_rows::lay_out(document, number, block, measure);
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
        if preface.block as usize == index {
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

/// Whether the first letter is of a script written from right to left.
fn is_rtl(text: &str) -> bool {
    let is_right = |point| {
        matches!(point, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    };
    text.chars()
        .find(|point| point.is_alphabetic())
        .is_some_and(is_right)
}
