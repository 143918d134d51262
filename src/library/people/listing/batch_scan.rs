//! What articles have of many names, article by article.
//!
//! Names stand in the records of articles. Those of hundreds of thousands of persons are looked at in the order of
//! the records, each taken apart once; a walk can stop anywhere and go on later.

use std::ops::Range;

use super::IdKind;
use crate::library::people::records::speakers::PackedMention;
use crate::library::people::{ArticleId, People, PersonId};

/// A walk through the articles that some persons are named in.
#[derive(Debug)]
pub(crate) struct BatchScan {
    articles: ScannedArticles,
    stage: ScanStage,
    /// Whom to look for in each article, those of an article one after the other.
    wanted: Vec<WantedName>,
    /// Where the part of each article ends.
    ends: Vec<u32>,
}

/// Which articles of each name are looked at.
#[derive(Debug)]
pub(crate) enum ScannedArticles {
    First,
    /// All but the first, of those marked so.
    OthersOf(Vec<bool>),
}

/// What comes next.
#[derive(Debug, Clone, Copy)]
enum ScanStage {
    /// For how many to look in each article, from a person on.
    Count(usize),
    /// For whom, from a person on.
    Sort(usize),
    /// An article.
    Look(usize),
}

/// A name looked for in an article.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WantedName {
    /// The number of the person among those asked for.
    pub at: u32,
    mark: u16,
    /// Whether no other article has the name.
    pub is_single: bool,
}

/// So many mentions are looked through one after the other.
const FEW: usize = 24;

impl BatchScan {
    /// A walk to the plain names among some persons.
    pub(crate) fn to(people: &People, articles: ScannedArticles) -> Self {
        Self {
            articles,
            stage: ScanStage::Count(0),
            wanted: Vec::new(),
            ends: vec![0; people.articles.len() + 1],
        }
    }

    /// Finds out in which articles to look for the next persons, or shows what the next articles have of them, for as
    /// many names as are left; `show` tells how many it took. Tells whether there is more. The persons are the same
    /// every time.
    pub(crate) fn go_on(
        &mut self,
        people: &People,
        among: &[PersonId],
        left: &mut usize,
        mut show: impl FnMut(WantedName, &[PackedMention<'_>]) -> usize,
    ) -> bool {
        while *left > 0 {
            let part = |from: usize| from..from.saturating_add(*left).min(among.len());
            match self.stage {
                ScanStage::Count(from) => {
                    let part = part(from);
                    *left -= part.len();
                    self.stage = ScanStage::Count(part.end);
                    let is_last = part.end == among.len();
                    self.count(people, among, part);
                    if is_last {
                        self.part();
                        self.stage = ScanStage::Sort(0);
                    }
                }
                ScanStage::Sort(from) => {
                    let part = part(from);
                    *left -= part.len();
                    self.stage = ScanStage::Sort(part.end);
                    if part.end == among.len() {
                        self.stage = ScanStage::Look(0);
                    }
                    self.sort(people, among, part);
                }
                ScanStage::Look(article) => return self.look(people, article, left, &mut show),
            }
        }
        true
    }

    fn count(&mut self, people: &People, among: &[PersonId], part: Range<usize>) {
        let ends = &mut self.ends;
        each(people, among, part, &self.articles, |article, _| {
            if let Some(count) = ends.get_mut(article + 1) {
                *count += 1;
            }
        });
    }

    /// Makes of the numbers where the part of each article begins.
    fn part(&mut self) {
        let mut sum = 0;
        for end in &mut self.ends {
            sum += *end;
            *end = sum;
        }
        self.wanted = vec![WantedName::default(); sum as usize];
    }

    /// Puts names into the part of their article. Where each begins becomes where it ends.
    fn sort(&mut self, people: &People, among: &[PersonId], part: Range<usize>) {
        let Self { ends, wanted, .. } = self;
        each(people, among, part, &self.articles, |article, name| {
            if let Some(start) = ends.get_mut(article) {
                if let Some(slot) = wanted.get_mut(*start as usize) {
                    *slot = name;
                }
                *start += 1;
            }
        });
    }

    fn look(
        &mut self,
        people: &People,
        from: usize,
        left: &mut usize,
        show: &mut impl FnMut(WantedName, &[PackedMention<'_>]) -> usize,
    ) -> bool {
        let mut mentions = Vec::new();
        let mut marked = Vec::new();
        let mut at = from;
        let end_of = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let mut start = at.checked_sub(1).map_or(0, end_of);
        while start < self.wanted.len() && *left > 0 {
            let end = end_of(at);
            let wanted = self.wanted.get(start..end).unwrap_or_default();
            if !wanted.is_empty() {
                let article = ArticleId(crate::packed::count(at));
                mentions.clear();
                mentions.extend(people.speakers(article).all());
                if mentions.len() > FEW {
                    mentions.sort_by_key(|mention| mention.mark);
                }
                for wanted in wanted {
                    select(&mentions, wanted.mark, &mut marked);
                    *left = left.saturating_sub(show(*wanted, &marked));
                }
            }
            start = end;
            at += 1;
        }
        self.stage = ScanStage::Look(at);
        start < self.wanted.len()
    }
}

/// Whom of a part of some persons to look for in which article.
fn each(
    people: &People,
    among: &[PersonId],
    part: Range<usize>,
    which: &ScannedArticles,
    mut show: impl FnMut(usize, WantedName),
) {
    let persons = among.get(part.clone()).unwrap_or_default();
    for (at, id) in part.zip(persons) {
        let IdKind::Plain(place) = id.kind() else {
            continue;
        };
        let mut articles = people.table.articles(place);
        let first = articles.next();
        let wanted = WantedName {
            at: crate::packed::count(at),
            mark: people.table.key(place).low_bits(),
            is_single: people.table.is_single(place),
        };
        match which {
            ScannedArticles::First => {
                if let Some(article) = first {
                    show(article.0 as usize, wanted);
                }
            }
            ScannedArticles::OthersOf(open) if open.get(at) == Some(&true) => {
                articles.for_each(|article| show(article.0 as usize, wanted));
            }
            ScannedArticles::OthersOf(_) => {}
        }
    }
}

/// Those with a mark; more than [`FEW`] mentions are sorted by it.
fn select<'b>(mentions: &[PackedMention<'b>], mark: u16, marked: &mut Vec<PackedMention<'b>>) {
    marked.clear();
    if mentions.len() > FEW {
        let start = mentions.partition_point(|mention| mention.mark < mark);
        let rest = mentions.get(start..).unwrap_or_default().iter();
        marked.extend(rest.take_while(|mention| mention.mark == mark));
    } else {
        marked.extend(mentions.iter().filter(|mention| mention.mark == mark));
    }
}
