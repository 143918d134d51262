//! Opening articles: asking for one, taking in what arrives, going to the target.
//!
//! The article before stays on screen until the new one is there. A long file arrives in steps: its beginning, the
//! whole text, its analysis. The target is gone to as soon as it can be.

use std::sync::Arc;

use super::content::Content;
use super::direction::StepDirection;
use super::pending::ArticleOpening;
use super::target::Target;
use super::who::quotations_of;
use crate::analysis::Analysis;
use crate::app::Model;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::protocol::questions::FindQuery;
use crate::app::state::{ReadingPlace, VERSION};
use crate::library::{ArticleId, PackedSurvey};

impl Model {
    /// Asks for an article, to go to `target` in it.
    pub(crate) fn open(&mut self, article: ArticleId, target: Target) {
        self.keep_place();
        self.ask_for(article, target, false);
    }

    /// Asks for the open article again, to stay at the same words.
    pub(crate) fn reload(&mut self) {
        if let Some(article) = self.reading.reader.article {
            self.ask_for(article, Target::Resume, true);
        }
    }

    fn ask_for(&mut self, article: ArticleId, target: Target, is_reload: bool) {
        let Some(location) = self.folder.library.location(article) else {
            return;
        };
        let generation = self.outbox.next_generation();
        let given_up = self.reading.pending.take().map(|opening| opening.article);
        if let Some(old) = given_up.filter(|&old| old != article) {
            self.folder.survey_after_all(old, &mut self.outbox);
        }
        self.reading.pending = Some(ArticleOpening::new(generation, article, target, is_reload));
        self.outbox.send(Effect::Open {
            generation,
            article,
            location,
        });
    }

    /// Takes in the text of an article, or its beginning.
    pub(crate) fn opened(
        &mut self,
        generation: u64,
        article: ArticleId,
        content: &Content,
        survey: Option<Box<PackedSurvey>>,
    ) {
        let Some(opening) = self
            .reading
            .pending
            .as_mut()
            .filter(|o| o.generation == generation)
        else {
            return;
        };
        opening.is_shown = true;
        opening.has_text = !content.is_partial;
        let is_reload = opening.is_reload;
        let content = Content::clone(content);
        if let Some(survey) = survey {
            self.folder.library.set_survey(article, &survey);
            self.folder.is_stale = true;
        }
        if is_reload && content.is_partial {
            return;
        }
        if content.analysis.is_none() && !content.is_partial {
            let document = Arc::clone(&content.document);
            self.outbox.send(Effect::Analyze {
                generation,
                document,
            });
        }
        let shows_it = self.reading.reader.article == Some(article);
        if shows_it
            && (is_reload
                || self
                    .reading
                    .reader
                    .content
                    .as_ref()
                    .is_some_and(|c| c.is_partial))
        {
            self.take_again(content, is_reload);
        } else {
            self.reading.reader.open(article, content, 0);
            self.folder.is_stale = true;
            self.screens.side.forget();
            self.screens.contents.select(article, &self.folder.library);
        }
        self.settle();
        self.arrive();
    }

    /// Replaces the text of the open article; the same words stay at the top.
    fn take_again(&mut self, content: Content, is_reload: bool) {
        let old = self
            .reading
            .reader
            .document()
            .map(|document| document.text.as_str())
            .unwrap_or_default();
        let place = ReadingPlace::at(old, self.reading.reader.anchor);
        let anchor = place.find_in(&content.document.value.text);
        let wanted = self.reading.reader.find.take().map(|find| find.wanted);
        self.reading.reader.replace(content, anchor);
        if let Some(wanted) = wanted {
            let from = self.reading.reader.anchor;
            self.look_for(wanted, from);
        }
        if is_reload {
            if let Some(opening) = &mut self.reading.pending {
                opening.target = Target::Here;
            }
            self.outbox.notify(Notice::info("reloaded"));
        }
    }

    /// Takes in the analysis of the open article, when it came after the text.
    pub(crate) fn analyzed(
        &mut self,
        generation: u64,
        analysis: &Arc<Analysis>,
        survey: Box<PackedSurvey>,
    ) {
        let is_awaited = self
            .reading
            .pending
            .as_ref()
            .is_some_and(|o| o.generation == generation);
        if !is_awaited || self.reading.reader.content.is_none() {
            return;
        }
        self.reading.reader.analyzed(analysis);
        if let Some(article) = self.reading.reader.article {
            self.folder.library.set_survey(article, &survey);
            // Of a long article it takes as much memory as what the library keeps.
            drop(survey);
            self.folder.is_stale = true;
            self.folder.update_people();
            self.name_speakers();
        }
        self.screens.side.is_stale = true;
        self.arrive();
    }

    /// Takes in that an article cannot be read.
    pub(crate) fn open_failed(&mut self, generation: u64, article: ArticleId, problem: String) {
        self.folder.library.set_problem(article, problem.clone());
        self.folder.is_stale = true;
        let is_awaited = self
            .reading
            .pending
            .as_ref()
            .is_some_and(|o| o.generation == generation);
        if is_awaited {
            self.reading.pending = None;
            self.outbox.notify(Notice::problem(problem));
            if self.reading.reader.article.is_none() {
                self.open_the_next_readable(article);
            }
        }
    }

