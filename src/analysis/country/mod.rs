//! Mentions of countries, and which country is meant.
//!
//! [`scan`] finds every word of the gazetteer in the text, the longest at each place; [`topic`] says what
//! the article as a whole is about; [`rules`] decide, in order, about words that may mean something
//! else (`Georgia`, `Chad Smith`, `Lebanon, Ohio`). What no rule takes is a mention.

use self::forms::{Sense, TopicCue};
use self::rules::{CountryCase, CountryVerdict};
use crate::document::{Block, BlockKind, Document, InlineKind};
use crate::text::Span;

mod adjective;
mod context;
mod foreign;
mod forms;
mod names;
mod rules;
mod scan;
mod topic;
mod word_list;

pub use crate::lexicon::gazetteer::CountryCode;

/// A place in the text that mentions a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryMention {
    /// The words: `Russia`, `Russian`.
    pub span: Span,
    /// Which country.
    pub country: CountryCode,
    /// By what kind of word.
    pub form: CountryForm,
    /// The rule that decided.
    pub reason: CountryRuleId,
    /// Whether it is doubtful that a country is meant: shown as `?`, never counted or exported.
    pub uncertain: bool,
}

/// By what kind of word a country is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CountryForm {
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
pub(super) struct CountryFindings {
    /// The mentions, sorted, without overlap, with the uncertain ones among them.
    pub mentions: Vec<CountryMention>,
    /// The implied places, sorted, without overlap.
    pub implied: Vec<ImpliedPlace>,
}

/// The mentions of countries in an article, and the places that imply one.
pub(super) fn find(document: &Document) -> CountryFindings {
    let blanked = blank(document);
    let text = blanked.as_deref().unwrap_or(&document.text);
    let language = document.meta.language.as_deref().unwrap_or("en");
    let language = language.split(['-', '_']).next().unwrap_or_default();
    if let Some(names) = foreign::ForeignNames::of(language) {
        let mut found = CountryFindings::default();
        for block in document
            .blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Trailing)
        {
            names.find(text, block.span, &mut found.mentions);
        }
        return found;
    }
    // Looking twice is quick, and a long article has more words of the gazetteer than fit in memory well.
    let mut facts = topic::TopicFacts::new();
    each_block(document, text, |_, hits| facts.gather(hits));
    facts.finish(text);
    let mut reading = MentionFinder {
        text,
        blocks: &document.blocks,
        facts: &facts,
        // Growing step by step, they would take twice as much on the way.
        found: CountryFindings {
            mentions: Vec::with_capacity(facts.n_countries()),
            implied: Vec::with_capacity(facts.n_places()),
        },
        plain: Vec::new(),
        namesakes: Vec::new(),
    };
    each_block(document, text, |index, hits| reading.block(index, hits));
    reading.finish()
}

/// Calls `read` with each block, by its index, that holds words of the gazetteer, and with these.
fn each_block(document: &Document, text: &str, mut read: impl FnMut(usize, &[scan::FormHit])) {
    let mut hits = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if block.kind == BlockKind::Trailing {
            continue;
        }
        hits.clear();
        let from = block.span.start as usize;
        scan::scan(block.span.of(text), from, &forms::ENGLISH, &mut hits);
        if !hits.is_empty() {
            read(index, &hits);
        }
    }
}

/// The rule that decided about a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryRuleId(u8);

impl CountryRuleId {
    /// The rule with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let place = reasons().position(|known| known == name)?;
        Some(Self::at(place))
    }

    fn at(place: usize) -> Self {
        u8::try_from(place).map_or_else(|_| Self::default(), Self)
    }

    /// Its name, which is stable: `state-or-country`.
    #[must_use]
    pub fn name(self) -> &'static str {
        reasons().nth(usize::from(self.0)).unwrap_or("unknown")
    }

    /// What it says.
    #[must_use]
    pub fn doc(self) -> Option<&'static str> {
        rules::doc(self.name())
    }
}

/// A rule that no table knows.
impl Default for CountryRuleId {
    fn default() -> Self {
        Self(u8::MAX)
    }
}

/// The names of all reasons.
fn reasons() -> impl Iterator<Item = &'static str> {
    let rules = rules::RULES.iter().copied().flatten().map(|rule| rule.id);
    rules.chain([rules::PLAIN, foreign::REASON])
}

/// What decides, as text: rules and cues.
pub(super) fn fingerprint_texts() -> impl Iterator<Item = &'static str> {
    reasons().chain([forms::CUES])
}

