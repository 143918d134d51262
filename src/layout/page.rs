//! Divides lines into columns and pages, and finds the pages before and after a line.
//!
//! A page never begins with a blank line. The first and the last line of a paragraph do not appear alone,
//! and a heading stays with the next block, unless the page would be empty.

use super::flow::{Flow, LinePlace, blank_before};
use super::{Line, LineKind, Measure, PageShape, Spread};
use crate::document::{BlockKind, Document};
use crate::text::{Span, to_u32};

/// How many lines later than possible a page may begin for the sake of a better first line.
const SEARCHED_STARTS: usize = 4;

/// The fewest lines of text after the preface on a page that shows it.
const LINES_AFTER_PREFACE: u32 = 2;

impl Flow {
    /// The page whose first line contains the byte at `from`.
    pub fn spread(&mut self, document: &Document, from: u32, shape: PageShape) -> Spread {
        let place = self.place_of(document, from).min(self.last_place(document));
        let start = self.start_of_page(document, place, shape);
        self.spread_at(document, start, shape, None)
    }

    /// The first place of a page that begins at a line. It includes the preface before the line if there is room.
    fn start_of_page(
        &mut self,
        document: &Document,
        place: LinePlace,
        shape: PageShape,
    ) -> LinePlace {
        let (first, n_before) = self.first_line(document, place.block);
        if place > first || n_before == 0 {
            return place;
        }
        let has_room = n_before + LINES_AFTER_PREFACE <= u32::from(shape.height_rows.max(1));
        if has_room {
            LinePlace::start_of(place.block)
        } else {
            first
        }
    }

    /// The page that ends just before the line that contains the byte at `end`. Near the start of the article it
    /// is the first page, which may end later. At the end of the text it is the last page.
    pub fn spread_before(&mut self, document: &Document, end: u32, shape: PageShape) -> Spread {
        let end = self.place_of(document, end);
        let start = self.start_of_page_before(document, end, shape);
        let start = self.start_near_preface(document, start, (end, shape));
        let limit = (self.start_of_page(document, start, shape) > LinePlace::FIRST).then_some(end);
        self.spread_at(document, start, shape, limit)
    }

    /// Where a page up to `end` begins if `start` is inside the preface: before the preface if all of it has room,
    /// else after it.
    fn start_near_preface(
        &mut self,
        document: &Document,
        start: LinePlace,
        (end, shape): (LinePlace, PageShape),
    ) -> LinePlace {
        let (first, _) = self.first_line(document, start.block);
        if start <= first {
            let whole = self.start_of_page(document, start, shape);
            let reaches = self.end_of_page(document, whole, shape) >= end;
            return if reaches { whole } else { first };
        }
        let next = LinePlace::start_of(start.block + 1);
        match self.is_preface(document, start) {
            true if next < end => next,
            true => self.last_line(document, start.block),
            false => start,
        }
    }

    /// The page that ends with the last line.
    pub fn last_spread(&mut self, document: &Document, shape: PageShape) -> Spread {
        self.spread_before(document, Span::whole(&document.text).end, shape)
    }

    /// The start of the line that is `rows` below the line with the byte at `from`, or above it if negative. Blank
    /// lines and the preface are counted, but never returned.
    pub fn line_after(&mut self, document: &Document, from: u32, rows: i64) -> u32 {
        let place = self.place_of(document, from).min(self.last_place(document));
        let n_rows = u32::try_from(rows.unsigned_abs()).unwrap_or(u32::MAX);
        let target = if rows < 0 {
            self.rows_above(document, place, n_rows)
        } else {
            self.rows_below(document, place, n_rows)
        };
        let target = match self.is_preface(document, target) {
            true if rows > 0 => self.after_preface(document, target),
            true if target < self.first_line(document, target.block).0 => target,
            true => self.last_line(document, target.block),
            false => target,
        };
        self.start_at(document, target)
    }

    /// The next line that does not belong to the preface, if there is one.
    fn after_preface(&mut self, document: &Document, place: LinePlace) -> LinePlace {
        if !self.is_preface(document, place) {
            return place;
        }
        let (first, _) = self.first_line(document, place.block);
        let next = LinePlace::start_of(place.block + 1);
        match place < first {
            true => first,
            false if next < Self::end_place(document) => next,
            false => self.last_line(document, place.block),
        }
    }

