//! A query and the articles it is asked of.

use std::sync::Arc;

use super::index_map::IndexMap;
use crate::app::protocol::compute::FolderSearch;
use crate::library::{Corrections, SearchDoc, SearchScope};
use crate::search::CaseMatching;
use crate::shell::index::{allowed_days, day_number};

/// A query, the articles it searches and the corrections that apply to them.
pub(crate) struct FolderQuery {
    pub(super) search: FolderSearch,
    pub(super) articles: SearchScope,
    pub(super) corrections: Arc<Corrections>,
}

impl FolderQuery {
    /// A query that is still being typed: its last word may be the beginning of a longer one.
    pub(crate) fn typing(
        query: &str,
        case: CaseMatching,
        articles: SearchScope,
        corrections: Arc<Corrections>,
    ) -> Self {
        Self {
            search: FolderSearch::typing(query, case),
            articles,
            corrections,
        }
    }

    /// A complete query.
    pub(crate) fn whole(
        query: &str,
        case: CaseMatching,
        articles: SearchScope,
        corrections: Arc<Corrections>,
    ) -> Self {
        Self {
            search: FolderSearch::new(query, case),
            articles,
            corrections,
        }
    }

    /// The article at a place in the scope.
    pub(super) fn doc(&self, place: usize) -> &SearchDoc {
        &self.articles.iter().as_slice()[place]
    }

    /// Whether corrections may change the result. The index knows nothing of corrections.
    pub(super) fn is_corrected(&self) -> bool {
        self.search.needs_analysis() && !self.corrections.is_empty()
    }

    /// Whether an article meets the date and path conditions of the query.
    ///
    /// The result is final for an article that is in the index. Of another one without a date it is true,
    /// because its text may still give one.
    pub(super) fn meets(&self, place: usize, map: &IndexMap) -> bool {
        let plan = self.search.plan();
        if let Some(allowed) = allowed_days(plan) {
            let is_indexed = map.row(place).is_some();
            let day = if is_indexed {
                map.day(place)
            } else {
                let published = self.doc(place).published;
                published.map(|published| day_number(published.date()))
            };
            match day {
                Some(day) if allowed.contains(&day) => {}
                Some(_) => return false,
                None => return !is_indexed,
            }
        }
        plan.paths.is_empty() || plan.has_path(map.path(place))
    }
}
