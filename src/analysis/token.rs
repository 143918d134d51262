//! Tokens with what the lexicon knows of them, and each token's part in its sentence.
//!
//! A paragraph becomes a list of [`Token`]s; quotations in it are then folded to one token each (see
//! `quotation`), so that the sentence around a quotation reads as if the quotation were one word.
//! [`tag`] gives each token its [`Part`]: a coarse part of speech from closed classes, word endings and the
//! token before, enough to find subjects of verbs. It is no tagger and does not try to be.

use crate::document::Document;
use crate::lexicon::{Class, Classes, Lexicon};
use crate::text::Span;
use crate::text::segment::{self, Mark, TokenKind};

/// A token of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Its bytes; an abbreviation includes its full stop.
    pub span: Span,
    /// Its shape.
    pub kind: Kind,
    /// Whether it starts with a capital letter.
    pub capital: bool,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// What the lexicon knows.
    pub classes: Classes,
    /// Its part in the sentence; set by [`tag`].
    pub part: Part,
}

/// The shape of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As in the text.
    Text(TokenKind),
    /// A whole quotation: index in the paragraph's list.
    Quotation(u32),
}

/// The part a token plays in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Part of a name.
    Name,
    /// Noun or adjective, also what is not known better.
    Noun,
    /// the, some
    Determiner,
    /// his, ’s
    Possessive,
    /// he, they, I
    Pronoun,
    /// him, them
    Object,
    /// of, in
    Preposition,
    /// and, but
    Coordinator,
    /// when, how
    Subordinator,
    /// who, which
    Relative,
    /// that
    That,
    /// is, had, would
    Auxiliary,
    /// also, on Tuesday’s Tuesday
    Adverb,
    /// A verb that reports nothing.
    Verb,
    /// A finite reporting verb.
    Cue,
    /// -ing form of a reporting verb.
    GerundCue,
    /// Another -ing form.
    Gerund,
    /// Digits or a number word.
    Number,
    /// A folded quotation.
    Quotation,
    /// `,`
    Comma,
    /// `.`, `?`, `!`
    Stop,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `—`
    Dash,
    /// `(`
    Open,
    /// `)`
    Close,
    /// Anything else.
    Other,
}

impl Part {
    /// Whether the token can stand inside a noun phrase before its last word.
    pub(super) const fn is_nominal(self) -> bool {
        matches!(self, Self::Name | Self::Noun | Self::Number)
    }

    /// Whether the token ends a clause.
    pub(super) const fn is_break(self) -> bool {
        matches!(self, Self::Stop | Self::Colon | Self::Semicolon)
    }
}

impl Token {
    /// Whether the lexicon puts the word in the class.
    pub(super) const fn is(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    /// The quotation mark, when the token is one.
    pub(super) const fn mark(&self) -> Option<Mark> {
        match self.kind {
            Kind::Text(TokenKind::Mark(mark)) => Some(mark),
            _ => None,
        }
    }

    /// Whether the token is a word.
    pub(super) const fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Text(TokenKind::Word | TokenKind::Capitals))
    }
}

/// Reads the tokens of a block to `tokens`, which is emptied first.
pub(super) fn read(document: &Document, block: Span, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    tokens.clear();
    let text = &document.text;
    let mut hidden = Hidden::new(document, block);
    let mut stop: Option<Token> = None;
    for raw in segment::tokens(text, block) {
        if hidden.covers(raw.span) {
            continue;
        }
        let is_word = matches!(
            raw.kind,
            TokenKind::Word | TokenKind::Capitals | TokenKind::Clitic
        );
        let classes = if is_word {
            lexicon.classes(raw.span.of(text))
        } else {
            Classes::NONE
        };
        let token = Token {
            span: raw.span,
            kind: Kind::Text(raw.kind),
            capital: raw.capital,
            spaced: raw.spaced,
            classes,
            part: Part::Other,
        };
        if let Some(stop) = stop.take()
            && !absorb_stop(tokens, stop, &token, text)
        {
            tokens.push(stop);
        }
        if raw.kind == TokenKind::Stop && !raw.spaced && raw.span.len() == 1 {
            stop = Some(token);
        } else {
            tokens.push(token);
        }
    }
    tokens.extend(stop);
}

/// Gives a full stop to the abbreviation before it, unless the sentence ends there.
fn absorb_stop(tokens: &mut [Token], stop: Token, next: &Token, text: &str) -> bool {
    let Some(last) = tokens.last_mut() else {
        return false;
    };
    if last.span.end != stop.span.start || !last.is_word() {
        return false;
    }
    let word = last.span.of(text);
    let initial = word.len() == 1 && last.capital && !last.is(Class::I);
    let dotted = word.contains('.');
    if !initial && !dotted && !last.is(Class::Abbreviation) {
        return false;
    }
    let starts_sentence = next.capital && is_function_word(next.classes) && !next.is(Class::Title);
    let title = last
        .classes
        .any(Classes::of(Class::Title).and(Class::Honorific.into()));
    last.span.end = stop.span.end;
    !(starts_sentence && !title && !initial)
        && !matches!(next.kind, Kind::Text(TokenKind::Mark(_)) if next.spaced)
}