    fn end_place(document: &Document) -> LinePlace {
        LinePlace::start_of(to_u32(document.blocks.len()))
    }

    fn last_place(&mut self, document: &Document) -> LinePlace {
        let Some(block) = Self::end_place(document).block.checked_sub(1) else {
            return LinePlace::FIRST;
        };
        self.last_line(document, block)
    }

    fn rows_below(&mut self, document: &Document, from: LinePlace, n_rows: u32) -> LinePlace {
        let (mut at, mut left) = (from, n_rows);
        loop {
            let below = self.n_lines(document, at.block).saturating_sub(at.line + 1);
            if left <= below {
                return LinePlace {
                    line: at.line + left,
                    ..at
                };
            }
            let next = LinePlace::start_of(at.block + 1);
            if next >= Self::end_place(document) {
                return LinePlace {
                    line: at.line + below,
                    ..at
                };
            }
            left = (left - below - 1).saturating_sub(blank_before(document, next.block));
            at = next;
        }
    }

    fn rows_above(&mut self, document: &Document, from: LinePlace, n_rows: u32) -> LinePlace {
        let (mut at, mut left) = (from, n_rows);
        while left > at.line {
            let Some(block) = at.block.checked_sub(1) else {
                return LinePlace::FIRST;
            };
            left = (left - at.line - 1).saturating_sub(blank_before(document, at.block));
            at = LinePlace {
                block,
                line: self.n_lines(document, block) - 1,
            };
        }
        LinePlace {
            line: at.line - left,
            ..at
        }
    }

    /// The end of a column that begins at `from`: the place of the first line after it. Lines of the preface that
    /// do not fit are left out.
    fn end_of_column(
        &mut self,
        document: &Document,
        from: LinePlace,
        shape: PageShape,
    ) -> LinePlace {
        let end = self.end_of_rows(document, from, shape);
        let (first, _) = self.first_line(document, end.block);
        if end < first || !self.is_preface(document, end) {
            return end;
        }
        LinePlace::start_of(end.block + 1)
    }

    fn end_of_rows(&mut self, document: &Document, from: LinePlace, shape: PageShape) -> LinePlace {
        let end = Self::end_place(document);
        let (mut at, mut left) = (from, u32::from(shape.height_rows.max(1)));
        while at < end {
            let n_lines = self.n_lines(document, at.block) - at.line;
            if n_lines > left {
                return self.better_end(
                    document,
                    from,
                    LinePlace {
                        line: at.line + left,
                        ..at
                    },
                );
            }
            at = LinePlace::start_of(at.block + 1);
            left -= n_lines;
            let blank = blank_before(document, at.block);
            if left <= blank {
                return self.better_end(document, from, at);
            }
            left -= blank;
        }
        end
    }

    /// The last good place to end a column that begins at `from`, at `end` or before it.
    fn better_end(&mut self, document: &Document, from: LinePlace, end: LinePlace) -> LinePlace {
        let mut better = end;
        if better.line > 0 {
            let n_lines = self.n_lines(document, better.block);
            // A row of a table is read from left to right, so it is not divided if it fits on a page.
            if is_row(document, better.block) {
                better.line = 0;
            } else if better.line + 1 == n_lines {
                better.line -= 1;
            }
            if better.line == 1 && LinePlace::start_of(better.block) >= from {
                better.line = 0;
            }
        }
        while better.line == 0 && better > from && follows_heading(document, better.block) {
            better = LinePlace::start_of(better.block - 1);
        }
        if better > from { better } else { end }
    }

    fn end_of_page(&mut self, document: &Document, from: LinePlace, shape: PageShape) -> LinePlace {
        (0..shape.columns.max(1)).fold(from, |at, _| self.end_of_column(document, at, shape))
    }

