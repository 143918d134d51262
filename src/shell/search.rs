//! A search in the folder: which articles are looked into, in which order, and when hits are handed over.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::DateTime;

use super::scan::Sources;
use crate::app::answers::FolderSearch;
use crate::app::hits::{Found, Progress, Ranking, Shelf, Shelved};
use crate::document::{self, Document};
use crate::library::ArticleId;
use crate::search::Case;

/// The first hits are handed over when they fill a screen, or after this time.
const FIRST_HANDOVER: Duration = Duration::from_millis(6);
/// How many lines of hits fill a screen.
const SCREENFUL: usize = 80;
/// How often further hits are handed over.
const HANDOVER: Duration = Duration::from_millis(40);

/// A question about the folder.
pub(super) struct Question {
    search: FolderSearch,
    shelf: Shelf,
}

/// Takes what was found since the last time and how far the search is.
type HandOver<'h> = &'h mut dyn FnMut(Vec<Found>, Progress);

impl Question {
    /// What the reader typed so far, asked of the articles on the shelf.
    pub(super) fn new(query: &str, case: Case, articles: Shelf) -> Self {
        Self {
            search: FolderSearch::typing(query, case),
            shelf: articles,
        }
    }

    /// A whole query, asked of the articles on the shelf.
    pub(super) fn whole(query: &str, case: Case, articles: Shelf) -> Self {
        Self {
            search: FolderSearch::new(query, case),
            shelf: articles,
        }
    }

    /// The articles that answer, whatever the scope; nothing when it is cancelled.
    pub(super) fn articles(
        &self,
        sources: &Sources,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Option<Vec<ArticleId>> {
        let mut found = Vec::new();
        for file in self.by_file() {
            if is_cancelled() {
                return None;
            }
            self.read(&file, sources, &mut |shelved, document| {
                let spans = self.search.spans(&shelved.path, document, None);
                found.extend(spans.map(|_| shelved.id));
            });
        }
        Some(found)
    }

    /// Looks into the articles and hands over what it finds, until all is found or it is cancelled.
    pub(super) fn answer(
        &self,
        sources: &Sources,
        is_cancelled: &dyn Fn() -> bool,
        hand_over: HandOver<'_>,
    ) {
        let mut answer = Answer::new(hand_over, self.shelf.len());
        for file in self.by_file() {
            if is_cancelled() {
                return;
            }
            self.scan(&file, sources, &mut answer);
        }
        answer.finish();
    }

    /// The articles by the files they are in: those in the scope first, then the newest.
    fn by_file(&self) -> Vec<File> {
        let mut files: Vec<File> = Vec::new();
        for (at, shelved) in self.shelf.iter().enumerate() {
            let rank = (shelved.is_inside, shelved.published);
            match files.last_mut() {
                Some(file) if self.is_same_file(file, &shelved.location.file) => {
                    file.rank = file.rank.max(rank);
                    file.articles.push(at);
                }
                _ => files.push(File {
                    rank,
                    articles: vec![at],
                }),
            }
        }
        files.sort_by_key(|file| Reverse(file.rank));
        files
    }

    fn is_same_file(&self, file: &File, other: &Arc<Path>) -> bool {
        let first = file.articles.first().and_then(|&at| self.shelf.get(at));
        first.is_some_and(|first| first.location.file == *other)
    }

    /// Looks into those articles of a file that are asked about.
    fn scan(&self, file: &File, sources: &Sources, answer: &mut Answer<'_>) {
        self.read(file, sources, &mut |shelved, document| {
            let found = self.search.look(shelved.id, &shelved.path, document, None);
            answer.take(found, shelved.is_inside);
        });
        answer.searched(file.articles.len());
    }

    /// Reads those articles of a file that are asked about.
    fn read(&self, file: &File, sources: &Sources, take: &mut dyn FnMut(&Shelved, &Document)) {
        let wanted: BTreeMap<u32, &Shelved> = file
            .articles
            .iter()
            .filter_map(|&at| self.shelf.get(at))
            .map(|shelved| (shelved.location.part, shelved))
            .collect();
        let Some(first) = wanted.values().next() else {
            return;
        };
        let Ok(bytes) = sources.read(&first.location.file) else {
            return;
        };
        let name = first.location.file.to_string_lossy();
        let mut part = 0;
        let _ = document::read_each(bytes, &name, &mut |document| {
            if let Some(shelved) = wanted.get(&part) {
                take(shelved, &document.value);
            }
            part += 1;
            ControlFlow::Continue(())
        });
    }
}

/// A file with the articles in it that are asked about.
struct File {
    rank: (bool, Option<DateTime>),
    /// Where they stand on the shelf.
    articles: Vec<usize>,
}

/// What was found so far.
struct Answer<'h> {
    hand_over: HandOver<'h>,
    found: Vec<Found>,
    n_lines: usize,
    progress: Progress,
    last: Instant,
    is_first: bool,
}

impl<'h> Answer<'h> {
    fn new(hand_over: HandOver<'h>, n_articles: usize) -> Self {
        let progress = Progress {
            searched: (0, n_articles),
            ranking: Ranking::Newest,
            ..Progress::default()
        };
        Self {
            hand_over,
            found: Vec::new(),
            n_lines: 0,
            progress,
            last: Instant::now(),
            is_first: true,
        }
    }

    fn take(&mut self, found: Option<Found>, is_inside: bool) {
        let Some(found) = found else { return };
        let (n_hits, n_articles) = if is_inside {
            &mut self.progress.inside
        } else {
            &mut self.progress.outside
        };
        *n_hits += found.n_hits;
        *n_articles += 1;
        if is_inside {
            self.n_lines += found.hits.len() + 1;
            self.found.push(found);
        }
    }

    /// Notes that so many articles are done; hands over what there is when it is time.
    fn searched(&mut self, n_articles: usize) {
        self.progress.searched.0 += n_articles;
        let waited = self.last.elapsed();
        let is_time = if self.is_first {
            self.n_lines >= SCREENFUL || (waited > FIRST_HANDOVER && self.n_lines > 0)
        } else {
            false
        };
        if is_time || waited > HANDOVER {
            self.give();
        }
    }

    fn finish(&mut self) {
        self.progress.is_done = true;
        self.give();
    }

    fn give(&mut self) {
        (self.hand_over)(std::mem::take(&mut self.found), self.progress);
        self.last = Instant::now();
        self.is_first = false;
    }
}
