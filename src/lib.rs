//! pullquote reads a folder of news in a terminal and shows who said what, about where.
//!
//! The library is a pipeline of pure functions; the binary is a thin shell around it. In reading order:
//! [`text`] is spans and offsets, [`document`] turns bytes into articles, [`lexicon`] is word knowledge,
//! [`analysis`] finds quotations, speakers and countries, [`layout`] pages articles, [`library`] is a
//! folder of them, [`search`] finds words in it, [`world`] is
//! the map, [`export`] writes what was found for other programs and
//! [`config`] is what a reader chose. [`app`] is the state of the program and how it changes, [`view`]
//! draws it, and [`shell`] is everything that waits, reads, writes or can fail.

pub mod text;

pub(crate) mod packed;

pub mod document;
pub mod lexicon;

pub mod analysis;

pub mod config;
pub mod export;
pub mod layout;
pub mod library;
pub mod search;
pub mod world;

pub mod app;

pub mod view;

pub mod shell;

pub mod cli;
