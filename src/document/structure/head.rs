//! Finds the lines before an article's body: headline, byline, date lines and dateline.
//!
//! Only the first few blocks are examined, so that a paragraph in the middle is never mistaken for one
//! of them: these lines are not analyzed, and prose must be. `tail` handles the lines after the body.

use super::sentence_end::ends_sentence;
use crate::document::strings::{one_line, up_to};
use crate::document::{Block, BlockKind, DateOrigin, Meta, dates};
use crate::text::Span;
use crate::text::span::beginning;

/// How many blocks at the beginning may be headline, byline and date.
const HEAD_BLOCKS: usize = 8;
/// The longest byline, in bytes.
const LONGEST_BYLINE: usize = 140;
/// The longest headline, in bytes, and the longest that ends in a full stop.
const LONGEST_TITLE: usize = 220;
const LONGEST_TITLE_SENTENCE: usize = 120;
/// The longest line with the name of a source, in bytes.
const LONGEST_SOURCE: usize = 80;
/// The most words in the names of a byline.
const MOST_BYLINE_WORDS: usize = 14;
/// How many bytes of a paragraph are searched for the end of a dateline, and the longest dateline.
const DATELINE_WITHIN: usize = 120;
const LONGEST_DATELINE: usize = 90;
/// The most words of the place in a dateline.
const MOST_PLACE_WORDS: usize = 8;
/// Lower-case words that may appear in a byline.
const BYLINE_SMALL: &[&str] = &[
    "and",
    "of",
    "for",
    "the",
    "in",
    "at",
    "with",
    "und",
    "et",
    "y",
    "e",
    "en",
    "von",
    "van",
    "der",
    "den",
    "de",
    "da",
    "del",
    "della",
    "di",
    "du",
    "la",
    "le",
    "bin",
    "al",
    "staff",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "editor",
    "bureau",
    "desk",
    "samples",
    "pullquote",
    "news",
    "service",
    "special",
    "to",
    "our",
    "contributor",
    "chief",
    "senior",
    "political",
    "foreign",
    "business",
    "economics",
    "agencies",
    "associated",
    "press",
    "diplomatic",
    "world",
];

/// `By`, in the supported languages.
const BY: &[&str] = &[
    "By ", "BY ", "by ", "Von ", "Par ", "Por ", "Di ", "Door ", "Av ", "Text: ",
];

/// How date lines begin, in lower case.
const DATE_LABELS: &[&str] = &[
    "published",
    "updated",
    "posted",
    "last updated",
    "last modified",
    "first published",
    "date:",
    "created",
    "veröffentlicht",
    "stand:",
    "publié",
    "mis à jour",
    "publicado",
    "pubblicato",
    "gepubliceerd",
];

/// Marks the headline, byline and date lines at the beginning, and fills in the metadata from them.
pub(crate) fn mark_head(text: &str, blocks: &mut [Block], meta: &mut Meta) {
    let mut has_title = blocks
        .iter()
        .take(2)
        .any(|block| block.kind == BlockKind::Title);
    let mut may_be_title = !has_title && meta.title.is_empty();
    let mut body = 0;
    for index in 0..blocks.len().min(HEAD_BLOCKS) {
        let block = blocks[index];
        let line = block.span.of(text);
        body = index;
        if matches!(
            block.kind,
            BlockKind::Title | BlockKind::Caption | BlockKind::Rule
        ) {
            continue;
        }
        let is_prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_));
        if is_prose && index + 1 < blocks.len() && take_byline(line, meta) {
            blocks[index].kind = BlockKind::Byline;
        } else if may_be_title && is_headline(text, blocks, index) {
            meta.title = one_line(line);
            (has_title, may_be_title) = (true, false);
            blocks[index].kind = BlockKind::Title;
        } else if may_be_title
            || index > usize::from(has_title) + 3
            || block.kind == BlockKind::Paragraph
        {
            break;
        }
    }
    for block in blocks
        .iter()
        .skip(body)
        .take(2)
        .filter(|block| block.kind == BlockKind::Paragraph)
    {
        if let Some(span) = dateline(text, block.span) {
            meta.dateline = Some(span);
            meta.published = meta
                .published
                .or_else(|| dates::find(span.of(text), DateOrigin::Text));
            meta.day = dates::day_in(span.of(text));
            break;
        }
    }
}

