//! Which files of a folder are articles, by their names or, if a name says nothing, by their first bytes.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::newsboat;
use crate::document::formats::{is_article_beginning, is_article_name};

/// How much is read of a file whose name says nothing.
const PEEK_BYTES: u64 = 2048;

/// Files that web sites have for machines.
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

/// The endings of tables. Most tables hold no articles.
const TABLES: &[&str] = &[".csv", ".tsv"];

/// The folder with Obsidian's settings of a vault, and the names of template folders beside it.
const VAULT: &str = ".obsidian";
const TEMPLATES: &[&str] = &["Templates", "templates", "_templates"];

/// How browsers name the folder with the pictures and frames of a saved page.
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

/// The folders of a maildir that hold messages.
const MAIL_FOLDERS: &[&str] = &["cur", "new"];

/// Whether a file is an article: its name says so, or it is a message in a maildir, or its name has no ending (as wget
/// names pages) and it begins like an article.
pub(super) fn is_named_as_article(path: &Path) -> bool {
    let Some(name) = path.file_name().map(OsStr::to_string_lossy) else {
        return false;
    };
    let is_site_file = |known: &&str| name.eq_ignore_ascii_case(known);
    if path.parent().is_some_and(is_of_page) || SITE_FILES.iter().any(is_site_file) {
        return false;
    }
    if TABLES.iter().any(|end| name.ends_with(end)) {
        return begins_as_article(path);
    }
    is_article_name(&name)
        || is_message(path, &name)
        || newsboat::is_cache(path)
        || (!name.contains('.') && begins_as_article(path))
}

fn begins_as_article(path: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(PEEK_BYTES).read_to_end(&mut beginning));
    read.is_ok() && is_article_beginning(&beginning)
}

/// Whether a file is a message in a maildir.
fn is_message(path: &Path, name: &str) -> bool {
    let folder = path.parent().and_then(Path::file_name);
    let is_in_mail_folder = MAIL_FOLDERS
        .iter()
        .any(|known| folder == Some(OsStr::new(known)));
    is_in_mail_folder && name.starts_with(|c: char| c.is_ascii_digit()) && name.contains('.')
}

/// Whether a folder holds the templates of an Obsidian vault.
pub(super) fn is_of_templates(folder: &Path) -> bool {
    let name = folder.file_name();
    let is_named = TEMPLATES
        .iter()
        .any(|known| name == Some(OsStr::new(known)));
    is_named && folder.with_file_name(VAULT).exists()
}

/// Whether a folder holds the parts of a page that was saved beside it.
pub(super) fn is_of_page(folder: &Path) -> bool {
    let Some(name) = folder.file_name().map(OsStr::to_string_lossy) else {
        return false;
    };
    let Some(page) = PAGE_FOLDERS.iter().find_map(|end| name.strip_suffix(end)) else {
        return false;
    };
    let is_beside = |end: &str| folder.with_file_name(format!("{page}.{end}")).exists();
    is_beside("html") || is_beside("htm")
}
