//! The article being opened: how much of it has arrived, where to go in it, the jumps that wait for it.

use super::direction::StepDirection;
use super::target::{Jump, Target};
use crate::library::ArticleId;

/// How many jumps wait for an article; a held key must not run on for long.
const MAX_QUEUED: usize = 32;

/// An article that was asked for.
#[derive(Debug, Clone)]
pub(crate) struct ArticleOpening {
    pub(super) generation: u64,
    pub(crate) article: ArticleId,
    pub(super) target: Target,
    /// Whether some of it shows.
    pub(super) is_shown: bool,
    /// Whether the whole text is there.
    pub(super) has_text: bool,
    /// Whether the open article is being read again.
    pub(super) is_reload: bool,
    /// Jumps asked for in the meantime, which go on from the target.
    pub(super) queued: Vec<(Jump, StepDirection)>,
}

impl ArticleOpening {
    pub(super) fn new(
        generation: u64,
        article: ArticleId,
        target: Target,
        is_reload: bool,
    ) -> Self {
        Self {
            generation,
            article,
            target,
            is_shown: false,
            has_text: false,
            is_reload,
            queued: Vec::new(),
        }
    }

    /// Whether the target is reached only when more of the article is there.
    pub(super) fn has_far_target(&self) -> bool {
        !matches!(
            self.target,
            Target::Here | Target::Resume | Target::Place(_) | Target::Offset(_)
        )
    }

    /// Keeps a jump for later when this is itself a jump into another article, so that pressing a key twice jumps twice.
    pub(super) fn queue(&mut self, jump: Jump, direction: StepDirection) -> bool {
        let is_jump = matches!(self.target, Target::Quotation(..) | Target::Mention(..));
        if is_jump && self.queued.len() < MAX_QUEUED {
            self.queued.push((jump, direction));
        }
        is_jump
    }
}
