//! The number of matching articles and hits, counted from the index alone where that gives the exact result:
//! the index knows every occurrence of every word.

use std::ops::ControlFlow;

use super::context::SearchContext;
use super::query::FolderQuery;
use super::session::SearchSession;
use crate::app::protocol::answers::Certainty;
use crate::library::ArticleId;

/// How many occurrences are counted between two checks for cancellation.
const CHECK_EVERY: usize = 8_192;

/// The numbers of articles and hits, inside the scope and outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tally {
    /// Hits and articles.
    pub(super) inside: (usize, usize),
    pub(super) outside: (usize, usize),
    /// Which of these numbers are final.
    pub(super) sure: Certainty,
    /// The articles inside the scope, with their numbers of hits.
    pub(super) counts: Vec<(ArticleId, u32)>,
}

/// What the index says of each article, by place.
struct MatchCounts {
    /// Whether every part of the query examined so far holds.
    holds: Vec<bool>,
    n_hits: Vec<u32>,
}

/// The totals of a query; `None` when the index cannot give them or the search was cancelled.
pub(super) fn tally(query: &FolderQuery, context: SearchContext<'_>) -> Option<Tally> {
    if !query.search.plan().is_exact || query.is_corrected() {
        return None;
    }
    SearchSession::with(context, query, &mut |session| {
        let counts = count(session)?;
        sum_up(&counts, session)
    })
}

/// The totals when `rows` are all matches in the index. Hits are only counted if that is quick.
pub(super) fn tally_of(rows: &[i64], session: &mut SearchSession<'_>) -> Option<Tally> {
    let query = session.query;
    let plan = query.search.plan();
    if !plan.is_exact || !session.map.has_all() {
        return None;
    }
    if rows.len() <= session.context.limits.counted
        && let [part] = plan.parts.as_slice()
        && !part.has_others
        && let Some(counts) = count(session)
    {
        return sum_up(&counts, session);
    }
    let mut counts = MatchCounts::new(query.articles.len(), false);
    for place in rows.iter().filter_map(|&row| session.map.place(row)) {
        counts.holds[place] = query.meets(place, &session.map);
    }
    Some(n_articles(&counts, query))
}

/// Goes through all occurrences of the words in the query.
fn count(session: &SearchSession<'_>) -> Option<MatchCounts> {
    let reader = session.reader?;
    let query = session.query;
    let plan = query.search.plan();
    let n_articles = query.articles.len();
    let mut counts = MatchCounts::new(n_articles, true);
    let mut n_seen = 0_usize;
    let mut go_on = || {
        n_seen += 1;
        if n_seen.is_multiple_of(CHECK_EVERY) && (session.context.is_cancelled)() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    for part in &plan.parts {
        let mut matches = vec![false; n_articles];
        for word in &part.words {
            let could = reader.occurrences(word, &mut |row, is_in_text| {
                if let Some(place) = session.map.place(row) {
                    matches[place] = true;
                    counts.n_hits[place] += u32::from(is_in_text);
                }
                go_on()
            });
            could.then_some(())?;
        }
        if part.has_others {
            mark_matching(&part.expression, session, &mut matches, &mut go_on)?;
        }
        counts.keep(&matches, true);
    }
    for part in &plan.excluded {
        let mut matches = vec![false; n_articles];
        mark_matching(&part.expression, session, &mut matches, &mut go_on)?;
        counts.keep(&matches, false);
    }
    for (place, holds) in counts.holds.iter_mut().enumerate() {
        *holds = *holds && query.meets(place, &session.map);
    }
    (!(session.context.is_cancelled)()).then_some(counts)
}

/// Adds up the counts. Articles that are not in the index, or whose hits it cannot count, are scanned if they
/// are few.
fn sum_up(counts: &MatchCounts, session: &mut SearchSession<'_>) -> Option<Tally> {
    let query = session.query;
    let plan = query.search.plan();
    let max_scanned = session.context.limits.counted;
    let are_words_apart = plan.counted().is_some();
    let mut tally = Tally::default();
    let mut to_scan: Vec<usize> = session.map.not_indexed().take(max_scanned + 1).collect();
    if to_scan.len() > max_scanned {
        return None;
    }
    for (place, doc) in query.articles.iter().enumerate() {
        if !counts.holds[place] || session.map.row(place).is_none() {
            continue;
        }
        let n_hits = counts.n_hits[place];
        if !are_words_apart || (plan.has_facts && n_hits == 0) {
            if to_scan.len() == max_scanned {
                return session.map.has_all().then(|| n_articles(counts, query));
            }
            to_scan.push(place);
            continue;
        }
        tally.add(doc.id, n_hits.max(1), doc.is_inside);
    }
    for at in 0..to_scan.len() {
        if (session.context.is_cancelled)() {
            return None;
        }
        session.read_next(&to_scan[at..], &mut |doc, article| {
            if let Some(spans) = query.search.spans(article) {
                let n_hits = u32::try_from(spans.len()).unwrap_or(u32::MAX);
                tally.add(doc.id, n_hits, doc.is_inside);
            }
        });
    }
    tally.sure = Certainty::All;
    Some(tally)
}

/// The number of articles, without that of their hits.
fn n_articles(counts: &MatchCounts, query: &FolderQuery) -> Tally {
    let mut tally = Tally::default();
    for (doc, holds) in query.articles.iter().zip(&counts.holds) {
        if *holds {
            tally.add(doc.id, 0, doc.is_inside);
        }
    }
    tally.counts.clear();
    tally.sure = Certainty::Articles;
    tally
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

    /// Keeps the articles for which `matches` is `wanted`.
    fn keep(&mut self, matches: &[bool], wanted: bool) {
        for (holds, matches) in self.holds.iter_mut().zip(matches) {
            *holds &= *matches == wanted;
        }
    }
}

/// Marks the articles for which an expression holds; `None` when the index cannot be read.
fn mark_matching(
    expression: &str,
    session: &SearchSession<'_>,
    matches: &mut [bool],
    go_on: &mut dyn FnMut() -> ControlFlow<()>,
) -> Option<()> {
    let mut take = |row| {
        if let Some(place) = session.map.place(row) {
            matches[place] = true;
        }
        go_on()
    };
    session
        .reader?
        .matching(expression, &mut take)
        .then_some(())
}
