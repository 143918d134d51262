//! Screens and panes: which is open, which takes the keys, what closes.

use super::Focus;
use crate::app::Model;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::side::Section;
use crate::config::{Action, Screen};
use crate::library::SortOrder;

impl Model {
    pub(crate) fn perform_panes(&mut self, action: Action, count: Option<u32>) {
        match action {
            Action::NextPane | Action::Unfold => self.step_pane(true),
            Action::PreviousPane | Action::Fold => self.step_pane(false),
            Action::GroupSimilar => {
                let contents = &mut self.screens.contents;
                contents.toggle_similar(&mut self.folder, &mut self.outbox);
            }
            Action::UnreadOnly => {
                let contents = &mut self.screens.contents;
                contents.toggle_unread_only(&mut self.folder, &mut self.outbox);
            }
            Action::Open => {
                self.choose_row(count);
                self.open_selected();
            }
            Action::People => self.toggle_screen(Screen::People),
            Action::World => self.toggle_screen(Screen::World),
            Action::Bookmarks => self.toggle_screen(Screen::Bookmarks),
            Action::Contents => self.toggle_screen(Screen::Contents),
            Action::Timeline => self.toggle_timeline(),
            Action::SameWords => self.toggle_echoes(),
            Action::Sort => self.set_sort(self.folder.library.sort_order().next()),
            Action::ReverseSort => {
                self.folder.library.reverse();
                self.set_sort(self.folder.library.sort_order());
            }
            _ => {}
        }
    }

    /// Opens a screen on top of the others, or closes it when it is the topmost.
    pub(crate) fn toggle_screen(&mut self, screen: Screen) {
        if self.window.top() == Some(screen) {
            self.window.covers.pop();
            return;
        }
        self.window.cover(screen);
        self.folder.is_stale = true;
        if screen == Screen::Contents
            && let Some(article) = self.reading.reader.article
        {
            self.refresh_lists();
            let contents = &mut self.screens.contents;
            contents.select(article, &self.folder.library);
        }
    }

    /// Sorts the articles.
    pub(crate) fn set_sort(&mut self, sort: SortOrder) {
        self.folder.library.sort_by(sort);
        self.folder.is_stale = true;
        let reversed = if self.folder.library.is_reversed() {
            ", reversed"
        } else {
            ""
        };
        let text = format!("sorted by {}{reversed}", sort.name());
        self.outbox.notify(Notice::info(text));
    }

    /// Gives the next or previous pane the keys.
    fn step_pane(&mut self, forward: bool) {
        match self.window.top() {
            Some(Screen::Side) => {
                if !self.screens.side.step_section(forward) {
                    self.window.covers.pop();
                    self.screens.side.section = Section::Speakers;
                }
                return;
            }
            Some(Screen::Hits) => return self.toggle_search_scope(),
            Some(_) => {
                self.window.covers.pop();
                return;
            }
            None => {}
        }
        let stops = self.pane_stops();
        if stops.len() == 1 {
            self.window.covers.push(Screen::Side);
            return;
        }
        let is_in_side = self.window.focus == Focus::Side;
        let section = is_in_side.then_some(self.screens.side.section);
        let here = (self.window.focus, section);
        let at = stops.iter().position(|stop| *stop == here);
        let step = if forward { 1 } else { stops.len() - 1 };
        let next = at.map_or(0, |at| (at + step) % stops.len());
        let (focus, section) = stops[next];
        self.window.focus = focus;
        if let Some(section) = section {
            self.screens.side.section = section;
        }
    }

    /// Where Tab stops, in order.
    fn pane_stops(&self) -> Vec<(Focus, Option<Section>)> {
        let mut stops = vec![(Focus::Text, None)];
        if self.window.regions.side.is_some() {
            stops.extend(Section::ALL.map(|section| (Focus::Side, Some(section))));
        }
        if self.window.regions.list.is_some() {
            stops.push((Focus::List, None));
        }
        stops
    }

    /// Closes the current screen or pane; in the text leaves the saved search, or quits.
    pub(crate) fn close(&mut self) {
        if self.window.covers.pop().is_some() {
            return;
        }
        if self.window.focus != Focus::Text {
            self.window.focus = Focus::Text;
        } else if !self.leave_search() {
            self.quit();
        }
    }

    /// Closes or clears the topmost thing, never quits.
    pub(crate) fn cancel(&mut self) {
        let reader = &mut self.reading.reader;
        let is_filtered = match self.screens.get(self.window.screen()) {
            Some(screen) => screen.filter().is_some_and(|filter| !filter.is_empty()),
            None => false,
        };
        if is_filtered {
            self.set_filter("");
        } else if self.window.covers.pop().is_some() {
        } else if self.window.focus != Focus::Text {
            self.window.focus = Focus::Text;
        } else if reader.find.take().is_some() {
            self.screens.side.is_stale = true;
        } else if reader.link.take().is_some() {
        } else if reader.deselect() {
            self.screens.side.speaker = None;
            self.screens.side.is_stale = true;
        } else {
            self.leave_search();
        }
    }

    pub(crate) fn perform_looks(&mut self, action: Action) {
        let looks = &mut self.window.looks;
        match action {
            Action::ToggleSide => self.toggle_side(),
            Action::ToggleContents => self.toggle_contents_pane(),
            Action::CycleColumns => self.outbox.notify(looks.cycle_columns()),
            Action::CycleJustification => self.outbox.notify(looks.cycle_justification()),
            Action::ToggleTextOnly => looks.panes.text_only = !looks.panes.text_only,
            Action::ToggleMouse => {
                self.outbox.notify(looks.toggle_mouse());
                self.outbox.send(Effect::Mouse(looks.mouse));
            }
            Action::CycleTheme => {
                if let Some(next) = looks.next_theme() {
                    self.set_theme(next);
                }
            }
            Action::Center => {
                let spot = self.reading.reader.spot();
                self.reading.reader.put_in_the_middle(spot);
                self.screens.side.is_stale = true;
            }
            _ => {}
        }
    }

    fn toggle_side(&mut self) {
        let shows = self.window.regions.side.is_some();
        self.window.looks.panes.side = Some(!shows);
        self.settle();
        if !shows && self.window.regions.side.is_none() {
            self.toggle_screen(Screen::Side);
        }
    }

    fn toggle_contents_pane(&mut self) {
        let shows = self.window.regions.list.is_some();
        self.window.looks.panes.list = Some(!shows);
        self.settle();
        if !shows && self.window.regions.list.is_none() {
            self.toggle_screen(Screen::Contents);
        }
    }

    /// Changes the theme; returns whether there is one of that name.
    pub(crate) fn set_theme(&mut self, name: &str) -> bool {
        if !self.window.looks.set_theme(name, &self.settings) {
            return false;
        }
        if self.window.looks.follows_ground() {
            self.outbox.send(Effect::AskGround);
        }
        self.outbox.notify(Notice::info(format!("theme {name}")));
        true
    }
}
