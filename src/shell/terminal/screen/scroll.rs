//! Rows that moved as a whole, moved by the terminal.
//!
//! A line on changes every cell of the text, and no row of it: all are where the row below was. The terminal
//! moves whole rows, panels beside the text with them, and these are then written again. So both ways are
//! written and the shorter one is taken.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher as _};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::{LinkTargets, painter};

/// Frames of fewer bytes are not worth the thought.
const WORTH_BYTES: usize = 200;

/// As many rows at least must be found again.
const LEAST_ROWS: usize = 3;

/// Writes the bytes that turn a terminal showing `shown` into one showing `next`, whose text moves in an area.
pub(super) fn paint(
    shown: &Buffer,
    next: &Buffer,
    (targets, text): (&LinkTargets, Rect),
    bytes: &mut String,
) {
    let start = bytes.len();
    painter::paint(shown, next, targets, bytes);
    if bytes.len() - start < WORTH_BYTES {
        return;
    }
    let Some(rows) = rows_on(shown, next, text) else {
        return;
    };
    let mut other = sequence(text, rows);
    painter::paint(&scrolled(shown, text, rows), next, targets, &mut other);
    if other.len() < bytes.len() - start {
        bytes.truncate(start);
        bytes.push_str(&other);
    }
}

/// How many rows the text moved up, or down when negative, if it did.
fn rows_on(shown: &Buffer, next: &Buffer, text: Rect) -> Option<i16> {
    let text = text.intersection(next.area);
    let [old, new] = [shown, next].map(|buffer| hashes(buffer, text));
    let height = i16::try_from(new.len()).ok()?;
    let found_again = |rows: i16| {
        let pairs = new.iter().enumerate().filter(|(at, row)| {
            let from = at.checked_add_signed(isize::from(rows));
            row.is_some() && from.and_then(|from| old.get(from)) == Some(row)
        });
        pairs.count()
    };
    let best = (1 - height..height).max_by_key(|&rows| (found_again(rows), -rows.abs()))?;
    (best != 0 && found_again(best) >= LEAST_ROWS).then_some(best)
}

/// A number for what stands in each row; nothing for an empty one.
fn hashes(buffer: &Buffer, area: Rect) -> Vec<Option<u64>> {
    let hash = |y: u16| {
        let cells = (area.x..area.right()).filter_map(|x| buffer.cell((x, y)));
        let mut hasher = DefaultHasher::new();
        let mut is_empty = true;
        for cell in cells {
            is_empty &= cell.symbol() == " ";
            cell.symbol().hash(&mut hasher);
        }
        (!is_empty).then(|| hasher.finish())
    };
    (area.y..area.bottom()).map(hash).collect()
}

/// What moves the rows of an area; the cursor is at the top left afterwards.
fn sequence(area: Rect, rows: i16) -> String {
    let mut bytes = String::new();
    let letter = if rows > 0 { 'S' } else { 'T' };
    let _ = write!(bytes, "\x1b[{};{}r\x1b[", area.y + 1, area.bottom());
    if rows.abs() > 1 {
        let _ = write!(bytes, "{}", rows.abs());
    }
    let _ = write!(bytes, "{letter}\x1b[r");
    bytes
}

/// What a terminal shows after that.
fn scrolled(shown: &Buffer, area: Rect, rows: i16) -> Buffer {
    let mut scrolled = shown.clone();
    for y in area.y..area.bottom() {
        let from = y
            .checked_add_signed(rows)
            .filter(|from| (area.y..area.bottom()).contains(from));
        for x in shown.area.x..shown.area.right() {
            let old = from.and_then(|from| shown.cell((x, from)));
            if let Some(cell) = scrolled.cell_mut((x, y)) {
                *cell = old.cloned().unwrap_or(Cell::EMPTY);
            }
        }
    }
    scrolled
}
