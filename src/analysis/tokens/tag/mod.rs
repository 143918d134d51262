//! A coarse part-of-speech tagger.
//!
//! [`tag_tokens`] gives each token its [`PosTag`] from its lexicon classes, its ending and the tokens next
//! to it. It only does what is needed to find the subjects of verbs: it must see that “officials state”
//! has a verb and “the only state” has none.

mod verb;

use super::{PRONOUN, PosTag, TaggedToken, TokenShape, is_function_word, without_arabic_article};
use crate::lexicon::{Class, Classes};
use crate::text::segment::{QuoteMark, RawTokenKind};

/// How many tokens after a quotation a reporting verb without an object still belongs to it.
const NEAR_QUOTATION: usize = 4;
/// The fewest letters of an adverb in -ly (`family` is a noun, but most longer words are adverbs) and of a
/// gerund in -ing (`bring`, `spring`).
const MIN_LY_OR_ING: usize = 6;
/// The fewest letters of a past tense in -ed: `need`, `seed`.
const MIN_ED: usize = 5;

/// Classes that show that a capital letter at the start of a sentence begins a name.
const NAMED: Classes = Classes::of(Class::FirstMale)
    .and(Classes::of(Class::FirstFemale))
    .and(Classes::of(Class::Place))
    .and(Classes::of(Class::Organization))
    .and(Classes::of(Class::Title))
    .and(Classes::of(Class::Honorific))
    .and(Classes::of(Class::Nationality));
/// Names that stand for several people.
const PLURALS: Classes = Classes::of(Class::RolePlural)
    .and(Classes::of(Class::Nationality))
    .and(Classes::of(Class::Organization));
/// Nouns for people and things that can speak.
const SPEAKERS: Classes = Classes::of(Class::Role)
    .and(Classes::of(Class::RolePlural))
    .and(Classes::of(Class::Organization))
    .and(Classes::of(Class::Document));

/// Tags every token. `is_known_name` returns whether the article has already used a word as a name.
pub(crate) fn tag_tokens(
    tokens: &mut [TaggedToken],
    text: &str,
    capital_nouns: bool,
    is_known_name: impl Fn(&str) -> bool,
) {
    let mut context = TagContext::new(capital_nouns);
    for index in 0..tokens.len() {
        context.next = tokens.get(index + 1).copied();
        let token = &mut tokens[index];
        context.known_name = token.capital
            && token.classes.is_empty()
            && is_sentence_start(context.before)
            && is_known_name(token.span.of(text));
        token.tag = context.tag(token, text);
        context.step_over(token, text);
    }
}

/// What the tag of a token depends on besides the token itself.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, read one by one"
)]
struct TagContext {
    /// The language writes nouns with a capital letter.
    capital_nouns: bool,
    /// The tag of the previous token.
    before: PosTag,
    /// The last tag that is not an adverb.
    before_adverbs: PosTag,
    /// How many tokens back the last quotation is.
    since_quotation: usize,
    /// The previous word is a plural.
    plural_before: bool,
    /// The previous word is somebody or something that can speak.
    person_before: bool,
    /// The previous word is `to`.
    to_before: bool,
    /// The previous word is `some`, `many` and the like.
    indefinite_before: bool,
    /// The previous word is a noun or name with a capital letter.
    noun_before: bool,
    /// The previous word ends in `s`, so that an apostrophe makes it a possessive.
    s_before: bool,
    /// The article has already used the word as a name.
    known_name: bool,
    /// The next token.
    next: Option<TaggedToken>,
}

impl TagContext {
    const fn new(capital_nouns: bool) -> Self {
        Self {
            capital_nouns,
            before: PosTag::Stop,
            before_adverbs: PosTag::Stop,
            since_quotation: usize::MAX,
            plural_before: false,
            person_before: false,
            to_before: false,
            indefinite_before: false,
            noun_before: false,
            s_before: false,
            known_name: false,
            next: None,
        }
    }

