//! Small helpers for strings and bytes that several parsers share.

use crate::text::span::split;

/// The byte order mark of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Returns a text on one line, with single spaces between its words.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the part of a text before the first of `stops`, or all of it.
pub(super) fn up_to<'t>(text: &'t str, stops: &[char]) -> &'t str {
    match text.find(stops) {
        Some(at) => split(text, at).0,
        None => text,
    }
}

/// Returns the file name at the end of a path.
pub(super) fn file_name(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some((_, name)) => name,
        None => path,
    }
}

/// Returns whether a text is the address of a web page.
pub(super) fn is_web_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Returns at most the first `most` bytes.
pub(super) fn first_bytes(bytes: &[u8], most: usize) -> &[u8] {
    &bytes[..bytes.len().min(most)]
}

/// Returns the first line, without its line feed.
pub(super) fn first_line(bytes: &[u8]) -> &[u8] {
    match memchr::memchr(b'\n', bytes) {
        Some(at) => &bytes[..at],
        None => bytes,
    }
}

/// Returns the bytes after `prefix` if they begin with it, or all of them.
pub(super) fn without_prefix<'b>(bytes: &'b [u8], prefix: &[u8]) -> &'b [u8] {
    match bytes.strip_prefix(prefix) {
        Some(rest) => rest,
        None => bytes,
    }
}

/// Returns the bytes without a byte order mark of UTF-8.
pub(super) fn without_byte_order_mark(bytes: &[u8]) -> &[u8] {
    without_prefix(bytes, BYTE_ORDER_MARK)
}
