//! Days as numbers that the index can compare.

use std::ops::Range;

use jiff::civil::Date;

use crate::search::Plan;

/// A day as a number that sorts like the date: 20161231 is the last day of 2016.
pub(crate) fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// The days that a plan allows; `None` when it sets no limit.
pub(crate) fn allowed_days(plan: &Plan) -> Option<Range<i64>> {
    if plan.from.is_none() && plan.until.is_none() {
        return None;
    }
    let first = plan.from.map_or(i64::MIN, day_number);
    let end = plan.until.map_or(i64::MAX, day_number);
    Some(first..end)
}
