//! Near copies: agency reports that many papers print, each with its own headline or a paragraph
//! less.
//!
//! A [`MinHash`] has sixteen hashes of an article, chosen from those of all runs of three words, so
//! that two articles share about as large a part of them as of their texts. [`groups`] compares
//! only articles that share two neighboring hashes, so it takes linear time and not quadratic.

use crate::document::{BlockKind, Document};
use crate::library::articles::id::ArticleId;
use crate::text::words::{joined, words};

/// The number of hashes.
const N_HASHES: usize = 16;
/// Words that are hashed together.
const RUN: usize = 3;
/// A shorter article has no MinHash: it may be like others by chance.
const FEWEST_WORDS: usize = 40;
/// Stands for no hash.
const NONE: u16 = u16::MAX;
/// If both articles have all [`N_HASHES`] hashes, this many have to be equal.
const ENOUGH: usize = 9;
/// The fewest hashes that both articles need to have.
const FEWEST_COMPARED: usize = 8;

/// Sixteen hashes of an article that show how much it has in common with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MinHash([u16; N_HASHES]);

impl MinHash {
    /// The hashes as numbers, to be stored.
    #[must_use]
    pub const fn numbers(self) -> [u16; N_HASHES] {
        self.0
    }

    /// The MinHash with these [numbers](Self::numbers).
    #[must_use]
    pub const fn of_numbers(numbers: [u16; N_HASHES]) -> Self {
        Self(numbers)
    }

    /// The MinHash of an article's body; `None` if that is short.
    #[must_use]
    pub fn of(document: &Document) -> Option<Self> {
        let is_body = |kind: BlockKind| {
            matches!(
                kind,
                BlockKind::Paragraph
                    | BlockKind::BlockQuote
                    | BlockKind::ListItem(_)
                    | BlockKind::Preformatted
                    | BlockKind::TableHead
                    | BlockKind::TableRow
            )
        };
        let body = document.blocks.iter().filter(|block| is_body(block.kind));
        let words = body.flat_map(|block| words(&document.text, block.span));
        Self::of_words(words.map(|word| word.hash))
    }

    /// The MinHash of the hashes of words.
    fn of_words(words: impl Iterator<Item = u64>) -> Option<Self> {
        let mut least = [u64::MAX; N_HASHES];
        let mut run = [0; RUN];
        let mut n_words = 0;
        for word in words {
            let [_, second, third] = run;
            run = [second, third, word];
            n_words += 1;
            if n_words < RUN {
                continue;
            }
            let hash = joined(&run);
            // The highest four bits choose which of the sixteen the rest competes for.
            let (at, value) = ((hash >> 60) as usize, hash & (u64::MAX >> 4));
            least[at] = value.min(least[at]);
        }
        let number = |value: u64| {
            let [low, high, ..] = value.to_le_bytes();
            match value {
                u64::MAX => NONE,
                _ => u16::from_le_bytes([low, high]).min(NONE - 1),
            }
        };
        (n_words >= FEWEST_WORDS).then(|| Self(least.map(number)))
    }

    /// Whether two articles are nearly the same.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let both = self.0.iter().zip(&other.0);
        let both = both.filter(|(a, b)| **a != NONE && **b != NONE);
        let (n_same, n_both) = both.fold((0, 0), |(same, all), (a, b)| {
            (same + usize::from(a == b), all + 1)
        });
        n_both >= FEWEST_COMPARED && n_same * N_HASHES >= ENOUGH * n_both
    }

    /// Two neighboring hashes as one number; `None` if one is missing.
    fn pair(&self, index: usize) -> Option<u32> {
        let [a, b] = [self.0[2 * index], self.0[2 * index + 1]];
        (a != NONE && b != NONE).then(|| u32::from(a) << 16 | u32::from(b))
    }
}

/// Calls a function with the MinHash of every article. It can be called several times.
pub(crate) type EachMinHash<'s> = &'s dyn Fn(&mut dyn FnMut(ArticleId, MinHash));

/// Groups of articles that are nearly the same. Each is sorted and has two articles or more.
///
/// Most articles are like no other, so at first only one pair of hashes of each is in memory at a time.
pub(crate) fn groups(n_articles: usize, each: EachMinHash<'_>) -> Vec<Vec<ArticleId>> {
    let mut sharing = Vec::new();
    // Growing step by step would leave holes of many megabytes.
    let mut pairs = Vec::with_capacity(n_articles);
    for index in 0..N_HASHES / 2 {
        pairs.clear();
        each(&mut |id, minhash| pairs.extend(minhash.pair(index).map(|pair| (pair, id))));
        let shared = shared(&mut pairs).flatten();
        sharing.extend(shared.map(|(_, id)| id));
        sharing.sort_unstable();
        sharing.dedup();
    }
    drop(pairs);
    let mut articles = Vec::with_capacity(sharing.len());
    each(&mut |id, minhash| {
        if sharing.binary_search(&id).is_ok() {
            articles.push((id, minhash));
        }
    });
    articles.sort_unstable_by_key(|(id, _)| *id);
    grouped(&articles)
}

