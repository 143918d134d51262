//! Strips a page before it is parsed, so that parsing takes linear time and little memory.
//!
//! Scripts, styles, drawings, comments and inlined pictures are removed, which make up most of a page
//! saved in one file, and so are tags nested deeper than browsers allow. Everything else is copied as
//! it is.

use std::borrow::Cow;

use crate::text::span::{slice, split};

/// How deeply elements may be nested; browsers have a similar limit.
const DEEPEST: usize = 500;
/// Choosing the article takes time proportional to depth times length, so a long page may nest less
/// deeply: this many bytes of depth times length in all, but always the minimum depth.
const DEEPEST_BYTES: usize = 25_000_000;
const LEAST_DEEPEST: usize = 80;
/// How many tables may be nested; each adds four elements of depth.
const MOST_TABLES: usize = 32;
/// How many styling elements may be open: a parser reopens each one in every paragraph.
const MOST_STYLES: usize = 16;
/// The longest tag that is copied as it is, and the longest attribute that is kept of a longer tag.
const LONGEST_TAG: usize = 2048;
const LONGEST_ATTRIBUTE: usize = 4096;
/// How many attributes of an overlong tag are kept.
const MOST_ATTRIBUTES: usize = 32;
/// How many bytes of an element name are compared.
const LONGEST_NAME: usize = 16;

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];
/// Elements that end where the next of their kind begins, so that they cannot nest by themselves.
const SELF_ENDING: &[&str] = &[
    "a", "button", "caption", "colgroup", "dd", "dt", "head", "li", "nobr", "p", "tbody", "td",
    "tfoot", "th", "thead", "tr",
];
/// Elements that a parser reopens after each block that interrupts them.
const STYLES: &[&str] = &[
    "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements that occur once; a parser adds the attributes of a second one to the first.
const SINGLE: &[&str] = &["html", "body"];
/// Elements that are removed with their content.
const DROPPED: &[&str] = &["script", "style", "svg", "template", "canvas", "object"];
/// Elements whose content is not parsed up to their end tag.
const RAW: &[&str] = &["textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Returns the page without what nobody reads.
pub(super) fn strip(html: &str) -> Cow<'_, str> {
    let mut tamer = Stripper {
        html,
        out: String::new(),
        copied: 0,
        open: Vec::new(),
        n_styles: 0,
        n_dropped_styles: 0,
        singles: Vec::new(),
    };
    let mut at = 0;
    while let Some(start) = find(html, at, b'<') {
        at = tamer.markup(start).max(start + 1);
    }
    tamer.finish()
}

/// The name of an element, in lower case.
type Name = [u8; LONGEST_NAME];

struct Stripper<'h> {
    html: &'h str,
    out: String,
    /// How many bytes have been copied or removed.
    copied: usize,
    /// The open elements, except styling and self-ending ones.
    open: Vec<Name>,
    n_styles: usize,
    n_dropped_styles: usize,
    /// The unique elements seen so far.
    singles: Vec<Name>,
}

impl<'h> Stripper<'h> {
    /// Handles the markup that begins at a `<`, and returns where it ends.
    fn markup(&mut self, start: usize) -> usize {
        let rest = self.rest(start);
        if rest.starts_with("<!--") {
            let end = match memchr::memmem::find(rest.as_bytes(), b"-->") {
                Some(at) => start + at + "-->".len(),
                None => self.html.len(),
            };
            return self.leave_out(start, end);
        }
        let is_end = rest.starts_with("</");
        let name_start = start + 1 + usize::from(is_end);
        let Some(name) = name_at(self.rest(name_start)) else {
            return start + 1;
        };
        let Some(end) = tag_end(self.html, name_start) else {
            // A tag that is never closed swallows the rest.
            return self.leave_out(start, self.html.len());
        };
        if is_end {
            self.end_tag(name, start, end)
        } else {
            self.start_tag(name, start, end)
        }
    }

