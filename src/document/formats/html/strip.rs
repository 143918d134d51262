//! What a page must lose before it is parsed, so that parsing takes linear time and little memory.
//!
//! Scripts, styles, drawings, comments and inlined pictures go, which are most of a page saved in one file,
//! and tags nested deeper than browsers allow. Marked-up text is copied as it is.

use std::borrow::Cow;

/// How deep elements may be nested; browsers stop at about as many.
const DEEPEST: usize = 500;
/// What choosing the article costs grows with depth times length, so the elements of long pages may be nested
/// less deep: this many bytes of them all together, but so deep in any case.
const DEEPEST_BYTES: usize = 25_000_000;
const LEAST_DEEPEST: usize = 80;
/// How many tables may be nested, of which each is four elements deep.
const MOST_TABLES: usize = 32;
/// How many elements of style may be open: a parser opens each anew in every paragraph.
const MOST_STYLES: usize = 16;
/// The longest tag that is copied as it is, and the longest attribute kept of one that is longer.
const LONGEST_TAG: usize = 2048;
const LONGEST_ATTRIBUTE: usize = 4096;
/// How many attributes are kept of a tag that is too long.
const MOST_ATTRIBUTES: usize = 32;
/// The longest name of an element that is looked at.
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
/// Elements that a parser opens anew after each block that cuts them off.
const STYLES: &[&str] = &[
    "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements of which there is one; a parser adds the attributes of another to the first.
const SINGLE: &[&str] = &["html", "body"];
/// Elements that go with all that is in them.
const DROPPED: &[&str] = &["script", "style", "svg", "template", "canvas", "object"];
/// Elements in which nothing is a tag but their own end.
const RAW: &[&str] = &["textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// The page without what nobody reads.
pub(super) fn tame(html: &str) -> Cow<'_, str> {
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

/// A name of an element, in small letters.
type Name = [u8; LONGEST_NAME];

struct Stripper<'h> {
    html: &'h str,
    out: String,
    /// How much has been copied or left out.
    copied: usize,
    /// The elements that are open, but for styles and those that end by themselves.
    open: Vec<Name>,
    n_styles: usize,
    n_dropped_styles: usize,
    /// Elements of which there is one, and has been.
    singles: Vec<Name>,
}

impl<'h> Stripper<'h> {
    /// Takes the markup that begins at a `<`, and says where it ends.
    fn markup(&mut self, start: usize) -> usize {
        let rest = self.rest(start);
        if rest.starts_with("<!--") {
            let end = memchr::memmem::find(rest.as_bytes(), b"-->").map_or(rest.len(), |at| at + 3);
            return self.leave_out(start, start + end);
        }
        let is_end = rest.starts_with("</");
        let name_start = start + 1 + usize::from(is_end);
        let Some(name) = name_at(self.rest(name_start)) else {
            return start + 1;
        };
        let Some(end) = tag_end(self.html, name_start) else {
            // A tag that is never closed takes the rest with it.
            return self.leave_out(start, self.html.len());
        };
        if is_end {
            self.end_tag(name, start, end)
        } else {
            self.start_tag(name, start, end)
        }
    }

    fn start_tag(&mut self, name: Name, start: usize, end: usize) -> usize {
        let tag = self.html.get(start..end).unwrap_or_default();
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

    /// How deep elements of this page may be nested.
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

    /// Copies what stands before `start`, and `with` for what follows up to `end`.
    fn replace(&mut self, start: usize, end: usize, with: &str) -> usize {
        self.out
            .push_str(self.html.get(self.copied..start).unwrap_or_default());
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
        self.html.get(at..).unwrap_or_default()
    }
}

fn find(html: &str, from: usize, byte: u8) -> Option<usize> {
    memchr::memchr(byte, html.as_bytes().get(from..)?).map(|at| from + at)
}

/// The name that a tag goes on with.
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
    let length = name
        .iter()
        .position(|&byte| byte == 0)
        .unwrap_or(name.len());
    let name = name.get(..length).unwrap_or_default();
    names.iter().any(|one| one.as_bytes() == name)
}

/// One past the `>` that ends a tag; quoted values may hold one.
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

/// One past the end tag of an element whose start tag ends at `from`; the end of the page when there is none.
fn element_end(html: &str, from: usize, name: Name) -> usize {
    let mut at = from;
    while let Some(start) = find(html, at, b'<') {
        let after = html.get(start + 1..).unwrap_or_default();
        if let Some(rest) = after.strip_prefix('/')
            && name_at(rest) == Some(name)
        {
            return find(html, start, b'>').map_or(html.len(), |at| at + 1);
        }
        at = start + 1;
    }
    html.len()
}

/// Whether a script is no program but data about the page.
fn is_data(tag: &str) -> bool {
    tag.len() < LONGEST_TAG && tag.to_ascii_lowercase().contains("ld+json")
}

/// A tag without its longest attributes, and with no more than a page has use for.
fn shortened(tag: &str) -> String {
    let mut out = String::new();
    let mut n_attributes = 0;
    let mut rest = tag.strip_suffix('>').unwrap_or(tag);
    while !rest.is_empty() && n_attributes <= MOST_ATTRIBUTES {
        let end = attribute_end(rest);
        let (attribute, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if attribute.len() <= LONGEST_ATTRIBUTE {
            out.push_str(attribute);
            n_attributes += usize::from(!attribute.trim().is_empty());
        }
        rest = after;
    }
    out.push('>');
    out
}

/// Where the first attribute of a list ends; white space before it belongs to it.
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
        assert!(matches!(tame(html), Cow::Borrowed(same) if same == html));
    }

    #[test]
    fn programs_drawings_and_comments_go_and_data_stays() {
        let html = "a<!-- <p> --><script>if (a<b) '</p>'</SCRIPT>b<style>p{}</style><svg><path/></svg>c\
            <script type=\"application/ld+json\">{\"a\":\"<p>\"}</script>d";
        assert_eq!(
            tame(html),
            "abc<script type=\"application/ld+json\">{\"a\":\"<p>\"}</script>d"
        );
    }

    #[test]
    fn an_inlined_picture_loses_its_data_and_keeps_its_words() {
        let data = "A".repeat(9000);
        let html = format!("<img class=x src=\"data:image/png;base64,{data}\" alt='A > ship'>b");
        assert_eq!(tame(&html), "<img class=x alt='A > ship'>b");
    }

    #[test]
    fn tags_nested_too_deep_go_and_their_words_stay() {
        let html = format!("{}words{}", "<div>".repeat(2000), "</div>".repeat(2000));
        let tamed = tame(&html);
        assert_eq!(tamed.matches("<div>").count(), DEEPEST);
        assert!(tamed.contains("words"));
        let long = html.replace("words", &"words ".repeat(100_000));
        assert_eq!(tame(&long).matches("<div>").count(), LEAST_DEEPEST);
        let tables = "<table><tr><td>".repeat(2000);
        assert_eq!(tame(&tables).matches("<table>").count(), MOST_TABLES);
        let html = format!("{}words", "<b><i>".repeat(2000));
        assert!(tame(&html).len() < 16 * 4 + 6);
    }

    #[test]
    fn a_tag_that_is_cut_off_takes_no_words_before_it() {
        assert_eq!(tame("words <a href=\"x"), "words ");
        assert_eq!(tame("words <!-- x"), "words ");
        assert_eq!(tame("1 < 2 <"), "1 < 2 <");
    }
}
