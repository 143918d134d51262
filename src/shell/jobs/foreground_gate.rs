//! The gate where background work waits while the user waits for something, so that they do not compete for the
//! cores.

use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use crate::shell::sync::{lock, unpoisoned};

/// If foreground work takes longer than this, background work goes on beside it.
const MAX_WAIT: Duration = Duration::from_millis(200);

/// Shared by all foreground and background work.
#[derive(Clone, Default)]
pub(crate) struct ForegroundGate(Arc<Shared>);

#[derive(Default)]
struct Shared {
    foreground: Mutex<Foreground>,
    is_done: Condvar,
}

/// The foreground work under way.
#[derive(Default)]
struct Foreground {
    n_tasks: usize,
    /// When background work stops waiting for it.
    deadline: Option<Instant>,
}

/// Closes the gate until it is dropped.
pub(crate) struct ForegroundTask<'g>(&'g ForegroundGate);

impl ForegroundGate {
    /// Begins foreground work.
    pub(crate) fn enter(&self) -> ForegroundTask<'_> {
        let mut foreground = self.foreground();
        foreground.n_tasks += 1;
        foreground.deadline = Some(Instant::now() + MAX_WAIT);
        ForegroundTask(self)
    }

    /// Waits until no foreground work is under way, but not for long.
    pub(crate) fn wait(&self) {
        let mut foreground = self.foreground();
        while foreground.n_tasks > 0
            && let Some(deadline) = foreground.deadline
            && let Some(left) = deadline.checked_duration_since(Instant::now())
            && !left.is_zero()
        {
            let waited = self.0.is_done.wait_timeout(foreground, left);
            (foreground, _) = unpoisoned(waited);
        }
    }

    fn foreground(&self) -> MutexGuard<'_, Foreground> {
        lock(&self.0.foreground)
    }
}

impl Drop for ForegroundTask<'_> {
    fn drop(&mut self) {
        let mut foreground = self.0.foreground();
        foreground.n_tasks = foreground.n_tasks.saturating_sub(1);
        if foreground.n_tasks == 0 {
            self.0.0.is_done.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};

    use super::*;

    #[test]
    fn background_work_waits_for_foreground_work_but_not_forever() {
        let gate = ForegroundGate::default();
        gate.wait();
        let (sender, receiver) = channel();
        let background = |sender: Sender<&'static str>| {
            let gate = gate.clone();
            std::thread::spawn(move || {
                gate.wait();
                sender.send("background").unwrap();
            })
        };
        let task = gate.enter();
        let waiting = background(sender.clone());
        sender.send("foreground").unwrap();
        drop(task);
        waiting.join().unwrap();
        assert_eq!(
            receiver.try_iter().collect::<Vec<_>>(),
            ["foreground", "background"]
        );

        let endless = gate.enter();
        background(sender).join().unwrap();
        assert_eq!(receiver.try_iter().collect::<Vec<_>>(), ["background"]);
        drop(endless);
    }
}
