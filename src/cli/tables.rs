//! Tables of quotations, speakers, countries and hits: text for people, JSON Lines for programs.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::articles::{ArticleStream, FoundArticle};
use super::{PathArguments, TableOptions, complain};
use crate::analysis::{CountryCode, Quotation, Speaker};
use crate::app::protocol::compute::case;
use crate::config::Settings;
use crate::export::{csv::kind, markdown::counts};
use crate::lexicon::gazetteer;
use crate::library::{ArticleId, People, Person, Survey, days_since_1970};
use crate::search::{Plan, Query, QueryScan, SearchedArticle, snippet};
use crate::text::Span;
use crate::text::display::safe;
use crate::text::fold::{Capitals, Folded, fold};
use crate::text::offsets::CodePoints;

/// Columns of context that a line of a table shows.
const CONTEXT_COLUMNS: usize = 100;

/// What a selection lets through.
struct TableFilter {
    speaker: Option<String>,
    country: Option<CountryCode>,
}

impl TableFilter {
    fn new(selection: &TableOptions) -> anyhow::Result<Self> {
        let country = match &selection.country {
            None => None,
            Some(asked) => match gazetteer::find(asked) {
                Some(country) => Some(country.code),
                None => {
                    anyhow::bail!("{}", crate::app::command::unknown_country(asked))
                }
            },
        };
        let speaker = selection
            .speaker
            .as_ref()
            .map(|name| fold(name, Capitals::Fold));
        Ok(Self { speaker, country })
    }

    /// Of the articles only those that may have something that is let through.
    fn narrowed(&self, articles: ArticleStream) -> ArticleStream {
        if self.speaker.is_none() && self.country.is_none() {
            return articles;
        }
        articles.surveyed(&|survey| {
            let mut countries = survey.countries.iter();
            let has_country = self
                .country
                .is_none_or(|asked| countries.any(|(code, _)| *code == asked));
            has_country && self.has_speaker(survey)
        })
    }

    fn has_speaker(&self, survey: &Survey) -> bool {
        self.speaker.is_none()
            || survey
                .speakers
                .iter()
                .any(|speaker| self.is_called(&speaker.name, &speaker.aliases))
    }

    fn is_called(&self, name: &str, aliases: &[Box<str>]) -> bool {
        let Some(asked) = &self.speaker else {
            return true;
        };
        let mut names = std::iter::once(name).chain(aliases.iter().map(AsRef::as_ref));
        names.any(|name| fold(name, Capitals::Fold).contains(asked.as_str()))
    }

    fn wants_article(&self, found: &FoundArticle) -> bool {
        let mut mentions = found.analysis.countries.iter();
        self.country
            .is_none_or(|code| mentions.any(|mention| mention.country == code))
    }

    fn wants_names<'n>(&self, mut names: impl Iterator<Item = &'n Arc<str>>) -> bool {
        let Some(asked) = &self.speaker else {
            return true;
        };
        names.any(|name| fold(name, Capitals::Fold).contains(asked.as_str()))
    }

    fn wants_speaker(&self, speaker: Option<&Speaker>) -> bool {
        self.speaker.is_none()
            || speaker.is_some_and(|speaker| self.is_called(&speaker.name, &speaker.aliases))
    }

    fn quotations<'f>(
        &'f self,
        found: &'f FoundArticle,
    ) -> impl Iterator<Item = (&'f Quotation, Option<&'f Speaker>)> {
        let quotations = found
            .analysis
            .quotations
            .iter()
            .filter(|_| self.wants_article(found));
        quotations
            .map(|quotation| (quotation, found.analysis.speaker_of(quotation)))
            .filter(|(_, speaker)| self.wants_speaker(*speaker))
    }
}

/// Output that comes slowly is not held back until there is a lot of it.
struct Pace(Instant);

impl Pace {
    const EVERY: Duration = Duration::from_millis(50);

    fn new() -> Self {
        Self(Instant::now())
    }

