//! Borders and titles of the panes.

use ratatui::layout::Rect;

use super::paint::{Painter, columns};
use crate::app::contents::Contents;
use crate::app::side::Section;
use crate::app::{Focus, Model};
use crate::config::{Role, Screen};
use crate::text::width::text_width;

/// The frame of the reader with the panes beside it.
pub(super) fn reader(model: &Model, painter: &mut Painter<'_>) {
    let regions = &model.window.regions;
    let title = model.reading.title(&model.folder.library);
    let number = model.reading.number(&model.folder, model.window.size.0);
    if !regions.boxed {
        if let Some(area) = regions.title {
            plain_title(painter, area, &title, &number);
        }
        return;
    }
    boxes(model, painter);
    let top = top_edge(regions.text);
    let number = with_minutes(model, &title, &number, top.width);
    head(painter, top, &title, &number);
    if let Some(list) = regions.list {
        head(painter, top_edge(list), &Contents::name(&model.folder), "");
    }
    if let Some(side) = regions.side {
        tabs(model, painter, top_edge(side));
    }
}

/// The boxes of the panes. The focused one is tinted last, so its style wins at shared corners.
fn boxes(model: &Model, painter: &mut Painter<'_>) {
    let regions = &model.window.regions;
    let panes = regions.list.into_iter().chain(regions.side);
    for area in panes.chain([regions.text]) {
        outline(painter, area, Role::Border);
    }
    join(painter, model);
    let focused = match model.window.focus {
        Focus::Text => None,
        Focus::Side => regions.side,
        Focus::List => regions.list,
    };
    if let Some(area) = focused {
        tint_frame(painter, area);
    }
}

/// The top border of a box without its corners, where the title goes.
fn top_edge(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        width: area.width.saturating_sub(4),
        height: 1,
        ..area
    }
}

/// The frame of a screen that covers the reader.
pub(super) fn screen(model: &Model, screen: Screen, painter: &mut Painter<'_>) {
    let (title, count) = heading(model, screen);
    let regions = &model.window.regions;
    if !regions.boxed {
        if let Some(area) = regions.title {
            plain_title(painter, area, &title, &count);
        }
        return;
    }
    let Rect { width, height, .. } = regions.screen;
    let area = Rect::new(0, 0, width, height.saturating_sub(2));
    outline(painter, area, Role::BorderFocused);
    head(painter, top_edge(area), &title, &count);
}

/// Title and count of a screen.
pub(super) fn heading(model: &Model, screen: Screen) -> (String, String) {
    let at = model.surroundings();
    match model.screens.get(screen) {
        Some(screen) => (screen.title(at), screen.count(at)),
        None => (String::new(), String::new()),
    }
}

/// The article number, with the reading time before it unless the page already shows that below the title
/// or there is no room.
fn with_minutes(model: &Model, title: &str, number: &str, width: u16) -> String {
    let laid_out = model.reading.reader.laid_out_for();
    let is_said = laid_out.is_some_and(|(measure, _)| !measure.preface.facts.is_empty());
    let entry = model
        .reading
        .reader
        .article
        .and_then(|id| model.folder.library.article(id));
    let survey = entry.and_then(|entry| entry.survey).filter(|_| !is_said);
    let long = survey.map(|survey| format!("{} min ─ {number}", survey.minutes()));
    let fits = |long: &String| text_width(title) + text_width(long) + 8 <= usize::from(width);
    match long {
        Some(long) if fits(&long) => long,
        _ => number.to_owned(),
    }
}

fn plain_title(painter: &mut Painter<'_>, area: Rect, title: &str, number: &str) {
    let width = columns(number);
    let room = Rect {
        width: area.width.saturating_sub(width + 1),
        height: 1,
        ..area
    };
    painter.cut(room, title, Role::PaneTitle);
    painter.right(Rect { height: 1, ..area }, number, Role::Dim);
    painter.line(
        Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        },
        "─",
        Role::Border,
    );
}

/// A title at the left and a number at the right of a top border.
fn head(painter: &mut Painter<'_>, area: Rect, title: &str, number: &str) {
    let width = columns(number);
    let taken = if width == 0 { 0 } else { width + 3 };
    let room = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(taken + 2),
        ..area
    };
    let end = painter.cut(room, title, Role::PaneTitle);
    for x in [area.x, end] {
        painter.text(
            Rect {
                x,
                width: 1,
                ..area
            },
            " ",
            Role::PaneTitle,
        );
    }
    if width > 0 {
        painter.right(area, &format!(" {number} "), Role::Dim);
    }
}

fn tabs(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let mut x = area.x;
    for section in Section::ALL {
        let is_open = model.window.focus == Focus::Side && model.screens.side.section == section;
        let role = if is_open { Role::PaneTitle } else { Role::Dim };
        let title = format!(" {} ", section.title());
        if x + columns(&title) > area.right() {
            break;
        }
        x = painter.text(
            Rect {
                x,
                width: area.right() - x,
                ..area
            },
            &title,
            role,
        ) + 1;
    }
}

/// The border of a box with its corners.
pub(super) fn outline(painter: &mut Painter<'_>, area: Rect, role: Role) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    painter.line(Rect { height: 1, ..area }, "─", role);
    painter.line(
        Rect {
            y: bottom,
            height: 1,
            ..area
        },
        "─",
        role,
    );
    painter.line(Rect { width: 1, ..area }, "│", role);
    painter.line(
        Rect {
            x: right,
            width: 1,
            ..area
        },
        "│",
        role,
    );
    for (x, y, corner) in [
        (area.x, area.y, "┌"),
        (right, area.y, "┐"),
        (area.x, bottom, "└"),
        (right, bottom, "┘"),
    ] {
        painter.line(Rect::new(x, y, 1, 1), corner, role);
    }
}

/// Draws junctions where boxes share a border.
fn join(painter: &mut Painter<'_>, model: &Model) {
    let regions = &model.window.regions;
    let bottom = regions.text.bottom().saturating_sub(1);
    let left = regions.list.map(|_| regions.text.x);
    let right = regions.side.map(|side| side.x);
    for x in left.into_iter().chain(right) {
        painter.line(Rect::new(x, regions.text.y, 1, 1), "┬", Role::Border);
        painter.line(Rect::new(x, bottom, 1, 1), "┴", Role::Border);
    }
}

fn tint_frame(painter: &mut Painter<'_>, area: Rect) {
    let (right, bottom) = (
        area.right().saturating_sub(1),
        area.bottom().saturating_sub(1),
    );
    for edge in [
        Rect { height: 1, ..area },
        Rect {
            y: bottom,
            height: 1,
            ..area
        },
        Rect { width: 1, ..area },
        Rect {
            x: right,
            width: 1,
            ..area
        },
    ] {
        painter.tint(edge, Role::BorderFocused);
    }
}
