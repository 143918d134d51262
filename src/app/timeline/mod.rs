//! The timeline of a speaker, a country, a search or the folder: which bars show, which one is selected, the articles
//! in it.
//!
//! The arrow keys move along the bars and change how much time a bar covers. Enter moves from the bars to the list of
//! articles below them, and from there into an article.

pub(super) mod actions;
mod keys;
pub mod series;

use ratatui::layout::Rect;

use super::lists::FilteredList;
use super::lists::selection::ListSelection;
use crate::analysis::CountryCode;
use crate::lexicon::gazetteer;
use crate::library::{self, ArticleId, TimeSlot, TimeUnit, TimelineBar};

/// What a timeline counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Subject {
    /// The articles of the folder.
    #[default]
    Folder,
    /// The quotations of a speaker.
    Speaker(String),
    /// The mentions of a country.
    Country(CountryCode),
    /// The hits of the search in the folder.
    Search(String),
}

impl Subject {
    /// What it is called in the title of the screen.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Folder => "the folder".to_owned(),
            Self::Speaker(name) => name.clone(),
            Self::Country(code) => gazetteer::name(*code).to_owned(),
            Self::Search(query) => format!("“{query}”"),
        }
    }

    /// Whether it is a search.
    pub(super) fn is_search(&self) -> bool {
        matches!(self, Self::Search(_))
    }

    /// So many of what is counted: `3 quotations`; nothing where articles are counted.
    #[must_use]
    pub fn counted(&self, count: u32) -> Option<String> {
        let what = match self {
            Self::Folder => return None,
            subject => subject.what(),
        };
        let one = what.trim_end_matches('s');
        Some(format!("{count} {}", if count == 1 { one } else { what }))
    }

    /// What is counted, in the plural.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        match self {
            Self::Folder => "articles",
            Self::Speaker(_) => "quotations",
            Self::Country(_) => "mentions",
            Self::Search(_) => "hits",
        }
    }

    /// What a bar holds: `3 quotations in 2 articles`.
    #[must_use]
    pub fn in_words(&self, bar: TimelineBar) -> String {
        let articles = match bar.articles {
            0 => return format!("no {}", self.what()),
            1 => "1 article".to_owned(),
            count => format!("{count} articles"),
        };
        let what = match self.counted(bar.count) {
            Some(counted) => format!("{counted} in {articles}"),
            None => articles,
        };
        match bar.by_file_time {
            0 => what,
            all if all == bar.articles => format!("{what}, by file time only"),
            some => format!("{what}, {some} by file time only"),
        }
    }
}

/// The timeline on screen.
#[derive(Debug, Default)]
pub struct TimelineScreen {
    /// What it counts.
    pub subject: Subject,
    /// The articles with their dates.
    pub data: library::Timeline,
    /// What a bar covers.
    pub unit: TimeUnit,
    /// The selected bar; `None` is that of the articles without a date.
    pub bar: Option<TimeSlot>,
    /// The bar at the left edge.
    pub first: TimeSlot,
    /// The articles of the selected bar.
    pub articles: FilteredList<ArticleId>,
    /// Whether the list has the keys rather than the bars.
    pub in_list: bool,
    /// Whether the reader chose the unit.
    is_unit_chosen: bool,
}

/// Where the parts of the screen are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// The bars.
    pub chart: Rect,
    /// The bar of what has no date, at the right of the others.
    pub undated: Rect,
    /// The line under the bars.
    pub axis: Rect,
    /// The line that says what the selected bar holds.
    pub heading: Rect,
    /// The articles of the selected bar.
    pub list: Rect,
    /// Columns from one bar to the next.
    pub step: u16,
}

/// The widest bar, with its gap.
const WIDEST_STEP: u16 = 6;
/// Columns for what has no date: air and a bar.
const UNDATED_COLUMNS: u16 = 4;

impl Areas {
    /// How many bars show.
    #[must_use]
    pub fn n_bars(&self) -> u16 {
        self.chart.width / self.step.max(1)
    }

    /// The columns of a bar, counted from the left edge.
    #[must_use]
    pub fn bar(&self, index: u16) -> Rect {
        let width = if self.step > 2 { self.step - 1 } else { 1 };
        Rect {
            x: self.chart.x + index * self.step,
            width,
            ..self.chart
        }
        .intersection(self.chart)
    }
}

