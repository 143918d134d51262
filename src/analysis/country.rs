//! Mentions of countries.

use crate::document::Document;
use crate::text::Span;

/// ISO 3166-1 alpha-2 code of a country, or `XK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode(pub [u8; 2]);

impl CountryCode {
    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

/// A place in the text that mentions a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryMention {
    /// The words: `Russia`, `Russian`.
    pub span: Span,
    /// Which country.
    pub country: CountryCode,
    /// By what kind of word.
    pub form: Form,
}

/// By what kind of word a country is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// Its name or an abbreviation of it.
    Name,
    /// Its adjective or demonym.
    Adjective,
    /// A former name.
    Former,
    /// A part that is counted for the whole: England for the United Kingdom.
    Part,
}

/// The mentions of countries in an article, sorted, without overlap.
pub(super) fn find(_document: &Document) -> Vec<CountryMention> {
    Vec::new()
}