    /// Makes `token` the previous token.
    fn step_over(&mut self, token: &TaggedToken, text: &str) {
        let word = token.span.of(text);
        self.person_before = token.classes.any(SPEAKERS);
        self.to_before = token.is(Class::To);
        self.indefinite_before = token.is(Class::Indefinite);
        self.noun_before = token.capital && matches!(token.tag, PosTag::Noun | PosTag::Name);
        self.since_quotation = match token.tag {
            PosTag::Quotation => 1,
            _ => self.since_quotation.saturating_add(1),
        };
        self.s_before = word.ends_with('s');
        // “Sanders campaign manager”: the name of a person is not a plural.
        let can_be_plural = token.tag != PosTag::Name || token.classes.any(PLURALS);
        self.plural_before = token.is(Class::RolePlural) || can_be_plural && ends_like_plural(word);
        self.before = token.tag;
        if token.tag != PosTag::Adverb {
            self.before_adverbs = token.tag;
        }
    }

    fn next_is(&self, class: Class) -> bool {
        self.next_any(class.into())
    }

    fn next_any(&self, classes: Classes) -> bool {
        self.next.is_some_and(|next| next.classes.any(classes))
    }

    fn tag(&self, token: &TaggedToken, text: &str) -> PosTag {
        let kind = match token.shape {
            TokenShape::Text(kind) => kind,
            // The title of a work is tagged as a noun.
            TokenShape::Quotation(_)
                if token.is(Class::Document)
                    && !matches!(self.before, PosTag::Stop | PosTag::Quotation) =>
            {
                return PosTag::Noun;
            }
            TokenShape::Quotation(_) => return PosTag::Quotation,
        };
        match kind {
            RawTokenKind::Word | RawTokenKind::Capitals => self.word(token, text),
            RawTokenKind::Clitic => self.clitic(token, text),
            RawTokenKind::Number => PosTag::Number,
            RawTokenKind::Comma => PosTag::Comma,
            RawTokenKind::Stop | RawTokenKind::Ask => PosTag::Stop,
            RawTokenKind::Colon => PosTag::Colon,
            RawTokenKind::Semicolon => PosTag::Semicolon,
            RawTokenKind::Dash => PosTag::Dash,
            RawTokenKind::Open => PosTag::Open,
            RawTokenKind::Close => PosTag::Close,
            // “the teachers’ union”
            RawTokenKind::Mark(QuoteMark::SingleRight | QuoteMark::SingleStraight)
                if self.s_before
                    && !token.spaced
                    && matches!(self.before, PosTag::Name | PosTag::Noun) =>
            {
                PosTag::Possessive
            }
            RawTokenKind::Mark(_) | RawTokenKind::Other => PosTag::Other,
        }
    }

    /// `’s` is a possessive or short for `is`; other clitics are auxiliaries.
    fn clitic(&self, token: &TaggedToken, text: &str) -> PosTag {
        let is_s = token.span.of(text).ends_with(['s', 'S']);
        let verb_follows = self.next_is(Class::Gerund) && self.next_is(Class::Cue);
        let after_pronoun = matches!(
            self.before,
            PosTag::Pronoun | PosTag::Relative | PosTag::That
        );
        if is_s && !after_pronoun && !verb_follows {
            PosTag::Possessive
        } else {
            PosTag::Auxiliary
        }
    }

    fn word(&self, token: &TaggedToken, text: &str) -> PosTag {
        if token.capital && !is_sentence_start(self.before) {
            return self.capital_inside(token);
        }
        let word = token.span.of(text);
        let has_article = || without_arabic_article(word).is_some();
        if self.is_first_name_will(token)
            || has_inner_capital(token, text) && (self.before == PosTag::Name || has_article())
        {
            return PosTag::Name;
        }
        if let Some(tag) = self.function_word(token) {
            return tag;
        }
        if token.capital && self.capital_nouns && token.classes.any(SPEAKERS) {
            return PosTag::Noun;
        }
        if token.capital && (token.classes.any(NAMED) || self.looks_like_name(token)) {
            return PosTag::Name;
        }
        self.content_word(token, text)
    }

