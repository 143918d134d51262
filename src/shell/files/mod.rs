//! The files of a folder: finding and reading articles.
//!
//! [`walk`] streams: it returns the first file before it has looked at the last folder. What cannot be read becomes a
//! sentence and does not end the walk.

mod article_names;
pub(super) mod newsboat;
mod walk;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::config::Settings;
use crate::document::ArticleReader;
use crate::library::ListedFile;
use crate::text::hash::hash;

pub use walk::walk;
pub(crate) use walk::walking_cmp;
pub(super) use walk::{walk_all, walk_among};

/// What to do when there is nothing to read.
pub(super) const HINT: &str = "`pullquote FOLDER` reads a folder of articles";

const BYTES_PER_MEGABYTE: u64 = 1_000_000;

/// Which files are left out, and how the others are read.
#[derive(Debug, Clone)]
pub struct FileOptions {
    /// Larger files are left out and reported.
    pub max_bytes: u64,
    /// Whether hidden and ignored files are read too.
    pub hidden: bool,
    /// The parser of their content.
    pub reader: Arc<ArticleReader>,
}

impl FileOptions {
    /// The options in the configuration.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self {
            max_bytes: settings.files.max_megabytes.get() as u64 * BYTES_PER_MEGABYTE,
            hidden: settings.files.hidden,
            reader: Arc::new(ArticleReader {
                names: settings.json.clone(),
            }),
        }
    }

    /// Reads `source` to its end, or returns a sentence about it with its `name`.
    fn read_all(&self, source: impl Read, name: &str, length: u64) -> Result<Vec<u8>, String> {
        let capacity = usize::try_from(length.min(self.max_bytes)).unwrap_or(0);
        let mut bytes = Vec::with_capacity(capacity + 1);
        let mut source = source.take(self.max_bytes + 1);
        let read = source.read_to_end(&mut bytes);
        read.map_err(|error| format!("{name}: {}", reason(&error)))?;
        if bytes.len() as u64 > self.max_bytes {
            return Err(too_large(name, self.max_bytes));
        }
        Ok(bytes)
    }
}

/// Reads a regular file.
///
/// # Errors
///
/// A sentence: the file is gone, forbidden, a pipe or device, or larger than the options allow.
pub fn read(path: &Path, options: &FileOptions) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| format!("{}: {}", path.display(), reason(&error));
    // Checked before opening, because opening a named pipe waits for a writer.
    let about = fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(format!("{}: not a regular file", path.display()));
    }
    if newsboat::is_cache(path) {
        return newsboat::items(path, options.max_bytes);
    }
    let file = File::open(path).map_err(failed)?;
    options.read_all(file, &path.to_string_lossy(), about.len())
}

/// Reads standard input.
///
/// # Errors
///
/// A sentence: it cannot be read, or is larger than the options allow.
pub fn standard_input(options: &FileOptions) -> Result<Vec<u8>, String> {
    options.read_all(io::stdin().lock(), "standard input", 0)
}

/// A file that was found in a root, with the path it is shown with.
pub(super) fn listed(file: PathBuf, root: &Path) -> ListedFile {
    let shown = match file.strip_prefix(root) {
        Ok(inside) if !inside.as_os_str().is_empty() => inside.as_os_str(),
        // The root itself is a file.
        Ok(_) => file.file_name().unwrap_or(file.as_os_str()),
        Err(_) => file.as_os_str(),
    };
    ListedFile {
        path: shown.to_string_lossy().into_owned(),
        bytes: 0,
        location: file,
    }
}

/// When a file was last changed, in local time.
pub(super) fn file_time(path: &Path) -> Option<DateTime> {
    let changed = fs::metadata(path).and_then(|about| about.modified());
    let changed = Timestamp::try_from(changed.ok()?).ok()?;
    Some(local_zone().to_datetime(changed))
}

/// Where most systems keep the time zone.
const ZONE_FILE: &str = "/etc/localtime";

/// A hash of this machine's time zone.
pub(super) fn zone_hash() -> u64 {
    // Systems without the variable or the file differ by the other.
    let name = std::env::var_os("TZ").unwrap_or_default();
    let zone = fs::read(ZONE_FILE).unwrap_or_default();
    hash(&[name.as_encoded_bytes(), &zone].concat())
}

/// The date and time on the clock of this machine.
pub(super) fn local_time() -> DateTime {
    local_zone().to_datetime(Timestamp::now())
}

/// This machine's time zone. Unless `TZ` names one, it is read from its file: jiff would search all zones for its
/// name first, which takes longer than drawing the first frame.
fn local_zone() -> &'static TimeZone {
    static ZONE: LazyLock<TimeZone> = LazyLock::new(|| {
        let is_named = std::env::var_os("TZ").is_some_and(|name| !name.is_empty());
        let from_file = || TimeZone::tzif("local", &fs::read(ZONE_FILE).ok()?).ok();
        let zone = if is_named { None } else { from_file() };
        zone.unwrap_or_else(TimeZone::system)
    });
    &ZONE
}

/// Why a file cannot be read, in plain words.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn too_large(name: &str, max_bytes: u64) -> String {
    let megabytes = max_bytes / BYTES_PER_MEGABYTE;
    format!("{name}: larger than {megabytes} MB; see files.max_megabytes in the configuration")
}

/// What to report about a file that the program failed on.
pub(super) fn internal_error(file: &Path) -> String {
    format!(
        "{}: internal error while reading it (please report this)",
        file.display()
    )
}

#[cfg(test)]
mod tests;