/// Walks the hidden markup of a document along with the tokens of a block.
struct Hidden<'d> {
    inlines: &'d [crate::document::Inline],
}

impl<'d> Hidden<'d> {
    fn new(document: &'d Document, block: Span) -> Self {
        let first = document
            .inlines
            .partition_point(|inline| inline.span.end <= block.start);
        Self {
            inlines: document.inlines.get(first..).unwrap_or_default(),
        }
    }

    fn covers(&mut self, span: Span) -> bool {
        while let Some((first, rest)) = self.inlines.split_first() {
            if first.span.end <= span.start || first.kind != crate::document::InlineKind::Hidden {
                if first.span.start >= span.end {
                    return false;
                }
                self.inlines = rest;
            } else {
                return first.span.start <= span.start;
            }
        }
        false
    }
}

/// Words that stand between the parts of a sentence and name nothing.
const FUNCTION: Classes = Classes::of(Class::Determiner)
    .and(Classes::of(Class::Possessive))
    .and(Classes::of(Class::He))
    .and(Classes::of(Class::She))
    .and(Classes::of(Class::They))
    .and(Classes::of(Class::It))
    .and(Classes::of(Class::We))
    .and(Classes::of(Class::You))
    .and(Classes::of(Class::I))
    .and(Classes::of(Class::Relative))
    .and(Classes::of(Class::Preposition))
    .and(Classes::of(Class::Coordinator))
    .and(Classes::of(Class::Subordinator))
    .and(Classes::of(Class::Auxiliary))
    .and(Classes::of(Class::According))
    .and(Classes::of(Class::Adverb));

/// Pronouns that can be the subject of a sentence.
pub(super) const PRONOUN: Classes = Classes::of(Class::He)
    .and(Classes::of(Class::She))
    .and(Classes::of(Class::They))
    .and(Classes::of(Class::It))
    .and(Classes::of(Class::We))
    .and(Classes::of(Class::You))
    .and(Classes::of(Class::I));

fn is_function_word(classes: Classes) -> bool {
    classes.any(FUNCTION)
}

/// Words that say that a capital letter at the start of a sentence begins a name.
const NAMED: Classes = Classes::of(Class::FirstMale)
    .and(Classes::of(Class::FirstFemale))
    .and(Classes::of(Class::Place))
    .and(Classes::of(Class::Organization))
    .and(Classes::of(Class::Title))
    .and(Classes::of(Class::Honorific))
    .and(Classes::of(Class::Nationality));

/// Gives every token its part.
pub(super) fn tag(tokens: &mut [Token], text: &str, capital_nouns: bool) {
    let (mut before, mut settled) = (Part::Stop, Part::Stop);
    let (mut plural_before, mut person_before, mut to_before) = (false, false, false);
    for index in 0..tokens.len() {
        let next = tokens.get(index + 1).copied();
        let Some(token) = tokens.get_mut(index) else {
            return;
        };
        let context = Context {
            capital_nouns,
            before,
            settled,
            plural_before,
            person_before,
            to_before,
            next,
        };
        token.part = context.part(token, text);
        person_before = token.classes.any(SPEAKERS);
        to_before = token.is(Class::To);
        let word = token.span.of(text);
        plural_before = token.is(Class::RolePlural) || word.ends_with('s') && !word.ends_with("ss");
        before = token.part;
        if before != Part::Adverb {
            settled = before;
        }
    }
}

struct Context {
    /// The language writes nouns with a capital letter.
    capital_nouns: bool,
    before: Part,
    plural_before: bool,
    /// The last part that is no adverb.
    settled: Part,
    /// The word before says who or what can speak.
    person_before: bool,
    /// The word before is `to`.
    to_before: bool,
    next: Option<Token>,
}

/// Words that may start a reported clause.
const CLAUSE_START: Classes = PRONOUN
    .and(Classes::of(Class::Determiner))
    .and(Classes::of(Class::Complementizer))
    .and(Classes::of(Class::Possessive));
/// Nouns for those who can speak.
const SPEAKERS: Classes = Classes::of(Class::Role)
    .and(Classes::of(Class::RolePlural))
    .and(Classes::of(Class::Organization))
    .and(Classes::of(Class::Document));

