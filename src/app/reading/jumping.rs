//! From quotation to quotation, from mention to mention, on into other articles.

use crate::app::reading::target::{Jump, Target};
use std::collections::HashMap;

use crate::analysis::CountryCode;
use crate::app::Model;
use crate::app::protocol::notice::Notice;
use crate::app::reading::direction::StepDirection;
use crate::app::reading::who::{Who, quotations_of, who_said};
use crate::config::Action;
use crate::lexicon::gazetteer;
use crate::library::ArticleId;

impl Model {
    pub(crate) fn perform_jumping(&mut self, action: Action, count: u32) {
        use StepDirection::{Backward, Forward};
        for _ in 0..count.clamp(1, 1000) {
            let went = match action {
                Action::NextQuotation => self.jump(Jump::Quotation, Forward),
                Action::PreviousQuotation => self.jump(Jump::Quotation, Backward),
                Action::NextOfSpeaker | Action::NextOfName => self.jump(Jump::Speaker, Forward),
                Action::PreviousOfSpeaker | Action::PreviousOfName => {
                    self.jump(Jump::Speaker, Backward)
                }
                Action::NextOfCountry => self.jump(Jump::Country, Forward),
                Action::PreviousOfCountry => self.jump(Jump::Country, Backward),
                Action::NextLink => self.jump(Jump::Link, Forward),
                Action::PreviousLink => self.jump(Jump::Link, Backward),
                Action::RepeatJump => self.repeat_jump(Forward),
                Action::RepeatJumpBack => self.repeat_jump(Backward),
                _ => false,
            };
            if !went {
                break;
            }
        }
    }

    fn repeat_jump(&mut self, direction: StepDirection) -> bool {
        if let Some(jump) = self.reading.last_jump {
            self.jump(jump, direction)
        } else {
            self.outbox.notify(Notice::info(
                "nothing to repeat yet; \" goes to the next quotation",
            ));
            false
        }
    }

    /// Jumps and remembers how; returns whether the jump succeeded within the article or is queued.
    pub(crate) fn jump(&mut self, jump: Jump, direction: StepDirection) -> bool {
        self.reading.last_jump = Some(jump);
        match jump {
            Jump::Match => return self.step_match(direction),
            Jump::Link => return self.jump_to_link(direction),
            _ => {}
        }
        if let Some(pending) = &mut self.reading.pending
            && pending.queue(jump, direction)
        {
            return true;
        }
        if self.reading.reader.analysis().is_none() {
            self.outbox
                .notify(Notice::info("the article is still being analyzed"));
            return false;
        }
        match jump {
            Jump::Quotation => self.jump_to_quotation(direction),
            Jump::Speaker => self.jump_to_speaker(direction),
            Jump::Country => self.jump_to_country(direction),
            Jump::Link | Jump::Match => false,
        }
    }

    fn jump_to_quotation(&mut self, direction: StepDirection) -> bool {
        if let Some(index) = self.reading.reader.next_quotation(direction, |_| true) {
            self.select_quotation(index);
            true
        } else {
            let text = match (self.reading.reader.quotations().is_empty(), direction) {
                (true, _) => "no quotations in this article",
                (false, StepDirection::Forward) => "last quotation; J opens the next article",
                (false, StepDirection::Backward) => "first quotation",
            };
            self.outbox.notify(Notice::info(text));
            false
        }
    }

    /// Goes to a quotation; its speaker is the one stepped through from now on.
    pub(crate) fn select_quotation(&mut self, index: usize) {
        self.reading.remember_place();
        self.reading.reader.go_to_quotation(index);
        self.screens.side.speaker = Some(who_said(&self.reading.reader, index));
        self.reading.note_reading(&mut self.folder.library);
        self.screens.side.is_stale = true;
    }

    fn jump_to_speaker(&mut self, direction: StepDirection) -> bool {
        let current = || {
            self.reading
                .reader
                .current_quotation()
                .map(|index| who_said(&self.reading.reader, index))
        };
        let Some(who) = self
            .screens
            .side
            .speaker
            .clone()
            .or_else(current)
            .or_else(|| self.first_speaker())
        else {
            self.outbox.notify(Notice::info(
                "select a speaker first; @ lists everyone quoted in the folder",
            ));
            return false;
        };
        self.screens.side.speaker = Some(who.clone());
        let reader = &self.reading.reader;
        let mine: Vec<usize> = quotations_of(reader, &who).collect();
        let wanted = |index: usize| mine.binary_search(&index).is_ok();
        if let Some(index) = reader.next_quotation(direction, wanted) {
            self.select_quotation(index);
            return true;
        }
        self.go_on_in_folder(&who, direction);
        false
    }

