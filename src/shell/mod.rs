//! The shell around the pure core: terminal, keys, files, threads and the reader's own state on disk.
//!
//! Everything that waits, reads, writes or can fail lives here. [`run`] is the loop: take the messages
//! that wait, [`update`] the model with each, run the effects, draw once.

pub mod files;

pub(crate) mod index;

mod background;
pub(crate) mod folder;
mod frontend;
mod jobs;
mod programs;
mod search;
mod terminal;
pub(crate) mod user_data;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::app::protocol::effect::Effect;
use crate::app::protocol::message::Message;
use crate::app::protocol::notice::Notice;
use crate::app::state::SavedState;
use crate::app::update::update;
use crate::app::{Model, Start};
use crate::config::Settings;
use crate::config::theme::Depth;

use folder::FolderUpkeep;
use frontend::Frontend;
use jobs::dispatch::Jobs;
use signal_hook::iterator::Signals;
use terminal::input::Input;
use user_data::corrections_file::{CorrectionsFile, LoadedCorrections};
use user_data::state_file::Durability;

/// How long the first frame waits for an article, so that it is drawn once and whole.
const FIRST_FRAME: Duration = Duration::from_millis(60);

/// How long nothing must happen before the state is kept.
const PAUSE: Duration = Duration::from_millis(500);

/// How long a frame waits for the answer to a question just asked, so that it is drawn once.
const GRACE: Duration = Duration::from_millis(4);

/// How long a terminal may take to tell what color its ground has. Nothing waits for it but the end, so that
/// the answer is not left to the shell.
const ANSWER: Duration = Duration::from_millis(100);

/// What the reader is opened with.
#[derive(Debug)]
pub struct SessionOptions {
    /// Files and folders, at least one.
    pub paths: Vec<PathBuf>,
    /// The configuration, with what the command line says laid over it.
    pub settings: Settings,
    /// Where places and marks are kept, rather than in the user's state directory.
    pub state_dir: Option<PathBuf>,
}

/// Opens the reader on files and folders.
///
/// # Errors
/// When the terminal cannot be taken.
pub fn run(reading: SessionOptions) -> anyhow::Result<ExitCode> {
    let SessionOptions {
        paths,
        mut settings,
        state_dir,
    } = reading;
    let sources = folder::scan::Sources::new(paths, &settings)?;
    let root = sources.root();
    let (messages, inbox) = mpsc::channel();
    let corrections = CorrectionsFile::open(state_dir.as_deref());
    let store = user_data::state_file::StateFile::open(state_dir);
    let state = store.load();
    let questions = Jobs::new(sources, &messages, &settings);
    questions.begin(state.last.get(&root));
    let size = crossterm::terminal::size().unwrap_or((80, 24));
    let face = Frontend::new(&mut settings);
    terminal::restore_on_panic();
    let mut shell = Shell {
        model: Model::new(start(settings, size, root, state)),
        surveys: folder::survey_queue::SurveyQueue::new(questions.room()),
        questions,
        store,
        corrections,
        input: None,
        asked_ground: None,
        face,
        messages,
        inbox,
        folder: FolderUpkeep::default(),
        is_unsaved: true,
        has_news: true,
        after_the_frame: Vec::new(),
    };
    shell.begin();
    // Caught before the terminal is taken, so that it is given back from the first moment on.
    let signals = terminal::signals::catch();
    terminal::enter(shell.face.needs(&shell.model))?;
    let result = shell.run(signals);
    shell.wait_for_ground();
    terminal::leave();
    result?;
    let code = shell.model.signal.map_or(0, |signal| 128 + signal);
    // Threads may be reading a large file; nobody waits for them.
    std::process::exit(code)
}

/// What the model begins with: the settings, the environment and what was kept.
fn start(settings: Settings, size: (u16, u16), root: String, state: SavedState) -> Start {
    let depth = if settings.screen_reader {
        Depth::None
    } else {
        terminal::environment::color_depth(settings.color)
    };
    Start {
        depth,
        ground: terminal::environment::ground(),
        links: terminal::environment::has_links(settings.links),
        size,
        dates: terminal::environment::dates(),
        dots: terminal::environment::map_dots(),
        root,
        state,
        settings,
    }
}