    fn flush(&mut self, out: &mut impl Write) -> std::io::Result<()> {
        if self.0.elapsed() > Self::EVERY {
            out.flush()?;
            self.0 = Instant::now();
        }
        Ok(())
    }
}

fn write_json(out: &mut impl Write, value: &Value) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

/// Every quotation, in the order of the articles.
pub(super) fn quotes(
    selection: &TableOptions,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let filter = TableFilter::new(selection)?;
    let mut articles = filter.narrowed(ArticleStream::known(&selection.paths, settings));
    let mut is_found = false;
    let mut pace = Pace::new();
    while let Some(found) = articles.next() {
        let text = &found.document.value.text;
        let mut points = CodePoints::new(text);
        for (quotation, speaker) in filter.quotations(&found) {
            is_found = true;
            let name = speaker.map(|speaker| &*speaker.name);
            let words = found.document.value.visible(quotation.span);
            if selection.json {
                let role = speaker.and_then(|speaker| speaker.role.as_deref());
                let (start, end) = (
                    points.at(quotation.span.start),
                    points.at(quotation.span.end),
                );
                write_json(
                    out,
                    &json!({"version": 1, "path": found.path, "start": start, "end": end, "kind": kind(quotation.kind), "speaker": name, "role": role, "text": words}),
                )?;
            } else {
                let one_line = words.split_whitespace().collect::<Vec<_>>().join(" ");
                writeln!(
                    out,
                    "{}: {} [{}]: {}",
                    safe(&found.path),
                    safe(name.unwrap_or("?")),
                    kind(quotation.kind),
                    safe(&one_line)
                )?;
            }
        }
        pace.flush(out)?;
    }
    Ok(articles.code_of_search(is_found))
}

/// Who is quoted, most quoted first.
pub(super) fn speakers(
    selection: &TableOptions,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let filter = TableFilter::new(selection)?;
    // Who is who depends on all articles, so that a speaker alone leaves none of them out.
    let of_country = TableFilter {
        speaker: None,
        ..filter
    };
    let mut articles = of_country.narrowed(ArticleStream::known(&selection.paths, settings));
    let mut people = People::default();
    people.correct(articles.corrections(), &|_| None);
    let mut number = 0;
    let (mut unknown, mut with_unknown) = (0, 0);
    while let Some(found) = articles.next() {
        if !filter.wants_article(&found) {
            continue;
        }
        let survey = Survey::of(&found.document.value, found.as_found());
        let day = survey.date().and_then(days_since_1970);
        let key = || found.key.clone();
        people.set(ArticleId(number), &key, day, &survey.speakers);
        number += 1;
        let quotations = found.analysis.quotations.iter();
        let here = quotations.filter(|q| found.analysis.speaker_of(q).is_none());
        let here = here.count();
        unknown += here;
        with_unknown += usize::from(here > 0);
    }
    people.update();
    let mut is_found = false;
    for id in people.ranked() {
        let Some(person) = people.person(id) else {
            continue;
        };
        if filter.wants_names(std::iter::once(&person.name).chain(&person.aliases)) {
            is_found = true;
            write_speaker(out, &person, selection.json)?;
        }
    }
    if unknown > 0 && filter.speaker.is_none() {
        is_found = true;
        if selection.json {
            write_json(
                out,
                &json!({"version": 1, "name": null, "role": null, "quotes": unknown, "articles": with_unknown, "aliases": []}),
            )?;
        } else {
            writeln!(out, "{unknown:6} {with_unknown:6}  ?")?;
        }
    }
    Ok(articles.code_of_search(is_found))
}

