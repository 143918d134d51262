//! What a search asks the index: which articles match an expression, and which of them best.

use std::ffi::OsStr;
use std::ops::ControlFlow;

use super::reader::{Reader, name_of};

/// A word in the title weighs as much as so many in the text; speakers, countries and verbs weigh less.
const WEIGHTS: &str = "bm25(words, 8.0, 1.0, 0.5, 0.5, 0.5)";

impl Reader {
    /// The highest number of an article: with every article that is new or changed it grows.
    pub(crate) fn last_row(&self) -> Option<i64> {
        let question = "SELECT max(id) FROM articles";
        let mut statement = self.connection.prepare_cached(question).ok()?;
        statement.query_row((), |row| row.get(0)).ok()?
    }

    /// Hands over the number, the file and the part of every article; whether it could.
    pub(crate) fn each_article(&self, take: &mut dyn FnMut(i64, &OsStr, u32)) -> bool {
        let mut each = || -> rusqlite::Result<()> {
            let question = "SELECT id, path, part FROM articles";
            let mut statement = self.connection.prepare_cached(question)?;
            let mut rows = statement.query(())?;
            while let Some(row) = rows.next()? {
                if let Some(file) = name_of(row.get_ref(1)?.as_blob()?) {
                    take(row.get(0)?, file, row.get(2)?);
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
