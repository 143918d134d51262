//! How the reader is faced: with a screen, or with lines that are told.

use std::io::{self, Write};

use super::terminal::screen::Screen;
use super::terminal::{Use, environment};
use crate::app::Model;
use crate::config::Settings;
use crate::view::{self, Narrator};

/// What the reader sees or hears of the model.
pub(super) enum Face {
    /// A screen, drawn anew whenever something changed.
    Shown(Box<Screen>),
    /// Lines, each written once.
    Told(Box<Narrator>),
}

impl Face {
    /// The face that the settings ask for; a terminal that can only write on has lines in any case.
    pub(super) fn new(settings: &mut Settings) -> Self {
        settings.screen_reader |= environment::can_only_write_on();
        if settings.screen_reader {
            Self::Told(Box::default())
        } else {
            Self::Shown(Box::new(Screen::new()))
        }
    }

    /// What is needed of the terminal.
    pub(super) fn needs(&self, model: &Model) -> Use {
        match self {
            Self::Shown(_) => Use::Screen {
                mouse: model.looks.mouse,
                links: model.looks.links,
            },
            Self::Told(_) => Use::Lines,
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
