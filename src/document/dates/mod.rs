//! Finds dates as news writes them: ISO, `Nov. 16, 2016`, `16 novembre 2016`, `16.11.2016`,
//! `2016年11月16日`.
//!
//! A date needs a year and must be unambiguous: `03/04/2026` could be two days. File names count too,
//! as in `2016-11-16-court.txt`. Time zones are dropped: the reader shows the article's own time.

use jiff::civil::{Date, DateTime, Time};

use super::Document;
use crate::lexicon::months;
use crate::text::span::{beginning, split};

mod published;

pub use published::{DateOrigin, MonthDay, Published};

/// Words without meaning between the parts of a date, or before its time.
const FILLERS: &[&str] = &[
    "st", "nd", "rd", "th", "er", "de", "del", "of", "at", "um", "à", "t",
];

/// How many bytes of a line are searched for a date.
const LONGEST_LINE: usize = 200;

/// The longest line that is nothing but a date, in bytes.
const LONGEST_DATE_LINE: usize = 80;
/// The years in which an article may have been published.
const YEARS: std::ops::RangeInclusive<u16> = 1450..=2200;

/// How many blocks at either end of an article may give the year of its dateline.
const END_BLOCKS: usize = 8;

/// A piece of a line that may be part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DateToken {
    /// A number, and its count of digits.
    Number(u16, usize),
    Month(i8),
    Mark(char),
    Morning,
    Afternoon,
    Word,
}

