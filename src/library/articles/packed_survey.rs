//! What a look inside an article told, packed: by the thread that looked, or in the index.

use jiff::civil::DateTime;

use super::packed_meta;
use super::packed_meta::PackedMeta;
use crate::library::duplicates::{self, DuplicateRecord};
use crate::library::people::{self, unpack_speakers};
use crate::library::{Survey, days_since_1970};
use crate::packed::{RecordReader, RecordWriter};

/// A survey on its way into the library: packed, with all that takes long worked out already.
///
/// Its bytes may be kept. How names are taken apart and told apart is among what they depend on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackedSurvey(Vec<u8>);

/// The bytes that the lengths of the parts take, at most.
const LENGTHS_BYTES: usize = 30;

/// The parts of a brief.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SurveyParts<'b> {
    pub(crate) facts: &'b [u8],
    pub(crate) traces: &'b [u8],
    pub(crate) speakers: &'b [u8],
    /// The groups of names that the speakers have to do with.
    pub(crate) groups: &'b [u8],
}

impl From<Survey> for PackedSurvey {
    fn from(survey: Survey) -> Self {
        let day = survey.date().and_then(days_since_1970);
        let facts = packed_meta::pack(&survey);
        let traces = duplicates::pack(survey.signature, &survey.fingerprints);
        // The fingerprints of a long article are not needed twice.
        drop(survey.fingerprints);
        let packed = people::pack_speakers(day, &survey.speakers);
        Self::of(SurveyParts {
            facts: &facts,
            traces: &traces,
            speakers: &packed.record,
            groups: &packed.groups,
        })
    }
}

impl PackedSurvey {
    fn of(parts: SurveyParts<'_>) -> Self {
        let SurveyParts {
            facts,
            traces,
            speakers,
            groups,
        } = parts;
        let parts = [facts, traces, speakers, groups];
        let n_bytes: usize = parts.iter().map(|part| part.len()).sum();
        let mut brief = RecordWriter::with_capacity(n_bytes + LENGTHS_BYTES);
        for part in [facts, traces, speakers] {
            brief.number(part.len() as u64);
        }
        for part in parts {
            brief.bytes(part);
        }
        Self(brief.into_bytes())
    }

    /// One that was kept. Any bytes are some brief.
    #[must_use]
    pub const fn of_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be kept.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn parts(&self) -> SurveyParts<'_> {
        let mut brief = RecordReader::new(&self.0);
        let [n_facts, n_traces, n_speakers] = [0; 3].map(|_: u8| brief.length());
        SurveyParts {
            facts: brief.bytes(n_facts),
            traces: brief.bytes(n_traces),
            speakers: brief.bytes(n_speakers),
            groups: brief.rest(),
        }
    }

    fn facts(&self) -> Option<PackedMeta<'_>> {
        PackedMeta::of(self.parts().facts)
    }

    /// Whether its file calls it by a name of its own.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.facts().is_some_and(PackedMeta::is_named)
    }

    /// Whether the article tells itself when it was published.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.facts().is_some_and(PackedMeta::is_dated)
    }

    /// The same article in a file with a time, which it does not know yet.
    #[must_use]
    pub fn with_file_time(&self, time: DateTime) -> Self {
        let parts = self.parts();
        let facts = packed_meta::with_file_time(parts.facts, time);
        let survey = PackedMeta::of(&facts).map(PackedMeta::survey);
        let day = survey.and_then(|survey| days_since_1970(survey.date()?));
        Self::of(SurveyParts {
            facts: &facts,
            speakers: &people::dated(parts.speakers, day),
            ..parts
        })
    }

    /// All that is known; of its fingerprints, as much as the library keeps.
    #[must_use]
    pub fn survey(&self) -> Survey {
        let parts = self.parts();
        let facts = self
            .facts()
            .map_or_else(Survey::default, PackedMeta::survey);
        let trace = DuplicateRecord::of(parts.traces);
        Survey {
            speakers: unpack_speakers(parts.speakers),
            signature: trace.signature(),
            fingerprints: trace.fingerprints(),
            ..facts
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
        let brief = PackedSurvey::from(survey());
        assert_eq!(brief.survey(), survey());
        assert_eq!(PackedSurvey::of_bytes(brief.bytes().to_vec()), brief);
    }

    #[test]
    fn the_time_of_the_file_comes_later() {
        let time = date(2026, 3, 5).at(8, 30, 0, 0);
        let timed = Survey {
            file_time: Some(time),
            ..survey()
        };
        let brief = PackedSurvey::from(survey()).with_file_time(time);
        assert_eq!(brief, PackedSurvey::from(timed.clone()));
        assert_eq!(brief.survey(), timed);
    }

    proptest! {
        #[test]
        fn any_bytes_are_some_brief(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let brief = PackedSurvey::of_bytes(bytes);
            let _ = (brief.survey(), brief.is_named(), brief.is_dated());
            let mut library = crate::library::Library::default();
            let id = library.add(&crate::library::ListedFile {
                location: "/a.txt".into(),
                path: "a.txt".into(),
                bytes: 0,
            });
            library.set_surveys(id, 0, &[brief]);
            library.update_people();
            library.remove(id);
        }
    }
}
