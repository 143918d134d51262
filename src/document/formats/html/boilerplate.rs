//! Marks blocks of a saved page that are not part of the article: notices, links to other articles,
//! sign-ups, boxes about the author, picture credits.
//!
//! Nothing is removed: such a block becomes [`BlockKind::Trailing`], which is shown dimmed, or a
//! caption, and is not analyzed. `notices.txt` lists the phrases.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::document::draft::Draft;
use crate::document::strings::up_to;
use crate::document::structure::head;
use crate::document::{Block, BlockKind, Inline, InlineKind, dates};
use crate::text::span::slice;

/// The longest notice, credit, link and label, in bytes.
const LONGEST_NOTICE: usize = 240;
const LONGEST_CREDIT: usize = 320;
const LONGEST_LINK: usize = 220;
const LONGEST_LABEL: usize = 60;
/// How many bytes at the end of a line are searched for a credit.
const CREDIT_WITHIN: usize = 60;
/// How many consecutive links form a list, and the least share of a block that its links take, in
/// percent.
const FEWEST_LINKS: usize = 3;
const LINK_SHARE: usize = 85;
/// The largest share of a page that may be links, in percent; beyond that, the page itself is a list of
/// links.
const MOST_LINKS: usize = 40;
/// The shortest text that does not repeat by chance, in bytes.
const SHORTEST_REPEATED: usize = 40;
/// How many blocks at the beginning may be bylines and dates, and at the end may describe the author.
const HEAD_BLOCKS: usize = 8;
const END_BLOCKS: usize = 8;

/// The phrases of notices and credits.
static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::parse(include_str!("notices.txt")));

/// The sections of `notices.txt`.
#[derive(Debug, Default)]
struct Phrases {
    whole: HashSet<&'static str>,
    begins: Vec<String>,
    credits: Vec<String>,
    about: Vec<String>,
}

impl Phrases {
    fn parse(file: &'static str) -> Self {
        let mut phrases = Self::default();
        let mut section = "";
        for line in file.lines().filter(|line| !line.is_empty()) {
            if let Some(title) = line.strip_prefix("## ") {
                section = up_to(title, &[':']);
                continue;
            }
            let phrase = line.replace('_', " ");
            match section {
                "whole" => {
                    phrases.whole.insert(line);
                }
                "begins" => phrases.begins.push(phrase),
                "credit" => phrases.credits.push(phrase),
                "about" => phrases.about.push(phrase),
                _ => {}
            }
        }
        phrases
    }
}

/// Marks the blocks of a draft that are not part of the article.
pub(super) fn filter(draft: &mut Draft) {
    let byline = draft.meta.byline.clone().unwrap_or_default();
    let (text, blocks, inlines) = draft.parts_mut();
    mark_lines(text, blocks, &byline);
    mark_repeated(text, blocks);
    mark_links(text, blocks, inlines);
    mark_author(text, blocks, &byline);
}

/// Marks notices and credits, and bylines and dates near the beginning.
fn mark_lines(text: &str, blocks: &mut [Block], byline: &str) {
    let mut head_ends = HEAD_BLOCKS;
    for (index, block) in blocks.iter_mut().enumerate() {
        let line = block.span.of(text);
        if !is_prose(block.kind) || has_quotation(line) {
            continue;
        }
        if is_notice(line, block.kind) {
            block.kind = BlockKind::Trailing;
        } else if index < head_ends && is_about_article(line, byline) {
            block.kind = BlockKind::Byline;
        } else if is_credit(line) {
            block.kind = BlockKind::Caption;
        } else if line.len() > LONGEST_NOTICE {
            head_ends = head_ends.min(index);
        }
    }
}

/// Marks text that repeats an earlier block and is not a sentence: captions of slide shows, teasers.
fn mark_repeated(text: &str, blocks: &mut [Block]) {
    let mut seen = HashSet::new();
    for block in blocks.iter_mut() {
        let line = block.span.of(text);
        let may_repeat = matches!(block.kind, BlockKind::Title | BlockKind::Preformatted)
            || block.kind.is_row()
            || (block.kind == BlockKind::Paragraph
                && line.ends_with(['.', '?', '!', ':', '”', '"']));
        if line.len() >= SHORTEST_REPEATED && !seen.insert(line) && !may_repeat {
            block.kind = BlockKind::Trailing;
        }
    }
}

