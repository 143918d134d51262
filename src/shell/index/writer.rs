//! The thread that writes the index: changes gather in transactions of a few seconds.

use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, SyncSender};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction};

use super::file_entry::{ArticleEntry, FileEntry};
use super::fingerprint::Fingerprint;
use super::handle::StaleFiles;
use super::integrity::IntegrityNote;
use super::paths::IndexPaths;
use super::schema;
use super::write_queue::{self, ChangeReceiver, ChangeSender};
use crate::text::hash::hash;

/// How long changes gather, and how many bytes of them: what is lost when the program is killed. FTS5 writes
/// a piece of its index with every transaction, and small pieces must be joined later.
const GATHERING: Duration = Duration::from_secs(4);
const GATHERED_BYTES: usize = 32 * 1024 * 1024;
/// After this pause the changes are written at once.
const PAUSE: Duration = Duration::from_millis(100);
/// How many pages the log may have before it is carried over: 64 MB.
const LOG_PAGES: i64 = 4096;
/// Pages that nothing uses are given back once they are more than one in so many.
const UNUSED_SHARE: i64 = 50;

/// A change of the index.
pub(super) enum IndexChange {
    /// A file as it was just read.
    Put(Box<FileEntry>),
    /// A file has another time, but the same content.
    Touch(Arc<Path>, Fingerprint),
    /// A file, or a folder with all in it, is gone.
    Remove(Arc<Path>),
    /// All files are gone but those that are found by their numbers.
    Retain(Box<dyn Fn(u64) -> bool + Send>),
    /// Say when everything before this is on disk.
    Flush(SyncSender<()>),
}

impl IndexChange {
    /// The file of which the index has what there is afterwards.
    fn settles(&self) -> Option<u64> {
        match self {
            Self::Put(looked) => Some(number(&looked.file)),
            Self::Touch(file, _) | Self::Remove(file) => Some(number(file)),
            Self::Retain(_) | Self::Flush(_) => None,
        }
    }

    /// About how much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Put(looked) => looked.bytes(),
            _ => 0,
        }
    }
}

/// The bytes that name a file in the index.
pub(super) fn name(file: &Path) -> &[u8] {
    file.as_os_str().as_encoded_bytes()
}

/// The number that stands for a file where its name would take too much room.
pub(crate) fn number(file: &Path) -> u64 {
    hash(name(file))
}

/// Starts the writer; it ends when nothing can be sent to it any more, or nothing can be written.
pub(super) fn start(
    connection: Connection,
    place: &IndexPaths,
    stale: &Arc<StaleFiles>,
    trouble: &Arc<OnceLock<String>>,
) -> Option<ChangeSender> {
    let (changes, waiting) = write_queue::queue();
    let writer = IndexWriter {
        connection,
        seal: place.seal(),
        stale: Arc::clone(stale),
        trouble: Arc::clone(trouble),
        is_noted: true,
    };
    let write = move || writer.run(waiting);
    let thread = std::thread::Builder::new().name("index".into());
    thread.spawn(write).ok()?;
    Some(changes)
}

struct IndexWriter {
    connection: Connection,
    seal: IntegrityNote,
    stale: Arc<StaleFiles>,
    trouble: Arc<OnceLock<String>>,
    /// Whether everything was carried over from the log.
    is_noted: bool,
}

impl IndexWriter {
    fn run(mut self, mut waiting: ChangeReceiver) {
        loop {
            let first = match waiting.next_within(PAUSE * 5) {
                Ok(first) => first,
                Err(RecvTimeoutError::Timeout) if self.is_noted => {
                    let _ = self.connection.execute_batch(schema::GIVE_BACK);
                    match waiting.next() {
                        Some(first) => first,
                        None => return,
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.shrink();
                    let _ = self.carry_over();
                    self.is_noted = true;
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => {
                    if !self.is_noted {
                        let _ = self.carry_over();
                    }
                    return;
                }
            };
            if let Err(error) = self.gather(first, &mut waiting) {
                return self.give_up(&error);
            }
        }
    }

    fn give_up(&self, error: &rusqlite::Error) {
        let mut trouble = error.to_string();
        match error.sqlite_error_code() {
            // What was written in vain is given back.
            Some(ErrorCode::DiskFull) => {
                let _ = self.carry_over();
            }
            // The system is in the way.
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
                self.seal.remove();
                trouble = format!("it is damaged ({trouble}); the next time it is made anew");
            }
        }
        let _ = self.trouble.set(trouble);
    }

    /// One transaction.
    fn gather(&mut self, first: IndexChange, waiting: &mut ChangeReceiver) -> rusqlite::Result<()> {
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
            if bytes > GATHERED_BYTES {
                break;
            }
            let left = GATHERING.saturating_sub(started.elapsed());
            next = waiting.next_within(left.min(PAUSE)).ok();
        }
        let has_changes = open.transaction.total_changes() != before;
        open.commit()?;
        self.stale.settle(&settled);
        self.is_noted &= !has_changes;
        if !self.is_noted && (!flushed.is_empty() || self.log_pages() > LOG_PAGES) {
            if !flushed.is_empty() {
                self.shrink()?;
            }
            self.carry_over()?;
            self.is_noted = true;
        }
        for done in flushed {
            let _ = done.send(());
        }
        Ok(())
    }

