//! The open article: its text, its place, what is selected in it, and how the reader moves through it.

pub(super) mod about;
pub mod content;
pub(super) mod copy_and_mark;
pub mod direction;
pub mod find;
pub mod jump_list;
pub(super) mod jumping;
pub(super) mod links;
pub(super) mod matches;
pub(super) mod moving;
pub(super) mod naming;
pub(super) mod opening;
pub(super) mod pages;
pub mod read_aloud;
pub mod reader;
pub mod target;
pub mod who;
