//! Articles that were read for a search, kept for the next letter: what is typed next is mostly looked for in
//! the same ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::analysis::Analysis;
use crate::app::protocol::compute::FoldedArticle;
use crate::library::ArticleId;
use crate::shell::index::Fingerprint;

/// About so many bytes are kept: the texts of some two thousand articles.
const MOST_BYTES: usize = 16_000_000;

/// An article as it was read.
pub(super) struct CachedArticle {
    /// Its file before it was read.
    before: Option<Fingerprint>,
    pub(super) text: FoldedArticle,
    /// What was found in it, once that was asked for.
    pub(super) analysis: OnceLock<Analysis>,
}

impl CachedArticle {
    /// An article that was read from a file with that fingerprint.
    pub(super) fn new(text: FoldedArticle, before: Option<Fingerprint>) -> Self {
        Self {
            before: before.map(Fingerprint::kept),
            text,
            analysis: OnceLock::new(),
        }
    }

    /// Its file before it was read.
    pub(super) fn before(&self) -> Option<Fingerprint> {
        self.before
    }

    fn bytes(&self) -> usize {
        const BESIDE_THE_TEXT: usize = 2_000;
        self.text.document.text.len() * 2 + BESIDE_THE_TEXT
    }
}

/// The articles read last. Those that were not asked for while as many others were read are given up.
#[derive(Clone, Default)]
pub(in crate::shell) struct ArticleCache(Arc<Mutex<Generations>>);

#[derive(Default)]
struct Generations {
    young: HashMap<ArticleId, Arc<CachedArticle>>,
    old: HashMap<ArticleId, Arc<CachedArticle>>,
    young_bytes: usize,
}

impl ArticleCache {
    /// The article, if it is kept and its file is as it was.
    pub(super) fn get(&self, article: ArticleId, now: Fingerprint) -> Option<Arc<CachedArticle>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let young = all.young.get(&article).cloned();
        let kept = young.or_else(|| {
            let kept = all.old.remove(&article)?;
            all.add(article, Arc::clone(&kept));
            Some(kept)
        })?;
        let is_as_it_was = kept.before.is_some_and(|before| now.is(before));
        is_as_it_was.then_some(kept)
    }

    /// Keeps an article.
    pub(super) fn put(&self, article: ArticleId, kept: Arc<CachedArticle>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.add(article, kept);
    }
}

impl Generations {
    fn add(&mut self, article: ArticleId, kept: Arc<CachedArticle>) {
        let bytes = kept.bytes();
        if self.young_bytes + bytes > MOST_BYTES / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        // One that is larger than all together is not kept.
        if bytes <= MOST_BYTES / 2 {
            self.young_bytes += bytes;
            self.young.insert(article, kept);
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
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let then = std::time::SystemTime::now() - std::time::Duration::from_secs(9);
        file.as_file().set_modified(then).unwrap();
        let now = Fingerprint::at(file.path()).unwrap();
        let texts = ArticleCache::default();
        for number in 0..40 {
            texts.put(ArticleId(number), kept(MOST_BYTES / 50, now));
            assert!(texts.get(ArticleId(0), now).is_some());
        }
        assert!(texts.get(ArticleId(1), now).is_none());
        assert!(texts.get(ArticleId(39), now).is_some());
        std::fs::write(file.path(), "other").unwrap();
        let now = Fingerprint::at(file.path()).unwrap();
        assert!(texts.get(ArticleId(39), now).is_none());
        texts.put(ArticleId(7), kept(MOST_BYTES, now));
        assert!(texts.get(ArticleId(7), now).is_none());
    }
}
