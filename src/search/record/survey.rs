//! The surveys of the articles of a file, or why there are none.

use serde::{Deserialize, Serialize};

use super::analysis::{SPEAKERS, number, value};
use super::{Damaged, PublishedRecord};
use crate::analysis::CountryCode;
use crate::document::MonthDay;
use crate::library::{Signature, SpeakerCount, Survey};

#[derive(Serialize, Deserialize)]
enum FileRecord<'a> {
    #[serde(borrow)]
    Articles(Vec<SurveyRecord<'a>>),
    Problem(&'a str),
}

#[derive(Serialize, Deserialize)]
struct SurveyRecord<'a> {
    id: Option<&'a str>,
    title: &'a str,
    byline: Option<&'a str>,
    source: Option<&'a str>,
    published: Option<PublishedRecord>,
    /// Month and day.
    day: Option<(i8, i8)>,
    words: u32,
    quotations: u32,
    unattributed: u32,
    #[serde(borrow)]
    speakers: Vec<SpeakerRecord<'a>>,
    countries: Vec<([u8; 2], u32)>,
    signature: Option<[[u8; 2]; 16]>,
    /// The first number, then by how much each is greater than the one before.
    prints: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
struct SpeakerRecord<'a> {
    name: &'a str,
    role: Option<&'a str>,
    quotations: u32,
    kind: u8,
    #[serde(borrow)]
    aliases: Vec<&'a str>,
}

impl<'a> From<&'a SpeakerCount> for SpeakerRecord<'a> {
    fn from(speaker: &'a SpeakerCount) -> Self {
        Self {
            name: &speaker.name,
            role: speaker.role.as_deref(),
            quotations: speaker.quotations,
            kind: number(&SPEAKERS, &speaker.kind),
            aliases: speaker.aliases.iter().map(String::as_str).collect(),
        }
    }
}

impl SpeakerRecord<'_> {
    fn speaker(&self) -> Result<SpeakerCount, Damaged> {
        Ok(SpeakerCount {
            name: self.name.to_owned(),
            role: self.role.map(str::to_owned),
            quotations: self.quotations,
            kind: value(&SPEAKERS, self.kind)?,
            aliases: self.aliases.iter().map(|&alias| alias.to_owned()).collect(),
        })
    }
}

/// What looks inside a file told, as bytes; the time of the file is not among it.
#[must_use]
pub fn write_surveys(surveys: &Result<Vec<Survey>, String>) -> Vec<u8> {
    super::write(&match surveys {
        Ok(surveys) => FileRecord::Articles(surveys.iter().map(SurveyRecord::from).collect()),
        Err(problem) => FileRecord::Problem(problem),
    })
}

/// What looks inside a file told, from the bytes of [`write_surveys`].
///
/// # Errors
/// When the bytes are damaged.
pub fn read_surveys(bytes: &[u8]) -> Result<Result<Vec<Survey>, String>, Damaged> {
    match super::read(bytes)? {
        FileRecord::Articles(articles) => {
            let surveys = articles.iter().map(SurveyRecord::survey);
            surveys.collect::<Result<_, _>>().map(Ok)
        }
        FileRecord::Problem(problem) => Ok(Err(problem.to_owned())),
    }
}

impl<'a> From<&'a Survey> for SurveyRecord<'a> {
    fn from(survey: &'a Survey) -> Self {
        let countries = survey.countries.iter();
        Self {
            id: survey.id.as_deref(),
            title: &survey.title,
            byline: survey.byline.as_deref(),
            source: survey.source.as_deref(),
            published: survey.published.as_ref().map(PublishedRecord::from),
            day: survey.day.map(|day| (day.month, day.day)),
            words: survey.words,
            quotations: survey.quotations,
            unattributed: survey.unattributed,
            speakers: survey.speakers.iter().map(SpeakerRecord::from).collect(),
            countries: countries.map(|(code, count)| (code.0, *count)).collect(),
            signature: survey
                .signature
                .map(|signature| signature.numbers().map(u16::to_le_bytes)),
            prints: steps(&survey.prints),
        }
    }
}

impl SurveyRecord<'_> {
    fn survey(&self) -> Result<Survey, Damaged> {
        let speakers = self.speakers.iter().map(SpeakerRecord::speaker);
        let published = self.published.as_ref().map(PublishedRecord::published);
        let countries = self.countries.iter();
        Ok(Survey {
            id: self.id.map(str::to_owned),
            title: self.title.to_owned(),
            byline: self.byline.map(str::to_owned),
            source: self.source.map(str::to_owned),
            published: published.transpose()?,
            day: self.day.map(|(month, day)| MonthDay { month, day }),
            file_time: None,
            words: self.words,
            quotations: self.quotations,
            unattributed: self.unattributed,
            speakers: speakers.collect::<Result<_, _>>()?,
            countries: countries
                .map(|&(code, count)| (CountryCode(code), count))
                .collect(),
            signature: self
                .signature
                .map(|numbers| Signature::of_numbers(numbers.map(u16::from_le_bytes))),
            prints: sums(&self.prints),
        })
    }
}

/// The numbers of a sorted row as steps from one to the next.
fn steps(numbers: &[u32]) -> Vec<u32> {
    let mut last = 0;
    let step = |&number: &u32| number.wrapping_sub(std::mem::replace(&mut last, number));
    numbers.iter().map(step).collect()
}

fn sums(steps: &[u32]) -> Vec<u32> {
    let mut last = 0u32;
    let sum = |step: &u32| {
        last = last.wrapping_add(*step);
        last
    };
    steps.iter().map(sum).collect()
}
