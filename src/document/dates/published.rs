//! The date of publication of an article, and where it was found.

use jiff::civil::{Date, DateTime};

/// When an article was published, and where that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The date and time in the article's own time zone; midnight if there is no time of day.
    pub when: DateTime,
    /// Whether the article gives a time of day.
    pub has_time: bool,
    /// Where the date was found.
    pub origin: DateOrigin,
}

/// A day and month without a year, as in datelines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDay {
    /// The month, from 1.
    pub month: i8,
    /// The day, from 1.
    pub day: i8,
}

impl MonthDay {
    /// Returns that day in a year; `None` for 29 February in most years.
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }

    /// Returns the date with this day and month that is nearest to `other`.
    pub(super) fn nearest_to(self, other: Date) -> Option<Date> {
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
    /// The modification time of the file.
    FileTime,
}
