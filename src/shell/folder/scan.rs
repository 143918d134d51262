//! What is read: files, folders, standard input; and walking them.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::resume::Before;
use super::survey_jobs::LateIndex;
use super::survey_queue::Backpressure;
use crate::app::protocol::compute;
use crate::app::protocol::message::Message;
use crate::config::Settings;
use crate::document::{Document, Warned};
use crate::library::{ListedFile, Location, SortOrder};
use crate::shell::files::{self, FileOptions, newsboat};
use crate::shell::index::FileNumbers;
use crate::shell::jobs::foreground_gate::ForegroundGate;

/// The location that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// How many files are listed first: one of them is opened.
pub(crate) const FIRST: usize = 16;

/// How many files are listed at once: as many as the model takes in while nobody notices.
pub(crate) const MOST_AT_ONCE: usize = 256;

/// What is read.
#[derive(Clone)]
pub(crate) struct Sources {
    /// Absolute paths of files and folders.
    pub(crate) roots: Vec<PathBuf>,
    pub(crate) choice: FileOptions,
    pub(crate) standard_input: Option<Arc<Vec<u8>>>,
    /// What is known of them from before.
    pub(crate) index: LateIndex,
    /// For the files that are listed, on their way to the model.
    pub(crate) room: Backpressure,
    /// Going through them waits while answers are worked on.
    pub(crate) precedence: ForegroundGate,
    /// In which order the articles are, and whether that is turned round.
    pub(crate) order: (SortOrder, bool),
    /// What the folder is to be compared with.
    pub(crate) before: Before,
}

impl Sources {
    /// The sources named on the command line; standard input is read to its end.
    ///
    /// # Errors
    /// When a path does not exist or standard input cannot be read.
    pub(crate) fn new(paths: Vec<PathBuf>, settings: &Settings) -> anyhow::Result<Self> {
        let choice = FileOptions::of(settings);
        let mut standard_input = None;
        let mut roots = Vec::new();
        for path in paths {
            if path == Path::new(STANDARD_INPUT) {
                let bytes = files::standard_input(&choice).map_err(anyhow::Error::msg)?;
                standard_input = Some(Arc::new(bytes));
                roots.push(path);
                continue;
            }
            match std::path::absolute(&path) {
                Ok(absolute) if absolute.exists() => roots.push(absolute),
                _ => anyhow::bail!(
                    "{}: there is no such file or folder; {}",
                    path.display(),
                    files::HINT
                ),
            }
        }
        Ok(Self {
            roots,
            choice,
            standard_input,
            index: LateIndex::default(),
            room: Backpressure::default(),
            precedence: ForegroundGate::default(),
            order: (settings.contents.sort.into(), settings.contents.reverse),
            before: Before::default(),
        })
    }

    /// The name under which the article read last is remembered.
    pub(crate) fn root(&self) -> String {
        let roots = self
            .roots
            .iter()
            .map(|root| root.to_string_lossy().into_owned());
        roots.collect::<Vec<_>>().join("\n")
    }

    /// The first article of the file that is all there is.
    pub(crate) fn only_file(&self) -> Option<Location> {
        match self.roots.as_slice() {
            [file] if file.is_file() => Some(Location::from(file.clone())),
            _ => None,
        }
    }

    /// Whether a folder is among what is read.
    pub(crate) fn has_folder(&self) -> bool {
        self.roots.iter().any(|root| root.is_dir())
    }

    /// Tells what there is: from memory, where the folder was known the last time, or else by walking it. The
    /// file that was read last comes before all others.
    pub(crate) fn begin(&self, read_last: Option<Location>, messages: &Sender<Message>) {
        if self.roots.len() < FIRST && !self.has_folder() {
            return self.walk(messages);
        }
        self.behind(messages, move |sources, messages| {
            if !sources.remember(read_last.as_ref(), messages) {
                sources.walk(messages);
            }
        });
    }

    /// Lists everything; the first files come soon, later ones in batches.
    pub(crate) fn scan(&self, messages: &Sender<Message>) {
        self.behind(messages, Self::walk);
    }

    /// Compares the folder with what is remembered of it: tells of files that are new, changed or gone.
    pub(crate) fn check(&self, messages: &Sender<Message>) {
        self.behind(messages, Self::compare);
    }

