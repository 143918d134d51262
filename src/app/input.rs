//! What the reader is typing, and what they asked for last.

use super::command::name_completion::NameCompletion;
use super::command::prompt::{Prompt, Purpose};
use crate::config::{Action, Pending};

/// The keys and the line being typed.
#[derive(Debug, Default)]
pub struct UserInput {
    /// The line being typed.
    pub prompt: Option<Prompt>,
    /// The keys pressed so far of an unfinished command.
    pub pending: Pending,
    /// The last action.
    pub last: LastAction,
    /// The name a command is looking for.
    pub(super) completing: Option<NameCompletion>,
}

/// The last action the reader asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LastAction {
    /// The action.
    pub action: Option<Action>,
    /// How many actions there have been.
    pub number: u64,
    /// Whether its result has not been read out yet.
    pub(super) is_new: bool,
}

impl UserInput {
    /// What the line is for.
    #[must_use]
    pub fn purpose(&self) -> Option<Purpose> {
        self.prompt.as_ref().map(|prompt| prompt.purpose)
    }

    /// What is being typed.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.prompt {
            Some(prompt) => prompt.text(),
            None => "",
        }
    }

    /// Whether names are still being searched for a command.
    #[must_use]
    pub const fn is_completing(&self) -> bool {
        self.completing.is_some()
    }
}
