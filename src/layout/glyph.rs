//! Maps a line to the glyphs in its columns and back, for drawing, the mouse and the cursor.

use super::setting::{BULLET, columns, has_drawn_bullet, saturated, widest};
use super::shown::{ShownText, UnitLook};
use super::table_rows::{self, CellPiece};
use super::{Line, LineKind, Measure};
use crate::document::{Block, BlockKind, Document};
use crate::text::Span;
use crate::text::display::safe_grapheme;

/// Something drawn on a line: a grapheme or a run of white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Its bytes in the text; empty for a hyphen or bullet that is not in the text.
    pub span: Span,
    /// Its first column from the left edge of the text, including the indent.
    pub column: u16,
    /// Its columns, at least 1. A stretched space is one glyph.
    pub width: u16,
    /// What is drawn.
    pub kind: GlyphKind,
}

/// The kinds of glyphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlyphKind {
    /// Its bytes: one grapheme, which ratatui draws as wide as the glyph.
    Text,
    /// Empty columns.
    Space,
    /// A symbol of one column, for a control character or a grapheme wider than the line.
    Replacement,
    /// The hyphen at the end of a row.
    Hyphen,
    /// The bullet of a list.
    Bullet,
    /// A part of the rule below the head of a table.
    Rule,
    /// The colon after the name of a column.
    Colon,
}

impl Glyph {
    /// The string to draw in the glyph's first column. The other columns of a space stay empty.
    #[must_use]
    pub fn symbol<'t>(&self, text: &'t str) -> &'t str {
        match self.kind {
            GlyphKind::Text => self.span.of(text),
            GlyphKind::Space => " ",
            GlyphKind::Replacement => replacement(self.span.of(text)),
            GlyphKind::Hyphen => "-",
            GlyphKind::Bullet => "•",
            GlyphKind::Rule => "─",
            GlyphKind::Colon => ":",
        }
    }
}

/// The symbol for a grapheme that is not drawn; U+FFFD if it has none.
fn replacement(grapheme: &str) -> &str {
    match safe_grapheme(grapheme) {
        safe if safe.is_empty() || safe == grapheme => "\u{FFFD}",
        symbol => symbol,
    }
}

/// The glyphs of a line, from left to right; none for a rule or a blank line.
#[must_use]
pub fn cells(document: &Document, line: &Line, measure: &Measure) -> Vec<Glyph> {
    if line.kind != LineKind::Text || measure.width_columns == 0 {
        return Vec::new();
    }
    let Some(block) = document.blocks.get(line.block as usize) else {
        debug_assert!(false, "{line:?} belongs to another document");
        return Vec::new();
    };
    if block.kind.is_row() {
        return cells_of_row(document, line, block, measure);
    }
    let kind = block.kind;
    let shown = ShownText::new(document, line.span, kind == BlockKind::Preformatted);
    let room = measure.width_columns.saturating_sub(line.indent);
    let mut found = Vec::with_capacity(usize::from(room).min(shown.text.len() + 1));
    if line.index_in_block == 0 && has_drawn_bullet(kind, line.indent) {
        found.push(Glyph {
            span: Span::new(line.span.start, line.span.start),
            column: line.indent.saturating_sub(BULLET),
            width: 1,
            kind: GlyphKind::Bullet,
        });
    }
    let (mut column, widest) = (0, widest(measure.width_columns));
    for unit in shown.units(0) {
        let width = columns(unit, column, widest);
        if width == 0 || column + width > room {
            continue;
        }
        found.push(Glyph {
            span: Span::new(shown.source_start(unit.start), shown.source_end(unit.end)),
            column: line.indent + column,
            width,
            kind: kind_of(unit.look, unit.width > widest),
        });
        column += width;
    }
    if line.hyphen && column < room {
        let span = Span::new(line.span.end, line.span.end);
        found.push(Glyph {
            span,
            column: line.indent + column,
            width: 1,
            kind: GlyphKind::Hyphen,
        });
        column += 1;
    }
    if line.justified {
        stretch(&mut found, room - column, line.index_in_block % 2 == 1);
    }
    found
}

