//! Who passes a filter, among hundreds of thousands.
//!
//! Names stand in the records of articles, so they are looked at article by article: one after the other in memory,
//! each taken apart once. Most records show by their bytes alone that a letter is missing.

use super::article::Mention;
use super::listing::Kind;
use super::{ArticleId, People, PersonId};
use crate::library::Filter;

/// What is known so far of somebody who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// These words stand in some article.
    Open(u8),
    Passes,
    Fails,
}

impl People {
    /// Which of some persons pass a filter: whose name in some article has all its words, or else the name they go
    /// by together with their office and other names.
    #[must_use]
    pub fn passing(&self, among: &[PersonId], filter: &Filter) -> Vec<bool> {
        if filter.is_empty() {
            return vec![true; among.len()];
        }
        let mut verdicts = vec![Verdict::Open(0); among.len()];
        let mut sieve = Sieve {
            filter,
            letters: filter.letters(),
            line: String::new(),
        };
        let mut judge = |verdicts: &mut [Verdict], wanted: Wanted, mentions: &[Mention<'_>]| {
            if let Some(verdict) = verdicts.get_mut(wanted.at as usize)
                && let Verdict::Open(standing) = *verdict
            {
                *verdict = match sieve.judge(mentions, wanted.is_single) {
                    Verdict::Open(more) => Verdict::Open(standing | more),
                    verdict => verdict,
                };
            }
        };
        // Mostly the first article of a name decides.
        self.by_article(among, Articles::First, &mut |wanted, mentions| {
            judge(&mut verdicts, wanted, mentions);
        });
        let open = |verdict: &Verdict| matches!(verdict, Verdict::Open(_));
        let open: Vec<bool> = verdicts.iter().map(open).collect();
        self.by_article(among, Articles::OthersOf(&open), &mut |wanted, mentions| {
            judge(&mut verdicts, wanted, mentions);
        });
        let passes = |id: PersonId, verdict: Verdict| match verdict {
            Verdict::Passes => true,
            Verdict::Fails => false,
            Verdict::Open(standing) => {
                let may_pass = standing == filter.all_standing();
                (may_pass || matches!(id.kind(), Kind::Special(_))) && self.passes(id, filter)
            }
        };
        let judged = among.iter().zip(verdicts);
        judged.map(|(id, verdict)| passes(*id, verdict)).collect()
    }

    /// Whether somebody passes by all that is known of them.
    fn passes(&self, id: PersonId, filter: &Filter) -> bool {
        self.person(id).is_some_and(|person| {
            let mut line = person.name.to_string();
            for words in person.role.iter().chain(&person.aliases) {
                line.push(' ');
                line.push_str(words);
            }
            filter.passes(&line)
        })
    }

