//! Each order is what its description says, whatever articles come and go.

use std::cmp::Reverse;

use jiff::civil::{DateTime, date};
use proptest::prelude::*;

use super::natural_cmp;
use crate::document::{DateOrigin, Published};
use crate::library::{
    ArticleId, ArticleView, Library, ListedFile, PackedSurvey, SortOrder, Survey,
};

/// What each order compares, written plainly.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum ExpectedRank {
    Same,
    Newest(bool, Reverse<Option<DateTime>>),
    Oldest(bool, Option<DateTime>),
    Title(String),
    Unread(bool, bool, Reverse<Option<DateTime>>),
    Quotations(Reverse<u32>),
}

fn expected(entry: &ArticleView, sort: SortOrder) -> ExpectedRank {
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

/// All articles in order, sorted in a simple way.
fn in_order(library: &Library) -> Vec<ArticleId> {
    let sort = library.sort_order();
    let mut sorted: Vec<ArticleId> = library.articles.ids().collect();
    sorted.retain(|id| !library.article(*id).unwrap().is_gone);
    sorted.sort_by(|a, b| {
        let [x, y] = [a, b].map(|id| library.article(*id).unwrap());
        expected(&x, sort)
            .cmp(&expected(&y, sort))
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
    fn every_order_is_as_described(
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
            for sort in SortOrder::ALL.into_iter().rev() {
                library.sort_by(sort);
                prop_assert_eq!(library.all(), in_order(&library), "{:?}", sort);
                library.reverse();
                prop_assert_eq!(library.all(), in_order(&library), "{:?}", sort);
                for (at, id) in library.all().iter().enumerate() {
                    prop_assert_eq!(library.order.insertion_point(&library.articles, *id), at);
                }
            }
            for id in &gone {
                library.remove(ArticleId(*id));
            }
        }
    }
}
