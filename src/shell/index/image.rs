//! The image of a folder's library, beside the database, from which the library is restored at the next start.
//!
//! The file is a header and a sequence of blocks, each with its length and checksum. A new image is written under
//! another name and then renamed, so a partial image is never read. The header holds a hash of everything the
//! content depends on. An image of another version and a damaged one are ignored.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::paths::IndexPaths;
use super::remembered_files::RememberedFiles;
use crate::library::{FingerprintStore, Library};
use crate::shell::files::{self, FileOptions};
use crate::shell::sync::lock;
use crate::text::hash::hash;

/// Raised with every change of the blocks.
const VERSION: u32 = 6;

/// How an image begins; a hash follows.
const MAGIC: [u8; 8] = *b"PQimage\n";
const HEADER_BYTES: usize = 16;

/// The image of one folder.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    file: PathBuf,
    header: [u8; HEADER_BYTES],
}

impl Image {
    /// The image of some roots; `None` without a home directory.
    pub(crate) fn of(roots: &[PathBuf], options: &FileOptions) -> Option<Self> {
        let paths = IndexPaths::of(roots, options, None)?;
        // File times are stored as local times, so they depend on the time zone.
        let key = format!("{VERSION} {} {}", paths.key, files::zone_hash());
        let mut header = [0; HEADER_BYTES];
        header[..MAGIC.len()].copy_from_slice(&MAGIC);
        header[MAGIC.len()..].copy_from_slice(&hash(key.as_bytes()).to_le_bytes());
        Some(Self {
            file: paths.image(),
            header,
        })
    }

    /// Opens the file if it was written by this version.
    pub(crate) fn open(&self) -> Option<OpenImage> {
        let mut file = File::open(&self.file).ok()?;
        let mut header = [0; HEADER_BYTES];
        file.read_exact(&mut header).ok()?;
        let n_left = file.metadata().ok()?.len();
        (header == self.header).then_some(OpenImage { file, n_left })
    }

    /// Writes an image of a library and returns access to the fingerprints in it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn write(&self, library: Library) -> io::Result<Arc<dyn FingerprintStore>> {
        let new = self.file.with_extension("image-new");
        let written = self.write_to(&new, library);
        if written.is_err() {
            // The disk may be full.
            let _ = fs::remove_file(&new);
        }
        written
    }

    fn write_to(&self, new: &Path, mut library: Library) -> io::Result<Arc<dyn FingerprintStore>> {
        let mut file = BufWriter::new(File::create(new)?);
        file.write_all(&self.header)?;
        let mut result = Ok(());
        let mut sink = |block: &[u8]| {
            if result.is_ok() {
                result = write_block(&mut file, block);
            }
        };
        library.put_image(&mut sink);
        RememberedFiles::put(&library, &mut sink);
        result?;
        let start = file.stream_position()?;
        let mut result = Ok(());
        library.duplicates().put_image(&mut |block| {
            if result.is_ok() {
                result = write_block(&mut file, block);
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

fn write_block(file: &mut impl Write, block: &[u8]) -> io::Result<()> {
    file.write_all(&(block.len() as u64).to_le_bytes())?;
    file.write_all(&hash(block).to_le_bytes())?;
    file.write_all(block)
}

/// An image that is being read.
pub(crate) struct OpenImage {
    file: File,
    /// The bytes left in the file, an upper limit for the length of a block.
    n_left: u64,
}

impl OpenImage {
    /// Restores the library, and the files to compare the folder with. `None` if the image is damaged.
    pub(crate) fn read(mut self) -> Option<(Library, RememberedFiles)> {
        let mut library = Library::of_image(&mut || self.block())?;
        let remembered = RememberedFiles::of(&mut || self.block())?;
        let start = self.file.stream_position().ok()?;
        library.set_stored_fingerprints(StoredFingerprints::at(self.file, start));
        Some((library, remembered))
    }

    fn block(&mut self) -> Option<Vec<u8>> {
        read_block(&mut self.file, &mut self.n_left)
    }
}

/// Reads the next block. `None` at the end of the file and if the block is damaged.
fn read_block(file: &mut impl Read, n_left: &mut u64) -> Option<Vec<u8>> {
    let mut head = [[0; 8]; 2];
    file.read_exact(head.as_flattened_mut()).ok()?;
    let [length, checksum] = head.map(u64::from_le_bytes);
    *n_left = n_left.checked_sub(length)?;
    let mut block = Vec::with_capacity(usize::try_from(length).ok()?);
    file.take(length).read_to_end(&mut block).ok()?;
    (hash(&block) == checksum).then_some(block)
}

/// The fingerprints in an image, read when they are needed. The file stays readable after a newer image replaced it.
#[derive(Debug)]
struct StoredFingerprints {
    file: Mutex<File>,
    /// The offset of the first block.
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
        let file = lock(&self.file);
        let mut file = &*file;
        // If the file cannot be read, no copies and echoes are found.
        let Ok(about) = file.metadata() else {
            return;
        };
        let mut n_left = about.len().saturating_sub(self.start);
        if file.seek(SeekFrom::Start(self.start)).is_ok() {
            while let Some(block) = read_block(&mut file, &mut n_left) {
                take(&block);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fingerprint::Fingerprint;
    use super::*;
    use crate::library::{ArticleId, ListedFile, PackedSurvey, Survey};

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
                at(file).hash().unwrap(),
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
            header: *b"PQimage\n12345678",
        }
    }

    #[test]
    fn an_image_restores_the_library() {
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
            assert!(remembered.matches(&path(file), Some(at(file))));
            assert!(remembered.matches(&path(file), None), "found again");
        }
        assert!(!remembered.matches(&path(3), Some(at(4))), "changed");
        assert!(!remembered.matches(&path(n_files), Some(at(1))), "new");
        let gone: Vec<u32> = (1..50).map(|number| number * 100 + 3).collect();
        assert_eq!(
            remembered.missing(),
            gone.into_iter().map(ArticleId).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_damaged_image_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let image = image(folder.path());
        image.write(library(20)).unwrap();
        let whole = fs::read(&image.file).unwrap();
        let is_readable = || image.open().is_some_and(|opened| opened.read().is_some());
        // Fingerprints are read on demand.
        let n_read = whole.len() - 16 - 20 * 7;
        for at in (0..n_read).step_by(7) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&image.file, bytes).unwrap();
            assert!(!is_readable(), "byte {at} of {}", whole.len());
            fs::write(&image.file, &whole[..at]).unwrap();
            assert!(!is_readable(), "{at} bytes of {}", whole.len());
        }
        fs::write(&image.file, &whole).unwrap();
        assert!(is_readable());
    }
}
