//! Where the same words are quoted: a few numbers of every quotation of the folder, side by side.
//!
//! Of the runs of four words in a quotation every few are kept (the least of any four neighboring ones, known
//! as winnowing), so two quotations that share seven words in a row share a number, and most of those
//! that share five. Some thirty numbers an article are little enough to go through them all in a few
//! milliseconds for a hundred thousand articles, which needs no table of who has which number.

use std::collections::BTreeMap;

use super::{ArticleId, Library};
use crate::analysis::Analysis;
use crate::document::Document;
use crate::text::Span;
use crate::text::words::{joined, words};

/// Words of a run.
const RUN: usize = 4;
/// Of so many neighboring runs one is kept at least.
const WINDOW: usize = 4;
/// The fewest words of a quotation that is looked for elsewhere.
pub const FEWEST_WORDS: usize = 5;
/// The most words of a quotation that count.
pub const MOST_WORDS: usize = 400;

/// The numbers of a stretch of text, sorted; none when it is too short to be told from chance.
#[must_use]
pub fn prints_of(text: &str, span: Span) -> Vec<u32> {
    let mut prints = Vec::new();
    add_prints(text, span, &mut prints);
    sorted(prints)
}

/// The numbers of all quotations of an article, sorted.
#[must_use]
pub(super) fn prints(document: &Document, analysis: &Analysis) -> Vec<u32> {
    let mut prints = Vec::new();
    for quotation in &analysis.quotations {
        add_prints(&document.text, quotation.span, &mut prints);
    }
    sorted(prints)
}

fn sorted(mut prints: Vec<u32>) -> Vec<u32> {
    prints.sort_unstable();
    prints.dedup();
    prints.shrink_to_fit();
    prints
}

/// Adds the numbers of a stretch of text.
fn add_prints(text: &str, span: Span, prints: &mut Vec<u32>) {
    const WINDOW_WORDS: usize = RUN + WINDOW - 1;
    let mut last_words = [0; RUN];
    let mut last_runs = [u64::MAX; WINDOW];
    let mut n_words = 0;
    let mut keep_least = |runs: &[u64; WINDOW]| {
        // The upper half is as good as the whole.
        let least = runs.iter().min().map(|run| run >> 32);
        let least = least.and_then(|least| u32::try_from(least).ok());
        if least.is_some() && prints.last().copied() != least {
            prints.extend(least);
        }
    };
    for word in words(text, span).take(MOST_WORDS) {
        n_words += 1;
        push(&mut last_words, word.hash);
        if n_words >= RUN {
            push(&mut last_runs, joined(&last_words));
        }
        if n_words >= WINDOW_WORDS {
            keep_least(&last_runs);
        }
    }
    if (FEWEST_WORDS..WINDOW_WORDS).contains(&n_words) {
        keep_least(&last_runs);
    }
}

/// Puts a number at the end, and the first one out.
fn push<const N: usize>(numbers: &mut [u64; N], number: u64) {
    numbers.copy_within(1.., 0);
    if let Some(last) = numbers.last_mut() {
        *last = number;
    }
}

/// The numbers of all articles in one row.
#[derive(Debug, Default)]
pub(super) struct Prints {
    all: Vec<u32>,
    /// Where the numbers of an article end; those of one that is gone or was read anew belong to none.
    ends: Vec<(usize, Option<ArticleId>)>,
    /// The place of each article among the ends.
    places: BTreeMap<ArticleId, usize>,
    n_dead: usize,
}

impl Prints {
    /// Puts the numbers of an article in the place of its old ones.
    pub(super) fn set(&mut self, id: ArticleId, prints: &[u32]) {
        self.remove(id);
        if prints.is_empty() {
            return;
        }
        self.all.extend(prints);
        self.places.insert(id, self.ends.len());
        self.ends.push((self.all.len(), Some(id)));
    }

    /// Forgets an article.
    pub(super) fn remove(&mut self, id: ArticleId) {
        let Some(place) = self.places.remove(&id) else {
            return;
        };
        let start = place
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let start = start.map_or(0, |(end, _)| *end);
        if let Some((end, owner)) = self.ends.get_mut(place) {
            *owner = None;
            self.n_dead += *end - start;
        }
        if self.n_dead * 2 > self.all.len() {
            self.compact();
        }
    }

