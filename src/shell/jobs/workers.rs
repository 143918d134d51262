//! The threads that run tasks, in lanes.

use std::collections::VecDeque;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, LazyLock, Mutex};

use super::foreground_gate::ForegroundGate;
use crate::app::protocol::message::Message;
use crate::app::protocol::notice::Notice;
use crate::shell::sync::{lock, unpoisoned};

/// A queue with threads of its own, so that a long task does not delay a short one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Reads the article on screen.
    Open,
    /// Searches the article and the folder.
    Search,
    /// Counts all hits of a folder search.
    Count,
    /// Counts the pages of long articles.
    Paginate,
    /// Looks for copies of articles and quotations.
    Compare,
    /// Collects the quotations of a speaker.
    Gather,
    /// Surveys the folder, on all cores but one.
    Survey,
}

impl Lane {
    /// All lanes, in the order of their declaration.
    const ALL: [Self; 7] = [
        Self::Open,
        Self::Search,
        Self::Count,
        Self::Paginate,
        Self::Compare,
        Self::Gather,
        Self::Survey,
    ];

    /// The name of its threads.
    const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Search => "search",
            Self::Count => "count",
            Self::Paginate => "paginate",
            Self::Compare => "compare",
            Self::Gather => "gather",
            Self::Survey => "survey",
        }
    }

    /// Whether the user waits for the results.
    const fn is_foreground(self) -> bool {
        matches!(self, Self::Open | Self::Search | Self::Gather)
    }

    fn n_threads(self) -> usize {
        match self {
            Self::Survey => cores().saturating_sub(1).max(1),
            _ => 1,
        }
    }
}

type Task = Box<dyn FnOnce(&Sender<Message>) + Send>;

/// The lanes and their threads.
#[derive(Clone)]
pub(crate) struct Workers {
    lanes: Arc<[TaskQueue; Lane::ALL.len()]>,
    messages: Sender<Message>,
    gate: ForegroundGate,
}

#[derive(Default)]
struct TaskQueue {
    tasks: Mutex<VecDeque<Task>>,
    has_task: Condvar,
    /// Whether its threads run. They start with the first task.
    is_started: AtomicBool,
}

impl TaskQueue {
    fn push(&self, task: Task, is_first: bool) {
        let mut tasks = lock(&self.tasks);
        if is_first {
            tasks.push_front(task);
        } else {
            tasks.push_back(task);
        }
        drop(tasks);
        self.has_task.notify_one();
    }

    fn pop(&self) -> Task {
        let mut tasks = lock(&self.tasks);
        loop {
            match tasks.pop_front() {
                Some(task) => return task,
                None => tasks = unpoisoned(self.has_task.wait(tasks)),
            }
        }
    }
}

/// The stack of a worker. Parsers and rules recurse little, and unused pages cost nothing.
const STACK_BYTES: usize = 8 * 1024 * 1024;

impl Workers {
    /// Lanes that send their results to `messages`.
    pub(crate) fn new(messages: &Sender<Message>, gate: &ForegroundGate) -> Self {
        Self {
            lanes: Arc::default(),
            messages: messages.clone(),
            gate: gate.clone(),
        }
    }

    /// Adds a task at the end of a lane.
    pub(crate) fn run(&self, lane: Lane, task: impl FnOnce(&Sender<Message>) + Send + 'static) {
        self.put(lane, Box::new(task), false);
    }

    /// Adds a task at the front of a lane.
    pub(crate) fn run_first(
        &self,
        lane: Lane,
        task: impl FnOnce(&Sender<Message>) + Send + 'static,
    ) {
        self.put(lane, Box::new(task), true);
    }

    fn put(&self, lane: Lane, task: Task, is_first: bool) {
        let queue = &self.lanes[lane as usize];
        if !queue.is_started.swap(true, Ordering::Relaxed) {
            for _ in 0..lane.n_threads() {
                self.spawn(lane);
            }
        }
        queue.push(task, is_first);
    }

    fn spawn(&self, lane: Lane) {
        let workers = self.clone();
        let work = move || {
            loop {
                let task = workers.lanes[lane as usize].pop();
                let _foreground = lane.is_foreground().then(|| workers.gate.enter());
                // A panic on one article must not end the session.
                if catch_unwind(AssertUnwindSafe(|| task(&workers.messages))).is_err() {
                    let text = "internal error: a background task stopped (please report this); \
                                reading continues";
                    let notice = Notice::problem(text);
                    let _ = workers.messages.send(Message::Notice(notice));
                }
            }
        };
        // If no thread can be started the tasks of its lane never run, but the program can be used.
        let _ = std::thread::Builder::new()
            .name(lane.name().into())
            .stack_size(STACK_BYTES)
            .spawn(work);
    }
}

/// How many threads run at the same time.
pub(crate) fn cores() -> usize {
    // Cached because Linux reads the limits from files each time.
    static CORES: LazyLock<usize> =
        LazyLock::new(|| std::thread::available_parallelism().map_or(1, NonZero::get));
    *CORES
}

/// The generation of the newest request of a kind. An older request is dropped before it starts and
/// abandoned while it runs.
#[derive(Clone, Default)]
pub(crate) struct LatestGeneration(Arc<AtomicU64>);

impl LatestGeneration {
    /// Makes `generation` the newest.
    pub(crate) fn set(&self, generation: u64) {
        self.0.store(generation, Ordering::Relaxed);
    }

    /// Whether `generation` is still the newest.
    pub(crate) fn is(&self, generation: u64) -> bool {
        self.0.load(Ordering::Relaxed) == generation
    }
}
