//! The window: its panes and rectangles, the mouse in them, and how the text is set.

pub mod geometry;
pub(super) mod looks;
pub(super) mod mouse;
pub(super) mod panes;
