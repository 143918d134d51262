//! The files that a library knew when its image was written, to compare a folder with.
//!
//! The blocks of the image are used as they are: rows sorted by the hashes of paths.

use std::path::Path;

use super::change::path_hash;
use super::fingerprint::Fingerprint;
use crate::library::{ArticleId, Library};

/// The files of an image, and which of them were found again.
#[derive(Debug, Default)]
pub(crate) struct RememberedFiles {
    blocks: Vec<Vec<u8>>,
}

/// A path hash, a stamp and the first article, little endian.
const ROW_BYTES: usize = 20;
const STAMP: std::ops::Range<usize> = 8..16;

/// Rows in a block. A block with fewer is the last one.
const BLOCK_ROWS: usize = 2048;

/// Set in the stamp of a file that was found. Stamps are even, so this bit is free.
const FOUND: u64 = 1;

/// A file with its first article.
struct RememberedFile {
    path_hash: u64,
    stamp: u64,
    first: ArticleId,
}

impl RememberedFiles {
    /// Writes the files of a library as blocks.
    pub(super) fn put(library: &Library, sink: &mut dyn FnMut(&[u8])) {
        let rows = library
            .stamps()
            .map(|(id, file, stamp)| (path_hash(&file), stamp, id));
        let mut rows: Vec<(u64, u64, ArticleId)> = rows.collect();
        rows.sort_unstable();
        let mut rows = rows.iter();
        loop {
            let mut block = Vec::with_capacity(BLOCK_ROWS * ROW_BYTES);
            for (path_hash, stamp, id) in rows.by_ref().take(BLOCK_ROWS) {
                block.extend_from_slice(&path_hash.to_le_bytes());
                block.extend_from_slice(&stamp.to_le_bytes());
                block.extend_from_slice(&id.0.to_le_bytes());
            }
            sink(&block);
            if block.len() < BLOCK_ROWS * ROW_BYTES {
                return;
            }
        }
    }

    /// Reads the blocks that [`put`](Self::put) wrote.
    pub(super) fn of(source: &mut dyn FnMut() -> Option<Vec<u8>>) -> Option<Self> {
        let mut blocks = Vec::new();
        loop {
            let block = source()?;
            let is_last = block.len() < BLOCK_ROWS * ROW_BYTES;
            blocks.push(block);
            if is_last {
                return Some(Self { blocks });
            }
        }
    }

    /// Records that a file was found. Returns whether it has not changed.
    pub(crate) fn matches(&mut self, file: &Path, now: Option<Fingerprint>) -> bool {
        let Some((block, at)) = self.position(file) else {
            return false;
        };
        let row = &mut self.blocks[block].as_chunks_mut::<ROW_BYTES>().0[at];
        let stamp = decoded(row).stamp;
        row[STAMP].copy_from_slice(&(stamp | FOUND).to_le_bytes());
        stamp & FOUND != 0 || now.and_then(Fingerprint::hash) == Some(stamp)
    }

    /// The block of a file, and its row in there.
    fn position(&self, file: &Path) -> Option<(usize, usize)> {
        let path_hash = path_hash(file);
        // The last block may be empty.
        let begins_before = |block: &Vec<u8>| match block.first_chunk() {
            Some(first) => decoded(first).path_hash <= path_hash,
            None => false,
        };
        let after = self.blocks.partition_point(begins_before);
        let block = after.checked_sub(1)?;
        let (rows, _) = self.blocks[block].as_chunks();
        let found = rows.binary_search_by_key(&path_hash, |row| decoded(row).path_hash);
        found.ok().map(|at| (block, at))
    }

    fn rows(&self) -> impl Iterator<Item = RememberedFile> + '_ {
        let rows = self.blocks.iter().flat_map(|block| block.as_chunks().0);
        rows.map(decoded)
    }

    /// Whether a file was found.
    pub(crate) fn has_found(&self, file: &Path) -> bool {
        let Some((block, at)) = self.position(file) else {
            return false;
        };
        let (rows, _) = self.blocks[block].as_chunks();
        decoded(&rows[at]).is_found()
    }

    /// The path hashes of the files that were found.
    pub(crate) fn found(&self) -> impl Iterator<Item = u64> + '_ {
        let found = self.rows().filter(RememberedFile::is_found);
        found.map(|file| file.path_hash)
    }

    /// The first articles of the files that were not found.
    pub(crate) fn missing(&self) -> Vec<ArticleId> {
        let missing = self.rows().filter(|file| !file.is_found());
        let mut missing: Vec<ArticleId> = missing.map(|file| file.first).collect();
        missing.sort_unstable();
        missing
    }
}

impl RememberedFile {
    fn is_found(&self) -> bool {
        self.stamp & FOUND != 0
    }
}

fn decoded(row: &[u8; ROW_BYTES]) -> RememberedFile {
    let (words, _) = row.as_chunks::<4>();
    let word = |at: usize| u32::from_le_bytes(words[at]);
    let long = |at: usize| u64::from(word(at)) | (u64::from(word(at + 1)) << 32);
    RememberedFile {
        path_hash: long(0),
        stamp: long(2),
        first: ArticleId(word(4)),
    }
}
