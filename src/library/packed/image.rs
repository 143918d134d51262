//! What lies in memory as blocks of bytes, and back: whole pieces go to a file and come from there as they are.
//!
//! Who keeps the blocks sees to it that they come back as they were; what does not fit together is no image.

/// Takes the next block.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(&[u8]);

/// Gives the next block; nothing when there is none that can be believed.
pub(crate) type Source<'s> = &'s mut dyn FnMut() -> Option<Vec<u8>>;

/// Puts a block of numbers, some at a time.
pub(crate) fn put_rows<const N: usize>(sink: Sink<'_>, rows: impl IntoIterator<Item = [u32; N]>) {
    let rows = rows.into_iter();
    let mut block = Vec::with_capacity(rows.size_hint().0 * N * 4);
    for row in rows {
        block.extend_from_slice(row.map(u32::to_le_bytes).as_flattened());
    }
    sink(&block);
}

/// A block of numbers.
pub(crate) struct Numbers(Vec<u8>);

impl Numbers {
    /// The next block.
    pub(crate) fn next(source: Source<'_>) -> Option<Self> {
        source().map(Self)
    }

    /// All of them, so many at a time; what is left over does not count.
    pub(crate) fn rows<const N: usize>(&self) -> impl ExactSizeIterator<Item = [u32; N]> {
        let (numbers, _) = self.0.as_chunks::<4>();
        let (rows, _) = numbers.as_chunks::<N>();
        rows.iter().map(|row| row.map(u32::from_le_bytes))
    }

    /// The first of them.
    pub(crate) fn row<const N: usize>(&self) -> Option<[u32; N]> {
        self.rows().next()
    }
}
