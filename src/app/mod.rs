//! State in, state out: the model of the program and how it changes.
//!
//! [`update::update`] takes a [`Message`](protocol::message::Message), changes the [`Model`] and returns the effects
//! that the shell carries out. Nothing here draws, reads a file or waits.
//!
//! The model consists of parts that each own their state and the methods on it: [`Window`], [`Folder`], [`Reading`],
//! [`Search`], [`Screens`], [`UserInput`], [`Outbox`]. Methods of [`Model`] itself connect several of them.

pub mod start;
pub mod state;
pub mod update;

pub mod outbox;
pub mod protocol;

pub mod command;
pub mod folder;
pub mod input;
pub mod reading;
pub mod search;
pub mod window;

mod requests;
pub mod screens;

pub mod contents;
pub mod corrections;
pub mod lists;
pub mod people;
pub mod side;
pub mod timeline;

use crate::config::Settings;
use command::prompt::Prompt;
use contents::Contents;
use folder::Folder;
use input::UserInput;
use outbox::Outbox;
use reading::Reading;
use reading::read_aloud::ReadAloud;
use screens::Screens;
use screens::list_screen::Surroundings;
use search::Search;
use state::SavedState;
use window::Window;
use window::looks::Looks;

pub use start::Start;
pub use window::{Focus, Popup};

/// Everything the program knows while it runs.
#[derive(Debug)]
pub struct Model {
    /// The configuration.
    pub settings: Settings,
    /// What is kept between runs.
    pub state: SavedState,
    /// The window: its size, its parts and how they look.
    pub window: Window,
    /// The folder with its articles.
    pub folder: Folder,
    /// The open article.
    pub reading: Reading,
    /// The search in the folder.
    pub search: Search,
    /// The lists over and beside the text.
    pub screens: Screens,
    /// What the reader is typing.
    pub input: UserInput,
    /// What is read out, for readers who hear the text.
    pub read_aloud: ReadAloud,
    /// Notices for the reader and effects for the shell.
    pub outbox: Outbox,
    /// Whether the program is to end, and why.
    pub exit: Exit,
}

/// Whether the program is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exit {
    /// Whether it is.
    pub is_over: bool,
    /// The signal that asked for it.
    pub signal: Option<i32>,
}

impl Model {
    /// The model at the start, before any file is known.
    #[must_use]
    pub fn new(start: Start) -> Self {
        let looks = Looks::of(&start);
        let settings = start.settings;
        let mut model = Self {
            window: Window::new(start.size, looks, start.dots),
            folder: Folder::new(start.root, &settings),
            reading: Reading::new(settings.screen_reader),
            search: Search::default(),
            screens: Screens {
                contents: Contents::new(&settings),
                ..Screens::default()
            },
            input: UserInput::default(),
            read_aloud: ReadAloud::default(),
            outbox: Outbox::default(),
            state: start.state,
            exit: Exit::default(),
            settings,
        };
        model.settle();
        model
    }

    /// Whether the text is read aloud rather than shown.
    #[must_use]
    pub fn is_read_aloud(&self) -> bool {
        self.settings.screen_reader
    }

    /// What the screens may look at.
    #[must_use]
    pub fn surroundings(&self) -> Surroundings<'_> {
        Surroundings {
            settings: &self.settings,
            state: &self.state,
            window: &self.window,
            folder: &self.folder,
            reading: &self.reading,
            search: &self.search,
            typed: self.input.prompt.as_ref().map(Prompt::text),
        }
    }

    /// The screens, to be changed, with what they may look at.
    fn parts(&mut self) -> (&mut Screens, Surroundings<'_>) {
        let surroundings = Surroundings {
            settings: &self.settings,
            state: &self.state,
            window: &self.window,
            folder: &self.folder,
            reading: &self.reading,
            search: &self.search,
            typed: self.input.prompt.as_ref().map(Prompt::text),
        };
        (&mut self.screens, surroundings)
    }
}
