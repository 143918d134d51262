//! The commands that print tables of quotations, speakers, countries and hits: as text, or as JSON Lines.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::{Value, json};

use super::articles::{ArticleStream, FoundArticle};
use super::paths::PathArguments;
use super::report::report;
use crate::analysis::{CountryCode, Quotation, Speaker};
use crate::app::protocol::compute::case;
use crate::config::Settings;
use crate::export::{csv::kind, markdown::counts};
use crate::lexicon::gazetteer;
use crate::library::{ArticleId, Listing, People, Person, Survey, days_since_1970};
use crate::search::{Plan, Query, QueryScan, SearchedArticle, snippet};
use crate::text::Span;
use crate::text::display::safe;
use crate::text::fold::{Capitals, Folded, fold};
use crate::text::offsets::CodePoints;

/// The width of the context around a hit.
const CONTEXT_COLUMNS: usize = 100;

/// The arguments of the commands that print a table.
#[derive(Debug, Args)]
pub(super) struct TableOptions {
    #[command(flatten)]
    paths: PathArguments,
    /// Print one JSON object per line
    #[arg(long)]
    json: bool,
    /// Only speakers with this name, or with this part in their name
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Only this country, by its code or a name
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
}

/// The rows to print.
struct TableFilter {
    speaker: Option<String>,
    country: Option<CountryCode>,
}

impl TableFilter {
    fn new(options: &TableOptions) -> anyhow::Result<Self> {
        let country = match &options.country {
            None => None,
            Some(asked) => match gazetteer::find(asked) {
                Some(country) => Some(country.code),
                None => {
                    anyhow::bail!("{}", crate::app::command::unknown_country(asked))
                }
            },
        };
        let speaker = options
            .speaker
            .as_ref()
            .map(|name| fold(name, Capitals::Fold));
        Ok(Self { speaker, country })
    }

    /// Leaves out articles that have no rows according to the index.
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

/// Flushes the output every now and then, so that slow results appear before the buffer is full.
struct PacedFlush(Instant);

impl PacedFlush {
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

/// Prints all quotations, in the order of the articles.
pub(super) fn quotes(
    options: &TableOptions,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let filter = TableFilter::new(options)?;
    let mut articles = filter.narrowed(ArticleStream::indexed(&options.paths, settings));
    let mut is_found = false;
    let mut pace = PacedFlush::new();
    while let Some(found) = articles.next() {
        let text = &found.document.value.text;
        let mut points = CodePoints::new(text);
        for (quotation, speaker) in filter.quotations(&found) {
            is_found = true;
            let name = speaker.map(|speaker| &*speaker.name);
            let words = found.document.value.visible(quotation.span);
            if options.json {
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
    Ok(articles.exit_code_of_search(is_found))
}

/// Prints all speakers, those with the most quotations first.
pub(super) fn speakers(
    options: &TableOptions,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let filter = TableFilter::new(options)?;
    // Which names are the same person depends on all articles, so a speaker alone must not leave any out.
    let of_country = TableFilter {
        speaker: None,
        ..filter
    };
    let mut articles = of_country.narrowed(ArticleStream::indexed(&options.paths, settings));
    let mut people = People::default();
    people.correct(articles.corrections(), &|_| None);
    let mut number = 0;
    let (mut unknown, mut with_unknown) = (0, 0);
    while let Some(found) = articles.next() {
        if !filter.wants_article(&found) {
            continue;
        }
        let survey = Survey::of(&found.document.value, found.uncorrected());
        let day = survey.date().and_then(days_since_1970);
        let key = |_| Some(found.key.clone());
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
    for id in Listing::ranked(&people) {
        let Some(person) = people.person(id) else {
            continue;
        };
        if filter.wants_names(std::iter::once(&person.name).chain(&person.aliases)) {
            is_found = true;
            write_speaker(out, &person, options.json)?;
        }
    }
    if unknown > 0 && filter.speaker.is_none() {
        is_found = true;
        if options.json {
            write_json(
                out,
                &json!({"version": 1, "name": null, "role": null, "quotes": unknown, "articles": with_unknown, "aliases": []}),
            )?;
        } else {
            writeln!(out, "{unknown:6} {with_unknown:6}  ?")?;
        }
    }
    Ok(articles.exit_code_of_search(is_found))
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

/// Prints all countries, those with the most mentions first.
pub(super) fn countries(
    options: &TableOptions,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let filter = TableFilter::new(options)?;
    let mut totals: BTreeMap<CountryCode, (usize, usize)> = BTreeMap::new();
    let mut articles = filter.narrowed(ArticleStream::without_texts(&options.paths, settings));
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
    let code = articles.exit_code_of_search(!totals.is_empty());
    let mut sorted: Vec<_> = totals.into_iter().collect();
    sorted.sort_by_key(|(_, (mentions, _))| std::cmp::Reverse(*mentions));
    for (code, (mentions, n_articles)) in sorted {
        let name = gazetteer::name(code);
        if options.json {
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

/// Prints the hits of a query, in the order of the articles.
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
        report(&warning.message);
    }
    let mut articles = ArticleStream::matching(&plan, paths, settings);
    let mut is_found = false;
    let mut pace = PacedFlush::new();
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
    Ok(articles.exit_code_of_search(is_found))
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
