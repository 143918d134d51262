//! Matching a query against one article.
//!
//! A [`QueryScan`] is a compiled query. [`QueryScan::hits`] takes time linear in the length of the text.

use jiff::civil::Date;

use super::find::{CaseMatching, Edges, TextFinder};
use super::query::{Field, Query, QueryPart, Term, Zone};
use super::terms::is_edge;
use crate::analysis::{Analysis, Quotation};
use crate::document::{Document, Warned, Warning};
use crate::lexicon::gazetteer::{self, CountryCode};
use crate::text::Span;
use crate::text::fold::{Capitals, Folded, fold};

/// An article as a search sees it.
#[derive(Debug, Clone, Copy)]
pub struct SearchedArticle<'a> {
    /// Its path in the folder.
    pub path: &'a str,
    /// Its text and metadata.
    pub document: &'a Document,
    /// The folded text, which callers keep for the next search.
    pub folded: &'a Folded,
    /// Its analysis. Without it no condition about speakers or countries matches.
    pub analysis: Option<&'a Analysis>,
}

/// A compiled query that can be matched against any number of articles.
#[derive(Debug, Clone)]
pub struct QueryScan {
    groups: Vec<Vec<Test>>,
    zone: Option<Zone>,
    /// The folded name in `speaker:`, which also narrows `in:quote`.
    speaker: Option<String>,
}

#[derive(Debug, Clone)]
struct Test {
    negated: bool,
    condition: Condition,
}

#[derive(Debug, Clone)]
enum Condition {
    Words(Box<TextFinder>),
    Field(Field, String),
    /// `None` if no country has that name.
    Country(Option<CountryCode>),
    Before(Date),
    After(Date),
}

impl QueryScan {
    /// Compiles a query. An invalid pattern is searched as words, with a warning.
    #[must_use]
    pub fn new(query: &Query, case: CaseMatching) -> Warned<Self> {
        let mut warnings = Vec::new();
        let mut test = |part: &QueryPart| Test {
            negated: part.negated,
            condition: condition(&part.term, case, &mut warnings),
        };
        let groups: Vec<Vec<Test>> = query
            .groups
            .iter()
            .map(|group| group.iter().map(&mut test).collect())
            .collect();
        let speaker = groups.iter().find_map(|group| match group.as_slice() {
            [
                Test {
                    negated: false,
                    condition: Condition::Field(Field::Speaker, name),
                },
            ] => Some(name.clone()),
            _ => None,
        });
        Warned {
            value: Self {
                groups,
                zone: query.zone,
                speaker,
            },
            warnings,
        }
    }

    /// The hits in an article, in order; `None` if the query does not match.
    ///
    /// Hits are the words of the query or, if it has none, the quotations and mentions it asks for. An article that
    /// matches only by its path, title or date has one empty hit at its start.
    #[must_use]
    pub fn hits(&self, article: &SearchedArticle<'_>) -> Option<Vec<Span>> {
        let mut words = Vec::new();
        let mut facts = Vec::new();
        for group in &self.groups {
            let mut holds = false;
            for test in group {
                let found = self.spans(test, article);
                holds |= found.is_some() != test.negated;
                match (&test.condition, found) {
                    (_, None) => {}
                    _ if test.negated => {}
                    (Condition::Words(_), Some(spans)) => words.extend(spans),
                    (_, Some(spans)) => facts.extend(spans),
                }
            }
            if !holds {
                return None;
            }
        }
        let mut hits = if words.is_empty() { facts } else { words };
        hits.sort_unstable();
        hits.dedup();
        if hits.is_empty() {
            hits.push(Span::default());
        }
        Some(hits)
    }

