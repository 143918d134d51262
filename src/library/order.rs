//! The orders a list of articles can have.

use std::cmp::{Ordering, Reverse};

use super::{ArticleId, Entry};

/// The orders a list of articles can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortOrder {
    /// By path, numbers by value.
    #[default]
    Path,
    /// Newest first; articles without a date last.
    Newest,
    /// Oldest first; articles without a date last.
    Oldest,
    /// By headline.
    Title,
    /// Unread ones first, then newest first.
    Unread,
    /// Most quotations first.
    Quotations,
}

impl SortOrder {
    /// All orders with the names they have in the configuration and on screen.
    pub const ALL: &[(Self, &'static str)] = &[
        (Self::Path, "path"),
        (Self::Newest, "newest"),
        (Self::Oldest, "oldest"),
        (Self::Title, "title"),
        (Self::Unread, "unread"),
        (Self::Quotations, "quotations"),
    ];

    /// The name of the order.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(order, _)| *order == self)
            .map_or("path", |(_, name)| name)
    }

    /// The order of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, other)| *other == name)
            .map(|(order, _)| *order)
    }

    /// The next order, around.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL
            .iter()
            .position(|(order, _)| *order == self)
            .unwrap_or(0);
        Self::ALL
            .get((at + 1) % Self::ALL.len())
            .map_or(Self::Path, |(order, _)| *order)
    }
}

/// Puts articles in an order, or that order turned round; equal ones by path.
pub(super) fn sort(order: &mut [ArticleId], entries: &[Entry], sort: SortOrder, is_reversed: bool) {
    order.sort_by(
        |a, b| match (entries.get(a.0 as usize), entries.get(b.0 as usize)) {
            (Some(a), Some(b)) => compare(a, b, sort, is_reversed),
            _ => Ordering::Equal,
        },
    );
}

/// Which of two articles stands before the other.
pub(super) fn compare(a: &Entry, b: &Entry, sort: SortOrder, is_reversed: bool) -> Ordering {
    let ordering = match sort {
        SortOrder::Path => Ordering::Equal,
        SortOrder::Newest => newest(a, b),
        SortOrder::Oldest => undated(a)
            .cmp(&undated(b))
            .then_with(|| published(a).cmp(&published(b))),
        SortOrder::Title => folded(a.title()).cmp(&folded(b.title())),
        SortOrder::Unread => a.is_read.cmp(&b.is_read).then_with(|| newest(a, b)),
        SortOrder::Quotations => Reverse(quotations(a)).cmp(&Reverse(quotations(b))),
    };
    let ordering = ordering
        .then_with(|| natural_cmp(&a.path, &b.path))
        .then_with(|| a.location.part.cmp(&b.location.part));
    if is_reversed {
        ordering.reverse()
    } else {
        ordering
    }
}

fn newest(a: &Entry, b: &Entry) -> Ordering {
    undated(a)
        .cmp(&undated(b))
        .then_with(|| published(b).cmp(&published(a)))
}

fn undated(entry: &Entry) -> bool {
    published(entry).is_none()
}

fn published(entry: &Entry) -> Option<jiff::civil::DateTime> {
    Some(entry.date()?.when)
}

fn quotations(entry: &Entry) -> u32 {
    entry.survey.as_ref().map_or(0, |survey| survey.quotations)
}

fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// Compares paths as a person would: numbers by value (`9.txt` before `10.txt`), letters without
/// regard to case, folders before what follows their name.
#[must_use]
pub fn natural_cmp(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    loop {
        match (left, right) {
            ([], []) => return a.cmp(b),
            ([], _) => return Ordering::Less,
            (_, []) => return Ordering::Greater,
            ([x, ..], [y, ..]) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (x, left_rest) = digits(left);
                let (y, right_rest) = digits(right);
                let ordering = x.len().cmp(&y.len()).then_with(|| x.cmp(y));
                if ordering != Ordering::Equal {
                    return ordering;
                }
                (left, right) = (left_rest, right_rest);
            }
            ([x, left_rest @ ..], [y, right_rest @ ..]) => {
                let ordering = rank(*x).cmp(&rank(*y));
                if ordering != Ordering::Equal {
                    return ordering;
                }
                (left, right) = (left_rest, right_rest);
            }
        }
    }
}

/// The digits at the start without leading zeros, and the rest.
fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let zeros = number
        .iter()
        .take_while(|byte| **byte == b'0')
        .count()
        .min(end.saturating_sub(1));
    (number.get(zeros..).unwrap_or_default(), rest)
}

/// The separator of folders sorts before everything else.
fn rank(byte: u8) -> u8 {
    if byte == b'/' {
        0
    } else {
        byte.to_ascii_lowercase()
    }
}
