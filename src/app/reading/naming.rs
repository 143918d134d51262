//! The names by which the open article knows its speakers: those of the folder, with the corrections.

use std::sync::Arc;

use super::Reading;
use super::reader::OpenArticle;
use crate::analysis::Analysis;
use crate::library::corrections::renamed;
use crate::library::{Library, ResolvedName};

impl Reading {
    /// Names the speakers of the open article as the folder and the corrections do; returns whether that is news.
    pub(crate) fn name_speakers(&mut self, library: &Library) -> bool {
        let reader = &mut self.reader;
        let Some(id) = reader.article else {
            return false;
        };
        let Some(key) = library.key(id) else {
            return false;
        };
        let people = library.people();
        let now = Some(people.naming_version());
        if reader.named_as_of == now || reader.found().is_none() {
            return false;
        }
        let corrections = people.corrections();
        let corrected = reader
            .document()
            .zip(reader.found())
            .and_then(|(document, found)| corrections.with_quotations(&key, document, found));
        let resolver = people.resolver(id);
        reader.rename_speakers(corrected, |name| {
            let known = resolver.resolve(name);
            known.or_else(|| corrections.resolve_in(&key, name))
        });
        reader.named_as_of = now;
        true
    }
}

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
    pub fn rename_speakers(
        &mut self,
        corrected: Option<Analysis>,
        name_of: impl Fn(&str) -> Option<ResolvedName>,
    ) {
        let Some(found) = &self.found else {
            return;
        };
        let base = corrected.as_ref().unwrap_or(found);
        let renamed = renamed(base, |speaker| name_of(&speaker.name));
        let named = renamed.or(corrected).map(Arc::new);
        if let Some(content) = &mut self.content {
            content.analysis = named.or_else(|| Some(Arc::clone(found)));
        }
    }
}
