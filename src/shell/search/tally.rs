//! The numbers of all articles that answer and of their hits, from the index alone where that decides: it
//! knows where every word stands.

use std::ops::ControlFlow;

use super::session::SearchSession;
use super::{FolderQuery, SearchContext};
use crate::app::protocol::answers::Certainty;
use crate::library::ArticleId;

/// More articles than this are not looked into one by one beside what the index tells.
const MOST_SCANNED: usize = if cfg!(test) { 10 } else { 2_000 };
/// How many places of words are read between two looks at whether anybody waits.
const STEP: usize = 8_192;

/// The articles that answer, in and out of the scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tally {
    /// Hits and articles.
    pub(super) inside: (usize, usize),
    pub(super) outside: (usize, usize),
    /// Which of these numbers are final.
    pub(super) sure: Certainty,
    /// The articles in the scope.
    pub(super) counts: Vec<(ArticleId, u32)>,
}

/// What is known of the articles in the search scope while they are counted.
struct MatchCounts {
    /// Whether all parts so far hold for the article at a place.
    holds: Vec<bool>,
    n_hits: Vec<u32>,
}

impl FolderQuery {
    /// The numbers of all that answers, as far as the index knows them; nothing when it does not, or nobody
    /// waits for them.
    pub(super) fn tally(&self, hall: SearchContext<'_>) -> Option<Tally> {
        if !self.search.plan().is_exact || self.is_corrected() {
            return None;
        }
        let mut tally = None;
        self.at_desk(hall, &mut |desk| {
            tally = self
                .count(desk)
                .and_then(|counting| self.summed_up(&counting, desk));
        });
        tally
    }

    /// The numbers of some rows, which are all that the index has for a query: of their articles, and of their
    /// hits where these can be had at once.
    pub(super) fn tally_of(&self, rows: &[i64], desk: &mut SearchSession<'_>) -> Option<Tally> {
        let plan = self.search.plan();
        if !plan.is_exact || !desk.catalog.knows_all() {
            return None;
        }
        if rows.len() <= MOST_SCANNED
            && let [part] = plan.parts.as_slice()
            && !part.has_others
            && let Some(counting) = self.count(desk)
        {
            return self.summed_up(&counting, desk);
        }
        let mut counting = MatchCounts::new(self.articles.len(), false);
        for place in rows.iter().filter_map(|&row| desk.catalog.place(row)) {
            if self.meets(place, &desk.catalog)
                && let Some(holds) = counting.holds.get_mut(place)
            {
                *holds = true;
            }
        }
        Some(self.of_articles(&counting))
    }

