//! Narrowing a query down with an index: which articles are worth a scan.
//!
//! The index knows the words of an article (see [`terms`](super::terms)), its date and its path. A [`Plan`] expresses
//! as much of a query as possible in these terms, so that every article that matches the query is among the
//! candidates. The [`QueryScan`](super::QueryScan) decides which candidates match, so an index never changes a
//! result.
//!
//! Only the letters and digits that the user typed get into the expression, between quotation marks.
//!
//! ```
//! use pullquote::search::{CaseMatching, Plan, Query, plan::PlanCandidates};
//!
//! let query = Query::parse("speaker:kirby \"war crimes\" -draft").value;
//! let plan = Plan::new(&query, CaseMatching::Smart);
//! let expected = "((speaker : \"kirby\" *) AND ({title text} : \"war crimes\")) NOT ({title text} : \"draft\")";
//! assert_eq!(plan.candidates, PlanCandidates::Matching(expected.to_owned()));
//! ```

use jiff::civil::Date;

use super::find::{CaseMatching, Edges, TextFinder};
use super::query::{Field, Query, QueryPart, Term};
use super::scan::{SearchedArticle, country, field_value, has_words, is_quoted};
use super::terms::{CharKind, country_word, cut, each_word, is_whole, kind};
use crate::text::fold::{Capitals, fold};

/// What an index can do for a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The articles that may match by their words.
    pub candidates: PlanCandidates,
    /// They were published on this day or later.
    pub from: Option<Date>,
    /// They were published before this day.
    pub until: Option<Date>,
    /// Their folded paths contain each of these.
    pub paths: Vec<String>,
    /// The clauses that must match.
    pub parts: Vec<IndexClause>,
    /// The clauses that must not match.
    pub excluded: Vec<IndexClause>,
    /// An expression for articles with the words in their title, if the query has only words.
    pub in_title: Option<String>,
    /// Whether every article that meets all of these matches the query, so that the articles need only be counted.
    pub is_exact: bool,
    /// Whether hits may be quotations or mentions rather than words.
    pub has_facts: bool,
}

/// A part of a query as a clause for the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexClause {
    /// The expression of FTS5.
    pub expression: String,
    /// The prefixes in it.
    pub prefixes: Vec<WordPrefix>,
    /// The expression without the prefixes, which excludes fewer articles; `None` if it would exclude none.
    pub without_prefixes: Option<String>,
    /// Its alternatives that are single words of the text.
    pub words: Vec<CountedWord>,
    /// Whether it has other alternatives.
    pub has_others: bool,
}

/// A word of the text whose occurrences an index can count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedWord {
    /// The word in the index.
    pub word: String,
    /// Whether longer words with this prefix count too.
    pub is_prefix: bool,
}

/// A prefix of words. The index collects the articles of all words with the prefix before it returns the first one,
/// which is slow when there are many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordPrefix {
    /// The column it is looked up in. For several columns this is `text`.
    column: &'static str,
    /// The folded prefix.
    value: String,
}

/// The articles that may match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanCandidates {
    /// No article.
    None,
    /// All articles, because the words of the query exclude none.
    All,
    /// Those that match this expression of FTS5 over the columns [`COLUMNS`](super::terms::COLUMNS).
    Matching(String),
}

/// Further words of a phrase would hardly exclude any more articles.
const MAX_WORDS: usize = 32;
/// Nor would further conditions or alternatives.
const MAX_PARTS: usize = 32;

impl Plan {
    /// Makes the plan for a query.
    #[must_use]
    pub fn new(query: &Query, case: CaseMatching) -> Self {
        let mut planner = Planner {
            case,
            columns: match query.zone {
                Some(_) => "text",
                None => "{title text}",
            },
            has_zone: query.zone.is_some(),
            plan: Self {
                candidates: PlanCandidates::All,
                from: None,
                until: None,
                paths: Vec::new(),
                parts: Vec::new(),
                excluded: Vec::new(),
                in_title: None,
                is_exact: query.groups.len() <= MAX_PARTS,
                has_facts: query.has_facts(),
            },
            titles: Vec::new(),
        };
        for group in query.groups.iter().take(MAX_PARTS) {
            planner.note_title(group);
            planner.group(group);
        }
        planner.finish()
    }

    /// The expression for all clauses. Prefixes for which `left_out` returns true are left to the scan. `None` if the
    /// expression would exclude no article.
    #[must_use]
    pub fn expression(&self, left_out: &dyn Fn(&WordPrefix) -> bool) -> Option<String> {
        let clause = |part: &IndexClause| {
            if part.prefixes.iter().any(left_out) {
                part.without_prefixes.clone()
            } else {
                Some(part.expression.clone())
            }
        };
        let required: Vec<String> = self.parts.iter().filter_map(clause).collect();
        // A weaker clause would exclude too many articles here, so it is used as it is or not at all.
        let excluded = self.excluded.iter();
        let excluded = excluded.filter(|part| !part.prefixes.iter().any(left_out));
        let excluded: Vec<String> = excluded.map(|part| part.expression.clone()).collect();
        if required.is_empty() {
            return None;
        }
        let expression = joined(&required, " AND ");
        Some(match excluded.as_slice() {
            [] => expression,
            excluded => format!("({expression}) NOT {}", group(excluded)),
        })
    }

