//! Finds letters eight bytes at a time, by arithmetic on a 64-bit word (SWAR).
//!
//! Each function returns a word with the high bit of every byte set that matches, and no other bit.

use crate::text::mix::first_eight;

/// One in each byte; times a number, that number in each byte.
const ONES: u64 = u64::from_le_bytes([0x01; 8]);
/// The high bit of each byte, which no ASCII byte has.
pub(super) const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
/// The bit in which a lower-case ASCII letter differs from its capital.
const LOWER_CASE: u64 = u64::from_le_bytes([0x20; 8]);

/// The bytes that are capital letters.
pub(super) const fn capitals(word: u64) -> u64 {
    let low = word & !HIGH;
    at_least(low, b'A') & !at_least(low, b'Z' + 1) & !word & HIGH
}

/// The bytes that are letters.
const fn letters(word: u64) -> u64 {
    let low = (word & !HIGH) | LOWER_CASE;
    at_least(low, b'a') & !at_least(low, b'z' + 1) & !word & HIGH
}

/// The bytes that are C3, with which the UTF-8 letters from À to ÿ begin.
pub(super) const fn c3_bytes(word: u64) -> u64 {
    let difference = word ^ (ONES * 0xC3);
    !(((difference & !HIGH) + !HIGH) | difference) & HIGH
}

/// Sets the high bit of each byte that is `least` or more; all bytes are below 0x80.
const fn at_least(low: u64, least: u8) -> u64 {
    low + ONES * (0x80 - least as u64)
}

/// The ASCII letters that `bytes` begin with, in lower case; at most eight, followed by zeros.
pub(super) const fn leading_letters(bytes: &[u8]) -> u64 {
    let word = first_eight(bytes);
    let others = !letters(word) & HIGH;
    let below_first_other = if others == 0 {
        u64::MAX
    } else {
        (1 << (others.trailing_zeros() & !7)) - 1
    };
    (word | LOWER_CASE) & below_first_other
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes whose high bit is set.
    fn marked(word: u64) -> Vec<bool> {
        word.to_le_bytes()
            .iter()
            .map(|byte| *byte == 0x80)
            .collect()
    }

    #[test]
    fn each_byte_is_judged_by_itself() {
        for byte in 0..=u8::MAX {
            let bytes = [b'A', byte, 0, byte, 0xFF, byte, b'z', byte];
            let word = u64::from_le_bytes(bytes);
            let expected = |is: fn(&u8) -> bool| bytes.iter().map(is).collect::<Vec<_>>();
            assert_eq!(marked(capitals(word)), expected(u8::is_ascii_uppercase));
            assert_eq!(marked(letters(word)), expected(u8::is_ascii_alphabetic));
            assert_eq!(marked(c3_bytes(word)), expected(|byte| *byte == 0xC3));
        }
    }

    #[test]
    fn the_first_word_is_cut_at_what_is_no_letter() {
        let of = |text: &str| leading_letters(text.as_bytes());
        assert_eq!(of("U.S. troops"), u64::from(b'u'));
        assert_eq!(of("Peru"), of("PERU, Indiana"));
        assert_eq!(of("Argentina"), of("argentinosaurus"));
        assert_eq!(of("Österreich"), 0);
    }
}
