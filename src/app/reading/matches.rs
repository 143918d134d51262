//! Finding words: in the open article while one types, in the folder, in a list.

use std::sync::Arc;

use crate::app::command::prompt::{Prompt, Purpose};
use crate::app::protocol::notice::Notice;
use crate::app::protocol::questions::FindQuery;
use crate::app::reading::direction::StepDirection;
use crate::app::reading::target::Jump;
use crate::app::{Model, Screen};
use crate::config::{Action, Context};
use crate::text::Span;
use crate::text::fold::Folded;

/// How many earlier searches are kept.
const MOST_SEARCHES: usize = 200;

impl Model {
    pub(crate) fn perform_finding(&mut self, action: Action, count: u32) {
        match action {
            Action::Find => match self.context() {
                Context::Reader => {
                    let from = self.reader.anchor;
                    self.ask(Purpose::Find { from }, "");
                }
                Context::Contents | Context::Finder => self.ask(Purpose::FindInFolder, ""),
                _ => self.ask(Purpose::Filter, ""),
            },
            Action::FindInFolder => self.ask(Purpose::FindInFolder, ""),
            Action::SavedSearches => self.toggle_saved(),
            Action::SaveSearch => self.ask_to_save_search(),
            Action::Filter => {
                let filter = self.filter().unwrap_or_default();
                self.ask(Purpose::Filter, &filter);
            }
            Action::NextMatch => self.step_matches(StepDirection::Forward, count),
            Action::PreviousMatch => self.step_matches(StepDirection::Backward, count),
            _ => {}
        }
    }

    /// Opens the line one types in.
    pub(crate) fn ask(&mut self, purpose: Purpose, text: &str) {
        if purpose == Purpose::FindInFolder && self.screens.last() != Some(&Screen::Hits) {
            self.screens.push(Screen::Hits);
        }
        if purpose == Purpose::FindInFolder {
            self.prepare_search();
        }
        self.prompt = Some(Prompt::with(purpose, text));
    }

    fn step_matches(&mut self, direction: StepDirection, count: u32) {
        if self.context() == Context::Finder {
            let step = if direction == StepDirection::Forward {
                1
            } else {
                -1
            };
            self.step_hits(step);
            return;
        }
        if self
            .reader
            .find
            .as_ref()
            .is_none_or(|find| find.wanted.text().is_empty())
        {
            self.step_unread(direction);
            return;
        }
        for _ in 0..count.clamp(1, 1000) {
            self.jump(Jump::Match, direction);
        }
    }

    /// Goes to the next match.
    pub(crate) fn step_match(&mut self, direction: StepDirection) -> bool {
        let page = Span::new(
            self.reader.spread.start,
            self.reader.spread.end.saturating_add(1),
        );
        let here = self.here();
        let Some(find) = &mut self.reader.find else {
            self.say(Notice::info("no search yet; / searches the article"));
            return false;
        };
        let wrapped = find.step(direction, page);
        let (span, query) = (find.current_span(), find.wanted.text().to_owned());
        if let (Some(wrapped), Some(span)) = (wrapped, span) {
            if let Some(here) = here {
                self.jumps.push(here);
            }
            self.reader.bring_into_view(span);
            if wrapped {
                let text = match direction {
                    StepDirection::Forward => "search wrapped to the top",
                    StepDirection::Backward => "search wrapped to the end",
                };
                self.say(Notice::info(text));
            }
            self.side_is_stale = true;
            true
        } else {
            self.say(Notice::info(format!(
                "“{query}” is not in this article; \\ searches the folder"
            )));
            false
        }
    }

    /// What is typed is another text now.
    pub(crate) fn prompt_changed(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        let text = prompt.text().to_owned();
        match prompt.purpose {
            Purpose::Find { from } => {
                self.look_for(FindQuery::Words(text.clone()), from);
                if text.is_empty() {
                    self.reader.put_at_top(from);
                }
            }
            Purpose::FindInFolder => self.search_folder(&text),
            Purpose::Filter => self.set_filter(&text),
            Purpose::Correct(_) => self.refresh_correcting(),
            Purpose::Command | Purpose::Pipe | Purpose::Save => {}
        }
    }

    /// What is typed is complete.
    pub(crate) fn prompt_done(&mut self) {
        let Some(prompt) = self.prompt.take() else {
            return;
        };
        let text = prompt.text().to_owned();
        match prompt.purpose {
            Purpose::Find { from } => self.found_enough(&text, from),
            Purpose::FindInFolder => {
                self.keep_search(&text);
                if self.hits.query.is_empty() {
                    self.screens.retain(|screen| *screen != Screen::Hits);
                } else if self.hits_are_stale || self.hits.rows.is_empty() {
                    // What shows answers an earlier question, or nothing shows yet.
                    self.hits.opens_first = self.hits.is_searching && !self.is_told();
                } else if self.is_told() {
                    // The hits are read out first.
                } else if !self.hits.rows.is_empty() {
                    self.open_hit();
                }
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
                self.last_jump = Some(Jump::Match);
            }
            return;
        }
        self.keep_search(text);
        self.last_jump = Some(Jump::Match);
        if let Some(article) = self.reader.article {
            self.jumps.push(super::jump_list::Spot {
                article,
                offset: from,
            });
        }
        let find = self.reader.find.as_ref();
        if find.is_some_and(|find| !find.is_waiting && find.spans.is_empty()) {
            self.say(Notice::info(format!(
                "“{text}” is not in this article; \\ searches the folder"
            )));
        }
    }

    /// The question is taken back: the page is where it was.
    pub(crate) fn prompt_cancelled(&mut self) {
        let Some(prompt) = self.prompt.take() else {
            return;
        };
        match prompt.purpose {
            Purpose::Find { from } => {
                self.look_for(FindQuery::default(), from);
                self.reader.put_at_top(from);
                self.side_is_stale = true;
            }
            Purpose::FindInFolder if self.hits.rows.is_empty() => {
                self.screens.retain(|screen| *screen != Screen::Hits);
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
        if searches.len() > MOST_SEARCHES {
            searches.remove(0);
        }
    }

    /// Takes in where the words stand in the open article.
    pub(crate) fn found(
        &mut self,
        generation: u64,
        folded: Arc<Folded>,
        spans: Vec<Span>,
        warning: Option<String>,
    ) {
        if generation != self.find_generation {
            return;
        }
        let from = self.find_from;
        let Some(find) = &mut self.reader.find else {
            return;
        };
        find.folded = Some(folded);
        find.is_waiting = false;
        find.warning = warning;
        find.spans = spans;
        find.start_at(from);
        match find.current_span() {
            Some(span) => {
                // A page that was left for an earlier guess is gone back to first.
                if !self.reader.shows(span.start) {
                    self.reader.put_at_top(from);
                }
                self.reader.bring_into_view(span);
            }
            None => self.reader.put_at_top(from),
        }
        self.side_is_stale = true;
    }
}
