//! The thread that writes the index: changes gather in transactions of about a second.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::entry::{Article, Looked};
use super::fingerprint::{Fingerprint, hash};
use super::opened::Stale;
use super::place::Place;
use super::seal::Seal;

/// How long changes gather: what is lost when the program is killed.
const GATHERING: Duration = Duration::from_secs(1);
/// After this pause the changes are written at once.
const PAUSE: Duration = Duration::from_millis(100);
/// How many pages the log may have before it is carried over: 64 MB.
const LOG_PAGES: i64 = 4096;
/// How many changes may wait, so that readers do not run ahead of the writer.
const WAITING: usize = 64;

/// A change of the index.
pub(super) enum Change {
    /// A file as it was just read.
    Put(Box<Looked>),
    /// A file has another time, but the same content.
    Touch(Arc<Path>, Fingerprint),
    /// A file, or a folder with all in it, is gone.
    Remove(Arc<Path>),
    /// All files but these, by the hashes of their paths, are gone.
    Retain(HashSet<u64>),
    /// Say when everything before this is on disk.
    Flush(SyncSender<()>),
}

impl Change {
    /// The file of which the index has what there is afterwards.
    fn settles(&self) -> Option<u64> {
        match self {
            Self::Put(looked) => Some(number(&looked.file)),
            Self::Touch(file, _) | Self::Remove(file) => Some(number(file)),
            Self::Retain(_) | Self::Flush(_) => None,
        }
    }
}

/// The bytes that name a file in the index.
pub(super) fn name(file: &Path) -> &[u8] {
    file.as_os_str().as_encoded_bytes()
}

/// The number that stands for a file in memory.
pub(crate) fn number(file: &Path) -> u64 {
    hash(name(file))
}

/// Starts the writer; it ends when nothing can be sent to it any more, or nothing can be written.
pub(super) fn start(
    connection: Connection,
    place: &Place,
    stale: Arc<Stale>,
) -> Option<SyncSender<Change>> {
    let (changes, waiting) = mpsc::sync_channel(WAITING);
    let writer = Writer {
        connection,
        seal: place.seal(),
        stale,
        is_noted: true,
    };
    let write = move || writer.run(&waiting);
    let thread = std::thread::Builder::new().name("index".into());
    thread.spawn(write).ok()?;
    Some(changes)
}

struct Writer {
    connection: Connection,
    seal: Seal,
    stale: Arc<Stale>,
    /// Whether everything was carried over from the log.
    is_noted: bool,
}

