//! What is done with the timeline: of what it is, along its bars, from a bar into an article.

use std::collections::BTreeMap;

use ratatui::layout::Rect;

use super::Subject;
use crate::app::protocol::answers::Certainty;
use crate::app::protocol::notice::Notice;
use crate::app::reading::direction::StepDirection;
use crate::app::reading::target::{Jump, Target};
use crate::app::reading::who::Who;
use crate::app::screens::world::CountryScope;
use crate::app::side::Section;
use crate::app::timeline::series::of_speaker;
use crate::app::window::geometry::list_area;
use crate::app::{Focus, Model, Screen};
use crate::config::{Action, Context};
use crate::library::{self, ArticleId, TimeSlot, TimeUnit};

impl Model {
    /// Shows the timeline of what is chosen, or closes it.
    pub(crate) fn toggle_timeline(&mut self) {
        if self.screens.last() != Some(&Screen::Timeline) {
            let subject = self.subject_at_hand();
            self.timeline.in_list = false;
            self.put_on_timeline(subject);
        }
        self.toggle_screen(Screen::Timeline);
    }

    fn put_on_timeline(&mut self, subject: Subject) {
        let timeline = &mut self.timeline;
        if timeline.subject != subject {
            timeline.is_unit_chosen = false;
            timeline.bar = None;
        }
        timeline.subject = subject;
        if self.timeline.subject.is_search() {
            self.count_hits();
        }
        self.refresh_timeline();
        let area = list_area(&self.regions);
        self.timeline.settle(area);
        let open = self.reader.article;
        if !self.timeline.select_article(open)
            && let Some((_, last)) = self.timeline.data.slots(self.timeline.unit)
        {
            self.timeline.bar = Some(self.timeline.bar.unwrap_or(last));
        }
        self.timeline.settle(area);
        if let Some(open) = open {
            self.timeline.articles.select(&open);
        }
    }

    /// What a timeline is wanted of: what is selected in a list, else what one steps through.
    fn subject_at_hand(&self) -> Subject {
        let speaker = |who: Option<Who>| match who {
            Some(Who::Named(name)) => Some(Subject::Speaker(name)),
            _ => None,
        };
        let chosen = match (self.context(), self.side.section) {
            (Context::People, _) => {
                let name = self.people.selected();
                name.map(|name| Subject::Speaker(name.as_ref().to_owned()))
            }
            (Context::World, _) => self.world.selected().copied().map(Subject::Country),
            (Context::Finder, _) => self.searched_for(),
            (Context::Contents, _) => Some(Subject::Folder),
            (Context::Side, Section::Countries) => self.side.country.map(Subject::Country),
            _ => match self.last_jump {
                Some(Jump::Country) => self.side.country.map(Subject::Country),
                Some(Jump::Match) => self.searched_for(),
                _ => None,
            },
        };
        chosen
            .or_else(|| speaker(self.side.speaker.clone()))
            .or_else(|| speaker(self.side.shown_speaker(&self.reader)))
            .unwrap_or_default()
    }

    fn searched_for(&self) -> Option<Subject> {
        let has_hits = !self.hits.found.is_empty();
        has_hits.then(|| Subject::Search(self.hits.query.clone()))
    }

    /// Works out anew what stands on the timeline.
    pub(crate) fn refresh_timeline(&mut self) {
        let library = &self.library;
        let of = |articles: Vec<ArticleId>, count: &dyn Fn(ArticleId) -> u32| {
            let articles = articles.into_iter();
            let dated = articles.map(|id| (id, library.date(id), count(id)));
            library::Timeline::of(dated)
        };
        let data = match &self.timeline.subject {
            Subject::Folder => of(library.order().to_vec(), &|_| 1),
            Subject::Speaker(name) => of_speaker(library, name),
            Subject::Country(code) => {
                let articles = library.articles_mentioning(*code);
                of(articles, &|id| library.mentions_in(id, *code))
            }
            Subject::Search(_) => {
                let counts: BTreeMap<ArticleId, u32> = self.hits.counted().into_iter().collect();
                let articles = counts.keys().copied().collect();
                of(articles, &|id| counts.get(&id).copied().unwrap_or(0))
            }
        };
        self.timeline.data = data;
    }

    /// Whether something shows that counts all hits of the search.
    pub(crate) fn counts_hits(&self) -> bool {
        let on_timeline =
            self.screens.contains(&Screen::Timeline) && self.timeline.subject.is_search();
        let on_map =
            self.screens.contains(&Screen::World) && self.atlas.scope == CountryScope::Search;
        on_timeline || on_map
    }

    /// Whether all that the timeline is of was counted.
    #[must_use]
    pub fn is_timeline_whole(&self) -> bool {
        !self.timeline.subject.is_search() || self.hits.progress.sure == Certainty::All
    }

