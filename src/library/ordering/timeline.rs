//! Articles over time: how many quotations, mentions or articles fall on each day, week or month.
//!
//! A [`Timeline`] sorts its articles by day and computes a bar on demand, so centuries cost no more
//! than days. Weeks start on Monday, as in ISO 8601.

use jiff::SignedDuration;
use jiff::civil::{Date, date};

use crate::document::{DateOrigin, Published};
use crate::library::articles::id::ArticleId;

/// The time that a bar covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeUnit {
    /// A day.
    #[default]
    Day,
    /// A week from Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

/// The number of a day, week or month.
pub type TimeSlot = i32;

/// The Monday from which days and weeks are counted.
const ORIGIN: Date = date(1970, 1, 5);
const HOURS_A_DAY: i64 = 24;
const DAYS_A_WEEK: TimeSlot = 7;
const MONTHS_A_YEAR: TimeSlot = 12;

impl TimeUnit {
    /// All units, the finest first.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// Its name on screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The slot of a day.
    #[must_use]
    pub fn slot(self, day: Date) -> TimeSlot {
        match self {
            Self::Day => days_since_origin(day),
            Self::Week => days_since_origin(day).div_euclid(DAYS_A_WEEK),
            Self::Month => {
                TimeSlot::from(day.year()) * MONTHS_A_YEAR + TimeSlot::from(day.month()) - 1
            }
        }
    }

    /// The first day of a slot; `None` outside the calendar.
    #[must_use]
    pub fn first_day(self, slot: TimeSlot) -> Option<Date> {
        match self {
            Self::Day => day_at(slot),
            Self::Week => day_at(slot.checked_mul(DAYS_A_WEEK)?),
            Self::Month => {
                let year = i16::try_from(slot.div_euclid(MONTHS_A_YEAR)).ok()?;
                let month = i8::try_from(slot.rem_euclid(MONTHS_A_YEAR) + 1).ok()?;
                Date::new(year, month, 1).ok()
            }
        }
    }

    /// The last day of a slot.
    #[must_use]
    pub fn last_day(self, slot: TimeSlot) -> Option<Date> {
        self.first_day(slot.checked_add(1)?)?.yesterday().ok()
    }

    /// The next finer unit.
    #[must_use]
    pub const fn finer(self) -> Self {
        match self {
            Self::Day | Self::Week => Self::Day,
            Self::Month => Self::Week,
        }
    }

    /// The next coarser unit.
    #[must_use]
    pub const fn coarser(self) -> Self {
        match self {
            Self::Day => Self::Week,
            Self::Week | Self::Month => Self::Month,
        }
    }
}

fn days_since_origin(day: Date) -> TimeSlot {
    let hours = day.duration_since(ORIGIN).as_hours();
    let days = TimeSlot::try_from(hours.div_euclid(HOURS_A_DAY));
    debug_assert!(days.is_ok(), "the calendar has seven million days");
    days.unwrap_or_default()
}

fn day_at(days: TimeSlot) -> Option<Date> {
    let distance = SignedDuration::from_hours(i64::from(days) * HOURS_A_DAY);
    ORIGIN.checked_add(distance).ok()
}

/// An article on the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dated {
    day: Date,
    article: ArticleId,
    count: u32,
    /// Whether the date is the article's own, and not the time of its file.
    is_firm: bool,
}

/// The total of a day, week or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimelineBar {
    /// The number of quotations, mentions, hits or articles, whichever is counted.
    pub count: u32,
    /// The number of articles.
    pub articles: usize,
    /// The number of articles dated only by the time of their file.
    pub by_file_time: usize,
}

/// Articles over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// Sorted by day; articles of the same day in the order they were given.
    dated: Vec<Dated>,
    undated: Vec<(ArticleId, u32)>,
}

impl Timeline {
    /// The timeline of articles, each with its date, if it has one, and its count.
    #[must_use]
    pub fn of(articles: impl IntoIterator<Item = (ArticleId, Option<Published>, u32)>) -> Self {
        let mut timeline = Self::default();
        for (article, published, count) in articles {
            match published {
                Some(published) => timeline.dated.push(Dated {
                    day: published.when.date(),
                    article,
                    count,
                    is_firm: published.origin != DateOrigin::FileTime,
                }),
                None => timeline.undated.push((article, count)),
            }
        }
        timeline.dated.sort_by_key(|dated| dated.day);
        timeline
    }

