//! The orders a list of articles can have.

pub(super) mod by_path;
pub(super) mod country_totals;
pub(super) mod timeline;

use std::cmp::Ordering;

use jiff::civil::DateTime;

use super::articles::packed_meta::PackedMeta;
use super::articles::row::{ArticleRow, Marks};
use super::{ArticleId, Library};
use crate::packed::count;

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

/// What an order goes by before the paths; the least comes first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Number(u128),
    Words(String),
}

/// The rank of whatever has no date, which is after all days.
const UNDATED: u128 = 1 << 72;
/// What makes a rank greater than that of every day.
const READ: u128 = 1 << 73;

/// A date as a number. The nanoseconds of twenty thousand years take seventy bits.
fn moment(when: DateTime) -> u128 {
    let since = when.duration_since(DateTime::MIN).as_nanos();
    since.unsigned_abs()
}

impl Library {
    /// All articles in the present order.
    pub(super) fn in_present_order(&self) -> Vec<ArticleId> {
        let mut order: Vec<ArticleId> = match self.sort {
            SortOrder::Path => self
                .by_path
                .articles()
                .filter(|id| self.is_there(*id))
                .collect(),
            SortOrder::Title => self.by_title(),
            _ => self.by_number(),
        };
        if self.is_reversed {
            order.reverse();
        }
        order
    }

    fn is_there(&self, id: ArticleId) -> bool {
        !self.has(id, Marks::GONE)
    }

    /// The articles by a number of each, then by path, both in one.
    fn by_number(&self) -> Vec<ArticleId> {
        let there = self.articles().filter(|id| self.is_there(*id));
        let keys = there.filter_map(|id| {
            let place = u128::from(self.by_path.place(id));
            Some(self.number(self.card(id)?) << u32::BITS | place)
        });
        let mut keys: Vec<u128> = keys.collect();
        keys.sort_unstable();
        let place = |key: u128| u32::try_from(key & u128::from(u32::MAX)).ok();
        let sorted = keys.into_iter();
        sorted
            .filter_map(|key| self.by_path.at(place(key)?))
            .collect()
    }

    /// The articles by headline, each of which is written out once.
    fn by_title(&self) -> Vec<ArticleId> {
        let mut titles = Titles::default();
        for id in self.articles().filter(|id| self.is_there(*id)) {
            if let Some(card) = self.card(id) {
                titles.add(self.by_path.place(id), |words| self.add_title(card, words));
            }
        }
        let sorted = titles.sorted().into_iter();
        sorted.filter_map(|place| self.by_path.at(place)).collect()
    }

    /// What orders go by that go by a number.
    fn number(&self, card: &ArticleRow) -> u128 {
        let facts = self.facts_of(card);
        let date = || Some(moment(facts?.date()?.when));
        let newest = || date().map_or(UNDATED, |moment| UNDATED - 1 - moment);
        match self.sort {
            SortOrder::Path | SortOrder::Title => 0,
            SortOrder::Newest => newest(),
            SortOrder::Oldest => date().unwrap_or(UNDATED),
            SortOrder::Unread => {
                let is_read = u128::from(card.marks.has(Marks::READ));
                newest() + READ * is_read
            }
            SortOrder::Quotations => {
                let quotations = facts.map_or(0, PackedMeta::n_quotations);
                u128::from(u32::MAX - quotations)
            }
        }
    }

    /// Adds the headline of an article in small letters, as [`ArticleView::title`](super::ArticleView::title) has it.
    fn add_title(&self, card: &ArticleRow, words: &mut String) {
        let start = words.len();
        if let Some(facts) = self.facts_of(card) {
            facts.title().decode_into(words);
        }
        if words.len() == start {
            let path = self.files.shown(card.file);
            words.push_str(path.rsplit('/').next().unwrap_or(&path));
        }
        let small = words.get_mut(start..).unwrap_or_default();
        if small.is_ascii() {
            small.make_ascii_lowercase();
        } else {
            let small = small.to_lowercase();
            words.truncate(start);
            words.push_str(&small);
        }
    }

    fn rank(&self, id: ArticleId) -> Option<Rank> {
        let card = self.card(id)?;
        Some(if self.sort == SortOrder::Title {
            let mut words = String::new();
            self.add_title(card, &mut words);
            Rank::Words(words)
        } else {
            Rank::Number(self.number(card))
        })
    }

    /// Whether an article stands before another in the present order.
    pub(super) fn is_before(&self, a: ArticleId, b: ArticleId) -> bool {
        let by_rank = self.rank(a).cmp(&self.rank(b));
        let ordering = by_rank.then_with(|| self.compare_paths(a, b));
        if self.is_reversed {
            ordering.is_gt()
        } else {
            ordering.is_lt()
        }
    }
}

/// Headlines to be put in order, one after the other in a text.
#[derive(Debug, Default)]
struct Titles {
    words: String,
    ends: Vec<usize>,
    /// The first letters of each, which mostly decide, its number, and its place in the order of paths.
    keys: Vec<(u128, u32, u32)>,
}

impl Titles {
    fn add(&mut self, place: u32, write: impl FnOnce(&mut String)) {
        let start = self.words.len();
        write(&mut self.words);
        let mut first = [0; 16];
        let letters = self.words.bytes().skip(start);
        first
            .iter_mut()
            .zip(letters)
            .for_each(|(to, letter)| *to = letter);
        self.keys
            .push((u128::from_be_bytes(first), count(self.ends.len()), place));
        self.ends.push(self.words.len());
    }

