//! The timeline as a screen: what its keys do, along the bars and in the list of articles.

use ratatui::layout::{Position, Rect};

use super::series;
use super::{Subject, TimelineScreen};
use crate::app::lists::selection::ListSelection;
use crate::app::protocol::notice::Notice;
use crate::app::reading::direction::StepDirection;
use crate::app::reading::target::Target;
use crate::app::reading::who::Who;
use crate::app::screens::list_screen::{ListScreen, Request, Selected, Stepping, Surroundings};
use crate::config::{Action, Screen};
use crate::library::{ArticleId, TimeSlot, TimeUnit};

/// The most bars that one key press moves over.
const MAX_STEP: u32 = 10_000;

impl TimelineScreen {
    /// Shows a subject, with the bar of the open article selected.
    pub(crate) fn show(&mut self, subject: Subject, at: Surroundings<'_>) {
        if self.subject != subject {
            self.is_unit_chosen = false;
            self.bar = None;
        }
        self.subject = subject;
        self.refresh(at);
        let area = at.window.list_area();
        self.settle_in(area);
        let open = at.reading.reader.article;
        if !self.select_article(open)
            && let Some((_, last)) = self.data.slots(self.unit)
        {
            self.bar = Some(self.bar.unwrap_or(last));
        }
        self.settle_in(area);
        if let Some(open) = open {
            self.articles.select(&open);
        }
    }

    /// Whether everything on the timeline has been counted.
    #[must_use]
    pub fn is_whole(&self, at: Surroundings<'_>) -> bool {
        !self.subject.is_search() || at.search.is_counted()
    }

    fn choose_unit(&mut self, unit: TimeUnit) -> Vec<Request> {
        self.is_unit_chosen = true;
        self.change_unit(unit);
        let text = format!("one bar per {}", unit.name());
        vec![Request::Notify(Notice::info(text))]
    }

    /// On the bars, the keys that move in a list move along them or change what they cover.
    fn move_on_bars(&mut self, action: Action, count: Option<u32>, area: Rect) -> bool {
        let times = count.unwrap_or(1).clamp(1, MAX_STEP).cast_signed();
        let times = TimeSlot::from(times);
        let screenful = TimeSlot::from(self.areas(area).n_bars().max(1));
        let half = (screenful / 2).max(1);
        match action {
            Action::Earlier => self.step(-times),
            Action::Later => self.step(times),
            Action::NextPage => self.step(screenful * times),
            Action::PreviousPage => self.step(-screenful * times),
            Action::HalfPageDown => self.step(half * times),
            Action::HalfPageUp => self.step(-half * times),
            Action::Top => self.step(TimeSlot::MIN / 4),
            Action::End => {
                if let Some((_, last)) = self.data.slots(self.unit) {
                    self.bar = Some(last);
                }
            }
            Action::GoToPercent => {}
            _ => return false,
        }
        true
    }

    /// Opens an article at the first place that the timeline counts.
    fn open_article(&self, id: ArticleId, at: Surroundings<'_>) -> Request {
        match &self.subject {
            Subject::Folder => Request::Open(id, Target::Resume),
            Subject::Speaker(name) => {
                let who = Who::Named(name.clone());
                let target = Target::Quotation(who.clone(), StepDirection::Forward);
                Request::OpenFor(id, target, Stepping::Speaker(who))
            }
            Subject::Country(code) => {
                let target = Target::Mention(*code, StepDirection::Forward);
                Request::OpenFor(id, target, Stepping::Country(*code))
            }
            Subject::Search(query) => {
                let found = at.search.found.iter().find(|found| found.article == id);
                let hit = found.and_then(|found| found.hits.first());
                let target = hit.map_or(Target::Resume, |hit| Target::Hit(hit.span, query.clone()));
                Request::OpenFor(id, target, Stepping::Matches)
            }
        }
    }
}

impl ListScreen for TimelineScreen {
    fn title(&self, _at: Surroundings<'_>) -> String {
        let (subject, unit) = (self.subject.name(), self.unit.name());
        format!("Timeline of {subject}, by {unit}")
    }

    fn count(&self, at: Surroundings<'_>) -> String {
        let total = self.data.total();
        let more = if self.is_whole(at) { "" } else { " …" };
        let total = if at.window.regions.boxed {
            self.subject.in_words(total)
        } else {
            total.count.to_string()
        };
        format!("{total}{more}")
    }

    fn n_rows(&self) -> usize {
        self.articles.rows.len()
    }

    fn selection(&self) -> ListSelection {
        self.articles.selection
    }

    fn selection_mut(&mut self) -> &mut ListSelection {
        &mut self.articles.selection
    }

    fn refresh(&mut self, at: Surroundings<'_>) {
        let library = &at.folder.library;
        self.data = match &self.subject {
            Subject::Folder => series::of_folder(library),
            Subject::Speaker(name) => series::of_speaker(library, name),
            Subject::Country(code) => series::of_country(library, *code),
            Subject::Search(_) => series::of_hits(library, at.search.counted()),
        };
    }

    fn rows_area(&self, area: Rect, _at: Surroundings<'_>) -> Rect {
        self.areas(area).list
    }

    fn settle(&mut self, at: Surroundings<'_>) {
        if at.window.top() == Some(Screen::Timeline) {
            self.settle_in(at.window.list_area());
        }
    }

    /// Moves from the bars to the list, from the list into an article.
    fn open(&mut self, at: Surroundings<'_>) -> Vec<Request> {
        if !self.in_list {
            self.in_list = true;
            return Vec::new();
        }
        let selected = self.articles.selected();
        let request = selected.map(|id| self.open_article(*id, at));
        request.into_iter().collect()
    }

    fn selected(&self, _at: Surroundings<'_>) -> Selected {
        let article = self.articles.selected().copied();
        article.map_or(Selected::Nothing, Selected::Article)
    }

    fn lists_articles(&self) -> bool {
        true
    }

    fn perform(
        &mut self,
        action: Action,
        count: Option<u32>,
        at: Surroundings<'_>,
    ) -> Option<Vec<Request>> {
        let is_on_bars = !self.in_list;
        let along_bars = matches!(action, Action::Earlier | Action::Later);
        match action {
            Action::ZoomIn => return Some(self.choose_unit(self.unit.finer())),
            Action::ZoomOut => return Some(self.choose_unit(self.unit.coarser())),
            Action::LineUp if is_on_bars => return Some(self.choose_unit(self.unit.finer())),
            Action::LineDown if is_on_bars => return Some(self.choose_unit(self.unit.coarser())),
            Action::Scope => return Some(vec![Request::NextTimeline]),
            Action::NextPane | Action::PreviousPane => self.in_list = !self.in_list,
            Action::Cancel if self.in_list => self.in_list = false,
            _ if is_on_bars || along_bars => {
                let area = at.window.list_area();
                return self.move_on_bars(action, count, area).then(Vec::new);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// A click on a bar selects it, one anywhere else above the list gives the bars the keys.
    fn click(&mut self, cell: Position, at: Surroundings<'_>) -> Option<Vec<Request>> {
        let areas = self.areas(at.window.list_area());
        if areas.list.contains(cell) {
            self.in_list = true;
            return None;
        }
        let is_bar = |area: Rect| {
            let tall = Rect {
                height: area.height + 1,
                ..area
            };
            tall.contains(cell)
        };
        if is_bar(areas.undated) {
            self.bar = None;
        } else if is_bar(areas.chart) {
            let index = (cell.x - areas.chart.x) / areas.step.max(1);
            self.bar = Some(self.first.saturating_add(TimeSlot::from(index)));
        }
        self.in_list = false;
        Some(Vec::new())
    }
}
