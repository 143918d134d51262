//! Who said what, about where: quotations, their speakers and the countries mentioned.
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

/// All that is known about the words of an article. A copy whose speakers go by other names shares the rest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Analysis {
    /// Sorted by start; indirect quotations do not overlap direct ones.
    pub quotations: Arc<Vec<Quotation>>,
    /// In the order of their first quotation; indexed by [`SpeakerId`].
    pub speakers: Vec<Arc<Speaker>>,
    /// The speaker that each speaker of the quotations stands for; empty as long as each is itself.
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
    /// Who said it, when that is known.
    pub attribution: Option<Attribution>,
}

/// How speech is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuotationKind {
    /// All of it stands between quotation marks.
    Direct,
    /// A quoted part inside a paraphrase: she said the plan was “a mistake”.
    Mixed,
    /// No quotation marks: she said the plan was a mistake.
    Indirect,
}

/// The link between a quotation, the words that report it and its speaker, with the reason.
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
    /// The mention by name that `source` stands for, when it is a pronoun or a description.
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
    /// The speaker of a quotation, when it is known.
    #[must_use]
    pub fn speaker_of(&self, quotation: &Quotation) -> Option<&Speaker> {
        let speaker = self.speakers.get(self.speaker_id(quotation)?.0 as usize);
        speaker.map(AsRef::as_ref)
    }

    /// Which of the speakers said a quotation, when that is known.
    #[must_use]
    pub fn speaker_id(&self, quotation: &Quotation) -> Option<SpeakerId> {
        let id = quotation.attribution.as_ref()?.speaker;
        match self.corrected_ids.as_slice() {
            [] => Some(id),
            corrected_ids => corrected_ids.get(id.0 as usize).copied(),
        }
    }
}

/// The revision of reading and analysis: raised whenever the same article gives another result, so that
/// nothing kept from before is shown.
pub const REVISION: u32 = 6;

/// The words and rules that analysis goes by: when one of them changed, so may its results.
pub fn knowledge() -> impl Iterator<Item = &'static str> {
    let rules = quotations::rule_ids::knowledge().chain(country::knowledge());
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