    /// All prefixes in the plan.
    pub fn prefixes(&self) -> impl Iterator<Item = &WordPrefix> {
        let parts = self.parts.iter().chain(&self.excluded);
        parts.flat_map(|part| &part.prefixes)
    }

    /// The words whose occurrences add up to the hits of an article; `None` if an occurrence may count twice.
    #[must_use]
    pub fn counted(&self) -> Option<Vec<&CountedWord>> {
        let words: Vec<&CountedWord> = self.parts.iter().flat_map(|part| &part.words).collect();
        let stands_for = |one: &CountedWord, other: &CountedWord| {
            one.word == other.word || (one.is_prefix && other.word.starts_with(&one.word))
        };
        let is_apart = |(at, one): (usize, &&CountedWord)| {
            let others = words.iter().enumerate().filter(|(other, _)| *other != at);
            !others.into_iter().any(|(_, other)| stands_for(one, other))
        };
        words.iter().enumerate().all(is_apart).then_some(words)
    }
}

impl WordPrefix {
    /// Whether an article has a word with the prefix.
    #[must_use]
    pub fn is_in(&self, article: &SearchedArticle<'_>) -> bool {
        match self.column {
            "title" => {
                let title = fold(&article.document.meta.title, Capitals::Fold);
                has_words(&title, &self.value)
            }
            "speaker" => is_quoted(Field::Speaker, &self.value, article),
            "said" => is_quoted(Field::Said, &self.value, article),
            _ => has_words(article.folded.as_str(), &self.value),
        }
    }
}

struct Planner {
    case: CaseMatching,
    /// The columns in which words are looked up.
    columns: &'static str,
    has_zone: bool,
    plan: Plan,
    /// For each group of words, an expression for articles that have it in their title.
    titles: Vec<String>,
}

/// What the index can do for one part of a query.
enum PartFilter {
    /// No article matches.
    Nothing,
    /// Any article may match.
    Anything,
    /// Every article that matches the part matches the clause. If exact, the reverse is true as well.
    Words { clause: IndexClause, is_exact: bool },
}

impl Planner {
    fn group(&mut self, group: &[QueryPart]) {
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

    fn take(&mut self, filter: PartFilter, negated: bool) {
        match filter {
            PartFilter::Nothing if negated => {}
            PartFilter::Nothing => self.plan.candidates = PlanCandidates::None,
            PartFilter::Words {
                clause,
                is_exact: true,
            } if negated => self.plan.excluded.push(clause),
            PartFilter::Words { clause, is_exact } if !negated => {
                self.plan.parts.push(clause);
                self.plan.is_exact &= is_exact;
            }
            _ => self.plan.is_exact = false,
        }
    }

    /// One of several parts must match.
    fn alternatives(&mut self, group: &[QueryPart]) {
        let mut all = Vec::new();
        let mut all_exact = true;
        for part in group {
            match self.filter(&part.term) {
                PartFilter::Nothing if !part.negated => {}
                PartFilter::Words { clause, is_exact } if !part.negated => {
                    all_exact &= is_exact;
                    all.push(clause);
                }
                // A part that any article may match excludes nothing.
                _ => return self.take(PartFilter::Anything, false),
            }
        }
        if all.len() > MAX_PARTS {
            return self.take(PartFilter::Anything, false);
        }
        let filter = if all.is_empty() {
            PartFilter::Nothing
        } else {
            PartFilter::Words {
                clause: IndexClause::one_of(all),
                is_exact: all_exact,
            }
        };
        self.take(filter, false);
    }

    fn filter(&self, term: &Term) -> PartFilter {
        match term {
            Term::Phrase(words) => self.words(words, Edges::Both),
            Term::Prefix(begin) => self.words(begin, Edges::Start),
            // An invalid pattern is searched as words.
            Term::Pattern(pattern) => match TextFinder::pattern(pattern, self.case) {
                Ok(_) => PartFilter::Anything,
                Err(_) => self.words(pattern, Edges::Both),
            },
            Term::Field(Field::Country, name) => match country(name) {
                Some(code) => PartFilter::Words {
                    clause: IndexClause::without_prefixes(format!(
                        "country : \"{}\"",
                        country_word(code)
                    )),
                    is_exact: true,
                },
                None => PartFilter::Nothing,
            },
            Term::Field(Field::Speaker, name) => field("speaker", name),
            Term::Field(Field::Said, verb) => field("said", verb),
            Term::Field(Field::Title, words) => field("title", words),
            Term::Field(Field::Path, _) | Term::Before(_) | Term::After(_) => PartFilter::Anything,
        }
    }

    fn words(&self, typed: &str, edges: Edges) -> PartFilter {
        let has_case = self.case.is_exact(typed);
        match matching(self.columns, &fold(typed, Capitals::Fold), edges) {
            PartFilter::Words { clause, is_exact } => PartFilter::Words {
                clause,
                is_exact: is_exact && !has_case && !self.has_zone,
            },
            filter => filter,
        }
    }

    fn finish(mut self) -> Plan {
        if !self.titles.is_empty() && !self.has_zone {
            self.plan.in_title = Some(joined(&self.titles, " AND "));
        }
        match self.plan.expression(&|_| false) {
            Some(expression) if self.plan.candidates != PlanCandidates::None => {
                self.plan.candidates = PlanCandidates::Matching(expression);
            }
            Some(_) => {}
            // Without a clause that must match, the excluded ones are not used.
            None => self.plan.is_exact &= self.plan.excluded.is_empty(),
        }
        self.plan
    }

    /// Adds an expression for articles that have the words of a group in their title.
    fn note_title(&mut self, group: &[QueryPart]) {
        let in_title = |part: &QueryPart| {
            let (words, edges) = match &part.term {
                Term::Phrase(words) => (words, Edges::Both),
                Term::Prefix(words) => (words, Edges::Start),
                _ => return None,
            };
            match matching("title", &fold(words, Capitals::Fold), edges) {
                PartFilter::Words { clause, .. } if !part.negated => Some(clause.expression),
                _ => None,
            }
        };
        let titles: Vec<String> = group.iter().filter_map(in_title).take(MAX_PARTS).collect();
        if !titles.is_empty() {
            self.titles.push(titles.join(" OR "));
        }
    }
}

impl IndexClause {
    /// A clause without prefixes.
    fn without_prefixes(expression: String) -> Self {
        Self {
            without_prefixes: Some(expression.clone()),
            expression,
            prefixes: Vec::new(),
            words: Vec::new(),
            has_others: true,
        }
    }

