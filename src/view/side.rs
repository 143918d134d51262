//! The side panel: speakers, the quotations of the selected speaker, and countries.

use ratatui::layout::Rect;

use super::paint::{Painter, bar_length, columns};
use crate::analysis::QuotationKind;
use crate::app::side::{CountryKind, CountryRow, QuotationRow, Section, SpeakerRow};
use crate::app::{Focus, Model};
use crate::config::{Role, Screen};
use crate::lexicon::gazetteer;
use crate::library::ArticleView;
use crate::text::width::text_width;

/// The narrowest panel with column headings over the counts.
const HEADED: u16 = 28;

/// Draws the panel.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    if model.reading.reader.document().is_none() {
        return;
    }
    if model.reading.reader.analysis().is_none() {
        painter.text(
            Rect { height: 1, ..area },
            "finding quotations …",
            Role::Dim,
        );
        return;
    }
    let sections = model.screens.side.sections(area);
    for (section, heading) in Section::ALL.into_iter().zip(sections.headings) {
        let is_open = sections.area(section).height > 0;
        head(model, painter, heading, (section, is_open));
        let rows = Rows {
            model,
            section,
            area: sections.area(section),
            per: sections.rows_per(section),
        };
        rows.draw(painter);
    }
    if let Some(strip) = model.screens.side.strip(area) {
        timeline(model, painter, strip);
    }
}

/// A small bar chart of when the speaker was quoted.
fn timeline(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let row = |y: u16| Rect {
        y: area.y + y,
        height: 1,
        ..area
    };
    let data = &model.screens.side.timeline;
    let Some((first, last)) = data.days() else {
        return;
    };
    let Some(who) = model.screens.side.shown_speaker(&model.reading.reader) else {
        return;
    };
    let (_, short) = who.name().rsplit_once(' ').unwrap_or(("", who.name()));
    let x = painter.text(row(0), "TIMELINE", Role::Heading);
    let rest = Rect {
        x,
        width: area.right().saturating_sub(x),
        ..row(0)
    };
    painter.cut(rest, &format!(" · {short}"), Role::Heading);
    let bars = data.squeezed(area.width);
    let highest = bars.iter().fold(1, |highest, count| highest.max(*count));
    let signs = super::timeline::signs(model.window.dots);
    for (x, count) in (area.x..area.right()).zip(bars) {
        let height = super::timeline::eighths(count, highest, 1) as usize;
        if let Some(sign) = height.checked_sub(1).and_then(|at| signs.get(at)) {
            let cell = Rect {
                x,
                width: 1,
                ..row(1)
            };
            painter.text(cell, sign, Role::Bar);
        }
    }
    let format = if first.year() == last.year() {
        "%-d %b"
    } else {
        "%b %Y"
    };
    painter.text(row(2), &first.strftime(format).to_string(), Role::Dim);
    painter.right(row(2), &last.strftime(format).to_string(), Role::Dim);
}

fn head(model: &Model, painter: &mut Painter<'_>, area: Rect, (section, is_open): (Section, bool)) {
    if area.height == 0 {
        return;
    }
    let counts = area.width >= HEADED;
    let counts_head = |len: usize| match (is_open, len) {
        (_, 0) => String::new(),
        (true, _) if counts => "this article / all".to_owned(),
        (true, _) => String::new(),
        (false, len) => len.to_string(),
    };
    match section {
        Section::Speakers => {
            painter.text(area, "SPEAKERS", Role::Heading);
            painter.right(
                area,
                &counts_head(model.screens.side.speakers.len()),
                Role::Dim,
            );
        }
        Section::Countries => {
            painter.text(area, "COUNTRIES", Role::Heading);
            painter.right(
                area,
                &counts_head(model.screens.side.countries.len()),
                Role::Dim,
            );
        }
        Section::Quotations => {
            let who = model.screens.side.shown_speaker(&model.reading.reader);
            let here = model
                .screens
                .side
                .quotations
                .iter()
                .filter(|row| matches!(row, QuotationRow::Here(_)));
            let folder = model.screens.side.n_in_folder(&model.reading.reader);
            let count = here.count();
            let count = match folder {
                Some(folder) => format!("{count}/{folder}"),
                None => count.to_string(),
            };
            let room = Rect {
                width: area.width.saturating_sub(columns(&count) + 1),
                ..area
            };
            let x = painter.text(room, "QUOTES", Role::Heading);
            if let Some(who) = who {
                let rest = Rect {
                    x,
                    width: room.right().saturating_sub(x),
                    ..room
                };
                painter.cut(rest, &format!(" · {}", who.name()), Role::Heading);
                painter.right(area, &count, Role::Dim);
            }
        }
    }
}

