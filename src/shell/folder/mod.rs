//! What is done once the folder is listed, and once all of it is known.

pub(super) mod mounts;
pub(crate) mod resume;
pub(super) mod scan;
pub(super) mod survey_jobs;
pub(super) mod survey_queue;
pub(super) mod watch;

use super::jobs::dispatch::Jobs;
use crate::app::Model;

/// How far the folder is.
#[derive(Default)]
pub(super) struct FolderUpkeep {
    /// Whether its changes are followed.
    is_watched: bool,
    /// Whether all of it is known, and what that took was given back.
    is_taken_in: bool,
}

impl FolderUpkeep {
    /// Follows changes once all is listed and nothing waits for the model: to be told of them the system has to be
    /// led through the whole folder again, which is not to hold up what is known already. What it took to look
    /// into the folder is given back once all of it is known.
    pub(super) fn keep_up(&mut self, model: &Model, questions: &Jobs, has_more: bool) {
        let is_listed = model.scan.is_done;
        if is_listed && !has_more && !self.is_watched && model.settings.files.watch {
            self.is_watched = true;
            questions.watch();
        }
        let is_known = is_listed && model.library.n_surveyed() >= model.library.all().len();
        if is_known && !self.is_taken_in {
            questions.rest();
        }
        self.is_taken_in = is_known;
    }
}
