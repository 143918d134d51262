//! The mouse: the wheel scrolls, a click chooses a row, a quotation, a tab.

use ratatui::layout::{Position, Rect};

use super::Focus;
use super::geometry::MARGIN_COLUMNS;
use crate::app::Model;
use crate::app::command::prompt::Purpose;
use crate::app::protocol::message::{Mouse, MouseKind};
use crate::app::reading::direction::StepDirection;
use crate::config::{Action, Screen};
use crate::layout::offset_at;

/// Rows a turn of the wheel moves.
const WHEEL_ROWS: i64 = 3;
/// Rows it moves in a list over the text.
const WHEEL_ROWS_IN_LIST: u32 = 3;

impl Model {
    pub(crate) fn mouse(&mut self, mouse: Mouse) {
        if !self.window.looks.mouse || self.window.regions.is_too_small() {
            return;
        }
        match mouse.kind {
            MouseKind::WheelDown => self.wheel(mouse, StepDirection::Forward),
            MouseKind::WheelUp => self.wheel(mouse, StepDirection::Backward),
            MouseKind::Press => self.click(Position::new(mouse.column, mouse.row)),
            MouseKind::Drag | MouseKind::Release => {}
        }
    }

    fn wheel(&mut self, mouse: Mouse, direction: StepDirection) {
        let at = Position::new(mouse.column, mouse.row);
        let is_over_side = self
            .window
            .regions
            .side
            .is_some_and(|side| side.contains(at));
        let action = if direction == StepDirection::Forward {
            Action::LineDown
        } else {
            Action::LineUp
        };
        if !self.window.covers.is_empty() {
            if !self.perform_on_screen(action, Some(WHEEL_ROWS_IN_LIST)) {
                self.move_in_list(action, Some(WHEEL_ROWS_IN_LIST));
            }
        } else if is_over_side {
            self.window.focus = Focus::Side;
            self.move_in_list(action, Some(1));
        } else {
            let rows = if direction == StepDirection::Forward {
                WHEEL_ROWS
            } else {
                -WHEEL_ROWS
            };
            self.reading.reader.scroll(rows);
            self.reading.note_reading(&mut self.folder.library);
            self.screens.side.is_stale = true;
        }
    }

    fn click(&mut self, at: Position) {
        self.outbox.notice = None;
        if self.window.popup.take().is_some() {
            return;
        }
        if let Some(prompt) = &self.input.prompt {
            if prompt.has_list() && !self.window.covers.is_empty() {
                self.click_in_list(at);
            }
        } else if !self.window.covers.is_empty() {
            self.click_in_list(at);
        } else if self
            .window
            .regions
            .side
            .is_some_and(|side| side.contains(at) && at.x > side.x)
        {
            self.click_in_side(at);
        } else if self
            .window
            .regions
            .list
            .is_some_and(|list| list.contains(at))
        {
            let top = self.window.regions.list.map_or(0, |list| list.y + 1);
            self.window.focus = Focus::List;
            let row =
                usize::from(at.y.saturating_sub(top)) + self.screens.contents.list.selection.top;
            if row < self.screens.contents.list.rows.len() {
                self.screens.contents.list.selection.row = row;
                self.open_selected();
            }
        } else {
            self.window.focus = Focus::Text;
            self.click_in_text(at);
        }
    }

    /// A click on a row selects it; a click on the selected row opens it.
    fn click_in_list(&mut self, cell: Position) {
        let name = self.window.screen();
        if name == Screen::Side {
            self.click_in_side(cell);
            return;
        }
        let (screens, at) = self.parts();
        let Some(screen) = screens.get_mut(name) else {
            return;
        };
        if let Some(requests) = screen.click(cell, at) {
            self.carry_out(requests);
            return;
        }
        let area = screen.rows_area(at.window.list_area(), at);
        if !area.contains(cell) {
            return;
        }
        let row = screen.selection().top + usize::from(cell.y - area.y);
        if row >= screen.n_rows() {
            return;
        }
        if screen.selection().row == row {
            self.open_clicked();
        } else {
            screen.selection_mut().row = row;
            screen.moved(1, at);
        }
    }

    /// Does what Enter does, which also completes the line being typed above the list.
    fn open_clicked(&mut self) {
        let purpose = self.input.purpose();
        if purpose.is_some() {
            self.prompt_done();
        }
        if matches!(purpose, None | Some(Purpose::Filter)) {
            self.open_selected();
        }
    }

    fn click_in_side(&mut self, cell: Position) {
        let panel = self.window.side_area();
        let strip = self.screens.side.strip(panel);
        if strip.is_some_and(|strip| strip.contains(cell)) {
            self.toggle_timeline();
            return;
        }
        self.window.focus = Focus::Side;
        if self.screens.side.select_at(cell, panel) {
            self.open_selected();
        }
    }

    /// A click on a quotation, a mention or a link selects it.
    fn click_in_text(&mut self, at: Position) {
        let Some(offset) = self.offset_under(at) else {
            return;
        };
        let under = |span: crate::text::Span| span.contains(offset);
        let quotation = self
            .reading
            .reader
            .quotations()
            .iter()
            .position(|q| under(q.span));
        let mention = self
            .reading
            .reader
            .mentions()
            .iter()
            .position(|m| under(m.span));
        let link = self
            .reading
            .reader
            .links()
            .find(|(_, span, _)| under(*span));
        let link = link.map(|(index, ..)| index);
        self.reading.reader.link = link;
        if let Some(index) = mention {
            self.screens.side.country =
                self.reading.reader.mentions().get(index).map(|m| m.country);
            self.reading.reader.mention = Some(index);
            self.screens.side.is_stale = true;
        }
        if let Some(index) = quotation {
            self.select_quotation(index);
        }
    }

    /// The byte of the text under a cell.
    fn offset_under(&self, at: Position) -> Option<u32> {
        let column = self
            .window
            .regions
            .columns
            .iter()
            .position(|column: &Rect| column.contains(at))?;
        let area = self.window.regions.columns.get(column)?;
        let lines = self.reading.reader.spread.columns.get(column)?;
        let line = lines.get(usize::from(at.y - area.y))?;
        let (measure, _) = self.reading.reader.laid_out_for()?;
        let x = (at.x - area.x).saturating_sub(MARGIN_COLUMNS);
        Some(offset_at(self.reading.reader.document()?, line, measure, x))
    }
}
