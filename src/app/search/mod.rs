//! The search in the folder: its query, its progress, what it found.

mod actions;
pub mod hits;
pub mod saved;
mod saved_actions;
pub(super) mod scope;

use super::protocol::answers::{ArticleHits, Certainty, Counts, SearchHit, SearchProgress};
use crate::library::ArticleId;
use scope::ScopeCache;

/// The newest search in the folder.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that do not exclude each other"
)]
pub struct Search {
    /// What was searched for.
    pub query: String,
    /// What was found, in the order it arrived.
    pub found: Vec<ArticleHits>,
    /// How far the search is.
    pub progress: SearchProgress,
    /// All articles that answer, once they are counted.
    pub counts: Option<Counts>,
    /// Whether the search is under way.
    pub is_searching: bool,
    /// What was odd about the query.
    pub warning: Option<String>,
    /// A name for where the search looks; `None` for the whole folder.
    pub scope: Option<String>,
    /// Whether the whole folder is searched in spite of the scope.
    pub is_everywhere: bool,
    /// Whether the first hit is to be opened as soon as it arrives.
    pub opens_first: bool,
    pub(super) generation: u64,
    /// Whether the hits shown answer an older query.
    pub(super) is_stale: bool,
    /// Whether the hits shown stay and only their number is wanted.
    pub(super) is_only_counted: bool,
    pub(super) scopes: ScopeCache,
}

impl Search {
    /// Forgets the query and what was found.
    pub(super) fn reset(&mut self) {
        *self = Self {
            is_everywhere: self.is_everywhere,
            generation: self.generation,
            scopes: std::mem::take(&mut self.scopes),
            ..Self::default()
        };
    }

    /// A hit and its article: the place of the article among those found, and of the hit among those of the article.
    #[must_use]
    pub fn hit(&self, article: usize, hit: usize) -> (ArticleId, &SearchHit) {
        let found = &self.found[article];
        (found.article, &found.hits[hit])
    }

    /// Whether a line below the list reports hits outside the scope.
    #[must_use]
    pub fn has_footer(&self) -> bool {
        self.progress.outside.0 > 0 && !self.query.is_empty()
    }

    /// Whether all hits have been counted.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        self.progress.sure == Certainty::All
    }

    /// The articles with hits and the number of hits counted so far.
    #[must_use]
    pub fn counted(&self) -> Vec<(ArticleId, u32)> {
        let count = |found: &ArticleHits| {
            let n_hits = u32::try_from(found.n_hits).unwrap_or(u32::MAX);
            (found.article, n_hits)
        };
        match &self.counts {
            Some(counts) => counts.to_vec(),
            None => self.found.iter().map(count).collect(),
        }
    }
}
