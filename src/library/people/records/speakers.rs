//! The packed speakers of an article.
//!
//! A speaker takes its name and about four bytes. It has a mark, the low bits of the hash of its
//! name group, so that the mentions of a group are found without parsing other names.

use std::sync::Arc;

use crate::analysis::{Speaker, SpeakerKind};
use crate::library::articles::survey::SpeakerCount;
use crate::library::filter::PackedFilter;
use crate::library::people::naming::name::{self, Name};
use crate::packed::{PackedText, RecordReader};

/// A record with more speakers has a table of them, sorted by mark.
pub(super) const MANY: usize = 24;
/// Bytes of a row in the table: a mark and the offset of a speaker.
pub(super) const TABLE_ROW_BYTES: usize = 6;

/// The lowest two bits of the flags are the kind.
const KIND_BITS: u8 = 0b11;
pub(super) const HAS_ROLE: u8 = 1 << 2;
pub(super) const IS_JOINED: u8 = 1 << 3;
/// The position of two bits for the number of aliases.
pub(super) const ALIASES_SHIFT: u8 = 4;
/// The position of two bits for the number of quotations.
pub(super) const QUOTATIONS_SHIFT: u8 = 6;
/// In a number of two bits: the number follows.
pub(super) const FOLLOWS: u8 = 0b11;

/// The speakers of an article, packed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleSpeakers<'b> {
    /// When the article was published, in days since 1970.
    pub day: Option<i32>,
    n_mentions: usize,
    /// Whether the article introduces acronyms.
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
    /// The low bits of the hash of its name group.
    pub mark: u16,
    /// Whether it is a surname that belongs to the one full name with it in the article.
    pub is_joined: bool,
    aliases: PackedAliases<'b>,
}

/// Other names of a speaker, packed. Those that are the end of the name are not written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PackedAliases<'b> {
    name: PackedText<'b>,
    count: usize,
    record: RecordReader<'b>,
}

impl<'b> ArticleSpeakers<'b> {
    pub(crate) fn of(record: &'b [u8]) -> Self {
        let mut reader = RecordReader::new(record);
        let day = read_day(&mut reader);
        let count = reader.length();
        let n_mentions = count >> 1;
        let table = if n_mentions > MANY {
            reader.bytes(n_mentions.saturating_mul(TABLE_ROW_BYTES))
        } else {
            &[]
        };
        Self {
            day,
            n_mentions,
            has_acronyms: count & 1 == 1,
            table,
            mentions: reader,
        }
    }

    /// All speakers, in the order they were found.
    pub(crate) fn all(self) -> impl Iterator<Item = PackedMention<'b>> {
        let mut reader = self.mentions;
        (0..self.n_mentions).map_while(move |_| PackedMention::read(&mut reader))
    }

    /// The speaker at an offset.
    pub(crate) fn at(self, offset: u32) -> Option<PackedMention<'b>> {
        let rest = self.mentions.rest().get(offset as usize..)?;
        PackedMention::read(&mut RecordReader::new(rest))
    }

    /// The speakers with a mark, in the order they were found. A few of them may be of another
    /// group with the same mark.
    pub(crate) fn marked(self, mark: u16) -> impl Iterator<Item = PackedMention<'b>> {
        let (table, _) = self.table.as_chunks::<TABLE_ROW_BYTES>();
        let mark_of = |[low, high, ..]: &[u8; TABLE_ROW_BYTES]| u16::from_le_bytes([*low, *high]);
        let start = table.partition_point(|row| mark_of(row) < mark);
        let rows = table[start..].iter();
        let rows = rows.take_while(move |row| mark_of(row) == mark);
        let listed =
            rows.filter_map(move |[_, _, offset @ ..]| self.at(u32::from_le_bytes(*offset)));
        let all = self.table.is_empty().then(|| self.all());
        let all = all.into_iter().flatten();
        listed.chain(all.filter(move |mention| mention.mark == mark))
    }

    /// The persons among the speakers.
    pub(crate) fn persons(self) -> impl Iterator<Item = PackedMention<'b>> {
        self.all()
            .filter(|mention| mention.kind == SpeakerKind::Person)
    }

    /// The speakers, unpacked.
    pub(crate) fn unpacked(self) -> Vec<SpeakerCount> {
        self.all().map(PackedMention::unpacked).collect()
    }
}

/// A kind of speaker as the lowest bits of the flags.
pub(super) const fn kind_bits(kind: SpeakerKind) -> u8 {
    match kind {
        SpeakerKind::Person => 0,
        SpeakerKind::Organization => 1,
        SpeakerKind::Unnamed => 2,
    }
}

