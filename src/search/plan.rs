//! A query as a question to an index: which articles are worth a scan.
//!
//! The index knows which words an article has (see [`terms`](super::terms)), when it was published and where it
//! lies. A [`Plan`] says as much of a query as can be said in those, so that every article for which the
//! query holds is among its candidates. Which of them it holds for, and where, is for the
//! [`Scan`](super::Scan) to say; so an index never changes an answer.
//!
//! Nothing that a reader typed gets into the expression but letters and digits between quotation marks.
//!
//! ```
//! use pullquote::search::{Case, Plan, Query, plan::Candidates};
//!
//! let query = Query::parse("speaker:kirby \"war crimes\" -draft").value;
//! let plan = Plan::new(&query, Case::Smart);
//! let expected = "((speaker : \"kirby\" *) AND ({title text} : \"war crimes\")) NOT ({title text} : \"draft\")";
//! assert_eq!(plan.candidates, Candidates::Matching(expected.to_owned()));
//! ```

use jiff::civil::Date;

use super::find::{Case, Edges, Finder};
use super::query::{Field, Part, Query, Term};
use super::scan::{country, field_value};
use super::terms::{Kind, country_word, cut, each_word, kind};
use crate::text::fold::{Capitals, fold};

/// What an index can say about a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Which articles their words speak for.
    pub candidates: Candidates,
    /// They were published on that day or later.
    pub from: Option<Date>,
    /// They were published before that day.
    pub until: Option<Date>,
    /// Their paths, folded, contain each of these.
    pub paths: Vec<String>,
    /// The expressions for the parts of the query that must all hold: how well an article answers each can be
    /// told one by one.
    pub parts: Vec<String>,
    /// For queries of words only: the expression that they stand in the title.
    pub in_title: Option<String>,
    /// Whether a part of it is the beginning of a word, which an index answers slowly when many begin so.
    pub has_prefix: bool,
    /// Whether the query holds for every article that meets all of these, so that they need only be counted.
    pub is_exact: bool,
}

/// The articles that come into question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidates {
    /// None.
    None,
    /// All, because the words of the query leave none out.
    All,
    /// Those for which this expression of FTS5 holds, over the columns [`COLUMNS`](super::terms::COLUMNS).
    Matching(String),
}

/// More words than these narrow nothing down any more.
const MAX_WORDS: usize = 32;
/// Nor do more conditions or alternatives.
const MAX_PARTS: usize = 32;

/// A word that is begun with fewer letters is no help.
const MIN_BEGIN: usize = 3;
/// And with so many no help beside others.
const SHORT_BEGIN: usize = 3;

impl Plan {
    /// The plan for a query.
    #[must_use]
    pub fn new(query: &Query, case: Case) -> Self {
        let mut planner = Planner {
            case,
            columns: match query.zone {
                Some(_) => "text",
                None => "{title text}",
            },
            has_zone: query.zone.is_some(),
            plan: Self {
                candidates: Candidates::All,
                from: None,
                until: None,
                paths: Vec::new(),
                parts: Vec::new(),
                in_title: None,
                has_prefix: false,
                is_exact: query.groups.len() <= MAX_PARTS,
            },
            required: Vec::new(),
            titles: Vec::new(),
            excluded: Vec::new(),
        };
        for group in query.groups.iter().take(MAX_PARTS) {
            planner.note_title(group);
            planner.group(group);
        }
        planner.finish()
    }
}

struct Planner {
    case: Case,
    /// Where words are looked for.
    columns: &'static str,
    has_zone: bool,
    plan: Plan,
    /// Expressions that must hold.
    required: Vec<Required>,
    /// Expressions that hold when words stand in the title.
    titles: Vec<String>,
    /// Expressions that must not.
    excluded: Vec<String>,
}

/// What the index can say about one part of a query.
enum Filter {
    /// Nothing has it.
    Nothing,
    /// Anything may have it.
    Anything,
    /// What has it matches this; and, when exact, what matches has it.
    Words {
        expression: String,
        is_exact: bool,
        begins: Begins,
    },
}

/// An expression that must hold.
struct Required {
    expression: String,
    begins: Begins,
}

