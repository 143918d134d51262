//! Where quotations are and who says them.
//!
//! [`find`] goes through an article paragraph by paragraph: it pairs the quotation marks, folds every
//! quotation to one token, reads names and cues in what remains, attributes each quotation by a rule, and
//! lets quotations without a cue of their own go on with the speaker of the words before them.

use super::attribution::{self, Link, Scene};
use super::coreference::{Cast, EntityId, EntityKind};
use super::cue::{self, Cue};
use super::marks::{self, Pair};
use super::indirect;
use super::phrase::{Phrase, Sentence};
use super::token::{self, Kind, Part, Token};
use super::{Attribution, Quotation, QuotationKind, Speaker, SpeakerId, SpeakerKind};
use crate::document::{BlockKind, Document};
use crate::lexicon::{self, Class, Classes, Lexicon};
use crate::text::Span;
use crate::text::segment::TokenKind;

/// A stretch between quotation marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quote {
    /// With its marks.
    pub span: Span,
    /// Number of words.
    pub words: usize,
    /// What stands before the closing mark.
    pub ending: Ending,
    /// Whether the first word has a capital letter.
    pub capital: bool,
    /// Whether all words but function words have one, as in titles of works.
    pub title_case: bool,
    /// Whether the closing mark is there.
    pub closed: bool,
    /// Whether a verb or pronoun stands in it.
    pub clausal: bool,
    /// Whether the marks are single.
    pub single: bool,
}

/// How a quotation ends before its closing mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a word.
    Open,
    /// With a comma.
    Comma,
    /// Like a sentence, or cut short by a dash.
    Stop,
    /// With a question mark or exclamation mark.
    Ask,
}

/// The quotations of an article and their speakers.
pub(super) fn find(document: &Document) -> (Vec<Quotation>, Vec<Speaker>) {
    let lexicon = lexicon::of_language(document.meta.language.as_deref());
    let mut finder = Finder::new(document, lexicon);
    for block in &document.blocks {
        match block.kind {
            BlockKind::Trailing | BlockKind::Rule | BlockKind::Byline => {}
            kind => {
                for piece in pieces(&document.text, block.span) {
                    finder.paragraph(piece, kind == BlockKind::Title);
                }
            }
        }
    }
    finder.finish()
}

/// The longest stretch that is read as one paragraph, in bytes; it bounds memory.
const PIECE: u32 = 1 << 16;
/// The longest sentence, in tokens; it bounds what a rule looks at.
const SENTENCE: usize = 400;

/// Cuts a block into stretches of bounded length at white space. News has no such paragraphs; hostile files do.
fn pieces(text: &str, block: Span) -> impl Iterator<Item = Span> {
    let mut start = block.start;
    std::iter::from_fn(move || {
        if start >= block.end {
            return None;
        }
        let end = if block.end - start <= PIECE { block.end } else { cut(text, start) };
        let piece = Span::new(start, end);
        start = end;
        Some(piece)
    })
}

/// The last white space within a piece from `start`, or the last character that fits.
fn cut(text: &str, start: u32) -> u32 {
    let limit = (start + PIECE) as usize;
    let bytes = text.as_bytes();
    let space = (start as usize + 1..limit).rev().take(4096).find(|at| bytes.get(*at).is_some_and(u8::is_ascii_whitespace));
    let end = space.or_else(|| (start as usize + 1..=limit).rev().find(|at| text.is_char_boundary(*at)));
    u32::try_from(end.unwrap_or(limit)).unwrap_or(u32::MAX)
}

/// What is known of the speaker of a quotation before names are final.
#[derive(Debug, Clone)]
struct Found {
    entity: Option<EntityId>,
    source: Option<Span>,
    cue: Option<Span>,
    via: Option<Span>,
    rule: &'static str,
}

/// What a paragraph leaves to the next.
#[derive(Default)]
struct Carry {
    /// The last quotation has no closing mark.
    open: bool,
    /// The speaker of the last quotation.
    last: Option<Found>,
    /// The paragraph ends with a colon: who the words before it are about.
    announced: Option<Found>,
    /// The first subject of the last paragraph.
    subject: Option<Found>,
    /// The last paragraph has no quotation, so that its subject is nearer than the last speaker.
    fresh: bool,
}

struct Finder<'d> {
    document: &'d Document,
    lexicon: &'static Lexicon,
    cast: Cast,
    carry: Carry,
    quotations: Vec<(Span, QuotationKind, Option<Found>)>,
    raw: Vec<Token>,
    tokens: Vec<Token>,
    quotes: Vec<Quote>,
}

