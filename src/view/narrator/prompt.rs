//! The prompt line, extended in place while the user types.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::command::prompt::{Prompt, Purpose};
use crate::app::corrections::kind::CorrectionKind;
use crate::text::display::safe;
use crate::text::width::text_width;

/// The label and the typed text.
pub(super) fn line(prompt: &Prompt) -> String {
    let question = match prompt.purpose {
        Purpose::Find { .. } => "Find in the article",
        Purpose::FindInFolder => "Find in the folder",
        Purpose::Filter => "Filter",
        Purpose::Command => "Command",
        Purpose::Pipe => "Pipe to command",
        Purpose::Save => "Save to file",
        Purpose::Correct(CorrectionKind::Quotation) => "Said by",
        Purpose::Correct(CorrectionKind::Name) => "Rename to",
        Purpose::Correct(_) => "Same as",
    };
    format!("{question}: {}", safe(prompt.text()))
}

/// The output that turns `old` into `new`: more letters, backspaces, or the whole line again.
pub(super) fn change(old: &str, new: &str) -> String {
    if let Some(more) = new.strip_prefix(old) {
        return more.to_owned();
    }
    match old.strip_prefix(new) {
        Some(less) => {
            let columns = less.graphemes(true).map(text_width).sum();
            "\x08 \x08".repeat(columns)
        }
        None => format!("\n{new}"),
    }
}

#[cfg(test)]
mod tests {
    use super::change;

    #[test]
    fn only_the_end_of_the_line_is_written() {
        assert_eq!(change("", "Find: "), "Find: ");
        assert_eq!(change("Find: a", "Find: ab"), "b");
        assert_eq!(change("Find: a日", "Find: a"), "\x08 \x08\x08 \x08");
        assert_eq!(change("Find: ab", "Find: cb"), "\nFind: cb");
        assert_eq!(change("Find: ab", "Find: ab"), "");
    }
}
