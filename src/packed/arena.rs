//! Storage for many records in a few large pieces of memory.

use std::sync::Arc;

use super::image::{BlockSink, BlockSource, put_rows, row};
use super::{RecordReader, RecordWriter, count};

/// Where a record is in its arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address(u32);

/// The lower bits of an address are the offset in a piece, the others the number of the piece.
const OFFSET_BITS: u32 = 18;
/// Bytes of a piece. A longer record has a piece of its own.
const PIECE_BYTES: usize = 1 << OFFSET_BITS;

impl Address {
    /// The address of no record.
    pub(crate) const NONE: Self = Self(u32::MAX);

    /// The address as a number, for an image.
    pub(crate) const fn number(self) -> u32 {
        self.0
    }

    /// The address with a [number](Self::number).
    pub(crate) const fn of_number(number: u32) -> Self {
        Self(number)
    }

    /// The number of the piece and the offset in it.
    const fn parts(self) -> (usize, usize) {
        let offset = self.0 as usize & (PIECE_BYTES - 1);
        ((self.0 >> OFFSET_BITS) as usize, offset)
    }
}

/// Many records. A clone shares all pieces until one of the two changes them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arena {
    pieces: Vec<Arc<Vec<u8>>>,
    /// The piece that is being filled.
    open: usize,
    n_bytes: usize,
    n_dead: usize,
}

impl Arena {
    /// Stores a record. When all four gigabytes are used it is dropped, and reads as an empty one.
    pub(crate) fn store(&mut self, record: &[u8]) -> Address {
        let mut length = RecordWriter::default();
        length.number(record.len() as u64);
        let length = length.into_bytes();
        let size = length.len() + record.len();
        let at = self.piece_for(size);
        let piece = Arc::make_mut(&mut self.pieces[at]);
        let Ok(address) = u32::try_from(at << OFFSET_BITS | piece.len()) else {
            return Address::NONE;
        };
        piece.extend_from_slice(&length);
        piece.extend_from_slice(record);
        self.n_bytes += size;
        Address(address)
    }

    /// The number of a piece with room for `size` bytes.
    fn piece_for(&mut self, size: usize) -> usize {
        if let Some(open) = self.pieces.get(self.open)
            && open.len() + size <= PIECE_BYTES
        {
            return self.open;
        }
        // A long record leaves the open piece to those that follow.
        if size <= PIECE_BYTES {
            self.open = self.pieces.len();
        }
        let piece = Vec::with_capacity(size.max(PIECE_BYTES));
        self.pieces.push(Arc::new(piece));
        self.pieces.len() - 1
    }

    /// The record at an address; an empty one at [`Address::NONE`].
    pub(crate) fn record(&self, address: Address) -> &[u8] {
        if address == Address::NONE {
            return &[];
        }
        let (piece, offset) = address.parts();
        let mut reader = RecordReader::new(&self.pieces[piece][offset..]);
        let length = reader.length();
        reader.bytes(length)
    }

    /// Writes the arena to an image.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        let counts = [self.pieces.len(), self.open, self.n_bytes, self.n_dead];
        put_rows(sink, [counts.map(count)]);
        for piece in &self.pieces {
            sink(piece);
        }
    }

    /// Reads an arena from an image.
    pub(crate) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        let [n_pieces, counts @ ..] = row::<4>(source)?;
        let [open, n_bytes, n_dead] = counts.map(|count| count as usize);
        let pieces = (0..n_pieces).map(|_| source().map(Arc::new));
        Some(Self {
            pieces: pieces.collect::<Option<_>>()?,
            open,
            n_bytes,
            n_dead,
        })
    }

    /// Marks a record as unused.
    pub(crate) fn free(&mut self, address: Address) {
        self.n_dead += self.record(address).len();
    }

    /// Moves all records together once more than half of the bytes are unused. `addresses` are all
    /// addresses in use, and are updated.
    pub(crate) fn compact<'a>(&mut self, addresses: impl Iterator<Item = &'a mut Address>) {
        if self.n_dead * 2 < self.n_bytes + PIECE_BYTES {
            return;
        }
        let mut old = std::mem::take(self);
        let mut used: Vec<&mut Address> = addresses.filter(|a| **a != Address::NONE).collect();
        used.sort_unstable_by_key(|address| **address);
        let mut n_freed = 0;
        for address in used {
            let (piece, _) = address.parts();
            // Free a piece as soon as its records are moved, so that less memory is needed at a time.
            for done in &mut old.pieces[n_freed..piece] {
                *done = Arc::default();
            }
            n_freed = piece;
            *address = self.store(old.record(*address));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_and_unused_room_is_freed() {
        let mut arena = Arena::default();
        let record = |id: usize| vec![u8::try_from(id % 251).unwrap(); id % 3000];
        let mut kept: Vec<Address> = (0..2000).map(|id| arena.store(&record(id))).collect();
        let long = vec![7; PIECE_BYTES * 3];
        kept.push(arena.store(&long));
        kept.push(arena.store(&record(1999)));
        for (id, address) in kept.iter().enumerate().take(2000) {
            assert_eq!(arena.record(*address), record(id));
        }
        assert_eq!(arena.record(kept[2000]), long);
        assert_eq!(arena.record(kept[2001]), record(1999));
        for address in &mut kept[..1500] {
            arena.free(*address);
            *address = Address::NONE;
        }
        let before = arena.n_bytes;
        arena.free(kept[2000]);
        kept[2000] = Address::NONE;
        arena.compact(kept.iter_mut());
        assert!(arena.n_bytes < before / 2, "{} of {before}", arena.n_bytes);
        for (id, address) in kept.iter().enumerate().take(2000).skip(1500) {
            assert_eq!(arena.record(*address), record(id));
        }
        assert!(arena.record(Address::NONE).is_empty());
    }
}
