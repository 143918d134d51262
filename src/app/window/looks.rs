//! How the text looks: panes, columns, justification, theme, mouse.

use super::geometry::Panes;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::{Looks, Model, Screen, Start};
use crate::config::settings::{Columns, Show, When};
use crate::config::theme::{self, Depth, Ground};
use crate::config::{Action, Settings, Theme};

impl Model {
    pub(crate) fn perform_looks(&mut self, action: Action) {
        match action {
            Action::ToggleSide => self.toggle_side(),
            Action::ToggleContents => {
                let shows = self.regions.list.is_some();
                self.looks.panes.list = Some(!shows);
                self.settle();
                if !shows && self.regions.list.is_none() {
                    self.toggle_screen(Screen::Contents);
                }
            }
            Action::CycleColumns => self.cycle_columns(),
            Action::CycleJustification => self.cycle_justification(),
            Action::ToggleTextOnly => self.looks.panes.text_only = !self.looks.panes.text_only,
            Action::ToggleMouse => self.toggle_mouse(),
            Action::CycleTheme => self.cycle_theme(),
            Action::Center => {
                let spot = self.reader.spot();
                self.reader.put_in_the_middle(spot);
                self.side_is_stale = true;
            }
            _ => {}
        }
    }

    fn toggle_side(&mut self) {
        let shows = self.regions.side.is_some();
        self.looks.panes.side = Some(!shows);
        self.settle();
        if !shows && self.regions.side.is_none() {
            self.toggle_screen(Screen::Side);
        }
    }

    fn cycle_columns(&mut self) {
        let next = match self.looks.panes.columns {
            None => Some(1),
            Some(1) => Some(2),
            Some(2) => Some(3),
            Some(_) => None,
        };
        self.looks.panes.columns = next;
        let text = match next {
            None => "as many columns as fit".to_owned(),
            Some(1) => "one column".to_owned(),
            Some(count) => format!("{count} columns"),
        };
        self.say(Notice::info(text));
    }

    fn cycle_justification(&mut self) {
        let (next, text) = match self.looks.justify {
            When::Auto => (When::Always, "justified"),
            When::Always => (When::Never, "ragged"),
            When::Never => (When::Auto, "justified in wide columns"),
        };
        self.looks.justify = next;
        self.say(Notice::info(text));
    }

    fn toggle_mouse(&mut self) {
        self.looks.mouse = !self.looks.mouse;
        self.effects.push(Effect::Mouse(self.looks.mouse));
        let text = if self.looks.mouse {
            "mouse on; Shift-drag selects text"
        } else {
            "mouse off; dragging selects text"
        };
        self.say(Notice::info(text));
    }

    fn cycle_theme(&mut self) {
        let at = theme::names()
            .position(|name| name == self.looks.theme_name)
            .unwrap_or(0);
        if let Some(next) = theme::names().cycle().nth(at + 1) {
            self.set_theme(next);
        }
    }

    /// Puts on another theme; tells whether there is one of that name.
    pub(crate) fn set_theme(&mut self, name: &str) -> bool {
        if !theme::names().any(|known| known == name) {
            return false;
        }
        name.clone_into(&mut self.looks.theme_name);
        self.dress();
        if self.looks.follows_ground() {
            self.effects.push(Effect::AskGround);
        }
        self.say(Notice::info(format!("theme {name}")));
        true
    }

    /// The terminal's ground is another one than was thought.
    pub(crate) fn stand_on(&mut self, ground: Ground) {
        self.looks.ground = Some(ground);
        self.dress();
    }

    /// Puts on the theme that the name stands for.
    fn dress(&mut self) {
        if let Some(theme) = self.looks.theme_for(&self.settings) {
            self.looks.theme = theme;
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
