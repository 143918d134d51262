//! The hits of a search in the folder: one line each under the title of its article, and a preview.

use ratatui::layout::Rect;

use super::lists::rows;
use super::paint::Painter;
use crate::app::Model;
use crate::app::hits::{Hit, Hits};
use crate::config::Role;
use crate::text::Span;
use crate::text::width::text_width;

/// Draws the hits.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let hits = &model.hits;
    if hits.found.is_empty() {
        nothing(hits, painter, area);
        return;
    }
    let (area, below) = Hits::areas(area);
    if let (Some(below), Some(hit)) = (below, hits.selected()) {
        surroundings(model, hit, painter, below);
    }
    let mut last = None;
    let shape = (hits.selection, hits.found.len());
    rows(painter, area, shape, |painter, row, index| {
        let Some(hit) = hits.found.get(index) else {
            return;
        };
        let (title, context) = halves(row);
        if last != Some(hit.article) {
            let entry = model.library.entry(hit.article);
            let words = entry.map_or("", |entry| entry.title());
            painter.cut(title, words, Role::Heading);
            last = Some(hit.article);
        }
        preview(hit, painter, context);
    });
}

/// The words around the selected hit, over a few lines, under the path of its article.
fn surroundings(model: &Model, hit: &Hit, painter: &mut Painter<'_>, area: Rect) {
    painter.line(Rect { height: 1, ..area }, "─", Role::Border);
    let path = model
        .library
        .entry(hit.article)
        .map_or("", |entry| entry.path.as_str());
    let head = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        height: 1,
        ..area
    };
    painter.cut(head, &format!(" {path} "), Role::Dim);
    let left = area.x + 2;
    let right = area.right().saturating_sub(2);
    let (mut x, mut y) = (left, area.y + 1);
    let mut at = 0;
    for word in hit.snippet.text.split_inclusive(' ') {
        let span = Span::from_usize(at, at + word.trim_end().len());
        at += word.len();
        let width = u16::try_from(text_width(word.trim_end())).unwrap_or(u16::MAX);
        if x > left && x.saturating_add(width) > right {
            (x, y) = (left, y + 1);
        }
        if y >= area.bottom() {
            return;
        }
        let is_found = span.overlaps(hit.snippet.highlight);
        let role = if is_found { Role::Match } else { Role::Text };
        let room = Rect {
            x,
            y,
            width: right.saturating_sub(x),
            height: 1,
        };
        x = painter.text(room, word.trim_end(), role).saturating_add(1);
    }
}

/// What to type, or why there are no hits.
fn nothing(hits: &Hits, painter: &mut Painter<'_>, area: Rect) {
    let text = match (hits.query.is_empty(), hits.is_searching) {
        (true, _) => "type words; speaker: country: title: before: after: in:quote narrow it",
        (false, true) => "searching …",
        (false, false) => "nothing found",
    };
    let row = Rect {
        x: area.x + 2,
        width: area.width.saturating_sub(2),
        height: area.height.min(1),
        ..area
    };
    painter.cut(row, text, Role::Dim);
}

/// Where the title of the article and where the words around the hit stand in a row.
fn halves(row: Rect) -> (Rect, Rect) {
    let title_width = (row.width / 3).clamp(8, 36);
    let title = Rect {
        x: row.x + 1,
        width: title_width.saturating_sub(2),
        ..row
    };
    let x = row.x + title_width;
    let context = Rect {
        x,
        width: row.right().saturating_sub(x),
        ..row
    };
    (title, context)
}

/// The words around a hit.
fn preview(hit: &Hit, painter: &mut Painter<'_>, area: Rect) {
    let shown = hit.snippet.narrowed(usize::from(area.width));
    let roles = [Role::Text, Role::Match];
    painter.highlighted(area, &shown.text, shown.highlight, roles);
}
