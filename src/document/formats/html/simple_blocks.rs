//! Converts HTML to blocks without an HTML parser, for builds without the feature `html`: headings, paragraphs,
//! quotations and lists, by the tags that are there.

use crate::document::BlockKind;
use crate::document::draft::Draft;
use crate::document::xml::{Tree, XmlContent};

/// Elements that set their text apart from what is around it.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "body",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];
/// Elements whose text is not shown.
const HIDDEN: &[&str] = &["head", "nav", "noscript", "title", "video"];

/// Writes the blocks of a text.
pub(super) fn write(draft: &mut Draft, html: &str) {
    let tree = Tree::read(html);
    draft.end();
    let mut open: Vec<(usize, Option<BlockKind>)> = Vec::new();
    let mut skip_until = 0;
    for (index, content) in tree.contents() {
        while open.pop_if(|(end, _)| *end <= index).is_some() {
            draft.end();
        }
        if index < skip_until {
            continue;
        }
        match content {
            XmlContent::Text(text) => {
                if !draft.is_open() && !text.trim().is_empty() {
                    let kind = open.iter().rev().find_map(|(_, kind)| *kind);
                    draft.begin(kind.unwrap_or(BlockKind::Paragraph));
                }
                draft.push(text);
            }
            XmlContent::Element(element) if HIDDEN.contains(&element.name()) => {
                skip_until = element.end();
            }
            XmlContent::Element(element) if element.name() == "br" => draft.break_line(),
            XmlContent::Element(element) => {
                let kind = kind_of(element.name());
                if kind.is_some() || BLOCKS.contains(&element.name()) {
                    draft.end();
                    open.push((element.end(), kind));
                }
            }
        }
    }
    draft.end();
}

/// Returns the kind that an element gives to its text.
fn kind_of(name: &str) -> Option<BlockKind> {
    match name {
        "h1" => Some(BlockKind::Heading(1)),
        "h2" => Some(BlockKind::Heading(2)),
        "h3" => Some(BlockKind::Heading(3)),
        "h4" | "h5" | "h6" => Some(BlockKind::Heading(4)),
        "blockquote" => Some(BlockKind::BlockQuote),
        "li" => Some(BlockKind::ListItem(0)),
        "figcaption" => Some(BlockKind::Caption),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_blocks() {
        let mut draft = Draft::default();
        write(
            &mut draft,
            "<h2>Talks</h2><p>They <b>met</b>.<p>One<br>Two<ul><li>bread</ul><nav>Home</nav>End",
        );
        let (document, _) = draft.finish();
        let blocks = document.blocks.iter();
        let shown: Vec<_> = blocks
            .map(|block| (block.kind, block.span.of(&document.text)))
            .collect();
        assert_eq!(shown[0], (BlockKind::Heading(2), "Talks"));
        assert_eq!(shown[1], (BlockKind::Paragraph, "They met."));
        assert!(shown.contains(&(BlockKind::ListItem(0), "bread")));
        assert!(document.text.ends_with("End") && !document.text.contains("Home"));
    }
}
