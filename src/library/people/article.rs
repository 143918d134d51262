//! The speakers of an article as a record: whom it quotes, and to which group of names each belongs.
//!
//! A speaker takes its words and some four bytes. Sixteen bits of the group's number stand beside it, so that
//! the mentions of a group are found without taking the other names apart.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::apart;
use super::name::{self, Name};
use crate::analysis::{CountryCode, SpeakerKind};
use crate::library::SpeakerCount;
use crate::library::packed::{Key, Reader, Text, Writer};

/// The number of all who bear a name, from what the name is made of.
pub(super) fn key(base: &str) -> Key {
    Key::of(base.as_bytes())
}

/// More speakers than this have a table of where each stands.
const MANY: usize = 24;

const KINDS: [SpeakerKind; 3] = [
    SpeakerKind::Person,
    SpeakerKind::Organization,
    SpeakerKind::Unnamed,
];

const HAS_ROLE: u8 = 1 << 2;
const IS_JOINED: u8 = 1 << 3;
const ALIASES: u8 = 4;
const QUOTATIONS: u8 = 6;
/// A number of two bits that stands for a longer one behind it.
const MORE: u8 = 3;

/// A group that an article has to do with.
#[derive(Debug, Clone)]
pub(super) struct Concerned {
    pub key: Key,
    /// Where in the record a speaker with the whole name is.
    place: Option<u32>,
    /// What the name is made of, where no speaker has it.
    base: Option<Box<str>>,
    /// Quotations by those who bear it.
    pub quotations: u32,
    pub traits: Traits,
    /// Whether a surname was joined to it.
    pub has_joined: bool,
    /// Whether it has to do with an acronym, as its name or as what it stands for.
    pub has_acronym: bool,
}

impl Concerned {
    fn new(key: Key) -> Self {
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

    /// Some form of the name, as a speaker has it.
    pub(super) fn form<'b>(&self, speakers: Speakers<'b>) -> Cow<'b, str> {
        let mention = self.place.and_then(|place| speakers.at(place));
        mention.map_or(Cow::Borrowed(""), |mention| mention.name.words())
    }

    /// What the name is made of.
    pub(super) fn base(&self, speakers: Speakers<'_>) -> String {
        match &self.base {
            Some(base) => base.as_ref().to_owned(),
            None => Name::parse(&self.form(speakers)).base,
        }
    }
}

/// What may tell two bearers of a name apart, as far as it takes to see that nothing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits {
    /// The country of an office.
    pub country: Option<CountryCode>,
    /// A number of the middle initials and the like; 0 for none.
    pub extra: u32,
    /// Whether there are different ones.
    pub differ: bool,
}

impl Traits {
    pub(super) fn of(name: &Name, role: Option<&str>) -> Self {
        let extra = if name.extra.len() == 0 {
            0
        } else {
            key(&name.exact()).most().max(1)
        };
        Self {
            country: role.and_then(apart::country_of),
            extra,
            differ: false,
        }
    }

    /// As numbers.
    pub(super) fn note(self) -> (u32, u32) {
        let [low, high] = self.country.map_or([0, 0], |code| code.0);
        let is_country = u8::from(self.country.is_some());
        let extra = self.extra << 1 | u32::from(self.differ);
        (u32::from_le_bytes([low, high, is_country, 0]), extra)
    }

    /// What had these numbers.
    pub(super) fn noted((country, extra): (u32, u32)) -> Self {
        let [low, high, is_country, _] = country.to_le_bytes();
        Self {
            country: (is_country != 0).then_some(CountryCode([low, high])),
            extra: extra >> 1,
            differ: extra & 1 != 0,
        }
    }

