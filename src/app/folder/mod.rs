//! The folder: its articles, how far it is read, what changes while the reader is in it.

pub(super) mod actions;
pub(crate) mod memory;

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;

use super::outbox::Outbox;
use super::protocol::answers::FileSurvey;
use super::protocol::effect::Effect;
use super::state::SavedState;
use crate::config::Settings;
use crate::document;
use crate::library::{ArticleId, Library, ListedFile, Location, PackedSurvey, SortOrder};

/// How many files are surveyed at a time.
const MAX_SURVEYS: usize = 4096;

/// Up to this many articles, lists are worked out again whenever anything becomes known.
pub(super) const FEW_KNOWN: usize = 2000;

/// Up to this many articles, the speakers of the folder are updated whenever anything becomes known.
const FEW_FOR_PEOPLE: usize = 1000;

/// The folder and its articles.
#[derive(Debug)]
pub struct Folder {
    /// The articles.
    pub library: Library,
    /// How far the folder is read.
    pub scan: FolderScan,
    /// The saved search whose articles alone are listed.
    pub narrowed_to: Option<String>,
    /// Absolute path of the folder or file, under which its last article is remembered.
    pub(super) root: String,
    /// Whether the lists over the folder are out of date.
    pub(super) is_stale: bool,
    /// How many articles were surveyed when the speakers of the folder were last updated.
    people_updated_at: usize,
}

/// How far the folder is read.
#[derive(Debug, Clone, Default)]
pub struct FolderScan {
    /// Whether all files are listed.
    pub is_done: bool,
    /// What could not be listed, as sentences.
    pub problems: Vec<String>,
    /// How often the folder was walked.
    pub rounds: u32,
    /// Files to survey, by their first articles.
    to_survey: VecDeque<ArticleId>,
    /// How many articles were surveyed when the lists were last worked out.
    n_listed_of: usize,
    /// How many articles were found when the list of articles was last worked out.
    n_found_at: usize,
    /// How many files are being surveyed.
    n_in_survey: usize,
    /// The files found so far while the folder is walked again.
    found_again: Option<BTreeSet<ArticleId>>,
    /// Whether the walk compares the folder with what was remembered of it.
    is_compared: bool,
}

impl Folder {
    /// A folder without articles yet, in the order they will have.
    pub(super) fn new(root: String, settings: &Settings) -> Self {
        let mut library = Library::default();
        library.sort_by(settings.contents.sort.into());
        if settings.contents.reverse {
            library.reverse();
        }
        Self {
            library,
            scan: FolderScan::default(),
            narrowed_to: None,
            root,
            is_stale: false,
            people_updated_at: 0,
        }
    }

