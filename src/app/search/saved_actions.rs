//! Saving, opening and forgetting searches.

use std::collections::HashSet;

use crate::app::Model;
use crate::app::command::matching::quoted;
use crate::app::command::prompt::Purpose;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::protocol::questions::FindQuery;
use crate::app::reading::who::Who;
use crate::app::screens::list_screen::Selected;
use crate::config::Screen;
use crate::library::ArticleId;

fn no_such_search(name: &str) -> String {
    if name.is_empty() {
        "Which saved search? V lists them".to_owned()
    } else {
        format!("no saved search “{name}”; V lists them")
    }
}

impl Model {
    /// Shows the saved searches, or closes them.
    pub(crate) fn toggle_saved(&mut self) {
        self.toggle_screen(Screen::Saved);
        if self.window.top() == Some(Screen::Saved) {
            self.refresh_screen(Screen::Saved);
            self.screens.saved.list.select(&self.folder.narrowed_to);
            self.screens.saved.is_stale = true;
        }
    }

    /// Looks up the saved searches that show, once the folder is known.
    pub(crate) fn settle_saved(&mut self) {
        let shows = self.window.top() == Some(Screen::Saved);
        let saved = &mut self.screens.saved;
        let queries = saved.take_unknown(&self.state, &self.folder, shows);
        if queries.is_empty() {
            return;
        }
        let generation = self.outbox.next_generation();
        self.screens.saved.generation = generation;
        let articles = self.search_scope();
        self.outbox.send(Effect::LookUp {
            generation,
            queries,
            articles,
        });
    }

    /// Takes in which articles answer saved searches.
    pub(crate) fn looked_up(&mut self, generation: u64, found: Vec<(String, Vec<ArticleId>)>) {
        if generation != self.screens.saved.generation {
            return;
        }
        for (name, articles) in found {
            let is_open = self.folder.narrowed_to.as_ref() == Some(&name);
            let news = self.screens.saved.set_members(name, articles);
            if let Some(articles) = news.filter(|_| is_open) {
                self.narrow(Some(articles));
                self.screens.saved.is_stale = false;
            }
        }
    }

    fn narrow(&mut self, articles: Option<HashSet<ArticleId>>) {
        self.folder.library.narrow(articles);
        self.search.scopes.invalidate();
        self.refresh_lists();
        self.screens.side.is_stale = true;
    }

    /// Reads the articles of a saved search only.
    pub(crate) fn open_search(&mut self, name: &str) {
        if !self.state.saved.contains_key(name) {
            self.outbox.notify(Notice::problem(no_such_search(name)));
            return;
        }
        self.folder.narrowed_to = Some(name.to_owned());
        let known = self.screens.saved.members(name).cloned();
        self.screens.saved.is_stale |= known.is_none();
        self.screens.contents.list.filter.clear();
        self.window.covers = vec![Screen::Contents];
        self.narrow(Some(known.unwrap_or_default()));
        let text = format!("showing only “{name}”; Esc in the text shows the whole folder");
        self.outbox.notify(Notice::info(text));
    }

    /// Reads the whole folder again; returns whether it was narrowed to a saved search.
    pub(crate) fn leave_search(&mut self) -> bool {
        let Some(name) = self.folder.narrowed_to.take() else {
            return false;
        };
        self.narrow(None);
        let text = format!("showing the whole folder; V reopens “{name}”");
        self.outbox.notify(Notice::info(text));
        true
    }

    /// Asks for a name to save the current search under.
    pub(crate) fn ask_to_save_search(&mut self) {
        match self.current_search() {
            Some((name, _)) => {
                let line = format!("save-query {name}");
                self.ask(Purpose::Command, &line);
            }
            None => self.notify_nothing_to_save(),
        }
    }

    /// Saves the current search, or a search for the selected speaker.
    pub(crate) fn save_search(&mut self, name: &str) {
        let Some((own, query)) = self.current_search() else {
            self.notify_nothing_to_save();
            return;
        };
        let name = if name.is_empty() {
            own
        } else {
            name.to_owned()
        };
        let text = format!("saved as “{name}”: {query}; V lists saved searches");
        self.outbox.notify(Notice::info(text));
        self.screens.saved.forget_members(&name);
        self.state.saved.insert(name, query);
        self.saved_changed();
    }

    fn notify_nothing_to_save(&mut self) {
        let text = "nothing to save; search the folder with \\ or select a speaker first";
        self.outbox.notify(Notice::info(text));
    }

    /// Deletes a saved search.
    pub(crate) fn forget_search(&mut self, name: &str) {
        let Some(query) = self.state.saved.remove(name) else {
            self.outbox.notify(Notice::problem(no_such_search(name)));
            return;
        };
        if self.folder.narrowed_to.as_deref() == Some(name) {
            self.leave_search();
        }
        let text = format!("deleted “{name}”: {query}");
        self.outbox.notify(Notice::info(text));
        self.saved_changed();
    }

    fn saved_changed(&mut self) {
        self.refresh_screen(Screen::Saved);
        self.screens.saved.is_stale = true;
        self.save();
    }

    /// A name and the query for what the reader is looking for.
    fn current_search(&self) -> Option<(String, String)> {
        let of_speaker = |name: &str| (name.to_owned(), format!("speaker:{}", quoted(name)));
        let find = self.reading.reader.find.as_ref();
        let is_in_hits = self.window.screen() == Screen::Hits
            || find.is_some_and(|find| matches!(find.wanted, FindQuery::Query(_)));
        let selected = match (self.selected(), &self.screens.side.speaker) {
            (Selected::Person(name), _) => Some(of_speaker(&name)),
            (_, Some(Who::Named(name))) if !is_in_hits => Some(of_speaker(name)),
            _ => None,
        };
        let query = self.search.query.trim();
        selected.or_else(|| (!query.is_empty()).then(|| (query.to_owned(), query.to_owned())))
    }
}