/// The rows of one list.
struct Rows<'a> {
    model: &'a Model,
    section: Section,
    area: Rect,
    per: u16,
}

impl Rows<'_> {
    fn draw(&self, painter: &mut Painter<'_>) {
        let side = &self.model.screens.side;
        let len = side.len(self.section);
        if len == 0 {
            let text = match self.section {
                Section::Speakers => "no quotations",
                Section::Quotations => "",
                Section::Countries => "none mentioned",
            };
            painter.text(
                Rect {
                    height: self.area.height.min(1),
                    ..self.area
                },
                text,
                Role::Dim,
            );
            return;
        }
        let selection = side.selection_of(self.section);
        let height = usize::from(self.area.height / self.per.max(1));
        for (slot, index) in (0..).zip(selection.window(len, height)) {
            let row = Rect {
                y: self.area.y + slot * self.per,
                height: self.per,
                ..self.area
            };
            let is_selected = index == selection.row;
            self.row(painter, row, index, is_selected);
            if is_selected {
                let has_keys = self.model.window.focus == Focus::Side
                    || self.model.window.covers.last() == Some(&Screen::Side);
                let is_focused = has_keys && side.section == self.section;
                let role = if is_focused {
                    Role::Selection
                } else {
                    Role::SelectionInactive
                };
                painter.tint(row, role);
            }
        }
        let hidden = len.saturating_sub(selection.top + height);
        if hidden > 0 && self.area.height > 0 {
            let last = Rect {
                y: self.area.bottom(),
                height: 1,
                ..self.area
            };
            painter.right(last, &format!("… {hidden} more"), Role::Dim);
        }
    }

    fn row(&self, painter: &mut Painter<'_>, area: Rect, index: usize, is_selected: bool) {
        let first = Rect { height: 1, ..area };
        let mark = if is_selected { "▸ " } else { "  " };
        let x = painter.text(first, mark, Role::Text);
        let inner = Rect {
            x,
            width: first.right().saturating_sub(x),
            ..first
        };
        let side = &self.model.screens.side;
        match self.section {
            Section::Speakers => self.speaker(painter, inner, &side.speakers[index]),
            Section::Quotations => match side.quotations[index] {
                QuotationRow::Here(quotation) => self.quotation(painter, inner, quotation),
                QuotationRow::Elsewhere(id, count) => {
                    if let Some(entry) = self.model.folder.library.article(id) {
                        self.elsewhere(painter, inner, &entry, count);
                    }
                }
            },
            Section::Countries => self.country(painter, inner, &side.countries[index]),
        }
    }

    fn speaker(&self, painter: &mut Painter<'_>, area: Rect, row: &SpeakerRow) {
        let counts = self.counts(row.here, row.folder);
        let name = Rect {
            width: area.width.saturating_sub(columns(&counts)),
            ..area
        };
        let role = if row.speaker.is_none() {
            Role::Dim
        } else {
            Role::Speaker
        };
        painter.cut(name, row.name(&self.model.reading.reader), role);
        painter.right(area, &counts, Role::Dim);
        if self.per > 1
            && let Some(office) = row.role(&self.model.reading.reader)
        {
            painter.cut(below(area, 2), office, Role::Dim);
        }
    }

    /// Counts for this article and the folder, aligned with the headings when there are any.
    fn counts(&self, here: u32, folder: Option<u32>) -> String {
        let folder = match folder {
            Some(folder) => folder.to_string(),
            None => "—".to_owned(),
        };
        if self.area.width >= HEADED {
            format!("{here:>4} {folder:>6}")
        } else {
            format!("{here:>2} {folder:>4}")
        }
    }

    fn quotation(&self, painter: &mut Painter<'_>, area: Rect, index: usize) {
        let reader = &self.model.reading.reader;
        let (Some(quotation), Some(document)) = (reader.quotations().get(index), reader.document())
        else {
            return;
        };
        let page = match &reader.pages {
            Some(pages) => format!("p{} ", pages.page_of(quotation.span.start) + 1),
            None => String::new(),
        };
        let x = painter.text(area, &page, Role::Dim);
        let room = Rect {
            x,
            width: area.right().saturating_sub(x),
            ..area
        };
        let words = quotation.span.of(&document.text);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let (first, rest) = wrap(&words, usize::from(room.width));
        if self.per == 1 {
            painter.cut(room, &words, Role::Text);
            return;
        }
        painter.cut(room, first, Role::Text);
        let second = below(area, columns(&page));
        if !rest.is_empty() {
            painter.cut(second, rest, Role::Text);
        } else if quotation.kind == QuotationKind::Indirect {
            painter.text(second, "(indirect)", Role::Dim);
        }
    }

    fn elsewhere(&self, painter: &mut Painter<'_>, area: Rect, entry: &ArticleView, count: u32) {
        let survey = entry.survey.as_ref();
        let date = survey.and_then(|survey| {
            super::lists::date_of(survey, |day| day.strftime("%-d %b ").to_string())
        });
        let date = date.unwrap_or_default();
        let count = format!(" {count}");
        let room = Rect {
            width: area.width.saturating_sub(columns(&count)),
            ..area
        };
        let x = painter.text(room, &date, Role::Dim);
        let rest = Rect {
            x,
            width: room.right().saturating_sub(x),
            ..room
        };
        painter.cut(rest, entry.title(), Role::Text);
        painter.right(area, &count, Role::Dim);
        if self.per > 1 {
            painter.cut(below(area, 2), &entry.path, Role::Dim);
        }
    }

    fn country(&self, painter: &mut Painter<'_>, area: Rect, row: &CountryRow) {
        let name = gazetteer::name(row.code);
        if let CountryKind::Implied(place) = &row.kind {
            // The article names a place, not the country: dimmed, without counts.
            painter.cut(area, &format!("{place} ({name})"), Role::Dim);
            return;
        }
        let counts = self.counts(row.here, row.folder);
        let rows = &self.model.screens.side.countries;
        let most = rows.iter().fold(1, |most, row| most.max(row.here));
        let room = area.width.saturating_sub(columns(&counts));
        let bar_room = if room >= 18 { (room - 12).min(8) } else { 0 };
        let name_area = Rect {
            width: room.saturating_sub(bar_room + 1),
            ..area
        };
        let mark = if row.kind == CountryKind::Uncertain {
            "? "
        } else {
            ""
        };
        painter.cut(name_area, &format!("{mark}{name}"), Role::Text);
        let bar = Rect {
            x: name_area.right() + 1,
            width: bar_length(row.here, most, bar_room),
            ..area
        };
        painter.line(bar.intersection(area), "█", Role::Bar);
        painter.right(area, &counts, Role::Dim);
    }
}

/// The row below `area`, indented.
fn below(area: Rect, indent: u16) -> Rect {
    Rect {
        x: area.x + indent,
        y: area.y + 1,
        width: area.width.saturating_sub(indent),
        height: 1,
    }
}

/// Splits a text into the words that fit on a line and the rest.
fn wrap(text: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    let mut split = 0;
    for word in text.split_inclusive(' ') {
        let next = used + text_width(word.trim_end());
        if next > width {
            break;
        }
        used += text_width(word);
        split += word.len();
    }
    // A word wider than the line is cut when it is drawn.
    if split == 0 {
        (text, "")
    } else {
        text.split_at(split)
    }
}
