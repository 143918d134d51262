//! When an article was published, and how that is known.

use jiff::civil::{Date, DateTime};

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
    /// The time of the file.
    FileTime,
}
