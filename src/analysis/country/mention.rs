//! What the search for countries finds.

use crate::lexicon::gazetteer::CountryCode;
use crate::text::Span;

/// A place in the text that mentions a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryMention {
    /// The words: `Russia`, `Russian`.
    pub span: Span,
    /// Which country.
    pub country: CountryCode,
    /// The kind of word that mentions it.
    pub form: CountryForm,
    /// The rule that decided.
    pub reason: CountryRuleId,
    /// Whether it probably means no country: such a mention is shown with a `?` and never counted or exported.
    pub uncertain: bool,
}

/// The kind of word that mentions a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CountryForm {
    /// Its name or an abbreviation of it.
    Name,
    /// Its adjective or demonym.
    Adjective,
    /// A former name.
    Former,
    /// A part that counts as the whole: England for the United Kingdom.
    Part,
}

/// The number of the rule that decided about a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryRuleId(pub(super) u8);

/// A place whose name implies a country without mentioning it: `Moscow`, `the Kremlin`, `Crimea`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImpliedPlace {
    /// The words.
    pub span: Span,
    /// The country they imply.
    pub country: CountryCode,
}

/// Everything found in one article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::analysis) struct CountryFindings {
    /// The mentions, including the uncertain ones, sorted and without overlap.
    pub mentions: Vec<CountryMention>,
    /// The implied places, sorted and without overlap.
    pub implied: Vec<ImpliedPlace>,
}