struct Shell {
    model: Model,
    questions: Jobs,
    store: user_data::state_file::StateFile,
    corrections: CorrectionsFile,
    input: Option<Input>,
    /// When the terminal was asked what color its ground has, while it has not answered.
    asked_ground: Option<Instant>,
    face: Frontend,
    messages: Sender<Message>,
    inbox: Receiver<Message>,
    surveys: folder::survey_queue::SurveyQueue,
    folder: FolderUpkeep,
    /// Whether something happened since the state was last kept.
    is_unsaved: bool,
    /// Whether the model may have changed since it was drawn.
    has_news: bool,
    /// Long work that waits until the frame is drawn, so that it never holds up what one sees.
    after_the_frame: Vec<Effect>,
}

impl Shell {
    /// Takes in what is there before the terminal is, so that an article is read while that is taken.
    fn begin(&mut self) {
        let kept = self.corrections.load();
        self.take_corrections(kept);
        while !self.model.is_opening()
            && let Ok(message) = self.inbox.try_recv()
        {
            self.pass(message);
        }
    }

    fn run(&mut self, signals: Option<Signals>) -> anyhow::Result<()> {
        self.take_size();
        if self.model.looks.follows_ground() {
            self.ask_ground();
        }
        self.wait_for_an_article();
        self.draw()?;
        // What was typed before the frame waits in the terminal, and is for what it shows.
        if let Some(signals) = signals {
            terminal::signals::listen(signals, &self.messages);
        }
        self.input = Some(Input::start(self.messages.clone())?);
        self.keep_up_with_folder();
        self.draw_news()?;
        while !self.model.is_over && self.wait() {
            self.take_waiting();
            self.wait_for_answers();
            self.keep_up_with_folder();
            self.draw_news()?;
            self.take_surveys();
            self.work_on();
        }
        Ok(())
    }

    fn draw_news(&mut self) -> io::Result<()> {
        if self.model.is_over || !self.has_news {
            return Ok(());
        }
        self.draw()
    }

