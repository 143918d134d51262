//! The image of a folder's library, beside the database: what was known the last time is there again at once.
//!
//! The file is made of blocks, each with its length and a number by which damage shows. It is written anew under
//! another name and renamed, so that it is never half a one. What it depends on stands at its beginning; a file of
//! another version, or that was damaged, is as good as none.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::fingerprint::Fingerprint;
use super::paths::IndexPaths;
use super::writer::number;
use crate::library::{ArticleId, FingerprintStore, Library};
use crate::shell::files::{self, FileOptions};
use crate::text::hash::hash;

/// Raised with every change of what is in the blocks.
const VERSION: u32 = 4;

/// The image of one folder.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    file: PathBuf,
    beginning: [u8; 16],
}

impl Image {
    /// The image of some roots, if there is a place for one.
    pub(crate) fn of(roots: &[PathBuf], choice: &FileOptions) -> Option<Self> {
        let place = IndexPaths::of(roots, choice, None)?;
        // Times of files are kept as clocks on the wall showed them.
        let key = format!("{VERSION} {} {}", place.key, files::zone_number());
        let mut beginning = *b"PQimage\n        ";
        let (_, number) = beginning.split_at_mut(8);
        number.copy_from_slice(&hash(key.as_bytes()).to_le_bytes());
        Some(Self {
            file: place.image(),
            beginning,
        })
    }

    /// The file, when it may be one to go on from.
    pub(crate) fn open(&self) -> Option<OpenImage> {
        let mut file = File::open(&self.file).ok()?;
        let mut beginning = [0; 16];
        file.read_exact(&mut beginning).ok()?;
        let n_left = file.metadata().ok()?.len();
        (beginning == self.beginning).then_some(OpenImage { file, n_left })
    }

    /// Writes an image of a library.
    ///
    /// # Errors
    /// What the disk says.
    pub(crate) fn write(&self, library: Library) -> io::Result<Arc<dyn FingerprintStore>> {
        let new = self.file.with_extension("image-new");
        let written = self.write_to(&new, library);
        if written.is_err() {
            // It may be the room it takes that is missing.
            let _ = fs::remove_file(&new);
        }
        written
    }

    fn write_to(&self, new: &Path, mut library: Library) -> io::Result<Arc<dyn FingerprintStore>> {
        let mut file = BufWriter::new(File::create(new)?);
        file.write_all(&self.beginning)?;
        let mut result = Ok(());
        let mut sink = |block: &[u8]| {
            if result.is_ok() {
                result = put(&mut file, block);
            }
        };
        library.put_image(&mut sink);
        RememberedFiles::put(&library, &mut sink);
        result?;
        let start = file.stream_position()?;
        let mut result = Ok(());
        library.duplicates().put_image(&mut |block| {
            if result.is_ok() {
                result = put(&mut file, block);
            }
        });
        result?;
        file.flush()?;
        drop(file);
        let file = File::open(new)?;
        fs::rename(new, &self.file)?;
        Ok(StoredFingerprints::at(file, start))
    }
}

fn put(file: &mut impl Write, block: &[u8]) -> io::Result<()> {
    file.write_all(&(block.len() as u64).to_le_bytes())?;
    file.write_all(&hash(block).to_le_bytes())?;
    file.write_all(block)
}

/// An image on its way into memory.
pub(crate) struct OpenImage {
    file: File,
    /// No block is longer.
    n_left: u64,
}

impl OpenImage {
    /// The library as it was, and what to compare the folder with; nothing when the image is damaged.
    pub(crate) fn read(mut self) -> Option<(Library, RememberedFiles)> {
        let mut library = Library::of_image(&mut || self.block())?;
        let remembered = RememberedFiles::of(&mut || self.block())?;
        let start = self.file.stream_position().ok()?;
        library.set_stored_fingerprints(StoredFingerprints::at(self.file, start));
        Some((library, remembered))
    }

    fn block(&mut self) -> Option<Vec<u8>> {
        block(&mut self.file, &mut self.n_left)
    }
}

/// The next block of a file, with no more bytes than are left; nothing at its end, or when it is damaged.
fn block(file: &mut impl Read, n_left: &mut u64) -> Option<Vec<u8>> {
    let mut head = [[0; 8]; 2];
    file.read_exact(head.as_flattened_mut()).ok()?;
    let [length, number] = head.map(u64::from_le_bytes);
    *n_left = n_left.checked_sub(length)?;
    let mut block = Vec::with_capacity(usize::try_from(length).ok()?);
    file.take(length).read_to_end(&mut block).ok()?;
    (hash(&block) == number).then_some(block)
}

