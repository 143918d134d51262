//! The rules that tell countries from their namesakes, in order: the first that applies decides.
//!
//! Each rule states a fact about English and has sentences for and against it, which run as tests.

mod language;
mod person;
mod place;
mod which;
mod word;

mod namesakes;

pub(super) use namesakes::Namesakes;

use super::context::Around;
use super::forms;
use super::mention::CountryForm;
use super::topic::ArticleTopic;
use crate::document::BlockKind;
use crate::lexicon::gazetteer::CountryCode;
use crate::text::Span;

/// A word that may mention a country, with everything a rule may look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct CountryCase<'t> {
    /// The text of the article, with spaces in place of what is hidden.
    pub article: &'t str,
    /// The block that contains the word.
    pub block: Span,
    /// The kind of that block.
    pub block_kind: BlockKind,
    /// Where the word is.
    pub span: Span,
    /// The form as the table spells it.
    pub form: &'static str,
    /// The country it means.
    pub code: CountryCode,
    /// The kind of word.
    pub kind: CountryForm,
    /// The words around it.
    pub around: Around<'t>,
    /// What the article is about.
    pub topic: &'t ArticleTopic,
    /// The rule that decided about the previous word of the gazetteer, and the end of that word.
    pub prior: Option<(u32, &'static str)>,
}

/// What a rule decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CountryVerdict {
    /// A mention of this country.
    Mention(CountryCode),
    /// Possibly a mention of this country, but probably not.
    Doubtful(CountryCode),
    /// No mention of a country.
    Nothing,
    /// A person. The same word elsewhere is that person too unless it is clearly a place.
    Person,
    /// A town. The same word in other sentences is that town too unless other words name the country.
    Town,
}

/// A fact about English that decides about some words.
#[derive(Debug)]
pub(super) struct CountryRule {
    /// Its name, which never changes.
    pub id: &'static str,
    /// A sentence that explains it to the reader.
    pub doc: &'static str,
    /// Texts in which it decides, with tags around the mentions.
    #[cfg_attr(not(test), expect(dead_code, reason = "for tests and readers"))]
    pub matches: &'static [&'static str],
    /// Texts in which it does not decide, with tags around the mentions.
    #[cfg_attr(not(test), expect(dead_code, reason = "for tests and readers"))]
    pub misses: &'static [&'static str],
    /// Decides, or returns `None` to leave the decision to the next rule.
    pub apply: fn(&CountryCase<'_>) -> Option<CountryVerdict>,
}

/// The name in place of a rule's when none applies.
pub(super) const PLAIN: &str = "plain-name";

/// All rules in order, in groups.
pub(super) static RULES: &[&[CountryRule]] = &[
    word::RULES,
    language::RULES,
    place::RULES,
    person::RULES,
    which::RULES,
];

/// The verdict on a word, with the index and the name of the rule; the index after the last rule when none applies.
pub(super) fn decide(case: &CountryCase<'_>) -> (usize, &'static str, CountryVerdict) {
    let mut place = 0;
    for rule in RULES.iter().copied().flatten() {
        if let Some(verdict) = (rule.apply)(case) {
            return (place, rule.id, verdict);
        }
        place += 1;
    }
    (place, PLAIN, CountryVerdict::Mention(case.code))
}

/// The sentence that explains the rule with this name.
pub(super) fn doc(id: &str) -> Option<&'static str> {
    RULES
        .iter()
        .copied()
        .flatten()
        .find(|rule| rule.id == id)
        .map(|rule| rule.doc)
}

/// How many bytes of a sentence are read on either side of a word.
const SENTENCE: usize = 400;
/// The same in an article that is mostly names of countries and has no sentences.
const SENTENCE_IF_DENSE: usize = 25;

/// Abbreviations of countries have at most this many bytes, such as `U.S.A.`.
const LONGEST_ABBREVIATION: usize = 6;

