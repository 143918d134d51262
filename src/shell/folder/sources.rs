//! What the session reads: files, folders and standard input.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::comparison::PendingComparison;
use super::late_index::LateIndex;
use super::survey_queue::Backpressure;
use crate::app::protocol::compute;
use crate::config::Settings;
use crate::document::{Document, PEEK_BYTES, Warned};
use crate::library::{ListedFile, Location, SortOrder};
use crate::shell::files::{self, FileOptions, newsboat};
use crate::shell::index::{Image, Index, OpenMode};
use crate::shell::jobs::foreground_gate::ForegroundGate;

/// The location that stands for standard input.
pub(super) const STANDARD_INPUT: &str = "-";

/// The files and folders of a session, with what all threads that read them share.
#[derive(Clone)]
pub(crate) struct Sources {
    /// Absolute paths of files and folders.
    pub(crate) roots: Vec<PathBuf>,
    pub(crate) options: FileOptions,
    standard_input: Option<Arc<Vec<u8>>>,
    pub(crate) index: LateIndex,
    /// Limits the listed files on their way to the model.
    pub(crate) listing: Backpressure,
    /// Background work waits here while the user waits for something.
    pub(crate) gate: ForegroundGate,
    pub(super) sort_order: SortOrder,
    pub(super) is_reversed: bool,
    /// The comparison with the last session that is still to be made.
    pub(super) pending: PendingComparison,
}

impl Sources {
    /// The sources named on the command line. Standard input is read to its end.
    ///
    /// # Errors
    /// When a path does not exist or standard input cannot be read.
    pub(crate) fn new(paths: Vec<PathBuf>, settings: &Settings) -> anyhow::Result<Self> {
        let options = FileOptions::of(settings);
        let mut standard_input = None;
        let mut roots = Vec::new();
        for path in paths {
            if path == Path::new(STANDARD_INPUT) {
                let bytes = files::standard_input(&options).map_err(anyhow::Error::msg)?;
                standard_input = Some(Arc::new(bytes));
                roots.push(path);
                continue;
            }
            match std::path::absolute(&path) {
                Ok(absolute) if absolute.exists() => roots.push(absolute),
                _ => anyhow::bail!(
                    "{}: no such file or folder; {}",
                    path.display(),
                    files::HINT
                ),
            }
        }
        Ok(Self {
            roots,
            options,
            standard_input,
            index: LateIndex::default(),
            listing: Backpressure::default(),
            gate: ForegroundGate::default(),
            sort_order: settings.contents.sort.into(),
            is_reversed: settings.contents.reverse,
            pending: PendingComparison::default(),
        })
    }

    /// The name under which the state remembers the article read last.
    pub(crate) fn root(&self) -> String {
        let roots = self
            .roots
            .iter()
            .map(|root| root.to_string_lossy().into_owned());
        roots.collect::<Vec<_>>().join("\n")
    }

    /// The first article of the only file, if there is only one file.
    pub(crate) fn only_file(&self) -> Option<Location> {
        match self.roots.as_slice() {
            [file] if file.is_file() => Some(Location::from(file.clone())),
            _ => None,
        }
    }

    /// Whether there is a folder among the sources.
    pub(crate) fn has_folder(&self) -> bool {
        self.roots.iter().any(|root| root.is_dir())
    }

    /// The index of the folder, opened now if it was not yet.
    pub(crate) fn open_index(&self) -> Option<&Index> {
        self.index.get_or_open(|| {
            if !self.has_folder() {
                return None;
            }
            Index::open(&self.roots, &self.options, None, OpenMode::Keep)
        })
    }

    /// The image of the folder. There is none with standard input among the sources.
    pub(crate) fn image(&self) -> Option<Image> {
        if self.standard_input.is_some() || !self.has_folder() {
            return None;
        }
        Image::of(&self.roots, &self.options)
    }

    /// Standard input as a listed file.
    pub(super) fn listed_standard_input(&self) -> ListedFile {
        let bytes = self.standard_input.as_ref();
        ListedFile {
            location: STANDARD_INPUT.into(),
            path: "standard input".into(),
            bytes: bytes.map_or(0, |bytes| bytes.len() as u64),
        }
    }

    /// A file as it would be listed, if it is in one of the folders.
    pub(crate) fn listed(&self, file: &Path) -> Option<ListedFile> {
        let root = self.roots.iter().find(|root| file.starts_with(root))?;
        Some(files::listed(file.to_owned(), root))
    }

    /// Reads a file, or standard input.
    ///
    /// # Errors
    /// A sentence about why it cannot be read.
    pub(crate) fn read(&self, file: &Path) -> Result<Vec<u8>, String> {
        match &self.standard_input {
            Some(bytes) if file == Path::new(STANDARD_INPUT) => Ok(bytes.to_vec()),
            _ => files::read(file, &self.options),
        }
    }

    /// Reads the article at a location.
    ///
    /// # Errors
    /// A sentence about why it cannot be read.
    pub(crate) fn article(&self, location: &Location) -> Result<Warned<Document>, String> {
        compute::read(&self.options.reader, self.read(&location.file)?, location)
    }

    /// Reads the beginning of a file with more than `longer_than` bytes. `None` if it is shorter or cannot be read.
    pub(crate) fn read_beginning(&self, path: &Path, longer_than: u64) -> Option<Vec<u8>> {
        let about = std::fs::metadata(path).ok()?;
        let allowed = longer_than + 1..=self.options.max_bytes;
        if !about.is_file() || !allowed.contains(&about.len()) || newsboat::is_cache(path) {
            return None;
        }
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).ok()?;
        file.take(PEEK_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .ok()?;
        Some(bytes)
    }
}