    /// The first place from which a page reaches `end`, or a later one where a page begins better.
    fn start_of_page_before(
        &mut self,
        document: &Document,
        end: LinePlace,
        shape: PageShape,
    ) -> LinePlace {
        let n_columns = u32::from(shape.columns.max(1));
        let n_rows = u32::from(shape.height_rows.max(1)) * n_columns;
        // A column drops the blank line at its top.
        let mut at = self.rows_above(document, end, n_rows + n_columns);
        while at < end && self.end_of_page(document, at, shape) < end {
            at = self.rows_below(document, at, 1);
        }
        if at == LinePlace::FIRST {
            return at;
        }
        let mut better = at;
        for _ in 0..SEARCHED_STARTS {
            if better >= end {
                break;
            }
            if self.better_end(document, LinePlace::FIRST, better) == better
                && self.end_of_page(document, better, shape) >= end
            {
                return better;
            }
            better = self.rows_below(document, better, 1);
        }
        at
    }

    fn spread_at(
        &mut self,
        document: &Document,
        start: LinePlace,
        shape: PageShape,
        limit: Option<LinePlace>,
    ) -> Spread {
        let mut at = start;
        let mut columns = Vec::with_capacity(usize::from(shape.columns.max(1)));
        for _ in 0..shape.columns.max(1) {
            let end = self.end_of_column(document, at, shape);
            let end = match limit {
                Some(limit) => end.min(limit),
                None => end,
            };
            let mut lines = self.lines_between(document, at, end);
            // Lines that do not fit belong to the preface.
            lines.truncate(usize::from(shape.height_rows.max(1)));
            columns.push(lines);
            at = end;
        }
        Spread {
            columns,
            start: self.start_at(document, start),
            end: self.start_at(document, at),
            is_last: at >= Self::end_place(document),
        }
    }

    fn lines_between(&mut self, document: &Document, from: LinePlace, end: LinePlace) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut at = from;
        while at < end {
            if at > from && at.line == 0 && blank_before(document, at.block) > 0 {
                lines.push(blank_line(document, at.block));
            }
            match self.line_at(document, at) {
                Some(line) => {
                    lines.push(line);
                    at.line += 1;
                }
                None => at = LinePlace::start_of(at.block + 1),
            }
        }
        lines
    }

    /// [`paginate`], reusing the blocks that are already laid out.
    pub fn pages(
        &mut self,
        document: &Document,
        shape: PageShape,
        is_cancelled: &mut dyn FnMut() -> bool,
    ) -> Option<Pages> {
        let mut starts = Vec::new();
        let end = Self::end_place(document);
        let mut at = self.start_of_page(document, LinePlace::FIRST, shape);
        while at < end {
            if is_cancelled() {
                return None;
            }
            starts.push(self.start_at(document, at));
            at = self.end_of_column(document, at, shape);
        }
        Some(Pages { starts })
    }
}

fn follows_heading(document: &Document, block: u32) -> bool {
    let Some(before) = block.checked_sub(1) else {
        return false;
    };
    matches!(
        document.blocks[before as usize].kind,
        BlockKind::Heading(_) | BlockKind::Title | BlockKind::TableHead
    )
}

fn is_row(document: &Document, block: u32) -> bool {
    document.blocks[block as usize].kind.is_row()
}

/// The empty line before a block.
fn blank_line(document: &Document, block: u32) -> Line {
    let at = match block.checked_sub(1) {
        Some(before) => document.blocks[before as usize].span.end,
        None => 0,
    };
    Line {
        span: Span::new(at, at),
        block,
        index_in_block: 0,
        kind: LineKind::Blank,
        indent: 0,
        hyphen: false,
        justified: false,
        rtl: false,
    }
}

/// The starts of all columns of an article that is paged from its first line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pages {
    /// The first byte of each column, rising.
    pub starts: Vec<u32>,
}

impl Pages {
    /// The index of the page that contains the byte at `offset`, from 0.
    #[must_use]
    pub fn page_of(&self, offset: u32) -> usize {
        self.starts
            .partition_point(|&start| start <= offset)
            .saturating_sub(1)
    }
}

/// Divides a whole article into pages of one column. Returns `None` as soon as `is_cancelled`, which is called once
/// for each page, returns true.
pub fn paginate(
    document: &Document,
    measure: &Measure,
    shape: PageShape,
    is_cancelled: &mut dyn FnMut() -> bool,
) -> Option<Pages> {
    Flow::new(measure.clone()).pages(document, shape, is_cancelled)
}