    /// The places of all, by headline.
    fn sorted(self) -> Vec<u32> {
        let Self {
            words,
            ends,
            mut keys,
        } = self;
        let title = |number: u32| {
            let number = number as usize;
            let start = number.checked_sub(1).and_then(|before| ends.get(before));
            let end = ends.get(number).copied().unwrap_or_default();
            words.as_bytes().get(start.copied().unwrap_or(0)..end)
        };
        keys.sort_unstable_by(|&(a_first, a, a_place), &(b_first, b, b_place)| {
            let by_words = a_first.cmp(&b_first).then_with(|| title(a).cmp(&title(b)));
            by_words.then_with(|| a_place.cmp(&b_place))
        });
        keys.into_iter().map(|(_, _, place)| place).collect()
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

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::document::{DateOrigin, Published};
    use crate::library::{ArticleView, ListedFile, PackedSurvey, Survey};

    /// The orders as they are said in words.
    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
    enum ExpectedRank {
        Same,
        Newest(bool, Reverse<Option<DateTime>>),
        Oldest(bool, Option<DateTime>),
        Title(String),
        Unread(bool, bool, Reverse<Option<DateTime>>),
        Quotations(Reverse<u32>),
    }

    fn said(entry: &ArticleView, sort: SortOrder) -> ExpectedRank {
        let when = entry.date().map(|published| published.when);
        match sort {
            SortOrder::Path => ExpectedRank::Same,
            SortOrder::Newest => ExpectedRank::Newest(when.is_none(), Reverse(when)),
            SortOrder::Oldest => ExpectedRank::Oldest(when.is_none(), when),
            SortOrder::Title => ExpectedRank::Title(entry.title().to_lowercase()),
            SortOrder::Unread => ExpectedRank::Unread(entry.is_read, when.is_none(), Reverse(when)),
            SortOrder::Quotations => {
                let survey = entry.survey.as_ref();
                ExpectedRank::Quotations(Reverse(survey.map_or(0, |survey| survey.quotations)))
            }
        }
    }

    /// All articles in order, the simple way.
    fn in_order(library: &Library) -> Vec<ArticleId> {
        let sort = library.sort_order();
        let mut sorted: Vec<ArticleId> = library.articles().collect();
        sorted.retain(|id| !library.article(*id).unwrap().is_gone);
        sorted.sort_by(|a, b| {
            let [x, y] = [a, b].map(|id| library.article(*id).unwrap());
            said(&x, sort)
                .cmp(&said(&y, sort))
                .then_with(|| natural_cmp(&x.path, &y.path))
                .then(x.location.part.cmp(&y.location.part))
                .then(a.cmp(b))
        });
        if library.is_reversed() {
            sorted.reverse();
        }
        sorted
    }

    fn when() -> impl Strategy<Value = DateTime> {
        let days = prop_oneof![-9999..=9999_i16, 2024..=2025_i16];
        (days, 1..=2_i8, 0..2_i32)
            .prop_map(|(year, month, nanosecond)| date(year, month, 1).at(0, 0, 0, nanosecond))
    }

    fn survey() -> impl Strategy<Value = Survey> {
        let dates = (prop::option::of(when()), prop::option::of(when()));
        (
            "[abÄİ ]{0,4}|Harbor talks end with[abc]{0,3}",
            dates,
            0..3_u32,
        )
            .prop_map(|(title, (published, file_time), quotations)| Survey {
                title,
                published: published.map(|when| Published {
                    when,
                    has_time: true,
                    origin: DateOrigin::Text,
                }),
                file_time,
                quotations,
                ..Survey::default()
            })
    }

    proptest! {
        #[test]
        fn all_orders_are_what_they_are_said_to_be(
            rounds in prop::collection::vec(
                prop::collection::vec(("[aB]?/?[a01]{0,3}[a9]", prop::collection::vec(survey(), 0..3)), 0..12),
                1..4,
            ),
            read in prop::collection::vec(0..40_u32, 0..9),
            gone in prop::collection::vec(0..40_u32, 0..9),
        ) {
            let mut library = Library::default();
            for files in rounds {
                for (path, surveys) in files {
                    let location = format!("/news/{path}").into();
                    let first = library.add(&ListedFile { location, path, bytes: 0 });
                    let surveys: Vec<PackedSurvey> = surveys.into_iter().map(PackedSurvey::from).collect();
                    library.set_surveys(first, 0, &surveys);
                }
                for id in &read {
                    library.set_read(ArticleId(*id), true);
                }
                library.reverse();
                for (sort, _) in SortOrder::ALL.iter().rev() {
                    library.sort_by(*sort);
                    prop_assert_eq!(library.all(), in_order(&library), "{:?}", sort);
                    library.reverse();
                    prop_assert_eq!(library.all(), in_order(&library), "{:?}", sort);
                    for (at, id) in library.all().iter().enumerate() {
                        prop_assert_eq!(library.old_position(*id), at);
                    }
                }
                for id in &gone {
                    library.remove(ArticleId(*id));
                }
            }
        }
    }
}
