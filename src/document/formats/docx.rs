//! DOCX: the paragraphs of a Word document with their styles, links and notes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::document::archive::{self, Archive};
use crate::document::draft::Draft;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::xml::{self, Element, Tree};
use crate::document::{BlockKind, InlineKind};

/// The longest cell of a table that is shown as rows, in bytes.
const LONGEST_CELL: usize = 160;
/// The most nodes in a cell of such a table.
const MOST_NODES: usize = 400;
/// How many base styles are followed to find the kind of a style.
const MOST_ANCESTORS: usize = 8;

/// Returns whether the bytes begin like a Word document.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    archive::is_of(bytes, b"word/")
        || archive::is_of(bytes, b"[Content_Types].xml") && is_word(bytes)
}

/// Returns whether an office document is a Word document, by the name of its main part in the directory
/// at the end.
fn is_word(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"word/document.xml").is_some()
}

/// Reads a document.
pub(super) fn read(source: &SourceFile<'_>, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    let Some(mut archive) = Archive::open(source.bytes) else {
        return ControlFlow::Continue(());
    };
    let Some(document) = archive.read("word/document.xml") else {
        return ControlFlow::Continue(());
    };
    let mut part = |name: &str| xml::decode_file(&mut archive, name);
    let styles = part("word/styles.xml");
    let relations = part("word/_rels/document.xml.rels");
    let (footnotes, endnotes) = (part("word/footnotes.xml"), part("word/endnotes.xml"));
    let core = part("docProps/core.xml");
    let (text, _) = xml::decode(&document);
    let tree = Tree::read(&text);
    let mut writer = DocxConverter {
        draft: Draft::with_meta(xml::dublin_core(&Tree::read(&core))),
        styles: style_kinds(&Tree::read(&styles)),
        targets: targets(&Tree::read(&relations)),
        notes: Vec::new(),
    };
    if let Some(root) = tree.root() {
        writer.blocks(root.child("body").unwrap_or(root));
    }
    writer.notes_of(&Tree::read(&footnotes), "footnote");
    writer.notes_of(&Tree::read(&endnotes), "endnote");
    let mut draft = writer.draft;
    draft.end();
    if archive.is_damaged() || tree.is_cut() {
        draft.warn(xml::DAMAGED);
    }
    sink.push(draft)
}

/// Returns the kind of paragraph for each style, by style identifier.
fn style_kinds(tree: &Tree<'_>) -> BTreeMap<String, BlockKind> {
    let mut kinds = BTreeMap::new();
    let mut parents = BTreeMap::new();
    for style in tree.elements().filter(|element| element.name() == "style") {
        let Some(id) = style.attribute("styleId") else {
            continue;
        };
        let value = |name: &str| style.child(name)?.attribute("val");
        // The built-in names are English in every language of the program.
        let name = value("name").unwrap_or_default().to_lowercase();
        if let Some(kind) = kind_of_style(&name) {
            kinds.insert(id, kind);
        } else if let Some(parent) = value("basedOn") {
            parents.insert(id, parent);
        }
    }
    for id in parents.keys() {
        let mut ancestor = parents.get(id);
        for _ in 0..MOST_ANCESTORS {
            let Some(found) = ancestor else { break };
            if let Some(&kind) = kinds.get(found) {
                kinds.insert(id.clone(), kind);
                break;
            }
            ancestor = parents.get(found);
        }
    }
    kinds
}

/// Returns the kind of paragraph for the name of a style in lower case.
fn kind_of_style(name: &str) -> Option<BlockKind> {
    let level = name
        .strip_prefix("heading ")
        .and_then(|level| level.parse::<u8>().ok());
    match name {
        "title" => Some(BlockKind::Title),
        "subtitle" => Some(BlockKind::Heading(2)),
        "quote" | "intense quote" | "block text" => Some(BlockKind::BlockQuote),
        "caption" => Some(BlockKind::Caption),
        "html preformatted" | "plain text" => Some(BlockKind::Preformatted),
        "list paragraph" => None,
        _ => level.map(|level| BlockKind::Heading(level.clamp(1, 6))),
    }
}

/// Returns the targets of external links, by identifier.
fn targets(tree: &Tree<'_>) -> BTreeMap<String, String> {
    let links = tree
        .elements()
        .filter(|element| element.name() == "Relationship");
    let outside = links.filter(|link| link.attribute("TargetMode").as_deref() == Some("External"));
    outside
        .filter_map(|link| Some((link.attribute("Id")?, link.attribute("Target")?)))
        .collect()
}

struct DocxConverter {
    draft: Draft,
    styles: BTreeMap<String, BlockKind>,
    targets: BTreeMap<String, String>,
    /// The identifiers of the referenced notes, in order.
    notes: Vec<String>,
}

