//! The orders a list of articles can have.

use std::cmp::{Ordering, Reverse};

use jiff::civil::DateTime;

use super::{ArticleId, Entry, Library};

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

/// What an order goes by before the paths.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Same,
    Newest(bool, Reverse<Option<DateTime>>),
    Oldest(bool, Option<DateTime>),
    Title(String),
    Unread(bool, bool, Reverse<Option<DateTime>>),
    Quotations(Reverse<u32>),
}

impl Rank {
    /// What is known of an article, as far as an order goes by it.
    pub(super) fn of(entry: &Entry, sort: SortOrder) -> Self {
        let published = || entry.date().map(|published| published.when);
        match sort {
            SortOrder::Path => Self::Same,
            SortOrder::Newest => Self::Newest(published().is_none(), Reverse(published())),
            SortOrder::Oldest => Self::Oldest(published().is_none(), published()),
            SortOrder::Title => Self::Title(entry.title().to_lowercase()),
            SortOrder::Unread => {
                let published = published();
                Self::Unread(entry.is_read, published.is_none(), Reverse(published))
            }
            SortOrder::Quotations => {
                let survey = entry.survey.as_ref();
                Self::Quotations(Reverse(survey.map_or(0, |survey| survey.quotations)))
            }
        }
    }
}

impl Library {
    /// Puts articles in the present order.
    pub(super) fn in_present_order(&self, articles: Vec<ArticleId>) -> Vec<ArticleId> {
        if self.sort == SortOrder::Path {
            let mut articles = articles;
            articles.sort_by(|a, b| self.turned(self.compare_paths(*a, *b)));
            return articles;
        }
        let ranked = articles
            .into_iter()
            .filter_map(|id| Some((self.rank(id)?, id)));
        let mut ranked: Vec<(Rank, ArticleId)> = ranked.collect();
        ranked.sort_by(|(a, a_id), (b, b_id)| {
            let ordering = a.cmp(b).then_with(|| self.compare_paths(*a_id, *b_id));
            self.turned(ordering)
        });
        ranked.into_iter().map(|(_, id)| id).collect()
    }

    fn rank(&self, id: ArticleId) -> Option<Rank> {
        Some(Rank::of(&self.entry(id)?, self.sort))
    }

    fn turned(&self, ordering: Ordering) -> Ordering {
        if self.is_reversed {
            ordering.reverse()
        } else {
            ordering
        }
    }

    fn compare_paths(&self, a: ArticleId, b: ArticleId) -> Ordering {
        let by_path = natural_cmp(&self.path(a), &self.path(b));
        by_path.then_with(|| self.part(a).cmp(&self.part(b)))
    }

    /// Whether an article stands before another in the present order.
    pub(super) fn is_before(&self, a: ArticleId, b: ArticleId) -> bool {
        let by_rank = self.rank(a).cmp(&self.rank(b));
        let ordering = by_rank.then_with(|| self.compare_paths(a, b));
        self.turned(ordering).is_lt()
    }
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
