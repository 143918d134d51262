//! Queries to the database of an index.

use std::ops::{ControlFlow, Range};
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row};

use super::change::path_bytes;
use super::day::allowed_days;
use super::file_entry::unpack;
use super::fingerprint::Fingerprint;
use super::schema;
use crate::analysis::Analysis;
use crate::document::{Document, Warned};
use crate::library::{Location, Survey};
use crate::search::plan::{CountedWord, PlanCandidates};
use crate::search::{Plan, record};

/// A connection that only reads. An error counts as an absent row, because the index only speeds things up.
pub(crate) struct IndexReader {
    connection: Connection,
}

/// A set of articles by their row numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowFilter {
    sorted: Vec<i64>,
    /// The highest row when the set was made. Rows are never reused, so later ones are new.
    last: i64,
}

impl RowFilter {
    /// The articles in `sorted`, chosen among those up to `last`.
    pub(crate) fn new(sorted: Vec<i64>, last: i64) -> Self {
        Self { sorted, last }
    }

    /// Whether the set has one of these rows, or one of them is newer than the set.
    pub(crate) fn may_have(&self, rows: &Range<i64>) -> bool {
        let next = self.sorted.partition_point(|row| *row < rows.start);
        match self.sorted.get(next) {
            Some(row) if rows.contains(row) => true,
            _ => rows.start > self.last,
        }
    }
}

/// An article in the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IndexRow {
    /// Its row number.
    pub(crate) id: i64,
    /// The [hash](super::path_hash) of its file's path.
    pub(crate) file: u64,
    /// Its position in the file.
    pub(crate) part: u32,
    /// The [day](super::day_number) on which it was published.
    pub(crate) day: Option<i64>,
}

/// The fingerprint of a file in the index, and the rows of its articles.
pub(super) struct KnownFile {
    pub(super) stored: Fingerprint,
    pub(super) rows: Range<i64>,
}

/// The entry of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileRow {
    pub(super) fingerprint: Fingerprint,
    pub(super) hash: u64,
    pub(super) surveys: Vec<u8>,
}

/// Weights of the columns: a word in the title counts as much as eight in the text; speakers, countries and verbs
/// count half.
const WEIGHTS: &str = "bm25(words, 8.0, 1.0, 0.5, 0.5, 0.5)";

/// Reading on past this many other files costs about as much as a new lookup.
const MOST_OTHERS: usize = 16;

/// A table of all occurrences of words, for this connection only.
const OCCURRENCES: &str =
    "CREATE VIRTUAL TABLE temp.occurrences USING fts5vocab(main, words, instance)";

impl IndexReader {
    pub(super) fn new(connection: Connection) -> Self {
        // Without the table hits are counted by scanning.
        let _ = connection.execute_batch(OCCURRENCES);
        Self { connection }
    }

