//! The tables of the database, and the version that must be this one.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::paths::IndexPaths;
use crate::analysis;
use crate::document::ArticleReader;
use crate::document::formats::MISSING_FEATURES;
use crate::search::record;
use crate::search::terms::{COLUMNS, TOKENIZER};
use crate::text::hash::hash;

/// Raised with every change of the tables or of what is in them.
const VERSION: u32 = 5;

/// Marks the file as one of ours: `PQix`.
const APPLICATION: u32 = 0x5051_6978;

/// How the file is divided. A leaf of FTS5 takes such a page nearly whole: it must not be more than a page
/// holds of one row.
const PAGE_BYTES: u32 = 16384;
const LEAF_BYTES: u32 = 16320;

/// How many bytes of lists FTS5 gathers at most before it writes a piece of its index.
const GATHERED_BYTES: u32 = 16 * 1024 * 1024;
/// How many pieces FTS5 joins to a larger one, little by little. Fewer at a time would mean that everything is
/// written again and again, and leave more pages behind that nothing uses; a question asks every piece.
const JOINED: u32 = 24;
/// From how many pieces on it joins them at once, which takes seconds.
const TOO_MANY: u32 = 64;

/// Gives back the memory of a connection that nobody uses for now.
pub(super) const GIVE_BACK: &str = "PRAGMA shrink_memory";

/// What the records of this program depend on, as a number: another number, another index.
pub(super) fn key(reader: &ArticleReader) -> i64 {
    let (record, analysis) = (record::VERSION, analysis::REVISION);
    let mut text = format!("{VERSION} {record} {analysis} {reader:?}");
    for part in analysis::knowledge().chain(MISSING_FEATURES.iter().copied()) {
        text.push('\n');
        text.push_str(part);
    }
    hash(text.as_bytes()).cast_signed()
}

/// A connection to a database that is there.
pub(super) fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepared(Connection::open_with_flags(file, flags)?)
}

/// A connection to a new database with empty tables.
pub(super) fn create(place: &IndexPaths) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open(&place.file)?;
    // Nothing is lost yet when the machine stops here, and waiting for the disk would hold up the reader.
    connection.pragma_update(None, "synchronous", "off")?;
    connection.pragma_update(None, "page_size", PAGE_BYTES)?;
    // So that pages which nothing uses any more can be given back.
    connection.pragma_update(None, "auto_vacuum", "incremental")?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    tables(&mut connection, place)?;
    prepared(connection)
}

fn tables(connection: &mut Connection, place: &IndexPaths) -> rusqlite::Result<()> {
    let columns = COLUMNS.join(", ");
    let transaction = connection.transaction()?;
    transaction.execute_batch(&format!(
        "CREATE TABLE facts(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
         CREATE TABLE files(
             path BLOB PRIMARY KEY, size INTEGER, modified INTEGER, hash INTEGER,
             first INTEGER, count INTEGER
         ) WITHOUT ROWID;
         CREATE TABLE surveys(first INTEGER PRIMARY KEY, surveys BLOB);
         CREATE TABLE articles(id INTEGER PRIMARY KEY, file INTEGER, part INTEGER, day INTEGER);
         CREATE TABLE details(id INTEGER PRIMARY KEY, analysis BLOB, document BLOB);
         CREATE VIRTUAL TABLE words USING fts5(
             {columns}, content='', contentless_delete=1, tokenize='{TOKENIZER}'
         );
         INSERT INTO words(words, rank) VALUES('hashsize', {GATHERED_BYTES});
         INSERT INTO words(words, rank) VALUES('pgsz', {LEAF_BYTES});
         INSERT INTO words(words, rank) VALUES('automerge', {JOINED});
         INSERT INTO words(words, rank) VALUES('crisismerge', {TOO_MANY});
         PRAGMA application_id = {APPLICATION};"
    ))?;
    let mut fact = transaction.prepare("INSERT INTO facts VALUES(?, ?)")?;
    fact.execute(("key", place.key))?;
    fact.execute(("roots", &place.roots))?;
    fact.execute(("next", 1))?;
    drop(fact);
    transaction.commit()
}

/// Whether the database is one with this key.
pub(super) fn is_current(connection: &Connection, key: i64) -> bool {
    let fact = "SELECT value FROM facts WHERE name = 'key'";
    let found: rusqlite::Result<i64> = connection.query_row(fact, (), |row| row.get(0));
    found.is_ok_and(|found| found == key)
}

/// Whether the database holds together, as far as `SQLite` can tell.
pub(super) fn is_sound(connection: &Connection) -> bool {
    let check = "PRAGMA quick_check(1)";
    let found: rusqlite::Result<String> = connection.query_row(check, (), |row| row.get(0));
    found.is_ok_and(|found| found == "ok")
}

fn prepared(connection: Connection) -> rusqlite::Result<Connection> {
    connection.busy_timeout(std::time::Duration::from_secs(2))?;
    connection.pragma_update(None, "synchronous", "normal")?;
    // Only the writer carries the log over, so that the seal knows of it.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}
