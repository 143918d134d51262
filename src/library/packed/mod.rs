//! Records in few bytes: what is known of a hundred thousand articles lies in some large pieces of memory, each
//! record one after the other, and is taken apart when somebody looks at it.
//!
//! [`Writer`] and [`Reader`] put numbers and words one after the other, [`Arena`] keeps the records, [`Table`]
//! finds them by a name; both come out of an [image](image) as they went into it. Nothing here can fail: what does
//! not fit reads as zero or empty.

mod arena;
mod image;
mod slot;
mod table;
mod words;
mod writing;

pub(super) use arena::{Address, Arena};
pub(super) use image::{Sink, Source, put_rows, row, rows};
pub(super) use table::{Key, Place, Table};
pub(super) use words::Finder;
pub(super) use writing::{Reader, Text, Writer};
