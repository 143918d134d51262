//! A search in the folder: which articles are looked into, in which order, and when hits are handed over.
//!
//! The index says which articles may answer and the scan of each decides, so that both give the same. What
//! the index does not have yet is scanned after it.

mod answer;
mod order;

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use self::answer::{Answer, HandOver};
use self::order::Order;
use super::catalog::{Catalog, Catalogs};
use super::index::{Fingerprint, Index, Reader};
use super::scan::Sources;
use crate::analysis::{Analysis, analyze};
use crate::app::answers::FolderSearch;
use crate::app::hits::{Shelf, Shelved};
use crate::document::Document;
use crate::library::{ArticleId, Corrections};
use crate::search::{Case, record};

/// A question about the folder.
pub(super) struct Question {
    search: FolderSearch,
    articles: Shelf,
    corrections: Arc<Corrections>,
}

/// Where a question is asked.
#[derive(Clone, Copy)]
pub(super) struct Hall<'h> {
    pub(super) sources: &'h Sources,
    pub(super) index: Option<&'h Index>,
    pub(super) catalogs: &'h Catalogs,
    /// Whether nobody waits for the answer any more.
    pub(super) is_cancelled: &'h dyn Fn() -> bool,
}

/// What an article is looked into with.
struct Desk<'d> {
    hall: Hall<'d>,
    catalog: &'d Catalog,
    reader: Option<&'d Reader>,
    /// Places on the shelf that are done.
    done: HashSet<usize>,
}

/// Takes an article, its text and what is known of it.
type Take<'t> = &'t mut dyn FnMut(&Shelved, &Document, Option<&Analysis>);

impl Question {
    /// What the reader typed so far, asked of the articles on the shelf.
    pub(super) fn typing(
        query: &str,
        case: Case,
        articles: Shelf,
        corrections: Arc<Corrections>,
    ) -> Self {
        Self {
            search: FolderSearch::typing(query, case),
            articles,
            corrections,
        }
    }

    /// A whole query, asked of the articles on the shelf.
    pub(super) fn whole(
        query: &str,
        case: Case,
        articles: Shelf,
        corrections: Arc<Corrections>,
    ) -> Self {
        Self {
            search: FolderSearch::new(query, case),
            articles,
            corrections,
        }
    }

    /// Whether corrections may change the answer; the index knows nothing of them.
    fn is_corrected(&self) -> bool {
        self.search.needs_analysis() && !self.corrections.is_empty()
    }

    /// The analysis of an article with the corrections laid over it.
    fn corrected(
        &self,
        shelved: &Shelved,
        document: &Document,
        known: Option<Analysis>,
    ) -> Option<Analysis> {
        if !self.is_corrected() {
            return known;
        }
        let analysis = known.unwrap_or_else(|| analyze(document));
        let key = shelved.location.key(document.meta.id.as_deref());
        let corrected = self.corrections.applied(&key, document, &analysis);
        corrected.or(Some(analysis))
    }

    /// Looks into the articles and hands over what it finds, until all is found or it is cancelled; no more
    /// than `most` lines of it.
    pub(super) fn answer(&self, hall: Hall<'_>, most: usize, hand_over: HandOver<'_>) {
        let mut answer = Answer::new(hand_over, self.articles.len(), most);
        self.at_desk(hall, &mut |desk| {
            let order = self.order(desk);
            answer.begin(order.ranking, order.places.len());
            for &place in &order.places {
                if (hall.is_cancelled)() {
                    return;
                }
                if order.is_countable && answer.is_full() {
                    answer.count(self.count(desk));
                    break;
                }
                self.look(place, desk, &mut answer);
            }
            answer.finish();
        });
    }

    /// The articles that answer, whatever the scope; nothing when it is cancelled.
    pub(super) fn articles(&self, hall: Hall<'_>) -> Option<Vec<ArticleId>> {
        let mut found = Vec::new();
        let mut is_whole = true;
        self.at_desk(hall, &mut |desk| {
            let Order {
                places,
                is_countable,
                ..
            } = self.matching(desk).unwrap_or_else(|| self.all(desk));
            for place in places {
                if (hall.is_cancelled)() {
                    is_whole = false;
                    return;
                }
                // Where the index knows all there is to know, nothing need be read.
                match self.articles.get(place) {
                    Some(shelved) if is_countable && desk.catalog.row(place).is_some() => {
                        found.push(shelved.id);
                    }
                    _ => self.read(place, desk, &mut |shelved, document, analysis| {
                        let spans = self.search.spans(&shelved.path, document, analysis);
                        found.extend(spans.map(|_| shelved.id));
                    }),
                }
            }
        });
        is_whole.then_some(found)
    }

