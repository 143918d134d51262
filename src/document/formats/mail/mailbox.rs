//! Splits a mailbox into mails, each of which follows a line that begins with `From `.
//!
//! Other lines may begin like that too. A separator comes first in the file or after an empty line, and
//! has a year in it; most programs write `>` before any other such line.

use std::borrow::Cow;

use memchr::memmem;

/// Returns whether the bytes begin like a mailbox.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    is_start(bytes)
}

/// Returns the mails of a mailbox, without the separator lines.
pub(super) fn mails(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let after_blank = |&at: &usize| {
        let before = bytes.get(..at).unwrap_or_default();
        before.is_empty() || before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n")
    };
    let line_starts = memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1);
    let mut starts = std::iter::once(0)
        .chain(line_starts)
        .filter(after_blank)
        .filter(|&at| is_start(bytes.get(at..).unwrap_or_default()))
        .peekable();
    std::iter::from_fn(move || {
        let start = starts.next()?;
        let end = starts.peek().copied().unwrap_or(bytes.len());
        let whole = bytes.get(start..end)?;
        let line_end = memchr::memchr(b'\n', whole).map_or(whole.len(), |at| at + 1);
        whole.get(line_end..)
    })
}

/// Returns whether the bytes begin with a separator line.
fn is_start(bytes: &[u8]) -> bool {
    let window = bytes.get(..bytes.len().min(400)).unwrap_or_default();
    let line = window
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    let is_year = |word: &[u8]| {
        word.len() == 4
            && word.iter().all(u8::is_ascii_digit)
            && (word.starts_with(b"19") || word.starts_with(b"20"))
    };
    let mut words = line.split(u8::is_ascii_whitespace);
    words.next() == Some(b"From") && words.any(is_year)
}

/// Undoes the marks that the mailbox added to lines of a mail.
pub(super) fn unquoted(mail: &[u8]) -> Cow<'_, [u8]> {
    if memmem::find(mail, b">From ").is_none() {
        return Cow::Borrowed(mail);
    }
    let mut plain = Vec::with_capacity(mail.len());
    for line in mail.split_inclusive(|&byte| byte == b'\n') {
        let marks = line.iter().take_while(|&&byte| byte == b'>').count();
        let is_marked = marks > 0
            && line
                .get(marks..)
                .is_some_and(|rest| rest.starts_with(b"From "));
        plain.extend_from_slice(line.get(usize::from(is_marked)..).unwrap_or_default());
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_from_part_mails_only_where_they_may() {
        let text = b"From a@b Wed Mar  4 08:30:00 2026\nSubject: a\n\nFrom there we left.\n\nFrom here on, too.\n\n>From me\n\nFrom - Thu Mar 05 09:00:00 2026\r\nSubject: b\n\nx\n";
        let found: Vec<_> = mails(text).map(unquoted).collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with(b"Subject: a") && found[0].ends_with(b"\n\nFrom me\n\n"));
        assert!(found[1].starts_with(b"Subject: b"));
    }
}
