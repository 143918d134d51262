//! The file of corrections, which people can read and edit. It has a table for each, in the order
//! they were made.
//!
//! Tables are read one by one. One that is invalid is reported and left as it is, like comments, so
//! a mistake in one does not affect the others.

use serde::Deserialize;
use std::fmt::Write as _;
use std::ops::Range;

use super::correction::Correction;

/// The beginning of a new file.
pub const HEADER: &str = "\
# Corrections made with x in pullquote; the last one counts. Undo with :undo, or edit this file.
# [[person]]: whoever goes by `name` (only in the article `in`, when given) is called `is`, or is `nobody`.
# [[quotation]]: the words in the article `in` were said by `is`, or by somebody `unknown`.
# `pullquote config --check` says whether it is in order.
";

/// Something invalid in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
}

/// The contents of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedCorrections {
    /// The corrections, in order.
    pub corrections: Vec<Correction>,
    /// What is invalid.
    pub problems: Vec<Problem>,
}

/// Reads a file of corrections.
#[must_use]
pub fn read(text: &str) -> ParsedCorrections {
    let mut all = ParsedCorrections::default();
    for table in tables(text) {
        match table.read() {
            Ok(Some(correction)) => all.corrections.push(correction),
            Ok(None) => {}
            Err(problem) => all.problems.push(problem),
        }
    }
    all
}

/// The file without the last table that is equal to a correction; `None` if there is no such table.
#[must_use]
pub fn without(text: &str, correction: &Correction) -> Option<String> {
    let table = tables(text)
        .into_iter()
        .rfind(|table| table.read().ok().flatten().as_ref() == Some(correction))?;
    let body = body_of(table.text);
    let (before, rest) = text.split_at_checked(table.start)?;
    let (_, after) = rest.split_at_checked(body.end)?;
    Some(format!("{before}{}", after.trim_start_matches('\n')))
}

impl Correction {
    /// The correction as a table of the file.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut table = String::new();
        let mut line = |key: &str, value: &str| {
            let _ = writeln!(table, "{key} = {}", toml::Value::from(value));
        };
        let head = match self {
            Self::Person { name, within, is } => {
                line("name", name);
                if let Some(within) = within {
                    line("in", within);
                }
                match is {
                    Some(is) => line("is", is),
                    None => table.push_str("nobody = true\n"),
                }
                "[[person]]"
            }
            Self::Quotation {
                within,
                words,
                occurrence,
                was,
                is,
            } => {
                line("in", within);
                line("words", words);
                if let Some(was) = was {
                    line("was", was);
                }
                match is {
                    Some(is) => line("is", is),
                    None => table.push_str("unknown = true\n"),
                }
                if *occurrence > 1 {
                    let _ = writeln!(table, "occurrence = {occurrence}");
                }
                "[[quotation]]"
            }
        };
        format!("{head}\n{table}")
    }
}

/// A part of the file from one header to the next.
struct CorrectionTable<'t> {
    start: usize,
    line: usize,
    text: &'t str,
}

fn tables(text: &str) -> Vec<CorrectionTable<'_>> {
    let mut starts = vec![(0, 1)];
    let mut at = 0;
    for (line, content) in (1..).zip(text.split_inclusive('\n')) {
        if content.trim_start().starts_with('[') && at > 0 {
            starts.push((at, line));
        }
        at += content.len();
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at);
    let ends = ends.chain([text.len()]);
    let tables = starts.iter().zip(ends);
    let tables = tables.filter_map(|(&(start, line), end)| {
        let text = text.get(start..end)?;
        Some(CorrectionTable { start, line, text })
    });
    tables.collect()
}

