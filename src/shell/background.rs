//! What is done behind a frame until the next one is due: a key waits for one step of it at most.

use std::time::{Duration, Instant};

use super::Shell;
use crate::app::protocol::message::Message;

/// How long what is told of the folder is taken in before a frame shows how far that is.
const TAKING_IN: Duration = Duration::from_millis(40);

impl Shell {
    /// Gives the model what walking and looks into files told, portion by portion, until a frame is due or
    /// something else happens: a key waits for one portion at most.
    pub(super) fn take_surveys(&mut self) {
        let start = Instant::now();
        while !self.model.is_over
            && start.elapsed() < TAKING_IN
            && let Some(portion) = self.surveys.portion()
        {
            self.pass(portion);
            if let Ok(message) = self.inbox.try_recv() {
                let is_more = matches!(message, Message::Surveyed(_) | Message::Listed { .. });
                self.take(message);
                if !is_more {
                    return;
                }
            }
        }
    }

    /// Lets the model work out more of what is listed, step by step, until a frame is due or something happens.
    pub(super) fn work_on(&mut self) {
        let start = Instant::now();
        while !self.model.is_over && self.model.has_more_to_do() && start.elapsed() < TAKING_IN {
            if let Ok(message) = self.inbox.try_recv() {
                self.take(message);
                return;
            }
            self.pass(Message::Idle);
        }
    }
}
