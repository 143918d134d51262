//! The files of a folder, for the command line: found in natural order, read one at a time.
//!
//! Walking streams: the first file comes before the last folder is looked at. What cannot be read is a
//! sentence, not the end of the walk.

pub(super) mod newsboat;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::{Arc, LazyLock};

use ignore::{DirEntry, WalkBuilder, WalkState};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::jobs::cores;
use crate::config::Settings;
use crate::document::ArticleReader;
use crate::document::formats::{is_article_beginning, is_article_name};
use crate::library::natural_cmp;
use crate::text::hash::hash;

/// Which files are left out, and how the others are read.
#[derive(Debug, Clone)]
pub struct FileOptions {
    /// Larger files are left out, with a sentence.
    pub max_bytes: u64,
    /// Also hidden and ignored files.
    pub hidden: bool,
    /// How their bytes are read.
    pub reader: Arc<ArticleReader>,
}

impl FileOptions {
    /// As the configuration says.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self {
            max_bytes: settings.files.max_megabytes.get() as u64 * 1_000_000,
            hidden: settings.files.hidden,
            reader: Arc::new(ArticleReader {
                names: settings.json.clone(),
            }),
        }
    }

    /// All of `source`, or a sentence about it named `name`.
    fn read_all(&self, source: impl Read, name: &str, capacity: u64) -> Result<Vec<u8>, String> {
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
pub fn walk(
    path: &Path,
    choice: &FileOptions,
) -> impl Iterator<Item = Result<PathBuf, String>> + use<> {
    let alone = (path.exists() && !path.is_dir()).then(|| Ok(path.to_owned()));
    let walk = alone.is_none().then(|| walk_where(path, choice, |_| true));
    alone.into_iter().chain(walk.into_iter().flatten())
}

/// The articles of a folder that are among some paths or inside of one, chosen as [`walk`] does: only the
/// folders on the way are looked into.
pub(super) fn walk_among(
    root: &Path,
    choice: &FileOptions,
    paths: &BTreeSet<PathBuf>,
) -> impl Iterator<Item = Result<PathBuf, String>> + use<> {
    let within: BTreeSet<PathBuf> = paths
        .iter()
        .filter(|path| path.starts_with(root))
        .cloned()
        .collect();
    let is_wanted = move |path: &Path| {
        let below = within.range(path.to_owned()..).next();
        below.is_some_and(|below| below.starts_with(path))
            || path.ancestors().any(|above| within.contains(above))
    };
    walk_where(root, choice, is_wanted)
}

fn walk_where<F: Fn(&Path) -> bool + Send + Sync + 'static>(
    path: &Path,
    choice: &FileOptions,
    is_wanted: F,
) -> impl Iterator<Item = Result<PathBuf, String>> + use<F> {
    let root = path.to_owned();
    let walk = builder(path, choice, is_wanted)
        .sort_by_file_path(|a, b| natural_cmp(&last_name(a), &last_name(b)))
        .build();
    walk.filter_map(move |entry| taken(entry, &root))
}

/// The name of a file that a walk found. Of a folder of many files it is asked again and again.
fn last_name(path: &Path) -> Cow<'_, str> {
    let plain = path
        .to_str()
        .and_then(|path| path.rsplit_once(MAIN_SEPARATOR));
    match plain {
        Some((_, name)) => Cow::Borrowed(name),
        None => path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy(),
    }
}

/// The same files in no order, found on all cores; every thread that finds some has a visitor of its own.
pub(super) fn walk_all<'v, V: FnMut(Result<PathBuf, String>) + Send + 'v>(
    path: &Path,
    choice: &FileOptions,
    visitor: impl Fn() -> V,
) {
    let n_threads = cores();
    let walk = builder(path, choice, |_| true)
        .threads(n_threads)
        .build_parallel();
    walk.run(|| {
        let (mut visit, root) = (visitor(), path.to_owned());
        Box::new(move |entry| {
            if let Some(found) = taken(entry, &root) {
                visit(found);
            }
            WalkState::Continue
        })
    });
}

