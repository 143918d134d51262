//! Front matter: the YAML (`---`) or TOML (`+++`) header of a file, read into [`Meta`].
//!
//! Invalid YAML is read line by line as `key: value`, because a very common header, `title: Breaking:
//! markets fall`, is not valid YAML. A header that is never closed is text.

use saphyr::{LoadableYamlNode, Yaml};

use crate::document::strings::{is_web_address, one_line};
use crate::document::{DateOrigin, Meta, Warning, dates};
use crate::text::Span;
use crate::text::span::beginning;

/// The longest header, in bytes; anything longer is text.
const LONGEST: usize = 64 * 1024;
/// How many lines of a header that is not valid YAML are read.
const MOST_LINES: usize = 40;

/// The keys of a header with their values, in order; lists have several values.
type Fields = Vec<(String, Vec<String>)>;

/// The header of a file.
#[derive(Debug)]
pub(crate) struct FrontMatter {
    /// Its bytes, including both fences.
    pub(crate) span: Span,
    /// The metadata in it.
    pub(crate) meta: Meta,
    /// What was odd about it.
    pub(crate) warnings: Vec<Warning>,
}

/// Reads the header of a text, if it has one.
pub(crate) fn read(text: &str) -> Option<FrontMatter> {
    let Some((fence, line_end)) = opening(text) else {
        return unfenced(text);
    };
    let is_toml = fence == "+++";
    let (body, end) = fenced(text, fence, line_end)?;
    let body = &body.replace(line_end, "\n");
    let mut warnings = Vec::new();
    let span = Span::from_usize(0, end);
    let strict = if is_toml {
        toml_fields(body)
    } else {
        yaml_fields(body)
    };
    let fields = match strict {
        Some(fields) => fields,
        None if is_toml || is_simple(body) => {
            warnings.push(Warning {
                span: Some(span),
                message: format!(
                    "front matter is not valid {}: read line by line",
                    if is_toml { "TOML" } else { "YAML" }
                ),
            });
            line_fields(body, if is_toml { '=' } else { ':' })
        }
        None => return None,
    };
    Some(FrontMatter {
        span,
        meta: meta_of(&fields),
        warnings,
    })
}

/// Reads the lines that newsboat writes above a saved article: `Feed: …`, `Title: …` and so on, up to
/// an empty line.
fn unfenced(text: &str) -> Option<FrontMatter> {
    const KEYS: &[&str] = &["feed", "title", "author", "date", "link", "flags"];
    if !text.starts_with("Feed: ") && !text.starts_with("Title: ") {
        return None;
    }
    let end = text.find("\n\n")?;
    let mut fields: Fields = Vec::new();
    for line in text.get(..end)?.lines() {
        let (key, value) = line.split_once(": ")?;
        let key = key.to_lowercase();
        let is_podcast = key.starts_with("podcast");
        if !KEYS.contains(&key.as_str()) && !is_podcast || fields.len() == MOST_LINES {
            return None;
        }
        let key = if key == "feed" {
            "site".to_owned()
        } else {
            key
        };
        fields.push((key, vec![value.to_owned()]));
    }
    // A text may begin with one such line by chance.
    (fields.len() >= 3).then(|| FrontMatter {
        span: Span::from_usize(0, end),
        meta: meta_of(&fields),
        warnings: Vec::new(),
    })
}

/// Returns the opening fence of a text, and the character that ends its lines: a carriage return if no
/// line feed follows it.
fn opening(text: &str) -> Option<(&str, char)> {
    let (fence, rest) = text.split_at_checked(3)?;
    let rest = rest.trim_start_matches([' ', '\t']);
    let is_old = rest.starts_with('\r') && !rest.starts_with("\r\n");
    let is_fence = matches!(fence, "---" | "+++") && rest.starts_with(['\r', '\n']);
    is_fence.then_some((fence, if is_old { '\r' } else { '\n' }))
}

/// Returns the text between the fences, and the end of the closing fence.
fn fenced<'t>(text: &'t str, fence: &str, line_end: char) -> Option<(&'t str, usize)> {
    let window = beginning(text, LONGEST);
    let mut at = 0;
    let mut body_start = None;
    for line in window.split_inclusive(line_end) {
        let trimmed = line.trim_end();
        match body_start {
            None => body_start = Some(line.len()),
            Some(start) if trimmed == fence || (fence == "---" && trimmed == "...") => {
                return Some((text.get(start..at)?, at + trimmed.len()));
            }
            Some(_) => {}
        }
        at += line.len();
    }
    None
}

/// Returns whether invalid YAML is meant as a header: most lines look like `key: value` or continue
/// one.
fn is_simple(body: &str) -> bool {
    let lines = || body.lines().filter(|line| !line.trim().is_empty());
    let n_keys = lines().filter(|line| key_of(line, ':').is_some()).count();
    n_keys > 0 && n_keys * 2 >= lines().take(MOST_LINES).count()
}

