//! Reads what a page says about its article outside the text: linked data, meta tags and the head.

use dom_query::{Document, NodeData};
use serde_json::{Map, Value};

use super::super::json::fields::{self, ArticleFields};
use crate::document::strings::{file_name, is_web_address, one_line};
use crate::document::structure::{front_matter, head};
use crate::document::{DateOrigin, Meta, dates};
use crate::text::span::{beginning, slice};

/// How many bytes of linked data are read, and in how many objects.
const LONGEST_DATA: usize = 2 * 1024 * 1024;
const MOST_OBJECTS: usize = 2000;
/// How many bytes of a page are searched for a note by the browser that saved it.
const NOTE_WITHIN: usize = 4096;
/// The longest headline or name, in bytes.
const LONGEST_LINE: usize = 400;

/// The longest byline in a meta tag, in bytes.
const LONGEST_BYLINE: usize = 200;
/// The longest keyword, in bytes, and the most keywords.
const LONGEST_KEYWORD: usize = 60;
const MOST_KEYWORDS: usize = 12;
/// How many `<h1>` headings are compared with the title.
const MOST_HEADINGS: usize = 3;

/// Meta tags by their `property`, `name` or `itemprop`, best first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "date.published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "article.published",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "cxenseparse:recs:publishtime",
    "date",
    "bt:pubdate",
    "article_date_original",
    "article:modified_time",
];
const TITLE: &[&str] = &[
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "headline",
    "title",
];
const BYLINE: &[&str] = &[
    "author",
    "article:author_name",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "og:article:author",
    "twitter:data1",
];
const SITE: &[&str] = &[
    "og:site_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "cre",
    "al:android:app_name",
    "twitter:app:name:iphone",
];
const URL: &[&str] = &["og:url", "parsely-link", "twitter:url", "dc.identifier"];
const TAGS: &[&str] = &[
    "news_keywords",
    "keywords",
    "article:tag",
    "parsely-tags",
    "sailthru.tags",
];
const LANGUAGE: &[&str] = &[
    "content-language",
    "og:locale",
    "inlanguage",
    "dc.language",
    "language",
];

/// What a page says about its article.
#[derive(Debug, Default)]
pub(super) struct PageMetadata {
    /// The headline, the byline and so on.
    pub(super) meta: Meta,
    /// The text of the article in linked data, which may be HTML.
    pub(super) body: Option<String>,
}

/// The parts of a page that may hold metadata.
#[derive(Debug, Default)]
struct HeadTags {
    /// Meta tags: their names in lower case, and their contents.
    tags: Vec<(String, String)>,
    canonical: Option<String>,
    language: Option<String>,
    title: String,
    /// The first `<h1>` headings.
    headings: Vec<String>,
    /// The date of the first `<time>`.
    time: Option<String>,
    data: Vec<String>,
}

/// Reads the metadata of a page; `html` is its source.
pub(super) fn read(page: &Document, html: &str) -> PageMetadata {
    let head = collect(page);
    let data = article_data(&head.data);
    let tag = |names: &'static [&str]| head.tags(names).next();
    let published = || {
        let tags = head
            .tags(PUBLISHED)
            .find_map(|date| dates::find(date, DateOrigin::Metadata));
        tags.or_else(|| dates::find(head.time.as_deref()?, DateOrigin::Metadata))
    };
    let source = data.meta.source.or_else(|| tag(SITE).map(str::to_owned));
    let title =
        Some(data.meta.title).filter(|title| !title.is_empty() && title.len() <= LONGEST_LINE);
    let title = title
        .or_else(|| tag(TITLE).map(str::to_owned))
        .unwrap_or_else(|| head.title.clone());
    let url = head
        .canonical
        .clone()
        .filter(|url| is_web_address(url) && !is_home(url));
    let url = url.or_else(|| {
        head.tags(URL)
            .find(|url| is_web_address(url))
            .map(str::to_owned)
    });
    let language = [head.language.as_deref(), tag(LANGUAGE)];
    let meta = Meta {
        title: shortened(&title, source.as_deref(), &head.headings).to_owned(),
        byline: data
            .meta
            .byline
            .or_else(|| head.tags(BYLINE).find_map(byline)),
        dateline: None,
        day: None,
        published: data.meta.published.or_else(published),
        url: url.or_else(|| saved_from(html)).or(data.meta.url),
        source,
        id: None,
        tags: if data.meta.tags.is_empty() {
            head.keywords()
        } else {
            data.meta.tags
        },
        language: language
            .iter()
            .flatten()
            .find_map(|code| front_matter::language_code(code))
            .or(data.meta.language),
    };
    PageMetadata {
        meta,
        body: data.text,
    }
}

impl HeadTags {
    /// Returns the contents of meta tags, in the order of `names`.
    fn tags<'h>(&'h self, names: &'h [&str]) -> impl Iterator<Item = &'h str> {
        names.iter().flat_map(move |name| {
            let of = move |(key, content): &'h (String, String)| {
                (key == name).then_some(content.as_str())
            };
            self.tags.iter().filter_map(of)
        })
    }

    fn keywords(&self) -> Vec<String> {
        let words = self
            .tags(TAGS)
            .flat_map(|tag| tag.split([',', ';']))
            .map(str::trim);
        let mut found: Vec<String> = Vec::new();
        for word in words.filter(|word| !word.is_empty() && word.len() <= LONGEST_KEYWORD) {
            if found.len() < MOST_KEYWORDS && !found.iter().any(|known| known == word) {
                found.push(word.to_owned());
            }
        }
        found
    }
}

