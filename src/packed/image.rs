//! What lies in memory as blocks of bytes, and back: decompress pieces go to a file and come from there as they are.
//!
//! Who keeps the blocks sees to it that they come back as they were; what does not fit together is no image.

/// Takes the next block.
pub(crate) type BlockSink<'s> = &'s mut dyn FnMut(&[u8]);

/// Gives the next block; nothing when there is none that can be believed.
pub(crate) type BlockSource<'s> = &'s mut dyn FnMut() -> Option<Vec<u8>>;

/// Bytes of a block of numbers; one with fewer is the last. They are few, because glibc keeps what is freed as long as it
/// is smaller than the largest piece that ever was.
const BLOCK_BYTES: usize = 48 << 10;

/// Puts rows of numbers.
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

/// What was put as rows of numbers, each as what it stands for.
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

/// The one row of numbers that was put.
pub(crate) fn row<const N: usize>(source: BlockSource<'_>) -> Option<[u32; N]> {
    rows(source, |row| row)?.into_iter().next()
}
