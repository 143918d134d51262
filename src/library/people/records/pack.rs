//! Packing the speakers of an article.

use std::borrow::Cow;
use std::collections::HashMap;

use super::name_groups::{ArticleGroup, Traits};
use super::speakers::{
    ALIASES_SHIFT, ArticleSpeakers, FOLLOWS, HAS_ROLE, IS_JOINED, MANY, QUOTATIONS_SHIFT,
    TABLE_ROW_BYTES, acronyms_among, kind_bits,
};
use crate::analysis::SpeakerKind;
use crate::library::articles::survey::SpeakerCount;
use crate::library::name_table::NameHash;
use crate::library::people::identity::article_persons::ArticlePersons;
use crate::library::people::naming::name::Name;
use crate::packed::{RecordReader, RecordWriter, count};

/// The bytes that most speakers take.
const USUAL_BYTES: usize = 32;

/// The record of an article's speakers, and of the name groups it takes part in.
#[derive(Debug, Clone, Default)]
pub(crate) struct PackedSpeakers {
    pub(crate) record: Vec<u8>,
    pub(crate) groups: Vec<u8>,
}

/// The speakers in a record.
pub(crate) fn unpack(record: &[u8]) -> Vec<SpeakerCount> {
    ArticleSpeakers::of(record).unpacked()
}

/// A record of speakers with another day.
pub(crate) fn dated(record: &[u8], day: Option<i32>) -> Vec<u8> {
    let mut rest = RecordReader::new(record);
    rest.number();
    let mut dated = RecordWriter::default();
    write_day(&mut dated, day);
    dated.bytes(rest.rest());
    dated.into_bytes()
}

fn write_day(record: &mut RecordWriter, day: Option<i32>) {
    record.number(match day {
        Some(day) => u64::from((day << 1 ^ day >> 31).cast_unsigned()) + 1,
        None => 0,
    });
}

/// Packs the speakers of an article. `day` is when it was published, in days since 1970.
pub(crate) fn pack(day: Option<i32>, speakers: &[SpeakerCount]) -> PackedSpeakers {
    let is_person = |speaker: &&SpeakerCount| speaker.kind == SpeakerKind::Person;
    let persons = speakers.iter().filter(is_person);
    let persons = ArticlePersons::named(persons.map(|person| &person.name));
    let mut persons = persons.all();
    let mut groups = GroupCollector::with_capacity(speakers.len());
    let mut mentions = RecordWriter::with_capacity(speakers.len() * USUAL_BYTES);
    let mut table: Vec<(u16, u32)> = Vec::new();
    let mut has_acronyms = false;
    for speaker in speakers {
        let parsed;
        let person = Some(speaker).filter(is_person).and_then(|_| persons.next());
        let (name, base) = if let Some(person) = person {
            person
        } else {
            parsed = Name::parse(&speaker.name);
            (&parsed, parsed.base.as_str())
        };
        let is_joined = name.base != base;
        let offset = count(mentions.len());
        let group = groups.get(base);
        let mark = group.hash.low_bits();
        group.quotations = group.quotations.saturating_add(speaker.quotations);
        group.offset = group.offset.or((!is_joined).then_some(offset));
        group.has_joined |= is_joined;
        group.traits.add(Traits::of(name, speaker.role.as_deref()));
        let acronyms = acronyms_among(&speaker.name, &speaker.aliases);
        for acronym in acronyms.filter(|acronym| acronym.base != base) {
            groups.get(base).has_acronym = true;
            groups.get(&acronym.base).has_acronym = true;
            has_acronyms = true;
        }
        table.push((mark, offset));
        write(&mut mentions, speaker, mark, is_joined);
    }
    let mut record = RecordWriter::with_capacity(mentions.len() + table.len() * TABLE_ROW_BYTES);
    write_day(&mut record, day);
    record.number((speakers.len() as u64) << 1 | u64::from(has_acronyms));
    if speakers.len() > MANY {
        table.sort_by_key(|(mark, _)| *mark);
        for (mark, offset) in table {
            record.bytes(&mark.to_le_bytes());
            record.bytes(&offset.to_le_bytes());
        }
    }
    record.bytes(&mentions.into_bytes());
    PackedSpeakers {
        record: record.into_bytes(),
        groups: groups.into_bytes(),
    }
}

fn write(record: &mut RecordWriter, speaker: &SpeakerCount, mark: u16, is_joined: bool) {
    let few = |count: usize| match u8::try_from(count) {
        Ok(count) => count.min(FOLLOWS),
        Err(_) => FOLLOWS,
    };
    let n_aliases = few(speaker.aliases.len());
    let n_quotations = few(speaker.quotations as usize);
    let flags = kind_bits(speaker.kind)
        | if speaker.role.is_some() { HAS_ROLE } else { 0 }
        | if is_joined { IS_JOINED } else { 0 }
        | n_aliases << ALIASES_SHIFT
        | n_quotations << QUOTATIONS_SHIFT;
    record.byte(flags);
    record.bytes(&mark.to_le_bytes());
    if n_quotations == FOLLOWS {
        record.number(u64::from(speaker.quotations));
    }
    record.text(&speaker.name);
    if let Some(role) = &speaker.role {
        record.text(role);
    }
    if n_aliases == FOLLOWS {
        record.number(speaker.aliases.len() as u64);
    }
    for alias in &speaker.aliases {
        // Mostly the surname.
        match speaker.name.strip_suffix(&**alias) {
            Some(before) if !alias.is_empty() => record.number((before.len() as u64) << 1 | 1),
            _ => {
                record.number((alias.len() as u64) << 1);
                record.bytes(alias.as_bytes());
            }
        }
    }
}

/// The name groups of an article, in the order of their first mention.
struct GroupCollector {
    all: Vec<ArticleGroup<'static>>,
    /// By the base of the name: the index of its group.
    by_base: HashMap<Box<str>, usize>,
}

impl GroupCollector {
    fn with_capacity(count: usize) -> Self {
        Self {
            all: Vec::with_capacity(count),
            by_base: HashMap::with_capacity(count),
        }
    }

    /// The group of a base, which is added if there is none.
    fn get(&mut self, base: &str) -> &mut ArticleGroup<'static> {
        let at = if let Some(at) = self.by_base.get(base) {
            *at
        } else {
            self.by_base.insert(base.into(), self.all.len());
            self.all.push(ArticleGroup::new(NameHash::of_base(base)));
            self.all.len() - 1
        };
        &mut self.all[at]
    }

    #[expect(
        clippy::iter_over_hash_type,
        reason = "each changes a group of its own"
    )]
    fn into_bytes(self) -> Vec<u8> {
        let Self { mut all, by_base } = self;
        for (base, at) in by_base {
            let group = &mut all[at];
            if group.offset.is_none() {
                group.base = Some(Cow::Owned(base.into_string()));
            }
        }
        let mut bytes = RecordWriter::default();
        for group in &all {
            group.write(&mut bytes);
        }
        bytes.into_bytes()
    }
}
