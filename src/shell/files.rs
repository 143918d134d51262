//! The files of a folder, for the command line: found in natural order, read one at a time.
//!
//! Walking streams: the first file comes before the last folder is looked at. What cannot be read is a
//! sentence, not the end of the walk.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::config::Settings;
use crate::document::format::FORMATS;
use crate::library::natural_cmp;

/// Which files are left out.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Larger files are left out, with a sentence.
    pub max_bytes: u64,
    /// Also hidden and ignored files.
    pub hidden: bool,
}

impl Choice {
    /// As the configuration says.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self {
            max_bytes: settings.files.max_megabytes.get() as u64 * 1_000_000,
            hidden: settings.files.hidden,
        }
    }

    /// All of `source`, or a sentence about it named `name`.
    fn read_all(self, source: impl Read, name: &str, capacity: u64) -> Result<Vec<u8>, String> {
        let capacity = usize::try_from(capacity.min(self.max_bytes)).unwrap_or_default();
        let mut bytes = Vec::with_capacity(capacity + 1);
        let mut source = source.take(self.max_bytes + 1);
        let read = source.read_to_end(&mut bytes);
        read.map_err(|error| said_of(name, &error))?;
        if bytes.len() as u64 > self.max_bytes {
            let megabytes = self.max_bytes / 1_000_000;
            return Err(format!(
                "{name}: it is larger than {megabytes} MB; see files.max_megabytes in the configuration"
            ));
        }
        Ok(bytes)
    }
}

/// What to do when there is nothing to read.
pub(super) const HINT: &str = "`pullquote FOLDER` reads a folder of articles";

/// The paths of the articles at `path`: itself, or those of a folder; `Err` is a sentence about one.
pub fn walk(path: &Path, choice: Choice) -> impl Iterator<Item = Result<PathBuf, String>> + use<> {
    let walk = WalkBuilder::new(path)
        .standard_filters(!choice.hidden)
        .require_git(false)
        // What is ignored is the folder's to say, not that of a repository somewhere else.
        .git_global(false)
        .git_exclude(false)
        .follow_links(true)
        .sort_by_file_name(|a, b| natural_cmp(&a.to_string_lossy(), &b.to_string_lossy()))
        .build();
    let root = path.to_owned();
    walk.filter_map(move |entry| match entry {
        Ok(entry) if is_article(&entry) => Some(Ok(entry.into_path())),
        Ok(_) => None,
        Err(error) if is_loop(&error) => None, // Its files are read where they really are.
        Err(error) if root.exists() => Some(Err(said(&error, &root))),
        Err(error) => Some(Err(format!("{}; {HINT}", said(&error, &root)))),
    })
}

/// A file named by the user is read whatever its name; in a folder, regular files of a known format are.
fn is_article(entry: &DirEntry) -> bool {
    let kind = entry.file_type();
    let is_folder = kind.is_some_and(|kind| kind.is_dir());
    if entry.depth() == 0 {
        return !is_folder;
    }
    kind.is_some_and(|kind| kind.is_file()) && has_known_extension(entry.path())
}

/// Whether the name ends as those of a known format do.
pub(super) fn has_known_extension(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let mut known = FORMATS.iter().flat_map(|format| format.extensions);
    extension.is_some_and(|extension| known.any(|known| known.eq_ignore_ascii_case(extension)))
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
        _ => false,
    }
}

/// The error as `path: what is wrong`, about `root` unless it names a path of its own.
fn said(error: &ignore::Error, root: &Path) -> String {
    match error {
        ignore::Error::WithDepth { err, .. } => said(err, root),
        ignore::Error::WithPath { path, err } => said(err, path),
        ignore::Error::Io(error) => problem(root, error),
        other => format!("{}: {other}", root.display()),
    }
}

fn problem(path: &Path, error: &std::io::Error) -> String {
    said_of(&path.display().to_string(), error)
}

fn said_of(name: &str, error: &std::io::Error) -> String {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you are not allowed to read it".to_owned(),
        _ => error.to_string(),
    };
    format!("{name}: {reason}")
}

/// The bytes of a regular file.
///
/// # Errors
///
/// A sentence: the file is gone, forbidden, a pipe or device, or larger than `choice` allows.
pub fn read(path: &Path, choice: Choice) -> Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| problem(path, &error);
    // Asked before opening, which would wait for a writer on a named pipe.
    let about = fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(format!("{}: it is not a regular file", path.display()));
    }
    let file = File::open(path).map_err(failed)?;
    choice.read_all(file, &path.to_string_lossy(), about.len())
}

/// When a file was last changed, as the clock on the wall showed it.
pub(super) fn file_time(path: &Path) -> Option<DateTime> {
    let changed = fs::metadata(path).and_then(|about| about.modified());
    let changed = Timestamp::try_from(changed.ok()?).ok()?;
    Some(TimeZone::system().to_datetime(changed))
}

/// The bytes of standard input.
///
/// # Errors
///
/// A sentence: it cannot be read, or is larger than `choice` allows.
pub fn standard_input(choice: Choice) -> Result<Vec<u8>, String> {
    choice.read_all(std::io::stdin().lock(), "standard input", 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICE: Choice = Choice {
        max_bytes: 1000,
        hidden: false,
    };

    fn names(folder: &Path) -> Vec<String> {
        walk(folder, CHOICE)
            .map(|found| {
                found.map_or_else(
                    |error| error,
                    |path| path.strip_prefix(folder).unwrap().display().to_string(),
                )
            })
            .collect()
    }

    #[test]
    fn articles_come_in_natural_order_without_hidden_and_ignored_ones() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "10.txt",
            "9.md",
            "b/1.txt",
            ".hidden.txt",
            "no.txt",
            "picture.png",
        ] {
            fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::write(folder.path().join(".gitignore"), "no.txt").unwrap();
        assert_eq!(names(folder.path()), ["9.md", "10.txt", "b/1.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn loops_of_links_are_survived() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn what_cannot_be_read_is_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let large = folder.path().join("large.txt");
        fs::write(&large, vec![b'x'; 1001]).unwrap();
        assert!(
            read(&large, CHOICE)
                .unwrap_err()
                .contains("larger than 0 MB")
        );
        assert!(
            read(folder.path(), CHOICE)
                .unwrap_err()
                .ends_with("not a regular file")
        );
        assert!(
            read(&folder.path().join("gone"), CHOICE)
                .unwrap_err()
                .contains("no such file or folder")
        );
        assert!(
            walk(&folder.path().join("gone"), CHOICE)
                .next()
                .unwrap()
                .unwrap_err()
                .ends_with(HINT)
        );
    }
}
