//! The text of a block as it is shown: hidden markup left out, line breaks as spaces.
//!
//! Lines are broken in this text and mapped back, so that `*un*usual` is one word. White space that
//! reads as a space is replaced by as many spaces as it has bytes; offsets only shift at markup.

use std::borrow::Cow;

use crate::document::{Document, InlineKind};
use crate::text::Span;
use crate::text::display::safe_grapheme;
use crate::text::width::{Clusters, grapheme_width};

/// The shown text of a stretch of an article.
#[derive(Debug)]
pub(super) struct ShownText<'d> {
    /// What is shown.
    pub(super) text: Cow<'d, str>,
    /// Where the shown pieces lie in the article, by rising offset; the first is at 0.
    pieces: Vec<SourcePiece>,
    first: u32,
    keeps_spaces: bool,
}

/// From `at` in the shown text on, the article goes on from `source`.
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
    /// Columns; 0 for what is not drawn.
    pub(super) width: u16,
    /// What it looks like.
    pub(super) look: UnitLook,
}

/// What a unit looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitLook {
    /// Itself.
    Text,
    /// A space, which may be stretched.
    Space,
    /// A tab of preformatted text.
    Tab,
    /// Something that must not reach a terminal.
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
        let inside = document.inlines.get(first..).unwrap_or_default().iter();
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
            text.push_str(source.get(done..offset).unwrap_or_default());
            text.extend(std::iter::repeat_n(' ', space.len()));
            done = offset + space.len();
        }
        text.push_str(source.get(done..).unwrap_or_default());
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
        match n_pieces
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
        {
            Some(piece) => piece.source + (Span::from_usize(0, at).end - piece.at),
            None => self.first,
        }
    }

    /// The units from byte `at` on.
    pub(super) fn units(&self, at: usize) -> ShownUnits<'_> {
        let next = self.pieces.partition_point(|piece| piece.at as usize <= at);
        ShownUnits {
            text: &self.text,
            pieces: self.pieces.get(next..).unwrap_or_default(),
            at,
            keeps_spaces: self.keeps_spaces,
        }
    }
}

/// Walks a shown text by units.
#[derive(Debug, Clone)]
pub(super) struct ShownUnits<'s> {
    text: &'s str,
    /// The pieces that start after the current place.
    pieces: &'s [SourcePiece],
    at: usize,
    keeps_spaces: bool,
}

impl ShownUnits<'_> {
    /// The end of a run of spaces at `start`. A mark after a space never joins it: the space may
    /// stand for a line break.
    fn end_of_spaces(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
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
        let piece_end = self
            .pieces
            .first()
            .map_or(self.text.len(), |piece| piece.at as usize);
        let cluster = Clusters::from_byte(self.text.get(..piece_end)?, start).next()?;
        let mut grapheme = self.text.get(start..cluster.end)?;
        let mut width = cluster.width;
        // A sign that joins what comes next (U+11941) joins no space either.
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

/// White space that reads as a space but is not one.
fn is_other_space(point: char) -> bool {
    matches!(point, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// How a grapheme looks and how wide that is. What must not reach a terminal shows as a symbol of one
/// column, what is invisible has no width and is not drawn; `text::display` knows which is which.
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
