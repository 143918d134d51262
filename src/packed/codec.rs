//! Encoding of numbers and texts in records: small numbers take one byte, ASCII text is compressed.

use std::borrow::Cow;

use super::byte_pairs::{WordFinder, compress, decompress, decompress_into};

/// Set in every byte of a number but the last; the other seven bits are the number's.
const CONTINUES: u8 = 0x80;

/// The number of some things as records store it.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Writes a record.
#[derive(Debug, Default)]
pub(crate) struct RecordWriter(Vec<u8>);

impl RecordWriter {
    /// A writer with room for a record of `n_bytes`.
    pub(crate) fn with_capacity(n_bytes: usize) -> Self {
        Self(Vec::with_capacity(n_bytes))
    }

    /// Appends a byte.
    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Appends bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Appends a number in LEB128: seven bits a byte, the lowest first.
    pub(crate) fn number(&mut self, number: u64) {
        let mut rest = number;
        loop {
            let [low, ..] = rest.to_le_bytes();
            rest >>= 7;
            if rest == 0 {
                return self.0.push(low);
            }
            self.0.push(low | CONTINUES);
        }
    }

    /// Appends a number that may be negative.
    pub(crate) fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63).cast_unsigned());
    }

    /// Appends a text. The lowest bit of its length is 0 if it is compressed.
    pub(crate) fn text(&mut self, text: &str) {
        if text.is_ascii() {
            let mut compressed = Vec::with_capacity(text.len());
            compress(text, &mut compressed);
            self.number((compressed.len() as u64) << 1);
            self.bytes(&compressed);
        } else {
            self.number((text.len() as u64) << 1 | 1);
            self.bytes(text.as_bytes());
        }
    }

    /// The length of the record so far.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The record.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Reads a record from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct RecordReader<'b>(&'b [u8]);

impl<'b> RecordReader<'b> {
    #[inline]
    pub(crate) const fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// The next byte.
    #[inline]
    pub(crate) fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        first
    }

    /// The next `count` bytes, or all that are left.
    #[inline]
    pub(crate) fn bytes(&mut self, count: usize) -> &'b [u8] {
        let (bytes, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        bytes
    }

    /// The next number.
    #[inline]
    pub(crate) fn number(&mut self) -> u64 {
        // Nearly all numbers are small.
        if let Some((&first, rest)) = self.0.split_first()
            && first < CONTINUES
        {
            self.0 = rest;
            return u64::from(first);
        }
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & !CONTINUES) << shift;
            if byte < CONTINUES {
                break;
            }
        }
        number
    }

    /// The next number as a count of things.
    #[inline]
    pub(crate) fn count(&mut self) -> u32 {
        u32::try_from(self.number()).unwrap_or(u32::MAX)
    }

    /// The next number as a length or an offset in the record.
    #[inline]
    pub(crate) fn length(&mut self) -> usize {
        usize::try_from(self.number()).unwrap_or(usize::MAX)
    }

    /// The next number, which may be negative.
    pub(crate) fn signed(&mut self) -> i64 {
        let number = self.number();
        (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
    }

    /// The next text.
    #[inline]
    pub(crate) fn text(&mut self) -> PackedText<'b> {
        let length = self.length();
        PackedText {
            bytes: self.bytes(length >> 1),
            is_compressed: length & 1 == 0,
        }
    }

    /// The bytes that are left.
    #[inline]
    pub(crate) const fn rest(&self) -> &'b [u8] {
        self.0
    }

    /// Whether no bytes are left.
    #[inline]
    pub(crate) const fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}

/// A text in a record. Equal texts have equal bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct PackedText<'b> {
    bytes: &'b [u8],
    /// Whether it is compressed ASCII, not UTF-8.
    is_compressed: bool,
}

impl<'b> PackedText<'b> {
    /// The text.
    pub(crate) fn decode(self) -> Cow<'b, str> {
        if self.is_compressed && !self.bytes.is_ascii() {
            return Cow::Owned(decompress(self.bytes));
        }
        String::from_utf8_lossy(self.bytes)
    }

    /// Appends the text to a string.
    pub(crate) fn decode_into(self, text: &mut String) {
        if self.is_compressed {
            decompress_into(self.bytes, text);
        } else {
            text.push_str(&String::from_utf8_lossy(self.bytes));
        }
    }

    /// Whether the text contains a word; `None` if it has to be decoded to know.
    pub(crate) fn contains(self, word: &WordFinder) -> Option<bool> {
        self.is_compressed.then(|| word.is_in(self.bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(number in any::<u64>(), signed in any::<i64>(), text in ".*") {
            let mut writer = RecordWriter::default();
            writer.number(number);
            writer.text(&text);
            writer.signed(signed);
            let bytes = writer.into_bytes();
            let mut reader = RecordReader::new(&bytes);
            prop_assert_eq!(reader.number(), number);
            let read = reader.text();
            prop_assert_eq!(read.decode(), text.as_str());
            prop_assert_eq!(reader.signed(), signed);
            prop_assert!(reader.is_at_end());
        }

        #[test]
        fn anything_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut reader = RecordReader::new(&bytes);
            while !reader.is_at_end() {
                let _ = (reader.number(), reader.text().decode().len(), reader.signed());
            }
        }
    }
}
