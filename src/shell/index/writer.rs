//! The thread that writes the index. It collects changes in transactions of a few seconds.

use std::path::Path;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction};

use super::change::{IndexChange, path_bytes, path_hash};
use super::file_entry::{ArticleEntry, FileEntry};
use super::fingerprint::Fingerprint;
use super::integrity::IntegrityNote;
use super::paths::IndexPaths;
use super::schema;
use super::stale_files::StaleFiles;
use super::write_queue::{self, ChangeReceiver, ChangeSender};
use crate::text::hash::hash;

/// How long a transaction collects changes, and how many bytes of them. A killed program loses this much. Shorter
/// transactions would cost more: FTS5 writes a segment with each, and has to merge small segments later.
const TRANSACTION_TIME: Duration = Duration::from_secs(4);
const TRANSACTION_BYTES: usize = 32 * 1024 * 1024;
/// When no change comes for this long, the transaction is committed.
const PAUSE: Duration = Duration::from_millis(100);
/// When no change comes for this long, the log is carried over and memory is freed.
const LONG_PAUSE: Duration = Duration::from_millis(500);
/// How many pages the log may have before it is carried over: 64 MB.
const LOG_PAGES: i64 = 4096;
/// Unused pages are freed once they are more than one in this many.
const UNUSED_SHARE: i64 = 50;

/// Starts the writer. It ends when the sender is dropped or the database cannot be written.
pub(super) fn start(
    connection: Connection,
    paths: &IndexPaths,
    stale: &Arc<StaleFiles>,
    failure: &Arc<OnceLock<String>>,
) -> Option<ChangeSender> {
    let (changes, receiver) = write_queue::queue();
    let writer = IndexWriter {
        connection,
        note: paths.integrity_note(),
        stale: Arc::clone(stale),
        failure: Arc::clone(failure),
        is_carried_over: true,
    };
    let write = move || writer.run(receiver);
    let thread = std::thread::Builder::new().name("index".into());
    thread.spawn(write).ok()?;
    Some(changes)
}

struct IndexWriter {
    connection: Connection,
    note: IntegrityNote,
    stale: Arc<StaleFiles>,
    failure: Arc<OnceLock<String>>,
    /// Whether all changes were carried over from the log into the database.
    is_carried_over: bool,
}

impl IndexWriter {
    fn run(mut self, mut changes: ChangeReceiver) {
        loop {
            let first = match changes.next_within(LONG_PAUSE) {
                Ok(first) => first,
                Err(RecvTimeoutError::Timeout) if self.is_carried_over => {
                    let _ = self.connection.execute_batch(schema::RELEASE_MEMORY);
                    match changes.next() {
                        Some(first) => first,
                        None => return,
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.shrink();
                    let _ = self.carry_over();
                    self.is_carried_over = true;
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => {
                    if !self.is_carried_over {
                        let _ = self.carry_over();
                    }
                    return;
                }
            };
            if let Err(error) = self.write(first, &mut changes) {
                return self.give_up(&error);
            }
        }
    }

    fn give_up(&self, error: &rusqlite::Error) {
        let mut failure = error.to_string();
        match error.sqlite_error_code() {
            // Carrying the log over frees the space it takes.
            Some(ErrorCode::DiskFull) => {
                let _ = self.carry_over();
            }
            // The system is the reason, not the database.
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::OutOfMemory,
            ) => {}
            _ => {
                self.note.remove();
                failure = format!("it is damaged ({failure}) and will be rebuilt the next time");
            }
        }
        let _ = self.failure.set(failure);
    }

    /// Writes one transaction, which begins with `first`.
    fn write(&mut self, first: IndexChange, changes: &mut ChangeReceiver) -> rusqlite::Result<()> {
        let started = Instant::now();
        let (mut flushed, mut settled) = (Vec::new(), Vec::new());
        let mut bytes = 0;
        let before = self.connection.total_changes();
        let mut open = OpenTransaction::begin(&mut self.connection)?;
        let mut next = Some(first);
        while let Some(change) = next {
            match change {
                IndexChange::Flush(done) => {
                    flushed.push(done);
                    break;
                }
                change => {
                    settled.extend(change.settles());
                    bytes += change.bytes();
                    open.apply(change)?;
                }
            }
            if bytes > TRANSACTION_BYTES {
                break;
            }
            let left = TRANSACTION_TIME.saturating_sub(started.elapsed());
            next = changes.next_within(left.min(PAUSE)).ok();
        }
        let has_changes = open.transaction.total_changes() != before;
        open.commit()?;
        self.stale.settle(&settled);
        self.is_carried_over &= !has_changes;
        if !self.is_carried_over && (!flushed.is_empty() || self.log_pages() > LOG_PAGES) {
            if !flushed.is_empty() {
                self.shrink()?;
            }
            self.carry_over()?;
            self.is_carried_over = true;
        }
        for done in flushed {
            let _ = done.send(());
        }
        Ok(())
    }

    fn log_pages(&self) -> i64 {
        let question = "PRAGMA wal_checkpoint(NOOP)";
        let pages = self.connection.query_row(question, (), |row| row.get(1));
        // A log of unknown length is carried over.
        pages.unwrap_or(i64::MAX)
    }

    /// Frees unused pages, which FTS5 leaves when it merges segments.
    fn shrink(&self) -> rusqlite::Result<()> {
        let count = |what| -> rusqlite::Result<i64> {
            let question = format!("PRAGMA {what}");
            self.connection.query_row(&question, (), |row| row.get(0))
        };
        if count("freelist_count")? * UNUSED_SHARE > count("page_count")? {
            let mut shrink = self.connection.prepare("PRAGMA incremental_vacuum")?;
            let mut pages = shrink.query(())?;
            while pages.next()?.is_some() {}
        }
        Ok(())
    }

    /// Carries the write-ahead log over into the database.
    fn carry_over(&self) -> rusqlite::Result<()> {
        // Without the note the database would count as broken, so it is left as it is.
        if self.note.open().is_err() {
            return Ok(());
        }
        let result = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()));
        let _ = self.note.close();
        result
    }
}

