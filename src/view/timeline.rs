//! The timeline: a bar chart, a summary of the selected bar, and its articles.
//!
//! A mark under the selected bar shows it without color.

use jiff::civil::Date;
use ratatui::layout::Rect;

use super::lists::{self, nothing, rows};
use super::paint::{Painter, columns};
use crate::app::Model;
use crate::app::timeline::{Areas, Subject, TimelineScreen};
use crate::config::Role;
use crate::library::{TimeSlot, TimeUnit};
use crate::world::Dots;

/// Bar glyphs in eighths of a cell.
const EIGHTHS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// Bar glyphs in halves, for console fonts.
const HALVES: [&str; 8] = ["▄", "▄", "▄", "▄", "█", "█", "█", "█"];

/// The bar glyphs, from an eighth of a cell to a full cell.
pub(super) fn signs(dots: Dots) -> [&'static str; 8] {
    match dots {
        Dots::Braille => EIGHTHS,
        Dots::HalfBlock => HALVES,
    }
}

/// Draws the screen.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let timeline = &model.screens.timeline;
    if timeline.data.is_empty() {
        nothing(painter, area, "nothing to show on a timeline yet");
        return;
    }
    let areas = timeline.areas(area);
    let chart = Chart {
        timeline,
        areas,
        highest: timeline
            .data
            .highest(timeline.unit)
            .max(timeline.data.undated().count.min(1)),
        signs: signs(model.window.dots),
    };
    chart.draw(painter);
    heading(model, painter, areas.heading);
    let list = &timeline.articles;
    rows(
        painter,
        areas.list,
        (list.selection, list.rows.len()),
        |painter, row, index| {
            let id = list.rows[index];
            let count = match timeline.subject {
                Subject::Folder => String::new(),
                _ => format!("{:>4} ", timeline.count_of(id)),
            };
            let x = painter.text(row, &count, Role::Dim);
            let rest = Rect {
                x,
                width: row.right().saturating_sub(x),
                ..row
            };
            lists::article(model, painter, rest, id);
        },
    );
}

struct Chart<'a> {
    timeline: &'a TimelineScreen,
    areas: Areas,
    highest: u32,
    signs: [&'static str; 8],
}

impl Chart<'_> {
    fn draw(&self, painter: &mut Painter<'_>) {
        let Areas { chart, axis, .. } = self.areas;
        let data = &self.timeline.data;
        painter.line(
            Rect {
                x: chart.x,
                width: chart.width.min(axis.width),
                ..axis
            },
            "─",
            Role::Border,
        );
        let last = data.slots(self.timeline.unit).map(|(_, last)| last);
        if last.is_none() {
            let row = Rect { height: 1, ..chart };
            painter.cut(row, "no dates", Role::Dim);
        }
        for (index, slot) in (0..self.areas.n_bars()).zip(self.timeline.first..) {
            if last.is_none_or(|last| slot > last) {
                break;
            }
            let count = data.bar(self.timeline.unit, slot).count;
            let is_selected = self.timeline.bar == Some(slot);
            self.bar(painter, self.areas.bar(index), count, is_selected);
        }
        if self.areas.undated.width > 0 {
            let is_selected = self.timeline.bar.is_none();
            let area = self.areas.undated;
            self.bar(painter, area, data.undated().count, is_selected);
            let under = Rect {
                y: axis.y,
                height: axis.height,
                ..area
            };
            painter.text(under, "?", Role::Dim);
        }
        let labels = match last {
            Some(last) => self.labels(painter, last),
            None => Vec::new(),
        };
        self.mark(painter, &labels);
    }

    /// Draws a bar from the bottom up; any count above zero is visible.
    fn bar(&self, painter: &mut Painter<'_>, area: Rect, count: u32, is_selected: bool) {
        let eighths = eighths(count, self.highest, area.height);
        let [.., full] = self.signs;
        for row in 0..area.height {
            let left = eighths.saturating_sub(u32::from(row) * 8);
            let sign = match left {
                0 => break,
                1..=7 => self.signs[left as usize - 1],
                _ => full,
            };
            let y = area.bottom().saturating_sub(row + 1);
            let role = if is_selected {
                Role::CountrySelected
            } else {
                Role::Bar
            };
            painter.line(
                Rect {
                    y,
                    height: 1,
                    ..area
                },
                sign,
                role,
            );
        }
    }

    /// Draws a mark under the selected bar, or highlights the label that is already there.
    fn mark(&self, painter: &mut Painter<'_>, labels: &[Rect]) {
        let above = match self.timeline.bar {
            None => self.areas.undated,
            Some(slot) => {
                let Ok(index) = u16::try_from(slot.saturating_sub(self.timeline.first)) else {
                    return;
                };
                self.areas.bar(index)
            }
        };
        let axis = self.areas.axis;
        let under = Rect {
            y: axis.y,
            height: axis.height,
            ..above
        };
        match labels.iter().find(|label| label.intersects(under)) {
            Some(label) => painter.tint(*label, Role::Selection),
            None => painter.line(under.intersection(axis), "▲", Role::CountrySelected),
        }
    }

    /// Writes days, months and years under the bars where they begin, as many as fit, and returns their
    /// areas.
    fn labels(&self, painter: &mut Painter<'_>, last: TimeSlot) -> Vec<Rect> {
        let Areas { chart, axis, .. } = self.areas;
        let mut taken: Vec<Rect> = Vec::new();
        for is_major in [true, false] {
            let bars = (0..self.areas.n_bars()).zip(self.timeline.first..=last);
            for (index, slot) in bars {
                let Some(label) = label(self.timeline.unit, slot, is_major) else {
                    continue;
                };
                let place = Rect {
                    x: self.areas.bar(index).x,
                    width: columns(&label),
                    ..axis
                };
                let apart = |other: &Rect| place.right() < other.x || place.x > other.right();
                if place.right() <= chart.right() && taken.iter().all(apart) {
                    painter.text(place, &label, Role::Dim);
                    taken.push(place);
                }
            }
        }
        taken
    }
}