/// The fingerprints in an image. The file may meanwhile have been replaced by a newer one.
#[derive(Debug)]
struct StoredFingerprints {
    file: Mutex<File>,
    /// Where they begin.
    start: u64,
}

impl StoredFingerprints {
    fn at(file: File, start: u64) -> Arc<dyn FingerprintStore> {
        let file = Mutex::new(file);
        Arc::new(Self { file, start })
    }
}

impl FingerprintStore for StoredFingerprints {
    fn each(&self, take: &mut dyn FnMut(&[u8])) {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = &*file;
        let length = file.metadata().map_or(0, |about| about.len());
        let mut n_left = length.saturating_sub(self.start);
        // Without them an article has no copies and its quotations stand nowhere else.
        if file.seek(SeekFrom::Start(self.start)).is_ok() {
            while let Some(block) = block(&mut file, &mut n_left) {
                take(&block);
            }
        }
    }
}

/// The files that were known when an image was made: what to compare a folder with.
///
/// The rows of the image serve as they are, sorted by the numbers of paths.
#[derive(Debug, Default)]
pub(crate) struct RememberedFiles {
    blocks: Vec<Vec<u8>>,
}

const ROW_BYTES: usize = 20;

/// So many rows make a block; one with fewer is the last.
const ROWS: usize = 2048;

/// Stamps are even.
const FOUND: u64 = 1;

impl RememberedFiles {
    fn put(library: &Library, sink: &mut dyn FnMut(&[u8])) {
        let rows = library
            .stamps()
            .map(|(id, file, stamp)| (number(&file), stamp, id));
        let mut rows: Vec<(u64, u64, ArticleId)> = rows.collect();
        rows.sort_unstable();
        let mut rows = rows.iter();
        loop {
            let mut block = Vec::with_capacity(ROWS * ROW_BYTES);
            for (path, stamp, id) in rows.by_ref().take(ROWS) {
                block.extend_from_slice(&path.to_le_bytes());
                block.extend_from_slice(&stamp.to_le_bytes());
                block.extend_from_slice(&id.0.to_le_bytes());
            }
            sink(&block);
            if block.len() < ROWS * ROW_BYTES {
                return;
            }
        }
    }

    fn of(source: &mut dyn FnMut() -> Option<Vec<u8>>) -> Option<Self> {
        let mut blocks = Vec::new();
        loop {
            let block = source()?;
            let is_last = block.len() < ROWS * ROW_BYTES;
            blocks.push(block);
            if is_last {
                return Some(Self { blocks });
            }
        }
    }

    /// Takes note of a file that is there now; tells whether it is as it was.
    pub(crate) fn find(&mut self, file: &Path, now: Option<Fingerprint>) -> bool {
        let Some((block, at, stamp)) = self.place(file) else {
            return false;
        };
        if let Some(block) = self.blocks.get_mut(block)
            && let Some(bytes) = block.as_chunks_mut::<ROW_BYTES>().0.get_mut(at)
            && let Some(stamped) = bytes.split_at_mut(8).1.first_chunk_mut()
        {
            *stamped = (stamp | FOUND).to_le_bytes();
        }
        stamp & FOUND != 0 || now.and_then(Fingerprint::number) == Some(stamp)
    }

    /// The block and the row of a file, and its stamp.
    fn place(&self, file: &Path) -> Option<(usize, usize, u64)> {
        let path = number(file);
        let begins_before = |block: &Vec<u8>| {
            let first = block.first_chunk::<ROW_BYTES>();
            first.is_some_and(|first| row(first).0 <= path)
        };
        let after = self.blocks.partition_point(begins_before);
        let block = after.checked_sub(1)?;
        let (rows, _) = self.blocks.get(block)?.as_chunks::<ROW_BYTES>();
        let found = rows.binary_search_by_key(&path, |bytes| row(bytes).0);
        let at = found.ok()?;
        let (_, stamp, _) = rows.get(at).map(row)?;
        Some((block, at, stamp))
    }

