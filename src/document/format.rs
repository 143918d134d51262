//! The table of file formats: a format is one row and one file.

use super::{Block, Inline, markdown, plain};

/// What a format's parser makes of a text.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// Blocks in reading order.
    pub(super) blocks: Vec<Block>,
    /// Markup, sorted by start.
    pub(super) inlines: Vec<Inline>,
}

/// A file format.
#[derive(Debug)]
pub struct Format {
    /// Its name, for people.
    pub name: &'static str,
    /// How names of its files end, without the dot, in small letters.
    pub extensions: &'static [&'static str],
    /// Whether a file of an unknown extension that begins so is of this format.
    sniff: fn(&str) -> bool,
    /// Divides the text from a byte on into blocks.
    pub(super) parse: fn(&str, usize) -> Parsed,
}

/// All formats, in the order in which they are tried.
pub const FORMATS: &[Format] = &[
    Format {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown"],
        sniff: markdown::sniff,
        parse: markdown::parse,
    },
    // Last, because everything is plain text.
    Format {
        name: "plain text",
        extensions: &["txt", "text"],
        sniff: |_| true,
        parse: |text, start| Parsed {
            blocks: plain::blocks(text, start),
            inlines: Vec::new(),
        },
    },
];

/// Markdown beyond this size is read as plain text: nobody wrote it, and its tree would take gigabytes.
const LARGEST_MARKED_UP: usize = 8 * 1024 * 1024;

/// The format of a file by its name, else by how it begins.
pub(super) fn of(name: &str, text: &str) -> &'static Format {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase());
    let named = FORMATS.iter().find(|format| {
        extension
            .as_deref()
            .is_some_and(|extension| format.extensions.contains(&extension))
    });
    let found = named.or_else(|| FORMATS.iter().find(|format| (format.sniff)(text)));
    match found {
        Some(format) if text.len() <= LARGEST_MARKED_UP => format,
        _ => last(),
    }
}

const fn last() -> &'static Format {
    &FORMATS[FORMATS.len() - 1]
}
