//! XML as found in practice: builds a tree of whatever can be read.
//!
//! Bare ampersands, undeclared entities, tags that are never closed or closed twice, and a missing end
//! do no harm to what is around them. Names are compared without prefix, because feeds use prefixes
//! they never declare. Entities of a document type are not expanded, so the text cannot grow.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::strings::{first_bytes, one_line};
use super::structure::front_matter::language_code;
use super::{Meta, Warning, dates, encoding};

/// The warning about a file that breaks off.
pub(super) const DAMAGED: &str = "the file is damaged or breaks off: something may be missing";

/// How many open elements an end tag is compared with.
const MATCHED_DEPTH: usize = 32;
/// The longest entity name, and the longest broken tag that is skipped, in bytes.
const LONGEST_ENTITY: usize = 32;
const LONGEST_BROKEN_TAG: usize = 2000;
/// How many broken tags are skipped: each may require a search through the rest.
const MOST_BROKEN_TAGS: usize = 32;
/// How many bytes are searched for the XML declaration, and for the root element.
const DECLARATION_WITHIN: usize = 200;
const ROOT_WITHIN: usize = 4096;
/// The most keywords of a document.
const MOST_TAGS: usize = 64;
/// HTML elements without an end tag.
const VOID: &[&str] = &["br", "hr", "img", "wbr", "col"];

/// The tree of a text, with its nodes in document order.
#[derive(Debug, Default)]
pub(super) struct Tree<'t> {
    nodes: Vec<Node<'t>>,
    /// Whether the text ends inside an element.
    is_cut: bool,
}

#[derive(Debug)]
enum Node<'t> {
    /// A tag, and the index after its last descendant.
    Element(BytesStart<'t>, usize),
    Text(Cow<'t, str>),
}

/// A text or an element of a tree.
#[cfg(not(feature = "html"))]
pub(super) enum XmlContent<'a> {
    Text(&'a str),
    Element(Element<'a>),
}

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    nodes: &'a [Node<'a>],
    tag: &'a BytesStart<'a>,
    index: usize,
    end: usize,
}

/// Decodes an XML file: in its declared encoding, unless it is UTF-8 or has a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> (String, Vec<Warning>) {
    let has_mark = encoding_rs::Encoding::for_bom(bytes).is_some();
    if !has_mark
        && std::str::from_utf8(bytes).is_err()
        && let Some(declared) = declared_encoding(bytes)
    {
        let (text, _) = declared.decode_without_bom_handling(bytes);
        return (text.into_owned(), Vec::new());
    }
    let mut decoded = encoding::decode(bytes.to_vec());
    let warnings = std::mem::take(&mut decoded.warnings);
    (decoded.into_text(), warnings)
}

/// Decodes an XML file in an archive, or returns an empty text if it is missing.
pub(super) fn decode_file(archive: &mut Archive<'_>, name: &str) -> String {
    match archive.read(name) {
        Some(bytes) => decode(&bytes).0,
        None => String::new(),
    }
}

/// Returns the encoding in the XML declaration, unless it is UTF-8.
fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = first_bytes(bytes, DECLARATION_WITHIN);
    let head = String::from_utf8_lossy(head.get(..memchr::memchr(b'>', head)?)?);
    let value = head
        .trim_start()
        .strip_prefix("<?xml")?
        .split_once("encoding")?
        .1;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let label = value.get(1..)?.split(['"', '\'']).next()?;
    let found = encoding_rs::Encoding::for_label(label.as_bytes())?;
    // A file that declares UTF-8 and is not valid is damaged, or something else.
    (found != encoding_rs::UTF_8).then_some(found)
}

/// Returns whether the root element, after declarations and comments, has one of these names.
pub(super) fn begins_with(bytes: &[u8], names: &[&str]) -> bool {
    let head = first_bytes(bytes, ROOT_WITHIN);
    let has_nul = memchr::memchr(0, head).is_some();
    let text = if has_nul {
        // In UTF-16, everything that matters here is ASCII.
        head.iter()
            .filter(|byte| (1..0x80).contains(*byte))
            .map(|&byte| char::from(byte))
            .collect()
    } else {
        String::from_utf8_lossy(head).into_owned()
    };
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                return names.contains(&tag.local_name().as_ref());
            }
            Ok(Event::Text(text)) if text.trim().is_empty() => {}
            Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_)) => {}
            _ => return false,
        }
    }
}