    /// Goes through the places of all words of the query.
    fn count(&self, desk: &SearchSession<'_>) -> Option<MatchCounts> {
        let reader = desk.reader?;
        let plan = self.search.plan();
        let mut counting = MatchCounts::new(self.articles.len(), true);
        let mut n_places = 0_usize;
        let mut go_on = || {
            n_places += 1;
            if n_places.is_multiple_of(STEP) && (desk.hall.is_cancelled)() {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        for part in &plan.parts {
            let mut has = vec![false; self.articles.len()];
            for word in &part.words {
                let n_hits = &mut counting.n_hits;
                let could = reader.instances(word, &mut |row, is_in_text| {
                    if let Some(place) = desk.catalog.place(row) {
                        mark(&mut has, place);
                        if let Some(count) = n_hits.get_mut(place) {
                            *count += u32::from(is_in_text);
                        }
                    }
                    go_on()
                });
                could.then_some(())?;
            }
            if part.has_others {
                mark_matching(&part.expression, desk, &mut has, &mut go_on)?;
            }
            counting.keep(&has, true);
        }
        for part in &plan.excluded {
            let mut has = vec![false; self.articles.len()];
            mark_matching(&part.expression, desk, &mut has, &mut go_on)?;
            counting.keep(&has, false);
        }
        for (place, holds) in counting.holds.iter_mut().enumerate() {
            *holds = *holds && self.meets(place, &desk.catalog);
        }
        (!(desk.hall.is_cancelled)()).then_some(counting)
    }

    /// The numbers; articles that the index does not know, or not the hits of, are looked into when they are few.
    fn summed_up(&self, counting: &MatchCounts, desk: &mut SearchSession<'_>) -> Option<Tally> {
        let plan = self.search.plan();
        let are_words_apart = plan.counted().is_some();
        let is_unsure = |place: usize| {
            let n_hits = counting.n_hits.get(place).copied().unwrap_or(0);
            !are_words_apart || (plan.has_facts && n_hits == 0)
        };
        let mut tally = Tally::default();
        let mut scanned: Vec<usize> = desk.catalog.unknown().take(MOST_SCANNED + 1).collect();
        if scanned.len() > MOST_SCANNED {
            return None;
        }
        for (place, doc) in self.articles.iter().enumerate() {
            let holds = counting.holds.get(place) == Some(&true);
            if !holds || desk.catalog.row(place).is_none() {
                continue;
            }
            if is_unsure(place) {
                if scanned.len() == MOST_SCANNED {
                    let is_known = desk.catalog.knows_all();
                    return is_known.then(|| self.of_articles(counting));
                }
                scanned.push(place);
                continue;
            }
            let n_hits = counting.n_hits.get(place).copied().unwrap_or(0);
            tally.add(doc.id, n_hits.max(1), doc.is_inside);
        }
        for at in 0..scanned.len() {
            if (desk.hall.is_cancelled)() {
                return None;
            }
            let (_, left) = scanned.split_at(at);
            self.read_next(left, desk, &mut |doc, article| {
                if let Some(spans) = self.search.spans(article) {
                    let n_hits = u32::try_from(spans.len()).unwrap_or(u32::MAX);
                    tally.add(doc.id, n_hits, doc.is_inside);
                }
            });
        }
        tally.sure = Certainty::All;
        Some(tally)
    }

    /// How many articles there are; their hits are not known.
    fn of_articles(&self, counting: &MatchCounts) -> Tally {
        let mut tally = Tally::default();
        for (doc, _) in self
            .articles
            .iter()
            .zip(&counting.holds)
            .filter(|(_, holds)| **holds)
        {
            tally.add(doc.id, 0, doc.is_inside);
        }
        tally.counts.clear();
        tally.sure = Certainty::Articles;
        tally
    }
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            inside: (0, 0),
            outside: (0, 0),
            sure: Certainty::Nothing,
            counts: Vec::new(),
        }
    }
}

impl Tally {
    fn add(&mut self, article: ArticleId, n_hits: u32, is_inside: bool) {
        let (hits, articles) = if is_inside {
            self.counts.push((article, n_hits));
            &mut self.inside
        } else {
            &mut self.outside
        };
        *hits += n_hits as usize;
        *articles += 1;
    }
}

impl MatchCounts {
    fn new(n_articles: usize, holds: bool) -> Self {
        Self {
            holds: vec![holds; n_articles],
            n_hits: vec![0; n_articles],
        }
    }

    /// Keeps those articles of which something is, or is not, so.
    fn keep(&mut self, has: &[bool], wanted: bool) {
        for (holds, has) in self.holds.iter_mut().zip(has) {
            *holds &= *has == wanted;
        }
    }
}

/// Marks the places of all articles for which an expression holds; nothing when the index cannot tell.
fn mark_matching(
    expression: &str,
    desk: &SearchSession<'_>,
    places: &mut [bool],
    go_on: &mut dyn FnMut() -> ControlFlow<()>,
) -> Option<()> {
    let mut take = |row| {
        if let Some(place) = desk.catalog.place(row) {
            mark(places, place);
        }
        go_on()
    };
    desk.reader?.matching(expression, &mut take).then_some(())
}

fn mark(places: &mut [bool], place: usize) {
    if let Some(mark) = places.get_mut(place) {
        *mark = true;
    }
}
