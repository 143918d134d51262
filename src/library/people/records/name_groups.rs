//! The groups of names that an article has to do with, worked out where the article is looked into and kept with
//! what that told, so that taking it in parses no name.

use std::borrow::Cow;

use super::speakers;
use super::speakers::ArticleSpeakers;
use crate::analysis::CountryCode;
use crate::library::name_table::NameHash;
use crate::library::people::naming::name::Name;
use crate::library::people::naming::namesakes;
use crate::packed::{PackedText, RecordReader, RecordWriter};

/// A group that an article has to do with.
#[derive(Debug, Clone)]
pub(crate) struct ArticleGroup<'b> {
    pub key: NameHash,
    /// Where in the record a speaker with the whole name is.
    pub place: Option<u32>,
    /// What the name is made of, where no speaker has it.
    pub base: Option<Cow<'b, str>>,
    /// Quotations by those who bear it.
    pub quotations: u32,
    pub traits: Traits,
    /// Whether a surname was joined to it.
    pub has_joined: bool,
    /// Whether it has to do with an acronym, as its name or as what it stands for.
    pub has_acronym: bool,
}

const HAS_PLACE: u8 = 1;
const HAS_BASE: u8 = 1 << 1;
const HAS_COUNTRY: u8 = 1 << 2;
const HAS_EXTRA: u8 = 1 << 3;
const DIFFER: u8 = 1 << 4;
const HAS_JOINED: u8 = 1 << 5;
const HAS_ACRONYM: u8 = 1 << 6;

impl<'b> ArticleGroup<'b> {
    pub(crate) fn new(key: NameHash) -> Self {
        Self {
            key,
            place: None,
            base: None,
            quotations: 0,
            traits: Traits::default(),
            has_joined: false,
            has_acronym: false,
        }
    }

    pub(crate) fn write(&self, out: &mut RecordWriter) {
        let flags = [
            (HAS_PLACE, self.place.is_some()),
            (HAS_BASE, self.base.is_some()),
            (HAS_COUNTRY, self.traits.country.is_some()),
            (HAS_EXTRA, self.traits.extra != 0),
            (DIFFER, self.traits.differ),
            (HAS_JOINED, self.has_joined),
            (HAS_ACRONYM, self.has_acronym),
        ];
        let flags = flags.iter().filter(|(_, is_set)| *is_set);
        out.byte(flags.fold(0, |all, (flag, _)| all | flag));
        out.bytes(&self.key.to_bytes());
        out.number(u64::from(self.quotations));
        if let Some(place) = self.place {
            out.number(u64::from(place));
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
            key: NameHash::of_bytes([0; 4].map(|_: u8| record.byte())),
            quotations: record.count(),
            place: has(HAS_PLACE).then(|| record.count()),
            base: has(HAS_BASE).then(|| record.text().decode()),
            traits: Traits {
                country: has(HAS_COUNTRY).then(|| CountryCode([0; 2].map(|_: u8| record.byte()))),
                extra: if has(HAS_EXTRA) { record.count() } else { 0 },
                differ: has(DIFFER),
            },
            has_joined: has(HAS_JOINED),
            has_acronym: has(HAS_ACRONYM),
        }
    }

    /// Some form of the name, as a speaker has it.
    pub(crate) fn form<'s>(&self, speakers: ArticleSpeakers<'s>) -> PackedText<'s> {
        let mention = self.place.and_then(|place| speakers.at(place));
        mention.map_or_else(PackedText::default, |mention| mention.name)
    }

    /// What the name is made of.
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

/// What may tell two bearers of a name apart, as far as it takes to see that nothing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Traits {
    /// The country of an office.
    pub country: Option<CountryCode>,
    /// A number of the middle initials and the like; 0 for none.
    pub extra: u32,
    /// Whether there are different ones.
    pub differ: bool,
}

impl Traits {
    pub(crate) fn of(name: &Name, role: Option<&str>) -> Self {
        let extra = if name.extra.len() == 0 {
            0
        } else {
            speakers::key(&name.exact()).high_bits().max(1)
        };
        Self {
            country: role.and_then(namesakes::country_of),
            extra,
            differ: false,
        }
    }

    /// As numbers.
    pub(crate) fn note(self) -> (u32, u32) {
        let [low, high] = self.country.map_or([0, 0], |code| code.0);
        let is_country = u8::from(self.country.is_some());
        let extra = self.extra << 1 | u32::from(self.differ);
        (u32::from_le_bytes([low, high, is_country, 0]), extra)
    }

    /// What had these numbers.
    pub(crate) fn noted((country, extra): (u32, u32)) -> Self {
        let [low, high, is_country, _] = country.to_le_bytes();
        Self {
            country: (is_country != 0).then_some(CountryCode([low, high])),
            extra: extra >> 1,
            differ: extra & 1 != 0,
        }
    }

    /// Takes in another use of the name.
    pub(crate) fn add(&mut self, other: Self) {
        let is_clear =
            |a: Option<CountryCode>, b: Option<CountryCode>| a.is_none() || b.is_none() || a == b;
        let is_plain = |a: u32, b: u32| a == 0 || b == 0 || a == b;
        self.differ |= other.differ
            || !is_clear(self.country, other.country)
            || !is_plain(self.extra, other.extra);
        self.country = self.country.or(other.country);
        self.extra = self.extra.max(other.extra);
    }
}