    /// Brings what counts hits up to date.
    pub(crate) fn refresh_what_counts_hits(&mut self) {
        if !self.counts_hits() {
            return;
        }
        if self.screens.contains(&Screen::Timeline) {
            self.refresh_timeline();
        }
        if self.screens.contains(&Screen::World) {
            self.refresh_world();
        }
    }

    pub(crate) fn settle_timeline(&mut self) {
        self.timeline.settle(list_area(&self.regions));
    }

    pub(crate) fn perform_timeline(&mut self, action: Action) {
        match action {
            Action::ZoomIn => self.change_unit(self.timeline.unit.finer()),
            Action::ZoomOut => self.change_unit(self.timeline.unit.coarser()),
            Action::Scope => self.next_subject(),
            _ => {}
        }
    }

    fn change_unit(&mut self, unit: TimeUnit) {
        self.timeline.is_unit_chosen = true;
        self.timeline.change_unit(unit);
        self.say(Notice::info(format!("one bar per {}", unit.name())));
    }

    /// From the speaker to the country, the search and the folder, as far as they are chosen.
    fn next_subject(&mut self) {
        let speaker = self.side.speaker.clone();
        let speaker = speaker.or_else(|| self.side.shown_speaker(&self.reader));
        let speaker = match speaker {
            Some(Who::Named(name)) => Some(Subject::Speaker(name)),
            _ => None,
        };
        let first = || self.side.countries.first().map(|row| row.code);
        let country = self.side.country.or_else(first).map(Subject::Country);
        let all = [speaker, country, self.searched_for(), Some(Subject::Folder)];
        let all: Vec<Subject> = all.into_iter().flatten().collect();
        let at = all.iter().position(|one| *one == self.timeline.subject);
        let next = at.map_or(0, |at| (at + 1) % all.len());
        if let Some(next) = all.get(next) {
            self.put_on_timeline(next.clone());
        }
    }

    /// On the bars, what moves in a list goes along them or changes what they cover.
    pub(crate) fn move_on_bars(&mut self, action: Action, count: Option<u32>) {
        let times = TimeSlot::try_from(count.unwrap_or(1).clamp(1, 10_000)).unwrap_or(1);
        let screenful = self.timeline.areas(list_area(&self.regions)).n_bars();
        let screenful = TimeSlot::from(screenful.max(1));
        match action {
            Action::Earlier => self.timeline.step(-times),
            Action::Later => self.timeline.step(times),
            Action::LineUp => self.perform_timeline(Action::ZoomIn),
            Action::LineDown => self.perform_timeline(Action::ZoomOut),
            Action::NextPage => self.timeline.step(screenful * times),
            Action::PreviousPage => self.timeline.step(-screenful * times),
            Action::HalfPageDown => self.timeline.step((screenful / 2).max(1) * times),
            Action::HalfPageUp => self.timeline.step(-(screenful / 2).max(1) * times),
            Action::Top => self.timeline.step(TimeSlot::MIN / 4),
            Action::End => {
                if let Some((_, last)) = self.timeline.data.slots(self.timeline.unit) {
                    self.timeline.bar = Some(last);
                }
            }
            _ => {}
        }
    }

    /// From the bars into the list, from the list into an article at the first of what is counted.
    pub(crate) fn open_in_timeline(&mut self) {
        if !self.timeline.in_list {
            self.timeline.in_list = true;
            return;
        }
        let Some(&id) = self.timeline.articles.selected() else {
            return;
        };
        let subject = self.timeline.subject.clone();
        let target = match subject {
            Subject::Folder => Target::Resume,
            Subject::Speaker(name) => {
                let who = Who::Named(name);
                self.side.speaker = Some(who.clone());
                self.last_jump = Some(Jump::Speaker);
                Target::Quotation(who, StepDirection::Forward)
            }
            Subject::Country(code) => {
                self.side.country = Some(code);
                self.last_jump = Some(Jump::Country);
                Target::Mention(code, StepDirection::Forward)
            }
            Subject::Search(query) => {
                self.last_jump = Some(Jump::Match);
                let found = self.hits.found.iter().find(|found| found.article == id);
                let hit = found.and_then(|found| found.hits.first());
                hit.map_or(Target::Resume, |hit| Target::Hit(hit.span, query))
            }
        };
        self.screens.clear();
        self.focus = Focus::Text;
        self.remember_place();
        self.open(id, target);
    }

    /// A click on a bar selects it.
    pub(crate) fn click_on_bars(&mut self, column: u16, row: u16) {
        let areas = self.timeline.areas(list_area(&self.regions));
        let is_bar = |area: Rect| {
            let tall = Rect {
                height: area.height + 1,
                ..area
            };
            tall.contains((column, row).into())
        };
        if is_bar(areas.undated) {
            self.timeline.bar = None;
        } else if is_bar(areas.chart) {
            let index = (column - areas.chart.x) / areas.step.max(1);
            self.timeline.bar = Some(self.timeline.first.saturating_add(TimeSlot::from(index)));
        }
        self.timeline.in_list = false;
    }
}
