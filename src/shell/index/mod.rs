//! What is known of a folder's articles, kept in the cache directory so that none is analyzed twice.
//!
//! One `SQLite` file for each set of roots holds, of every file, its fingerprint and the surveys of its
//! articles; of every article its analysis, its words for searches (FTS5) and, where the text is costly to
//! find in the file, the text. It may be deleted at any time and is made again by itself when it is
//! damaged or of another version.
//!
//! One program writes, whichever takes the [lock](place); all others read. What was read from the index
//! counts only while the [fingerprint](fingerprint) of the file is the one it was made from.

mod build;
mod candidate_files;
mod file_entry;
mod file_status;
mod fingerprint;
mod handle;
mod image;
mod integrity;
mod paths;
mod reader;
mod schema;
mod write_queue;
mod writer;

pub(crate) use build::{IndexProgress, build};
pub(crate) use candidate_files::KnownFiles;
pub(crate) use file_entry::{FileEntry, day_number, packed};
pub(crate) use fingerprint::Fingerprint;
pub(crate) use handle::{FileNumbers, Index, IndexedFile, OpenMode};
pub(crate) use image::{Image, RememberedFiles};
pub(crate) use reader::{IndexReader, IndexRow, RowFilter};
pub(crate) use writer::number as path_number;
