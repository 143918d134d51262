//! Finds mentions of countries, and decides which country is meant.
//!
//! [`scan`] finds every word of the gazetteer in the text, the longest at each place. [`topic`] counts
//! them to see what the article as a whole is about. [`rules`] then decide, in order, about words that may
//! mean something else (`Georgia`, `Chad Smith`, `Lebanon, Ohio`). A word that no rule decides about is a
//! mention.

// What is found.
mod mention;

// The words.
mod forms;
mod letters;
mod scan;
mod topic;

// The rules.
mod context;
mod names;
mod rules;
mod word_list;

// Languages other than English.
mod adjective;
mod foreign;

mod rule_id;

use self::forms::{Sense, TopicCue};
pub(super) use self::mention::CountryFindings;
pub use self::mention::{CountryForm, CountryMention, CountryRuleId, ImpliedPlace};
use self::rules::{CountryCase, CountryVerdict, Namesakes};
use crate::document::{Block, BlockKind, Document, InlineKind};
pub use crate::lexicon::gazetteer::CountryCode;
use crate::text::{Span, to_u32};

/// Finds the mentions of countries in an article, and the places that imply one.
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
    // Scanning twice is cheaper than keeping the hits, because a long article has very many of them.
    let mut topic = topic::ArticleTopic::new();
    each_block(document, text, |_, hits| topic.gather(hits));
    topic.finish(text);
    let mut reading = MentionFinder {
        text,
        blocks: &document.blocks,
        topic: &topic,
        // Vectors that grow take up to twice the memory.
        found: CountryFindings {
            mentions: Vec::with_capacity(topic.n_countries()),
            implied: Vec::with_capacity(topic.n_places()),
        },
        plain: Vec::new(),
        namesakes: Namesakes::default(),
    };
    each_block(document, text, |index, hits| reading.block(index, hits));
    reading.finish()
}

/// Calls `read` with the index of each block that has words of the gazetteer, and with those words.
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

/// The names of the rules and the file of cues. When one of them changes, stored results are out of date.
pub(super) fn fingerprint_texts() -> impl Iterator<Item = &'static str> {
    rule_id::names().chain([forms::CUES])
}

/// Decides about the words of one article.
struct MentionFinder<'t> {
    text: &'t str,
    blocks: &'t [Block],
    topic: &'t topic::ArticleTopic,
    found: CountryFindings,
    /// Mentions that no rule decided about. A person or town of that name may still claim them.
    plain: Vec<PlainMention>,
    namesakes: Namesakes,
}

/// A mention that no rule decided about.
struct PlainMention {
    /// Its index among the mentions.
    mention: u32,
    /// The index of its block.
    block: u32,
    /// The index of its form in the table.
    id: u16,
    /// The country the form means.
    code: CountryCode,
}

impl<'t> MentionFinder<'t> {
    fn block(&mut self, index: usize, hits: &[scan::FormHit]) {
        let block = &self.blocks[index];
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
                            mention: to_u32(n_before),
                            block: to_u32(index),
                            id: hit.id,
                            code,
                        });
                    }
                    Some((hit.span.end, reason))
                }
                Sense::Place(country) => {
                    let before = context::word_before(self.text, block.span, hit.span.start);
                    // Kerry Washington and Jack London are persons.
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

    /// A word of the gazetteer with its surroundings.
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
            topic: self.topic,
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
                self.namesakes.add(case.form, verdict, case.span);
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

    /// Removes the mentions that are persons or towns because the same word is one elsewhere in the article.
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
        if !self.namesakes.has(form) {
            return false;
        }
        let block = &self.blocks[plain.block as usize];
        let mention = self.found.mentions[plain.mention as usize];
        let case = self.case(block, mention.span, form, plain.code, mention.form);
        self.namesakes.claim(&case)
    }
}

/// The text with everything hidden replaced by spaces; `None` when nothing is hidden.
fn blank(document: &Document) -> Option<String> {
    let mut hidden = document
        .inlines
        .iter()
        .filter(|inline| inline.kind == InlineKind::Hidden)
        .peekable();
    hidden.peek()?;
    let mut bytes = document.text.clone().into_bytes();
    for inline in hidden {
        bytes[inline.span.range()].fill(b' ');
    }
    String::from_utf8(bytes).ok()
}
