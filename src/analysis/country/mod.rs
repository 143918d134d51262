//! Mentions of countries, and which country is meant.
//!
//! [`scan`] finds every word of the gazetteer in the text, the longest at each place; [`facts`] says what
//! the article as a whole is about; [`rules`] decide, in order, about words that may mean something
//! else (`Georgia`, `Chad Smith`, `Lebanon, Ohio`). What no rule takes is a mention.

use crate::document::{BlockKind, Document, InlineKind};
use crate::text::Span;

mod context;
mod facts;
mod forms;
mod names;
mod rules;
mod scan;

pub use crate::lexicon::gazetteer::CountryCode;

/// A place in the text that mentions a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryMention {
    /// The words: `Russia`, `Russian`.
    pub span: Span,
    /// Which country.
    pub country: CountryCode,
    /// By what kind of word.
    pub form: Form,
    /// The rule that decided; a stable name such as `state-or-country`.
    pub reason: &'static str,
    /// Whether it is doubtful that a country is meant: shown as `?`, never counted or exported.
    pub uncertain: bool,
}

/// By what kind of word a country is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// Its name or an abbreviation of it.
    Name,
    /// Its adjective or demonym.
    Adjective,
    /// A former name.
    Former,
    /// A part that is counted for the whole: England for the United Kingdom.
    Part,
}

/// A place whose name implies a country without mentioning it: `Moscow`, `the Kremlin`, `Crimea`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImpliedPlace {
    /// The words.
    pub span: Span,
    /// The country they imply.
    pub country: CountryCode,
}

/// What [`find`] finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Found {
    /// The mentions, sorted, without overlap, with the uncertain ones among them.
    pub mentions: Vec<(CountryMention, &'static str)>,
    /// The implied places, sorted, without overlap.
    pub implied: Vec<ImpliedPlace>,
}

/// The mentions of countries in an article, and the places that imply one.
pub(super) fn find(document: &Document) -> Found {
    let mut hits = Vec::new();
    let blanked = blank(document);
    let text = blanked.as_deref().unwrap_or(&document.text);
    let mut ends = Vec::new();
    for block in &document.blocks {
        if block.kind != BlockKind::Trailing {
            scan::scan(
                block.span.of(text),
                block.span.start as usize,
                &forms::ENGLISH,
                &mut hits,
            );
            ends.push((hits.len(), block.span));
        }
    }
    let facts = facts::Facts::new(&hits);
    let mut found = Found::default();
    let mut namesakes: Vec<&'static str> = Vec::new();
    let mut at = 0;
    for (end, block) in ends {
        for hit in hits.get(at..end).unwrap_or_default() {
            decide(text, block, hit, &facts, &mut found, &mut namesakes);
        }
        at = end;
    }
    found
        .mentions
        .retain(|(mention, form)| mention.reason != rules::PLAIN || !namesakes.contains(form));
    found
}

fn decide(
    text: &str,
    block: Span,
    hit: &scan::Hit,
    facts: &facts::Facts,
    found: &mut Found,
    namesakes: &mut Vec<&'static str>,
) {
    let (code, kind) = match hit.sense {
        forms::Sense::Country(code, kind) => (code, kind),
        forms::Sense::Place(country) => {
            found.implied.push(ImpliedPlace {
                span: hit.span,
                country,
            });
            return;
        }
        forms::Sense::Phrase | forms::Sense::Cue(_) => return,
    };
    let case = rules::Case {
        text: hit.span.of(text),
        form: hit.form,
        code,
        kind,
        around: context::Around::new(text, block, hit.span),
        facts,
    };
    let decided = rules::RULES
        .iter()
        .find_map(|rule| Some((rule.id, (rule.apply)(&case)?)));
    let (reason, verdict) = decided.unwrap_or((rules::PLAIN, rules::Verdict::Mention(code)));
    let (country, uncertain) = match verdict {
        rules::Verdict::Mention(country) => (country, false),
        rules::Verdict::Doubtful(country) => (country, true),
        rules::Verdict::Nothing => return,
        rules::Verdict::Namesake => {
            namesakes.push(hit.form);
            return;
        }
    };
    let mention = CountryMention {
        span: hit.span,
        country,
        form: kind,
        reason,
        uncertain,
    };
    found.mentions.push((mention, hit.form));
}

/// The text with everything hidden set to spaces, if anything is hidden.
fn blank(document: &Document) -> Option<String> {
    let mut hidden = document
        .inlines
        .iter()
        .filter(|inline| inline.kind == InlineKind::Hidden)
        .peekable();
    hidden.peek()?;
    let mut bytes = document.text.clone().into_bytes();
    for inline in hidden {
        if let Some(bytes) = bytes.get_mut(inline.span.range()) {
            bytes.fill(b' ');
        }
    }
    String::from_utf8(bytes).ok()
}
