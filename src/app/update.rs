//! What happens when something happened: passes a message to the part it concerns, and nothing else.

use super::Model;
use super::command::prompt::{PromptOutcome, Purpose};
use super::input::LastAction;
use super::protocol::effect::Effect;
use super::protocol::message::Message;
use super::protocol::notice::Notice;
use crate::config::key::{Key, KeyCode};
use crate::config::{Action, ActionGroup, Pressed, Screen, layout};

/// Changes the model by what happened and returns what the shell has to do.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => model.press(key),
        Message::Paste(text) => model.paste(&text),
        Message::Mouse(mouse) => model.mouse(mouse),
        Message::Ground(ground) => model.window.looks.set_ground(ground, &model.settings),
        Message::Resize { width, height } => model.window.size = (width, height),
        Message::Idle => model.work_on(),
        Message::Paused => model.pause(),
        Message::Notice(notice) => model.outbox.notify(notice),
        Message::Resumed => model.outbox.send(Effect::Redraw),
        Message::Suspend => model.outbox.send(Effect::Suspend),
        Message::Terminate(signal) => model.end_by(signal),
        answer => model.take_answer(answer),
    }
    model.settle();
    model.read_place_aloud();
    model.outbox.take_effects()
}

impl Model {
    /// Takes in what the shell found out.
    fn take_answer(&mut self, answer: Message) {
        match answer {
            Message::Listed {
                files,
                is_done,
                problems,
            } => self.listed(&files, is_done, problems),
            Message::Surveyed(surveys) => self.surveyed(surveys),
            Message::Changed { present, gone } => self.changed(&present, &gone),
            Message::Missed => self.rescan(),
            Message::Memory(memory) => self.remember(memory),
            Message::Corrected(stored) => self.corrected(stored),
            Message::BookmarkTimed { key, time } => self.bookmark_timed(&key, time),
            Message::Opened {
                generation,
                article,
                content,
                survey,
            } => self.opened(generation, article, &content, survey),
            Message::Analyzed {
                generation,
                analysis,
                survey,
            } => self.analyzed(generation, &analysis, survey),
            Message::OpenFailed {
                generation,
                article,
                problem,
            } => self.open_failed(generation, article, problem),
            Message::Paginated { generation, pages } => self.reading.take_pages(generation, pages),
            found => self.take_found(found),
        }
    }

    /// Takes in what was looked for and found.
    fn take_found(&mut self, answer: Message) {
        match answer {
            Message::Found {
                generation,
                folded,
                spans,
                warning,
            } => self.found(generation, folded, spans, warning),
            Message::FolderFound {
                generation,
                found,
                progress,
                counts,
            } => self.folder_found(generation, found, (progress, counts)),
            Message::LookedUp { generation, found } => self.looked_up(generation, found),
            Message::Grouped { generation, groups } => {
                let contents = &mut self.screens.contents;
                self.folder.is_stale |= contents.take_groups(generation, groups);
            }
            Message::Traced(generation, articles) => self.traced(generation, articles),
            Message::Compared { generation, echoes } => self.compared(generation, echoes),
            Message::Gathered(generation, quotes, is_done) => {
                let list = &mut self.screens.speaker_quotes;
                list.take(generation, quotes, is_done);
            }
            _ => {}
        }
    }

    fn press(&mut self, key: Key) {
        let is_quit = matches!(key.typed(), Some('q' | 'Q'));
        if self.window.regions.is_too_small() && !is_quit {
            return;
        }
        self.outbox.notice = None;
        self.search.opens_first = false;
        if let Some(prompt) = &mut self.input.prompt {
            let outcome = prompt.press(key, &self.state.searches);
            self.typed(outcome);
            return;
        }
        if self.window.popup.take().is_some() && closes_popup(key) {
            return;
        }
        let screen = self.window.screen();
        let pressed = self.input.pending.press(&self.settings.keymap, screen, key);
        match pressed {
            Pressed::Action {
                action,
                count,
                letter,
            } => self.perform(action, count, letter),
            Pressed::Waiting | Pressed::Cleared => {}
            Pressed::Unbound => {
                let text = format!("{} does nothing here; ? shows the keys", key.label());
                self.outbox.notify(Notice::info(text));
            }
        }
    }

    fn paste(&mut self, text: &str) {
        let Some(prompt) = &mut self.input.prompt else {
            let text = "press / first to paste into a search";
            self.outbox.notify(Notice::info(text));
            return;
        };
        let outcome = prompt.paste(text);
        self.typed(outcome);
    }

    fn typed(&mut self, outcome: PromptOutcome) {
        match outcome {
            PromptOutcome::Changed => self.prompt_changed(),
            PromptOutcome::Same => {}
            PromptOutcome::Done => self.prompt_done(),
            PromptOutcome::Cancelled => self.prompt_cancelled(),
            PromptOutcome::Complete { .. } if self.is_typing_search() => self.toggle_search_scope(),
            PromptOutcome::Complete { back } => self.complete(back),
            PromptOutcome::List(step) => self.step_list(step),
        }
    }