    /// Takes in another use of the name.
    pub(super) fn add(&mut self, other: Self) {
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

/// The record of some speakers, and the groups it has to do with, each once.
#[derive(Debug, Clone)]
pub(in crate::library) struct Packed {
    pub(super) record: Vec<u8>,
    pub(super) groups: Vec<Concerned>,
}

impl Packed {
    /// The same with another day.
    pub(in crate::library) fn dated(&self, day: Option<i32>) -> Self {
        pack(day, &Speakers::of(&self.record).unpacked())
    }
}

/// Packs the speakers of an article. `day` is when it was published.
pub(in crate::library) fn pack(day: Option<i32>, speakers: &[SpeakerCount]) -> Packed {
    let names: Vec<Name> = speakers.iter().map(|s| Name::parse(&s.name)).collect();
    let homes = homes(speakers, &names);
    let mut groups = Groups::default();
    let mut mentions = Writer::default();
    let mut places = Vec::with_capacity(speakers.len());
    let mut has_acronyms = false;
    for ((speaker, own), home) in speakers.iter().zip(&names).zip(homes) {
        let base = names.get(home).map_or("", |home| home.base.as_str());
        let is_joined = own.base != base;
        let place = u32::try_from(mentions.len()).unwrap_or(u32::MAX);
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
        places.push((key.half(), place));
        write(&mut mentions, speaker, key, is_joined);
    }
    let mut record = Writer::default();
    record.number(day.map_or(0, |day| {
        u64::from((day << 1 ^ day >> 31).cast_unsigned()) + 1
    }));
    record.number((speakers.len() as u64) << 1 | u64::from(has_acronyms));
    if speakers.len() > MANY {
        places.sort_by_key(|(mark, _)| *mark);
        for (mark, place) in places {
            record.bytes(&mark.to_le_bytes());
            record.bytes(&place.to_le_bytes());
        }
    }
    record.bytes(&mentions.into_bytes());
    Packed {
        record: record.into_bytes(),
        groups: groups.all(),
    }
}

/// Groups in the order of their first mention, by what their names are made of.
#[derive(Default)]
struct Groups {
    all: Vec<Concerned>,
    places: HashMap<Box<str>, usize>,
}

impl Groups {
    fn note(&mut self, base: &str) -> &mut Concerned {
        let at = if let Some(&at) = self.places.get(base) {
            at
        } else {
            self.places.insert(base.into(), self.all.len());
            self.all.push(Concerned::new(key(base)));
            self.all.len() - 1
        };
        &mut self.all[at]
    }

    fn all(mut self) -> Vec<Concerned> {
        let mut all: Vec<(Box<str>, usize)> = self.places.into_iter().collect();
        all.sort_unstable_by_key(|(_, at)| *at);
        for (group, (base, _)) in self.all.iter_mut().zip(all) {
            group.base = group.place.is_none().then_some(base);
        }
        self.all
    }
}

fn write(record: &mut Writer, speaker: &SpeakerCount, home: Key, is_joined: bool) {
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
    record.bytes(&home.half().to_le_bytes());
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
        match speaker.name.strip_suffix(alias.as_str()) {
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

fn acronyms_among(name: &str, aliases: &[String]) -> impl Iterator<Item = Name> {
    let aliases = aliases.iter();
    aliases
        .filter(move |alias| name::is_acronym(alias, name))
        .map(|alias| Name::parse(alias))
}

/// Whose group each speaker of an article is in, as an index: its own or, for a surname alone, that of the one
/// full name with it.
pub(super) fn homes(speakers: &[SpeakerCount], names: &[Name]) -> Vec<usize> {
    // By all ends of full names: the one name with that end, or none of several.
    let mut by_end: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (at, (speaker, name)) in speakers.iter().zip(names).enumerate() {
        if speaker.kind == SpeakerKind::Person && name.is_full {
            for end in name.ends() {
                let bearer = by_end.entry(end).or_insert(Some(at));
                let is_same =
                    |known: &usize| names.get(*known).is_some_and(|k| k.base == name.base);
                *bearer = bearer.filter(is_same);
            }
        }
    }
    let home = |(at, (speaker, name)): (usize, (&SpeakerCount, &Name))| {
        let is_surname = !name.is_full && speaker.kind == SpeakerKind::Person;
        let bearer = by_end.get(name.base.as_str()).copied().flatten();
        bearer.filter(|_| is_surname).unwrap_or(at)
    };
    speakers.iter().zip(names).enumerate().map(home).collect()
}

/// The speakers of an article, packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speakers<'b> {
    pub day: Option<i32>,
    n_mentions: usize,
    /// Whether some acronym is introduced.
    pub has_acronyms: bool,
    table: &'b [u8],
    mentions: Reader<'b>,
}

/// A speaker of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention<'b> {
    pub name: Text<'b>,
    pub role: Option<Text<'b>>,
    pub quotations: u32,
    pub kind: SpeakerKind,
    /// Of the group it belongs to.
    pub mark: u16,
    /// Whether it is a surname alone that belongs to the one full name with it.
    pub is_joined: bool,
    n_aliases: usize,
    aliases: Reader<'b>,
}

impl<'b> Speakers<'b> {
    pub(super) fn of(record: &'b [u8]) -> Self {
        let mut reader = Reader::new(record);
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
    pub(super) fn all(self) -> impl Iterator<Item = Mention<'b>> {
        let mut reader = self.mentions;
        (0..self.n_mentions).map_while(move |_| next(&mut reader))
    }

    /// The one at a place.
    pub(super) fn at(self, place: u32) -> Option<Mention<'b>> {
        let place = usize::try_from(place).ok()?;
        next(&mut Reader::new(self.mentions.rest().get(place..)?))
    }

    /// Those whose group may be the one with this mark, in the order in which they were found.
    pub(super) fn marked(self, mark: u16) -> impl Iterator<Item = Mention<'b>> {
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

    /// As they were found.
    pub(super) fn unpacked(self) -> Vec<SpeakerCount> {
        let speaker = |mention: Mention<'_>| SpeakerCount {
            name: mention.name.words().into_owned(),
            role: mention.role.map(|role| role.words().into_owned()),
            quotations: mention.quotations,
            kind: mention.kind,
            aliases: mention.aliases(),
        };
        self.all().map(speaker).collect()
    }
}

