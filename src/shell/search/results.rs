//! What a search found so far, and when it is handed over to the model.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::tally::Tally;
use crate::app::protocol::answers::{ArticleHits, Certainty, Counts, HitOrder, SearchProgress};
use crate::library::ArticleId;

/// Hits that do not fill a screen are handed over after this time, so that a frame is not drawn for each.
const FIRST_HANDOVER: Duration = Duration::from_millis(6);
/// How often further hits are handed over.
const HANDOVER: Duration = Duration::from_millis(100);
/// While hits are only counted the numbers change less and less often, between these limits.
const FIRST_COUNT: Duration = Duration::from_millis(300);
const LAST_COUNT: Duration = Duration::from_secs(2);

/// Receives the hits found since the last call, the progress, and the count of each article once known.
pub(crate) type HandOver<'h> = &'h mut dyn FnMut(Vec<ArticleHits>, SearchProgress, Option<Counts>);

/// The hits of a search and their numbers.
pub(super) struct SearchResults {
    found: Vec<ArticleHits>,
    n_lines: usize,
    max_lines: usize,
    progress: SearchProgress,
    /// The articles found inside the scope, with their numbers of hits.
    counts: Vec<(ArticleId, u32)>,
    /// The totals, where the index gave them before all articles were scanned.
    totals: Option<Tally>,
    last_handover: Instant,
    /// How long to wait until the next handover.
    pause: Duration,
}

impl SearchResults {
    pub(super) fn new(n_articles: usize, max_lines: usize) -> Self {
        let progress = SearchProgress {
            searched: (0, n_articles),
            ..SearchProgress::default()
        };
        Self {
            found: Vec::new(),
            n_lines: 0,
            max_lines,
            progress,
            counts: Vec::new(),
            totals: None,
            last_handover: Instant::now(),
            pause: FIRST_HANDOVER,
        }
    }

    /// Sets the order of the hits and how many articles will be scanned. All others count as searched.
    pub(super) fn set_order(&mut self, ranking: HitOrder, n_places: usize) {
        self.progress.ranking = ranking;
        self.progress.searched.0 = self.progress.searched.1.saturating_sub(n_places);
    }

    /// Whether there are at least `count` lines.
    pub(super) fn has_lines(&self, count: usize) -> bool {
        self.n_lines >= count
    }

    /// Whether no more lines will be listed.
    pub(super) fn is_full(&self) -> bool {
        self.has_lines(self.max_lines)
    }

    /// Adds the hits of an article. Those outside the scope are only counted.
    pub(super) fn add(&mut self, found: ArticleHits, is_inside: bool) {
        self.count(found.article, found.n_hits, is_inside);
        if is_inside && !self.is_full() {
            self.n_lines += found.hits.len() + 1;
            self.found.push(found);
        }
    }

    fn count(&mut self, article: ArticleId, n_hits: usize, is_inside: bool) {
        let (hits, articles) = if is_inside {
            let count = u32::try_from(n_hits).unwrap_or(u32::MAX);
            self.counts.push((article, count));
            &mut self.progress.inside
        } else {
            &mut self.progress.outside
        };
        *hits += n_hits;
        *articles += 1;
    }

    /// Records that an article was ruled out without scanning it.
    pub(super) fn skipped(&mut self) {
        self.progress.searched.0 += 1;
    }

    /// Records that an article was scanned, and hands the hits over when it is time.
    pub(super) fn scanned(&mut self, hand_over: HandOver<'_>) {
        self.progress.searched.0 += 1;
        let has_news = self.n_lines > 0 || self.pause > FIRST_HANDOVER;
        if has_news && self.last_handover.elapsed() > self.pause {
            self.hand_over(hand_over);
        }
    }

    /// Takes totals from the index.
    pub(super) fn set_totals(&mut self, totals: Tally) {
        self.totals = Some(totals);
    }

    /// Whether the numbers of hits and articles are final.
    pub(super) fn has_totals(&self) -> bool {
        self.final_totals().is_some()
    }

    fn final_totals(&self) -> Option<&Tally> {
        let totals = self.totals.as_ref();
        totals.filter(|totals| totals.sure == Certainty::All)
    }

    /// Hands over what is left and marks the search as done.
    pub(super) fn finish(&mut self, hand_over: HandOver<'_>) {
        self.progress.sure = Certainty::All;
        self.progress.is_done = true;
        self.progress.searched.0 = self.progress.searched.1;
        if !self.has_totals() {
            self.totals = None;
        }
        self.hand_over(hand_over);
    }

    /// Hands over what was found since the last time.
    pub(super) fn hand_over(&mut self, hand_over: HandOver<'_>) {
        let found = std::mem::take(&mut self.found);
        hand_over(found, self.progress(), self.counts());
        self.last_handover = Instant::now();
        self.pause = if !self.is_full() {
            HANDOVER
        } else if self.pause < FIRST_COUNT {
            FIRST_COUNT
        } else {
            (self.pause * 2).min(LAST_COUNT)
        };
    }

    fn progress(&self) -> SearchProgress {
        let mut progress = self.progress;
        if let Some(totals) = &self.totals {
            progress.inside.1 = totals.inside.1;
            progress.outside.1 = totals.outside.1;
            progress.sure = progress.sure.max(totals.sure);
            if totals.sure == Certainty::All {
                progress.inside.0 = totals.inside.0;
                progress.outside.0 = totals.outside.0;
            }
        }
        progress
    }

    /// The count of each article, once there are more articles than are listed.
    fn counts(&self) -> Option<Counts> {
        if let Some(totals) = self.final_totals() {
            return Some(Arc::from(totals.counts.as_slice()));
        }
        let is_counting = self.is_full() || self.progress.is_done;
        is_counting.then(|| Arc::from(self.counts.as_slice()))
    }
}