    /// At the start, an article that cannot be read must not leave the screen empty.
    fn open_the_next_readable(&mut self, after: ArticleId) {
        let Some(at) = self.folder.library.position(after) else {
            return;
        };
        let order = self.folder.library.order();
        let rest = order
            .iter()
            .skip(at + 1)
            .chain(order.iter().take(at))
            .copied();
        let readable = |id: &ArticleId| self.folder.library.problem(*id).is_none();
        if let Some(next) = rest.into_iter().find(readable) {
            self.ask_for(next, Target::Resume, false);
        }
    }

    /// Goes to the place that was meant, as soon as what it takes is there.
    fn arrive(&mut self) {
        let Some(opening) = self.reading.pending.clone() else {
            return;
        };
        let Some(content) = &self.reading.reader.content else {
            return;
        };
        let has_analysis = content.analysis.is_some();
        let length = u32::try_from(content.document.value.text.len()).unwrap_or(u32::MAX);
        let is_there = match &opening.target {
            Target::Here => true,
            Target::Resume | Target::Place(_) => {
                let place = match &opening.target {
                    Target::Place(place) => ReadingPlace::clone(place),
                    _ => self.place_of(opening.article).unwrap_or_default(),
                };
                let reaches = opening.has_text || place.offset < length / 2;
                if reaches {
                    let anchor = place.find_in(&content.document.value.text);
                    self.reading.reader.put_at_top(anchor);
                }
                reaches
            }
            Target::Offset(offset) => {
                let reaches = opening.has_text || *offset < length / 2;
                if reaches {
                    self.reading.reader.put_at_top((*offset).min(length));
                }
                reaches
            }
            Target::Hit(span, query) => {
                let (span, query) = (*span, query.clone());
                if opening.has_text {
                    self.reading.reader.bring_into_view(span);
                    self.look_for(FindQuery::Query(query), span.start);
                }
                opening.has_text
            }
            Target::Quotation(..) | Target::Mention(..) | Target::At(..) => has_analysis,
        };
        if has_analysis {
            self.arrive_at_analyzed(&opening.target);
        }
        self.screens.side.is_stale = true;
        if is_there && opening.has_text && has_analysis {
            self.reading.pending = None;
            for (jump, direction) in opening.queued {
                self.jump(jump, direction);
            }
        } else if is_there && let Some(opening) = &mut self.reading.pending {
            // What is left to come must not move the page again.
            opening.target = Target::Here;
        }
    }

    fn arrive_at_analyzed(&mut self, target: &Target) {
        match target {
            Target::Quotation(who, direction) => {
                let mine: Vec<usize> = quotations_of(&self.reading.reader, who).collect();
                let on = *direction == StepDirection::Forward;
                let index = if on { mine.first() } else { mine.last() }.copied();
                if let Some(index) = index {
                    self.reading.reader.go_to_quotation(index);
                }
            }
            Target::At(span) => {
                let mut quotations = self.reading.reader.quotations().iter();
                match quotations.position(|quotation| quotation.span.overlaps(*span)) {
                    Some(index) => self.reading.reader.go_to_quotation(index),
                    None => self.reading.reader.bring_into_view(*span),
                }
            }
            Target::Mention(country, direction) => {
                let mentions = self.reading.reader.mentions();
                let mut mine = (0..mentions.len())
                    .filter(|&i| mentions.get(i).is_some_and(|m| m.country == *country));
                let index = if *direction == StepDirection::Forward {
                    mine.next()
                } else {
                    mine.next_back()
                };
                if let Some(index) = index {
                    self.reading.reader.go_to_mention(index);
                }
            }
            _ => {}
        }
    }

    /// Where the reader left an article.
    pub(crate) fn place_of(&self, article: ArticleId) -> Option<ReadingPlace> {
        let key = self.folder.library.key(article)?;
        self.state.places.get(&key).cloned()
    }

    /// Notes where the reader is in the open article.
    pub(crate) fn keep_place(&mut self) {
        let (Some(article), Some(document)) =
            (self.reading.reader.article, self.reading.reader.document())
        else {
            return;
        };
        let Some(entry) = self.folder.library.article(article) else {
            return;
        };
        let key = entry.key();
        let known = self.state.places.remove(&key).unwrap_or_default();
        let place = ReadingPlace {
            is_read: entry.is_read,
            is_bookmarked: entry.is_bookmarked,
            bookmark: known.bookmark,
            ..ReadingPlace::at(&document.text, self.reading.reader.anchor)
        };
        self.state.version = VERSION;
        let location = entry.location.to_string();
        self.state.places.insert(key, place);
        self.state.last.insert(self.folder.root.clone(), location);
    }

    /// Keeps what is kept between runs.
    pub(crate) fn pause(&mut self) {
        self.save();
        self.folder.keep(&mut self.outbox);
    }

    /// Keeps place, marks and history on disk.
    pub(crate) fn save(&mut self) {
        self.keep_place();
        self.outbox.send(Effect::Save(Box::new(self.state.clone())));
    }
}