/// The order in which [`walk`] finds the files of a folder.
pub(crate) fn walking_cmp(a: &Path, b: &Path) -> Ordering {
    let mut parts = a.iter().zip(b.iter());
    let first_apart = parts.find(|(a, b)| a != b);
    let by_name = first_apart
        .map(|(a, b)| natural_cmp(&a.to_string_lossy(), &b.to_string_lossy()).then(a.cmp(b)));
    by_name.unwrap_or_else(|| a.cmp(b))
}

fn builder<F: Fn(&Path) -> bool + Send + Sync + 'static>(
    path: &Path,
    choice: &FileOptions,
    is_wanted: F,
) -> WalkBuilder {
    let mut builder = WalkBuilder::new(path);
    builder
        .standard_filters(!choice.hidden)
        .require_git(false)
        // What is ignored is the folder's to say, not that of a repository somewhere else.
        .git_global(false)
        .git_exclude(false)
        .follow_links(true)
        .filter_entry(move |entry| {
            let is_inner = entry.depth() > 0 && is_folder(entry);
            let is_passed_over =
                is_inner && (is_of_page(entry.path()) || is_of_templates(entry.path()));
            !is_passed_over && is_wanted(entry.path())
        });
    builder
}

/// The path of an article, or a sentence; nothing for what is left out.
fn taken(entry: Result<DirEntry, ignore::Error>, root: &Path) -> Option<Result<PathBuf, String>> {
    match entry {
        Ok(entry) if is_article(&entry) => Some(Ok(entry.into_path())),
        Ok(_) => None,
        Err(error) if is_loop(&error) => None, // Its files are read where they really are.
        Err(error) if root.exists() => Some(Err(said(&error, root))),
        Err(error) => Some(Err(format!("{}; {HINT}", said(&error, root)))),
    }
}

/// A file named by the user is read whatever its name; in a folder, regular files of a known format are.
fn is_article(entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return !is_folder(entry);
    }
    let kind = entry.file_type();
    kind.is_some_and(|kind| kind.is_file()) && is_named_as_article(entry.path())
}

/// Whether a file in a folder is an article: its name says so, or it lies in a folder of mails, or it has a
/// name without an ending, as wget gives pages, and begins as an article does.
pub(super) fn is_named_as_article(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else {
        return false;
    };
    if path.parent().is_some_and(is_of_page) {
        return false;
    }
    if SITE_FILES
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
    {
        return false;
    }
    // Most tables hold no articles.
    if TABLES.iter().any(|end| name.ends_with(end)) {
        return begins_as_article(path);
    }
    if is_article_name(&name) {
        return true;
    }
    let folder = path.parent().and_then(Path::file_name);
    let is_mail = folder.is_some_and(|folder| folder == "cur" || folder == "new")
        && name.starts_with(|c: char| c.is_ascii_digit())
        && name.contains('.');
    is_mail || newsboat::is_cache(path) || (!name.contains('.') && begins_as_article(path))
}

fn begins_as_article(path: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(PEEK_BYTES).read_to_end(&mut beginning));
    read.is_ok() && is_article_beginning(&beginning)
}

/// How much is read of a file whose name says nothing.
const PEEK_BYTES: u64 = 2048;

/// What web sites tell to machines.
const SITE_FILES: &[&str] = &[
    "robots.txt",
    "humans.txt",
    "ads.txt",
    "app-ads.txt",
    "security.txt",
    "manifest.json",
    "browserconfig.xml",
    "crossdomain.xml",
    "opensearch.xml",
    "sitemap.xml",
    "sitemap_index.xml",
    "sitemap-index.xml",
];

/// How names of tables end.
const TABLES: &[&str] = &[".csv", ".tsv"];

/// The folder in which Obsidian keeps what it knows of a vault, and those of its templates.
const VAULT: &str = ".obsidian";
const TEMPLATES: &[&str] = &["Templates", "templates", "_templates"];

/// Whether a folder holds the templates of a vault of notes.
fn is_of_templates(folder: &Path) -> bool {
    let is_named = |name: &std::ffi::OsStr| TEMPLATES.iter().any(|known| name == *known);
    folder.file_name().is_some_and(is_named) && folder.with_file_name(VAULT).exists()
}