fn write_speaker(out: &mut impl Write, person: &Person, as_json: bool) -> anyhow::Result<()> {
    let Person {
        name,
        role,
        quotations,
        articles,
        aliases,
        ..
    } = person;
    if as_json {
        let (first, last) = person.dates().unzip();
        let [first, last] = [first, last].map(|date| date.map(|date| date.to_string()));
        let aliases: Vec<&str> = aliases.iter().map(AsRef::as_ref).collect();
        return write_json(
            out,
            &json!({"version": 1, "name": &**name, "role": role.as_deref(), "quotes": quotations, "articles": articles, "aliases": aliases, "first": first, "last": last}),
        );
    }
    let role = role.as_ref().map(|role| format!(" ({role})"));
    let line = format!("{name}{}", role.unwrap_or_default());
    Ok(writeln!(
        out,
        "{quotations:6} {articles:6}  {}",
        safe(&line)
    )?)
}

/// Which countries are mentioned, most mentioned first.
pub(super) fn countries(
    selection: &TableOptions,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let filter = TableFilter::new(selection)?;
    let mut totals: BTreeMap<CountryCode, (usize, usize)> = BTreeMap::new();
    let mut articles = filter.narrowed(ArticleStream::without_texts(&selection.paths, settings));
    while let Some(found) = articles.next() {
        if filter.speaker.is_some() && filter.quotations(&found).next().is_none() {
            continue;
        }
        for (code, count) in counts(&found.analysis) {
            if filter.country.is_none_or(|asked| asked == code) {
                let total = totals.entry(code).or_default();
                *total = (total.0 + count, total.1 + 1);
            }
        }
    }
    let code = articles.code_of_search(!totals.is_empty());
    let mut sorted: Vec<_> = totals.into_iter().collect();
    sorted.sort_by_key(|(_, (mentions, _))| std::cmp::Reverse(*mentions));
    for (code, (mentions, n_articles)) in sorted {
        let name = gazetteer::name(code);
        if selection.json {
            write_json(
                out,
                &json!({"version": 1, "code": code.as_str(), "name": name, "mentions": mentions, "articles": n_articles}),
            )?;
        } else {
            writeln!(out, "{mentions:6} {n_articles:6}  {} {name}", code.as_str())?;
        }
    }
    Ok(code)
}

/// The hits of a query, in the order of the articles; 1 when there is none.
pub(super) fn search(
    query: &str,
    paths: &PathArguments,
    as_json: bool,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let query = Query::parse(query);
    let case = case(settings.search.case);
    let (scan, plan) = (
        QueryScan::new(&query.value, case),
        Plan::new(&query.value, case),
    );
    for warning in query.warnings.iter().chain(&scan.warnings) {
        complain(&warning.message);
    }
    let mut articles = ArticleStream::matching(&plan, paths, settings);
    let mut is_found = false;
    let mut pace = Pace::new();
    while let Some(found) = articles.next() {
        let document = &found.document.value;
        let folded = Folded::new(&document.text, &document.hidden().collect::<Vec<_>>());
        let searched = SearchedArticle {
            path: &found.path,
            document,
            folded: &folded,
            analysis: Some(&found.analysis),
        };
        let hits = scan.value.hits(&searched).unwrap_or_default();
        is_found |= !hits.is_empty();
        write_hits(&found, &hits, as_json, out)?;
        pace.flush(out)?;
    }
    Ok(articles.code_of_search(is_found))
}

fn write_hits(
    found: &FoundArticle,
    hits: &[Span],
    as_json: bool,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let document = &found.document.value;
    let text = &document.text;
    let mut points = CodePoints::new(text);
    let (mut line, mut at) = (1, 0);
    for &hit in hits {
        line += Span::new(at, hit.start).of(text).matches('\n').count();
        at = hit.start;
        let context = snippet(document, hit, CONTEXT_COLUMNS).text;
        if as_json {
            let (first, last) = (points.at(hit.start), points.at(hit.end));
            write_json(
                out,
                &json!({"version": 1, "path": found.path, "line": line, "start": first, "end": last, "context": context}),
            )?;
        } else {
            writeln!(out, "{}:{line}: {}", safe(&found.path), safe(&context))?;
        }
    }
    Ok(())
}
