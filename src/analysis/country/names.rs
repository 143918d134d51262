//! Given names and the states of the United States.

use super::context::Around;
use super::word_list::WordList;

/// Whether a word is a given name.
pub(super) fn is_given(word: &str) -> bool {
    GIVEN.has(word)
}

const GIVEN: WordList = WordList::of_file(include_str!("../../lexicon/en/given-names.txt"));

const STATES: WordList = WordList::new(
    "ala alabama alaska ariz arizona ark arkansas brooklyn calif california colo colorado conn \
     connecticut delaware fla florida ga georgia hawaii idaho ill illinois ind indiana iowa kan \
     kansas kentucky ky louisiana maine maryland mass massachusetts md mich michigan minn \
     minnesota mississippi missouri mo mont montana neb nebraska nev nevada ohio okla oklahoma \
     ore oregon pa pennsylvania queens tenn tennessee tex texas utah va vermont virginia vt wash \
     wis wisconsin wyo wyoming",
);

/// States of two words, and abbreviations of two letters with full stops.
const TWO_WORDS: &[(&str, &str)] = &[
    ("n", "c"),
    ("n", "d"),
    ("n", "h"),
    ("n", "j"),
    ("n", "m"),
    ("n", "y"),
    ("new", "hampshire"),
    ("new", "jersey"),
    ("new", "mexico"),
    ("new", "york"),
    ("north", "carolina"),
    ("north", "dakota"),
    ("r", "i"),
    ("rhode", "island"),
    ("s", "c"),
    ("s", "d"),
    ("south", "carolina"),
    ("south", "dakota"),
    ("w", "va"),
    ("west", "virginia"),
];

/// Whether a state of the United States follows.
pub(super) fn is_state(around: &Around<'_>) -> bool {
    let (first, second) = (around.next(0), around.next(1));
    first.is_capitalized()
        && (STATES.has(first.text)
            || TWO_WORDS
                .iter()
                .any(|(one, two)| first.is(one) && second.is(two)))
}