impl<'d> Finder<'d> {
    fn new(document: &'d Document, lexicon: &'static Lexicon) -> Self {
        Self {
            document,
            lexicon,
            cast: Cast::default(),
            carry: Carry::default(),
            quotations: Vec::new(),
            raw: Vec::new(),
            tokens: Vec::new(),
            quotes: Vec::new(),
        }
    }

    fn paragraph(&mut self, span: Span, title: bool) {
        let text = &self.document.text;
        token::read(self.document, span, self.lexicon, &mut self.raw);
        let mut pairs = marks::pairs(&self.raw, self.carry.open);
        // Headlines quote loosely between single marks; the body has the words in full.
        pairs.retain(|pair| !(title && pair.single));
        fold(&self.raw, &pairs, text, &mut self.tokens, &mut self.quotes);
        token::tag(&mut self.tokens, text);
        self.cast.read(&self.tokens, text);
        let tokens = std::mem::take(&mut self.tokens);
        let quotes = std::mem::take(&mut self.quotes);
        Paragraph { finder: self, tokens: &tokens, quotes: &quotes, opened: pairs.first().is_none_or(|pair| pair.opened) }.read();
        self.carry.open = pairs.last().is_some_and(|pair| !pair.closed && !pair.single);
        self.tokens = tokens;
        self.quotes = quotes;
    }

    fn finish(self) -> (Vec<Quotation>, Vec<Speaker>) {
        let mut speakers = Speakers { cast: &self.cast, text: &self.document.text, ids: std::collections::HashMap::new(), list: Vec::new() };
        let mut quotations = Vec::with_capacity(self.quotations.len());
        for (span, kind, found) in self.quotations {
            let attribution = found.and_then(|found| {
                Some(Attribution {
                    speaker: speakers.id(found.entity?),
                    source: found.source,
                    cue: found.cue,
                    via: found.via,
                    chain: Vec::new(),
                    rule: found.rule,
                    confidence: 0.5,
                })
            });
            quotations.push(Quotation { span, kind, attribution });
        }
        quotations.sort_by_key(|quotation| (quotation.span.start, quotation.span.end));
        (quotations, speakers.list)
    }
}

/// Gives entities their place in the list of speakers.
struct Speakers<'c> {
    cast: &'c Cast,
    text: &'c str,
    ids: std::collections::HashMap<EntityId, SpeakerId>,
    list: Vec<Speaker>,
}

impl Speakers<'_> {
    fn id(&mut self, entity: EntityId) -> SpeakerId {
        if let Some(id) = self.ids.get(&entity) {
            return *id;
        }
        let id = SpeakerId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.ids.insert(entity, id);
        if let Some(entity) = self.cast.entity(entity) {
            let kind = match entity.kind {
                EntityKind::Person => SpeakerKind::Person,
                EntityKind::Body | EntityKind::Place => SpeakerKind::Organization,
                EntityKind::Unnamed | EntityKind::Group => SpeakerKind::Unnamed,
            };
            let aliases = entity.aliases.iter().map(|alias| one_line(alias.of(self.text)));
            let name = one_line(entity.name.of(self.text));
            self.list.push(Speaker {
                aliases: aliases.filter(|alias| *alias != name).collect(),
                name,
                role: entity.role.map(|role| one_line(role.of(self.text))),
                kind,
            });
        }
        id
    }
}

/// Words on one line with single spaces.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Replaces every pair by one token.
fn fold(raw: &[Token], pairs: &[Pair], text: &str, tokens: &mut Vec<Token>, quotes: &mut Vec<Quote>) {
    tokens.clear();
    quotes.clear();
    let mut at = 0;
    for pair in pairs {
        tokens.extend_from_slice(raw.get(at..pair.open).unwrap_or_default());
        let inside = raw.get(pair.open..pair.end).unwrap_or_default();
        if let Some(quote) = measure(inside, pair, text) {
            let kind = Kind::Quotation(u32::try_from(quotes.len()).unwrap_or(u32::MAX));
            let spaced = inside.first().is_some_and(|token| token.spaced);
            let title = quote.title_case && quote.words <= 6 && !matches!(quote.ending, Ending::Stop | Ending::Ask);
            let classes = if title { Class::Document.into() } else { Classes::NONE };
            tokens.push(Token { span: quote.span, kind, capital: quote.capital, spaced, classes, part: Part::Quotation });
            quotes.push(quote);
        }
        at = pair.end;
    }
    tokens.extend_from_slice(raw.get(at..).unwrap_or_default());
}

