//! Finds the matter after an article's body: links, notices, credits and end marks.
//!
//! The search goes backwards from the end of the document, so prose that follows something that looks
//! like trailing matter stays in the article. One table lists how trailing matter begins.

use crate::document::{Block, BlockKind};
use crate::text::Span;
use crate::text::span::beginning;

/// How many blocks at the end may be trailing.
const TAIL_BLOCKS: usize = 40;
/// The longest link text after an opener such as `Related Content`, in bytes.
const LONGEST_LINK: usize = 160;
/// How many bytes of a line are compared with the markers.
const LONGEST_MARKER: usize = 80;
/// The longest line that is an opener or an end mark, in bytes, with its decoration.
const LONGEST_WHOLE: usize = 60;
/// The longest line that only begins like trailing matter, in bytes; longer lines are prose.
const LONGEST_BEGUN: usize = 600;
/// The longest line that asks to follow or contact the author, in bytes.
const LONGEST_FOLLOW: usize = 120;
/// How many blocks at the end are searched past text that is not a link.
const MOST_AFTER_TEXT: usize = 12;
/// The most bytes after an end mark, which also has to be in the last quarter of the text.
const MOST_AFTER_END: usize = 4000;

/// How a line of trailing matter is recognized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    /// The whole line matches, apart from a colon; links may follow.
    Opens,
    /// The line begins with these words; only the line itself is trailing.
    Begins,
    /// The whole line matches, and nothing after it belongs to the article.
    Ends,
}

/// How trailing matter begins, in lower case.
const MARKERS: &[(&str, Marker)] = &[
    ("related content", Marker::Opens),
    ("links:\n[1]:", Marker::Begins),
    ("related", Marker::Opens),
    ("related stories", Marker::Opens),
    ("related articles", Marker::Opens),
    ("related links", Marker::Opens),
    ("related coverage", Marker::Opens),
    ("related topics", Marker::Opens),
    ("related news", Marker::Opens),
    ("read more", Marker::Opens),
    ("more stories", Marker::Opens),
    ("more on this story", Marker::Opens),
    ("more news", Marker::Opens),
    ("more from us", Marker::Opens),
    ("see also", Marker::Opens),
    ("also read", Marker::Opens),
    ("recommended", Marker::Opens),
    ("recommended reading", Marker::Opens),
    ("you may also like", Marker::Opens),
    ("you might also like", Marker::Opens),
    ("most read", Marker::Opens),
    ("most popular", Marker::Opens),
    ("top stories", Marker::Opens),
    ("trending", Marker::Opens),
    ("further reading", Marker::Opens),
    ("topics", Marker::Opens),
    ("tags", Marker::Opens),
    ("comments", Marker::Opens),
    ("mehr zum thema", Marker::Opens),
    ("lesen sie auch", Marker::Opens),
    ("lire aussi", Marker::Opens),
    ("à lire aussi", Marker::Opens),
    ("sur le même sujet", Marker::Opens),
    ("lea también", Marker::Opens),
    ("te puede interesar", Marker::Opens),
    ("leggi anche", Marker::Opens),
    ("leia também", Marker::Opens),
    ("lees ook", Marker::Opens),
    ("läs mer", Marker::Opens),
    ("advertisement", Marker::Opens),
    ("share this", Marker::Opens),
    ("share this article", Marker::Opens),
    ("share", Marker::Opens),
    ("print", Marker::Opens),
    ("subscribe", Marker::Opens),
    ("newsletter", Marker::Opens),
    ("read more:", Marker::Begins),
    ("read more about", Marker::Begins),
    ("read also:", Marker::Begins),
    ("see also:", Marker::Begins),
    ("related:", Marker::Begins),
    ("more:", Marker::Begins),
    ("watch:", Marker::Begins),
    ("tags:", Marker::Begins),
    ("topics:", Marker::Begins),
    ("keywords:", Marker::Begins),
    ("filed under:", Marker::Begins),
    ("filed under ", Marker::Begins),
    ("categories:", Marker::Begins),
    ("copyright ", Marker::Begins),
    ("(c) ", Marker::Begins),
    ("©", Marker::Begins),
    ("all rights reserved", Marker::Begins),
    ("alle rechte vorbehalten", Marker::Begins),
    ("tous droits réservés", Marker::Begins),
    ("todos los derechos reservados", Marker::Begins),
    ("this material may not be published", Marker::Begins),
    ("(reporting by ", Marker::Begins),
    ("reporting by ", Marker::Begins),
    ("(editing by ", Marker::Begins),
    ("editing by ", Marker::Begins),
    ("(writing by ", Marker::Begins),
    ("(additional reporting by ", Marker::Begins),
    ("additional reporting by ", Marker::Begins),
    ("click here ", Marker::Begins),
    ("sign up for ", Marker::Begins),
    ("sign up to ", Marker::Begins),
    ("subscribe to ", Marker::Begins),
    ("download the ", Marker::Begins),
    ("like us on ", Marker::Begins),
    ("follow us on ", Marker::Begins),
    ("photo credit", Marker::Begins),
    ("originally published ", Marker::Begins),
    ("this article was originally published ", Marker::Begins),
    ("this story was originally published ", Marker::Begins),
    (
        "this is a sample article written for pullquote",
        Marker::Begins,
    ),
    ("dies ist ein beispielartikel für pullquote", Marker::Begins),
    (
        "ceci est un article d'exemple écrit pour pullquote",
        Marker::Begins,
    ),
    (
        "ceci est un article d’exemple écrit pour pullquote",
        Marker::Begins,
    ),
    ("###", Marker::Ends),
    ("# # #", Marker::Ends),
    ("-30-", Marker::Ends),
    ("- 30 -", Marker::Ends),
    ("—30—", Marker::Ends),
    ("-ends-", Marker::Ends),
    ("- ends -", Marker::Ends),
    ("ends", Marker::Ends),
];

