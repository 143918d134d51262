//! Which articles a search looks into, and in which order.
//!
//! Where few come into question, those first that answer best. A word that stands in a fifth of all articles
//! says nothing about any of them, and among thousands nobody looks for the best: then those first that have
//! the words in their title, and after them the newest.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use super::{Desk, Question};
use crate::app::hits::Ranking;
use crate::search::plan::Candidates;

/// More articles than this are not put in an order of their own.
const FEW: usize = 2_000;
/// A query that so large a part of the articles answers needs no index.
const COMMON_PART: usize = 5;
/// So many of the newest articles tell whether a begun word is common.
const PROBE: usize = 24;
/// How many rows are read between two looks at whether the search goes on.
const STEP: usize = 256;

/// What is looked into.
pub(super) struct Order {
    /// Places on the shelf.
    pub(super) places: Vec<usize>,
    pub(super) ranking: Ranking,
    /// Whether the index can tell how many articles answer.
    pub(super) is_countable: bool,
}

impl Question {
    /// What is looked into, in which order.
    pub(super) fn order(&self, desk: &mut Desk<'_>) -> Order {
        if self.is_corrected() {
            return self.all(desk);
        }
        if self.search.plan().has_prefix && self.is_common(desk) {
            return self.titles_first(self.all(desk), desk);
        }
        match self.sample(desk) {
            Sample::Few(rows) => self.best_first(&rows, desk),
            Sample::Many => match self.matching(desk) {
                Some(order) => self.titles_first(order, desk),
                None => self.all(desk),
            },
            Sample::Most => {
                let is_countable = self.is_countable();
                let order = self.titles_first(self.all(desk), desk);
                Order {
                    is_countable,
                    ..order
                }
            }
            Sample::Unknown => self.all(desk),
        }
    }

    /// Every article, the newest first.
    pub(super) fn all(&self, desk: &Desk<'_>) -> Order {
        let places = desk.catalog.newest();
        Order {
            places: match self.search.plan().candidates {
                Candidates::None => Vec::new(),
                _ => places.filter(|&place| self.meets(place)).collect(),
            },
            ranking: Ranking::Newest,
            is_countable: false,
        }
    }