impl TimelineScreen {
    /// Where the parts are inside the area of a screen.
    #[must_use]
    pub fn areas(&self, area: Rect) -> Areas {
        let height = (area.height / 3).clamp(1, 10);
        let has_undated = self.data.undated().articles > 0 && area.width > 3 * UNDATED_COLUMNS;
        let apart = if has_undated { UNDATED_COLUMNS } else { 0 };
        let chart = Rect {
            x: area.x + 1,
            width: area.width.saturating_sub(2 + apart),
            height,
            ..area
        };
        let (first, last) = self.data.slots(self.unit).unwrap_or_default();
        let wanted = u16::try_from(last - first + 1).unwrap_or(u16::MAX).max(1);
        let row = |y: u16, height: u16| Rect {
            y: area.y + y,
            height,
            ..area
        };
        Areas {
            chart,
            undated: Rect {
                x: chart.right() + apart.saturating_sub(2),
                width: apart.min(2),
                ..chart
            },
            axis: row(height, 1).intersection(area),
            heading: row(height + 1, 1).intersection(area),
            list: row(height + 2, area.height.saturating_sub(height + 2)).intersection(area),
            step: (chart.width / wanted).clamp(1, WIDEST_STEP),
        }
    }

    /// What the selected bar holds.
    #[must_use]
    pub fn selected_bar(&self) -> TimelineBar {
        self.bar.map_or_else(
            || self.data.undated(),
            |slot| self.data.bar(self.unit, slot),
        )
    }

    /// What an article of the selected bar counts for.
    #[must_use]
    pub fn count_of(&self, article: ArticleId) -> u32 {
        let is_it = |(id, _): &(ArticleId, u32)| *id == article;
        let found = match self.bar {
            Some(slot) => self.data.articles(self.unit, slot).find(is_it),
            None => self.data.undated_articles().iter().copied().find(is_it),
        };
        found.map_or(0, |(_, count)| count)
    }

    /// Lists the articles of the selected bar.
    fn list_articles(&mut self) {
        let rows = match self.bar {
            Some(slot) => self
                .data
                .articles(self.unit, slot)
                .map(|(id, _)| id)
                .collect(),
            None => self
                .data
                .undated_articles()
                .iter()
                .map(|(id, _)| *id)
                .collect(),
        };
        self.articles.set_rows(rows);
    }

    /// Selects the bar of an article that is on the timeline; an article without a date counts too.
    pub(super) fn select_article(&mut self, article: Option<ArticleId>) -> bool {
        let Some(article) = article else { return false };
        if let Some(day) = self.data.day_of(article) {
            self.bar = Some(self.unit.slot(day));
            return true;
        }
        let undated = self.data.undated_articles();
        let is_here = undated.iter().any(|(id, _)| *id == article);
        if is_here {
            self.bar = None;
        }
        is_here
    }

    /// Puts the selection on a bar that exists.
    fn settle_bar(&mut self) {
        let Some((first, last)) = self.data.slots(self.unit) else {
            self.bar = None;
            return;
        };
        let undated = self.data.undated().articles > 0;
        self.bar = match self.bar {
            Some(slot) => Some(slot.clamp(first, last)),
            None if undated => None,
            None => Some(last),
        };
    }

    /// Brings the selected bar into view.
    fn settle_in(&mut self, area: Rect) {
        let fitting = self.areas(area).chart.width;
        if !self.is_unit_chosen {
            let unit = self.data.unit_for(fitting);
            self.change_unit(unit);
        }
        self.settle_bar();
        let n_bars = TimeSlot::from(self.areas(area).n_bars().max(1));
        let (first, last) = self.data.slots(self.unit).unwrap_or_default();
        if let Some(bar) = self.bar {
            self.first = self.first.min(bar).max(bar - n_bars + 1);
        }
        self.first = self.first.min(last - n_bars + 1).max(first);
        self.list_articles();
        self.in_list &= !self.articles.rows.is_empty();
        let height = usize::from(self.areas(area).list.height);
        self.articles
            .selection
            .settle(self.articles.rows.len(), height);
    }

    /// Lets a bar cover more or less time; the selected day stays in the selected bar.
    fn change_unit(&mut self, unit: TimeUnit) {
        let (old, at) = (self.unit, self.bar);
        self.unit = unit;
        if old == unit {
            return;
        }
        let in_view = |slot| old.first_day(slot).map(|day| unit.slot(day));
        // Of a month that is cut into weeks, the first with articles.
        self.bar = at.and_then(|slot| {
            let day = old.first_day(slot)?;
            let next = self.data.nearest(unit, unit.slot(day) - 1, true);
            let inside =
                |slot: &TimeSlot| unit.first_day(*slot) <= old.last_day(at.unwrap_or(*slot));
            next.filter(inside).or_else(|| in_view(slot))
        });
        self.first = in_view(self.first).unwrap_or_default();
    }

    /// Goes `step` bars on, and past the last one to what has no date.
    fn step(&mut self, step: TimeSlot) {
        let Some((first, last)) = self.data.slots(self.unit) else {
            return;
        };
        let undated = self.data.undated().articles > 0;
        let here = self.bar.unwrap_or(last.saturating_add(1));
        let next = here.saturating_add(step).max(first);
        self.bar = if next > last && undated {
            None
        } else {
            Some(next.min(last))
        };
        self.articles.selection = ListSelection::default();
    }
}