fn grouped(articles: &[(ArticleId, MinHash)]) -> Vec<Vec<ArticleId>> {
    let mut sets = UnionFind::new(articles.len());
    for index in 0..N_HASHES / 2 {
        let pairs = articles.iter().enumerate();
        let pairs = pairs.filter_map(|(at, (_, minhash))| Some((minhash.pair(index)?, at)));
        let mut pairs: Vec<(u32, usize)> = pairs.collect();
        for members in shared(&mut pairs) {
            let [(_, first), others @ ..] = members else {
                continue;
            };
            let (_, minhash) = &articles[*first];
            for (_, at) in others {
                let (_, other) = &articles[*at];
                if minhash.is_like(other) {
                    sets.join(*first, *at);
                }
            }
        }
    }
    let groups = sets.groups().into_iter();
    let ids = |group: Vec<usize>| group.into_iter().map(|at| articles[at].0).collect();
    groups.map(ids).collect()
}

/// The members of each pair that has several.
fn shared<T: Ord>(pairs: &mut [(u32, T)]) -> impl Iterator<Item = &[(u32, T)]> {
    pairs.sort_unstable();
    let shared = pairs.chunk_by(|a, b| a.0 == b.0);
    shared.filter(|members| members.len() > 1)
}

/// Disjoint sets of indices: each points to one before it in its set, the first to itself.
struct UnionFind(Vec<usize>);

impl UnionFind {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The first index in the set of another.
    fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            // Skip one, so that the path is shorter the next time.
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// The sets with several members.
    fn groups(mut self) -> Vec<Vec<usize>> {
        let mut members: Vec<(usize, usize)> =
            (0..self.0.len()).map(|at| (self.first(at), at)).collect();
        members.sort_unstable();
        let groups = members.chunk_by(|a, b| a.0 == b.0);
        let several = groups.filter(|group| group.len() > 1);
        several
            .map(|group| group.iter().map(|(_, at)| *at).collect())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minhash(words: impl IntoIterator<Item = u64>) -> MinHash {
        MinHash::of_words(words.into_iter().map(|word| joined(&[word]))).unwrap()
    }

    #[test]
    fn copies_with_small_changes_are_alike() {
        let whole = minhash(0..600);
        assert!(whole.is_like(&whole));
        assert!(whole.is_like(&minhash((0..600).filter(|word| word % 97 != 0))));
        assert!(whole.is_like(&minhash(0..500)), "the last paragraph is cut");
        assert!(!whole.is_like(&minhash(1000..1600)));
        assert!(!whole.is_like(&minhash((0..100).chain(2000..2500))));
    }

    #[test]
    fn a_few_lines_have_no_minhash() {
        assert!(MinHash::of_words(0..20).is_none());
    }

    #[test]
    fn groups_hold_what_is_alike_and_nothing_else() {
        let articles: Vec<(ArticleId, MinHash)> = (0..40)
            .map(|id| {
                let story = u64::from(id % 10) * 10_000;
                // Each story has four articles, each a little shorter.
                (ArticleId(id), minhash(story..story + 600 - u64::from(id)))
            })
            .collect();
        let groups = grouped(&articles);
        assert_eq!(groups.len(), 10);
        assert!(groups.iter().all(|group| group.len() == 4));
        assert_eq!(groups[0], [0, 10, 20, 30].map(ArticleId));
    }

    proptest! {
        #[test]
        fn grouping_takes_anything(numbers in prop::collection::vec(prop::array::uniform16(0..3_u16), 0..60)) {
            let articles: Vec<_> = (0..).map(ArticleId).zip(numbers.into_iter().map(MinHash)).collect();
            let groups = groups(articles.len(), &|show| articles.iter().for_each(|(id, minhash)| show(*id, *minhash)));
            prop_assert_eq!(&groups, &grouped(&articles));
            let mut all: Vec<_> = groups.concat();
            let n_all = all.len();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(all.len(), n_all, "no article is in two groups");
            prop_assert!(groups.iter().all(|group| group.len() > 1 && group.is_sorted()));
        }
    }
}