    /// Throws out what belongs to no article any more.
    fn compact(&mut self) {
        let old = std::mem::take(self);
        old.each(|id, prints| self.set(id, prints));
    }

    fn each(&self, mut visit: impl FnMut(ArticleId, &[u32])) {
        let mut start = 0;
        for &(end, owner) in &self.ends {
            if let Some(id) = owner {
                visit(id, self.all.get(start..end).unwrap_or_default());
            }
            start = end;
        }
    }

    /// The articles with some of these numbers, those with most of them first.
    pub(super) fn sharing(&self, wanted: &[u32]) -> Vec<ArticleId> {
        if wanted.is_empty() {
            return Vec::new();
        }
        let sieve = Sieve::of(wanted);
        let mut found: Vec<(usize, ArticleId)> = Vec::new();
        self.each(|id, prints| {
            let passing = prints.iter().filter(|print| sieve.passes(**print));
            let n_shared = passing.filter(|print| wanted.contains(print)).count();
            if n_shared > 0 {
                found.push((n_shared, id));
            }
        });
        found.sort_by_key(|&(n_shared, id)| (std::cmp::Reverse(n_shared), id));
        found.into_iter().map(|(_, id)| id).collect()
    }
}

impl Library {
    /// The articles that may quote the same words as these numbers stand for, the likeliest first.
    #[must_use]
    pub fn articles_sharing(&self, prints: &[u32]) -> Vec<ArticleId> {
        self.prints.sharing(prints)
    }
}

/// Tells nearly all numbers that are not wanted apart at once.
struct Sieve([u64; 64]);

impl Sieve {
    fn of(wanted: &[u32]) -> Self {
        let mut sieve = Self([0; 64]);
        for &print in wanted {
            let (word, bit) = Self::place(print);
            if let Some(word) = sieve.0.get_mut(word) {
                *word |= bit;
            }
        }
        sieve
    }

    fn passes(&self, print: u32) -> bool {
        let (word, bit) = Self::place(print);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// The lowest twelve bits choose a bit of the sieve.
    fn place(print: u32) -> (usize, u64) {
        ((print >> 6 & 63) as usize, 1 << (print & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prints(text: &str) -> Vec<u32> {
        prints_of(text, Span::whole(text))
    }

    const SAID: &str =
        "“We will not accept a deal that leaves the harbor unfinished, not this year.”";

    #[test]
    fn shared_words_share_a_number() {
        let all: Vec<_> = SAID.split(' ').collect();
        for part in all.windows(7) {
            let part = prints(&part.join(" "));
            assert!(part.iter().any(|print| prints(SAID).contains(print)));
        }
        let other = prints("“Nobody told us that the train to the lake would be late again.”");
        assert!(other.iter().all(|print| !prints(SAID).contains(print)));
    }

    #[test]
    fn a_few_words_are_chance() {
        assert!(prints("“Not this year, no.”").is_empty());
        assert_eq!(prints("“Not this year and not next.”").len(), 1);
    }

    #[test]
    fn articles_come_go_and_change() {
        let mut all = Prints::default();
        for id in 0..100 {
            all.set(ArticleId(id), &[id, id + 1, 5000]);
        }
        assert_eq!(all.sharing(&[7])[..], [6, 7].map(ArticleId));
        assert_eq!(
            all.sharing(&[7, 8])[0],
            ArticleId(7),
            "who shares most comes first"
        );
        all.set(ArticleId(6), &[1]);
        all.remove(ArticleId(7));
        assert!(all.sharing(&[7]).is_empty());
        assert_eq!(all.sharing(&[5000]).len(), 98);
        (20..90).for_each(|id| all.remove(ArticleId(id)));
        assert_eq!(all.sharing(&[5000]).len(), 28);
        assert!(all.all.len() < 200, "the numbers of the others are gone");
        assert_eq!(all.sharing(&[95]), [94, 95].map(ArticleId));
    }
}