/// The bytes of a mark and a place.
const PLACE_BYTES: usize = 6;

impl Mention<'_> {
    /// The acronyms the article introduces for it.
    pub(super) fn acronyms(&self) -> Vec<Name> {
        acronyms_among(&self.name.words(), &self.aliases()).collect()
    }

    /// The letters from a to z that the name, the office and the other names may have, each as a bit.
    pub(super) fn letters(&self) -> u32 {
        let mut letters = self.name.letters() | self.role.map_or(0, Text::letters);
        let mut reader = self.aliases;
        for _ in 0..self.n_aliases {
            // The end of the name has no further ones.
            let number = reader.number();
            if number & 1 == 0 {
                let _ = reader.bytes(usize::try_from(number >> 1).unwrap_or(usize::MAX));
                letters = u32::MAX;
            }
        }
        letters
    }

    /// Adds the office and the other names to a line.
    pub(super) fn add_further(&self, line: &mut String) {
        if let Some(role) = self.role {
            line.push(' ');
            role.add_to(line);
        }
        for alias in self.aliases() {
            line.push(' ');
            line.push_str(&alias);
        }
    }

    /// Other names the article uses.
    pub(super) fn aliases(&self) -> Vec<String> {
        if self.n_aliases == 0 {
            return Vec::new();
        }
        let name = self.name.words();
        let mut reader = self.aliases;
        let alias = |_| {
            let number = usize::try_from(reader.number()).unwrap_or(0);
            if number & 1 == 1 {
                return name.get(number >> 1..).unwrap_or_default().to_owned();
            }
            String::from_utf8_lossy(reader.bytes(number >> 1)).into_owned()
        };
        (0..self.n_aliases).map(alias).collect()
    }
}

fn next<'b>(reader: &mut Reader<'b>) -> Option<Mention<'b>> {
    if reader.rest().is_empty() {
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
        MORE => usize::try_from(reader.number()).unwrap_or(0),
        few => usize::from(few),
    };
    let aliases = *reader;
    for _ in 0..n_aliases {
        let number = reader.number();
        if number & 1 == 0 {
            reader.bytes(usize::try_from(number >> 1).unwrap_or(usize::MAX));
        }
    }
    Some(Mention {
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
