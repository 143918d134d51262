//! When an article was published, and how that is known.

use jiff::civil::{Date, DateTime};

use crate::document::{Document, dates};

/// How many blocks at either end of an article may tell the year of its dateline.
const END_BLOCKS: usize = 8;

/// When an article was published, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Date and time as the article gives them, without zone; midnight when only the day is known.
    pub when: DateTime,
    /// Whether the time of day is known.
    pub has_time: bool,
    /// Where the date was found.
    pub origin: DateOrigin,
}

/// A day of some year, as datelines have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDay {
    /// The month, from 1.
    pub month: i8,
    /// The day, from 1.
    pub day: i8,
}

impl MonthDay {
    /// That day of a year; 29 February only of leap years.
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }

    /// That day as near as possible to another, which tells the year.
    fn nearest_to(self, other: Date) -> Option<Date> {
        let years = [other.year() - 1, other.year(), other.year() + 1];
        let dates = years.into_iter().filter_map(|year| self.in_year(year));
        dates.min_by_key(|date| date.duration_since(other).abs())
    }
}

/// Where a date of publication was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateOrigin {
    /// Front matter or other metadata of the file.
    Metadata,
    /// A line of the article (byline, dateline).
    Text,
    /// The name of the file or its folders.
    FileName,
    /// The time of the file.
    FileTime,
}

/// The date as the address or the name of the file gives it. A day without a year, from the dateline,
/// takes its year from there, or from another date at the head or the foot of the article.
pub(crate) fn complete(document: &mut Document, name: &str) {
    if document.meta.published.is_some() {
        document.meta.day = None;
        return;
    }
    let in_address = document.meta.url.as_deref().and_then(dates::in_name);
    let in_address = in_address.map(|found| Published {
        origin: DateOrigin::Metadata,
        ..found
    });
    let named = in_address.or_else(|| dates::in_name(name));
    let Some(day) = document.meta.day else {
        document.meta.published = named;
        return;
    };
    let elsewhere = || {
        let (blocks, ends) = (document.blocks.iter(), document.blocks.iter().rev());
        let lines = blocks.take(END_BLOCKS).chain(ends.take(END_BLOCKS));
        lines
            .map(|block| block.span.of(&document.text))
            .find_map(|line| dates::find(line, DateOrigin::Text))
    };
    let other = named.or_else(elsewhere).map(|other| other.when.date());
    if let Some(date) = other.and_then(|other| day.nearest_to(other)) {
        document.meta.day = None;
        document.meta.published = Some(Published {
            when: date.at(0, 0, 0, 0),
            has_time: false,
            origin: DateOrigin::Text,
        });
    }
}
