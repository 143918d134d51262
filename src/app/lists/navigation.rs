//! Moving from row to row of the screen that takes the keys.

use super::times;
use crate::app::Model;
use crate::config::Action;

impl Model {
    /// Selects a row by its number, counted from 1.
    pub(crate) fn choose_row(&mut self, number: Option<u32>) {
        let Some(row) = number.and_then(|number| number.checked_sub(1)) else {
            return;
        };
        let name = self.window.screen();
        let (screens, at) = self.parts();
        if let Some(screen) = screens.get_mut(name) {
            let n_rows = screen.n_rows();
            screen.selection_mut().set(row as usize, n_rows);
            screen.moved(1, at);
        }
    }

    /// Moves the selection as an action says.
    pub(crate) fn move_in_list(&mut self, action: Action, count: Option<u32>) {
        let page = isize::try_from(self.page_of_rows()).unwrap_or(1);
        let times = times(count);
        let half_page = (page / 2).max(1);
        let step = match action {
            Action::NextPage => page.saturating_mul(times),
            Action::PreviousPage => page.saturating_mul(-times),
            Action::HalfPageDown => half_page.saturating_mul(times),
            Action::HalfPageUp => half_page.saturating_mul(-times),
            Action::LineDown => times,
            Action::LineUp => -times,
            Action::Top => isize::MIN / 2,
            Action::End => isize::MAX / 2,
            _ => 0,
        };
        let name = self.window.screen();
        let (screens, at) = self.parts();
        let Some(screen) = screens.get_mut(name) else {
            return;
        };
        let n_rows = screen.n_rows();
        let selection = screen.selection_mut();
        match (action, count) {
            (Action::Top | Action::End, Some(row)) => {
                selection.set((row as usize).saturating_sub(1), n_rows);
            }
            (Action::GoToPercent, Some(percent)) => {
                selection.set(n_rows * percent.min(100) as usize / 100, n_rows);
            }
            _ => selection.step(step, n_rows),
        }
        screen.moved(step, at);
    }

    /// Moves the selection by a number of rows.
    pub(crate) fn step_list(&mut self, step: isize) {
        let name = self.window.screen();
        let (screens, at) = self.parts();
        if let Some(screen) = screens.get_mut(name) {
            let n_rows = screen.n_rows();
            screen.selection_mut().step(step, n_rows);
            screen.moved(step, at);
        }
    }

    /// How many rows a page of a list has.
    fn page_of_rows(&self) -> usize {
        /// Borders, title and hint lines around a list.
        const AROUND: u16 = 4;
        let height = self.window.regions.text.height;
        usize::from(height.saturating_sub(AROUND)).max(1)
    }
}
