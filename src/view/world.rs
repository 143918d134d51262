//! The countries: a list with bars, and a map shaded by how often each is mentioned.
//!
//! Mentioned countries are drawn with all their dots and the others as outlines, so color is not needed.

use ratatui::layout::Rect;

use super::lists::{no_match, nothing, rows};
use super::paint::{Painter, bar_length, columns};
use crate::analysis::CountryCode;
use crate::app::Model;
use crate::app::screens::world::{CountryScope, WorldScreen};
use crate::config::Role;
use crate::lexicon::gazetteer;
use crate::world::{Cell, Map};

/// A country mentioned less than a tenth as often as the first is drawn fainter.
const FAINT_BELOW: u64 = 10;

/// The widest name column of the list.
const NAME_COLUMNS: u16 = 28;

/// A braille cell without dots, which is not drawn.
const EMPTY: char = '\u{2800}';

/// Draws the list and, where there is room, the map.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let (list_area, map_area) = WorldScreen::areas(area);
    list(model, painter, list_area);
    if let (Some(area), Some(map)) = (map_area, &model.screens.world.map) {
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
    let list = &model.screens.world.list;
    if list.rows.is_empty() {
        let text = if list.filter.is_empty() {
            "no countries mentioned".to_owned()
        } else {
            no_match("country", &list.filter)
        };
        nothing(painter, area, &text);
    }
    let most = highest_count(model);
    rows(
        painter,
        area,
        (list.selection, list.rows.len()),
        |painter, row, index| {
            let code = list.rows[index];
            let count = model.screens.world.count_of(code);
            let counts = format!("{count} ");
            let name_width = row.width.min(NAME_COLUMNS).saturating_sub(1);
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
            let taken = columns(&counts);
            let room = row.right().saturating_sub(name.right() + taken + 1);
            painter.line(
                Rect {
                    x: name.right(),
                    width: bar_length(count, most, room),
                    ..row
                },
                "█",
                Role::Bar,
            );
            painter.right(row, &counts, Role::Dim);
        },
    );
}

/// The count of the most mentioned country; counts are sorted.
fn highest_count(model: &Model) -> u32 {
    match model.screens.world.counts.first() {
        Some((_, count)) => *count,
        None => 0,
    }
}

fn map(model: &Model, painter: &mut Painter<'_>, area: Rect, map: &Map) {
    let selected = model.screens.world.list.selected().copied();
    let most = highest_count(model);
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
    let count = match cell.country {
        Some(code) => model.screens.world.count_of(code),
        None => 0,
    };
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
    let role = if u64::from(count) * FAINT_BELOW < u64::from(most) {
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
        .folder
        .library
        .country(code)
        .map_or(0, |totals| totals.articles);
    let articles = match articles {
        1 => "1 article".to_owned(),
        count => format!("{count} articles"),
    };
    let mentions = match model.screens.world.count_of(code) {
        1 => "1 mention".to_owned(),
        count => format!("{count} mentions"),
    };
    let place = match model.screens.world.scope {
        CountryScope::Folder => format!("in {articles}"),
        CountryScope::Article => format!("here, {articles} in the folder"),
        CountryScope::Search => format!("in the search, {articles} in the folder"),
    };
    let (flag, name) = (code.flag(), gazetteer::name(code));
    let text = format!("{flag} {name} · {mentions} {place} · Enter opens the first");
    let width = columns(&text).min(area.width);
    let x = area.x + (area.width - width) / 2;
    painter.cut(Rect { x, width, ..area }, &text, Role::Status);
}
