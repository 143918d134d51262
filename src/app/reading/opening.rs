//! Opening articles: asking for one, taking in what comes, going to the place that was meant.
//!
//! The article before stays on screen until the new one is there. A long file comes in steps: its
//! beginning, the whole, its analysis; the place is gone to as soon as it can be.

use crate::app::reading::target::{Jump, Target};
use std::sync::Arc;

use super::content::Content;
use super::find::Find;
use crate::analysis::Analysis;
use crate::app::Model;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::protocol::questions::FindQuery;
use crate::app::reading::direction::StepDirection;
use crate::app::reading::who::quotations_of;
use crate::app::state::{ReadingPlace, VERSION};
use crate::layout::Pages;
use crate::library::{ArticleId, PackedSurvey};

/// How many jumps are kept while an article is on its way: a held key must not run on for long.
const MOST_QUEUED: usize = 32;

/// An article that was asked for.
#[derive(Debug, Clone)]
pub(crate) struct ArticleOpening {
    generation: u64,
    pub(crate) article: ArticleId,
    target: Target,
    /// Whether some of it shows.
    is_shown: bool,
    /// Whether the whole text is there.
    has_text: bool,
    /// Whether this reads the open article again.
    is_reload: bool,
    /// Jumps asked for meanwhile, which go on from the place that was meant.
    queued: Vec<(Jump, StepDirection)>,
}

impl Model {
    /// Asks for an article, to go to `target` in it.
    pub(crate) fn open(&mut self, article: ArticleId, target: Target) {
        self.keep_place();
        self.ask_for(article, target, false);
    }

    /// Asks for the open article again, to stay at the same words.
    pub(crate) fn reload(&mut self) {
        if let Some(article) = self.reader.article {
            self.ask_for(article, Target::Resume, true);
        }
    }

    fn ask_for(&mut self, article: ArticleId, target: Target, is_reload: bool) {
        let Some(location) = self.location_of(article) else {
            return;
        };
        self.generation += 1;
        let generation = self.generation;
        let given_up = self.opening.take().map(|opening| opening.article);
        if let Some(old) = given_up.filter(|&old| old != article) {
            self.look_into_after_all(old);
        }
        self.opening = Some(ArticleOpening {
            generation,
            article,
            target,
            is_shown: false,
            has_text: false,
            is_reload,
            queued: Vec::new(),
        });
        self.effects.push(Effect::Open {
            generation,
            article,
            location,
        });
    }

    /// The article that is on its way.
    pub(crate) fn article_asked_for(&self) -> Option<ArticleId> {
        self.opening
            .as_ref()
            .filter(|opening| !opening.is_reload)
            .map(|opening| opening.article)
    }

    /// Whether an article is on its way and nothing of it shows yet.
    pub(crate) fn awaits_article(&self) -> bool {
        self.opening
            .as_ref()
            .is_some_and(|opening| !opening.is_shown)
    }

    /// Whether the place that was meant cannot be gone to yet.
    pub(crate) fn has_far_to_go(&self) -> bool {
        self.opening.as_ref().is_some_and(|opening| {
            !matches!(
                opening.target,
                Target::Here | Target::Resume | Target::Offset(_)
            )
        })
    }

    /// Keeps a jump for later when one into another article is under way, so that pressing twice goes twice.
    pub(crate) fn queues(&mut self, jump: Jump, direction: StepDirection) -> bool {
        let under_way = self.opening.as_mut().filter(|opening| {
            matches!(opening.target, Target::Quotation(..) | Target::Mention(..))
        });
        let Some(opening) = under_way else {
            return false;
        };
        if opening.queued.len() < MOST_QUEUED {
            opening.queued.push((jump, direction));
        }
        true
    }

