//! Which files of a folder have to be read to answer a query, when most of a hundred thousand have not changed.
//!
//! Everything the index knows of files is loaded at once. Then a file costs one look at its size and time, and the
//! folder is walked on all cores.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::change::path_hash;
use super::fingerprint::Fingerprint;
use super::reader::{IndexReader, KnownFile, RowFilter};
use crate::shell::files::{self, FileOptions};
use crate::shell::sync::{lock, unpoisoned};
use crate::text::hash::hash;

/// All files of the index, by the hashes of their paths.
pub(crate) struct KnownFiles(HashMap<u64, KnownFile>);

impl KnownFiles {
    /// Loads all files; `None` when the index cannot be read.
    pub(crate) fn of(reader: &IndexReader) -> Option<Self> {
        let mut known = HashMap::new();
        let could = reader.each_file(&mut |path, file| {
            known.insert(hash(path), file);
        });
        could.then_some(Self(known))
    }

    /// The files at `path` in the order of [`files::walk`], without those that have not changed and have none of the
    /// articles. `Err` is a sentence about what could not be read.
    pub(crate) fn candidates(
        &self,
        path: &Path,
        options: &FileOptions,
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
        let visit = |file: Result<PathBuf, String>| match file {
            Ok(file) if is_left_out(&file) => {}
            Ok(file) => lock(&found).0.push(file),
            Err(problem) => lock(&found).1.push(problem),
        };
        files::walk_all(path, options, || &visit);
        let (mut files, mut problems) = unpoisoned(found.into_inner());
        files.sort_by(|a, b| files::walking_cmp(a, b));
        problems.sort_unstable();
        let problems = problems.into_iter().map(Err);
        problems.chain(files.into_iter().map(Ok)).collect()
    }

    /// Whether a file has not changed and has none of the articles.
    fn has_none(&self, file: &Path, articles: &RowFilter) -> bool {
        let Some(known) = self.0.get(&path_hash(file)) else {
            return false;
        };
        let is_unchanged = || Fingerprint::at(file).is_some_and(|now| now.is(known.stored));
        !articles.may_have(&known.rows) && is_unchanged()
    }
}
