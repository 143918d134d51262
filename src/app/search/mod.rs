//! Searching the folder: what is asked, where, what comes back, and opening it.

pub mod hits;
pub mod saved;
pub(super) mod shelf;

use super::command::prompt::Purpose;
use super::lists::selection::ListSelection;
use super::protocol::compute;
use super::protocol::effect::Effect;
use super::{Model, Screen};
use crate::app::protocol::answers::{ArticleHits, Certainty, Counts, SearchProgress};
use crate::app::protocol::notice::Notice;
use crate::app::protocol::questions::FindQuery;
use crate::app::reading::target::{Jump, Target};
use hits::HitList;

impl Model {
    /// Asks for what is typed; what was found before stays until the first answer, so that nothing flickers.
    pub(super) fn search_folder(&mut self, query: &str) {
        self.generation += 1;
        self.hits_generation = self.generation;
        if query.trim().is_empty() {
            let is_everywhere = self.hits.is_everywhere;
            self.hits = HitList {
                is_everywhere,
                ..HitList::default()
            };
            self.hits_are_stale = false;
            self.effects.push(Effect::StopSearch);
            self.prepare_search();
            return;
        }
        let case = compute::case(self.settings.search.case);
        let articles = self.shelf();
        query.clone_into(&mut self.hits.query);
        self.hits.opens_first = false;
        self.hits.is_searching = true;
        self.hits_are_only_counted = false;
        self.hits.progress = SearchProgress {
            searched: (0, articles.len()),
            sure: Certainty::Nothing,
            ..self.hits.progress
        };
        self.hits.warning = compute::FolderSearch::typing(query, case)
            .warning()
            .map(str::to_owned);
        self.hits_are_stale = true;
        self.effects.push(Effect::FindInFolder {
            generation: self.generation,
            query: query.to_owned(),
            articles,
            screenful: self.hits_height(),
        });
    }

    /// Has made ready what a search needs, so that the first letter need not wait for it.
    pub(super) fn prepare_search(&mut self) {
        let articles = self.shelf();
        self.effects.push(Effect::PrepareSearch(articles));
    }

    /// How many lines of hits show.
    pub(super) fn hits_height(&self) -> usize {
        let (list, _) = HitList::areas(super::window::geometry::list_area(&self.regions));
        let footer = u16::from(self.hits.has_footer());
        usize::from(list.height.saturating_sub(footer))
    }

    /// Counts all hits of the search that shows, if that was given up before it had counted them.
    pub(super) fn count_hits(&mut self) {
        if self.hits.is_searching || self.hits.progress.sure == Certainty::All {
            return;
        }
        self.generation += 1;
        self.hits_generation = self.generation;
        self.hits.is_searching = true;
        self.hits_are_only_counted = true;
        let articles = self.shelf();
        self.effects.push(Effect::FindInFolder {
            generation: self.generation,
            query: self.hits.query.clone(),
            articles,
            screenful: 0,
        });
    }

    /// Whether words for a search in the folder are being typed.
    pub(super) fn searches_folder(&self) -> bool {
        let purpose = self.prompt.as_ref().map(|prompt| prompt.purpose);
        purpose == Some(Purpose::FindInFolder)
    }

    /// What narrows a search down beside its words: a saved search that is open, the filter of the contents.
    pub(super) fn search_scope(&self) -> Option<String> {
        let filter = self.contents.filter.trim();
        match (&self.saved.open, filter.is_empty()) {
            (None, true) => None,
            (None, false) => Some(format!("articles matching “{filter}”")),
            (Some(name), true) => Some(format!("“{name}”")),
            (Some(name), false) => Some(format!("“{name}”, matching “{filter}”")),
        }
    }

    /// Searches the whole folder in spite of the scope, or the scope again.
    pub(super) fn toggle_search_scope(&mut self) {
        if self.search_scope().is_none() {
            self.say(Notice::info("searching the whole folder"));
            return;
        }
        self.hits.is_everywhere = !self.hits.is_everywhere;
        self.shelf_may_differ();
        let query = self.hits.query.clone();
        self.search_folder(&query);
    }

    /// Takes in hits of the search in the folder.
    pub(super) fn folder_found(
        &mut self,
        generation: u64,
        found: Vec<ArticleHits>,
        (progress, counts): (SearchProgress, Option<Counts>),
    ) {
        if generation != self.hits_generation {
            return;
        }
        if self.hits_are_only_counted && counts.is_none() {
            return;
        }
        if std::mem::take(&mut self.hits_are_stale) {
            self.hits.clear();
        }
        if !self.hits_are_only_counted {
            let most = self.settings.search.max_hits.get();
            self.hits.extend(found, most);
        }
        self.hits.progress = progress;
        self.hits.is_searching = !progress.is_done;
        if counts.is_some() {
            self.hits.counts = counts;
            self.refresh_what_counts_hits();
        }
        // The hits may come in parts, the first of them empty.
        if self.hits.opens_first && !self.hits.rows.is_empty() {
            self.open_hit();
        }
    }

    /// A search whose hits nobody sees is given up.
    pub(super) fn settle_search(&mut self) {
        let is_listed = self.screens.contains(&Screen::Hits) || self.hits.opens_first;
        let is_seen = is_listed || self.counts_hits();
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
            self.hits.selection = ListSelection {
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
            self.look_for(FindQuery::Query(query), span.start);
        } else {
            self.open(article, Target::Hit(span, query));
        }
    }
}
