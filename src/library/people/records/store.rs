//! The speakers of all articles.

use std::collections::BTreeMap;

use super::speakers::ArticleSpeakers;
use crate::library::articles::id::ArticleId;
use crate::packed::{Address, Arena, BlockSink, BlockSource, count, put_rows, rows};

/// The speakers of all articles, as they were found and as they were corrected.
#[derive(Debug, Clone, Default)]
pub(crate) struct SpeakerStore {
    /// By article.
    addresses: Vec<Address>,
    records: Arena,
    corrected: BTreeMap<ArticleId, CorrectedSpeakers>,
}

/// The speakers of an article that has corrections of its own.
#[derive(Debug, Clone)]
struct CorrectedSpeakers {
    /// The key of the article.
    key: String,
    record: Vec<u8>,
}

impl SpeakerStore {
    /// The number of articles, including those without speakers.
    pub(crate) fn len(&self) -> usize {
        self.addresses.len()
    }

    /// All articles, including those without speakers.
    pub(crate) fn articles(&self) -> impl Iterator<Item = ArticleId> + use<> {
        (0..count(self.addresses.len())).map(ArticleId)
    }

    fn address(&self, id: ArticleId) -> Address {
        match self.addresses.get(id.index()) {
            Some(address) => *address,
            None => Address::NONE,
        }
    }

    /// Whether an article has a record.
    pub(crate) fn has(&self, id: ArticleId) -> bool {
        self.address(id) != Address::NONE
    }

    /// Whether an article has exactly this record.
    pub(crate) fn has_record(&self, id: ArticleId, record: &[u8]) -> bool {
        self.has(id) && self.records.record(self.address(id)) == record
    }

    /// The speakers of an article as they were found.
    pub(crate) fn found(&self, id: ArticleId) -> ArticleSpeakers<'_> {
        ArticleSpeakers::of(self.records.record(self.address(id)))
    }

    /// The speakers of an article after its own corrections.
    pub(crate) fn speakers(&self, id: ArticleId) -> ArticleSpeakers<'_> {
        match self.corrected.get(&id) {
            Some(corrected) => ArticleSpeakers::of(&corrected.record),
            None => self.found(id),
        }
    }

    /// The key of an article with corrections of its own.
    pub(crate) fn corrected_key(&self, id: ArticleId) -> Option<&str> {
        Some(&self.corrected.get(&id)?.key)
    }

    /// Sets the record of an article that has none.
    pub(crate) fn set(&mut self, id: ArticleId, record: &[u8]) {
        self.grow(id);
        self.addresses[id.index()] = self.records.store(record);
    }

    fn grow(&mut self, id: ArticleId) {
        if self.addresses.len() <= id.index() {
            self.addresses.resize(id.index() + 1, Address::NONE);
        }
    }

    /// Sets the corrected record of an article.
    pub(crate) fn set_corrected(&mut self, id: ArticleId, key: String, record: Vec<u8>) {
        self.corrected.insert(id, CorrectedSpeakers { key, record });
    }

    /// Removes the records of an article that has some.
    pub(crate) fn remove(&mut self, id: ArticleId) {
        self.corrected.remove(&id);
        self.records.free(self.addresses[id.index()]);
        self.addresses[id.index()] = Address::NONE;
        self.records.compact(self.addresses.iter_mut());
    }

    /// Exchanges the numbers of two articles.
    pub(crate) fn swap(&mut self, a: ArticleId, b: ArticleId) {
        self.grow(a.max(b));
        self.addresses.swap(a.index(), b.index());
        let [of_a, of_b] = [a, b].map(|id| self.corrected.remove(&id));
        self.corrected.extend(of_a.map(|corrected| (b, corrected)));
        self.corrected.extend(of_b.map(|corrected| (a, corrected)));
    }

    /// Writes the records to an image, without corrections.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        put_rows(
            sink,
            self.addresses.iter().map(|address| [address.number()]),
        );
        self.records.put_image(sink);
    }

    /// Reads the records from an image.
    pub(crate) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        Some(Self {
            addresses: rows(source, |[address]| Address::of_number(address))?,
            records: Arena::of_image(source)?,
            corrected: BTreeMap::new(),
        })
    }
}
