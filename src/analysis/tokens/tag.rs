//! The part each token plays in its sentence.
//!
//! [`tag`] gives each token its [`PosTag`]: a coarse part of speech from closed classes, word endings and the
//! token before, enough to find subjects of verbs. It is no tagger and does not try to be: “the only state”
//! has no verb, “officials state” has one, and that is about all it needs to know.

use super::{PRONOUN, PosTag, TaggedToken, TokenShape, is_function_word};
use crate::lexicon::{Class, Classes};
use crate::text::segment::{QuoteMark, RawTokenKind};

/// Words that say that a capital letter at the start of a sentence begins a name.
const NAMED: Classes = Classes::of(Class::FirstMale)
    .and(Classes::of(Class::FirstFemale))
    .and(Classes::of(Class::Place))
    .and(Classes::of(Class::Organization))
    .and(Classes::of(Class::Title))
    .and(Classes::of(Class::Honorific))
    .and(Classes::of(Class::Nationality));

/// Gives every token its part. `is_named` tells whether the article has used a word as a name before.
pub(crate) fn tag(
    tokens: &mut [TaggedToken],
    text: &str,
    capital_nouns: bool,
    is_named: impl Fn(&str) -> bool,
) {
    let (mut before, mut settled) = (PosTag::Stop, PosTag::Stop);
    let mut quoted = None;
    let (mut plural_before, mut person_before, mut to_before) = (false, false, false);
    let (mut indefinite_before, mut noun_before, mut s_before) = (false, false, false);
    for index in 0..tokens.len() {
        let next = tokens.get(index + 1).copied();
        let Some(token) = tokens.get_mut(index) else {
            return;
        };
        let known = token.capital
            && token.classes.is_empty()
            && is_opening(before)
            && is_named(token.span.of(text));
        let context = TagContext {
            capital_nouns,
            known,
            before,
            plural_before,
            settled,
            person_before,
            near_quotation: quoted.is_some_and(|quoted: usize| index <= quoted + 4),
            to_before,
            indefinite_before,
            noun_before,
            s_before,
            next,
        };
        token.tag = context.tag(token, text);
        person_before = token.classes.any(SPEAKERS);
        to_before = token.is(Class::To);
        indefinite_before = token.is(Class::Indefinite);
        noun_before = token.capital && matches!(token.tag, PosTag::Noun | PosTag::Name);
        if token.tag == PosTag::Quotation {
            quoted = Some(index);
        }
        let word = token.span.of(text);
        // “Sanders campaign manager”: the name of somebody is no plural.
        s_before = word.ends_with('s');
        let plural = token.tag != PosTag::Name || token.classes.any(PLURALS);
        plural_before = token.is(Class::RolePlural) || plural && ends_like_plural(word);
        before = token.tag;
        if before != PosTag::Adverb {
            settled = before;
        }
    }
}

/// Whether a word ends in one `s`, and not like `previous`.
fn ends_like_plural(word: &str) -> bool {
    word.ends_with('s')
        && !["ss", "us", "is"]
            .iter()
            .any(|ending| word.ends_with(ending))
}

/// Names that stand for several.
const PLURALS: Classes = Classes::of(Class::RolePlural)
    .and(Classes::of(Class::Nationality))
    .and(Classes::of(Class::Organization));

#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, read one by one"
)]
struct TagContext {
    /// The language writes nouns with a capital letter.
    capital_nouns: bool,
    before: PosTag,
    plural_before: bool,
    /// The last part that is no adverb.
    settled: PosTag,
    /// The word before says who or what can speak.
    person_before: bool,
    /// The article has used the word as a name before.
    known: bool,
    /// A quotation stands at most four tokens before.
    near_quotation: bool,
    /// The word before is `to`.
    to_before: bool,
    /// The word before is `some`, `many` and the like.
    indefinite_before: bool,
    /// The word before is a noun or name with a capital letter.
    noun_before: bool,
    /// The word before ends in `s`, so that an apostrophe makes it an owner.
    s_before: bool,
    next: Option<TaggedToken>,
}

