//! Screens at work: which one gets a key, and how the model carries out what a screen asks for.

use super::Model;
use super::protocol::notice::Notice;
use super::reading::direction::StepDirection;
use super::reading::target::{Jump, Target};
use super::screens::list_screen::{ListScreen, Request, Selected, Stepping};
use crate::config::{Action, Screen};
use crate::library::ArticleId;

impl Model {
    /// What the selected row of the screen that takes the keys is.
    #[must_use]
    pub fn selected(&self) -> Selected {
        match self.screens.get(self.window.screen()) {
            Some(screen) => screen.selected(self.surroundings()),
            None => Selected::Nothing,
        }
    }

    /// The article to act on: that of the selected row, or the open one.
    pub(super) fn selected_article(&self) -> Option<ArticleId> {
        let list = self.screens.get(self.window.screen());
        match self.selected() {
            Selected::Article(id) => Some(id),
            _ if list.is_some_and(ListScreen::lists_articles) => None,
            _ => self.reading.reader.article,
        }
    }

    /// Lets the screen that takes the keys carry out an action in its own way; returns whether it did.
    pub(super) fn perform_on_screen(&mut self, action: Action, count: Option<u32>) -> bool {
        let name = self.window.screen();
        let (screens, at) = self.parts();
        let requests = screens
            .get_mut(name)
            .and_then(|screen| screen.perform(action, count, at));
        let is_done = requests.is_some();
        self.carry_out(requests.unwrap_or_default());
        is_done
    }

    /// Does what Enter does on the selected row.
    pub(super) fn open_selected(&mut self) {
        let name = self.window.screen();
        let (screens, at) = self.parts();
        let requests = screens.get_mut(name).map(|screen| screen.open(at));
        self.carry_out(requests.unwrap_or_default());
    }

    /// Filters the screen that takes the keys.
    pub(super) fn set_filter(&mut self, filter: &str) {
        let name = self.window.screen();
        let (screens, at) = self.parts();
        let requests = screens
            .get_mut(name)
            .map(|screen| screen.set_filter(filter, at));
        self.carry_out(requests.unwrap_or_default());
    }

    /// The filter of the screen that takes the keys, if it can be filtered.
    pub(super) fn filter(&self) -> Option<&str> {
        self.screens.get(self.window.screen())?.filter()
    }

    /// Works the rows of a screen out again, if it is open.
    pub(super) fn refresh_screen(&mut self, name: Screen) {
        let is_open = name == Screen::Contents || self.window.is_covered_by(name);
        let (screens, at) = self.parts();
        if let Some(screen) = screens.get_mut(name).filter(|_| is_open) {
            screen.refresh(at);
        }
    }

    /// Works all lists over the folder out again.
    pub(super) fn refresh_lists(&mut self) {
        self.search.scopes.folder_changed(&self.folder.library);
        self.screens.saved.may_differ();
        for name in Screen::ALL {
            self.refresh_screen(name);
        }
    }

    /// Brings the selection of every screen into view.
    pub(super) fn settle_screens(&mut self) {
        let (screens, at) = self.parts();
        for name in Screen::ALL {
            if let Some(screen) = screens.get_mut(name) {
                screen.settle(at);
            }
        }
    }

    /// The topmost open screen that can work something out.
    pub(super) fn screen_with_work(&self) -> Option<Screen> {
        let mut open = self.window.covers.iter().rev().copied();
        open.find(|name| match self.screens.get(*name) {
            Some(screen) => screen.has_work(),
            None => false,
        })
    }

    /// Carries out what a screen asks for.
    pub(super) fn carry_out(&mut self, requests: Vec<Request>) {
        for request in requests {
            self.carry_out_one(request);
        }
    }

