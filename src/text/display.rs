//! The only filter between article text and a terminal.
//!
//! Articles, titles and file names are not trusted: an escape sequence in them must not reach the terminal,
//! and a bidirectional override must not reverse a line. [`safe`] filters strings, [`safe_grapheme`]
//! filters what layout puts in one cell. Both borrow harmless text, which is nearly all text.
//!
//! ```
//! use pullquote::text::display::safe;
//!
//! assert_eq!(safe("a\x1B[31mb"), "a␛[31mb");
//! ```

use std::borrow::Cow;

/// Visible symbols for the control characters U+0000 to U+001F. White space becomes a space.
const CONTROLS: [&str; 32] = [
    "␀", "␁", "␂", "␃", "␄", "␅", "␆", "␇", "␈", " ", " ", "␋", " ", "␍", "␎", "␏", "␐", "␑", "␒",
    "␓", "␔", "␕", "␖", "␗", "␘", "␙", "␚", "␛", "␜", "␝", "␞", "␟",
];

/// Shown for dangerous characters that have no symbol.
const REPLACEMENT: &str = "\u{FFFD}";

/// The string in a form that is safe to write to a terminal, on one line.
#[must_use]
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (0x20..0x7F).contains(&byte))
        || text.chars().all(|c| shown(c).is_none())
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match shown(c) {
            // CR LF becomes one space.
            Some(_) if c == '\r' && chars.peek() == Some(&'\n') => {}
            Some(symbol) => out.push_str(symbol),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The grapheme in a form that is safe to write to a terminal: itself, a symbol, or "" if it is invisible.
#[must_use]
pub fn safe_grapheme(grapheme: &str) -> &str {
    if let [byte] = grapheme.as_bytes() {
        return shown(char::from(*byte)).unwrap_or(grapheme);
    }
    if grapheme.chars().all(|c| shown(c).is_none()) {
        return grapheme;
    }
    if grapheme == "\r\n" {
        return " ";
    }
    // The flags of England, Scotland and Wales encode their names in tags.
    if grapheme.starts_with('\u{1F3F4}') && grapheme.chars().all(is_flag_part) {
        return grapheme;
    }
    let mut chars = grapheme.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => shown(c).unwrap_or(grapheme),
        _ => REPLACEMENT,
    }
}

/// The black flag, or a tag after it.
fn is_flag_part(c: char) -> bool {
    matches!(c, '\u{1F3F4}' | '\u{E0020}'..='\u{E007F}')
}

/// The replacement of a character; `None` for harmless characters.
#[expect(
    clippy::match_same_arms,
    reason = "the order and the comments group the characters"
)]
fn shown(c: char) -> Option<&'static str> {
    match c {
        // Nearly all text.
        ' '..='~' | '\u{AE}'..='\u{17FF}' | '\u{200C}'..='\u{2027}' | '\u{3000}'..='\u{D7FF}' => {
            None
        }
        '\0'..='\u{1F}' => CONTROLS.get(c as usize).copied(),
        '\u{7F}' => Some("␡"),
        // NEL and the line and paragraph separators end lines.
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some(" "),
        // C1 controls, bidirectional overrides, embeddings and isolates, annotation marks.
        '\u{80}'..='\u{9F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FFF9}'..='\u{FFFB}' => Some(REPLACEMENT),
        // Invisible: soft hyphen, zero-width space, word joiner and operators, byte order mark, tags.
        // The joiners U+200C and U+200D stay: Persian, Hindi and emoji need them.
        '\u{AD}'
        | '\u{180E}'
        | '\u{200B}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{E0000}'..='\u{E007F}' => Some(""),
        '\u{FDD0}'..='\u{FDEF}' => Some(REPLACEMENT),
        _ if c as u32 & 0xFFFE == 0xFFFE => Some(REPLACEMENT),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn ordinary_text_is_borrowed() {
        for text in ["", "Kirby said.", "“Ja,” – é 東京 👩‍👩‍👧 می‌خواهم"]
        {
            assert!(matches!(safe(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn controls_become_symbols_and_line_ends_spaces() {
        assert_eq!(safe("a\x1B]0;x\x07b\x7F"), "a␛]0;x␇b␡");
        assert_eq!(safe("a\r\nb\nc\rd\te"), "a b c␍d e");
        assert_eq!(safe("a\u{9B}31m\u{85}b\u{2028}c"), "a\u{FFFD}31m b c");
    }

    #[test]
    fn nothing_turns_text_around_or_hides_in_it() {
        assert_eq!(safe("exe.\u{202E}txt\u{2066}"), "exe.\u{FFFD}txt\u{FFFD}");
        assert_eq!(safe("pay\u{200B}\u{AD}\u{FEFF}pal\u{E0041}"), "paypal");
        assert_eq!(
            safe("\u{FFFE}\u{1FFFF}\u{FDD0}"),
            "\u{FFFD}\u{FFFD}\u{FFFD}"
        );
    }

    #[test]
    fn the_flag_of_scotland_is_one_grapheme_and_harmless() {
        let flag = "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}";
        assert_eq!(safe_grapheme(flag), flag);
        assert_eq!(safe_grapheme("🏴\u{E0001}"), "\u{FFFD}");
    }

    proptest! {
        #[test]
        fn no_output_is_dangerous(text in "(\\PC|[\0-\u{9F}]|[\u{2028}-\u{202E}\u{2060}-\u{206F}\u{FEFF}\u{FFFE}\u{AD}]){0,40}") {
            let whole = safe(&text);
            let pieces: String = text.graphemes(true).map(safe_grapheme).collect();
            for out in [whole.as_ref(), &pieces] {
                let is_safe = |c: char| !c.is_control() && !matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{FEFF}' | '\u{FFFE}');
                prop_assert!(out.chars().all(is_safe), "{:?}", out);
            }
            prop_assert!(matches!(safe(&whole), Cow::Borrowed(_)));
        }
    }
}
