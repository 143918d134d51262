//! Which files of a folder need be read to answer a question, of a hundred thousand that mostly are as they were.
//!
//! All that the index knows of files is taken from it at once; then a file costs no more than a look at its size
//! and time, and the folder is walked on all cores.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::fingerprint::Fingerprint;
use super::reader::{IndexReader, KnownFile, RowFilter};
use super::writer::number;
use crate::shell::files::{self, FileOptions};
use crate::text::hash::hash;

/// What the index knows of all files, by the numbers of their paths.
pub(crate) struct KnownFiles(HashMap<u64, KnownFile>);

impl KnownFiles {
    /// All files of the index; nothing when it cannot tell.
    pub(crate) fn of(reader: &IndexReader) -> Option<Self> {
        let mut known = HashMap::new();
        let could = reader.each_file(&mut |file, of| {
            known.insert(hash(file), of);
        });
        could.then_some(Self(known))
    }

    /// The files at `path`, in the order of [`files::walk`], but for those that are as they were and have none of
    /// the articles; `Err` is a sentence about what could not be looked into.
    pub(crate) fn without_others(
        &self,
        path: &Path,
        choice: &FileOptions,
        articles: &RowFilter,
    ) -> Vec<Result<PathBuf, String>> {
        let is_absolute = std::path::absolute(path).is_ok_and(|absolute| absolute == path);
        let is_left_out = |file: &Path| {
            if is_absolute {
                return self.has_none(file, articles);
            }
            std::path::absolute(file).is_ok_and(|file| self.has_none(&file, articles))
        };
        let found = Mutex::new((Vec::new(), Vec::new()));
        let visit = |file: Result<PathBuf, String>| {
            if file.as_ref().is_ok_and(|file| is_left_out(file)) {
                return;
            }
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            match file {
                Ok(file) => found.0.push(file),
                Err(problem) => found.1.push(problem),
            }
        };
        files::walk_all(path, choice, || &visit);
        let (mut files, mut problems) = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        files.sort_by(|a, b| files::walking_cmp(a, b));
        problems.sort_unstable();
        let problems = problems.into_iter().map(Err);
        problems.chain(files.into_iter().map(Ok)).collect()
    }

    /// Whether a file is as it was and has none of the articles.
    fn has_none(&self, file: &Path, articles: &RowFilter) -> bool {
        let Some(known) = self.0.get(&number(file)) else {
            return false;
        };
        let is_as_it_was = || Fingerprint::at(file).is_some_and(|now| now.is(known.kept));
        !articles.may_have(&known.rows) && is_as_it_was()
    }
}
