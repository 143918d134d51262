//! The folder: what is found in it, what a look inside tells, what changes while one reads.

pub(crate) mod memory;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Model;
use super::protocol::effect::Effect;
use crate::app::protocol::answers::FileSurvey;
use crate::app::protocol::notice::Notice;
use crate::app::reading::target::Target;
use crate::config::Settings;
use crate::document;
use crate::library::{ArticleId, Library, ListedFile, Location, PackedSurvey, SortOrder};

/// How many files are looked into at a time.
const MOST_LOOKED_INTO: usize = 4096;

/// Of so many articles it takes no time to work all lists out.
pub(super) const FEW_KNOWN: usize = 2000;

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
    pub(super) fn listed(&mut self, files: Vec<ListedFile>, is_done: bool, problems: Vec<String>) {
        let mut new = Vec::new();
        for file in files {
            let n_before = self.library.n_ids();
            let id = self.library.add(&file);
            if self.library.n_ids() > n_before {
                self.recall(id, &file.location.to_string_lossy());
            }
            if let Some(found) = &mut self.scan.found_again {
                found.insert(id);
            }
            new.push(id);
        }
        self.scan.problems.extend(problems);
        self.folder_is_stale |= self.lists_are_short() || is_done && !self.is_as_remembered();
        self.open_something(is_done);
        self.look_into(new);
        if is_done {
            self.finish_scan();
        }
    }

    /// What the reader did in earlier runs with an article that is remembered by this name.
    pub(super) fn recall(&mut self, id: ArticleId, key: &str) {
        let Some(place) = self.state.places.get(key) else {
            return;
        };
        self.library.set_read(id, place.is_read);
        self.library.set_bookmarked(id, place.is_bookmarked);
    }

    pub(super) fn open_something(&mut self, is_done: bool) {
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
            let gone = self.library.files_except(&found);
            self.forget(&gone);
        }
        let sort = self.library.sort_order();
        let is_out_of_order = if std::mem::take(&mut self.scan.is_compared) {
            self.library.n_changes() > 0
        } else {
            // A walk comes to the files in the order of their paths.
            sort != SortOrder::Path || self.library.is_reversed()
        };
        if is_out_of_order {
            self.library.sort_by(sort);
        }
        self.ask_for_groups();
        if let Some(problem) = self.scan.problems.last().cloned() {
            self.say(Notice::problem(problem));
        } else if self.scan.rounds > 1 {
            let count = self.library.all().len();
            self.say(Notice::info(format!(
                "reloaded: {count} {}",
                if count == 1 { "article" } else { "articles" }
            )));
        }
    }

    /// Asks for looks into files, but not for one whose only article is on its way to the screen, because
    /// that is analyzed anyhow.
    fn look_into(&mut self, mut files: Vec<ArticleId>) {
        let on_its_way = self.opening.as_ref().map(|opening| opening.article);
        files.retain(|id| {
            Some(*id) != on_its_way || !self.location_of(*id).is_some_and(|at| holds_one(&at))
        });
        self.scan.to_look_into.extend(files);
        self.look_further();
    }

    /// Asks for looks into the next files, as many as are to be on their way: of a huge folder neither the
    /// questions nor the answers pile up.
    fn look_further(&mut self) {
        while self.scan.n_looked_into < MOST_LOOKED_INTO && !self.scan.to_look_into.is_empty() {
            let count = self.scan.to_look_into.len().min(MOST_LOOKED_INTO);
            let next: Vec<ArticleId> = self.scan.to_look_into.drain(..count).collect();
            let located = next
                .iter()
                .filter_map(|id| Some((*id, self.location_of(*id)?)));
            let located: Vec<_> = located.collect();
            self.scan.n_looked_into += located.len();
            self.effects.push(Effect::Survey(located));
        }
    }

    /// Asks for a look into a file that was left out before, because its article was on its way.
    pub(super) fn look_into_after_all(&mut self, article: ArticleId) {
        if self.location_of(article).is_some_and(|at| holds_one(&at)) {
            self.scan.to_look_into.push_front(article);
            self.look_further();
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
    pub(super) fn surveyed(&mut self, told: Vec<FileSurvey>) {
        self.scan.n_looked_into = self.scan.n_looked_into.saturating_sub(told.len());
        let mut holds_many = false;
        let mut has_problem = false;
        let n_before = self.library.all().len();
        let changes_before = self.library.n_changes();
        for FileSurvey {
            first,
            stamp,
            surveys,
        } in told
        {
            match surveys {
                Ok(surveys) => {
                    let is_named = surveys.iter().any(PackedSurvey::is_named);
                    let articles = self.library.set_surveys(first, stamp, &surveys);
                    holds_many |= articles.len() > 1;
                    if is_named {
                        for id in articles {
                            let key = self.library.key(id).unwrap_or_default();
                            self.recall(id, &key);
                        }
                    }
                }
                Err(problem) => {
                    has_problem = true;
                    self.library.set_problem(first, problem);
                }
            }
        }
        let is_news = has_problem || self.library.n_changes() > changes_before;
        if !has_problem && self.library.all().len() == n_before {
            self.only_dates_are_new();
        }
        let sort = self.library.sort_order();
        if is_news && sort != SortOrder::Path && self.scan.is_done || holds_many {
            self.library.sort_by(sort);
        }
        if self.grew_enough(is_news) {
            self.folder_is_stale = true;
            self.ask_for_groups();
        }
        self.look_further();
    }

    /// Whether the list of articles is to be worked out anew while files are found: for a huge folder when they
    /// are twice as many.
    fn lists_are_short(&mut self) -> bool {
        let found = self.library.all().len();
        let are_short =
            !self.scan.is_compared && (found < FEW_KNOWN || found / 2 >= self.scan.n_found_at);
        if are_short {
            self.scan.n_found_at = found;
        }
        are_short
    }

    /// Whether the folder, as far as it was compared, is as it was remembered.
    fn is_as_remembered(&self) -> bool {
        self.scan.is_compared && self.library.n_changes() == 0
    }

    /// Whether lists over the folder are to be worked out anew, after something was told of it that perhaps is news:
    /// always for a small one, and while a huge one is read whenever twice as much is known, so that a key seldom waits
    /// for it. What a row shows is looked up when it is drawn anyhow.
    fn grew_enough(&mut self, is_news: bool) -> bool {
        let known = self.library.n_surveyed();
        let is_whole = self.scan.is_done && known >= self.library.all().len();
        let listed = self.scan.n_listed_of;
        let is_whole_anew = is_whole && (is_news || known != listed);
        let grew = is_whole_anew || known < FEW_KNOWN || !(listed..listed * 2).contains(&known);
        if grew {
            self.scan.n_listed_of = known;
        }
        grew
    }

    /// Whether the open article is of the file with this first article.
    fn reader_is_in(&self, first: ArticleId) -> bool {
        let open = self.reader.article;
        open.is_some_and(|open| self.library.parts(first).any(|id| id == open))
    }

    /// Walks the folder again, unless it is being walked.
    pub(super) fn rescan(&mut self) {
        self.reload();
        if !self.scan.is_done {
            return;
        }
        self.scan.is_done = false;
        self.scan.problems.clear();
        self.scan.found_again = Some(BTreeSet::new());
        self.effects.push(Effect::Rescan);
    }

    /// Notes that files are no longer there.
    pub(super) fn forget(&mut self, files: &[ArticleId]) {
        if files.is_empty() {
            return;
        }
        let is_open = files.iter().any(|first| self.reader_is_in(*first));
        self.library.remove_files(files);
        self.folder_is_stale = true;
        if is_open {
            let text =
                "the file of this article is gone; its text stays until you leave the article";
            self.say(Notice::problem(text));
        }
    }

    /// Takes in that files appeared, changed or vanished.
    pub(super) fn changed(&mut self, present: Vec<ListedFile>, gone: &[PathBuf]) {
        let mut changed = Vec::new();
        let mut new = 0;
        for file in present {
            new += usize::from(self.library.find(&file.location).is_none());
            let id = self.library.add(&file);
            if self.reader_is_in(id) {
                self.reload();
            }
            changed.push(id);
        }
        self.look_into(changed);
        // A folder that is gone took its files along.
        let gone = gone.iter().cloned().collect();
        let gone = self.library.files_among(&gone);
        self.forget(&gone);
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