/// Fills in the date of publication from the address or the file name. A dateline that has a day but no
/// year takes the year from there, or from another date near the beginning or the end of the article.
pub(super) fn set_published(document: &mut Document, name: &str) {
    if document.meta.published.is_some() {
        document.meta.day = None;
        return;
    }
    let in_address = document.meta.url.as_deref().and_then(in_name);
    let in_address = in_address.map(|found| Published {
        origin: DateOrigin::Metadata,
        ..found
    });
    let named = in_address.or_else(|| in_name(name));
    let Some(day) = document.meta.day else {
        document.meta.published = named;
        return;
    };
    let elsewhere = || {
        let (blocks, ends) = (document.blocks.iter(), document.blocks.iter().rev());
        let lines = blocks.take(END_BLOCKS).chain(ends.take(END_BLOCKS));
        lines
            .map(|block| block.span.of(&document.text))
            .find_map(|line| find(line, DateOrigin::Text))
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

/// Finds the first date with a year in a line, and the time of day if it follows.
pub(super) fn find(line: &str, origin: DateOrigin) -> Option<Published> {
    let tokens = tokens(line);
    (0..tokens.len()).find_map(|index| {
        let (date, n_tokens) = date_at(tokens.get(index..)?)?;
        let time = tokens.get(index + n_tokens..).and_then(time_at);
        Some(Published {
            when: DateTime::from_parts(date, time.unwrap_or(Time::midnight())),
            has_time: time.is_some(),
            origin,
        })
    })
}

/// Parses a date in metadata, in the forms that news uses or in those of programs: `20260304T083000Z`,
/// `Wed, 04 Mar 26 08:30:00 GMT`.
pub(super) fn in_metadata(value: &str) -> Option<Published> {
    let value = value.trim();
    let value = beginning(value, LONGEST_LINE);
    let has_time = value.contains([':', 'T']);
    let published = |when: DateTime| Published {
        when,
        has_time,
        origin: DateOrigin::Metadata,
    };
    let mail = || {
        jiff::fmt::rfc2822::parse(value)
            .ok()
            .map(|when| when.datetime())
    };
    let compact = || value.trim_end_matches('Z').parse().ok();
    find(value, DateOrigin::Metadata).or_else(|| compact().or_else(mail).map(published))
}

/// Finds the last day and month without a year, as in the dateline `PARIS, Nov. 16 (AP)`.
pub(super) fn day_in(line: &str) -> Option<MonthDay> {
    let tokens = tokens(line);
    // The place comes first and may look like a month: RIO DE JANEIRO, 3 March.
    let found = tokens.windows(2).rev().find_map(|pair| match *pair {
        [DateToken::Month(month), DateToken::Number(day, 1..=2)]
        | [DateToken::Number(day, 1..=2), DateToken::Month(month)] => Some((month, day)),
        _ => None,
    });
    let (month, day) = found?;
    let day = i8::try_from(day).ok()?;
    // Leap years have every day that exists.
    Date::new(2024, month, day).ok()?;
    Some(MonthDay { month, day })
}

/// Returns whether a line holds a date and nothing else but a weekday and a time.
pub(super) fn is_date_line(line: &str) -> bool {
    let n_words = tokens(line)
        .iter()
        .filter(|&&token| token == DateToken::Word)
        .count();
    line.len() <= LONGEST_DATE_LINE && n_words <= 2 && find(line, DateOrigin::Text).is_some()
}

/// Finds the date in the name of a file or of its folders, such as `2026/03/2026-03-04-harbor.txt`.
pub(super) fn in_name(name: &str) -> Option<Published> {
    let tail = name.get(name.ceil_char_boundary(name.len().saturating_sub(LONGEST_LINE))..)?;
    let spaced: String = tail
        .chars()
        .map(|c| {
            if matches!(c, '_' | '/' | '\\') {
                '-'
            } else {
                c
            }
        })
        .collect();
    let compact = || {
        let numbers = spaced.split(|c: char| !c.is_ascii_digit());
        numbers
            .filter(|part| part.len() == 8)
            .find_map(eight_digits)
    };
    find(&spaced, DateOrigin::FileName).or_else(|| {
        Some(Published {
            when: DateTime::from_parts(compact()?, Time::midnight()),
            has_time: false,
            origin: DateOrigin::FileName,
        })
    })
}

fn eight_digits(digits: &str) -> Option<Date> {
    let number: u32 = digits.parse().ok()?;
    let year = u16::try_from(number / 10_000).ok()?;
    let month = u16::try_from(number / 100 % 100).ok()?;
    day_of(year, month, u16::try_from(number % 100).ok()?)
}

/// Parses the date at the start of a run of tokens. Returns it with the number of tokens it takes.
#[expect(clippy::match_same_arms, reason = "one arm a way to write a date")]
fn date_at(tokens: &[DateToken]) -> Option<(Date, usize)> {
    use DateToken::{Mark, Month, Number};
    match *tokens {
        [
            Number(year, 4),
            Mark(a @ ('-' | '/' | '.')),
            Number(month, 1..=2),
            Mark(b),
            Number(day, 1..=2),
            ..,
        ] if a == b => Some((day_of(year, month, day)?, 5)),
        [
            Number(year, 4),
            Mark('年'),
            Number(month, 1..=2),
            Mark('月'),
            Number(day, 1..=2),
            ..,
        ] => Some((day_of(year, month, day)?, 5)),
        [Month(month), Number(day, 1..=2), Number(year, 4), ..]
        | [Number(day, 1..=2), Month(month), Number(year, 4), ..] => {
            Some((day_of(year, month.unsigned_abs().into(), day)?, 3))
        }
        [
            Number(day, 1..=2),
            Mark('-'),
            Month(month),
            Mark('-'),
            Number(year, 4),
            ..,
        ] => Some((day_of(year, month.unsigned_abs().into(), day)?, 5)),
        [
            Number(day, 1..=2),
            Mark('.'),
            Number(month, 1..=2),
            Mark('.'),
            Number(year, 4),
            ..,
        ] => Some((day_of(year, month, day)?, 5)),
        // Europe and the United States disagree about which number is the day.
        [
            Number(a, 1..=2),
            Mark('/'),
            Number(b, 1..=2),
            Mark('/'),
            Number(year, 4),
            ..,
        ] => {
            let date = match (a > 12, b > 12) {
                (true, false) => day_of(year, b, a),
                (false, true) => day_of(year, a, b),
                _ if a == b => day_of(year, a, b),
                _ => None,
            };
            Some((date?, 5))
        }
        _ => None,
    }
}

/// Parses the time of day at the start of a run of tokens, after at most two marks.
fn time_at(tokens: &[DateToken]) -> Option<Time> {
    use DateToken::{Afternoon, Mark, Morning, Number};
    let skipped = tokens
        .iter()
        .take(2)
        .take_while(|token| matches!(token, Mark(_)))
        .count();
    let rest = tokens.get(skipped..)?;
    let (hour, minute, after) = match *rest {
        [
            Number(hour, 1..=2),
            Mark(':'),
            Number(minute, 2),
            ref after @ ..,
        ] => (hour, minute, after),
        [Number(hour, 1..=2), Morning | Afternoon, ..] => (hour, 0, rest),
        _ => return None,
    };
    let hour = match after
        .iter()
        .find(|token| matches!(token, Morning | Afternoon))
    {
        Some(Afternoon) if hour < 12 => hour + 12,
        Some(Morning) if hour == 12 => 0,
        _ => hour,
    };
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

fn day_of(year: u16, month: u16, day: u16) -> Option<Date> {
    // Any other four digits are not the year of a newspaper.
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// Splits a line into the tokens that matter for dates, without fillers, commas and closing periods.
fn tokens(line: &str) -> Vec<DateToken> {
    let mut tokens = Vec::new();
    let mut rest = beginning(line, LONGEST_LINE);
    while let Some(first) = rest.chars().next() {
        let same = |c: char| {
            if first.is_ascii_digit() {
                c.is_ascii_digit()
            } else {
                c.is_alphabetic() && !matches!(c, '年' | '月' | '日')
            }
        };
        let length = rest.len() - rest.trim_start_matches(same).len();
        let length = length.max(first.len_utf8());
        let (token, after) = split(rest, length);
        tokens.extend(token_of(token, first, after));
        rest = after;
    }
    tokens
}

fn token_of(token: &str, first: char, after: &str) -> Option<DateToken> {
    if first.is_ascii_digit() {
        return Some(match token.parse() {
            Ok(number) => DateToken::Number(number, token.len()),
            Err(_) => DateToken::Word,
        });
    }
    if first.is_alphabetic() && !matches!(first, '年' | '月' | '日') {
        let lower = token.to_lowercase();
        if FILLERS.contains(&lower.as_str()) {
            return None;
        }
        return Some(match lower.as_str() {
            "am" => DateToken::Morning,
            "pm" => DateToken::Afternoon,
            "a" if after.starts_with(".m") => DateToken::Morning,
            "p" if after.starts_with(".m") => DateToken::Afternoon,
            word => match months::number(word) {
                Some(month) => DateToken::Month(month),
                None => DateToken::Word,
            },
        });
    }
    let digit_follows = after.starts_with(|c: char| c.is_ascii_digit());
    match first {
        '.' | ':' if digit_follows => Some(DateToken::Mark(first)),
        '-' | '/' | '|' | '年' | '月' | '日' => Some(DateToken::Mark(first)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> String {
        find(line, DateOrigin::Text).map_or_else(String::new, |published| {
            if published.has_time {
                published.when.to_string()
            } else {
                published.when.date().to_string()
            }
        })
    }

    #[test]
    fn dates_of_machines_are_read_from_metadata() {
        for (value, when) in [
            ("20260304T083000Z", "2026-03-04T08:30:00"),
            ("20260304T083000+0100", "2026-03-04T08:30:00"),
            ("20260304", "2026-03-04T00:00:00"),
            ("2026-03-04T08:30:00.123+01:00", "2026-03-04T08:30:00"),
            ("Wed, 04 Mar 2026 08:30:00 GMT", "2026-03-04T08:30:00"),
            ("Wed, 04 Mar 26 08:30:00 EST", "2026-03-04T08:30:00"),
        ] {
            let found = in_metadata(value).unwrap();
            assert_eq!(found.when.to_string(), when, "{value}");
            assert_eq!(found.has_time, value.len() > 8);
        }
        assert_eq!(in_metadata("soon"), None);
    }

    #[test]
    fn dates_are_read_as_news_writes_them() {
        for line in [
            "2016-11-16",
            "Nov. 16, 2016",
            "Published: November 16, 2016",
            "16 November 2016",
            "Wednesday, 16th November 2016",
            "16. November 2016",
            "le 16 novembre 2016",
            "16 de noviembre de 2016",
            "16.11.2016",
            "11/16/2016",
            "2016年11月16日",
            "16-Nov-2016",
            "Updated Nov 16th, 2016",
            "16 ноября 2016",
            "2016/11/16",
        ] {
            assert_eq!(found(line), "2016-11-16", "{line}");
        }
    }

    #[test]
    fn the_time_of_day_follows_the_date() {
        for line in [
            "2016-11-16T14:05:00Z",
            "2016-11-16 14:05",
            "Nov. 16, 2016 at 2:05 p.m.",
            "16 November 2016, 14:05",
            "November 16, 2016 | 2:05 PM",
        ] {
            assert_eq!(found(line), "2016-11-16T14:05:00", "{line}");
        }
    }

    #[test]
    fn what_is_no_single_day_is_no_date() {
        for line in [
            "",
            "03/04/2026",
            "2016-13-40",
            "Nov. 16",
            "In 2016 they met",
            "May 5 of 17",
            "99999999",
            "0000-00-00",
        ] {
            assert_eq!(found(line), "", "{line}");
        }
    }

    #[test]
    fn file_names_carry_dates() {
        for name in [
            "2016-11-16-foo.txt",
            "world/20161116_court.md",
            "2016/11/16/court.txt",
            "nyt_2016-11-16_x.txt",
        ] {
            let published = in_name(name).unwrap();
            assert_eq!(published.when.date().to_string(), "2016-11-16", "{name}");
            assert_eq!(published.origin, DateOrigin::FileName);
        }
        assert!(in_name("000_bc27f560a25b1244.txt").is_none());
    }

    #[test]
    fn a_dateline_tells_its_day() {
        let day = |line: &str| day_in(line).map(|day| (day.month, day.day));
        assert_eq!(day("WASHINGTON, Nov. 16 (Reuters)"), Some((11, 16)));
        assert_eq!(day("RIO DE JANEIRO, 3 March (Coast Press)"), Some((3, 3)));
        assert_eq!(day("PARIS, Feb. 30 (AP)"), None);
        assert_eq!(day("PARIS (AP)"), None);
    }

    #[test]
    fn a_line_of_a_date_is_no_sentence() {
        assert!(is_date_line("Wednesday, 16 November 2016, 14:05 GMT"));
        assert!(!is_date_line(
            "The court opened on 16 November 2016 in The Hague"
        ));
    }
}
