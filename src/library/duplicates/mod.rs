//! What is gone through as a whole: by the signature of an article its copies are known, by the fingerprints of its
//! quotations those are found in other articles.
//!
//! They take more room than all else that is known of most articles, and are asked for now and then. So those that
//! are in an [image](super::image) stay where that lies, and whoever asks waits for a disk: a thread does, with a
//! copy of [`DuplicateIndex`], which costs nothing.

pub(super) mod minhash;
pub(super) mod winnowing;

use std::cmp::Reverse;
use std::fmt::Debug;
use std::sync::Arc;

use super::{ArticleId, Library, MinHash};
use crate::packed::{Address, Arena, RecordReader, RecordWriter};
use minhash::groups;
use winnowing::FingerprintQuery;

/// Blocks of traces that lie outside of memory.
pub trait FingerprintStore: Debug + Send + Sync {
    /// Shows all blocks that can be had.
    fn each(&self, take: &mut dyn FnMut(&[u8]));
}

/// What there is of one article.
#[derive(Debug, Clone, Copy)]
pub(super) struct DuplicateRecord<'b> {
    record: &'b [u8],
    signature: &'b [u8],
    fingerprints: &'b [u8],
}

/// Packs what there is of an article.
pub(super) fn pack(signature: Option<MinHash>, fingerprints: &[u32]) -> Vec<u8> {
    let mut trace =
        RecordWriter::with_capacity(winnowing::n_bytes(fingerprints) + SIGNATURE_BYTES + 1);
    trace.byte(u8::from(signature.is_some()));
    for number in signature.into_iter().flat_map(MinHash::numbers) {
        trace.bytes(&number.to_le_bytes());
    }
    winnowing::write(&mut trace, fingerprints);
    trace.into_bytes()
}

const SIGNATURE_BYTES: usize = 32;

impl<'b> DuplicateRecord<'b> {
    pub(super) fn of(record: &'b [u8]) -> Self {
        let mut rest = RecordReader::new(record);
        let n_signature = usize::from(rest.byte() == 1) * SIGNATURE_BYTES;
        Self {
            record,
            signature: rest.bytes(n_signature),
            fingerprints: rest.rest(),
        }
    }

    const fn record(self) -> &'b [u8] {
        self.record
    }

    pub(super) fn signature(self) -> Option<MinHash> {
        let (numbers, _) = self.signature.as_chunks::<2>();
        let numbers = <&[[u8; 2]; 16]>::try_from(numbers).ok()?;
        Some(MinHash::of_numbers(numbers.map(u16::from_le_bytes)))
    }

    pub(super) fn fingerprints(self) -> Vec<u32> {
        winnowing::read(self.fingerprints)
    }
}

/// The traces of all articles. A copy shares them.
#[derive(Debug, Clone, Default)]
pub struct DuplicateIndex {
    records: Arena,
    /// By article.
    of: Arc<Vec<Address>>,
    elsewhere: Option<Arc<dyn FingerprintStore>>,
    /// Which articles got the numbers of each other since those elsewhere were put there, one after the other.
    swapped: Vec<(ArticleId, ArticleId)>,
}

/// The address of what lies elsewhere.
const ELSEWHERE: Address = Address::of_number(u32::MAX - 1);

/// A block is handed on when it has so many bytes.
const BLOCK_BYTES: usize = 1 << 18;

impl DuplicateIndex {
    /// Those of so many articles, all of which lie elsewhere.
    pub(super) fn elsewhere(
        articles: impl Iterator<Item = bool>,
        elsewhere: Arc<dyn FingerprintStore>,
    ) -> Self {
        let address = |is_known| if is_known { ELSEWHERE } else { Address::NONE };
        Self {
            of: Arc::new(articles.map(address).collect()),
            elsewhere: Some(elsewhere),
            ..Self::default()
        }
    }

    /// Takes in those of an article; there are none when the record is empty. Tells whether it may have had others.
    pub(super) fn set(&mut self, id: ArticleId, record: &[u8]) -> bool {
        let known = self.at(id);
        if known != ELSEWHERE && self.records.record(known) == record {
            return false;
        }
        let of = Arc::make_mut(&mut self.of);
        let at = id.0 as usize;
        if of.len() <= at {
            of.resize(at + 1, Address::NONE);
        }
        if known != ELSEWHERE {
            self.records.free(known);
        }
        if let Some(slot) = of.get_mut(at) {
            *slot = match record {
                [] => Address::NONE,
                _ => self.records.store(record),
            };
        }
        self.tidy();
        true
    }

