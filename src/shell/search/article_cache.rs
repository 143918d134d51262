//! The articles that searches read last. The next letter of a query mostly needs the same ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::analysis::Analysis;
use crate::app::protocol::compute::FoldedArticle;
use crate::library::ArticleId;
use crate::shell::index::Fingerprint;
use crate::shell::sync::lock;

/// The approximate size of the cache: the texts of about two thousand articles.
const MAX_BYTES: usize = 16_000_000;
/// What an article takes beside its text and the folded text, approximately.
const OVERHEAD_BYTES: usize = 2_000;

/// An article that was read for a search.
pub(super) struct CachedArticle {
    /// The fingerprint of its file before it was read.
    before: Option<Fingerprint>,
    pub(super) text: FoldedArticle,
    /// Its analysis, once a query needed it.
    pub(super) analysis: OnceLock<Analysis>,
}

impl CachedArticle {
    /// An article from a file that had this fingerprint before it was read.
    pub(super) fn new(text: FoldedArticle, before: Option<Fingerprint>) -> Self {
        Self {
            before: before.map(Fingerprint::to_store),
            text,
            analysis: OnceLock::new(),
        }
    }

    /// The fingerprint of its file before it was read.
    pub(super) fn before(&self) -> Option<Fingerprint> {
        self.before
    }

    fn bytes(&self) -> usize {
        self.text.document.text.len() * 2 + OVERHEAD_BYTES
    }
}

/// A cache of two generations. An article that is not used while the young generation fills up is dropped with the
/// old one.
#[derive(Clone, Default)]
pub(crate) struct ArticleCache(Arc<Mutex<Generations>>);

#[derive(Default)]
struct Generations {
    young: HashMap<ArticleId, Arc<CachedArticle>>,
    old: HashMap<ArticleId, Arc<CachedArticle>>,
    young_bytes: usize,
}

impl ArticleCache {
    /// The article, if it is cached and its file has not changed.
    pub(super) fn get(&self, article: ArticleId, now: Fingerprint) -> Option<Arc<CachedArticle>> {
        let mut all = lock(&self.0);
        let young = all.young.get(&article).cloned();
        let cached = if let Some(young) = young {
            young
        } else {
            let old = all.old.remove(&article)?;
            all.add(article, Arc::clone(&old));
            old
        };
        now.is(cached.before?).then_some(cached)
    }

    /// Adds an article.
    pub(super) fn put(&self, article: ArticleId, cached: Arc<CachedArticle>) {
        lock(&self.0).add(article, cached);
    }
}

impl Generations {
    fn add(&mut self, article: ArticleId, cached: Arc<CachedArticle>) {
        let bytes = cached.bytes();
        if self.young_bytes + bytes > MAX_BYTES / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        // An article that is larger than a generation is not cached.
        if bytes <= MAX_BYTES / 2 {
            self.young_bytes += bytes;
            self.young.insert(article, cached);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn kept(bytes: usize, before: Fingerprint) -> Arc<CachedArticle> {
        let document = Document {
            text: "a".repeat(bytes),
            ..Document::default()
        };
        Arc::new(CachedArticle::new(
            FoldedArticle::of(document),
            Some(before),
        ))
    }

    #[test]
    fn used_articles_stay_and_others_are_dropped() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let then = std::time::SystemTime::now() - std::time::Duration::from_secs(9);
        file.as_file().set_modified(then).unwrap();
        let now = Fingerprint::at(file.path()).unwrap();
        let texts = ArticleCache::default();
        for number in 0..40 {
            texts.put(ArticleId(number), kept(MAX_BYTES / 50, now));
            assert!(texts.get(ArticleId(0), now).is_some());
        }
        assert!(texts.get(ArticleId(1), now).is_none());
        assert!(texts.get(ArticleId(39), now).is_some());
        std::fs::write(file.path(), "other").unwrap();
        let now = Fingerprint::at(file.path()).unwrap();
        assert!(texts.get(ArticleId(39), now).is_none());
        texts.put(ArticleId(7), kept(MAX_BYTES, now));
        assert!(texts.get(ArticleId(7), now).is_none());
    }
}
