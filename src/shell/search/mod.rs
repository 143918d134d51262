//! Search over all articles of a folder.
//!
//! The index proposes articles and a scan of each one decides, so an index changes how long a search takes
//! and never what it finds. Articles that are not in the index yet are scanned last.
//!
//! A key press waits for at most one [screenful](SearchRun::fill) of hits. Further hits and the totals are
//! computed [in the background](SearchRun::finish) once no further key arrives.
//!
//! In order of reading: a [`FolderQuery`] is asked in a [`SearchContext`]. A [`SearchRun`] has `order` put the
//! articles in sequence, reads them through a `SearchSession`, and collects `SearchResults`; `tally` counts all
//! matches from the index alone where that is possible.

mod context;
mod query;
mod run;

mod order;
mod results;
mod session;
mod tally;

mod article_cache;
mod index_map;
mod read_ahead;

pub(super) use article_cache::ArticleCache;
pub(super) use context::SearchContext;
pub(super) use index_map::IndexMaps;
pub(super) use query::FolderQuery;
pub(super) use results::HandOver;
pub(super) use run::{SearchRun, articles_matching, warm_up};

#[cfg(test)]
mod tests;
