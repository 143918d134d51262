//! The image of a folder's library, beside the database: what was known the last time is there again at once.
//!
//! The file is made of blocks, each with its length and a number by which damage shows. It is written anew under
//! another name and renamed, so that it is never half a one. What it depends on stands at its beginning; a file of
//! another version, or that was damaged, is as good as none.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::fingerprint::Fingerprint;
use super::place::Place;
use super::writer::number;
use crate::library::{ArticleId, Elsewhere, Library};
use crate::shell::files::{self, Choice};
use crate::text::hash::hash;

/// Raised with every change of what is in the blocks.
const VERSION: u32 = 2;

/// The image of one folder.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    file: PathBuf,
    beginning: [u8; 16],
}

impl Image {
    /// The image of some roots, if there is a place for one.
    pub(crate) fn of(roots: &[PathBuf], choice: &Choice) -> Option<Self> {
        let place = Place::of(roots, choice, None)?;
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
    pub(crate) fn open(&self) -> Option<Opened> {
        let mut file = File::open(&self.file).ok()?;
        let mut beginning = [0; 16];
        file.read_exact(&mut beginning).ok()?;
        let n_left = file.metadata().ok()?.len();
        (beginning == self.beginning).then_some(Opened { file, n_left })
    }

    /// Writes an image of a library.
    ///
    /// # Errors
    /// What the disk says.
    pub(crate) fn write(&self, library: Library) -> io::Result<Arc<dyn Elsewhere>> {
        let new = self.file.with_extension("image-new");
        let mut file = BufWriter::new(File::create(&new)?);
        file.write_all(&self.beginning)?;
        let mut result = Ok(());
        let mut sink = |block: &[u8]| {
            if result.is_ok() {
                result = put(&mut file, block);
            }
        };
        sink(&Remembered::block(&library));
        let traces = library.traces().clone();
        library.put_image(&mut sink);
        result?;
        let start = file.stream_position()?;
        let mut result = Ok(());
        traces.put_image(&mut |block| {
            if result.is_ok() {
                result = put(&mut file, block);
            }
        });
        result?;
        file.flush()?;
        drop(file);
        let file = File::open(&new)?;
        fs::rename(new, &self.file)?;
        Ok(Traces::at(file, start))
    }
}

fn put(file: &mut impl Write, block: &[u8]) -> io::Result<()> {
    file.write_all(&(block.len() as u64).to_le_bytes())?;
    file.write_all(&hash(block).to_le_bytes())?;
    file.write_all(block)
}

/// An image on its way into memory.
pub(crate) struct Opened {
    file: File,
    /// No block is longer.
    n_left: u64,
}

impl Opened {
    /// The library as it was, and what to compare the folder with; nothing when the image is damaged.
    pub(crate) fn read(mut self) -> Option<(Library, Remembered)> {
        let remembered = Remembered::of(&self.block()?);
        let mut library = Library::of_image(&mut || self.block())?;
        let start = self.file.stream_position().ok()?;
        library.find_traces(Traces::at(self.file, start));
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

/// The traces in an image. The file may meanwhile have been replaced by a newer one.
#[derive(Debug)]
struct Traces {
    file: Mutex<File>,
    /// Where they begin.
    start: u64,
}

impl Traces {
    fn at(file: File, start: u64) -> Arc<dyn Elsewhere> {
        let file = Mutex::new(file);
        Arc::new(Self { file, start })
    }
}

impl Elsewhere for Traces {
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
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    /// By the numbers of their paths their first articles and stamps, with [`FOUND`] in those that were found.
    files: HashMap<u64, (ArticleId, u64)>,
}

/// Stamps are even.
const FOUND: u64 = 1;

/// The numbers of a path and a stamp, and an article.
const ROW_BYTES: usize = 20;

impl Remembered {
    fn block(library: &Library) -> Vec<u8> {
        let mut block = Vec::with_capacity(library.all().len() * ROW_BYTES);
        for (id, file, stamp) in library.stamps() {
            block.extend_from_slice(&number(&file).to_le_bytes());
            block.extend_from_slice(&stamp.to_le_bytes());
            block.extend_from_slice(&id.0.to_le_bytes());
        }
        block
    }

    fn of(block: &[u8]) -> Self {
        let (rows, _) = block.as_chunks::<ROW_BYTES>();
        let file = |row: &[u8; ROW_BYTES]| {
            let (number, rest) = row.split_first_chunk::<8>()?;
            let (stamp, id) = rest.split_first_chunk::<8>()?;
            let id = u32::from_le_bytes(id.try_into().ok()?);
            let [number, stamp] = [number, stamp].map(|bytes| u64::from_le_bytes(*bytes));
            Some((number, (ArticleId(id), stamp)))
        };
        Self {
            files: rows.iter().filter_map(file).collect(),
        }
    }

    /// Takes note of a file that is there now; tells whether it is as it was.
    pub(crate) fn find(&mut self, file: &Path, now: Option<Fingerprint>) -> bool {
        let now = now.and_then(Fingerprint::number);
        let Some((_, stamp)) = self.files.get_mut(&number(file)) else {
            return false;
        };
        let before = std::mem::replace(stamp, *stamp | FOUND);
        before & FOUND != 0 || now == Some(before)
    }

    /// The first articles of the files that were not found.
    pub(crate) fn gone(&self) -> Vec<ArticleId> {
        let others = self.files.values();
        let gone = others.filter(|(_, stamp)| stamp & FOUND == 0);
        let mut gone: Vec<ArticleId> = gone.map(|(id, _)| *id).collect();
        gone.sort_unstable();
        gone
    }
}