/// Returns whether a block at the beginning is a headline rather than a first paragraph.
fn is_headline(text: &str, blocks: &[Block], index: usize) -> bool {
    let block = blocks[index];
    let line = block.span.of(text);
    if matches!(block.kind, BlockKind::Heading(_)) {
        return line.len() <= LONGEST_TITLE;
    }
    if block.kind != BlockKind::Paragraph
        || line.len() > LONGEST_TITLE
        || dateline(text, block.span).is_some()
    {
        return false;
    }
    let Some(next) = blocks.get(index + 1) else {
        // A file of one line is a note, unless it is plainly a headline.
        return !ends_sentence(line) && line.len() <= LONGEST_TITLE_SENTENCE;
    };
    if next.joined {
        return false;
    }
    let between = Span::new(block.span.end, next.span.start).of(text);
    let blank_line_follows = between
        .matches('\n')
        .count()
        .max(between.matches('\r').count())
        >= 2;
    let bare = line.trim_end_matches(['"', '”', '’', '\'']);
    let is_sentence = bare.ends_with(['.', '。']) && !bare.ends_with("...");
    match (is_sentence, blank_line_follows) {
        (false, _) => true,
        (true, true) => line.len() <= LONGEST_TITLE_SENTENCE,
        (true, false) => false,
    }
}

/// Returns whether a line is a byline or a date line.
pub(crate) fn is_byline(line: &str) -> bool {
    take_byline(line, &mut Meta::default())
}

/// Reads a byline or date line into `meta`; returns false if the line is neither.
fn take_byline(line: &str, meta: &mut Meta) -> bool {
    if line.len() > LONGEST_BYLINE || line.contains(['“', '”', '"']) {
        return false;
    }
    if let Some(authors) = authors(line) {
        meta.byline.get_or_insert_with(|| one_line(authors));
        meta.published = meta
            .published
            .or_else(|| dates::find(line, DateOrigin::Text));
        return true;
    }
    let lower = line.to_lowercase();
    let is_labeled = DATE_LABELS.iter().any(|label| lower.starts_with(label));
    if (is_labeled && !line.ends_with('.') && dates::find(line, DateOrigin::Text).is_some())
        || dates::is_date_line(line)
    {
        meta.published = meta
            .published
            .or_else(|| dates::find(line, DateOrigin::Text));
        return true;
    }
    if let Some(source) = line
        .strip_prefix("Source: ")
        .filter(|source| source.len() < LONGEST_SOURCE && !source.ends_with('.'))
    {
        meta.source.get_or_insert_with(|| one_line(source));
        return true;
    }
    false
}

/// Returns the names after `By`, or `None` if the line is a sentence (`By Tuesday, the water had
/// risen.`).
fn authors(line: &str) -> Option<&str> {
    let names = BY.iter().find_map(|by| line.strip_prefix(by))?.trim_start();
    let before_bar = up_to(names, &['|', '\n']).trim_end();
    let is_name = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            || word.is_empty()
            || word.contains('@')
            || BYLINE_SMALL.contains(&word)
    };
    let n_words = before_bar.split_whitespace().count();
    let ends_well = !before_bar.ends_with(['.', '?', '!'])
        || before_bar.ends_with("Jr.")
        || before_bar.ends_with("Inc.");
    ((1..=MOST_BYLINE_WORDS).contains(&n_words)
        && ends_well
        && before_bar.split_whitespace().all(is_name))
    .then_some(before_bar)
}

/// Strips a leading `By` from a name.
pub(crate) fn without_by(name: &str) -> &str {
    BY.iter()
        .find_map(|by| name.strip_prefix(by))
        .unwrap_or(name)
}