    /// Waits until something happens; tells whether anything ever will. In the first pause the state is kept,
    /// so that there is nothing left to do for it when the reader leaves.
    fn wait(&mut self) -> bool {
        let has_more = self.has_news || !self.surveys.is_empty() || self.model.has_more_to_do();
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

    /// Takes in the size of the terminal, which may have changed while nobody listened.
    fn take_size(&mut self) {
        if let Ok((width, height)) = crossterm::terminal::size()
            && (width, height) != self.model.size
        {
            self.take(Message::Resize { width, height });
        }
    }

    /// The first frame shows an article, when one can be had at once.
    fn wait_for_an_article(&mut self) {
        let deadline = Instant::now() + FIRST_FRAME;
        while self.model.reader.content.is_none() && !self.has_nothing_to_open() {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.inbox.recv_timeout(left) {
                // Listed files are waited for until one of them is on its way; the others can wait.
                Ok(message) if self.model.is_opening() => self.take(message),
                Ok(message) => self.pass(message),
                Err(_) => break,
            }
        }
    }

    fn has_nothing_to_open(&self) -> bool {
        self.model.scan.is_done && !self.model.is_opening()
    }

    /// Takes everything that waits, so that a burst of keys costs one frame.
    fn take_waiting(&mut self) {
        while !self.model.is_over
            && let Ok(message) = self.inbox.try_recv()
        {
            self.take(message);
        }
    }

    /// Answers that come at once join the frame of what asked for them.
    fn wait_for_answers(&mut self) {
        let deadline = Instant::now() + GRACE;
        while !self.model.is_over && self.model.awaits_answer() {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.inbox.recv_timeout(left) {
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Surveyed(found) => self.surveys.add(found),
            Message::Listed { .. } => self.surveys.list(message),
            message => {
                if matches!(message, Message::Ground(_)) {
                    self.asked_ground = None;
                }
                self.pass(message);
            }
        }
    }

    fn ask_ground(&mut self) {
        // Without an answer the ground is what it was thought to be.
        if terminal::environment::can_be_asked() && terminal::ask_ground().is_ok() {
            self.asked_ground = Some(Instant::now());
        }
    }

    /// Lets the terminal answer before it is given back.
    fn wait_for_ground(&mut self) {
        let Some(asked) = self.asked_ground else {
            return;
        };
        let deadline = asked + ANSWER;
        while let Ok(message) = self
            .inbox
            .recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            if matches!(message, Message::Ground(_)) {
                return;
            }
        }
    }

    fn pass(&mut self, message: Message) {
        self.has_news = true;
        let n_listed = match &message {
            Message::Listed { files, .. } => files.len(),
            _ => 0,
        };
        for effect in update(&mut self.model, message) {
            self.perform(effect);
        }
        if n_listed > 0 {
            self.questions.listing_room().leave(n_listed);
        }
    }

    fn keep_up_with_folder(&mut self) {
        let has_more = !self.surveys.is_empty();
        self.folder.keep_up(&self.model, &self.questions, has_more);
    }

    fn draw(&mut self) -> io::Result<()> {
        self.has_news = false;
        self.face.draw(&self.model, &mut io::stdout().lock())?;
        for question in self.after_the_frame.drain(..) {
            self.questions.ask(question);
        }
        Ok(())
    }

    fn say(&mut self, notice: Notice) {
        self.take(Message::Notice(notice));
    }

    /// Takes in the corrections that are kept.
    fn take_corrections(&mut self, kept: LoadedCorrections) {
        self.questions.correct(kept.corrections.clone());
        self.take(Message::Corrected(kept.corrections));
        if let Some(problem) = kept.problem {
            self.say(Notice::problem(problem));
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            // Nobody is there to be told when the last one fails.
            Effect::Save(state) if self.model.is_over => {
                drop(self.store.save(&state, Durability::Renamed));
            }
            Effect::Correct(change) => match self.corrections.change(&change) {
                Ok(kept) => self.take_corrections(kept),
                Err(problem) => self.say(Notice::problem(problem)),
            },
            Effect::Save(state) => self.store.save_behind(*state, &self.messages),
            Effect::Copy { text, what } => {
                let notice = programs::copy(&text, what, &self.model.settings.programs.clipboard);
                self.say(notice);
            }
            Effect::Browse(url) => {
                let notice = programs::browse(&url, &self.model.settings.programs.browser);
                self.say(notice);
            }
            Effect::Write { path, text } => self.say(programs::write(&path, &text)),
            Effect::Edit { location, line } => {
                let editor = self.model.settings.programs.editor.clone();
                self.away(|| programs::edit(&location, line, &editor));
            }
            Effect::Pipe { command, text } => self.away(|| programs::pipe(&command, &text)),
            Effect::Suspend => self.suspend(),
            Effect::Mouse(on) => {
                let is_shown = matches!(self.face, Frontend::Shown(_));
                if is_shown && let Err(error) = terminal::set_mouse(on) {
                    self.say(Notice::problem(format!(
                        "the mouse could not be switched: {error}"
                    )));
                }
            }
            Effect::AskGround => self.ask_ground(),
            Effect::Redraw => {
                #[cfg(debug_assertions)]
                fault_on_purpose();
                self.face.invalidate();
            }
            Effect::Quit => {}
            long @ (Effect::Analyze { .. } | Effect::Survey(_) | Effect::Paginate { .. }) => {
                self.after_the_frame.push(long);
            }
            question => self.questions.ask(question),
        }
    }

    /// Lends the terminal to another program.
    fn away(&mut self, work: impl FnOnce() -> Option<Notice>) {
        let needs = self.face.needs(&self.model);
        let work = || {
            terminal::leave();
            let notice = work();
            let back = terminal::enter(needs);
            (notice, back)
        };
        let (notice, back) = match &self.input {
            Some(input) => input.paused(work),
            None => work(),
        };
        self.come_back(&back);
        if let Some(notice) = notice {
            self.say(notice);
        }
    }

    /// Stops the program as Ctrl-Z stops others, and comes back when the shell says so.
    fn suspend(&mut self) {
        terminal::leave();
        let stopped = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
        let back = terminal::enter(self.face.needs(&self.model));
        self.come_back(&back);
        if stopped.is_err() {
            self.say(Notice::problem("the program could not be suspended"));
        }
    }

    fn come_back(&mut self, back: &io::Result<()>) {
        if back.is_err() {
            // The terminal is gone; there is nothing left to show anything on.
            self.take(Message::Terminate(signal_hook::consts::SIGHUP));
        }
        self.face.invalidate();
        self.take_size();
        if self.model.looks.follows_ground() {
            self.ask_ground();
        }
        let _ = io::stdout().flush();
    }
}

/// Lets a test see that a fault gives the terminal back. No release has it.
#[cfg(debug_assertions)]
fn fault_on_purpose() {
    assert!(
        std::env::var_os("PULLQUOTE_FAULT").is_none(),
        "a fault on purpose"
    );
}
