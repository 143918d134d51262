//! The analysis of an article.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Damaged, SpanRecord};
use crate::analysis::country::CountryRuleId;
use crate::analysis::{
    Analysis, Attribution, CountryCode, CountryForm, CountryMention, ImpliedPlace, Quotation,
    QuotationKind, RuleId, Speaker, SpeakerId, SpeakerKind,
};
use crate::text::{MaybeSpan, Span};

#[derive(Serialize, Deserialize)]
struct AnalysisRecord<'a> {
    quotations: Vec<QuotationRecord>,
    #[serde(borrow)]
    speakers: Vec<IndexedSpeaker<'a>>,
    countries: Vec<IndexedMention>,
    implied: Vec<(SpanRecord, [u8; 2])>,
    /// The names of rules. Quotations and mentions refer to them by position.
    #[serde(borrow)]
    rules: Vec<&'a str>,
}

#[derive(Serialize, Deserialize)]
struct QuotationRecord {
    span: SpanRecord,
    kind: u8,
    attribution: Option<AttributionRecord>,
}

#[derive(Serialize, Deserialize)]
struct AttributionRecord {
    speaker: u32,
    source: Option<SpanRecord>,
    cue: Option<SpanRecord>,
    via: Option<SpanRecord>,
    antecedent: Option<SpanRecord>,
    rule: u8,
    confidence: f32,
}

#[derive(Serialize, Deserialize)]
struct IndexedSpeaker<'a> {
    name: &'a str,
    role: Option<&'a str>,
    kind: u8,
    #[serde(borrow)]
    aliases: Vec<&'a str>,
}

#[derive(Serialize, Deserialize)]
struct IndexedMention {
    span: SpanRecord,
    country: [u8; 2],
    form: u8,
    reason: u8,
    uncertain: bool,
}

const KINDS: [QuotationKind; 3] = [
    QuotationKind::Direct,
    QuotationKind::Mixed,
    QuotationKind::Indirect,
];
pub(super) const SPEAKERS: [SpeakerKind; 3] = [
    SpeakerKind::Person,
    SpeakerKind::Organization,
    SpeakerKind::Unnamed,
];
const FORMS: [CountryForm; 4] = [
    CountryForm::Name,
    CountryForm::Adjective,
    CountryForm::Former,
    CountryForm::Part,
];

