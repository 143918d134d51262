//! What looks into a file told of its articles, or why there are none.

use serde::{Deserialize, Serialize};

use super::Damaged;
use crate::library::PackedSurvey;
use crate::text::hash::hash;

#[derive(Serialize, Deserialize)]
enum FileRecord<'a> {
    #[serde(borrow)]
    Articles(Vec<&'a [u8]>),
    Problem(&'a str),
}

/// How many bytes at the end tell whether the others are whole: any bytes are some survey.
const SUM_BYTES: usize = 4;

fn sum(bytes: &[u8]) -> [u8; SUM_BYTES] {
    let [sum @ .., _, _, _, _] = hash(bytes).to_le_bytes();
    sum
}

/// What looks inside a file told, as bytes; the time of the file is not among it.
#[must_use]
pub fn write_surveys(surveys: &Result<Vec<PackedSurvey>, String>) -> Vec<u8> {
    let mut record = super::write(&match surveys {
        Ok(surveys) => FileRecord::Articles(surveys.iter().map(PackedSurvey::bytes).collect()),
        Err(problem) => FileRecord::Problem(problem),
    });
    record.extend(sum(&record));
    record
}

/// What looks inside a file told, from the bytes of [`write_surveys`].
///
/// # Errors
/// When the bytes are damaged.
pub fn read_surveys(record: &[u8]) -> Result<Result<Vec<PackedSurvey>, String>, Damaged> {
    let (bytes, kept) = record.split_last_chunk().ok_or(Damaged)?;
    if sum(bytes) != *kept {
        return Err(Damaged);
    }
    Ok(match super::read(bytes)? {
        FileRecord::Articles(articles) => {
            let surveys = articles.into_iter();
            Ok(surveys
                .map(|bytes| PackedSurvey::of_bytes(bytes.to_vec()))
                .collect())
        }
        FileRecord::Problem(problem) => Err(problem.to_owned()),
    })
}