impl<'t> Tree<'t> {
    /// Parses a text.
    pub(super) fn read(text: &'t str) -> Self {
        let mut tree = Self::default();
        let mut open = Vec::new();
        let mut rest = text;
        for _ in 0..MOST_BROKEN_TAGS {
            let Some(broken) = tree.read_until_broken(rest, &mut open) else {
                break;
            };
            tree.is_cut = true;
            if let Some(words) = broken.strip_prefix("<![CDATA[") {
                tree.text(Cow::Borrowed(words));
                break;
            }
            let window = broken.as_bytes().iter().take(LONGEST_BROKEN_TAG);
            let end = window.clone().position(|&byte| byte == b'>');
            let is_tag = !broken.starts_with("<!") && !broken.starts_with("<?");
            match end.and_then(|end| broken.get(end + 1..)) {
                Some(after) if is_tag => rest = after,
                _ => break,
            }
        }
        tree.is_cut |= !open.is_empty();
        let end = tree.nodes.len();
        for index in open {
            tree.close(index, end);
        }
        tree
    }

    /// Parses up to markup that never ends; returns the text from there, if there is any.
    fn read_until_broken(&mut self, text: &'t str, open: &mut Vec<usize>) -> Option<&'t str> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => return None,
                Ok(event) => self.take(event, open),
                Err(quick_xml::Error::Syntax(_)) => {
                    let at = usize::try_from(reader.error_position()).ok()?;
                    return text.get(at..);
                }
                // The reader has moved past it.
                Err(_) => {}
            }
        }
    }

    /// Returns whether the text ended inside an element or had unfinished tags.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// All elements and texts with the index of their node, in document order.
    #[cfg(not(feature = "html"))]
    pub(super) fn contents(&self) -> impl Iterator<Item = (usize, XmlContent<'_>)> {
        (0..self.nodes.len()).map(|index| match &self.nodes[index] {
            Node::Text(text) => (index, XmlContent::Text(text)),
            Node::Element(tag, end) => {
                let (nodes, end) = (&self.nodes[..], *end);
                let element = Element {
                    nodes,
                    tag,
                    index,
                    end,
                };
                (index, XmlContent::Element(element))
            }
        })
    }

    /// All elements, in document order.
    pub(super) fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..self.nodes.len()).filter_map(|index| Element::at(&self.nodes, index))
    }

    /// The root element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        self.elements().next()
    }

    fn take(&mut self, event: Event<'t>, open: &mut Vec<usize>) {
        match event {
            Event::Start(tag) => {
                open.push(self.nodes.len());
                self.push(tag);
            }
            Event::Empty(tag) => self.push(tag),
            Event::End(tag) => self.end(tag.name().as_ref(), open),
            Event::Text(text) => self.text(text.into_inner()),
            Event::CData(text) => self.text(text.into_inner()),
            Event::GeneralRef(name) => {
                let written = || format!("&{};", &*name);
                self.text(Cow::Owned(entity(&name).unwrap_or_else(written)));
            }
            _ => {}
        }
    }

    fn push(&mut self, tag: BytesStart<'t>) {
        let end = self.nodes.len() + 1;
        self.nodes.push(Node::Element(tag, end));
    }

    fn text(&mut self, text: Cow<'t, str>) {
        if !text.is_empty() {
            self.nodes.push(Node::Text(text));
        }
    }

    /// Ends the innermost open element of a name and all inside it; an end tag without a start tag is
    /// ignored.
    fn end(&mut self, name: &str, open: &mut Vec<usize>) {
        let is_it = |&index: &usize| match &self.nodes[index] {
            Node::Element(tag, _) => tag.name().as_ref() == name,
            Node::Text(_) => false,
        };
        let Some(n_inside) = open.iter().rev().take(MATCHED_DEPTH).position(is_it) else {
            return;
        };
        let end = self.nodes.len();
        for index in open.split_off(open.len() - n_inside - 1).into_iter().rev() {
            self.close(index, end);
        }
    }

    fn close(&mut self, index: usize, at: usize) {
        if let Node::Element(_, end) = &mut self.nodes[index] {
            *end = at;
        }
    }
}

