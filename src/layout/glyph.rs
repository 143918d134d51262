//! What a line puts in which column, and back: for drawing, the mouse and the cursor.

use super::setting::{BULLET, columns, has_drawn_bullet, widest};
use super::shown::{ShownText, UnitLook};
use super::table_rows::{self, CellPiece};
use super::{Line, LineKind, Measure};
use crate::document::{Block, BlockKind, Document};
use crate::text::Span;
use crate::text::display::safe_grapheme;

/// Something drawn on a line: a grapheme, or a run of white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Its bytes in the text; empty for a hyphen or bullet that is not in the text.
    pub span: Span,
    /// Its first column, from the left edge of the net width (the indent counts).
    pub column: u16,
    /// Its columns, at least 1. A stretched space is one glyph.
    pub width: u16,
    /// What is drawn in them.
    pub face: GlyphKind,
}

/// What a glyph is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlyphKind {
    /// Its bytes: one grapheme, exactly as wide as the glyph by ratatui's measure.
    Text,
    /// Empty columns.
    Space,
    /// A symbol of one column, for a control character or a grapheme wider than the line.
    Replacement,
    /// The hyphen of a divided word.
    Hyphen,
    /// The bullet of a list.
    Bullet,
    /// A part of the line below the head of a table.
    Rule,
    /// What stands behind the name of a column.
    Colon,
}

impl Glyph {
    /// What to draw in the glyph's first column; the other columns of a space stay empty.
    #[must_use]
    pub fn symbol<'t>(&self, text: &'t str) -> &'t str {
        match self.face {
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

/// The symbol of a grapheme that is not drawn; U+FFFD where it has none of its own.
fn replacement(grapheme: &str) -> &str {
    match safe_grapheme(grapheme) {
        safe if safe.is_empty() || safe == grapheme => "\u{FFFD}",
        symbol => symbol,
    }
}

/// What to draw on a line, from left to right. Nothing for a rule or a blank line.
#[must_use]
pub fn cells(document: &Document, line: &Line, measure: &Measure) -> Vec<Glyph> {
    if line.kind != LineKind::Text || measure.width_columns == 0 {
        return Vec::new();
    }
    let block = document.blocks.get(line.block as usize);
    if let Some(row) = block.filter(|block| block.kind.is_row()) {
        return cells_of_row(document, line, row, measure);
    }
    let kind = block.map(|block| block.kind);
    let shown = ShownText::new(document, line.span, kind == Some(BlockKind::Preformatted));
    let room = measure.width_columns.saturating_sub(line.indent);
    let mut found = Vec::with_capacity(usize::from(room).min(shown.text.len() + 1));
    if line.index_in_block == 0 && kind.is_some_and(|kind| has_drawn_bullet(kind, line.indent)) {
        found.push(Glyph {
            span: Span::new(line.span.start, line.span.start),
            column: line.indent.saturating_sub(BULLET),
            width: 1,
            face: GlyphKind::Bullet,
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
            face: face(unit.look, unit.width > widest),
        });
        column += width;
    }
    if line.hyphen && column < room {
        let span = Span::new(line.span.end, line.span.end);
        found.push(Glyph {
            span,
            column: line.indent + column,
            width: 1,
            face: GlyphKind::Hyphen,
        });
        column += 1;
    }
    if line.justified {
        stretch(&mut found, room - column, line.index_in_block % 2 == 1);
    }
    found
}

/// What to draw on a line of a row of a table.
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
                face: face(unit.look, unit.width > widest),
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
            face: mark,
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
            face: GlyphKind::Rule,
        }));
    }
    found
}

fn face(look: UnitLook, is_too_wide: bool) -> GlyphKind {
    match look {
        UnitLook::Space | UnitLook::Tab => GlyphKind::Space,
        UnitLook::Text if !is_too_wide => GlyphKind::Text,
        _ => GlyphKind::Replacement,
    }
}

/// Spreads `slack` columns over the spaces, every other line from the other side, so that the wide
/// ones do not form rivers.
fn stretch(glyphs: &mut [Glyph], slack: u16, from_left: bool) {
    let n_spaces = glyphs
        .iter()
        .filter(|glyph| glyph.face == GlyphKind::Space)
        .count();
    let slack = usize::from(slack);
    let bias = if from_left {
        n_spaces.saturating_sub(1)
    } else {
        0
    };
    let share = |index: usize| (index * slack + bias).checked_div(n_spaces).unwrap_or(0);
    let (mut index, mut shift) = (0, 0);
    for glyph in glyphs {
        glyph.column += shift;
        if glyph.face == GlyphKind::Space {
            let extra = u16::try_from(share(index + 1) - share(index)).unwrap_or(0);
            glyph.width += extra;
            shift += extra;
            index += 1;
        }
    }
}

/// The column of the byte at `offset` on a line: of the glyph that holds it, or of the next one.
#[must_use]
pub fn column_of(document: &Document, line: &Line, measure: &Measure, offset: u32) -> u16 {
    let glyphs = cells(document, line, measure);
    let at =
        glyphs.partition_point(|glyph| glyph.span.end <= offset && glyph.face != GlyphKind::Hyphen);
    match (glyphs.get(at), glyphs.last()) {
        (Some(glyph), _) => glyph.column,
        (None, Some(last)) => last.column + last.width,
        (None, None) => line.indent,
    }
}

/// The byte shown at a column of a line; left of the text its start, right of it its end.
#[must_use]
pub fn offset_at(document: &Document, line: &Line, measure: &Measure, column: u16) -> u32 {
    let glyphs = cells(document, line, measure);
    if column < line.indent {
        return line.span.start;
    }
    let at = glyphs.partition_point(|glyph| glyph.column + glyph.width <= column);
    glyphs
        .get(at)
        .map_or(line.span.end, |glyph| glyph.span.start)
}
