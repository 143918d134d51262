//! Draws the model: [`draw`] reads it and fills a buffer of cells.
//!
//! Nothing here changes state or decides sizes; those come from
//! [`geometry`](crate::app::window::geometry). All text from articles and file names is sanitized in
//! [`paint`] before it becomes a cell. [`Narrator`] renders the same model as lines of text for screen readers.

mod corrections;
mod echoes;
mod frame;
mod hits;
mod lists;
mod narrator;
mod paint;
mod people;
mod popup;
mod side;
mod speaker_quotes;
mod status;
mod text;
mod timeline;
mod world;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::Model;
use crate::app::window::geometry::{SMALLEST, list_area, side_area};
use crate::config::{Role, Screen};

pub use narrator::Narrator;
use paint::Painter;

/// The parts of a frame that are not cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawn {
    /// Where to show the cursor, if it is visible.
    pub cursor: Option<Position>,
    /// The cells of links.
    pub links: Vec<Linked>,
    /// The rows of the article text, which often scroll as a block.
    pub text: Rect,
}

/// Cells of one row that are part of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// The cells.
    pub area: Rect,
    /// The link target, in printable ASCII.
    pub target: String,
    /// Identifies the link; all its pieces share it.
    pub id: u32,
}

/// Draws the model into `buffer` and returns the rest of the frame.
#[must_use]
pub fn draw(model: &Model, buffer: &mut Buffer) -> Drawn {
    let mut painter = Painter::new(buffer, &model.window.looks.theme);
    painter.tint(model.window.regions.screen, Role::Text);
    let mut drawn = Drawn::default();
    if model.window.regions.is_too_small() {
        too_small(model, &mut painter);
        return drawn;
    }
    match model.window.covers.last() {
        None => {
            frame::reader(model, &mut painter);
            drawn.links = text::columns(model, &mut painter);
            drawn.text = model
                .window
                .regions
                .columns
                .first()
                .copied()
                .unwrap_or_default();
            if model.window.regions.side.is_some() {
                side::draw(model, &mut painter, side_area(&model.window.regions));
            }
            if let Some(list) = model.window.regions.list {
                lists::beside(model, &mut painter, list);
            }
        }
        Some(screen) => covering(model, *screen, &mut painter),
    }
    drawn.cursor = status::draw(model, &mut painter);
    if let Some(popup) = &model.window.popup {
        popup::draw(model, popup, &mut painter);
        return Drawn::default();
    }
    drawn
}

fn covering(model: &Model, screen: Screen, painter: &mut Painter<'_>) {
    frame::screen(model, screen, painter);
    let area = list_area(&model.window.regions);
    match screen {
        Screen::Contents => lists::contents(model, painter, area),
        Screen::People => people::draw(model, painter, area),
        Screen::World => world::draw(model, painter, area),
        Screen::Saved => lists::saved(model, painter, area),
        Screen::Timeline => timeline::draw(model, painter, area),
        Screen::Echoes => echoes::draw(model, painter, area),
        Screen::SpeakerQuotes => speaker_quotes::draw(model, painter, area),
        Screen::Correction => corrections::draw(model, painter, area),
        Screen::Links => lists::links(model, painter, area),
        Screen::Help => lists::help(model, painter, area),
        Screen::Hits => hits::draw(model, painter, area),
        Screen::Side => side::draw(model, painter, side_area(&model.window.regions)),
        plain => lists::plain(model, plain, painter, area),
    }
}

fn too_small(model: &Model, painter: &mut Painter<'_>) {
    let Rect { width, height, .. } = model.window.regions.screen;
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
