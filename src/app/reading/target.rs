//! Where to go in an article, and the jumps that can be repeated.

use crate::analysis::CountryCode;
use crate::app::reading::direction::StepDirection;
use crate::app::reading::who::Who;
use crate::app::state::ReadingPlace;
use crate::text::Span;

/// Where to go in an article once it is there.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// Nowhere: the reader is there, or has gone on meanwhile.
    Here,
    /// Where the reader left it.
    Resume,
    /// A byte offset.
    Offset(u32),
    /// A place that is found again by its words.
    Place(Box<ReadingPlace>),
    /// The first or last quotation of a speaker.
    Quotation(Who, StepDirection),
    /// The first or last mention of a country.
    Mention(CountryCode, StepDirection),
    /// The quotation at a place.
    At(Span),
    /// The hit of a search, with what was searched for.
    Hit(Span, String),
}

/// A jump that can be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jump {
    /// To a quotation.
    Quotation,
    /// To a quotation of the same speaker.
    Speaker,
    /// To a mention of the selected country.
    Country,
    /// To a link.
    Link,
    /// To a match.
    Match,
}
