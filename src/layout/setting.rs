//! How the rows of a block are set: indents, justification, hyphens, and what counts as too wide.

use super::Measure;
use super::hyphen::HyphenationLanguage;
use super::shown::{ShownUnit, UnitLook};
use crate::document::BlockKind;

/// Rows narrower than this are never justified: two-word rows get rivers.
const JUSTIFIED_FROM: u16 = 48;
/// Columns from one tab stop to the next in preformatted text.
const TAB: u16 = 8;
/// Indents take at most this part of the width: a narrow column has no room for them.
const LARGEST_INDENT: u16 = 4;

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
    /// How a block of this kind that shows `text` is set.
    pub(super) fn new(measure: &Measure, kind: BlockKind, text: &str) -> Self {
        let width = measure.width_columns.max(1);
        let largest = width / LARGEST_INDENT;
        let (first_indent, indent) = match kind {
            BlockKind::ListItem(depth) => match (depth_columns(depth), bullet_columns(text)) {
                (first, 0) if first + BULLET <= largest => (first + BULLET, first + BULLET),
                (first, columns) => (first, first + columns),
            },
            BlockKind::BlockQuote => (2, 2),
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

    /// How the words of a cell of a table are set.
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

/// The columns before the bullet of an item so deep in lists.
fn depth_columns(depth: u8) -> u16 {
    u16::from(depth) * BULLET
}

/// Whether a bullet is drawn before a row with this indent, the first of its block: it has room for one.
pub(super) fn has_drawn_bullet(kind: BlockKind, indent: u16) -> bool {
    matches!(kind, BlockKind::ListItem(depth) if indent > depth_columns(depth))
}

/// The width of a bullet or number and its space at the start of a list item.
fn bullet_columns(text: &str) -> u16 {
    let Some((bullet, _)) = text.split_once(' ') else {
        return 0;
    };
    let is_number = bullet.strip_suffix(['.', ')']).is_some_and(|number| {
        number.len() <= 3 && number.chars().all(|point| point.is_ascii_alphanumeric())
    });
    match bullet {
        "-" | "*" | "+" | "•" | "–" | "—" | "·" | "◦" | "▪" | "‣" => BULLET,
        _ if is_number => u16::try_from(bullet.len() + 1).unwrap_or(0),
        _ => 0,
    }
}

/// The columns a unit takes at `column` of a row, in a pane where `widest` columns always fit.
pub(super) fn columns(unit: ShownUnit, column: u16, widest: u16) -> u16 {
    match unit.look {
        UnitLook::Tab => (TAB - column % TAB).min(widest),
        _ if unit.width > widest => 1, // ShownText as a replacement.
        _ => unit.width,
    }
}

/// The width of the widest grapheme that fits every row of a pane, whatever the indent.
pub(super) fn widest(width_columns: u16) -> u16 {
    width_columns - width_columns / LARGEST_INDENT
}
