//! JSON with one object per line.

use serde_json::Value;

use super::sink::DelayedSink;
use crate::document::strings::first_bytes;

/// The extensions of such files.
const EXTENSIONS: &[&str] = &[".jsonl", ".ndjson", ".jl"];
/// How many bytes are searched for the end of the first line.
const FIRST_LINE_WITHIN: usize = 16 * 1024 * 1024;

/// Returns whether a file has one object per line: by its extension, or because the first line is an
/// object and the second begins one.
pub(super) fn are_lines(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_lowercase();
    if EXTENSIONS.iter().any(|extension| name.ends_with(extension)) {
        return true;
    }
    let window = first_bytes(bytes, FIRST_LINE_WITHIN);
    let mut lines = window
        .split(|&byte| byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
        return false;
    };
    first.starts_with(b"{") && first.ends_with(b"}") && second.starts_with(b"{")
}

/// Reads line by line; bytes that are not UTF-8 damage nothing else.
pub(super) fn read(bytes: &[u8], articles: &mut DelayedSink<'_, '_>) {
    for line in bytes.split(|&byte| byte == b'\n') {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        let text = String::from_utf8_lossy(line);
        let flow = match serde_json::from_str::<Value>(&text) {
            Ok(value) => articles.value(&value),
            Err(error) => {
                // A line that is cut off inside a text still has what comes before the cut.
                let cut = error
                    .is_eof()
                    .then(|| format!("{}\"}}", text.trim_end_matches('\\')));
                let value = cut.and_then(|cut| serde_json::from_str::<Value>(&cut).ok());
                let flow = match value {
                    Some(value) => articles.value(&value),
                    None => articles.flow,
                };
                articles.n_damaged += 1;
                flow
            }
        };
        if flow.is_break() {
            return;
        }
    }
}