impl<'a> Element<'a> {
    fn at(nodes: &'a [Node<'a>], index: usize) -> Option<Self> {
        match &nodes[index] {
            Node::Element(tag, end) => Some(Self {
                nodes,
                tag,
                index,
                end: *end,
            }),
            Node::Text(_) => None,
        }
    }

    /// The index of its node.
    pub(super) fn index(&self) -> usize {
        self.index
    }

    /// The index of the first node after it and its descendants.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// The name without its prefix.
    pub(super) fn name(&self) -> &'a str {
        let (_, name) = self.split_name();
        name
    }

    /// The prefix of the name, which may be empty.
    pub(super) fn prefix(&self) -> &'a str {
        let (prefix, _) = self.split_name();
        prefix
    }

    fn split_name(&self) -> (&'a str, &'a str) {
        let name = self.tag.name().into_inner();
        name.split_once(':').unwrap_or(("", name))
    }

    /// Returns an attribute by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.tag.html_attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)?;
        Some(unescaped(&found.value).trim().to_owned())
    }

    /// The child elements.
    pub(super) fn children(&self) -> impl Iterator<Item = Element<'a>> + Clone + use<'a> {
        let after = |at: usize, nodes: &'a [Node<'a>], end: usize| {
            (at..end).find_map(|index| Self::at(nodes, index))
        };
        let (nodes, end) = (self.nodes, self.end);
        let first = after(self.index + 1, nodes, end);
        std::iter::successors(first, move |child| after(child.end, nodes, end))
    }

    /// All descendants.
    pub(super) fn descendants(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        let nodes = self.nodes;
        (self.index + 1..self.end).filter_map(move |index| Self::at(nodes, index))
    }

    /// The first element whose index is `index` or more, this one or a descendant.
    pub(super) fn first_from(&self, index: usize) -> Option<Element<'a>> {
        (index.max(self.index)..self.end).find_map(|index| Self::at(self.nodes, index))
    }

    /// The first child with a name.
    pub(super) fn child(&self, name: &str) -> Option<Element<'a>> {
        self.children().find(|element| element.name() == name)
    }

    /// The first descendant with a name.
    pub(super) fn find(&self, name: &str) -> Option<Element<'a>> {
        self.descendants().find(|element| element.name() == name)
    }

    /// The text inside.
    pub(super) fn text(&self) -> String {
        let inside = &self.nodes[self.index + 1..self.end];
        let texts = inside.iter().map(|node| match node {
            Node::Text(text) => text,
            Node::Element(..) => "",
        });
        texts.collect()
    }

    /// The text inside as one line.
    pub(super) fn line(&self) -> String {
        one_line(&self.text())
    }

    /// Converts the content to HTML. `named` returns the HTML name of an element, or `None` to drop it
    /// with its content.
    pub(super) fn html(&self, named: fn(&Element<'a>) -> Option<&'a str>) -> String {
        let mut html = String::new();
        let mut open: Vec<(usize, &str)> = Vec::new();
        let mut index = self.index + 1;
        while index < self.end || !open.is_empty() {
            if let Some(&(end, name)) = open.last()
                && index >= end
            {
                html.push_str("</");
                html.push_str(name);
                html.push('>');
                open.pop();
                continue;
            }
            let Some(element) = Self::at(self.nodes, index) else {
                if let Node::Text(text) = &self.nodes[index] {
                    html.push_str(&quick_xml::escape::minimal_escape(text.as_ref()));
                }
                index += 1;
                continue;
            };
            let Some(name) = named(&element) else {
                index = element.end;
                continue;
            };
            html.push('<');
            html.push_str(name);
            html.push_str(element.tag.attributes_raw().trim_end_matches('/'));
            html.push('>');
            index += 1;
            if !VOID.contains(&name) {
                open.push((element.end, name));
            }
        }
        html
    }
}

/// Reads the metadata of an office document.
pub(super) fn dublin_core(tree: &Tree<'_>) -> Meta {
    let line = |names: &[&str]| {
        let mut found = names.iter().flat_map(|name| {
            let named = tree
                .elements()
                .filter(move |element| element.name() == *name);
            named.map(|element| element.line()).take(1)
        });
        found.find(|line| !line.is_empty())
    };
    let keywords = line(&["keywords", "keyword"]).unwrap_or_default();
    let tags = keywords.split([',', ';']).map(|tag| tag.trim().to_owned());
    Meta {
        title: line(&["title"]).unwrap_or_default(),
        byline: line(&["initial-creator", "creator"]),
        published: line(&["created", "creation-date", "date", "modified"])
            .and_then(|date| dates::in_metadata(&date)),
        tags: tags.filter(|tag| !tag.is_empty()).take(MOST_TAGS).collect(),
        language: line(&["language"]).and_then(|value| language_code(&value)),
        ..Meta::default()
    }
}

/// Resolves an entity: `rsquo`, `#8217`, `#x2019`.
fn entity(name: &str) -> Option<String> {
    let number = |digits: &str| match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    };
    let Some(digits) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let code = number(digits)?;
    // Numbers in the Windows-1252 range, which browsers accept.
    if let Ok(byte @ 0x80..0xA0) = u8::try_from(code) {
        let (text, _) =
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
        return Some(text.into_owned());
    }
    char::from_u32(code).map(String::from)
}

