//! The event loop of the interactive reader.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use signal_hook::iterator::Signals;

use super::files;
use super::folder::FolderUpkeep;
use super::folder::sources::Sources;
use super::folder::survey_queue::SurveyQueue;
use super::frontend::Frontend;
use super::jobs::dispatch::Jobs;
use super::programs;
use super::terminal::input::Input;
use super::terminal::{self, environment, signals};
use super::user_data::corrections_file::{CorrectionsFile, LoadedCorrections};
use super::user_data::state_file::{Durability, StateFile};
use crate::app::protocol::effect::Effect;
use crate::app::protocol::message::Message;
use crate::app::protocol::notice::Notice;
use crate::app::state::SavedState;
use crate::app::update::update;
use crate::app::{Model, Start};
use crate::config::Settings;
use crate::config::theme::Depth;

/// How long the first frame waits for an article, so that it is drawn once and complete.
const FIRST_FRAME: Duration = Duration::from_millis(60);

/// After a pause of this length the state is saved.
const PAUSE: Duration = Duration::from_millis(500);

/// How long a frame waits for the results of jobs that were just started, so that it is drawn once.
const GRACE: Duration = Duration::from_millis(4);

/// How long to process listed files, surveys and idle work before the next frame shows the progress.
const FRAME: Duration = Duration::from_millis(40);

/// How long a terminal may take to report its background color. Only the end of the program waits for it, so that
/// the report is not left to the shell.
const BACKGROUND_REPORT: Duration = Duration::from_millis(100);

/// The size assumed for a terminal that does not report one.
const DEFAULT_SIZE: (u16, u16) = (80, 24);

/// A process that ends because of a signal exits with this plus the number of the signal.
const EXIT_OF_SIGNALS: i32 = 128;

/// What the reader is opened with.
#[derive(Debug)]
pub struct SessionOptions {
    /// Files and folders, at least one.
    pub paths: Vec<PathBuf>,
    /// The configuration, with the options of the command line applied.
    pub settings: Settings,
    /// Where places and bookmarks are saved instead of the user's state directory.
    pub state_dir: Option<PathBuf>,
}

/// Opens the reader on files and folders.
///
/// # Errors
/// When the terminal cannot be taken.
pub fn run(options: SessionOptions) -> anyhow::Result<ExitCode> {
    let SessionOptions {
        paths,
        mut settings,
        state_dir,
    } = options;
    let sources = Sources::new(paths, &settings)?;
    let root = sources.root();
    let (messages, inbox) = mpsc::channel();
    let corrections = CorrectionsFile::open(state_dir.as_deref());
    let state_file = StateFile::open(state_dir);
    let state = state_file.load();
    let jobs = Jobs::new(sources, &messages, &settings);
    jobs.begin(state.last.get(&root));
    let size = crossterm::terminal::size().unwrap_or(DEFAULT_SIZE);
    let frontend = Frontend::new(&mut settings);
    terminal::restore_on_panic();
    let mut session = EventLoop {
        model: Model::new(start(settings, size, root, state)),
        surveys: SurveyQueue::new(jobs.survey_backpressure()),
        jobs,
        state_file,
        corrections,
        input: None,
        asked_ground: None,
        frontend,
        messages,
        inbox,
        upkeep: FolderUpkeep::default(),
        is_unsaved: true,
        needs_frame: true,
        after_frame: Vec::new(),
    };
    session.begin();
    // Signals are caught before the terminal is set up, so that it is restored from the first moment on.
    let signals = signals::catch();
    terminal::enter(session.frontend.mode(&session.model))?;
    let result = session.run(signals);
    session.wait_for_ground();
    terminal::leave();
    result?;
    let code = match session.model.exit.signal {
        Some(signal) => EXIT_OF_SIGNALS + signal,
        None => 0,
    };
    // Threads may still be reading a large file.
    std::process::exit(code)
}