/// The height of a bar in eighths of a row, in a chart `rows` high.
pub(super) fn eighths(count: u32, highest: u32, rows: u16) -> u32 {
    let all = u64::from(rows) * 8;
    let height = (u64::from(count) * all).div_ceil(u64::from(highest.max(1)));
    u32::try_from(height.min(all)).unwrap_or(0)
}

/// The axis label of a slot: a year if `is_major`, else a month or a day, if one begins there.
fn label(unit: TimeUnit, slot: TimeSlot, is_major: bool) -> Option<String> {
    let (first, last) = (unit.first_day(slot)?, unit.last_day(slot)?);
    // Labels go under the slot in which a month or a year begins.
    let month_of = |day: Date| (day.year(), day.month());
    let before = first.yesterday().ok()?;
    let begins_month = month_of(before) != month_of(last);
    let begins_year = before.year() != last.year();
    match (unit, is_major) {
        (_, true) => begins_year.then(|| last.year().to_string()),
        (TimeUnit::Day, false)
            if first.weekday() == jiff::civil::Weekday::Monday || begins_month =>
        {
            Some(first.strftime("%-d %b").to_string())
        }
        (TimeUnit::Day, false) => None,
        (TimeUnit::Week | TimeUnit::Month, false) => {
            begins_month.then(|| last.strftime("%b").to_string())
        }
    }
}

/// `16–22 Mar 2026, week 12 · 5 quotations in 3 articles`
fn heading(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let timeline = &model.screens.timeline;
    let when = when(timeline);
    let row = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let x = painter.cut(row, &when, Role::Heading);
    let rest = Rect {
        x,
        width: row.right().saturating_sub(x),
        ..row
    };
    let held = timeline.subject.in_words(timeline.selected_bar());
    let articles = &timeline.articles.rows;
    let n_apart = model
        .screens
        .contents
        .groups
        .without_copies(articles.iter().copied());
    let copies = if n_apart < articles.len() {
        match articles.len() - n_apart {
            1 => " (1 copy)".to_owned(),
            copies => format!(" ({copies} copies)"),
        }
    } else {
        String::new()
    };
    painter.cut(rest, &format!(" · {held}{copies}"), Role::Dim);
}

/// The days of the selected bar.
pub(super) fn when(timeline: &TimelineScreen) -> String {
    match timeline.bar {
        Some(slot) => span_of(timeline.unit, slot).unwrap_or_default(),
        None => "no date".to_owned(),
    }
}

/// The days of a bar in words.
fn span_of(unit: TimeUnit, slot: TimeSlot) -> Option<String> {
    let (first, last) = (unit.first_day(slot)?, unit.last_day(slot)?);
    Some(match unit {
        TimeUnit::Day => first.strftime("%A, %-d %b %Y").to_string(),
        TimeUnit::Month => first.strftime("%B %Y").to_string(),
        TimeUnit::Week => {
            let week = first.iso_week_date().week();
            let from = match (first.year() == last.year(), first.month() == last.month()) {
                (true, true) => first.strftime("%-d"),
                (true, false) => first.strftime("%-d %b"),
                (false, _) => first.strftime("%-d %b %Y"),
            };
            format!("{from}–{}, week {week}", last.strftime("%-d %b %Y"))
        }
    })
}
