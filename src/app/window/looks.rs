//! How the text looks: panes, columns, justification, theme, mouse.

use super::geometry::Panes;
use crate::app::protocol::notice::Notice;
use crate::app::start::Start;
use crate::config::settings::{Columns, Show, When};
use crate::config::theme::{self, Depth, Ground};
use crate::config::{Settings, Theme};
use crate::library::DateOrder;

/// How the text looks, as configured or changed since.
#[derive(Debug, Clone)]
pub struct Looks {
    /// Name of the theme, or `auto` for one that fits the terminal's background.
    pub theme_name: String,
    /// The theme.
    pub theme: Theme,
    /// The terminal's background, if known.
    pub ground: Option<Ground>,
    /// How many colors the terminal has.
    pub depth: Depth,
    /// Side panel, list and columns.
    pub panes: Panes,
    /// Whether right edges are even.
    pub justify: When,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether links are passed on to the terminal.
    pub links: bool,
    /// How dates are written.
    pub dates: DateOrder,
}

impl Looks {
    /// One, two, three columns, or as many as fit.
    pub(super) fn cycle_columns(&mut self) -> Notice {
        let next = match self.panes.columns {
            None => Some(1),
            Some(1) => Some(2),
            Some(2) => Some(3),
            Some(_) => None,
        };
        self.panes.columns = next;
        Notice::info(match next {
            None => "as many columns as fit".to_owned(),
            Some(1) => "one column".to_owned(),
            Some(count) => format!("{count} columns"),
        })
    }

    /// Justified, ragged, or by width.
    pub(super) fn cycle_justification(&mut self) -> Notice {
        let (next, text) = match self.justify {
            When::Auto => (When::Always, "justified"),
            When::Always => (When::Never, "ragged"),
            When::Never => (When::Auto, "justified in wide columns"),
        };
        self.justify = next;
        Notice::info(text)
    }

    /// Mouse on or off.
    pub(super) fn toggle_mouse(&mut self) -> Notice {
        self.mouse = !self.mouse;
        Notice::info(if self.mouse {
            "mouse on; Shift-drag selects text"
        } else {
            "mouse off; dragging selects text"
        })
    }

    /// The name of the next theme.
    pub(super) fn next_theme(&self) -> Option<&'static str> {
        let current = theme::names().position(|name| name == self.theme_name);
        let next = current.map_or(0, |at| at + 1);
        theme::names().cycle().nth(next)
    }

    /// Changes the theme; returns whether there is one of that name.
    pub(crate) fn set_theme(&mut self, name: &str, settings: &Settings) -> bool {
        let is_known = theme::names().any(|known| known == name);
        if is_known {
            name.clone_into(&mut self.theme_name);
            self.apply_theme(settings);
        }
        is_known
    }

    /// Takes in whether the terminal's background is light or dark.
    pub(crate) fn set_ground(&mut self, ground: Ground, settings: &Settings) {
        self.ground = Some(ground);
        self.apply_theme(settings);
    }

    fn apply_theme(&mut self, settings: &Settings) {
        if let Some(theme) = self.theme_for(settings) {
            self.theme = theme;
        }
    }
}

impl Looks {
    /// The looks at the start.
    pub(crate) fn of(start: &Start) -> Self {
        let settings = &start.settings;
        let show = |show: Show| match show {
            Show::Auto => None,
            Show::Shown => Some(true),
            Show::Hidden => Some(false),
        };
        let panes = Panes {
            side: show(settings.side.show),
            list: show(settings.contents.show),
            columns: match settings.page.columns {
                Columns::Auto => None,
                Columns::Exactly(count) => Some(count),
            },
            min_column: settings.page.min_column_width.get(),
            max_column: settings.page.max_column_width.get(),
            text_only: settings.page.text_only,
        };
        let mut looks = Self {
            theme_name: settings.theme.clone(),
            theme: Theme::plain(),
            ground: start.ground,
            depth: start.depth,
            panes,
            justify: settings.page.justify,
            mouse: settings.mouse,
            links: start.links,
            dates: start.dates,
        };
        if let Some(theme) = looks.theme_for(settings) {
            looks.theme = theme;
        }
        looks
    }

    /// Whether the theme is to fit the terminal's ground.
    #[must_use]
    pub fn follows_ground(&self) -> bool {
        self.theme_name == theme::AUTO && self.depth != Depth::None
    }

    fn theme_for(&self, settings: &Settings) -> Option<Theme> {
        let name = match (self.theme_name.as_str(), self.ground) {
            (theme::AUTO, Some(Ground::Light)) => &settings.theme_on_light,
            (theme::AUTO, Some(Ground::Dark)) => &settings.theme_on_dark,
            // The terminal's own colors fit its ground, whatever that is.
            (theme::AUTO, None) => "terminal",
            (name, _) => name,
        };
        Theme::named(name, self.depth)
    }
}
