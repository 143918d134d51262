//! How many terminal columns text takes, for layout and drawing alike.
//!
//! The widths are those of ratatui, which draws grapheme by grapheme: a grapheme is as wide as `unicode-width`
//! says, plus a column for each half-width katakana sound mark. [`Clusters`] iterates over graphemes with
//! their widths, and skips the full segmentation where neighbors cannot join.
//!
//! ```
//! use pullquote::text::width::grapheme_width;
//!
//! assert_eq!((grapheme_width("é"), grapheme_width("漢"), grapheme_width("👩‍🚀")), (1, 2, 2));
//! ```

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::display::safe;

/// The columns of one grapheme; 0 for one that ratatui does not draw by itself.
#[must_use]
pub fn grapheme_width(grapheme: &str) -> u16 {
    if grapheme.len() == 1 {
        return 1;
    }
    let marks = grapheme
        .chars()
        .filter(|&point| matches!(point, '\u{FF9E}' | '\u{FF9F}'));
    u16::try_from(grapheme.width() + marks.count()).unwrap_or(u16::MAX)
}

/// The columns of a text that is drawn grapheme by grapheme.
#[must_use]
pub fn text_width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    Clusters::new(text)
        .map(|cluster| usize::from(cluster.width))
        .sum()
}

/// Wraps the words of a text into lines of at most `columns`, in a form that is safe to write to a terminal.
#[must_use]
pub fn wrap(text: &str, columns: u16) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in safe(text).split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if text_width(line) + 1 + text_width(word) <= usize::from(columns) {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// A grapheme of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Its columns.
    pub width: u16,
}

/// An iterator over the graphemes of a text.
#[derive(Debug, Clone)]
pub struct Clusters<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Clusters<'t> {
    /// The graphemes of `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The graphemes of `text` from byte `at` on, which must be the start of one.
    #[must_use]
    pub fn from_byte(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }
}

impl Iterator for Clusters<'_> {
    type Item = Cluster;

    fn next(&mut self) -> Option<Cluster> {
        let start = self.at;
        let rest = self.text.get(start..)?;
        let (len, width) = if let Some(simple) = simple_cluster(rest) {
            simple
        } else {
            let grapheme = rest.graphemes(true).next()?;
            (grapheme.len(), grapheme_width(grapheme))
        };
        let end = start + len;
        self.at = end;
        Some(Cluster { start, end, width })
    }
}

/// The length and width of the first grapheme when it and the next character are simple.
fn simple_cluster(rest: &str) -> Option<(usize, u16)> {
    if let [first, second, ..] = rest.as_bytes()
        && first.is_ascii()
        && second.is_ascii()
        && *first >= b' '
    {
        return Some((1, 1));
    }
    let mut points = rest.chars();
    let first = points.next()?;
    let width = simple_width(first)?;
    match points.next() {
        Some(second) if simple_width(second).is_none() => None,
        _ => Some((first.len_utf8(), width)),
    }
}

/// The width of a character that never joins a neighbor of its kind in a grapheme. Most characters in news are
/// like that.
fn simple_width(point: char) -> Option<u16> {
    match point {
        ' '..='~'
        | '\u{A0}'..='\u{AC}'
        | '\u{AE}'..='\u{2FF}'
        | '\u{384}'..='\u{386}'
        | '\u{388}'..='\u{38A}'
        | '\u{38E}'..='\u{3A1}'
        | '\u{3A3}'..='\u{482}'
        | '\u{48A}'..='\u{52F}'
        | '\u{5D0}'..='\u{5EA}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2018}'..='\u{201F}'
        | '\u{2022}'
        | '\u{2026}'
        | '\u{20AC}' => Some(1),
        '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A0}'..='\u{30FF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::buffer::CellWidth;

    const TRAPS: &[&str] = &[
        "a",
        "é",
        "e\u{301}",
        "漢",
        "ｶﾞ",
        "ﾞ",
        "🇩🇪",
        "👩‍🚀",
        "👍🏽",
        "⌨️",
        "1️⃣",
        "لا",
        "क्षि",
        "각",
        "\u{1100}\u{AC00}",
        "\u{200B}",
        "\u{AD}",
        "\u{202E}",
        "©\u{FE0F}",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "ำ",
        "น้ำ",
        "“\u{FE01}",
        "ᬓᬺ",
    ];

    #[test]
    fn widths_are_ratatuis() {
        for trap in TRAPS {
            for grapheme in trap.graphemes(true) {
                assert_eq!(
                    grapheme_width(grapheme),
                    grapheme.cell_width(),
                    "{grapheme:?}"
                );
            }
        }
    }

    #[test]
    fn simple_characters_are_as_wide_as_ratatui_says() {
        for point in '\0'..=char::MAX {
            if let Some(width) = simple_width(point) {
                assert_eq!(width, point.to_string().as_str().cell_width(), "{point:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn clusters_are_the_graphemes(
            parts in prop::collection::vec(prop_oneof![prop::sample::select(TRAPS).prop_map(str::to_owned), "\\PC{0,3}", "[a-zà-ž “”한漢]{0,3}"], 0..20)
        ) {
            let text = parts.concat();
            let found: Vec<&str> = Clusters::new(&text).map(|cluster| text.get(cluster.start..cluster.end).unwrap()).collect();
            prop_assert_eq!(found, text.graphemes(true).collect::<Vec<_>>());
            for cluster in Clusters::new(&text) {
                prop_assert_eq!(cluster.width, text.get(cluster.start..cluster.end).unwrap().cell_width());
            }
        }
    }
}
