//! Whose work comes first: what goes through the folder waits while somebody waits for an answer, who would have
//! to share the cores with it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// An answer that takes longer is not waited for any more: then both go on side by side.
const PATIENCE: Duration = Duration::from_millis(200);

/// Shared by those who work on answers and those who give way.
#[derive(Clone, Default)]
pub(crate) struct ForegroundGate(Arc<Shared>);

#[derive(Default)]
struct Shared {
    answers: Mutex<Answers>,
    done: Condvar,
}

/// The answers that are being worked on.
#[derive(Default)]
struct Answers {
    count: usize,
    /// Until when the others wait for them.
    until: Option<Instant>,
}

/// Work on an answer, as long as this is held.
pub(crate) struct Answering<'p>(&'p ForegroundGate);

impl ForegroundGate {
    /// Begins work on an answer.
    pub(crate) fn answer(&self) -> Answering<'_> {
        let mut answers = self.answers();
        answers.count += 1;
        answers.until = Some(Instant::now() + PATIENCE);
        Answering(self)
    }

    /// Waits while answers are worked on, if not for long.
    pub(crate) fn give_way(&self) {
        let mut answers = self.answers();
        while answers.count > 0
            && let Some(left) = answers
                .until
                .and_then(|until| until.checked_duration_since(Instant::now()))
            && !left.is_zero()
        {
            let waited = self.0.done.wait_timeout(answers, left);
            (answers, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn answers(&self) -> MutexGuard<'_, Answers> {
        let answers = self.0.answers.lock();
        answers.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        let mut answers = self.0.answers();
        answers.count = answers.count.saturating_sub(1);
        if answers.count == 0 {
            self.0.0.done.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn work_behind_waits_for_an_answer_but_not_for_ever() {
        let precedence = ForegroundGate::default();
        precedence.give_way();
        let (said, heard) = channel();
        let behind = |said: std::sync::mpsc::Sender<&'static str>| {
            let precedence = precedence.clone();
            std::thread::spawn(move || {
                precedence.give_way();
                said.send("behind").unwrap();
            })
        };
        let answering = precedence.answer();
        let waiting = behind(said.clone());
        said.send("answer").unwrap();
        drop(answering);
        waiting.join().unwrap();
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), ["answer", "behind"]);

        let endless = precedence.answer();
        behind(said).join().unwrap();
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), ["behind"]);
        drop(endless);
    }
}
