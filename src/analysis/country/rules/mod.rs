//! The rules that tell countries from their namesakes, in order: the first that applies decides.
//!
//! Each rule states a fact about English and carries sentences for and against, which run as tests.

use super::context::Around;
use super::topic::TopicFacts;
use super::{CountryCode, CountryForm, Namesake, forms};
use crate::document::BlockKind;
use crate::text::Span;

mod language;
mod person;
mod place;
mod which;
mod word;

/// A word that may mention a country, with what a rule may look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct CountryCase<'t> {
    /// The text of the article, with what is hidden set to spaces.
    pub article: &'t str,
    /// The block the word stands in.
    pub block: Span,
    /// What that block is.
    pub block_kind: BlockKind,
    /// Where the word stands.
    pub span: Span,
    /// The form as the table has it.
    pub form: &'static str,
    /// The country it stands for.
    pub code: CountryCode,
    /// By what kind of word.
    pub kind: CountryForm,
    /// The words around it.
    pub around: Around<'t>,
    /// What the article is about.
    pub facts: &'t TopicFacts,
    /// The rule that decided about the word of the gazetteer before, and where that ended.
    pub prior: Option<(u32, &'static str)>,
}

/// What a rule decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CountryVerdict {
    /// A mention of this country.
    Mention(CountryCode),
    /// Perhaps a mention of this country, more likely not.
    Doubtful(CountryCode),
    /// No mention of a country.
    Nothing,
    /// A person; and so is the same word elsewhere unless it stands as a place.
    Person,
    /// A town; and so is the same word in other sentences unless the country is named by other words.
    Town,
}

/// A fact about English that decides some cases.
#[derive(Debug)]
pub(super) struct CountryRule {
    /// Its stable name.
    pub id: &'static str,
    /// What it says.
    pub doc: &'static str,
    /// Texts in which it decides, with the mentions tagged.
    #[cfg_attr(not(test), expect(dead_code, reason = "for tests and readers"))]
    pub matches: &'static [&'static str],
    /// Texts in which it does not decide, with the mentions tagged.
    #[cfg_attr(not(test), expect(dead_code, reason = "for tests and readers"))]
    pub misses: &'static [&'static str],
    /// Decides, or leaves the case to the next rule.
    pub apply: fn(&CountryCase<'_>) -> Option<CountryVerdict>,
}

/// The reason when no rule applies.
pub(super) const PLAIN: &str = "plain-name";

/// All rules in order, in groups.
pub(super) static RULES: &[&[CountryRule]] = &[
    word::RULES,
    language::RULES,
    place::RULES,
    person::RULES,
    which::RULES,
];

/// The verdict on a case, and the name and the place of the rule that gave it; behind the last where none did.
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

/// Whether a word no rule spoke of is one of the persons and towns found elsewhere in the article.
pub(super) fn is_namesake(case: &CountryCase<'_>, namesakes: &[Namesake]) -> bool {
    [CountryVerdict::Person, CountryVerdict::Town]
        .into_iter()
        .any(|verdict| {
            let key = |known: &Namesake| (known.form, known.verdict);
            let Ok(at) = namesakes.binary_search_by_key(&(case.form, verdict), key) else {
                return false;
            };
            // Who names both in one sentence tells them apart: from Peru, Indiana, to Peru.
            let apart = |span| case.block.covers(span) && case.shares_sentence(span);
            namesakes
                .get(at)
                .is_some_and(|known| !apart(known.first) || !apart(known.last))
                && match verdict {
                    CountryVerdict::Person => person::may_be_person(case),
                    _ => case.facts.adjectives(case.code.0) == 0,
                }
        })
}

/// What the rule with this name says; for explaining a mention to the reader.
pub(super) fn doc(id: &str) -> Option<&'static str> {
    RULES
        .iter()
        .copied()
        .flatten()
        .find(|rule| rule.id == id)
        .map(|rule| rule.doc)
}

