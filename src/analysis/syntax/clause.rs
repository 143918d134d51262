//! Where a reported clause starts and ends: said *on Monday that* the bridge …, *and left*.
//!
//! From a reporting verb the search steps over whom the words are said to and over adverbs and phrases of
//! time and place to the clause; from there it goes to the end of the sentence or to where the writer goes on.

use super::Sentence;
use crate::analysis::tokens::PosTag;
use crate::lexicon::Class;

/// The end of the person spoken to: told *reporters in Lowell* that …
pub(crate) fn skip_hearer(sentence: &Sentence<'_>, start: usize) -> usize {
    if sentence.tag(start) == PosTag::Object {
        return start + 1;
    }
    let phrase = sentence
        .phrase_starting(start)
        .map_or(start, |phrase| phrase.end);
    // “told The Sun and its sister papers in the valley that …”
    let that = (phrase..sentence.high.min(phrase + 24))
        .take_while(|index| {
            !matches!(
                sentence.tag(*index),
                PosTag::Verb | PosTag::Cue | PosTag::Auxiliary | PosTag::Comma | PosTag::Quotation
            )
        })
        .find(|index| sentence.tag(*index) == PosTag::That);
    that.unwrap_or(phrase)
}

/// What a word between a cue and the clause it reports tells.
enum ClauseSearch {
    /// The clause starts there.
    Starts(usize),
    /// It is stepped over; the search goes on there.
    Over(usize),
    /// No clause is reported.
    Ends,
}

/// Where the reported clause starts, after adverbs and phrases of time and place.
pub(crate) fn find_clause(sentence: &Sentence<'_>, start: usize) -> Option<usize> {
    let limit = sentence.high.min(start + 24);
    let mut at = start;
    while at < limit {
        match step(sentence, start, at, limit) {
            ClauseSearch::Starts(clause) => return Some(clause),
            ClauseSearch::Over(next) => at = next,
            ClauseSearch::Ends => return None,
        }
    }
    None
}

/// Whether a verb that may stand before its subject, with its particle if it has one, stands before `start`:
/// `sagte`, `teilte mit`.
fn is_behind_second(sentence: &Sentence<'_>, start: usize) -> bool {
    let is_second = |back: usize| {
        let at = start.checked_sub(back);
        at.is_some_and(|at| sentence.is(at, Class::Second))
    };
    let particle = start > 0 && sentence.is(start - 1, Class::ReportParticle);
    is_second(1) || particle && is_second(2)
}

fn step(sentence: &Sentence<'_>, start: usize, at: usize, limit: usize) -> ClauseSearch {
    if let Some(next) = time_before_that(sentence, start, at) {
        return ClauseSearch::Over(next);
    }
    match sentence.tag(at) {
        PosTag::That => ClauseSearch::Starts(at),
        // “asked who would pay”
        PosTag::Relative if at == start => ClauseSearch::Starts(at),
        PosTag::Subordinator if !sentence.is(at, Class::As) => ClauseSearch::Starts(at),
        // “said there are”
        PosTag::Adverb
            if matches!(sentence.tag(at + 1), PosTag::Auxiliary | PosTag::Verb)
                && !sentence.is(at, Class::Time) =>
        {
            ClauseSearch::Starts(at)
        }
        PosTag::Adverb => ClauseSearch::Over(at + 1),
        // “cautioned against hurrying”
        PosTag::Preposition
            if begins_infinitive(sentence, at)
                || matches!(sentence.tag(at + 1), PosTag::Gerund | PosTag::GerundCue) =>
        {
            ClauseSearch::Starts(at)
        }
        PosTag::Preposition => ClauseSearch::Over(phrase_end(sentence, at + 1)),
        // „sagte, er komme“
        PosTag::Comma if at < start + 2 && is_behind_second(sentence, start) => {
            // „Er habe gewarnt, sagte Ruiz“
            if sentence.tag(at + 1) == PosTag::Cue {
                return ClauseSearch::Ends;
            }
            ClauseSearch::Starts(at + 1)
        }
        PosTag::Comma | PosTag::Colon | PosTag::Dash if at > start => {
            // “said on Monday, before the vote, that …”
            (at..limit)
                .find(|index| sentence.tag(*index) == PosTag::That)
                .map_or(ClauseSearch::Ends, ClauseSearch::Starts)
        }
        PosTag::Name
        | PosTag::Noun
        | PosTag::Determiner
        | PosTag::Possessive
        | PosTag::Pronoun
        | PosTag::Number
        | PosTag::Gerund
        | PosTag::Other => {
            if is_clause(sentence, start, at) {
                ClauseSearch::Starts(at)
            } else {
                ClauseSearch::Ends
            }
        }
        // “said about half of them left”
        PosTag::Verb | PosTag::Auxiliary if at > start && !sentence.is(start, Class::Time) => {
            ClauseSearch::Starts(start)
        }
        _ => ClauseSearch::Ends,
    }
}