    /// A capitalized word inside a sentence is a name, except for days and for function words in headlines.
    fn capital_inside(&self, token: &TaggedToken) -> PosTag {
        if self.capital_nouns && self.is_common_noun(token) {
            return if token.is(Class::Time) {
                PosTag::Adverb
            } else {
                PosTag::Noun
            };
        }
        if token.is(Class::Time) && !token.classes.any(NAMED) {
            return PosTag::Adverb;
        }
        match self.function_word(token) {
            Some(_) if self.is_first_name_will(token) => PosTag::Name,
            Some(tag) if token.span.len() > 1 || token.is(Class::I) => tag,
            // “Ian Read said”
            _ if self.next_is(Class::Cue) && self.next_is(Class::Past) => PosTag::Name,
            _ if token.is(Class::Cue)
                && (token.is(Class::Past) || token.is(Class::Third))
                && !token.classes.any(NAMED) =>
            {
                PosTag::Cue
            }
            _ => PosTag::Name,
        }
    }

    /// Whether a capitalized word is a common noun, in a language that capitalizes all nouns. It is one after
    /// an article or adjective, or when the lexicon has it.
    fn is_common_noun(&self, token: &TaggedToken) -> bool {
        const COMMON: Classes = SPEAKERS.and(Classes::of(Class::Time));
        const PROPER: Classes = Classes::of(Class::FirstMale)
            .and(Classes::of(Class::FirstFemale))
            .and(Classes::of(Class::Place));
        let after_article = matches!(
            self.before,
            PosTag::Determiner | PosTag::Possessive | PosTag::Noun
        ) && !self.person_before;
        !token.classes.any(PROPER) && (token.classes.any(COMMON) || after_article)
    }

    /// Whether a capitalized word at the start of a sentence that the lexicon does not have begins a name.
    fn looks_like_name(&self, token: &TaggedToken) -> bool {
        if token.is(Class::RolePlural) || token.is(Class::Verb) {
            return false;
        }
        let Some(next) = self.next else {
            return false;
        };
        if self.known_name {
            return true;
        }
        // “Shell plc”
        let legal_form = next.is(Class::Organization) && next.is(Class::Abbreviation);
        legal_form
            || next.capital && !is_function_word(next.classes)
            || (next.is(Class::Cue) && !next.is(Class::Gerund))
            || next.is(Class::Auxiliary)
            || matches!(
                next.shape,
                TokenShape::Text(RawTokenKind::Clitic | RawTokenKind::Comma)
            )
            || next.is(Class::Past)
    }

    /// Whether a word that is both a first name and an auxiliary, `Will`, is a name here.
    fn is_first_name_will(&self, token: &TaggedToken) -> bool {
        let verb_or_surname = |next: TaggedToken| {
            next.is(Class::Past) || next.is(Class::Third) || next.capital && next.is_word()
        };
        token.capital
            && token.is(Class::Auxiliary)
            && token.is(Class::FirstMale)
            && self.next.is_some_and(verb_or_surname)
    }

    /// The tag of a word of a closed class.
    fn function_word(&self, token: &TaggedToken) -> Option<PosTag> {
        /// In order of precedence.
        const TAGS: [(Class, PosTag); 8] = [
            (Class::Auxiliary, PosTag::Auxiliary),
            (Class::Relative, PosTag::Relative),
            (Class::Subordinator, PosTag::Subordinator),
            (Class::Preposition, PosTag::Preposition),
            (Class::Coordinator, PosTag::Coordinator),
            (Class::Determiner, PosTag::Determiner),
            (Class::Adverb, PosTag::Adverb),
            (Class::ObjectPronoun, PosTag::Object),
        ];
        let classes = token.classes;
        let is_object = classes.has(Class::ObjectPronoun);
        if !is_function_word(classes) && !classes.has(Class::Time) && !is_object {
            return None;
        }
        if classes.has(Class::According) && !classes.has(Class::Adverb) {
            return Some(PosTag::Preposition);
        }
        if classes.has(Class::Complementizer) {
            return Some(PosTag::That);
        }
        // `dit-il` is verb and subject in one.
        if classes.has(Class::Cue) && classes.any(PRONOUN) {
            return Some(PosTag::Cue);
        }
        if classes.has(Class::Possessive) {
            // “told her that”, “told her aides”
            return Some(if is_object && !self.is_noun_next() {
                PosTag::Object
            } else {
                PosTag::Possessive
            });
        }
        if is_object && (classes.has(Class::He) || classes.has(Class::She)) {
            return Some(PosTag::Object);
        }
        if classes.any(PRONOUN) {
            return Some(PosTag::Pronoun);
        }
        if classes.has(Class::Time) && !classes.has(Class::Auxiliary) {
            return Some(if token.capital {
                PosTag::Adverb
            } else {
                PosTag::Noun
            });
        }
        let tag = TAGS.iter().find(|(class, _)| classes.has(*class));
        tag.map(|(_, tag)| *tag)
    }

