//! Lays out the rows of tables: cells side by side in columns that fit the width, with wrapped words. If the columns
//! would be too narrow, the cells of a row are placed one below the other, each after the name of its column.
//!
//! The widest columns shrink first. A table is as wide as it needs to be, and never wider than the page.

use super::Measure;
use super::linebreak::{TextRow, wrap};
use super::setting::{Setting, columns, saturated, widest};
use super::shown::ShownText;
use crate::document::table::{Align, Column, TextTable};
use crate::document::{Block, BlockKind, Document};
use crate::text::Span;

/// The screen columns between two columns of a table.
const GAP: u16 = 2;
/// The longest word that must fit a column; longer ones may be divided.
const LONGEST_WHOLE_WORD: u16 = 14;
/// The indent of the cells of a row that are below each other.
const INDENT: u16 = 2;

/// The part of a cell, or of the name of its column, on one line of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellPiece {
    /// The line of the row.
    pub(super) line: u32,
    /// The column where it begins.
    pub(super) indent: u16,
    /// Its bytes.
    pub(super) row: TextRow,
    /// Whether it is the name of a column, which comes from the head of the table and not from the row.
    pub(super) is_label: bool,
    /// Whether it is the last piece of the name of a column.
    pub(super) ends_label: bool,
}

/// The layout of a row: its pieces by line and column, and the rule below the head of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct RowLayout {
    pub(super) pieces: Vec<CellPiece>,
    pub(super) n_lines: u32,
    /// The rules below the cells of a head, as starts and widths.
    pub(super) rules: Vec<(u16, u16)>,
}

/// Lays out a row.
pub(super) fn lay_out(
    document: &Document,
    index: u32,
    block: &Block,
    measure: &Measure,
) -> RowLayout {
    let Some(table) = document.table_of(index) else {
        return RowLayout::default();
    };
    let cells = document.cells(block);
    let mut laid = match widths(&table.columns, measure.width_columns.max(1)) {
        Some(widths) => side_by_side(document, &cells, (table, &widths), measure),
        None => one_below_the_other(document, (index, &cells), table, measure),
    };
    if block.kind != BlockKind::TableHead {
        laid.rules.clear();
    }
    laid.pieces.sort_by_key(|piece| (piece.line, piece.indent));
    laid
}

/// The widths of the columns of a table in `width` screen columns; `None` if some would be too narrow.
fn widths(table: &[Column], width: u16) -> Option<Vec<u16>> {
    let n_gaps = saturated(table.len().saturating_sub(1));
    let room = width.checked_sub(n_gaps.saturating_mul(GAP))?;
    let total = |widths: &[u16]| widths.iter().map(|width| u32::from(*width)).sum::<u32>();
    let least = |column: &Column| column.longest_word.clamp(1, LONGEST_WHOLE_WORD);
    let capped = |cap: u16| -> Vec<u16> {
        let width = |column: &Column| column.widest.min(cap).max(least(column));
        table.iter().map(width).collect()
    };
    let cap = (1..=room)
        .rev()
        .find(|cap| total(&capped(*cap)) <= u32::from(room))?;
    let mut widths = capped(cap);
    let mut rest = u32::from(room) - total(&widths);
    for (width, column) in widths.iter_mut().zip(table) {
        if rest > 0 && *width < column.widest {
            *width += 1;
            rest -= 1;
        }
    }
    Some(widths)
}

fn side_by_side(
    document: &Document,
    cells: &[Span],
    (table, widths): (&TextTable, &[u16]),
    measure: &Measure,
) -> RowLayout {
    let mut laid = RowLayout::default();
    let mut start = 0;
    for ((cell, column), &width) in cells.iter().zip(&table.columns).zip(widths) {
        let rows = rows_of(document, *cell, measure, width, (0, 0));
        for (line, row) in (0..).zip(rows).filter(|(_, row)| row.end > row.start) {
            let slack = width.saturating_sub(width_of(document, row, width));
            let before = match column.align {
                Align::Left => 0,
                Align::Center => slack / 2,
                Align::Right => slack,
            };
            laid.pieces.push(CellPiece {
                line,
                indent: start + before,
                row,
                is_label: false,
                ends_label: false,
            });
            laid.n_lines = laid.n_lines.max(line + 1);
        }
        laid.rules.push((start, width));
        start += width + GAP;
    }
    laid
}

/// The rows of a cell in a width, with the indents of the first and the other rows.
fn rows_of(
    document: &Document,
    cell: Span,
    measure: &Measure,
    width: u16,
    indents: (u16, u16),
) -> Vec<TextRow> {
    let mut rows = Vec::new();
    let shown = ShownText::new(document, cell, false);
    wrap(&shown, Setting::of_cell(measure, width, indents), &mut rows);
    rows
}

