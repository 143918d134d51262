//! Questions to the index.

use std::ops::{ControlFlow, Range};
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row};

use super::file_entry::{day_number, unpack};
use super::fingerprint::Fingerprint;
use super::writer::name;
use crate::analysis::Analysis;
use crate::document::{Document, Warned};
use crate::library::{Location, Survey};
use crate::search::plan::{CountedWord, PlanCandidates};
use crate::search::{Plan, record};

/// A connection that asks. What cannot be read is as if it were not there.
pub(crate) struct IndexReader {
    pub(super) connection: Connection,
}

/// Articles by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowFilter {
    sorted: Vec<i64>,
    /// The highest number that there was when they were chosen; no number is given twice.
    last: i64,
}

impl RowFilter {
    /// These articles, sorted, of those up to `last`.
    pub(crate) fn new(sorted: Vec<i64>, last: i64) -> Self {
        Self { sorted, last }
    }

    /// Whether one of these articles is among them, or was not there yet when they were chosen.
    pub(crate) fn may_have(&self, rows: &Range<i64>) -> bool {
        let next = self.sorted.partition_point(|row| *row < rows.start);
        let is_among = self.sorted.get(next).is_some_and(|row| rows.contains(row));
        is_among || rows.start > self.last
    }
}

/// An article as the index lists it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IndexRow {
    /// Its number.
    pub(crate) id: i64,
    /// The [number](super::path_number) of its file.
    pub(crate) file: u64,
    /// Which article of the file it is.
    pub(crate) part: u32,
    /// The day on which it was published, as a number that grows.
    pub(crate) day: Option<i64>,
}

/// What the index knows of a file for short.
pub(super) struct KnownFile {
    pub(super) kept: Fingerprint,
    /// The numbers of its articles.
    pub(super) rows: Range<i64>,
}

/// What the index has of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileRow {
    pub(super) fingerprint: Fingerprint,
    pub(super) hash: u64,
    pub(super) surveys: Vec<u8>,
}

/// A word in the title weighs as much as so many in the text; speakers, countries and verbs weigh less.
const WEIGHTS: &str = "bm25(words, 8.0, 1.0, 0.5, 0.5, 0.5)";

/// How many files between those that are asked for are gone past before the next one is looked up.
const MOST_OTHERS: usize = 16;

/// Where each word stands, for this connection only.
const PLACES: &str = "CREATE VIRTUAL TABLE temp.places USING fts5vocab(main, words, instance)";

impl IndexReader {
    pub(super) fn new(connection: Connection) -> Self {
        // Without it hits are counted by scanning.
        let _ = connection.execute_batch(PLACES);
        Self { connection }
    }