/// The initial state of the model: the settings, the environment and the saved state.
fn start(settings: Settings, size: (u16, u16), root: String, state: SavedState) -> Start {
    let depth = if settings.screen_reader {
        Depth::None
    } else {
        environment::color_depth(settings.color)
    };
    Start {
        depth,
        ground: environment::ground(),
        links: environment::has_links(settings.links),
        size,
        dates: environment::dates(),
        dots: environment::map_dots(),
        root,
        state,
        settings,
    }
}

/// The model and everything it needs to run.
struct EventLoop {
    model: Model,
    jobs: Jobs,
    state_file: StateFile,
    corrections: CorrectionsFile,
    input: Option<Input>,
    /// When the terminal was asked for its background color, until it has answered.
    asked_ground: Option<Instant>,
    frontend: Frontend,
    messages: Sender<Message>,
    inbox: Receiver<Message>,
    surveys: SurveyQueue,
    upkeep: FolderUpkeep,
    /// Whether something happened since the state was last saved.
    is_unsaved: bool,
    /// Whether the model may have changed since it was drawn.
    needs_frame: bool,
    /// Long jobs that start after the next frame, so that they do not delay it.
    after_frame: Vec<Effect>,
}

impl EventLoop {
    /// Processes what has arrived before the terminal is set up, so that an article is read meanwhile.
    fn begin(&mut self) {
        let corrections = self.corrections.load();
        self.apply_corrections(corrections);
        while !self.model.reading.is_opening()
            && let Ok(message) = self.inbox.try_recv()
        {
            self.pass(message);
        }
    }

    fn run(&mut self, signals: Option<Signals>) -> anyhow::Result<()> {
        self.take_size();
        if self.model.window.looks.follows_ground() {
            self.ask_ground();
        }
        self.wait_for_an_article();
        self.draw()?;
        // Keys typed before the first frame wait in the terminal and apply to what it shows.
        if let Some(signals) = signals {
            signals::listen(signals, &self.messages);
        }
        self.input = Some(Input::start(self.messages.clone())?);
        self.keep_up_with_folder();
        self.draw_if_needed()?;
        while !self.model.exit.is_over && self.wait() {
            self.take_all();
            self.wait_for_results();
            self.keep_up_with_folder();
            self.draw_if_needed()?;
            self.process_surveys();
            self.do_idle_work();
        }
        Ok(())
    }

    fn draw_if_needed(&mut self) -> io::Result<()> {
        if self.model.exit.is_over || !self.needs_frame {
            return Ok(());
        }
        self.draw()
    }

