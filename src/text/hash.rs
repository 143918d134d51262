//! The hash of stored bytes: XXH3, the same on every machine, in every run and in every version.

use twox_hash::XxHash3_64;

/// The XXH3 hash of some bytes.
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_the_reference_values_of_xxh3() {
        assert_eq!(hash(b""), 0x2D06_8005_38D3_94C2);
        assert_eq!(hash(b"harbor talks"), 11_759_978_354_448_660_749);
    }
}
