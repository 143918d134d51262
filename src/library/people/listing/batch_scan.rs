//! Reading the mentions of many people, article by article.
//!
//! Mentions are in the records of articles. To read those of hundreds of thousands of people, it is
//! faster to go through the records in order and decode each once. A scan can stop after any
//! article and continue later.

use std::ops::Range;

use crate::library::articles::id::ArticleId;
use crate::library::people::identity::id::{IdKind, PersonId};
use crate::library::people::identity::name_index::NameIndex;
use crate::library::people::records::speakers::PackedMention;
use crate::packed::count;

/// A scan of the articles that mention some people with unambiguous names.
#[derive(Debug)]
pub(crate) struct BatchScan {
    articles: ScannedArticles,
    stage: ScanStage,
    /// The names to look for, grouped by article.
    wanted: Vec<WantedName>,
    /// By article, where its names end in `wanted`. While names are counted and placed, an entry
    /// has the number of names, then where the next one goes.
    ends: Vec<u32>,
}

/// The articles of each name that are read.
#[derive(Debug)]
pub(crate) enum ScannedArticles {
    /// The first.
    First,
    /// All but the first, of the names that are marked.
    OthersOf(Vec<bool>),
}

#[derive(Debug, Clone, Copy)]
enum ScanStage {
    /// Counting the names to look for in each article, from this person on.
    Count(usize),
    /// Grouping them by article, from this person on.
    Group(usize),
    /// Reading the articles, from this one on.
    Read(usize),
}

/// A name to look for in an article.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WantedName {
    /// The index of the person.
    pub person: u32,
    mark: u16,
    /// Whether no other article has the name.
    pub is_single: bool,
}

/// More mentions of an article are sorted by mark before names are looked for.
const MANY: usize = 24;

impl BatchScan {
    pub(crate) fn new(index: &NameIndex, articles: ScannedArticles) -> Self {
        Self {
            articles,
            stage: ScanStage::Count(0),
            wanted: Vec::new(),
            ends: vec![0; index.speakers.len() + 1],
        }
    }

    /// Continues the scan until `left` is used up, and returns whether there is more to do.
    /// `people` has to be the same every time. `take` gets a name and its mentions in an article,
    /// and returns how much of `left` that used.
    pub(crate) fn go_on(
        &mut self,
        index: &NameIndex,
        people: &[PersonId],
        left: &mut usize,
        mut take: impl FnMut(WantedName, &[PackedMention<'_>]) -> usize,
    ) -> bool {
        while *left > 0 {
            let next = |from: usize| from..from.saturating_add(*left).min(people.len());
            match self.stage {
                ScanStage::Count(from) => {
                    let part = next(from);
                    *left -= part.len();
                    self.stage = ScanStage::Count(part.end);
                    let is_last = part.end == people.len();
                    self.count(index, people, part);
                    if is_last {
                        self.sum_up();
                        self.stage = ScanStage::Group(0);
                    }
                }
                ScanStage::Group(from) => {
                    let part = next(from);
                    *left -= part.len();
                    self.stage = ScanStage::Group(part.end);
                    if part.end == people.len() {
                        self.stage = ScanStage::Read(0);
                    }
                    self.group(index, people, part);
                }
                ScanStage::Read(article) => return self.read(index, article, left, &mut take),
            }
        }
        true
    }

    fn count(&mut self, index: &NameIndex, people: &[PersonId], part: Range<usize>) {
        let ends = &mut self.ends;
        each_wanted(index, people, part, &self.articles, |article, _| {
            ends[article.index() + 1] += 1;
        });
    }

    /// Turns the counts into where the names of each article start.
    fn sum_up(&mut self) {
        let mut sum = 0;
        for end in &mut self.ends {
            sum += *end;
            *end = sum;
        }
        self.wanted = vec![WantedName::default(); sum as usize];
    }

    /// Places names with their articles. Where the names of an article start becomes where they end.
    fn group(&mut self, index: &NameIndex, people: &[PersonId], part: Range<usize>) {
        let Self { ends, wanted, .. } = self;
        each_wanted(index, people, part, &self.articles, |article, name| {
            let next = &mut ends[article.index()];
            wanted[*next as usize] = name;
            *next += 1;
        });
    }

    fn read(
        &mut self,
        index: &NameIndex,
        from: usize,
        left: &mut usize,
        take: &mut impl FnMut(WantedName, &[PackedMention<'_>]) -> usize,
    ) -> bool {
        let mut mentions = Vec::new();
        let mut marked = Vec::new();
        let mut article = from;
        let mut start = if from == 0 {
            0
        } else {
            self.ends[from - 1] as usize
        };
        while start < self.wanted.len() && *left > 0 {
            let end = self.ends[article] as usize;
            let wanted = &self.wanted[start..end];
            if !wanted.is_empty() {
                mentions.clear();
                mentions.extend(index.speakers(ArticleId(count(article))).all());
                if mentions.len() > MANY {
                    mentions.sort_by_key(|mention| mention.mark);
                }
                for wanted in wanted {
                    select(&mentions, wanted.mark, &mut marked);
                    *left = left.saturating_sub(take(*wanted, &marked));
                }
            }
            start = end;
            article += 1;
        }
        self.stage = ScanStage::Read(article);
        start < self.wanted.len()
    }
}

/// Calls `take` with every name to look for, and the article to look in.
fn each_wanted(
    index: &NameIndex,
    people: &[PersonId],
    part: Range<usize>,
    which: &ScannedArticles,
    mut take: impl FnMut(ArticleId, WantedName),
) {
    for (at, id) in part.clone().zip(&people[part]) {
        let IdKind::Unambiguous(slot) = id.kind() else {
            continue;
        };
        let mut articles = index.table.articles(slot);
        let first = articles.next();
        let wanted = WantedName {
            person: count(at),
            mark: index.mark(slot),
            is_single: index.table.is_single(slot),
        };
        match which {
            ScannedArticles::First => first.into_iter().for_each(|article| take(article, wanted)),
            ScannedArticles::OthersOf(marked) if marked[at] => {
                articles.for_each(|article| take(article, wanted));
            }
            ScannedArticles::OthersOf(_) => {}
        }
    }
}

/// The mentions with a mark. More than [`MANY`] have to be sorted by it.
fn select<'b>(mentions: &[PackedMention<'b>], mark: u16, marked: &mut Vec<PackedMention<'b>>) {
    marked.clear();
    if mentions.len() > MANY {
        let start = mentions.partition_point(|mention| mention.mark < mark);
        let rest = mentions[start..].iter();
        marked.extend(rest.take_while(|mention| mention.mark == mark));
    } else {
        marked.extend(mentions.iter().filter(|mention| mention.mark == mark));
    }
}
