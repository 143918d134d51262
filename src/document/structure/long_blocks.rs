//! Splits overlong blocks, so that no later stage works on ten megabytes at once.

use crate::document::{Block, BlockKind};
use crate::text::Span;
use crate::text::span::split;

/// The longest block, in bytes.
pub(crate) const LONGEST_BLOCK: usize = 16 * 1024;

/// Adds `block`, split at sentence ends if it is too long, else at spaces, else between characters.
pub(crate) fn push(text: &str, blocks: &mut Vec<Block>, block: Block) {
    if (block.span.len() as usize) <= LONGEST_BLOCK {
        if !block.span.is_empty() {
            blocks.push(block);
        }
        return;
    }
    let mut rest = block.span.of(text);
    let mut start = block.span.start as usize;
    let mut joined = block.joined;
    while !rest.is_empty() {
        let at = if rest.len() > LONGEST_BLOCK {
            cut(rest, block.kind)
        } else {
            rest.len()
        };
        let (piece, after) = split(rest, at);
        let (shown, next) = (piece.trim_end(), after.trim_start());
        if !shown.is_empty() {
            let span = Span::from_usize(start, start + shown.len());
            blocks.push(Block {
                span,
                joined,
                ..block
            });
            joined = true;
        }
        start += rest.len() - next.len();
        rest = next;
    }
}

/// Returns where to cut a text that is longer than a block may be; never 0.
fn cut(text: &str, kind: BlockKind) -> usize {
    let limit = text.floor_char_boundary(LONGEST_BLOCK);
    let window = &text.as_bytes()[..limit];
    let half = limit / 2;
    let at = if kind == BlockKind::Preformatted {
        after_last(window, half, |pair| pair[0] == b'\n')
    } else {
        let after_sentence = after_last(window, half, |pair| {
            matches!(pair[0], b'.' | b'!' | b'?') && matches!(pair[1], b' ' | b'\n')
        });
        after_sentence.or_else(|| after_last(window, half, |pair| matches!(pair[0], b' ' | b'\n')))
    };
    at.unwrap_or(limit)
}

/// Returns the position after the last byte from `half` on where `found` holds for it and the next
/// byte.
fn after_last(window: &[u8], half: usize, found: impl Fn(&[u8]) -> bool) -> Option<usize> {
    let tail = window.get(half..)?;
    tail.windows(2)
        .rposition(found)
        .map(|index| half + index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        let block = Block {
            kind: BlockKind::Paragraph,
            span: Span::whole(text),
            joined: false,
        };
        push(text, &mut blocks, block);
        blocks
    }

    #[test]
    fn long_paragraphs_are_cut_between_sentences() {
        let text = "He spoke at length of it. ".repeat(5000);
        let blocks = pieces(text.trim_end());
        assert!(blocks.len() > 7 && !blocks[0].joined);
        for block in &blocks {
            assert!(
                block.span.of(&text).ends_with("it.") && block.span.of(&text).starts_with("He")
            );
        }
        assert!(blocks[1..].iter().all(|block| block.joined));
    }

    #[test]
    fn text_without_spaces_is_cut_between_characters() {
        let text = "会".repeat(20_000);
        let blocks = pieces(&text);
        let total: u32 = blocks.iter().map(|block| block.span.len()).sum();
        assert_eq!(total as usize, text.len());
        assert!(
            blocks
                .iter()
                .all(|block| block.span.len() as usize <= LONGEST_BLOCK)
        );
    }
}
