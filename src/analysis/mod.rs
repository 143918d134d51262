//! Who said what, about which countries: quotations, their speakers and mentions of countries.
//!
//! [`analyze`] is pure, cannot fail, and runs in time linear in the text.

use std::sync::Arc;

use crate::document::Document;
use crate::text::{MaybeSpan, Span};

mod reach;

mod tokens;

mod syntax;

mod cues;

mod entities;

mod quotations;

pub mod country;

#[cfg(test)]
mod spec;

pub use country::{CountryCode, CountryForm, CountryMention, ImpliedPlace};
pub use quotations::explain::explain;
pub use quotations::rule_ids::RuleId;

/// What the analysis finds in an article. A copy with other names for the speakers shares the rest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Analysis {
    /// Sorted by start; indirect quotations do not overlap direct ones.
    pub quotations: Arc<Vec<Quotation>>,
    /// In the order of their first quotation; indexed by [`SpeakerId`].
    pub speakers: Vec<Arc<Speaker>>,
    /// The corrected speaker for each speaker of the quotations; empty when nothing is corrected.
    pub(crate) corrected_ids: Vec<SpeakerId>,
    /// Sorted by start, without overlap.
    pub countries: Arc<Vec<CountryMention>>,
    /// Places that imply a country without mentioning it, sorted by start, without overlap.
    pub implied: Arc<Vec<ImpliedPlace>>,
}

/// A stretch of reported speech.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quotation {
    /// The quoted words; a direct quotation's span includes its quotation marks.
    pub span: Span,
    /// Direct, mixed or indirect.
    pub kind: QuotationKind,
    /// Who said it; `None` when no rule finds a speaker.
    pub attribution: Option<Attribution>,
}

/// How speech is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuotationKind {
    /// All of it is in quotation marks.
    Direct,
    /// A quoted part inside a paraphrase: she said the plan was “a mistake”.
    Mixed,
    /// No quotation marks: she said the plan was a mistake.
    Indirect,
}

/// The speaker of a quotation, the words that report it, and the rule that linked them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attribution {
    /// Who said it.
    pub speaker: SpeakerId,
    /// The words that name the speaker here: `Kirby`, `he`, `a senior official`.
    pub source: MaybeSpan,
    /// The words that report: `said`, `according to`.
    pub cue: MaybeSpan,
    /// Who passed it on: the Y of `X said, according to Y`.
    pub via: MaybeSpan,
    /// The mention by name that `source` refers to, when it is a pronoun or a description.
    pub antecedent: MaybeSpan,
    /// The rule that found it.
    pub rule: RuleId,
    /// Calibrated probability that the speaker is right, 0 to 1.
    pub confidence: f32,
}

/// Index of a speaker in [`Analysis::speakers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpeakerId(pub u32);

/// A person or body that is quoted.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// The fullest name, or the description of an unnamed source.
    pub name: Box<str>,
    /// Office or function as the article gives it: `State Department spokesman`.
    pub role: Option<Box<str>>,
    /// What kind of speaker it is.
    pub kind: SpeakerKind,
    /// Other names the article uses.
    pub aliases: Box<[Box<str>]>,
}

/// What kind of speaker it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpeakerKind {
    /// A person with a name.
    Person,
    /// An organization, a document, a country as an actor.
    Organization,
    /// Somebody without a name: `a senior official`.
    Unnamed,
}

impl Analysis {
    /// The speaker of a quotation, if it has one.
    #[must_use]
    pub fn speaker_of(&self, quotation: &Quotation) -> Option<&Speaker> {
        let speaker = self.speakers.get(self.speaker_id(quotation)?.0 as usize);
        speaker.map(AsRef::as_ref)
    }

    /// The id of the speaker of a quotation, if it has one.
    #[must_use]
    pub fn speaker_id(&self, quotation: &Quotation) -> Option<SpeakerId> {
        let id = quotation.attribution.as_ref()?.speaker;
        match self.corrected_ids.as_slice() {
            [] => Some(id),
            corrected_ids => corrected_ids.get(id.0 as usize).copied(),
        }
    }
}

/// The revision of reading and analysis. It is raised whenever the same article gives another result, so
/// that the index drops its older results.
pub const REVISION: u32 = 6;

/// The texts that results depend on: the lexicon and the rules. The index is rebuilt when one of them
/// changes.
pub fn fingerprint_texts() -> impl Iterator<Item = &'static str> {
    let rules = quotations::rule_ids::fingerprint_texts().chain(country::fingerprint_texts());
    crate::lexicon::files().chain(rules)
}

/// Finds quotations, speakers and countries in an article.
#[must_use]
pub fn analyze(document: &Document) -> Analysis {
    let (quotations, speakers) = quotations::find(document);
    let places = country::find(document);
    Analysis {
        quotations: Arc::new(quotations),
        speakers,
        corrected_ids: Vec::new(),
        countries: Arc::new(places.mentions),
        implied: Arc::new(places.implied),
    }
}
