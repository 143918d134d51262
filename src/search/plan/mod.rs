//! A query as a question to an index: which articles are worth a scan.
//!
//! The index knows which words an article has (see [`terms`](super::terms)), when it was published and where it
//! lies. A [`Plan`] says as much of a query as can be said in those, so that every article for which the
//! query holds is among its candidates. Which of them it holds for, and where, is for the
//! [`QueryScan`](super::QueryScan) to say; so an index never changes an answer.
//!
//! Nothing that a reader typed gets into the expression but letters and digits between quotation marks.
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

/// What an index can say about a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Which articles their words speak for.
    pub candidates: PlanCandidates,
    /// They were published on that day or later.
    pub from: Option<Date>,
    /// They were published before that day.
    pub until: Option<Date>,
    /// Their paths, folded, contain each of these.
    pub paths: Vec<String>,
    /// What must hold, part by part.
    pub parts: Vec<IndexClause>,
    /// What must not hold.
    pub excluded: Vec<IndexClause>,
    /// For queries of words only: the expression that they stand in the title.
    pub in_title: Option<String>,
    /// Whether the query holds for every article that meets all of these, so that they need only be counted.
    pub is_exact: bool,
    /// Whether hits may be something else than words: quotations or mentions.
    pub has_facts: bool,
}

/// A part of a query as it is asked of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexClause {
    /// The expression of FTS5.
    pub expression: String,
    /// The beginnings of words in it.
    pub begun: Vec<WordPrefix>,
    /// The expression without them, which leaves out less; nothing when that leaves nothing out.
    pub whole: Option<String>,
    /// The words of text that are its alternatives, of which each stands for itself.
    pub words: Vec<CountedWord>,
    /// Whether it has other alternatives.
    pub has_others: bool,
}

/// A word of the text whose hits an index can count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedWord {
    /// As it stands in the index.
    pub word: String,
    /// Whether longer words that begin so count too.
    pub is_prefix: bool,
}

/// The beginning of a word. An index gathers the articles of all words that begin so before it answers, which
/// takes long when these are many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordPrefix {
    /// The column in which it is looked for, or that of the text.
    column: &'static str,
    /// What was typed, folded.
    value: String,
}

/// The articles that come into question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanCandidates {
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

impl Plan {
    /// The plan for a query.
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