/// Whether a clause starts at `at`, behind a verb that ends at `start`.
fn is_clause(sentence: &Sentence<'_>, start: usize, at: usize) -> bool {
    // Not every verb is known; a clause of some length has one.
    let adjunct = (start..at).any(|index| sentence.tag(index) == PosTag::Preposition);
    let is_long = sentence.high > at + 4 && !adjunct;
    let is_object = at == start && is_object(sentence, at);
    !is_object && (is_long || has_verb(sentence, at + 1, sentence.high))
}

/// Whether a name is the object of a verb and no clause: “recalled *Chad Obi for the qualifier*, saying …”
fn is_object(sentence: &Sentence<'_>, start: usize) -> bool {
    let end = phrase_end(sentence, start);
    let is_name = (start..end).all(|index| sentence.tag(index) == PosTag::Name);
    let stop = (end..sentence.high).find(|index| {
        matches!(
            sentence.tag(*index),
            PosTag::Comma | PosTag::Stop | PosTag::Quotation
        )
    });
    // In a headline every word may be taken for a name.
    let goes_on = sentence.tag(end) == PosTag::Preposition
        && sentence.token(end).is_some_and(|token| !token.capital);
    is_name && goes_on && !has_verb(sentence, end, stop.unwrap_or(sentence.high))
}

fn phrase_end(sentence: &Sentence<'_>, start: usize) -> usize {
    let phrase = sentence.phrase_starting(start);
    phrase.map_or(start, |phrase| phrase.end)
}

/// Where a word of time ends that stands between a verb and the `that` of its clause: “predicted last *year* that”,
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

/// Whether an infinitive begins at the preposition at `at`: of a known verb, or of a word that has an object.
fn begins_infinitive(sentence: &Sentence<'_>, at: usize) -> bool {
    if sentence.is(at + 1, Class::Verb) {
        return sentence.is(at + 1, Class::Base);
    }
    let unknown = sentence
        .token(at + 1)
        .is_some_and(|token| token.tag == PosTag::Noun && token.classes.is_empty());
    let has_object = matches!(
        sentence.tag(at + 2),
        PosTag::Determiner | PosTag::Possessive | PosTag::Object | PosTag::Name | PosTag::Number
    );
    sentence.is(at, Class::To) && unknown && has_object
}

/// Whether a finite verb stands in a stretch.
pub(crate) fn has_verb(sentence: &Sentence<'_>, start: usize, end: usize) -> bool {
    (start..end).any(|index| {
        matches!(
            sentence.tag(index),
            PosTag::Verb | PosTag::Auxiliary | PosTag::Cue
        )
    })
}

/// Whether a list item begins at `start` with its mark: `- `.
pub(crate) fn is_bullet(sentence: &Sentence<'_>, start: usize) -> bool {
    let mark = sentence.tag(start) == PosTag::Other && start == sentence.low;
    mark && sentence.token(start + 1).is_some_and(|next| next.spaced)
}

/// The end of the sentence without the marks that close it.
pub(crate) fn sentence_end(sentence: &Sentence<'_>) -> usize {
    // “6.2%”
    let is_unit = |at: usize| {
        sentence.before(at) == PosTag::Number
            && (sentence.token(at)).is_some_and(|token| !token.spaced && token.mark().is_none())
    };
    let closes = |at: usize| match sentence.tag(at) {
        PosTag::Stop => true,
        PosTag::Other => !is_unit(at),
        _ => false,
    };
    let mut end = sentence.high;
    while end > sentence.low && closes(end - 1) {
        end -= 1;
    }
    end
}

/// Where a report that starts at `start` ends: with the sentence, or where the writer goes on.
pub(crate) fn report_end(sentence: &Sentence<'_>, start: usize, aside: bool) -> usize {
    let end = sentence_end(sentence);
    let clause = matches!(sentence.tag(start), PosTag::That | PosTag::Subordinator);
    let returns = |index: usize| {
        aside
            && sentence.tag(index) == PosTag::Comma
            && (!clause || has_verb(sentence, start, index))
            && matches!(
                sentence.tag(index + 1),
                PosTag::Verb | PosTag::Cue | PosTag::Auxiliary | PosTag::Adverb
            )
    };
    (start..end)
        .find(|index| goes_on(sentence, *index) || returns(*index))
        .unwrap_or(end)
}

fn goes_on(sentence: &Sentence<'_>, index: usize) -> bool {
    match sentence.tag(index) {
        PosTag::Semicolon => true,
        PosTag::Comma => match sentence.tag(index + 1) {
            PosTag::GerundCue => true,
            PosTag::Coordinator => matches!(
                sentence.tag(index + 2),
                PosTag::Name
                    | PosTag::Pronoun
                    | PosTag::Determiner
                    | PosTag::Cue
                    | PosTag::Verb
                    | PosTag::Auxiliary
                    | PosTag::Possessive
            ),
            _ => sentence.is(index + 1, Class::According),
        },
        PosTag::Coordinator => sentence.tag(index + 1) == PosTag::Cue,
        _ => false,
    }
}
