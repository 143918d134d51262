//! The names of article fields, in the many variants that programs use.
//!
//! One table lists the names, best first. Letter case and punctuation do not matter (`publishedAt`,
//! `published_at`), and a dot leads into an object or the objects of a list. A reader's own names come
//! first.

use serde_json::{Map, Value};

use super::super::html;
use super::names::Field;
use crate::document::strings::{is_web_address, one_line};
use crate::document::structure::{front_matter, head};
use crate::document::{DateOrigin, Meta, Published, dates};

/// Keys of the list of articles in dumps and services.
const AROUND: &[&str] = &[
    "articles",
    "items",
    "results",
    "entries",
    "docs",
    "documents",
    "data",
    "response",
    "hits",
    "_source",
    "posts",
    "stories",
    "news",
    "records",
    "rows",
    "feed",
    "feeds",
    "list",
    "objects",
    "collection",
    "export",
    "_embedded",
    "edges",
    "node",
];

/// Names of fields, best first, in lower case without punctuation.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Title,
        &[
            "headline",
            "title",
            "headlines",
            "webtitle",
            "fields.headline",
            "headline.main",
            "articletitle",
            "posttitle",
            "newstitle",
            "titlepage",
        ],
    ),
    (
        Field::Text,
        &[
            "bodyxhtml",
            "bodyhtml",
            "contenthtml",
            "bodies",
            "articlebody",
            "maintext",
            "articletext",
            "bodytext",
            "body",
            "fields.body",
            "blocks.body",
            "blocks.body.bodyhtml",
            "content",
            "fields.bodytext",
            "contenttext",
            "fulltext",
            "cleanedtext",
            "text",
            "articlecontent",
            "plaintext",
            "story",
            "article",
            "paragraphs",
            "contents",
        ],
    ),
    (
        Field::Summary,
        &[
            "summary",
            "abstract",
            "leadparagraph",
            "fields.standfirst",
            "fields.trailtext",
            "descriptiontext",
            "descriptions",
            "description",
            "excerpt",
            "snippet",
            "standfirst",
            "lead",
            "teaser",
            "subtitle",
        ],
    ),
    (
        Field::Byline,
        &[
            "byline",
            "fields.byline",
            "authors",
            "author",
            "bylines",
            "by",
            "creator",
            "publishedby",
            "byline.original",
            "writers",
            "writer",
            "reporter",
        ],
    ),
    (
        Field::Published,
        &[
            "published",
            "publishedat",
            "datepublished",
            "datepublish",
            "publishdate",
            "publicationdate",
            "publishedtime",
            "webpublicationdate",
            "pubdate",
            "versioncreated",
            "contentcreated",
            "firstcreated",
            "date",
            "created",
            "createdat",
            "datetime",
            "timestamp",
            "time",
            "isodate",
            "datemodified",
            "updatedat",
            "updated",
        ],
    ),
    (
        Field::Source,
        &[
            "publisher",
            "sitename",
            "source",
            "infosources",
            "infosource",
            "provider",
            "publication",
            "fields.publication",
            "sourcename",
            "outlet",
            "agency",
            "copyrightholder",
            "newspaper",
            "sourcetitle",
            "thread.sitefull",
            "sitefull",
            "sourcedomain",
            "domainname",
            "hostname",
            "sourcehostname",
            "domain",
            "site",
        ],
    ),
    (
        Field::Url,
        &[
            "url",
            "link",
            "weburl",
            "canonicalurl",
            "canonical",
            "permalink",
            "sourceurl",
            "originurl",
            "givenurl",
            "articleurl",
            "mainentityofpage",
            "href",
            "uri",
            "source",
            "id",
        ],
    ),
    (
        Field::Id,
        &[
            "id",
            "uri",
            "guid",
            "uuid",
            "articleid",
            "fingerprint",
            "hash",
            "path",
        ],
    ),
    (
        Field::Tags,
        &[
            "tags",
            "keywords",
            "subjects",
            "subject",
            "categories",
            "topics",
            "labels",
            "sectionname",
            "section",
            "category",
        ],
    ),
    (
        Field::Language,
        &[
            "language",
            "lang",
            "inlanguage",
            "metalang",
            "languagecode",
            "fields.lang",
        ],
    ),
];