/// Whether an expression asks for the beginning of a word. The index puts the articles of all words that
/// begin so together first, so that a short beginning takes long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Begins {
    No,
    Long,
    Short,
}

impl Planner {
    fn group(&mut self, group: &[Part]) {
        let [part] = group else {
            return self.alternatives(group);
        };
        match &part.term {
            Term::After(day) if !part.negated => {
                self.plan.from = Some(self.plan.from.map_or(*day, |from| from.max(*day)));
            }
            Term::Before(day) if !part.negated => {
                self.plan.until = Some(self.plan.until.map_or(*day, |until| until.min(*day)));
            }
            Term::Field(Field::Path, path) if !part.negated => {
                self.plan.paths.push(field_value(path));
            }
            term => {
                let filter = self.filter(term);
                self.take(filter, part.negated);
            }
        }
    }

    fn take(&mut self, filter: Filter, negated: bool) {
        match filter {
            Filter::Nothing if negated => {}
            Filter::Nothing => self.plan.candidates = Candidates::None,
            Filter::Words {
                expression,
                is_exact: true,
                ..
            } if negated => self.excluded.push(expression),
            Filter::Words {
                expression,
                is_exact,
                begins,
            } if !negated => {
                self.required.push(Required { expression, begins });
                self.plan.is_exact &= is_exact;
            }
            _ => self.plan.is_exact = false,
        }
    }

    /// One of several parts must hold.
    fn alternatives(&mut self, group: &[Part]) {
        let mut expressions = Vec::new();
        let mut all_exact = true;
        let mut begins = Begins::No;
        for part in group {
            match self.filter(&part.term) {
                Filter::Nothing if !part.negated => {}
                Filter::Words {
                    expression,
                    is_exact,
                    begins: how,
                } if !part.negated => {
                    all_exact &= is_exact;
                    begins = begins.max(how);
                    expressions.push(expression);
                }
                // What may hold anywhere leaves nothing out.
                _ => return self.take(Filter::Anything, false),
            }
        }
        if expressions.len() > MAX_PARTS {
            return self.take(Filter::Anything, false);
        }
        let filter = if expressions.is_empty() {
            Filter::Nothing
        } else {
            Filter::Words {
                expression: expressions.join(" OR "),
                is_exact: all_exact,
                begins,
            }
        };
        self.take(filter, false);
    }

    fn filter(&self, term: &Term) -> Filter {
        match term {
            Term::Phrase(words) => self.words(words, Edges::Both),
            Term::Prefix(begin) => self.words(begin, Edges::Start),
            // A pattern that is none is searched as words.
            Term::Pattern(pattern) => match Finder::pattern(pattern, self.case) {
                Ok(_) => Filter::Anything,
                Err(_) => self.words(pattern, Edges::Both),
            },
            Term::Field(Field::Country, name) => match country(name) {
                Some(code) => Filter::Words {
                    expression: format!("country : \"{}\"", country_word(code)),
                    is_exact: true,
                    begins: Begins::No,
                },
                None => Filter::Nothing,
            },
            Term::Field(Field::Speaker, name) => field("speaker", name),
            Term::Field(Field::Said, verb) => field("said", verb),
            Term::Field(Field::Title, words) => field("title", words),
            Term::Field(Field::Path, _) | Term::Before(_) | Term::After(_) => Filter::Anything,
        }
    }

    fn words(&self, typed: &str, edges: Edges) -> Filter {
        let has_case = self.case.is_exact(typed);
        match matching(self.columns, &fold(typed, Capitals::Fold), edges) {
            // So many words begin with two letters that one might as well look at all articles.
            Filter::Words { begins, .. }
                if begins == Begins::Short && letters(typed) < MIN_BEGIN =>
            {
                Filter::Anything
            }
            Filter::Words {
                expression,
                is_exact,
                begins,
            } => Filter::Words {
                expression,
                is_exact: is_exact && !has_case && !self.has_zone,
                begins,
            },
            filter => filter,
        }
    }

