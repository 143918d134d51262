//! Joins words that were split at a hyphen by a line break: `Bandeira-⏎Lopes` is one word, not two.
//!
//! Wrapped text may break after a hyphen, where the line break would read as a space; so the break is
//! hidden. The hyphen stays, because nothing says whether it belongs to the word.

use memchr::memmem;

use crate::document::{Block, BlockKind, Inline, InlineKind};
use crate::text::Span;

/// Words after a suspended hyphen: `pre-⏎ and post-war`, `Vor-⏎ und Nachteile`.
const JOINS: &[&str] = &[
    "and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e",
];

/// Returns the line breaks after hyphens, as hidden markup.
pub(crate) fn line_ends(text: &str, blocks: &[Block]) -> Vec<Inline> {
    let mut found = Vec::new();
    for line_end in ["-\n", "-\r\n"] {
        find(line_end, text, blocks, &mut found);
    }
    found
}

fn find(line_end: &str, text: &str, blocks: &[Block], found: &mut Vec<Inline>) {
    let mut blocks = blocks.iter().peekable();
    for hyphen in memmem::find_iter(text.as_bytes(), line_end) {
        while blocks
            .next_if(|block| block.span.end as usize <= hyphen + 2)
            .is_some()
        {}
        let Some(block) = blocks.peek() else { break };
        let is_inside =
            block.span.start as usize <= hyphen && block.kind != BlockKind::Preformatted;
        if let Some(end) = is_inside.then(|| continuation(text, hyphen)).flatten() {
            found.push(Inline {
                span: Span::from_usize(hyphen + 1, end),
                kind: InlineKind::Hidden,
            });
        }
    }
}

/// Returns where the word continues whose hyphen ends a line, if it is one word.
fn continuation(text: &str, hyphen: usize) -> Option<usize> {
    let (before, after) = (text.get(..hyphen)?, text.get(hyphen + 1..)?);
    let rest = after.trim_start();
    let word = rest.split(|c: char| !c.is_alphanumeric()).next()?;
    let is_parted =
        before.ends_with(char::is_alphanumeric) && !word.is_empty() && !JOINS.contains(&word);
    is_parted.then_some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use crate::document::read;

    fn shown(text: &str) -> String {
        let document = read(text.as_bytes().to_vec(), "a.txt").value;
        let whole = crate::text::Span::whole(&document.text);
        document.visible(whole).replace('\n', " ")
    }

    #[test]
    fn lines_may_end_as_on_windows() {
        let shown = shown(&WRAPPED.replace('\n', "\r\n"));
        assert!(shown.contains("Rui Bandeira-Lopes, who"), "{shown}");
    }

    const WRAPPED: &str = "Bridge opens\n\n\
        The bridge over the river was opened on Monday by Rui Bandeira-\n\
        Lopes, who had built it for the banks, and for the pre-\n\
        and post-war ferries that nobody had missed for years --\n\
        or so the engineers of the second harbor told the crowd.\n";

    #[test]
    fn a_word_goes_on_behind_its_hyphen_in_the_next_line() {
        let shown = shown(WRAPPED);
        assert!(shown.contains("Rui Bandeira-Lopes, who"), "{shown}");
        assert!(shown.contains("pre- and post-war"), "{shown}");
        assert!(shown.contains("years -- or so"), "{shown}");
    }

    #[test]
    fn a_line_that_is_a_paragraph_ends_it() {
        let shown = shown("One\n\nThis line ends in Bandeira-\n\nLopes begins the next one.");
        assert!(shown.contains("Bandeira-  Lopes"), "{shown}");
    }
}
