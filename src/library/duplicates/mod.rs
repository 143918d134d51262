//! What is compared between all articles: a MinHash of each article finds near copies, and
//! fingerprints of its quotations find the same words in other articles.
//!
//! For most articles this takes more room than all other metadata, and it is needed rarely. So what
//! was written with an [image](super::image) is dropped from memory and read from there. That takes
//! time: a thread does it with a clone of the [`DuplicateIndex`], which is cheap.

pub(super) mod minhash;
pub(super) mod winnowing;

use std::cmp::Reverse;
use std::fmt::Debug;
use std::sync::Arc;

use super::articles::id::ArticleId;
use crate::packed::{Address, Arena, RecordReader, RecordWriter};
use minhash::{MinHash, groups};
use winnowing::FingerprintQuery;

/// Blocks of MinHashes and fingerprints outside of memory.
pub trait FingerprintStore: Debug + Send + Sync {
    /// Calls `take` with every block that can be read.
    fn each(&self, take: &mut dyn FnMut(&[u8]));
}

/// The MinHash and the fingerprints of an article, packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct DuplicateRecord<'b> {
    record: &'b [u8],
    minhash: &'b [u8],
    fingerprints: &'b [u8],
}

const MINHASH_BYTES: usize = 32;

/// Packs the MinHash and the fingerprints of an article.
pub(super) fn pack(minhash: Option<MinHash>, fingerprints: &[u32]) -> Vec<u8> {
    let n_bytes = winnowing::n_bytes(fingerprints) + MINHASH_BYTES + 1;
    let mut record = RecordWriter::with_capacity(n_bytes);
    record.byte(u8::from(minhash.is_some()));
    for number in minhash.into_iter().flat_map(MinHash::numbers) {
        record.bytes(&number.to_le_bytes());
    }
    winnowing::write(&mut record, fingerprints);
    record.into_bytes()
}

impl<'b> DuplicateRecord<'b> {
    pub(super) fn of(record: &'b [u8]) -> Self {
        let mut reader = RecordReader::new(record);
        let has_minhash = reader.byte() == 1;
        Self {
            record,
            minhash: reader.bytes(usize::from(has_minhash) * MINHASH_BYTES),
            fingerprints: reader.rest(),
        }
    }

    pub(super) fn minhash(self) -> Option<MinHash> {
        let (numbers, _) = self.minhash.as_chunks::<2>();
        let numbers = <&[[u8; 2]; 16]>::try_from(numbers).ok()?;
        Some(MinHash::of_numbers(numbers.map(u16::from_le_bytes)))
    }

    /// The fingerprints, without the bits that were not stored.
    pub(super) fn fingerprints(self) -> Vec<u32> {
        winnowing::read(self.fingerprints)
    }
}

/// The MinHashes and fingerprints of all articles. Cloning it is cheap.
#[derive(Debug, Clone, Default)]
pub struct DuplicateIndex {
    records: Arena,
    /// By article.
    addresses: Arc<Vec<Address>>,
    store: Option<Arc<dyn FingerprintStore>>,
    /// Pairs of articles that exchanged their numbers since the store was written, in this order.
    swapped: Vec<(ArticleId, ArticleId)>,
}

/// The address of a record in the store.
const IN_STORE: Address = Address::of_number(u32::MAX - 1);

/// A block has at least this many bytes, but for the last one.
const BLOCK_BYTES: usize = 1 << 18;

impl DuplicateIndex {
    /// An index whose records are all in a store; `articles` says which articles have one.
    pub(super) fn stored(
        articles: impl Iterator<Item = bool>,
        store: Arc<dyn FingerprintStore>,
    ) -> Self {
        let address = |has_record| if has_record { IN_STORE } else { Address::NONE };
        Self {
            addresses: Arc::new(articles.map(address).collect()),
            store: Some(store),
            ..Self::default()
        }
    }

    /// Sets the record of an article, or removes it if it is empty. Returns whether it may have changed.
    pub(super) fn set(&mut self, id: ArticleId, record: &[u8]) -> bool {
        let old = self.address(id);
        if old != IN_STORE {
            if self.records.record(old) == record {
                return false;
            }
            self.records.free(old);
        }
        let address = match record {
            [] => Address::NONE,
            _ => self.records.store(record),
        };
        self.addresses_up_to(id)[id.index()] = address;
        self.compact();
        true
    }

