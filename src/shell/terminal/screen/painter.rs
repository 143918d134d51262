//! Converts changed cells to bytes.
//!
//! A few unchanged cells between changed ones are written again, because that is shorter than a cursor movement. Longer
//! runs of blanks are erased rather than printed. The cursor takes the shortest way.

use std::collections::HashMap;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Color;

use super::pen::Pen;

/// The targets of the links in a frame, by their marks.
pub(super) type LinkTargets = HashMap<Color, String>;

/// The most unchanged cells that are written again instead of moving the cursor, which takes four bytes or more.
const LONGEST_REWRITE: u16 = 4;

/// The shortest runs of blanks that are erased instead of printed. If other cells follow in the row, erasing takes a
/// second sequence to move the cursor behind the blanks. Otherwise the cursor has to move anyway.
const SHORTEST_ERASE: usize = 10;
const SHORTEST_LAST_ERASE: usize = 5;

/// The most rows that the cursor moves down by line feeds.
const MOST_LINE_FEEDS: u16 = 3;

/// Appends the bytes that change a terminal from `shown` to `next`.
pub(super) fn paint(shown: &Buffer, next: &Buffer, targets: &LinkTargets, bytes: &mut String) {
    paint_cells(shown.diff_iter(next), next, targets, bytes);
}

/// Appends the bytes that draw `next` on a blank terminal.
pub(super) fn paint_whole(next: &Buffer, targets: &LinkTargets, bytes: &mut String) {
    paint_cells(marked_cells(next), next, targets, bytes);
}

/// All cells except plain blanks and the second halves of wide characters.
fn marked_cells(next: &Buffer) -> impl Iterator<Item = (u16, u16, &Cell)> {
    let mut behind = (0, 0);
    let cells = next.area.positions().zip(&next.content);
    cells.filter_map(move |(Position { x, y }, cell)| {
        if (y, x) < behind || is_plain_blank(cell) {
            return None;
        }
        behind = (y, x.saturating_add(cell_width(cell)));
        Some((x, y, cell))
    })
}

fn paint_cells<'n>(
    cells: impl Iterator<Item = (u16, u16, &'n Cell)>,
    next: &Buffer,
    targets: &LinkTargets,
    bytes: &mut String,
) {
    let mut painter = CellPainter {
        next,
        targets,
        bytes,
        pen: Pen::PLAIN,
        at: None,
        pending_blanks: 0,
        behind: 0,
    };
    for (x, y, cell) in cells {
        painter.cell(x, y, cell);
    }
    painter.flush_blanks(SHORTEST_LAST_ERASE);
    painter.set_pen(Pen::PLAIN);
}

struct CellPainter<'a> {
    next: &'a Buffer,
    targets: &'a LinkTargets,
    bytes: &'a mut String,
    pen: Pen,
    /// Where the next cell would be printed after all pending blanks.
    at: Option<Position>,
    /// Plain blanks before `at` that have not been written yet.
    pending_blanks: usize,
    /// How many columns the cursor is before `at`, because blanks were erased and not printed.
    behind: u16,
}