    /// The expression for what must hold and what must not, in which the beginnings that are `left_out` are left
    /// to the scan; nothing when that leaves no article out.
    #[must_use]
    pub fn expression(&self, left_out: &dyn Fn(&WordPrefix) -> bool) -> Option<String> {
        let asked = |part: &IndexClause| {
            if part.begun.iter().any(left_out) {
                part.whole.clone()
            } else {
                Some(part.expression.clone())
            }
        };
        let required: Vec<String> = self.parts.iter().filter_map(asked).collect();
        // Less is left out when less is taken away, so that what is taken away is asked as it is or not at all.
        let excluded = self.excluded.iter();
        let excluded = excluded.filter(|part| !part.begun.iter().any(left_out));
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

    /// The beginnings of words in it.
    pub fn begun(&self) -> impl Iterator<Item = &WordPrefix> {
        let parts = self.parts.iter().chain(&self.excluded);
        parts.flat_map(|part| &part.begun)
    }

    /// The words whose hits make up those of an article, when each hit is one of one of them.
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
    /// Whether an article has such a word.
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
    /// Where words are looked for.
    columns: &'static str,
    has_zone: bool,
    plan: Plan,
    /// Expressions that hold when words stand in the title.
    titles: Vec<String>,
}

/// What the index can say about one part of a query.
enum PartFilter {
    /// Nothing has it.
    Nothing,
    /// Anything may have it.
    Anything,
    /// What has it matches this; and, when exact, what matches has it.
    Words { asked: IndexClause, is_exact: bool },
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
                asked,
                is_exact: true,
            } if negated => self.plan.excluded.push(asked),
            PartFilter::Words { asked, is_exact } if !negated => {
                self.plan.parts.push(asked);
                self.plan.is_exact &= is_exact;
            }
            _ => self.plan.is_exact = false,
        }
    }

    /// One of several parts must hold.
    fn alternatives(&mut self, group: &[QueryPart]) {
        let mut all = Vec::new();
        let mut all_exact = true;
        for part in group {
            match self.filter(&part.term) {
                PartFilter::Nothing if !part.negated => {}
                PartFilter::Words { asked, is_exact } if !part.negated => {
                    all_exact &= is_exact;
                    all.push(asked);
                }
                // What may hold anywhere leaves nothing out.
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
                asked: IndexClause::one_of(all),
                is_exact: all_exact,
            }
        };
        self.take(filter, false);
    }

    fn filter(&self, term: &Term) -> PartFilter {
        match term {
            Term::Phrase(words) => self.words(words, Edges::Both),
            Term::Prefix(begin) => self.words(begin, Edges::Start),
            // A pattern that is none is searched as words.
            Term::Pattern(pattern) => match TextFinder::pattern(pattern, self.case) {
                Ok(_) => PartFilter::Anything,
                Err(_) => self.words(pattern, Edges::Both),
            },
            Term::Field(Field::Country, name) => match country(name) {
                Some(code) => PartFilter::Words {
                    asked: IndexClause::whole(format!("country : \"{}\"", country_word(code))),
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
            PartFilter::Words { asked, is_exact } => PartFilter::Words {
                asked,
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
            // Without something to take away from, nothing is taken away.
            None => self.plan.is_exact &= self.plan.excluded.is_empty(),
        }
        self.plan
    }

    /// Notes what must be so for the words of a group to stand in the title.
    fn note_title(&mut self, group: &[QueryPart]) {
        let in_title = |part: &QueryPart| {
            let (words, edges) = match &part.term {
                Term::Phrase(words) => (words, Edges::Both),
                Term::Prefix(words) => (words, Edges::Start),
                _ => return None,
            };
            match matching("title", &fold(words, Capitals::Fold), edges) {
                PartFilter::Words { asked, .. } if !part.negated => Some(asked.expression),
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
    /// An expression without beginnings of words.
    fn whole(expression: String) -> Self {
        Self {
            whole: Some(expression.clone()),
            expression,
            begun: Vec::new(),
            words: Vec::new(),
            has_others: true,
        }
    }

    /// What holds when one of several does.
    fn one_of(all: Vec<Self>) -> Self {
        let either = |expressions: Vec<String>| expressions.join(" OR ");
        Self {
            expression: either(all.iter().map(|one| one.expression.clone()).collect()),
            whole: all
                .iter()
                .map(|one| one.whole.clone())
                .collect::<Option<Vec<_>>>()
                .map(either),
            has_others: all.iter().any(|one| one.has_others),
            begun: all.iter().flat_map(|one| one.begun.clone()).collect(),
            words: all.into_iter().flat_map(|one| one.words).collect(),
        }
    }
}

impl Plan {
    /// Whether a [folded path](folded_path) has all that is asked of it.
    #[must_use]
    pub fn has_path(&self, path: &str) -> bool {
        self.paths.iter().all(|part| path.contains(part.as_str()))
    }
}

/// A path, as it is shown, as searches compare it.
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

/// A field in which words begin with the value.
fn field(column: &'static str, value: &str) -> PartFilter {
    let value = field_value(value);
    if value.is_empty() {
        PartFilter::Nothing
    } else {
        matching(column, &value, Edges::Start)
    }
}

/// The articles that have these words, one after the other.
///
/// With one word the index says all there is to say; of several it does not know what stands between them.
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
    let before = row.split_last().map_or(&[][..], |(_, before)| before);
    let is_of_text = columns.contains("text");
    let word = CountedWord {
        word: last.to_owned(),
        is_prefix,
    };
    let asked = if is_prefix {
        IndexClause {
            expression: phrase(&row, " *"),
            whole: (!before.is_empty()).then(|| phrase(before, "")),
            begun: vec![WordPrefix {
                column: if is_of_text { "text" } else { columns },
                value: last.to_owned(),
            }],
            words: Vec::new(),
            has_others: true,
        }
    } else {
        IndexClause::whole(phrase(&row, ""))
    };
    let asked = if is_exact && is_of_text {
        IndexClause {
            words: vec![word],
            has_others: false,
            ..asked
        }
    } else {
        asked
    };
    PartFilter::Words { asked, is_exact }
}

#[cfg(test)]
mod tests;
