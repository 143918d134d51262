//! What the timeline shows: what is selected, what the reader steps through.

use super::Subject;
use crate::app::Model;
use crate::app::reading::target::Jump;
use crate::app::reading::who::Who;
use crate::app::screens::list_screen::Selected;
use crate::config::Screen;

impl Model {
    /// Shows the timeline of what is selected, or closes it.
    pub(crate) fn toggle_timeline(&mut self) {
        if self.window.top() != Some(Screen::Timeline) {
            let subject = self.timeline_subject();
            self.screens.timeline.in_list = false;
            self.show_on_timeline(subject);
        }
        self.toggle_screen(Screen::Timeline);
    }

    fn show_on_timeline(&mut self, subject: Subject) {
        if subject.is_search() {
            self.count_hits();
        }
        let (screens, at) = self.parts();
        screens.timeline.show(subject, at);
    }

    /// What the timeline shows first: what is selected in a list, else what the reader steps through.
    fn timeline_subject(&self) -> Subject {
        let chosen = match (self.window.screen(), self.selected()) {
            (Screen::People, Selected::Person(name)) => Some(Subject::Speaker(name)),
            (Screen::World | Screen::Side, Selected::Country(code)) => Some(Subject::Country(code)),
            (Screen::Hits, _) => self.searched_for(),
            (Screen::Contents, _) => Some(Subject::Folder),
            (Screen::People | Screen::World, _) => None,
            _ => match self.reading.last_jump {
                Some(Jump::Country) => self.screens.side.country.map(Subject::Country),
                Some(Jump::Match) => self.searched_for(),
                _ => None,
            },
        };
        chosen.or_else(|| self.chosen_speaker()).unwrap_or_default()
    }

    fn searched_for(&self) -> Option<Subject> {
        let has_hits = !self.search.found.is_empty();
        has_hits.then(|| Subject::Search(self.search.query.clone()))
    }

    /// The speaker the reader steps through, else the one whose quotations are listed.
    fn chosen_speaker(&self) -> Option<Subject> {
        let side = &self.screens.side;
        let shown = side.shown_speaker(&self.reading.reader);
        let speakers = [side.speaker.clone(), shown].into_iter().flatten();
        let mut names = speakers.filter_map(|who| match who {
            Who::Named(name) => Some(name),
            Who::Unknown => None,
        });
        names.next().map(Subject::Speaker)
    }

    /// Shows the next of speaker, country, search and folder.
    pub(crate) fn next_on_timeline(&mut self) {
        let side = &self.screens.side;
        let speaker = side.speaker.clone();
        let speaker = match speaker.or_else(|| side.shown_speaker(&self.reading.reader)) {
            Some(Who::Named(name)) => Some(Subject::Speaker(name)),
            Some(Who::Unknown) | None => None,
        };
        let first = || side.countries.first().map(|row| row.code);
        let country = side.country.or_else(first).map(Subject::Country);
        let all = [speaker, country, self.searched_for(), Some(Subject::Folder)];
        let all: Vec<Subject> = all.into_iter().flatten().collect();
        let current = &self.screens.timeline.subject;
        let next = match all.iter().position(|one| one == current) {
            Some(at) => (at + 1) % all.len(),
            None => 0,
        };
        self.show_on_timeline(all[next].clone());
    }
}
