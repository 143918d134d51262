//! Moving from row to row of the list that takes the keys.

use super::selection::ListSelection;
use crate::app::Model;
use crate::app::side::Section;
use crate::config::{Action, Context};

impl Model {
    /// The selection of the list that takes the keys, and its length.
    pub(crate) fn list(&mut self) -> Option<(&mut ListSelection, usize)> {
        let context = self.context();
        Some(match context {
            Context::Contents => (&mut self.contents.selection, self.contents.rows.len()),
            Context::People => self.people.selecting(),
            Context::World => (&mut self.world.selection, self.world.rows.len()),
            Context::Saved => (&mut self.saved.list.selection, self.saved.list.rows.len()),
            Context::Timeline => {
                let articles = &mut self.timeline.articles;
                (&mut articles.selection, articles.rows.len())
            }
            Context::Said => (&mut self.said.selection, self.said.quotes.len()),
            Context::Correct => {
                let list = &mut self.correcting.list;
                (&mut list.selection, list.rows.len())
            }
            Context::Links => (&mut self.links.selection, self.links.rows.len()),
            Context::Help => (&mut self.help.selection, self.help.rows.len()),
            Context::Echoes => (&mut self.echoes.selection, self.echoes.found.len()),
            Context::Finder => (&mut self.hits.selection, self.hits.rows.len()),
            Context::Side => {
                let section = self.side.section;
                let len = self.side.len(section);
                (self.side.selection_mut(section), len)
            }
            Context::Reader => return None,
        })
    }

    /// A number typed before chooses that row of the list.
    pub(crate) fn choose_row(&mut self, number: Option<u32>) {
        let Some(row) = number.and_then(|number| number.checked_sub(1)) else {
            return;
        };
        if let Some((selection, len)) = self.list() {
            selection.set(row as usize, len);
        }
        self.hits.skip_title(1);
        self.follow_side_selection();
    }

    pub(crate) fn move_in_list(&mut self, action: Action, count: Option<u32>) {
        let along_bars = matches!(action, Action::Earlier | Action::Later);
        if self.context() == Context::Timeline && (along_bars || !self.timeline.in_list) {
            self.move_on_bars(action, count);
            return;
        }
        if self.context() == Context::People && matches!(action, Action::End | Action::GoToPercent)
        {
            self.people.finish(self.library.people());
        }
        let page = isize::try_from(self.list_height()).unwrap_or(1).max(1);
        let times = isize::try_from(count.unwrap_or(1).max(1)).unwrap_or(1);
        let step = match action {
            Action::NextPage => page * times,
            Action::PreviousPage => -page * times,
            Action::HalfPageDown => (page / 2).max(1) * times,
            Action::HalfPageUp => -(page / 2).max(1) * times,
            Action::LineDown => times,
            Action::LineUp => -times,
            Action::Top => isize::MIN / 2,
            Action::End => isize::MAX / 2,
            _ => 0,
        };
        let Some((selection, len)) = self.list() else {
            return;
        };
        match (action, count) {
            (Action::Top | Action::End, Some(row)) => {
                selection.set((row as usize).saturating_sub(1), len);
            }
            (Action::GoToPercent, Some(percent)) => {
                selection.set(len * percent.min(100) as usize / 100, len);
            }
            _ => selection.step(step, len),
        }
        self.hits.skip_title(step);
        self.follow_side_selection();
    }

    pub(crate) fn step_list_under_prompt(&mut self, step: isize) {
        if let Some((selection, len)) = self.list() {
            selection.step(step, len);
        }
        self.hits.skip_title(step);
    }

    /// Choosing among the speakers at the side shows their quotations at once.
    fn follow_side_selection(&mut self) {
        if self.context() != Context::Side {
            return;
        }
        let section = self.side.section;
        let row = self.side.selection(section).row;
        match section {
            Section::Speakers => {
                let chosen = self.side.speakers.get(row);
                self.side.speaker = chosen.map(|row| row.who(&self.reader));
                self.side.list_quotations(&self.reader, &self.library);
            }
            Section::Countries => {
                self.side.country = self.side.countries.get(row).map(|row| row.code);
            }
            Section::Quotations => {}
        }
    }

    /// How many rows of the list that takes the keys show.
    pub(crate) fn list_height(&self) -> usize {
        usize::from(self.regions.text.height.saturating_sub(4)).max(1)
    }
}
