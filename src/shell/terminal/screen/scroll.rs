//! Letting the terminal move rows that have moved as a whole.
//!
//! A step by one line changes almost every cell of the text, but each row only moves up. The terminal can move whole
//! rows, but a panel beside the text moves along and has to be written again. So both ways are written, and the shorter
//! output is used.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher as _};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::{LinkTargets, painter};

/// Shorter frames are not worth the attempt.
const MIN_FRAME_BYTES: usize = 200;

/// At least this many rows must be found at another position.
const MIN_MOVED_ROWS: usize = 3;

/// Appends the bytes that change a terminal from `shown` to `next`. The text may have moved in the area `text`.
pub(super) fn paint(
    shown: &Buffer,
    next: &Buffer,
    (targets, text): (&LinkTargets, Rect),
    bytes: &mut String,
) {
    let start = bytes.len();
    painter::paint(shown, next, targets, bytes);
    if bytes.len() - start < MIN_FRAME_BYTES {
        return;
    }
    let Some(rows) = rows_moved(shown, next, text) else {
        return;
    };
    let mut other = sequence(text, rows);
    painter::paint(&scrolled(shown, text, rows), next, targets, &mut other);
    if other.len() < bytes.len() - start {
        bytes.truncate(start);
        bytes.push_str(&other);
    }
}

/// How many rows the text moved up, or down if negative.
fn rows_moved(shown: &Buffer, next: &Buffer, text: Rect) -> Option<i16> {
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
    (best != 0 && found_again(best) >= MIN_MOVED_ROWS).then_some(best)
}

/// The hashes of the rows; `None` for an empty row.
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

/// The sequence that moves the rows of an area. Afterwards the cursor is at the top left.
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

/// What the terminal shows after that sequence.
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
