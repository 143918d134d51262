//! The query language: words, "phrases", `begin*`, `/patterns/`, `field:value`, `-not`, `OR`.
//!
//! Parsing cannot fail. Invalid parts are searched as words, with a warning. All parts must match, except that parts
//! joined by `OR` are alternatives: `a b OR c` means a and (b or c).
//!
//! ```
//! use pullquote::search::query::{Field, Query, Term};
//!
//! let query = Query::parse("speaker:kirby court -draft").value;
//! assert_eq!(query.groups.len(), 3);
//! assert_eq!(query.groups[0][0].term, Term::Field(Field::Speaker, "kirby".to_owned()));
//! assert!(query.groups[2][0].negated);
//! ```

use jiff::civil::Date;

use crate::document::{Warned, Warning};

/// A parsed query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Every group must match. A group matches if one of its parts does.
    pub groups: Vec<Vec<QueryPart>>,
    /// Where in the article the words must be.
    pub zone: Option<Zone>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryPart {
    /// Whether the term must not match.
    pub negated: bool,
    /// The term.
    pub term: Term,
}

/// What a part asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// The text has these whole words, one after another.
    Phrase(String),
    /// The text has a word that begins like this.
    Prefix(String),
    /// The pattern matches somewhere in the text.
    Pattern(String),
    /// The field has this value.
    Field(Field, String),
    /// The article was published before this day.
    Before(Date),
    /// The article was published on this day or later.
    After(Date),
}

/// What can be searched beside the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The name of a quoted speaker, or a part of it.
    Speaker,
    /// A mentioned country, by its code or a name.
    Country,
    /// A reporting verb.
    Said,
    /// A part of the path.
    Path,
    /// Words of the title.
    Title,
}

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// Inside quotations.
    Quotation,
    /// Outside quotations.
    Narration,
}

/// The fields with their descriptions, for completion and help.
pub const FIELDS: &[(&str, &str)] = &[
    ("speaker:", "quotes a speaker with this name"),
    ("country:", "mentions this country: a code or a name"),
    ("in:", "where the words are: quote or narration"),
    ("said:", "the reporting verb (said, warned)"),
    ("before:", "published before 2016, 2016-12 or 2016-12-31"),
    (
        "after:",
        "published in 2016, 2016-12, on 2016-12-31 or later",
    ),
    ("path:", "part of the path"),
    ("title:", "words of the title"),
];

impl Query {
    /// Parses a complete query.
    #[must_use]
    pub fn parse(input: &str) -> Warned<Self> {
        let mut parser = QueryParser {
            query: Self::default(),
            warnings: Vec::new(),
            joins: false,
        };
        let mut rest = input.trim_start();
        while let Some((token, after)) = next_token(rest) {
            parser.token(&token);
            rest = after.trim_start();
        }
        Warned {
            value: parser.query,
            warnings: parser.warnings,
        }
    }

    /// Parses a query that is being typed: its last word may be the beginning of a longer one.
    #[must_use]
    pub fn parse_typing(input: &str) -> Warned<Self> {
        let mut query = Self::parse(input);
        let last = query
            .value
            .groups
            .last_mut()
            .and_then(|group| group.last_mut());
        if let Some(QueryPart { term, .. }) = last
            && input.ends_with(char::is_alphanumeric)
            && let Term::Phrase(word) = term
        {
            *term = Term::Prefix(std::mem::take(word));
        }
        query
    }

    /// Whether it asks for speakers, countries or quotations, which require an analysis.
    #[must_use]
    pub fn needs_analysis(&self) -> bool {
        let asks = |part: &QueryPart| {
            matches!(
                &part.term,
                Term::Field(Field::Speaker | Field::Country | Field::Said, _)
            )
        };
        self.zone.is_some() || self.groups.iter().flatten().any(asks)
    }

    /// Whether hits in an article may be quotations or mentions.
    #[must_use]
    pub fn has_facts(&self) -> bool {
        let is_fact = |part: &QueryPart| {
            let field = match &part.term {
                Term::Field(field, _) => Some(field),
                _ => None,
            };
            !part.negated && matches!(field, Some(Field::Speaker | Field::Country | Field::Said))
        };
        self.groups.iter().flatten().any(is_fact)
    }

    /// Whether the query is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

/// One part of the input, such as `-title:"a b"`.
#[derive(Debug, PartialEq)]
struct QueryToken<'t> {
    negated: bool,
    field: Option<&'t str>,
    value: &'t str,
    kind: QueryTokenKind,
}