/// A word that was found to be a person or a town, with the first and last place where it is.
struct Namesake {
    form: &'static str,
    verdict: CountryVerdict,
    first: Span,
    last: Span,
}

/// The decisions on an article so far.
struct MentionFinder<'t> {
    text: &'t str,
    blocks: &'t [Block],
    facts: &'t topic::TopicFacts,
    found: CountryFindings,
    /// Mentions no rule spoke of: a namesake elsewhere may still take them.
    plain: Vec<PlainMention>,
    namesakes: Vec<Namesake>,
}

/// A mention no rule spoke of.
struct PlainMention {
    /// Its index among the mentions.
    mention: u32,
    /// The index of its block.
    block: u32,
    /// The place of its form in the table.
    id: u16,
    /// The country the form stands for.
    code: CountryCode,
}

impl<'t> MentionFinder<'t> {
    fn block(&mut self, index: usize, hits: &[scan::FormHit]) {
        let Some(block) = self.blocks.get(index) else {
            return;
        };
        let mut prior = None;
        for hit in hits {
            prior = match hit.sense {
                Sense::Country(code, kind) => {
                    let case = CountryCase {
                        prior,
                        ..self.case(block, hit.span, hit.form, code, kind)
                    };
                    let n_before = self.found.mentions.len();
                    let reason = self.decide(&case);
                    let is_open = reason == rules::PLAIN || case.form == "Georgia";
                    if is_open && self.found.mentions.len() > n_before {
                        self.plain.push(PlainMention {
                            mention: count(n_before),
                            block: count(index),
                            id: hit.id,
                            code,
                        });
                    }
                    Some((hit.span.end, reason))
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
                Sense::Cue(TopicCue::UsState) if !hit.form.ends_with('.') => {
                    self.imply(hit.span, CountryCode(*b"US"));
                    prior
                }
                Sense::Cue(TopicCue::GeorgiaCountry) => Some((hit.span.end, rules::PLAIN)),
                Sense::Phrase | Sense::Cue(_) => prior,
            };
        }
    }

    /// A word of the gazetteer with what stands around it.
    fn case(
        &self,
        block: &Block,
        span: Span,
        form: &'static str,
        code: CountryCode,
        kind: CountryForm,
    ) -> CountryCase<'t> {
        CountryCase {
            article: self.text,
            block: block.span,
            block_kind: block.kind,
            span,
            form,
            code,
            kind,
            around: context::Around::new(self.text, block.span, span),
            facts: self.facts,
            prior: None,
        }
    }

    fn imply(&mut self, span: Span, country: CountryCode) {
        self.found.implied.push(ImpliedPlace { span, country });
    }

    fn decide(&mut self, case: &CountryCase<'t>) -> &'static str {
        let (place, reason, verdict) = rules::decide(case);
        let (country, uncertain) = match verdict {
            CountryVerdict::Mention(country) => (country, false),
            CountryVerdict::Doubtful(country) => (country, true),
            CountryVerdict::Nothing => return reason,
            CountryVerdict::Person | CountryVerdict::Town => {
                self.note(case.form, case.span, verdict);
                return reason;
            }
        };
        self.found.mentions.push(CountryMention {
            span: case.span,
            country,
            form: case.kind,
            reason: CountryRuleId::at(place),
            uncertain,
        });
        reason
    }

    /// Keeps a namesake; there are no more than the table has forms.
    fn note(&mut self, form: &'static str, span: Span, verdict: CountryVerdict) {
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
    fn finish(mut self) -> CountryFindings {
        if !self.namesakes.is_empty() {
            let plain = self.plain.iter();
            let taken: Vec<u32> = plain
                .filter(|plain| self.is_taken(plain))
                .map(|plain| plain.mention)
                .collect();
            let mut index = 0;
            self.found.mentions.retain(|_| {
                index += 1;
                taken.binary_search(&(index - 1)).is_err()
            });
        }
        self.found.mentions.shrink_to_fit();
        self.found.implied.shrink_to_fit();
        self.found
    }

    fn is_taken(&self, plain: &PlainMention) -> bool {
        let form = forms::ENGLISH.text(plain.id);
        let Some(block) = self.blocks.get(plain.block as usize) else {
            return false;
        };
        let Some(mention) = self.found.mentions.get(plain.mention as usize) else {
            return false;
        };
        self.namesakes
            .binary_search_by_key(&form, |known| known.form)
            .is_ok()
            && rules::is_namesake(
                &self.case(block, mention.span, form, plain.code, mention.form),
                &self.namesakes,
            )
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
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
