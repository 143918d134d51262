//! The items of newsboat's database (`cache.db`) as lines of JSON, which are then read like any JSON file.
//!
//! The database is opened in such a way that nothing is written to it or beside it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, Row};
use serde_json::json;

use super::too_large;

/// The name of the file.
const NAME: &str = "cache.db";
/// The first bytes of every `SQLite` database.
const MARK: &[u8; 16] = b"SQLite format 3\0";

/// The items that were not deleted, in the order in which they arrived, with the titles of their feeds.
const ITEMS: &str = "SELECT item.guid, item.title, item.author, item.url, item.pubDate, item.content, feed.title \
     FROM rss_item AS item LEFT JOIN rss_feed AS feed ON feed.rssurl = item.feedurl \
     WHERE item.deleted = 0 ORDER BY item.id";

/// Whether a file is newsboat's database.
pub(crate) fn is_cache(path: &Path) -> bool {
    let mut mark = [0; MARK.len()];
    path.file_name().is_some_and(|name| name == NAME)
        && File::open(path).is_ok_and(|mut file| file.read_exact(&mut mark).is_ok())
        && mark == *MARK
}

/// The items of the database, one JSON object a line.
///
/// # Errors
///
/// A sentence: it is another database, or has more than `max_bytes` of items.
pub(crate) fn items(path: &Path, max_bytes: u64) -> Result<Vec<u8>, String> {
    let failed = |error: rusqlite::Error| format!("{}: {error}", path.display());
    let connection = open(path).map_err(failed)?;
    let mut items = connection.prepare(ITEMS).map_err(failed)?;
    let mut rows = items.query(()).map_err(failed)?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next().map_err(failed)? {
        lines.extend_from_slice(line(row).map_err(failed)?.as_bytes());
        lines.push(b'\n');
        if lines.len() as u64 > max_bytes {
            return Err(too_large(&path.display().to_string(), max_bytes));
        }
    }
    Ok(lines)
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    // Opened as immutable, so that no log or lock is created beside it.
    let path = path.to_string_lossy();
    let path = path
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{path}?immutable=1"), flags)
}

fn line(row: &Row<'_>) -> rusqlite::Result<String> {
    let text = |index: usize| {
        row.get_ref(index)
            .map(|value| value.as_str().ok().map(str::to_owned))
    };
    let date: Option<i64> = row.get(4)?;
    let item = json!({
        "id": text(0)?, "title": text(1)?, "author": text(2)?, "url": text(3)?,
        "published": date, "content": text(5)?, "source": text(6)?,
    });
    Ok(item.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ArticleReader, read_each};
    use std::ops::ControlFlow;

    #[test]
    fn the_items_of_a_cache_are_articles() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        let database = Connection::open(&path).unwrap();
        database
            .execute_batch(
                "CREATE TABLE rss_feed(rssurl VARCHAR(1024) PRIMARY KEY, url VARCHAR(1024), title VARCHAR(1024));
                 CREATE TABLE rss_item(id INTEGER PRIMARY KEY AUTOINCREMENT, guid VARCHAR(64), title VARCHAR(1024),
                     author VARCHAR(1024), url VARCHAR(1024), feedurl VARCHAR(1024), pubDate INTEGER,
                     content VARCHAR(65535), unread INTEGER(1), deleted INTEGER(1));
                 INSERT INTO rss_feed VALUES('https://coast.example/feed', 'https://coast.example', 'The Coast');
                 INSERT INTO rss_item VALUES(1, 'a', 'Harbor talks end', 'Ana Ruiz', 'https://coast.example/a',
                     'https://coast.example/feed', 1772609400, '<p>The ministers left.</p><p>“It is over,” said Tom Bell.</p>', 1, 0);
                 INSERT INTO rss_item VALUES(2, 'b', 'Gone', '', '', '', 0, '<p>Deleted by hand.</p>', 0, 1);
                 INSERT INTO rss_item VALUES(3, 'c', 'Ferries sail', NULL, 'https://coast.example/c', 'gone', 1772695800, 'They sail again.', 1, 0);",
            )
            .unwrap();
        drop(database);
        assert!(is_cache(&path));
        let bytes = items(&path, 10_000).unwrap();
        let mut found = Vec::new();
        let _ = read_each(bytes, &path.to_string_lossy(), &mut |article| {
            found.push(article.value);
            ControlFlow::Continue(())
        });
        let titles: Vec<_> = found
            .iter()
            .map(|found| found.meta.title.as_str())
            .collect();
        assert_eq!(titles, ["Harbor talks end", "Ferries sail"]);
        let meta = &found[0].meta;
        assert_eq!(meta.source.as_deref(), Some("The Coast"));
        assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"));
        assert_eq!(
            meta.published.unwrap().when.date().to_string(),
            "2026-03-04"
        );
        assert!(found[0].text.contains("\n\n“It is over,” said Tom Bell."));
        assert!(items(&path, 10).unwrap_err().contains("larger than 0 MB"));
        let files = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files, 1, "nothing is written beside it");
        assert!(
            ArticleReader::default()
                .part(Vec::new(), "cache.db", 1)
                .is_none()
        );
    }

    #[test]
    fn another_database_has_no_items() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        std::fs::write(&path, "SQLite").unwrap();
        assert!(!is_cache(&path));
        let database = Connection::open(folder.path().join("b.db")).unwrap();
        database.execute_batch("CREATE TABLE x(y)").unwrap();
        drop(database);
        std::fs::rename(folder.path().join("b.db"), &path).unwrap();
        assert!(is_cache(&path) && items(&path, 1000).unwrap_err().contains("no such table"));
    }
}
