//! Text as bytes, code points, graphemes and columns. Every other module builds on this one.
//!
//! Nothing here knows what an article is.

pub mod display;
pub mod fold;
pub mod hash;
pub mod mix;
pub mod offsets;
pub mod segment;
pub mod span;
pub mod target;
mod tokens;
pub mod width;
pub mod words;

pub use span::{MaybeSpan, Span, to_u32};
