//! pullquote reads a folder of news in a terminal and shows who said what, about where.
//!
//! The library is a pipeline of pure functions; the binary is a thin shell around it. In reading order:
//! [`text`] is spans and offsets, [`document`] turns bytes into articles, [`lexicon`] is word knowledge,
//! [`analysis`] finds quotations, speakers and countries, [`layout`] pages articles, and [`export`]
//! writes what was found for other programs.

pub mod text;

pub mod document;
pub mod lexicon;

pub mod analysis;
pub mod config;
pub mod layout;
pub mod export;
pub mod library;

pub mod shell;