/// How browsers name the folder of a saved page's pictures and frames.
const PAGE_FOLDERS: &[&str] = &[
    "_files",
    "_file",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_ficheiros",
    "_bestanden",
    "-filer",
];

/// Whether a folder holds the parts of a page that was saved beside it.
fn is_of_page(folder: &Path) -> bool {
    let name = folder.file_name().map(|name| name.to_string_lossy());
    let Some(name) = name else { return false };
    let page = PAGE_FOLDERS.iter().find_map(|end| name.strip_suffix(end));
    page.is_some_and(|page| {
        let beside = |end: &str| folder.with_file_name(format!("{page}.{end}")).exists();
        beside("html") || beside("htm")
    })
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
pub fn read(path: &Path, choice: &FileOptions) -> Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| problem(path, &error);
    // Asked before opening, which would wait for a writer on a named pipe.
    let about = fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(format!("{}: it is not a regular file", path.display()));
    }
    if newsboat::is_cache(path) {
        return newsboat::items(path, choice.max_bytes);
    }
    let file = File::open(path).map_err(failed)?;
    choice.read_all(file, &path.to_string_lossy(), about.len())
}

/// When a file was last changed, as the clock on the wall showed it.
pub(super) fn file_time(path: &Path) -> Option<DateTime> {
    let changed = fs::metadata(path).and_then(|about| about.modified());
    let changed = Timestamp::try_from(changed.ok()?).ok()?;
    Some(local_zone().to_datetime(changed))
}

/// A number that stands for the zone of this machine.
pub(super) fn zone_number() -> u64 {
    let name = std::env::var_os("TZ").unwrap_or_default();
    let kept = fs::read("/etc/localtime").unwrap_or_default();
    hash(&[name.as_encoded_bytes(), &kept].concat())
}

/// The zone of this machine. Unless `TZ` names one it is read where systems keep it: jiff would look for its
/// name among the files of all zones first, which takes longer than to draw the first frame.
fn local_zone() -> &'static TimeZone {
    static ZONE: LazyLock<TimeZone> = LazyLock::new(|| {
        let is_named = std::env::var_os("TZ").is_some_and(|name| !name.is_empty());
        let kept = || TimeZone::tzif("local", &fs::read("/etc/localtime").ok()?).ok();
        let kept = (!is_named).then(kept).flatten();
        kept.unwrap_or_else(TimeZone::system)
    });
    &ZONE
}

