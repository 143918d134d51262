//! The text of a block as it is shown: without hidden markup, with spaces instead of line breaks.
//!
//! Lines are broken in this text and mapped back to the article, so `*un*usual` is one word. Other white space
//! is replaced by as many spaces as it has bytes, so offsets only shift at markup.

use std::borrow::Cow;

use crate::document::{Document, InlineKind};
use crate::text::display::safe_grapheme;
use crate::text::width::{Clusters, grapheme_width};
use crate::text::{Span, to_u32};

/// The shown text of a span of an article.
#[derive(Debug)]
pub(super) struct ShownText<'d> {
    /// The text itself.
    pub(super) text: Cow<'d, str>,
    /// Where its pieces are in the article, by rising offset. The first piece is at 0.
    pieces: Vec<SourcePiece>,
    first: u32,
    keeps_spaces: bool,
}

/// The shown text from `at` on comes from the article at `source`.
#[derive(Debug, Clone, Copy)]
struct SourcePiece {
    at: u32,
    source: u32,
}

/// A grapheme or a run of white space of the shown text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShownUnit {
    /// Offsets in the shown text.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
    /// Its columns; 0 if it is not drawn.
    pub(super) width: u16,
    /// How it is drawn.
    pub(super) look: UnitLook,
}

/// How a unit is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitLook {
    /// Itself.
    Text,
    /// A space, which may be stretched.
    Space,
    /// A tab of preformatted text.
    Tab,
    /// As a symbol, because it must not reach a terminal.
    Replaced,
}

impl<'d> ShownText<'d> {
    /// The shown text of `span`; `keeps_spaces` for preformatted text.
    pub(super) fn new(document: &'d Document, span: Span, keeps_spaces: bool) -> Self {
        let mut shown = Self {
            text: Cow::Borrowed(""),
            pieces: Vec::new(),
            first: span.start,
            keeps_spaces,
        };
        let mut at = span.start;
        let first = document
            .inlines
            .partition_point(|inline| inline.span.start < span.start);
        let inside = document.inlines[first..].iter();
        for inline in inside.take_while(|inline| inline.span.start < span.end) {
            if inline.kind == InlineKind::Hidden && inline.span.end > at {
                shown.push(document, Span::new(at, inline.span.start));
                at = inline.span.end;
            }
        }
        shown.push(document, Span::new(at, span.end.max(at)));
        shown
    }

    fn push(&mut self, document: &'d Document, span: Span) {
        if span.is_empty() {
            return;
        }
        let at = Span::whole(&self.text).end;
        self.pieces.push(SourcePiece {
            at,
            source: span.start,
        });
        let source = span.of(&document.text);
        if self.text.is_empty() {
            self.text = Cow::Borrowed(source);
            if self.keeps_spaces || !source.contains(is_other_space) {
                return;
            }
            self.text = Cow::Borrowed("");
        }
        let text = self.text.to_mut();
        text.reserve(source.len());
        if self.keeps_spaces {
            text.push_str(source);
            return;
        }
        let mut done = 0;
        for (offset, space) in source.match_indices(is_other_space) {
            text.push_str(Span::from_usize(done, offset).of(source));
            text.extend(std::iter::repeat_n(' ', space.len()));
            done = offset + space.len();
        }
        text.push_str(Span::from_usize(done, source.len()).of(source));
    }

    /// The offset in the article of something that starts at `at`.
    pub(super) fn source_start(&self, at: usize) -> u32 {
        self.source(
            at,
            self.pieces.partition_point(|piece| piece.at as usize <= at),
        )
    }

    /// The offset in the article of something that ends at `at`.
    pub(super) fn source_end(&self, at: usize) -> u32 {
        self.source(
            at,
            self.pieces
                .partition_point(|piece| (piece.at as usize) < at),
        )
    }

    fn source(&self, at: usize, n_pieces: usize) -> u32 {
        let Some(last) = n_pieces.checked_sub(1) else {
            return self.first;
        };
        let piece = self.pieces[last];
        piece.source + (to_u32(at) - piece.at)
    }

    /// The units from byte `at` on.
    pub(super) fn units(&self, at: usize) -> ShownUnits<'_> {
        let next = self.pieces.partition_point(|piece| piece.at as usize <= at);
        ShownUnits {
            text: &self.text,
            pieces: &self.pieces[next..],
            at,
            keeps_spaces: self.keeps_spaces,
        }
    }
}

/// An iterator over the units of a shown text.
#[derive(Debug, Clone)]
pub(super) struct ShownUnits<'s> {
    text: &'s str,
    /// The pieces that start after the current place.
    pieces: &'s [SourcePiece],
    at: usize,
    keeps_spaces: bool,
}

impl ShownUnits<'_> {
    /// The end of a run of spaces at `start`. A combining mark after a space does not join it, because the space may
    /// replace a line break.
    fn end_of_spaces(&self, start: usize) -> usize {
        let bytes = &self.text.as_bytes()[start..];
        start + bytes.iter().take_while(|&&byte| byte == b' ').count()
    }
}

impl Iterator for ShownUnits<'_> {
    type Item = ShownUnit;

    fn next(&mut self) -> Option<ShownUnit> {
        let start = self.at;
        while let [piece, rest @ ..] = self.pieces
            && piece.at as usize <= start
        {
            self.pieces = rest;
        }
        if start >= self.text.len() {
            return None;
        }
        let spaces_end = if self.keeps_spaces {
            start
        } else {
            self.end_of_spaces(start)
        };
        if spaces_end > start {
            self.at = spaces_end;
            return Some(ShownUnit {
                start,
                end: spaces_end,
                width: 1,
                look: UnitLook::Space,
            });
        }
        let piece_end = match self.pieces {
            [next, ..] => next.at as usize,
            [] => self.text.len(),
        };
        let cluster = Clusters::from_byte(self.text.get(..piece_end)?, start).next()?;
        let mut grapheme = self.text.get(start..cluster.end)?;
        let mut width = cluster.width;
        // A character that joins the next one (U+11941) does not join a space either.
        if !self.keeps_spaces
            && grapheme.len() > 1
            && let Some((before, _)) = grapheme.split_once(' ')
        {
            grapheme = before;
            width = grapheme_width(before);
        }
        self.at = start + grapheme.len();
        let (look, width) = look(grapheme, width);
        Some(ShownUnit {
            start,
            end: self.at,
            width,
            look,
        })
    }
}

/// Whether a character is white space that is shown as a space but is not one.
fn is_other_space(point: char) -> bool {
    matches!(point, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// How a grapheme is drawn, and its columns. One that must not reach a terminal is drawn as a symbol of one column;
/// an invisible one has no columns and is not drawn. `text::display` decides which is which.
fn look(grapheme: &str, width: u16) -> (UnitLook, u16) {
    if let [b'!'..=b'~'] = grapheme.as_bytes() {
        return (UnitLook::Text, width);
    }
    let mut points = grapheme.chars();
    match (points.next(), points.next()) {
        (Some('\t'), None) => (UnitLook::Tab, 1),
        (Some('\r' | '\n'), _) => (UnitLook::Text, 0),
        (Some(point), None) if is_other_space(point) => (UnitLook::Space, 1),
        (Some(' '), None) => (UnitLook::Space, 1),
        _ => match safe_grapheme(grapheme) {
            "" => (UnitLook::Text, 0),
            safe if safe == grapheme => (UnitLook::Text, width),
            _ => (UnitLook::Replaced, 1),
        },
    }
}
