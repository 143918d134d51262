//! What the program is started with.

use super::state::SavedState;
use crate::config::Settings;
use crate::config::theme::{Depth, Ground};
use crate::library::DateOrder;
use crate::world::Dots;

/// What the program is started with.
#[derive(Debug)]
pub struct Start {
    /// The configuration.
    pub settings: Settings,
    /// How many colors the terminal has.
    pub depth: Depth,
    /// The terminal's background, if the environment gives it.
    pub ground: Option<Ground>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Whether links are passed on to the terminal.
    pub links: bool,
    /// How dates are written.
    pub dates: DateOrder,
    /// How maps are drawn.
    pub dots: Dots,
    /// Absolute path of the folder or file read, by which its last article is remembered.
    pub root: String,
    /// Where the reader was.
    pub state: SavedState,
}
