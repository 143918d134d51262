//! The speakers of an article as a record: whom it quotes, and to which group of names each belongs.
//!
//! A speaker takes its words and some four bytes. Sixteen bits of the group's number stand beside it, so that
//! the mentions of a group are found without taking the other names apart.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::name_groups::{ArticleGroup, Traits};
use crate::analysis::{Speaker, SpeakerKind};
use crate::library::SpeakerCount;
use crate::library::filter::PackedFilter;
use crate::library::name_table::NameHash;
use crate::library::people::identity::persons::ArticlePersons;
use crate::library::people::naming::name::{self, Name};
use crate::packed::{PackedText, RecordReader, RecordWriter};

/// The number of all who bear a name, from what the name is made of.
pub(crate) fn key(base: &str) -> NameHash {
    NameHash::of(base.as_bytes())
}

/// More speakers than this have a table of where each stands.
const MANY: usize = 24;

const KINDS: [SpeakerKind; 3] = [
    SpeakerKind::Person,
    SpeakerKind::Organization,
    SpeakerKind::Unnamed,
];

/// The bytes a speaker takes, mostly.
const USUAL_BYTES: usize = 32;

const HAS_ROLE: u8 = 1 << 2;
const IS_JOINED: u8 = 1 << 3;
const ALIASES: u8 = 4;
const QUOTATIONS: u8 = 6;
/// A number of two bits that stands for a longer one behind it.
const MORE: u8 = 3;

/// The record of some speakers, and the groups it has to do with, each once.
#[derive(Debug, Clone, Default)]
pub(in crate::library) struct PackedSpeakers {
    pub(in crate::library) record: Vec<u8>,
    pub(in crate::library) groups: Vec<u8>,
}

/// The speakers in a record, as they were found.
pub(in crate::library) fn unpack(record: &[u8]) -> Vec<SpeakerCount> {
    ArticleSpeakers::of(record).unpacked()
}

/// The record of some speakers with another day.
pub(in crate::library) fn dated(record: &[u8], day: Option<i32>) -> Vec<u8> {
    let mut rest = RecordReader::new(record);
    rest.number();
    let mut dated = RecordWriter::default();
    write_day(&mut dated, day);
    dated.bytes(rest.rest());
    dated.into_bytes()
}

fn write_day(record: &mut RecordWriter, day: Option<i32>) {
    record.number(day.map_or(0, |day| {
        u64::from((day << 1 ^ day >> 31).cast_unsigned()) + 1
    }));
}

/// Packs the speakers of an article. `day` is when it was published.
pub(in crate::library) fn pack(day: Option<i32>, speakers: &[SpeakerCount]) -> PackedSpeakers {
    let is_person = |speaker: &&SpeakerCount| speaker.kind == SpeakerKind::Person;
    let persons =
        ArticlePersons::named(speakers.iter().filter(is_person).map(|person| &person.name));
    let mut persons = persons.all();
    let mut groups = GroupCollector::with_capacity(speakers.len());
    let mut record = RecordWriter::with_capacity(speakers.len() * USUAL_BYTES);
    write_day(&mut record, day);
    let count = record.len();
    record.number((speakers.len() as u64) << 1);
    // The table stands before what it tells the places of.
    let table = record.len();
    let n_places = if speakers.len() > MANY {
        speakers.len()
    } else {
        0
    };
    for _ in 0..n_places {
        record.bytes(&[0; PLACE_BYTES]);
    }
    let first = record.len();
    let mut places = Vec::with_capacity(n_places);
    let mut has_acronyms = false;
    for speaker in speakers {
        let other;
        let person = Some(speaker).filter(is_person).and_then(|_| persons.next());
        let (own, base) = if let Some(person) = person {
            person
        } else {
            other = Name::parse(&speaker.name);
            (&other, other.base.as_str())
        };
        let is_joined = own.base != base;
        let place = u32::try_from(record.len() - first).unwrap_or(u32::MAX);
        let group = groups.note(base);
        let key = group.key;
        group.quotations = group.quotations.saturating_add(speaker.quotations);
        group.place = group.place.or((!is_joined).then_some(place));
        group.has_joined |= is_joined;
        group.traits.add(Traits::of(own, speaker.role.as_deref()));
        for short in acronyms(speaker).filter(|short| short.base != base) {
            groups.note(base).has_acronym = true;
            groups.note(&short.base).has_acronym = true;
            has_acronyms = true;
        }
        if n_places > 0 {
            places.push((key.low_bits(), place));
        }
        write(&mut record, speaker, key, is_joined);
    }
    let mut record = record.into_bytes();
    if let Some(count) = record.get_mut(count) {
        *count |= u8::from(has_acronyms);
    }
    places.sort_by_key(|(mark, _)| *mark);
    let (slots, _) = record
        .get_mut(table..first)
        .unwrap_or_default()
        .as_chunks_mut();
    for (slot, (mark, place)) in slots.iter_mut().zip(places) {
        let ([low, high], [a, b, c, d]) = (mark.to_le_bytes(), place.to_le_bytes());
        *slot = [low, high, a, b, c, d];
    }
    PackedSpeakers {
        record,
        groups: groups.into_bytes(),
    }
}