/// Keys of the text in an object that represents a text.
const INSIDE: &[&str] = &[
    "value",
    "rendered",
    "name",
    "title",
    "webtitle",
    "main",
    "original",
    "label",
    "text",
    "fullname",
    "displayname",
    "username",
    "body",
    "content",
    "$date",
    "@value",
    "@id",
    "$oid",
    "url",
    "term",
];

/// The most authors and tags that are kept.
const MOST: usize = 20;
/// The longest name or headline, in bytes.
const LONGEST_NAME: usize = 1000;

/// The fields of an article in an object.
#[derive(Debug, Default)]
pub(in crate::document) struct ArticleFields {
    /// Everything but the text.
    pub(in crate::document) meta: Meta,
    /// The text, which may be HTML.
    pub(in crate::document) text: Option<String>,
    /// A summary of the article.
    pub(in crate::document) summary: Option<String>,
}

/// Reads the fields of an object; `own` returns further names of a field, which come first.
pub(in crate::document) fn read(
    object: &Map<String, Value>,
    own: &dyn Fn(Field) -> Vec<String>,
) -> ArticleFields {
    let object = JsonObject::new(object);
    let values = |field: Field| object.values(field, own(field));
    let lines = |field: Field| -> Vec<String> {
        let texts = values(field).map(texts).find(|texts| !texts.is_empty());
        texts
            .unwrap_or_default()
            .iter()
            .map(|text| line(text))
            .filter(|text| !text.is_empty())
            .take(MOST)
            .collect()
    };
    let first = |field: Field| {
        let firsts = values(field).filter_map(|value| texts(value).into_iter().next());
        firsts
            .map(|text| line(&text))
            .find(|text| !text.is_empty() && text.len() <= LONGEST_NAME)
    };
    let authors = lines(Field::Byline).join(", ");
    let tags = lines(Field::Tags);
    let tags = tags
        .iter()
        .flat_map(|tag| tag.split([',', ';']))
        .map(|tag| tag.trim().to_owned());
    let meta = Meta {
        title: first(Field::Title).unwrap_or_default(),
        byline: Some(head::without_by(&authors).to_owned())
            .filter(|authors| !authors.is_empty() && !is_web_address(authors)),
        dateline: None,
        day: None,
        published: values(Field::Published).find_map(published),
        source: values(Field::Source)
            .flat_map(texts)
            .map(|text| line(&text))
            .find(|text| !text.is_empty() && !is_web_address(text)),
        url: values(Field::Url)
            .flat_map(texts)
            .find(|text| is_web_address(text)),
        id: first(Field::Id),
        tags: tags.filter(|tag| !tag.is_empty()).take(MOST).collect(),
        language: first(Field::Language)
            .and_then(|language| front_matter::language_code(&language)),
    };
    let long = |field: Field| {
        values(field)
            .filter_map(body)
            .find(|text| !text.trim().is_empty())
    };
    ArticleFields {
        meta,
        text: long(Field::Text),
        summary: long(Field::Summary),
    }
}

/// Returns whether programs put their list of articles under this key.
pub(super) fn is_around(key: &str) -> bool {
    AROUND.iter().any(|around| around.eq_ignore_ascii_case(key))
}

/// Returns whether a key is one of the names of a field.
pub(in crate::document) fn is_name_of(field: Field, key: &str) -> bool {
    let key = plain_key(key);
    let mut names = NAMES.iter().filter(|(of, _)| *of == field);
    names.any(|(_, names)| names.contains(&key.as_str()))
}

/// An object with normalized keys.
struct JsonObject<'v> {
    fields: Vec<(String, &'v Value)>,
}