/// The position of a value in a small table.
pub(super) fn number<T: PartialEq>(table: &[T], value: &T) -> u8 {
    let at = table.iter().position(|known| known == value);
    debug_assert!(at.is_some(), "the table lacks a value");
    // In a release build such a record reads back as damaged.
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

pub(super) fn value<T: Copy>(table: &[T], number: u8) -> Result<T, Damaged> {
    table.get(usize::from(number)).copied().ok_or(Damaged)
}

/// A list of the names of rules, each once.
#[derive(Default)]
struct RuleNames(Vec<&'static str>);

impl RuleNames {
    fn number(&mut self, name: &'static str) -> u8 {
        if !self.0.contains(&name) {
            self.0.push(name);
        }
        number(&self.0, &name)
    }
}

/// Serializes an analysis.
#[must_use]
pub fn write_analysis(analysis: &Analysis) -> Vec<u8> {
    let mut rules = RuleNames::default();
    let quotations = analysis.quotations.iter();
    let quotations = quotations.map(|quotation| QuotationRecord {
        span: quotation.span.into(),
        kind: number(&KINDS, &quotation.kind),
        attribution: quotation
            .attribution
            .as_ref()
            .map(|attribution| AttributionRecord::new(attribution, &mut rules)),
    });
    let quotations = quotations.collect();
    let countries = analysis.countries.iter();
    let countries = countries.map(|mention| IndexedMention {
        span: mention.span.into(),
        country: mention.country.0,
        form: number(&FORMS, &mention.form),
        reason: rules.number(mention.reason.name()),
        uncertain: mention.uncertain,
    });
    let countries = countries.collect();
    let implied = analysis.implied.iter();
    super::write(&AnalysisRecord {
        quotations,
        speakers: analysis
            .speakers
            .iter()
            .map(|speaker| IndexedSpeaker::from(&**speaker))
            .collect(),
        countries,
        implied: implied
            .map(|place| (place.span.into(), place.country.0))
            .collect(),
        rules: rules.0,
    })
}

/// Reads an analysis that [`write_analysis`] serialized.
///
/// # Errors
/// When the bytes are damaged.
pub fn read_analysis(bytes: &[u8]) -> Result<Analysis, Damaged> {
    let record: AnalysisRecord<'_> = super::read(bytes)?;
    let rules = &record.rules;
    let reasons: Vec<_> = rules
        .iter()
        .map(|name| CountryRuleId::named(name))
        .collect();
    let rules: Vec<_> = rules.iter().map(|name| RuleId::named(name)).collect();
    let quotation = |quotation: &QuotationRecord| {
        let attribution = quotation.attribution.as_ref();
        Ok(Quotation {
            span: quotation.span.span()?,
            kind: value(&KINDS, quotation.kind)?,
            attribution: attribution
                .map(|attribution| attribution.attribution(&rules))
                .transpose()?,
        })
    };
    let mention = |mention: &IndexedMention| {
        Ok(CountryMention {
            span: mention.span.span()?,
            country: CountryCode(mention.country),
            form: value(&FORMS, mention.form)?,
            reason: value(&reasons, mention.reason)?.ok_or(Damaged)?,
            uncertain: mention.uncertain,
        })
    };
    let implied = |&(span, country): &(SpanRecord, [u8; 2])| {
        let country = CountryCode(country);
        span.span().map(|span| ImpliedPlace { span, country })
    };
    Ok(Analysis {
        quotations: all(record.quotations.iter().map(quotation))?,
        speakers: record
            .speakers
            .iter()
            .map(|speaker| speaker.speaker().map(Arc::new))
            .collect::<Result<_, _>>()?,
        countries: all(record.countries.iter().map(mention))?,
        implied: all(record.implied.iter().map(implied))?,
        ..Analysis::default()
    })
}

fn all<T>(values: impl Iterator<Item = Result<T, Damaged>>) -> Result<Arc<Vec<T>>, Damaged> {
    values.collect::<Result<Vec<T>, _>>().map(Arc::new)
}

impl AttributionRecord {
    fn new(attribution: &Attribution, rules: &mut RuleNames) -> Self {
        let span = |span: MaybeSpan| span.get().map(SpanRecord::from);
        Self {
            speaker: attribution.speaker.0,
            source: span(attribution.source),
            cue: span(attribution.cue),
            via: span(attribution.via),
            antecedent: span(attribution.antecedent),
            rule: rules.number(attribution.rule.name()),
            confidence: attribution.confidence,
        }
    }

    fn attribution(&self, rules: &[Option<RuleId>]) -> Result<Attribution, Damaged> {
        let span = |span: Option<SpanRecord>| span.map(SpanRecord::span).transpose();
        Ok(Attribution {
            speaker: SpeakerId(self.speaker),
            source: span(self.source)?.into(),
            cue: span(self.cue)?.into(),
            via: span(self.via)?.into(),
            antecedent: span(self.antecedent)?.into(),
            // A name that no table has is an unknown rule.
            rule: value(rules, self.rule)?.unwrap_or_default(),
            confidence: self.confidence,
        })
    }
}

impl<'a> From<&'a Speaker> for IndexedSpeaker<'a> {
    fn from(speaker: &'a Speaker) -> Self {
        Self {
            name: &speaker.name,
            role: speaker.role.as_deref(),
            kind: number(&SPEAKERS, &speaker.kind),
            aliases: speaker.aliases.iter().map(AsRef::as_ref).collect(),
        }
    }
}

impl IndexedSpeaker<'_> {
    fn speaker(&self) -> Result<Speaker, Damaged> {
        Ok(Speaker {
            name: self.name.into(),
            role: self.role.map(Into::into),
            kind: value(&SPEAKERS, self.kind)?,
            aliases: self.aliases.iter().map(|&alias| alias.into()).collect(),
        })
    }
}

/// Whether an analysis can belong to a text: its spans are on character boundaries and its speakers exist.
#[must_use]
pub fn fits(analysis: &Analysis, text: &str) -> bool {
    let lies = |span: Span| text.get(span.range()).is_some();
    let attribution = |attribution: &Attribution| {
        let spans = [
            attribution.source,
            attribution.cue,
            attribution.via,
            attribution.antecedent,
        ];
        (attribution.speaker.0 as usize) < analysis.speakers.len()
            && spans.into_iter().filter_map(MaybeSpan::get).all(lies)
    };
    let quotations = analysis.quotations.iter();
    let mut quotations = quotations.map(|quotation| {
        lies(quotation.span) && quotation.attribution.as_ref().is_none_or(attribution)
    });
    quotations.all(|fits| fits)
        && analysis.countries.iter().all(|mention| lies(mention.span))
        && analysis.implied.iter().all(|place| lies(place.span))
}
