//! Searching: in the open article as you type, in the folder, in a list.

use std::sync::Arc;

use super::direction::StepDirection;
use super::find::Find;
use super::jump_list::Spot;
use super::target::Jump;
use crate::app::Model;
use crate::app::command::prompt::{Prompt, Purpose};
use crate::app::protocol::notice::Notice;
use crate::app::protocol::questions::FindQuery;
use crate::config::{Action, Screen};
use crate::text::Span;
use crate::text::fold::Folded;

/// How many earlier searches are kept.
const MAX_SEARCHES: usize = 200;
/// How many matches one key press steps over at most.
const MAX_STEPS: u32 = 1000;

impl Model {
    pub(crate) fn perform_finding(&mut self, action: Action, count: u32) {
        match action {
            Action::Find => match self.window.screen() {
                Screen::Reader => {
                    let from = self.reading.reader.anchor;
                    self.ask(Purpose::Find { from }, "");
                }
                Screen::Contents | Screen::Hits => self.ask(Purpose::FindInFolder, ""),
                _ => self.ask(Purpose::Filter, ""),
            },
            Action::FindInFolder => self.ask(Purpose::FindInFolder, ""),
            Action::SavedSearches => self.toggle_saved(),
            Action::SaveSearch => self.ask_to_save_search(),
            Action::Filter => {
                let filter = self.filter().unwrap_or_default().to_owned();
                self.ask(Purpose::Filter, &filter);
            }
            Action::NextMatch => self.step_matches(StepDirection::Forward, count),
            Action::PreviousMatch => self.step_matches(StepDirection::Backward, count),
            _ => {}
        }
    }

    /// Opens the prompt.
    pub(crate) fn ask(&mut self, purpose: Purpose, text: &str) {
        if purpose == Purpose::FindInFolder {
            if self.window.top() != Some(Screen::Hits) {
                self.window.covers.push(Screen::Hits);
            }
            self.prepare_search();
        }
        self.input.prompt = Some(Prompt::with(purpose, text));
    }

    fn step_matches(&mut self, direction: StepDirection, count: u32) {
        let has_query = match &self.reading.reader.find {
            Some(find) => !find.wanted.text().is_empty(),
            None => false,
        };
        if !has_query {
            self.step_unread(direction);
            return;
        }
        for _ in 0..count.clamp(1, MAX_STEPS) {
            self.jump(Jump::Match, direction);
        }
    }

    /// Goes to the next match.
    pub(crate) fn step_match(&mut self, direction: StepDirection) -> bool {
        let page = self.reading.page();
        let here = self.reading.here();
        let Some(find) = &mut self.reading.reader.find else {
            self.outbox
                .notify(Notice::info("no search yet; / searches the article"));
            return false;
        };
        let wrapped = find.step(direction, page);
        let (span, query) = (find.current_span(), find.wanted.text().to_owned());
        if let (Some(wrapped), Some(span)) = (wrapped, span) {
            if let Some(here) = here {
                self.reading.jumps.push(here);
            }
            self.reading.reader.bring_into_view(span);
            if wrapped {
                let text = match direction {
                    StepDirection::Forward => "search wrapped to the top",
                    StepDirection::Backward => "search wrapped to the end",
                };
                self.outbox.notify(Notice::info(text));
            }
            self.screens.side.is_stale = true;
            true
        } else {
            self.outbox.notify(Notice::info(format!(
                "“{query}” is not in this article; \\ searches the folder"
            )));
            false
        }
    }

    /// What is typed is another text now.
    pub(crate) fn prompt_changed(&mut self) {
        let Some(prompt) = &self.input.prompt else {
            return;
        };
        let text = prompt.text().to_owned();
        match prompt.purpose {
            Purpose::Find { from } => {
                self.look_for(FindQuery::Words(text.clone()), from);
                if text.is_empty() {
                    self.reading.reader.put_at_top(from);
                }
            }
            Purpose::FindInFolder => self.search_folder(&text),
            Purpose::Filter => self.set_filter(&text),
            Purpose::Correct(_) => self.list_candidates(),
            Purpose::Command | Purpose::Pipe | Purpose::Save => {}
        }
    }

    /// What is typed is complete.
    pub(crate) fn prompt_done(&mut self) {
        let Some(prompt) = self.input.prompt.take() else {
            return;
        };
        let text = prompt.text().to_owned();
        match prompt.purpose {
            Purpose::Find { from } => self.found_enough(&text, from),
            Purpose::FindInFolder => {
                self.keep_search(&text);
                self.search_typed();
            }
            Purpose::Filter => {}
            Purpose::Command => self.run_command(&text),
            Purpose::Pipe => self.pipe_to(&text),
            Purpose::Save => self.save_to(&text),
            Purpose::Correct(_) => self.correction_typed(),
        }
    }

    /// An empty `/` looks for the same words again, as in less and vim.
    fn found_enough(&mut self, text: &str, from: u32) {
        if text.is_empty() {
            if let Some(last) = self.state.searches.last().cloned() {
                self.look_for(FindQuery::Words(last), from);
                self.reading.last_jump = Some(Jump::Match);
            }
            return;
        }
        self.keep_search(text);
        self.reading.last_jump = Some(Jump::Match);
        if let Some(article) = self.reading.reader.article {
            self.reading.jumps.push(Spot {
                article,
                offset: from,
            });
        }
        let find = self.reading.reader.find.as_ref();
        if find.is_some_and(|find| !find.is_waiting && find.spans.is_empty()) {
            self.outbox.notify(Notice::info(format!(
                "“{text}” is not in this article; \\ searches the folder"
            )));
        }
    }

    /// The prompt is cancelled: the page goes back to where it was.
    pub(crate) fn prompt_cancelled(&mut self) {
        let Some(prompt) = self.input.prompt.take() else {
            return;
        };
        match prompt.purpose {
            Purpose::Find { from } => {
                self.look_for(FindQuery::default(), from);
                self.reading.reader.put_at_top(from);
                self.screens.side.is_stale = true;
            }
            Purpose::FindInFolder if self.screens.hits.rows.is_empty() => {
                self.window.close(Screen::Hits);
            }
            Purpose::Filter => self.set_filter(""),
            Purpose::Correct(_) => self.cancel_correction(),
            _ => {}
        }
    }

    fn keep_search(&mut self, text: &str) {
        let searches = &mut self.state.searches;
        searches.retain(|search| search != text);
        if !text.is_empty() {
            searches.push(text.to_owned());
        }
        if searches.len() > MAX_SEARCHES {
            searches.remove(0);
        }
    }

    /// Searches the open article; the current match will be the first at or after `from`.
    pub(crate) fn look_for(&mut self, wanted: FindQuery, from: u32) {
        self.reading.look_for(wanted, from, &mut self.outbox);
    }

    /// Takes in the matches of a search in the open article.
    pub(crate) fn found(
        &mut self,
        generation: u64,
        folded: Arc<Folded>,
        spans: Vec<Span>,
        warning: Option<String>,
    ) {
        let found = Find {
            spans,
            warning,
            folded: Some(folded),
            ..Find::default()
        };
        self.screens.side.is_stale |= self.reading.take_matches(generation, found);
    }
}