    /// Takes in the text of an article, or its beginning.
    pub(crate) fn opened(
        &mut self,
        generation: u64,
        article: ArticleId,
        content: &Content,
        survey: Option<Box<PackedSurvey>>,
    ) {
        let Some(opening) = self.opening.as_mut().filter(|o| o.generation == generation) else {
            return;
        };
        opening.is_shown = true;
        opening.has_text = !content.is_partial;
        let is_reload = opening.is_reload;
        let content = Content::clone(content);
        if let Some(survey) = survey {
            self.library.set_survey(article, &survey);
            self.folder_is_stale = true;
        }
        if is_reload && content.is_partial {
            return;
        }
        if content.analysis.is_none() && !content.is_partial {
            let document = Arc::clone(&content.document);
            self.effects.push(Effect::Analyze {
                generation,
                document,
            });
        }
        let shows_it = self.reader.article == Some(article);
        if shows_it && (is_reload || self.reader.content.as_ref().is_some_and(|c| c.is_partial)) {
            self.take_again(content, is_reload);
        } else {
            self.reader.open(article, content, 0);
            self.folder_is_stale = true;
            self.side.forget();
            self.select_in_contents(article);
        }
        self.settle();
        self.arrive();
    }

    /// The text of the open article came anew: the same words stay at the top.
    fn take_again(&mut self, content: Content, is_reload: bool) {
        let old = self
            .reader
            .document()
            .map(|document| document.text.as_str())
            .unwrap_or_default();
        let place = ReadingPlace::at(old, self.reader.anchor);
        let anchor = place.find_in(&content.document.value.text);
        let wanted = self.reader.find.take().map(|find| find.wanted);
        self.reader.replace(content, anchor);
        if let Some(wanted) = wanted {
            self.look_for(wanted, self.reader.anchor);
        }
        if is_reload {
            if let Some(opening) = &mut self.opening {
                opening.target = Target::Here;
            }
            self.say(Notice::info("reloaded"));
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
            .opening
            .as_ref()
            .is_some_and(|o| o.generation == generation);
        if !is_awaited || self.reader.content.is_none() {
            return;
        }
        self.reader.analyzed(analysis);
        if let Some(article) = self.reader.article {
            self.library.set_survey(article, &survey);
            // Of a long article it takes as much memory as what the library keeps.
            drop(survey);
            self.folder_is_stale = true;
            self.settle_speakers();
        }
        self.side_is_stale = true;
        self.arrive();
    }

    /// Takes in that an article cannot be read.
    pub(crate) fn open_failed(&mut self, generation: u64, article: ArticleId, problem: String) {
        self.library.set_problem(article, problem.clone());
        self.folder_is_stale = true;
        let is_awaited = self
            .opening
            .as_ref()
            .is_some_and(|o| o.generation == generation);
        if is_awaited {
            self.opening = None;
            self.say(Notice::problem(problem));
            if self.reader.article.is_none() {
                self.open_the_next_readable(article);
            }
        }
    }

    /// At the start, an article that cannot be read must not leave the screen empty.
    fn open_the_next_readable(&mut self, after: ArticleId) {
        let Some(at) = self.library.position(after) else {
            return;
        };
        let order = self.library.order();
        let rest = order
            .iter()
            .skip(at + 1)
            .chain(order.iter().take(at))
            .copied();
        let readable = |id: &ArticleId| self.library.problem(*id).is_none();
        if let Some(next) = rest.into_iter().find(readable) {
            self.ask_for(next, Target::Resume, false);
        }
    }

    /// Takes in the pages of the open article.
    pub(crate) fn paginated(&mut self, generation: u64, pages: Pages) {
        if generation == self.pages_generation {
            self.reader.pages = Some(pages);
        }
    }

    /// Goes to the place that was meant, as soon as what it takes is there.
    fn arrive(&mut self) {
        let Some(opening) = self.opening.clone() else {
            return;
        };
        let Some(content) = &self.reader.content else {
            return;
        };
        let has_analysis = content.analysis.is_some();
        let length = u32::try_from(content.document.value.text.len()).unwrap_or(u32::MAX);
        let is_there = match &opening.target {
            Target::Here => true,
            Target::Resume => {
                let place = self.place_of(opening.article).unwrap_or_default();
                let reaches = opening.has_text || place.offset < length / 2;
                if reaches {
                    let anchor = place.find_in(&content.document.value.text);
                    self.reader.put_at_top(anchor);
                }
                reaches
            }
            Target::Offset(offset) => {
                let reaches = opening.has_text || *offset < length / 2;
                if reaches {
                    self.reader.put_at_top((*offset).min(length));
                }
                reaches
            }
            Target::Hit(span, query) => {
                let (span, query) = (*span, query.clone());
                if opening.has_text {
                    self.reader.bring_into_view(span);
                    self.look_for(FindQuery::Query(query), span.start);
                }
                opening.has_text
            }
            Target::Quotation(..) | Target::Mention(..) | Target::At(..) => has_analysis,
        };
        if has_analysis {
            self.arrive_at_analyzed(&opening.target);
        }
        self.side_is_stale = true;
        if is_there && opening.has_text && has_analysis {
            self.opening = None;
            for (jump, direction) in opening.queued {
                self.jump(jump, direction);
            }
        } else if is_there && let Some(opening) = &mut self.opening {
            // What is left to come must not move the page again.
            opening.target = Target::Here;
        }
    }

    fn arrive_at_analyzed(&mut self, target: &Target) {
        match target {
            Target::Quotation(who, direction) => {
                let mine: Vec<usize> = quotations_of(&self.reader, who).collect();
                let on = *direction == StepDirection::Forward;
                let index = if on { mine.first() } else { mine.last() }.copied();
                if let Some(index) = index {
                    self.reader.go_to_quotation(index);
                }
            }
            Target::At(span) => {
                let mut quotations = self.reader.quotations().iter();
                match quotations.position(|quotation| quotation.span.overlaps(*span)) {
                    Some(index) => self.reader.go_to_quotation(index),
                    None => self.reader.bring_into_view(*span),
                }
            }
            Target::Mention(country, direction) => {
                let mentions = self.reader.mentions();
                let mut mine = (0..mentions.len())
                    .filter(|&i| mentions.get(i).is_some_and(|m| m.country == *country));
                let index = if *direction == StepDirection::Forward {
                    mine.next()
                } else {
                    mine.next_back()
                };
                if let Some(index) = index {
                    self.reader.go_to_mention(index);
                }
            }
            _ => {}
        }
    }

    /// Where the reader left an article.
    pub(crate) fn place_of(&self, article: ArticleId) -> Option<ReadingPlace> {
        let key = self.library.key(article)?;
        self.state.places.get(&key).cloned()
    }

    /// Notes where the reader is in the open article.
    pub(crate) fn keep_place(&mut self) {
        let (Some(article), Some(document)) = (self.reader.article, self.reader.document()) else {
            return;
        };
        let mut place = ReadingPlace::at(&document.text, self.reader.anchor);
        let Some(entry) = self.library.article(article) else {
            return;
        };
        (place.is_read, place.is_bookmarked) = (entry.is_read, entry.is_bookmarked);
        self.state.version = VERSION;
        let location = entry.location.to_string();
        self.state.places.insert(entry.key(), place);
        self.state.last.insert(self.root.clone(), location);
    }

    /// Keeps what is kept between runs.
    pub(crate) fn pause(&mut self) {
        self.save();
        self.keep_folder();
    }

    /// Keeps place, marks and history on disk.
    pub(crate) fn save(&mut self) {
        self.keep_place();
        self.effects
            .push(Effect::Save(Box::new(self.state.clone())));
    }

    /// Looks for words in the open article, the present match being the first at or after `from`.
    pub(crate) fn look_for(&mut self, wanted: FindQuery, from: u32) {
        let Some(content) = &self.reader.content else {
            return;
        };
        let content = content.clone();
        let before = self.reader.find.take().unwrap_or_default();
        self.generation += 1;
        self.find_generation = self.generation;
        self.find_from = from;
        let folded = before.folded.clone();
        if wanted.text().is_empty() {
            self.reader.find = folded.map(|folded| Find {
                folded: Some(folded),
                ..Find::default()
            });
            return;
        }
        self.reader.find = Some(Find {
            wanted: wanted.clone(),
            is_waiting: true,
            ..before
        });
        let generation = self.generation;
        self.effects.push(Effect::Find {
            generation,
            content,
            folded,
            wanted,
        });
    }
}