    /// The name of the folder or file.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = self.root.trim_end_matches('/').rsplit('/').next();
        name.filter(|name| !name.is_empty()).unwrap_or(&self.root)
    }

    /// Whether every article of the folder was found and surveyed.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.scan.is_done && self.library.n_surveyed() >= self.library.all().len()
    }

    /// What to add to “not found” while not all of the folder is known.
    pub(super) fn so_far(&self) -> String {
        let (known, all) = (self.library.n_surveyed(), self.library.all().len());
        if self.scan.is_done && known == all {
            String::new()
        } else {
            format!(" so far; still reading the folder ({known} of {all})")
        }
    }

    /// Takes in files that were found; returns their first articles.
    fn take_files(&mut self, files: &[ListedFile], state: &SavedState) -> Vec<ArticleId> {
        let mut taken = Vec::with_capacity(files.len());
        for file in files {
            let n_before = self.library.n_ids();
            let id = self.library.add(file);
            if self.library.n_ids() > n_before {
                self.recall(id, &file.location.to_string_lossy(), state);
            }
            if let Some(found) = &mut self.scan.found_again {
                found.insert(id);
            }
            taken.push(id);
        }
        taken
    }

    /// Marks an article as read and bookmarked as it was in earlier runs.
    fn recall(&mut self, id: ArticleId, key: &str, state: &SavedState) {
        if let Some(place) = state.places.get(key) {
            self.library.set_read(id, place.is_read);
            self.library.set_bookmarked(id, place.is_bookmarked);
        }
    }

    /// Asks for surveys of files, but not of one whose only article is being opened, because that is analyzed anyway.
    fn survey(
        &mut self,
        mut files: Vec<ArticleId>,
        opening: Option<ArticleId>,
        outbox: &mut Outbox,
    ) {
        files.retain(|id| Some(*id) != opening || !self.is_alone_in_file(*id));
        self.scan.to_survey.extend(files);
        self.survey_more(outbox);
    }

    /// Asks for surveys of the next files, up to [`MAX_SURVEYS`] at a time, so that neither questions nor answers of a
    /// huge folder pile up.
    fn survey_more(&mut self, outbox: &mut Outbox) {
        while self.scan.n_in_survey < MAX_SURVEYS && !self.scan.to_survey.is_empty() {
            let count = self.scan.to_survey.len().min(MAX_SURVEYS);
            let next = self.scan.to_survey.drain(..count);
            let located: Vec<_> = next
                .filter_map(|id| Some((id, self.library.location(id)?)))
                .collect();
            self.scan.n_in_survey += located.len();
            outbox.send(Effect::Survey(located));
        }
    }

    /// Asks for a survey of a file that was left out because its article was being opened.
    pub(super) fn survey_after_all(&mut self, article: ArticleId, outbox: &mut Outbox) {
        if self.is_alone_in_file(article) {
            self.scan.to_survey.push_front(article);
            self.survey_more(outbox);
        }
    }

    fn is_alone_in_file(&self, id: ArticleId) -> bool {
        match self.library.location(id) {
            Some(location) => document::holds_one(&location.file.to_string_lossy()),
            None => false,
        }
    }

    /// The article that is remembered by this location, although nothing else of its file may be known yet.
    pub(super) fn find(&mut self, location: &str) -> Option<ArticleId> {
        if let Some(whole) = self.library.find(Path::new(location)) {
            return Some(whole);
        }
        let location = Location::parse(location);
        let first = self.library.find(&location.file)?;
        self.library.add_part(first, location.part)
    }

    /// Takes in surveys of files; returns what follows from them.
    fn take_surveys(&mut self, files: Vec<FileSurvey>, state: &SavedState) -> SurveyNews {
        self.scan.n_in_survey = self.scan.n_in_survey.saturating_sub(files.len());
        let mut holds_many = false;
        let mut has_problem = false;
        let n_before = self.library.all().len();
        let changes_before = self.library.n_changes();
        for file in files {
            match file.surveys {
                Ok(surveys) => {
                    let is_named = surveys.iter().any(PackedSurvey::is_named);
                    let articles = self.library.set_surveys(file.first, file.stamp, &surveys);
                    holds_many |= articles.len() > 1;
                    if is_named {
                        for id in articles {
                            let key = self.library.key(id).unwrap_or_default();
                            self.recall(id, &key, state);
                        }
                    }
                }
                Err(problem) => {
                    has_problem = true;
                    self.library.set_problem(file.first, problem);
                }
            }
        }
        let is_news = has_problem || self.library.n_changes() > changes_before;
        let sort = self.library.sort_order();
        if is_news && sort != SortOrder::Path && self.scan.is_done || holds_many {
            self.library.sort_by(sort);
        }
        SurveyNews {
            has_only_dates: !has_problem && self.library.all().len() == n_before,
            lists_are_stale: self.grew_enough(is_news),
        }
    }

    /// Whether to work out the list of articles again while files are being found: for a huge folder whenever it has
    /// doubled.
    fn has_doubled(&mut self) -> bool {
        let found = self.library.all().len();
        let has_doubled =
            !self.scan.is_compared && (found < FEW_KNOWN || found / 2 >= self.scan.n_found_at);
        if has_doubled {
            self.scan.n_found_at = found;
        }
        has_doubled
    }

    /// Whether the folder, as far as it was compared, is as it was remembered.
    fn is_as_remembered(&self) -> bool {
        self.scan.is_compared && self.library.n_changes() == 0
    }

    /// Whether to work out the lists over the folder again after surveys arrived: always for a small folder, and for a
    /// huge one whenever twice as much is known, so that a key seldom waits for it. What a row shows is looked up when
    /// it is drawn anyway.
    fn grew_enough(&mut self, is_news: bool) -> bool {
        let known = self.library.n_surveyed();
        let listed = self.scan.n_listed_of;
        let is_finished = self.is_known() && (is_news || known != listed);
        let grew = is_finished || known < FEW_KNOWN || !(listed..listed * 2).contains(&known);
        if grew {
            self.scan.n_listed_of = known;
        }
        grew
    }

    /// Updates the speakers of the folder. While a huge folder is read, this happens whenever twice as much is known,
    /// so that it does not take longer than the reading.
    pub(super) fn update_people(&mut self) {
        let known = self.library.n_surveyed();
        let (least, most) = (self.people_updated_at, self.people_updated_at * 2);
        if self.is_known() || known < FEW_FOR_PEOPLE || !(least..most).contains(&known) {
            self.people_updated_at = known;
            self.library.update_people();
        }
    }

    /// Ends a walk; returns the files that were not found again.
    fn finish_scan(&mut self) -> Vec<ArticleId> {
        self.scan.is_done = true;
        self.scan.rounds += 1;
        let found = self.scan.found_again.take();
        // Files that could not be listed may still be there.
        match found.filter(|_| self.scan.problems.is_empty()) {
            Some(found) => self.library.files_except(&found),
            None => Vec::new(),
        }
    }

    /// Sorts the articles after a walk, if that can have put them out of order.
    fn sort_after_scan(&mut self) {
        let sort = self.library.sort_order();
        let is_out_of_order = if std::mem::take(&mut self.scan.is_compared) {
            self.library.n_changes() > 0
        } else {
            // A walk finds the files in the order of their paths.
            sort != SortOrder::Path || self.library.is_reversed()
        };
        if is_out_of_order {
            self.library.sort_by(sort);
        }
    }

    /// Prepares another walk; returns whether none is under way.
    fn start_scan(&mut self) -> bool {
        if !self.scan.is_done {
            return false;
        }
        self.scan.is_done = false;
        self.scan.problems.clear();
        self.scan.found_again = Some(BTreeSet::new());
        true
    }

    /// Whether an article is in the file with this first article.
    fn is_in_file(&self, article: Option<ArticleId>, first: ArticleId) -> bool {
        let Some(article) = article else {
            return false;
        };
        self.library.parts(first).any(|id| id == article)
    }
}

/// What follows from surveys that arrived.
struct SurveyNews {
    /// Nothing but dates of articles became known.
    has_only_dates: bool,
    /// The lists over the folder have to be worked out again.
    lists_are_stale: bool,
}
