//! Finds where a reported clause starts and ends: said *on Monday that* the bridge …, *and left*.
//!
//! From a reporting verb, the search skips the person addressed, adverbs and phrases of time and place to
//! reach the clause. The clause ends with the sentence, or where the writer continues.

use super::Sentence;
use crate::analysis::reach;
use crate::analysis::tokens::PosTag;
use crate::lexicon::Class;

/// The fewest tokens that count as a clause when no verb in them is recognized.
const MIN_VERBLESS_CLAUSE: usize = 4;

/// The end of the person addressed: told *reporters in Lowell* that …
pub(crate) fn skip_hearer(sentence: &Sentence<'_>, start: usize) -> usize {
    if sentence.tag(start) == PosTag::Object {
        return start + 1;
    }
    let phrase_end = sentence.phrase_end(start);
    // “told The Sun and its sister papers in the valley that …”
    let that = (phrase_end..sentence.high.min(phrase_end + reach::CLAUSE))
        .take_while(|index| {
            let tag = sentence.tag(*index);
            !tag.is_finite_verb() && !matches!(tag, PosTag::Comma | PosTag::Quotation)
        })
        .find(|index| sentence.tag(*index) == PosTag::That);
    match that {
        Some(that) => that,
        None => phrase_end,
    }
}

/// What the search for a clause does at a token.
enum ClauseSearch {
    /// The clause starts at this index.
    Found(usize),
    /// The search continues at this index.
    Continue(usize),
    /// No clause is reported.
    Stop,
}

/// The start of the reported clause after a verb, past adverbs and phrases of time and place. `start` is one
/// past the verb.
pub(crate) fn find_clause(sentence: &Sentence<'_>, start: usize) -> Option<usize> {
    let limit = sentence.high.min(start + reach::CLAUSE);
    let mut at = start;
    while at < limit {
        match search_at(sentence, start, at, limit) {
            ClauseSearch::Found(clause) => return Some(clause),
            ClauseSearch::Continue(next) => at = next,
            ClauseSearch::Stop => return None,
        }
    }
    None
}

fn search_at(sentence: &Sentence<'_>, start: usize, at: usize, limit: usize) -> ClauseSearch {
    if let Some(next) = time_before_that(sentence, start, at) {
        return ClauseSearch::Continue(next);
    }
    match sentence.tag(at) {
        PosTag::That => ClauseSearch::Found(at),
        // “asked who would pay”
        PosTag::Relative if at == start => ClauseSearch::Found(at),
        PosTag::Subordinator if !sentence.is(at, Class::As) => ClauseSearch::Found(at),
        // “said there are”
        PosTag::Adverb
            if matches!(sentence.tag(at + 1), PosTag::Auxiliary | PosTag::Verb)
                && !sentence.is(at, Class::Time) =>
        {
            ClauseSearch::Found(at)
        }
        PosTag::Adverb => ClauseSearch::Continue(at + 1),
        // “cautioned against hurrying”
        PosTag::Preposition
            if starts_infinitive(sentence, at)
                || matches!(sentence.tag(at + 1), PosTag::Gerund | PosTag::GerundCue) =>
        {
            ClauseSearch::Found(at)
        }
        PosTag::Preposition => ClauseSearch::Continue(sentence.phrase_end(at + 1)),
        PosTag::Comma | PosTag::Colon | PosTag::Dash => {
            search_at_punctuation(sentence, start, at, limit)
        }
        PosTag::Name
        | PosTag::Noun
        | PosTag::Determiner
        | PosTag::Possessive
        | PosTag::Pronoun
        | PosTag::Number
        | PosTag::Gerund
        | PosTag::Other
            if starts_clause(sentence, start, at) =>
        {
            ClauseSearch::Found(at)
        }
        // “said about half of them left”
        PosTag::Verb | PosTag::Auxiliary if at > start && !sentence.is(start, Class::Time) => {
            ClauseSearch::Found(start)
        }
        _ => ClauseSearch::Stop,
    }
}

fn search_at_punctuation(
    sentence: &Sentence<'_>,
    start: usize,
    at: usize,
    limit: usize,
) -> ClauseSearch {
    // „sagte, er komme“, „sagte sie, er komme“
    if sentence.tag(at) == PosTag::Comma && at < start + 2 && is_after_german_cue(sentence, start) {
        // „Er habe gewarnt, sagte Ruiz“
        return if sentence.tag(at + 1) == PosTag::Cue {
            ClauseSearch::Stop
        } else {
            ClauseSearch::Found(at + 1)
        };
    }
    // “said on Monday, before the vote, that …”
    let mut rest = if at > start { at..limit } else { 0..0 };
    match rest.find(|index| sentence.tag(*index) == PosTag::That) {
        Some(that) => ClauseSearch::Found(that),
        None => ClauseSearch::Stop,
    }
}

/// Whether a verb that may come before its subject, with its particle if it has one, is right before
/// `start`: `sagte`, `teilte mit`.
fn is_after_german_cue(sentence: &Sentence<'_>, start: usize) -> bool {
    let particle = sentence.is_before(start, Class::ReportParticle);
    sentence.is_before(start, Class::Second)
        || particle && sentence.is_before(start - 1, Class::Second)
}

