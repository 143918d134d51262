//! Searching the folder: what is asked, where, what comes back, and opening it.

use std::collections::HashSet;
use std::sync::Arc;

use super::answers;
use super::effect::Effect;
use super::find::Wanted;
use super::hits::{Found, Hits, Progress, Shelf, Shelved};
use super::jumping::Jump;
use super::list::Selection;
use super::message::Notice;
use super::opening::Target;
use super::prompt::Purpose;
use super::{Model, Screen};
use crate::library::{ArticleId, Entry};

impl Model {
    /// Asks for what is typed; what was found before stays until the first answer, so that nothing flickers.
    pub(super) fn search_folder(&mut self, query: &str) {
        self.generation += 1;
        self.hits_generation = self.generation;
        if query.trim().is_empty() {
            let is_everywhere = self.hits.is_everywhere;
            self.hits = Hits {
                is_everywhere,
                ..Hits::default()
            };
            self.hits_are_stale = false;
            self.effects.push(Effect::StopSearch);
            return;
        }
        let case = answers::case(self.settings.search.case);
        let articles = self.shelf();
        query.clone_into(&mut self.hits.query);
        self.hits.opens_first = false;
        self.hits.is_searching = true;
        self.hits.progress = Progress {
            searched: (0, articles.len()),
            ..self.hits.progress
        };
        self.hits.warning = answers::FolderSearch::typing(query, case)
            .warning()
            .map(str::to_owned);
        self.hits_are_stale = true;
        self.effects.push(Effect::FindInFolder {
            generation: self.generation,
            query: query.to_owned(),
            articles,
        });
    }

    /// Whether words for a search in the folder are being typed.
    pub(super) fn searches_folder(&self) -> bool {
        let purpose = self.prompt.as_ref().map(|prompt| prompt.purpose);
        purpose == Some(Purpose::FindInFolder)
    }

    /// The articles of the folder with the scope of the search marked.
    pub(super) fn shelf(&mut self) -> Shelf {
        self.hits.scope = self.search_scope();
        if let Some(known) = &self.shelf {
            return Arc::clone(known);
        }
        let listed: Option<HashSet<ArticleId>> = (self.hits.scope.is_some()
            && !self.hits.is_everywhere)
            .then(|| self.groups.listed.iter().copied().collect());
        let is_inside = |id| listed.as_ref().is_none_or(|listed| listed.contains(&id));
        let shelved_at = |&id: &ArticleId| {
            let entry = self.library.entry(id)?;
            entry
                .problem
                .is_none()
                .then(|| shelved(id, &entry, is_inside(id)))
        };
        let all: Shelf = self.library.all().iter().filter_map(shelved_at).collect();
        self.shelf = Some(Arc::clone(&all));
        all
    }

    /// What narrows a search down beside its words: a saved search that is open, the filter of the contents.
    fn search_scope(&self) -> Option<String> {
        let filter = self.contents.filter.trim();
        match (&self.saved.open, filter.is_empty()) {
            (None, true) => None,
            (None, false) => Some(format!("the articles with “{filter}”")),
            (Some(name), true) => Some(format!("“{name}”")),
            (Some(name), false) => Some(format!("“{name}” with “{filter}”")),
        }
    }

    /// Searches the whole folder in spite of the scope, or the scope again.
    pub(super) fn toggle_search_scope(&mut self) {
        if self.search_scope().is_none() {
            self.say(Notice::info("the whole folder is searched"));
            return;
        }
        self.hits.is_everywhere = !self.hits.is_everywhere;
        self.shelf = None;
        let query = self.hits.query.clone();
        self.search_folder(&query);
    }

    /// Takes in hits of the search in the folder.
    pub(super) fn folder_found(&mut self, generation: u64, found: Vec<Found>, progress: Progress) {
        if generation != self.hits_generation {
            return;
        }
        if std::mem::take(&mut self.hits_are_stale) {
            self.hits.clear();
        }
        let most = self.settings.search.max_hits.get();
        self.hits.extend(found, most);
        self.hits.progress = progress;
        self.hits.is_searching = !progress.is_done;
        // The hits may come in parts, the first of them empty.
        if self.hits.opens_first && !self.hits.rows.is_empty() {
            self.open_hit();
        }
    }

    /// A search whose hits nobody sees is given up.
    pub(super) fn settle_search(&mut self) {
        let is_seen = self.screens.contains(&Screen::Hits) || self.hits.opens_first;
        if self.hits.is_searching && !is_seen {
            self.hits.is_searching = false;
            self.hits_are_stale = false;
            self.effects.push(Effect::StopSearch);
        }
    }

    /// Goes on or back by so many hits.
    pub(super) fn step_hits(&mut self, step: isize) {
        self.hits.selection.step(step, self.hits.rows.len());
        self.hits.skip_title(step);
    }

    /// Goes to the next or previous article that was found.
    pub(super) fn step_found(&mut self, step: isize) {
        for _ in 0..step.unsigned_abs().min(1000) {
            let row = self.hits.other_article(step);
            self.hits.selection = Selection {
                row,
                ..self.hits.selection
            };
        }
    }

    /// Opens the article of the selected hit at its place, with the query live.
    pub(super) fn open_hit(&mut self) {
        let Some((article, hit)) = self.hits.selected() else {
            return;
        };
        let span = hit.span;
        self.hits.opens_first = false;
        let query = self.hits.query.clone();
        self.prompt = None;
        self.screens.clear();
        self.focus = super::Focus::Text;
        self.remember_place();
        self.last_jump = Some(Jump::Match);
        if self.reader.article == Some(article) {
            self.reader.bring_into_view(span);
            self.look_for(Wanted::Query(query), span.start);
        } else {
            self.open(article, Target::Hit(span, query));
        }
    }
}

fn shelved(id: ArticleId, entry: &Entry, is_inside: bool) -> Shelved {
    let survey = entry.survey.as_ref();
    Shelved {
        id,
        location: entry.location.clone(),
        path: entry.path.clone(),
        published: survey.and_then(|survey| Some(survey.published?.when)),
        is_inside,
    }
}
