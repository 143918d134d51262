//! The articles a command works through, one at a time, with what was found in each.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Paths, complain};
use crate::analysis::{Analysis, analyze};
use crate::config::Settings;
use crate::document::{self, Document, Warned};
use crate::library::Location;
use crate::shell::files::{self, Choice};

/// An article, read and analyzed.
pub(super) struct Found {
    /// Its path as given, with that inside the folder; further articles of a file are numbered.
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
    /// What was read of the last file and not taken yet.
    waiting: VecDeque<(Location, Warned<Document>)>,
    choice: Choice,
    has_failed: bool,
}

impl Articles {
    pub(super) fn new(paths: &Paths, settings: &Settings) -> Self {
        Self {
            roots: paths.or_configured(settings).into(),
            walk: None,
            waiting: VecDeque::new(),
            choice: Choice::of(settings),
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
            if let Some((location, document)) = self.waiting.pop_front() {
                return Some(found(&location, document));
            }
            let read = match self.walk.as_mut().and_then(Iterator::next) {
                Some(found) => found.and_then(|path| Ok((files::read(&path, self.choice)?, path))),
                None => match self.roots.pop_front()? {
                    root if root == Path::new("-") => {
                        files::standard_input(self.choice).map(|bytes| (bytes, root))
                    }
                    root => {
                        self.walk = Some(Box::new(files::walk(&root, self.choice)));
                        continue;
                    }
                },
            };
            match read {
                Ok((bytes, path)) => self.read(bytes, path),
                Err(problem) => self.fail(&problem),
            }
        }
    }

    /// Reads all articles of a file.
    fn read(&mut self, bytes: Vec<u8>, path: PathBuf) {
        let mut location = Location::from(path);
        let name = location.file.to_string_lossy().into_owned();
        let _ = document::read_each(bytes, &name, &mut |document| {
            self.waiting.push_back((location.clone(), document));
            location.part += 1;
            ControlFlow::Continue(())
        });
    }

    fn fail(&mut self, problem: &str) {
        self.has_failed = true;
        complain(problem);
    }
}

fn found(location: &Location, document: Warned<Document>) -> Found {
    let analysis = analyze(&document.value);
    Found {
        path: location.to_string(),
        document,
        analysis,
    }
}
