//! Converts byte offsets to offsets in code points, the unit of exported files.
//!
//! Inside the program every offset is in bytes. Exported records have offsets in Unicode code points,
//! because Python and most other consumers index by them. [`CodePoints`] is the only converter.
//!
//! ```
//! use pullquote::text::offsets::CodePoints;
//!
//! let mut points = CodePoints::new("é “a”");
//! assert_eq!(points.at(3), 2);
//! ```

/// Converts byte offsets of one text to code point offsets. Rising offsets are fastest.
#[derive(Debug)]
pub struct CodePoints<'t> {
    bytes: &'t [u8],
    byte: usize,
    point: usize,
}

impl<'t> CodePoints<'t> {
    /// A converter for `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            byte: 0,
            point: 0,
        }
    }

    /// The number of code points before byte `offset`.
    pub fn at(&mut self, offset: u32) -> usize {
        let target = (offset as usize).min(self.bytes.len());
        let (low, high) = (self.byte.min(target), self.byte.max(target));
        let between = count_starts(&self.bytes[low..high]);
        self.point = if target >= self.byte {
            self.point + between
        } else {
            self.point - between
        };
        self.byte = target;
        self.point
    }
}

/// How many bytes are counted in a `u8` before it overflows. A `u8` lets the compiler count 16 bytes at a time.
const COUNTED_IN_A_BYTE: usize = 128;

/// How many code points start in `bytes`: all bytes except the continuation bytes `10xxxxxx`.
fn count_starts(bytes: &[u8]) -> usize {
    let count = |chunk: &[u8]| {
        chunk
            .iter()
            .map(|&byte| u8::from((byte & 0xC0) != 0x80))
            .sum::<u8>()
    };
    bytes
        .chunks(COUNTED_IN_A_BYTE)
        .map(|chunk| usize::from(count(chunk)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_counted_forwards_and_backwards() {
        let text = "a“b”c🙂d";
        let mut points = CodePoints::new(text);
        for (index, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(u32::try_from(byte).unwrap()), index);
        }
        assert_eq!(points.at(4), 2);
        assert_eq!(points.at(0), 0);
        assert_eq!(CodePoints::new(&"é1".repeat(500)).at(1500), 1000);
        assert_eq!(points.at(1000), text.chars().count());
    }
}
