//! What was found so far, and when it is handed over.

use std::time::{Duration, Instant};

use crate::app::hits::{Found, Progress, Ranking};

/// The first hits are handed over when they fill a screen, or after this time.
const FIRST_HANDOVER: Duration = Duration::from_millis(6);
/// How many lines of hits fill a screen.
const SCREENFUL: usize = 60;
/// How often further hits are handed over.
const HANDOVER: Duration = Duration::from_millis(40);

/// Takes what was found since the last time and how far the search is.
pub(super) type HandOver<'h> = &'h mut dyn FnMut(Vec<Found>, Progress);

/// What was found so far.
pub(super) struct Answer<'h> {
    hand_over: HandOver<'h>,
    found: Vec<Found>,
    n_lines: usize,
    most_lines: usize,
    progress: Progress,
    last: Instant,
    is_first: bool,
}

impl<'h> Answer<'h> {
    pub(super) fn new(hand_over: HandOver<'h>, n_articles: usize, most_lines: usize) -> Self {
        let progress = Progress {
            searched: (0, n_articles),
            ..Progress::default()
        };
        Self {
            hand_over,
            found: Vec::new(),
            n_lines: 0,
            most_lines,
            progress,
            last: Instant::now(),
            is_first: true,
        }
    }

    /// Notes how many articles will be looked into; the others are as good as searched.
    pub(super) fn begin(&mut self, ranking: Ranking, n_places: usize) {
        self.progress.ranking = ranking;
        self.progress.searched.0 = self.progress.searched.1.saturating_sub(n_places);
    }

    /// Whether no more lines are wanted.
    pub(super) fn is_full(&self) -> bool {
        self.n_lines >= self.most_lines
    }

    /// Takes what was found in an article; what is outside of the scope is only counted.
    pub(super) fn take(&mut self, found: Option<Found>, is_inside: bool) {
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

    /// Notes that one more place is done; hands over what there is when it is time.
    pub(super) fn looked(&mut self) {
        self.progress.searched.0 += 1;
        let waited = self.last.elapsed();
        let is_screenful =
            self.n_lines >= SCREENFUL || (waited > FIRST_HANDOVER && self.n_lines > 0);
        if (self.is_first && is_screenful) || waited > HANDOVER {
            self.give();
        }
    }

    /// Takes the numbers of articles in and out of the scope from the index; their hits are not counted.
    pub(super) fn count(&mut self, counts: Option<(usize, usize)>) {
        let Some((inside, outside)) = counts else {
            return;
        };
        self.progress.inside.1 = inside.max(self.progress.inside.1);
        self.progress.outside.1 = outside.max(self.progress.outside.1);
        self.progress.is_counted_in_part = true;
    }

    /// Hands over the rest.
    pub(super) fn finish(&mut self) {
        self.progress.searched.0 = self.progress.searched.1;
        self.progress.is_done = true;
        self.give();
    }

    fn give(&mut self) {
        (self.hand_over)(std::mem::take(&mut self.found), self.progress);
        self.last = Instant::now();
        self.is_first = false;
    }
}