/// Collects everything that may hold metadata in one walk over the page.
fn collect(page: &Document) -> HeadTags {
    let mut head = HeadTags::default();
    for node in page.root().descendants_it() {
        let text = || one_line(&node.text());
        node.query(|inner| {
            let NodeData::Element(element) = &inner.data else {
                return;
            };
            let attribute = |name: &str| {
                element
                    .attr(name)
                    .map(|value| one_line(&value))
                    .filter(|value| !value.is_empty())
            };
            match &*element.name.local {
                "meta" => {
                    let keys = ["property", "name", "itemprop", "http-equiv"];
                    let content = attribute("content");
                    if let (Some(key), Some(content)) =
                        (keys.iter().find_map(|key| attribute(key)), content)
                    {
                        head.tags.push((key.to_lowercase(), content));
                    }
                }
                "link"
                    if head.canonical.is_none()
                        && attribute("rel")
                            .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
                {
                    head.canonical = attribute("href");
                }
                "html" => head.language = attribute("lang").or_else(|| attribute("xml:lang")),
                "time" if head.time.is_none() => head.time = attribute("datetime"),
                _ if head.time.is_none()
                    && attribute("itemprop")
                        .is_some_and(|name| name.eq_ignore_ascii_case("datePublished")) =>
                {
                    head.time = attribute("datetime").or_else(|| attribute("content"));
                }
                _ => {}
            }
        });
        if node.has_name("title") && head.title.is_empty() {
            head.title = text();
        } else if node.has_name("h1") && head.headings.len() < MOST_HEADINGS {
            head.headings.push(text());
        } else if node.has_name("script")
            && head.data.iter().map(String::len).sum::<usize>() < LONGEST_DATA
        {
            head.data.push(node.text().to_string());
        }
    }
    head
}

/// Finds the article among the objects of linked data.
fn article_data(scripts: &[String]) -> ArticleFields {
    let mut best = ArticleFields::default();
    let mut n_objects = 0;
    for script in scripts {
        let script = script
            .trim()
            .trim_start_matches("<![CDATA[")
            .trim_end_matches("]]>")
            .trim_end_matches([';', ' ']);
        let Ok(value) = serde_json::from_str::<Value>(script) else {
            continue;
        };
        let mut waiting = vec![&value];
        while let Some(value) = waiting.pop() {
            n_objects += 1;
            if n_objects > MOST_OBJECTS {
                return best;
            }
            match value {
                Value::Array(items) => waiting.extend(items.iter().rev()),
                Value::Object(object) if is_article(object) => {
                    let found = fields::read(object, &|_| Vec::new());
                    if best.meta.title.is_empty() || (best.text.is_none() && found.text.is_some()) {
                        best = found;
                    }
                }
                Value::Object(object) => {
                    waiting.extend(
                        ["@graph", "mainEntity", "mainEntityOfPage"]
                            .iter()
                            .filter_map(|key| object.get(*key)),
                    );
                }
                _ => {}
            }
        }
    }
    best
}

/// Returns whether an object of linked data has the type of an article.
fn is_article(object: &Map<String, Value>) -> bool {
    let is_type = |value: &Value| {
        let Some(kind) = value.as_str() else {
            return false;
        };
        {
            let kind = file_name(kind);
            kind.ends_with("Article")
                || kind.ends_with("BlogPosting")
                || kind.ends_with("Posting") && kind != "JobPosting"
                || kind == "Report"
        }
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is_type),
        Some(kind) => is_type(kind),
        None => false,
    }
}

/// Returns a headline without the site name that pages append to it.
fn shortened<'t>(title: &'t str, site: Option<&str>, headings: &[String]) -> &'t str {
    for (at, mark) in title
        .match_indices([' ', '\u{A0}'])
        .filter_map(|(at, _)| mark_at(title, at))
    {
        let (before, after) = (slice(title, ..at), slice(title, at + mark..));
        let is_site = |name: &str| {
            site.is_some_and(|site| !site.is_empty() && name.trim().eq_ignore_ascii_case(site))
        };
        let is_heading = |part: &str| headings.iter().any(|heading| heading == part);
        if !before.is_empty() && (is_site(after) || is_heading(before)) {
            return before;
        }
        if is_heading(after) {
            return after;
        }
    }
    title
}

/// Returns the position and the length of a separator between parts of a title.
fn mark_at(title: &str, at: usize) -> Option<(usize, usize)> {
    let rest = slice(title, at..);
    let marks = [
        " | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • ", " / ",
    ];
    marks
        .iter()
        .find(|mark| rest.starts_with(**mark))
        .map(|mark| (at, mark.len()))
}

/// Returns the author in a meta tag, unless the tag holds an address.
pub(super) fn byline(content: &str) -> Option<String> {
    let names = head::without_by(content).trim();
    let is_name = !names.is_empty()
        && names.len() <= LONGEST_BYLINE
        && !names.contains("://")
        && !names.starts_with(['@', '{']);
    is_name.then(|| names.to_owned())
}

/// Returns the address that a browser wrote into the page it saved.
fn saved_from(html: &str) -> Option<String> {
    let window = beginning(html, NOTE_WITHIN);
    let note = [
        "saved from url=",
        "Page saved with SingleFile",
        "archived by",
        "saved from:",
    ]
    .iter()
    .find_map(|mark| window.split_once(mark))?
    .1;
    let note = note.split("-->").next()?;
    let address = slice(note, note.find("http")?..);
    let address = address.split([' ', '\n', '\r', '\t', '"']).next()?;
    is_web_address(address).then(|| address.to_owned())
}

/// Returns whether an address is that of a whole site.
fn is_home(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    rest.trim_end_matches('/').split('/').count() < 2 && !rest.contains('?')
}
