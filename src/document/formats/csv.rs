//! CSV: tables with one article per row. The first row names the fields, with the same names as keys in
//! JSON.

use std::io::Read;
use std::ops::ControlFlow;

use csv::{ByteRecord, Reader, ReaderBuilder};
use serde_json::{Map, Value};

use super::json::fields;
use super::json::names::Field;
use super::json::sink::DelayedSink;
use crate::document::encoding;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::strings::{first_bytes, first_line, without_byte_order_mark};

/// The possible separators between fields.
const DELIMITERS: &[u8] = b",;\t|";
/// How many bytes are searched for the first row.
const HEAD_BYTES: usize = 4096;
/// The most columns that are read.
const MOST_COLUMNS: usize = 200;

/// Returns whether the first row names a text, and a headline or an address.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    let line = first_line(first_bytes(bytes, HEAD_BYTES));
    let names = columns(&mut open(line));
    let names_one = |field: Field| names.iter().any(|name| fields::is_name_of(field, name));
    names_one(Field::Text) && (names_one(Field::Title) || names_one(Field::Url))
}

/// Reads the articles of a table.
pub(super) fn read(source: &SourceFile<'_>, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    let mut articles = DelayedSink::new(source.names, sink);
    let decoded;
    let bytes = if std::str::from_utf8(source.bytes).is_ok() {
        source.bytes
    } else {
        let mut found = encoding::decode(source.bytes.to_vec());
        articles.common = std::mem::take(&mut found.warnings);
        decoded = found.into_text();
        decoded.as_bytes()
    };
    let mut table = open(bytes);
    let names = columns(&mut table);
    let mut row = ByteRecord::new();
    while articles.flow.is_continue() {
        match table.read_byte_record(&mut row) {
            Ok(true) => drop(articles.object(&object(&names, &row))),
            Ok(false) => break,
            Err(_) => articles.n_damaged += 1,
        }
    }
    articles.finish()
}

fn open(bytes: &[u8]) -> Reader<impl Read> {
    let bytes = without_byte_order_mark(bytes);
    let line = first_line(bytes);
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, line).count();
    let delimiter = DELIMITERS
        .iter()
        .rev()
        .max_by_key(|delimiter| count(delimiter));
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true);
    builder.delimiter(delimiter.copied().unwrap_or(b','));
    builder.from_reader(bytes)
}

/// Returns the names in the first row.
fn columns(table: &mut Reader<impl Read>) -> Vec<String> {
    let mut row = ByteRecord::new();
    let _ = table.read_byte_record(&mut row);
    let names = row.iter().take(MOST_COLUMNS);
    names
        .map(|name| String::from_utf8_lossy(name).trim().to_owned())
        .collect()
}

/// Converts a row to the JSON object with the same fields.
fn object(names: &[String], row: &ByteRecord) -> Map<String, Value> {
    let fields = names
        .iter()
        .zip(row.iter())
        .filter(|(_, field)| !field.is_empty());
    let value = |field: &[u8]| Value::String(String::from_utf8_lossy(field).into_owned());
    fields
        .map(|(name, field)| (name.clone(), value(field)))
        .collect()
}

#[cfg(test)]
#[cfg(feature = "html")]
mod tests {
    use super::*;
    use crate::document::tests::articles;
    use crate::document::{NO_ARTICLE, read};

    const WALLABAG: &str = "Title;URL;Content;Tags;MIME Type;Language;Creation date\n\"Harbor talks end\";https://coast.example/a;\"<p>They met; and left.</p>\n<p>\"\"No,\"\" said Ana Ruiz.</p>\";sea;text/html;en;\"05/03/2026 10:00:00\"\n";

    #[test]
    fn rows_are_articles_under_the_names_that_json_has() {
        let found = articles(WALLABAG.as_bytes(), "All articles.csv").remove(0);
        assert_eq!(
            found.text,
            "Harbor talks end\n\nThey met; and left.\n\n\"No,\" said Ana Ruiz."
        );
        assert_eq!(found.meta.url.as_deref(), Some("https://coast.example/a"));
        assert_eq!(found.meta.tags, ["sea"]);
        let tabs = "id\ttitle\tpublication\tauthor\tdate\tcontent\n1\tOne\tThe Coast\tAna Ruiz\t2026-03-04\tThe first of them.\n2\tTwo\tThe Coast\t\t2026-03-05\tThe second of them.\n";
        let found = articles(tabs.as_bytes(), "all.tsv");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].meta.byline.as_deref(), Some("Ana Ruiz"));
        assert_eq!(
            found[1].meta.published.unwrap().when.date().to_string(),
            "2026-03-05"
        );
    }

    #[test]
    fn a_table_of_anything_else_holds_none() {
        assert!(sniff(WALLABAG.as_bytes()));
        for table in [
            "title,url,time_added,tags,status\nTalks,https://a.example,1,sea,unread\n",
            "a,b\n1,2\n",
            "",
        ] {
            assert!(!sniff(table.as_bytes()), "{table}");
            assert_eq!(read(table.into(), "a.csv").problem(), Some(NO_ARTICLE));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_table_is_read(text in "(title|text|url|[,;\t\"\n\r]|[a-z]{1,5}|é| ){0,80}") {
            articles(format!("title,text,url\n{text}").as_bytes(), "a.csv");
        }
    }
}
