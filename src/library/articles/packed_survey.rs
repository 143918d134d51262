//! What a look inside an article told, packed: by the thread that looked, or in the index.

use jiff::civil::DateTime;

use super::facts::{self, Facts};
use crate::library::duplicates::{self, Trace};
use crate::library::people::{self, unpack_speakers};
use crate::library::{Survey, days_since_1970};
use crate::packed::{Reader, Writer};

/// A survey on its way into the library: packed, with all that takes long worked out already.
///
/// Its bytes may be kept. How names are taken apart and told apart is among what they depend on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brief(Vec<u8>);

/// The bytes that the lengths of the parts take, at most.
const LENGTHS_BYTES: usize = 30;

/// The parts of a brief.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parts<'b> {
    pub(crate) facts: &'b [u8],
    pub(crate) traces: &'b [u8],
    pub(crate) speakers: &'b [u8],
    /// The groups of names that the speakers have to do with.
    pub(crate) groups: &'b [u8],
}

impl From<Survey> for Brief {
    fn from(survey: Survey) -> Self {
        let day = survey.date().and_then(days_since_1970);
        let facts = facts::pack(&survey);
        let traces = duplicates::pack(survey.signature, &survey.prints);
        // The prints of a long article are not needed twice.
        drop(survey.prints);
        let packed = people::pack_speakers(day, &survey.speakers);
        Self::of(Parts {
            facts: &facts,
            traces: &traces,
            speakers: &packed.record,
            groups: &packed.groups,
        })
    }
}

impl Brief {
    fn of(parts: Parts<'_>) -> Self {
        let Parts {
            facts,
            traces,
            speakers,
            groups,
        } = parts;
        let parts = [facts, traces, speakers, groups];
        let n_bytes: usize = parts.iter().map(|part| part.len()).sum();
        let mut brief = Writer::with_capacity(n_bytes + LENGTHS_BYTES);
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

    pub(crate) fn parts(&self) -> Parts<'_> {
        let mut brief = Reader::new(&self.0);
        let [n_facts, n_traces, n_speakers] =
            [0; 3].map(|_: u8| usize::try_from(brief.number()).unwrap_or(usize::MAX));
        Parts {
            facts: brief.bytes(n_facts),
            traces: brief.bytes(n_traces),
            speakers: brief.bytes(n_speakers),
            groups: brief.rest(),
        }
    }

    fn facts(&self) -> Option<Facts<'_>> {
        Facts::of(self.parts().facts)
    }

    /// Whether its file calls it by a name of its own.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.facts().is_some_and(Facts::is_named)
    }

    /// Whether the article tells itself when it was published.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.facts().is_some_and(Facts::is_dated)
    }

    /// The same article in a file with a time, which it does not know yet.
    #[must_use]
    pub fn with_file_time(&self, time: DateTime) -> Self {
        let parts = self.parts();
        let facts = facts::with_file_time(parts.facts, time);
        let survey = Facts::of(&facts).map(Facts::survey);
        let day = survey.and_then(|survey| days_since_1970(survey.date()?));
        Self::of(Parts {
            facts: &facts,
            speakers: &people::dated(parts.speakers, day),
            ..parts
        })
    }

    /// All that is known; of its prints, as much as the library keeps.
    #[must_use]
    pub fn survey(&self) -> Survey {
        let parts = self.parts();
        let facts = self.facts().map_or_else(Survey::default, Facts::survey);
        let trace = Trace::of(parts.traces);
        Survey {
            speakers: unpack_speakers(parts.speakers),
            signature: trace.signature(),
            prints: trace.prints(),
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
            prints: vec![7 << 8, 9 << 8],
            ..Survey::default()
        }
    }

    #[test]
    fn a_survey_is_unpacked_as_it_was() {
        let brief = Brief::from(survey());
        assert_eq!(brief.survey(), survey());
        assert_eq!(Brief::of_bytes(brief.bytes().to_vec()), brief);
    }

    #[test]
    fn the_time_of_the_file_comes_later() {
        let time = date(2026, 3, 5).at(8, 30, 0, 0);
        let timed = Survey {
            file_time: Some(time),
            ..survey()
        };
        let brief = Brief::from(survey()).with_file_time(time);
        assert_eq!(brief, Brief::from(timed.clone()));
        assert_eq!(brief.survey(), timed);
    }

    proptest! {
        #[test]
        fn any_bytes_are_some_brief(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let brief = Brief::of_bytes(bytes);
            let _ = (brief.survey(), brief.is_named(), brief.is_dated());
            let mut library = crate::library::Library::default();
            let id = library.add(&crate::library::Listed {
                location: "/a.txt".into(),
                path: "a.txt".into(),
                bytes: 0,
            });
            library.set_surveys(id, 0, &[brief]);
            library.settle();
            library.remove(id);
        }
    }
}
