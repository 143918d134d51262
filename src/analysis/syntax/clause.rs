//! Where a reported clause starts and ends: said *on Monday that* the bridge …, *and left*.
//!
//! From a reporting verb the search steps over whom the words are said to and over adverbs and phrases of
//! time and place to the clause; from there it goes to the end of the sentence or to where the writer goes on.

use super::Sentence;
use crate::analysis::tokens::Part;
use crate::lexicon::Class;

/// The end of the person spoken to: told *reporters in Lowell* that …
pub(crate) fn skip_hearer(sentence: &Sentence<'_>, start: usize) -> usize {
    if sentence.part(start) == Part::Object {
        return start + 1;
    }
    let phrase = sentence
        .phrase_starting(start)
        .map_or(start, |phrase| phrase.end);
    // “told The Sun and its sister papers in the valley that …”
    let that = (phrase..sentence.high.min(phrase + 24))
        .take_while(|index| {
            !matches!(
                sentence.part(*index),
                Part::Verb | Part::Cue | Part::Auxiliary | Part::Comma | Part::Quotation
            )
        })
        .find(|index| sentence.part(*index) == Part::That);
    that.unwrap_or(phrase)
}

/// What a word between a cue and the clause it reports tells.
enum Step {
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
            Step::Starts(clause) => return Some(clause),
            Step::Over(next) => at = next,
            Step::Ends => return None,
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

fn step(sentence: &Sentence<'_>, start: usize, at: usize, limit: usize) -> Step {
    if let Some(next) = time_before_that(sentence, start, at) {
        return Step::Over(next);
    }
    match sentence.part(at) {
        Part::That => Step::Starts(at),
        // “asked who would pay”
        Part::Relative if at == start => Step::Starts(at),
        Part::Subordinator if !sentence.is(at, Class::As) => Step::Starts(at),
        // “said there are”
        Part::Adverb
            if matches!(sentence.part(at + 1), Part::Auxiliary | Part::Verb)
                && !sentence.is(at, Class::Time) =>
        {
            Step::Starts(at)
        }
        Part::Adverb => Step::Over(at + 1),
        // “cautioned against hurrying”
        Part::Preposition
            if begins_infinitive(sentence, at)
                || matches!(sentence.part(at + 1), Part::Gerund | Part::GerundCue) =>
        {
            Step::Starts(at)
        }
        Part::Preposition => Step::Over(phrase_end(sentence, at + 1)),
        // „sagte, er komme“
        Part::Comma if at < start + 2 && is_behind_second(sentence, start) => {
            // „Er habe gewarnt, sagte Ruiz“
            if sentence.part(at + 1) == Part::Cue {
                return Step::Ends;
            }
            Step::Starts(at + 1)
        }
        Part::Comma | Part::Colon | Part::Dash if at > start => {
            // “said on Monday, before the vote, that …”
            (at..limit)
                .find(|index| sentence.part(*index) == Part::That)
                .map_or(Step::Ends, Step::Starts)
        }
        Part::Name
        | Part::Noun
        | Part::Determiner
        | Part::Possessive
        | Part::Pronoun
        | Part::Number
        | Part::Gerund
        | Part::Other => {
            if is_clause(sentence, start, at) {
                Step::Starts(at)
            } else {
                Step::Ends
            }
        }
        // “said about half of them left”
        Part::Verb | Part::Auxiliary if at > start && !sentence.is(start, Class::Time) => {
            Step::Starts(start)
        }
        _ => Step::Ends,
    }
}

/// Whether a clause starts at `at`, behind a verb that ends at `start`.
fn is_clause(sentence: &Sentence<'_>, start: usize, at: usize) -> bool {
    // Not every verb is known; a clause of some length has one.
    let adjunct = (start..at).any(|index| sentence.part(index) == Part::Preposition);
    let is_long = sentence.high > at + 4 && !adjunct;
    let is_object = at == start && is_object(sentence, at);
    !is_object && (is_long || has_verb(sentence, at + 1, sentence.high))
}

/// Whether a name is the object of a verb and no clause: “recalled *Chad Obi for the qualifier*, saying …”
fn is_object(sentence: &Sentence<'_>, start: usize) -> bool {
    let end = phrase_end(sentence, start);
    let is_name = (start..end).all(|index| sentence.part(index) == Part::Name);
    let stop = (end..sentence.high).find(|index| {
        matches!(
            sentence.part(*index),
            Part::Comma | Part::Stop | Part::Quotation
        )
    });
    // In a headline every word may be taken for a name.
    let goes_on = sentence.part(end) == Part::Preposition
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
    let next = match sentence.part(at) {
        Part::Noun if at > start && sentence.is(at, Class::Time) => at + 1,
        Part::Determiner if sentence.is(at + 1, Class::Time) => at + 2,
        Part::Subordinator if at > start => at + 1,
        _ => return None,
    };
    (sentence.part(next) == Part::That).then_some(next)
}

/// Whether an infinitive begins at the preposition at `at`: of a known verb, or of a word that has an object.
fn begins_infinitive(sentence: &Sentence<'_>, at: usize) -> bool {
    if sentence.is(at + 1, Class::Verb) {
        return sentence.is(at + 1, Class::Base);
    }
    let unknown = sentence
        .token(at + 1)
        .is_some_and(|token| token.part == Part::Noun && token.classes.is_empty());
    let has_object = matches!(
        sentence.part(at + 2),
        Part::Determiner | Part::Possessive | Part::Object | Part::Name | Part::Number
    );
    sentence.is(at, Class::To) && unknown && has_object
}

/// Whether a finite verb stands in a stretch.
pub(crate) fn has_verb(sentence: &Sentence<'_>, start: usize, end: usize) -> bool {
    (start..end).any(|index| {
        matches!(
            sentence.part(index),
            Part::Verb | Part::Auxiliary | Part::Cue
        )
    })
}

/// Whether a list item begins at `start` with its mark: `- `.
pub(crate) fn is_bullet(sentence: &Sentence<'_>, start: usize) -> bool {
    let mark = sentence.part(start) == Part::Other && start == sentence.low;
    mark && sentence.token(start + 1).is_some_and(|next| next.spaced)
}

/// The end of the sentence without the marks that close it.
pub(crate) fn sentence_end(sentence: &Sentence<'_>) -> usize {
    // “6.2%”
    let is_unit = |at: usize| {
        sentence.before(at) == Part::Number
            && (sentence.token(at)).is_some_and(|token| !token.spaced && token.mark().is_none())
    };
    let closes = |at: usize| match sentence.part(at) {
        Part::Stop => true,
        Part::Other => !is_unit(at),
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
    let clause = matches!(sentence.part(start), Part::That | Part::Subordinator);
    let returns = |index: usize| {
        aside
            && sentence.part(index) == Part::Comma
            && (!clause || has_verb(sentence, start, index))
            && matches!(
                sentence.part(index + 1),
                Part::Verb | Part::Cue | Part::Auxiliary | Part::Adverb
            )
    };
    (start..end)
        .find(|index| goes_on(sentence, *index) || returns(*index))
        .unwrap_or(end)
}

fn goes_on(sentence: &Sentence<'_>, index: usize) -> bool {
    match sentence.part(index) {
        Part::Semicolon => true,
        Part::Comma => match sentence.part(index + 1) {
            Part::GerundCue => true,
            Part::Coordinator => matches!(
                sentence.part(index + 2),
                Part::Name
                    | Part::Pronoun
                    | Part::Determiner
                    | Part::Cue
                    | Part::Verb
                    | Part::Auxiliary
                    | Part::Possessive
            ),
            _ => sentence.is(index + 1, Class::According),
        },
        Part::Coordinator => sentence.part(index + 1) == Part::Cue,
        _ => false,
    }
}
