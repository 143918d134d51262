//! The countries: a list with bars, and a map shaded by how often each is mentioned.
//!
//! Mentioned countries are drawn with all their dots and the others as outlines, so color is not needed.

use ratatui::layout::Rect;

use super::lists::{no_match, nothing, rows};
use super::paint::Painter;
use crate::analysis::CountryCode;
use crate::app::Model;
use crate::app::screens::world::{CountryScope, WorldScreen};
use crate::config::Role;
use crate::lexicon::gazetteer;
use crate::text::width::text_width;
use crate::world::{Cell, Map};

/// A braille cell without dots, which is not drawn.
const EMPTY: char = '\u{2800}';

/// Draws the list and, where there is room, the map.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let (list_area, map_area) = WorldScreen::areas(area);
    list(model, painter, list_area);
    if let (Some(area), Some(map)) = (map_area, &model.atlas.map) {
        painter.line(
            Rect {
                x: area.x - 1,
                width: 1,
                ..area
            },
            "│",
            Role::Border,
        );
        self::map(model, painter, area, map);
    }
}

fn list(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let list = &model.world;
    if list.rows.is_empty() {
        let text = if list.filter.is_empty() {
            "no countries mentioned".to_owned()
        } else {
            no_match("country", &list.filter)
        };
        nothing(painter, area, &text);
    }
    let most = model
        .atlas
        .counts
        .first()
        .map_or(1, |(_, count)| *count)
        .max(1);
    rows(
        painter,
        area,
        (list.selection, list.rows.len()),
        |painter, row, index| {
            let Some(&code) = list.rows.get(index) else {
                return;
            };
            let count = model.atlas.count(code);
            let counts = format!("{count} ");
            let name_width = row.width.min(28).saturating_sub(1);
            let name = Rect {
                x: row.x + 1,
                width: name_width,
                ..row
            };
            painter.cut(
                name,
                &format!("{} {}", code.as_str(), gazetteer::name(code)),
                Role::Text,
            );
            let taken = u16::try_from(counts.len()).unwrap_or(0);
            let room = row.right().saturating_sub(name.right() + taken + 1);
            let length = u64::from(room) * u64::from(count) / u64::from(most);
            let length = u16::try_from(length)
                .unwrap_or(0)
                .clamp(u16::from(room > 0), room);
            painter.line(
                Rect {
                    x: name.right(),
                    width: length,
                    ..row
                },
                "█",
                Role::Bar,
            );
            painter.right(row, &counts, Role::Dim);
        },
    );
}

fn map(model: &Model, painter: &mut Painter<'_>, area: Rect, map: &Map) {
    let selected = model.world.selected().copied();
    let most = model
        .atlas
        .counts
        .first()
        .map_or(1, |(_, count)| *count)
        .max(1);
    for row in 0..map.size.rows.min(area.height) {
        for column in 0..map.size.columns.min(area.width) {
            let Some(cell) = map.cell(column, row) else {
                continue;
            };
            let place = Rect::new(area.x + column, area.y + row, 1, 1);
            let (symbol, role) = look(model, map, *cell, (selected, most));
            if symbol != EMPTY {
                painter.text(place, symbol.encode_utf8(&mut [0; 4]), role);
            }
        }
    }
    legend(
        model,
        painter,
        Rect {
            y: area.bottom() - 1,
            height: 1,
            ..area
        },
        selected,
    );
}

/// The symbol and role of a map cell: outlines of land, and mentioned countries filled.
fn look(
    model: &Model,
    map: &Map,
    cell: Cell,
    (selected, most): (Option<CountryCode>, u32),
) -> (char, Role) {
    let count = cell.country.map_or(0, |code| model.atlas.count(code));
    let is_selected = cell.country.is_some() && cell.country == selected;
    if cell.marker && (count > 0 || is_selected) {
        return (
            '●',
            if is_selected {
                Role::CountrySelected
            } else {
                Role::Bar
            },
        );
    }
    if is_selected {
        return (map.dots.glyph(cell.own | cell.edge), Role::CountrySelected);
    }
    if count == 0 {
        return (map.dots.glyph(cell.edge), Role::Dim);
    }
    // Countries with few mentions are drawn fainter.
    let role = if u64::from(count) * 10 < u64::from(most) {
        Role::Text
    } else {
        Role::Bar
    };
    (map.dots.glyph(cell.own | cell.edge), role)
}

/// The selected country with its flag and counts.
fn legend(model: &Model, painter: &mut Painter<'_>, area: Rect, selected: Option<CountryCode>) {
    let Some(code) = selected else { return };
    let articles = model
        .library
        .country(code)
        .map_or(0, |totals| totals.articles);
    let articles = match articles {
        1 => "1 article".to_owned(),
        count => format!("{count} articles"),
    };
    let mentions = match model.atlas.count(code) {
        1 => "1 mention".to_owned(),
        count => format!("{count} mentions"),
    };
    let place = match model.atlas.scope {
        CountryScope::Folder => format!("in {articles}"),
        CountryScope::Article => format!("here, {articles} in the folder"),
        CountryScope::Search => format!("in the search, {articles} in the folder"),
    };
    let (flag, name) = (code.flag(), gazetteer::name(code));
    let text = format!("{flag} {name} · {mentions} {place} · Enter opens the first");
    let width = u16::try_from(text_width(&text))
        .unwrap_or(area.width)
        .min(area.width);
    let x = area.x + (area.width - width) / 2;
    painter.cut(Rect { x, width, ..area }, &text, Role::Status);
}
