//! ChangeSender on their way to the writer: a few megabytes, however many that are.
//!
//! The writer pauses when it commits and when the disk is slow; meanwhile those who read files go on, but they
//! do not run ahead of it without end. Several changes go at once, because waking a thread costs as much as
//! reading an article.

use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::writer::IndexChange;

/// How many bytes may be on their way.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// Where changes are handed in.
pub(super) struct ChangeSender {
    sender: Sender<Vec<IndexChange>>,
    room: Arc<QueueRoom>,
}

/// Where the writer finds them. When it is dropped nobody waits for room any more.
pub(super) struct ChangeReceiver {
    receiver: Receiver<Vec<IndexChange>>,
    /// What came and is not taken yet.
    came: VecDeque<IndexChange>,
    room: Arc<QueueRoom>,
}

#[derive(Default)]
struct QueueRoom {
    taken: Mutex<Taken>,
    left: Condvar,
}

#[derive(Default)]
struct Taken {
    bytes: usize,
    is_closed: bool,
}

/// Both ends.
pub(super) fn queue() -> (ChangeSender, ChangeReceiver) {
    let (sender, receiver) = mpsc::channel();
    let room = Arc::<QueueRoom>::default();
    let changes = ChangeSender {
        sender,
        room: Arc::clone(&room),
    };
    let waiting = ChangeReceiver {
        receiver,
        came: VecDeque::new(),
        room,
    };
    (changes, waiting)
}

impl ChangeSender {
    /// Hands changes in, once there is room for some; those that nobody takes any more are dropped.
    pub(super) fn send(&self, changes: Vec<IndexChange>) {
        let is_full = |taken: &mut Taken| taken.bytes > MOST_BYTES && !taken.is_closed;
        let taken = self.room.left.wait_while(self.room.taken(), is_full);
        let bytes: usize = changes.iter().map(IndexChange::bytes).sum();
        taken.unwrap_or_else(PoisonError::into_inner).bytes += bytes;
        let _ = self.sender.send(changes);
    }
}

impl ChangeReceiver {
    /// The next change; nothing when there will be none.
    pub(super) fn next(&mut self) -> Option<IndexChange> {
        while self.came.is_empty() {
            self.came = self.receiver.recv().ok()?.into();
        }
        self.taken()
    }

    /// The next change, if it comes within some time.
    pub(super) fn next_within(&mut self, time: Duration) -> Result<IndexChange, RecvTimeoutError> {
        if self.came.is_empty() {
            self.came = self.receiver.recv_timeout(time)?.into();
        }
        self.taken().ok_or(RecvTimeoutError::Timeout)
    }

    fn taken(&mut self) -> Option<IndexChange> {
        let change = self.came.pop_front()?;
        self.room.leave(change.bytes());
        Some(change)
    }
}

impl Drop for ChangeReceiver {
    fn drop(&mut self) {
        self.room.taken().is_closed = true;
        self.room.left.notify_all();
    }
}

impl QueueRoom {
    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn leave(&self, bytes: usize) {
        let mut taken = self.taken();
        let was_full = taken.bytes > MOST_BYTES;
        taken.bytes = taken.bytes.saturating_sub(bytes);
        if was_full && taken.bytes <= MOST_BYTES {
            self.left.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn removal(name: &str) -> IndexChange {
        IndexChange::Remove(Path::new(name).into())
    }

    #[test]
    fn changes_come_one_by_one_in_order() {
        let (changes, mut waiting) = queue();
        changes.send(vec![removal("a"), removal("b")]);
        changes.send(vec![removal("c")]);
        drop(changes);
        let names = std::iter::from_fn(|| match waiting.next()? {
            IndexChange::Remove(file) => Some(file.display().to_string()),
            _ => None,
        });
        assert_eq!(names.collect::<Vec<_>>(), ["a", "b", "c"]);
    }

    #[test]
    fn who_sends_too_much_waits_until_some_was_taken_or_nobody_takes_any() {
        let (changes, waiting) = queue();
        changes.room.taken().bytes = MOST_BYTES + 1;
        let ahead = std::thread::spawn(move || changes.send(vec![removal("a")]));
        assert!(!ahead.is_finished());
        waiting.room.leave(1);
        ahead.join().unwrap();

        let (changes, waiting) = queue();
        changes.room.taken().bytes = MOST_BYTES + 1;
        let ahead = std::thread::spawn(move || changes.send(vec![removal("a")]));
        drop(waiting);
        ahead.join().unwrap();
    }
}