/// GroupCollector in the order of their first mention, by what their names are made of.
struct GroupCollector {
    all: Vec<ArticleGroup<'static>>,
    places: HashMap<Box<str>, usize>,
}

impl GroupCollector {
    fn with_capacity(count: usize) -> Self {
        Self {
            all: Vec::with_capacity(count),
            places: HashMap::with_capacity(count),
        }
    }

    fn note(&mut self, base: &str) -> &mut ArticleGroup<'static> {
        let at = if let Some(&at) = self.places.get(base) {
            at
        } else {
            self.places.insert(base.into(), self.all.len());
            self.all.push(ArticleGroup::new(key(base)));
            self.all.len() - 1
        };
        &mut self.all[at]
    }

    #[expect(clippy::iter_over_hash_type, reason = "each sets only what is its own")]
    fn into_bytes(self) -> Vec<u8> {
        let Self { mut all, places } = self;
        for (base, at) in places {
            if let Some(group) = all.get_mut(at).filter(|group| group.place.is_none()) {
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

fn write(record: &mut RecordWriter, speaker: &SpeakerCount, home: NameHash, is_joined: bool) {
    let kind = KINDS.iter().position(|kind| *kind == speaker.kind);
    let few = |count: usize| u8::try_from(count).unwrap_or(MORE).min(MORE);
    let n_aliases = few(speaker.aliases.len());
    let n_quotations = few(speaker.quotations as usize);
    let flags = kind.and_then(|kind| u8::try_from(kind).ok()).unwrap_or(0)
        | if speaker.role.is_some() { HAS_ROLE } else { 0 }
        | if is_joined { IS_JOINED } else { 0 }
        | n_aliases << ALIASES
        | n_quotations << QUOTATIONS;
    record.byte(flags);
    record.bytes(&home.low_bits().to_le_bytes());
    if n_quotations == MORE {
        record.number(u64::from(speaker.quotations));
    }
    record.text(&speaker.name);
    if let Some(role) = &speaker.role {
        record.text(role);
    }
    if n_aliases == MORE {
        record.number(speaker.aliases.len() as u64);
    }
    for alias in &speaker.aliases {
        // Mostly the family name alone.
        match speaker.name.strip_suffix(&**alias) {
            Some(before) if !alias.is_empty() => record.number((before.len() as u64) << 1 | 1),
            _ => {
                record.number((alias.len() as u64) << 1);
                record.bytes(alias.as_bytes());
            }
        }
    }
}

/// The acronyms an article introduces for a speaker.
fn acronyms(speaker: &SpeakerCount) -> impl Iterator<Item = Name> {
    acronyms_among(&speaker.name, &speaker.aliases)
}

fn acronyms_among(name: &str, aliases: &[impl AsRef<str>]) -> impl Iterator<Item = Name> {
    let aliases = aliases.iter().map(AsRef::as_ref);
    aliases
        .filter(move |alias| name::is_acronym(alias, name))
        .map(Name::parse)
}

/// The speakers of an article, packed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleSpeakers<'b> {
    pub day: Option<i32>,
    n_mentions: usize,
    /// Whether some acronym is introduced.
    pub has_acronyms: bool,
    table: &'b [u8],
    mentions: RecordReader<'b>,
}

/// A speaker of an article.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PackedMention<'b> {
    pub name: PackedText<'b>,
    pub role: Option<PackedText<'b>>,
    pub quotations: u32,
    pub kind: SpeakerKind,
    /// Of the group it belongs to.
    pub mark: u16,
    /// Whether it is a surname alone that belongs to the one full name with it.
    pub is_joined: bool,
    n_aliases: usize,
    aliases: RecordReader<'b>,
}

impl<'b> ArticleSpeakers<'b> {
    pub(crate) fn of(record: &'b [u8]) -> Self {
        let mut reader = RecordReader::new(record);
        let day = reader.number().checked_sub(1);
        let day = day.and_then(|day| u32::try_from(day).ok());
        let count = reader.number();
        let n_mentions = usize::try_from(count >> 1).unwrap_or(0);
        let table = if n_mentions > MANY {
            reader.bytes(n_mentions.saturating_mul(PLACE_BYTES))
        } else {
            &[]
        };
        Self {
            day: day.map(|day| (day >> 1).cast_signed() ^ -((day & 1).cast_signed())),
            n_mentions,
            has_acronyms: count & 1 == 1,
            table,
            mentions: reader,
        }
    }

    /// All of them, in the order in which they were found.
    pub(crate) fn all(self) -> impl Iterator<Item = PackedMention<'b>> {
        let mut reader = self.mentions;
        (0..self.n_mentions).map_while(move |_| next(&mut reader))
    }

    /// The one at a place.
    pub(crate) fn at(self, place: u32) -> Option<PackedMention<'b>> {
        let place = usize::try_from(place).ok()?;
        next(&mut RecordReader::new(self.mentions.rest().get(place..)?))
    }

    /// Those whose group may be the one with this mark, in the order in which they were found.
    pub(crate) fn marked(self, mark: u16) -> impl Iterator<Item = PackedMention<'b>> {
        let (table, _) = self.table.as_chunks::<PLACE_BYTES>();
        let mark_of = |[low, high, ..]: &[u8; PLACE_BYTES]| u16::from_le_bytes([*low, *high]);
        let start = table.partition_point(|place| mark_of(place) < mark);
        let places = table.get(start..).unwrap_or_default().iter();
        let places = places.take_while(move |place| mark_of(place) == mark);
        let listed =
            places.filter_map(move |[_, _, place @ ..]| self.at(u32::from_le_bytes(*place)));
        let all = self.table.is_empty().then(|| self.all());
        let all = all.into_iter().flatten();
        listed.chain(all.filter(move |mention| mention.mark == mark))
    }

    /// The persons among them.
    pub(crate) fn persons(self) -> impl Iterator<Item = PackedMention<'b>> {
        self.all()
            .filter(|mention| mention.kind == SpeakerKind::Person)
    }

    /// As they were found.
    pub(crate) fn unpacked(self) -> Vec<SpeakerCount> {
        let speaker = |mention: PackedMention<'_>| SpeakerCount {
            speaker: Arc::new(Speaker {
                name: mention.name.decode().into(),
                role: mention.role.map(|role| role.decode().into()),
                kind: mention.kind,
                aliases: mention.aliases().into_iter().map(Into::into).collect(),
            }),
            quotations: mention.quotations,
        };
        self.all().map(speaker).collect()
    }
}

