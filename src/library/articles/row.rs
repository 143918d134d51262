//! The row of an article in the table of articles.

use crate::packed::Address;

/// The part of an article that has a fixed size; addresses lead to the rest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleRow {
    /// The name of its file.
    pub(crate) file: Address,
    /// Its [`PackedMeta`](super::packed_meta::PackedMeta), once the article was surveyed.
    pub(crate) meta: Address,
    /// Which of the articles in its file, from 0.
    pub(crate) part: u32,
    pub(crate) marks: Marks,
    /// For the first article of a file: size and time of the file when it was surveyed, as one
    /// number; 0 if unknown.
    pub(crate) stamp: u64,
}

impl ArticleRow {
    /// The row of no article.
    pub(crate) const NONE: Self = Self {
        file: Address::NONE,
        meta: Address::NONE,
        part: 0,
        marks: Marks(Marks::GONE),
        stamp: 0,
    };

    /// A row for an article that was just found.
    pub(crate) fn new(file: Address, part: u32) -> Self {
        Self {
            file,
            part,
            marks: Marks::default(),
            ..Self::NONE
        }
    }

    /// Whether the article was surveyed, or cannot be.
    pub(crate) fn is_surveyed(&self) -> bool {
        self.meta != Address::NONE || self.marks.has(Marks::PROBLEM)
    }

    /// The row as numbers, for an image. Of the marks only [`Marks::GONE`] is kept: the others are
    /// stored elsewhere.
    pub(crate) fn numbers(&self) -> [u32; 6] {
        let is_gone = u32::from(self.marks.has(Marks::GONE));
        let [file, meta] = [self.file, self.meta].map(Address::number);
        let bytes = self.stamp.to_le_bytes();
        let (halves, _) = bytes.as_chunks();
        let [low, high] = [halves[0], halves[1]].map(u32::from_le_bytes);
        [file, meta, self.part, is_gone, low, high]
    }

    /// The row with these [numbers](Self::numbers).
    pub(crate) fn of_numbers([file, meta, part, is_gone, low, high]: [u32; 6]) -> Self {
        let mut marks = Marks::default();
        marks.set(Marks::GONE, is_gone != 0);
        Self {
            file: Address::of_number(file),
            meta: Address::of_number(meta),
            part,
            marks,
            stamp: u64::from(low) | u64::from(high) << 32,
        }
    }
}

/// The flags of an article.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Marks(u8);

impl Marks {
    pub(crate) const READ: u8 = 1;
    pub(crate) const BOOKMARKED: u8 = 1 << 1;
    /// Its file no longer exists, or no longer holds it.
    pub(crate) const GONE: u8 = 1 << 2;
    /// It cannot be read.
    pub(crate) const PROBLEM: u8 = 1 << 3;

    pub(crate) const fn has(self, mark: u8) -> bool {
        self.0 & mark != 0
    }

    pub(crate) const fn set(&mut self, mark: u8, is_set: bool) {
        self.0 = if is_set {
            self.0 | mark
        } else {
            self.0 & !mark
        };
    }
}
