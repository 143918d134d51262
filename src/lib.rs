//! pullquote reads a folder of news in a terminal and shows who said what, about where.
//!
//! The library is a pipeline of pure functions; the binary is a thin shell around it. In reading order:
//! [`text`] is spans and offsets, [`document`] turns bytes into articles, [`lexicon`] is word knowledge,
//! [`analysis`] finds quotations, speakers and countries, and [`export`] writes them for other programs.

pub mod text;

pub mod document;
pub mod lexicon;

pub mod analysis;
pub mod export;
pub mod world;
