//! What the model looks like: cells of a buffer, nothing else.
//!
//! [`draw`] reads the model and fills a buffer; it decides no sizes (those are
//! [`geometry`](crate::app::geometry)'s) and changes no state. Every word of an article, a title or a
//! file name passes [`paint`]'s filter before it becomes a cell.

mod correct;
mod echoes;
mod frame;
mod hits;
mod lists;
mod paint;
mod people;
mod popup;
mod said;
mod side;
mod status;
mod text;
mod timeline;
mod world;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::geometry::{SMALLEST, list_area, side_area};
use crate::app::{Model, Screen};
use crate::config::Role;

use paint::Painter;

/// Draws the model; tells where the cursor shows, when it does.
#[must_use]
pub fn draw(model: &Model, buffer: &mut Buffer) -> Option<Position> {
    let mut painter = Painter::new(buffer, &model.looks.theme);
    painter.tint(model.regions.screen, Role::Text);
    if model.regions.is_too_small() {
        too_small(model, &mut painter);
        return None;
    }
    match model.screens.last() {
        None => {
            frame::reader(model, &mut painter);
            text::columns(model, &mut painter);
            if model.regions.side.is_some() {
                side::draw(model, &mut painter, side_area(&model.regions));
            }
            if let Some(list) = model.regions.list {
                lists::beside(model, &mut painter, list);
            }
        }
        Some(screen) => covering(model, *screen, &mut painter),
    }
    let cursor = status::draw(model, &mut painter);
    if let Some(popup) = &model.popup {
        popup::draw(model, popup, &mut painter);
        return None;
    }
    cursor
}

fn covering(model: &Model, screen: Screen, painter: &mut Painter<'_>) {
    frame::screen(model, screen, painter);
    let area = list_area(&model.regions);
    match screen {
        Screen::Contents => lists::contents(model, painter, area),
        Screen::People => people::draw(model, painter, area),
        Screen::World => world::draw(model, painter, area),
        Screen::Saved => lists::saved(model, painter, area),
        Screen::Timeline => timeline::draw(model, painter, area),
        Screen::Echoes => echoes::draw(model, painter, area),
        Screen::Said => said::draw(model, painter, area),
        Screen::Correct => correct::draw(model, painter, area),
        Screen::Links => lists::links(model, painter, area),
        Screen::Help => lists::help(model, painter, area),
        Screen::Hits => hits::draw(model, painter, area),
        Screen::Side => side::draw(model, painter, side_area(&model.regions)),
    }
}

fn too_small(model: &Model, painter: &mut Painter<'_>) {
    let Rect { width, height, .. } = model.regions.screen;
    let text = format!(
        "{width}×{height} is too small: {}×{} needed",
        SMALLEST.0, SMALLEST.1
    );
    let short = format!("{}×{} needed", SMALLEST.0, SMALLEST.1);
    let text = if crate::text::width::text_width(&text) > usize::from(width) {
        short
    } else {
        text
    };
    painter.text(Rect::new(0, height / 2, width, 1), &text, Role::Warning);
}
