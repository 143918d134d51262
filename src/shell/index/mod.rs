//! The index of a folder in the cache directory, so that no article is analyzed twice.
//!
//! There is one `SQLite` file for each set of roots. For every file of the folder it holds a fingerprint and the
//! surveys of its articles; for every article its analysis, its words for full-text search (FTS5) and, if
//! extracting the text is expensive, the text. The index may be deleted at any time. It is rebuilt when it is
//! damaged or was written by another version.
//!
//! One program writes, namely the one that holds the [lock](paths::WriteLock). All others only read. What the index
//! says of a file counts only while the file still has the [fingerprint](Fingerprint) it had when it was read.

mod handle;
mod paths;

// Reading it.
mod candidate_files;
mod day;
mod file_status;
mod fingerprint;
mod reader;
mod stale_files;

// Writing it.
mod build;
mod change;
mod file_entry;
mod integrity;
mod schema;
mod write_queue;
mod writer;

// The image of the library beside it.
mod image;
mod remembered_files;

pub(crate) use build::{IndexProgress, build};
pub(crate) use candidate_files::KnownFiles;
pub(crate) use change::{PathHashes, path_hash};
pub(crate) use day::{allowed_days, day_number};
pub(crate) use file_entry::{FileEntry, packed};
pub(crate) use fingerprint::Fingerprint;
pub(crate) use handle::{Index, IndexedFile, OpenMode};
pub(crate) use image::Image;
pub(crate) use reader::{IndexReader, IndexRow, RowFilter};
pub(crate) use remembered_files::RememberedFiles;
