//! The articles a command works through, one at a time, with what was found in each.

use std::collections::VecDeque;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Paths, complain};
use crate::analysis::{Analysis, analyze};
use crate::config::Settings;
use crate::document::{self, Document, Warned};
use crate::shell::files::{self, Choice};

/// An article, read and analyzed.
pub(super) struct Found {
    /// Its path as given, with that inside the folder.
    pub path: String,
    /// The article.
    pub document: Warned<Document>,
    /// What was found in it.
    pub analysis: Analysis,
}

/// The articles of some paths. What cannot be read is told on standard error, and remembered.
pub(super) struct Articles {
    roots: VecDeque<PathBuf>,
    walk: Option<Box<dyn Iterator<Item = Result<PathBuf, String>>>>,
    choice: Choice,
    has_failed: bool,
}

impl Articles {
    pub(super) fn new(paths: &Paths, settings: &Settings) -> Self {
        let mut roots: VecDeque<_> = paths.paths.clone().into();
        if roots.is_empty() {
            roots.push_back(PathBuf::from(&settings.articles));
        }
        Self {
            roots,
            walk: None,
            choice: Choice {
                max_bytes: settings.files.max_megabytes.get() as u64 * 1_000_000,
                hidden: settings.files.hidden,
            },
            has_failed: false,
        }
    }

    /// 0, or 2 when something could not be read.
    pub(super) fn code(&self) -> ExitCode {
        ExitCode::from(if self.has_failed { 2 } else { 0 })
    }

    /// Whether something could not be read.
    pub(super) fn has_failed(&self) -> bool {
        self.has_failed
    }

    /// The next article that can be read.
    pub(super) fn next(&mut self) -> Option<Found> {
        loop {
            let read = match self.walk.as_mut().and_then(Iterator::next) {
                Some(found) => found.and_then(|path| Ok((files::read(&path, self.choice)?, path))),
                None => match self.roots.pop_front()? {
                    root if root == Path::new("-") => {
                        standard_input(self.choice).map(|bytes| (bytes, root))
                    }
                    root => {
                        self.walk = Some(Box::new(files::walk(&root, self.choice)));
                        continue;
                    }
                },
            };
            match read {
                Ok((bytes, path)) => return Some(found(bytes, &path)),
                Err(problem) => {
                    self.has_failed = true;
                    complain(&problem);
                }
            }
        }
    }
}

fn found(bytes: Vec<u8>, path: &Path) -> Found {
    let path = path.to_string_lossy().into_owned();
    let document = document::read(bytes, &path);
    let analysis = analyze(&document.value);
    Found {
        path,
        document,
        analysis,
    }
}

fn standard_input(choice: Choice) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = std::io::stdin()
        .lock()
        .take(choice.max_bytes)
        .read_to_end(&mut bytes);
    read.map_err(|error| format!("standard input: {error}"))?;
    Ok(bytes)
}
