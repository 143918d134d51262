//! Splits a mailbox into mails. Each follows a line that begins with `From `.
//!
//! Other lines may begin like that too. A separator comes first in the file or after an empty line, and
//! has a year in it; most programs write `>` before any other such line.

use std::borrow::Cow;

use memchr::memmem;

use crate::document::formats::sniff;
use crate::document::strings::{first_line, without_prefix};

/// Returns the mails of a mailbox, without the separator lines.
pub(super) fn mails(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let after_blank = |&at: &usize| {
        let before = &bytes[..at];
        before.is_empty() || before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n")
    };
    let line_starts = memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1);
    let mut starts = std::iter::once(0)
        .chain(line_starts)
        .filter(after_blank)
        .filter(|&at| sniff::is_mailbox(&bytes[at..]))
        .peekable();
    std::iter::from_fn(move || {
        let start = starts.next()?;
        let whole = match starts.peek() {
            Some(&end) => &bytes[start..end],
            None => &bytes[start..],
        };
        let separator = first_line(whole);
        Some(without_prefix(&whole[separator.len()..], b"\n"))
    })
}

/// Undoes the marks that the mailbox added to lines of a mail.
pub(super) fn unquoted(mail: &[u8]) -> Cow<'_, [u8]> {
    if memmem::find(mail, b">From ").is_none() {
        return Cow::Borrowed(mail);
    }
    let mut plain = Vec::with_capacity(mail.len());
    for line in mail.split_inclusive(|&byte| byte == b'\n') {
        let marks = line.iter().take_while(|&&byte| byte == b'>').count();
        let is_marked = marks > 0 && line[marks..].starts_with(b"From ");
        plain.extend_from_slice(&line[usize::from(is_marked)..]);
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
