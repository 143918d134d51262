//! Roles: the words around a name that say what somebody is.
//!
//! They stand right before the name (`Republican strategist Ana Ruiz`), before it with a comma (`Chile's
//! energy minister, Ana Ruiz`) or after it (`Ana Ruiz, a security analyst based in Lima`).

use super::ROLE;
use crate::analysis::tokens::{PosTag, TaggedToken};
use crate::lexicon::Class;

/// How many words a role has at most.
const MOST: usize = 14;

/// The roles of the name `name..end` as ranges of tokens, without article. The run of words with capital
/// letters that the name ends begins at `run`.
pub(crate) fn of(
    tokens: &[TaggedToken],
    run: usize,
    name: usize,
    end: usize,
) -> impl Iterator<Item = (usize, usize)> {
    let roles = [
        right_before(tokens, run, name),
        apposed_before(tokens, run, end),
        after(tokens, end),
    ];
    roles.into_iter().flatten()
}

fn part(tokens: &[TaggedToken], index: usize) -> PosTag {
    tokens.get(index).map_or(PosTag::Stop, |token| token.tag)
}

/// `Republican strategist` of `Republican strategist Ana Ruiz`.
fn right_before(tokens: &[TaggedToken], run: usize, name: usize) -> Option<(usize, usize)> {
    let mut start = run.min(name);
    while start > 0 && name - start < 8 && part(tokens, start - 1).is_nominal() {
        start -= 1;
    }
    let has_role = tokens
        .get(start..name)?
        .iter()
        .any(|token| token.is(Class::Role) || token.is(Class::Title));
    has_role.then_some((start, name))
}

/// `governor of the bank` of `the governor of the bank, Ana Ruiz, …`.
fn apposed_before(tokens: &[TaggedToken], name: usize, end: usize) -> Option<(usize, usize)> {
    let closes = matches!(
        part(tokens, end),
        PosTag::Comma
            | PosTag::Stop
            | PosTag::Dash
            | PosTag::Cue
            | PosTag::Verb
            | PosTag::Auxiliary
    );
    let (first, comma) = apposed(tokens, name).filter(|_| closes)?;
    (first..comma).find_map(|at| Some((described_from(tokens, at, comma)?, comma)))
}

/// Where the words begin and end that stand before the comma before `name` and may describe it.
pub(crate) fn apposed(tokens: &[TaggedToken], name: usize) -> Option<(usize, usize)> {
    let comma = name
        .checked_sub(1)
        .filter(|comma| part(tokens, *comma) == PosTag::Comma)?;
    let nominal = |index: &usize| {
        let part = part(tokens, *index);
        part.is_nominal()
            || matches!(
                part,
                PosTag::Determiner | PosTag::Possessive | PosTag::Preposition
            )
    };
    let first = (comma.saturating_sub(MOST)..comma)
        .rev()
        .take_while(nominal)
        .last()?;
    Some((first, comma))
}

/// Where the words of a role begin in the noun phrase at `at`, when it has an article or an owner, and a role
/// for its head.
fn described_from(tokens: &[TaggedToken], at: usize, end: usize) -> Option<usize> {
    let owner = part(tokens, at + 1) == PosTag::Possessive;
    let start = match part(tokens, at) {
        PosTag::Name if owner => at,
        PosTag::Determiner | PosTag::Possessive => at + 1,
        _ => return None,
    };
    let words = if owner { at + 2 } else { start };
    let head = (words..end)
        .take_while(|index| part(tokens, *index).is_nominal())
        .last()?;
    tokens.get(head)?.classes.any(ROLE).then_some(start)
}

