//! The name groups that an article takes part in.
//!
//! They are worked out when the article is surveyed and stored with the survey, so that a library
//! that loads it parses no names.

use std::borrow::Cow;

use super::speakers::ArticleSpeakers;
use crate::analysis::CountryCode;
use crate::library::name_table::NameHash;
use crate::library::people::naming::name::Name;
use crate::library::people::naming::namesakes;
use crate::packed::{PackedText, RecordReader, RecordWriter};

/// A name group that an article takes part in: everyone in the folder whose name has the same base.
#[derive(Debug, Clone)]
pub(crate) struct ArticleGroup<'b> {
    pub hash: NameHash,
    /// The offset of the first speaker with the whole name in the article's record.
    pub offset: Option<u32>,
    /// The base of the name, if no speaker of the article has the whole name.
    pub base: Option<Cow<'b, str>>,
    /// The number of quotations by speakers in the group.
    pub quotations: u32,
    pub traits: Traits,
    /// Whether a surname was joined to the name.
    pub has_joined: bool,
    /// Whether the name is an acronym, or the article introduces one for it.
    pub has_acronym: bool,
}

const HAS_OFFSET: u8 = 1;
const HAS_BASE: u8 = 1 << 1;
const HAS_COUNTRY: u8 = 1 << 2;
const HAS_EXTRA: u8 = 1 << 3;
const DIFFER: u8 = 1 << 4;
const HAS_JOINED: u8 = 1 << 5;
const HAS_ACRONYM: u8 = 1 << 6;

impl<'b> ArticleGroup<'b> {
    pub(crate) fn new(hash: NameHash) -> Self {
        Self {
            hash,
            offset: None,
            base: None,
            quotations: 0,
            traits: Traits::default(),
            has_joined: false,
            has_acronym: false,
        }
    }

    pub(crate) fn write(&self, out: &mut RecordWriter) {
        let flags = [
            (HAS_OFFSET, self.offset.is_some()),
            (HAS_BASE, self.base.is_some()),
            (HAS_COUNTRY, self.traits.country.is_some()),
            (HAS_EXTRA, self.traits.extra != 0),
            (DIFFER, self.traits.differ),
            (HAS_JOINED, self.has_joined),
            (HAS_ACRONYM, self.has_acronym),
        ];
        let flags = flags.iter().filter(|(_, is_set)| *is_set);
        out.byte(flags.fold(0, |all, (flag, _)| all | flag));
        out.bytes(&self.hash.to_bytes());
        out.number(u64::from(self.quotations));
        if let Some(offset) = self.offset {
            out.number(u64::from(offset));
        }
        if let Some(base) = &self.base {
            out.text(base);
        }
        if let Some(country) = self.traits.country {
            out.bytes(&country.0);
        }
        if self.traits.extra != 0 {
            out.number(u64::from(self.traits.extra));
        }
    }

    fn read(record: &mut RecordReader<'b>) -> Self {
        let flags = record.byte();
        let has = |flag| flags & flag != 0;
        Self {
            hash: NameHash::of_bytes([(); 4].map(|()| record.byte())),
            quotations: record.count(),
            offset: has(HAS_OFFSET).then(|| record.count()),
            base: has(HAS_BASE).then(|| record.text().decode()),
            traits: Traits {
                country: has(HAS_COUNTRY).then(|| CountryCode([(); 2].map(|()| record.byte()))),
                extra: if has(HAS_EXTRA) { record.count() } else { 0 },
                differ: has(DIFFER),
            },
            has_joined: has(HAS_JOINED),
            has_acronym: has(HAS_ACRONYM),
        }
    }

    /// A form of the name that a speaker of the article has; an empty text if there is none.
    pub(crate) fn form<'s>(&self, speakers: ArticleSpeakers<'s>) -> PackedText<'s> {
        match self.offset.and_then(|offset| speakers.at(offset)) {
            Some(mention) => mention.name,
            None => PackedText::default(),
        }
    }

    /// The base of the name.
    pub(crate) fn base(&self, speakers: ArticleSpeakers<'_>) -> String {
        match &self.base {
            Some(base) => base.as_ref().to_owned(),
            None => Name::parse(&self.form(speakers).decode()).base,
        }
    }
}

/// The groups in a record.
pub(crate) fn read(groups: &[u8]) -> impl Iterator<Item = ArticleGroup<'_>> {
    let mut record = RecordReader::new(groups);
    std::iter::from_fn(move || {
        let has_more = !record.is_at_end();
        has_more.then(|| ArticleGroup::read(&mut record))
    })
}

/// What may distinguish two bearers of a name, just enough to see that nothing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Traits {
    /// The country of an office.
    pub country: Option<CountryCode>,
    /// A hash of middle initials and the like; 0 if there are none.
    pub extra: u32,
    /// Whether there are different countries or extras.
    pub differ: bool,
}

impl Traits {
    pub(crate) fn of(name: &Name, role: Option<&str>) -> Self {
        let extra = if name.extra.len() == 0 {
            0
        } else {
            NameHash::of(name.exact().as_bytes()).high_bits().max(1)
        };
        Self {
            country: role.and_then(namesakes::country_of),
            extra,
            differ: false,
        }
    }

    /// The traits as a note in the table of names.
    pub(crate) fn note(self) -> (u32, u32) {
        let country = match self.country {
            Some(CountryCode([first, second])) => u32::from_le_bytes([first, second, 1, 0]),
            None => 0,
        };
        (country, self.extra << 1 | u32::from(self.differ))
    }

    /// The traits with this [note](Self::note).
    pub(crate) fn noted((country, extra): (u32, u32)) -> Self {
        let [first, second, is_country, _] = country.to_le_bytes();
        Self {
            country: (is_country != 0).then_some(CountryCode([first, second])),
            extra: extra >> 1,
            differ: extra & 1 != 0,
        }
    }

    /// Adds another use of the name.
    pub(crate) fn add(&mut self, other: Self) {
        let countries_agree =
            |a: Option<CountryCode>, b: Option<CountryCode>| a.is_none() || b.is_none() || a == b;
        let extras_agree = |a: u32, b: u32| a == 0 || b == 0 || a == b;
        self.differ |= other.differ
            || !countries_agree(self.country, other.country)
            || !extras_agree(self.extra, other.extra);
        self.country = self.country.or(other.country);
        self.extra = self.extra.max(other.extra);
    }
}