    /// A clause that matches if one of several does.
    fn one_of(all: Vec<Self>) -> Self {
        let either = |expressions: Vec<String>| expressions.join(" OR ");
        Self {
            expression: either(all.iter().map(|one| one.expression.clone()).collect()),
            without_prefixes: all
                .iter()
                .map(|one| one.without_prefixes.clone())
                .collect::<Option<Vec<_>>>()
                .map(either),
            has_others: all.iter().any(|one| one.has_others),
            prefixes: all.iter().flat_map(|one| one.prefixes.clone()).collect(),
            words: all.into_iter().flat_map(|one| one.words).collect(),
        }
    }
}

impl Plan {
    /// Whether a [folded path](folded_path) contains all required parts.
    #[must_use]
    pub fn has_path(&self, path: &str) -> bool {
        self.paths.iter().all(|part| path.contains(part.as_str()))
    }
}

/// A displayed path in the form in which searches compare it.
#[must_use]
pub fn folded_path(path: &str) -> String {
    fold(path, Capitals::Fold)
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

/// The clause for a field with a word that begins with the value.
fn field(column: &'static str, value: &str) -> PartFilter {
    let value = field_value(value);
    if value.is_empty() {
        PartFilter::Nothing
    } else {
        matching(column, &value, Edges::Start)
    }
}

/// The clause for articles that have these words in sequence.
///
/// The clause is exact for a single word. The index does not know what is between several words.
fn matching(columns: &'static str, folded: &str, edges: Edges) -> PartFilter {
    let mut words = each_word(folded);
    let kept: Vec<&str> = words.by_ref().take(MAX_WORDS).collect();
    let Some(&last) = kept.last() else {
        return PartFilter::Anything;
    };
    let is_prefix = edges == Edges::Start
        && words.next().is_none()
        && folded.chars().next_back().map(kind) == Some(CharKind::Letter);
    let is_exact = matches!(kept.as_slice(), [one] if *one == folded && is_whole(one));
    let row: Vec<&str> = kept.iter().map(|word| cut(word)).collect();
    let phrase = |row: &[&str], star: &str| format!("{columns} : \"{}\"{star}", row.join(" "));
    let before = &row[..row.len() - 1];
    let is_of_text = columns.contains("text");
    let word = CountedWord {
        word: last.to_owned(),
        is_prefix,
    };
    let clause = if is_prefix {
        IndexClause {
            expression: phrase(&row, " *"),
            without_prefixes: (!before.is_empty()).then(|| phrase(before, "")),
            prefixes: vec![WordPrefix {
                column: if is_of_text { "text" } else { columns },
                value: last.to_owned(),
            }],
            words: Vec::new(),
            has_others: true,
        }
    } else {
        IndexClause::without_prefixes(phrase(&row, ""))
    };
    let clause = if is_exact && is_of_text {
        IndexClause {
            words: vec![word],
            has_others: false,
            ..clause
        }
    } else {
        clause
    };
    PartFilter::Words { clause, is_exact }
}

#[cfg(test)]
mod tests;