    fn address(&self, id: ArticleId) -> Address {
        match self.addresses.get(id.index()) {
            Some(address) => *address,
            None => Address::NONE,
        }
    }

    /// The addresses, with one for this article.
    fn addresses_up_to(&mut self, id: ArticleId) -> &mut Vec<Address> {
        let addresses = Arc::make_mut(&mut self.addresses);
        if addresses.len() <= id.index() {
            addresses.resize(id.index() + 1, Address::NONE);
        }
        addresses
    }

    fn compact(&mut self) {
        let addresses = Arc::make_mut(&mut self.addresses).iter_mut();
        let in_memory = addresses.filter(|address| **address != IN_STORE);
        self.records.compact(in_memory);
    }

    /// Exchanges the numbers of two articles.
    pub(super) fn swap(&mut self, a: ArticleId, b: ArticleId) {
        self.addresses_up_to(a.max(b)).swap(a.index(), b.index());
        self.swapped.push((a, b));
    }

    /// The present number of the article that has number `id` in the store.
    pub(super) fn current_id(&self, id: ArticleId) -> ArticleId {
        let swapped = self.swapped.iter();
        swapped.fold(id, |id, &(a, b)| match id {
            _ if id == a => b,
            _ if id == b => a,
            _ => id,
        })
    }

    /// Drops from memory what is in a store that was written from `copy`. What changed since then stays.
    pub(super) fn move_out(&mut self, copy: &Self, store: &Arc<dyn FingerprintStore>) {
        let addresses = Arc::make_mut(&mut self.addresses);
        for (address, copied) in addresses.iter_mut().zip(copy.addresses.iter()) {
            if *address != Address::NONE && *address != IN_STORE && address == copied {
                self.records.free(*address);
                *address = IN_STORE;
            }
        }
        self.store = Some(Arc::clone(store));
        self.swapped.clear();
        self.compact();
    }

    /// Calls `take` with the record of every article.
    fn each(&self, mut take: impl FnMut(ArticleId, DuplicateRecord<'_>)) {
        for (id, address) in (0..).map(ArticleId).zip(self.addresses.iter()) {
            if *address != Address::NONE && *address != IN_STORE {
                take(id, DuplicateRecord::of(self.records.record(*address)));
            }
        }
        let Some(store) = &self.store else {
            return;
        };
        store.each(&mut |block| {
            let mut block = RecordReader::new(block);
            while !block.is_at_end() {
                let id = self.current_id(ArticleId(block.count()));
                let length = block.length();
                let record = block.bytes(length);
                if self.address(id) == IN_STORE {
                    take(id, DuplicateRecord::of(record));
                }
            }
        });
    }

    /// Writes all records as blocks, for a store.
    pub fn put_image(&self, sink: &mut dyn FnMut(&[u8])) {
        let mut block = RecordWriter::default();
        self.each(|id, DuplicateRecord { record, .. }| {
            block.number(u64::from(id.0));
            block.number(record.len() as u64);
            block.bytes(record);
            if block.len() >= BLOCK_BYTES {
                sink(&std::mem::take(&mut block).into_bytes());
            }
        });
        sink(&block.into_bytes());
    }

    /// Groups of articles that are nearly the same. Each is sorted and has two articles or more.
    #[must_use]
    pub fn near_duplicates(&self) -> Vec<Vec<ArticleId>> {
        groups(self.addresses.len(), &|take| self.each_minhash(take))
    }

    /// Calls `take` with the MinHash of every article that has one.
    pub(super) fn each_minhash(&self, take: &mut dyn FnMut(ArticleId, MinHash)) {
        self.each(|id, record| {
            if let Some(minhash) = record.minhash() {
                take(id, minhash);
            }
        });
    }

    /// The articles that have some of these fingerprints, those with most first.
    #[must_use]
    pub fn with_fingerprints(&self, fingerprints: &[u32]) -> Vec<ArticleId> {
        if fingerprints.is_empty() {
            return Vec::new();
        }
        let query = FingerprintQuery::of(fingerprints);
        let mut found = Vec::new();
        self.each(|id, record| {
            let n_shared = query.n_shared(record.fingerprints);
            if n_shared > 0 {
                found.push((Reverse(n_shared), id));
            }
        });
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }
}