/// The table itself, without the comments and blank lines before the next one.
fn body_of(table: &str) -> Range<usize> {
    let is_idle = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let mut end = 0;
    let mut at = 0;
    for line in table.split_inclusive('\n') {
        at += line.len();
        if !is_idle(line) {
            end = at;
        }
    }
    0..end
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(default)]
    person: Vec<PersonTable>,
    #[serde(default)]
    quotation: Vec<QuotationTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonTable {
    name: String,
    r#in: Option<String>,
    is: Option<String>,
    #[serde(default)]
    nobody: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuotationTable {
    r#in: String,
    words: String,
    occurrence: Option<u32>,
    was: Option<String>,
    is: Option<String>,
    #[serde(default)]
    unknown: bool,
}

impl CorrectionTable<'_> {
    fn read(&self) -> Result<Option<Correction>, Problem> {
        let tables: Tables = toml::from_str(self.text).map_err(|error| self.problem(&error))?;
        let at_head = |message: &str| Problem {
            line: self.line,
            message: message.to_owned(),
        };
        if let Some(person) = tables.person.into_iter().next() {
            if person.is.is_some() == person.nobody {
                return Err(at_head("a person needs one of `is` and `nobody = true`"));
            }
            let mut names = std::iter::once(&person.name).chain(&person.is);
            if names.any(|name| name.trim().is_empty()) {
                return Err(at_head("a name is empty"));
            }
            return Ok(Some(Correction::Person {
                name: person.name,
                within: person.r#in,
                is: person.is,
            }));
        }
        let Some(quotation) = tables.quotation.into_iter().next() else {
            return Ok(None);
        };
        if quotation.is.is_some() == quotation.unknown {
            return Err(at_head(
                "a quotation needs one of `is` and `unknown = true`",
            ));
        }
        Ok(Some(Correction::Quotation {
            within: quotation.r#in,
            words: quotation.words,
            occurrence: quotation.occurrence.unwrap_or(1).max(1),
            was: quotation.was,
            is: quotation.is,
        }))
    }

    fn problem(&self, error: &toml::de::Error) -> Problem {
        let before = error.span().and_then(|span| self.text.get(..span.start));
        let lines = before.into_iter().flat_map(|before| before.matches('\n'));
        let message = error.message().trim().replace('\n', "; ");
        Problem {
            line: self.line + lines.count(),
            message,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(name: &str, is: &str) -> Correction {
        Correction::Person {
            name: name.to_owned(),
            within: None,
            is: Some(is.to_owned()),
        }
    }

    fn all_kinds() -> Vec<Correction> {
        vec![
            merge("Sergey \"S\" Lavrov", "Sergei\nLavrov"),
            Correction::Person {
                name: "Kirby".into(),
                within: Some("/news/a.txt".into()),
                is: Some("Jack Kirby".into()),
            },
            Correction::Person {
                name: "Harbor Street".into(),
                within: None,
                is: None,
            },
            Correction::Quotation {
                within: "/news/[[a]].txt#4".into(),
                words: "[[we]] # “won”, \\ he said".into(),
                occurrence: 2,
                was: None,
                is: Some("Ana Ruiz".into()),
            },
            Correction::Quotation {
                within: "/news/b.txt".into(),
                words: "no".into(),
                occurrence: 1,
                was: Some("Ana Ruiz".into()),
                is: None,
            },
        ]
    }

    fn file() -> String {
        let tables = all_kinds();
        let tables = tables.iter().map(|c| format!("\n{}", c.to_toml()));
        format!("{HEADER}{}", tables.collect::<String>())
    }

    #[test]
    fn what_is_written_is_read() {
        let read = read(&file());
        assert_eq!((read.corrections, read.problems), (all_kinds(), Vec::new()));
        assert_eq!(super::read(""), ParsedCorrections::default());
    }

    #[test]
    fn a_damaged_table_is_located_and_costs_no_other() {
        let text = file().replace("nobody = true", "nobody = perhaps");
        let read = read(&text);
        assert_eq!(read.corrections.len(), 4);
        let line = 1 + text
            .lines()
            .position(|line| line.contains("perhaps"))
            .unwrap();
        assert_eq!(
            read.problems.iter().map(|p| p.line).collect::<Vec<_>>(),
            [line]
        );
        let unknown = super::read("[[person]]\nname = \"A\"\nsi = \"B\"\n");
        assert!(unknown.problems[0].message.contains("`si`"), "{unknown:?}");
        assert_eq!(unknown.problems[0].line, 3);
        let neither = super::read("# mine\n[[person]]\nname = \"A\"\n");
        assert_eq!(neither.problems[0].line, 2);
    }

    #[test]
    fn taking_one_out_leaves_comments_and_damage() {
        let text =
            "# mine\n[[person]]\nname = \"A\"\nis = \"B\"\n# about C\n\n[[person]]\nname = 3\n";
        let left = without(text, &merge("A", "B")).unwrap();
        assert_eq!(left, "# mine\n# about C\n\n[[person]]\nname = 3\n");
        assert_eq!(without(text, &merge("A", "C")), None);
        let mut text = file();
        for correction in all_kinds().iter().rev() {
            text = without(&text, correction).unwrap();
        }
        assert_eq!(text.trim_end(), HEADER.trim_end());
    }
}