    fn finish(mut self) -> Plan {
        self.drop_short_beginnings();
        self.plan.has_prefix = self.required.iter().any(|part| part.begins != Begins::No);
        self.plan.parts = self
            .required
            .into_iter()
            .map(|part| part.expression)
            .collect();
        if !self.titles.is_empty() && !self.has_zone {
            self.plan.in_title = Some(joined(&self.titles, " AND "));
        }
        if self.plan.candidates != Candidates::None && !self.plan.parts.is_empty() {
            let mut expression = joined(&self.plan.parts, " AND ");
            if !self.excluded.is_empty() {
                expression = format!("({expression}) NOT {}", group(&self.excluded));
            }
            self.plan.candidates = Candidates::Matching(expression);
        } else {
            // Without something to take away from, nothing is taken away.
            self.plan.is_exact &= self.excluded.is_empty();
        }
        self.plan
    }
}

impl Planner {
    /// Beside other words a short beginning costs more than it leaves out.
    fn drop_short_beginnings(&mut self) {
        let is_short = |part: &Required| part.begins == Begins::Short;
        let n_short = self.required.iter().filter(|part| is_short(part)).count();
        if n_short > 0 && n_short < self.required.len() {
            self.required.retain(|part| !is_short(part));
            self.plan.is_exact = false;
        }
    }

    /// Notes what must be so for the words of a group to stand in the title.
    fn note_title(&mut self, group: &[Part]) {
        let in_title = |part: &Part| {
            let (words, edges) = match &part.term {
                Term::Phrase(words) => (words, Edges::Both),
                Term::Prefix(words) => (words, Edges::Start),
                _ => return None,
            };
            match matching("title", &fold(words, Capitals::Fold), edges) {
                Filter::Words { expression, .. } if !part.negated => Some(expression),
                _ => None,
            }
        };
        let titles: Vec<String> = group.iter().filter_map(in_title).take(MAX_PARTS).collect();
        if !titles.is_empty() {
            self.titles.push(titles.join(" OR "));
        }
    }
}

impl Plan {
    /// Whether a path, as it is shown, has all that is asked of it.
    #[must_use]
    pub fn has_path(&self, path: &str) -> bool {
        let path = fold(path, Capitals::Fold);
        self.paths.iter().all(|part| path.contains(part.as_str()))
    }
}

fn letters(typed: &str) -> usize {
    typed.chars().count()
}

fn joined(expressions: &[String], operator: &str) -> String {
    let each: Vec<String> = expressions
        .iter()
        .map(|expression| format!("({expression})"))
        .collect();
    each.join(operator)
}

fn group(expressions: &[String]) -> String {
    match expressions {
        [one] => format!("({one})"),
        many => format!("({})", joined(many, " OR ")),
    }
}

/// A field in which words begin with the value.
fn field(column: &str, value: &str) -> Filter {
    let value = field_value(value);
    if value.is_empty() {
        Filter::Nothing
    } else {
        matching(column, &value, Edges::Start)
    }
}

/// The articles that have these words, one after the other.
///
/// With one word the index says all there is to say; of several it does not know what stands between them.
fn matching(columns: &str, folded: &str, edges: Edges) -> Filter {
    let mut words = each_word(folded);
    let kept: Vec<&str> = words.by_ref().take(MAX_WORDS).collect();
    if kept.is_empty() {
        return Filter::Anything;
    }
    let is_whole = words.next().is_none();
    let is_begun = edges == Edges::Start
        && is_whole
        && folded.chars().next_back().map(kind) == Some(Kind::Letter);
    let is_exact = matches!(kept.as_slice(), [one] if *one == folded && cut(one) == *one);
    let mut row: Vec<&str> = kept.into_iter().map(cut).collect();
    let mut begins = match row.last() {
        _ if !is_begun => Begins::No,
        Some(last) if letters(last) <= SHORT_BEGIN => Begins::Short,
        _ => Begins::Long,
    };
    // After other words a short beginning costs more than it leaves out.
    if begins == Begins::Short && row.len() > 1 {
        row.pop();
        begins = Begins::No;
    }
    let star = if begins == Begins::No { "" } else { " *" };
    Filter::Words {
        expression: format!("{columns} : \"{}\"{star}", row.join(" ")),
        is_exact,
        begins,
    }
}

#[cfg(test)]
mod tests;