/// The glyphs of a line of a row of a table.
fn cells_of_row(document: &Document, line: &Line, row: &Block, measure: &Measure) -> Vec<Glyph> {
    let laid = table_rows::lay_out(document, line.block, row, measure);
    let mut found = Vec::new();
    let widest = widest(measure.width_columns);
    let here = |piece: &&CellPiece| piece.line == line.index_in_block;
    for piece in laid.pieces.iter().filter(here) {
        let span = Span::new(piece.row.start, piece.row.end);
        let shown = ShownText::new(document, span, false);
        let mut column = piece.indent;
        for unit in shown.units(0) {
            let width = columns(unit, 0, widest);
            if width == 0 || column + width > measure.width_columns {
                continue;
            }
            found.push(Glyph {
                span: Span::new(shown.source_start(unit.start), shown.source_end(unit.end)),
                column,
                width,
                kind: kind_of(unit.look, unit.width > widest),
            });
            column += width;
        }
        let mark = match (piece.row.hyphen, piece.ends_label) {
            (true, _) => GlyphKind::Hyphen,
            (_, true) => GlyphKind::Colon,
            _ => continue,
        };
        found.extend((column < measure.width_columns).then_some(Glyph {
            span: Span::new(span.end, span.end),
            column,
            width: 1,
            kind: mark,
        }));
    }
    if line.index_in_block == laid.n_lines {
        let columns = laid
            .rules
            .iter()
            .flat_map(|&(start, width)| start..start + width);
        found.extend(columns.map(|column| Glyph {
            span: Span::new(line.span.end, line.span.end),
            column,
            width: 1,
            kind: GlyphKind::Rule,
        }));
    }
    found
}

fn kind_of(look: UnitLook, is_too_wide: bool) -> GlyphKind {
    match look {
        UnitLook::Space | UnitLook::Tab => GlyphKind::Space,
        UnitLook::Text if !is_too_wide => GlyphKind::Text,
        _ => GlyphKind::Replacement,
    }
}

/// Distributes `slack` columns over the spaces. Every other line starts from the other side, so that wide spaces do
/// not form rivers.
fn stretch(glyphs: &mut [Glyph], slack: u16, from_left: bool) {
    let n_spaces = glyphs
        .iter()
        .filter(|glyph| glyph.kind == GlyphKind::Space)
        .count();
    if n_spaces == 0 {
        return;
    }
    let slack = usize::from(slack);
    let bias = if from_left { n_spaces - 1 } else { 0 };
    // The columns for the first `index` spaces.
    let share = |index: usize| saturated((index * slack + bias) / n_spaces);
    let (mut index, mut shift) = (0, 0);
    for glyph in glyphs {
        glyph.column += shift;
        if glyph.kind == GlyphKind::Space {
            let extra = share(index + 1) - share(index);
            glyph.width += extra;
            shift += extra;
            index += 1;
        }
    }
}

/// The column of the glyph that contains the byte at `offset`, or of the next one.
#[must_use]
pub fn column_of(document: &Document, line: &Line, measure: &Measure, offset: u32) -> u16 {
    let glyphs = cells(document, line, measure);
    let at =
        glyphs.partition_point(|glyph| glyph.span.end <= offset && glyph.kind != GlyphKind::Hyphen);
    match (glyphs.get(at), glyphs.last()) {
        (Some(glyph), _) => glyph.column,
        (None, Some(last)) => last.column + last.width,
        (None, None) => line.indent,
    }
}

/// The byte shown at a column of a line: the first one left of the text, the end of the line right of it.
#[must_use]
pub fn offset_at(document: &Document, line: &Line, measure: &Measure, column: u16) -> u32 {
    let glyphs = cells(document, line, measure);
    if column < line.indent {
        return line.span.start;
    }
    let at = glyphs.partition_point(|glyph| glyph.column + glyph.width <= column);
    match glyphs.get(at) {
        Some(glyph) => glyph.span.start,
        None => line.span.end,
    }
}
