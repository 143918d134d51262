//! What happens when files are found, surveyed, changed or gone.

use std::path::PathBuf;

use crate::app::Model;
use crate::app::protocol::answers::FileSurvey;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::reading::target::Target;
use crate::library::{ArticleId, ListedFile};

impl Model {
    /// Takes in files found in the folder, and opens the article read last, or the first.
    pub(crate) fn listed(&mut self, files: &[ListedFile], is_done: bool, problems: Vec<String>) {
        let new = self.folder.take_files(files, &self.state);
        self.folder.scan.problems.extend(problems);
        self.folder.is_stale |=
            self.folder.has_doubled() || is_done && !self.folder.is_as_remembered();
        self.open_something(is_done);
        let opening = self.reading.article_on_its_way();
        self.folder.survey(new, opening, &mut self.outbox);
        if is_done {
            self.finish_scan();
        }
    }

    /// Opens an article when none is open: the one read last, or the first.
    pub(super) fn open_something(&mut self, is_done: bool) {
        if self.reading.reader.article.is_some() || self.reading.is_opening() {
            return;
        }
        let last = self.state.last.get(&self.folder.root);
        // The article read last may arrive in a later batch; a new folder opens at its first.
        let waits_for_last = last.is_some() && !is_done;
        let last = last.and_then(|location| self.folder.find(location));
        let first = self.folder.library.order().first().copied();
        let chosen = if waits_for_last { last } else { last.or(first) };
        if let Some(id) = chosen {
            self.open(id, Target::Resume);
        }
    }

    fn finish_scan(&mut self) {
        let gone = self.folder.finish_scan();
        self.forget(&gone);
        self.folder.sort_after_scan();
        self.ask_for_groups();
        let scan = &self.folder.scan;
        if let Some(problem) = scan.problems.last().cloned() {
            self.outbox.notify(Notice::problem(problem));
        } else if scan.rounds > 1 {
            let count = self.folder.library.all().len();
            let articles = if count == 1 { "article" } else { "articles" };
            let text = format!("reloaded: {count} {articles}");
            self.outbox.notify(Notice::info(text));
        }
    }

    fn ask_for_groups(&mut self) {
        let contents = &mut self.screens.contents;
        contents.ask_for_groups(&self.folder, &mut self.outbox);
    }

    /// Takes in surveys of files.
    pub(crate) fn surveyed(&mut self, files: Vec<FileSurvey>) {
        let news = self.folder.take_surveys(files, &self.state);
        if news.has_only_dates {
            self.search.scopes.only_dates_are_new();
        }
        if news.lists_are_stale {
            self.folder.is_stale = true;
            self.ask_for_groups();
        }
        self.folder.survey_more(&mut self.outbox);
    }

    /// Walks the folder again, unless it is being walked.
    pub(crate) fn rescan(&mut self) {
        self.reload();
        if self.folder.start_scan() {
            self.outbox.send(Effect::Rescan);
        }
    }

    /// Removes files that are gone.
    pub(super) fn forget(&mut self, files: &[ArticleId]) {
        if files.is_empty() {
            return;
        }
        let open = self.reading.reader.article;
        let is_open = files
            .iter()
            .any(|first| self.folder.is_in_file(open, *first));
        self.folder.library.remove_files(files);
        self.folder.is_stale = true;
        if is_open {
            let text =
                "the file of this article is gone; its text stays until you leave the article";
            self.outbox.notify(Notice::problem(text));
        }
    }

    /// Takes in that files appeared, changed or vanished.
    pub(crate) fn changed(&mut self, present: &[ListedFile], gone: &[PathBuf]) {
        let mut changed = Vec::new();
        let mut new = 0;
        for file in present {
            new += usize::from(self.folder.library.find(&file.location).is_none());
            let id = self.folder.library.add(file);
            if self.folder.is_in_file(self.reading.reader.article, id) {
                self.reload();
            }
            changed.push(id);
        }
        let opening = self.reading.article_on_its_way();
        self.folder.survey(changed, opening, &mut self.outbox);
        // A folder that is gone took its files along.
        let gone = gone.iter().cloned().collect();
        let gone = self.folder.library.files_among(&gone);
        self.forget(&gone);
        let sort = self.folder.library.sort_order();
        self.folder.library.sort_by(sort);
        self.folder.is_stale = true;
        if new > 0 {
            let articles = if new == 1 { "article" } else { "articles" };
            let text = format!("{new} new {articles}; C lists them");
            self.outbox.notify(Notice::info(text));
        }
        self.open_something(true);
    }
}