    fn log_pages(&self) -> i64 {
        let question = "PRAGMA wal_checkpoint(NOOP)";
        let pages = self.connection.query_row(question, (), |row| row.get(1));
        pages.unwrap_or(i64::MAX)
    }

    /// Gives pages back that nothing uses: what FTS5 joined leaves them behind.
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

    /// Carries the log over into the database.
    fn carry_over(&self) -> rusqlite::Result<()> {
        // Without the note the database would not be believed again, so it is left as it is.
        if self.seal.open().is_err() {
            return Ok(());
        }
        let result = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()));
        let _ = self.seal.close();
        result
    }
}

/// A transaction.
struct OpenTransaction<'c> {
    transaction: Transaction<'c>,
    /// The number of the next article. None is given twice, so that whoever remembers the highest one sees
    /// that there is news.
    next: i64,
    /// The same at the beginning.
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
            IndexChange::Put(looked) => self.put(&looked),
            IndexChange::Touch(file, Fingerprint { size, modified }) => {
                let statement = "UPDATE files SET size = ?, modified = ? WHERE path = ?";
                self.execute(statement, (size, modified, name(&file)))
            }
            IndexChange::Remove(file) => self.remove_all(&file),
            IndexChange::Retain(is_found) => self.retain(&is_found),
            IndexChange::Flush(_) => Ok(()),
        }
    }

    fn put(&mut self, looked: &FileEntry) -> rusqlite::Result<()> {
        self.remove(name(&looked.file))?;
        let first = self.next;
        let file = "INSERT INTO files VALUES(?, ?, ?, ?, ?, ?)";
        self.execute(
            file,
            (
                name(&looked.file),
                looked.fingerprint.size,
                looked.fingerprint.modified,
                looked.hash.cast_signed(),
                first,
                looked.articles.len().cast_signed(),
            ),
        )?;
        let file_number = number(&looked.file).cast_signed();
        let surveys = "INSERT INTO surveys VALUES(?, ?)";
        self.execute(surveys, (first, &looked.surveys))?;
        for ((part, article), id) in looked.articles.iter().enumerate().zip(first..) {
            let row = "INSERT INTO articles VALUES(?, ?, ?, ?)";
            let part = part.cast_signed();
            self.execute(row, (id, file_number, part, article.day))?;
            self.put_article(id, article)?;
        }
        // A file without articles has a number too, for its survey.
        self.next += looked.articles.len().max(1).cast_signed() as i64;
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

    /// Removes a file, or all files of a folder.
    fn remove_all(&self, path: &Path) -> rusqlite::Result<()> {
        self.remove(name(path))?;
        let inside = [name(path), b"/"].concat();
        let behind = [name(path), b"0"].concat(); // What follows the slash.
        let statement = "SELECT path FROM files WHERE path > ? AND path < ?";
        let mut statement = self.transaction.prepare_cached(statement)?;
        let paths = statement.query_map((&inside, &behind), |row| row.get(0))?;
        let paths: Vec<Vec<u8>> = paths.collect::<Result<_, _>>()?;
        paths.iter().try_for_each(|path| self.remove(path))
    }

    fn retain(&self, is_found: &dyn Fn(u64) -> bool) -> rusqlite::Result<()> {
        let mut gone: Vec<Vec<u8>> = Vec::new();
        let mut statement = self.transaction.prepare("SELECT path FROM files")?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let path = row.get_ref(0)?.as_blob().unwrap_or_default();
            if !is_found(hash(path)) {
                gone.push(path.to_owned());
            }
        }
        gone.iter().try_for_each(|path| self.remove(path))
    }
}