/// The screen columns of a row.
fn width_of(document: &Document, row: TextRow, width: u16) -> u16 {
    let shown = ShownText::new(document, Span::new(row.start, row.end), false);
    let widest = widest(width);
    let units = shown.units(0).map(|unit| columns(unit, 0, widest));
    let hyphen = u16::from(row.hyphen);
    units.fold(hyphen, u16::saturating_add)
}

fn one_below_the_other(
    document: &Document,
    (index, cells): (u32, &[Span]),
    table: &TextTable,
    measure: &Measure,
) -> RowLayout {
    let mut laid = RowLayout::default();
    let width = measure.width_columns.max(1);
    let indent = INDENT.min(width / 4);
    let head = document.blocks.get(table.first as usize);
    let head = head.filter(|head| head.kind == BlockKind::TableHead && index > table.first);
    let labels = head.map_or_else(Vec::new, |head| document.cells(head));
    for (at, cell) in cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty())
    {
        let outer = if at == 0 { 0 } else { indent };
        let label = labels.get(at).filter(|label| !label.is_empty());
        let mut first = outer;
        if let Some(label) = label {
            let rows = rows_of(document, *label, measure, width, (outer, outer));
            let last = match rows.last() {
                // A colon and a space follow.
                Some(row) => outer + width_of(document, *row, width) + 2,
                None => 0,
            };
            laid.add(rows, (outer, outer), true);
            // The cell continues on the line of the label if there is room.
            if last <= width / 2 {
                laid.n_lines = laid.n_lines.saturating_sub(1);
                first = last;
            } else {
                first = outer + indent;
            }
        }
        let further = outer + indent;
        let rows = rows_of(document, *cell, measure, width, (first, further));
        laid.add(rows, (first, further), false);
    }
    laid
}

impl RowLayout {
    /// Adds rows below the last line.
    fn add(&mut self, rows: Vec<TextRow>, (first, further): (u16, u16), is_label: bool) {
        let n_rows = rows.len();
        for (index, row) in rows.into_iter().enumerate() {
            self.pieces.push(CellPiece {
                line: self.n_lines,
                indent: if index == 0 { first } else { further },
                row,
                is_label,
                ends_label: is_label && index + 1 == n_rows,
            });
            self.n_lines += 1;
        }
    }

    /// A row for each line of the block. It begins at the first piece that starts on this line or later, and always
    /// after the beginning of the row before.
    pub(super) fn rows(&self, span: Span) -> Vec<TextRow> {
        let at = |start, end| TextRow {
            start,
            end,
            hyphen: false,
            justified: false,
        };
        let mut rows: Vec<TextRow> = Vec::new();
        for line in 0..self.n_lines {
            let begin = rows
                .last()
                .map_or(span.start, |row: &TextRow| row.start + 1);
            let starts = self.own().filter(|piece| piece.line >= line);
            let starts = starts
                .map(|piece| piece.row.start)
                .filter(|start| *start >= begin);
            let start = if line == 0 {
                span.start
            } else {
                starts.min().unwrap_or(begin)
            };
            rows.push(at(start, span.end));
        }
        if !self.rules.is_empty() {
            rows.push(at(span.end, span.end));
        }
        rows
    }

    /// The pieces of the row's own cells.
    fn own(&self) -> impl Iterator<Item = &CellPiece> {
        self.pieces.iter().filter(|piece| !piece.is_label)
    }

    /// The line that shows the byte at `offset`.
    pub(super) fn line_of(&self, offset: u32) -> u32 {
        let before = self.own().filter(|piece| piece.row.start <= offset);
        match before.max_by_key(|piece| piece.row.start) {
            Some(piece) => piece.line,
            None => 0,
        }
    }

    /// The bytes of the row's cells on a line, from the first to the last.
    pub(super) fn span_of(&self, line: u32) -> Option<Span> {
        let here = self.own().filter(|piece| piece.line == line);
        let spans = here.map(|piece| Span::new(piece.row.start, piece.row.end));
        spans.reduce(Span::join)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Flow, GlyphKind, PageShape, cells};
    use super::*;
    use crate::document::read;