/// The bytes of a mark and a place.
const PLACE_BYTES: usize = 6;

impl PackedMention<'_> {
    /// The acronyms the article introduces for it.
    pub(crate) fn acronyms(&self) -> Vec<Name> {
        acronyms_among(&self.name.decode(), &self.aliases()).collect()
    }

    /// Which words of a filter stand in the name, the office and the other names.
    pub(crate) fn matching_words(&self, filter: &PackedFilter) -> u8 {
        let mut standing = filter.matching_words(self.name);
        if let Some(role) = self.role {
            standing |= filter.matching_words(role);
        }
        let mut reader = self.aliases;
        for _ in 0..self.n_aliases {
            // The end of the name has no further words.
            let number = reader.number();
            if number & 1 == 0 {
                let alias = reader.bytes(usize::try_from(number >> 1).unwrap_or(usize::MAX));
                standing |= filter.matching_words_in(&String::from_utf8_lossy(alias));
            }
        }
        standing
    }

    /// Other names the article uses.
    pub(crate) fn aliases(&self) -> Vec<String> {
        self.alias_words().aliases()
    }
}

impl<'b> PackedMention<'b> {
    /// Other names the article uses, packed.
    pub(crate) fn alias_words(&self) -> AliasWords<'b> {
        AliasWords {
            name: self.name,
            count: self.n_aliases,
            words: self.aliases,
        }
    }
}

/// Other names of a speaker as they are packed. Those that are the end of the name are not written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AliasWords<'b> {
    name: PackedText<'b>,
    count: usize,
    words: RecordReader<'b>,
}

impl AliasWords<'_> {
    /// Written out.
    pub(crate) fn aliases(&self) -> Vec<String> {
        if self.count == 0 {
            return Vec::new();
        }
        let name = self.name.decode();
        let mut reader = self.words;
        let alias = |_| {
            let number = reader.length();
            if number & 1 == 1 {
                return name.get(number >> 1..).unwrap_or_default().to_owned();
            }
            String::from_utf8_lossy(reader.bytes(number >> 1)).into_owned()
        };
        (0..self.count).map(alias).collect()
    }
}

fn next<'b>(reader: &mut RecordReader<'b>) -> Option<PackedMention<'b>> {
    if reader.is_at_end() {
        return None;
    }
    let flags = reader.byte();
    let mark = u16::from_le_bytes([reader.byte(), reader.byte()]);
    let quotations = match flags >> QUOTATIONS {
        MORE => reader.count(),
        few => u32::from(few),
    };
    let name = reader.text();
    let role = (flags & HAS_ROLE != 0).then(|| reader.text());
    let n_aliases = match flags >> ALIASES & MORE {
        MORE => reader.length(),
        few => usize::from(few),
    };
    // Each takes a byte at least.
    let n_aliases = n_aliases.min(reader.rest().len());
    let mut after = *reader;
    for _ in 0..n_aliases {
        let number = after.number();
        if number & 1 == 0 {
            after.bytes(usize::try_from(number >> 1).unwrap_or(usize::MAX));
        }
    }
    let length = reader.rest().len().saturating_sub(after.rest().len());
    let aliases = RecordReader::new(reader.bytes(length));
    Some(PackedMention {
        name,
        role,
        quotations,
        kind: KINDS
            .get(usize::from(flags & 3))
            .copied()
            .unwrap_or(SpeakerKind::Person),
        mark,
        is_joined: flags & IS_JOINED != 0,
        n_aliases,
        aliases,
    })
}
