//! Byte ranges into a text. This is the only place that slices a `str`.
//!
//! Everything the program finds in an article is a [`Span`] beside its text:
//!
//! ```
//! use pullquote::text::Span;
//!
//! let text = "“Yes,” she said.";
//! assert_eq!(Span::new(11, 14).of(text), "she");
//! ```

use std::slice::SliceIndex;

/// A half-open range of bytes in a text, on `char` boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. An end before the start makes it empty.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self {
            start,
            end: if end < start { start } else { end },
        }
    }

    /// A span from byte offsets of the standard library.
    #[must_use]
    pub fn from_usize(start: usize, end: usize) -> Self {
        Self::new(to_u32(start), to_u32(end))
    }

    /// The whole of a text.
    #[must_use]
    pub fn whole(text: &str) -> Self {
        Self::from_usize(0, text.len())
    }

    /// The text under the span. For a span of another text this is `""`, and a panic in debug builds.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        let part = text.get(self.range());
        debug_assert!(
            part.is_some(),
            "{self:?} does not fit a text of {} bytes",
            text.len()
        );
        part.unwrap_or_default()
    }

    /// The span as a range of `usize`, for indexing bytes.
    #[must_use]
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `offset` lies in the span.
    #[must_use]
    pub const fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether all of `other` lies in the span.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The part of the span that lies in `other`, if any byte does.
    #[must_use]
    pub fn clip(self, other: Self) -> Option<Self> {
        let clipped = Self {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        };
        (clipped.start < clipped.end).then_some(clipped)
    }
}

/// The part of a text in a range of bytes. For a range that does not fit this is `""`, and a panic in debug builds.
#[must_use]
pub(crate) fn slice(text: &str, range: impl SliceIndex<str, Output = str>) -> &str {
    let Some(part) = text.get(range) else {
        debug_assert!(false, "a range does not fit a text of {} bytes", text.len());
        return "";
    };
    part
}

/// The two parts of a text before and after a byte offset.
#[must_use]
pub(crate) fn split(text: &str, at: usize) -> (&str, &str) {
    (slice(text, ..at), slice(text, at..))
}

/// The beginning of a text: at most `most` bytes, cut between two characters.
#[must_use]
pub(crate) fn beginning(text: &str, most: usize) -> &str {
    slice(text, ..text.floor_char_boundary(most))
}

/// An offset into a text, or the number of its lines, blocks or the like, as spans store them.
///
/// It always fits: texts have at most 4 GiB, because larger files are refused.
#[must_use]
pub fn to_u32(number: usize) -> u32 {
    debug_assert!(
        u32::try_from(number).is_ok(),
        "{number} is no offset into a text"
    );
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A short span or none, in six bytes, because a long article has millions of them. A span of more than 64 KiB
/// becomes none; words that name somebody are never that long.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct MaybeSpan {
    /// The two halves of its start, which need no alignment to four bytes.
    start: [u16; 2],
    length: u16,
}

/// The length of no span.
const NO_LENGTH: u16 = u16::MAX;

impl MaybeSpan {
    /// No span.
    pub const NONE: Self = Self {
        start: [0; 2],
        length: NO_LENGTH,
    };

    /// The span, if there is one.
    #[must_use]
    pub const fn get(self) -> Option<Span> {
        if self.length == NO_LENGTH {
            return None;
        }
        let [high, low] = self.start;
        let start = (high as u32) << 16 | low as u32;
        Some(Span::new(start, start.saturating_add(self.length as u32)))
    }
}

impl From<Option<Span>> for MaybeSpan {
    fn from(span: Option<Span>) -> Self {
        span.map_or(Self::NONE, Self::from)
    }
}

impl From<Span> for MaybeSpan {
    fn from(span: Span) -> Self {
        let [a, b, c, d] = span.start.to_be_bytes();
        let length = u16::try_from(span.len()).unwrap_or(NO_LENGTH);
        if length == NO_LENGTH {
            return Self::NONE;
        }
        let start = [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])];
        Self { start, length }
    }
}

impl Default for MaybeSpan {
    fn default() -> Self {
        Self::NONE
    }
}

impl std::fmt::Debug for MaybeSpan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.get().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_know_what_they_share() {
        let (outer, inner, after) = (Span::new(2, 9), Span::new(3, 5), Span::new(9, 12));
        assert!(outer.covers(inner) && outer.overlaps(inner) && !inner.covers(outer));
        assert!(!outer.overlaps(after) && outer.contains(8) && !outer.contains(9));
        assert_eq!(outer.clip(Span::new(7, 20)), Some(Span::new(7, 9)));
        assert_eq!(outer.clip(after), None);
        assert_eq!(inner.join(after), Span::new(3, 12));
    }

    #[test]
    fn no_span_differs_from_an_empty_one() {
        for span in [Span::new(0, 0), Span::new(0x1_2345, 0x2_2343)] {
            assert_eq!(MaybeSpan::from(span).get(), Some(span));
        }
        for none in [None, Some(Span::new(1, 0x1_0000))] {
            assert_eq!(MaybeSpan::from(none), MaybeSpan::NONE);
        }
        assert_eq!(MaybeSpan::NONE.get(), None);
        assert_eq!(size_of::<MaybeSpan>(), 6);
    }

    #[test]
    fn a_reversed_span_is_empty() {
        assert!(Span::new(5, 3).is_empty());
    }
}
