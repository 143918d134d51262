//! Text as bytes, code points, graphemes and columns: the ground every other module stands on.
//!
//! Nothing here knows what an article is.

pub mod fold;
pub mod offsets;
pub mod span;
pub mod width;

pub use span::Span;
