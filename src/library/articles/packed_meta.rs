//! What a look inside an article told, as a record.

use jiff::civil::{Date, DateTime, Time};

use crate::analysis::CountryCode;
use crate::document::{DateOrigin, MonthDay, Published};
use crate::library::Survey;
use crate::library::filter::PackedFilter;
use crate::packed::{PackedText, RecordReader, RecordWriter};

/// The bytes a record takes mostly.
const USUAL_BYTES: usize = 256;

const HAS_ID: u8 = 1;
const HAS_BYLINE: u8 = 1 << 1;
const HAS_SOURCE: u8 = 1 << 2;
const HAS_DATE: u8 = 1 << 3;
const HAS_DAY: u8 = 1 << 4;
const HAS_FILE_TIME: u8 = 1 << 5;

const ORIGINS: [DateOrigin; 4] = [
    DateOrigin::Metadata,
    DateOrigin::Text,
    DateOrigin::FileName,
    DateOrigin::FileTime,
];

/// Packs a survey, but for its speakers and traces. The time of the file is last, because it comes later.
pub(crate) fn pack(survey: &Survey) -> Vec<u8> {
    let mut record = RecordWriter::with_capacity(USUAL_BYTES);
    let flags = [
        (HAS_ID, survey.id.is_some()),
        (HAS_BYLINE, survey.byline.is_some()),
        (HAS_SOURCE, survey.source.is_some()),
        (HAS_DATE, survey.published.is_some()),
        (HAS_DAY, survey.day.is_some()),
        (HAS_FILE_TIME, survey.file_time.is_some()),
    ];
    let flags = flags.iter().filter(|(_, is_set)| *is_set);
    record.byte(flags.fold(0, |all, (flag, _)| all | flag));
    record.text(&survey.title);
    for text in [&survey.id, &survey.byline, &survey.source]
        .into_iter()
        .flatten()
    {
        record.text(text);
    }
    if let Some(published) = &survey.published {
        let origin = ORIGINS.iter().position(|known| *known == published.origin);
        let origin = u64::try_from(origin.unwrap_or(0)).unwrap_or(0);
        record.number(origin << 1 | u64::from(published.has_time));
        write_time(&mut record, published.when);
    }
    if let Some(day) = survey.day {
        record.byte(day.month.cast_unsigned());
        record.byte(day.day.cast_unsigned());
    }
    for number in [survey.words, survey.quotations, survey.unattributed] {
        record.number(u64::from(number));
    }
    record.number(survey.countries.len() as u64);
    for (code, mentions) in &survey.countries {
        record.bytes(&code.0);
        record.number(u64::from(*mentions));
    }
    if let Some(time) = survey.file_time {
        write_time(&mut record, time);
    }
    record.into_bytes()
}

/// The record of an article whose file has a time, from one that does not tell it.
pub(crate) fn with_file_time(record: &[u8], time: DateTime) -> Vec<u8> {
    let mut timed = RecordWriter::default();
    timed.bytes(record);
    write_time(&mut timed, time);
    let mut timed = timed.into_bytes();
    if let Some(flags) = timed.first_mut() {
        *flags |= HAS_FILE_TIME;
    }
    timed
}