    fn first_speaker(&self) -> Option<Who> {
        let first = self.screens.side.speakers.first();
        first.map(|row| row.who(&self.reading.reader))
    }

    /// Goes on to the next article that quotes the same person, and says so.
    fn go_on_in_folder(&mut self, who: &Who, direction: StepDirection) {
        let Who::Named(name) = who else {
            self.outbox.notify(Notice::info(
                "no more quotations by unknown speakers in this article",
            ));
            return;
        };
        let articles = self.folder.library.articles_quoting(name);
        let Some((next, number)) = self.next_among(&articles, direction) else {
            let text = format!(
                "no more quotations by {name} in the folder{}",
                self.folder.so_far()
            );
            self.outbox.notify(Notice::info(text));
            return;
        };
        let text = format!(
            "article {number} of {} with {}",
            articles.len(),
            short_name(name)
        );
        self.reading.remember_place();
        self.open(next, Target::Quotation(who.clone(), direction));
        self.outbox.notify(Notice::info(text));
    }

    /// The article after or before the open one among `articles`, and its number among them.
    fn next_among(
        &self,
        articles: &[ArticleId],
        direction: StepDirection,
    ) -> Option<(ArticleId, usize)> {
        let (before, after) = self.folder.library.around(self.reading.reader.article?);
        let articles: HashMap<ArticleId, usize> = articles.iter().copied().zip(1..).collect();
        let number = |id: &ArticleId| Some((*id, *articles.get(id)?));
        match direction {
            StepDirection::Forward => after.iter().find_map(number),
            StepDirection::Backward => before.iter().rev().find_map(number),
        }
    }

    fn jump_to_country(&mut self, direction: StepDirection) -> bool {
        let first = || self.screens.side.countries.first().map(|row| row.code);
        let Some(code) = self.screens.side.country.or_else(first) else {
            self.outbox
                .notify(Notice::info("no countries mentioned in this article"));
            return false;
        };
        self.screens.side.country = Some(code);
        self.screens.side.is_stale = true;
        if let Some(index) = self.reading.reader.next_mention(direction, code) {
            self.reading.remember_place();
            self.reading.reader.go_to_mention(index);
            self.reading.note_reading(&mut self.folder.library);
            return true;
        }
        self.go_on_to_country(code, direction);
        false
    }

    fn go_on_to_country(&mut self, code: CountryCode, direction: StepDirection) {
        let name = gazetteer::name(code);
        let articles = self.folder.library.articles_mentioning(code);
        let Some((next, number)) = self.next_among(&articles, direction) else {
            let text = format!(
                "no more mentions of {name} in the folder{}",
                self.folder.so_far()
            );
            self.outbox.notify(Notice::info(text));
            return;
        };
        let text = format!(
            "article {number} of {} that mentions {name}",
            articles.len()
        );
        self.reading.remember_place();
        self.open(next, Target::Mention(code, direction));
        self.outbox.notify(Notice::info(text));
    }

    /// Steps through a speaker from now on, beginning with the first quotation of the article, or
    /// of the first article that quotes the speaker.
    pub(crate) fn choose_speaker(&mut self, who: &Who) {
        self.screens.side.speaker = Some(who.clone());
        self.reading.last_jump = Some(Jump::Speaker);
        self.screens.side.is_stale = true;
        let first = quotations_of(&self.reading.reader, who).next();
        if let Some(index) = first {
            self.select_quotation(index);
            return;
        }
        let Who::Named(name) = who else { return };
        let articles = self.folder.library.articles_quoting(name);
        if let Some(&first) = articles.first() {
            let text = format!("article 1 of {} with {}", articles.len(), short_name(name));
            self.reading.remember_place();
            self.open(
                first,
                Target::Quotation(who.clone(), StepDirection::Forward),
            );
            self.outbox.notify(Notice::info(text));
        }
    }

    /// Steps through a country from now on, beginning with its first mention.
    pub(crate) fn choose_country(&mut self, code: CountryCode) {
        self.screens.side.country = Some(code);
        self.reading.last_jump = Some(Jump::Country);
        self.screens.side.is_stale = true;
        let first = self
            .reading
            .reader
            .mentions()
            .iter()
            .position(|mention| mention.country == code);
        if let Some(index) = first {
            self.reading.remember_place();
            self.reading.reader.go_to_mention(index);
            return;
        }
        let articles = self.folder.library.articles_mentioning(code);
        if let Some(&first) = articles.first() {
            let name = gazetteer::name(code);
            let text = format!("article 1 of {} that mentions {name}", articles.len());
            self.reading.remember_place();
            self.open(first, Target::Mention(code, StepDirection::Forward));
            self.outbox.notify(Notice::info(text));
        }
    }
}

/// The last word of a name: what people are called once they were named in full.
fn short_name(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}
