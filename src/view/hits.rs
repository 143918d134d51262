//! The hits of a search in the folder: one line each under the title of its article, and a preview.

use ratatui::layout::Rect;

use super::paint::Painter;
use crate::app::Model;
use crate::config::Role;

/// Draws the hits.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let hits = &model.hits;
    if hits.found.is_empty() {
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
        return;
    }
    let mut last = None;
    let window = hits
        .selection
        .window(hits.found.len(), usize::from(area.height));
    for (row, index) in (0..).zip(window) {
        let Some(hit) = hits.found.get(index) else {
            continue;
        };
        let row = Rect {
            y: area.y + row,
            height: 1,
            ..area
        };
        let title_width = (area.width / 3).clamp(8, 36);
        let title = Rect {
            x: row.x + 1,
            width: title_width.saturating_sub(2),
            ..row
        };
        if last != Some(hit.article) {
            let entry = model.library.entry(hit.article);
            painter.cut(
                title,
                entry.map_or("", |entry| entry.title()),
                Role::Heading,
            );
            last = Some(hit.article);
        }
        let x = row.x + title_width;
        let context = Rect {
            x,
            width: row.right().saturating_sub(x),
            ..row
        };
        let shown = hit.snippet.narrowed(usize::from(context.width));
        painter.highlighted(
            context,
            &shown.text,
            shown.highlight,
            [Role::Text, Role::Match],
        );
        if index == hits.selection.row {
            painter.tint(row, Role::Selection);
        }
    }
}