    fn page(text: &str, width: u16) -> Vec<String> {
        let document = read(text.as_bytes().to_vec(), "a.md").value;
        let measure = Measure::ragged(width);
        let shape = PageShape {
            height_rows: 60,
            columns: 1,
        };
        let spread = Flow::new(measure.clone()).spread(&document, 0, shape);
        let shown = |line: &super::super::Line| {
            let mut row = String::new();
            let mut at = 0;
            for glyph in cells(&document, line, &measure) {
                row.extend(std::iter::repeat_n(' ', usize::from(glyph.column - at)));
                row.push_str(glyph.symbol(&document.text));
                at = glyph.column + glyph.width;
            }
            assert!(at <= width, "{row:?} is wider than {width}");
            row
        };
        spread.columns[0].iter().map(shown).collect()
    }

    const CITIES: &str = "| City | Nights measured | Night debt |\n|---|---:|:-:|\n| Cordoba | 402 | 58 |\n| Ahmedabad, in the west | 290 | |\n";

    #[test]
    fn a_table_is_as_wide_as_it_needs_to_be() {
        assert_eq!(
            page(CITIES, 60),
            [
                "City                    Nights measured  Night debt",
                "──────────────────────  ───────────────  ──────────",
                "Cordoba                             402      58",
                "Ahmedabad, in the west              290",
            ]
        );
    }

    #[test]
    fn the_widest_columns_shrink_first() {
        assert_eq!(
            page(CITIES, 36),
            [
                "City              Nights  Night debt",
                "                measured",
                "───────────  ───────────  ──────────",
                "Cordoba              402      58",
                "Ahmedabad,           290",
                "in the west",
            ]
        );
    }

    #[test]
    fn cells_are_below_each_other_if_columns_would_be_too_narrow() {
        assert_eq!(
            page(CITIES, 20),
            [
                "City",
                "  Nights measured",
                "  Night debt",
                "City: Cordoba",
                "  Nights measured:",
                "    402",
                "  Night debt:",
                "    58",
                "City: Ahmedabad, in",
                "  the west",
                "  Nights measured:",
                "    290",
            ]
        );
    }

    #[test]
    fn a_row_is_not_divided_and_a_head_stays_with_the_first() {
        let text = format!("# T\n\nOne.\n\n{CITIES}");
        let document = read(text.into_bytes(), "a.md").value;
        let pages = |height_rows| {
            let shape = PageShape {
                height_rows,
                columns: 1,
            };
            let pages =
                super::super::paginate(&document, &Measure::ragged(36), shape, &mut || false);
            let starts = pages.unwrap().starts.into_iter();
            let first = |start: u32| {
                let rest = Span::new(start, Span::whole(&document.text).end).of(&document.text);
                rest.split(' ').nth(1).unwrap()
            };
            starts.map(first).collect::<Vec<_>>()
        };
        // Four lines before it, a head of three, and rows of one line and of two.
        assert_eq!(pages(9)[1..], ["Ahmedabad,"]);
        assert_eq!(pages(7)[1..], ["City"]);
    }

    proptest! {
        #[test]
        fn every_word_of_a_table_is_shown_once_and_found(
            rows in prop::collection::vec(prop::collection::vec("[a-z]{0,12}( [a-z]{1,9}){0,4}", 3), 2..6),
            width in 1u16..70,
        ) {
            let line = |row: &Vec<String>| format!("| {} |\n", row.join(" | "));
            let (head, rows) = rows.split_first().unwrap();
            let rows: String = rows.iter().map(line).collect();
            let text = format!("{}|---|:-:|---:|\n{rows}", line(head));
            let document = read(text.into_bytes(), "a.md").value;
            let measure = Measure::ragged(width);
            let mut flow = Flow::new(measure.clone());
            let spread = flow.spread(&document, 0, PageShape { height_rows: u16::MAX, columns: 1 });
            let mut shown: Vec<u32> = Vec::new();
            for line in &spread.columns[0] {
                let block = document.blocks[line.block as usize].span;
                let glyphs = cells(&document, line, &measure);
                prop_assert!(glyphs.iter().all(|glyph| glyph.column + glyph.width <= width));
                let own = glyphs.iter().filter(|glyph| block.contains(glyph.span.start));
                shown.extend(own.filter(|glyph| glyph.kind == GlyphKind::Text).map(|glyph| glyph.span.start));
            }
            shown.sort_unstable();
            let words: Vec<u32> = (0..).zip(document.text.bytes())
                .filter(|(_, byte)| byte.is_ascii_lowercase()).map(|(at, _)| at).collect();
            prop_assert_eq!(&shown, &words);
            for at in words {
                let place = flow.place_of(&document, at);
                let line = flow.line_at(&document, place).unwrap();
                prop_assert!(cells(&document, &line, &measure).iter().any(|glyph| glyph.span.contains(at)));
            }
        }
    }
}
