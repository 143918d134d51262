//! The side panel as a screen: what its keys and a click do.

use ratatui::layout::{Position, Rect};

use super::{QuotationRow, Section, SidePanel};
use crate::app::lists::selection::ListSelection;
use crate::app::reading::reader::OpenArticle;
use crate::app::reading::who::Who;
use crate::app::screens::list_screen::{ListScreen, Request, Selected, Surroundings};
use crate::library::Library;

impl SidePanel {
    /// Follows the selected row: among the speakers, their quotations are listed at once.
    fn follow_selection(&mut self, reader: &OpenArticle, library: &Library) {
        let row = self.selection_of(self.section).row;
        match self.section {
            Section::Speakers => {
                self.speaker = self.speakers.get(row).map(|row| row.who(reader));
                self.list_quotations(reader, library);
            }
            Section::Countries => {
                self.country = self.countries.get(row).map(|row| row.code);
            }
            Section::Quotations => {}
        }
    }

    /// Gives the next or previous list the keys; returns whether there is one.
    pub(crate) fn step_section(&mut self, forward: bool) -> bool {
        let next = match (self.section, forward) {
            (Section::Speakers, true) | (Section::Countries, false) => Section::Quotations,
            (Section::Quotations, true) => Section::Countries,
            (Section::Quotations, false) => Section::Speakers,
            (Section::Speakers, false) | (Section::Countries, true) => return false,
        };
        self.section = next;
        true
    }

    /// Selects what is at a cell of the panel; returns whether that is a row.
    pub(crate) fn select_at(&mut self, cell: Position, panel: Rect) -> bool {
        let sections = self.sections(panel);
        for section in Section::ALL {
            if sections.heading(section).contains(cell) {
                self.section = section;
                return false;
            }
            let area = sections.area(section);
            if area.contains(cell) {
                self.section = section;
                let rows_per = usize::from(sections.rows_per(section).max(1));
                let row = self.selection_of(section).top + usize::from(cell.y - area.y) / rows_per;
                let is_row = row < self.len(section);
                if is_row {
                    self.selection_of_mut(section).row = row;
                }
                return is_row;
            }
        }
        false
    }
}

impl ListScreen for SidePanel {
    fn title(&self, at: Surroundings<'_>) -> String {
        at.reading.title(&at.folder.library)
    }

    fn count(&self, at: Surroundings<'_>) -> String {
        at.reading.number(at.folder, at.window.size.0)
    }

    fn n_rows(&self) -> usize {
        self.len(self.section)
    }

    fn selection(&self) -> ListSelection {
        self.selection_of(self.section)
    }

    fn selection_mut(&mut self) -> &mut ListSelection {
        self.selection_of_mut(self.section)
    }

    fn settle(&mut self, at: Surroundings<'_>) {
        self.settle_in(at.window.side_area());
    }

    fn moved(&mut self, _step: isize, at: Surroundings<'_>) {
        self.follow_selection(&at.reading.reader, &at.folder.library);
    }

    fn open(&mut self, at: Surroundings<'_>) -> Vec<Request> {
        let row = self.selection().row;
        let reader = &at.reading.reader;
        let request = match self.section {
            Section::Speakers => {
                let row = self.speakers.get(row);
                row.map(|row| Request::ChooseSpeaker(row.who(reader)))
            }
            Section::Quotations => match self.quotations.get(row) {
                Some(&QuotationRow::Here(index)) => Some(Request::GoToQuotation(index)),
                Some(&QuotationRow::Elsewhere(article, _)) => self
                    .shown_speaker(reader)
                    .map(|who| Request::OpenQuotation(article, who)),
                None => None,
            },
            Section::Countries => {
                let row = self.countries.get(row);
                row.map(|row| Request::ChooseCountry(row.code))
            }
        };
        request.into_iter().collect()
    }

    fn selected(&self, at: Surroundings<'_>) -> Selected {
        let row = self.selection().row;
        let reader = &at.reading.reader;
        let selected = match self.section {
            Section::Speakers => match self.speakers.get(row).map(|row| row.who(reader)) {
                Some(Who::Named(name)) => Some(Selected::Person(name)),
                Some(Who::Unknown) | None => None,
            },
            Section::Quotations => match self.quotations.get(row) {
                Some(&QuotationRow::Here(index)) => Some(Selected::Quotation(index)),
                Some(QuotationRow::Elsewhere(..)) | None => None,
            },
            Section::Countries => self.country.map(Selected::Country),
        };
        selected.unwrap_or(Selected::Nothing)
    }
}
