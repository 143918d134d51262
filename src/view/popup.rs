//! A box of text over the screen, such as why a speaker was chosen or facts about an article.

use ratatui::layout::Rect;

use super::frame::outline;
use super::paint::Painter;
use crate::app::{Model, Popup};
use crate::config::Role;
use crate::text::width::wrap;

/// Draws the text in a box in the middle of the screen.
pub(super) fn draw(model: &Model, popup: &Popup, painter: &mut Painter<'_>) {
    let screen = model.window.regions.screen;
    let width = box_width(screen);
    let inner = width.saturating_sub(4);
    let lines: Vec<String> = popup
        .text
        .lines()
        .flat_map(|line| wrap(line, inner))
        .collect();
    let area = box_area(screen, width, lines.len());
    painter.ground(area);
    outline(painter, area, Role::BorderFocused);
    let row = |y| Rect::new(area.x + 2, y, inner, 1);
    painter.cut(row(area.y), &format!(" {} ", popup.title), Role::PaneTitle);
    let bottom = area.bottom().saturating_sub(1);
    for (y, line) in (area.y + 1..bottom).zip(&lines) {
        painter.text(row(y), line, Role::Text);
    }
}

/// Wide enough for comfortable lines; nearly the full width of a narrow screen.
fn box_width(screen: Rect) -> u16 {
    screen
        .width
        .saturating_sub(2)
        .min(72)
        .max(screen.width.min(18))
}

/// A box for `lines` lines, slightly above the middle of the screen.
fn box_area(screen: Rect, width: u16, lines: usize) -> Rect {
    let height = u16::try_from(lines)
        .unwrap_or(u16::MAX)
        .saturating_add(2)
        .min(screen.height);
    Rect {
        x: (screen.width - width) / 2,
        y: (screen.height - height) / 3,
        width,
        height,
    }
}