/// `Democrat from New York` of `Ana Ruiz, a Democrat from New York, …`.
fn after(tokens: &[TaggedToken], end: usize) -> Option<(usize, usize)> {
    if part(tokens, end) != PosTag::Comma {
        return None;
    }
    // “Ana Ruiz, 34, a nurse”
    let aged = part(tokens, end + 1) == PosTag::Number;
    let years = usize::from(part(tokens, end + 2) == PosTag::Noun);
    let mut start = if aged && part(tokens, end + 2 + years) == PosTag::Comma {
        end + 3 + years
    } else {
        end + 1
    };
    if matches!(part(tokens, start), PosTag::Determiner | PosTag::Possessive) {
        start += 1;
    }
    // “the firm's manager”
    if part(tokens, start) == PosTag::Noun && part(tokens, start + 1) == PosTag::Possessive {
        start += 2;
    }
    let stop = (start..tokens.len().min(start + MOST)).find(|index| {
        let part = part(tokens, *index);
        is_whose(tokens, *index)
            || matches!(
                part,
                PosTag::Comma
                    | PosTag::Stop
                    | PosTag::Dash
                    | PosTag::Colon
                    | PosTag::Quotation
                    | PosTag::Relative
                    | PosTag::Verb
                    | PosTag::Cue
                    | PosTag::Auxiliary
                    | PosTag::Pronoun
            ) && !(part == PosTag::Verb && is_participle(tokens, *index))
    })?;
    let closes = matches!(
        part(tokens, stop),
        PosTag::Comma | PosTag::Stop | PosTag::Dash | PosTag::Colon | PosTag::Relative
    ) || is_whose(tokens, stop);
    let head = (start..stop)
        .find(|index| matches!(part(tokens, *index), PosTag::Preposition | PosTag::Verb))
        .unwrap_or(stop);
    let has_role = tokens
        .get(start..head)?
        .iter()
        .any(|token| token.is(Class::Role) && token.tag != PosTag::Name || token.is(Class::Title));
    (closes && has_role).then_some((start, stop))
}

/// `a shopkeeper whose brother …`
fn is_whose(tokens: &[TaggedToken], index: usize) -> bool {
    let token = tokens.get(index);
    token.is_some_and(|token| token.is(Class::Possessive) && token.is(Class::Relative))
}

/// Whether a verb goes with the noun before it: `an analyst based in Lima`.
fn is_participle(tokens: &[TaggedToken], index: usize) -> bool {
    let follows = matches!(
        part(tokens, index + 1),
        PosTag::Preposition | PosTag::Adverb
    );
    follows && index > 0 && part(tokens, index - 1) == PosTag::Noun
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyze;
    use crate::document;

    /// The role of the first speaker of a text.
    fn role_in(text: &str, language: &str) -> Option<String> {
        let file = format!("Title\n\n{text}\n");
        let mut document = document::read(file.into_bytes(), "a.txt").value;
        document.meta.language = Some(language.to_owned());
        analyze(&document)
            .speakers
            .first()?
            .role
            .as_deref()
            .map(str::to_owned)
    }

    #[test]
    fn a_role_stands_before_or_after_the_name() {
        let roles = [
            (
                "en",
                "“No,” said Republican strategist Ana Ruiz.",
                "Republican strategist",
            ),
            (
                "en",
                "Chile's energy minister, Ana Ruiz, said it was “over”.",
                "Chile's energy minister",
            ),
            (
                "en",
                "In a letter, the American envoy, Ana Ruiz, wrote: “No.”",
                "American envoy",
            ),
            (
                "en",
                "“No,” said the group's regional director, Ana Ruiz.",
                "regional director",
            ),
            (
                "en",
                "The governor of the central bank, Ana Ruiz, said “no”.",
                "governor of the central bank",
            ),
            (
                "en",
                "“No,” said Ana Ruiz, a security analyst based in Lima.",
                "security analyst based in Lima",
            ),
            (
                "en",
                "“No,” said Ana Ruiz, a 45-year-old shopkeeper whose shop burned.",
                "45-year-old shopkeeper",
            ),
            (
                "en",
                "“No,” said Ana Ruiz, 34, a nurse at the hospital.",
                "nurse at the hospital",
            ),
            ("en", "“No,” said Ana Ruiz, the firm's manager.", "manager"),
            (
                "de",
                "„Nein“, sagte die Gewerkschafterin Heike Brandt.",
                "Gewerkschafterin",
            ),
            (
                "fr",
                "« Non », a dit Paul Garnier, président de la chambre.",
                "président de la chambre",
            ),
            (
                "fr",
                "« Non », s'emporte Nadia, 34 ans, ouvrière.",
                "ouvrière",
            ),
            (
                "fr",
                "Le maire de Lyon, Antoine Berthier, a dit « non ».",
                "maire de Lyon",
            ),
        ];
        for (language, text, role) in roles {
            assert_eq!(role_in(text, language).as_deref(), Some(role), "{text}");
        }
    }

    #[test]
    fn other_words_beside_a_name_are_no_role() {
        for text in [
            "“No,” Ana Ruiz, whose shop burned, said.",
            "“No,” said Ana Ruiz, a day after the vote.",
            "In the capital, Ana Ruiz said “no”.",
        ] {
            assert_eq!(role_in(text, "en"), None, "{text}");
        }
    }

    #[test]
    fn the_fullest_role_is_kept() {
        let text = "“No,” said Ana Ruiz, head of the harbor board. Ruiz, a mother, left.";
        assert_eq!(
            role_in(text, "en").as_deref(),
            Some("head of the harbor board")
        );
    }
}
