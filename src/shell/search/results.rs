//! What was found so far, and when it is handed over.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::tally::Tally;
use crate::app::protocol::answers::{ArticleHits, Certainty, Counts, HitOrder, SearchProgress};
use crate::library::ArticleId;

/// Hits that do not fill a screen are handed over after this time.
const FIRST_HANDOVER: Duration = Duration::from_millis(6);
/// And the next ones after this.
const HANDOVER: Duration = Duration::from_millis(100);
/// While hits are only counted the numbers change every now and then, and ever more seldom.
const FIRST_COUNT: Duration = Duration::from_millis(300);
const LAST_COUNT: Duration = Duration::from_secs(2);

/// Takes what was found since the last time, how far the search is, and all that was counted.
pub(in crate::shell) type HandOver<'h> =
    &'h mut dyn FnMut(Vec<ArticleHits>, SearchProgress, Option<Counts>);

/// What was found so far.
pub(super) struct SearchResults {
    found: Vec<ArticleHits>,
    n_lines: usize,
    most_lines: usize,
    progress: SearchProgress,
    /// The articles in the scope that were found.
    counts: Vec<(ArticleId, u32)>,
    /// The numbers of all, as far as they are known before all is found.
    known: Option<Tally>,
    /// When something was handed over last, and how long it is until the next time.
    last: Instant,
    pause: Duration,
}

impl SearchResults {
    pub(super) fn new(n_articles: usize, most_lines: usize) -> Self {
        let progress = SearchProgress {
            searched: (0, n_articles),
            ..SearchProgress::default()
        };
        Self {
            found: Vec::new(),
            n_lines: 0,
            most_lines,
            progress,
            counts: Vec::new(),
            known: None,
            last: Instant::now(),
            pause: FIRST_HANDOVER,
        }
    }

    /// Notes how many articles will be looked into; the others are as good as searched.
    pub(super) fn begin(&mut self, ranking: HitOrder, n_places: usize) {
        self.progress.ranking = ranking;
        self.progress.searched.0 = self.progress.searched.1.saturating_sub(n_places);
    }

    /// Whether there are so many lines.
    pub(super) fn has_lines(&self, count: usize) -> bool {
        self.n_lines >= count
    }

    /// Whether no more lines are wanted.
    pub(super) fn is_full(&self) -> bool {
        self.has_lines(self.most_lines)
    }

    /// Takes what was found in an article; what is outside of the scope is only counted.
    pub(super) fn take(&mut self, found: ArticleHits, is_inside: bool) {
        self.add(found.article, found.n_hits, is_inside);
        if is_inside && !self.is_full() {
            self.n_lines += found.hits.len() + 1;
            self.found.push(found);
        }
    }

    fn add(&mut self, article: ArticleId, n_hits: usize, is_inside: bool) {
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

    /// Notes that one more place is done without a look.
    pub(super) fn skipped(&mut self) {
        self.progress.searched.0 += 1;
    }

    /// Notes that one more place is done; hands over what there is when it is time.
    pub(super) fn looked(&mut self, hand_over: HandOver<'_>) {
        self.progress.searched.0 += 1;
        let has_news = self.n_lines > 0 || self.pause > FIRST_HANDOVER;
        if has_news && self.last.elapsed() > self.pause {
            self.give(hand_over);
        }
    }

    /// Takes the numbers of all from the index.
    pub(super) fn know(&mut self, tally: Tally) {
        self.known = Some(tally);
    }

    /// Whether all numbers are known.
    pub(super) fn knows_all(&self) -> bool {
        let known = self.known.as_ref();
        known.is_some_and(|tally| tally.sure == Certainty::All)
    }

    /// Notes that all was found or counted and nothing more comes.
    pub(super) fn finish(&mut self, hand_over: HandOver<'_>) {
        self.progress.sure = Certainty::All;
        self.progress.is_done = true;
        self.progress.searched.0 = self.progress.searched.1;
        if !self.knows_all() {
            self.known = None;
        }
        self.give(hand_over);
    }

    /// Hands over what there is.
    pub(super) fn give(&mut self, hand_over: HandOver<'_>) {
        let found = std::mem::take(&mut self.found);
        hand_over(found, self.progress(), self.counts());
        self.last = Instant::now();
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
        if let Some(known) = &self.known {
            progress.inside.1 = known.inside.1;
            progress.outside.1 = known.outside.1;
            progress.sure = progress.sure.max(known.sure);
            if known.sure == Certainty::All {
                progress.inside.0 = known.inside.0;
                progress.outside.0 = known.outside.0;
            }
        }
        progress
    }

    /// All articles counted so far, when that is more than what is listed.
    fn counts(&self) -> Option<Counts> {
        let known = self
            .known
            .as_ref()
            .filter(|tally| tally.sure == Certainty::All);
        let counts = known.map_or(&self.counts, |tally| &tally.counts);
        let is_counting = self.is_full() || self.progress.is_done || known.is_some();
        is_counting.then(|| Arc::from(counts.as_slice()))
    }
}