    fn at(&self, id: ArticleId) -> Address {
        let address = self.of.get(id.0 as usize);
        address.copied().unwrap_or(Address::NONE)
    }

    fn tidy(&mut self) {
        let of = Arc::make_mut(&mut self.of).iter_mut();
        let in_memory = of.filter(|address| **address != ELSEWHERE);
        self.records.compact(in_memory);
    }

    /// Two articles get the numbers of each other.
    pub(super) fn swap(&mut self, a: ArticleId, b: ArticleId) {
        let last = a.max(b).0 as usize;
        let of = Arc::make_mut(&mut self.of);
        if of.len() <= last {
            of.resize(last + 1, Address::NONE);
        }
        of.swap(a.0 as usize, b.0 as usize);
        self.swapped.push((a, b));
    }

    /// The present number of an article by the one it had in the image.
    pub(super) fn current_id(&self, id: ArticleId) -> ArticleId {
        let swapped = self.swapped.iter();
        swapped.fold(id, |id, &(a, b)| match id {
            _ if id == a => b,
            _ if id == b => a,
            _ => id,
        })
    }

    /// Notes that all of a copy lie elsewhere from now on; what changed since is kept in memory.
    pub(super) fn move_out(&mut self, copy: &Self, elsewhere: &Arc<dyn FingerprintStore>) {
        let of = Arc::make_mut(&mut self.of);
        for (address, copied) in of.iter_mut().zip(copy.of.iter()) {
            if *address != Address::NONE && *address != ELSEWHERE && address == copied {
                self.records.free(*address);
                *address = ELSEWHERE;
            }
        }
        self.elsewhere = Some(Arc::clone(elsewhere));
        self.swapped.clear();
        self.tidy();
    }

    /// Shows what there is of every article.
    fn each(&self, mut take: impl FnMut(ArticleId, DuplicateRecord<'_>)) {
        for (id, address) in (0..).map(ArticleId).zip(self.of.iter()) {
            if *address != Address::NONE && *address != ELSEWHERE {
                take(id, DuplicateRecord::of(self.records.record(*address)));
            }
        }
        let Some(elsewhere) = &self.elsewhere else {
            return;
        };
        elsewhere.each(&mut |block| {
            let mut block = RecordReader::new(block);
            while !block.is_at_end() {
                let id = self.current_id(ArticleId(block.count()));
                let length = block.length();
                let record = block.bytes(length);
                if self.at(id) == ELSEWHERE {
                    take(id, DuplicateRecord::of(record));
                }
            }
        });
    }

    /// Puts all of them into blocks.
    pub fn put_image(&self, sink: &mut dyn FnMut(&[u8])) {
        let mut block = RecordWriter::default();
        self.each(|id, trace| {
            let record = trace.record();
            block.number(u64::from(id.0));
            block.number(record.len() as u64);
            block.bytes(record);
            if block.len() >= BLOCK_BYTES {
                sink(&std::mem::take(&mut block).into_bytes());
            }
        });
        sink(&block.into_bytes());
    }

    /// The [`groups`] of articles that are nearly the same.
    #[must_use]
    pub fn near_duplicates(&self) -> Vec<Vec<ArticleId>> {
        groups(self.of.len(), &|show| self.each_signature(show))
    }

    /// Shows the signatures of all articles.
    pub(super) fn each_signature(&self, show: &mut dyn FnMut(ArticleId, MinHash)) {
        self.each(|id, trace| {
            if let Some(signature) = trace.signature() {
                show(id, signature);
            }
        });
    }

    /// The articles that may quote the same words as these fingerprints stand for, the likeliest first.
    #[must_use]
    pub fn with_fingerprints(&self, fingerprints: &[u32]) -> Vec<ArticleId> {
        if fingerprints.is_empty() {
            return Vec::new();
        }
        let query = FingerprintQuery::of(fingerprints);
        let mut found = Vec::new();
        self.each(|id, trace| {
            let n_shared = query.n_among(trace.fingerprints);
            if n_shared > 0 {
                found.push((Reverse(n_shared), id));
            }
        });
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }
}

impl Library {
    /// The traces of all articles.
    #[must_use]
    pub const fn duplicates(&self) -> &DuplicateIndex {
        &self.traces
    }
}
