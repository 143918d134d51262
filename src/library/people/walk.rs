//! What articles have of many names, article by article.
//!
//! Names stand in the records of articles. Those of hundreds of thousands of persons are looked at in the order of
//! the records, each taken apart once; a walk can stop anywhere and go on later.

use super::article::Mention;
use super::listing::Kind;
use super::{ArticleId, People, PersonId};

/// A walk through the articles that some persons are named in.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Whom to look for in each article, those of an article one after the other.
    wanted: Vec<Wanted>,
    /// Where the part of each article ends.
    ends: Vec<u32>,
    /// The next article.
    at: usize,
}

/// Which articles of each name are looked at.
#[derive(Clone, Copy)]
pub(super) enum Articles<'a> {
    First,
    /// All but the first, of those marked so.
    OthersOf(&'a [bool]),
}

/// A name looked for in an article.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted {
    /// The number of the person among those asked for.
    pub at: u32,
    mark: u16,
    /// Whether no other article has the name.
    pub is_single: bool,
}

/// So many mentions are looked through one after the other.
const FEW: usize = 24;

impl Walk {
    /// A walk to the plain names among some persons.
    pub(super) fn to(people: &People, among: &[PersonId], which: Articles<'_>) -> Self {
        let mut ends = vec![0; people.articles.len() + 1];
        each(people, among, which, |article, _| {
            if let Some(count) = ends.get_mut(article + 1) {
                *count += 1;
            }
        });
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut sorted = vec![Wanted::default(); sum as usize];
        each(people, among, which, |article, wanted| {
            if let Some(start) = ends.get_mut(article) {
                if let Some(slot) = sorted.get_mut(*start as usize) {
                    *slot = wanted;
                }
                *start += 1;
            }
        });
        // Each start has become the end.
        Self {
            wanted: sorted,
            ends,
            at: 0,
        }
    }

    /// Shows what the next articles have of whom is looked for, some `n_names` in all; tells whether there is more.
    pub(super) fn go_on(
        &mut self,
        people: &People,
        n_names: usize,
        mut show: impl FnMut(Wanted, &[Mention<'_>]),
    ) -> bool {
        let mut mentions = Vec::new();
        let mut marked = Vec::new();
        let end_of = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let mut start = self.at.checked_sub(1).map_or(0, end_of);
        let until = start.saturating_add(n_names).min(self.wanted.len());
        while start < until {
            let end = end_of(self.at);
            let wanted = self.wanted.get(start..end).unwrap_or_default();
            if !wanted.is_empty() {
                let article = ArticleId(super::count(self.at));
                mentions.clear();
                mentions.extend(people.speakers(article).all());
                if mentions.len() > FEW {
                    mentions.sort_by_key(|mention| mention.mark);
                }
                for wanted in wanted {
                    select(&mentions, wanted.mark, &mut marked);
                    show(*wanted, &marked);
                }
            }
            start = end;
            self.at += 1;
        }
        start < self.wanted.len()
    }
}

/// Whom to look for in which article.
fn each(
    people: &People,
    among: &[PersonId],
    which: Articles<'_>,
    mut show: impl FnMut(usize, Wanted),
) {
    for (at, id) in (0..).zip(among) {
        let Kind::Plain(place) = id.kind() else {
            continue;
        };
        let mut articles = people.table.articles(place);
        let first = articles.next();
        let wanted = Wanted {
            at,
            mark: people.table.key(place).half(),
            is_single: people.table.is_single(place),
        };
        match which {
            Articles::First => {
                if let Some(article) = first {
                    show(article.0 as usize, wanted);
                }
            }
            Articles::OthersOf(open) if open.get(at as usize) == Some(&true) => {
                articles.for_each(|article| show(article.0 as usize, wanted));
            }
            Articles::OthersOf(_) => {}
        }
    }
}

/// Those with a mark; more than [`FEW`] mentions are sorted by it.
fn select<'b>(mentions: &[Mention<'b>], mark: u16, marked: &mut Vec<Mention<'b>>) {
    marked.clear();
    if mentions.len() > FEW {
        let start = mentions.partition_point(|mention| mention.mark < mark);
        let rest = mentions.get(start..).unwrap_or_default().iter();
        marked.extend(rest.take_while(|mention| mention.mark == mark));
    } else {
        marked.extend(mentions.iter().filter(|mention| mention.mark == mark));
    }
}
