//! Reading articles on all cores before a search gets to them. Reading takes far longer than scanning.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::article_cache::CachedArticle;
use super::context::SearchContext;
use super::index_map::IndexMap;
use super::query::FolderQuery;
use crate::analysis::analyze;
use crate::app::protocol::compute::FoldedArticle;
use crate::document;
use crate::shell::index::Fingerprint;
use crate::shell::jobs::cores;

/// Decides when to read ahead, and how far.
#[derive(Default)]
pub(super) struct ReadAhead {
    /// How many files were read one by one since the last time.
    n_read: usize,
    /// How many articles were read ahead the last time.
    size: usize,
}

/// How many articles a further thread is worth.
const ARTICLES_PER_THREAD: usize = 4;
/// A search that had to read this many files is likely to read more.
const MANY_READ: usize = 8;
/// How many articles are read ahead the first time: these may already be more than needed.
const FIRST_SIZE: usize = 16;
/// How many are read ahead at most.
const MAX_SIZE: usize = 128;
/// Longer files, in bytes, are read when the search gets to them.
const MAX_FILE_BYTES: i64 = 1 << 20;

impl ReadAhead {
    /// Records that a file was read.
    pub(super) fn count_read(&mut self) {
        self.n_read += 1;
    }

    /// How many articles to read ahead now; `None` for none.
    pub(super) fn next_size(&mut self) -> Option<usize> {
        if self.n_read < MANY_READ {
            return None;
        }
        self.n_read = 0;
        self.size = (self.size * 2).clamp(FIRST_SIZE, MAX_SIZE);
        Some(self.size)
    }
}

/// Reads articles on all cores into the cache.
pub(super) fn read_ahead(
    query: &FolderQuery,
    places: &[usize],
    context: SearchContext<'_>,
    map: &IndexMap,
) {
    let is_wanted = |place: &usize| query.meets(*place, map);
    let places: Vec<usize> = places.iter().copied().filter(is_wanted).collect();
    let n_threads = cores().min(places.len() / ARTICLES_PER_THREAD);
    if n_threads < 2 {
        return;
    }
    let next = AtomicUsize::new(0);
    let work = || {
        while !(context.is_cancelled)()
            && let Some(&place) = places.get(next.fetch_add(1, Ordering::Relaxed))
        {
            read_into_cache(query, place, context, map);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..n_threads {
            // If a thread cannot be started the others read its share.
            let _ = std::thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
}

/// Reads an article that is alone in its file, unless it is cached or will be taken from the index.
fn read_into_cache(
    query: &FolderQuery,
    place: usize,
    context: SearchContext<'_>,
    map: &IndexMap,
) -> Option<()> {
    let doc = query.doc(place);
    let (location, _) = query.articles.located(doc);
    let name = location.file.to_string_lossy();
    let is_indexed = map.row(place).is_some();
    if map.is_among_many(doc) || is_indexed && !document::holds_one(&name) {
        return None;
    }
    let before = Fingerprint::at(&location.file)?;
    if before.is_longer_than(MAX_FILE_BYTES) || context.cache.get(doc.id, before).is_some() {
        return None;
    }
    let bytes = context.sources.read(&location.file).ok()?;
    let mut read = None;
    let reader = &context.sources.options.reader;
    let _ = reader.each(bytes, &name, &mut |document| {
        read = Some(CachedArticle::new(
            FoldedArticle::of(document.value),
            Some(before),
        ));
        ControlFlow::Break(())
    });
    let article = read?;
    if query.search.needs_analysis() && !is_indexed {
        article
            .analysis
            .get_or_init(|| analyze(&article.text.document));
    }
    context.cache.put(doc.id, Arc::new(article));
    Some(())
}
