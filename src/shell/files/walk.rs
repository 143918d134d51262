//! Walking a folder in natural order, or on all cores in any order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::article_names::{is_named_as_article, is_of_page, is_of_templates};
use super::{FileOptions, HINT, reason};
use crate::library::natural_cmp;
use crate::shell::jobs::cores;

/// The articles at `path`: the file itself, or those in a folder. `Err` is a sentence about what cannot be read.
pub fn walk(
    path: &Path,
    options: &FileOptions,
) -> impl Iterator<Item = Result<PathBuf, String>> + use<> {
    let alone = (path.exists() && !path.is_dir()).then(|| Ok(path.to_owned()));
    let walk = alone.is_none().then(|| walk_where(path, options, |_| true));
    alone.into_iter().chain(walk.into_iter().flatten())
}

/// The articles of a folder that are among some paths or inside one of them, by the same rules as [`walk`]. Only the
/// folders on the way are read.
pub(crate) fn walk_among(
    root: &Path,
    options: &FileOptions,
    paths: &BTreeSet<PathBuf>,
) -> impl Iterator<Item = Result<PathBuf, String>> + use<> {
    let within: BTreeSet<PathBuf> = paths
        .iter()
        .filter(|path| path.starts_with(root))
        .cloned()
        .collect();
    let is_wanted = move |path: &Path| {
        let is_inside = || path.ancestors().any(|above| within.contains(above));
        match within.range(path.to_owned()..).next() {
            Some(below) if below.starts_with(path) => true,
            _ => is_inside(),
        }
    };
    walk_where(root, options, is_wanted)
}

/// Visits the same files on all cores, in any order. Every thread gets a visitor of its own.
pub(crate) fn walk_all<'v, V: FnMut(Result<PathBuf, String>) + Send + 'v>(
    path: &Path,
    options: &FileOptions,
    visitor: impl Fn() -> V,
) {
    let walk = builder(path, options, |_| true)
        .threads(cores())
        .build_parallel();
    walk.run(|| {
        let (mut visit, root) = (visitor(), path.to_owned());
        Box::new(move |entry| {
            if let Some(found) = article_of(entry, &root) {
                visit(found);
            }
            WalkState::Continue
        })
    });
}

/// The order in which [`walk`] returns the files of a folder.
pub(crate) fn walking_cmp(a: &Path, b: &Path) -> Ordering {
    let mut parts = a.iter().zip(b.iter());
    match parts.find(|(a, b)| a != b) {
        Some((a, b)) => natural_cmp(&a.to_string_lossy(), &b.to_string_lossy()).then(a.cmp(b)),
        None => a.cmp(b),
    }
}

fn walk_where<F: Fn(&Path) -> bool + Send + Sync + 'static>(
    path: &Path,
    options: &FileOptions,
    is_wanted: F,
) -> impl Iterator<Item = Result<PathBuf, String>> + use<F> {
    let root = path.to_owned();
    let walk = builder(path, options, is_wanted)
        .sort_by_file_path(|a, b| natural_cmp(&last_name(a), &last_name(b)))
        .build();
    walk.filter_map(move |entry| article_of(entry, &root))
}

fn builder<F: Fn(&Path) -> bool + Send + Sync + 'static>(
    path: &Path,
    options: &FileOptions,
    is_wanted: F,
) -> WalkBuilder {
    let mut builder = WalkBuilder::new(path);
    builder
        .standard_filters(!options.hidden)
        .require_git(false)
        // The folder says what is ignored, not a repository somewhere else.
        .git_global(false)
        .git_exclude(false)
        .follow_links(true)
        .filter_entry(move |entry| {
            let is_inner = entry.depth() > 0 && is_folder(entry);
            let is_skipped =
                is_inner && (is_of_page(entry.path()) || is_of_templates(entry.path()));
            !is_skipped && is_wanted(entry.path())
        });
    builder
}

/// The name of a file. Sorting a folder of many files asks for it often, so the path is not split into components.
fn last_name(path: &Path) -> Cow<'_, str> {
    let plain = path
        .to_str()
        .and_then(|path| path.rsplit_once(MAIN_SEPARATOR));
    match (plain, path.file_name()) {
        (Some((_, name)), _) => Cow::Borrowed(name),
        (None, Some(name)) => name.to_string_lossy(),
        (None, None) => path.to_string_lossy(),
    }
}

/// The path of an article, or a sentence. `None` for other files.
fn article_of(
    entry: Result<DirEntry, ignore::Error>,
    root: &Path,
) -> Option<Result<PathBuf, String>> {
    match entry {
        Ok(entry) if is_article(&entry) => Some(Ok(entry.into_path())),
        Ok(_) => None,
        // The files are read at their real location.
        Err(error) if is_loop(&error) => None,
        Err(error) if root.exists() => Some(Err(described(&error, root))),
        Err(error) => Some(Err(format!("{}; {HINT}", described(&error, root)))),
    }
}

/// Whether to read an entry. A file named by the user is read whatever its name. In a folder, regular files of a known
/// format are.
fn is_article(entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return !is_folder(entry);
    }
    match entry.file_type() {
        Some(kind) => kind.is_file() && is_named_as_article(entry.path()),
        None => false,
    }
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
        _ => false,
    }
}

/// An error as `path: what is wrong`. The path is `root` unless the error has one.
fn described(error: &ignore::Error, root: &Path) -> String {
    match error {
        ignore::Error::WithDepth { err, .. } => described(err, root),
        ignore::Error::WithPath { path, err } => described(err, path),
        ignore::Error::Io(error) => format!("{}: {}", root.display(), reason(error)),
        other => format!("{}: {other}", root.display()),
    }
}