    /// Whether there are no articles.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.dated.is_empty() && self.undated.is_empty()
    }

    /// The first and the last day.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        Some((self.dated.first()?.day, self.dated.last()?.day))
    }

    /// The first and the last slot.
    #[must_use]
    pub fn slots(&self, unit: TimeUnit) -> Option<(TimeSlot, TimeSlot)> {
        let (first, last) = self.days()?;
        Some((unit.slot(first), unit.slot(last)))
    }

    /// The finest unit for which `n_bars` bars suffice, or else the coarsest.
    #[must_use]
    pub fn unit_for(&self, n_bars: u16) -> TimeUnit {
        let fits = |unit: TimeUnit| match self.slots(unit) {
            Some((first, last)) => last - first < TimeSlot::from(n_bars),
            None => true,
        };
        match TimeUnit::ALL.into_iter().find(|unit| fits(*unit)) {
            Some(unit) => unit,
            None => TimeUnit::Month,
        }
    }

    /// The total of a slot.
    #[must_use]
    pub fn bar(&self, unit: TimeUnit, slot: TimeSlot) -> TimelineBar {
        total(self.within(unit, slot))
    }

    /// The total of the articles without a date.
    #[must_use]
    pub fn undated(&self) -> TimelineBar {
        let counts = self.undated.iter().map(|(_, count)| *count);
        TimelineBar {
            count: counts.fold(0, u32::saturating_add),
            articles: self.undated.len(),
            by_file_time: 0,
        }
    }

    /// The total of all articles, including those without a date.
    #[must_use]
    pub fn total(&self) -> TimelineBar {
        let (dated, undated) = (total(&self.dated), self.undated());
        TimelineBar {
            count: dated.count.saturating_add(undated.count),
            articles: dated.articles + undated.articles,
            by_file_time: dated.by_file_time,
        }
    }

    /// The highest count of a slot.
    #[must_use]
    pub fn highest(&self, unit: TimeUnit) -> u32 {
        let bars = self
            .dated
            .chunk_by(|a, b| unit.slot(a.day) == unit.slot(b.day));
        bars.map(|bar| total(bar).count).fold(0, u32::max)
    }

    /// The articles of a slot with their counts, by day.
    pub fn articles(
        &self,
        unit: TimeUnit,
        slot: TimeSlot,
    ) -> impl Iterator<Item = (ArticleId, u32)> {
        let within = self.within(unit, slot).iter();
        within.map(|dated| (dated.article, dated.count))
    }

    /// The articles without a date, with their counts.
    #[must_use]
    pub fn undated_articles(&self) -> &[(ArticleId, u32)] {
        &self.undated
    }

    /// The day of an article.
    #[must_use]
    pub fn day_of(&self, article: ArticleId) -> Option<Date> {
        let mut dated = self.dated.iter();
        let found = dated.find(|dated| dated.article == article)?;
        Some(found.day)
    }

    /// The nearest slot with articles after another, or before it.
    #[must_use]
    pub fn nearest(&self, unit: TimeUnit, slot: TimeSlot, later: bool) -> Option<TimeSlot> {
        let found = if later {
            let next = self
                .dated
                .partition_point(|dated| unit.slot(dated.day) <= slot);
            self.dated.get(next)
        } else {
            let first = self
                .dated
                .partition_point(|dated| unit.slot(dated.day) < slot);
            self.dated.get(first.checked_sub(1)?)
        };
        found.map(|dated| unit.slot(dated.day))
    }

    /// The counts of all days in at most `columns` columns of equal length; a column covers at least a day.
    #[must_use]
    pub fn squeezed(&self, columns: u16) -> Vec<u32> {
        let Some((first, last)) = self.slots(TimeUnit::Day) else {
            return Vec::new();
        };
        let n_days = (last - first).unsigned_abs() as usize + 1;
        let n_columns = usize::from(columns.max(1)).min(n_days);
        let mut bars = vec![0_u32; n_columns];
        for dated in &self.dated {
            let day = (TimeUnit::Day.slot(dated.day) - first).unsigned_abs() as usize;
            let bar = &mut bars[day * n_columns / n_days];
            *bar = bar.saturating_add(dated.count);
        }
        bars
    }

    fn within(&self, unit: TimeUnit, slot: TimeSlot) -> &[Dated] {
        let start = self
            .dated
            .partition_point(|dated| unit.slot(dated.day) < slot);
        let end = self
            .dated
            .partition_point(|dated| unit.slot(dated.day) <= slot);
        &self.dated[start..end]
    }
}

