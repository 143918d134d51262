//! The queue of changes to the writer, which is limited to a few megabytes.
//!
//! While the writer commits or waits for a slow disk, the threads that read files go on until the queue is full.
//! Changes are sent several at a time, because waking a thread costs as much as reading an article.

use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

use super::change::IndexChange;
use crate::shell::sync::{lock, unpoisoned};

/// The capacity in bytes.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The sending end.
pub(super) struct ChangeSender {
    sender: Sender<Vec<IndexChange>>,
    room: Arc<QueueRoom>,
}

/// The writer's end. When it is dropped, no sender waits any longer.
pub(super) struct ChangeReceiver {
    receiver: Receiver<Vec<IndexChange>>,
    /// Changes of the last message that were not taken yet.
    received: VecDeque<IndexChange>,
    room: Arc<QueueRoom>,
}

#[derive(Default)]
struct QueueRoom {
    usage: Mutex<QueueUsage>,
    has_room: Condvar,
}

#[derive(Default)]
struct QueueUsage {
    bytes: usize,
    is_closed: bool,
}

/// Both ends of a new queue.
pub(super) fn queue() -> (ChangeSender, ChangeReceiver) {
    let (sender, receiver) = mpsc::channel();
    let room = Arc::<QueueRoom>::default();
    let changes = ChangeSender {
        sender,
        room: Arc::clone(&room),
    };
    let receiver = ChangeReceiver {
        receiver,
        received: VecDeque::new(),
        room,
    };
    (changes, receiver)
}

impl ChangeSender {
    /// Sends changes once there is room. After the receiver was dropped they are discarded.
    pub(super) fn send(&self, changes: Vec<IndexChange>) {
        let is_full = |usage: &mut QueueUsage| usage.bytes > MAX_BYTES && !usage.is_closed;
        let usage = self.room.has_room.wait_while(self.room.usage(), is_full);
        let bytes: usize = changes.iter().map(IndexChange::bytes).sum();
        unpoisoned(usage).bytes += bytes;
        let _ = self.sender.send(changes);
    }
}

impl ChangeReceiver {
    /// Waits for the next change; `None` when all senders are gone.
    pub(super) fn next(&mut self) -> Option<IndexChange> {
        while self.received.is_empty() {
            self.received = self.receiver.recv().ok()?.into();
        }
        self.pop()
    }

    /// Waits for the next change, but no longer than `time`.
    pub(super) fn next_within(&mut self, time: Duration) -> Result<IndexChange, RecvTimeoutError> {
        if self.received.is_empty() {
            self.received = self.receiver.recv_timeout(time)?.into();
        }
        self.pop().ok_or(RecvTimeoutError::Timeout)
    }

    fn pop(&mut self) -> Option<IndexChange> {
        let change = self.received.pop_front()?;
        self.room.free(change.bytes());
        Some(change)
    }
}

impl Drop for ChangeReceiver {
    fn drop(&mut self) {
        self.room.usage().is_closed = true;
        self.room.has_room.notify_all();
    }
}

impl QueueRoom {
    fn usage(&self) -> MutexGuard<'_, QueueUsage> {
        lock(&self.usage)
    }

    fn free(&self, bytes: usize) {
        let mut usage = self.usage();
        let was_full = usage.bytes > MAX_BYTES;
        usage.bytes = usage.bytes.saturating_sub(bytes);
        if was_full && usage.bytes <= MAX_BYTES {
            self.has_room.notify_all();
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
    fn changes_arrive_one_by_one_in_order() {
        let (changes, mut receiver) = queue();
        changes.send(vec![removal("a"), removal("b")]);
        changes.send(vec![removal("c")]);
        drop(changes);
        let names = std::iter::from_fn(|| match receiver.next()? {
            IndexChange::Remove(file) => Some(file.display().to_string()),
            _ => None,
        });
        assert_eq!(names.collect::<Vec<_>>(), ["a", "b", "c"]);
    }

    #[test]
    fn a_sender_waits_while_the_queue_is_full_and_has_a_receiver() {
        let (changes, receiver) = queue();
        changes.room.usage().bytes = MAX_BYTES + 1;
        let ahead = std::thread::spawn(move || changes.send(vec![removal("a")]));
        assert!(!ahead.is_finished());
        receiver.room.free(1);
        ahead.join().unwrap();

        let (changes, receiver) = queue();
        changes.room.usage().bytes = MAX_BYTES + 1;
        let ahead = std::thread::spawn(move || changes.send(vec![removal("a")]));
        drop(receiver);
        ahead.join().unwrap();
    }
}
