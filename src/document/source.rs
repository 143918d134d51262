//! What a format parser is given, and where its articles go.

use std::ops::ControlFlow;

use super::draft::Draft;
use super::formats::json::FieldNames;
use super::{Block, Inline};

/// The blocks and markup of a text that is kept as it is.
#[derive(Debug, Default)]
pub(super) struct ParsedText {
    /// Blocks in reading order.
    pub(super) blocks: Vec<Block>,
    /// Markup, sorted by start.
    pub(super) inlines: Vec<Inline>,
}

/// A file whose articles are converted to text.
#[derive(Debug, Clone, Copy)]
pub(super) struct SourceFile<'a> {
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    /// Its path, relative to the folder.
    pub(super) name: &'a str,
    /// The reader's own names for the fields of articles in JSON.
    pub(super) names: &'a FieldNames,
}

/// Receives the articles of a file one by one, until it has enough.
pub(super) struct ArticleSink<'t, Article = Draft> {
    /// How many articles are still to be skipped.
    n_to_skip: u32,
    receive: &'t mut dyn FnMut(Article) -> ControlFlow<()>,
}

impl<'t, Article> ArticleSink<'t, Article> {
    /// A sink that skips the first `n_to_skip` articles and hands the others to `receive`.
    pub(super) fn skipping(
        n_to_skip: u32,
        receive: &'t mut dyn FnMut(Article) -> ControlFlow<()>,
    ) -> Self {
        Self { n_to_skip, receive }
    }

    /// Returns how many articles are still to be skipped, and leaves the skipping to the caller.
    pub(super) fn take_n_to_skip(&mut self) -> u32 {
        std::mem::take(&mut self.n_to_skip)
    }

    /// Returns whether the next article is skipped, and counts it as received if so. A format with many
    /// articles asks before it converts one.
    pub(super) fn skips_next(&mut self) -> bool {
        let is_skipped = self.n_to_skip > 0;
        self.n_to_skip -= u32::from(is_skipped);
        is_skipped
    }

    /// Receives an article.
    pub(super) fn push(&mut self, article: Article) -> ControlFlow<()> {
        if self.skips_next() {
            return ControlFlow::Continue(());
        }
        (self.receive)(article)
    }
}