impl DocxConverter {
    /// Writes all paragraphs of a part. A paragraph in a text box is nested in another.
    fn blocks(&mut self, part: Element<'_>) {
        let mut at = part.index() + 1;
        while let Some(element) = part.first_from(at) {
            at = element.index() + 1;
            match element.name() {
                "p" => self.paragraph(element),
                "tr" if self.row(element) => at = element.end(),
                // A newer element before it says the same.
                "Fallback" => at = element.end(),
                _ => {}
            }
        }
    }

    /// Writes a row of a table whose cells are short; returns whether it did.
    fn row(&mut self, row: Element<'_>) -> bool {
        let cells = row.children().filter(|element| element.name() == "tc");
        let is_small = cells
            .clone()
            .all(|cell| cell.end() - cell.index() < MOST_NODES);
        let cells: Vec<String> = cells
            .take_while(|_| is_small)
            .map(|cell| cell.line())
            .collect();
        let is_short = cells.len() > 1 && cells.iter().all(|cell| cell.len() <= LONGEST_CELL);
        if is_short {
            let before = self.draft.blocks().last();
            let follows = matches!(before, Some(block) if block.kind == BlockKind::TableRow);
            let row = cells.iter().map(String::as_str).collect();
            self.draft.table(std::iter::once(row), false);
            if follows {
                self.draft.join();
            }
        }
        is_short
    }

    fn paragraph(&mut self, paragraph: Element<'_>) {
        let kind = self.kind(paragraph);
        self.draft.begin(kind);
        if kind == BlockKind::Title && self.draft.blocks().is_empty() {
            self.draft.meta.title = line_of(paragraph);
        }
        for child in paragraph.children() {
            self.run(child);
        }
        self.draft.end();
    }

    fn kind(&self, paragraph: Element<'_>) -> BlockKind {
        let Some(properties) = paragraph.child("pPr") else {
            return BlockKind::Paragraph;
        };
        let style = properties
            .child("pStyle")
            .and_then(|style| style.attribute("val"));
        let kind = style.and_then(|style| {
            self.styles
                .get(&style)
                .copied()
                .or_else(|| kind_by_id(&style))
        });
        let item = || {
            let level = properties.child("numPr")?.child("ilvl")?.attribute("val")?;
            Some(BlockKind::ListItem(level.parse::<u8>().ok()?.min(8)))
        };
        kind.or_else(item).unwrap_or(BlockKind::Paragraph)
    }

    /// Writes a run, or an element that contains runs: a link, an insertion, a field.
    fn run(&mut self, element: Element<'_>) {
        let mut ends = Vec::new();
        let mut at = element.index();
        while let Some(inner) = element.first_from(at) {
            at = inner.index() + 1;
            while ends.pop_if(|end| inner.index() >= *end).is_some() {
                self.draft.unmark();
            }
            match inner.name() {
                "t" => self.draft.push(&inner.text()),
                "tab" => self.draft.push(" "),
                "br" | "cr" => self.draft.break_line(),
                "noBreakHyphen" => self.draft.push("\u{2011}"),
                "footnoteReference" | "endnoteReference" => self.reference(inner),
                "hyperlink" => {
                    let target = inner
                        .attribute("id")
                        .and_then(|id| self.targets.get(&id).cloned());
                    if let Some(target) = target {
                        self.draft.mark(InlineKind::Link(target));
                        ends.push(inner.end());
                    }
                }
                "r" => {
                    if let Some(kind) = emphasis(inner) {
                        self.draft.mark(kind);
                        ends.push(inner.end());
                    }
                }
                // Paragraphs of their own, older alternatives, deleted text, properties.
                "txbxContent" | "Fallback" | "del" | "moveFrom" | "rPr" | "pPr" => at = inner.end(),
                _ => {}
            }
        }
        for _ in ends {
            self.draft.unmark();
        }
    }

    fn reference(&mut self, reference: Element<'_>) {
        if let Some(id) = reference.attribute("id") {
            self.notes.push(format!(
                "{}{id}",
                &reference.name().replace("Reference", "")
            ));
            self.draft.push(&format!("[{}]", self.notes.len()));
        }
    }

    /// Writes the notes that the text refers to.
    fn notes_of(&mut self, tree: &Tree<'_>, name: &str) {
        for note in tree.elements().filter(|element| element.name() == name) {
            let id = format!("{name}{}", note.attribute("id").unwrap_or_default());
            let Some(at) = self
                .notes
                .iter()
                .take(MOST_NOTES)
                .position(|known| *known == id)
            else {
                continue;
            };
            self.draft.block(
                BlockKind::Trailing,
                &format!("[{}] {}", at + 1, note.line()),
            );
        }
    }
}

/// The most notes that are shown.
const MOST_NOTES: usize = 1000;

