//! The packed form of a survey, in which it is sent between threads and stored in the index.

use jiff::civil::DateTime;

use super::packed_meta::{self, PackedMeta};
use super::survey::Survey;
use super::view::days_since_1970;
use crate::library::duplicates::{self, DuplicateRecord};
use crate::library::people::records::pack;
use crate::packed::{RecordReader, RecordWriter};

/// A packed survey. Everything that takes long is done: a library that gets it parses no names.
///
/// The bytes may be stored. They depend on how names are parsed and distinguished, so a change of
/// that needs another version of stored records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackedSurvey(Vec<u8>);

/// The most bytes that the lengths of three parts take.
const LENGTHS_BYTES: usize = 30;

/// The parts of a packed survey.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SurveyParts<'b> {
    pub(crate) meta: &'b [u8],
    pub(crate) duplicates: &'b [u8],
    pub(crate) speakers: &'b [u8],
    /// The name groups of the speakers.
    pub(crate) groups: &'b [u8],
}

impl From<Survey> for PackedSurvey {
    fn from(survey: Survey) -> Self {
        let day = survey.date().and_then(days_since_1970);
        let meta = packed_meta::pack(&survey);
        let duplicates = duplicates::pack(survey.minhash, &survey.fingerprints);
        // A long article has megabytes of them.
        drop(survey.fingerprints);
        let packed = pack::pack(day, &survey.speakers);
        Self::of(SurveyParts {
            meta: &meta,
            duplicates: &duplicates,
            speakers: &packed.record,
            groups: &packed.groups,
        })
    }
}

impl PackedSurvey {
    fn of(parts: SurveyParts<'_>) -> Self {
        let SurveyParts {
            meta,
            duplicates,
            speakers,
            groups,
        } = parts;
        let parts = [meta, duplicates, speakers, groups];
        let n_bytes: usize = parts.iter().map(|part| part.len()).sum();
        let mut packed = RecordWriter::with_capacity(n_bytes + LENGTHS_BYTES);
        for part in [meta, duplicates, speakers] {
            packed.number(part.len() as u64);
        }
        for part in parts {
            packed.bytes(part);
        }
        Self(packed.into_bytes())
    }

    /// A survey from its bytes. Any bytes are accepted.
    #[must_use]
    pub const fn of_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes, to be stored.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn parts(&self) -> SurveyParts<'_> {
        let mut packed = RecordReader::new(&self.0);
        let [n_meta, n_duplicates, n_speakers] = [(); 3].map(|()| packed.length());
        SurveyParts {
            meta: packed.bytes(n_meta),
            duplicates: packed.bytes(n_duplicates),
            speakers: packed.bytes(n_speakers),
            groups: packed.rest(),
        }
    }

    fn meta(&self) -> PackedMeta<'_> {
        PackedMeta::of(self.parts().meta).unwrap_or_default()
    }

    /// Whether the file of the article gives it a name.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.meta().is_named()
    }

    /// Whether the article gives its date.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.meta().is_dated()
    }

    /// Whether it has the time of the file.
    pub(crate) fn has_file_time(&self) -> bool {
        self.meta().has_file_time()
    }

    /// The same survey with the time of the file, which it does not have yet.
    #[must_use]
    pub fn with_file_time(&self, time: DateTime) -> Self {
        let parts = self.parts();
        let meta = packed_meta::with_file_time(parts.meta, time);
        let date = PackedMeta::of(&meta).and_then(PackedMeta::date);
        let day = date.and_then(days_since_1970);
        Self::of(SurveyParts {
            meta: &meta,
            speakers: &pack::dated(parts.speakers, day),
            ..parts
        })
    }

    /// The survey. Its fingerprints lack the bits that are not stored.
    #[must_use]
    pub fn survey(&self) -> Survey {
        let parts = self.parts();
        let duplicates = DuplicateRecord::of(parts.duplicates);
        Survey {
            speakers: pack::unpack(parts.speakers),
            minhash: duplicates.minhash(),
            fingerprints: duplicates.fingerprints(),
            ..self.meta().survey()
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::{Speaker, SpeakerKind};
    use crate::document::MonthDay;
    use crate::library::SpeakerCount;

    fn survey() -> Survey {
        Survey {
            title: "Talks".into(),
            day: Some(MonthDay { month: 3, day: 4 }),
            words: 300,
            speakers: vec![SpeakerCount {
                speaker: std::sync::Arc::new(Speaker {
                    name: "Ana B. Ruiz".into(),
                    role: Some("mayor".into()),
                    kind: SpeakerKind::Person,
                    aliases: ["Ruiz".into()].into(),
                }),
                quotations: 2,
            }],
            fingerprints: vec![7 << 8, 9 << 8],
            ..Survey::default()
        }
    }

    #[test]
    fn a_survey_is_unpacked_as_it_was() {
        let packed = PackedSurvey::from(survey());
        assert_eq!(packed.survey(), survey());
        assert_eq!(PackedSurvey::of_bytes(packed.bytes().to_vec()), packed);
    }

    #[test]
    fn the_time_of_the_file_comes_later() {
        let time = date(2026, 3, 5).at(8, 30, 0, 0);
        let timed = Survey {
            file_time: Some(time),
            ..survey()
        };
        let packed = PackedSurvey::from(survey()).with_file_time(time);
        assert_eq!(packed, PackedSurvey::from(timed.clone()));
        assert_eq!(packed.survey(), timed);
    }

    proptest! {
        #[test]
        fn any_bytes_are_some_survey(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let packed = PackedSurvey::of_bytes(bytes);
            let _ = (packed.survey(), packed.is_named(), packed.is_dated());
            let mut library = crate::library::Library::default();
            let id = library.add(&crate::library::ListedFile {
                location: "/a.txt".into(),
                path: "a.txt".into(),
                bytes: 0,
            });
            library.set_surveys(id, 0, &[packed]);
            library.update_people();
            library.remove(id);
        }
    }
}
