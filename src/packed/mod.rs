//! Compact records in a few large pieces of memory.
//!
//! A folder may have a hundred thousand articles and half a million names. A struct, a string and a
//! hash entry for each would take hundreds of megabytes, so they are stored as records of bytes and
//! decoded on demand.
//!
//! [`RecordWriter`] and [`RecordReader`] encode numbers and texts, [`Arena`] stores the records,
//! and the functions of `image` write all of it to a file and read it back. Reading never fails: a
//! record that ends too early reads as zeros and empty texts. Nothing here depends on what the
//! records mean.

mod arena;
mod byte_pairs;
mod codec;
mod image;

pub(crate) use arena::{Address, Arena};
pub(crate) use byte_pairs::WordFinder;
pub(crate) use codec::{PackedText, RecordReader, RecordWriter, count};
pub(crate) use image::{BlockSink, BlockSource, put_rows, row, rows};