/// Marks lists of links to other articles with their label, and links in capitals.
fn mark_links(text: &str, blocks: &mut [Block], inlines: &[Inline]) {
    let linked = linked(blocks, inlines);
    let is_link: Vec<bool> = blocks
        .iter()
        .zip(&linked)
        .map(|(block, &n_linked)| is_link(text, block, n_linked))
        .collect();
    let total: usize = blocks
        .iter()
        .filter(|block| is_prose(block.kind))
        .map(|block| block.span.len() as usize)
        .sum();
    let in_links: usize = blocks
        .iter()
        .zip(&is_link)
        .filter(|(_, is_link)| **is_link)
        .map(|(block, _)| block.span.len() as usize)
        .sum();
    if in_links * 100 > total * MOST_LINKS {
        return;
    }
    let mut at = 0;
    while at < blocks.len() {
        let run = is_link[at..].iter().take_while(|is_link| **is_link).count();
        let first = match at.checked_sub(1).and_then(|before| blocks.get(before)) {
            Some(before) if run >= FEWEST_LINKS && is_label(text, *before) => at - 1,
            _ => at,
        };
        let is_list = run >= FEWEST_LINKS;
        for block in blocks.iter_mut().take(at + run).skip(first) {
            if is_list || is_in_capitals(block.span.of(text)) {
                block.kind = BlockKind::Trailing;
            }
        }
        at += run.max(1);
    }
}

/// Marks the description of the author at the end.
fn mark_author(text: &str, blocks: &mut [Block], byline: &str) {
    let author = up_to(byline, &[',', '&', '|']);
    let author = match author.split_once(" and ") {
        Some((first, _)) => first.trim(),
        None => author.trim(),
    };
    let mut names: Vec<&str> = vec![author];
    names.extend(author.split_whitespace().next());
    names.extend(author.split_whitespace().last());
    names.retain(|name| name.chars().count() > 2);
    let n_blocks = blocks.len();
    for index in n_blocks.saturating_sub(END_BLOCKS).max(2)..n_blocks {
        let (before, rest) = blocks.split_at_mut(index);
        let Some(block) = rest.first_mut().filter(|block| is_prose(block.kind)) else {
            continue;
        };
        let line = block.span.of(text);
        let is_name =
            line.len() <= LONGEST_LABEL && line.eq_ignore_ascii_case(author) && !author.is_empty();
        let is_about = !has_quotation(line)
            && names.iter().any(|name| {
                let Some(rest) = line.strip_prefix(name).map(str::trim_start) else {
                    return false;
                };
                let mut verbs = PHRASES.about.iter();
                verbs.any(|verb| rest.starts_with(verb.as_str()))
            });
        if is_name || is_about {
            block.kind = BlockKind::Trailing;
            if let Some(label) = before.last_mut().filter(|label| {
                matches!(label.kind, BlockKind::Heading(_))
                    && label.span.of(text).eq_ignore_ascii_case(author)
            }) {
                label.kind = BlockKind::Trailing;
            }
        }
    }
}

fn is_prose(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::ListItem(_)
    )
}

fn has_quotation(line: &str) -> bool {
    line.contains(['“', '”', '„', '«', '»', '"'])
}

fn is_notice(line: &str, kind: BlockKind) -> bool {
    if line.len() > LONGEST_NOTICE {
        return false;
    }
    let plain = numbers_as_marks(&line.to_lowercase());
    let whole =
        plain.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '(' | ')' | '+'));
    let may_begin = !matches!(kind, BlockKind::ListItem(_));
    PHRASES.whole.contains(whole)
        || (may_begin
            && PHRASES
                .begins
                .iter()
                .any(|notice| plain.starts_with(notice)))
}

/// Replaces every number in a line with `#`.
fn numbers_as_marks(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            c => out.push(c),
        }
    }
    out
}

