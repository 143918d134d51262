//! Markup that note programs and web clippers add to Markdown: `==highlights==`, `%%comments%%`,
//! callouts (`> [!quote]`) and block identifiers (`^a1b2c3`).

use std::ops::Range;

use crate::text::span::slice;

/// The longest comment or highlight, in bytes; anything longer was not meant as one.
const LONGEST: usize = 8 * 1024;
/// The longest name of a callout and of a block, in bytes.
const LONGEST_NAME: usize = 40;

/// Returns the ranges of such markup in a text that begins at `start`, in order and disjoint.
pub(super) fn marks(body: &str, start: usize) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if let Some(range) = callout(line) {
            marks.push(range.start + at..range.end + at);
        }
        if let Some(range) = block_name(line) {
            marks.push(range.start + at..range.end + at);
        }
        at += line.len();
    }
    comments(body, &mut marks);
    highlights(body, &mut marks);
    marks.sort_by_key(|range| range.start);
    let mut end = 0;
    marks.retain(|range| {
        let is_free = range.start >= end;
        end = end.max(range.end);
        is_free
    });
    for range in &mut marks {
        *range = range.start + start..range.end + start;
    }
    marks
}

/// Finds `[!quote]-` at the beginning of a quoted line.
fn callout(line: &str) -> Option<Range<usize>> {
    let inner = line.trim_start_matches([' ', '>']);
    let begin = line.len() - inner.len();
    let name = inner.strip_prefix("[!")?;
    let length = name.find(']').filter(|&length| length <= LONGEST_NAME)?;
    let is_name = name
        .get(..length)?
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '|' | ' '));
    let is_quoted = line.get(..begin)?.contains('>');
    let mut end = begin + 2 + length + 1;
    end += usize::from(line.get(end..)?.starts_with(['-', '+']));
    (is_quoted && is_name).then_some(begin..end)
}

/// Finds ` ^a1b2c3` at the end of a line.
fn block_name(line: &str) -> Option<Range<usize>> {
    let shown = line.trim_end();
    let at = shown
        .rfind('^')
        .filter(|&at| shown.len() - at <= LONGEST_NAME)?;
    let name = shown.get(at + 1..)?;
    let is_name = name.len() >= 4
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let stands_apart = shown.get(..at)?.ends_with(' ');
    (is_name && stands_apart).then_some(at..shown.len())
}

/// Finds `%%…%%`.
fn comments(body: &str, marks: &mut Vec<Range<usize>>) {
    let mut open: Option<usize> = None;
    let mut next = 0;
    for at in memchr::memmem::find_iter(body.as_bytes(), b"%%") {
        if at < next {
            continue;
        }
        next = at + 2;
        match open.take() {
            Some(begin) if at - begin <= LONGEST => marks.push(begin..at + 2),
            _ => open = Some(at),
        }
    }
}

/// Finds the marks of `==…==` around words of one line.
fn highlights(body: &str, marks: &mut Vec<Range<usize>>) {
    let mut open: Option<usize> = None;
    for at in memchr::memmem::find_iter(body.as_bytes(), b"==") {
        let before = body.get(..at).and_then(|before| before.chars().next_back());
        let after = body.get(at + 2..).and_then(|after| after.chars().next());
        // A row of them is a rule, not a mark.
        if before == Some('=') || after == Some('=') {
            open = None;
            continue;
        }
        let is_word = |c: Option<char>| matches!(c, Some(c) if !c.is_whitespace());
        let (may_close, may_open) = (is_word(before), is_word(after));
        match open {
            Some(begin)
                if may_close && at - begin <= LONGEST && !slice(body, begin..at).contains('\n') =>
            {
                marks.push(begin..begin + 2);
                marks.push(at..at + 2);
                open = None;
            }
            _ if may_open => open = Some(at),
            _ => open = None,
        }
    }
}
