//! Searching the folder: asking, taking in what is found, opening a hit.

use super::hits::HitList;
use crate::app::Model;
use crate::app::command::prompt::Purpose;
use crate::app::protocol::answers::{ArticleHits, Certainty, Counts, SearchProgress};
use crate::app::protocol::compute;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::protocol::questions::FindQuery;
use crate::app::reading::target::{Jump, Target};
use crate::config::Screen;
use crate::library::SearchScope;

impl Model {
    /// Searches for what is typed. The hits of the query before stay until the first answer, so that nothing flickers.
    pub(crate) fn search_folder(&mut self, query: &str) {
        let generation = self.outbox.next_generation();
        self.search.generation = generation;
        if query.trim().is_empty() {
            self.search.reset();
            self.screens.hits.clear();
            self.outbox.send(Effect::StopSearch);
            self.prepare_search();
            return;
        }
        let case = compute::case(self.settings.search.case);
        let articles = self.search_scope();
        let search = &mut self.search;
        query.clone_into(&mut search.query);
        search.opens_first = false;
        search.is_searching = true;
        search.is_only_counted = false;
        search.progress = SearchProgress {
            searched: (0, articles.len()),
            sure: Certainty::Nothing,
            ..search.progress
        };
        search.warning = compute::FolderSearch::typing(query, case)
            .warning()
            .map(str::to_owned);
        search.is_stale = true;
        let screenful = HitList::n_visible(self.window.list_area(), search);
        self.outbox.send(Effect::FindInFolder {
            generation,
            query: query.to_owned(),
            articles,
            screenful,
        });
    }

    /// Has the shell prepare for a search, so that the first letter need not wait for that.
    pub(crate) fn prepare_search(&mut self) {
        let articles = self.search_scope();
        self.outbox.send(Effect::PrepareSearch(articles));
    }

    /// Counts all hits of the search that shows, if it was stopped before it had counted them.
    pub(crate) fn count_hits(&mut self) {
        if self.search.is_searching || self.search.is_counted() {
            return;
        }
        let generation = self.outbox.next_generation();
        self.search.generation = generation;
        self.search.is_searching = true;
        self.search.is_only_counted = true;
        let articles = self.search_scope();
        self.outbox.send(Effect::FindInFolder {
            generation,
            query: self.search.query.clone(),
            articles,
            screenful: 0,
        });
    }

    /// Where a search looks.
    pub(crate) fn search_scope(&mut self) -> SearchScope {
        self.search.scope = self.scope_in_words();
        let is_narrow = self.search.scope.is_some() && !self.search.is_everywhere;
        let listed = is_narrow.then_some(&*self.screens.contents.groups.listed);
        self.search.scopes.get(&self.folder.library, listed)
    }

    /// What narrows a search down beside its words: an open saved search, the filter of the list of articles.
    fn scope_in_words(&self) -> Option<String> {
        let filter = self.screens.contents.list.filter.trim();
        match (&self.folder.narrowed_to, filter.is_empty()) {
            (None, true) => None,
            (None, false) => Some(format!("articles matching “{filter}”")),
            (Some(name), true) => Some(format!("“{name}”")),
            (Some(name), false) => Some(format!("“{name}”, matching “{filter}”")),
        }
    }

    /// Searches the whole folder in spite of the scope, or the scope again.
    pub(crate) fn toggle_search_scope(&mut self) {
        if self.scope_in_words().is_none() {
            let notice = Notice::info("searching the whole folder");
            self.outbox.notify(notice);
            return;
        }
        self.search.is_everywhere = !self.search.is_everywhere;
        self.search.scopes.invalidate();
        let query = self.search.query.clone();
        self.search_folder(&query);
    }

    /// Takes in hits.
    pub(crate) fn folder_found(
        &mut self,
        generation: u64,
        found: Vec<ArticleHits>,
        (progress, counts): (SearchProgress, Option<Counts>),
    ) {
        let (search, list) = (&mut self.search, &mut self.screens.hits);
        if generation != search.generation || search.is_only_counted && counts.is_none() {
            return;
        }
        if std::mem::take(&mut search.is_stale) {
            search.found.clear();
            search.counts = None;
            list.clear();
        }
        if !search.is_only_counted {
            let max_rows = self.settings.search.max_hits.get();
            list.extend(&mut search.found, found, max_rows);
        }
        search.progress = progress;
        search.is_searching = !progress.is_done;
        if counts.is_some() {
            search.counts = counts;
            self.refresh_what_counts_hits();
        }
        // Hits may arrive in parts, the first of them empty.
        if self.search.opens_first && !self.screens.hits.rows.is_empty() {
            self.open_hit();
        }
    }

    /// Whether a screen shows the number of all hits.
    fn counts_hits(&self) -> bool {
        let on_timeline = self.window.is_covered_by(Screen::Timeline)
            && self.screens.timeline.subject.is_search();
        let on_map = self.window.is_covered_by(Screen::World) && self.screens.world.counts_hits();
        on_timeline || on_map
    }

    fn refresh_what_counts_hits(&mut self) {
        if self.counts_hits() {
            self.refresh_screen(Screen::Timeline);
            self.refresh_screen(Screen::World);
        }
    }

    /// Stops a search whose hits nobody sees.
    pub(crate) fn settle_search(&mut self) {
        let is_listed = self.window.is_covered_by(Screen::Hits) || self.search.opens_first;
        let is_seen = is_listed || self.counts_hits();
        if self.search.is_searching && !is_seen {
            self.search.is_searching = false;
            self.search.is_stale = false;
            self.outbox.send(Effect::StopSearch);
        }
    }

    /// The line being typed is complete: opens the selected hit, or the first as soon as there is one.
    pub(crate) fn search_typed(&mut self) {
        if self.search.query.is_empty() {
            self.window.close(Screen::Hits);
        } else if self.search.is_stale || self.screens.hits.rows.is_empty() {
            // What shows answers an earlier query, or nothing shows yet.
            self.search.opens_first = self.search.is_searching && !self.is_read_aloud();
        } else if !self.is_read_aloud() {
            self.open_hit();
        }
    }

    /// Whether a query for the folder is being typed.
    pub(crate) fn is_typing_search(&self) -> bool {
        self.input.purpose() == Some(Purpose::FindInFolder)
    }

    /// Opens the article of the selected hit at its place, with its matches marked.
    pub(crate) fn open_hit(&mut self) {
        let Some((article, hit)) = self.screens.hits.selected_hit(&self.search) else {
            return;
        };
        let span = hit.span;
        self.search.opens_first = false;
        let query = self.search.query.clone();
        self.input.prompt = None;
        self.window.show_text();
        self.reading.remember_place();
        self.reading.last_jump = Some(Jump::Match);
        if self.reading.reader.article == Some(article) {
            self.reading.reader.bring_into_view(span);
            self.look_for(FindQuery::Query(query), span.start);
        } else {
            self.open(article, Target::Hit(span, query));
        }
    }
}
