//! The parts of an article in its text: front matter, headline, byline, body and trailing matter.

pub(super) mod front_matter;
pub(super) mod head;
pub(super) mod tail;

pub(super) mod hyphenated_lines;
pub(super) mod long_blocks;
pub(super) mod sentence_end;
