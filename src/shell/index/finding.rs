//! What a search asks the index: which articles match an expression, and which of them best.

use std::ops::ControlFlow;

use super::reader::Reader;
use crate::search::plan::Word;

/// A word in the title weighs as much as so many in the text; speakers, countries and verbs weigh less.
const WEIGHTS: &str = "bm25(words, 8.0, 1.0, 0.5, 0.5, 0.5)";

/// An article as the index lists it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleRow {
    /// Its number.
    pub(crate) id: i64,
    /// The [number](super::path_number) of its file.
    pub(crate) file: u64,
    /// Which article of the file it is.
    pub(crate) part: u32,
    /// The day on which it was published, as a number that grows.
    pub(crate) day: Option<i64>,
}

impl Reader {
    /// The highest number of an article: with every article that is new or changed it grows.
    pub(crate) fn last_row(&self) -> Option<i64> {
        let question = "SELECT max(id) FROM articles";
        let mut statement = self.connection.prepare_cached(question).ok()?;
        let last = statement.query_row((), |row| row.get::<_, Option<i64>>(0));
        Some(last.ok()?.unwrap_or(0))
    }

    /// Hands over every article with a higher number than one, in their order; whether it could.
    pub(crate) fn each_article(&self, after: i64, take: &mut dyn FnMut(ArticleRow)) -> bool {
        let mut each = || -> rusqlite::Result<()> {
            let question = "SELECT id, file, part, day FROM articles WHERE id > ? ORDER BY id";
            let mut statement = self.connection.prepare_cached(question)?;
            let mut rows = statement.query([after])?;
            while let Some(row) = rows.next()? {
                take(ArticleRow {
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
        word: &Word,
        take: &mut dyn FnMut(i64, bool) -> ControlFlow<()>,
    ) -> bool {
        let mut each = || -> rusqlite::Result<()> {
            let question = "SELECT doc, col FROM temp.places WHERE term >= ? AND term <= ?";
            let mut statement = self.connection.prepare_cached(question)?;
            let last = if word.is_begun {
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