impl<'v> JsonObject<'v> {
    fn new(object: &'v Map<String, Value>) -> Self {
        let field = |(key, value): (&String, &'v Value)| (plain_key(key), value);
        Self {
            fields: object.iter().map(field).collect(),
        }
    }

    /// Returns the values of a field, best first.
    fn values(&self, field: Field, own: Vec<String>) -> impl Iterator<Item = &'v Value> {
        let names = NAMES
            .iter()
            .filter(move |(of, _)| *of == field)
            .flat_map(|(_, names)| names.iter());
        let own = own
            .into_iter()
            .filter_map(|path| self.at(&plain_path(&path)));
        own.chain(names.filter_map(|path| self.at(path)))
    }

    fn at(&self, path: &str) -> Option<&'v Value> {
        let mut parts = path.split('.');
        let first = parts.next()?;
        let mut value = self.fields.iter().find(|(key, _)| key == first)?.1;
        for part in parts {
            let inside = match value {
                Value::Array(items) => items.first()?,
                other => other,
            };
            value = inside
                .as_object()?
                .iter()
                .find(|(key, _)| plain_key(key) == part)?
                .1;
        }
        Some(value).filter(|value| !value.is_null())
    }
}

fn plain_key(key: &str) -> String {
    key.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn plain_path(path: &str) -> String {
    path.split('.').map(plain_key).collect::<Vec<_>>().join(".")
}

/// Returns the texts in a value: the text itself, the name in an object, or those of a list.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        other => text(other).into_iter().collect(),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => {
            let inside = |name: &&str| {
                object
                    .iter()
                    .find(|(key, _)| key.eq_ignore_ascii_case(name))
            };
            INSIDE
                .iter()
                .filter_map(inside)
                .find_map(|(_, value)| match value {
                    Value::String(text) => Some(text.clone()),
                    Value::Number(number) => Some(number.to_string()),
                    _ => None,
                })
        }
        _ => None,
    }
}

/// Returns a long text. Of several versions the HTML one is taken; several parts are joined.
fn body(value: &Value) -> Option<String> {
    let Value::Array(items) = value else {
        return text(value);
    };
    let says = |item: &Value, key: &str, wanted: &str| {
        item.get(key)
            .and_then(Value::as_str)
            .is_some_and(|value| value.to_lowercase().contains(wanted))
    };
    let is_form = |item: &&Value| item.get("contenttype").is_some() || item.get("role").is_some();
    if items.iter().all(|item| is_form(&item)) {
        let html = items.iter().find(|item| says(item, "contenttype", "html"));
        let main = || items.iter().find(|item| says(item, "role", "main"));
        return text(html.or_else(main).or(items.first())?);
    }
    let parts: Vec<_> = items.iter().filter_map(text).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// Parses a date given as text, or in seconds or milliseconds since 1970.
fn published(value: &Value) -> Option<Published> {
    let text = texts(value).into_iter().next()?;
    if let Ok(number) = text.parse::<i64>() {
        let milliseconds = if number.abs() < 100_000_000_000 {
            number.checked_mul(1000)?
        } else {
            number
        };
        // Below 1980 it is a year or a count, not a time.
        let is_time = (315_532_800_000..4_102_444_800_000).contains(&milliseconds);
        let time = jiff::Timestamp::from_millisecond(milliseconds)
            .ok()
            .filter(|_| is_time)?;
        return Some(Published {
            when: jiff::tz::Offset::UTC.to_datetime(time),
            has_time: true,
            origin: DateOrigin::Metadata,
        });
    }
    dates::find(&text, DateOrigin::Metadata)
}

/// Returns a text as one line, without markup.
fn line(text: &str) -> String {
    if html::is_markup(text) {
        html::line(text)
    } else {
        one_line(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_they_are_compared() {
        for name in NAMES.iter().flat_map(|(_, names)| *names) {
            assert_eq!(plain_path(name), *name);
        }
    }
}