/// Returns the text of a paragraph as one line.
fn line_of(paragraph: Element<'_>) -> String {
    let texts = paragraph
        .descendants()
        .filter(|element| element.name() == "t");
    let text: String = texts.map(|text| text.text()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the kind of a style by its identifier, if the document does not define the style.
fn kind_by_id(id: &str) -> Option<BlockKind> {
    let spaced = id.to_lowercase().replace("heading", "heading ");
    kind_of_style(&spaced)
}

fn emphasis(run: Element<'_>) -> Option<InlineKind> {
    let properties = run.child("rPr")?;
    let is_on = |name: &str| {
        let Some(property) = properties.child(name) else {
            return false;
        };
        let value = property.attribute("val");
        !matches!(value.as_deref(), Some("0" | "false" | "off"))
    };
    if is_on("b") {
        Some(InlineKind::Strong)
    } else {
        is_on("i").then_some(InlineKind::Emphasis)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::archive::zipped;
    use crate::document::tests::articles;
    use crate::document::{Document, NO_ARTICLE, read};

    const DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="w" xmlns:r="r"><w:body>
<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>Harbor talks end</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Ministers left </w:t></w:r><w:hyperlink r:id="rId4"><w:r><w:rPr><w:b/></w:rPr><w:t>Port Selene</w:t></w:r></w:hyperlink><w:r><w:rPr><w:i w:val="0"/></w:rPr><w:t xml:space="preserve"> on</w:t><w:br/><w:t>Wednesday.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:delText>No.</w:delText></w:r></w:del></w:p>
<w:p><w:pPr><w:pStyle w:val="berschrift2"/></w:pPr><w:r><w:t>What was said</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Zitat"/></w:pPr><w:r><w:t>It is over.</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr><w:r><w:t>One</w:t></w:r></w:p>
<w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ships</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sectPr/></w:body></w:document>"#;
    const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style><w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style><w:style w:styleId="Zitat"><w:name w:val="My quote"/><w:basedOn w:val="Z"/></w:style><w:style w:styleId="Z"><w:name w:val="Quote"/></w:style></w:styles>"#;
    const CORE: &str = r#"<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Draft 3</dc:title><dc:creator>Ana Ruiz</dc:creator><cp:keywords>ports, trade</cp:keywords><dcterms:created xsi:type="dcterms:W3CDTF">2026-03-04T08:30:00Z</dcterms:created><dc:language>en-GB</dc:language></cp:coreProperties>"#;

    fn document() -> Vec<u8> {
        zipped(&[
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", DOCUMENT),
            ("word/styles.xml", STYLES),
            (
                "word/_rels/document.xml.rels",
                r#"<Relationships><Relationship Id="rId4" Target="https://coast.example/" TargetMode="External"/></Relationships>"#,
            ),
            (
                "word/footnotes.xml",
                r#"<w:footnotes><w:footnote w:id="2"><w:p><w:r><w:t>By ferry.</w:t></w:r></w:p></w:footnote><w:footnote w:id="3"><w:p/></w:footnote></w:footnotes>"#,
            ),
            ("docProps/core.xml", CORE),
        ])
    }

    fn article() -> Document {
        articles(&document(), "a.docx").remove(0)
    }

    #[test]
    fn paragraphs_are_what_their_styles_say() {
        let article = article();
        let blocks: Vec<_> = article
            .blocks
            .iter()
            .map(|block| (block.kind, block.span.of(&article.text)))
            .collect();
        assert_eq!(
            blocks,
            [
                (BlockKind::Title, "Harbor talks end"),
                (
                    BlockKind::Paragraph,
                    "Ministers left Port Selene on\nWednesday.[1]"
                ),
                (BlockKind::Heading(2), "What was said"),
                (BlockKind::BlockQuote, "It is over."),
                (BlockKind::ListItem(1), "One"),
                (BlockKind::TableRow, "Ships | 12"),
                (BlockKind::Trailing, "[1] By ferry."),
            ]
        );
    }

    #[test]
    fn links_and_emphasis_are_kept() {
        let article = article();
        let marked: Vec<_> = article
            .inlines
            .iter()
            .map(|inline| (inline.span.of(&article.text), &inline.kind))
            .filter(|(_, kind)| **kind != InlineKind::Hidden)
            .collect();
        let link = InlineKind::Link("https://coast.example/".into());
        assert_eq!(
            marked,
            [("Port Selene", &InlineKind::Strong), ("Port Selene", &link)]
        );
    }

    #[test]
    fn a_document_says_who_wrote_it_and_when() {
        let meta = article().meta;
        assert_eq!(meta.title, "Harbor talks end");
        assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"));
        assert_eq!(
            meta.published.unwrap().when.to_string(),
            "2026-03-04T08:30:00"
        );
        assert_eq!((meta.language.as_deref(), meta.tags.len()), (Some("en"), 2));
    }

    #[test]
    fn other_archives_hold_no_article() {
        assert_eq!(
            read(zipped(&[("a", "b")]), "a.docx").problem(),
            Some(NO_ARTICLE)
        );
        assert_eq!(read(b"PK".to_vec(), "a.docx").problem(), Some(NO_ARTICLE));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn damage_is_survived(cut in 0usize..4000, at in 0usize..4000, byte: u8) {
            let mut bytes = document();
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut % bytes.len());
            articles(&bytes, "a.docx");
        }
    }
}