/// Whether a clause starts at `at`, after a verb that ends at `start`.
fn starts_clause(sentence: &Sentence<'_>, start: usize, at: usize) -> bool {
    // The lexicon does not have every verb, so a long stretch is taken for a clause.
    let adjunct = (start..at).any(|index| sentence.tag(index) == PosTag::Preposition);
    let is_long = sentence.high > at + MIN_VERBLESS_CLAUSE && !adjunct;
    let is_object = at == start && is_object(sentence, at);
    !is_object && (is_long || sentence.has_verb(at + 1, sentence.high))
}

/// Whether a name is the object of a verb instead of starting a clause: “recalled *Chad Obi for the
/// qualifier*, saying …”
fn is_object(sentence: &Sentence<'_>, start: usize) -> bool {
    let end = sentence.phrase_end(start);
    let is_name = (start..end).all(|index| sentence.tag(index) == PosTag::Name);
    // In a headline, every word may be tagged as a name.
    let continues = sentence.tag(end) == PosTag::Preposition && !sentence.is_capital(end);
    if !is_name || !continues {
        return false;
    }
    let is_stop = |index: &usize| {
        matches!(
            sentence.tag(*index),
            PosTag::Comma | PosTag::Stop | PosTag::Quotation
        )
    };
    let stop = (end..sentence.high).find(is_stop).unwrap_or(sentence.high);
    !sentence.has_verb(end, stop)
}

/// The end of a time expression between a verb and the `that` of its clause: “predicted last *year* that”,
/// “said *this week* that”, “announced in the weeks *before* that”.
fn time_before_that(sentence: &Sentence<'_>, start: usize, at: usize) -> Option<usize> {
    let next = match sentence.tag(at) {
        PosTag::Noun if at > start && sentence.is(at, Class::Time) => at + 1,
        PosTag::Determiner if sentence.is(at + 1, Class::Time) => at + 2,
        PosTag::Subordinator if at > start => at + 1,
        _ => return None,
    };
    (sentence.tag(next) == PosTag::That).then_some(next)
}

/// Whether the preposition at `at` begins an infinitive: of a verb in the lexicon, or of an unknown word
/// with an object.
fn starts_infinitive(sentence: &Sentence<'_>, at: usize) -> bool {
    let Some(next) = sentence.token(at + 1) else {
        return false;
    };
    if next.is(Class::Verb) {
        return next.is(Class::Base);
    }
    let unknown = next.tag == PosTag::Noun && next.classes.is_empty();
    let has_object = matches!(
        sentence.tag(at + 2),
        PosTag::Determiner | PosTag::Possessive | PosTag::Object | PosTag::Name | PosTag::Number
    );
    sentence.is(at, Class::To) && unknown && has_object
}

/// Whether a list item begins at `start` with its bullet: `- `.
pub(crate) fn is_bullet(sentence: &Sentence<'_>, start: usize) -> bool {
    let mark = sentence.tag(start) == PosTag::Other && start == sentence.low;
    match sentence.token(start + 1) {
        Some(next) => mark && next.spaced,
        None => false,
    }
}

/// The end of the sentence without its closing punctuation.
pub(crate) fn sentence_end(sentence: &Sentence<'_>) -> usize {
    let closes = |at: usize| match sentence.token(at) {
        Some(token) if token.tag == PosTag::Other => {
            // “6.2%”
            let is_unit = sentence.tag_before(at) == PosTag::Number
                && !token.spaced
                && token.mark().is_none();
            !is_unit
        }
        Some(token) => token.tag == PosTag::Stop,
        None => true,
    };
    let mut end = sentence.high;
    while end > sentence.low && closes(end - 1) {
        end -= 1;
    }
    end
}

/// The end of reported speech that starts at `start`: the end of the sentence, or where the writer
/// continues. `in_relative`: the cue is in a relative clause, after which the sentence goes on.
pub(crate) fn report_end(sentence: &Sentence<'_>, start: usize, in_relative: bool) -> usize {
    let end = sentence_end(sentence);
    let clause = matches!(sentence.tag(start), PosTag::That | PosTag::Subordinator);
    let main_clause_resumes = |index: usize| {
        let next = sentence.tag(index + 1);
        in_relative
            && sentence.tag(index) == PosTag::Comma
            && (!clause || sentence.has_verb(start, index))
            && (next.is_finite_verb() || next == PosTag::Adverb)
    };
    (start..end)
        .find(|index| writer_continues(sentence, *index) || main_clause_resumes(*index))
        .unwrap_or(end)
}

fn writer_continues(sentence: &Sentence<'_>, index: usize) -> bool {
    let next = sentence.tag(index + 1);
    match sentence.tag(index) {
        PosTag::Semicolon => true,
        PosTag::Comma => match next {
            PosTag::GerundCue => true,
            PosTag::Coordinator => {
                let after = sentence.tag(index + 2);
                after.is_finite_verb()
                    || matches!(
                        after,
                        PosTag::Name | PosTag::Pronoun | PosTag::Determiner | PosTag::Possessive
                    )
            }
            _ => sentence.is(index + 1, Class::According),
        },
        PosTag::Coordinator => next == PosTag::Cue,
        _ => false,
    }
}