const fn kind_of(bits: u8) -> SpeakerKind {
    match bits {
        1 => SpeakerKind::Organization,
        2 => SpeakerKind::Unnamed,
        _ => SpeakerKind::Person,
    }
}

fn read_day(reader: &mut RecordReader<'_>) -> Option<i32> {
    let day = u32::try_from(reader.number().checked_sub(1)?).ok()?;
    Some((day >> 1).cast_signed() ^ -((day & 1).cast_signed()))
}

impl<'b> PackedMention<'b> {
    fn read(reader: &mut RecordReader<'b>) -> Option<Self> {
        if reader.is_at_end() {
            return None;
        }
        let flags = reader.byte();
        let mark = u16::from_le_bytes([reader.byte(), reader.byte()]);
        let quotations = match flags >> QUOTATIONS_SHIFT {
            FOLLOWS => reader.count(),
            few => u32::from(few),
        };
        let name = reader.text();
        let role = (flags & HAS_ROLE != 0).then(|| reader.text());
        let n_aliases = match flags >> ALIASES_SHIFT & FOLLOWS {
            FOLLOWS => reader.length(),
            few => usize::from(few),
        };
        Some(Self {
            name,
            role,
            quotations,
            kind: kind_of(flags & KIND_BITS),
            mark,
            is_joined: flags & IS_JOINED != 0,
            aliases: PackedAliases::read(reader, name, n_aliases),
        })
    }

    fn unpacked(self) -> SpeakerCount {
        SpeakerCount {
            speaker: Arc::new(Speaker {
                name: self.name.decode().into(),
                role: self.role.map(|role| role.decode().into()),
                kind: self.kind,
                aliases: self.aliases.decode().into_iter().map(Into::into).collect(),
            }),
            quotations: self.quotations,
        }
    }

    /// Other names that the article uses.
    pub(crate) const fn aliases(&self) -> PackedAliases<'b> {
        self.aliases
    }

    /// The acronyms that the article introduces for the speaker.
    pub(crate) fn acronyms(&self) -> Vec<Name> {
        acronyms_among(&self.name.decode(), &self.aliases.decode()).collect()
    }

    /// The words of a filter that the name, the role and the aliases contain, as bits.
    pub(crate) fn matching_words(&self, filter: &PackedFilter) -> u8 {
        let mut matching = filter.matching_words(self.name);
        if let Some(role) = self.role {
            matching |= filter.matching_words(role);
        }
        for alias in self.aliases.written_out() {
            matching |= filter.matching_words_in(&alias);
        }
        matching
    }
}

/// The acronyms of a name among its aliases.
pub(super) fn acronyms_among(
    name: &str,
    aliases: &[impl AsRef<str>],
) -> impl Iterator<Item = Name> {
    let aliases = aliases.iter().map(AsRef::as_ref);
    aliases
        .filter(move |alias| name::is_acronym(alias, name))
        .map(Name::parse)
}

/// An alias in a record.
enum PackedAlias<'b> {
    /// The name from this byte on.
    EndOfName(usize),
    Text(&'b [u8]),
}

fn read_alias<'b>(reader: &mut RecordReader<'b>) -> PackedAlias<'b> {
    let number = reader.length();
    if number & 1 == 1 {
        PackedAlias::EndOfName(number >> 1)
    } else {
        PackedAlias::Text(reader.bytes(number >> 1))
    }
}

impl<'b> PackedAliases<'b> {
    /// Reads past the aliases of a name.
    fn read(reader: &mut RecordReader<'b>, name: PackedText<'b>, count: usize) -> Self {
        // Each takes at least a byte.
        let count = count.min(reader.rest().len());
        let mut after = *reader;
        for _ in 0..count {
            read_alias(&mut after);
        }
        let n_bytes = reader.rest().len() - after.rest().len();
        Self {
            name,
            count,
            record: RecordReader::new(reader.bytes(n_bytes)),
        }
    }

    /// The aliases.
    pub(crate) fn decode(self) -> Vec<String> {
        if self.count == 0 {
            return Vec::new();
        }
        let name = self.name.decode();
        let mut reader = self.record;
        let alias = |_| match read_alias(&mut reader) {
            PackedAlias::EndOfName(start) => name.get(start..).unwrap_or_default().to_owned(),
            PackedAlias::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        };
        (0..self.count).map(alias).collect()
    }

    /// The aliases that are not the end of the name.
    fn written_out(self) -> impl Iterator<Item = String> {
        let mut reader = self.record;
        let aliases = (0..self.count).map(move |_| read_alias(&mut reader));
        aliases.filter_map(|alias| match alias {
            PackedAlias::EndOfName(_) => None,
            PackedAlias::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        })
    }
}