#[derive(Debug, PartialEq, Clone, Copy)]
enum QueryTokenKind {
    Word,
    Quoted,
    Pattern,
}

fn next_token(input: &str) -> Option<(QueryToken<'_>, &str)> {
    if input.is_empty() {
        return None;
    }
    let unsigned = input
        .strip_prefix('-')
        .filter(|rest| rest.starts_with(|c: char| !c.is_whitespace()));
    let rest = unsigned.unwrap_or(input);
    let (field, rest) = match rest.split_once(':') {
        Some((name, after)) if is_field(name) => (Some(name), after),
        _ => (None, rest),
    };
    let (kind, value, after) = next_value(rest);
    let token = QueryToken {
        negated: unsigned.is_some(),
        field,
        value,
        kind,
    };
    Some((token, after))
}

fn next_value(rest: &str) -> (QueryTokenKind, &str, &str) {
    let marks = [
        ('"', QueryTokenKind::Quoted),
        ('“', QueryTokenKind::Quoted),
        ('/', QueryTokenKind::Pattern),
    ];
    for (mark, kind) in marks {
        let Some(inner) = rest.strip_prefix(mark) else {
            continue;
        };
        let end = |c: char| {
            if kind == QueryTokenKind::Quoted {
                matches!(c, '"' | '”' | '“')
            } else {
                c == mark
            }
        };
        match inner.split_once(end) {
            Some((value, after)) => return (kind, value, after),
            // An open quotation mark begins a phrase that is still being typed. A single slash belongs to a word,
            // such as a path.
            None if kind == QueryTokenKind::Quoted => return (kind, inner, ""),
            None => {}
        }
    }
    let (value, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    (QueryTokenKind::Word, value, after)
}

fn is_field(name: &str) -> bool {
    FIELDS
        .iter()
        .any(|(field, _)| field.trim_end_matches(':').eq_ignore_ascii_case(name))
}

struct QueryParser {
    query: Query,
    warnings: Vec<Warning>,
    /// Whether an `OR` precedes the next part.
    joins: bool,
}

impl QueryParser {
    fn token(&mut self, token: &QueryToken<'_>) {
        if token.kind == QueryTokenKind::Word
            && token.field.is_none()
            && !token.negated
            && token.value == "OR"
        {
            self.joins = !self.query.groups.is_empty();
            return;
        }
        if token.value.trim().is_empty() {
            return;
        }
        let Some(term) = self.term(token) else { return };
        let part = QueryPart {
            negated: token.negated,
            term,
        };
        match self.query.groups.last_mut() {
            Some(group) if std::mem::take(&mut self.joins) => group.push(part),
            _ => self.query.groups.push(vec![part]),
        }
    }

    /// The term of a token; `None` for `in:`, which applies to the whole query.
    fn term(&mut self, token: &QueryToken<'_>) -> Option<Term> {
        let value = token.value.to_owned();
        let Some(field) = token.field.map(str::to_ascii_lowercase) else {
            return Some(words(token));
        };
        Some(match field.as_str() {
            "speaker" => Term::Field(Field::Speaker, value),
            "country" => Term::Field(Field::Country, value),
            "said" => Term::Field(Field::Said, value),
            "path" => Term::Field(Field::Path, value),
            "title" => Term::Field(Field::Title, value),
            "in" => match value.to_ascii_lowercase().as_str() {
                "quote" | "quotes" | "quotation" => return self.zone(Zone::Quotation),
                "narration" | "text" => return self.zone(Zone::Narration),
                _ => self.as_words(&format!("in:{value}"), "use in:quote or in:narration"),
            },
            _ => match day(&value) {
                Some(day) if field == "before" => Term::Before(day),
                Some(day) => Term::After(day),
                None => self.as_words(
                    &format!("{field}:{value}"),
                    "write a date as 2016, 2016-12 or 2016-12-31",
                ),
            },
        })
    }

    fn zone(&mut self, zone: Zone) -> Option<Term> {
        self.query.zone = Some(zone);
        None
    }

    fn as_words(&mut self, written: &str, hint: &str) -> Term {
        let message = format!("“{written}” is searched as words; {hint}");
        self.warnings.push(Warning {
            span: None,
            message,
        });
        Term::Phrase(written.to_owned())
    }
}

fn words(token: &QueryToken<'_>) -> Term {
    match (token.kind, token.value.strip_suffix('*')) {
        (QueryTokenKind::Pattern, _) => Term::Pattern(token.value.to_owned()),
        (QueryTokenKind::Word, Some(begin)) if !begin.is_empty() => Term::Prefix(begin.to_owned()),
        _ => Term::Phrase(token.value.to_owned()),
    }
}

/// The first day of `2016`, `2016-12` or `2016-12-31`.
fn day(text: &str) -> Option<Date> {
    let mut numbers = text.split(['-', '/', '.']).map(str::parse::<i16>);
    let year = numbers
        .next()?
        .ok()
        .filter(|year| (1000..=9999).contains(year))?;
    let mut small = || {
        numbers
            .next()
            .map_or(Some(1), |number| i8::try_from(number.ok()?).ok())
    };
    let (month, day) = (small()?, small()?);
    if numbers.next().is_some() {
        None
    } else {
        Date::new(year, month, day).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A query in one line: groups by `&`, alternatives by `|`.
    fn shown(input: &str) -> String {
        let Warned { value, warnings } = Query::parse(input);
        let part = |part: &QueryPart| {
            let term = match &part.term {
                Term::Phrase(words) => format!("[{words}]"),
                Term::Prefix(begin) => format!("[{begin}…]"),
                Term::Pattern(pattern) => format!("/{pattern}/"),
                Term::Field(field, value) => format!("{field:?}={value}"),
                Term::Before(day) => format!("<{day}"),
                Term::After(day) => format!(">={day}"),
            };
            format!("{}{term}", if part.negated { "!" } else { "" })
        };
        let group = |group: &Vec<QueryPart>| group.iter().map(part).collect::<Vec<_>>().join("|");
        let mut parts: Vec<_> = value.groups.iter().map(group).collect();
        parts.extend(value.zone.map(|zone| format!("in {zone:?}")));
        parts.extend(
            warnings
                .into_iter()
                .map(|warning| format!("({})", warning.message)),
        );
        parts.join(" & ")
    }

    #[test]
    fn a_query_with_all_fields_is_parsed() {
        assert_eq!(
            shown(
                "speaker:kirby country:RU in:quote \"war crimes\" said:denied before:2016-12 after:2016-11-01 path:europe/ title:court -draft"
            ),
            "Speaker=kirby & Country=RU & [war crimes] & Said=denied & <2016-12-01 & >=2016-11-01 & Path=europe/ & Title=court & ![draft] & in Quotation"
        );
    }

    #[test]
    fn or_joins_its_neighbors() {
        assert_eq!(shown("a b OR c OR -d e"), "[a] & [b]|[c]|![d] & [e]");
        assert_eq!(shown("OR a OR"), "[a]");
    }

    #[test]
    fn values_may_be_quoted_and_words_may_be_prefixes() {
        assert_eq!(
            shown("speaker:\"John Kirby\" cour* /w[ao]r/ “curly one”"),
            "Speaker=John Kirby & [cour…] & /w[ao]r/ & [curly one]"
        );
        assert_eq!(
            shown("don't - a-b 10:30 http://x"),
            "[don't] & [-] & [a-b] & [10:30] & [http://x]"
        );
    }

    #[test]
    fn bad_syntax_is_searched_as_words() {
        assert_eq!(
            shown("before:soon"),
            "[before:soon] & (“before:soon” is searched as words; write a date as 2016, 2016-12 or 2016-12-31)"
        );
        assert_eq!(
            shown("after:2016-13"),
            "[after:2016-13] & (“after:2016-13” is searched as words; write a date as 2016, 2016-12 or 2016-12-31)"
        );
        assert_eq!(
            shown("in:paris x"),
            "[in:paris] & [x] & (“in:paris” is searched as words; use in:quote or in:narration)"
        );
        assert_eq!(shown("\"open phrase"), "[open phrase]");
        assert_eq!(shown("speaker: -\"\""), "");
    }

    #[test]
    fn while_typing_the_last_word_is_a_prefix() {
        let last = |input| {
            Query::parse_typing(input)
                .value
                .groups
                .pop()
                .unwrap()
                .pop()
                .unwrap()
                .term
        };
        assert_eq!(last("a cour"), Term::Prefix("cour".to_owned()));
        assert_eq!(last("cour "), Term::Phrase("cour".to_owned()));
        assert_eq!(last("\"a b\""), Term::Phrase("a b".to_owned()));
    }
}