impl Context {
    fn part(&self, token: &Token, text: &str) -> Part {
        match token.kind {
            // A title of a work reads like a noun.
            Kind::Quotation(_)
                if token.is(Class::Document)
                    && self.before != Part::Stop
                    && self.before != Part::Quotation =>
            {
                Part::Noun
            }
            Kind::Quotation(_) => Part::Quotation,
            Kind::Text(kind) => match kind {
                TokenKind::Word | TokenKind::Capitals => self.word(token, text),
                TokenKind::Clitic => self.clitic(token, text),
                TokenKind::Number => Part::Number,
                TokenKind::Comma => Part::Comma,
                TokenKind::Stop | TokenKind::Ask => Part::Stop,
                TokenKind::Colon => Part::Colon,
                TokenKind::Semicolon => Part::Semicolon,
                TokenKind::Dash => Part::Dash,
                TokenKind::Open => Part::Open,
                TokenKind::Close => Part::Close,
                TokenKind::Mark(_) | TokenKind::Other => Part::Other,
            },
        }
    }

    fn clitic(&self, token: &Token, text: &str) -> Part {
        let is_s = token.span.of(text).ends_with(['s', 'S']);
        let verb_follows = self
            .next
            .is_some_and(|next| next.is(Class::Gerund) && next.is(Class::Cue));
        if is_s
            && !matches!(self.before, Part::Pronoun | Part::Relative | Part::That)
            && !verb_follows
        {
            Part::Possessive
        } else {
            Part::Auxiliary
        }
    }

    fn word(&self, token: &Token, text: &str) -> Part {
        let opening = matches!(
            self.before,
            Part::Stop | Part::Colon | Part::Quotation | Part::Dash | Part::Open
        );
        if token.capital && !opening {
            return self.capital_inside(token);
        }
        if self.is_will(token) {
            return Part::Name;
        }
        if let Some(part) = self.function(token) {
            return part;
        }
        if token.capital && self.capital_nouns && token.classes.any(SPEAKERS) {
            return Part::Noun;
        }
        if token.capital && (token.classes.any(NAMED) || self.looks_like_name(token)) {
            return Part::Name;
        }
        self.open_class(token, text)
    }

    /// A capital inside a sentence is a name, but for function words in headlines and days.
    fn capital_inside(&self, token: &Token) -> Part {
        if self.capital_nouns && self.is_common_noun(token) {
            return if token.is(Class::Time) {
                Part::Adverb
            } else {
                Part::Noun
            };
        }
        if token.is(Class::Time) && !token.classes.any(NAMED) {
            return Part::Adverb;
        }
        match self.function(token) {
            Some(_) if self.is_will(token) => Part::Name,
            Some(part) if token.span.len() > 1 || token.is(Class::I) => part,
            _ if token.is(Class::Cue)
                && (token.is(Class::Past) || token.is(Class::Third))
                && !token.classes.any(NAMED) =>
            {
                Part::Cue
            }
            _ => Part::Name,
        }
    }

    /// Whether a word with a capital letter is a common noun where all nouns have one: after an article or
    /// adjective, or when the lexicon knows it.
    fn is_common_noun(&self, token: &Token) -> bool {
        const COMMON: Classes = SPEAKERS.and(Classes::of(Class::Time));
        let named = token.classes.any(
            Classes::of(Class::FirstMale)
                .and(Classes::of(Class::FirstFemale))
                .and(Classes::of(Class::Place)),
        );
        let after_article = matches!(
            self.before,
            Part::Determiner | Part::Possessive | Part::Noun
        ) && !self.person_before;
        !named && (token.classes.any(COMMON) || after_article)
    }

    /// Whether a capital word the lexicon does not know, at the start of a sentence, begins a name.
    fn looks_like_name(&self, token: &Token) -> bool {
        if token.is(Class::RolePlural) || token.is(Class::Verb) {
            return false;
        }
        let Some(next) = self.next else {
            return false;
        };
        next.capital && !is_function_word(next.classes)
            || (next.is(Class::Cue) && !next.is(Class::Gerund))
            || next.is(Class::Auxiliary)
            || matches!(next.kind, Kind::Text(TokenKind::Clitic | TokenKind::Comma))
            || next.is(Class::Past)
    }

    /// Whether a word that is a first name and an auxiliary (`Will`) is a name here.
    fn is_will(&self, token: &Token) -> bool {
        let verb_next = self.next.is_some_and(|next| {
            next.is(Class::Past) || next.is(Class::Third) || next.capital && next.is_word()
        });
        token.capital && token.is(Class::Auxiliary) && token.is(Class::FirstMale) && verb_next
    }