fn key_of(line: &str, mark: char) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(mark)?;
    let key = key.trim_end();
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    is_key.then(|| (key, value.trim()))
}

/// Reads `key: value` lines; a `- value` line belongs to the key before it.
fn line_fields(body: &str, mark: char) -> Fields {
    let mut fields: Fields = Vec::new();
    for line in body.lines().take(MOST_LINES) {
        if let Some((key, value)) = key_of(line, mark) {
            let values = if value.is_empty() {
                Vec::new()
            } else {
                vec![unquoted(value).to_owned()]
            };
            fields.push((key.to_lowercase(), values));
        } else if let (Some(item), Some((_, values))) =
            (line.trim().strip_prefix("- "), fields.last_mut())
        {
            values.push(unquoted(item.trim()).to_owned());
        }
    }
    fields
}

fn unquoted(value: &str) -> &str {
    let strip = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    strip('"').or_else(|| strip('\'')).unwrap_or(value)
}

fn yaml_fields(body: &str) -> Option<Fields> {
    let documents = Yaml::load_from_str(body).ok()?;
    let Some(document) = documents.first() else {
        return Some(Vec::new());
    };
    let mapping = document.as_mapping()?;
    let field =
        |(key, value): (&Yaml, &Yaml)| Some((key.as_str()?.to_lowercase(), yaml_values(value)));
    Some(mapping.iter().filter_map(field).collect())
}

fn yaml_values(value: &Yaml) -> Vec<String> {
    match value.as_vec() {
        Some(items) => items.iter().filter_map(yaml_value).collect(),
        None => yaml_value(value).into_iter().collect(),
    }
}

/// Returns a scalar as text, or the name in a mapping (`author: {name: …}`).
fn yaml_value(value: &Yaml) -> Option<String> {
    if let Some(mapping) = value.as_mapping() {
        let is_name = |key: &Yaml| key.as_str() == Some("name");
        return mapping
            .iter()
            .find(|(key, _)| is_name(key))
            .and_then(|(_, name)| name.as_str())
            .map(str::to_owned);
    }
    let number = || value.as_integer().map(|number| number.to_string());
    let float = || value.as_floating_point().map(|number| number.to_string());
    value
        .as_str()
        .map(str::to_owned)
        .or_else(number)
        .or_else(float)
}

fn toml_fields(body: &str) -> Option<Fields> {
    let table: toml::Table = body.parse().ok()?;
    let values = |value: &toml::Value| match value {
        toml::Value::Array(items) => items.iter().filter_map(toml_value).collect(),
        other => toml_value(other).into_iter().collect(),
    };
    let mut fields: Fields = table
        .iter()
        .map(|(key, value)| (key.to_lowercase(), values(value)))
        .collect();
    // Hugo puts custom fields in [extra] or [params].
    for inner in ["extra", "params"]
        .iter()
        .filter_map(|name| table.get(*name)?.as_table())
    {
        fields.extend(
            inner
                .iter()
                .map(|(key, value)| (key.to_lowercase(), values(value))),
        );
    }
    Some(fields)
}

fn toml_value(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Datetime(when) => Some(when.to_string()),
        toml::Value::Table(table) => table.get("name")?.as_str().map(str::to_owned),
        _ => None,
    }
}

fn meta_of(fields: &Fields) -> Meta {
    let all = |names: &[&str]| -> Vec<String> {
        let values = |name: &&str| {
            fields
                .iter()
                .find(|(key, values)| key == name && !values.is_empty())
        };
        let found = names.iter().find_map(values);
        found
            .into_iter()
            .flat_map(|(_, values)| values)
            .map(|value| without_brackets(&one_line(value)))
            .filter(|value| !value.is_empty())
            .collect()
    };
    let one = |names: &[&str]| all(names).into_iter().next();
    let is_address = |value: &String| is_web_address(value);
    let authors = all(&["byline", "author", "authors", "by"]).join(", ");
    let sources = [
        "source",
        "publisher",
        "publication",
        "agency",
        "site",
        "sitename",
        "site_name",
    ];
    let source = sources
        .iter()
        .filter_map(|name| one(&[name]))
        .find(|value| !is_address(value));
    let language = one(&["lang", "language"]);
    Meta {
        title: one(&["title", "headline"]).unwrap_or_default(),
        byline: Some(authors)
            .filter(|authors| !authors.is_empty())
            .map(|authors| super::head::without_by(&authors).to_owned()),
        dateline: None,
        id: None,
        published: one(&["published", "date", "created", "pubdate", "datetime"])
            .and_then(|value| dates::find(&value, DateOrigin::Metadata)),
        day: None,
        url: one(&["url", "link", "source_url", "source", "canonical", "origin"])
            .filter(is_address),
        source,
        tags: all(&["tags", "keywords", "categories"])
            .iter()
            .flat_map(|tag| tag.split(','))
            .map(|tag| tag.trim().to_owned())
            .filter(|tag| !tag.is_empty())
            .collect(),
        language: language.and_then(|value| language_code(&value)),
    }
}