impl Writer {
    fn run(mut self, waiting: &Receiver<Change>) {
        loop {
            let first = match waiting.recv_timeout(PAUSE * 5) {
                Ok(first) => first,
                Err(RecvTimeoutError::Timeout) if self.is_noted => match waiting.recv() {
                    Ok(first) => first,
                    Err(_) => return,
                },
                Err(RecvTimeoutError::Timeout) => {
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
            if self.gather(first, waiting).is_err() {
                // The disk is full, or the database damaged: it is looked at anew at the next start.
                return;
            }
        }
    }

    /// One transaction.
    fn gather(&mut self, first: Change, waiting: &Receiver<Change>) -> rusqlite::Result<()> {
        let started = Instant::now();
        let (mut flushed, mut settled) = (Vec::new(), Vec::new());
        let before = self.connection.total_changes();
        let transaction = self.connection.transaction()?;
        let mut next = Some(first);
        while let Some(change) = next {
            match change {
                Change::Flush(done) => {
                    flushed.push(done);
                    break;
                }
                change => {
                    settled.extend(change.settles());
                    apply(&transaction, change)?;
                }
            }
            let left = GATHERING.saturating_sub(started.elapsed());
            next = waiting.recv_timeout(left.min(PAUSE)).ok();
        }
        let has_changes = transaction.total_changes() != before;
        transaction.commit()?;
        self.stale.settle(&settled);
        self.is_noted &= !has_changes;
        if !self.is_noted && (!flushed.is_empty() || self.log_pages() > LOG_PAGES) {
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

fn apply(transaction: &Transaction<'_>, change: Change) -> rusqlite::Result<()> {
    match change {
        Change::Put(looked) => put(transaction, &looked),
        Change::Touch(file, fingerprint) => {
            let statement = "UPDATE files SET size = ?, modified = ? WHERE path = ?";
            let mut statement = transaction.prepare_cached(statement)?;
            statement.execute((fingerprint.size, fingerprint.modified, name(&file)))?;
            Ok(())
        }
        Change::Remove(file) => remove_all(transaction, &file),
        Change::Retain(files) => retain(transaction, &files),
        Change::Flush(_) => Ok(()),
    }
}

fn put(transaction: &Transaction<'_>, looked: &Looked) -> rusqlite::Result<()> {
    remove(transaction, name(&looked.file))?;
    // No number is given twice, so that whoever remembers the highest one sees that there is news.
    let last = "SELECT seq FROM sqlite_sequence WHERE name = 'articles'";
    let mut last = transaction.prepare_cached(last)?;
    let last: Option<i64> = last.query_row((), |row| row.get(0)).optional()?;
    let last = last.unwrap_or(0);
    let file = "INSERT INTO files VALUES(?, ?, ?, ?, ?, ?, ?)";
    transaction.prepare_cached(file)?.execute((
        name(&looked.file),
        looked.fingerprint.size,
        looked.fingerprint.modified,
        looked.hash.cast_signed(),
        last + 1,
        looked.articles.len().cast_signed(),
        &looked.surveys,
    ))?;
    for ((part, article), id) in looked.articles.iter().enumerate().zip(last + 1..) {
        put_article(transaction, id, name(&looked.file), part, article)?;
    }
    Ok(())
}

fn put_article(
    transaction: &Transaction<'_>,
    id: i64,
    file: &[u8],
    part: usize,
    article: &Article,
) -> rusqlite::Result<()> {
    let statement = "INSERT INTO articles VALUES(?, ?, ?, ?)";
    let mut statement = transaction.prepare_cached(statement)?;
    statement.execute((id, file, part.cast_signed(), article.day))?;
    let statement = "INSERT INTO details VALUES(?, ?, ?)";
    let mut statement = transaction.prepare_cached(statement)?;
    statement.execute((id, &article.analysis, &article.document))?;
    let statement =
        "INSERT INTO words(rowid, title, text, speaker, country, said) VALUES(?, ?, ?, ?, ?, ?)";
    let [title, text, speaker, country, said] = article.terms.columns();
    let mut statement = transaction.prepare_cached(statement)?;
    statement.execute((id, title, text, speaker, country, said))?;
    Ok(())
}

fn remove(transaction: &Transaction<'_>, file: &[u8]) -> rusqlite::Result<()> {
    let known = "SELECT first, count FROM files WHERE path = ?";
    let mut known = transaction.prepare_cached(known)?;
    let known = known.query_row([file], |row| Ok((row.get(0)?, row.get(1)?)));
    let Some((first, count)): Option<(i64, i64)> = known.optional()? else {
        return Ok(());
    };
    for table in ["articles WHERE id", "details WHERE id", "words WHERE rowid"] {
        let statement = format!("DELETE FROM {table} = ?");
        let mut statement = transaction.prepare_cached(&statement)?;
        for id in first..first.saturating_add(count) {
            statement.execute([id])?;
        }
    }
    let statement = "DELETE FROM files WHERE path = ?";
    transaction.prepare_cached(statement)?.execute([file])?;
    Ok(())
}

/// Removes a file, or all files of a folder.
fn remove_all(transaction: &Transaction<'_>, path: &Path) -> rusqlite::Result<()> {
    remove(transaction, name(path))?;
    let inside = [name(path), b"/"].concat();
    let behind = [name(path), b"0"].concat(); // What follows the slash.
    let statement = "SELECT path FROM files WHERE path > ? AND path < ?";
    let mut statement = transaction.prepare_cached(statement)?;
    let paths = statement.query_map((&inside, &behind), |row| row.get(0))?;
    let paths: Vec<Vec<u8>> = paths.collect::<Result<_, _>>()?;
    paths.iter().try_for_each(|path| remove(transaction, path))
}

fn retain(transaction: &Transaction<'_>, files: &HashSet<u64>) -> rusqlite::Result<()> {
    let mut gone: Vec<Vec<u8>> = Vec::new();
    each_path(transaction, &mut |path| {
        if !files.contains(&hash(path)) {
            gone.push(path.to_owned());
        }
        ControlFlow::Continue(())
    })?;
    gone.iter().try_for_each(|path| remove(transaction, path))
}

fn each_path(
    connection: &Connection,
    take: &mut dyn FnMut(&[u8]) -> ControlFlow<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT path FROM files")?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let path = row.get_ref(0)?;
        if take(path.as_blob().unwrap_or_default()).is_break() {
            break;
        }
    }
    Ok(())
}