    /// Works with the index, if there is one that answers.
    fn at_desk(&self, hall: Hall<'_>, work: &mut dyn FnMut(&mut Desk<'_>)) {
        let catalog = &*hall.catalogs.of(&self.articles, hall.index);
        let mut with = |reader: Option<&Reader>| {
            work(&mut Desk {
                hall,
                catalog,
                reader,
                done: HashSet::new(),
            });
        };
        let asked = hall.index.and_then(|index| {
            index.ask(|reader| {
                with(Some(reader));
                Some(())
            })
        });
        if asked.is_none() {
            with(None);
        }
    }

    /// Looks into an article.
    fn look(&self, place: usize, desk: &mut Desk<'_>, answer: &mut Answer<'_>) {
        self.read(place, desk, &mut |shelved, document, analysis| {
            answer.take(
                self.search
                    .look(shelved.id, &shelved.path, document, analysis),
                shelved.is_inside,
            );
        });
        answer.looked();
    }

    /// Reads an article from the index or its file, with all that stand in the same file unless the index has
    /// them.
    fn read(&self, place: usize, desk: &mut Desk<'_>, take: Take<'_>) {
        let Some(shelved) = self.articles.get(place) else {
            return;
        };
        if !desk.done.insert(place) || self.read_stored(shelved, desk, take) {
            return;
        }
        let Ok(bytes) = desk.hall.sources.read(&shelved.location.file) else {
            return;
        };
        let others = desk.catalog.beside(place, &shelved.location);
        let wanted: BTreeMap<u32, (usize, &Shelved)> = others
            .filter_map(|at| {
                let shelved = self.articles.get(at)?;
                Some((shelved.location.part, (at, shelved)))
            })
            .collect();
        let name = shelved.location.file.to_string_lossy();
        let mut part = 0;
        let reader = &desk.hall.sources.choice.reader;
        let _ = reader.each(bytes, &name, &mut |document| {
            if let Some(&(at, shelved)) = wanted.get(&part)
                && (at == place || desk.done.insert(at))
            {
                let analysis = self.analysis(at, shelved, &document.value, desk);
                let analysis = self.corrected(shelved, &document.value, analysis);
                take(shelved, &document.value, analysis.as_ref());
            }
            part += 1;
            ControlFlow::Continue(())
        });
    }

    /// Takes the text of an article from the index, where that has it and the file is as it was.
    fn read_stored(&self, shelved: &Shelved, desk: &Desk<'_>, take: Take<'_>) -> bool {
        let stored = || {
            let reader = desk.reader?;
            let now = Fingerprint::at(&shelved.location.file)?;
            let row = reader.row(&shelved.location, now)?;
            let document = reader.document(row)?.value;
            let analysis = self.known(row, &document, reader);
            Some((document, analysis))
        };
        let Some((document, analysis)) = stored() else {
            return false;
        };
        let analysis = self.corrected(shelved, &document, analysis);
        take(shelved, &document, analysis.as_ref());
        true
    }

    /// What the index knows of an article that was read, if the question needs it and the file is as it was.
    fn analysis(
        &self,
        place: usize,
        shelved: &Shelved,
        document: &Document,
        desk: &Desk<'_>,
    ) -> Option<Analysis> {
        if !self.search.needs_analysis() {
            return None;
        }
        let reader = desk.reader?;
        desk.catalog.row(place)?;
        let now = Fingerprint::at(&shelved.location.file)?;
        let row = reader.row(&shelved.location, now)?;
        self.known(row, document, reader)
    }

    fn known(&self, row: i64, document: &Document, reader: &Reader) -> Option<Analysis> {
        if !self.search.needs_analysis() {
            return None;
        }
        let analysis = reader.analysis(row)?;
        record::fits(&analysis, &document.text).then_some(analysis)
    }
}

#[cfg(test)]
mod tests;
