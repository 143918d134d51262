//! The folder: what is found in it, what a look inside tells, what changes while one reads.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Model;
use super::effect::Effect;
use super::message::Notice;
use super::opening::Target;
use crate::config::Settings;
use crate::document;
use crate::library::{ArticleId, Library, Listed, Location, SortOrder, Survey};

/// A library without articles yet, in the order they will have.
pub(super) fn empty_library(settings: &Settings) -> Library {
    let mut library = Library::default();
    library.sort_by(settings.contents.sort.into());
    if settings.contents.reverse {
        library.reverse();
    }
    library
}

impl Model {
    /// Takes in files found in the folder; the first one is opened, or the one read last.
    pub(super) fn listed(&mut self, files: Vec<Listed>, is_done: bool, problems: Vec<String>) {
        let mut new = Vec::new();
        for file in files {
            let known = self.library.find(&file.location).is_some();
            let id = self.library.add(file);
            if !known {
                self.recall(id);
            }
            if let Some(found) = &mut self.scan.found_again {
                found.insert(id);
            }
            if let Some(location) = self.location_of(id) {
                new.push((id, location));
            }
        }
        self.scan.problems.extend(problems);
        self.folder_is_stale = true;
        self.open_something(is_done);
        self.look_into(new);
        if is_done {
            self.finish_scan();
        }
    }

    /// What the reader did with an article in earlier runs.
    fn recall(&mut self, id: ArticleId) {
        let Some(place) = self.place_of(id) else {
            return;
        };
        if let Some(entry) = self.library.entry_mut(id) {
            entry.is_read = place.is_read;
            entry.is_bookmarked = place.is_bookmarked;
        }
    }

    fn open_something(&mut self, is_done: bool) {
        if self.reader.article.is_some() || self.opening.is_some() {
            return;
        }
        let last = self.state.last.get(&self.root).cloned();
        let last = last.and_then(|location| self.find(&location));
        let first = self.library.order().first().copied();
        // The article read last may come with a later batch; a fresh folder opens at its first.
        let waits_for_last = self.state.last.contains_key(&self.root) && !is_done;
        let chosen = if waits_for_last { last } else { last.or(first) };
        if let Some(id) = chosen {
            self.open(id, Target::Resume);
        }
    }

    fn finish_scan(&mut self) {
        self.scan.is_done = true;
        self.scan.rounds += 1;
        // What could not be looked into may still be there.
        if let Some(found) = self.scan.found_again.take()
            && self.scan.problems.is_empty()
        {
            for id in self.library.files_but(&found) {
                self.forget_file(id);
            }
        }
        if self.library.sort_order() != SortOrder::Path || self.library.is_reversed() {
            self.library.sort_by(self.library.sort_order());
        }
        self.ask_for_groups();
        if let Some(problem) = self.scan.problems.last().cloned() {
            self.say(Notice::problem(problem));
        } else if self.scan.rounds > 1 {
            let count = self.library.all().len();
            self.say(Notice::info(format!("read again: {count} articles")));
        }
    }

    /// Asks for looks into files, but not for one whose only article is on its way to the screen, because
    /// that is analyzed anyhow.
    fn look_into(&mut self, mut files: Vec<(ArticleId, Location)>) {
        let on_its_way = self.opening.as_ref().map(|opening| opening.article);
        files.retain(|(id, location)| Some(*id) != on_its_way || !holds_one(location));
        if !files.is_empty() {
            self.effects.push(Effect::Survey(files));
        }
    }

    /// Asks for a look into a file that was left out before, because its article was on its way.
    pub(super) fn look_into_after_all(&mut self, article: ArticleId) {
        let location = self.location_of(article);
        if let Some(location) = location.filter(holds_one) {
            self.effects.push(Effect::Survey(vec![(article, location)]));
        }
    }

    /// The article remembered by this location, though nothing else of its file may be known yet.
    pub(super) fn find(&mut self, location: &str) -> Option<ArticleId> {
        if let Some(whole) = self.library.find(Path::new(location)) {
            return Some(whole);
        }
        let location = Location::parse(location);
        let first = self.library.find(&location.file)?;
        self.library.add_part(first, location.part)
    }

    /// Takes in what looks inside files told.
    pub(super) fn surveyed(&mut self, surveys: Vec<(ArticleId, Result<Vec<Survey>, String>)>) {
        let mut holds_many = false;
        let mut has_problem = false;
        let n_before = self.library.all().len();
        for (first, surveys) in surveys {
            match surveys {
                Ok(surveys) => {
                    let is_named = surveys.iter().any(|survey| survey.id.is_some());
                    let articles = self.library.set_surveys(first, surveys);
                    holds_many |= articles.len() > 1;
                    if is_named {
                        for id in articles {
                            self.recall(id);
                        }
                    }
                }
                Err(problem) => {
                    has_problem = true;
                    self.library.set_problem(first, problem);
                }
            }
        }
        if !has_problem && self.library.all().len() == n_before {
            self.only_dates_are_new();
        }
        let sort = self.library.sort_order();
        if (sort != SortOrder::Path && self.scan.is_done) || holds_many {
            self.library.sort_by(sort);
        }
        self.folder_is_stale = true;
        self.ask_for_groups();
    }

    /// Whether the open article is of the file with this first article.
    fn reader_is_in(&self, first: ArticleId) -> bool {
        let open = self.reader.article;
        open.is_some_and(|open| self.library.parts(first).any(|id| id == open))
    }

    /// Walks the folder again.
    pub(super) fn rescan(&mut self) {
        self.scan.is_done = false;
        self.scan.problems.clear();
        self.scan.found_again = Some(BTreeSet::new());
        self.effects.push(Effect::Rescan);
        self.reload();
    }

    /// Notes that a file is no longer there.
    fn forget_file(&mut self, first: ArticleId) {
        let is_open = self.reader_is_in(first);
        self.library.remove(first);
        if is_open {
            let text = "the file of this article is gone; its text stays until you leave it";
            self.say(Notice::problem(text));
        }
    }

    /// Takes in that files appeared, changed or vanished.
    pub(super) fn changed(&mut self, present: Vec<Listed>, gone: &[PathBuf]) {
        let mut changed = Vec::new();
        let mut new = 0;
        for file in present {
            new += usize::from(self.library.find(&file.location).is_none());
            let id = self.library.add(file);
            if self.reader_is_in(id) {
                self.reload();
            }
            if let Some(location) = self.location_of(id) {
                changed.push((id, location));
            }
        }
        self.look_into(changed);
        // A folder that is gone took its files along.
        let gone = gone.iter().cloned().collect();
        for id in self.library.files_among(&gone) {
            self.forget_file(id);
        }
        let sort = self.library.sort_order();
        self.library.sort_by(sort);
        self.folder_is_stale = true;
        if new > 0 {
            let articles = if new == 1 { "article" } else { "articles" };
            self.say(Notice::info(format!("{new} new {articles}; C lists them")));
        }
        self.open_something(true);
    }
}

fn holds_one(location: &Location) -> bool {
    document::holds_one(&location.file.to_string_lossy())
}
