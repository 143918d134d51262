//! Panes and lists: which takes the keys, what its selected row does.

use super::geometry::list_rows;
use crate::app::contents::groups::ContentsRow;
use crate::app::protocol::notice::Notice;
use crate::app::reading::target::{Jump, Target};
use crate::app::screens::echoes::EchoList;
use crate::app::side::{QuotationRow, Section};
use crate::app::{Focus, Model, Popup, Screen};
use crate::config::{Action, Context};
use crate::library::SortOrder;

impl Model {
    pub(crate) fn perform_panes(&mut self, action: Action, count: Option<u32>) {
        match action {
            Action::Unfold if self.unfold() => {}
            Action::Fold if self.fold() => {}
            Action::NextPane | Action::Unfold => self.step_pane(true),
            Action::PreviousPane | Action::Fold => self.step_pane(false),
            Action::GroupSimilar => self.toggle_similar(),
            Action::Open => {
                self.choose_row(count);
                self.open_selected();
            }
            Action::People => self.toggle_screen(Screen::People),
            Action::World => self.toggle_screen(Screen::World),
            Action::Timeline => self.toggle_timeline(),
            Action::SameWords => self.show_echoes(),
            Action::Contents => self.toggle_screen(Screen::Contents),
            Action::Sort if self.context() == Context::People => self.sort_people(),
            Action::ReverseSort if self.context() == Context::People => self.reverse_people(),
            Action::Sort => self.set_sort(self.library.sort_order().next()),
            Action::ReverseSort => {
                self.library.reverse();
                self.set_sort(self.library.sort_order());
            }
            Action::UnreadOnly => {
                self.unread_only = !self.unread_only;
                self.folder_is_stale = true;
                let text = if self.unread_only {
                    "unread articles only"
                } else {
                    "all articles"
                };
                self.say(Notice::info(text));
            }
            _ if self.context() == Context::Timeline => self.perform_timeline(action),
            _ => self.perform_map(action),
        }
    }

    /// Covers the reader with a screen, or uncovers it.
    pub(crate) fn toggle_screen(&mut self, screen: Screen) {
        if self.screens.last() == Some(&screen) {
            self.screens.pop();
            return;
        }
        self.screens.retain(|other| *other != screen);
        self.screens.push(screen);
        self.folder_is_stale = true;
        if screen == Screen::Contents
            && let Some(article) = self.reader.article
        {
            self.refresh_lists();
            self.select_in_contents(article);
        }
    }

    /// Works the lists over the folder out anew.
    pub(crate) fn refresh_lists(&mut self) {
        self.renew_shelf();
        self.refresh_contents();
        self.saved_may_differ();
        if self.screens.contains(&Screen::People) {
            self.refresh_people();
        }
        if self.screens.contains(&Screen::Saved) {
            self.refresh_saved();
        }
        if self.screens.contains(&Screen::World) {
            self.refresh_world();
        }
        if self.screens.contains(&Screen::Timeline) {
            self.refresh_timeline();
        }
    }

    /// Puts the articles in another order.
    pub(crate) fn set_sort(&mut self, sort: SortOrder) {
        self.library.sort_by(sort);
        self.folder_is_stale = true;
        let direction = if self.library.is_reversed() {
            ", reversed"
        } else {
            ""
        };
        self.say(Notice::info(format!(
            "sorted by {}{direction}",
            sort.name()
        )));
    }

    fn step_pane(&mut self, on: bool) {
        match self.screens.last() {
            Some(Screen::Side) => return self.step_section(on),
            Some(Screen::Hits) => return self.toggle_search_scope(),
            Some(Screen::Timeline) => {
                self.timeline.in_list = !self.timeline.in_list;
                return;
            }
            Some(_) => {
                self.screens.pop();
                return;
            }
            None if self.regions.side.is_none() && self.regions.list.is_none() => {
                self.screens.push(Screen::Side);
                return;
            }
            None => {}
        }
        let stops = self.stops();
        let here = stops
            .iter()
            .position(|stop| *stop == self.stop())
            .unwrap_or(0);
        let step = if on { 1 } else { stops.len() - 1 };
        if let Some(&(focus, section)) = stops.get((here + step) % stops.len()) {
            self.focus = focus;
            if let Some(section) = section {
                self.side.section = section;
            }
        }
    }

    /// Where Tab stops, in order.
    fn stops(&self) -> Vec<(Focus, Option<Section>)> {
        let mut stops = vec![(Focus::Text, None)];
        if self.regions.side.is_some() {
            stops.extend(Section::ALL.map(|section| (Focus::Side, Some(section))));
        }
        if self.regions.list.is_some() {
            stops.push((Focus::List, None));
        }
        stops
    }

    fn stop(&self) -> (Focus, Option<Section>) {
        (
            self.focus,
            (self.focus == Focus::Side).then_some(self.side.section),
        )
    }

    fn step_section(&mut self, on: bool) {
        let at = Section::ALL
            .iter()
            .position(|section| *section == self.side.section)
            .unwrap_or(0);
        match (on, at) {
            (true, 2) | (false, 0) => {
                self.screens.pop();
                self.side.section = Section::Speakers;
            }
            (true, _) => self.side.section = Section::ALL.get(at + 1).copied().unwrap_or_default(),
            (false, _) => self.side.section = Section::ALL.get(at - 1).copied().unwrap_or_default(),
        }
    }

