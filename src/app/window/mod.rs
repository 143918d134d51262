//! The window: its size, where everything is, which screens cover the text, how it looks.

pub mod geometry;
pub(super) mod looks;
pub(super) mod mouse;
pub(super) mod panes;

use ratatui::layout::Rect;

use crate::config::Screen;
use crate::world::Dots;
use geometry::{Regions, list_area, side_area};
use looks::Looks;

/// The window of the program.
#[derive(Debug)]
pub struct Window {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Where everything is on the screen.
    pub regions: Regions,
    /// How it looks.
    pub looks: Looks,
    /// The screens over the text, the topmost last.
    pub covers: Vec<Screen>,
    /// Which pane takes the keys while nothing covers the text.
    pub focus: Focus,
    /// A text over the screen, closed by any key.
    pub popup: Option<Popup>,
    /// How maps and bars are drawn.
    pub dots: Dots,
}

/// Which pane beside or around the text takes the keys while nothing covers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The text.
    #[default]
    Text,
    /// The side panel.
    Side,
    /// The list of articles.
    List,
}

/// A text over the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Popup {
    /// Its heading.
    pub title: String,
    /// Its paragraphs.
    pub text: String,
}

impl Window {
    /// A window in which nothing covers the text.
    pub(super) fn new(size: (u16, u16), looks: Looks, dots: Dots) -> Self {
        Self {
            size,
            regions: Regions::default(),
            looks,
            covers: Vec::new(),
            focus: Focus::Text,
            popup: None,
            dots,
        }
    }

    /// The screen that takes the keys.
    #[must_use]
    pub fn screen(&self) -> Screen {
        match (self.covers.last(), self.focus) {
            (Some(&screen), _) => screen,
            (None, Focus::Text) => Screen::Reader,
            (None, Focus::Side) => Screen::Side,
            (None, Focus::List) => Screen::Contents,
        }
    }

    /// Whether the keys go to a list.
    pub(super) fn is_in_list(&self) -> bool {
        self.screen() != Screen::Reader
    }

    /// The topmost screen over the text.
    #[must_use]
    pub fn top(&self) -> Option<Screen> {
        self.covers.last().copied()
    }

    /// Whether a screen is open over the text, with others on top of it or not.
    #[must_use]
    pub fn is_covered_by(&self, screen: Screen) -> bool {
        self.covers.contains(&screen)
    }

    /// Puts a screen on top of the others.
    pub(super) fn cover(&mut self, screen: Screen) {
        self.close(screen);
        self.covers.push(screen);
    }

    /// Closes a screen.
    pub(super) fn close(&mut self, screen: Screen) {
        self.covers.retain(|other| *other != screen);
    }

    /// Closes all screens and gives the text the keys.
    pub(super) fn show_text(&mut self) {
        self.covers.clear();
        self.focus = Focus::Text;
    }

    /// Shows a text over the screen.
    pub(super) fn pop_up(&mut self, title: impl Into<String>, text: String) {
        let title = title.into();
        self.popup = Some(Popup { title, text });
    }

    /// Where a list that covers the text has its rows.
    pub(super) fn list_area(&self) -> Rect {
        list_area(&self.regions)
    }

    /// The inside of the side panel.
    pub(super) fn side_area(&self) -> Rect {
        side_area(&self.regions)
    }

    /// Lays the window out; `is_read_aloud` is for readers who hear the text.
    pub(super) fn settle(&mut self, is_read_aloud: bool) {
        let (width, height) = self.size;
        self.regions = if is_read_aloud {
            Regions::read_aloud(width, height)
        } else {
            Regions::of(width, height, self.looks.panes)
        };
        let has_pane = match self.focus {
            Focus::Text => true,
            Focus::Side => self.regions.side.is_some(),
            Focus::List => self.regions.list.is_some(),
        };
        if !has_pane {
            self.focus = Focus::Text;
        }
        if self.regions.side.is_some() {
            self.close(Screen::Side);
        }
    }
}
