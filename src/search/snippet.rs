//! The words around a hit, cut to one line.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::document::Document;
use crate::text::Span;
use crate::text::display::safe_grapheme;

/// A hit with its context. It is one line that is safe to print once it was cut to a width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The text.
    pub text: String,
    /// Where the hit is in it.
    pub highlight: Span,
}

const ELLIPSIS: &str = "…";

/// An upper limit for the bytes of a grapheme, used to decide how much text to look at.
const GRAPHEME_BYTES: usize = 16;

/// The line around `hit`, at most `width` columns wide. About a third of the context is before the hit.
#[must_use]
pub fn snippet(document: &Document, hit: Span, width: usize) -> Snippet {
    let text = &document.text;
    // No more can be shown than this. A paragraph may be the whole file.
    let reach = (width * 2 + 2) * GRAPHEME_BYTES;
    let start = text.floor_char_boundary((hit.start as usize).saturating_sub(reach));
    let end = text.floor_char_boundary((hit.end as usize).saturating_add(reach));
    let before = document.visible(Span::from_usize(start, hit.start as usize));
    let after = document.visible(Span::from_usize(hit.end as usize, end));
    around(&before, &document.visible(hit), &after, width)
}

/// The unchanged text around `hit`, at most `reach` bytes on each side. This is cheap;
/// [`Snippet::narrowed`] cuts it to a line when it is shown.
#[must_use]
pub fn context(document: &Document, hit: Span, reach: usize) -> Snippet {
    let text = &document.text;
    let start = text.floor_char_boundary((hit.start as usize).saturating_sub(reach));
    let end = text.floor_char_boundary((hit.end as usize).saturating_add(reach));
    let before = document.visible(Span::from_usize(start, hit.start as usize));
    let found = document.visible(hit);
    let after = document.visible(Span::from_usize(hit.end as usize, end));
    let is_cut = start > 0 && !before.contains('\n');
    let before = match before.split_once(char::is_whitespace) {
        Some((_, rest)) if is_cut => rest,
        _ => &before,
    };
    let after = match after.rsplit_once(char::is_whitespace) {
        Some((rest, _)) if end < text.len() => rest,
        _ => &after,
    };
    let at = before.len();
    Snippet {
        text: format!("{before}{found}{after}"),
        highlight: Span::from_usize(at, at + found.len()),
    }
}

impl Snippet {
    /// The snippet cut to `width` columns.
    #[must_use]
    pub fn narrowed(&self, width: usize) -> Self {
        let (start, end) = (self.highlight.start as usize, self.highlight.end as usize);
        let part = |start: usize, end: usize| Span::from_usize(start, end).of(&self.text);
        around(
            part(0, start),
            part(start, end),
            part(end, self.text.len()),
            width,
        )
    }
}

/// The hit with as much context as fits.
fn around(before: &str, found: &str, after: &str, width: usize) -> Snippet {
    let found = one_line(found.graphemes(true).take(width));
    let found_width = found.width().min(width);
    let room = width - found_width;
    let whole_tail = cut_after(after, room);
    let head = cut_before(before, (room / 3).max(room - whole_tail.width().min(room)));
    let tail = cut_after(after, room.saturating_sub(head.width()));
    let start = head.len();
    Snippet {
        highlight: Span::from_usize(start, start + found.len()),
        text: head + &found + &tail,
    }
}

/// The end of the paragraph before the hit, from the beginning of a word.
fn cut_before(before: &str, room: usize) -> String {
    let paragraph = before.rsplit("\n\n").next().unwrap_or_default();
    let mut near: Vec<&str> = paragraph.graphemes(true).rev().take(room * 2 + 2).collect();
    near.reverse();
    let whole = one_line(near.iter().copied());
    let whole = if near.len() < room * 2 + 2 {
        whole.trim_start()
    } else {
        whole.as_str()
    };
    if whole.width() <= room {
        return whole.to_owned();
    }
    let mut width = ELLIPSIS.width();
    let kept: Vec<&str> = whole
        .graphemes(true)
        .rev()
        .take_while(|grapheme| {
            width += grapheme.width();
            width <= room
        })
        .collect();
    let is_at_word = whole.graphemes(true).rev().nth(kept.len()) == Some(" ");
    let cut: String = kept.into_iter().rev().collect();
    let from_word = match cut.split_once(' ') {
        Some((_, rest)) if !is_at_word => rest,
        _ => cut.as_str(),
    };
    if room == 0 {
        String::new()
    } else {
        format!("{ELLIPSIS}{from_word}")
    }
}

/// The beginning of the paragraph after the hit.
fn cut_after(after: &str, room: usize) -> String {
    let paragraph = after.split("\n\n").next().unwrap_or_default();
    let whole = one_line(paragraph.graphemes(true).take(room * 2 + 2));
    if whole.trim_end().width() <= room {
        return whole.trim_end().to_owned();
    }
    let mut width = ELLIPSIS.width();
    let cut: String = whole
        .graphemes(true)
        .take_while(|grapheme| {
            width += grapheme.width();
            width <= room
        })
        .collect();
    if room == 0 {
        String::new()
    } else {
        cut + ELLIPSIS
    }
}

/// Replaces white space by single spaces, and control characters by symbols.
fn one_line<'t>(graphemes: impl Iterator<Item = &'t str>) -> String {
    let mut line = String::new();
    for grapheme in graphemes {
        if grapheme.chars().all(char::is_whitespace) {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.push_str(safe_grapheme(grapheme));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    fn shown(text: &str, hit: &str, width: usize) -> String {
        let start = text.find(hit).unwrap();
        let document = read(text.into(), "a.md").value;
        let snippet = snippet(&document, Span::from_usize(start, start + hit.len()), width);
        assert!(snippet.text.width() <= width, "{snippet:?}");
        let (before, rest) = snippet.text.split_at(snippet.highlight.start as usize);
        let (found, after) = rest.split_at(snippet.highlight.len() as usize);
        format!("{before}[{found}]{after}")
    }

    #[test]
    fn a_hit_is_shown_in_its_line() {
        let text = "Title\n\nThe harbor authority\nfailed on Tuesday to agree a date.\n\nMore.";
        assert_eq!(
            shown(text, "Tuesday", 80),
            "The harbor authority failed on [Tuesday] to agree a date."
        );
        assert_eq!(shown(text, "Tuesday", 30), "…on [Tuesday] to agree a date.");
        assert_eq!(shown(text, "Tuesday", 20), "…on [Tuesday] to agre…");
    }

    #[test]
    fn context_is_cut_to_a_line_later() {
        let text = "Title\n\nThe harbor authority\nfailed on Tuesday to agree a date.\n\nMore.";
        let document = read(text.into(), "a.txt").value;
        let at = text.find("Tuesday").unwrap();
        let context = context(&document, Span::from_usize(at, at + 7), 500);
        assert_eq!(context.text, text);
        assert_eq!(context.narrowed(30).text, "…on Tuesday to agree a date.");
    }

    #[test]
    fn markup_is_not_shown() {
        assert_eq!(
            shown("The *harbor* **authority** failed.", "harbor", 80),
            "The [harbor] authority failed."
        );
    }

    #[test]
    fn narrow_wide_and_hostile_text_does_no_harm() {
        assert_eq!(shown("日本語の文章です", "文章", 9), "…[文章]です");
        assert_eq!(shown("a\u{1b}[31m red", "red", 20), "a␛[31m [red]");
        assert_eq!(shown("abcdef", "abcdef", 3), "[abc]");
        assert_eq!(shown("abcdef", "cd", 0), "[]");
    }
}
