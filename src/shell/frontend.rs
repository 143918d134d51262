//! How the reader is faced: with a screen, or with lines that are told.

use std::io::{self, Write};

use super::terminal::screen::TerminalScreen;
use super::terminal::{TerminalMode, environment};
use crate::app::Model;
use crate::config::Settings;
use crate::view::{self, Narrator};

/// What the reader sees or hears of the model.
pub(super) enum Frontend {
    /// A screen, drawn anew whenever something changed.
    Shown(Box<TerminalScreen>),
    /// Lines, each written once.
    Told(Box<Narrator>),
}

impl Frontend {
    /// The face that the settings ask for; a terminal that can only write on has lines in any case.
    pub(super) fn new(settings: &mut Settings) -> Self {
        settings.screen_reader |= environment::can_only_write_on();
        if settings.screen_reader {
            Self::Told(Box::default())
        } else {
            Self::Shown(Box::new(TerminalScreen::new()))
        }
    }

    /// What is needed of the terminal.
    pub(super) fn needs(&self, model: &Model) -> TerminalMode {
        match self {
            Self::Shown(_) => TerminalMode::Screen {
                mouse: model.looks.mouse,
                links: model.looks.links,
            },
            Self::Told(_) => TerminalMode::Lines,
        }
    }

    /// Forgets what the terminal shows.
    pub(super) fn invalidate(&mut self) {
        match self {
            Self::Shown(screen) => screen.invalidate(),
            Self::Told(narrator) => narrator.say_again(),
        }
    }

    /// Writes what changed.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub(super) fn draw(&mut self, model: &Model, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Shown(screen) => screen.draw(model.size, out, |buffer| view::draw(model, buffer)),
            Self::Told(narrator) => {
                // A terminal in raw mode goes to the first column only when told to.
                let lines = narrator.tell(model).replace('\n', "\r\n");
                out.write_all(lines.as_bytes())?;
                out.flush()
            }
        }
    }
}