impl CellPainter<'_> {
    fn cell(&mut self, x: u16, y: u16, cell: &Cell) {
        self.move_to(x, y);
        if is_plain_blank(cell) {
            self.pending_blanks += 1;
            self.at = Some(Position { x: x + 1, y });
            return;
        }
        self.flush_blanks(SHORTEST_ERASE);
        self.print(cell);
        let width = cell_width(cell);
        self.at = Some(Position {
            x: x.saturating_add(width),
            y,
        });
    }

    fn print(&mut self, cell: &Cell) {
        self.set_pen(Pen::of(cell));
        self.catch_up();
        self.bytes.push_str(cell.symbol());
    }

    /// Moves the cursor past erased blanks.
    fn catch_up(&mut self) {
        let behind = std::mem::take(&mut self.behind);
        if behind > 0 {
            push_by(self.bytes, behind, 'C');
        }
    }

    /// Brings the cursor to a cell by printing the cells in between or by a movement, if it is not there already.
    fn move_to(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at.y == y && at.x == x => {}
            Some(at) if at.y == y && at.x < x && self.can_rewrite(at.x, x, y) => {
                for column in at.x..x {
                    if let Some(cell) = self.next.cell((column, y)) {
                        if is_plain_blank(cell) {
                            self.pending_blanks += 1;
                        } else {
                            self.flush_blanks(SHORTEST_ERASE);
                            self.print(cell);
                        }
                    }
                }
            }
            _ => {
                self.flush_blanks(SHORTEST_LAST_ERASE);
                self.jump(x, y);
            }
        }
    }

    /// Moves the cursor the shortest way.
    fn jump(&mut self, x: u16, y: u16) {
        let behind = std::mem::take(&mut self.behind);
        let mut way = String::new();
        push_absolute(&mut way, x, y);
        let from = self.at.map(|at| (at.x - behind.min(at.x), at.y));
        for other in from
            .into_iter()
            .flat_map(|from| self.relative(from, (x, y)))
        {
            if other.len() < way.len() {
                way = other;
            }
        }
        self.bytes.push_str(&way);
    }

    /// Relative movements. After the last column was printed the cursor may be on it or past it, so that only a
    /// carriage return leads to a certain position.
    fn relative(&self, (from, row): (u16, u16), (x, y): (u16, u16)) -> Vec<String> {
        let mut ways = Vec::new();
        let Some(down) = y.checked_sub(row).filter(|&down| down <= MOST_LINE_FEEDS) else {
            return ways;
        };
        let feeds = "\n".repeat(usize::from(down));
        let mut back = format!("\r{feeds}");
        if x > 0 {
            push_by(&mut back, x, 'C');
        }
        ways.push(back);
        if from < self.next.area.width {
            let mut straight = feeds;
            match x.checked_sub(from) {
                Some(0) => {}
                Some(right) => push_by(&mut straight, right, 'C'),
                None if from - x <= 3 => straight.push_str(&"\x08".repeat(usize::from(from - x))),
                None => push_by(&mut straight, from - x, 'D'),
            }
            ways.push(straight);
        }
        ways
    }

    /// Whether the unchanged cells from `from` up to `to` are few, narrow and in the present style.
    fn can_rewrite(&self, from: u16, to: u16, y: u16) -> bool {
        to - from <= LONGEST_REWRITE
            && (from..to).all(|column| {
                self.next.cell((column, y)).is_some_and(|cell| {
                    cell.symbol().len() == 1 && (Pen::of(cell) == self.pen || is_plain_blank(cell))
                })
            })
    }

    /// Writes the pending blanks: erases them if there are at least `many`, or else prints them. The pen is only
    /// changed if it is visible on blanks.
    fn flush_blanks(&mut self, many: usize) {
        let count = std::mem::take(&mut self.pending_blanks);
        if count == 0 {
            return;
        }
        if self.pen.shows_on_blanks() {
            self.set_pen(Pen::PLAIN);
        }
        self.catch_up();
        let to_the_edge = self.at.is_some_and(|at| at.x >= self.next.area.width);
        if to_the_edge && count > 3 {
            self.bytes.push_str("\x1b[K");
            self.at = None;
        } else if count >= many {
            let _ = write!(self.bytes, "\x1b[{count}X");
            self.behind = u16::try_from(count).unwrap_or(u16::MAX);
        } else {
            self.bytes.extend(std::iter::repeat_n(' ', count));
        }
    }

    fn set_pen(&mut self, pen: Pen) {
        pen.write(self.pen, self.bytes);
        if pen.link != self.pen.link {
            self.open_link(pen);
        }
        self.pen = pen;
    }

    /// Opens the link of a pen, or closes the open one (OSC 8). The mark serves as its id, so that the terminal treats
    /// the pieces on several rows as one link.
    fn open_link(&mut self, pen: Pen) {
        let target = pen.link.and_then(|mark| self.targets.get(&mark));
        let _ = match (pen.link, target) {
            (Some(mark), Some(target)) => {
                write!(self.bytes, "\x1b]8;id={};{target}\x1b\\", name_of(mark))
            }
            _ => write!(self.bytes, "\x1b]8;;\x1b\\"),
        };
    }
}

fn name_of(mark: Color) -> String {
    mark.to_string().trim_start_matches('#').to_lowercase()
}

/// Appends a relative movement. The number may be left out if it is one.
fn push_by(bytes: &mut String, count: u16, letter: char) {
    let _ = match count {
        1 => write!(bytes, "\x1b[{letter}"),
        _ => write!(bytes, "\x1b[{count}{letter}"),
    };
}

fn push_absolute(bytes: &mut String, x: u16, y: u16) {
    let (column, row) = (u32::from(x) + 1, u32::from(y) + 1);
    let _ = match (column, row) {
        (1, 1) => write!(bytes, "\x1b[H"),
        (1, _) => write!(bytes, "\x1b[{row}H"),
        _ => write!(bytes, "\x1b[{row};{column}H"),
    };
}

/// Whether a cell is a space in a style that is not visible on blanks.
fn is_plain_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !Pen::of(cell).shows_on_blanks()
}

pub(super) fn cell_width(cell: &Cell) -> u16 {
    let width = unicode_width::UnicodeWidthStr::width(cell.symbol());
    u16::try_from(width).unwrap_or(1).max(1)
}