    /// Begins a read transaction, which ends when the result is dropped. All queries in it see the same state, and
    /// `SQLite` takes its locks only once.
    pub(crate) fn snapshot(&self) -> Option<rusqlite::Transaction<'_>> {
        self.connection.unchecked_transaction().ok()
    }

    /// Frees memory while the connection is not in use.
    pub(super) fn release_memory(&self) {
        let _ = self.connection.execute_batch(schema::RELEASE_MEMORY);
    }

    /// The entry of a file.
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
        statement.query_row([path_bytes(file)], read).ok()
    }

    /// Calls `take` with the entry of each of some files, given by their sorted names: the position in `names`, the
    /// stored fingerprint and the packed surveys. Files that are next to each other in the index are read in one
    /// pass, which is many times faster than looking up each.
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
            // After too many other files the next name is looked up.
            let mut n_others = 0;
            while n_others < MOST_OTHERS {
                let Some(row) = rows.next()? else {
                    return Ok(());
                };
                let path = row.get_ref(0)?.as_blob()?;
                at += names[at..].iter().take_while(|name| **name < path).count();
                n_others += usize::from(names.get(at) != Some(&path));
                while names.get(at) == Some(&path) {
                    let stored = Fingerprint {
                        size: row.get(1)?,
                        modified: row.get(2)?,
                    };
                    take(at, stored, row.get_ref(3)?.as_blob()?);
                    at += 1;
                }
            }
        }
        Ok(())
    }

    /// The rows of the articles of a file, if its stored fingerprint is this one.
    pub(crate) fn rows_of(&self, file: &Path, now: Fingerprint) -> Option<Range<i64>> {
        let question = "SELECT size, modified, first, count FROM files WHERE path = ?";
        let mut statement = self.connection.prepare_cached(question).ok()?;
        let read = |row: &Row<'_>| {
            let stored = Fingerprint {
                size: row.get(0)?,
                modified: row.get(1)?,
            };
            Ok((stored, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
        };
        let (stored, first, count) = statement.query_row([path_bytes(file)], read).ok()?;
        now.is(stored).then_some(first..first.saturating_add(count))
    }

    /// Calls `take` with every file. Returns false on an error.
    pub(super) fn each_file(&self, take: &mut dyn FnMut(&[u8], KnownFile)) -> bool {
        let mut each = || -> rusqlite::Result<()> {
            let question = "SELECT path, size, modified, first, count FROM files";
            let mut statement = self.connection.prepare(question)?;
            let mut rows = statement.query(())?;
            while let Some(row) = rows.next()? {
                let stored = Fingerprint {
                    size: row.get(1)?,
                    modified: row.get(2)?,
                };
                let first: i64 = row.get(3)?;
                let rows = first..first.saturating_add(row.get(4)?);
                take(row.get_ref(0)?.as_blob()?, KnownFile { stored, rows });
            }
            Ok(())
        };
        each().is_ok()
    }

    /// The rows of the articles whose survey meets a condition.
    pub(crate) fn surveyed(&self, is_wanted: &dyn Fn(&Survey) -> bool) -> Option<Vec<i64>> {
        let question = "SELECT first, surveys FROM surveys";
        let mut statement = self.connection.prepare(question).ok()?;
        let mut rows = statement.query(()).ok()?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().ok()? {
            let first: i64 = row.get(0).ok()?;
            let surveys = record::read_surveys(row.get_ref(1).ok()?.as_blob().ok()?).ok()?;
            let surveys = (first..).zip(surveys.iter().flatten());
            let wanted = surveys.filter(|(_, survey)| is_wanted(&survey.survey()));
            found.extend(wanted.map(|(row, _)| row));
        }
        found.sort_unstable();
        Some(found)
    }

    /// The row of an article, if the stored fingerprint of its file is this one.
    pub(crate) fn row(&self, location: &Location, now: Fingerprint) -> Option<i64> {
        let mut rows = self.rows_of(&location.file, now)?;
        rows.nth(usize::try_from(location.part).ok()?)
    }

    /// The analysis of an article. Before it is applied to a text it must be checked to [fit](record::fits).
    pub(crate) fn analysis(&self, row: i64) -> Option<Analysis> {
        let question = "SELECT analysis FROM details WHERE id = ?";
        let mut statement = self.connection.prepare_cached(question).ok()?;
        let read = |row: &Row<'_>| {
            let bytes = row.get_ref(0)?.as_blob()?;
            Ok(record::read_analysis(bytes).ok())
        };
        statement.query_row([row], read).ok()?
    }

    /// The text of an article, if it is stored because extracting it is expensive.
    pub(crate) fn document(&self, row: i64) -> Option<Warned<Document>> {
        let question = "SELECT document FROM details WHERE id = ?";
        let mut statement = self.connection.prepare_cached(question).ok()?;
        let read = |row: &Row<'_>| Ok(unpack(row.get_ref(0)?.as_blob()?));
        statement.query_row([row], read).ok()?
    }

    /// The candidates of a plan; `None` on an error.
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

    /// The numbers of files and of articles.
    pub(super) fn counts(&self) -> Option<(u64, u64)> {
        let question = "SELECT (SELECT count(*) FROM files), (SELECT count(*) FROM articles)";
        let count = |row: &Row<'_>, at| row.get::<_, u32>(at).map(u64::from);
        let read = |row: &Row<'_>| Ok((count(row, 0)?, count(row, 1)?));
        self.connection
            .query_row(question, (), read)
            .optional()
            .ok()?
    }

    /// The highest row, which grows with every article that is new or changed; 0 if there is none.
    pub(crate) fn last_row(&self) -> Option<i64> {
        let question = "SELECT max(id) FROM articles";
        let mut statement = self.connection.prepare_cached(question).ok()?;
        let last = statement.query_row((), |row| row.get::<_, Option<i64>>(0));
        Some(last.ok()?.unwrap_or(0))
    }

    /// Calls `take` with every article whose row is higher than `after`, in ascending order. Returns false on an
    /// error.
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

    /// Calls `take` with every occurrence of a word until it breaks: the row of the article, and whether the word is
    /// in its text rather than its title. Returns false on an error.
    pub(crate) fn occurrences(
        &self,
        word: &CountedWord,
        take: &mut dyn FnMut(i64, bool) -> ControlFlow<()>,
    ) -> bool {
        let mut each = || -> rusqlite::Result<()> {
            let question = "SELECT doc, col FROM temp.occurrences WHERE term >= ? AND term <= ?";
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

    /// Calls `take` with the row of every article that matches an expression until it breaks. Returns false on an
    /// error.
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

    /// Calls `take` with the row and the score of every article that matches an expression. Scores are in
    /// thousandths; lower is better. Returns false on an error.
    pub(crate) fn scores(&self, expression: &str, take: &mut dyn FnMut(i64, i64)) -> bool {
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

/// The tables and conditions that a plan selects from, with their values; `None` when no article can match.
fn question(plan: &Plan) -> Option<(String, Vec<Value>)> {
    let mut values = Vec::new();
    let mut conditions = Vec::new();
    let tables = match &plan.candidates {
        PlanCandidates::None => return None,
        PlanCandidates::All => "FROM articles",
        PlanCandidates::Matching(expression) => {
            values.push(Value::from(expression.clone()));
            conditions.push("words MATCH ?");
            "FROM words CROSS JOIN articles ON articles.id = words.rowid"
        }
    };
    if let Some(days) = allowed_days(plan) {
        conditions.push("articles.day >= ? AND articles.day < ?");
        values.push(days.start.into());
        values.push(days.end.into());
    }
    let place = if conditions.is_empty() { "" } else { "WHERE" };
    let conditions = conditions.join(" AND ");
    Some((format!("{tables} {place} {conditions}"), values))
}
