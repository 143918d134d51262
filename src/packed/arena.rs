//! Records in large pieces of memory, each known by its address.

use std::sync::Arc;

use super::image::{BlockSink, BlockSource, put_rows, row};
use super::{RecordReader, RecordWriter, count};

/// Where a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address(u32);

/// How many bits of an address count within a piece; longer records have a piece of their own.
const BITS: u32 = 18;
const PIECE: usize = 1 << BITS;

impl Address {
    /// Where nothing is.
    pub(crate) const NONE: Self = Self(u32::MAX);

    /// As a number that may be kept.
    pub(crate) const fn number(self) -> u32 {
        self.0
    }

    /// The address with a number.
    pub(crate) const fn of_number(number: u32) -> Self {
        Self(number)
    }

    const fn parts(self) -> (usize, usize) {
        ((self.0 >> BITS) as usize, self.0 as usize & (PIECE - 1))
    }
}

/// Many records. A copy shares all pieces but those that change.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arena {
    pieces: Vec<Arc<Vec<u8>>>,
    /// The piece that is being filled.
    open: usize,
    n_bytes: usize,
    n_dead: usize,
}

impl Arena {
    /// Keeps a record. One that does not fit any more is not kept, and reads as an empty one.
    pub(crate) fn keep(&mut self, record: &[u8]) -> Address {
        let mut length = RecordWriter::default();
        length.number(record.len() as u64);
        let length = length.into_bytes();
        let size = length.len() + record.len();
        let has_room = |piece: &Arc<Vec<u8>>| piece.len() + size <= PIECE;
        let at = if self.pieces.get(self.open).is_some_and(has_room) {
            self.open
        } else {
            // A long record leaves the open piece to those that follow.
            if size <= PIECE {
                self.open = self.pieces.len();
            }
            let piece = Vec::with_capacity(size.max(PIECE));
            self.pieces.push(Arc::new(piece));
            self.pieces.len() - 1
        };
        let Some(piece) = self.pieces.get_mut(at).map(Arc::make_mut) else {
            return Address::NONE;
        };
        let address = u32::try_from(at << BITS | piece.len()).map_or(Address::NONE, Address);
        if address != Address::NONE {
            piece.extend_from_slice(&length);
            piece.extend_from_slice(record);
            self.n_bytes += size;
        }
        address
    }

    /// The record at an address.
    pub(crate) fn record(&self, address: Address) -> &[u8] {
        let (piece, at) = address.parts();
        let piece = self.pieces.get(piece).map_or(&[][..], |piece| piece);
        let mut reader = RecordReader::new(piece.get(at..).unwrap_or_default());
        let length = reader.number();
        reader.bytes(usize::try_from(length).unwrap_or(usize::MAX))
    }

    /// Puts all of it into an image.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        let counts = [self.pieces.len(), self.open, self.n_bytes, self.n_dead];
        put_rows(sink, [counts.map(count)]);
        for piece in &self.pieces {
            sink(piece);
        }
    }

    /// What was put into an image.
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

    /// Gives up a record.
    pub(crate) fn forget(&mut self, address: Address) {
        if address != Address::NONE {
            self.n_dead += self.record(address).len();
        }
    }

    /// Throws out what was given up once that is most of it; `addresses` are all that are in use.
    pub(crate) fn tidy<'a>(&mut self, addresses: impl Iterator<Item = &'a mut Address>) {
        if self.n_dead * 2 < self.n_bytes + PIECE {
            return;
        }
        let mut old = std::mem::take(self);
        let mut used: Vec<&mut Address> = addresses.filter(|a| **a != Address::NONE).collect();
        used.sort_unstable_by_key(|address| **address);
        let mut last = 0;
        for address in used {
            let (piece, _) = address.parts();
            // A piece that is done with makes room for the next.
            while last < piece {
                old.pieces.get_mut(last).map(std::mem::take);
                last += 1;
            }
            *address = self.keep(old.record(*address));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_again_and_room_is_used_again() {
        let mut arena = Arena::default();
        let record = |id: usize| vec![u8::try_from(id % 251).unwrap(); id % 3000];
        let mut kept: Vec<Address> = (0..2000).map(|id| arena.keep(&record(id))).collect();
        let long = vec![7; PIECE * 3];
        kept.push(arena.keep(&long));
        kept.push(arena.keep(&record(1999)));
        for (id, address) in kept.iter().enumerate().take(2000) {
            assert_eq!(arena.record(*address), record(id));
        }
        assert_eq!(arena.record(kept[2000]), long);
        assert_eq!(arena.record(kept[2001]), record(1999));
        for address in &mut kept[..1500] {
            arena.forget(*address);
            *address = Address::NONE;
        }
        let before = arena.n_bytes;
        arena.forget(kept[2000]);
        kept[2000] = Address::NONE;
        arena.tidy(kept.iter_mut());
        assert!(arena.n_bytes < before / 2, "{} of {before}", arena.n_bytes);
        for (id, address) in kept.iter().enumerate().take(2000).skip(1500) {
            assert_eq!(arena.record(*address), record(id));
        }
        assert!(arena.record(Address::NONE).is_empty());
    }
}
