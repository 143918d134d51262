//! Reading the articles that a search looks into: kept from the letter before, from the index, from their file.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::article_cache::CachedArticle;
use super::index_map::IndexMap;
use super::read_ahead::ReadAhead;
use super::{FolderQuery, SearchContext};
use crate::analysis::{Analysis, analyze};
use crate::app::protocol::compute::FoldedArticle;
use crate::document;
use crate::library::{ArticleId, Location, SearchDoc};
use crate::search::{SearchedArticle, record};
use crate::shell::index::{Fingerprint, IndexReader};

/// What articles are looked into with.
pub(super) struct SearchSession<'d> {
    pub(super) hall: SearchContext<'d>,
    pub(super) catalog: Arc<IndexMap>,
    pub(super) reader: Option<&'d IndexReader>,
    pub(super) done: PlaceSet,
    pub(super) ahead: ReadAhead,
}

impl<'d> SearchSession<'d> {
    pub(super) fn new(
        hall: SearchContext<'d>,
        catalog: Arc<IndexMap>,
        reader: Option<&'d IndexReader>,
        n_articles: usize,
    ) -> Self {
        Self {
            hall,
            catalog,
            reader,
            done: PlaceSet::of(n_articles),
            ahead: ReadAhead::default(),
        }
    }

    /// An article that is kept from before or costly to find in its file.
    fn at_hand(
        &self,
        id: ArticleId,
        location: &Location,
        now: Option<Fingerprint>,
    ) -> Option<Arc<CachedArticle>> {
        let now = now?;
        if let Some(kept) = self.hall.texts.get(id, now) {
            return Some(kept);
        }
        if document::holds_one(&location.file.to_string_lossy()) {
            return None;
        }
        let reader = self.reader?;
        let row = reader.row(location, now)?;
        let text = FoldedArticle::of(reader.document(row)?.value);
        let kept = Arc::new(CachedArticle::new(text, Some(now)));
        self.hall.texts.put(id, Arc::clone(&kept));
        Some(kept)
    }

    /// What the index knows of an article that was read, if the file is as it was.
    fn known(&self, location: &Location, kept: &CachedArticle) -> Option<Analysis> {
        let reader = self.reader?;
        let row = reader.row(location, kept.before()?)?;
        let analysis = reader.analysis(row)?;
        record::fits(&analysis, &kept.text.document.text).then_some(analysis)
    }
}

/// Places in the search scope that are done.
#[derive(Default)]
pub(super) struct PlaceSet(Vec<bool>);

impl PlaceSet {
    pub(super) fn of(n_articles: usize) -> Self {
        Self(vec![false; n_articles])
    }

    /// Whether a place is marked.
    pub(super) fn has(&self, place: usize) -> bool {
        self.0.get(place) == Some(&true)
    }

    /// Marks a place; whether it was not yet.
    pub(super) fn insert(&mut self, place: usize) -> bool {
        let mark = self.0.get_mut(place);
        mark.is_some_and(|is_done| !std::mem::replace(is_done, true))
    }
}

/// Takes an article as a search sees it.
pub(super) type Take<'t> = &'t mut dyn FnMut(&SearchDoc, &SearchedArticle<'_>);

/// A file that is read for a search: where it is, how it is shown, and what could be seen of it before.
struct OpenedFile<'o> {
    at: &'o Location,
    path: &'o str,
    now: Option<Fingerprint>,
}

impl FolderQuery {
    /// Reads an article, with all that stand in the same file unless they are at hand, and that were not read
    /// before.
    pub(super) fn read(&self, place: usize, desk: &mut SearchSession<'_>, take: Take<'_>) {
        let Some(doc) = self.articles.get(place) else {
            return;
        };
        if !desk.done.insert(place) {
            return;
        }
        let (location, shown) = self.articles.located(doc);
        let opened = OpenedFile {
            at: &location,
            path: shown.path(&location.file),
            now: Fingerprint::at(&location.file),
        };
        match desk.at_hand(doc.id, &location, opened.now) {
            Some(kept) => self.hand_over(doc, &opened, &kept, desk, take),
            None => self.read_file(place, &opened, desk, take),
        }
    }

    /// Reads some articles whatever was read before; how many of them there were.
    pub(super) fn read_some(
        &self,
        places: &[usize],
        desk: &mut SearchSession<'_>,
        take: &mut dyn FnMut(&SearchedArticle<'_>),
    ) -> usize {
        let done = std::mem::replace(&mut desk.done, PlaceSet::of(self.articles.len()));
        let mut n_read = 0;
        for &place in places {
            self.read(place, desk, &mut |_, article| {
                take(article);
                n_read += 1;
            });
        }
        desk.done = done;
        n_read
    }

    fn read_file(
        &self,
        place: usize,
        opened: &OpenedFile<'_>,
        desk: &mut SearchSession<'_>,
        take: Take<'_>,
    ) {
        let Some(doc) = self.articles.get(place) else {
            return;
        };
        desk.ahead.n_read += 1;
        let Ok(bytes) = desk.hall.sources.read(&opened.at.file) else {
            return;
        };
        let others = desk.catalog.beside(place, doc);
        let wanted: BTreeMap<u32, (usize, &SearchDoc)> = others
            .filter_map(|at| {
                let doc = self.articles.get(at)?;
                Some((doc.part, (at, doc)))
            })
            .collect();
        let name = opened.at.file.to_string_lossy();
        let mut part = 0;
        let reader = Arc::clone(&desk.hall.sources.choice.reader);
        let _ = reader.each(bytes, &name, &mut |document| {
            if let Some(&(at, doc)) = wanted.get(&part)
                && (at == place || desk.done.insert(at))
            {
                let kept = Arc::new(CachedArticle::new(
                    FoldedArticle::of(document.value),
                    opened.now,
                ));
                desk.hall.texts.put(doc.id, Arc::clone(&kept));
                self.hand_over(doc, opened, &kept, desk, take);
            }
            part += 1;
            ControlFlow::Continue(())
        });
    }

    fn hand_over(
        &self,
        doc: &SearchDoc,
        opened: &OpenedFile<'_>,
        kept: &CachedArticle,
        desk: &SearchSession<'_>,
        take: Take<'_>,
    ) {
        let searched = |analysis| kept.text.searched(opened.path, analysis);
        if !self.search.needs_analysis() {
            return take(doc, &searched(None));
        }
        let document = &kept.text.document;
        let location = || Location {
            part: doc.part,
            ..opened.at.clone()
        };
        let analyze = || {
            desk.known(&location(), kept)
                .unwrap_or_else(|| analyze(document))
        };
        let analysis = kept.analysis.get_or_init(analyze);
        if self.corrections.is_empty() {
            return take(doc, &searched(Some(analysis)));
        }
        let key = location().key(document.meta.id.as_deref());
        let corrected = self.corrections.applied(&key, document, analysis);
        take(doc, &searched(Some(corrected.as_ref().unwrap_or(analysis))));
    }
}