/// A transaction that is being written.
struct OpenTransaction<'c> {
    transaction: Transaction<'c>,
    /// The row of the next article. Rows are never reused, so a reader that remembers the highest one notices new
    /// ones.
    next: i64,
    /// The value of `next` at the beginning.
    first: i64,
}

impl<'c> OpenTransaction<'c> {
    fn begin(connection: &'c mut Connection) -> rusqlite::Result<Self> {
        let transaction = connection.transaction()?;
        let next = "SELECT value FROM facts WHERE name = 'next'";
        let next = transaction
            .prepare_cached(next)?
            .query_row((), |row| row.get(0))?;
        Ok(Self {
            transaction,
            next,
            first: next,
        })
    }

    fn commit(self) -> rusqlite::Result<()> {
        if self.next != self.first {
            let next = "UPDATE facts SET value = ? WHERE name = 'next'";
            self.execute(next, [self.next])?;
        }
        self.transaction.commit()
    }

    fn execute(&self, statement: &str, values: impl rusqlite::Params) -> rusqlite::Result<()> {
        let mut statement = self.transaction.prepare_cached(statement)?;
        statement.execute(values)?;
        Ok(())
    }

    fn apply(&mut self, change: IndexChange) -> rusqlite::Result<()> {
        match change {
            IndexChange::Put(entry) => self.put(&entry),
            IndexChange::Touch(file, Fingerprint { size, modified }) => {
                let statement = "UPDATE files SET size = ?, modified = ? WHERE path = ?";
                self.execute(statement, (size, modified, path_bytes(&file)))
            }
            IndexChange::Remove(file) => self.remove_all(&file),
            IndexChange::Retain(exists) => self.retain(&exists),
            IndexChange::Flush(_) => Ok(()),
        }
    }

    fn put(&mut self, entry: &FileEntry) -> rusqlite::Result<()> {
        self.remove(path_bytes(&entry.file))?;
        let first = self.next;
        let file = "INSERT INTO files VALUES(?, ?, ?, ?, ?, ?)";
        self.execute(
            file,
            (
                path_bytes(&entry.file),
                entry.fingerprint.size,
                entry.fingerprint.modified,
                entry.hash.cast_signed(),
                first,
                entry.articles.len().cast_signed(),
            ),
        )?;
        let path_hash = path_hash(&entry.file).cast_signed();
        let surveys = "INSERT INTO surveys VALUES(?, ?)";
        self.execute(surveys, (first, &entry.surveys))?;
        for ((part, article), id) in entry.articles.iter().enumerate().zip(first..) {
            let row = "INSERT INTO articles VALUES(?, ?, ?, ?)";
            let part = part.cast_signed();
            self.execute(row, (id, path_hash, part, article.day))?;
            self.put_article(id, article)?;
        }
        // A file without articles has a row too, for its survey.
        self.next += entry.articles.len().max(1).cast_signed() as i64;
        Ok(())
    }

    fn put_article(&self, id: i64, article: &ArticleEntry) -> rusqlite::Result<()> {
        let details = "INSERT INTO details VALUES(?, ?, ?)";
        self.execute(details, (id, &article.analysis, &article.document))?;
        let words = "INSERT INTO words(rowid, title, text, speaker, country, said) VALUES(?, ?, ?, ?, ?, ?)";
        let [title, text, speaker, country, said] = article.terms.columns();
        self.execute(words, (id, title, text, speaker, country, said))
    }

    fn remove(&self, file: &[u8]) -> rusqlite::Result<()> {
        let known = "SELECT first, count FROM files WHERE path = ?";
        let mut known = self.transaction.prepare_cached(known)?;
        let known = known.query_row([file], |row| Ok((row.get(0)?, row.get(1)?)));
        let Some((first, count)): Option<(i64, i64)> = known.optional()? else {
            return Ok(());
        };
        for table in ["articles WHERE id", "details WHERE id", "words WHERE rowid"] {
            let statement = format!("DELETE FROM {table} = ?");
            for id in first..first.saturating_add(count) {
                self.execute(&statement, [id])?;
            }
        }
        self.execute("DELETE FROM surveys WHERE first = ?", [first])?;
        self.execute("DELETE FROM files WHERE path = ?", [file])
    }

    /// Removes a file, or all files in a folder.
    fn remove_all(&self, path: &Path) -> rusqlite::Result<()> {
        self.remove(path_bytes(path))?;
        // The paths in a folder sort between its name with `/` and with `0`, the next byte.
        let first = [path_bytes(path), b"/"].concat();
        let end = [path_bytes(path), b"0"].concat();
        let statement = "SELECT path FROM files WHERE path > ? AND path < ?";
        let mut statement = self.transaction.prepare_cached(statement)?;
        let paths = statement.query_map((&first, &end), |row| row.get(0))?;
        let paths: Vec<Vec<u8>> = paths.collect::<Result<_, _>>()?;
        paths.iter().try_for_each(|path| self.remove(path))
    }

    fn retain(&self, exists: &dyn Fn(u64) -> bool) -> rusqlite::Result<()> {
        let mut gone: Vec<Vec<u8>> = Vec::new();
        let mut statement = self.transaction.prepare("SELECT path FROM files")?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let path = row.get_ref(0)?.as_blob()?;
            if !exists(hash(path)) {
                gone.push(path.to_owned());
            }
        }
        gone.iter().try_for_each(|path| self.remove(path))
    }
}