    /// Many questions at once, until this is dropped: `SQLite` takes its locks only once.
    pub(crate) fn together(&self) -> Option<rusqlite::Transaction<'_>> {
        self.connection.unchecked_transaction().ok()
    }

    /// What is known of a file.
    pub(super) fn file(&self, file: &Path) -> Option<FileRow> {
        let question = "SELECT size, modified, hash, surveys FROM files JOIN surveys USING(first) WHERE path = ?";
        let mut statement = self.connection.prepare_cached(question).ok()?;
        let read = |row: &Row<'_>| {
            Ok(FileRow {
                fingerprint: Fingerprint {
                    size: row.get(0)?,
                    modified: row.get(1)?,
                },
                hash: row.get::<_, i64>(2)?.cast_unsigned(),
                surveys: row.get(3)?,
            })
        };
        statement.query_row([name(file)], read).ok()
    }

    /// Hands over what is known of each of some files, whose names are sorted: its place among them, the fingerprint
    /// it had and what a look inside told. One pass through the index where these files stand in it, which is many
    /// times quicker than to look each up.
    pub(super) fn each_of(
        &self,
        names: &[&[u8]],
        take: &mut dyn FnMut(usize, Fingerprint, &[u8]),
    ) -> rusqlite::Result<()> {
        let question = "SELECT path, size, modified, surveys FROM files CROSS JOIN surveys USING(first) \
                        WHERE path >= ? AND path <= ? ORDER BY path";
        let mut at = 0;
        while let (Some(next), Some(last)) = (names.get(at), names.last()) {
            let mut statement = self.connection.prepare_cached(question)?;
            let mut rows = statement.query([next, last])?;
            // Where there are many other files between, the next one is looked up.
            let mut n_others = 0;
            while n_others < MOST_OTHERS {
                let Some(row) = rows.next()? else {
                    return Ok(());
                };
                let path = row.get_ref(0)?.as_blob()?;
                let rest = names.get(at..).unwrap_or_default();
                at += rest.iter().take_while(|name| **name < path).count();
                n_others += usize::from(names.get(at) != Some(&path));
                while names.get(at) == Some(&path) {
                    let kept = Fingerprint {
                        size: row.get(1)?,
                        modified: row.get(2)?,
                    };
                    take(at, kept, row.get_ref(3)?.as_blob()?);
                    at += 1;
                }
            }
        }
        Ok(())
    }

    /// The numbers of the articles of a file in the index, provided that it had this fingerprint.
    pub(crate) fn rows_of(&self, file: &Path, now: Fingerprint) -> Option<Range<i64>> {
        let question = "SELECT size, modified, first, count FROM files WHERE path = ?";
        let mut statement = self.connection.prepare_cached(question).ok()?;
        let read = |row: &Row<'_>| {
            let kept = Fingerprint {
                size: row.get(0)?,
                modified: row.get(1)?,
            };
            Ok((kept, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
        };
        let (kept, first, count) = statement.query_row([name(file)], read).ok()?;
        now.is(kept).then_some(first..first.saturating_add(count))
    }

    /// Hands over the name of every file with its fingerprint and the numbers of its articles; whether it could.
    pub(super) fn each_file(&self, take: &mut dyn FnMut(&[u8], KnownFile)) -> bool {
        let mut each = || -> rusqlite::Result<()> {
            let question = "SELECT path, size, modified, first, count FROM files";
            let mut statement = self.connection.prepare(question)?;
            let mut rows = statement.query(())?;
            while let Some(row) = rows.next()? {
                let kept = Fingerprint {
                    size: row.get(1)?,
                    modified: row.get(2)?,
                };
                let first: i64 = row.get(3)?;
                let rows = first..first.saturating_add(row.get(4)?);
                take(row.get_ref(0)?.as_blob()?, KnownFile { kept, rows });
            }
            Ok(())
        };
        each().is_ok()
    }

    /// Those articles of which what lists tell is so.
    pub(crate) fn surveyed(&self, is_so: &dyn Fn(&Survey) -> bool) -> Option<Vec<i64>> {
        let question = "SELECT first, surveys FROM surveys";
        let mut statement = self.connection.prepare(question).ok()?;
        let mut rows = statement.query(()).ok()?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().ok()? {
            let first: i64 = row.get(0).ok()?;
            let surveys = record::read_surveys(row.get_ref(1).ok()?.as_blob().ok()?).ok()?;
            let surveys = (first..).zip(surveys.iter().flatten());
            let wanted = surveys.filter(|(_, survey)| is_so(&survey.survey()));
            found.extend(wanted.map(|(row, _)| row));
        }
        found.sort_unstable();
        Some(found)
    }

    /// The number of an article in the index, provided that its file had this fingerprint.
    pub(crate) fn row(&self, location: &Location, now: Fingerprint) -> Option<i64> {
        let mut rows = self.rows_of(&location.file, now)?;
        rows.nth(usize::try_from(location.part).ok()?)
    }

    /// The analysis of an article. One that is to be laid over a text must [fit](record::fits) it.
    pub(crate) fn analysis(&self, row: i64) -> Option<Analysis> {
        let question = "SELECT analysis FROM details WHERE id = ?";
        let mut statement = self.connection.prepare_cached(question).ok()?;
        let read = |row: &Row<'_>| {
            let bytes = row.get_ref(0)?.as_blob()?;
            Ok(record::read_analysis(bytes).ok())
        };
        statement.query_row([row], read).ok()?
    }

    /// The text of an article, when it is kept because it is costly to find in its file.
    pub(crate) fn document(&self, row: i64) -> Option<Warned<Document>> {
        let question = "SELECT document FROM details WHERE id = ?";
        let mut statement = self.connection.prepare_cached(question).ok()?;
        let read = |row: &Row<'_>| Ok(unpack(row.get_ref(0)?.as_blob()?));
        statement.query_row([row], read).ok()?
    }

    /// The articles that a plan leaves; nothing when that cannot be told.
    pub(crate) fn rows(&self, plan: &Plan) -> Option<RowFilter> {
        let last = self.last_row()?;
        let Some((tables, values)) = question(plan) else {
            return Some(RowFilter {
                sorted: Vec::new(),
                last,
            });
        };
        let id = match plan.candidates {
            PlanCandidates::Matching(_) => "words.rowid",
            _ => "articles.id",
        };
        let question = format!("SELECT {id} {tables}");
        let mut statement = self.connection.prepare_cached(&question).ok()?;
        let values = rusqlite::params_from_iter(&values);
        let rows = statement.query_map(values, |row| row.get(0)).ok()?;
        let mut sorted: Vec<i64> = rows.collect::<Result<_, _>>().ok()?;
        sorted.sort_unstable();
        Some(RowFilter { sorted, last })
    }

    /// Numbers of files and of articles.
    pub(super) fn counts(&self) -> Option<(i64, i64)> {
        let question = "SELECT (SELECT count(*) FROM files), (SELECT count(*) FROM articles)";
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        self.connection
            .query_row(question, (), read)
            .optional()
            .ok()?
    }

    /// The highest number of an article: with every article that is new or changed it grows.
    pub(crate) fn last_row(&self) -> Option<i64> {
        let question = "SELECT max(id) FROM articles";
        let mut statement = self.connection.prepare_cached(question).ok()?;
        let last = statement.query_row((), |row| row.get::<_, Option<i64>>(0));
        Some(last.ok()?.unwrap_or(0))
    }

    /// Hands over every article with a higher number than one, in their order; whether it could.
    pub(crate) fn each_article(&self, after: i64, take: &mut dyn FnMut(IndexRow)) -> bool {
        let mut each = || -> rusqlite::Result<()> {
            let question = "SELECT id, file, part, day FROM articles WHERE id > ? ORDER BY id";
            let mut statement = self.connection.prepare_cached(question)?;
            let mut rows = statement.query([after])?;
            while let Some(row) = rows.next()? {
                take(IndexRow {
                    id: row.get(0)?,
                    file: row.get::<_, i64>(1)?.cast_unsigned(),
                    part: row.get(2)?,
                    day: row.get(3)?,
                });
            }
            Ok(())
        };
        each().is_ok()
    }

    /// Hands over every place where a word of the text, or one that begins so, stands: the number of the
    /// article and whether that is its text or its title, until there are enough; whether it could.
    pub(crate) fn instances(
        &self,
        word: &CountedWord,
        take: &mut dyn FnMut(i64, bool) -> ControlFlow<()>,
    ) -> bool {
        let mut each = || -> rusqlite::Result<()> {
            let question = "SELECT doc, col FROM temp.places WHERE term >= ? AND term <= ?";
            let mut statement = self.connection.prepare_cached(question)?;
            let last = if word.is_prefix {
                format!("{}{}", word.word, char::MAX)
            } else {
                word.word.clone()
            };
            let mut rows = statement.query([&word.word, &last])?;
            while let Some(row) = rows.next()? {
                let is_in_text = match row.get_ref(1)?.as_bytes()? {
                    b"text" => true,
                    b"title" => false,
                    _ => continue,
                };
                if take(row.get(0)?, is_in_text).is_break() {
                    break;
                }
            }
            Ok(())
        };
        each().is_ok()
    }

    /// Hands over the articles for which an expression holds, by their numbers, until there are enough;
    /// whether it could.
    pub(crate) fn matching(
        &self,
        expression: &str,
        take: &mut dyn FnMut(i64) -> ControlFlow<()>,
    ) -> bool {
        let mut each = || -> rusqlite::Result<()> {
            let question = "SELECT rowid FROM words WHERE words MATCH ?";
            let mut statement = self.connection.prepare_cached(question)?;
            let mut rows = statement.query([expression])?;
            while let Some(row) = rows.next()? {
                if take(row.get(0)?).is_break() {
                    break;
                }
            }
            Ok(())
        };
        each().is_ok()
    }

    /// Hands over the articles for which an expression holds with how well it does, in thousandths, lower being
    /// better; whether it could.
    pub(crate) fn best(&self, expression: &str, take: &mut dyn FnMut(i64, i64)) -> bool {
        let mut each = || -> rusqlite::Result<()> {
            let question = format!("SELECT rowid, {WEIGHTS} FROM words WHERE words MATCH ?");
            let mut statement = self.connection.prepare_cached(&question)?;
            let mut rows = statement.query([expression])?;
            while let Some(row) = rows.next()? {
                let score: f64 = row.get(1)?;
                #[expect(clippy::cast_possible_truncation, reason = "scores are small")]
                take(row.get(0)?, (score * 1000.0) as i64);
            }
            Ok(())
        };
        each().is_ok()
    }
}

/// The tables and conditions of a plan, and their values; nothing when no article is left.
fn question(plan: &Plan) -> Option<(String, Vec<Value>)> {
    let mut values = Vec::new();
    let mut conditions = Vec::new();
    let has_days = plan.from.is_some() || plan.until.is_some();
    let tables = match &plan.candidates {
        PlanCandidates::None => return None,
        PlanCandidates::All => "FROM articles",
        PlanCandidates::Matching(expression) => {
            values.push(Value::from(expression.clone()));
            conditions.push("words MATCH ?");
            "FROM words CROSS JOIN articles ON articles.id = words.rowid"
        }
    };
    if has_days {
        conditions.push("articles.day >= ? AND articles.day < ?");
        values.push(plan.from.map_or(i64::MIN, day_number).into());
        values.push(plan.until.map_or(i64::MAX, day_number).into());
    }
    let place = if conditions.is_empty() { "" } else { "WHERE" };
    let conditions = conditions.join(" AND ");
    Some((format!("{tables} {place} {conditions}"), values))
}
