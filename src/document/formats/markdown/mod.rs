//! Divides Markdown into blocks; its markup stays in the text and is hidden.
//!
//! The parser reports which bytes are words of the article. A block spans its words; every other byte
//! that is not white space (markers, link targets, tags, comments) becomes [`InlineKind::Hidden`]. So
//! every visible byte is either in a block or hidden, whatever the markup.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

use crate::document::source::ParsedText;
use crate::document::strings::up_to;
use crate::document::structure::long_blocks;
use crate::document::{Block, BlockKind, Inline, InlineKind};
use crate::text::Span;
use crate::text::span::{beginning, slice};

mod notes;

/// How many lines are searched for a heading.
const HEADING_WITHIN: usize = 20;

/// Returns whether a text without a known extension is Markdown: one of its first lines is a heading.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    bytes
        .split(|&byte| byte == b'\n')
        .take(HEADING_WITHIN)
        .any(|line| line.starts_with(b"# ") || line.starts_with(b"## "))
}

/// Divides a Markdown text from `start` on into blocks.
pub(super) fn parse(text: &str, start: usize) -> ParsedText {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_WIKILINKS;
    let body = slice(text, start..);
    let mut reader = MarkdownParser {
        text,
        marks: notes::marks(body, start),
        ..MarkdownParser::default()
    };
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        reader.event(&event, range.start + start..range.end + start);
    }
    reader.finish(start)
}

/// The state between the events of the parser.
#[derive(Debug, Default)]
struct MarkdownParser<'t> {
    text: &'t str,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    /// The words of the article, in order and disjoint.
    visible: Vec<Range<usize>>,
    /// White space between markup, which is all that shows between `*a*` and `**b**` in `*a* **b**`.
    spaces: Vec<Range<usize>>,
    /// Markup of note programs that the parser does not know, in order and disjoint.
    marks: Vec<Range<usize>>,
    /// The index into `visible` where the open block begins.
    block_start: usize,
    /// The kinds that open containers give to their paragraphs.
    containers: Vec<BlockKind>,
    /// For each open list, whether it is numbered.
    lists: Vec<bool>,
    /// The open styles, with the index into `visible` where each began.
    open: Vec<(InlineKind, usize)>,
    /// Whether the next block follows without a blank line.
    is_joined: bool,
    /// The words outside images in the open block, and the number of open images.
    n_words_outside_images: usize,
    open_images: usize,
    /// The end of the previous cell of a table.
    cell_end: usize,
    /// Events before this offset are skipped (HTML).
    skip_until: usize,
}

