//! Comparing paths as a person would.

use std::cmp::Ordering;

/// Compares paths as a person would: numbers by value (`9.txt` before `10.txt`), letters without
/// regard to case, and the contents of a folder before names that begin with the folder's name.
#[must_use]
pub fn natural_cmp(a: &str, b: &str) -> Ordering {
    natural_cmp_bytes(a.as_bytes(), b.as_bytes())
}

pub(super) fn natural_cmp_bytes(a: &[u8], b: &[u8]) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        match (left, right) {
            ([], []) => return a.cmp(b),
            ([], _) => return Ordering::Less,
            (_, []) => return Ordering::Greater,
            ([x, ..], [y, ..]) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (x, left_rest) = split_number(left);
                let (y, right_rest) = split_number(right);
                let ordering = x.len().cmp(&y.len()).then_with(|| x.cmp(y));
                if ordering != Ordering::Equal {
                    return ordering;
                }
                (left, right) = (left_rest, right_rest);
            }
            ([x, left_rest @ ..], [y, right_rest @ ..]) => {
                let ordering = rank(*x).cmp(&rank(*y));
                if ordering != Ordering::Equal {
                    return ordering;
                }
                (left, right) = (left_rest, right_rest);
            }
        }
    }
}

/// The number at the start without leading zeros, and the rest.
fn split_number(text: &[u8]) -> (&[u8], &[u8]) {
    let n_digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (mut number, rest) = text.split_at(n_digits);
    while let [b'0', further @ ..] = number
        && !further.is_empty()
    {
        number = further;
    }
    (number, rest)
}

/// The separator of folders sorts before everything else.
fn rank(byte: u8) -> u8 {
    if byte == b'/' {
        0
    } else {
        byte.to_ascii_lowercase()
    }
}
