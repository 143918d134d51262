//! The table of file formats: each format is one row here, and one file or folder beside it.

use std::ops::ControlFlow;

use super::source::{ArticleSink, ParsedText, SourceFile};
use super::strings::file_name;

pub(super) mod markdown;
pub(super) mod plain;

pub(super) mod html;

#[cfg(feature = "mail")]
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

mod sniff;

use compressed::Decompressed;

/// A file format.
#[derive(Debug)]
pub struct Format {
    /// Its name, as people see it.
    pub name: &'static str,
    /// The extensions of its files, without the dot, in lower case.
    pub extensions: &'static [&'static str],
    /// Returns whether a file begins like this format. This decides between formats that share an
    /// extension, and for files without a known extension.
    sniff: fn(&[u8]) -> bool,
    /// How its files are read.
    pub(super) reading: ReadMethod,
}

/// How the files of a format are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum ReadMethod {
    /// The text of the file is kept as it is, as one article. The function divides it into blocks from
    /// a byte on.
    InPlace(fn(&str, usize) -> ParsedText),
    /// The file is converted to any number of articles, each with a new text.
    Converted(fn(&SourceFile<'_>, &mut ArticleSink<'_>) -> ControlFlow<()>),
    /// The file is decompressed and read as what is inside, under its name without the extension.
    Compressed(fn(&[u8]) -> Decompressed),
    /// Every file inside the archive is read.
    Archive,
    /// The program was built without this format; the sentence says so.
    #[cfg_attr(
        all(feature = "pdf", feature = "html", feature = "mail"),
        expect(dead_code, reason = "every format is built in")
    )]
    NotBuiltIn(&'static str),
}

#[cfg(feature = "html")]
const WEB_PAGE: ReadMethod = ReadMethod::Converted(html::page::read);
#[cfg(not(feature = "html"))]
const WEB_PAGE: ReadMethod =
    ReadMethod::NotBuiltIn("pullquote was built without support for web pages (feature `html`)");

#[cfg(all(feature = "html", feature = "mail"))]
const WEB_ARCHIVE: ReadMethod = ReadMethod::Converted(html::mhtml::read);
#[cfg(not(all(feature = "html", feature = "mail")))]
const WEB_ARCHIVE: ReadMethod = ReadMethod::NotBuiltIn(
    "pullquote was built without support for web archives (features `html` and `mail`)",
);

#[cfg(feature = "mail")]
const MAIL: ReadMethod = ReadMethod::Converted(mail::read);
#[cfg(not(feature = "mail"))]
const MAIL: ReadMethod =
    ReadMethod::NotBuiltIn("pullquote was built without support for mail (feature `mail`)");

#[cfg(feature = "mail")]
const MAILBOX: ReadMethod = ReadMethod::Converted(mail::read_mailbox);
#[cfg(not(feature = "mail"))]
const MAILBOX: ReadMethod = MAIL;

#[cfg(feature = "pdf")]
const PDF: ReadMethod = ReadMethod::Converted(pdf::read);
#[cfg(not(feature = "pdf"))]
const PDF: ReadMethod =
    ReadMethod::NotBuiltIn("pullquote was built without support for PDF files (feature `pdf`)");

/// How the warning about a file begins whose format is not built in.
pub(super) const NOT_BUILT_IN: &str = "pullquote was built without support for ";

/// The features that this build lacks. A program with others may read the same files differently.
pub const MISSING_FEATURES: &[&str] = &[
    #[cfg(not(feature = "pdf"))]
    "pdf",
    #[cfg(not(feature = "html"))]
    "html",
    #[cfg(not(feature = "mail"))]
    "mail",
];

/// The name of the format of web pages.
const PAGE: &str = "web page";

/// All formats, in the order in which they are tried.
pub const FORMATS: &[Format] = &[
    Format {
        name: PAGE,
        extensions: &["html", "htm", "xhtml", "shtml"],
        sniff: sniff::is_web_page,
        reading: WEB_PAGE,
    },
    Format {
        name: "web archive",
        extensions: &["mhtml", "mht"],
        sniff: sniff::is_web_archive,
        reading: WEB_ARCHIVE,
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
        sniff: sniff::is_mail,
        reading: MAIL,
    },
    Format {
        name: "mailbox",
        extensions: &["mbox", "mbx"],
        sniff: sniff::is_mailbox,
        reading: MAILBOX,
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
    Format {
        name: "PDF",
        extensions: &["pdf"],
        sniff: sniff::is_pdf,
        reading: PDF,
    },
    // After the formats that are zip archives themselves.
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
    // Last, because any file can be read as plain text.
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

/// Returns the format of a file by its name, or else by how it begins.
pub(super) fn detect(name: &str, bytes: &[u8]) -> &'static Format {
    let fits = |format: &&Format| (format.sniff)(bytes);
    if let Some(packed) = FORMATS
        .iter()
        .find(|format| is_packed(format) && fits(format))
    {
        return packed;
    }
    // Browsers may unpack a file and keep the name of the packed one.
    let name = name_inside(name);
    let found = match (
        with_extension_of(name).next(),
        with_extension_of(name).nth(1),
    ) {
        // wget saves a feed as `index.html` when its address ends in a slash.
        (Some(only), None) if only.name == PAGE && !fits(&only) => FORMATS
            .iter()
            .find(|format| is_xml(format) && fits(format))
            .or(Some(only)),
        (Some(only), None) => Some(only),
        (Some(first), Some(_)) => Some(with_extension_of(name).find(fits).unwrap_or(first)),
        (None, _) => FORMATS.iter().find(fits),
    };
    found.unwrap_or(PLAIN)
}

/// Returns the formats with the extension of this name. In `page.html?part=2`, a name given by wget,
/// the extension ends at the question mark.
pub(super) fn with_extension_of(name: &str) -> impl Iterator<Item = &'static Format> {
    let file = file_name(name);
    let address = file.split_once('?').map(|(path, _)| path);
    let known = [Some(file), address]
        .into_iter()
        .flatten()
        .find_map(known_extension);
    FORMATS
        .iter()
        .filter(move |format| known.iter().any(|known| format.extensions.contains(known)))
}

/// Returns whether a file name has the extension of an article, perhaps followed by that of a
/// compressed file.
#[must_use]
pub fn is_article_name(name: &str) -> bool {
    with_extension_of(name_inside(name)).any(|format| !is_packed(format))
}

/// Returns whether a file begins like an article in a format other than plain text.
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

/// The format of any file that has no other.
pub(super) const PLAIN: &Format = &FORMATS[FORMATS.len() - 1];

/// Returns the name of the file inside a compressed one: the name without the extension.
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