/// The bytes of standard input.
///
/// # Errors
///
/// A sentence: it cannot be read, or is larger than `choice` allows.
pub fn standard_input(choice: &FileOptions) -> Result<Vec<u8>, String> {
    choice.read_all(std::io::stdin().lock(), "standard input", 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice() -> FileOptions {
        FileOptions {
            max_bytes: 1000,
            hidden: false,
            reader: Arc::default(),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        walk(folder, &choice())
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

    #[test]
    fn walking_on_all_cores_finds_the_same() {
        let folder = folder_of(&[
            ("a/1.txt", ""),
            ("a/.hidden/2.txt", ""),
            ("b/no.txt", ""),
            ("b/c/3.md", ""),
            ("4.txt", ""),
            (".gitignore", "no.txt"),
        ]);
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/again")).unwrap();
        for root in [
            folder.path(),
            &folder.path().join("4.txt"),
            Path::new("/gone"),
        ] {
            let found = std::sync::Mutex::new(Vec::new());
            walk_all(root, &choice(), || |file| found.lock().unwrap().push(file));
            let mut found = found.into_inner().unwrap();
            let mut expected: Vec<_> = walk(root, &choice()).collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected);
        }
    }

    fn folder_of(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn all_cores_find_what_one_does() {
        let files: Vec<String> = (0..60)
            .map(|number| format!("{}/b{}/{number}.txt", number % 3, number % 7))
            .chain((0..12).map(|number| format!("a{number}.md")))
            .chain(
                [
                    "B.txt", "b.txt", "b/x.txt", "b-x.txt", "2.txt", "02.txt", "no.png",
                ]
                .map(str::to_owned),
            )
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|name| (name.as_str(), "")).collect();
        let folder = folder_of(&files);
        let found = std::sync::Mutex::new(Vec::new());
        walk_all(folder.path(), &choice(), || {
            |path: Result<PathBuf, String>| found.lock().unwrap().push(path.unwrap())
        });
        let mut found = found.into_inner().unwrap();
        found.sort_by(|a, b| walking_cmp(a, b));
        let one_by_one: Vec<PathBuf> = walk(folder.path(), &choice()).map(Result::unwrap).collect();
        assert_eq!(found, one_by_one);
    }

    #[test]
    fn packed_articles_are_listed_and_archives_are_not() {
        let folder = folder_of(&[
            ("a.txt.gz", ""),
            ("b.md.zst", ""),
            ("c.tar.gz", ""),
            ("d.gz", ""),
        ]);
        assert_eq!(names(folder.path()), ["a.txt.gz", "b.md.zst"]);
    }

    #[test]
    fn the_parts_of_a_saved_page_are_no_articles() {
        let folder = folder_of(&[
            ("Harbor.html", ""),
            ("Harbor_files/frame.txt", ""),
            ("my_files/a.txt", ""),
        ]);
        assert!(!names(folder.path()).contains(&"Harbor_files/frame.txt".to_owned()));
        assert!(names(folder.path()).contains(&"my_files/a.txt".to_owned()));
    }

    #[test]
    fn pages_are_listed_under_the_names_that_wget_gives() {
        let feed = "<rss><channel></channel></rss>";
        let folder = folder_of(&[
            ("coast.example/feed", feed),
            ("coast.example/Makefile", "all:"),
            ("coast.example/a.xml?page=2", feed),
            ("coast.example/a.css?v=2", ""),
        ]);
        assert_eq!(
            names(folder.path()),
            ["coast.example/a.xml?page=2", "coast.example/feed"]
        );
    }

    #[test]
    fn mails_are_listed_in_the_folders_of_a_mail_program() {
        let folder = folder_of(&[
            ("News/cur/1772609400.M1P2.host:2,S", ""),
            ("News/new/1772609401.M3P4.host", ""),
            ("News/tmp/1772609402.M5P6.host", ""),
            ("Inbox", "From a@b Wed Mar  4 08:30:00 2026\nSubject: x\n\n"),
        ]);
        assert_eq!(
            names(folder.path()),
            [
                "Inbox",
                "News/cur/1772609400.M1P2.host:2,S",
                "News/new/1772609401.M3P4.host"
            ]
        );
    }

    #[test]
    fn what_was_touched_is_chosen_as_all_is() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in [
            "1.txt",
            "2.txt",
            "b/1.txt",
            "b/c/2.md",
            ".git/x.txt",
            "no.txt",
            "b/no.txt",
        ] {
            fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            fs::write(root.join(name), "x").unwrap();
        }
        fs::write(root.join(".gitignore"), "no.txt").unwrap();
        let among = |paths: &[&str]| -> Vec<PathBuf> {
            let paths = paths.iter().map(|path| root.join(path)).collect();
            let found = walk_among(root, &choice(), &paths).map(Result::unwrap);
            found
                .map(|path| path.strip_prefix(root).unwrap().to_owned())
                .collect()
        };
        assert_eq!(
            among(&["2.txt", "no.txt", ".git/x.txt"]),
            [Path::new("2.txt")]
        );
        assert_eq!(among(&["b"]), [Path::new("b/1.txt"), Path::new("b/c/2.md")]);
        assert_eq!(among(&["b/c/2.md", "b/no.txt"]), [Path::new("b/c/2.md")]);
        assert!(among(&["elsewhere"]).is_empty() && among(&[]).is_empty());
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
            read(&large, &choice())
                .unwrap_err()
                .contains("larger than 0 MB")
        );
        assert!(
            read(folder.path(), &choice())
                .unwrap_err()
                .ends_with("not a regular file")
        );
        assert!(
            read(&folder.path().join("gone"), &choice())
                .unwrap_err()
                .contains("no such file or folder")
        );
        assert!(
            walk(&folder.path().join("gone"), &choice())
                .next()
                .unwrap()
                .unwrap_err()
                .ends_with(HINT)
        );
    }
}
