//! The tables of the database and their version.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::analysis;
use crate::document::ArticleReader;
use crate::document::formats::MISSING_FEATURES;
use crate::search::record;
use crate::search::terms::{COLUMNS, TOKENIZER};
use crate::text::hash::hash;

/// Raised with every change of the tables or their content.
const VERSION: u32 = 6;

/// How long a query waits for a lock that another program holds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);
/// More than the number of different statements.
const CACHED_STATEMENTS: usize = 32;

/// Marks the file as one of ours: `PQix`.
const APPLICATION: u32 = 0x5051_6978;

/// The page size of the file. A leaf of FTS5 nearly fills a page; it must fit into one row on a page.
const PAGE_BYTES: u32 = 16384;
const LEAF_BYTES: u32 = 16320;

/// How many bytes of postings FTS5 collects in memory before it writes a segment.
const SEGMENT_BYTES: u32 = 16 * 1024 * 1024;
/// How many segments FTS5 merges into a larger one, step by step. With fewer, everything would be rewritten more
/// often and leave more unused pages. With more, queries would be slower, because they read every segment.
const MERGED_SEGMENTS: u32 = 24;
/// With this many segments FTS5 merges them at once, which takes seconds.
const MAX_SEGMENTS: u32 = 64;

/// Frees the memory of a connection that is not in use.
pub(super) const RELEASE_MEMORY: &str = "PRAGMA shrink_memory";

/// A number for everything that records depend on. When it changes the index is rebuilt.
pub(super) fn key(reader: &ArticleReader) -> i64 {
    let (record, analysis) = (record::VERSION, analysis::REVISION);
    let mut text = format!("{VERSION} {record} {analysis} {reader:?}");
    for part in analysis::fingerprint_texts().chain(MISSING_FEATURES.iter().copied()) {
        text.push('\n');
        text.push_str(part);
    }
    hash(text.as_bytes()).cast_signed()
}

/// Connects to an existing database.
pub(super) fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepared(Connection::open_with_flags(file, flags)?)
}

/// Creates a database with empty tables and connects to it.
pub(super) fn create(file: &Path, key: i64, roots: &str) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open(file)?;
    // There is nothing to lose yet, and waiting for the disk would delay the first screen.
    connection.pragma_update(None, "synchronous", "off")?;
    connection.pragma_update(None, "page_size", PAGE_BYTES)?;
    // Lets unused pages be freed.
    connection.pragma_update(None, "auto_vacuum", "incremental")?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    create_tables(&mut connection, key, roots)?;
    prepared(connection)
}

fn create_tables(connection: &mut Connection, key: i64, roots: &str) -> rusqlite::Result<()> {
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
         INSERT INTO words(words, rank) VALUES('hashsize', {SEGMENT_BYTES});
         INSERT INTO words(words, rank) VALUES('pgsz', {LEAF_BYTES});
         INSERT INTO words(words, rank) VALUES('automerge', {MERGED_SEGMENTS});
         INSERT INTO words(words, rank) VALUES('crisismerge', {MAX_SEGMENTS});
         PRAGMA application_id = {APPLICATION};"
    ))?;
    let mut fact = transaction.prepare("INSERT INTO facts VALUES(?, ?)")?;
    fact.execute(("key", key))?;
    fact.execute(("roots", roots))?;
    fact.execute(("next", 1))?;
    drop(fact);
    transaction.commit()
}

/// Whether the database has this key.
pub(super) fn is_current(connection: &Connection, key: i64) -> bool {
    let fact = "SELECT value FROM facts WHERE name = 'key'";
    let found: rusqlite::Result<i64> = connection.query_row(fact, (), |row| row.get(0));
    found.is_ok_and(|found| found == key)
}

/// Whether `SQLite` finds no damage in the database.
pub(super) fn is_sound(connection: &Connection) -> bool {
    let check = "PRAGMA quick_check(1)";
    let found: rusqlite::Result<String> = connection.query_row(check, (), |row| row.get(0));
    found.is_ok_and(|found| found == "ok")
}

fn prepared(connection: Connection) -> rusqlite::Result<Connection> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "synchronous", "normal")?;
    // Only the writer carries the log over, because it has to update the integrity note.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    Ok(connection)
}