    /// Whether the next word can be a noun.
    fn is_noun_next(&self) -> bool {
        self.next.is_some_and(|next| {
            let noun = !next.is(Class::Verb) || next.is(Class::ReportNoun);
            next.is_word() && !is_function_word(next.classes) && noun
        })
    }

    /// The tag of a word of an open class: noun, verb, adjective or adverb.
    fn content_word(&self, token: &TaggedToken, text: &str) -> PosTag {
        let classes = token.classes;
        // “Another said voices were raised”
        let speaks = self.indefinite_before
            && classes.has(Class::Cue)
            && classes.has(Class::Clause)
            && !classes.has(Class::Base);
        let noun_expected = !speaks
            && matches!(
                self.before,
                PosTag::Determiner | PosTag::Possessive | PosTag::Number
            );
        if classes.has(Class::Verb) {
            return self.verb(token, noun_expected);
        }
        if classes.has(Class::Role) || classes.has(Class::RolePlural) {
            return PosTag::Noun;
        }
        self.unknown_word(token.span.of(text), noun_expected)
    }

    /// The tag of a word that only its ending says anything about.
    fn unknown_word(&self, word: &str, noun_expected: bool) -> PosTag {
        // „die Stadt plante“: where nouns are capitalized, a lowercase word after one is a verb.
        if self.capital_nouns
            && self.noun_before
            && GERMAN_VERB_ENDINGS
                .iter()
                .any(|ending| word.ends_with(ending))
        {
            return PosTag::Verb;
        }
        if word.len() >= MIN_LY_OR_ING && word.ends_with("ly") {
            return PosTag::Adverb;
        }
        if word.len() >= MIN_LY_OR_ING && word.ends_with("ing") && !noun_expected {
            return PosTag::Gerund;
        }
        let subject_before = matches!(
            self.before,
            PosTag::Name
                | PosTag::Noun
                | PosTag::Pronoun
                | PosTag::Relative
                | PosTag::Adverb
                | PosTag::Auxiliary
                | PosTag::Quotation
        );
        if word.len() >= MIN_ED && word.ends_with("ed") && subject_before {
            return PosTag::Verb;
        }
        PosTag::Noun
    }
}

/// Whether the next word has a capital letter in any case.
const fn is_sentence_start(before: PosTag) -> bool {
    matches!(
        before,
        PosTag::Stop | PosTag::Colon | PosTag::Quotation | PosTag::Dash | PosTag::Open
    )
}

/// Whether a lowercase prefix is joined to a name: `al-Hassan`.
fn has_inner_capital(token: &TaggedToken, text: &str) -> bool {
    match token.span.of(text).split_once('-') {
        Some((_, rest)) => !token.capital && rest.starts_with(char::is_uppercase),
        None => false,
    }
}

/// Whether a word ends in the s of a plural, unlike `previous`.
fn ends_like_plural(word: &str) -> bool {
    const SINGULAR: [&str; 3] = ["ss", "us", "is"];
    word.ends_with('s') && !SINGULAR.iter().any(|ending| word.ends_with(ending))
}

const GERMAN_VERB_ENDINGS: &[&str] = &["en", "te", "t", "ern", "eln"];
