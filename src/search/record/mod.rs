//! Serializing what the index stores of an article.
//!
//! Each record is a type separate from the one it represents, so that a change elsewhere does not change the meaning
//! of old bytes by accident. [`VERSION`] is raised with every change of a record. Surveys are the exception: they are
//! stored as the library packs them, so that a huge folder need not be packed again at every start, and how the
//! library splits names is therefore part of the format. Reading damaged bytes returns an error and never panics.

mod analysis;
mod document;
mod survey;

use serde::{Deserialize, Serialize};

pub use analysis::{fits, read_analysis, write_analysis};
pub use document::{read_document, write_document};
pub use survey::{read_surveys, write_surveys};

use crate::document::{DateOrigin, Published};
use crate::text::Span;

/// The version of all records.
pub const VERSION: u32 = 6;

/// The bytes are damaged or not of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

fn write(record: &impl Serialize) -> Vec<u8> {
    // This fails only for sequences of unknown length, which no record has.
    postcard::to_allocvec(record).unwrap_or_default()
}

fn read<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T, Damaged> {
    match postcard::take_from_bytes(bytes) {
        Ok((record, [])) => Ok(record),
        _ => Err(Damaged),
    }
}

/// The start and length of a span. Small numbers take few bytes.
#[derive(Serialize, Deserialize, Clone, Copy)]
struct SpanRecord(u32, u32);

impl From<Span> for SpanRecord {
    fn from(span: Span) -> Self {
        Self(span.start, span.len())
    }
}

impl SpanRecord {
    fn span(self) -> Result<Span, Damaged> {
        let end = self.0.checked_add(self.1).ok_or(Damaged)?;
        Ok(Span::new(self.0, end))
    }
}

/// A publication date.
#[derive(Serialize, Deserialize)]
struct PublishedRecord {
    year: i16,
    month: i8,
    day: i8,
    /// Hour, minute, second.
    time: Option<(i8, i8, i8)>,
    origin: u8,
}

const ORIGINS: [DateOrigin; 4] = [
    DateOrigin::Metadata,
    DateOrigin::Text,
    DateOrigin::FileName,
    DateOrigin::FileTime,
];

impl From<&Published> for PublishedRecord {
    fn from(published: &Published) -> Self {
        let when = published.when;
        Self {
            year: when.year(),
            month: when.month(),
            day: when.day(),
            time: published
                .has_time
                .then(|| (when.hour(), when.minute(), when.second())),
            origin: analysis::number(&ORIGINS, &published.origin),
        }
    }
}

impl PublishedRecord {
    fn published(&self) -> Result<Published, Damaged> {
        let (hour, minute, second) = self.time.unwrap_or_default();
        let date = jiff::civil::Date::new(self.year, self.month, self.day).map_err(|_| Damaged)?;
        let time = jiff::civil::Time::new(hour, minute, second, 0).map_err(|_| Damaged)?;
        Ok(Published {
            when: date.to_datetime(time),
            has_time: self.time.is_some(),
            origin: *ORIGINS.get(usize::from(self.origin)).ok_or(Damaged)?,
        })
    }
}

#[cfg(test)]
mod tests;
