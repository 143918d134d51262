//! Numbers and words one after the other: small numbers take one byte.

use std::borrow::Cow;

use super::byte_pairs::{WordFinder, compress, decompress, decompress_into};

/// Writes a record.
#[derive(Debug, Default)]
pub(crate) struct RecordWriter(Vec<u8>);

impl RecordWriter {
    /// A record of about so many bytes.
    pub(crate) fn with_capacity(n_bytes: usize) -> Self {
        Self(Vec::with_capacity(n_bytes))
    }

    /// Adds a byte.
    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Adds bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Adds a number: seven bits a byte, the lowest first.
    pub(crate) fn number(&mut self, number: u64) {
        let mut rest = number;
        while rest >= 0x80 {
            self.0.push(u8::try_from(rest & 0x7F).unwrap_or(0) | 0x80);
            rest >>= 7;
        }
        self.0.push(u8::try_from(rest).unwrap_or(0));
    }

    /// Adds a number that may be below zero.
    pub(crate) fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63).cast_unsigned());
    }

    /// Adds words; the last bit of their length tells how they are written.
    pub(crate) fn text(&mut self, text: &str) {
        if text.is_ascii() {
            let mut short = Vec::with_capacity(text.len());
            compress(text, &mut short);
            self.number((short.len() as u64) << 1);
            self.bytes(&short);
        } else {
            self.number((text.len() as u64) << 1 | 1);
            self.bytes(text.as_bytes());
        }
    }

    /// How many bytes there are so far.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The record.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Reads a record from its beginning.
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
        match self.0.split_first() {
            Some((&first, rest)) => {
                self.0 = rest;
                first
            }
            None => 0,
        }
    }

    /// The next bytes, as they are.
    #[inline]
    pub(crate) fn bytes(&mut self, count: usize) -> &'b [u8] {
        let (bytes, rest) = self.0.split_at_checked(count).unwrap_or((self.0, &[]));
        self.0 = rest;
        bytes
    }

    /// The next number.
    #[inline]
    pub(crate) fn number(&mut self) -> u64 {
        // Nearly all numbers are small.
        if let Some((&first, rest)) = self.0.split_first()
            && first < 0x80
        {
            self.0 = rest;
            return u64::from(first);
        }
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    /// The next number, as a small one.
    #[inline]
    pub(crate) fn count(&mut self) -> u32 {
        u32::try_from(self.number()).unwrap_or(u32::MAX)
    }

    /// The next number that may be below zero.
    pub(crate) fn signed(&mut self) -> i64 {
        let number = self.number();
        (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
    }

    /// The next words.
    #[inline]
    pub(crate) fn text(&mut self) -> PackedText<'b> {
        let length = self.number();
        let bytes = self.bytes(usize::try_from(length >> 1).unwrap_or(usize::MAX));
        PackedText {
            bytes,
            is_short: length & 1 == 0,
        }
    }

    /// What is left.
    #[inline]
    pub(crate) const fn rest(&self) -> &'b [u8] {
        self.0
    }
}

/// Words in a record. The same words are the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct PackedText<'b> {
    bytes: &'b [u8],
    /// Whether it is ASCII, shortened.
    is_short: bool,
}

impl<'b> PackedText<'b> {
    /// The words.
    pub(crate) fn words(self) -> Cow<'b, str> {
        if self.is_short && !self.bytes.is_ascii() {
            return Cow::Owned(decompress(self.bytes));
        }
        String::from_utf8_lossy(self.bytes)
    }

    /// Adds the words to others.
    pub(crate) fn add_to(self, words: &mut String) {
        if self.is_short {
            decompress_into(self.bytes, words);
        } else {
            words.push_str(&String::from_utf8_lossy(self.bytes));
        }
    }

    /// Whether a word stands here; nothing where that cannot be told from the record.
    pub(crate) fn has(self, word: &WordFinder) -> Option<bool> {
        self.is_short.then(|| word.stands_in(self.bytes))
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
            prop_assert_eq!(read.words(), text.as_str());
            prop_assert_eq!(reader.signed(), signed);
            prop_assert!(reader.rest().is_empty());
        }

        #[test]
        fn anything_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut reader = RecordReader::new(&bytes);
            while !reader.rest().is_empty() {
                let _ = (reader.number(), reader.text().words().len(), reader.signed());
            }
        }
    }
}
