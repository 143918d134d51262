//! Reading articles on all cores before a search comes to them: what it does with each takes far less time.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::article_cache::CachedArticle;
use super::index_map::IndexMap;
use super::session::{SearchSession, Take};
use super::{ArticleCache, FolderQuery};
use crate::analysis::analyze;
use crate::app::protocol::compute::FoldedArticle;
use crate::document;
use crate::shell::folder::scan::Sources;
use crate::shell::index::Fingerprint;
use crate::shell::jobs::cores;

/// When and how far articles are read before their turn comes.
#[derive(Default)]
pub(super) struct ReadAhead {
    /// How many were read from their files since others were read ahead.
    pub(super) n_read: usize,
    /// How many were read ahead the last time.
    size: usize,
}

/// So many articles are worth a further thread.
const FEWEST: usize = 4;
/// A search that had to read so many articles will have to read more.
const MANY: usize = 8;
/// Reading ahead begins with so many: more than enough answers may be among them.
const FIRST: usize = 16;
/// And so many are read at once in the end.
const MOST: usize = 128;
/// Longer files, in bytes, are read when their turn comes.
const LONGEST: i64 = 1 << 20;

impl FolderQuery {
    /// [Reads](Self::read) the first of the articles that are left; and the next ones on all cores, once many had to be
    /// read from their files.
    pub(super) fn read_next(&self, places: &[usize], desk: &mut SearchSession<'_>, take: Take<'_>) {
        if desk.ahead.n_read >= MANY {
            let size = (desk.ahead.size * 2).clamp(FIRST, MOST);
            desk.ahead = ReadAhead { n_read: 0, size };
            self.read_ahead(places.get(..size).unwrap_or(places), desk);
        }
        if let Some(&place) = places.first() {
            self.read(place, desk, take);
        }
    }

    /// Reads articles on all cores, so that they are at hand when their turn comes.
    fn read_ahead(&self, places: &[usize], desk: &SearchSession<'_>) {
        let is_wanted = |place: &usize| !desk.done.has(*place) && self.meets(*place, &desk.catalog);
        let places: Vec<usize> = places.iter().copied().filter(is_wanted).collect();
        let n_threads = cores().min(places.len() / FEWEST);
        if n_threads < 2 {
            return;
        }
        let (next, hall, catalog) = (AtomicUsize::new(0), desk.hall, &desk.catalog);
        let (sources, texts, is_cancelled) = (hall.sources, hall.texts, hall.is_cancelled);
        let work = || {
            while !is_cancelled()
                && let Some(&place) = places.get(next.fetch_add(1, Ordering::Relaxed))
            {
                self.read_for_later(place, (sources, texts), catalog);
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..n_threads {
                // Without the thread the others read more.
                let _ = std::thread::Builder::new().spawn_scoped(scope, work);
            }
            work();
        });
    }

    /// Reads an article that stands alone in its file and has to be read from there.
    fn read_for_later(
        &self,
        place: usize,
        (sources, texts): (&Sources, &ArticleCache),
        catalog: &IndexMap,
    ) -> Option<()> {
        let doc = self.articles.get(place)?;
        let (at, _) = self.articles.located(doc);
        let name = at.file.to_string_lossy();
        let is_known = catalog.row(place).is_some();
        if catalog.is_among_many(doc) || is_known && !document::holds_one(&name) {
            return None;
        }
        let now = Fingerprint::at(&at.file)?;
        if now.is_longer_than(LONGEST) || texts.get(doc.id, now).is_some() {
            return None;
        }
        let bytes = sources.read(&at.file).ok()?;
        let mut kept = None;
        let reader = &sources.choice.reader;
        let _ = reader.each(bytes, &name, &mut |document| {
            kept = Some(CachedArticle::new(
                FoldedArticle::of(document.value),
                Some(now),
            ));
            ControlFlow::Break(())
        });
        let kept = kept?;
        if self.search.needs_analysis() && !is_known {
            kept.analysis.get_or_init(|| analyze(&kept.text.document));
        }
        texts.put(doc.id, Arc::new(kept));
        Some(())
    }
}