    fn carry_out_one(&mut self, request: Request) {
        match request {
            Request::Notify(notice) => self.outbox.notify(notice),
            Request::Send(effect) => self.outbox.send(effect),
            Request::RefreshFolder => self.folder.is_stale = true,
            Request::ShowText => self.window.covers.clear(),
            Request::Run(action) => {
                self.window.covers.pop();
                self.perform(action, None, None);
            }
            Request::Visit(id) => {
                self.window.show_text();
                self.go_to_article(id);
            }
            Request::Open(id, target) => self.open_from_list(id, target),
            Request::OpenFor(id, target, stepping) => self.open_for(id, target, stepping),
            Request::ChooseSpeaker(who) => {
                self.window.close(Screen::Side);
                self.choose_speaker(&who);
            }
            Request::ChooseCountry(code) => {
                self.window.close(Screen::Side);
                self.choose_country(code);
            }
            Request::GoToQuotation(index) => {
                self.window.close(Screen::Side);
                self.select_quotation(index);
                self.reading.last_jump = Some(Jump::Speaker);
            }
            Request::OpenQuotation(id, who) => {
                self.window.close(Screen::Side);
                self.screens.side.speaker = Some(who.clone());
                self.reading.remember_place();
                self.open(id, Target::Quotation(who, StepDirection::Forward));
            }
            Request::ListQuotations(name) => {
                let list = &mut self.screens.speaker_quotes;
                list.ask(&name, &self.folder.library, &mut self.outbox);
                self.window.cover(Screen::SpeakerQuotes);
            }
            Request::OpenHit => self.open_hit(),
            Request::CountHits => self.count_hits(),
            Request::NextTimeline => self.next_on_timeline(),
            Request::OpenSavedSearch(Some(name)) => self.open_search(&name),
            Request::OpenSavedSearch(None) => {
                self.window.covers.clear();
                self.leave_search();
            }
            Request::ChooseCorrection => self.choose_correction(),
        }
    }

    fn open_from_list(&mut self, id: ArticleId, target: Target) {
        self.window.show_text();
        self.reading.remember_place();
        self.open(id, target);
    }

    /// Opens an article at a place; the jump keys go on from there.
    fn open_for(&mut self, id: ArticleId, target: Target, stepping: Stepping) {
        self.reading.last_jump = Some(match stepping {
            Stepping::Speaker(who) => {
                self.screens.side.speaker = Some(who);
                Jump::Speaker
            }
            Stepping::Country(code) => {
                self.screens.side.country = Some(code);
                Jump::Country
            }
            Stepping::Matches => Jump::Match,
        });
        let reader = &self.reading.reader;
        let open_here = match &target {
            Target::At(span) if reader.article == Some(id) => {
                let mut quotations = reader.quotations().iter();
                quotations.position(|quotation| quotation.span == *span)
            }
            _ => None,
        };
        let Some(index) = open_here else {
            self.open_from_list(id, target);
            return;
        };
        self.window.show_text();
        self.reading.remember_place();
        self.select_quotation(index);
    }

    /// Takes in which articles may contain the words of the current quotation.
    pub(super) fn traced(&mut self, generation: u64, articles: Vec<ArticleId>) {
        let (echoes, library) = (&mut self.screens.echoes, &self.folder.library);
        let has_none = echoes.compare(generation, articles, library, &mut self.outbox);
        if has_none {
            self.compared(generation, Vec::new());
        }
    }

    /// Takes in the articles with the words of the current quotation.
    pub(super) fn compared(&mut self, generation: u64, found: Vec<super::protocol::answers::Echo>) {
        let echoes = &mut self.screens.echoes;
        let is_current = echoes.take(generation, found, &self.folder.library);
        let shows = self.window.screen() == Screen::Echoes;
        if is_current && shows && self.screens.echoes.found.is_empty() {
            self.window.covers.pop();
            self.notify_no_echo();
        }
    }

    /// Lists the articles with the words of the current quotation, or closes the list.
    pub(super) fn toggle_echoes(&mut self) {
        let echoes = &self.screens.echoes;
        if self.window.screen() == Screen::Echoes {
            self.window.covers.pop();
        } else if self.reading.reader.current_quotation().is_none() {
            let text = "no quotation here; \" goes to the next one";
            self.outbox.notify(Notice::info(text));
        } else if echoes.found.is_empty() && !echoes.is_searching {
            self.notify_no_echo();
        } else {
            self.window.close(Screen::Side);
            self.window.covers.push(Screen::Echoes);
        }
    }

    fn notify_no_echo(&mut self) {
        let text = format!("no other article has these words{}", self.folder.so_far());
        self.outbox.notify(Notice::info(text));
    }
}
