//! Saved searches: the articles that answer a query, read through as if they lay in a folder of their own.

use std::collections::{BTreeMap, HashSet};

use crate::app::command::matching::quoted;
use crate::app::lists::{FilteredList, passes};
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::protocol::questions::FindQuery;
use crate::app::reading::who::Who;
use crate::app::{Model, Screen};
use crate::config::Context;
use crate::library::ArticleId;

/// What is known of the saved searches; their names and queries are in the state.
#[derive(Debug, Default)]
pub struct SavedSearches {
    /// The names that pass the filter; the first row is the whole folder.
    pub list: FilteredList<Option<String>>,
    /// The one whose articles alone are read through.
    pub open: Option<String>,
    /// Which articles answer, as far as that was looked up.
    members: BTreeMap<String, HashSet<ArticleId>>,
    /// Number of the newest question.
    generation: u64,
    /// The folder or the searches changed since they were looked up.
    is_stale: bool,
}

impl SavedSearches {
    /// The articles of a saved search; nothing until they were looked up.
    #[must_use]
    pub fn members(&self, name: &str) -> Option<&HashSet<ArticleId>> {
        self.members.get(name)
    }
}

fn no_such_search(name: &str) -> String {
    if name.is_empty() {
        "Which saved search? V lists them".to_owned()
    } else {
        format!("no saved search “{name}”; V lists them")
    }
}

impl Model {
    /// Shows the saved searches, or hides them.
    pub(crate) fn toggle_saved(&mut self) {
        self.toggle_screen(Screen::Saved);
        if self.screens.last() == Some(&Screen::Saved) {
            self.refresh_saved();
            let open = self.saved.open.clone();
            self.saved.list.select(&open);
            self.saved.is_stale = true;
        }
    }

    pub(crate) fn refresh_saved(&mut self) {
        let filter = &self.saved.list.filter;
        let searches = self.state.saved.iter();
        let passing = searches.filter(|(name, query)| passes(filter, &format!("{name} {query}")));
        let names = passing.map(|(name, _)| Some(name.clone()));
        let rows = std::iter::once(None).chain(names).collect();
        self.saved.list.set_rows(rows);
    }

    /// What was looked up may no longer be so.
    pub(crate) fn saved_may_differ(&mut self) {
        self.saved.is_stale = true;
    }

    /// Looks up the saved searches that show once the folder is known.
    pub(crate) fn settle_saved(&mut self) {
        let shows = self.screens.last() == Some(&Screen::Saved);
        let is_known = self.scan.is_done && self.library.n_surveyed() >= self.library.all().len();
        let is_needed = shows || (self.saved.open.is_some() && is_known);
        if !is_needed || !std::mem::take(&mut self.saved.is_stale) {
            return;
        }
        let open = self.saved.open.as_ref();
        let wanted = |name: &&String| shows || open == Some(*name);
        let names = self.state.saved.keys().filter(wanted);
        let queries: Vec<(String, String)> = names
            .filter_map(|name| Some((name.clone(), self.state.saved.get(name)?.clone())))
            .collect();
        if queries.is_empty() {
            return;
        }
        self.generation += 1;
        self.saved.generation = self.generation;
        let articles = self.shelf();
        self.effects.push(Effect::LookUp {
            generation: self.generation,
            queries,
            articles,
        });
    }

    /// Takes in which articles answer saved searches.
    pub(crate) fn looked_up(&mut self, generation: u64, found: Vec<(String, Vec<ArticleId>)>) {
        if generation != self.saved.generation {
            return;
        }
        for (name, articles) in found {
            let articles: HashSet<ArticleId> = articles.into_iter().collect();
            if self.saved.open.as_ref() == Some(&name)
                && self.saved.members(&name) != Some(&articles)
            {
                self.narrow(Some(articles.clone()));
                self.saved.is_stale = false;
            }
            self.saved.members.insert(name, articles);
        }
    }

