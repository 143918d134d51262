//! Zip archives of articles, such as services export. Every file inside is read that has the name of an
//! article and needs no unpacking of its own.
//!
//! Archives, books, office documents and PDF files inside are skipped: in nested archives, a few bytes
//! can unpack to any amount.

use super::ReadMethod;
use crate::document::archive::Archive;
use crate::document::strings::file_name;
use crate::document::{Warning, formats, xml};

/// The most files of an archive that are read.
pub(in crate::document) const MOST_FILES: usize = 10_000;
/// How files begin that hold compressed parts.
const CLOSED: &[&[u8]] = &[b"PK\x03\x04", b"%PDF-"];
/// The folder in which macOS keeps notes about the other files.
const NOTES: &str = "__MACOSX";
/// The suffix of the folder with the images and scripts of a saved page.
const PARTS: &str = "_files";

/// Returns whether the bytes begin like a zip archive.
pub(in crate::document) fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// A file in the archive.
pub(in crate::document) struct ZippedFile {
    /// Its path in the archive.
    pub(in crate::document) name: String,
    /// Its bytes.
    pub(in crate::document) bytes: Vec<u8>,
}

/// Returns the files that may be articles, in the order of the archive, and a warning about the
/// archive.
pub(in crate::document) fn files(
    bytes: &[u8],
) -> (impl Iterator<Item = ZippedFile>, Option<Warning>) {
    let archive = Archive::open(bytes);
    let mut names = archive.as_ref().map(Archive::names).unwrap_or_default();
    names.retain(|name| is_named_as_article(name));
    let odd = match &archive {
        Some(archive) if archive.is_damaged() => Some(xml::DAMAGED.to_owned()),
        _ if names.len() > MOST_FILES => Some(format!(
            "the archive holds more than {MOST_FILES} files: only the first are shown"
        )),
        _ => None,
    };
    names.truncate(MOST_FILES);
    let read = archive.into_iter().flat_map(move |mut archive| {
        let names = std::mem::take(&mut names).into_iter();
        names.filter_map(move |name| {
            let bytes = archive.read(&name)?;
            is_open(&name, &bytes).then_some(ZippedFile { name, bytes })
        })
    });
    let warning = odd.map(|message| Warning {
        span: None,
        message,
    });
    (read, warning)
}

/// Returns whether a path in the archive is that of an article, and not of a hidden file or a part of a
/// page.
fn is_named_as_article(name: &str) -> bool {
    let file = file_name(name);
    let mut folders = name.rsplit('/').skip(1);
    let is_other =
        |folder: &str| folder.starts_with('.') || folder == NOTES || folder.ends_with(PARTS);
    !file.starts_with('.') && formats::is_article_name(file) && !folders.any(is_other)
}

/// Returns whether a file holds nothing compressed.
fn is_open(name: &str, bytes: &[u8]) -> bool {
    let reading = formats::detect(name, bytes).reading;
    let is_plain = matches!(reading, ReadMethod::InPlace(_) | ReadMethod::Converted(_));
    is_plain && !CLOSED.iter().any(|mark| bytes.starts_with(mark))
}

#[cfg(test)]
#[cfg(feature = "html")]
mod tests {
    use crate::document::archive::zipped;
    use crate::document::tests::articles;
    use crate::document::{NO_ARTICLE, read};

    const PAGE: &str = "<html><head><title>Harbor talks end</title></head><body><article><h1>Harbor talks end</h1><p>The ministers left Port Selene after six hours of quiet talks on Wednesday.</p></article></body></html>";

    #[test]
    fn the_articles_of_an_archive_are_read_as_files_are() {
        let list = r#"[{"title":"One","content":"The first text of them."},{"title":"Two","content":"The second text of them."}]"#;
        let file = zipped(&[
            ("export/2026-03-04-talks.html", PAGE),
            ("export/2026-03-04-talks_files/frame.html", PAGE),
            ("export/all.json", list),
            ("export/picture.png", "x"),
            ("__MACOSX/export/talks.html", PAGE),
            ("export/.hidden.txt", "Hidden"),
            ("export/notes.md", "# Notes\n\nAna Ruiz left."),
        ]);
        let found = articles(&file, "export.zip");
        let titles: Vec<_> = found
            .iter()
            .map(|found| found.meta.title.as_str())
            .collect();
        assert_eq!(titles, ["Harbor talks end", "One", "Two", "Notes"]);
        let published = found[0].meta.published.unwrap();
        assert_eq!(published.when.date().to_string(), "2026-03-04");
        assert_eq!(found[3].meta.id.as_deref(), Some("export/notes.md"));
    }

    #[test]
    fn archives_in_archives_are_not_opened() {
        let inner = zipped(&[("a.txt", "A text.")]);
        let inner = String::from_utf8_lossy(&inner).into_owned();
        let outer = zipped(&[
            ("inner.zip", &inner),
            ("book.epub", &inner),
            ("mask.txt", &inner),
        ]);
        assert_eq!(read(outer, "a.zip").problem(), Some(NO_ARTICLE));
    }

    #[test]
    fn of_an_archive_without_an_end_the_first_files_are_read_with_a_warning() {
        let file = zipped(&[("a.html", PAGE), ("b.html", PAGE)]);
        let at = memchr::memmem::rfind(&file, b"b.html").unwrap();
        let article = read(file[..at].to_vec(), "a.zip");
        assert_eq!(article.value.meta.title, "Harbor talks end");
        assert_eq!(article.warnings.len(), 1);
    }
}
