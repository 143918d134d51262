//! The files that the session reads: listing them, surveying them and following changes.
//!
//! [`sources`] is what was named on the command line. [`scan`] lists its files, either by walking them or, through
//! [`resume`], from the image of the last session. [`survey_jobs`] reads the listed files or takes their surveys from
//! the index, [`survey_queue`] hands them to the model in portions, and [`watch`] reports later changes.

pub(super) mod late_index;
pub(super) mod sources;

pub(super) mod comparison;
pub(crate) mod resume;
pub(super) mod scan;

pub(super) mod survey_jobs;
pub(super) mod survey_queue;

pub(super) mod mounts;
pub(super) mod watch;

use super::jobs::dispatch::Jobs;
use crate::app::Model;

/// What is left to do once all files are listed and surveyed.
#[derive(Default)]
pub(super) struct FolderUpkeep {
    is_watched: bool,
    /// Whether everything is surveyed and the memory of the index was freed.
    is_settled: bool,
}

impl FolderUpkeep {
    /// Starts to watch the folder once everything is listed and nothing waits for the model, because setting up the
    /// watches takes as long as a walk. Frees the memory of the index once everything is surveyed.
    pub(super) fn keep_up(&mut self, model: &Model, jobs: &Jobs, has_more: bool) {
        let is_listed = model.folder.scan.is_done;
        if is_listed && !has_more && !self.is_watched && model.settings.files.watch {
            self.is_watched = true;
            jobs.watch();
        }
        let is_surveyed =
            is_listed && model.folder.library.n_surveyed() >= model.folder.library.all().len();
        if is_surveyed && !self.is_settled {
            jobs.release_memory();
        }
        self.is_settled = is_surveyed;
    }
}
