//! Roles: the words around a name for what somebody is.
//!
//! They are right before the name (`Republican strategist Ana Ruiz`), before it with a comma (`Chile's
//! energy minister, Ana Ruiz`) or after it (`Ana Ruiz, a security analyst based in Lima`).

use super::ROLE;
use crate::analysis::reach;
use crate::analysis::syntax::{NounPhrase, Sentence};
use crate::analysis::tokens::PosTag;
use crate::lexicon::Class;

/// The longest role right before a name, in words with the titles that belong to the run of the name.
const MAX_ROLE_BEFORE: usize = 8;

/// The roles of the name `name..end` of a paragraph, without article. `run`: where the run of capitalized
/// words starts that the name ends.
pub(crate) fn of(
    paragraph: &Sentence<'_>,
    run: usize,
    name: usize,
    end: usize,
) -> impl Iterator<Item = NounPhrase> {
    let roles = [
        right_before(paragraph, run, name),
        apposed_before(paragraph, run, end),
        after(paragraph, end),
    ];
    roles.into_iter().flatten()
}

/// `Republican strategist` of `Republican strategist Ana Ruiz`.
fn right_before(paragraph: &Sentence<'_>, run: usize, name: usize) -> Option<NounPhrase> {
    let mut start = run;
    while name - start < MAX_ROLE_BEFORE && paragraph.tag_before(start).is_nominal() {
        start -= 1;
    }
    let has_role = paragraph.tokens[start..name]
        .iter()
        .any(|token| token.is(Class::Role) || token.is(Class::Title));
    has_role.then(|| NounPhrase::of(start, name))
}

/// `governor of the bank` of `the governor of the bank, Ana Ruiz, …`.
fn apposed_before(paragraph: &Sentence<'_>, name: usize, end: usize) -> Option<NounPhrase> {
    let after = paragraph.tag(end);
    let closes =
        after.is_finite_verb() || matches!(after, PosTag::Comma | PosTag::Stop | PosTag::Dash);
    if !closes {
        return None;
    }
    let (first, comma) = description_before(paragraph, name)?;
    let start = (first..comma).find_map(|at| role_start(paragraph, at, comma))?;
    Some(NounPhrase::of(start, comma))
}

/// The words between `start` and the comma before `name` that may describe the name: `(start, comma)`.
pub(crate) fn description_before(paragraph: &Sentence<'_>, name: usize) -> Option<(usize, usize)> {
    if paragraph.tag_before(name) != PosTag::Comma {
        return None;
    }
    let comma = name - 1;
    let is_described = |index: &usize| {
        let tag = paragraph.tag(*index);
        tag.is_nominal()
            || matches!(
                tag,
                PosTag::Determiner | PosTag::Possessive | PosTag::Preposition
            )
    };
    let first = (comma.saturating_sub(reach::NOUN_PHRASE)..comma)
        .rev()
        .take_while(is_described)
        .last()?;
    Some((first, comma))
}

/// Where the role starts in the noun phrase at `at`, when it has an article or a possessive and its head is
/// a role.
fn role_start(paragraph: &Sentence<'_>, at: usize, end: usize) -> Option<usize> {
    let owned = paragraph.tag(at + 1) == PosTag::Possessive;
    let start = match paragraph.tag(at) {
        PosTag::Name if owned => at,
        PosTag::Determiner | PosTag::Possessive => at + 1,
        _ => return None,
    };
    let words = if owned { at + 2 } else { start };
    let head = (words..end)
        .take_while(|index| paragraph.tag(*index).is_nominal())
        .last()?;
    paragraph.has_any(head, ROLE).then_some(start)
}

/// `Democrat from New York` of `Ana Ruiz, a Democrat from New York, …`.
fn after(paragraph: &Sentence<'_>, end: usize) -> Option<NounPhrase> {
    if paragraph.tag(end) != PosTag::Comma {
        return None;
    }
    let start = after_age_and_article(paragraph, end + 1);
    let stop = (start..paragraph.high.min(start + reach::NOUN_PHRASE))
        .find(|index| ends_role(paragraph, *index))?;
    let closes = matches!(
        paragraph.tag(stop),
        PosTag::Comma | PosTag::Stop | PosTag::Dash | PosTag::Colon | PosTag::Relative
    ) || is_whose(paragraph, stop);
    let head = (start..stop)
        .find(|index| matches!(paragraph.tag(*index), PosTag::Preposition | PosTag::Verb))
        .unwrap_or(stop);
    let has_role = paragraph.tokens[start..head]
        .iter()
        .any(|token| token.is(Class::Role) && token.tag != PosTag::Name || token.is(Class::Title));
    (closes && has_role).then(|| NounPhrase::of(start, stop))
}

/// The index after an age, an article and a possessive at `start`.
fn after_age_and_article(paragraph: &Sentence<'_>, mut start: usize) -> usize {
    // “Ana Ruiz, 34, a nurse”, « Nadia, 34 ans, ouvrière »
    if paragraph.tag(start) == PosTag::Number {
        let years = usize::from(paragraph.tag(start + 1) == PosTag::Noun);
        let comma = start + 1 + years;
        if paragraph.tag(comma) == PosTag::Comma {
            start = comma + 1;
        }
    }
    if matches!(
        paragraph.tag(start),
        PosTag::Determiner | PosTag::Possessive
    ) {
        start += 1;
    }
    // “the firm's manager”
    if paragraph.tag(start) == PosTag::Noun && paragraph.tag(start + 1) == PosTag::Possessive {
        start += 2;
    }
    start
}

/// Whether a role after a name ends before `index`.
fn ends_role(paragraph: &Sentence<'_>, index: usize) -> bool {
    match paragraph.tag(index) {
        PosTag::Verb => !is_participle(paragraph, index),
        PosTag::Comma
        | PosTag::Stop
        | PosTag::Dash
        | PosTag::Colon
        | PosTag::Quotation
        | PosTag::Relative
        | PosTag::Cue
        | PosTag::Auxiliary
        | PosTag::Pronoun => true,
        _ => is_whose(paragraph, index),
    }
}

/// `a shopkeeper whose brother …`
fn is_whose(paragraph: &Sentence<'_>, index: usize) -> bool {
    paragraph.is(index, Class::Possessive) && paragraph.is(index, Class::Relative)
}

/// Whether a verb form belongs to the noun before it: `an analyst based in Lima`.
fn is_participle(paragraph: &Sentence<'_>, index: usize) -> bool {
    let complement = matches!(
        paragraph.tag(index + 1),
        PosTag::Preposition | PosTag::Adverb
    );
    complement && paragraph.tag_before(index) == PosTag::Noun
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
    fn a_role_is_before_or_after_the_name() {
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
    fn other_words_next_to_a_name_are_not_a_role() {
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
