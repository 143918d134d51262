//! Tables: each row is a block, and the bars between its cells are hidden in the text.
//!
//! ```text
//! | City    | Nights |      a block, `TableHead`
//! |---------|-------:|      hidden
//! | Cordoba | 402    |      a block, `TableRow`
//! ```

use super::{Block, BlockKind, Document, InlineKind};
use crate::text::Span;
use crate::text::span::slice;
use crate::text::width::text_width;

/// The dimensions of a table, before it is laid out at a width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTable {
    /// The index of its first block.
    pub first: u32,
    /// How many rows it has; each is a block.
    pub n_rows: u32,
    /// Its columns from left to right.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Column {
    /// How its words are aligned.
    pub align: Align,
    /// Screen columns of its widest cell.
    pub widest: u16,
    /// Screen columns of its longest word.
    pub longest_word: u16,
}

/// How the words in a column are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left, the default for words.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right, the default for numbers.
    Right,
}

impl BlockKind {
    /// Returns whether this is a row of a table.
    #[must_use]
    pub const fn is_row(self) -> bool {
        matches!(self, Self::TableHead | Self::TableRow)
    }
}

impl Document {
    /// Returns the table that a block is a row of.
    #[must_use]
    pub fn table_of(&self, block: u32) -> Option<&TextTable> {
        let after = self.tables.partition_point(|table| table.first <= block);
        let table = self.tables.get(after.checked_sub(1)?)?;
        (block < table.first.saturating_add(table.n_rows)).then_some(table)
    }

    /// Returns the cells of a table row, without white space at their ends; of any other block, its
    /// whole span.
    #[must_use]
    pub fn cells(&self, block: &Block) -> Vec<Span> {
        let Block { kind, span, .. } = *block;
        if !kind.is_row() {
            return vec![span];
        }
        let first = self
            .inlines
            .partition_point(|inline| inline.span.start < span.start);
        let inside = self.inlines[first..].iter();
        let inside = inside.take_while(|inline| inline.span.start < span.end);
        let hidden = inside.filter(|inline| inline.kind == InlineKind::Hidden);
        let mut cells = Vec::new();
        let mut at = span.start;
        for bars in hidden.map(|inline| inline.span) {
            let n_bars = n_bars(bars.of(&self.text));
            if n_bars == 0 {
                continue;
            }
            if bars.start > span.start {
                cells.push(trimmed(&self.text, Span::new(at, bars.start)));
            }
            cells.extend((1..n_bars).map(|_| Span::new(bars.end, bars.end)));
            at = bars.end;
        }
        if at < span.end {
            cells.push(trimmed(&self.text, Span::new(at, span.end)));
        }
        cells
    }

    /// Finds the tables among the blocks and measures their columns.
    pub(crate) fn measure_tables(&mut self) {
        let mut tables: Vec<TextTable> = Vec::new();
        for (index, block) in (0..).zip(&self.blocks) {
            if !block.kind.is_row() {
                continue;
            }
            match tables.last_mut() {
                Some(table) if block.joined && table.first + table.n_rows == index => {
                    table.n_rows += 1;
                }
                _ => tables.push(TextTable {
                    first: index,
                    n_rows: 1,
                    columns: Vec::new(),
                }),
            }
        }
        for table in &mut tables {
            table.columns = self.columns(table);
        }
        self.tables = tables;
    }

    fn columns(&self, table: &TextTable) -> Vec<Column> {
        let first = table.first as usize;
        let rows = &self.blocks[first..first + table.n_rows as usize];
        let mut columns: Vec<Column> = Vec::new();
        // For each column, how many cells are not empty and how many of those are numbers.
        let mut counts: Vec<(u32, u32)> = Vec::new();
        for row in rows {
            let cells = self.cells(row);
            if columns.len() < cells.len() {
                columns.resize(cells.len(), Column::default());
                counts.resize(cells.len(), (0, 0));
            }
            for ((column, count), cell) in columns.iter_mut().zip(&mut counts).zip(cells) {
                let words = self.visible(cell);
                let words: Vec<&str> = words.split_whitespace().collect();
                let width = |words: &str| u16::try_from(text_width(words)).unwrap_or(u16::MAX);
                column.widest = column.widest.max(width(&words.join(" ")));
                let longest = words.iter().map(|word| width(word));
                column.longest_word = longest.fold(column.longest_word, u16::max);
                if row.kind == BlockKind::TableRow && !words.is_empty() {
                    count.0 += 1;
                    count.1 += u32::from(is_number(&words.concat()));
                }
            }
        }
        let said = self.alignments(rows);
        for (index, (column, (n_cells, n_numbers))) in columns.iter_mut().zip(counts).enumerate() {
            let is_numeric = n_cells > 0 && n_numbers * 4 >= n_cells * 3;
            let usual = if is_numeric {
                Align::Right
            } else {
                Align::Left
            };
            column.align = said.get(index).copied().flatten().unwrap_or(usual);
        }
        columns
    }