/// Returns whether a line credits a picture, at its beginning or its end.
fn is_credit(line: &str) -> bool {
    if line.len() > LONGEST_CREDIT {
        return false;
    }
    let lower = line.to_lowercase();
    let tail_start = lower.len().saturating_sub(CREDIT_WITHIN);
    let tail = slice(&lower, lower.ceil_char_boundary(tail_start)..);
    let is_sentence = lower.ends_with(['.', '!', '?']);
    PHRASES.credits.iter().any(|credit| {
        lower.starts_with(credit.as_str()) || (!is_sentence && tail.contains(credit.as_str()))
    }) || (lower.starts_with('©') && lower.len() <= LONGEST_NOTICE)
}

/// Returns whether a line near the beginning says when the article was published or who wrote it.
fn is_about_article(line: &str, byline: &str) -> bool {
    let author = up_to(byline, &[',']).trim();
    let is_author = author.chars().count() > 4
        && line.len() <= 2 * LONGEST_LABEL
        && !line.ends_with('.')
        && line.to_lowercase().starts_with(&author.to_lowercase());
    is_author || dates::is_date_line(line) || head::is_byline(line)
}

/// Returns how many bytes of each block lie in links.
fn linked(blocks: &[Block], inlines: &[Inline]) -> Vec<usize> {
    let mut links: Vec<_> = inlines
        .iter()
        .filter(|inline| matches!(inline.kind, InlineKind::Link(_)))
        .map(|inline| inline.span)
        .collect();
    links.sort_by_key(|span| span.start);
    let mut links = links.into_iter().peekable();
    let of = |block: &Block| {
        let mut n_linked = 0;
        while let Some(span) = links.next_if(|span| span.start < block.span.end) {
            if span.start >= block.span.start {
                n_linked += (span.end.min(block.span.end) - span.start) as usize;
            }
        }
        n_linked
    };
    blocks.iter().map(of).collect()
}

/// Returns whether a block is nothing but a link.
fn is_link(text: &str, block: &Block, n_linked: usize) -> bool {
    let line = block.span.of(text);
    let is_sentence = line.ends_with(['.', '”', '"', ':', ';']) && !line.ends_with("...");
    is_prose(block.kind)
        && line.len() <= LONGEST_LINK
        && !is_sentence
        && n_linked * 100 >= line.len() * LINK_SHARE
}

/// Returns whether a block may be the label of a list of links.
fn is_label(text: &str, block: Block) -> bool {
    let line = block.span.of(text);
    is_prose(block.kind) && line.len() <= LONGEST_LABEL && !line.ends_with(['.', ','])
}

fn is_in_capitals(line: &str) -> bool {
    line.split_whitespace().count() >= 4
        && !line.contains(char::is_lowercase)
        && line.contains(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_known_whatever_their_numbers_and_marks() {
        for line in [
            "ADVERTISEMENT",
            "— Lesen Sie auch —",
            "Image 1 of 5",
            "12 Comments",
            "Sharing is caring!",
        ] {
            assert!(is_notice(line, BlockKind::Paragraph), "{line}");
        }
        for line in [
            "Lire aussi : Le port",
            "Sign up for our newsletter",
            "READ MORE: Port fees rise",
        ] {
            assert!(is_notice(line, BlockKind::Paragraph), "{line}");
        }
        for line in [
            "Share prices fell on Tuesday.",
            "Read more slowly, the minister told them.",
            "5 of 12 ships left.",
        ] {
            assert!(!is_notice(line, BlockKind::Paragraph), "{line}");
        }
        assert!(PHRASES.credits.len() > 40 && PHRASES.about.len() > 15);
    }

    #[test]
    fn credits_stand_at_the_end_of_what_is_no_sentence() {
        for line in [
            "The port at dawn (Image: Coast Press)",
            "Photo: Bo Lind, AP",
            "Bo Lind | Coast Press | Getty Images",
            "© Bo Lind The port",
        ] {
            assert!(is_credit(line), "{line}");
        }
        for line in [
            "She sold the pictures to Getty Images.",
            "The image: a harbor in ice, and nobody who looks at it, or wants to.",
        ] {
            assert!(!is_credit(line), "{line}");
        }
    }
}