/// How far a sentence is followed on either side of a word.
const SENTENCE: usize = 400;

impl<'t> CountryCase<'t> {
    /// The words as the text has them.
    fn text(&self) -> &'t str {
        self.span.of(self.article)
    }

    /// Whether it is a name, not an adjective.
    fn is_name(&self) -> bool {
        self.kind == CountryForm::Name
            || (self.kind == CountryForm::Part
                && !matches!(self.form, "English" | "Scottish" | "Scots" | "Welsh"))
    }

    /// Whether the form is an abbreviation, which no person or street is called.
    fn is_abbreviation(&self) -> bool {
        self.form.len() < 7 && !self.form.bytes().any(|byte| byte.is_ascii_lowercase())
    }

    /// Whether the word is set in capitals.
    fn is_raised(&self) -> bool {
        !self.text().chars().any(char::is_lowercase)
    }

    /// The sentence the word stands in, as far as 400 bytes to either side.
    fn sentence(&self) -> (&'t str, &'t str) {
        let head = Span::new(self.block.start, self.span.start).of(self.article);
        let tail = Span::new(self.span.end, self.block.end).of(self.article);
        let reach = if self.facts.is_dense() {
            SENTENCE / 16
        } else {
            SENTENCE
        };
        let from = floor(head, head.len().saturating_sub(reach));
        let head = head.get(from..).unwrap_or_default();
        let tail = tail.get(..floor(tail, reach)).unwrap_or_default();
        let stops =
            |text: &str, at: usize| matches!(text.as_bytes().get(at + 1), Some(b' ' | b'\n'));
        let start = memchr::memrchr_iter(b'.', head.as_bytes())
            .find(|at| stops(head, *at))
            .map_or(0, |at| at + 2);
        let end = memchr::memchr_iter(b'.', tail.as_bytes())
            .find(|at| stops(tail, *at))
            .unwrap_or(tail.len());
        (
            head.get(start..).unwrap_or_default(),
            tail.get(..end).unwrap_or_default(),
        )
    }

    /// Whether another span of the block stands in the same sentence.
    fn shares_sentence(&self, other: Span) -> bool {
        let (low, high) = (
            self.span.end.min(other.end),
            self.span.start.max(other.start),
        );
        let between = Span::new(low, high).of(self.article).as_bytes();
        between.len() < SENTENCE
            && !memchr::memchr_iter(b'.', between).any(|at| between.get(at + 1) == Some(&b' '))
    }

    /// The words of the sentence, but for the case itself.
    fn words(&self) -> impl Iterator<Item = &'t str> {
        let (head, tail) = self.sentence();
        let split = |c: char| !c.is_alphanumeric() && c != '-';
        head.split(split)
            .chain(tail.split(split))
            .filter(|word| !word.is_empty())
    }

    /// Whether the sentence is running text: some longer word of it begins with a small letter.
    ///
    /// Headlines In Title Case and in capitals are not; there a capital letter tells nothing.
    fn is_running(&self) -> bool {
        !matches!(self.block_kind, BlockKind::Heading(_))
            && self.words().any(|word| {
                word.len() > 3 && word.starts_with(char::is_lowercase) && !word::FUNCTION.has(word)
            })
    }

    /// Whether another country's word follows in a row: French, Dutch and German; Irish or Welsh.
    fn is_joined(&self) -> bool {
        let after = self.around.next(0);
        let conjunction = usize::from(matches!(after.text, "and" | "or"));
        (conjunction > 0 || after.gap.starts_with(','))
            && forms::is_country(self.around.next(conjunction).text)
    }

    /// Whether the word begins its sentence, where every word has a capital.
    fn starts_sentence(&self) -> bool {
        let before = self.around.prev(0);
        before.text.is_empty()
            || before
                .gap
                .contains(['.', '!', '?', ':', '“', '"', '‘', '\n', '•', ';'])
    }
}

/// The char boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests;
