//! Text as bytes, code points, graphemes and columns: the ground every other module stands on.
//!
//! Nothing here knows what an article is.

pub mod offsets;
pub mod segment;
pub mod span;
mod tokens;

pub use span::Span;
