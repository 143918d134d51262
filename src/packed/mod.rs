//! Records in few bytes: what is known of a hundred thousand articles lies in some large pieces of memory, each
//! record one after the other, and is taken apart when somebody looks at it.
//!
//! [`RecordWriter`] and [`RecordReader`] put numbers and words one after the other, [`Arena`] keeps the records, [`Table`]
//! finds them by a name; both come out of an [image](image) as they went into it. Nothing here can fail: what does
//! not fit reads as zero or empty.

mod arena;
mod byte_pairs;
mod codec;
mod image;

pub(crate) use arena::{Address, Arena};
pub(crate) use byte_pairs::WordFinder;
pub(crate) use codec::{PackedText, RecordReader, RecordWriter};
/// A number of things as records keep it.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(crate) use image::{BlockSink, BlockSource, put_rows, row, rows};