/// Resolves the entities in a text; unknown ones stay.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    let Some((before, rest)) = text.split_once('&') else {
        return Cow::Borrowed(text);
    };
    let mut plain = before.to_owned();
    for piece in rest.split('&') {
        let end = piece
            .bytes()
            .take(LONGEST_ENTITY)
            .position(|byte| byte == b';');
        let meant = end.and_then(|end| Some((entity(piece.get(..end)?)?, piece.get(end + 1..)?)));
        if let Some((meant, after)) = meant {
            plain.push_str(&meant);
            plain.push_str(after);
        } else {
            plain.push('&');
            plain.push_str(piece);
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The tree with every element in brackets.
    fn shape(text: &str) -> String {
        let tree = Tree::read(text);
        let tag = |element: Element<'_>| format!("{}[{}]", element.name(), element.text());
        tree.elements().map(tag).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn elements_hold_their_text_and_attributes() {
        let text = "<?xml version='1.0'?><a x:lang='fr' y=\"1 &lt; 2\"><b>one</b> &amp; <![CDATA[<two>]]><c/></a>";
        assert_eq!(shape(text), "a[one & <two>] b[one] c[]");
        let tree = Tree::read(text);
        let root = tree.root().unwrap();
        assert_eq!(root.attribute("lang").as_deref(), Some("fr"));
        assert_eq!(root.attribute("y").as_deref(), Some("1 < 2"));
        assert_eq!(root.children().count(), 2);
        assert!(!tree.is_cut());
    }

    #[test]
    fn bare_ampersands_and_entities_of_html_are_read() {
        assert_eq!(
            shape("<t>A & B&nbsp;&rsquo;&#8217;&#x2019;&#146; &nosuch; &</t>"),
            "t[A & B\u{a0}’’’’ &nosuch; &]"
        );
        assert_eq!(
            unescaped("R&amp;D &lsquo;A & B&rsquo; &#39;"),
            "R&D ‘A & B’ '"
        );
    }

    #[test]
    fn wrong_ends_close_what_they_can() {
        assert_eq!(shape("<a><p>x<br>y</p></q>z</a>w"), "a[xyz] p[xy] br[y]");
    }

    #[test]
    fn a_text_that_breaks_off_is_read_to_its_end() {
        for (text, found) in [
            ("<a><b>one</b><b>tw", "a[onetw] b[one] b[tw]"),
            ("<a><b>one</b><b href='x", "a[one] b[one]"),
            ("<a><![CDATA[one", "a[one]"),
            ("<a>one<!-- two", "a[one]"),
        ] {
            assert_eq!(shape(text), found, "{text}");
            assert!(Tree::read(text).is_cut());
        }
    }

    #[test]
    fn a_tag_with_a_missing_quotation_mark_is_passed_over() {
        assert_eq!(
            shape("<a>one <i class='x>two</i> <b>three</b></a>"),
            "a[one two three] b[three]"
        );
    }

    #[test]
    fn elements_become_html_under_other_names() {
        let tree = Tree::read(
            "<n><x:hl2>Head</x:hl2><p>a &lt; b<br/><em class='c'>d</em></p><media>no</media></n>",
        );
        let named = |element: &Element<'_>| match element.name() {
            "hl2" => Some("h2"),
            "media" => None,
            "em" => Some("em"),
            "br" => Some("br"),
            _ => Some("p"),
        };
        let html = tree.root().unwrap().html(named);
        assert_eq!(html, "<h2>Head</h2><p>a &lt; b<br><em class='c'>d</em></p>");
    }

    #[test]
    fn the_declared_encoding_decides_where_it_is_not_utf8() {
        let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><t>caf\xE9 \xA4</t>";
        assert!(decode(latin).0.contains("café €"));
        let wrong = "<?xml version='1.0' encoding='ISO-8859-1'?><t>café</t>";
        assert!(decode(wrong.as_bytes()).0.contains("café"));
    }

    #[test]
    fn the_first_element_names_the_kind() {
        let text = "\u{feff}<?xml version='1.0'?>\n<!-- <rss> -->\n<!DOCTYPE x [<!ENTITY a 'b'>]>\n<x:feed>";
        assert!(begins_with(text.as_bytes(), &["feed"]));
        assert!(!begins_with(text.as_bytes(), &["rss"]));
        assert!(!begins_with(b"He said <rss>", &["rss"]));
        let wide: Vec<u8> = "<rss>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(begins_with(&wide, &["rss"]));
    }

    #[test]
    fn deep_and_wide_trees_take_linear_time() {
        let n = 200_000;
        for text in [
            "<a>".repeat(n),
            "<a b=\"".repeat(n),
            "</a>".repeat(n),
            format!("{}{}", "<a>".repeat(n), "</b>".repeat(n)),
            "&".repeat(n),
            "<![CDATA[".repeat(n),
            format!("<a {}>", "b='c' ".repeat(n)),
        ] {
            let tree = Tree::read(&text);
            let Some(root) = tree.root() else { continue };
            let _ = (root.text(), root.html(|_| Some("b")), root.attribute("x"));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "[<>/!?\\[\\]CDATA&;a='\" -]{0,80}") {
            let tree = Tree::read(&text);
            for element in tree.elements() {
                let _ = (element.line(), element.html(|_| Some("p")), element.attribute("a"), element.find("a"));
            }
            let _ = (decode(text.as_bytes()), begins_with(text.as_bytes(), &["a"]));
        }
    }
}
