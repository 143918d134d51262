//! JSON with articles: one object, a list, an object around a list, or one object per line.
//!
//! A list is read item by item, so a large dump takes no more memory than its longest article. Damaged
//! parts are skipped with a warning on the article before them; JSON about anything else has no
//! articles.

use std::ops::ControlFlow;

use crate::document::encoding;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::strings::without_byte_order_mark;

pub(super) mod fields;
mod lines;
pub(super) mod names;
mod record;
pub(super) mod sink;
mod stream;

pub use names::{FieldNames, NameList};
use sink::DelayedSink;

/// Returns whether the bytes begin like JSON that may hold articles.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    let start = without_byte_order_mark(bytes);
    let mut marks = start.iter().filter(|byte| !byte.is_ascii_whitespace());
    match marks.next() {
        Some(b'{') => marks.next() == Some(&b'"'),
        Some(b'[') => marks.next() == Some(&b'{') && marks.next() == Some(&b'"'),
        _ => false,
    }
}

/// Reads the articles of a file.
pub(super) fn read(source: &SourceFile<'_>, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    let bytes = without_byte_order_mark(source.bytes);
    let mut articles = DelayedSink::new(source.names, sink);
    if lines::are_lines(source.name, bytes) {
        lines::read(bytes, &mut articles);
    } else if std::str::from_utf8(bytes).is_ok() {
        stream::read(bytes, &mut articles);
    } else {
        let mut decoded = encoding::decode(bytes.to_vec());
        articles.common = std::mem::take(&mut decoded.warnings);
        stream::read(decoded.into_text().as_bytes(), &mut articles);
    }
    articles.finish()
}

#[cfg(test)]
#[cfg(feature = "html")]
mod tests;
