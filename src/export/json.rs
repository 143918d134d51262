//! The JSON Lines record of one article. It has a version; fields may be added, but never change their
//! meaning.

use std::fmt::Write as _;

use serde::Serialize;

use crate::analysis::{
    Analysis, CountryForm, CountryMention, ImpliedPlace, Quotation, QuotationKind,
};
use crate::document::{Document, Published, Warned, Warning};
use crate::lexicon::gazetteer;
use crate::text::Span;
use crate::text::offsets::CodePoints;
use crate::text::span::slice;

#[derive(Serialize)]
struct ArticleJson<'a> {
    version: u32,
    path: &'a str,
    title: &'a str,
    byline: Option<&'a str>,
    published: Option<String>,
    language: Option<&'a str>,
    text: &'a str,
    quotes: Vec<QuoteJson<'a>>,
    speakers: Vec<SpeakerJson<'a>>,
    countries: Vec<CountryJson>,
    implied: Vec<ImpliedJson<'a>>,
    warnings: Vec<&'a str>,
}

#[derive(Serialize, Clone, Copy)]
struct RangeJson {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct QuoteJson<'a> {
    start: usize,
    end: usize,
    kind: &'static str,
    speaker: Option<&'a str>,
    role: Option<&'a str>,
    mention: Option<RangeJson>,
    cue: Option<RangeJson>,
    confidence: Option<f32>,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct SpeakerJson<'a> {
    name: &'a str,
    role: Option<&'a str>,
    aliases: &'a [Box<str>],
    quotes: usize,
}

#[derive(Serialize)]
struct CountryJson {
    code: String,
    name: &'static str,
    mentions: Vec<MentionJson>,
}

#[derive(Serialize)]
struct ImpliedJson<'a> {
    code: String,
    place: &'a str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct MentionJson {
    start: usize,
    end: usize,
    form: &'static str,
}

/// Returns the record of one article as a line of JSON, without a line break.
#[must_use]
pub fn record(path: &str, document: &Warned<Document>, analysis: &Analysis) -> String {
    let Warned {
        value: document,
        warnings,
    } = document;
    let mut points = CodePoints::new(&document.text);
    let quotes = analysis
        .quotations
        .iter()
        .map(|quotation| quote(quotation, analysis, &mut points))
        .collect();
    let record = ArticleJson {
        version: 1,
        path,
        title: &document.meta.title,
        byline: document.meta.byline.as_deref(),
        published: document.meta.published.map(|when| published(&when)),
        language: document.meta.language.as_deref(),
        text: &document.text,
        quotes,
        speakers: speakers(analysis),
        countries: countries(&analysis.countries, &mut CodePoints::new(&document.text)),
        implied: implied(&analysis.implied, &document.text),
        warnings: warnings
            .iter()
            .map(|Warning { message, .. }| message.as_str())
            .collect(),
    };
    // Escapes and the other fields add about an eighth to the text.
    let mut line = Vec::with_capacity(document.text.len() / 8 * 9 + 1024);
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(&mut line, &record);
    harmless(super::text(line))
}

/// Escapes control characters and marks that change the direction of text, so that the JSON is safe to
/// print.
fn harmless(json: String) -> String {
    let steers = |c: char| matches!(c, '\u{7F}'..='\u{9F}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let at = |from: usize| {
        // The first bytes of these characters.
        let starts = memchr::memchr3_iter(0x7F, 0xC2, 0xE2, &json.as_bytes()[from..]);
        let mut places = starts.map(|at| at + from);
        places.find(|&at| json.is_char_boundary(at) && slice(&json, at..).starts_with(steers))
    };
    let Some(mut next) = at(0) else { return json };
    let mut out = String::with_capacity(json.len() + 64);
    let mut done = 0;
    loop {
        out.push_str(slice(&json, done..next));
        let Some(character) = slice(&json, next..).chars().next() else {
            break;
        };
        let _ = write!(out, "\\u{:04x}", u32::from(character));
        done = next + character.len_utf8();
        match at(done) {
            Some(further) => next = further,
            None => break,
        }
    }
    out.push_str(slice(&json, done..));
    out
}

/// Formats a date as it is exported, with the time of day if known.
#[must_use]
pub fn published(published: &Published) -> String {
    if published.has_time {
        published.when.to_string()
    } else {
        published.when.date().to_string()
    }
}

fn quote<'a>(
    quotation: &Quotation,
    analysis: &'a Analysis,
    points: &mut CodePoints<'_>,
) -> QuoteJson<'a> {
    let mut place = |span: Span| RangeJson {
        start: points.at(span.start),
        end: points.at(span.end),
    };
    let RangeJson { start, end } = place(quotation.span);
    let attribution = quotation.attribution.as_ref();
    let speaker = analysis.speaker_of(quotation);
    QuoteJson {
        start,
        end,
        kind: match quotation.kind {
            QuotationKind::Direct => "direct",
            QuotationKind::Mixed => "mixed",
            QuotationKind::Indirect => "indirect",
        },
        speaker: speaker.map(|speaker| &*speaker.name),
        role: speaker.and_then(|speaker| speaker.role.as_deref()),
        mention: attribution
            .and_then(|attribution| attribution.source.get())
            .map(&mut place),
        cue: attribution
            .and_then(|attribution| attribution.cue.get())
            .map(&mut place),
        confidence: attribution.map(|attribution| attribution.confidence),
        reason: attribution.map(|attribution| attribution.rule.name()),
    }
}

fn speakers(analysis: &Analysis) -> Vec<SpeakerJson<'_>> {
    let mut counts = vec![0; analysis.speakers.len()];
    let quotations = analysis.quotations.iter();
    for speaker in quotations.filter_map(|quotation| analysis.speaker_id(quotation)) {
        if let Some(count) = counts.get_mut(speaker.0 as usize) {
            *count += 1;
        }
    }
    analysis
        .speakers
        .iter()
        .zip(counts)
        .map(|(speaker, quotes)| SpeakerJson {
            name: &speaker.name,
            role: speaker.role.as_deref(),
            aliases: &speaker.aliases,
            quotes,
        })
        .collect()
}

fn countries(mentions: &[CountryMention], points: &mut CodePoints<'_>) -> Vec<CountryJson> {
    let mut records: Vec<CountryJson> = Vec::new();
    for mention in mentions.iter().filter(|mention| !mention.uncertain) {
        let record = MentionJson {
            start: points.at(mention.span.start),
            end: points.at(mention.span.end),
            form: match mention.form {
                CountryForm::Name => "name",
                CountryForm::Adjective => "adjective",
                CountryForm::Former => "former",
                CountryForm::Part => "part",
            },
        };
        let code = mention.country.as_str();
        match records.iter_mut().find(|known| known.code == code) {
            Some(known) => known.mentions.push(record),
            None => records.push(CountryJson {
                code: code.to_owned(),
                name: gazetteer::name(mention.country),
                mentions: vec![record],
            }),
        }
    }
    records
}

fn implied<'a>(places: &[ImpliedPlace], text: &'a str) -> Vec<ImpliedJson<'a>> {
    let mut points = CodePoints::new(text);
    places
        .iter()
        .map(|place| ImpliedJson {
            code: place.country.as_str().to_owned(),
            place: place.span.of(text),
            start: points.at(place.span.start),
            end: points.at(place.span.end),
        })
        .collect()
}
