//! Link targets that are safe to pass to a terminal or another program.
//!
//! The target of a link is no more trusted than the text of its article. Only web addresses and files are
//! accepted. Everything in them but printable ASCII is percent-encoded (RFC 3986), and a target with a
//! control character is rejected.
//!
//! ```
//! use pullquote::text::target::safe_target;
//!
//! assert_eq!(safe_target("https://example.org/été").as_deref(), Some("https://example.org/%C3%A9t%C3%A9"));
//! assert_eq!(safe_target("https://example.org/\x1b]0;owned\x07"), None);
//! assert_eq!(safe_target("javascript:alert(1)"), None);
//! ```

use std::fmt::Write as _;

/// The longest target in bytes; terminals have limits of about this size.
const LONGEST: usize = 2000;

/// The accepted schemes.
const SCHEMES: [&str; 3] = ["https://", "http://", "file://"];

/// The target in a form that is safe in an escape sequence and for other programs; `None` if it is rejected.
#[must_use]
pub fn safe_target(target: &str) -> Option<String> {
    let target = target.trim();
    let scheme = SCHEMES.into_iter().find(|scheme| {
        let start = target.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let rest = target.get(scheme.len()..)?;
    let begins_well = if scheme == "file://" {
        rest.starts_with('/') || rest.starts_with("localhost/")
    } else {
        rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
    };
    if !begins_well || target.len() > LONGEST || target.chars().any(char::is_control) {
        return None;
    }
    let mut safe = scheme.to_owned();
    for byte in rest.bytes() {
        match byte {
            b'!'..=b'~' if !b"\"<>\\^`{|}".contains(&byte) => safe.push(char::from(byte)),
            _ => {
                let _ = write!(safe, "%{byte:02X}");
            }
        }
    }
    (safe.len() <= LONGEST).then_some(safe)
}

/// The same for targets that a browser opens, which excludes files.
#[must_use]
pub fn web_target(target: &str) -> Option<String> {
    safe_target(target).filter(|target| target.starts_with("http"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_pass_as_they_are() {
        for target in [
            "https://example.org/a?b=c&d=e#f",
            "http://user@[::1]:8080/~x/%20;y=1,2",
            "file:///srv/news/a.txt",
        ] {
            assert_eq!(safe_target(target).as_deref(), Some(target));
        }
        let mixed = safe_target("  HTTPS://Example.org  ");
        assert_eq!(mixed.as_deref(), Some("https://Example.org"));
        assert_eq!(web_target("file:///etc/passwd"), None);
    }

    #[test]
    fn what_is_no_address_does_not() {
        for target in [
            "",
            "other.md",
            "#note",
            "mailto:a@example.org",
            "data:text/html,x",
            "https://",
            "https:///path",
            "file://server/share",
            "https://example.org/a\nb",
            "https://example.org/\u{9b}31m",
        ] {
            assert_eq!(safe_target(target), None, "{target:?}");
        }
        let long = format!("https://example.org/{}", "é".repeat(LONGEST / 3));
        assert_eq!(safe_target(&long), None);
    }

    proptest! {
        #[test]
        fn nothing_breaks_out_of_a_sequence(rest in "(\\PC|[\0-\u{9F}\u{202E}]){0,40}") {
            for scheme in SCHEMES {
                if let Some(safe) = safe_target(&format!("{scheme}{rest}")) {
                    prop_assert!(safe.bytes().all(|byte| (b'!'..=b'~').contains(&byte)), "{safe:?}");
                }
            }
        }
    }
}
