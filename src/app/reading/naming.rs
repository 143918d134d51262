//! The names by which the open article knows its speakers: those of the folder, with the corrections.

use std::sync::Arc;

use super::reader::OpenArticle;
use crate::analysis::Analysis;
use crate::library::ResolvedName;
use crate::library::corrections::renamed;

impl OpenArticle {
    /// Takes in the analysis of the article.
    pub fn analyzed(&mut self, analysis: &Arc<Analysis>) {
        if let Some(content) = &mut self.content {
            content.analysis = Some(Arc::clone(analysis));
            self.found = Some(Arc::clone(analysis));
            self.named_as_of = None;
        }
    }

    /// The analysis as it was found, before names and corrections were laid over it.
    #[must_use]
    pub fn found(&self) -> Option<&Arc<Analysis>> {
        self.found.as_ref()
    }

    /// Lays names over the analysis as it was found. `corrected` is the analysis with other speakers of single
    /// quotations, when there are such.
    pub fn call(
        &mut self,
        corrected: Option<Analysis>,
        called: impl Fn(&str) -> Option<ResolvedName>,
    ) {
        let Some(found) = &self.found else {
            return;
        };
        let base = corrected.as_ref().unwrap_or(found);
        let renamed = renamed(base, |speaker| called(&speaker.name));
        let named = renamed.or(corrected).map(Arc::new);
        if let Some(content) = &mut self.content {
            content.analysis = named.or_else(|| Some(Arc::clone(found)));
        }
    }
}