impl MarkdownParser<'_> {
    fn event(&mut self, event: &Event, range: Range<usize>) {
        if range.end <= self.skip_until && !matches!(event, Event::End(_)) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(_) | Event::Code(_) | Event::FootnoteReference(_) => {
                self.n_words_outside_images += usize::from(self.open_images == 0);
                let first = self.visible.len();
                self.show(range);
                if matches!(event, Event::Code(_)) {
                    self.trim_code(first);
                }
            }
            Event::SoftBreak => self.spaces.push(range),
            Event::HardBreak => {
                self.close(self.kind());
                self.is_joined = true;
            }
            Event::Rule => {
                self.close(self.kind());
                self.show(range);
                self.close(BlockKind::Rule);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        match tag {
            Tag::BlockQuote(_) => self.containers.push(BlockKind::BlockQuote),
            Tag::List(first) => {
                self.close(self.kind());
                self.is_joined = !self.lists.is_empty();
                self.lists.push(first.is_some());
            }
            Tag::Item => {
                self.close(self.kind());
                let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
                self.containers.push(BlockKind::ListItem(depth));
                if self.lists.last() == Some(&true) {
                    self.show_number(range);
                }
            }
            Tag::TableHead | Tag::TableRow => self.begin_row(range),
            Tag::HtmlBlock => {
                self.skip_until = range.end;
                self.show_between_tags(range);
            }
            Tag::Emphasis => self.open.push((InlineKind::Emphasis, self.visible.len())),
            Tag::Strong => self.open.push((InlineKind::Strong, self.visible.len())),
            // A link between notes has no target outside them.
            Tag::Link {
                link_type: LinkType::WikiLink { .. },
                ..
            } => self.open.push((InlineKind::Hidden, usize::MAX)),
            Tag::Link { dest_url, .. } => self
                .open
                .push((InlineKind::Link(dest_url.to_string()), self.visible.len())),
            Tag::Image { link_type, .. } => {
                self.open_images += 1;
                if matches!(link_type, LinkType::WikiLink { .. }) {
                    // It names a file, and perhaps its width.
                    self.skip_until = range.end;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                let is_caption =
                    self.n_words_outside_images == 0 && self.visible.len() > self.block_start;
                self.close(if is_caption {
                    BlockKind::Caption
                } else {
                    self.kind()
                });
            }
            TagEnd::Heading(level) => self.close(BlockKind::Heading(level as u8)),
            TagEnd::CodeBlock => self.close(BlockKind::Preformatted),
            TagEnd::TableHead => self.close_row(BlockKind::TableHead, range),
            TagEnd::TableRow => self.close_row(BlockKind::TableRow, range),
            TagEnd::TableCell => self.cell_end = range.end,
            TagEnd::Table => self.is_joined = false,
            TagEnd::HtmlBlock => self.close(self.kind()),
            TagEnd::BlockQuote(_) => {
                self.close(self.kind());
                self.containers.pop();
            }
            TagEnd::Item => {
                self.close(self.kind());
                self.containers.pop();
                self.is_joined = true;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.is_joined = !self.lists.is_empty();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.close_style(),
            TagEnd::Image => self.open_images = self.open_images.saturating_sub(1),
            _ => {}
        }
    }

    /// The kind of running text at this point.
    fn kind(&self) -> BlockKind {
        self.containers
            .last()
            .copied()
            .unwrap_or(BlockKind::Paragraph)
    }

    /// Adds words of the article, except parts that were added already.
    fn show(&mut self, range: Range<usize>) {
        let mut from = match self.visible.last() {
            Some(last) => range.start.max(last.end),
            None => range.start,
        };
        let first = self.marks.partition_point(|mark| mark.end <= from);
        let marks = self.marks[first..].iter();
        let inside: Vec<_> = marks
            .take_while(|mark| mark.start < range.end)
            .cloned()
            .collect();
        for mark in inside {
            self.show_plain(from..mark.start.max(from));
            from = mark.end;
        }
        self.show_plain(from.min(range.end)..range.end);
    }

    fn show_plain(&mut self, range: Range<usize>) {
        let from = range.start;
        let piece = slice(self.text, from..range.end.max(from));
        let inner = piece.trim_start();
        let start = from + piece.len() - inner.len();
        let end = start + inner.trim_end().len();
        if start < end {
            self.visible.push(start..end);
        } else {
            self.spaces.push(from..range.end.max(from));
        }
    }

    /// Strips the backticks of a code span, and the spaces inside them.
    fn trim_code(&mut self, first: usize) {
        if let Some(range) = self.visible.get_mut(first) {
            let code = slice(self.text, range.clone());
            let n_ticks = code.len() - code.trim_start_matches('`').len();
            let inner = code.get(n_ticks..code.len().saturating_sub(n_ticks));
            let inner = inner.filter(|inner| !inner.trim().is_empty() && code.ends_with('`'));
            if let Some(inner) = inner {
                let start = range.start + n_ticks + inner.len() - inner.trim_start().len();
                *range = start..start + inner.trim().len();
                self.inlines.push(Inline {
                    span: Span::from_usize(range.start, range.end),
                    kind: InlineKind::Code,
                });
            }
        }
    }

    /// Keeps the number of a list item, which has a meaning, unlike a bullet.
    fn show_number(&mut self, item: Range<usize>) {
        let text = slice(self.text, item.clone());
        let inner = text.trim_start();
        let n_digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        let start = item.start + text.len() - inner.len();
        if n_digits > 0 {
            self.show(start..start + n_digits + 1);
        }
    }

    /// Adds the text between the tags of an HTML block; comments, scripts and styles have none.
    fn show_between_tags(&mut self, range: Range<usize>) {
        let html = slice(self.text, range.clone());
        let mut at = 0;
        while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
            let length = if rest.starts_with('<') {
                tag_length(rest)
            } else {
                let length = up_to(rest, &['<']).len();
                self.show(range.start + at..range.start + at + length);
                length
            };
            at += length.max(1);
        }
        self.n_words_outside_images += 1;
    }

    fn close_style(&mut self) {
        let Some((kind, first)) = self.open.pop() else {
            return;
        };
        if let (Some(first), Some(last)) = (self.visible.get(first), self.visible.last()) {
            self.inlines.push(Inline {
                span: Span::from_usize(first.start, last.end),
                kind,
            });
        }
    }

    /// Ends the open block, if it has words.
    fn close(&mut self, kind: BlockKind) {
        if let (Some(first), Some(last)) = (self.visible.get(self.block_start), self.visible.last())
        {
            let span = Span::from_usize(first.start, last.end);
            long_blocks::push(
                self.text,
                &mut self.blocks,
                Block {
                    kind,
                    span,
                    joined: self.is_joined,
                },
            );
            self.is_joined = false;
        }
        self.block_start = self.visible.len();
        self.n_words_outside_images = 0;
    }

    /// Begins a row of a table. Hidden bars at its ends stay separate from those of the next row.
    fn begin_row(&mut self, range: Range<usize>) {
        self.close(self.kind());
        self.spaces.push(range.start..range.start);
    }

    /// Ends a row of a table. The whole row is one block, because its bars separate the cells.
    fn close_row(&mut self, kind: BlockKind, range: Range<usize>) {
        let row = slice(self.text, range.clone());
        let end = range.start + row.trim_end().len();
        // The parser skips surplus cells.
        let mut start = self.cell_end.clamp(range.start, end);
        let rest = slice(self.text, start..end);
        for cell in rest.split('|') {
            self.show(start..start + cell.len());
            start += cell.len() + 1;
        }
        if self.visible.len() > self.block_start {
            self.blocks.push(Block {
                kind,
                span: Span::from_usize(range.start, end),
                joined: kind == BlockKind::TableRow,
            });
        }
        self.spaces.push(end..end);
        self.block_start = self.visible.len();
        self.n_words_outside_images = 0;
    }

    /// Hides everything that is neither words nor white space, and sorts the markup.
    fn finish(mut self, start: usize) -> ParsedText {
        self.close(self.kind());
        let mut at = start;
        let text_end = self.text.len()..self.text.len();
        let mut spaces = std::mem::take(&mut self.spaces).into_iter().peekable();
        for range in std::mem::take(&mut self.visible)
            .into_iter()
            .chain([text_end])
        {
            while let Some(space) = spaces.next_if(|space| space.start < range.start) {
                if space.start >= at {
                    self.hide(at..space.start);
                    at = space.end;
                }
            }
            self.hide(at..range.start);
            at = range.end;
        }
        self.inlines
            .sort_by_key(|inline| (inline.span.start, std::cmp::Reverse(inline.span.end)));
        ParsedText {
            blocks: self.blocks,
            inlines: self.inlines,
        }
    }

    /// Hides a range, except the white space at its ends.
    fn hide(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let gap = slice(self.text, range.clone());
        let inner = gap.trim_start();
        if !inner.is_empty() {
            let from = range.start + gap.len() - inner.len();
            self.inlines.push(Inline {
                span: Span::from_usize(from, from + inner.trim_end().len()),
                kind: InlineKind::Hidden,
            });
        }
    }
}

/// Returns the length of the tag or comment at the start of `html`, or that of the rest if it is never
/// closed.
fn tag_length(html: &str) -> usize {
    let ends_with = |needle: &str| {
        memchr::memmem::find(html.as_bytes(), needle.as_bytes()).map(|at| at + needle.len())
    };
    let starts_with = |tag: &str| beginning(html, tag.len()).eq_ignore_ascii_case(tag);
    let end = if starts_with("<!--") {
        ends_with("-->")
    } else if starts_with("<script") {
        ends_with("</script>")
    } else if starts_with("<style") {
        ends_with("</style>")
    } else {
        ends_with(">")
    };
    end.unwrap_or(html.len())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::document::{Document, read};

    /// The blocks of a text without what is hidden, one a line after their kind.
    fn shown(text: &str) -> String {
        let document = markdown(text);
        let prose = document.prose();
        let mut shown = String::new();
        for block in &document.blocks {
            let words: Vec<_> = block.span.of(&prose).split_whitespace().collect();
            let joined = if block.joined { "+" } else { "" };
            writeln!(shown, "{:?}{joined}: {}", block.kind, words.join(" ")).unwrap();
        }
        shown
    }

    fn markdown(text: &str) -> Document {
        read(text.as_bytes().to_vec(), "a.md").value
    }

    #[test]
    fn markup_is_hidden_and_words_stay() {
        let text = "# Harbor talks\n\nThe **ministers** met in [Port *Selene*](https://example.org \"x\") &amp; left.\n\n> “No,” she\n> said.\n";
        assert_eq!(
            shown(text),
            "Title: Harbor talks\nParagraph: The ministers met in Port Selene &amp; left.\nBlockQuote: “No,” she said.\n"
        );
    }

    #[test]
    fn spaces_between_markup_are_not_hidden() {
        let text = "The *harbor* **authority**\n`failed` [again](x).";
        let document = markdown(text);
        let visible = document.visible(document.blocks[0].span);
        assert_eq!(visible, "The harbor authority\nfailed again.");
    }

    #[test]
    fn links_keep_their_target() {
        let text = "Head\n\nSee [the *text*](https://example.org/a).";
        let links: Vec<_> = markdown(text)
            .inlines
            .into_iter()
            .filter(|inline| matches!(inline.kind, InlineKind::Link(_)))
            .collect();
        assert_eq!(
            links[0].kind,
            InlineKind::Link("https://example.org/a".into())
        );
        assert_eq!(links[0].span.of(text), "the *text");
    }

    #[test]
    fn lists_tables_code_and_images_are_told_apart() {
        let text = "# T\n\n- one\n- two\n  - deep\n\n1. first\n2. second\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```rust\nlet x;\n```\n\n![A ship at dawn](ship.png)\n\n***\n\nEnd.";
        assert_eq!(
            shown(text),
            "Title: T\nListItem(0): one\nListItem(0)+: two\nListItem(1)+: deep\nListItem(0): 1. first\nListItem(0)+: 2. second\nTableHead: a b\nTableRow+: 1 2\nPreformatted: let x;\nCaption: A ship at dawn\nRule: ***\nParagraph: End.\n"
        );
    }

    #[test]
    fn what_clippers_and_notes_add_is_hidden() {
        let text = "---\ntitle: Harbor talks end\nsource: https://example.org/harbor\nauthor:\n  - \"[[Ana Ruiz]]\"\n  - \"[[people/Bo Lind|Bo Lind]]\"\npublished: 2026-03-04\ncreated: 2026-03-05\ntags: [clippings, ports]\n---\n![[harbor.png|600]]\n\n> [!quote] The minister\n> “No,” she said.\n\nThe ==ministers== met [[Bo Lind|Mr. Lind]] in [[Port Selene]] on Monday. %%check%% They left.[^1] ^a1b2c3\n\n[^1]: In a hurry.\n";
        assert_eq!(
            shown(text),
            "BlockQuote: The minister “No,” she said.\nParagraph: The ministers met Mr. Lind in Port Selene on Monday. They left.[^1]\nParagraph: In a hurry.\n"
        );
        let meta = markdown(text).meta;
        assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz, Bo Lind"));
        assert_eq!(meta.url.as_deref(), Some("https://example.org/harbor"));
        assert_eq!(meta.source, None);
        assert_eq!(
            meta.published.unwrap().when.date().to_string(),
            "2026-03-04"
        );
        assert!(
            markdown(text)
                .inlines
                .iter()
                .all(|inline| !matches!(inline.kind, InlineKind::Link(_)))
        );
    }

    #[test]
    fn comments_and_tags_are_hidden() {
        let text = "# T\n\n<!-- secret -->\n\n<div>\nwords\n</div>\n\nA <b>bold</b> man.\n";
        assert_eq!(
            shown(text),
            "Title: T\nParagraph: words\nParagraph: A bold man.\n"
        );
    }

    #[test]
    fn hard_breaks_keep_lines_apart() {
        assert_eq!(
            shown("# T\n\nRoses  \nViolets\\\nLines\n"),
            "Title: T\nParagraph: Roses\nParagraph+: Violets\nParagraph+: Lines\n"
        );
    }

    #[test]
    fn a_heading_that_repeats_the_title_is_the_title() {
        let document = markdown("---\ntitle: Harbor talks\n---\n\n# Harbor  talks\n\nText.\n");
        assert_eq!(document.blocks[0].kind, BlockKind::Title);
        let document = markdown("---\ntitle: Harbor talks\n---\n\n# Another\n\nText.\n");
        assert_eq!(document.blocks[0].kind, BlockKind::Heading(1));
        assert_eq!(document.meta.title, "Harbor talks");
    }
}