    fn rows(&self) -> impl Iterator<Item = (u64, u64, ArticleId)> + '_ {
        let rows = self.blocks.iter().flat_map(|block| block.as_chunks().0);
        rows.map(row)
    }

    /// Whether a file is one that was found.
    pub(crate) fn has_found(&self, file: &Path) -> bool {
        let place = self.place(file);
        place.is_some_and(|(.., stamp)| stamp & FOUND != 0)
    }

    /// The numbers of the files that were found.
    pub(crate) fn found(&self) -> impl Iterator<Item = u64> + '_ {
        let found = self.rows().filter(|(_, stamp, _)| stamp & FOUND != 0);
        found.map(|(path, ..)| path)
    }

    /// The first articles of the files that were not found.
    pub(crate) fn gone(&self) -> Vec<ArticleId> {
        let gone = self.rows().filter(|(_, stamp, _)| stamp & FOUND == 0);
        let mut gone: Vec<ArticleId> = gone.map(|(.., id)| id).collect();
        gone.sort_unstable();
        gone
    }
}

/// What a row says: the number of a path, a stamp with [`FOUND`] when it was found, and the first article.
fn row(bytes: &[u8; ROW_BYTES]) -> (u64, u64, ArticleId) {
    let (numbers, id) = bytes.as_chunks::<8>();
    let number = |at: usize| {
        numbers
            .get(at)
            .map_or(0, |bytes| u64::from_le_bytes(*bytes))
    };
    let id = id
        .first_chunk()
        .map_or(u32::MAX, |id| u32::from_le_bytes(*id));
    (number(0), number(1), ArticleId(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{ListedFile, PackedSurvey, Survey};

    fn library(n_files: u32) -> Library {
        let mut library = Library::default();
        for file in 0..n_files {
            let first = library.add(&ListedFile {
                location: format!("/news/{file}.txt").into(),
                path: format!("{file}.txt"),
                bytes: 0,
            });
            let survey = Survey {
                title: format!("Talks {file}"),
                fingerprints: vec![file << 8],
                ..Survey::default()
            };
            library.set_surveys(
                first,
                at(file).number().unwrap(),
                &[PackedSurvey::from(survey)],
            );
        }
        library
    }

    fn at(file: u32) -> Fingerprint {
        Fingerprint {
            size: i64::from(file),
            modified: 5,
        }
    }

    fn path(file: u32) -> PathBuf {
        format!("/news/{file}.txt").into()
    }

    fn image(folder: &Path) -> Image {
        Image {
            file: folder.join("a.image"),
            beginning: *b"PQimage\n12345678",
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let image = image(folder.path());
        assert!(image.open().is_none());
        let n_files = 5000;
        let mut before = library(n_files);
        let stored = image.write(before.image_copy()).unwrap();
        before.image_written(Some(&stored));
        let (after, mut remembered) = image.open().unwrap().read().unwrap();
        for library in [&before, &after] {
            assert_eq!(library.all().len(), n_files as usize);
            assert_eq!(
                library.duplicates().with_fingerprints(&[77 << 8]),
                [ArticleId(77)]
            );
        }
        assert_eq!(before.article(ArticleId(9)), after.article(ArticleId(9)));
        for file in (0..n_files).filter(|file| file % 100 != 3) {
            assert!(remembered.find(&path(file), Some(at(file))));
            assert!(remembered.find(&path(file), None), "found in another way");
        }
        assert!(!remembered.find(&path(3), Some(at(4))), "changed");
        assert!(!remembered.find(&path(n_files), Some(at(1))), "new");
        let gone: Vec<u32> = (1..50).map(|number| number * 100 + 3).collect();
        assert_eq!(
            remembered.gone(),
            gone.into_iter().map(ArticleId).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_damaged_image_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let image = image(folder.path());
        image.write(library(20)).unwrap();
        let whole = fs::read(&image.file).unwrap();
        let is_one = || image.open().is_some_and(|opened| opened.read().is_some());
        // Fingerprints are read on demand.
        let n_read = whole.len() - 16 - 20 * 7;
        for at in (0..n_read).step_by(7) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&image.file, bytes).unwrap();
            assert!(!is_one(), "byte {at} of {}", whole.len());
            fs::write(&image.file, &whole[..at]).unwrap();
            assert!(!is_one(), "{at} bytes of {}", whole.len());
        }
        fs::write(&image.file, &whole).unwrap();
        assert!(is_one());
    }
}
