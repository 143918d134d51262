//! What walking the folder and looking into files told, on its way to the model.
//!
//! Taking it in costs the main thread time, so a folder of 100,000 files must neither hold up a key nor pile
//! up: the model gets some of it now and then, and whoever looks further waits while much is on its way.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::app::protocol::answers::FileSurvey;
use crate::app::protocol::message::Message;

/// How many files make a portion: as many as the model takes in while nobody notices.
pub(crate) const PORTION: usize = 64;
/// How many files may be on their way.
const MOST: usize = 512;

/// Counts the files on their way.
#[derive(Clone, Default)]
pub(crate) struct Backpressure(Arc<(Mutex<usize>, Condvar)>);

impl Backpressure {
    /// Waits until some more may be on their way.
    pub(crate) fn enter(&self, count: usize) {
        let (taken, left) = &*self.0;
        let taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = left.wait_while(taken, |taken| *taken > MOST);
        *taken.unwrap_or_else(PoisonError::into_inner) += count;
    }

    /// Notes that some have arrived.
    pub(crate) fn leave(&self, count: usize) {
        let (taken, left) = &*self.0;
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        *taken = taken.saturating_sub(count);
        left.notify_all();
    }
}

/// What has come and waits for the model.
pub(crate) struct SurveyQueue {
    /// Files that were listed, some at a time.
    listed: VecDeque<Message>,
    found: VecDeque<FileSurvey>,
    room: Backpressure,
}

impl SurveyQueue {
    pub(crate) fn new(room: Backpressure) -> Self {
        Self {
            listed: VecDeque::new(),
            found: VecDeque::new(),
            room,
        }
    }

    /// Takes in files that were listed.
    pub(crate) fn list(&mut self, listed: Message) {
        self.listed.push_back(listed);
    }

    /// Takes in what came.
    pub(crate) fn add(&mut self, found: Vec<FileSurvey>) {
        self.found.extend(found);
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty() && self.listed.is_empty()
    }

    /// The next portion. Nothing can be done with files before they are listed.
    pub(crate) fn portion(&mut self) -> Option<Message> {
        if let Some(listed) = self.listed.pop_front() {
            return Some(listed);
        }
        let count = self.found.len().min(PORTION);
        let portion: Vec<FileSurvey> = self.found.drain(..count).collect();
        self.room.leave(count);
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
    fn what_came_goes_on_in_portions() {
        let mut waiting = SurveyQueue::new(Backpressure::default());
        assert!(waiting.is_empty() && waiting.portion().is_none());
        waiting.add(files(u32::try_from(PORTION + 7).unwrap()));
        assert_eq!(size(waiting.portion()), PORTION);
        assert!(!waiting.is_empty());
        assert_eq!(size(waiting.portion()), 7);
        assert!(waiting.is_empty() && waiting.portion().is_none());
    }

    #[test]
    fn files_are_listed_before_it_is_told_what_is_in_them() {
        let listed = |is_done| Message::Listed {
            files: Vec::new(),
            is_done,
            problems: Vec::new(),
        };
        let mut waiting = SurveyQueue::new(Backpressure::default());
        waiting.add(files(1));
        waiting.list(listed(false));
        waiting.list(listed(true));
        for is_done in [false, true] {
            let is_it = |message: &Message| matches!(message, Message::Listed { is_done: done, .. } if *done == is_done);
            assert!(waiting.portion().as_ref().is_some_and(is_it));
        }
        assert_eq!(size(waiting.portion()), 1);
    }

    #[test]
    fn who_looks_too_far_ahead_waits() {
        let room = Backpressure::default();
        let mut waiting = SurveyQueue::new(room.clone());
        room.enter(MOST + 1);
        waiting.add(files(u32::try_from(MOST + 1).unwrap()));
        let ahead = std::thread::spawn(move || room.enter(1));
        assert!(!ahead.is_finished());
        assert_eq!(size(waiting.portion()), PORTION);
        ahead.join().unwrap();
    }
}
