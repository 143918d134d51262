//! Recognizes files of the formats that can be left out of a build, so that such a file is named even then.

use crate::document::strings::{first_bytes, first_line, without_byte_order_mark};

/// How many bytes are searched for the marks of a web page, of a web archive and of a PDF file.
const PAGE_WITHIN: usize = 1024;
const ARCHIVE_WITHIN: usize = 2048;
const PDF_WITHIN: usize = 1024;
/// How many bytes are searched for the headers of a mail.
const HEADERS_WITHIN: usize = 4096;
/// The longest line that separates mails in a mailbox, in bytes.
const LONGEST_SEPARATOR: usize = 400;

/// Headers that identify mail.
const HEADERS: &[&str] = &[
    "from",
    "subject",
    "date",
    "message-id",
    "return-path",
    "received",
    "mime-version",
    "delivered-to",
];

/// Returns whether the bytes begin like a web page.
pub(super) fn is_web_page(bytes: &[u8]) -> bool {
    let window = first_bytes(bytes, PAGE_WITHIN).to_ascii_lowercase();
    let start = without_byte_order_mark(&window).trim_ascii_start();
    let begins = |mark: &str| start.starts_with(mark.as_bytes());
    begins("<!doctype html")
        || begins("<html")
        || (begins("<?xml") || begins("<!--")) && memchr::memmem::find(start, b"<html").is_some()
}

/// Returns whether the bytes begin like a page archived by a browser.
pub(super) fn is_web_archive(bytes: &[u8]) -> bool {
    let window = first_bytes(bytes, ARCHIVE_WITHIN).to_ascii_lowercase();
    let has = |words: &str| memchr::memmem::find(&window, words.as_bytes()).is_some();
    has("multipart/related")
        && (has("snapshot-content-location:") || has("saved by ") || has("x-mimeole"))
}

/// Returns whether the bytes begin like a mail: two known headers come before an empty line.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let head = first_bytes(bytes, HEADERS_WITHIN);
    let mut n_known = 0;
    for line in head.split(|&byte| byte == b'\n') {
        if line.is_empty() || line == b"\r" {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(name) = header_name(line) else {
            return false;
        };
        let is_known = |known: &&str| name.eq_ignore_ascii_case(known.as_bytes());
        n_known += usize::from(HEADERS.iter().any(is_known));
    }
    n_known >= 2
}

/// Returns the name of a header, if the line is one.
fn header_name(line: &[u8]) -> Option<&[u8]> {
    let name = &line[..memchr::memchr(b':', line)?];
    let is_name = |byte: &u8| byte.is_ascii_graphic();
    (!name.is_empty() && name.iter().all(is_name)).then_some(name)
}

/// Returns whether the bytes begin with a line that separates the mails of a mailbox.
pub(super) fn is_mailbox(bytes: &[u8]) -> bool {
    let line = first_line(first_bytes(bytes, LONGEST_SEPARATOR));
    let is_year = |word: &[u8]| {
        word.len() == 4
            && word.iter().all(u8::is_ascii_digit)
            && (word.starts_with(b"19") || word.starts_with(b"20"))
    };
    let mut words = line.split(u8::is_ascii_whitespace);
    words.next() == Some(b"From") && words.any(is_year)
}

/// Returns whether the bytes begin like a PDF file.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let head = first_bytes(bytes, PDF_WITHIN);
    memchr::memmem::find(head, b"%PDF-").is_some()
}
