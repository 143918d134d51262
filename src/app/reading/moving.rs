//! Moving through the text of an article, through a list, and from article to article.

use crate::app::Model;
use crate::app::protocol::notice::Notice;
use crate::app::reading::direction::StepDirection;
use crate::app::reading::target::Target;
use crate::config::Action;
use crate::library::ArticleId;

impl Model {
    pub(crate) fn perform_moving(&mut self, action: Action, count: Option<u32>) {
        match action {
            Action::NextArticle => self.step_article(StepDirection::Forward, count),
            Action::PreviousArticle => self.step_article(StepDirection::Backward, count),
            Action::NextUnread => self.step_unread(StepDirection::Forward),
            Action::PreviousUnread => self.step_unread(StepDirection::Backward),
            Action::JumpBack => self.jump_through_places(StepDirection::Backward),
            Action::JumpForward => self.jump_through_places(StepDirection::Forward),
            _ if self.window.is_in_list() => self.move_in_list(action, count),
            _ => self.move_in_text(action, count),
        }
    }

    fn move_in_text(&mut self, action: Action, count: Option<u32>) {
        let before = self.reading.reader.anchor;
        let step = direction_of(action);
        if let Some(direction) = step.filter(|_| self.is_read_aloud()) {
            let edge = self.read_aloud.edge(&self.reading.reader, direction);
            self.reading.reader.put_at_top(edge);
        }
        let at = self.reading.reader.anchor;
        match action {
            Action::Top | Action::End | Action::GoToPercent => self.go_far(action, count),
            _ => self.step_in_text(action, count.unwrap_or(1).max(1)),
        }
        let has_moved = match step {
            Some(StepDirection::Forward) => self.reading.reader.anchor > at,
            Some(StepDirection::Backward) => self.reading.reader.anchor < at,
            None => true,
        };
        if let Some(direction) = step.filter(|_| !has_moved) {
            self.reading.reader.put_at_top(before);
            self.notify_end_of_text(direction);
        }
        self.reading.note_reading(&mut self.folder.library);
        self.screens.side.is_stale = true;
    }

    /// Moves by pages, lines, paragraphs or sentences.
    fn step_in_text(&mut self, action: Action, times: u32) {
        use StepDirection::{Backward, Forward};
        let half_page = i64::from(self.window.regions.column_size().1 / 2).max(1);
        let rows = i64::from(times);
        let is_read_aloud = self.is_read_aloud();
        let reader = &mut self.reading.reader;
        match action {
            Action::NextPage | Action::HalfPageDown if is_read_aloud => {
                self.read_aloud.read_on(reader, times);
            }
            Action::NextPage => reader.turn_pages(Forward, times),
            Action::PreviousPage => reader.turn_pages(Backward, times),
            Action::HalfPageDown => reader.scroll(half_page * rows),
            Action::HalfPageUp => reader.scroll(-half_page * rows),
            Action::LineDown => reader.scroll(rows),
            Action::LineUp => reader.scroll(-rows),
            Action::NextParagraph => reader.step_blocks(Forward, times),
            Action::PreviousParagraph => reader.step_blocks(Backward, times),
            Action::NextSentence => reader.step_sentences(Forward, times),
            Action::PreviousSentence => reader.step_sentences(Backward, times),
            _ => {}
        }
    }

    /// Goes to the top, the end or a percentage.
    fn go_far(&mut self, action: Action, percent: Option<u32>) {
        match (action, percent) {
            (_, Some(percent)) => self.go_to_percent(percent),
            (Action::Top, None) => self.go_to_offset(0),
            (Action::End, None) => {
                self.reading.remember_place();
                let last = self.reading.reader.last_page();
                self.reading.reader.put_at_top(last);
            }
            (_, None) => self.go_to_percent(0),
        }
    }

    fn notify_end_of_text(&mut self, direction: StepDirection) {
        let is_on = direction == StepDirection::Forward;
        let next = self
            .reading
            .reader
            .article
            .and_then(|id| self.folder.library.neighbor(id, 1));
        let text = match (is_on, next) {
            (false, _) => "top of the article",
            (true, Some(_)) => "end of the article; J opens the next one",
            (true, None) => "end of the last article",
        };
        self.outbox.notify(Notice::info(text));
    }

