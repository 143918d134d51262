//! The shell around the pure core: terminal, keys, files, threads and the reader's own state on disk.
//!
//! Everything that waits, reads, writes or can fail lives here.

mod screen;