    fn behind(
        &self,
        messages: &Sender<Message>,
        work: impl FnOnce(&Self, &Sender<Message>) + Send + 'static,
    ) {
        let (sources, messages) = (self.clone(), messages.clone());
        let work = move || work(&sources, &messages);
        // Without the thread nothing would be listed; there is nothing to say it with yet.
        let _ = std::thread::Builder::new().name("scan".into()).spawn(work);
    }

    pub(crate) fn walk(&self, messages: &Sender<Message>) {
        let mut batch = Vec::new();
        let mut problems = Vec::new();
        let mut all = FileNumbers::default();
        let mut is_whole = true;
        let mut size = FIRST;
        for root in &self.roots {
            if root == Path::new(STANDARD_INPUT) {
                batch.push(self.piped());
                continue;
            }
            for found in files::walk(root, &self.choice) {
                match found {
                    Ok(location) => {
                        all.add(&location);
                        batch.push(listed(location, root));
                    }
                    Err(problem) => {
                        is_whole = false;
                        problems.push(problem);
                    }
                }
                if batch.len() >= size {
                    size = (size * 4).min(MOST_AT_ONCE);
                    self.precedence.give_way();
                    self.room.enter(batch.len());
                    let files = std::mem::take(&mut batch);
                    let problems = std::mem::take(&mut problems);
                    if messages
                        .send(Message::Listed {
                            files,
                            is_done: false,
                            problems,
                        })
                        .is_err()
                    {
                        return;
                    }
                }
            }
        }
        let _ = messages.send(Message::Listed {
            files: batch,
            is_done: true,
            problems,
        });
        // A folder that cannot be looked into may be back tomorrow.
        if is_whole
            && self.has_folder()
            && let Some(index) = self.index.awaited()
        {
            index.retain(all);
        }
    }

    /// What comes on standard input, as it is listed.
    fn piped(&self) -> ListedFile {
        let bytes = self.standard_input.as_ref();
        ListedFile {
            location: STANDARD_INPUT.into(),
            path: "standard input".into(),
            bytes: bytes.map_or(0, |bytes| bytes.len() as u64),
        }
    }

    /// The bytes of an article.
    ///
    /// # Errors
    /// A sentence about why they cannot be had.
    pub(crate) fn read(&self, location: &Path) -> Result<Vec<u8>, String> {
        match &self.standard_input {
            Some(bytes) if location == Path::new(STANDARD_INPUT) => Ok(bytes.to_vec()),
            _ => files::read(location, &self.choice),
        }
    }

    /// The article at a location.
    ///
    /// # Errors
    /// A sentence about why it cannot be had.
    pub(crate) fn article(&self, location: &Location) -> Result<Warned<Document>, String> {
        compute::read(&self.choice.reader, self.read(&location.file)?, location)
    }

    /// The beginning of a long file; nothing when it is short or cannot be read.
    pub(crate) fn read_beginning(&self, location: &Path, longer_than: u64) -> Option<Vec<u8>> {
        let meta = std::fs::metadata(location).ok()?;
        if newsboat::is_cache(location) {
            return None;
        }
        if !meta.is_file() || meta.len() <= longer_than || meta.len() > self.choice.max_bytes {
            return None;
        }
        let mut bytes = Vec::new();
        let file = std::fs::File::open(location).ok()?;
        file.take(crate::document::PEEK_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .ok()?;
        Some(bytes)
    }

    /// A file of a folder that appeared or changed, as it would be listed.
    pub(crate) fn listed(&self, location: &Path) -> Option<ListedFile> {
        let root = self.roots.iter().find(|root| location.starts_with(root))?;
        Some(listed(location.to_owned(), root))
    }
}

/// A file that was found below a root.
pub(crate) fn listed(location: PathBuf, root: &Path) -> ListedFile {
    let inside = location.strip_prefix(root).unwrap_or(&location);
    let shown = if inside.as_os_str().is_empty() {
        location.file_name().unwrap_or(location.as_os_str())
    } else {
        inside.as_os_str()
    };
    ListedFile {
        path: shown.to_string_lossy().into_owned(),
        bytes: 0,
        location,
    }
}
