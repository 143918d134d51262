//! How the rows of a block are set: width, indents, justification and hyphens.

use super::Measure;
use super::hyphen::HyphenationLanguage;
use super::shown::{ShownUnit, UnitLook};
use crate::document::BlockKind;

/// Narrower rows are never justified, because rows of few words get wide gaps.
const JUSTIFIED_FROM: u16 = 48;
/// Columns from one tab stop to the next in preformatted text.
const TAB: u16 = 8;
/// The width divided by the largest indent: a narrow column has no room for large ones.
const LARGEST_INDENT: u16 = 4;

/// The indent of a block quotation.
const QUOTE_INDENT: u16 = 2;
/// The longest number of a list item, in bytes: `100.`, `iii)`.
const LONGEST_NUMBER: usize = 3;

/// How the rows of a block are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Setting {
    /// Columns for text, without indent; at least 1.
    pub(super) width: u16,
    /// Indent of the first row.
    pub(super) first_indent: u16,
    /// Indent of the other rows.
    pub(super) indent: u16,
    pub(super) justify: bool,
    pub(super) hyphenate: Option<HyphenationLanguage>,
}

impl Setting {
    /// The setting of a block of this kind that shows `text`.
    pub(super) fn new(measure: &Measure, kind: BlockKind, text: &str) -> Self {
        let width = measure.width_columns.max(1);
        let largest = width / LARGEST_INDENT;
        let (first_indent, indent) = match kind {
            BlockKind::ListItem(depth) => match (depth_columns(depth), bullet_columns(text)) {
                (first, 0) if first + BULLET <= largest => (first + BULLET, first + BULLET),
                (first, columns) => (first, first + columns),
            },
            BlockKind::BlockQuote => (QUOTE_INDENT, QUOTE_INDENT),
            _ => (0, 0),
        };
        let is_prose = matches!(
            kind,
            BlockKind::Paragraph
                | BlockKind::BlockQuote
                | BlockKind::ListItem(_)
                | BlockKind::Caption
        );
        Self {
            width,
            first_indent: first_indent.min(largest),
            indent: indent.min(largest),
            justify: measure.justify && is_prose && width >= JUSTIFIED_FROM,
            hyphenate: measure.hyphenate.filter(|_| is_prose),
        }
    }

    /// The setting of a cell of a table.
    pub(super) fn of_cell(measure: &Measure, width: u16, (first, further): (u16, u16)) -> Self {
        Self {
            width: width.max(1),
            first_indent: first.min(width.saturating_sub(1)),
            indent: further.min(width.saturating_sub(1)),
            justify: false,
            hyphenate: measure.hyphenate,
        }
    }

    /// Columns for the text of row `index`.
    pub(super) fn room(self, index: usize) -> u16 {
        self.width - self.indent_of(index)
    }

    pub(super) fn indent_of(self, index: usize) -> u16 {
        if index == 0 {
            self.first_indent
        } else {
            self.indent
        }
    }
}

/// The columns of a bullet and its space.
pub(super) const BULLET: u16 = 2;

/// The columns before the bullet of an item at this depth of nested lists.
fn depth_columns(depth: u8) -> u16 {
    u16::from(depth) * BULLET
}

/// Whether a bullet is drawn before the first row of a block: the indent has room for one only if the text has none.
pub(super) fn has_drawn_bullet(kind: BlockKind, indent: u16) -> bool {
    matches!(kind, BlockKind::ListItem(depth) if indent > depth_columns(depth))
}

/// The width of a bullet or number and its space at the start of a list item.
fn bullet_columns(text: &str) -> u16 {
    let Some((bullet, _)) = text.split_once(' ') else {
        return 0;
    };
    if let "-" | "*" | "+" | "•" | "–" | "—" | "·" | "◦" | "▪" | "‣" = bullet {
        return BULLET;
    }
    let Some(number) = bullet.strip_suffix(['.', ')']) else {
        return 0;
    };
    let is_number =
        number.len() <= LONGEST_NUMBER && number.chars().all(|point| point.is_ascii_alphanumeric());
    if is_number {
        saturated(bullet.len()) + 1
    } else {
        0
    }
}

/// The columns of a unit at `column` of a row, where `widest` is what fits every row.
pub(super) fn columns(unit: ShownUnit, column: u16, widest: u16) -> u16 {
    match unit.look {
        UnitLook::Tab => (TAB - column % TAB).min(widest),
        _ if unit.width > widest => 1, // It is replaced by a symbol.
        _ => unit.width,
    }
}

/// The width of the widest grapheme that fits every row of a pane, with any indent.
pub(super) fn widest(width_columns: u16) -> u16 {
    width_columns - width_columns / LARGEST_INDENT
}

/// A number of columns. One that does not fit is larger than any row, and so is the result.
pub(super) fn saturated(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}
