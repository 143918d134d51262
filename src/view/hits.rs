//! The hits of a search in the folder: one line each under the title of its article, and a preview.

use ratatui::layout::Rect;

use super::lists::rows;
use super::paint::Painter;
use crate::app::Model;
use crate::app::hits::{Hit, Hits};
use crate::config::Role;

/// Draws the hits.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let hits = &model.hits;
    if hits.found.is_empty() {
        nothing(hits, painter, area);
        return;
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
