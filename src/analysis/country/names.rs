//! Word lists that rules ask: given names and the states of the United States.

use std::sync::LazyLock;

use super::context::Around;
use super::list::List;

/// Whether a word is a given name.
pub(super) fn is_given(word: &str) -> bool {
    let mut buffer = [0_u8; 16];
    let Some(lowered) = buffer.get_mut(..word.len()) else {
        return false;
    };
    lowered.copy_from_slice(word.as_bytes());
    lowered.make_ascii_lowercase();
    let lowered: &[u8] = lowered;
    GIVEN
        .binary_search_by(|name| name.as_bytes().cmp(lowered))
        .is_ok()
}

static GIVEN: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut names: Vec<_> = include_str!("../../lexicon/en/given-names.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect();
    names.sort_unstable();
    names
});

const STATES: List = List::new(
    "ala alabama alaska ariz arizona ark arkansas brooklyn calif california colo colorado conn \
     connecticut delaware fla florida ga georgia hawaii idaho ill illinois ind indiana iowa kan \
     kansas kentucky ky louisiana maine maryland mass massachusetts md mich michigan minn \
     minnesota mississippi missouri mo mont montana neb nebraska nev nevada ohio okla oklahoma \
     ore oregon pa pennsylvania queens tenn tennessee tex texas utah va vermont virginia vt wash \
     wis wisconsin wyo wyoming",
);

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

/// Whether the words after begin with a state of the United States.
pub(super) fn is_state(around: &Around<'_>) -> bool {
    let (first, second) = (around.next(0), around.next(1));
    first.is_capitalized()
        && (STATES.has(first.text)
            || TWO_WORDS
                .iter()
                .any(|(one, two)| first.is(one) && second.is(two)))
}
