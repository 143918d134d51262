//! A text over the screen: why this speaker, what this article is.

use ratatui::layout::Rect;

use super::paint::Painter;
use crate::app::{Model, Popup};
use crate::config::Role;
use crate::text::display::safe;
use crate::text::width::text_width;

/// Draws the text in a box in the middle of the screen.
pub(super) fn draw(model: &Model, popup: &Popup, painter: &mut Painter<'_>) {
    let screen = model.regions.screen;
    let width = screen
        .width
        .saturating_sub(2)
        .min(72)
        .max(screen.width.min(18));
    let inner = width.saturating_sub(4);
    let lines: Vec<String> = popup
        .text
        .lines()
        .flat_map(|line| wrap(line, inner))
        .collect();
    let height = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .saturating_add(2)
        .min(screen.height);
    let area = Rect {
        x: (screen.width - width) / 2,
        y: (screen.height - height) / 3,
        width,
        height,
    };
    painter.ground(area);
    let right = area.right().saturating_sub(1);
    let bottom = area.bottom().saturating_sub(1);
    for (edge, symbol) in [
        (Rect { height: 1, ..area }, "─"),
        (
            Rect {
                y: bottom,
                height: 1,
                ..area
            },
            "─",
        ),
        (Rect { width: 1, ..area }, "│"),
        (
            Rect {
                x: right,
                width: 1,
                ..area
            },
            "│",
        ),
        (Rect::new(area.x, area.y, 1, 1), "┌"),
        (Rect::new(right, area.y, 1, 1), "┐"),
        (Rect::new(area.x, bottom, 1, 1), "└"),
        (Rect::new(right, bottom, 1, 1), "┘"),
    ] {
        painter.line(edge, symbol, Role::BorderFocused);
    }
    let title = format!(" {} ", popup.title);
    painter.cut(
        Rect {
            x: area.x + 2,
            width: inner,
            height: 1,
            ..area
        },
        &title,
        Role::PaneTitle,
    );
    for (row, line) in (area.y + 1..bottom).zip(&lines) {
        painter.text(Rect::new(area.x + 2, row, inner, 1), line, Role::Text);
    }
}

fn wrap(text: &str, columns: u16) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in safe(text).split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if text_width(line) + 1 + text_width(word) <= usize::from(columns) {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
