//! Converts HTML to blocks.
//!
//! [`fragment`] writes HTML into a [`Draft`]: the bodies of mails, feeds and books, and what remains of
//! a web page once the article is cut out. It takes linear time and never recurses, because the author
//! of a page decides how deeply it nests.

use super::plain;
use crate::document::draft::Draft;
use crate::document::strings::one_line;
use crate::text::span::{beginning, slice};

#[cfg(all(feature = "html", feature = "mail"))]
pub(super) mod mhtml;
#[cfg(feature = "html")]
pub(super) mod page;

#[cfg(feature = "html")]
mod boilerplate;
#[cfg(feature = "html")]
mod densest;
#[cfg(feature = "html")]
mod metadata;

#[cfg(feature = "html")]
mod blocks;
#[cfg(not(feature = "html"))]
mod simple_blocks;
mod strip;
#[cfg(feature = "html")]
mod table;

/// How many bytes are parsed at once; longer HTML is split.
const LONGEST_PIECE: usize = 4 * 1024 * 1024;
/// The longest tag and the longest element name in text that is recognized as HTML, in bytes.
const LONGEST_TAG: usize = 512;
const LONGEST_NAME: usize = 10;

/// Writes the blocks of an HTML fragment.
#[cfg(feature = "html")]
pub(super) fn fragment(draft: &mut Draft, html: &str) {
    for piece in pieces(&strip::strip(html)) {
        let parsed = dom_query::Document::fragment(piece);
        blocks::write(draft, parsed.root());
    }
}

/// Writes the blocks of an HTML fragment, without tables and links.
#[cfg(not(feature = "html"))]
pub(super) fn fragment(draft: &mut Draft, html: &str) {
    for piece in pieces(&strip::strip(html)) {
        simple_blocks::write(draft, piece);
    }
}

/// Writes the blocks of a text that may be HTML.
pub(super) fn text(draft: &mut Draft, text: &str) {
    if is_markup(text) {
        return fragment(draft, text);
    }
    for block in plain::blocks(text, 0) {
        draft.block(block.kind, block.span.of(text));
        if block.joined {
            draft.join();
        }
    }
}

/// Converts HTML to one line of plain text, as for a headline.
pub(super) fn line(html: &str) -> String {
    let mut draft = Draft::default();
    fragment(&mut draft, html);
    let (document, _) = draft.finish();
    one_line(&document.text)
}

/// Returns whether a text is HTML: it contains a complete tag or a character reference.
pub(super) fn is_markup(text: &str) -> bool {
    let is_markup = |at: usize| {
        let window = beginning(slice(text, at..), LONGEST_TAG);
        if let Some(name) = window.strip_prefix('&') {
            let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
            return match length {
                Some(length) => length > 1 && slice(name, length..).starts_with(';'),
                None => false,
            };
        }
        let Some(name) = window.strip_prefix("</").or(window.strip_prefix('<')) else {
            return false;
        };
        let letters = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let after = slice(name, letters..);
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && letters <= LONGEST_NAME
            && after.starts_with(['>', '/', ' ', '\n'])
            && after.contains('>')
    };
    memchr::memchr2_iter(b'<', b'&', text.as_bytes()).any(is_markup)
}

/// Splits HTML into pieces of at most [`LONGEST_PIECE`] bytes, at a tag if possible.
fn pieces(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let limit = rest.floor_char_boundary(LONGEST_PIECE);
        let window = rest.as_bytes().get(..limit)?;
        let at = match memchr::memrchr(b'<', window) {
            Some(at) if limit < rest.len() && at > limit / 2 => at,
            _ => limit,
        };
        let (piece, after) = rest.split_at_checked(at)?;
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
#[cfg(feature = "html")]
mod tests;
