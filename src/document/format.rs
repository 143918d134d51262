//! The table of file formats: a format is one row and one file.

use std::ops::ControlFlow;

use super::draft::Draft;
use super::{Block, Inline, markdown, plain};

/// What a parser of marked-up text makes of it.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// Blocks in reading order.
    pub(super) blocks: Vec<Block>,
    /// Markup, sorted by start.
    pub(super) inlines: Vec<Inline>,
}

/// A file of a format that is no plain text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    /// Its path, relative to the folder.
    pub(super) name: &'a str,
}

/// Takes the articles of a file, one after the other, until it has enough.
pub(super) type Take<'t> = &'t mut dyn FnMut(Draft) -> ControlFlow<()>;

/// A file format.
#[derive(Debug)]
pub struct Format {
    /// Its name, for people.
    pub name: &'static str,
    /// How names of its files end, without the dot, in small letters.
    pub extensions: &'static [&'static str],
    /// Whether a file begins as those of the format do: decides between formats that share an extension,
    /// and about files whose name says nothing.
    sniff: fn(&[u8]) -> bool,
    /// How its files are read.
    pub(super) reading: Reading,
}

/// How the files of a format are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reading {
    /// One article a file, whose text stays as it is; the function divides it, from a byte on, into blocks.
    InPlace(fn(&str, usize) -> Parsed),
    /// Articles written anew from what the file holds, as many as there are.
    Anew(fn(&Source<'_>, Take<'_>) -> ControlFlow<()>),
}

/// All formats, in the order in which they are tried.
pub const FORMATS: &[Format] = &[
    Format {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown"],
        sniff: markdown::sniff,
        reading: Reading::InPlace(markdown::parse),
    },
    // Last, because everything is plain text.
    Format {
        name: "plain text",
        extensions: &["txt", "text"],
        sniff: |_| true,
        reading: Reading::InPlace(|text, start| Parsed {
            blocks: plain::blocks(text, start),
            inlines: Vec::new(),
        }),
    },
];

/// The format of a file by its name, else by how it begins.
pub(super) fn of(name: &str, bytes: &[u8]) -> &'static Format {
    let mut named = named(name);
    let found = match (named.next(), named.next()) {
        (Some(only), None) => Some(only),
        (Some(first), Some(_)) => {
            let fits = |format: &&Format| (format.sniff)(bytes);
            Some(self::named(name).find(fits).unwrap_or(first))
        }
        (None, _) => FORMATS.iter().find(|format| (format.sniff)(bytes)),
    };
    found.unwrap_or(PLAIN)
}

/// Whether files of this name hold one article each, whatever is in them.
#[must_use]
pub fn holds_one(name: &str) -> bool {
    let is_read_in_place = |format: &Format| matches!(format.reading, Reading::InPlace(_));
    let mut formats = named(name).peekable();
    formats.peek().is_some() && formats.all(is_read_in_place)
}

/// The formats whose files are named like this.
fn named(name: &str) -> impl Iterator<Item = &'static Format> {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase());
    FORMATS.iter().filter(move |format| {
        let extension = extension.as_deref();
        extension.is_some_and(|extension| format.extensions.contains(&extension))
    })
}

/// What everything is.
pub(super) const PLAIN: &Format = &FORMATS[FORMATS.len() - 1];
