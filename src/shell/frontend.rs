//! The output of the reader: a full-screen display, or lines for a screen reader.

use std::io::{self, Write};

use super::terminal::screen::TerminalScreen;
use super::terminal::{TerminalMode, environment};
use crate::app::Model;
use crate::config::Settings;
use crate::view::{self, Narrator};

/// How the model is shown.
pub(super) enum Frontend {
    /// A screen that is redrawn with every change.
    Screen(Box<TerminalScreen>),
    /// Lines, each written once.
    Lines(Box<Narrator>),
}

impl Frontend {
    /// The front end that the settings ask for. A dumb terminal always gets lines.
    pub(super) fn new(settings: &mut Settings) -> Self {
        settings.screen_reader |= environment::is_dumb();
        if settings.screen_reader {
            Self::Lines(Box::default())
        } else {
            Self::Screen(Box::new(TerminalScreen::new()))
        }
    }

    /// The terminal mode it needs.
    pub(super) fn mode(&self, model: &Model) -> TerminalMode {
        match self {
            Self::Screen(_) => TerminalMode::Screen {
                mouse: model.window.looks.mouse,
                links: model.window.looks.links,
            },
            Self::Lines(_) => TerminalMode::Lines,
        }
    }

    /// Forgets what the terminal shows.
    pub(super) fn invalidate(&mut self) {
        match self {
            Self::Screen(screen) => screen.invalidate(),
            Self::Lines(narrator) => narrator.say_again(),
        }
    }

    /// Writes what has changed.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub(super) fn draw(&mut self, model: &Model, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Screen(screen) => {
                screen.draw(model.window.size, out, |buffer| view::draw(model, buffer))
            }
            Self::Lines(narrator) => {
                // In raw mode a line feed alone does not return to the first column.
                let lines = narrator.tell(model).replace('\n', "\r\n");
                out.write_all(lines.as_bytes())?;
                out.flush()
            }
        }
    }
}
