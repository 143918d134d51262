//! Taking in what looks inside files told, and that files are gone.

use std::borrow::Cow;

use super::packed_meta::PackedMeta;
use super::packed_survey::SurveyParts;
use super::row::Marks;
use crate::library::{ArticleId, Library, Location, PackedSurvey};
use crate::packed::{Address, count};

impl Library {
    pub(crate) fn forget_problem(&mut self, id: ArticleId) {
        if self.mark(id, Marks::PROBLEM, false) {
            self.problems.remove(&id);
        }
    }

    /// Takes in what a look inside an article told; what it does not know of the file stays. Who is quoted
    /// shows after [`Self::settle`].
    pub fn set_survey(&mut self, id: ArticleId, brief: &PackedSurvey) {
        let Some(card) = self.card(id).copied() else {
            return;
        };
        let old = self.facts_of(&card);
        let (of_file, new) = (
            old.and_then(PackedMeta::file_time),
            PackedMeta::of(brief.parts().facts),
        );
        let mut brief = Cow::Borrowed(brief);
        if let Some(time) = of_file
            && !new.is_some_and(PackedMeta::has_file_time)
        {
            brief = Cow::Owned(brief.with_file_time(time));
        }
        let SurveyParts {
            facts,
            traces,
            speakers,
            groups,
        } = brief.parts();
        self.n_changes += usize::from(self.traces.set(id, traces));
        if self.facts.record(card.facts) == facts && self.people.has(id, speakers) {
            self.forget_problem(id);
            return;
        }
        self.surveyed += usize::from(!self.is_known(id));
        self.n_changes += 1;
        self.set_stamp(id, 0);
        if let Some(old) = PackedMeta::of(self.facts.record(card.facts)) {
            self.countries.remove(old.countries());
        }
        self.countries.add(
            PackedMeta::of(facts)
                .into_iter()
                .flat_map(PackedMeta::countries),
        );
        self.keep(id, facts);
        self.forget_problem(id);
        let Self { files, people, .. } = self;
        let key = || {
            let location = Location {
                file: files.location(card.file),
                part: card.part,
            };
            location.key(PackedMeta::of(facts).and_then(PackedMeta::id).as_deref())
        };
        people.set_packed(id, &key, speakers, groups);
    }

    /// Puts a record in the place of the one an article had; nothing in the place of it when it is empty.
    pub(crate) fn keep(&mut self, id: ArticleId, record: &[u8]) {
        let Some(card) = self.cards.get_mut(id.0 as usize) else {
            return;
        };
        self.facts.free(card.facts);
        card.facts = if record.is_empty() {
            Address::NONE
        } else {
            self.facts.store(record)
        };
        self.facts
            .compact(self.cards.iter_mut().map(|card| &mut card.facts));
    }

    /// Whether an article was looked into, or cannot be.
    pub(crate) fn is_known(&self, id: ArticleId) -> bool {
        let card = self.card(id);
        card.is_some_and(|card| card.facts != Address::NONE || card.marks.has(Marks::PROBLEM))
    }

    /// Takes in what a look inside a file told of every article in it; `first` is its first, and by `stamp` one
    /// sees whether the file is still as it was then, unless it is zero. Articles that the file no longer holds are
    /// gone. Tells which articles the file holds.
    pub fn set_surveys(
        &mut self,
        first: ArticleId,
        stamp: u64,
        surveys: &[PackedSurvey],
    ) -> Vec<ArticleId> {
        let n_before = 1 + self.further.get(&first).map_or(0, Vec::len);
        let mut present = Vec::with_capacity(surveys.len());
        for (part, brief) in surveys.iter().enumerate() {
            if let Some(id) = self.add_part(first, count(part)) {
                self.set_survey(id, brief);
                present.push(id);
            }
        }
        if present.len() < n_before {
            let gone: Vec<ArticleId> = self.parts(first).skip(present.len().max(1)).collect();
            self.remove_all(&gone);
        }
        self.set_stamp(first, stamp);
        present
    }

    /// Notes by what one sees whether the file of an article is as it was looked into.
    fn set_stamp(&mut self, id: ArticleId, stamp: u64) {
        let first = self.file_of_many(id).unwrap_or(id);
        if let Some(card) = self.cards.get_mut(first.0 as usize) {
            card.stamp = stamp;
        }
    }

    /// Notes that a file is no longer there; what was known of its articles no longer counts.
    pub fn remove(&mut self, first: ArticleId) {
        self.remove_files(&[first]);
    }

    /// Notes that files are no longer there.
    pub fn remove_files(&mut self, files: &[ArticleId]) {
        let gone = files.iter().flat_map(|first| self.parts(*first));
        let gone: Vec<ArticleId> = gone.collect();
        self.remove_all(&gone);
    }

    pub(crate) fn remove_all(&mut self, gone: &[ArticleId]) {
        for &id in gone {
            let Some(card) = self.card(id).copied() else {
                continue;
            };
            self.surveyed -= usize::from(self.is_known(id));
            if let Some(old) = PackedMeta::of(self.facts.record(card.facts)) {
                self.countries.remove(old.countries());
            }
            self.n_changes += 1;
            self.people.remove(id);
            self.keep(id, &[]);
            self.traces.set(id, &[]);
            self.forget_problem(id);
            self.mark(id, Marks::GONE, true);
        }
        let order = std::mem::take(&mut self.order);
        let present = order.into_iter().filter(|id| !self.has(*id, Marks::GONE));
        self.order = present.collect();
        self.narrow_order();
    }

    /// How many articles have been looked into or cannot be.
    #[must_use]
    pub fn n_surveyed(&self) -> usize {
        self.surveyed
    }

    /// Notes that an article cannot be read, and why.
    pub fn set_problem(&mut self, id: ArticleId, problem: String) {
        if self.card(id).is_none() {
            return;
        }
        self.surveyed += usize::from(!self.is_known(id));
        self.set_stamp(id, 0);
        self.mark(id, Marks::PROBLEM, true);
        self.problems.insert(id, problem);
    }
}