fn write_time(record: &mut RecordWriter, time: DateTime) {
    record.signed(i64::from(time.year()));
    record.byte(time.month().cast_unsigned());
    record.byte(time.day().cast_unsigned());
    let seconds =
        (i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60 + i64::from(time.second());
    let nanoseconds = seconds * 1_000_000_000 + i64::from(time.subsec_nanosecond());
    record.number(nanoseconds.cast_unsigned());
}

fn read_time(record: &mut RecordReader<'_>) -> Option<DateTime> {
    let year = i16::try_from(record.signed()).ok()?;
    let (month, day) = (record.byte().cast_signed(), record.byte().cast_signed());
    let nanoseconds = record.number();
    let (seconds, rest) = (nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
    let small = |number: u64| i8::try_from(number).ok();
    let (hour, minute) = (small(seconds / 3600)?, small(seconds / 60 % 60)?);
    let time = Time::new(
        hour,
        minute,
        small(seconds % 60)?,
        i32::try_from(rest).ok()?,
    );
    Some(Date::new(year, month, day).ok()?.to_datetime(time.ok()?))
}

/// What is known of an article, packed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PackedMeta<'b> {
    flags: u8,
    /// Behind them.
    record: RecordReader<'b>,
}

impl<'b> PackedMeta<'b> {
    /// What is in a record; nothing in an empty one.
    pub(crate) fn of(record: &'b [u8]) -> Option<Self> {
        let mut record = RecordReader::new(record);
        if record.is_at_end() {
            return None;
        }
        let flags = record.byte();
        Some(Self { flags, record })
    }

    const fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Whether its file calls it by a name of its own.
    pub(crate) const fn is_named(self) -> bool {
        self.has(HAS_ID)
    }

    /// Whether it tells itself when it was published.
    pub(crate) const fn is_dated(self) -> bool {
        self.has(HAS_DATE)
    }

    /// Whether the time of its file is known.
    pub(crate) const fn has_file_time(self) -> bool {
        self.has(HAS_FILE_TIME)
    }

    /// The time of its file, as far as that is known.
    pub(crate) fn file_time(self) -> Option<DateTime> {
        if !self.has_file_time() {
            return None;
        }
        self.survey().file_time
    }

    /// The countries with the number of mentions.
    pub(crate) fn countries(self) -> impl Iterator<Item = (CountryCode, u32)> + use<'b> {
        let mut record = self.record;
        self.head(&mut record, |_, _| ());
        self.numbers(&mut record);
        let n_countries = record.count().min(u32::from(u16::MAX));
        (0..n_countries).map(move |_| country(&mut record))
    }

    /// What its file calls it.
    pub(crate) fn id(self) -> Option<String> {
        let mut id = None;
        self.head(&mut self.record.clone(), |flag, text| {
            if flag == HAS_ID {
                id = Some(text.decode().into_owned());
            }
        });
        id
    }

    /// Reads the words at the beginning, each with its flag; the title has none.
    fn head(self, record: &mut RecordReader<'b>, mut take: impl FnMut(u8, PackedText<'b>)) {
        take(0, record.text());
        for flag in [HAS_ID, HAS_BYLINE, HAS_SOURCE] {
            if self.has(flag) {
                take(flag, record.text());
            }
        }
    }

    /// Reads what follows the words: date of publication, day, numbers of words and quotations.
    fn numbers(
        self,
        record: &mut RecordReader<'b>,
    ) -> (Option<Published>, Option<MonthDay>, [u32; 3]) {
        let published = self.has(HAS_DATE).then(|| published(record)).flatten();
        let day = self.has(HAS_DAY).then(|| MonthDay {
            month: record.byte().cast_signed(),
            day: record.byte().cast_signed(),
        });
        (published, day, [0; 3].map(|_: u8| record.count()))
    }

    /// When it says that it was published.
    pub(crate) fn published(self) -> Option<DateTime> {
        let mut record = self.record;
        self.head(&mut record, |_, _| {});
        Some(self.numbers(&mut record).0?.when)
    }

    /// When it was published, as [`Survey::date`] has it.
    pub(crate) fn date(self) -> Option<Published> {
        let mut record = self.record;
        self.head(&mut record, |_, _| {});
        let (published, day, _) = self.numbers(&mut record);
        if published.is_some() || !self.has_file_time() {
            return published;
        }
        for _ in 0..record.count().min(u32::from(u16::MAX)) {
            country(&mut record);
        }
        let dated = Survey {
            day,
            file_time: read_time(&mut record),
            ..Survey::default()
        };
        dated.date()
    }

    /// Number of quotations.
    pub(crate) fn n_quotations(self) -> u32 {
        let mut record = self.record;
        self.head(&mut record, |_, _| {});
        let (_, _, [_, quotations, _]) = self.numbers(&mut record);
        quotations
    }

    /// The headline.
    pub(crate) fn title(self) -> PackedText<'b> {
        self.record.clone().text()
    }

    /// All of it, but for speakers and traces.
    pub(crate) fn survey(self) -> Survey {
        let mut record = self.record;
        let mut survey = Survey::default();
        self.head(&mut record, |flag, text| {
            let text = text.decode().into_owned();
            match flag {
                HAS_ID => survey.id = Some(text),
                HAS_BYLINE => survey.byline = Some(text),
                HAS_SOURCE => survey.source = Some(text),
                _ => survey.title = text,
            }
        });
        let (published, day, [words, quotations, unattributed]) = self.numbers(&mut record);
        let n_countries = record.count().min(u32::from(u16::MAX));
        let countries = (0..n_countries).map(|_| country(&mut record)).collect();
        let file_time = self
            .has_file_time()
            .then(|| read_time(&mut record))
            .flatten();
        Survey {
            published,
            day,
            file_time,
            words,
            quotations,
            unattributed,
            countries,
            ..survey
        }
    }

    /// Shows the words by which a list is filtered: headline, author and publication.
    fn described(self, mut show: impl FnMut(PackedText<'b>)) {
        self.head(&mut self.record.clone(), |flag, text| {
            if flag != HAS_ID {
                show(text);
            }
        });
    }

    /// Those words on a line.
    pub(crate) fn filter_text(self) -> String {
        let mut line = String::new();
        self.described(|text| {
            text.decode_into(&mut line);
            line.push(' ');
        });
        line
    }

    /// Which words of a filter stand there.
    pub(crate) fn matching_words(self, filter: &PackedFilter) -> u8 {
        let mut standing = 0;
        self.described(|text| standing |= filter.matching_words(text));
        standing
    }
}

fn country(record: &mut RecordReader<'_>) -> (CountryCode, u32) {
    (CountryCode([record.byte(), record.byte()]), record.count())
}

fn published(record: &mut RecordReader<'_>) -> Option<Published> {
    let kind = record.number();
    let origin = *ORIGINS.get(usize::try_from(kind >> 1).ok()?)?;
    Some(Published {
        when: read_time(record)?,
        has_time: kind & 1 == 1,
        origin,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_known_is_read_as_it_was_written() {
        let whole = Survey {
            id: Some("<7@host>".into()),
            title: "Harbor talks end".into(),
            byline: Some("Ana Ruiz".into()),
            source: Some("Coast".into()),
            published: Some(Published {
                when: date(2026, 3, 4).at(8, 30, 15, 0),
                has_time: true,
                origin: DateOrigin::FileName,
            }),
            day: Some(MonthDay { month: 2, day: 29 }),
            file_time: Some(date(-44, 3, 15).at(23, 59, 59, 123_456_789)),
            words: 70_000,
            quotations: 12,
            unattributed: 3,
            countries: vec![(CountryCode(*b"KE"), 300), (CountryCode(*b"JP"), 1)],
            ..Survey::default()
        };
        for survey in [whole, Survey::default()] {
            let record = pack(&survey);
            let facts = PackedMeta::of(&record).unwrap();
            assert_eq!(facts.survey(), survey);
        }
        assert!(PackedMeta::of(&[]).is_none());
    }
}
