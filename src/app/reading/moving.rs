//! Moving through the text of an article, through a list, and from article to article.

use crate::app::Model;
use crate::app::protocol::notice::Notice;
use crate::app::reading::direction::StepDirection;
use crate::app::reading::target::Target;
use crate::config::{Action, Context};
use crate::library::ArticleId;

impl Model {
    pub(crate) fn perform_moving(&mut self, action: Action, count: Option<u32>) {
        let times = isize::try_from(count.unwrap_or(1).max(1)).unwrap_or(1);
        match action {
            Action::NextArticle if self.context() == Context::Finder => self.step_found(times),
            Action::PreviousArticle if self.context() == Context::Finder => self.step_found(-times),
            Action::NextArticle => self.step_article(StepDirection::Forward, count),
            Action::PreviousArticle => self.step_article(StepDirection::Backward, count),
            Action::NextUnread => self.step_unread(StepDirection::Forward),
            Action::PreviousUnread => self.step_unread(StepDirection::Backward),
            Action::JumpBack => self.jump_through_places(StepDirection::Backward),
            Action::JumpForward => self.jump_through_places(StepDirection::Forward),
            _ if self.is_in_list() => self.move_in_list(action, count),
            _ => self.move_in_text(action, count),
        }
    }

    fn move_in_text(&mut self, action: Action, count: Option<u32>) {
        let times = count.unwrap_or(1).max(1);
        let half = i64::from(self.regions.column_size().1 / 2).max(1);
        let rows = i64::from(times);
        let before = self.reader.anchor;
        let step = direction_of(action);
        if let Some(direction) = step.filter(|_| self.is_told()) {
            self.stand_at_the_edge(direction);
        }
        let at = self.reader.anchor;
        match action {
            Action::NextPage | Action::HalfPageDown if self.is_told() => self.read_on(times),

            Action::NextPage => self.reader.turn_pages(StepDirection::Forward, times),
            Action::PreviousPage => self.reader.turn_pages(StepDirection::Backward, times),
            Action::HalfPageDown => self.reader.scroll(half * rows),
            Action::HalfPageUp => self.reader.scroll(-half * rows),
            Action::LineDown => self.reader.scroll(rows),
            Action::LineUp => self.reader.scroll(-rows),
            Action::Top => match count {
                Some(percent) => self.go_to_percent(percent),
                None => self.go_to_offset(0),
            },
            Action::End => {
                if let Some(percent) = count {
                    self.go_to_percent(percent);
                } else {
                    self.remember_place();
                    let last = self.reader.last_page();
                    self.reader.put_at_top(last);
                }
            }
            Action::GoToPercent => self.go_to_percent(count.unwrap_or(0)),
            Action::NextParagraph => self.reader.step_blocks(StepDirection::Forward, times),
            Action::PreviousParagraph => self.reader.step_blocks(StepDirection::Backward, times),
            Action::NextSentence => self.reader.step_sentences(StepDirection::Forward, times),
            Action::PreviousSentence => self.reader.step_sentences(StepDirection::Backward, times),
            _ => {}
        }
        let has_moved = match step {
            Some(StepDirection::Forward) => self.reader.anchor > at,
            Some(StepDirection::Backward) => self.reader.anchor < at,
            None => true,
        };
        if let Some(direction) = step.filter(|_| !has_moved) {
            self.reader.put_at_top(before);
            self.say_where_the_text_ends(direction);
        }
        self.note_reading();
        self.side_is_stale = true;
    }

    fn say_where_the_text_ends(&mut self, direction: StepDirection) {
        let is_on = direction == StepDirection::Forward;
        let next = self
            .reader
            .article
            .and_then(|id| self.library.neighbor(id, 1));
        let text = match (is_on, next) {
            (false, _) => "top of the article",
            (true, Some(_)) => "end of the article; J opens the next one",
            (true, None) => "end of the last article",
        };
        self.say(Notice::info(text));
    }

    /// An article counts as read when its last line was on the page.
    pub(crate) fn note_reading(&mut self) {
        let is_whole = self
            .reader
            .content
            .as_ref()
            .is_some_and(|content| !content.is_partial);
        if !self.reader.spread.is_last || !is_whole {
            return;
        }
        if let Some(id) = self.reader.article {
            self.library.set_read(id, true);
        }
    }

    fn go_to_percent(&mut self, percent: u32) {
        let length = self
            .reader
            .document()
            .map_or(0, |document| document.text.len()) as u64;
        let target = length * u64::from(percent.min(100)) / 100;
        let target = u32::try_from(target).unwrap_or(u32::MAX);
        let last = self.reader.last_page();
        self.remember_place();
        self.reader.put_at_top(target.min(last));
        self.side_is_stale = true;
    }

    /// Puts an offset at the top of the page and remembers where one came from.
    pub(crate) fn go_to_offset(&mut self, offset: u32) {
        self.remember_place();
        self.reader.put_at_top(offset);
        self.side_is_stale = true;
    }

    /// Remembers the place before a jump away from it.
    pub(crate) fn remember_place(&mut self) {
        if let Some(here) = self.here() {
            self.jumps.push(here);
        }
    }

    fn jump_through_places(&mut self, direction: StepDirection) {
        let Some(here) = self.here() else { return };
        let spot = match direction {
            StepDirection::Backward => self.jumps.back(here),
            StepDirection::Forward => self.jumps.forward(here),
        };
        let Some(spot) = spot else {
            let text = match direction {
                StepDirection::Backward => "nowhere to jump back to",
                StepDirection::Forward => "nowhere to jump forward to",
            };
            self.say(Notice::info(text));
            return;
        };
        self.screens.clear();
        if Some(spot.article) == self.reader.article {
            self.reader.put_at_top(spot.offset);
            self.side_is_stale = true;
        } else {
            self.open(spot.article, Target::Offset(spot.offset));
        }
    }

    /// Opens the article `count` places on or back in the list.
    fn step_article(&mut self, direction: StepDirection, count: Option<u32>) {
        // A second press counts on from the article that is on its way.
        let Some(here) = self.article_asked_for().or(self.reader.article) else {
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
                self.say(Notice::info("this is the last article"));
            }
            None => self.say(Notice::info("this is the first article")),
        }
    }

    /// The article so many places on, over those that another stands for in the list.
    fn neighbor_listed(&self, here: ArticleId, step: isize) -> Option<ArticleId> {
        let (before, after) = self.library.around(here);
        let is_listed = |id: &&ArticleId| !self.groups.is_hidden(**id);
        let distance = step.unsigned_abs().checked_sub(1)?;
        if step > 0 {
            after.iter().filter(is_listed).nth(distance).copied()
        } else {
            before.iter().rev().filter(is_listed).nth(distance).copied()
        }
    }

    /// Opens the nearest article that was not read yet.
    pub(crate) fn step_unread(&mut self, direction: StepDirection) {
        let all = (self.library.order(), &[][..]);
        let (before, after) = self
            .reader
            .article
            .map_or(all, |id| self.library.around(id));
        let is_unread = |id: &ArticleId| {
            Some(*id) != self.reader.article
                && !self.library.is_read(*id)
                && self.library.problem(*id).is_none()
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
            None => self.say(Notice::info("no unread articles")),
        }
    }

    /// Opens an article where the reader left it.
    pub(crate) fn go_to_article(&mut self, id: ArticleId) {
        self.remember_place();
        self.note_reading();
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