fn total(articles: &[Dated]) -> TimelineBar {
    let counts = articles.iter().map(|dated| dated.count);
    TimelineBar {
        count: counts.fold(0, u32::saturating_add),
        articles: articles.len(),
        by_file_time: articles.iter().filter(|dated| !dated.is_firm).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: Date, origin: DateOrigin) -> Published {
        Published {
            when: day.at(0, 0, 0, 0),
            has_time: false,
            origin,
        }
    }

    fn timeline(days: &[Date]) -> Timeline {
        let articles = (0..).zip(days);
        Timeline::of(articles.map(|(id, &day)| (ArticleId(id), Some(at(day, DateOrigin::Text)), 1)))
    }

    #[test]
    fn weeks_begin_on_monday_and_cross_the_year() {
        let week = TimeUnit::Week.slot(date(2026, 1, 1));
        assert_eq!(TimeUnit::Week.first_day(week), Some(date(2025, 12, 29)));
        assert_eq!(TimeUnit::Week.last_day(week), Some(date(2026, 1, 4)));
        assert_eq!(TimeUnit::Week.slot(date(2026, 1, 5)), week + 1);
    }

    #[test]
    fn every_day_lies_in_its_slot() {
        for year in [1450, 1899, 1969, 1970, 2000, 2024, 2199] {
            for (month, day) in [(1, 1), (2, 28), (6, 15), (12, 31)] {
                let day = date(year, month, day);
                for unit in TimeUnit::ALL {
                    let slot = unit.slot(day);
                    let first = unit.first_day(slot).unwrap();
                    let last = unit.last_day(slot).unwrap();
                    assert!(first <= day && day <= last, "{unit:?} {day}");
                    assert_eq!((unit.slot(first), unit.slot(last)), (slot, slot));
                }
            }
        }
    }

    #[test]
    fn the_unit_follows_the_span() {
        let of = |last: Date| timeline(&[date(2026, 1, 1), last]).unit_for(60);
        assert_eq!(of(date(2026, 2, 20)), TimeUnit::Day);
        assert_eq!(of(date(2026, 11, 1)), TimeUnit::Week);
        assert_eq!(of(date(2029, 1, 1)), TimeUnit::Month);
        assert_eq!(of(date(2199, 1, 1)), TimeUnit::Month);
    }

    #[test]
    fn bars_count_what_lies_in_them() {
        let days = [
            date(2026, 3, 4),
            date(2026, 3, 2),
            date(2026, 3, 9),
            date(2026, 5, 1),
        ];
        let timeline = timeline(&days);
        let week = TimeUnit::Week.slot(date(2026, 3, 3));
        assert_eq!(timeline.bar(TimeUnit::Week, week).articles, 2);
        assert_eq!(timeline.highest(TimeUnit::Month), 3);
        let listed: Vec<_> = timeline.articles(TimeUnit::Week, week).collect();
        assert_eq!(listed, [(ArticleId(1), 1), (ArticleId(0), 1)]);
        let next = timeline.nearest(TimeUnit::Week, week + 1, true);
        assert_eq!(next, Some(TimeUnit::Week.slot(date(2026, 5, 1))));
        assert_eq!(timeline.nearest(TimeUnit::Week, week, false), None);
        assert_eq!(timeline.squeezed(2), [3, 1]);
        assert_eq!(timeline.squeezed(200).len(), 61);
    }

    #[test]
    fn undated_articles_and_those_dated_by_their_file_are_counted_separately() {
        let day = date(2026, 3, 4);
        let timeline = Timeline::of([
            (ArticleId(0), None, 4),
            (ArticleId(1), Some(at(day, DateOrigin::FileTime)), 2),
            (ArticleId(2), Some(at(day, DateOrigin::Text)), 1),
        ]);
        assert_eq!(timeline.undated().count, 4);
        let bar = timeline.bar(TimeUnit::Day, TimeUnit::Day.slot(day));
        assert_eq!((bar.count, bar.articles, bar.by_file_time), (3, 2, 1));
        assert_eq!(timeline.total().count, 7);
    }
}