/// Describes the tokens of a pair.
fn measure(inside: &[Token], pair: &Pair, _text: &str) -> Option<Quote> {
    let (first, last) = (inside.first()?, inside.last()?);
    let content = inside.iter().filter(|token| token.mark().is_none());
    let words = content.clone().filter(|token| token.is_word() || token.kind == Kind::Text(TokenKind::Number));
    let big = words.clone().filter(|token| token.classes.is_empty() || !token.is(Class::Determiner) && !token.is(Class::Preposition) && !token.is(Class::Coordinator));
    let ending = match content.clone().next_back()?.kind {
        Kind::Text(TokenKind::Comma) => Ending::Comma,
        Kind::Text(TokenKind::Ask) => Ending::Ask,
        Kind::Text(TokenKind::Stop | TokenKind::Dash) => Ending::Stop,
        _ => Ending::Open,
    };
    Some(Quote {
        span: first.span.join(last.span),
        words: words.clone().count(),
        ending,
        capital: words.clone().next().is_some_and(|token| token.capital),
        title_case: big.clone().count() > 0 && big.clone().all(|token| token.capital),
        closed: pair.closed,
        clausal: words.clone().any(|token| token.classes.any(CLAUSAL)),
        single: pair.single,
    })
}

const CLAUSAL: Classes = Classes::of(Class::Auxiliary).and(token::PRONOUN).and(Classes::of(Class::Verb));

/// One paragraph on the way through the rules.
struct Paragraph<'f, 'd, 't> {
    finder: &'f mut Finder<'d>,
    tokens: &'t [Token],
    quotes: &'t [Quote],
    opened: bool,
}

/// A sentence of the paragraph and its cues.
struct Part_ {
    low: usize,
    high: usize,
    cues: Vec<Cue>,
}

