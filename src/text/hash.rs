//! A number of some bytes, the same on every machine, in every run and in every version, so that it may be kept.

/// A hash of bytes, 64 bits.
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let step = |hash: u64, word: u64| {
        let mixed = (hash ^ word).wrapping_mul(FACTOR);
        mixed ^ (mixed >> 29)
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let mut hash = words.iter().fold(bytes.len() as u64, |hash, word| {
        step(hash, u64::from_le_bytes(*word))
    });
    for &byte in rest {
        hash = step(hash, u64::from(byte));
    }
    step(hash, FACTOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_tell_bytes_apart() {
        let texts: [&[u8]; 6] = [
            b"",
            b"\0",
            b"\0\0",
            b"harbor talks",
            b"harbor talkS",
            b"Harbor talks",
        ];
        for (at, one) in texts.iter().enumerate() {
            for other in texts.iter().skip(at + 1) {
                assert_ne!(hash(one), hash(other));
            }
        }
        assert_eq!(hash(b"harbor"), hash(b"harbor"));
    }

    #[test]
    fn hashes_are_what_they_always_were() {
        assert_eq!(hash(b"harbor talks"), 0x4E33_68DE_5118_F545);
    }
}