    fn start_tag(&mut self, name: Name, start: usize, end: usize) -> usize {
        let tag = slice(self.html, start..end);
        if is_one_of(name, DROPPED) && !is_data(tag) {
            let after = if tag.ends_with("/>") && is_one_of(name, &["svg"]) {
                end
            } else {
                element_end(self.html, end, name)
            };
            return self.leave_out(start, after);
        }
        if is_one_of(name, STYLES) {
            if self.n_styles >= MOST_STYLES {
                self.n_dropped_styles += 1;
                return self.leave_out(start, end);
            }
            self.n_styles += 1;
        } else if is_one_of(name, SINGLE) {
            if self.singles.contains(&name) {
                return self.leave_out(start, end);
            }
            self.singles.push(name);
        } else if !is_one_of(name, VOID) && !is_one_of(name, SELF_ENDING) {
            let is_table = |open: &Name| is_one_of(*open, &["table"]);
            let is_too_deep = is_table(&name)
                && self.open.iter().filter(|open| is_table(open)).count() >= MOST_TABLES;
            if is_too_deep || self.open.len() >= self.deepest() {
                return self.replace(start, end, " ");
            }
            self.open.push(name);
        }
        if tag.len() > LONGEST_TAG {
            let shortened = shortened(tag);
            self.replace(start, end, &shortened);
        }
        if is_one_of(name, RAW) || is_one_of(name, DROPPED) {
            self.open.pop();
            return element_end(self.html, end, name);
        }
        end
    }

    /// Returns how deeply elements of this page may be nested.
    fn deepest(&self) -> usize {
        (DEEPEST_BYTES / self.html.len().max(1)).clamp(LEAST_DEEPEST, DEEPEST)
    }

    fn end_tag(&mut self, name: Name, start: usize, end: usize) -> usize {
        if is_one_of(name, STYLES) {
            if self.n_dropped_styles > 0 {
                self.n_dropped_styles -= 1;
                return self.leave_out(start, end);
            }
            self.n_styles = self.n_styles.saturating_sub(1);
        } else if let Some(index) = self.open.iter().rposition(|open| *open == name) {
            self.open.truncate(index);
        }
        end
    }

    fn leave_out(&mut self, start: usize, end: usize) -> usize {
        self.replace(start, end, "")
    }

    /// Copies everything before `start`, then writes `with` in place of the bytes up to `end`.
    fn replace(&mut self, start: usize, end: usize, with: &str) -> usize {
        self.out.push_str(slice(self.html, self.copied..start));
        self.out.push_str(with);
        self.copied = end;
        end
    }

    fn finish(mut self) -> Cow<'h, str> {
        if self.copied == 0 {
            return Cow::Borrowed(self.html);
        }
        self.replace(self.html.len(), self.html.len(), "");
        Cow::Owned(self.out)
    }

    fn rest(&self, at: usize) -> &'h str {
        slice(self.html, at..)
    }
}

fn find(html: &str, from: usize, byte: u8) -> Option<usize> {
    memchr::memchr(byte, html.as_bytes().get(from..)?).map(|at| from + at)
}

/// Returns the element name at the start of a text.
fn name_at(text: &str) -> Option<Name> {
    let mut name = Name::default();
    let letters = text
        .bytes()
        .take_while(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'/' | b'>'));
    for (slot, byte) in name.iter_mut().zip(letters) {
        *slot = byte.to_ascii_lowercase();
    }
    name[0].is_ascii_lowercase().then_some(name)
}

fn is_one_of(name: Name, names: &[&str]) -> bool {
    let letters = name.split(|&byte| byte == 0).next();
    names.iter().any(|one| Some(one.as_bytes()) == letters)
}

/// Returns the position after the `>` that ends a tag; quoted values may contain one.
fn tag_end(html: &str, from: usize) -> Option<usize> {
    let bytes = html.as_bytes();
    let mut at = from;
    let mut is_value = false;
    loop {
        let byte = *bytes.get(at)?;
        match byte {
            b'>' => return Some(at + 1),
            b'"' | b'\'' if is_value => {
                at = find(html, at + 1, byte)?;
                is_value = false;
            }
            b'=' => is_value = true,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0C => {}
            _ => is_value = false,
        }
        at += 1;
    }
}