    fn function(&self, token: &Token) -> Option<Part> {
        let classes = token.classes;
        if !is_function_word(classes)
            && !classes.has(Class::Time)
            && !classes.has(Class::ObjectPronoun)
        {
            return None;
        }
        let next_nominal = self.next.is_some_and(|next| {
            next.is_word() && !is_function_word(next.classes) && !next.is(Class::Verb)
        });
        let rules: [(Class, Part); 8] = [
            (Class::Auxiliary, Part::Auxiliary),
            (Class::Relative, Part::Relative),
            (Class::Subordinator, Part::Subordinator),
            (Class::Preposition, Part::Preposition),
            (Class::Coordinator, Part::Coordinator),
            (Class::Determiner, Part::Determiner),
            (Class::Adverb, Part::Adverb),
            (Class::ObjectPronoun, Part::Object),
        ];
        if classes.has(Class::According) {
            return Some(Part::Preposition);
        }
        if classes.has(Class::Complementizer) {
            return Some(Part::That);
        }
        // `dit-il` is verb and subject in one.
        if classes.has(Class::Cue) && classes.any(PRONOUN) {
            return Some(Part::Cue);
        }
        if classes.has(Class::Possessive) && classes.has(Class::ObjectPronoun) {
            return Some(if next_nominal {
                Part::Possessive
            } else {
                Part::Object
            });
        }
        if classes.has(Class::Possessive) {
            return Some(Part::Possessive);
        }
        if classes.has(Class::ObjectPronoun) && (classes.has(Class::He) || classes.has(Class::She))
        {
            return Some(Part::Object);
        }
        if classes.any(PRONOUN) {
            return Some(Part::Pronoun);
        }
        if classes.has(Class::Time) && !classes.has(Class::Auxiliary) {
            return token.capital.then_some(Part::Adverb).or(Some(Part::Noun));
        }
        rules
            .into_iter()
            .find(|(class, _)| classes.has(*class))
            .map(|(_, part)| part)
    }

    fn open_class(&self, token: &Token, text: &str) -> Part {
        let classes = token.classes;
        let nominal_before = matches!(
            self.before,
            Part::Determiner | Part::Possessive | Part::Number
        );
        if classes.has(Class::Verb) {
            return self.verb(token, nominal_before);
        }
        if classes.any(Class::Role.into()) || classes.has(Class::RolePlural) {
            return Part::Noun;
        }
        let word = token.span.of(text);
        if word.len() > 5 && word.ends_with("ly") {
            return Part::Adverb;
        }
        if word.len() > 5 && word.ends_with("ing") && !nominal_before {
            return Part::Gerund;
        }
        let subject_before = matches!(
            self.before,
            Part::Name
                | Part::Noun
                | Part::Pronoun
                | Part::Relative
                | Part::Adverb
                | Part::Auxiliary
                | Part::Quotation
        );
        if word.len() > 4 && word.ends_with("ed") && subject_before {
            return Part::Verb;
        }
        Part::Noun
    }

    fn verb(&self, token: &Token, nominal_before: bool) -> Part {
        let classes = token.classes;
        let cue = classes.has(Class::Cue);
        if classes.has(Class::Gerund) {
            return match (cue, nominal_before) {
                (_, true) => Part::Noun,
                (true, false) => Part::GerundCue,
                (false, false) => Part::Gerund,
            };
        }
        let finite = if cue { Part::Cue } else { Part::Verb };
        if classes.has(Class::Past) || classes.has(Class::Participle) && !classes.has(Class::Base) {
            return if nominal_before { Part::Noun } else { finite };
        }
        let after_nominal = nominal_before
            || self.before == Part::Preposition && !(token.is(Class::Base) && self.to_before)
            || matches!(
                self.before,
                Part::Verb | Part::Cue | Part::Gerund | Part::GerundCue
            );
        // “terrorist attacks on”, “home states”: the third person of many verbs is also a plural.
        let plural_noun = classes.has(Class::Third)
            && !classes.has(Class::Base)
            && self.before == Part::Noun
            && !self.person_before
            && !self.next.is_some_and(|next| {
                next.classes.any(CLAUSE_START)
                    || matches!(
                        next.kind,
                        Kind::Quotation(_) | Kind::Text(TokenKind::Colon | TokenKind::Comma)
                    )
            });
        // “the only state”
        let determined = self.before == Part::Adverb
            && matches!(self.settled, Part::Determiner | Part::Possessive);
        if plural_noun || determined && classes.has(Class::Base) {
            return Part::Noun;
        }
        let verb = match self.before {
            Part::Pronoun | Part::Relative | Part::Auxiliary | Part::Adverb | Part::Preposition => {
                true
            }
            Part::Name | Part::Noun | Part::Comma | Part::Close | Part::Dash => {
                classes.has(Class::Third) || self.plural_before
            }
            Part::Coordinator | Part::Quotation => true,
            _ => false,
        };
        if verb && !after_nominal {
            finite
        } else {
            Part::Noun
        }
    }
}
