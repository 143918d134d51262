//! A query answered for one article: whether it holds, and where.
//!
//! A [`Scan`] is a query made ready; [`Scan::hits`] is linear in the text and keeps nothing.

use jiff::civil::Date;

use super::find::{Case, Finder};
use super::query::{Field, Part, Query, Term, Zone};
use crate::analysis::{Analysis, Quotation};
use crate::document::{Document, Warned, Warning};
use crate::lexicon::gazetteer;
use crate::text::Span;
use crate::text::fold::{Capitals, Folded, fold};

/// An article as a search sees it.
#[derive(Debug, Clone, Copy)]
pub struct Searched<'a> {
    /// Its path in the folder.
    pub path: &'a str,
    /// Its text and what it says about itself.
    pub document: &'a Document,
    /// The text folded, made once and kept by the caller.
    pub folded: &'a Folded,
    /// What was found in it; without it no condition about speakers or countries holds.
    pub analysis: Option<&'a Analysis>,
}

/// A query ready to be asked of any number of articles.
#[derive(Debug, Clone)]
pub struct Scan {
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
    Words(Finder, Edges),
    Field(Field, String),
    Before(Date),
    After(Date),
}

/// Which ends of a match must be ends of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edges {
    Both,
    Start,
    Free,
}

impl Scan {
    /// Makes a query ready; a pattern that is none is searched as words, with a warning.
    #[must_use]
    pub fn new(query: &Query, case: Case) -> Warned<Self> {
        let mut warnings = Vec::new();
        let mut test = |part: &Part| Test {
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

    /// Where the query holds in an article, in order; nothing when it does not hold.
    ///
    /// The spans are the words; without words in the query the quotations and mentions it asks for; an
    /// article that only its path, title or date speaks for has one empty span at its start.
    #[must_use]
    pub fn hits(&self, article: &Searched<'_>) -> Option<Vec<Span>> {
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
                    (Condition::Words(..), Some(spans)) => words.extend(spans),
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

    /// Where one condition holds: `None` when it does not, no spans when it has no place.
    fn spans(&self, test: &Test, article: &Searched<'_>) -> Option<Vec<Span>> {
        let published = article
            .document
            .meta
            .published
            .map(|published| published.when.date());
        match &test.condition {
            Condition::Words(finder, edges) => some(self.words(finder, *edges, article)),
            Condition::Field(Field::Path, part) => {
                holds(fold(article.path, Capitals::Fold).contains(part.as_str()))
            }
            Condition::Field(Field::Title, words) => {
                holds(fold(&article.document.meta.title, Capitals::Fold).contains(words.as_str()))
            }
            Condition::Field(field, value) => some(facts(*field, value, article)),
            Condition::Before(day) => holds(published.is_some_and(|published| published < *day)),
            Condition::After(day) => holds(published.is_some_and(|published| published >= *day)),
        }
    }

    fn words(&self, finder: &Finder, edges: Edges, article: &Searched<'_>) -> Vec<Span> {
        let text = &article.document.text;
        let mut found = finder.find_all(text, article.folded);
        found.retain(|span| edges.hold(*span, text));
        if let Some(zone) = self.zone {
            let quotations = self.zone_spans(article);
            let is_quoted = |span: &Span| {
                let before = quotations.partition_point(|quoted| quoted.start <= span.start);
                before
                    .checked_sub(1)
                    .and_then(|index| quotations.get(index))
                    .is_some_and(|quoted| quoted.covers(*span))
            };
            found.retain(|span| is_quoted(span) == (zone == Zone::Quotation));
        }
        found
    }

    /// The quotations that count for `in:`, those of the asked speaker only when there is one.
    fn zone_spans(&self, article: &Searched<'_>) -> Vec<Span> {
        let speaker = self
            .speaker
            .as_deref()
            .filter(|_| self.zone == Some(Zone::Quotation));
        let quotations = article
            .analysis
            .map_or(&[][..], |analysis| &analysis.quotations);
        quotations
            .iter()
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

fn condition(term: &Term, case: Case, warnings: &mut Vec<Warning>) -> Condition {
    match term {
        Term::Phrase(words) => Condition::Words(Finder::phrase(words, case), Edges::Both),
        Term::Prefix(begin) => Condition::Words(Finder::phrase(begin, case), Edges::Start),
        Term::Pattern(pattern) => match Finder::pattern(pattern, case) {
            Ok(finder) => Condition::Words(finder, Edges::Free),
            Err(message) => {
                warnings.push(Warning {
                    span: None,
                    message,
                });
                Condition::Words(Finder::phrase(pattern, case), Edges::Both)
            }
        },
        Term::Field(field, value) => Condition::Field(*field, fold(value.trim(), Capitals::Fold)),
        Term::Before(day) => Condition::Before(*day),
        Term::After(day) => Condition::After(*day),
    }
}

impl Edges {
    fn hold(self, span: Span, text: &str) -> bool {
        match self {
            Self::Free => true,
            Self::Start => begins_word(span, text),
            Self::Both => begins_word(span, text) && ends_word(span, text),
        }
    }
}

/// Whether no word goes on from before the span into it. Scripts without spaces have no such ends.
fn begins_word(span: Span, text: &str) -> bool {
    let before = text
        .get(..span.start as usize)
        .and_then(|before| before.chars().next_back());
    !joins(before, span.of(text).chars().next())
}

fn ends_word(span: Span, text: &str) -> bool {
    let after = text
        .get(span.end as usize..)
        .and_then(|after| after.chars().next());
    !joins(span.of(text).chars().next_back(), after)
}

fn joins(left: Option<char>, right: Option<char>) -> bool {
    let is_letter = |c: char| {
        c.is_alphanumeric()
            && !matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{E00}'..='\u{E7F}')
    };
    left.is_some_and(is_letter) && right.is_some_and(is_letter)
}

/// The places that make a condition about speakers, countries or verbs hold.
fn facts(field: Field, value: &str, article: &Searched<'_>) -> Vec<Span> {
    let Some(analysis) = article.analysis else {
        return Vec::new();
    };
    if field == Field::Country {
        let asked = gazetteer::find(value).map(|country| country.code);
        let mentions = analysis
            .countries
            .iter()
            .filter(|mention| Some(mention.country) == asked);
        return mentions.map(|mention| mention.span).collect();
    }
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

/// Whether the speaker has `name`, folded, as a name or the beginning of a word of one.
fn is_said_by(quotation: &Quotation, name: &str, article: &Searched<'_>) -> bool {
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

/// Whether `words` begin somewhere in `known` where a word begins.
fn has_words(known: &str, words: &str) -> bool {
    !words.is_empty()
        && known
            .match_indices(words)
            .any(|(start, _)| begins_word(Span::from_usize(start, start + words.len()), known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{
        Attribution, CountryCode, CountryMention, Form, QuotationKind, RuleId, Speaker, SpeakerId,
        SpeakerKind,
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
            name: name.to_owned(),
            role: None,
            kind: SpeakerKind::Person,
            aliases: Vec::new(),
        };
        let country = |part, form| CountryMention {
            span: span(part),
            country: CountryCode(*b"PE"),
            form,
            reason: "test",
            uncertain: false,
        };
        Analysis {
            quotations: vec![
                quotation("“We warned of war,”", "said", 0),
                quotation("“no war crimes”", "said", 1),
            ],
            speakers: vec![speaker("Ana Ruiz"), speaker("Supreme Court")],
            countries: vec![
                country("Peru", Form::Name),
                country("Peruvian", Form::Adjective),
            ],
            ..Analysis::default()
        }
    }

    /// The hits as text, joined by `|`; `-` when the query does not hold.
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
        let article = Searched {
            path: "Europe/ports.txt",
            document: &document,
            folded: &folded,
            analysis: Some(&analysis),
        };
        let scan = Scan::new(&Query::parse(query).value, Case::Smart).value;
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
    fn all_parts_must_hold_and_alternatives_may() {
        assert_eq!(hits("war ships"), "-");
        assert_eq!(hits("war OR ships"), "war|war");
        assert_eq!(hits("war -crimes"), "-");
        assert_eq!(hits("war -ships"), "war|war");
        assert_eq!(hits("ships OR -fleet"), "");
    }

    #[test]
    fn fields_ask_about_what_was_found() {
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
    fn words_can_be_asked_for_inside_or_outside_of_quotations() {
        assert_eq!(hits("in:quote war"), "war|war");
        assert_eq!(hits("in:quote war speaker:court"), "war");
        assert_eq!(hits("in:narration war"), "-");
        assert_eq!(hits("in:narration court"), "court");
    }
}