    /// Carries out an action, with the number and the letter typed with it.
    pub(super) fn perform(&mut self, action: Action, count: Option<usize>, letter: Option<char>) {
        let count = count.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
        self.input.last = LastAction {
            action: Some(action),
            number: self.input.last.number + 1,
            is_new: true,
        };
        if self.perform_on_screen(action, count) {
            return;
        }
        match action.group() {
            ActionGroup::Moving => self.perform_moving(action, count),
            ActionGroup::Jumping => self.perform_jumping(action, count.unwrap_or(1)),
            ActionGroup::Finding => self.perform_finding(action, count.unwrap_or(1)),
            ActionGroup::Panes => self.perform_panes(action, count),
            ActionGroup::Doing => self.perform_doing(action, letter),
            ActionGroup::Looks => self.perform_looks(action),
            ActionGroup::Program => self.perform_program(action),
        }
    }

    fn perform_program(&mut self, action: Action) {
        match action {
            Action::CommandLine => self.ask(Purpose::Command, ""),
            Action::Help => self.toggle_help(),
            Action::ReloadArticle => self.reload(),
            Action::ReloadFolder => self.rescan(),
            Action::Redraw => self.outbox.send(Effect::Redraw),
            Action::Close => self.close(),
            Action::Cancel => self.cancel(),
            Action::Quit => self.quit(),
            Action::Suspend => {
                self.save();
                self.outbox.send(Effect::Suspend);
            }
            _ => {}
        }
    }

    fn toggle_help(&mut self) {
        let screen = self.window.screen();
        if screen == Screen::Help {
            self.window.covers.pop();
            return;
        }
        self.screens.help.show_for(screen, &self.settings.keymap);
        self.window.covers.push(Screen::Help);
    }

    /// Ends the program because of a signal.
    fn end_by(&mut self, signal: i32) {
        self.exit.signal = Some(signal);
        self.quit();
    }

    /// Ends the program.
    pub(super) fn quit(&mut self) {
        self.save();
        self.exit.is_over = true;
        self.outbox.send(Effect::Quit);
    }

    /// Whether the next frame should wait a moment for an answer.
    #[must_use]
    pub fn awaits_answer(&self) -> bool {
        let awaits_hits = self.search.is_stale && self.window.top() == Some(Screen::Hits);
        awaits_hits || self.reading.awaits_answer()
    }

    /// Brings everything derived up to date: rectangles, page, lists.
    pub(super) fn settle(&mut self) {
        self.window.settle(self.is_read_aloud());
        self.lay_out();
        if std::mem::take(&mut self.folder.is_stale) {
            self.folder.update_people();
            self.name_speakers();
            self.refresh_lists();
            let side = &mut self.screens.side;
            side.refresh_all(&self.reading.reader, &self.folder.library);
            side.is_stale = false;
        } else if std::mem::take(&mut self.screens.side.is_stale) {
            let side = &mut self.screens.side;
            side.follow(&self.reading.reader, &self.folder.library);
        }
        let echoes = &mut self.screens.echoes;
        echoes.follow(&self.reading.reader, &self.folder, &mut self.outbox);
        self.settle_screens();
        self.settle_search();
        self.settle_saved();
    }

    /// Reads the current place out, for readers who hear the text. While something is typed, in a list, or as long as the
    /// place is not reached, nothing is.
    fn read_place_aloud(&mut self) {
        let list = self.screens.get(self.window.screen());
        self.read_aloud.row = list.map(|list| (list.selection().row, list.n_rows()));
        let is_in_text = self.input.prompt.is_none() && !self.window.is_in_list();
        let is_settled = !self.reading.has_far_target() && !self.reading.awaits_matches();
        let has_text = self.reading.reader.content.is_some();
        if self.is_read_aloud() && is_in_text && is_settled && has_text {
            self.read_aloud
                .follow(&self.reading.reader, self.input.last);
            self.input.last.is_new = false;
        }
    }

    /// Names the speakers of the open article as the folder does.
    pub(super) fn name_speakers(&mut self) {
        self.screens.side.is_stale |= self.reading.name_speakers(&self.folder.library);
    }

    /// Whether more can be worked out while nothing else is to be done.
    #[must_use]
    pub fn has_more_to_do(&self) -> bool {
        self.input.is_completing() || self.can_order_paths() || self.screen_with_work().is_some()
    }

    /// Works out some more.
    fn work_on(&mut self) {
        if self.input.is_completing() {
            self.go_on_completing();
        } else if self.can_order_paths() {
            self.folder.library.order_paths();
        } else if let Some(screen) = self.screen_with_work() {
            let (screens, at) = self.parts();
            if let Some(list) = screens.get_mut(screen) {
                list.work(at);
            }
        }
    }

    /// Whether the list of articles shows and the order by path, which the reader may ask for, can be prepared.
    fn can_order_paths(&self) -> bool {
        let is_listed = self.window.is_covered_by(Screen::Contents);
        is_listed && self.folder.scan.is_done && !self.folder.library.has_ordered_paths()
    }
}

fn closes_popup(key: Key) -> bool {
    let key = layout::latin(key).unwrap_or(key);
    matches!(
        key.code(),
        KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q' | '=' | ' ')
    )
}