impl<'t> CountryCase<'t> {
    /// The word as the text spells it.
    fn text(&self) -> &'t str {
        self.span.of(self.article)
    }

    /// Whether it is a name and not an adjective.
    fn is_name(&self) -> bool {
        self.kind == CountryForm::Name
            || (self.kind == CountryForm::Part
                && !matches!(self.form, "English" | "Scottish" | "Scots" | "Welsh"))
    }

    /// Whether the form is an abbreviation, which is never the name of a person or street.
    fn is_abbreviation(&self) -> bool {
        self.form.len() <= LONGEST_ABBREVIATION
            && !self.form.bytes().any(|byte| byte.is_ascii_lowercase())
    }

    /// Whether the word is all capitals.
    fn is_raised(&self) -> bool {
        !self.text().chars().any(char::is_lowercase)
    }

    /// The parts of the sentence before and after the word, at most [`SENTENCE`] bytes of each.
    fn sentence(&self) -> (&'t str, &'t str) {
        let head = Span::new(self.block.start, self.span.start).of(self.article);
        let tail = Span::new(self.span.end, self.block.end).of(self.article);
        let reach = if self.topic.is_dense() {
            SENTENCE_IF_DENSE
        } else {
            SENTENCE
        };
        let from = head.len().saturating_sub(reach);
        let (_, head) = head.split_at(head.floor_char_boundary(from));
        let (tail, _) = tail.split_at(tail.floor_char_boundary(reach));
        let stops =
            |text: &str, at: usize| matches!(text.as_bytes().get(at + 1), Some(b' ' | b'\n'));
        let head = match memchr::memrchr_iter(b'.', head.as_bytes()).find(|at| stops(head, *at)) {
            Some(at) => head.split_at(at + 2).1,
            None => head,
        };
        let tail = match memchr::memchr_iter(b'.', tail.as_bytes()).find(|at| stops(tail, *at)) {
            Some(at) => tail.split_at(at).0,
            None => tail,
        };
        (head, tail)
    }

    /// Whether another span of the block is in the same sentence.
    fn shares_sentence(&self, other: Span) -> bool {
        let (low, high) = (
            self.span.end.min(other.end),
            self.span.start.max(other.start),
        );
        let between = Span::new(low, high).of(self.article).as_bytes();
        between.len() < SENTENCE
            && !memchr::memchr_iter(b'.', between).any(|at| between.get(at + 1) == Some(&b' '))
    }

    /// The words of the sentence except this one.
    fn words(&self) -> impl Iterator<Item = &'t str> {
        let (head, tail) = self.sentence();
        let split = |c: char| !c.is_alphanumeric() && c != '-';
        head.split(split)
            .chain(tail.split(split))
            .filter(|word| !word.is_empty())
    }

    /// Whether the sentence is running text: some longer word of it begins with a small letter.
    ///
    /// Headlines In Title Case or in capitals are not; a capital letter means nothing there.
    fn is_running(&self) -> bool {
        !matches!(self.block_kind, BlockKind::Heading(_))
            && self.words().any(|word| {
                word.len() > 3 && word.starts_with(char::is_lowercase) && !word::FUNCTION.has(word)
            })
    }

    /// Whether a word for another country follows in a list: French, Dutch and German; Irish or Welsh.
    fn is_joined(&self) -> bool {
        let after = self.around.next(0);
        let conjunction = usize::from(matches!(after.text, "and" | "or"));
        (conjunction > 0 || after.gap.starts_with(','))
            && forms::is_country(self.around.next(conjunction).text)
    }

    /// Whether the word begins its sentence, where any word has a capital letter.
    fn starts_sentence(&self) -> bool {
        let before = self.around.prev(0);
        before.text.is_empty()
            || before
                .gap
                .contains(['.', '!', '?', ':', '“', '"', '‘', '\n', '•', ';'])
    }
}

#[cfg(test)]
mod tests;