/// Marks the trailing matter at the end of an article.
pub(crate) fn mark_tail(text: &str, blocks: &mut [Block]) {
    let first = first_trailing(text, blocks);
    // If nothing but trailing matter would remain, it is the article.
    let has_body = blocks
        .iter()
        .take(first)
        .any(|block| !matches!(block.kind, BlockKind::Title | BlockKind::Byline));
    if has_body {
        for block in blocks.iter_mut().skip(first) {
            block.kind = BlockKind::Trailing;
        }
    }
}

/// Returns the index of the first trailing block.
fn first_trailing(text: &str, blocks: &[Block]) -> usize {
    let n_blocks = blocks.len();
    let mut first = n_blocks;
    let mut links_only = true;
    for index in (n_blocks.saturating_sub(TAIL_BLOCKS)..n_blocks).rev() {
        let block = &blocks[index];
        let line = block.span.of(text);
        match marker(line) {
            Some(Marker::Ends) if is_near_end(text, block.span) => first = index,
            Some(Marker::Opens) if links_only => first = index,
            Some(Marker::Begins) if links_only && first == index + 1 => first = index,
            // Links may come before `Copyright …`, but only under an opener.
            _ if block.kind == BlockKind::Rule && first == index + 1 && index + 1 < n_blocks => {
                first = index;
            }
            _ => links_only &= is_link(line),
        }
        if !links_only && n_blocks - index > MOST_AFTER_TEXT {
            break;
        }
    }
    first
}

/// Returns whether little text follows. An end mark in the middle only separates parts.
fn is_near_end(text: &str, span: Span) -> bool {
    let n_after = text.len() - span.end as usize;
    n_after * 4 <= text.len() && n_after < MOST_AFTER_END
}

fn marker(line: &str) -> Option<Marker> {
    let window = beginning(line, LONGEST_MARKER);
    let lower = window
        .trim_start_matches(['*', '_', '[', '>', ' '])
        .to_lowercase();
    let whole =
        lower.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '#' && c != '-' && c != '—');
    let is_short = line.len() <= LONGEST_WHOLE;
    let first = lower.bytes().next();
    let begins = |&&(words, _): &&(&str, Marker)| words.bytes().next() == first;
    let is = |&&(words, marker): &&(&str, Marker)| match marker {
        Marker::Opens | Marker::Ends => is_short && whole == words,
        Marker::Begins => {
            line.len() <= LONGEST_BEGUN && lower.starts_with(words) && !line.contains(['“', '"'])
        }
    };
    let mut likely = MARKERS.iter().filter(begins);
    let found = likely.find(is).map(|&(_, marker)| marker);
    found.or_else(|| is_follow_line(&lower).then_some(Marker::Begins))
}

/// Matches `Follow Ana Ruiz on Twitter`, `Contact Ana at …`: a verb, a name and a place.
fn is_follow_line(lower: &str) -> bool {
    let place = [
        " on twitter",
        " on facebook",
        " on instagram",
        " on x",
        " on bluesky",
        " on mastodon",
        "@",
        " via email",
    ];
    let verb = ["follow ", "contact ", "email ", "e-mail "];
    verb.iter().any(|verb| lower.starts_with(verb))
        && lower.len() <= LONGEST_FOLLOW
        && place.iter().any(|place| lower.contains(place))
}

/// Returns whether a line may be the text of a link: short, and neither a sentence nor a quotation.
fn is_link(line: &str) -> bool {
    line.len() <= LONGEST_LINK
        && !line.ends_with(['.', '”', '"', ':', ';', ','])
        && !line.contains(['“', '"', '„', '«'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    fn kinds(text: &str) -> Vec<BlockKind> {
        let document = read(text.as_bytes().to_vec(), "a.txt").value;
        document.blocks.iter().map(|block| block.kind).collect()
    }

    const BODY: &str = "The ministers met on Tuesday in the old customs house by the harbor, and left it after six hours.";

    #[test]
    fn links_and_notices_after_the_article_are_trailing() {
        let text = format!(
            "Head\n\n{BODY}\n\nRelated Content\nHarbor opens again\nPort fees rise\n\nFollow Ana Ruiz on Twitter\n\nCopyright 2026 Coast Press. All rights reserved.\n"
        );
        assert_eq!(kinds(&text)[1], BlockKind::Paragraph);
        assert!(
            kinds(&text)[2..]
                .iter()
                .all(|&kind| kind == BlockKind::Trailing),
            "{:?}",
            kinds(&text)
        );
    }

    #[test]
    fn prose_after_a_marker_keeps_it_in_the_article() {
        let text = format!("Head\n\n{BODY}\n\nAdvertisement\n\n{BODY}\n");
        assert_eq!(
            kinds(&text)[2..],
            [BlockKind::Paragraph, BlockKind::Paragraph]
        );
        let text = format!("Head\n\n{BODY}\n\nShe said: “It is over.”\n\nHarbor opens again\n");
        assert!(!kinds(&text).contains(&BlockKind::Trailing));
    }

    #[test]
    fn an_end_mark_ends_the_article() {
        let text = format!(
            "Head\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\n###\n\nAbout Coast Press: it is made up.\n"
        );
        assert_eq!(
            kinds(&text)[5..],
            [BlockKind::Trailing, BlockKind::Trailing]
        );
    }
}
