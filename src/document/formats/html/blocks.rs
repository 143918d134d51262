//! Converts a tree of elements to blocks, in document order and without recursion.

use std::collections::HashSet;

use dom_query::{Element, NodeData, NodeRef};

use super::table;
use crate::document::draft::Draft;
use crate::document::{BlockKind, InlineKind};
use crate::text::span::beginning;

/// The fewest words that describe a picture rather than name it.
const FEWEST_ALT_WORDS: usize = 5;
/// The scheme of links that run a script.
const SCRIPT: &str = "javascript:";
/// The most characters of a sign that is shown as a picture.
const LONGEST_SIGN: usize = 3;
/// The longest description of a picture, in bytes.
const LONGEST_ALT: usize = 400;

/// Writes everything under `root`.
pub(super) fn write(draft: &mut Draft, root: NodeRef<'_>) {
    let mut walker = Walker {
        draft,
        containers: Vec::new(),
        lists: Vec::new(),
        pictures: Vec::new(),
        shown: HashSet::new(),
        n_figures: 0,
        after_break: LineBreak::None,
        is_joined: false,
    };
    walker.end_block();
    let mut open: Vec<(NodeRef<'_>, ElementRole)> = Vec::new();
    let mut next = root.first_child();
    while let Some(node) = next {
        let role = walker.enter(node);
        let child = if role.has_inside() {
            node.first_child()
        } else {
            None
        };
        if child.is_some() {
            open.push((node, role));
            next = child;
            continue;
        }
        walker.leave(&role);
        next = node.next_sibling();
        while next.is_none() {
            let Some((parent, role)) = open.pop() else {
                break;
            };
            walker.leave(&role);
            next = parent.next_sibling();
        }
    }
    walker.end_block();
}

/// What an element does to the text in it.
#[derive(Debug, Clone, PartialEq)]
enum ElementRole {
    /// It is not shown.
    Nothing,
    /// It is text.
    Words,
    /// It has no effect of its own.
    Inside,
    /// It is a block of its own.
    Block,
    /// It is a block of its own, and its text has this kind.
    Of(BlockKind),
    List(Option<u32>),
    Item,
    Figure,
    Mark(InlineKind),
    /// `<q>`: the browser supplies the quotation marks.
    Quoted,
    LineBreak,
    Rule,
    Table,
    Picture,
}

impl ElementRole {
    fn has_inside(&self) -> bool {
        !matches!(
            self,
            Self::Nothing | Self::Words | Self::LineBreak | Self::Rule | Self::Picture
        )
    }
}

/// The line breaks since the last word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineBreak {
    None,
    /// A line ended.
    Line,
    /// A line and an empty line ended.
    Paragraph,
}

struct ListState {
    /// The number of the next item, in a numbered list.
    number: Option<u32>,
    has_items: bool,
}

struct Walker<'d> {
    draft: &'d mut Draft,
    /// The kinds that open elements give to their text.
    containers: Vec<BlockKind>,
    lists: Vec<ListState>,
    /// The descriptions of pictures in the open block.
    pictures: Vec<String>,
    /// The descriptions written so far.
    shown: HashSet<String>,
    n_figures: usize,
    after_break: LineBreak,
    /// Whether the next block follows the last without a blank line.
    is_joined: bool,
}