/// Returns `en` for `en-US`.
pub(crate) fn language_code(value: &str) -> Option<String> {
    let code = value.split(['-', '_']).next()?.trim().to_lowercase();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

/// Returns `Ana Ruiz` for `[[Ana Ruiz]]` and `[[people/Ana Ruiz|Ana Ruiz]]`, the links of note
/// programs.
fn without_brackets(value: &str) -> String {
    let inner = value
        .strip_prefix("[[")
        .and_then(|rest| rest.strip_suffix("]]"));
    let shown = inner.and_then(|inner| inner.rsplit(['|', '/']).next());
    shown.unwrap_or(value).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn yaml_heads_give_all_fields() {
        let head = read("---\ntitle: \"Harbor talks\"\nauthors:\n  - Ana Ruiz\n  - {name: Bo Lind}\ndate: 2026-03-04T08:30:00Z\nsource: Coast Press\nurl: https://example.org/a\ntags: [ports, trade]\nlang: en-GB\n---\nText").unwrap();
        let meta = head.meta;
        assert_eq!(meta.title, "Harbor talks");
        assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz, Bo Lind"));
        assert_eq!(
            meta.published.unwrap().when.to_string(),
            "2026-03-04T08:30:00"
        );
        assert_eq!(meta.source.as_deref(), Some("Coast Press"));
        assert_eq!(meta.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(meta.tags, ["ports", "trade"]);
        assert_eq!(meta.language.as_deref(), Some("en"));
        assert!(head.warnings.is_empty());
    }

    #[test]
    fn toml_heads_are_read_too() {
        let meta = read("+++\ntitle = 'Harbor'\ndate = 2026-03-04\ntags = ['a']\nauthor = 'By Ana Ruiz'\n+++\nText").unwrap().meta;
        assert_eq!((meta.title.as_str(), meta.tags.len()), ("Harbor", 1));
        assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"));
        assert_eq!(
            meta.published.unwrap().when.date().to_string(),
            "2026-03-04"
        );
    }

    #[test]
    fn heads_that_yaml_refuses_are_read_line_by_line() {
        let head = read("---\ntitle: Breaking: markets fall\nauthor: @ana\ntags:\n- a\n- b\n---\n")
            .unwrap();
        assert_eq!(head.meta.title, "Breaking: markets fall");
        assert_eq!(head.meta.tags, ["a", "b"]);
        assert!(head.warnings[0].message.contains("not valid YAML"));
    }

    #[test]
    fn what_newsboat_writes_above_an_article_is_its_head() {
        let text = "Feed: The Coast\nTitle: Talks: the end\nAuthor: Ana Ruiz\nDate: Wed, 04 Mar 2026 08:30:00 +0100\nLink: https://coast.example/a\n\nThe text.";
        let meta = read(text).unwrap().meta;
        assert_eq!(
            (meta.title.as_str(), meta.source.as_deref()),
            ("Talks: the end", Some("The Coast"))
        );
        assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"));
        assert_eq!(meta.url.as_deref(), Some("https://coast.example/a"));
        assert_eq!(
            meta.published.unwrap().when.date().to_string(),
            "2026-03-04"
        );
        assert!(read("Title: a play\nIn three acts: one.\nThe third: nothing.\n\nText").is_none());
        assert!(read("Title: a play\n\nText").is_none());
    }

    #[test]
    fn a_head_without_end_is_text() {
        assert!(read("---\ntitle: x\n\nThe text").is_none());
        assert!(read("---\n\nA rule first, and prose.\n\n---\nmore").is_none());
        assert!(read("Text\n---\na: b\n---\n").is_none());
    }

    #[test]
    fn alias_bombs_and_deep_nesting_cost_nothing() {
        let mut bomb = String::from("---\ntitle: Bomb\na0: &a0 [x]\n");
        for level in 1..40 {
            let below = level - 1;
            let four = format!("*a{below}, *a{below}, *a{below}, *a{below}");
            writeln!(bomb, "a{level}: &a{level} [{four}]").unwrap();
        }
        bomb += "---\ntext";
        assert_eq!(read(&bomb).unwrap().meta.title, "Bomb");
        let deep = format!("---\ntitle: Deep\nx: {}\n---\n", "[".repeat(50_000));
        let _ = read(&deep);
    }
}
