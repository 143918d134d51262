//! Threads that run effects behind the loop, and what they share.
//!
//! Work waits in lanes, each with threads of its own, so that a long task never stands in the way
//! of a short one: `Open` reads the article on screen, `Search` searches, `Gather` lists what somebody said,
//! `Count` counts what was found, `Paginate` counts the pages of long articles, `Compare` looks for the same words
//! elsewhere, `Survey` looks into the rest of the folder. A question that a newer one has replaced is dropped before
//! it starts and given up while it runs ([`Latest`]). While somebody waits for what the first three do, what goes
//! through the folder [gives way](ForegroundGate).

pub(super) mod dispatch;
pub(super) mod foreground_gate;
pub(super) mod open_article;
pub(super) mod speaker_quotes;

use std::collections::VecDeque;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, LazyLock, Mutex, PoisonError};

use crate::app::protocol::message::Message;
use crate::app::protocol::notice::Notice;
use foreground_gate::ForegroundGate;

/// Where work waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    Open,
    Search,
    Count,
    Paginate,
    Compare,
    Gather,
    Survey,
}

type Task = Box<dyn FnOnce(&Sender<Message>) + Send>;

/// The threads behind the loop.
#[derive(Clone)]
pub(super) struct Workers {
    open: Arc<Queue>,
    search: Arc<Queue>,
    count: Arc<Queue>,
    paginate: Arc<Queue>,
    compare: Arc<Queue>,
    gather: Arc<Queue>,
    survey: Arc<Queue>,
    messages: Sender<Message>,
    precedence: ForegroundGate,
}

#[derive(Default)]
struct Queue {
    tasks: Mutex<VecDeque<Task>>,
    waiting: Condvar,
    /// Whether its threads run; they start with the first work.
    is_started: AtomicBool,
}

impl Queue {
    fn push(&self, task: Task, is_first: bool) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        if is_first {
            tasks.push_front(task);
        } else {
            tasks.push_back(task);
        }
        drop(tasks);
        self.waiting.notify_one();
    }

    fn pop(&self) -> Task {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match tasks.pop_front() {
                Some(task) => return task,
                None => {
                    tasks = self
                        .waiting
                        .wait(tasks)
                        .unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }
}

/// How much stack a worker has: readers and rules recurse little, and unused pages cost nothing.
const STACK_BYTES: usize = 8 * 1024 * 1024;

impl Workers {
    /// Lanes that answer to `messages`; those that somebody waits for have precedence.
    pub(super) fn new(messages: &Sender<Message>, precedence: &ForegroundGate) -> Self {
        Self {
            open: Arc::default(),
            search: Arc::default(),
            count: Arc::default(),
            paginate: Arc::default(),
            compare: Arc::default(),
            gather: Arc::default(),
            survey: Arc::default(),
            messages: messages.clone(),
            precedence: precedence.clone(),
        }
    }

    /// Puts work into a lane.
    pub(super) fn run(&self, lane: Lane, task: impl FnOnce(&Sender<Message>) + Send + 'static) {
        self.put(lane, Box::new(task), false);
    }

    /// Puts work into a lane before all that waits there.
    pub(super) fn run_first(
        &self,
        lane: Lane,
        task: impl FnOnce(&Sender<Message>) + Send + 'static,
    ) {
        self.put(lane, Box::new(task), true);
    }

    fn put(&self, lane: Lane, task: Task, is_first: bool) {
        let (queue, name, is_awaited) = match lane {
            Lane::Open => (&self.open, "open", true),
            Lane::Search => (&self.search, "search", true),
            Lane::Count => (&self.count, "count", false),
            Lane::Paginate => (&self.paginate, "paginate", false),
            Lane::Compare => (&self.compare, "compare", false),
            Lane::Gather => (&self.gather, "gather", true),
            Lane::Survey => (&self.survey, "survey", false),
        };
        if !queue.is_started.swap(true, Ordering::Relaxed) {
            for _ in 0..threads(lane) {
                self.spawn(name, queue, is_awaited);
            }
        }
        queue.push(task, is_first);
    }

    /// Starts a thread for a lane; whether somebody waits for what is done there.
    fn spawn(&self, name: &str, queue: &Arc<Queue>, is_awaited: bool) {
        let (queue, messages) = (Arc::clone(queue), self.messages.clone());
        let precedence = self.precedence.clone();
        let work = move || {
            loop {
                let task = queue.pop();
                let _answering = is_awaited.then(|| precedence.answer());
                // One article that trips over a bug must not end the session.
                if catch_unwind(AssertUnwindSafe(|| task(&messages))).is_err() {
                    let text = "a fault in pullquote stopped some background work; reading goes on";
                    let _ = messages.send(Message::Notice(Notice::problem(text)));
                }
            }
        };
        // Without a thread its lane would wait for ever; there is nothing better to do than go on.
        let _ = std::thread::Builder::new()
            .name(name.into())
            .stack_size(STACK_BYTES)
            .spawn(work);
    }
}

/// `Survey` gets a thread for every core but one, the others one each.
fn threads(lane: Lane) -> usize {
    match lane {
        Lane::Survey => cores().saturating_sub(1).max(1),
        _ => 1,
    }
}

/// How many threads work at the same time.
pub(super) fn cores() -> usize {
    // Linux looks for limits in files each time.
    static CORES: LazyLock<usize> =
        LazyLock::new(|| std::thread::available_parallelism().map_or(1, NonZero::get));
    *CORES
}

/// The number of the newest question of a kind.
#[derive(Clone, Default)]
pub(super) struct Latest(Arc<AtomicU64>);

impl Latest {
    /// Makes `generation` the newest.
    pub(super) fn set(&self, generation: u64) {
        self.0.store(generation, Ordering::Relaxed);
    }

    /// Whether `generation` is still the newest.
    pub(super) fn is(&self, generation: u64) -> bool {
        self.0.load(Ordering::Relaxed) == generation
    }
}