impl Walker<'_> {
    fn enter(&mut self, node: NodeRef<'_>) -> ElementRole {
        let role = node.query_or(ElementRole::Nothing, |node| match &node.data {
            NodeData::Text { contents } => {
                self.words(contents);
                ElementRole::Words
            }
            NodeData::Element(element) => {
                let role = role(element);
                self.begin(&role, element);
                role
            }
            _ => ElementRole::Nothing,
        });
        if role == ElementRole::Table
            && let Some(figures) = table::data_table(node)
        {
            let rows = figures.rows.iter();
            let rows = rows.map(|row| row.iter().map(|cell| cell.trim()).collect());
            self.draft.table(rows, figures.has_head);
            return ElementRole::Nothing;
        }
        role
    }

    /// Handles the start of an element.
    fn begin(&mut self, role: &ElementRole, element: &Element) {
        match role {
            ElementRole::Block | ElementRole::Table => self.end_block(),
            ElementRole::Of(kind) => {
                self.end_block();
                self.containers.push(*kind);
            }
            ElementRole::List(number) => {
                self.end_block();
                self.lists.push(ListState {
                    number: *number,
                    has_items: !self.lists.is_empty(),
                });
            }
            ElementRole::Item => {
                self.end_block();
                let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
                self.containers.push(BlockKind::ListItem(depth));
                self.begin_item();
            }
            ElementRole::Figure => {
                self.end_block();
                self.n_figures += 1;
            }
            ElementRole::Mark(kind) => {
                self.draft.mark(kind.clone());
            }
            ElementRole::Quoted => self.words("“"),
            ElementRole::LineBreak => self.break_line(),
            ElementRole::Rule => {
                self.end_block();
                self.draft.block(BlockKind::Rule, "***");
            }
            ElementRole::Picture => self.picture(element),
            ElementRole::Nothing | ElementRole::Words | ElementRole::Inside => {}
        }
    }

    /// Handles the end of an element.
    fn leave(&mut self, role: &ElementRole) {
        match role {
            ElementRole::Block | ElementRole::Table => self.end_block(),
            ElementRole::Of(_) | ElementRole::Item => {
                let has_caption =
                    *role == ElementRole::Of(BlockKind::Caption) && self.draft.is_open();
                self.end_block();
                self.containers.pop();
                if has_caption {
                    self.pictures.clear();
                }
            }
            ElementRole::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            ElementRole::Figure => {
                self.n_figures = self.n_figures.saturating_sub(1);
                self.end_block();
            }
            ElementRole::Mark(_) => self.draft.unmark(),
            ElementRole::Quoted => self.words("”"),
            ElementRole::Nothing
            | ElementRole::Words
            | ElementRole::Inside
            | ElementRole::LineBreak
            | ElementRole::Rule
            | ElementRole::Picture => {}
        }
    }

    fn words(&mut self, text: &str) {
        let kind = self.kind();
        if kind == BlockKind::Preformatted {
            if !self.draft.is_open() {
                self.draft.begin(kind);
            }
            self.draft.push(text);
            return;
        }
        let is_blank = text.chars().all(|c| c.is_whitespace() || is_filler(c));
        if is_blank && (!self.draft.is_open() || self.after_break != LineBreak::None) {
            return;
        }
        if self.after_break != LineBreak::None {
            let is_line = self.after_break == LineBreak::Line;
            self.end_block();
            self.is_joined = is_line;
        }
        if !self.draft.is_open() {
            self.draft.begin(kind);
        }
        if text.contains(|c| c == '\u{A0}' || is_filler(c)) {
            self.draft.push(&cleaned(text));
        } else {
            self.draft.push(text);
        }
    }

    fn break_line(&mut self) {
        if self.kind() == BlockKind::Preformatted {
            self.draft.push("\n");
        } else if self.draft.is_open() {
            self.after_break = match self.after_break {
                LineBreak::None => LineBreak::Line,
                LineBreak::Line | LineBreak::Paragraph => LineBreak::Paragraph,
            };
        }
    }

    /// Joins an item to the one before, and writes its number.
    fn begin_item(&mut self) {
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        self.is_joined = list.has_items;
        list.has_items = true;
        if let Some(number) = list.number.as_mut() {
            let shown = format!("{number}. ");
            *number = number.saturating_add(1);
            self.draft.begin(self.kind());
            self.draft.push(&shown);
        }
    }

    /// Ends the open block, and writes the descriptions of its pictures.
    fn end_block(&mut self) {
        self.after_break = LineBreak::None;
        let n_blocks = self.draft.blocks().len();
        self.draft.end();
        if self.draft.blocks().len() > n_blocks
            && std::mem::take(&mut self.is_joined)
            && n_blocks > 0
        {
            self.draft.join();
        }
        if self.n_figures == 0 {
            for words in std::mem::take(&mut self.pictures) {
                self.draft.block(BlockKind::Caption, &words);
            }
        }
    }

    /// The kind of text at this point, from the innermost element that sets one.
    fn kind(&self) -> BlockKind {
        self.containers
            .last()
            .copied()
            .unwrap_or(BlockKind::Paragraph)
    }

    /// Keeps the description of a picture if it is a sentence and not a file name. A small picture
    /// between words is replaced by its sign.
    fn picture(&mut self, element: &Element) {
        let Some(alt) = element.attr("alt") else {
            return;
        };
        let words: Vec<_> = alt.split_whitespace().collect();
        let is_sign = !alt.is_empty()
            && alt.chars().count() <= LONGEST_SIGN
            && !alt.contains(char::is_alphanumeric)
            && !alt.is_ascii();
        if is_sign {
            self.words(&alt);
            return;
        }
        let words_shown = words.join(" ");
        let is_description = words.len() >= FEWEST_ALT_WORDS
            && alt.len() <= LONGEST_ALT
            && !alt.contains("://")
            && words_shown != self.draft.meta.title
            && !alt.contains('#');
        if is_description && self.shown.insert(words_shown.clone()) {
            self.pictures.push(words_shown);
        }
    }
}

