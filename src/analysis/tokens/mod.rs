//! Tokens with their lexicon classes and part-of-speech tags.
//!
//! [`read`] turns a paragraph into a list of [`TaggedToken`]s, `quotation_marks` and `inquit` find the
//! quotations in it, and `folding` replaces each of them by one token, so that the sentence around a
//! quotation reads as if the quotation were one word. `tag` then gives each token its [`PosTag`].

pub(super) mod quotation_marks;

pub(super) mod inquit;

pub(super) mod folding;

pub(super) mod tag;

pub(super) mod dateline;

use crate::document::{Document, Inline, InlineKind};
use crate::lexicon::{Class, Classes, Lexicon};
use crate::text::Span;
use crate::text::segment::{self, QuoteMark, RawTokenKind};

/// A token of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct TaggedToken {
    /// Its bytes; an abbreviation includes its full stop.
    pub span: Span,
    /// What it looks like.
    pub shape: TokenShape,
    /// Whether it starts with a capital letter.
    pub capital: bool,
    /// Whether there is white space before it.
    pub spaced: bool,
    /// Its classes in the lexicon.
    pub classes: Classes,
    /// Its role in the sentence; set by [`tag`].
    pub tag: PosTag,
}

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenShape {
    /// A token of the text.
    Text(RawTokenKind),
    /// A whole quotation: its index in the paragraph's list.
    Quotation(u32),
}

/// A coarse part-of-speech tag. Punctuation has tags of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PosTag {
    /// A word of a name.
    Name,
    /// A noun or adjective, and any word that fits nothing else.
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
    /// also, and the Tuesday of “on Tuesday”
    Adverb,
    /// A verb that reports nothing.
    Verb,
    /// A finite reporting verb.
    Cue,
    /// The -ing form of a reporting verb.
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

impl PosTag {
    /// Whether the token can be part of a noun phrase before its last word.
    pub(super) const fn is_nominal(self) -> bool {
        matches!(self, Self::Name | Self::Noun | Self::Number)
    }

    /// Whether the token is a verb in a tense, not a participle or gerund.
    pub(super) const fn is_finite_verb(self) -> bool {
        matches!(self, Self::Verb | Self::Cue | Self::Auxiliary)
    }
}

impl TaggedToken {
    /// Whether the lexicon puts the word in the class.
    pub(super) const fn is(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    /// The quotation mark, when the token is one.
    pub(super) const fn mark(&self) -> Option<QuoteMark> {
        match self.shape {
            TokenShape::Text(RawTokenKind::Mark(mark)) => Some(mark),
            _ => None,
        }
    }

    /// Whether the token is a word.
    pub(super) const fn is_word(&self) -> bool {
        matches!(
            self.shape,
            TokenShape::Text(RawTokenKind::Word | RawTokenKind::Capitals)
        )
    }
}

/// Reads the tokens of a block into `tokens`, which is cleared first.
pub(super) fn read(
    document: &Document,
    block: Span,
    lexicon: &Lexicon,
    tokens: &mut Vec<TaggedToken>,
) {
    tokens.clear();
    let text = &document.text;
    let mut hidden = HiddenMarkup::new(document, block);
    let mut stop: Option<TaggedToken> = None;
    for raw in segment::tokens(text, block) {
        if hidden.covers(raw.span) {
            continue;
        }
        let is_word = matches!(
            raw.kind,
            RawTokenKind::Word | RawTokenKind::Capitals | RawTokenKind::Clitic
        );
        let classes = if is_word {
            lexicon.classes(raw.span.of(text))
        } else {
            Classes::NONE
        };
        let token = TaggedToken {
            span: raw.span,
            shape: TokenShape::Text(raw.kind),
            capital: raw.capital,
            spaced: raw.spaced,
            classes,
            tag: PosTag::Other,
        };
        if let Some(stop) = stop.take()
            && !absorb_stop(tokens, stop, &token, text)
        {
            tokens.push(stop);
        }
        if raw.kind == RawTokenKind::Stop && !raw.spaced && raw.span.len() == 1 {
            stop = Some(token);
        } else if !join_over_line(tokens, &token, text) {
            tokens.push(token);
        }
    }
    tokens.extend(stop);
}

/// Joins the second half of a compound name to the first half, which ends its line with a hyphen:
/// `Condori-⏎Ayala`.
fn join_over_line(tokens: &mut Vec<TaggedToken>, next: &TaggedToken, text: &str) -> bool {
    let [.., first, hyphen] = tokens.as_mut_slice() else {
        return false;
    };
    let gap = Span::new(hyphen.span.end, next.span.start);
    let joins = next.capital
        && hyphen.span.of(text) == "-"
        && !hyphen.spaced
        && first.capital
        && first.is_word()
        && gap.of(text).contains('\n');
    if joins {
        first.span.end = next.span.end;
        first.classes = Classes::NONE;
        tokens.pop();
    }
    joins
}

/// Attaches a full stop to the abbreviation before it, unless the sentence ends there.
fn absorb_stop(
    tokens: &mut [TaggedToken],
    stop: TaggedToken,
    next: &TaggedToken,
    text: &str,
) -> bool {
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
    let ends = starts_sentence && !title && !initial;
    let closes = matches!(next.shape, TokenShape::Text(RawTokenKind::Mark(_)) if next.spaced);
    !(ends || closes)
}

/// The hidden markup of a document, read along with the tokens of a block.
struct HiddenMarkup<'d> {
    inlines: &'d [Inline],
}

impl<'d> HiddenMarkup<'d> {
    fn new(document: &'d Document, block: Span) -> Self {
        let first = document
            .inlines
            .partition_point(|inline| inline.span.end <= block.start);
        Self {
            inlines: &document.inlines[first..],
        }
    }

    fn covers(&mut self, span: Span) -> bool {
        while let Some((first, rest)) = self.inlines.split_first() {
            if first.span.end <= span.start || first.kind != InlineKind::Hidden {
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

/// A name without the Arabic article joined to it: `Sisi` of `al-Sisi`.
pub(super) fn without_arabic_article(word: &str) -> Option<&str> {
    const ARTICLES: &[&str] = &["al", "el", "ad", "ar", "as", "ash", "at", "az", "ul"];
    let (article, name) = word.split_once('-')?;
    let is_article = ARTICLES
        .iter()
        .any(|known| article.eq_ignore_ascii_case(known));
    (is_article && name.starts_with(char::is_uppercase)).then_some(name)
}

/// Function words: they join the parts of a sentence and name nothing.
const FUNCTION: Classes = Classes::of(Class::Determiner)
    .and(Classes::of(Class::Possessive))
    .and(PRONOUN)
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
    .and(Classes::of(Class::I));

pub(super) fn is_function_word(classes: Classes) -> bool {
    classes.any(FUNCTION)
}
