//! What happens when something happened: routes a message to the part it concerns, nothing else.

use super::command::prompt::PromptOutcome;
use super::protocol::effect::Effect;
use super::protocol::message::Message;
use super::{LastAction, Model};
use crate::app::protocol::notice::Notice;
use crate::config::key::{Key, KeyCode};
use crate::config::{Action, Context, Pressed, layout};

/// Changes the model by what happened and returns what the shell shall do.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => model.press(key),
        Message::Paste(text) => model.paste(&text),
        Message::Mouse(mouse) => model.mouse(mouse),
        Message::Ground(ground) => model.stand_on(ground),
        Message::Resize { width, height } => model.size = (width, height),
        Message::Listed {
            files,
            is_done,
            problems,
        } => model.listed(files, is_done, problems),
        Message::Opened {
            generation,
            article,
            content,
            survey,
        } => model.opened(generation, article, &content, survey),
        Message::Analyzed {
            generation,
            analysis,
            survey,
        } => model.analyzed(generation, &analysis, survey),
        Message::OpenFailed {
            generation,
            article,
            problem,
        } => model.open_failed(generation, article, problem),
        Message::Surveyed(told) => model.surveyed(told),
        Message::Memory(memory) => model.remember(memory),
        Message::Paginated { generation, pages } => model.paginated(generation, pages),
        Message::Found {
            generation,
            folded,
            spans,
            warning,
        } => model.found(generation, folded, spans, warning),
        Message::FolderFound {
            generation,
            found,
            progress,
            counts,
        } => model.folder_found(generation, found, (progress, counts)),
        Message::Grouped { generation, groups } => model.grouped(generation, groups),
        Message::Traced(generation, articles) => model.traced(generation, articles),
        Message::Compared { generation, echoes } => model.compared(generation, echoes),
        Message::LookedUp { generation, found } => model.looked_up(generation, found),
        Message::Missed => model.rescan(),
        Message::Changed { present, gone } => model.changed(present, &gone),
        Message::Gathered(generation, quotes, done) => model.gathered(generation, quotes, done),
        Message::Corrected(kept) => model.corrected(kept),
        Message::Idle => model.work_on(),
        Message::Paused => model.pause(),
        Message::Notice(notice) => model.say(notice),
        Message::Resumed => model.effects.push(Effect::Redraw),
        Message::Suspend => model.effects.push(Effect::Suspend),
        Message::Terminate(signal) => model.end_by(signal),
    }
    model.come_to_rest()
}

impl Model {
    /// Brings everything up to date; tells what the shell shall do.
    fn come_to_rest(&mut self) -> Vec<Effect> {
        self.settle();
        self.settle_hearing();
        std::mem::take(&mut self.effects)
    }

    fn press(&mut self, key: Key) {
        if self.regions.is_too_small() && key.typed() != Some('q') && key.typed() != Some('Q') {
            return;
        }
        self.notice = None;
        self.hits.opens_first = false;
        if self.prompt.is_some() {
            self.type_key(key);
            return;
        }
        if self.popup.take().is_some() && closes_popup(key) {
            return;
        }
        match self
            .pending
            .press(&self.settings.keymap, self.context(), key)
        {
            Pressed::Action {
                action,
                count,
                letter,
            } => self.perform(action, count, letter),
            Pressed::Waiting | Pressed::Cleared => {}
            Pressed::Unbound => {
                let text = format!("{} does nothing here; ? shows the keys", key.label());
                self.say(Notice::info(text));
            }
        }
    }

    fn paste(&mut self, text: &str) {
        let Some(prompt) = &mut self.prompt else {
            self.say(Notice::info("press / first to paste into a search"));
            return;
        };
        let typed = prompt.paste(text);
        self.typed(typed);
    }

    fn type_key(&mut self, key: Key) {
        let Some(prompt) = &mut self.prompt else {
            return;
        };
        let typed = prompt.press(key, &self.state.searches);
        self.typed(typed);
    }

    fn typed(&mut self, typed: PromptOutcome) {
        match typed {
            PromptOutcome::Changed => self.prompt_changed(),
            PromptOutcome::Same => {}
            PromptOutcome::Done => self.prompt_done(),
            PromptOutcome::Cancelled => self.prompt_cancelled(),
            PromptOutcome::Complete { .. } if self.searches_folder() => self.toggle_search_scope(),
            PromptOutcome::Complete { back } => self.complete(back),
            PromptOutcome::List(step) => self.step_list_under_prompt(step),
        }
    }

    /// Does what an action asks for, with the number and the letter typed with it.
    pub(super) fn perform(&mut self, action: Action, count: Option<usize>, letter: Option<char>) {
        use crate::config::ActionGroup;
        let count = count.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
        self.done = LastAction {
            action: Some(action),
            number: self.done.number + 1,
            is_new: true,
        };
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
            Action::CommandLine => self.ask(super::command::prompt::Purpose::Command, ""),
            Action::Help => self.toggle_help(),
            Action::ReloadArticle => self.reload(),
            Action::ReloadFolder => self.rescan(),
            Action::Redraw => self.effects.push(Effect::Redraw),
            Action::Close => self.close(),
            Action::Cancel => self.cancel(),
            Action::Quit => self.leave(),
            Action::Suspend => {
                self.save();
                self.effects.push(Effect::Suspend);
            }
            _ => {}
        }
    }

    /// Ends the program because of a signal.
    fn end_by(&mut self, signal: i32) {
        self.signal = Some(signal);
        self.leave();
    }

    /// Ends the program.
    pub(super) fn leave(&mut self) {
        self.save();
        self.is_over = true;
        self.effects.push(Effect::Quit);
    }

    /// Whether the keys go to a list.
    pub(super) fn is_in_list(&self) -> bool {
        self.context() != Context::Reader
    }
}

fn closes_popup(key: Key) -> bool {
    let key = layout::latin(key).unwrap_or(key);
    matches!(
        key.code(),
        KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q' | '=' | ' ')
    )
}
