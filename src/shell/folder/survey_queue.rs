//! Listed files and surveys on their way to the model.
//!
//! Processing them takes time on the main thread. So that a folder of 100,000 files neither delays a key press nor
//! fills the memory, the model gets them in portions, and the threads that produce them wait while many are queued.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};

use crate::app::protocol::answers::FileSurvey;
use crate::app::protocol::message::Message;
use crate::shell::sync::{lock, unpoisoned};

/// How many surveys make a portion: as many as the model processes without a noticeable delay.
const PORTION: usize = 64;
/// How many files may be queued before their producers wait.
const MAX_QUEUED: usize = 512;
/// How many files are listed first. One of them is opened, so this batch has to come quickly.
pub(super) const LISTED_FIRST: usize = 16;
/// How many files are listed at once: as many as the model processes without a noticeable delay.
pub(super) const LISTED_AT_ONCE: usize = 256;

/// Counts queued files and makes producers wait while there are too many.
#[derive(Clone, Default)]
pub(crate) struct Backpressure(Arc<(Mutex<usize>, Condvar)>);

impl Backpressure {
    /// Waits until there is room, then counts `count` more files.
    pub(crate) fn enter(&self, count: usize) {
        let (n_queued, has_room) = &*self.0;
        let waited = has_room.wait_while(lock(n_queued), |queued| *queued > MAX_QUEUED);
        *unpoisoned(waited) += count;
    }

    /// Notes that `count` files were processed.
    pub(crate) fn leave(&self, count: usize) {
        let (n_queued, has_room) = &*self.0;
        let mut n_queued = lock(n_queued);
        *n_queued = n_queued.saturating_sub(count);
        has_room.notify_all();
    }
}

/// What waits for the model.
pub(crate) struct SurveyQueue {
    /// Messages with listed files.
    listed: VecDeque<Message>,
    surveys: VecDeque<FileSurvey>,
    backpressure: Backpressure,
}

impl SurveyQueue {
    pub(crate) fn new(backpressure: Backpressure) -> Self {
        Self {
            listed: VecDeque::new(),
            surveys: VecDeque::new(),
            backpressure,
        }
    }

    /// Adds a message with listed files.
    pub(crate) fn add_listed(&mut self, listed: Message) {
        self.listed.push_back(listed);
    }

    /// Adds surveys.
    pub(crate) fn add_surveys(&mut self, surveys: Vec<FileSurvey>) {
        self.surveys.extend(surveys);
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.surveys.is_empty() && self.listed.is_empty()
    }

    /// Takes the next portion. Files are listed before their surveys come.
    pub(crate) fn next_portion(&mut self) -> Option<Message> {
        if let Some(listed) = self.listed.pop_front() {
            return Some(listed);
        }
        let count = self.surveys.len().min(PORTION);
        let portion: Vec<FileSurvey> = self.surveys.drain(..count).collect();
        self.backpressure.leave(count);
        (count > 0).then_some(Message::Surveyed(portion))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::ArticleId;

    fn files(count: u32) -> Vec<FileSurvey> {
        let told = |id| FileSurvey {
            first: ArticleId(id),
            stamp: 0,
            surveys: Ok(Vec::new()),
        };
        (0..count).map(told).collect()
    }

    fn size(message: Option<Message>) -> usize {
        match message {
            Some(Message::Surveyed(found)) => found.len(),
            _ => 0,
        }
    }

    #[test]
    fn surveys_come_in_portions() {
        let mut queue = SurveyQueue::new(Backpressure::default());
        assert!(queue.is_empty() && queue.next_portion().is_none());
        queue.add_surveys(files(u32::try_from(PORTION + 7).unwrap()));
        assert_eq!(size(queue.next_portion()), PORTION);
        assert!(!queue.is_empty());
        assert_eq!(size(queue.next_portion()), 7);
        assert!(queue.is_empty() && queue.next_portion().is_none());
    }

    #[test]
    fn files_are_listed_before_their_surveys_come() {
        let listed = |is_done| Message::Listed {
            files: Vec::new(),
            is_done,
            problems: Vec::new(),
        };
        let mut queue = SurveyQueue::new(Backpressure::default());
        queue.add_surveys(files(1));
        queue.add_listed(listed(false));
        queue.add_listed(listed(true));
        for is_done in [false, true] {
            let is_it = |message: &Message| matches!(message, Message::Listed { is_done: done, .. } if *done == is_done);
            assert!(queue.next_portion().as_ref().is_some_and(is_it));
        }
        assert_eq!(size(queue.next_portion()), 1);
    }

    #[test]
    fn a_producer_that_is_too_far_ahead_waits() {
        let backpressure = Backpressure::default();
        let mut queue = SurveyQueue::new(backpressure.clone());
        backpressure.enter(MAX_QUEUED + 1);
        queue.add_surveys(files(u32::try_from(MAX_QUEUED + 1).unwrap()));
        let ahead = std::thread::spawn(move || backpressure.enter(1));
        assert!(!ahead.is_finished());
        assert_eq!(size(queue.next_portion()), PORTION);
        ahead.join().unwrap();
    }
}