impl Paragraph<'_, '_, '_> {
    fn read(mut self) {
        let sentences = self.sentences();
        let mut found: Vec<(usize, Quote, Option<Found>, bool)> = Vec::new();
        for (index, sentence) in sentences.iter().enumerate() {
            for at in sentence.low..sentence.high {
                let Some(Kind::Quotation(quote)) = self.tokens.get(at).map(|token| token.kind) else {
                    continue;
                };
                let Some(quote) = self.quotes.get(quote as usize) else {
                    continue;
                };
                let scene = self.scene(&sentences, index, quote, at);
                let ruled = attribution::attribute(&scene);
                let alone = sentence.low == at && at + 1 >= sentence.high.saturating_sub(1);
                let link = match ruled {
                    Some((rule, link)) => Some(self.resolve(link, rule.id)),
                    None if alone => None,
                    None => attribution::sentence_subject(&scene).map(|link| self.resolve(link, "sentence-subject")),
                };
                if !self.is_speech(quote, at, ruled.map(|(_, link)| link), alone) {
                    continue;
                }
                found.push((at, *quote, link, alone));
            }
        }
        self.continue_speakers(&sentences, &mut found);
        self.indirect(&sentences, &found);
        self.leave(&sentences, &found);
        for (at, quote, link, _) in found {
            let kind = self.kind(at, &quote);
            self.finder.quotations.push((quote.span, kind, link));
        }
    }

    fn scene<'s>(&'s self, sentences: &'s [Part_], index: usize, quote: &'s Quote, at: usize) -> Scene<'s> {
        let view = |part: &'s Part_| (Sentence { tokens: self.tokens, low: part.low, high: part.high }, part.cues.as_slice());
        let (sentence, cues) = sentences.get(index).map_or((Sentence { tokens: self.tokens, low: 0, high: 0 }, [].as_slice()), view);
        Scene { sentence, cues, next: sentences.get(index + 1).map(view), quote, at }
    }

    /// Direct when the quotation is a clause of its own, mixed when it completes the writer’s.
    fn kind(&self, at: usize, quote: &Quote) -> QuotationKind {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(Part::Stop, |token| token.part);
        let own_clause = matches!(before, Part::Stop | Part::Comma | Part::Colon | Part::Quotation | Part::Dash | Part::Cue | Part::GerundCue);
        if own_clause && (quote.capital || quote.ending != Ending::Open) { QuotationKind::Direct } else { QuotationKind::Mixed }
    }

    /// Cuts the paragraph into sentences; a reporting clause after a quotation belongs to its sentence.
    fn sentences(&self) -> Vec<Part_> {
        let mut parts = Vec::new();
        let mut low = 0;
        for index in 0..self.tokens.len() {
            if self.ends_sentence(index) || index - low >= SENTENCE {
                parts.push(Part_ { low, high: index + 1, cues: Vec::new() });
                low = index + 1;
            }
        }
        if low < self.tokens.len() {
            parts.push(Part_ { low, high: self.tokens.len(), cues: Vec::new() });
        }
        for part in &mut parts {
            cue::cues(&Sentence { tokens: self.tokens, low: part.low, high: part.high }, &mut part.cues);
        }
        parts
    }

    fn ends_sentence(&self, index: usize) -> bool {
        let Some(token) = self.tokens.get(index) else {
            return false;
        };
        let next = self.tokens.get(index + 1);
        match token.part {
            Part::Stop => next.is_none_or(|next| next.spaced && (next.capital || next.part != Part::Noun) || next.part == Part::Quotation),
            Part::Quotation => {
                let Kind::Quotation(quote) = token.kind else {
                    return false;
                };
                let stops = self.quotes.get(quote as usize).is_some_and(|quote| matches!(quote.ending, Ending::Stop | Ending::Ask));
                stops && next.is_some_and(|next| next.capital && next.part != Part::Cue || next.part == Part::Quotation)
            }
            _ => false,
        }
    }

    fn resolve(&mut self, link: Link, rule: &'static str) -> Found {
        let text = &self.finder.document.text;
        let entity = self.finder.cast.resolve(self.tokens, link.source, text);
        Found {
            entity,
            source: Some(link.source.span(self.tokens)),
            cue: link.cue.and_then(|cue| self.tokens.get(cue)).map(|token| token.span),
            via: link.via.map(|via| via.span(self.tokens)),
            rule,
        }
    }

    /// Whether the marks hold words that somebody said, not a title, nickname or term.
    fn is_speech(&self, quote: &Quote, at: usize, link: Option<Link>, alone: bool) -> bool {
        let ruled = link.is_some();
        if quote.words == 0 || quote.single && !ruled {
            return false;
        }
        if quote.title_case && quote.words <= 6 && !alone && !self.follows_cue(at, link) && self.part_before(at) != Part::Stop {
            return false;
        }
        quote.words > 5 || ruled || alone && matches!(quote.ending, Ending::Stop | Ending::Ask)
    }

    fn part_before(&self, at: usize) -> Part {
        at.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(Part::Stop, |token| token.part)
    }

    /// Whether a quotation stands right after its cue: said, “…”; called it “…”.
    fn follows_cue(&self, at: usize, link: Option<Link>) -> bool {
        let near = link.and_then(|link| link.cue).is_some_and(|cue| cue < at && at - cue <= 3);
        let inside_phrase = matches!(self.part_before(at), Part::Possessive | Part::Preposition | Part::Noun | Part::Name);
        near && !inside_phrase || matches!(self.part_before(at), Part::Colon | Part::That | Part::Cue | Part::GerundCue)
    }

    /// Gives quotations without a cue the speaker of the words around them.
    fn continue_speakers(&mut self, sentences: &[Part_], found: &mut [(usize, Quote, Option<Found>, bool)]) {
        let mut last: Option<(usize, Found)> = None;
        // Where the next quotation with a cue is, from the back.
        let mut following = vec![None; found.len()];
        let mut known = None;
        for (place, (index, (_, _, link, _))) in following.iter_mut().zip(found.iter().enumerate()).rev() {
            *place = known;
            if link.is_some() {
                known = Some(index);
            }
        }
        for index in 0..found.len() {
            let Some((at, _, link, _)) = found.get(index).cloned() else {
                continue;
            };
            if let Some(link) = link {
                last = Some((at, link));
                continue;
            }
            let next = following.get(index).copied().flatten().and_then(|next: usize| found.get(next)?.2.clone());
            let choice = self.continued(sentences, at, last.as_ref(), next);
            if let (Some((choice, rule)), Some(place)) = (choice, found.get_mut(index)) {
                let choice = Found { rule, ..choice };
                last = Some((at, choice.clone()));
                place.2 = Some(choice);
            }
        }
    }

    /// The speaker of a quotation at `at` without a cue, and by which rule.
    fn continued(
        &mut self,
        sentences: &[Part_],
        at: usize,
        last: Option<&(usize, Found)>,
        next: Option<Found>,
    ) -> Option<(Found, &'static str)> {
        let carry = &self.finder.carry;
        if at == 0 && carry.open && self.opened && let Some(found) = &carry.last {
            return Some((found.clone(), "paragraph-continuation"));
        }
        if at == 0 && let Some(found) = &carry.announced {
            return Some((found.clone(), "colon-before-paragraph"));
        }
        // What was said last between the quotation before and this one.
        let since = last.map_or(0, |(at, _)| *at);
        if let Some(found) = self.sentence_before(sentences, at, since) {
            return Some((found, "previous-sentence"));
        }
        if let Some((_, found)) = last {
            return Some((found.clone(), "continuation"));
        }
        let follows = next.filter(|link| matches!(link.rule, "cue-after-quotation" | "inverted-cue" | "cue-in-next-sentence"));
        if let Some(found) = follows {
            return Some((found, "later-in-paragraph"));
        }
        let carry = &self.finder.carry;
        let (first, second) = if carry.fresh { (&carry.subject, &carry.last) } else { (&carry.last, &carry.subject) };
        let rules = if carry.fresh { ("last-subject", "last-speaker") } else { ("last-speaker", "last-subject") };
        first.clone().map(|found| (found, rules.0)).or_else(|| second.clone().map(|found| (found, rules.1)))
    }

    /// Who speaks or acts in the sentence before the one at `at`, when no quotation at or after `since` is in it.
    fn sentence_before(&mut self, sentences: &[Part_], at: usize, since: usize) -> Option<Found> {
        let part = sentences.get(sentences.partition_point(|part| part.high <= at).checked_sub(1)?)?;
        let quoted = self.tokens.get(part.low..part.high)?.iter().any(|token| matches!(token.kind, Kind::Quotation(_)));
        if part.low < since || quoted {
            return None;
        }
        let sentence = Sentence { tokens: self.tokens, low: part.low, high: part.high };
        let cue = part.cues.iter().find_map(|cue| cue.source.map(|source| (source, Some(cue.at))));
        let (source, cue) = cue.or_else(|| sentence.main_subject(part.high).map(|source| (source, None)))?;
        let found = self.resolve(Link { source, cue, via: None }, "previous-sentence");
        let speaks = self.can_speak(found.entity);
        speaks.then_some(found)
    }

    /// Whether an entity is somebody who can be quoted by mere presence.
    fn can_speak(&self, entity: Option<EntityId>) -> bool {
        entity.and_then(|id| self.finder.cast.entity(id)).is_some_and(|entity| entity.kind == EntityKind::Person)
    }

    /// Finds reported speech without quotation marks.
    fn indirect(&mut self, sentences: &[Part_], found: &[(usize, Quote, Option<Found>, bool)]) {
        let mut cues: Vec<u32> = found.iter().filter_map(|(_, _, link, _)| Some(link.as_ref()?.cue?.start)).collect();
        cues.sort_unstable();
        let mut reports = Vec::new();
        for part in sentences {
            let sentence = Sentence { tokens: self.tokens, low: part.low, high: part.high };
            let taken = |cue: usize| {
                self.tokens.get(cue).is_some_and(|token| cues.binary_search(&token.span.start).is_ok())
            };
            indirect::reports(&sentence, &part.cues, taken, &mut reports);
            for report in reports.clone() {
                let span = Phrase { start: report.start, end: report.end, head_end: report.end }.span(self.tokens);
                let link = report.source.map(|source| self.resolve(Link { source, cue: Some(report.cue), via: None }, report.rule));
                self.finder.quotations.push((span, QuotationKind::Indirect, link));
            }
        }
    }

    /// What the next paragraph can build on.
    fn leave(&mut self, sentences: &[Part_], found: &[(usize, Quote, Option<Found>, bool)]) {
        if let Some(link) = found.iter().rev().find_map(|(_, _, link, _)| link.clone()) {
            self.finder.carry.last = Some(link);
        }
        let ends_with_colon = self.tokens.last().is_some_and(|token| token.part == Part::Colon);
        let subject = sentences.last().and_then(|part| {
            let sentence = Sentence { tokens: self.tokens, low: part.low, high: part.high };
            let cue = part.cues.iter().rev().find_map(|cue| cue.source.map(|source| (source, Some(cue.at))));
            cue.or_else(|| sentence.main_subject(part.high).map(|source| (source, None)))
        });
        let subject = subject.map(|(source, cue)| self.resolve(Link { source, cue, via: None }, "announced"));
        self.finder.carry.announced = if ends_with_colon { subject.clone() } else { None };
        if found.is_empty() {
            self.finder.carry.fresh = self.can_speak(subject.as_ref().and_then(|found| found.entity));
            self.finder.carry.subject = subject;
        } else {
            self.finder.carry.fresh = false;
        }
    }
}
