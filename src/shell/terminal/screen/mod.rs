//! The full-screen display, which turns each frame into the next with as few bytes as possible.
//!
//! ratatui's buffer finds the cells that changed and [`painter`] writes them. If the text moved by whole rows, [`scroll`]
//! lets the terminal move them. Both ways are written and the shorter output is used. Every frame is one synchronized
//! update (DEC mode 2026) and one write.

mod painter;
mod pen;
mod scroll;

use std::fmt::Write as _;
use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;

use crate::view::{Drawn, Linked};
use painter::{LinkTargets, cell_width, paint_whole};

/// The frame on the terminal and the one being drawn.
pub(crate) struct TerminalScreen {
    shown: Buffer,
    next: Buffer,
    bytes: String,
    cursor: Option<Position>,
    /// Whether the content of the terminal is unknown.
    stale: bool,
}

impl TerminalScreen {
    /// A screen of unknown size and content.
    pub(crate) fn new() -> Self {
        Self {
            shown: Buffer::default(),
            next: Buffer::default(),
            bytes: String::new(),
            cursor: None,
            stale: true,
        }
    }

    /// Makes the next frame a complete one, because the content of the terminal is unknown.
    pub(crate) fn invalidate(&mut self) {
        self.stale = true;
    }

    /// Draws a frame with `view` and writes what has changed.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub(crate) fn draw(
        &mut self,
        size: (u16, u16),
        out: &mut impl Write,
        view: impl FnOnce(&mut Buffer) -> Drawn,
    ) -> io::Result<()> {
        let area = Rect::new(0, 0, size.0, size.1);
        self.stale |= self.shown.area != area;
        if self.next.area != area {
            self.next.resize(area);
        }
        self.next.reset();
        let drawn = view(&mut self.next);
        let targets = mark_links(&mut self.next, drawn.links);
        self.bytes.clear();
        if self.stale {
            self.bytes.push_str("\x1b[m\x1b[2J");
            paint_whole(&self.next, &targets, &mut self.bytes);
        } else {
            scroll::paint(
                &self.shown,
                &self.next,
                (&targets, drawn.text),
                &mut self.bytes,
            );
        }
        if self.bytes.is_empty() && drawn.cursor == self.cursor {
            return Ok(());
        }
        self.place_cursor(drawn.cursor);
        std::mem::swap(&mut self.shown, &mut self.next);
        mark_second_halves(&mut self.shown);
        self.stale = false;
        self.bytes.insert_str(0, "\x1b[?2026h");
        self.bytes.push_str("\x1b[?2026l");
        out.write_all(self.bytes.as_bytes())?;
        out.flush()
    }

    fn place_cursor(&mut self, cursor: Option<Position>) {
        match cursor {
            Some(Position { x, y }) => {
                let _ = write!(
                    self.bytes,
                    "\x1b[{};{}H",
                    u32::from(y) + 1,
                    u32::from(x) + 1
                );
                if self.cursor.is_none() || self.stale {
                    self.bytes.push_str("\x1b[?25h");
                }
            }
            None if self.cursor.is_some() || self.stale => self.bytes.push_str("\x1b[?25l"),
            None => {}
        }
        self.cursor = cursor;
    }
}

/// Marks the cells of each link with a color of its own, so that they count as changed when only the target changes.
///
/// The mark is stored as the underline color, which is not used otherwise.
fn mark_links(next: &mut Buffer, links: Vec<Linked>) -> LinkTargets {
    let mut targets = LinkTargets::new();
    for Linked { area, target, id } in links {
        let mark = mark_of(&target, id);
        if *targets.entry(mark).or_insert_with(|| target.clone()) != target {
            continue; // Two links have the same mark. The second becomes plain text.
        }
        for position in area.intersection(next.area).positions() {
            if let Some(cell) = next.cell_mut(position) {
                cell.underline_color = mark;
            }
        }
    }
    targets
}

/// The mark of a link, which is the same in every frame.
fn mark_of(target: &str, id: u32) -> Color {
    // FNV-1a.
    let bytes = target.bytes().chain(id.to_be_bytes());
    let hash = bytes.fold(0x811C_9DC5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let [_, red, green, blue] = (hash ^ (hash >> 24)).to_be_bytes();
    Color::Rgb(red, green, blue)
}

/// Marks the cells under the second half of wide characters, so that they always count as changed: terminals differ
/// in what they show there once the first half is overwritten.
fn mark_second_halves(shown: &mut Buffer) {
    let width = usize::from(shown.area.width);
    let wide = |(at, cell): (usize, &Cell)| {
        (cell.symbol().len() > 2 && cell_width(cell) == 2).then_some(at + 1)
    };
    let halves: Vec<usize> = shown.content.iter().enumerate().filter_map(wide).collect();
    for at in halves.into_iter().filter(|at| width > 0 && at % width != 0) {
        shown.content[at].underline_color = SECOND_HALF;
    }
}

/// The underline color of the second half of a wide character. No cell of a frame has it.
const SECOND_HALF: Color = Color::Indexed(1);

#[cfg(test)]
mod tests;
