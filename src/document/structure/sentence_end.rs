//! Recognizes lines that end a sentence, to find headlines and the ends of paragraphs.

/// Returns whether a line ends like a sentence or a lead-in, perhaps with closing marks.
pub(in crate::document) fn ends_sentence(line: &str) -> bool {
    // Nearly all lines end in a word or a comma.
    if line.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ',') {
        return false;
    }
    let inner = line.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '」', '』', '*', '_']);
    inner.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '۔', '؟'])
}
