//! What looks into files told, on its way to the model.
//!
//! Each message costs a frame and the lists on it, so looks are handed over at once only at first, and then
//! every so often; the rest goes with the last batch.

use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::app::message::Message;
use crate::library::{ArticleId, Survey};

/// How often looks are handed over.
const HANDOVER: Duration = Duration::from_millis(40);

/// What a look into a file told, with the first article of the file.
pub(super) type Surveyed = (ArticleId, Result<Vec<Survey>, String>);

/// Gathers the looks of many batches; shared by those that work on them.
pub(super) struct Gathered {
    waiting: Mutex<Waiting>,
    messages: Sender<Message>,
}

#[derive(Default)]
struct Waiting {
    surveys: Vec<Surveyed>,
    handed_over: Option<Instant>,
}

impl Gathered {
    /// Gathers for whoever takes `messages`.
    pub(super) fn new(messages: &Sender<Message>) -> Self {
        Self {
            waiting: Mutex::default(),
            messages: messages.clone(),
        }
    }

    /// Takes in a batch.
    pub(super) fn add(&self, batch: Vec<Surveyed>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.surveys.extend(batch);
        let is_due = |last: Instant| last.elapsed() > HANDOVER;
        if waiting.handed_over.is_none_or(is_due) {
            waiting.handed_over = Some(Instant::now());
            let surveys = std::mem::take(&mut waiting.surveys);
            let _ = self.messages.send(Message::Surveyed(surveys));
        }
    }
}

impl Drop for Gathered {
    /// The last batch is done, or given up.
    fn drop(&mut self) {
        let waiting = self.waiting.get_mut();
        let surveys = std::mem::take(&mut waiting.unwrap_or_else(PoisonError::into_inner).surveys);
        if !surveys.is_empty() {
            let _ = self.messages.send(Message::Surveyed(surveys));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn the_first_batch_goes_at_once_and_the_rest_with_the_last() {
        let (messages, inbox) = mpsc::channel();
        let gathered = Gathered::new(&messages);
        for id in 0..3 {
            gathered.add(vec![(ArticleId(id), Ok(Vec::new()))]);
        }
        drop(gathered);
        drop(messages);
        let counts = inbox.iter().map(|message| match message {
            Message::Surveyed(surveys) => surveys.len(),
            _ => 0,
        });
        let counts: Vec<_> = counts.collect();
        assert_eq!(counts.first(), Some(&1));
        assert_eq!(counts.iter().sum::<usize>(), 3);
    }
}
