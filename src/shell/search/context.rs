//! What all searches in a folder share.

use super::article_cache::ArticleCache;
use super::index_map::IndexMaps;
use crate::shell::folder::sources::Sources;
use crate::shell::index::Index;

/// Where a query finds its articles, and whether it should go on.
#[derive(Clone, Copy)]
pub(crate) struct SearchContext<'c> {
    pub(super) sources: &'c Sources,
    pub(super) index: Option<&'c Index>,
    pub(super) index_maps: &'c IndexMaps,
    pub(super) cache: &'c ArticleCache,
    pub(super) limits: SearchLimits,
    /// Returns true once nobody waits for the result any more.
    pub(super) is_cancelled: &'c (dyn Fn() -> bool + Sync),
}

/// How many articles a search treats one by one.
#[derive(Debug, Clone, Copy)]
pub(super) struct SearchLimits {
    /// Larger result sets are not ranked by relevance: scoring them would take longer than a key press may.
    pub(super) ranked: usize,
    /// No more articles than this are scanned only to be counted.
    pub(super) counted: usize,
}

impl Default for SearchLimits {
    fn default() -> Self {
        Self {
            ranked: 2_000,
            counted: 2_000,
        }
    }
}

impl<'c> SearchContext<'c> {
    /// A context that uses the index of the sources if it is open.
    pub(crate) fn new(
        sources: &'c Sources,
        index_maps: &'c IndexMaps,
        cache: &'c ArticleCache,
        is_cancelled: &'c (dyn Fn() -> bool + Sync),
    ) -> Self {
        Self {
            sources,
            index: sources.index.get(),
            index_maps,
            cache,
            limits: SearchLimits::default(),
            is_cancelled,
        }
    }
}
