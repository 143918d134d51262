//! The table of file formats: a format is one row and one file.

use std::ops::ControlFlow;

use super::source::{ArticleSink, ParsedText, SourceFile};

pub(super) mod markdown;
pub(super) mod plain;

pub(super) mod html;

mod mail;

mod feed;
mod newsml;
mod nitf;

mod csv;
pub(super) mod json;

mod docx;
mod epub;
mod odt;
#[cfg(feature = "pdf")]
mod pdf;

pub(super) mod compressed;
pub(super) mod zip;

use compressed::Decompressed;

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
    pub(super) reading: ReadMethod,
}

/// How the files of a format are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum ReadMethod {
    /// One article a file, whose text stays as it is; the function divides it, from a byte on, into blocks.
    InPlace(fn(&str, usize) -> ParsedText),
    /// Articles written anew from what the file holds, as many as there are.
    Converted(fn(&SourceFile<'_>, &mut ArticleSink<'_>) -> ControlFlow<()>),
    /// As the file that is packed inside, whose name is what stands before the extension.
    Compressed(fn(&[u8]) -> Decompressed),
    /// As the files that an archive holds.
    Archive,
}

/// The name of the format of web pages.
const PAGE: &str = "web page";

/// All formats, in the order in which they are tried.
pub const FORMATS: &[Format] = &[
    Format {
        name: PAGE,
        extensions: &["html", "htm", "xhtml", "shtml"],
        sniff: html::page::sniff,
        reading: ReadMethod::Converted(html::page::read),
    },
    Format {
        name: "web archive",
        extensions: &["mhtml", "mht"],
        sniff: html::mhtml::sniff,
        reading: ReadMethod::Converted(html::mhtml::read),
    },
    Format {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown"],
        sniff: markdown::sniff,
        reading: ReadMethod::InPlace(markdown::parse),
    },
    Format {
        name: "mail",
        extensions: &["eml", "emlx"],
        sniff: mail::sniff,
        reading: ReadMethod::Converted(mail::read),
    },
    Format {
        name: "mailbox",
        extensions: &["mbox", "mbx"],
        sniff: mail::sniff_mailbox,
        reading: ReadMethod::Converted(mail::read_mailbox),
    },
    Format {
        name: "feed (RSS, Atom)",
        extensions: &["rss", "atom", "rdf", "xml"],
        sniff: feed::sniff,
        reading: ReadMethod::Converted(feed::read),
    },
    Format {
        name: "NITF",
        extensions: &["nitf", "xml"],
        sniff: nitf::sniff,
        reading: ReadMethod::Converted(nitf::read),
    },
    Format {
        name: "NewsML-G2",
        extensions: &["newsml", "xml"],
        sniff: newsml::sniff,
        reading: ReadMethod::Converted(newsml::read),
    },
    Format {
        name: "JSON",
        extensions: &["json", "jsonl", "ndjson", "jl", "ninjs"],
        sniff: json::sniff,
        reading: ReadMethod::Converted(json::read),
    },
    Format {
        name: "table (CSV)",
        extensions: &["csv", "tsv"],
        sniff: csv::sniff,
        reading: ReadMethod::Converted(csv::read),
    },
    Format {
        name: "EPUB",
        extensions: &["epub"],
        sniff: epub::sniff,
        reading: ReadMethod::Converted(epub::read),
    },
    Format {
        name: "DOCX",
        extensions: &["docx"],
        sniff: docx::sniff,
        reading: ReadMethod::Converted(docx::read),
    },
    Format {
        name: "ODT",
        extensions: &["odt"],
        sniff: odt::sniff,
        reading: ReadMethod::Converted(odt::read),
    },
    #[cfg(feature = "pdf")]
    Format {
        name: "PDF",
        extensions: &["pdf"],
        sniff: pdf::sniff,
        reading: ReadMethod::Converted(pdf::read),
    },
    // After the formats that are archives themselves.
    Format {
        name: "zip archive",
        extensions: &["zip"],
        sniff: zip::sniff,
        reading: ReadMethod::Archive,
    },
    Format {
        name: "gzip",
        extensions: &["gz"],
        sniff: compressed::is_gzip,
        reading: ReadMethod::Compressed(compressed::gunzip),
    },
    Format {
        name: "Zstandard",
        extensions: &["zst", "zstd"],
        sniff: compressed::is_zstd,
        reading: ReadMethod::Compressed(compressed::unzstd),
    },
    // Last, because everything is plain text.
    Format {
        name: "plain text",
        extensions: &["txt", "text"],
        sniff: |_| true,
        reading: ReadMethod::InPlace(|text, start| ParsedText {
            blocks: plain::blocks(text, start),
            inlines: Vec::new(),
        }),
    },
];

/// The format of a file by its name, else by how it begins.
pub(super) fn of(name: &str, bytes: &[u8]) -> &'static Format {
    let fits = |format: &&Format| (format.sniff)(bytes);
    if let Some(packed) = FORMATS
        .iter()
        .find(|format| is_packed(format) && fits(format))
    {
        return packed;
    }
    // A name may promise a packed file where the browser has unpacked it.
    let name = name_inside(name);
    let found = match (named(name).next(), named(name).nth(1)) {
        // wget calls a feed `index.html` when its address ends in a slash.
        (Some(only), None) if only.name == PAGE && !fits(&only) => FORMATS
            .iter()
            .find(|format| is_xml(format) && fits(format))
            .or(Some(only)),
        (Some(only), None) => Some(only),
        (Some(first), Some(_)) => Some(named(name).find(fits).unwrap_or(first)),
        (None, _) => FORMATS.iter().find(fits),
    };
    found.unwrap_or(PLAIN)
}

/// The formats whose files end as this name does; `page.html?part=2`, as wget names files, ends before the
/// question.
pub(super) fn named(name: &str) -> impl Iterator<Item = &'static Format> {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    let address = file.split_once('?').map(|(path, _)| path);
    let known = [Some(file), address]
        .into_iter()
        .flatten()
        .find_map(known_extension);
    FORMATS
        .iter()
        .filter(move |format| known.is_some_and(|known| format.extensions.contains(&known)))
}

/// Whether a file is an article by its name: it ends as those of a format, and a packed one as one inside.
#[must_use]
pub fn is_article_name(name: &str) -> bool {
    named(name_inside(name)).any(|format| !is_packed(format))
}

/// Whether a file is an article by how it begins, which a text alone does not show.
#[must_use]
pub fn is_article_beginning(bytes: &[u8]) -> bool {
    let written_anew = FORMATS
        .iter()
        .filter(|format| matches!(format.reading, ReadMethod::Converted(_)));
    written_anew.into_iter().any(|format| (format.sniff)(bytes))
}

fn is_xml(format: &Format) -> bool {
    format.extensions.contains(&"xml")
}

fn known_extension(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    let mut known = FORMATS.iter().flat_map(|format| format.extensions);
    known
        .find(|known| known.eq_ignore_ascii_case(extension))
        .copied()
}

fn is_packed(format: &Format) -> bool {
    matches!(format.reading, ReadMethod::Compressed(_))
}

/// What everything is.
pub(super) const PLAIN: &Format = &FORMATS[FORMATS.len() - 1];

/// The name of the file inside a packed one: what stands before the extension.
pub(super) fn name_inside(name: &str) -> &str {
    let mut extensions = FORMATS
        .iter()
        .filter(|format| is_packed(format))
        .flat_map(|format| format.extensions);
    match name.rsplit_once('.') {
        Some((inside, extension))
            if extensions.any(|known| known.eq_ignore_ascii_case(extension)) =>
        {
            inside
        }
        _ => name,
    }
}