    /// Shows what articles have of plain names among some persons, article by article and each taken apart once:
    /// the first article of a name, or the others.
    pub(super) fn by_article(
        &self,
        among: &[PersonId],
        which: Articles<'_>,
        show: &mut dyn FnMut(Wanted, &[Mention<'_>]),
    ) {
        let (bounds, wanted) = self.wanted(among, which);
        let mut mentions = Vec::new();
        let mut marked = Vec::new();
        let mut start = 0;
        for (article, end) in (0..).map(ArticleId).zip(bounds) {
            let wanted = wanted.get(start..end as usize).unwrap_or_default();
            start = end as usize;
            if wanted.is_empty() {
                continue;
            }
            mentions.clear();
            mentions.extend(self.speakers(article).all());
            if mentions.len() > FEW {
                mentions.sort_by_key(|mention| mention.mark);
            }
            for wanted in wanted {
                select(&mentions, wanted.mark, &mut marked);
                show(*wanted, &marked);
            }
        }
    }

    /// Whom to look for in each article, and where the part of each article ends.
    fn wanted(&self, among: &[PersonId], which: Articles<'_>) -> (Vec<u32>, Vec<Wanted>) {
        let each = |show: &mut dyn FnMut(usize, Wanted)| {
            for (at, id) in (0..).zip(among) {
                let Kind::Plain(place) = id.kind() else {
                    continue;
                };
                let (skipped, taken) = match which {
                    Articles::First => (0, 1),
                    Articles::OthersOf(open) if open.get(at as usize) == Some(&true) => {
                        (1, usize::MAX)
                    }
                    Articles::OthersOf(_) => continue,
                };
                let wanted = Wanted {
                    at,
                    mark: self.table.key(place).half(),
                    is_single: self.table.is_single(place),
                };
                let articles = self.table.articles(place).skip(skipped).take(taken);
                articles.for_each(|article| show(article.0 as usize, wanted));
            }
        };
        let mut starts = vec![0; self.articles.len() + 1];
        each(&mut |article, _| {
            if let Some(count) = starts.get_mut(article + 1) {
                *count += 1;
            }
        });
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut sorted = vec![Wanted::default(); sum as usize];
        each(&mut |article, wanted| {
            if let Some(start) = starts.get_mut(article) {
                if let Some(slot) = sorted.get_mut(*start as usize) {
                    *slot = wanted;
                }
                *start += 1;
            }
        });
        // Each start has become the end.
        (starts, sorted)
    }
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
    is_single: bool,
}

/// So many mentions are looked through one after the other.
const FEW: usize = 24;

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

/// What is looked for.
struct Sieve<'f> {
    filter: &'f Filter,
    letters: u32,
    line: String,
}

impl Sieve<'_> {
    /// What the mentions in one article tell. Of several, some may be of another name with the same mark.
    fn judge(&mut self, mentions: &[Mention<'_>], is_single: bool) -> Verdict {
        if let [mention] = mentions {
            let lacks_letters = self.letters & !mention.letters() != 0;
            if lacks_letters && is_single {
                return Verdict::Fails;
            }
            if lacks_letters && self.filter.is_one() {
                return Verdict::Open(0);
            }
            self.line.clear();
            mention.name.add_to(&mut self.line);
            if self.filter.passes(&self.line) {
                return Verdict::Passes;
            }
            if is_single {
                return self.judge_whole(mention);
            }
        }
        let mut standing = 0;
        for mention in mentions {
            self.line.clear();
            mention.name.add_to(&mut self.line);
            mention.add_further(&mut self.line);
            standing |= self.filter.standing(&self.line);
        }
        Verdict::Open(standing)
    }

    /// What the one mention of a name tells, which alone does not pass.
    fn judge_whole(&mut self, mention: &Mention<'_>) -> Verdict {
        let n_before = self.line.len();
        mention.add_further(&mut self.line);
        if self.line.len() > n_before && self.filter.passes(&self.line) {
            Verdict::Passes
        } else {
            Verdict::Fails
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{all, people};
    use super::super::{Listing, PeopleOrder};
    use super::*;

    #[test]
    fn a_filter_passes_whoever_has_its_words_somewhere() {
        let people = people(&[
            (
                2024,
                &[("Maria Silva", "minister", &["Silva"]), ("FAO", "", &[])],
            ),
            (2024, &[("María Silva", "", &[]), ("Jörg Vogt", "", &[])]),
            (2025, &[("Food and Agriculture Organization", "", &["FAO"])]),
            (2025, &[("Anna Karg", "judge of Kenya", &["the judge"])]),
            (
                2025,
                &[("Maria Silva", "envoy", &[]), ("Otto Raz", "", &[])],
            ),
        ]);
        let ids = people.ranked();
        let passing = |filter: &str| -> Vec<String> {
            let stays = people.passing(&ids, &Filter::new(filter));
            let mut listing = Listing::of(&people, PeopleOrder::Quotations, people.everyone());
            listing.retain(&people.passing(listing.rows(), &Filter::new(filter)));
            let passing = ids.iter().zip(stays).filter(|(_, stays)| *stays);
            let passing: Vec<PersonId> = passing.map(|(id, _)| *id).collect();
            assert_eq!(listing.into_sorted(&people), passing);
            let names = passing.into_iter();
            names.map(|id| people.name_of(id).into_owned()).collect()
        };
        assert_eq!(passing("").len(), people.len());
        assert_eq!(passing("silva"), ["Maria Silva"]);
        assert_eq!(passing("MARÍA envoy"), ["Maria Silva"]);
        assert_eq!(passing("fao"), ["Food and Agriculture Organization"]);
        assert_eq!(passing("jorg"), ["Jörg Vogt"]);
        assert_eq!(passing("karg kenya the"), ["Anna Karg"]);
        assert_eq!(passing("raz"), ["Otto Raz"]);
        assert_eq!(passing("a b c d e f g h i j"), [""; 0]);
        for person in all(&people) {
            let mut line = person.name.to_string();
            for words in person.role.iter().chain(&person.aliases) {
                line = format!("{line} {words}");
            }
            assert!(passing(&line).contains(&person.name.to_string()), "{line}");
        }
    }
}