    /// Everything to highlight in an article, whether or not the whole query matches.
    #[must_use]
    pub fn marks(&self, article: &SearchedArticle<'_>) -> Vec<Span> {
        let (mut words, mut facts) = (Vec::new(), Vec::new());
        for test in self.groups.iter().flatten().filter(|test| !test.negated) {
            let marks = match &test.condition {
                Condition::Words(_) => &mut words,
                _ => &mut facts,
            };
            marks.extend(self.spans(test, article).unwrap_or_default());
        }
        let mut marks = if words.is_empty() { facts } else { words };
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    /// Where a condition matches: `None` if it does not, no spans if the match has no position in the text.
    fn spans(&self, test: &Test, article: &SearchedArticle<'_>) -> Option<Vec<Span>> {
        let published = article
            .document
            .meta
            .published
            .map(|published| published.when.date());
        match &test.condition {
            Condition::Words(finder) => self.words(finder, article),
            Condition::Field(Field::Path, part) => {
                holds(fold(article.path, Capitals::Fold).contains(part.as_str()))
            }
            Condition::Field(Field::Title, words) => {
                let title = fold(&article.document.meta.title, Capitals::Fold);
                holds(has_words(&title, words))
            }
            Condition::Field(field, value) => some(quoted(*field, value, article)),
            Condition::Country(code) => some(mentions(*code, article)),
            Condition::Before(day) => holds(published.is_some_and(|published| published < *day)),
            Condition::After(day) => holds(published.is_some_and(|published| published >= *day)),
        }
    }

    /// Where words are. A title that is not part of the text also counts, but has no position.
    fn words(&self, finder: &TextFinder, article: &SearchedArticle<'_>) -> Option<Vec<Span>> {
        let mut found = finder.find_all(&article.document.text, article.folded);
        let Some(zone) = self.zone else {
            let title = &article.document.meta.title;
            let is_in_title = || !finder.find_all(title, &Folded::new(title, &[])).is_empty();
            return some(found).or_else(|| holds(is_in_title()));
        };
        let quotations = self.zone_spans(article);
        let is_quoted = |span: &Span| {
            let n_before = quotations.partition_point(|quoted| quoted.start <= span.start);
            match quotations[..n_before].last() {
                Some(quoted) => quoted.covers(*span),
                None => false,
            }
        };
        found.retain(|span| is_quoted(span) == (zone == Zone::Quotation));
        some(found)
    }

    /// The quotations that count for `in:`. If the query names a speaker, only that speaker's count for `in:quote`.
    fn zone_spans(&self, article: &SearchedArticle<'_>) -> Vec<Span> {
        let speaker = self
            .speaker
            .as_deref()
            .filter(|_| self.zone == Some(Zone::Quotation));
        let quotations = article.analysis.iter();
        quotations
            .flat_map(|analysis| analysis.quotations.iter())
            .filter(|quotation| speaker.is_none_or(|name| is_said_by(quotation, name, article)))
            .map(|quotation| quotation.span)
            .collect()
    }
}

fn some(spans: Vec<Span>) -> Option<Vec<Span>> {
    (!spans.is_empty()).then_some(spans)
}

fn holds(condition: bool) -> Option<Vec<Span>> {
    condition.then(Vec::new)
}

fn condition(term: &Term, case: CaseMatching, warnings: &mut Vec<Warning>) -> Condition {
    let finder = |finder| Condition::Words(Box::new(finder));
    match term {
        Term::Phrase(words) => finder(TextFinder::words(words, case, Edges::Both)),
        Term::Prefix(begin) => finder(TextFinder::words(begin, case, Edges::Start)),
        Term::Pattern(pattern) => match TextFinder::pattern(pattern, case) {
            Ok(pattern) => finder(pattern),
            Err(message) => {
                warnings.push(Warning {
                    span: None,
                    message,
                });
                finder(TextFinder::words(pattern, case, Edges::Both))
            }
        },
        Term::Field(Field::Country, name) => Condition::Country(country(name)),
        Term::Field(field, value) => Condition::Field(*field, field_value(value)),
        Term::Before(day) => Condition::Before(*day),
        Term::After(day) => Condition::After(*day),
    }
}

/// The country in the value of `country:`.
pub(super) fn country(name: &str) -> Option<CountryCode> {
    gazetteer::find(name).map(|country| country.code)
}

/// The value of a field in the form in which it is compared.
pub(super) fn field_value(value: &str) -> String {
    fold(value.trim(), Capitals::Fold)
}

/// All mentions of a country.
fn mentions(asked: Option<CountryCode>, article: &SearchedArticle<'_>) -> Vec<Span> {
    let analyses = article.analysis.iter();
    analyses
        .flat_map(|analysis| analysis.countries.iter())
        .filter(|mention| Some(mention.country) == asked)
        .map(|mention| mention.span)
        .collect()
}

/// All quotations of a speaker, or with a reporting verb.
fn quoted(field: Field, value: &str, article: &SearchedArticle<'_>) -> Vec<Span> {
    let Some(analysis) = article.analysis else {
        return Vec::new();
    };
    let holds = |quotation: &&Quotation| match field {
        Field::Speaker => is_said_by(quotation, value, article),
        _ => is_said_with(quotation, value, &article.document.text),
    };
    analysis
        .quotations
        .iter()
        .filter(holds)
        .map(|quotation| quotation.span)
        .collect()
}

/// Whether a word in a name of the speaker begins with `name`, which is folded.
fn is_said_by(quotation: &Quotation, name: &str, article: &SearchedArticle<'_>) -> bool {
    let speaker = article
        .analysis
        .and_then(|analysis| analysis.speaker_of(quotation));
    speaker.is_some_and(|speaker| {
        let mut names = std::iter::once(&speaker.name).chain(&speaker.aliases);
        names.any(|known| has_words(&fold(known, Capitals::Fold), name))
    })
}

fn is_said_with(quotation: &Quotation, verb: &str, text: &str) -> bool {
    let cue = quotation
        .attribution
        .as_ref()
        .and_then(|attribution| attribution.cue.get());
    cue.is_some_and(|cue| has_words(&fold(cue.of(text), Capitals::Fold), verb))
}

/// Whether the article has a quotation whose speaker or verb has a word that begins with the folded value.
pub(super) fn is_quoted(field: Field, value: &str, article: &SearchedArticle<'_>) -> bool {
    !quoted(field, value, article).is_empty()
}

/// Whether `text` has `words` at the beginning of a word.
pub(super) fn has_words(text: &str, words: &str) -> bool {
    !words.is_empty()
        && text
            .match_indices(words)
            .any(|(start, _)| is_edge(text, start))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::{
        Attribution, CountryCode, CountryForm, CountryMention, QuotationKind, RuleId, Speaker,
        SpeakerId, SpeakerKind,
    };
    use crate::document::{DateOrigin, Published};

    const TEXT: &str = "Harbor talks\n\n“We warned of war,” said Ana Ruiz. She courted Peru; the\nPeruvian court said “no war crimes” there.";

    fn span(part: &str) -> Span {
        let start = TEXT.find(part).unwrap();
        Span::from_usize(start, start + part.len())
    }

    fn analysis() -> Analysis {
        let quotation = |part, cue: &str, speaker| Quotation {
            span: span(part),
            kind: QuotationKind::Direct,
            attribution: Some(Attribution {
                speaker: SpeakerId(speaker),
                source: None.into(),
                cue: span(cue).into(),
                via: None.into(),
                antecedent: None.into(),
                rule: RuleId::default(),
                confidence: 1.0,
            }),
        };
        let speaker = |name: &str| Speaker {
            name: name.into(),
            role: None,
            kind: SpeakerKind::Person,
            aliases: Box::default(),
        };
        let country = |part, form| CountryMention {
            span: span(part),
            country: CountryCode(*b"PE"),
            form,
            reason: crate::analysis::country::CountryRuleId::default(),
            uncertain: false,
        };
        Analysis {
            quotations: Arc::new(vec![
                quotation("“We warned of war,”", "said", 0),
                quotation("“no war crimes”", "said", 1),
            ]),
            speakers: vec![speaker("Ana Ruiz"), speaker("Supreme Court")]
                .into_iter()
                .map(Arc::new)
                .collect(),
            countries: Arc::new(vec![
                country("Peru", CountryForm::Name),
                country("Peruvian", CountryForm::Adjective),
            ]),
            ..Analysis::default()
        }
    }

    /// The hits as text, joined by `|`; `-` if the query does not match.
    fn hits(query: &str) -> String {
        let mut document = Document {
            text: TEXT.to_owned(),
            ..Document::default()
        };
        document.meta.title = "Harbor talks".to_owned();
        let when = jiff::civil::date(2016, 11, 16).at(0, 0, 0, 0);
        document.meta.published = Some(Published {
            when,
            has_time: false,
            origin: DateOrigin::Text,
        });
        let (folded, analysis) = (Folded::new(TEXT, &[]), analysis());
        let article = SearchedArticle {
            path: "Europe/ports.txt",
            document: &document,
            folded: &folded,
            analysis: Some(&analysis),
        };
        let scan = QueryScan::new(&Query::parse(query).value, CaseMatching::Smart).value;
        scan.hits(&article).map_or("-".to_owned(), |hits| {
            hits.iter()
                .map(|hit| hit.of(TEXT))
                .collect::<Vec<_>>()
                .join("|")
        })
    }

    #[test]
    fn words_are_whole_words() {
        assert_eq!(hits("war"), "war|war");
        assert_eq!(hits("cour*"), "cour|cour");
        assert_eq!(hits("court"), "court");
        assert_eq!(hits("\"the peruvian court\""), "the\nPeruvian court");
        assert_eq!(hits("/war\\w+/"), "warned");
    }

    #[test]
    fn all_parts_must_match_and_one_alternative() {
        assert_eq!(hits("war ships"), "-");
        assert_eq!(hits("war OR ships"), "war|war");
        assert_eq!(hits("war -crimes"), "-");
        assert_eq!(hits("war -ships"), "war|war");
        assert_eq!(hits("ships OR -fleet"), "");
    }

    #[test]
    fn fields_match_the_analysis() {
        assert_eq!(hits("speaker:ruiz"), "“We warned of war,”");
        assert_eq!(hits("speaker:uiz"), "-");
        assert_eq!(hits("country:pe"), "Peru|Peruvian");
        assert_eq!(hits("country:Peru"), "Peru|Peruvian");
        assert_eq!(hits("country:RU"), "-");
        assert_eq!(hits("said:denied"), "-");
        assert_eq!(
            hits("path:europe/ title:HARBOR after:2016-11 before:2016-12"),
            ""
        );
        assert_eq!(hits("before:2016-11-16"), "-");
    }

    #[test]
    fn words_can_be_searched_inside_or_outside_quotations() {
        assert_eq!(hits("in:quote war"), "war|war");
        assert_eq!(hits("in:quote war speaker:court"), "war");
        assert_eq!(hits("in:narration war"), "-");
        assert_eq!(hits("in:narration court"), "court");
    }
}