/// Returns the position after the end tag of an element whose start tag ends at `from`, or the end of
/// the page.
fn element_end(html: &str, from: usize, name: Name) -> usize {
    let mut at = from;
    while let Some(start) = find(html, at, b'<') {
        let after = slice(html, start + 1..);
        if let Some(rest) = after.strip_prefix('/')
            && name_at(rest) == Some(name)
        {
            return match find(html, start, b'>') {
                Some(at) => at + 1,
                None => html.len(),
            };
        }
        at = start + 1;
    }
    html.len()
}

/// Returns whether a script holds linked data instead of a program.
fn is_data(tag: &str) -> bool {
    tag.len() < LONGEST_TAG && tag.to_ascii_lowercase().contains("ld+json")
}

/// Returns a tag without its longest attributes, and at most [`MOST_ATTRIBUTES`] of the others.
fn shortened(tag: &str) -> String {
    let mut out = String::new();
    let mut n_attributes = 0;
    let mut rest = tag.strip_suffix('>').unwrap_or(tag);
    while !rest.is_empty() && n_attributes <= MOST_ATTRIBUTES {
        let end = attribute_end(rest);
        let (attribute, after) = split(rest, end);
        if attribute.len() <= LONGEST_ATTRIBUTE {
            out.push_str(attribute);
            n_attributes += usize::from(!attribute.trim().is_empty());
        }
        rest = after;
    }
    out.push('>');
    out
}

/// Returns where the first attribute of a list ends, including the white space before it.
fn attribute_end(list: &str) -> usize {
    let mut is_prefix = false;
    let mut is_value = false;
    let mut quote = None;
    for (at, byte) in list.bytes().enumerate() {
        match (quote, byte) {
            (Some(mark), _) if mark == byte => return at + 1,
            (None, b'"' | b'\'') if is_value => quote = Some(byte),
            (None, b'=') => is_value = true,
            (None, b' ' | b'\t' | b'\n' | b'\r' | 0x0C) if is_prefix && !is_value => return at,
            (Some(_), _) | (None, b' ' | b'\t' | b'\n' | b'\r' | 0x0C) => {}
            (None, _) => {
                is_prefix = true;
                // An unquoted value ends at the next space.
                is_value = false;
            }
        }
    }
    list.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_not_copied() {
        let html = "<p class=lead>The <b>ministers</b> met: 1 < 2 & <i>left</i>.</p>";
        assert!(matches!(strip(html), Cow::Borrowed(same) if same == html));
    }

    #[test]
    fn programs_drawings_and_comments_go_and_data_stays() {
        let html = "a<!-- <p> --><script>if (a<b) '</p>'</SCRIPT>b<style>p{}</style><svg><path/></svg>c\
            <script type=\"application/ld+json\">{\"a\":\"<p>\"}</script>d";
        assert_eq!(
            strip(html),
            "abc<script type=\"application/ld+json\">{\"a\":\"<p>\"}</script>d"
        );
    }

    #[test]
    fn an_inlined_picture_loses_its_data_and_keeps_its_words() {
        let data = "A".repeat(9000);
        let html = format!("<img class=x src=\"data:image/png;base64,{data}\" alt='A > ship'>b");
        assert_eq!(strip(&html), "<img class=x alt='A > ship'>b");
    }

    #[test]
    fn tags_nested_too_deep_go_and_their_words_stay() {
        let html = format!("{}words{}", "<div>".repeat(2000), "</div>".repeat(2000));
        let tamed = strip(&html);
        assert_eq!(tamed.matches("<div>").count(), DEEPEST);
        assert!(tamed.contains("words"));
        let long = html.replace("words", &"words ".repeat(100_000));
        assert_eq!(strip(&long).matches("<div>").count(), LEAST_DEEPEST);
        let tables = "<table><tr><td>".repeat(2000);
        assert_eq!(strip(&tables).matches("<table>").count(), MOST_TABLES);
        let html = format!("{}words", "<b><i>".repeat(2000));
        assert!(strip(&html).len() < 16 * 4 + 6);
    }

    #[test]
    fn a_tag_that_is_cut_off_takes_no_words_before_it() {
        assert_eq!(strip("words <a href=\"x"), "words ");
        assert_eq!(strip("words <!-- x"), "words ");
        assert_eq!(strip("1 < 2 <"), "1 < 2 <");
    }
}