    fn narrow(&mut self, articles: Option<HashSet<ArticleId>>) {
        self.library.narrow(articles);
        self.shelf_may_differ();
        self.refresh_lists();
        self.side_is_stale = true;
    }

    /// Reads through the selected search only, or through the whole folder.
    pub(crate) fn open_saved(&mut self) {
        match self.saved.list.selected().cloned() {
            Some(Some(name)) => self.open_search(&name),
            Some(None) => {
                self.screens.clear();
                self.leave_search();
            }
            None => {}
        }
    }

    /// Reads through the articles of a saved search only.
    pub(crate) fn open_search(&mut self, name: &str) {
        if !self.state.saved.contains_key(name) {
            self.say(Notice::problem(no_such_search(name)));
            return;
        }
        self.saved.open = Some(name.to_owned());
        let known = self.saved.members(name).cloned();
        self.saved.is_stale |= known.is_none();
        self.contents.filter.clear();
        self.screens.clear();
        self.screens.push(Screen::Contents);
        self.narrow(Some(known.unwrap_or_default()));
        self.say(Notice::info(format!(
            "showing only “{name}”; Esc in the text shows the whole folder"
        )));
    }

    /// Reads through the whole folder again; whether it was narrowed.
    pub(crate) fn leave_search(&mut self) -> bool {
        let Some(name) = self.saved.open.take() else {
            return false;
        };
        self.narrow(None);
        self.say(Notice::info(format!(
            "showing the whole folder; V reopens “{name}”"
        )));
        true
    }

    /// Asks for the name under which the search at hand is saved.
    pub(crate) fn ask_to_save_search(&mut self) {
        match self.search_at_hand() {
            Some((name, _)) => {
                let line = format!("save-query {name}");
                self.ask(crate::app::command::prompt::Purpose::Command, &line);
            }
            None => self.say_nothing_to_save(),
        }
    }

    /// Saves the search at hand, or the selected speaker.
    pub(crate) fn save_search(&mut self, name: &str) {
        let Some((own, query)) = self.search_at_hand() else {
            self.say_nothing_to_save();
            return;
        };
        let name = if name.is_empty() {
            own
        } else {
            name.to_owned()
        };
        self.say(Notice::info(format!(
            "saved as “{name}”: {query}; V lists saved searches"
        )));
        self.saved.members.remove(&name);
        self.state.saved.insert(name, query);
        self.saved_changed();
    }

    fn say_nothing_to_save(&mut self) {
        let text = "nothing to save; search the folder with \\ or select a speaker first";
        self.say(Notice::info(text));
    }

    /// Takes a search from those that are saved.
    pub(crate) fn forget_search(&mut self, name: &str) {
        let Some(query) = self.state.saved.remove(name) else {
            self.say(Notice::problem(no_such_search(name)));
            return;
        };
        if self.saved.open.as_deref() == Some(name) {
            self.leave_search();
        }
        self.say(Notice::info(format!("deleted “{name}”: {query}")));
        self.saved_changed();
    }

    fn saved_changed(&mut self) {
        self.refresh_saved();
        self.saved.is_stale = true;
        self.save();
    }

    /// A name and the query for what the reader is looking for.
    fn search_at_hand(&self) -> Option<(String, String)> {
        let speaker = |name: &str| (name.to_owned(), format!("speaker:{}", quoted(name)));
        let selected = match self.context() {
            Context::Finder => None,
            Context::People => self.people.selected().map(|name| speaker(name)),
            _ => match &self.reader.find {
                Some(find) if matches!(find.wanted, FindQuery::Query(_)) => None,
                _ => match &self.side.speaker {
                    Some(Who::Named(name)) => Some(speaker(name)),
                    _ => None,
                },
            },
        };
        let query = self.hits.query.trim();
        selected.or_else(|| (!query.is_empty()).then(|| (query.to_owned(), query.to_owned())))
    }
}
