//! The paths that most commands take.

use std::path::PathBuf;

use clap::Args;

use crate::config::Settings;

/// The files and folders to read.
#[derive(Debug, Args, Clone, Default)]
pub(super) struct PathArguments {
    /// Files or folders; `-` is standard input [default: the folder in the configuration]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
}

impl PathArguments {
    /// The paths, or the folder in the configuration.
    pub(super) fn or_configured(&self, settings: &Settings) -> Vec<PathBuf> {
        if self.paths.is_empty() {
            vec![PathBuf::from(&settings.articles)]
        } else {
            self.paths.clone()
        }
    }
}