    pub(crate) fn settle_selections(&mut self) {
        let full = usize::from(list_rows(&self.regions));
        let beside = usize::from(self.regions.text.height.saturating_sub(2));
        let covered = self.screens.last() == Some(&Screen::Contents);
        let contents = if covered { full } else { beside };
        let contents_len = self.contents.rows.len();
        self.contents.selection.settle(contents_len, contents);
        self.settle_correcting();
        self.settle_said();
        if self.screens.contains(&Screen::People) {
            self.people.settle(self.library.people(), full);
        }
        self.world.selection.settle(self.world.rows.len(), full);
        let saved = self.saved.list.rows.len();
        self.saved.list.selection.settle(saved, full);
        self.links.selection.settle(self.links.rows.len(), full);
        self.help.selection.settle(self.help.rows.len(), full);
        let hits = self.hits.rows.len();
        let height = self.hits_height();
        self.hits.selection.settle(hits, height);
        if self.hits.selection.row == 1 {
            self.hits.selection.top = 0;
        }
        let (list, _) = EchoList::areas(super::geometry::list_area(&self.regions));
        let echoes = self.echoes.found.len();
        self.echoes
            .selection
            .settle(echoes, usize::from(list.height));
        self.side.settle(super::geometry::side_area(&self.regions));
    }

    /// Does what Enter does on the selected row.
    pub(crate) fn open_selected(&mut self) {
        match self.context() {
            Context::Contents => match self.contents.selected() {
                Some(&ContentsRow::Article(id)) => {
                    self.screens.clear();
                    self.focus = Focus::Text;
                    self.go_to_article(id);
                }
                Some(ContentsRow::File(_)) => self.toggle_file(),
                None => {}
            },
            Context::People => self.show_said(),
            Context::World => {
                if let Some(&code) = self.world.selected() {
                    self.screens.clear();
                    self.choose_country(code);
                }
            }
            Context::Timeline => self.open_in_timeline(),
            Context::Echoes => self.open_echo(),
            Context::Finder => self.open_hit(),
            Context::Saved => self.open_saved(),
            Context::Said => self.open_said(),
            Context::Correct => self.choose_correction(),
            Context::Links => self.open_link(),
            Context::Help => self.run_help_row(),
            Context::Side => self.open_side_row(),
            Context::Reader => {}
        }
    }

    fn open_side_row(&mut self) {
        let section = self.side.section;
        let row = self.side.selection(section).row;
        self.screens.retain(|screen| *screen != Screen::Side);
        match section {
            Section::Speakers => {
                let chosen = self.side.speakers.get(row);
                if let Some(who) = chosen.map(|row| row.who(&self.reader)) {
                    self.choose_speaker(&who);
                }
            }
            Section::Quotations => match self.side.quotations.get(row).cloned() {
                Some(QuotationRow::Here(index)) => {
                    self.select_quotation(index);
                    self.last_jump = Some(Jump::Speaker);
                }
                Some(QuotationRow::Elsewhere(article, _)) => self.open_elsewhere(article),
                None => {}
            },
            Section::Countries => {
                if let Some(code) = self.side.countries.get(row).map(|row| row.code) {
                    self.choose_country(code);
                }
            }
        }
    }

    fn open_elsewhere(&mut self, article: crate::library::ArticleId) {
        if let Some(who) = self.side.shown_speaker(&self.reader) {
            self.side.speaker = Some(who.clone());
            self.remember_place();
            self.open(
                article,
                Target::Quotation(who, crate::app::reading::direction::StepDirection::Forward),
            );
        }
    }

    /// The filter of the list on screen.
    pub(crate) fn filter(&self) -> Option<String> {
        match self.context() {
            Context::Contents => Some(self.contents.filter.clone()),
            Context::People => Some(self.people.filter.clone()),
            Context::World => Some(self.world.filter.clone()),
            Context::Help => Some(self.help.filter.clone()),
            Context::Saved => Some(self.saved.list.filter.clone()),
            _ => None,
        }
    }

    /// Filters the list on screen.
    pub(crate) fn set_filter(&mut self, filter: &str) {
        let filter = filter.to_owned();
        match self.context() {
            Context::Contents => {
                self.contents.filter = filter;
                self.folder_is_stale = true;
            }
            Context::People => {
                self.people.filter = filter;
                self.refresh_people();
            }
            Context::World => {
                self.world.filter = filter;
                self.refresh_world();
            }
            Context::Help => {
                self.help.filter = filter;
                self.refresh_help();
            }
            Context::Saved => {
                self.saved.list.filter = filter;
                self.refresh_saved();
            }
            _ => {}
        }
    }

    /// Closes the topmost thing; at last leaves.
    pub(crate) fn close(&mut self) {
        if self.screens.pop().is_some() {
            return;
        }
        if self.focus == Focus::Text {
            if self.leave_search() {
                return;
            }
            self.leave();
        } else {
            self.focus = Focus::Text;
        }
    }

    /// Closes or clears the topmost thing, never leaves.
    pub(crate) fn cancel(&mut self) {
        if self.filter().is_some_and(|filter| !filter.is_empty()) {
            self.set_filter("");
        } else if self.context() == Context::Timeline && self.timeline.in_list {
            self.timeline.in_list = false;
        } else if self.screens.pop().is_some() {
        } else if self.focus != Focus::Text {
            self.focus = Focus::Text;
        } else if self.reader.find.take().is_some() {
            self.side_is_stale = true;
        } else if self.reader.link.take().is_some() {
        } else if self
            .reader
            .quotation
            .take()
            .or(self.reader.mention.take())
            .is_some()
        {
            self.side.speaker = None;
            self.side_is_stale = true;
        } else {
            self.leave_search();
        }
    }

    /// Shows a text over the screen.
    pub(crate) fn pop_up(&mut self, title: impl Into<String>, text: String) {
        self.popup = Some(Popup {
            title: title.into(),
            text,
        });
    }
}
