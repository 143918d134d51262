//! Dates as different countries write them. The names of months are in the language of the
//! interface, English.

use jiff::civil::Date;

/// The order of day, month and year in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// `3 Mar 2026`.
    #[default]
    DayFirst,
    /// `Mar 3, 2026`.
    MonthFirst,
    /// `2026-03-03`.
    YearFirst,
}

/// Countries that do not put the day first.
const MONTH_FIRST: &[&str] = &["US", "PH"];
const YEAR_FIRST: &[&str] = &["CA", "CN", "HU", "JP", "KR", "LT", "SE", "TW"];

impl DateOrder {
    /// The order of a locale: `en_US.UTF-8`.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        match locale.split(['_', '-', '.', '@']).nth(1) {
            Some(country) if MONTH_FIRST.contains(&country) => Self::MonthFirst,
            Some(country) if YEAR_FIRST.contains(&country) => Self::YearFirst,
            _ => Self::DayFirst,
        }
    }

    /// A date with a short month: `3 Mar 2026`.
    #[must_use]
    pub fn day(self, date: Date) -> String {
        self.write(date, ["%-d %b %Y", "%b %-d, %Y"])
    }

    /// A date in words: `3 March 2026`.
    #[must_use]
    pub fn in_words(self, date: Date) -> String {
        self.write(date, ["%-d %B %Y", "%B %-d, %Y"])
    }

    fn write(self, date: Date, [day_first, month_first]: [&str; 2]) -> String {
        let format = match self {
            Self::DayFirst => day_first,
            Self::MonthFirst => month_first,
            Self::YearFirst => "%Y-%m-%d",
        };
        date.strftime(format).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_depends_on_the_locale() {
        let written = |locale| DateOrder::of_locale(locale).day(jiff::civil::date(2026, 3, 9));
        for locale in ["", "C", "C.UTF-8", "en_GB.UTF-8", "de_DE@euro", "fr"] {
            assert_eq!(written(locale), "9 Mar 2026", "{locale}");
        }
        assert_eq!(written("en_US.UTF-8"), "Mar 9, 2026");
        assert_eq!(written("ja_JP"), "2026-03-09");
    }
}
