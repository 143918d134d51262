//! Mentions of countries, and which country is meant.
//!
//! [`scan`] finds every word of the gazetteer in the text, the longest at each place; [`facts`] says what
//! the article as a whole is about; [`rules`] decide, in order, about words that may mean something
//! else (`Georgia`, `Chad Smith`, `Lebanon, Ohio`). What no rule takes is a mention.

use self::forms::{Cue, Sense};
use self::rules::{Case, Verdict};
use crate::document::{Block, BlockKind, Document, InlineKind};
use crate::text::Span;

mod context;
mod facts;
mod foreign;
mod forms;
mod list;
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
    pub mentions: Vec<CountryMention>,
    /// The implied places, sorted, without overlap.
    pub implied: Vec<ImpliedPlace>,
}

/// The mentions of countries in an article, and the places that imply one.
pub(super) fn find(document: &Document) -> Found {
    let blanked = blank(document);
    let text = blanked.as_deref().unwrap_or(&document.text);
    let language = document.meta.language.as_deref().unwrap_or("en");
    let language = language.split(['-', '_']).next().unwrap_or_default();
    if let Some(names) = foreign::Names::of(language) {
        let mut found = Found::default();
        for block in document
            .blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Trailing)
        {
            names.find(text, block.span, &mut found.mentions);
        }
        return found;
    }
    let mut hits = Vec::new();
    let mut blocks = Vec::new();
    for block in &document.blocks {
        if block.kind != BlockKind::Trailing {
            let start = hits.len();
            let from = block.span.start as usize;
            scan::scan(block.span.of(text), from, &forms::ENGLISH, &mut hits);
            blocks.push((block, start..hits.len()));
        }
    }
    let facts = facts::Facts::new(text, &hits);
    let mut reading = Reading {
        text,
        facts: &facts,
        found: Found::default(),
        plain: Vec::new(),
        namesakes: Vec::new(),
    };
    for (block, range) in blocks {
        reading.block(block, hits.get(range).unwrap_or_default());
    }
    reading.finish()
}

/// What the rule behind [`CountryMention::reason`] says.
#[must_use]
pub fn explain(reason: &str) -> Option<&'static str> {
    rules::doc(reason)
}

/// A word that was found to be a person or a town, with the first and last place where it is.
struct Namesake {
    form: &'static str,
    verdict: Verdict,
    first: Span,
    last: Span,
}

/// The decisions on an article so far.
struct Reading<'t> {
    text: &'t str,
    facts: &'t facts::Facts,
    found: Found,
    /// Mentions no rule spoke of, by index: a namesake elsewhere may still take them.
    plain: Vec<(usize, Case<'t>)>,
    namesakes: Vec<Namesake>,
}

impl<'t> Reading<'t> {
    fn block(&mut self, block: &Block, hits: &[scan::Hit]) {
        let mut prior = None;
        for hit in hits {
            prior = match hit.sense {
                Sense::Country(code, kind) => {
                    let case = Case {
                        article: self.text,
                        block: block.span,
                        block_kind: block.kind,
                        span: hit.span,
                        form: hit.form,
                        code,
                        kind,
                        around: context::Around::new(self.text, block.span, hit.span),
                        facts: self.facts,
                        prior,
                    };
                    Some((hit.span.end, self.decide(&case)))
                }
                Sense::Place(country) => {
                    let before = context::word_before(self.text, block.span, hit.span.start);
                    // Kerry Washington and Jack London are not places.
                    let person =
                        before.touches() && before.is_capitalized() && names::is_given(before.text);
                    if !person {
                        self.imply(hit.span, country);
                    }
                    let georgian = country.0 == *b"GE";
                    georgian.then_some((hit.span.end, rules::PLAIN)).or(prior)
                }
                Sense::Cue(Cue::UsState) if !hit.form.ends_with('.') => {
                    self.imply(hit.span, CountryCode(*b"US"));
                    prior
                }
                Sense::Cue(Cue::GeorgiaCountry) => Some((hit.span.end, rules::PLAIN)),
                Sense::Phrase | Sense::Cue(_) => prior,
            };
        }
    }

    fn imply(&mut self, span: Span, country: CountryCode) {
        self.found.implied.push(ImpliedPlace { span, country });
    }

    fn decide(&mut self, case: &Case<'t>) -> &'static str {
        let (reason, verdict) = rules::decide(case);
        let (country, uncertain) = match verdict {
            Verdict::Mention(country) => (country, false),
            Verdict::Doubtful(country) => (country, true),
            Verdict::Nothing => return reason,
            Verdict::Person | Verdict::Town => {
                self.note(case.form, case.span, verdict);
                return reason;
            }
        };
        if reason == rules::PLAIN || case.form == "Georgia" {
            self.plain.push((self.found.mentions.len(), *case));
        }
        self.found.mentions.push(CountryMention {
            span: case.span,
            country,
            form: case.kind,
            reason,
            uncertain,
        });
        reason
    }

    /// Keeps a namesake; there are no more than the table has forms.
    fn note(&mut self, form: &'static str, span: Span, verdict: Verdict) {
        let key = |known: &Namesake| (known.form, known.verdict);
        match self.namesakes.binary_search_by_key(&(form, verdict), key) {
            Ok(at) => {
                if let Some(known) = self.namesakes.get_mut(at) {
                    known.last = span;
                }
            }
            Err(at) => {
                let (first, last) = (span, span);
                self.namesakes.insert(
                    at,
                    Namesake {
                        form,
                        verdict,
                        first,
                        last,
                    },
                );
            }
        }
    }

    /// Lets the persons and towns of the article take the bare words that mean them too.
    fn finish(mut self) -> Found {
        if !self.namesakes.is_empty() {
            let mut taken: Vec<usize> = Vec::new();
            for (index, case) in &self.plain {
                if rules::is_namesake(case, &self.namesakes) {
                    taken.push(*index);
                }
            }
            let mut index = 0;
            self.found.mentions.retain(|_| {
                index += 1;
                taken.binary_search(&(index - 1)).is_err()
            });
        }
        self.found
    }
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
