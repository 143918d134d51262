//! The metadata of an article as a record.

use jiff::civil::{Date, DateTime, Time};

use super::survey::Survey;
use crate::analysis::CountryCode;
use crate::document::{DateOrigin, MonthDay, Published};
use crate::library::filter::PackedFilter;
use crate::packed::{PackedText, RecordReader, RecordWriter};

/// Bytes that most records take.
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

/// Packs the metadata in a survey. The time of the file is last, because it is added later.
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
        let origin = (0..)
            .zip(ORIGINS)
            .find(|(_, other)| *other == published.origin);
        debug_assert!(origin.is_some(), "every origin is in the table");
        let origin: u64 = origin.map(|(number, _)| number).unwrap_or_default();
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

/// A record with the time of the file added.
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

/// The metadata of an article, packed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PackedMeta<'b> {
    flags: u8,
    /// What follows the flags.
    record: RecordReader<'b>,
}

impl<'b> PackedMeta<'b> {
    /// The metadata in a record; `None` if the record is empty.
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

    /// Whether the file gives the article a name.
    pub(crate) const fn is_named(self) -> bool {
        self.has(HAS_ID)
    }

    /// Whether the article gives its date.
    pub(crate) const fn is_dated(self) -> bool {
        self.has(HAS_DATE)
    }

    /// Whether it has the time of the file.
    pub(crate) const fn has_file_time(self) -> bool {
        self.has(HAS_FILE_TIME)
    }

    /// The time of the file.
    pub(crate) fn file_time(self) -> Option<DateTime> {
        if !self.has_file_time() {
            return None;
        }
        self.survey().file_time
    }

    /// The countries, with the number of mentions.
    pub(crate) fn countries(self) -> impl Iterator<Item = (CountryCode, u32)> + use<'b> {
        let mut record = self.record;
        self.head(&mut record, |_, _| ());
        self.numbers(&mut record);
        (0..n_countries(&mut record)).map(move |_| country(&mut record))
    }

    /// The name that the file gives the article.
    pub(crate) fn id(self) -> Option<String> {
        let mut id = None;
        self.head(&mut self.record.clone(), |flag, text| {
            if flag == HAS_ID {
                id = Some(text.decode().into_owned());
            }
        });
        id
    }

    /// Reads the texts at the start, each with its flag; the flag of the title is 0.
    fn head(self, record: &mut RecordReader<'b>, mut take: impl FnMut(u8, PackedText<'b>)) {
        take(0, record.text());
        for flag in [HAS_ID, HAS_BYLINE, HAS_SOURCE] {
            if self.has(flag) {
                take(flag, record.text());
            }
        }
    }

    /// Reads what follows the texts: date, day, and the numbers of words, quotations and
    /// unattributed quotations.
    fn numbers(
        self,
        record: &mut RecordReader<'b>,
    ) -> (Option<Published>, Option<MonthDay>, [u32; 3]) {
        let published = self.has(HAS_DATE).then(|| published(record)).flatten();
        let day = self.has(HAS_DAY).then(|| MonthDay {
            month: record.byte().cast_signed(),
            day: record.byte().cast_signed(),
        });
        (published, day, [(); 3].map(|()| record.count()))
    }

    /// The date the article gives.
    pub(crate) fn published(self) -> Option<DateTime> {
        let mut record = self.record;
        self.head(&mut record, |_, _| {});
        Some(self.numbers(&mut record).0?.when)
    }

    /// When the article was published; see [`Survey::date`].
    pub(crate) fn date(self) -> Option<Published> {
        let mut record = self.record;
        self.head(&mut record, |_, _| {});
        let (published, day, _) = self.numbers(&mut record);
        if published.is_some() || !self.has_file_time() {
            return published;
        }
        for _ in 0..n_countries(&mut record) {
            country(&mut record);
        }
        let dated = Survey {
            day,
            file_time: read_time(&mut record),
            ..Survey::default()
        };
        dated.date()
    }

    /// The number of quotations.
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

    /// The metadata as a survey without speakers, MinHash and fingerprints.
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
        let n_countries = n_countries(&mut record);
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

    /// Calls `take` with the texts that a filter searches: headline, author and publication.
    fn each_searched(self, mut take: impl FnMut(PackedText<'b>)) {
        self.head(&mut self.record.clone(), |flag, text| {
            if flag != HAS_ID {
                take(text);
            }
        });
    }

    /// The texts that a filter searches, joined by spaces.
    pub(crate) fn filter_text(self) -> String {
        let mut line = String::new();
        self.each_searched(|text| {
            text.decode_into(&mut line);
            line.push(' ');
        });
        line
    }

    /// The words of a filter that occur, as bits.
    pub(crate) fn matching_words(self, filter: &PackedFilter) -> u8 {
        let mut matching = 0;
        self.each_searched(|text| matching |= filter.matching_words(text));
        matching
    }
}

/// Reads the number of countries. A damaged record cannot make it huge.
fn n_countries(record: &mut RecordReader<'_>) -> u32 {
    record.count().min(u32::from(u16::MAX))
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
    fn metadata_is_read_as_it_was_written() {
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
            let meta = PackedMeta::of(&record).unwrap();
            assert_eq!(meta.survey(), survey);
        }
        assert!(PackedMeta::of(&[]).is_none());
    }
}
