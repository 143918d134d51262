//! Articles that are nearly the same: agency copy that many print, with another headline, a paragraph
//! less, a word changed.
//!
//! A [`MinHash`] keeps sixteen numbers of an article, drawn from all runs of three words so that two
//! articles have as many in common as their texts have. [`groups`] compares only articles that share
//! two neighboring numbers, so its time grows with the number of articles and not with its square.

use crate::document::{BlockKind, Document};
use crate::library::ArticleId;
use crate::text::words::{joined, words};

/// Numbers of a signature.
const DRAWN: usize = 16;
/// Words of a run.
const RUN: usize = 3;
/// Shorter articles have no signature: what they share may be chance.
const FEWEST_WORDS: usize = 40;
/// The number that stands for no run at all.
const NONE: u16 = u16::MAX;
/// How many of the numbers that both have must be the same, of [`DRAWN`].
const ENOUGH: usize = 9;
/// The fewest numbers that both must have.
const FEWEST_COMPARED: usize = 8;

/// Sixteen numbers that tell how alike two articles are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MinHash([u16; DRAWN]);

impl MinHash {
    /// The numbers, to be kept.
    #[must_use]
    pub const fn numbers(self) -> [u16; DRAWN] {
        self.0
    }

    /// The signature that had these [numbers](Self::numbers).
    #[must_use]
    pub const fn of_numbers(numbers: [u16; DRAWN]) -> Self {
        Self(numbers)
    }

    /// The signature of an article's body; none for one of a few lines.
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
        let hashes = body.flat_map(|block| words(&document.text, block.span));
        Self::drawn_from(hashes.map(|word| word.hash))
    }

    fn drawn_from(hashes: impl Iterator<Item = u64>) -> Option<Self> {
        let mut least = [u64::MAX; DRAWN];
        let mut run = [0; RUN];
        let mut n_words = 0;
        for hash in hashes {
            let [_, second, third] = run;
            run = [second, third, hash];
            n_words += 1;
            if n_words < RUN {
                continue;
            }
            let drawn = joined(&run);
            // The highest bits choose the number, the others compete for it.
            let (at, value) = ((drawn >> 60) as usize, drawn & (u64::MAX >> 4));
            if let Some(least) = least.get_mut(at) {
                *least = value.min(*least);
            }
        }
        let number = |value: u64| {
            if value == u64::MAX {
                return NONE;
            }
            // Any sixteen bits will do, but for those of `NONE`.
            u16::try_from(value & 0xFFFF).unwrap_or(0).min(NONE - 1)
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
        n_both >= FEWEST_COMPARED && n_same * DRAWN >= ENOUGH * n_both
    }

    /// Two neighboring numbers as one; nothing when the article has not both.
    fn pair(&self, index: usize) -> Option<u32> {
        let (&a, &b) = (self.0.get(2 * index)?, self.0.get(2 * index + 1)?);
        (a != NONE && b != NONE).then(|| u32::from(a) << 16 | u32::from(b))
    }
}

/// Shows the signatures of all articles, each time it is asked.
pub(crate) type EachSignature<'s> = &'s dyn Fn(&mut dyn FnMut(ArticleId, MinHash));

/// The groups of articles that are nearly the same, each in the order of their numbers, of two or more.
///
/// Most articles are like no other: of those only some numbers at a time are in memory.
pub(crate) fn groups(n_articles: usize, each: EachSignature<'_>) -> Vec<Vec<ArticleId>> {
    let mut sharing = Vec::new();
    // Megabytes that are soon given back are better taken at once.
    let mut pairs = Vec::with_capacity(n_articles);
    for index in 0..DRAWN / 2 {
        pairs.clear();
        each(&mut |id, signature| pairs.extend(signature.pair(index).map(|pair| (pair, id))));
        let shared = shared(&mut pairs).flatten();
        sharing.extend(shared.map(|(_, id)| id));
        sharing.sort_unstable();
        sharing.dedup();
    }
    drop(pairs);
    let mut articles = Vec::with_capacity(sharing.len());
    each(&mut |id, signature| {
        if sharing.binary_search(&id).is_ok() {
            articles.push((id, signature));
        }
    });
    articles.sort_unstable_by_key(|(id, _)| *id);
    grouped(&articles)
}

fn grouped(articles: &[(ArticleId, MinHash)]) -> Vec<Vec<ArticleId>> {
    let mut joined = UnionFind::new(articles.len());
    for index in 0..DRAWN / 2 {
        let pairs = articles.iter().enumerate();
        let pairs = pairs.filter_map(|(at, (_, signature))| Some((signature.pair(index)?, at)));
        let mut pairs: Vec<(u32, usize)> = pairs.collect();
        for shared in shared(&mut pairs) {
            let mut members = shared
                .iter()
                .filter_map(|&(_, at)| Some((at, articles.get(at)?)));
            let Some((first, (_, signature))) = members.next() else {
                continue;
            };
            for (at, (_, other)) in members {
                if signature.is_like(other) {
                    joined.join(first, at);
                }
            }
        }
    }
    joined.groups(articles)
}

/// Those who share a pair.
fn shared<T: Ord>(pairs: &mut [(u32, T)]) -> impl Iterator<Item = &[(u32, T)]> {
    pairs.sort_unstable();
    let shared = pairs.chunk_by(|a, b| a.0 == b.0);
    shared.filter(|members| members.len() > 1)
}

/// Which articles belong together: each points to one before it, the first of a group to itself.
struct UnionFind(Vec<usize>);

impl UnionFind {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn first(&mut self, mut at: usize) -> usize {
        while let Some(&before) = self.0.get(at)
            && before != at
        {
            // Halves the way for the next who asks.
            let further = self.0.get(before).copied().unwrap_or(before);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = further;
            }
            at = further;
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }

    fn groups(mut self, articles: &[(ArticleId, MinHash)]) -> Vec<Vec<ArticleId>> {
        let mut members: Vec<(usize, usize)> =
            (0..articles.len()).map(|at| (self.first(at), at)).collect();
        members.sort_unstable();
        let groups = members.chunk_by(|a, b| a.0 == b.0);
        let id = |&(_, at): &(usize, usize)| articles.get(at).map(|(id, _)| *id);
        groups
            .filter(|group| group.len() > 1)
            .map(|group| group.iter().filter_map(id).collect())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signature(words: impl IntoIterator<Item = u64>) -> MinHash {
        MinHash::drawn_from(words.into_iter().map(|word| joined(&[word]))).unwrap()
    }

    #[test]
    fn copies_with_small_changes_are_alike() {
        let whole = signature(0..600);
        assert!(whole.is_like(&whole));
        assert!(whole.is_like(&signature((0..600).filter(|word| word % 97 != 0))));
        assert!(
            whole.is_like(&signature(0..500)),
            "the last paragraph is cut"
        );
        assert!(!whole.is_like(&signature(1000..1600)));
        assert!(!whole.is_like(&signature((0..100).chain(2000..2500))));
    }

    #[test]
    fn a_few_lines_have_no_signature() {
        assert!(MinHash::drawn_from(0..20).is_none());
    }

    #[test]
    fn groups_hold_what_is_alike_and_nothing_else() {
        let articles: Vec<(ArticleId, MinHash)> = (0..40)
            .map(|id| {
                let story = u64::from(id % 10) * 10_000;
                // Every story is told four times, each time a little shorter.
                (ArticleId(id), signature(story..story + 600 - u64::from(id)))
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
            let groups = groups(articles.len(), &|show| articles.iter().for_each(|(id, signature)| show(*id, *signature)));
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
