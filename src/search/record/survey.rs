//! The surveys of the articles in a file, or why there are none.

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

/// The length of the checksum at the end. It is needed because any bytes could be a packed survey.
const SUM_BYTES: usize = 4;

fn sum(bytes: &[u8]) -> [u8; SUM_BYTES] {
    let [sum @ .., _, _, _, _] = hash(bytes).to_le_bytes();
    sum
}

/// Serializes surveys, without the time of the file.
#[must_use]
pub fn write_surveys(surveys: &Result<Vec<PackedSurvey>, String>) -> Vec<u8> {
    let mut record = super::write(&match surveys {
        Ok(surveys) => FileRecord::Articles(surveys.iter().map(PackedSurvey::bytes).collect()),
        Err(problem) => FileRecord::Problem(problem),
    });
    record.extend(sum(&record));
    record
}

/// Reads surveys that [`write_surveys`] serialized.
///
/// # Errors
/// When the bytes are damaged.
pub fn read_surveys(record: &[u8]) -> Result<Result<Vec<PackedSurvey>, String>, Damaged> {
    let (bytes, stored) = record.split_last_chunk().ok_or(Damaged)?;
    if sum(bytes) != *stored {
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
