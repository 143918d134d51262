//! The mouse: the wheel scrolls, a click chooses a row, a quotation, a tab.

use ratatui::layout::{Position, Rect};

use super::geometry::{MARGIN_COLUMNS, list_area, side_area};
use crate::app::command::prompt::Purpose;
use crate::app::corrections::CorrectionScreen;
use crate::app::people::quotations::SpeakerQuotes;
use crate::app::protocol::message::{Mouse, MouseKind};
use crate::app::protocol::notice::Notice;
use crate::app::reading::direction::StepDirection;
use crate::app::screens::echoes::EchoList;
use crate::app::screens::world::WorldScreen;
use crate::app::search::hits::HitList;
use crate::app::side::Section;
use crate::app::{Focus, Model};
use crate::config::{Action, Context};
use crate::layout::offset_at;
use crate::lexicon::gazetteer;

/// Rows a turn of the wheel moves.
const WHEEL_ROWS: i64 = 3;

impl Model {
    pub(crate) fn mouse(&mut self, mouse: Mouse) {
        if !self.looks.mouse || self.regions.is_too_small() {
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
        let is_over_side = self.regions.side.is_some_and(|side| side.contains(at));
        let action = if direction == StepDirection::Forward {
            Action::LineDown
        } else {
            Action::LineUp
        };
        if self.is_in_list() && !self.screens.is_empty() {
            self.move_in_list(action, Some(3));
        } else if is_over_side {
            self.focus = Focus::Side;
            self.move_in_list(action, Some(1));
        } else {
            let rows = if direction == StepDirection::Forward {
                WHEEL_ROWS
            } else {
                -WHEEL_ROWS
            };
            self.reader.scroll(rows);
            self.note_reading();
            self.side_is_stale = true;
        }
    }

    fn click(&mut self, at: Position) {
        self.notice = None;
        if self.popup.take().is_some() {
            return;
        }
        if let Some(prompt) = &self.prompt {
            if prompt.has_list() && !self.screens.is_empty() {
                self.click_in_list(at);
            }
        } else if !self.screens.is_empty() {
            self.click_in_list(at);
        } else if self
            .regions
            .side
            .is_some_and(|side| side.contains(at) && at.x > side.x)
        {
            self.click_in_side(at);
        } else if self.regions.list.is_some_and(|list| list.contains(at)) {
            let top = self.regions.list.map_or(0, |list| list.y + 1);
            self.focus = Focus::List;
            let row = usize::from(at.y.saturating_sub(top)) + self.contents.selection.top;
            if row < self.contents.rows.len() {
                self.contents.selection.row = row;
                self.open_selected();
            }
        } else {
            self.focus = Focus::Text;
            self.click_in_text(at);
        }
    }

    /// A click on a row selects it; a click on the selected row opens it.
    fn click_in_list(&mut self, at: Position) {
        if self.context() == Context::Side {
            self.click_in_side(at);
            return;
        }
        let area = list_area(&self.regions);
        let area = match self.context() {
            Context::World => {
                let (list, map) = WorldScreen::areas(area);
                if let Some(map) = map.filter(|map| map.contains(at)) {
                    self.click_on_map(at.x - map.x, at.y - map.y);
                    return;
                }
                list
            }
            Context::Said => SpeakerQuotes::areas(area).0,
            Context::Correct => CorrectionScreen::areas(area).0,
            Context::Finder => HitList::areas(area).0,
            Context::Echoes => EchoList::areas(area).0,
            Context::Timeline => {
                let list = self.timeline.areas(area).list;
                if !list.contains(at) {
                    self.click_on_bars(at.x, at.y);
                    return;
                }
                self.timeline.in_list = true;
                list
            }
            _ => area,
        };
        if !area.contains(at) {
            return;
        }
        let index = usize::from(at.y - area.y);
        let Some((selection, len)) = self.list() else {
            return;
        };
        let row = selection.top + index;
        if row >= len {
            return;
        }
        if selection.row == row {
            self.open_clicked();
        } else {
            selection.row = row;
            self.hits.skip_title(1);
        }
    }

    /// Does what Enter does, which ends what one types above the list.
    fn open_clicked(&mut self) {
        let purpose = self.prompt.as_ref().map(|prompt| prompt.purpose);
        if purpose.is_some() {
            self.prompt_done();
        }
        if matches!(purpose, None | Some(Purpose::Filter)) {
            self.open_selected();
        }
    }

    /// A click on a country selects it; a click on the selected one goes to its mentions.
    fn click_on_map(&mut self, column: u16, row: u16) {
        let map = self.atlas.map.as_ref();
        let Some(code) = map.and_then(|map| map.country_at(column, row)) else {
            return;
        };
        if self.world.selected() == Some(&code) {
            self.open_selected();
        } else if self.world.rows.contains(&code) {
            self.world.select(&code);
        } else {
            let name = gazetteer::name(code);
            self.say(Notice::info(format!("{name} is not mentioned")));
        }
    }

    fn click_in_side(&mut self, at: Position) {
        let panel = side_area(&self.regions);
        if self
            .side
            .strip(panel)
            .is_some_and(|strip| strip.contains(at))
        {
            self.toggle_timeline();
            return;
        }
        let sections = self.side.sections(panel);
        let mut headed = Section::ALL.into_iter().zip(sections.headings);
        if let Some((section, _)) = headed.find(|(_, heading)| heading.contains(at)) {
            self.focus = Focus::Side;
            self.side.section = section;
            return;
        }
        for (section, area) in Section::ALL.into_iter().zip(sections.areas) {
            if area.contains(at) {
                self.focus = Focus::Side;
                self.side.section = section;
                let rows_per = sections.rows_per(section);
                let row = self.side.selection(section).top
                    + usize::from(at.y - area.y) / usize::from(rows_per.max(1));
                if row < self.side.len(section) {
                    self.side.selection_mut(section).row = row;
                    self.open_selected();
                }
                return;
            }
        }
    }

    /// A click on a quotation, a mention or a link selects it.
    fn click_in_text(&mut self, at: Position) {
        let Some(offset) = self.offset_under(at) else {
            return;
        };
        let under = |span: crate::text::Span| span.contains(offset);
        let quotation = self.reader.quotations().iter().position(|q| under(q.span));
        let mention = self.reader.mentions().iter().position(|m| under(m.span));
        let link = self.reader.links().find(|(_, span, _)| under(*span));
        let link = link.map(|(index, ..)| index);
        self.reader.link = link;
        if let Some(index) = mention {
            self.side.country = self.reader.mentions().get(index).map(|m| m.country);
            self.reader.mention = Some(index);
            self.side_is_stale = true;
        }
        if let Some(index) = quotation {
            self.select_quotation(index);
        }
    }

    /// The byte of the text under a cell.
    fn offset_under(&self, at: Position) -> Option<u32> {
        let column = self
            .regions
            .columns
            .iter()
            .position(|column: &Rect| column.contains(at))?;
        let area = self.regions.columns.get(column)?;
        let lines = self.reader.spread.columns.get(column)?;
        let line = lines.get(usize::from(at.y - area.y))?;
        let (measure, _) = self.reader.laid_out_for()?;
        let x = (at.x - area.x).saturating_sub(MARGIN_COLUMNS);
        Some(offset_at(self.reader.document()?, line, measure, x))
    }
}