/// Returns the dateline at the start of a paragraph: `WASHINGTON, Nov. 16 (Reuters) —`.
fn dateline(text: &str, paragraph: Span) -> Option<Span> {
    let whole = paragraph.of(text);
    let window = beginning(whole, DATELINE_WITHIN);
    let marks = [" — ", " – ", " - ", " -- ", " _ ", " | ", "— ", "– "];
    let (at, mark) = marks
        .iter()
        .filter_map(|mark| Some((window.find(mark)?, *mark)))
        .min_by_key(|&(at, _)| at)?;
    let (head, rest) = window.split_at_checked(at)?;
    let next = rest.get(mark.len()..)?.trim_start().chars().next()?;
    let is_balanced = head.matches('(').count() == head.matches(')').count();
    if head.len() > LONGEST_DATELINE
        || !is_balanced
        || head.contains(':')
        || next.is_lowercase()
        || !head.starts_with(char::is_uppercase)
    {
        return None;
    }
    let (place, has_agency) = match head
        .strip_suffix(')')
        .and_then(|inner| inner.rsplit_once('('))
    {
        Some((place, _)) => (place.trim_end(), true),
        None => (head, false),
    };
    let city = up_to(place, &[',']);
    let is_capitals = city.chars().filter(|c| c.is_uppercase()).count() >= 2
        && !city.chars().any(char::is_lowercase);
    let is_name = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(
                word,
                "de" | "den" | "am" | "le" | "la" | "et" | "and" | "of" | "al"
            )
    };
    let is_place = (is_capitals || has_agency)
        && place.split_whitespace().count() <= MOST_PLACE_WORDS
        && place.split_whitespace().all(is_name);
    let start = paragraph.start as usize;
    (is_place && !place.is_empty()).then(|| Span::from_usize(start, start + head.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, read};

    fn article(text: &str) -> Document {
        read(text.as_bytes().to_vec(), "a.txt").value
    }

    fn kinds(text: &str) -> Vec<BlockKind> {
        article(text)
            .blocks
            .iter()
            .map(|block| block.kind)
            .collect()
    }

    const BODY: &str = "The ministers met on Tuesday in the old customs house by the harbor, and left it after six hours.";

    #[test]
    fn headline_byline_date_and_dateline_are_told_apart() {
        let text = format!(
            "Harbor talks end\n\nBy Ana Ruiz and Bo Lind, Coast Press\nPublished: Nov. 16, 2026\n\nPORT SELENE, Nov. 16 (Coast Press) — {BODY}\n\n{BODY}\n"
        );
        let document = article(&text);
        let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(
            kinds,
            [
                BlockKind::Title,
                BlockKind::Byline,
                BlockKind::Byline,
                BlockKind::Paragraph,
                BlockKind::Paragraph
            ]
        );
        assert_eq!(document.meta.title, "Harbor talks end");
        assert_eq!(
            document.meta.byline.as_deref(),
            Some("Ana Ruiz and Bo Lind, Coast Press")
        );
        assert_eq!(
            document.meta.dateline.unwrap().of(&text),
            "PORT SELENE, Nov. 16 (Coast Press)"
        );
        assert_eq!(
            document.meta.published.unwrap().when.date().to_string(),
            "2026-11-16"
        );
    }

    #[test]
    fn datelines_come_in_many_forms() {
        for head in [
            "WASHINGTON",
            "PARIS (AP)",
            "Berlin (dpa)",
            "SALINA, Kan.",
            "EDMONTON, Ky (WBKO)",
            "RIO DE JANEIRO, 3 March (Coast Press)",
        ] {
            for mark in [" — ", " – ", " - ", " -- "] {
                let text = format!("{head}{mark}{BODY}");
                let span = dateline(&text, Span::whole(&text));
                assert_eq!(span.map(|span| span.of(&text)), Some(head), "{text}");
            }
        }
        for text in [
            "NATO — the alliance — met.",
            "She waited — Nobody came.",
            "The Senate (all of it) agreed - Then left.",
        ] {
            assert_eq!(dateline(text, Span::whole(text)), None, "{text}");
        }
    }

    #[test]
    fn a_sentence_that_begins_with_by_is_no_byline() {
        for line in [
            "By Tuesday, the water had risen",
            "By Friday Mr. Lind was gone.",
            "By all accounts the talks failed",
        ] {
            assert_eq!(authors(line), None, "{line}");
        }
    }

    #[test]
    fn a_first_paragraph_is_no_headline() {
        let text = format!("{BODY}\n{BODY}\n");
        assert_eq!(kinds(&text), [BlockKind::Paragraph, BlockKind::Paragraph]);
        assert_eq!(article(&text).meta.title, "");
    }
}
