//! The output of a step: effects for the shell, notices for the reader, numbers for questions.

use super::protocol::effect::Effect;
use super::protocol::notice::Notice;

/// How many earlier notices are kept.
const MAX_NOTICES: usize = 200;

/// Effects, notices and the number of the newest question.
#[derive(Debug, Default)]
pub struct Outbox {
    /// The notice in the status line.
    pub notice: Option<Notice>,
    /// Earlier notices, newest last.
    pub notices: Vec<Notice>,
    /// How many notices there have been, including those no longer kept.
    pub n_notices: u64,
    effects: Vec<Effect>,
    generation: u64,
}

impl Outbox {
    /// Shows a notice in the status line.
    pub(crate) fn notify(&mut self, notice: Notice) {
        self.n_notices += 1;
        self.notices.push(notice.clone());
        if self.notices.len() > MAX_NOTICES {
            self.notices.remove(0);
        }
        self.notice = Some(notice);
    }

    /// Asks the shell to do something.
    pub(crate) fn send(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// The number of a new question.
    pub(crate) fn next_generation(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }

    /// Takes the effects out.
    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}