    /// Returns the alignment of each column from the line under the head: `:---`, `:---:`, `---:`.
    fn alignments(&self, rows: &[Block]) -> Vec<Option<Align>> {
        let [head, next, ..] = rows else {
            return Vec::new();
        };
        let between = Span::new(head.span.end, next.span.start).of(&self.text);
        let marks = between.trim().trim_matches('|').split('|');
        let align = |mark: &str| {
            let mark = mark.trim();
            match (mark.starts_with(':'), mark.ends_with(':')) {
                (true, true) => Some(Align::Center),
                (true, false) => Some(Align::Left),
                (false, true) => Some(Align::Right),
                (false, false) => None,
            }
        };
        marks.map(align).collect()
    }
}

/// Counts the bars that separate cells; a bar after a backslash is part of a cell.
fn n_bars(hidden: &str) -> usize {
    let bars = hidden.match_indices('|');
    bars.filter(|(at, _)| !slice(hidden, ..*at).ends_with('\\'))
        .count()
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start as usize + words.len() - words.trim_start().len();
    Span::from_usize(start, start + words.trim().len())
}

/// Matches numbers with a sign or unit: `402`, `−4.1 %`, `$ 1,200`, `12–14`.
fn is_number(words: &str) -> bool {
    let n_digits = words.chars().filter(char::is_ascii_digit).count();
    let n_letters = words.chars().filter(|c| c.is_alphabetic()).count();
    n_digits > 0 && n_letters <= 2 && n_letters < n_digits + 1 || matches!(words, "-" | "–" | "—")
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn document(text: &str) -> Document {
        read(text.as_bytes().to_vec(), "a.md").value
    }

    /// The cells of each row, parted by slashes, as they are shown.
    fn rows(document: &Document) -> Vec<String> {
        let rows = document.blocks.iter().filter(|block| block.kind.is_row());
        let cells = |row: &Block| {
            let cells = document.cells(row).into_iter();
            let cells: Vec<_> = cells
                .map(|cell| document.visible(cell).into_owned())
                .collect();
            cells.join("/")
        };
        rows.map(cells).collect()
    }

    #[test]
    fn rows_have_cells_also_empty_ones() {
        let document = document(
            "# T\n\n| City | *Nights* | |\n|---|---:|:-:|\n| Cordoba | 402 | a \\| b |\n| | 7 | |\n\nEnd.\n\nA | B\n-|-\n1 | `x\\|y`\n",
        );
        assert_eq!(
            rows(&document),
            ["City/Nights/", "Cordoba/402/a | b", "/7/", "A/B", "1/x\\|y"]
        );
        let [first, second] = document.tables.as_slice() else {
            panic!("{:?}", document.tables);
        };
        let aligns: Vec<Align> = first.columns.iter().map(|column| column.align).collect();
        assert_eq!(aligns, [Align::Left, Align::Right, Align::Center]);
        assert_eq!(
            (first.columns[0].widest, first.columns[2].longest_word),
            (7, 1)
        );
        assert_eq!((first.n_rows, second.n_rows), (3, 2));
        assert_eq!(document.table_of(first.first + 2), Some(first));
        assert_eq!(document.table_of(first.first + 3), None);
    }

    #[test]
    fn numbers_stand_at_the_right_unless_the_table_says_otherwise() {
        let document =
            document("| A | B | C |\n|---|---|:--|\n| x | −4.1 % | 1 |\n| y | $ 12 | 2 |\n");
        let aligns = document.tables[0].columns.iter().map(|column| column.align);
        assert_eq!(
            aligns.collect::<Vec<_>>(),
            [Align::Left, Align::Right, Align::Left]
        );
    }

    #[test]
    fn what_a_row_has_too_many_is_shown_all_the_same() {
        let document = document("| A | B |\n|---|---|\n| 1 | 2 | three | four |\n");
        assert_eq!(rows(&document), ["A/B", "1/2/three/four"]);
    }
}
