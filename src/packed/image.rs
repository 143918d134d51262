//! Writing what is in memory to an image, as blocks of bytes, and reading it back.
//!
//! The storage has to return the blocks unchanged: it stores a checksum with each. Reading stops
//! with `None` at a block that is missing or does not fit.

/// Receives the next block.
pub(crate) type BlockSink<'s> = &'s mut dyn FnMut(&[u8]);

/// Returns the next block; `None` if it is missing or damaged.
pub(crate) type BlockSource<'s> = &'s mut dyn FnMut() -> Option<Vec<u8>>;

/// Most bytes of a block of numbers; a shorter block is the last. They are few because glibc does
/// not return freed memory to the system if it is smaller than the largest block ever freed.
const BLOCK_BYTES: usize = 48 << 10;

/// Writes rows of numbers.
pub(crate) fn put_rows<const N: usize>(
    sink: BlockSink<'_>,
    rows: impl IntoIterator<Item = [u32; N]>,
) {
    let mut block = Vec::with_capacity(BLOCK_BYTES);
    for row in rows {
        block.extend_from_slice(row.map(u32::to_le_bytes).as_flattened());
        if block.len() + N * 4 > BLOCK_BYTES {
            sink(&block);
            block.clear();
        }
    }
    sink(&block);
}

/// Reads rows of numbers and converts each with `of`.
pub(crate) fn rows<const N: usize, T>(
    source: BlockSource<'_>,
    mut of: impl FnMut([u32; N]) -> T,
) -> Option<Vec<T>> {
    let mut all = Vec::new();
    loop {
        let block = source()?;
        let (numbers, _) = block.as_chunks::<4>();
        let (rows, _) = numbers.as_chunks::<N>();
        all.extend(rows.iter().map(|row| of(row.map(u32::from_le_bytes))));
        if block.len() + N * 4 <= BLOCK_BYTES {
            all.shrink_to_fit();
            return Some(all);
        }
    }
}

/// Reads a single row of numbers.
pub(crate) fn row<const N: usize>(source: BlockSource<'_>) -> Option<[u32; N]> {
    rows(source, |row| row)?.into_iter().next()
}