/// Whether the next word has a capital letter whatever it is.
const fn is_opening(before: PosTag) -> bool {
    matches!(
        before,
        PosTag::Stop | PosTag::Colon | PosTag::Quotation | PosTag::Dash | PosTag::Open
    )
}

/// `al-Hassan`: a small word joined to a name.
fn has_inner_capital(token: &TaggedToken, text: &str) -> bool {
    let rest = token.span.of(text).split_once('-').map(|(_, rest)| rest);
    !token.capital && rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// How German verbs end.
const VERB_ENDINGS: &[&str] = &["en", "te", "t", "ern", "eln"];

/// A name without the Arabic article joined to it: `Sisi` of `al-Sisi`.
pub(crate) fn behind_article(word: &str) -> Option<&str> {
    const ARTICLES: &[&str] = &["al", "el", "ad", "ar", "as", "ash", "at", "az", "ul"];
    let (article, name) = word.split_once('-')?;
    let known = ARTICLES
        .iter()
        .any(|known| article.eq_ignore_ascii_case(known));
    (known && name.starts_with(char::is_uppercase)).then_some(name)
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

impl TagContext {
    fn tag(&self, token: &TaggedToken, text: &str) -> PosTag {
        match token.kind {
            // A title of a work reads like a noun.
            TokenShape::Quotation(_)
                if token.is(Class::Document)
                    && self.before != PosTag::Stop
                    && self.before != PosTag::Quotation =>
            {
                PosTag::Noun
            }
            TokenShape::Quotation(_) => PosTag::Quotation,
            TokenShape::Text(kind) => match kind {
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
            },
        }
    }

    fn clitic(&self, token: &TaggedToken, text: &str) -> PosTag {
        let is_s = token.span.of(text).ends_with(['s', 'S']);
        let verb_follows = self
            .next
            .is_some_and(|next| next.is(Class::Gerund) && next.is(Class::Cue));
        if is_s
            && !matches!(
                self.before,
                PosTag::Pronoun | PosTag::Relative | PosTag::That
            )
            && !verb_follows
        {
            PosTag::Possessive
        } else {
            PosTag::Auxiliary
        }
    }

    fn word(&self, token: &TaggedToken, text: &str) -> PosTag {
        let opening = is_opening(self.before);
        if token.capital && !opening {
            return self.capital_inside(token);
        }
        let inner = has_inner_capital(token, text);
        if self.is_will(token)
            || inner
                && (self.before == PosTag::Name || behind_article(token.span.of(text)).is_some())
        {
            return PosTag::Name;
        }
        if let Some(part) = self.function(token) {
            return part;
        }
        if token.capital && self.capital_nouns && token.classes.any(SPEAKERS) {
            return PosTag::Noun;
        }
        if token.capital && (token.classes.any(NAMED) || self.looks_like_name(token)) {
            return PosTag::Name;
        }
        self.open_class(token, text)
    }

    /// A capital inside a sentence is a name, but for function words in headlines and days.
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
        match self.function(token) {
            Some(_) if self.is_will(token) => PosTag::Name,
            Some(part) if token.span.len() > 1 || token.is(Class::I) => part,
            // “Ian Read said”
            _ if self
                .next
                .is_some_and(|next| next.is(Class::Cue) && next.is(Class::Past)) =>
            {
                PosTag::Name
            }
            _ if token.is(Class::Cue)
                && (token.is(Class::Past) || token.is(Class::Third))
                && !token.classes.any(NAMED) =>
            {
                PosTag::Cue
            }
            _ => PosTag::Name,
        }
    }

    /// Whether a word with a capital letter is a common noun where all nouns have one: after an article or
    /// adjective, or when the lexicon knows it.
    fn is_common_noun(&self, token: &TaggedToken) -> bool {
        const COMMON: Classes = SPEAKERS.and(Classes::of(Class::Time));
        let named = token.classes.any(
            Classes::of(Class::FirstMale)
                .and(Classes::of(Class::FirstFemale))
                .and(Classes::of(Class::Place)),
        );
        let after_article = matches!(
            self.before,
            PosTag::Determiner | PosTag::Possessive | PosTag::Noun
        ) && !self.person_before;
        !named && (token.classes.any(COMMON) || after_article)
    }

    /// Whether a capital word the lexicon does not know, at the start of a sentence, begins a name.
    fn looks_like_name(&self, token: &TaggedToken) -> bool {
        if token.is(Class::RolePlural) || token.is(Class::Verb) {
            return false;
        }
        let Some(next) = self.next else {
            return false;
        };
        if self.known {
            return true;
        }
        // “Shell plc”
        let form = next.is(Class::Organization) && next.is(Class::Abbreviation);
        form || next.capital && !is_function_word(next.classes)
            || (next.is(Class::Cue) && !next.is(Class::Gerund))
            || next.is(Class::Auxiliary)
            || matches!(
                next.kind,
                TokenShape::Text(RawTokenKind::Clitic | RawTokenKind::Comma)
            )
            || next.is(Class::Past)
    }

    /// Whether a word that is a first name and an auxiliary (`Will`) is a name here.
    fn is_will(&self, token: &TaggedToken) -> bool {
        let verb_next = self.next.is_some_and(|next| {
            next.is(Class::Past) || next.is(Class::Third) || next.capital && next.is_word()
        });
        token.capital && token.is(Class::Auxiliary) && token.is(Class::FirstMale) && verb_next
    }

    fn function(&self, token: &TaggedToken) -> Option<PosTag> {
        let classes = token.classes;
        if !is_function_word(classes)
            && !classes.has(Class::Time)
            && !classes.has(Class::ObjectPronoun)
        {
            return None;
        }
        let next_nominal = self.next.is_some_and(|next| {
            let noun = !next.is(Class::Verb) || next.is(Class::ReportNoun);
            next.is_word() && !is_function_word(next.classes) && noun
        });
        let rules: [(Class, PosTag); 8] = [
            (Class::Auxiliary, PosTag::Auxiliary),
            (Class::Relative, PosTag::Relative),
            (Class::Subordinator, PosTag::Subordinator),
            (Class::Preposition, PosTag::Preposition),
            (Class::Coordinator, PosTag::Coordinator),
            (Class::Determiner, PosTag::Determiner),
            (Class::Adverb, PosTag::Adverb),
            (Class::ObjectPronoun, PosTag::Object),
        ];
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
        if classes.has(Class::Possessive) && classes.has(Class::ObjectPronoun) {
            return Some(if next_nominal {
                PosTag::Possessive
            } else {
                PosTag::Object
            });
        }
        if classes.has(Class::Possessive) {
            return Some(PosTag::Possessive);
        }
        if classes.has(Class::ObjectPronoun) && (classes.has(Class::He) || classes.has(Class::She))
        {
            return Some(PosTag::Object);
        }
        if classes.any(PRONOUN) {
            return Some(PosTag::Pronoun);
        }
        if classes.has(Class::Time) && !classes.has(Class::Auxiliary) {
            return token
                .capital
                .then_some(PosTag::Adverb)
                .or(Some(PosTag::Noun));
        }
        rules
            .into_iter()
            .find(|(class, _)| classes.has(*class))
            .map(|(_, part)| part)
    }

    fn open_class(&self, token: &TaggedToken, text: &str) -> PosTag {
        let classes = token.classes;
        // “Another said voices were raised”
        let speaks = self.indefinite_before
            && classes.has(Class::Cue)
            && classes.has(Class::Clause)
            && !classes.has(Class::Base);
        let nominal_before = !speaks
            && matches!(
                self.before,
                PosTag::Determiner | PosTag::Possessive | PosTag::Number
            );
        if classes.has(Class::Verb) {
            return self.verb(token, nominal_before);
        }
        if classes.any(Class::Role.into()) || classes.has(Class::RolePlural) {
            return PosTag::Noun;
        }
        let word = token.span.of(text);
        // „die Stadt plante“: where nouns have capitals, what follows one without is a verb.
        if self.capital_nouns
            && self.noun_before
            && VERB_ENDINGS.iter().any(|ending| word.ends_with(ending))
        {
            return PosTag::Verb;
        }
        if word.len() > 5 && word.ends_with("ly") {
            return PosTag::Adverb;
        }
        if word.len() > 5 && word.ends_with("ing") && !nominal_before {
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
        if word.len() > 4 && word.ends_with("ed") && subject_before {
            return PosTag::Verb;
        }
        PosTag::Noun
    }

    /// Whether a verb form is a noun here: “terrorist attacks on”, “home states”, “the only state”.
    fn is_noun(&self, classes: Classes) -> bool {
        let reports = self.next.is_some_and(|next| {
            next.classes.any(CLAUSE_START)
                || matches!(
                    next.kind,
                    TokenShape::Quotation(_) | TokenShape::Text(RawTokenKind::Colon)
                )
        });
        let quotes = self.near_quotation && classes.has(Class::Quotes);
        let third = classes.has(Class::Third) && !classes.has(Class::Base);
        let plural =
            third && self.before == PosTag::Noun && !(self.person_before || quotes || reports);
        let determined = self.before == PosTag::Adverb
            && matches!(self.settled, PosTag::Determiner | PosTag::Possessive)
            && classes.has(Class::Base);
        // “whose member states began”
        let subject = third
            && self.before == PosTag::Noun
            && self
                .next
                .is_some_and(|next| next.is(Class::Past) || next.is(Class::Auxiliary));
        let place = classes.has(Class::Place) && !self.person_before;
        plural || subject || determined || place
    }

    fn verb(&self, token: &TaggedToken, nominal_before: bool) -> PosTag {
        let classes = token.classes;
        let cue = classes.has(Class::Cue);
        if classes.has(Class::Gerund) {
            // “planning director”
            let compound = !cue && self.next.is_some_and(|next| next.classes.any(SPEAKERS));
            return match (cue, nominal_before || compound) {
                (_, true) => PosTag::Noun,
                (true, false) => PosTag::GerundCue,
                (false, false) => PosTag::Gerund,
            };
        }
        let finite = if cue { PosTag::Cue } else { PosTag::Verb };
        if classes.has(Class::Past) || classes.has(Class::Participle) && !classes.has(Class::Base) {
            // “said retired general Tom Bell”
            let adjective = self.before == PosTag::Cue && !cue;
            let described = adjective || self.before == PosTag::Preposition;
            return if nominal_before || described {
                PosTag::Noun
            } else {
                finite
            };
        }
        let after_nominal = nominal_before
            || self.before == PosTag::Preposition && !(token.is(Class::Base) && self.to_before)
            || matches!(
                self.before,
                PosTag::Verb | PosTag::Cue | PosTag::Gerund | PosTag::GerundCue
            );
        if self.is_noun(classes) {
            return PosTag::Noun;
        }
        // “Others, however, say the bridge”, “aides to Ruiz say she”
        let reports = classes.has(Class::Clause)
            && self.next.is_some_and(|next| next.classes.any(CLAUSE_START));
        // “Some say they …”, “four in ten say they …”
        if reports && (self.indefinite_before || self.before == PosTag::Number) {
            return finite;
        }
        let verb = match self.before {
            PosTag::Name | PosTag::Noun | PosTag::Comma | PosTag::Close | PosTag::Dash => {
                classes.has(Class::Third) || self.plural_before || reports
            }
            PosTag::Object | PosTag::Number => reports,
            PosTag::Pronoun
            | PosTag::Relative
            | PosTag::Auxiliary
            | PosTag::Adverb
            | PosTag::Preposition
            | PosTag::Coordinator
            | PosTag::Quotation => true,
            _ => false,
        };
        if verb && !after_nominal {
            finite
        } else {
            PosTag::Noun
        }
    }
}