    /// The articles that may answer as far as the index knows, the newest first, and then those it does not
    /// know; nothing when the index cannot tell.
    pub(super) fn matching(&self, desk: &Desk<'_>) -> Option<Order> {
        let Candidates::Matching(expression) = &self.search.plan().candidates else {
            return None;
        };
        if self.is_corrected() {
            return None;
        }
        let reader = desk.reader?;
        let mut places = Vec::new();
        let mut n_rows = 0;
        let can_tell = reader.matching(expression, &mut |row| {
            places.extend(desk.catalog.place(row));
            n_rows += 1;
            if n_rows % STEP == 0 && (desk.hall.is_cancelled)() {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        places.retain(|&place| self.meets(place));
        places.sort_unstable_by_key(|&place| desk.catalog.rank(place));
        places.extend(desk.catalog.unknown().filter(|&place| self.meets(place)));
        can_tell.then_some(Order {
            places,
            ranking: Ranking::Newest,
            is_countable: self.is_countable(),
        })
    }

    /// How many articles in and out of the scope answer, from the index alone.
    pub(super) fn count(&self, desk: &Desk<'_>) -> Option<(usize, usize)> {
        let order = self.matching(desk)?;
        let is_inside = |place: &&usize| {
            let shelved = self.articles.get(**place);
            shelved.is_some_and(|shelved| shelved.is_inside)
        };
        let inside = order.places.iter().filter(is_inside).count();
        Some((inside, order.places.len() - inside))
    }

    /// Whether what the plan leaves is exactly what answers. A day may not be known here yet.
    fn is_countable(&self) -> bool {
        let plan = self.search.plan();
        plan.is_exact && plan.from.is_none() && plan.until.is_none()
    }

    /// Whether an article meets the conditions beside the words, as far as is known.
    fn meets(&self, place: usize) -> bool {
        let Some(shelved) = self.articles.get(place) else {
            return false;
        };
        let plan = self.search.plan();
        let day = shelved.published.map(jiff::civil::DateTime::date);
        let is_too_early = day.is_some_and(|day| plan.from.is_some_and(|from| day < from));
        let is_too_late = day.is_some_and(|day| plan.until.is_some_and(|until| day >= until));
        !is_too_early && !is_too_late && (plan.paths.is_empty() || plan.has_path(&shelved.path))
    }

    /// Whether a good part of the newest articles answers.
    fn is_common(&self, desk: &mut Desk<'_>) -> bool {
        let places: Vec<usize> = desk.catalog.newest().take(PROBE).collect();
        let mut n_answering = 0;
        for &place in &places {
            self.read(place, desk, &mut |shelved, document, analysis| {
                let spans = self.search.spans(&shelved.path, document, analysis);
                n_answering += usize::from(spans.is_some());
            });
        }
        desk.done.clear();
        n_answering * COMMON_PART > places.len()
    }

    /// How many articles the index has for the query, and which, when they are few.
    fn sample(&self, desk: &Desk<'_>) -> Sample {
        let (Candidates::Matching(expression), Some(reader)) =
            (&self.search.plan().candidates, desk.reader)
        else {
            return Sample::Unknown;
        };
        let mut rows = Vec::new();
        let mut last = 0;
        let can_tell = reader.matching(expression, &mut |row| {
            rows.push(row);
            last = row;
            if rows.len() > FEW {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        let looked_at = usize::try_from(last).unwrap_or(usize::MAX);
        match rows.len() {
            _ if !can_tell => Sample::Unknown,
            n_rows if n_rows <= FEW => Sample::Few(rows),
            n_rows if n_rows.saturating_mul(COMMON_PART) > looked_at => Sample::Most,
            _ => Sample::Many,
        }
    }

    /// Few articles: those first that answer best, as far as some words of the query say anything.
    fn best_first(&self, rows: &[i64], desk: &Desk<'_>) -> Order {
        let places = rows.iter().filter_map(|&row| desk.catalog.place(row));
        let mut places: Vec<usize> = places.filter(|&place| self.meets(place)).collect();
        let says_something = places.len() * COMMON_PART <= self.articles.len();
        let scores = says_something.then(|| self.scores(rows, desk));
        let ranking = match scores {
            Some(ref scores) if !scores.is_empty() => Ranking::Best,
            _ => Ranking::Newest,
        };
        let scores = scores.unwrap_or_default();
        places.sort_by_cached_key(|&place| {
            let is_inside = self
                .articles
                .get(place)
                .is_some_and(|shelved| shelved.is_inside);
            let score = desk.catalog.row(place).and_then(|row| scores.get(&row));
            let score = score.copied().unwrap_or(i64::MAX);
            (!is_inside, score, desk.catalog.rank(place))
        });
        places.extend(desk.catalog.unknown().filter(|&place| self.meets(place)));
        let order = Order {
            places,
            ranking,
            is_countable: self.is_countable(),
        };
        if ranking == Ranking::Best {
            order
        } else {
            self.titles_first(order, desk)
        }
    }

    /// How well articles answer, lower being better, by those words of the query that are not common.
    fn scores(&self, rows: &[i64], desk: &Desk<'_>) -> HashMap<i64, i64> {
        let mut scores = HashMap::new();
        let Some(reader) = desk.reader else {
            return scores;
        };
        let wanted: HashSet<i64> = rows.iter().copied().collect();
        for part in &self.search.plan().parts {
            let mut n_rows = 0;
            let _ = reader.matching(part, &mut |_| {
                n_rows += 1;
                if n_rows > FEW * 2 {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            });
            if n_rows > FEW * 2 {
                continue;
            }
            let _ = reader.best(part, &mut |row, score| {
                if wanted.contains(&row) {
                    *scores.entry(row).or_insert(0) += score;
                }
            });
        }
        scores
    }

    /// Puts those first that have the words in their title, when these are not too many to say anything.
    fn titles_first(&self, order: Order, desk: &Desk<'_>) -> Order {
        let (Some(expression), Some(reader)) = (&self.search.plan().in_title, desk.reader) else {
            return order;
        };
        let mut titled = HashSet::new();
        let can_tell = reader.matching(expression, &mut |row| {
            titled.extend(desk.catalog.place(row));
            if titled.len() > FEW {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        if !can_tell || titled.len() > FEW {
            return order;
        }
        let is_inside = |place: usize| self.articles.get(place).is_some_and(|s| s.is_inside);
        let (mut places, others): (Vec<usize>, Vec<usize>) = order
            .places
            .iter()
            .partition(|&place| titled.contains(place) && is_inside(*place));
        places.extend(others);
        Order { places, ..order }
    }
}

/// How many articles the index has for a query.
enum Sample {
    /// These rows.
    Few(Vec<i64>),
    /// Some thousands.
    Many,
    /// A good part of all.
    Most,
    /// It cannot tell.
    Unknown,
}
