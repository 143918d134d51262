//! Writes the text of a mail: chooses between its two versions, sets quoted mail apart, and finds where
//! a newsletter begins to talk about itself.

use super::super::plain;
use super::{Draft, html};
use crate::document::{Block, BlockKind, InlineKind};
use crate::text::Span;
use crate::text::span::split;

/// Phrases with which a newsletter talks about itself, in lower case.
const ABOUT_ITSELF: &[&str] = &[
    "unsubscribe",
    "update your preferences",
    "manage your preferences",
    "manage preferences",
    "email preferences",
    "you are receiving this",
    "you're receiving this",
    "you’re receiving this",
    "you received this",
    "this email was sent to",
    "this message was sent to",
    "no longer wish to receive",
    "abmelden",
    "abbestellen",
    "désabonner",
    "désinscrire",
    "darse de baja",
    "cancelar la suscripción",
    "cancelar inscrição",
    "annulla l'iscrizione",
    "disiscriviti",
    "uitschrijven",
    "afmelden",
    "avregistrera",
];
/// Phrases of the line above a newsletter that links to its web page.
const IN_BROWSER: &[&str] = &[
    "in your browser",
    "in browser",
    "in a browser",
    "view online",
    "read online",
    "open online",
    "web version",
    "im browser",
    "online-version",
    "onlineversion",
    "dans votre navigateur",
    "version en ligne",
    "en su navegador",
    "en el navegador",
    "nel browser",
    "in je browser",
    "no navegador",
];
/// The longest block in which a newsletter talks about itself, in bytes.
const LONGEST_NOTICE: usize = 700;
/// The longest line that links to the web page, in bytes.
const LONGEST_BROWSER_LINE: u32 = 200;
/// The most lines of a signature.
const MOST_SIGNATURE_LINES: usize = 12;
/// A plain text with fewer words, or with an address for fewer words than this, was not written by a person.
const FEWEST_WORDS: usize = 20;
const WORDS_PER_ADDRESS: usize = 12;
/// How many blocks at the end and at the beginning are searched for these phrases.
const END_BLOCKS: usize = 24;
const HEAD_BLOCKS: usize = 5;

/// Writes the better of the two versions of a mail.
pub(super) fn write(draft: &mut Draft, plain: &str, marked_up: &str) {
    if is_written(plain, marked_up) {
        write_plain(draft, plain);
    } else {
        html::fragment(draft, marked_up);
    }
}

/// Returns whether the plain text was written by a person, and is not a stub beside the HTML.
fn is_written(plain: &str, marked_up: &str) -> bool {
    if marked_up.trim().is_empty() {
        return true;
    }
    let n_words = plain.split_whitespace().count();
    let n_addresses = plain.matches("http").count();
    if n_words < FEWEST_WORDS || n_addresses * WORDS_PER_ADDRESS > n_words {
        return false;
    }
    let mut other = Draft::default();
    html::fragment(&mut other, marked_up);
    let n_others = other.text().split_whitespace().count();
    n_words * 10 >= n_others * 8
}

/// Writes plain text; quoted mail becomes block quotes, and a signature is trailing.
fn write_plain(draft: &mut Draft, text: &str) {
    let (text, signature) = split_signature(text);
    let mut run = String::new();
    let mut is_quoted = false;
    for line in text.lines() {
        let (inner, quoted) = unquoted(line);
        // An empty line belongs to what comes before it.
        if quoted != is_quoted && !line.trim().is_empty() {
            write_run(draft, &run, is_quoted);
            run.clear();
            is_quoted = quoted;
        }
        run.push_str(inner);
        run.push('\n');
    }
    write_run(draft, &run, is_quoted);
    for line in signature.lines() {
        draft.block(BlockKind::Trailing, line);
    }
}

/// Splits a text from the signature after `-- `.
fn split_signature(text: &str) -> (&str, &str) {
    let mark = ["\n-- \n", "\n-- \r\n"]
        .into_iter()
        .filter_map(|mark| text.rfind(mark));
    let Some(at) = mark.max() else {
        return (text, "");
    };
    let (before, after) = split(text, at);
    let after = after.trim_start_matches(['\n', '-', ' ', '\r']);
    let is_signature =
        after.lines().count() <= MOST_SIGNATURE_LINES && after.len() <= LONGEST_NOTICE;
    if is_signature {
        (before, after)
    } else {
        (text, "")
    }
}

/// Strips the quotation marks `>` from a line, and returns whether it had any.
fn unquoted(line: &str) -> (&str, bool) {
    let inner = line.trim_start_matches(['>', ' ']);
    if line.trim_start().starts_with('>') {
        (inner, true)
    } else {
        (line, false)
    }
}

fn write_run(draft: &mut Draft, run: &str, is_quoted: bool) {
    if is_quoted {
        // A quotation is too short to show how its lines are wrapped; those of mail are.
        draft.paragraphs(BlockKind::BlockQuote, run);
        return;
    }
    for block in plain::blocks(run, 0) {
        draft.block(block.kind, block.span.of(run));
        if block.joined {
            draft.join();
        }
    }
}

/// Marks what a newsletter says about itself, from the block `from` on. Returns the address of its web
/// page.
pub(super) fn mark_notices(draft: &mut Draft, from: usize) -> Option<String> {
    draft.end();
    let blocks = draft.blocks();
    let n_blocks = blocks.len();
    let says = |block: &Block, words: &[&str]| {
        let line = block.span.of(draft.text());
        if line.len() > LONGEST_NOTICE {
            return false;
        }
        let lower = line.to_lowercase();
        words.iter().any(|words| lower.contains(words))
    };
    let head = blocks.iter().enumerate().skip(from).take(HEAD_BLOCKS);
    let browser = head
        .clone()
        .find(|(_, block)| says(block, IN_BROWSER) && block.span.len() < LONGEST_BROWSER_LINE);
    let browser = browser.map(|(index, block)| (index, block.span));
    let end = (n_blocks * 3 / 5)
        .max(n_blocks.saturating_sub(END_BLOCKS))
        .max(from + 1);
    let notice = (end..n_blocks).find(|&index| says(&blocks[index], ABOUT_ITSELF));
    if let Some(index) = notice {
        draft.set_kind(index..n_blocks, BlockKind::Trailing);
    }
    let (index, span) = browser?;
    draft.set_kind(index..index + 1, BlockKind::Trailing);
    link_in(draft, span)
}

/// Returns the target of the first link in a span.
fn link_in(draft: &Draft, span: Span) -> Option<String> {
    let mut links = draft
        .inlines()
        .iter()
        .filter(|inline| inline.span.overlaps(span));
    let marked = links.find_map(|inline| match &inline.kind {
        InlineKind::Link(target) => Some(target.clone()),
        _ => None,
    });
    let written = || {
        let mut words = span
            .of(draft.text())
            .split(|c: char| c.is_whitespace() || "<>()[]".contains(c));
        words
            .find(|word| word.starts_with("http"))
            .map(str::to_owned)
    };
    marked
        .or_else(written)
        .filter(|target| target.starts_with("http"))
}