    fn go_to_percent(&mut self, percent: u32) {
        let length = self
            .reading
            .reader
            .document()
            .map_or(0, |document| document.text.len()) as u64;
        let target = length * u64::from(percent.min(100)) / 100;
        let target = u32::try_from(target).unwrap_or(u32::MAX);
        let last = self.reading.reader.last_page();
        self.reading.remember_place();
        self.reading.reader.put_at_top(target.min(last));
        self.screens.side.is_stale = true;
    }

    /// Puts an offset at the top of the page and adds the old place to the jump list.
    pub(crate) fn go_to_offset(&mut self, offset: u32) {
        self.reading.remember_place();
        self.reading.reader.put_at_top(offset);
        self.screens.side.is_stale = true;
    }

    fn jump_through_places(&mut self, direction: StepDirection) {
        let Some(here) = self.reading.here() else {
            return;
        };
        let spot = match direction {
            StepDirection::Backward => self.reading.jumps.back(here),
            StepDirection::Forward => self.reading.jumps.forward(here),
        };
        let Some(spot) = spot else {
            let text = match direction {
                StepDirection::Backward => "nowhere to jump back to",
                StepDirection::Forward => "nowhere to jump forward to",
            };
            self.outbox.notify(Notice::info(text));
            return;
        };
        self.window.covers.clear();
        if Some(spot.article) == self.reading.reader.article {
            self.reading.reader.put_at_top(spot.offset);
            self.screens.side.is_stale = true;
        } else {
            self.open(spot.article, Target::Offset(spot.offset));
        }
    }

    /// Opens the article `count` places on or back in the list.
    fn step_article(&mut self, direction: StepDirection, count: Option<u32>) {
        // A second press counts on from the article that is on its way.
        let Some(here) = self
            .reading
            .article_asked_for()
            .or(self.reading.reader.article)
        else {
            return;
        };
        let count = isize::try_from(count.unwrap_or(1).max(1)).unwrap_or(1);
        let step = if direction == StepDirection::Forward {
            count
        } else {
            -count
        };
        match self.neighbor_listed(here, step) {
            Some(next) => self.go_to_article(next),
            None if direction == StepDirection::Forward => {
                self.outbox.notify(Notice::info("this is the last article"));
            }
            None => self
                .outbox
                .notify(Notice::info("this is the first article")),
        }
    }

    /// The article `step` places further in the list, skipping folded copies.
    fn neighbor_listed(&self, here: ArticleId, step: isize) -> Option<ArticleId> {
        let (before, after) = self.folder.library.around(here);
        let is_listed = |id: &&ArticleId| !self.screens.contents.groups.is_hidden(**id);
        let distance = step.unsigned_abs().checked_sub(1)?;
        if step > 0 {
            after.iter().filter(is_listed).nth(distance).copied()
        } else {
            before.iter().rev().filter(is_listed).nth(distance).copied()
        }
    }

    /// Opens the nearest article that was not read yet.
    pub(crate) fn step_unread(&mut self, direction: StepDirection) {
        let all = (self.folder.library.order(), &[][..]);
        let (before, after) = self
            .reading
            .reader
            .article
            .map_or(all, |id| self.folder.library.around(id));
        let is_unread = |id: &ArticleId| {
            Some(*id) != self.reading.reader.article
                && !self.folder.library.is_read(*id)
                && self.folder.library.problem(*id).is_none()
        };
        let found = match direction {
            StepDirection::Forward => after.iter().chain(before).copied().find(is_unread),
            StepDirection::Backward => before
                .iter()
                .rev()
                .chain(after.iter().rev())
                .copied()
                .find(is_unread),
        };
        match found {
            Some(id) => self.go_to_article(id),
            None => self.outbox.notify(Notice::info("no unread articles")),
        }
    }

    /// Opens an article where the reader left it.
    pub(crate) fn go_to_article(&mut self, id: ArticleId) {
        self.reading.remember_place();
        self.reading.note_reading(&mut self.folder.library);
        self.open(id, Target::Resume);
    }
}

/// Which way a step goes; nothing for what is no step.
fn direction_of(action: Action) -> Option<StepDirection> {
    match action {
        Action::NextPage
        | Action::HalfPageDown
        | Action::LineDown
        | Action::NextParagraph
        | Action::NextSentence => Some(StepDirection::Forward),
        Action::PreviousPage
        | Action::HalfPageUp
        | Action::LineUp
        | Action::PreviousParagraph
        | Action::PreviousSentence => Some(StepDirection::Backward),
        _ => None,
    }
}
