//! Whether a line ends a sentence, which decides what is a headline and where paragraphs end.

/// Whether a line ends as a sentence or a heading does, perhaps with closing marks.
pub(in crate::document) fn ends_sentence(line: &str) -> bool {
    // Nearly all lines end in a word or a comma.
    if line.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ',') {
        return false;
    }
    let inner = line.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '」', '』', '*', '_']);
    inner.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '۔', '؟'])
}