    /// Waits for a message. Returns false if there will be none. In the first pause the state is saved, so that
    /// quitting takes no time.
    fn wait(&mut self) -> bool {
        let has_more = self.needs_frame || !self.surveys.is_empty() || self.model.has_more_to_do();
        let pause = self.is_unsaved.then_some(PAUSE);
        let received = match has_more.then_some(Duration::ZERO).or(pause) {
            Some(time) => self.inbox.recv_timeout(time),
            None => self
                .inbox
                .recv()
                .map_err(|_| RecvTimeoutError::Disconnected),
        };
        match received {
            Ok(message) => {
                self.is_unsaved = true;
                self.take(message);
            }
            Err(RecvTimeoutError::Timeout) if !has_more => {
                self.is_unsaved = false;
                self.take(Message::Paused);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
        true
    }

    /// Asks for the size of the terminal, which may have changed meanwhile.
    fn take_size(&mut self) {
        if let Ok((width, height)) = crossterm::terminal::size()
            && (width, height) != self.model.window.size
        {
            self.take(Message::Resize { width, height });
        }
    }

    /// Waits a moment for an article to show in the first frame.
    fn wait_for_an_article(&mut self) {
        let deadline = Instant::now() + FIRST_FRAME;
        while self.model.reading.reader.content.is_none() && !self.has_nothing_to_open() {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.inbox.recv_timeout(left) {
                // Files are listed at once until one of them is being opened.
                Ok(message) if self.model.reading.is_opening() => self.take(message),
                Ok(message) => self.pass(message),
                Err(_) => break,
            }
        }
    }

    fn has_nothing_to_open(&self) -> bool {
        self.model.folder.scan.is_done && !self.model.reading.is_opening()
    }

    /// Processes all messages that have arrived, so that a burst of keys costs one frame.
    fn take_all(&mut self) {
        while !self.model.exit.is_over
            && let Ok(message) = self.inbox.try_recv()
        {
            self.take(message);
        }
    }

    /// Waits a moment for results, so that they appear in the same frame as the request.
    fn wait_for_results(&mut self) {
        let deadline = Instant::now() + GRACE;
        while !self.model.exit.is_over && self.model.awaits_answer() {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.inbox.recv_timeout(left) {
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
    }

    /// Queues what the model gets in portions and passes everything else on.
    fn take(&mut self, message: Message) {
        match message {
            Message::Surveyed(surveys) => self.surveys.add_surveys(surveys),
            Message::Listed { .. } => self.surveys.add_listed(message),
            message => {
                if matches!(message, Message::Ground(_)) {
                    self.asked_ground = None;
                }
                self.pass(message);
            }
        }
    }

    /// Passes listed files and surveys to the model until a frame is due or something else happens. A key press waits
    /// for one portion at most.
    fn process_surveys(&mut self) {
        let start = Instant::now();
        while !self.model.exit.is_over
            && start.elapsed() < FRAME
            && let Some(portion) = self.surveys.next_portion()
        {
            self.pass(portion);
            if let Ok(message) = self.inbox.try_recv() {
                let is_queued = matches!(message, Message::Surveyed(_) | Message::Listed { .. });
                self.take(message);
                if !is_queued {
                    return;
                }
            }
        }
    }

    /// Lets the model continue long computations, step by step, until a frame is due or something happens.
    fn do_idle_work(&mut self) {
        let start = Instant::now();
        while !self.model.exit.is_over && self.model.has_more_to_do() && start.elapsed() < FRAME {
            if let Ok(message) = self.inbox.try_recv() {
                self.take(message);
                return;
            }
            self.pass(Message::Idle);
        }
    }

    fn ask_ground(&mut self) {
        // Without an answer the assumed background color stays.
        if environment::can_be_asked() && terminal::ask_ground().is_ok() {
            self.asked_ground = Some(Instant::now());
        }
    }

    /// Waits for the terminal to report its background color before it is restored.
    fn wait_for_ground(&mut self) {
        let Some(asked) = self.asked_ground else {
            return;
        };
        let deadline = asked + BACKGROUND_REPORT;
        while let Ok(message) = self
            .inbox
            .recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            if matches!(message, Message::Ground(_)) {
                return;
            }
        }
    }

    /// Updates the model and performs the effects.
    fn pass(&mut self, message: Message) {
        self.needs_frame = true;
        let n_listed = match &message {
            Message::Listed { files, .. } => files.len(),
            _ => 0,
        };
        for effect in update(&mut self.model, message) {
            self.perform(effect);
        }
        if n_listed > 0 {
            self.jobs.listing_backpressure().leave(n_listed);
        }
    }

    fn keep_up_with_folder(&mut self) {
        let has_more = !self.surveys.is_empty();
        self.upkeep.keep_up(&self.model, &self.jobs, has_more);
    }

    fn draw(&mut self) -> io::Result<()> {
        self.needs_frame = false;
        self.frontend.draw(&self.model, &mut io::stdout().lock())?;
        for effect in self.after_frame.drain(..) {
            self.jobs.start(effect);
        }
        Ok(())
    }

    fn notify(&mut self, notice: Notice) {
        self.take(Message::Notice(notice));
    }

    fn apply_corrections(&mut self, loaded: LoadedCorrections) {
        self.jobs.set_corrections(loaded.corrections.clone());
        self.take(Message::Corrected(loaded.corrections));
        if let Some(problem) = loaded.problem {
            self.notify(Notice::problem(problem));
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            // After the last frame there is no place to report an error.
            Effect::Save(state) if self.model.exit.is_over => {
                drop(self.state_file.save(&state, Durability::Renamed));
            }
            Effect::Correct(change) => match self.corrections.change(&change) {
                Ok(corrections) => self.apply_corrections(corrections),
                Err(problem) => self.notify(Notice::problem(problem)),
            },
            Effect::Save(state) => self.state_file.save_in_background(*state, &self.messages),
            Effect::TimeBookmark(key) => {
                let time = files::local_time()
                    .strftime("%Y-%m-%dT%H:%M:%S")
                    .to_string();
                self.take(Message::BookmarkTimed { key, time });
            }
            Effect::Copy { text, what } => {
                let notice = programs::copy(&text, what, &self.model.settings.programs.clipboard);
                self.notify(notice);
            }
            Effect::Browse(url) => {
                let notice = programs::browse(&url, &self.model.settings.programs.browser);
                self.notify(notice);
            }
            Effect::Write { path, text } => self.notify(programs::write(&path, &text)),
            Effect::Edit { location, line } => {
                let editor = self.model.settings.programs.editor.clone();
                self.lend_terminal(|| programs::edit(&location, line, &editor));
            }
            Effect::Pipe { command, text } => {
                self.lend_terminal(|| programs::pipe(&command, &text));
            }
            Effect::Suspend => self.suspend(),
            Effect::Mouse(on) => {
                let has_screen = matches!(self.frontend, Frontend::Screen(_));
                if has_screen && let Err(error) = terminal::set_mouse(on) {
                    self.notify(Notice::problem(format!(
                        "the mouse could not be switched: {error}"
                    )));
                }
            }
            Effect::AskGround => self.ask_ground(),
            Effect::Redraw => {
                #[cfg(debug_assertions)]
                panic_on_purpose();
                self.frontend.invalidate();
            }
            Effect::Quit => {}
            long @ (Effect::Analyze { .. } | Effect::Survey(_) | Effect::Paginate { .. }) => {
                self.after_frame.push(long);
            }
            effect => self.jobs.start(effect),
        }
    }

    /// Restores the terminal while another program uses it.
    fn lend_terminal(&mut self, work: impl FnOnce() -> Option<Notice>) {
        let mode = self.frontend.mode(&self.model);
        let work = || {
            terminal::leave();
            let notice = work();
            let back = terminal::enter(mode);
            (notice, back)
        };
        let (notice, back) = match &self.input {
            Some(input) => input.paused(work),
            None => work(),
        };
        self.come_back(&back);
        if let Some(notice) = notice {
            self.notify(notice);
        }
    }

    /// Stops the process, as Ctrl-Z does elsewhere, until the shell continues it.
    fn suspend(&mut self) {
        terminal::leave();
        let stopped = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
        let back = terminal::enter(self.frontend.mode(&self.model));
        self.come_back(&back);
        if stopped.is_err() {
            self.notify(Notice::problem("the program could not be suspended"));
        }
    }

    fn come_back(&mut self, back: &io::Result<()>) {
        if back.is_err() {
            // The terminal is gone.
            self.take(Message::Terminate(signal_hook::consts::SIGHUP));
        }
        self.frontend.invalidate();
        self.take_size();
        if self.model.window.looks.follows_ground() {
            self.ask_ground();
        }
        let _ = io::stdout().flush();
    }
}

/// Lets a test check that a panic restores the terminal. Only in debug builds.
#[cfg(debug_assertions)]
fn panic_on_purpose() {
    assert!(
        std::env::var_os("PULLQUOTE_FAULT").is_none(),
        "a fault on purpose"
    );
}