/// Returns what an element does, by its name and attributes.
fn role(element: &Element) -> ElementRole {
    if is_hidden(element) {
        return ElementRole::Nothing;
    }
    match &*element.name.local {
        "address" | "article" | "aside" | "body" | "center" | "dd" | "details" | "dialog"
        | "dir" | "div" | "dl" | "dt" | "fieldset" | "footer" | "form" | "header" | "hgroup"
        | "legend" | "main" | "optgroup" | "p" | "search" | "section" | "summary" | "tbody"
        | "td" | "tfoot" | "th" | "thead" | "tr" => ElementRole::Block,
        "a" => link(element),
        "b" | "strong" => ElementRole::Mark(InlineKind::Strong),
        "blockquote" => ElementRole::Of(BlockKind::BlockQuote),
        "br" => ElementRole::LineBreak,
        "caption" | "figcaption" => ElementRole::Of(BlockKind::Caption),
        "cite" | "dfn" | "em" | "i" | "var" => ElementRole::Mark(InlineKind::Emphasis),
        "code" | "kbd" | "samp" | "tt" => ElementRole::Mark(InlineKind::Code),
        "figure" => ElementRole::Figure,
        "h1" => ElementRole::Of(BlockKind::Heading(1)),
        "h2" => ElementRole::Of(BlockKind::Heading(2)),
        "h3" => ElementRole::Of(BlockKind::Heading(3)),
        "h4" => ElementRole::Of(BlockKind::Heading(4)),
        "h5" => ElementRole::Of(BlockKind::Heading(5)),
        "h6" => ElementRole::Of(BlockKind::Heading(6)),
        "hr" => ElementRole::Rule,
        "img" => ElementRole::Picture,
        "li" => ElementRole::Item,
        "listing" | "plaintext" | "pre" | "xmp" => ElementRole::Of(BlockKind::Preformatted),
        "menu" | "ul" => ElementRole::List(None),
        "ol" => {
            let start = element.attr("start").and_then(|start| start.parse().ok());
            ElementRole::List(start.or(Some(1)))
        }
        "q" => ElementRole::Quoted,
        "table" => ElementRole::Table,
        "applet" | "area" | "audio" | "button" | "canvas" | "datalist" | "embed" | "frameset"
        | "head" | "iframe" | "input" | "link" | "map" | "meta" | "nav" | "noembed"
        | "noframes" | "noscript" | "object" | "progress" | "rp" | "script" | "select"
        | "style" | "svg" | "template" | "textarea" | "title" | "video" => ElementRole::Nothing,
        _ => ElementRole::Inside,
    }
}

/// A link to another page; one within the page is not a link here.
fn link(element: &Element) -> ElementRole {
    let Some(target) = element.attr("href") else {
        return ElementRole::Inside;
    };
    let target = target.trim();
    let is_script = beginning(target, SCRIPT.len()).eq_ignore_ascii_case(SCRIPT);
    if target.is_empty() || target.starts_with('#') || is_script {
        ElementRole::Inside
    } else {
        ElementRole::Mark(InlineKind::Link(target.to_owned()))
    }
}

/// Returns whether browsers hide an element.
fn is_hidden(element: &Element) -> bool {
    element
        .attrs
        .iter()
        .any(|attribute| match &*attribute.name.local {
            "hidden" => !attribute.value.eq_ignore_ascii_case("until-found"),
            "aria-hidden" => attribute.value.eq_ignore_ascii_case("true"),
            "style" => hides(&attribute.value),
            _ => false,
        })
}

/// Returns whether a style hides its element.
fn hides(style: &str) -> bool {
    let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
    rules.any(|(name, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        let is = |wanted: &str| name.trim().eq_ignore_ascii_case(wanted);
        (is("display") && value.eq_ignore_ascii_case("none"))
            || (is("visibility") && value.eq_ignore_ascii_case("hidden"))
            || (is("mso-hide") && value.eq_ignore_ascii_case("all"))
    })
}

/// Characters that show nothing: places where a word may break, and padding in mails.
fn is_filler(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{34F}'
    )
}

/// Returns text without fillers, with no-break spaces at its edges or beside other spaces made plain.
fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().filter(|&c| !is_filler(c)).peekable();
    while let Some(c) = characters.next() {
        let stands_alone = || {
            let is_space = |c: char| c.is_whitespace();
            out.chars().next_back().is_none_or(is_space)
        };
        if c == '\u{A0}'
            && (stands_alone() || characters.peek().is_none_or(|next| next.is_whitespace()))
        {
            out.push(' ');
        } else {
            out.push(c);
        }
    }
    out
}
