//! Sorting articles by date, title or number of quotations.

use jiff::civil::DateTime;

use super::path_order::PathOrder;
use super::sort_order::SortOrder;
use crate::library::articles::id::ArticleId;
use crate::library::articles::packed_meta::PackedMeta;
use crate::library::articles::row::Marks;
use crate::library::articles::table::ArticleTable;
use crate::packed::count;

/// What an order compares before paths; the smallest comes first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SortKey {
    Number(u128),
    Title(String),
}

/// The number of an article without a date, which is greater than that of every date.
const UNDATED: u128 = 1 << 72;
/// Added for an article that was read, so that its number is greater than every other.
const READ: u128 = 1 << 73;

impl SortKey {
    pub(super) fn of(table: &ArticleTable, sort: SortOrder, id: ArticleId) -> Self {
        if sort == SortOrder::Title {
            let mut title = String::new();
            table.push_lowercase_title(id, &mut title);
            Self::Title(title)
        } else {
            Self::Number(number(table, sort, id))
        }
    }
}

/// The articles that exist, in order.
pub(super) fn sorted(table: &ArticleTable, by_path: &PathOrder, sort: SortOrder) -> Vec<ArticleId> {
    let all = by_path.articles().iter().copied();
    let mut present: Vec<ArticleId> = all.filter(|id| !table.has(*id, Marks::GONE)).collect();
    match sort {
        SortOrder::Path => {}
        SortOrder::Title => sort_by_title(table, by_path, &mut present),
        _ => sort_by_number(table, by_path, sort, &mut present),
    }
    present
}

/// Sorts articles by number. The number and the position by path are packed into one integer, which
/// is fast to sort.
fn sort_by_number(
    table: &ArticleTable,
    by_path: &PathOrder,
    sort: SortOrder,
    articles: &mut Vec<ArticleId>,
) {
    let key = |id: &ArticleId| {
        let position = u128::from(by_path.position(*id));
        number(table, sort, *id) << u32::BITS | position
    };
    let mut keys: Vec<u128> = articles.iter().map(key).collect();
    keys.sort_unstable();
    articles.clear();
    for key in keys {
        let [a, b, c, d, ..] = key.to_le_bytes();
        articles.extend(by_path.at(u32::from_le_bytes([a, b, c, d])));
    }
}

/// The number that an order compares.
fn number(table: &ArticleTable, sort: SortOrder, id: ArticleId) -> u128 {
    let meta = table.meta(id);
    let date = || Some(nanoseconds(meta?.date()?.when));
    let newest = || match date() {
        Some(nanoseconds) => UNDATED - 1 - nanoseconds,
        None => UNDATED,
    };
    match sort {
        SortOrder::Path | SortOrder::Title => 0,
        SortOrder::Newest => newest(),
        SortOrder::Oldest => date().unwrap_or(UNDATED),
        SortOrder::Unread => {
            let is_read = u128::from(table.has(id, Marks::READ));
            newest() + READ * is_read
        }
        SortOrder::Quotations => {
            let quotations = match meta {
                Some(meta) => PackedMeta::n_quotations(meta),
                None => 0,
            };
            u128::from(u32::MAX - quotations)
        }
    }
}

/// A time as a number. The nanoseconds of twenty thousand years take 70 bits.
fn nanoseconds(when: DateTime) -> u128 {
    let since = when.duration_since(DateTime::MIN).as_nanos();
    since.unsigned_abs()
}

/// The first letters of a title, which mostly decide, its number, and the position of its article by path.
type TitleKey = (u128, u32, u32);

/// Sorts articles by headline. Each is unpacked once, into one long string.
fn sort_by_title(table: &ArticleTable, by_path: &PathOrder, articles: &mut Vec<ArticleId>) {
    let mut titles = String::new();
    let mut ends = Vec::with_capacity(articles.len());
    let mut keys: Vec<TitleKey> = Vec::with_capacity(articles.len());
    for id in articles.iter() {
        let start = titles.len();
        table.push_lowercase_title(*id, &mut titles);
        let number = count(ends.len());
        ends.push(titles.len());
        let first = first_letters(&titles.as_bytes()[start..]);
        keys.push((first, number, by_path.position(*id)));
    }
    let title = |number: u32| {
        let number = number as usize;
        let start = if number == 0 { 0 } else { ends[number - 1] };
        &titles.as_bytes()[start..ends[number]]
    };
    keys.sort_unstable_by(|&(a_first, a, a_position), &(b_first, b, b_position)| {
        let by_title = a_first.cmp(&b_first).then_with(|| title(a).cmp(title(b)));
        by_title.then_with(|| a_position.cmp(&b_position))
    });
    articles.clear();
    articles.extend(
        keys.iter()
            .filter_map(|(_, _, position)| by_path.at(*position)),
    );
}

/// The first letters as a number that compares as they do.
fn first_letters(title: &[u8]) -> u128 {
    let mut first = [0; size_of::<u128>()];
    let letters = first.iter_mut().zip(title);
    letters.for_each(|(to, letter)| *to = *letter);
    u128::from_be_bytes(first)
}
