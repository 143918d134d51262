//! The countries as a list, with a map: which part of it shows, which countries are filled, and walking from one to
//! the next.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ratatui::layout::{Position, Rect};

use super::list_screen::{ListScreen, Request, Selected, Surroundings};
use crate::analysis::CountryCode;
use crate::app::lists::selection::ListSelection;
use crate::app::lists::{FilteredList, filtered, passes, shown_of};
use crate::app::protocol::notice::Notice;
use crate::config::{Action, Screen};
use crate::lexicon::gazetteer;
use crate::library::country_counts;
use crate::world::{self, Dots, Map, MapDirection, Size, Viewport};

/// What the countries are counted over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CountryScope {
    /// All articles.
    #[default]
    Folder,
    /// The open article.
    Article,
    /// The articles that answer the search in the folder.
    Search,
}

impl CountryScope {
    /// What it is called on screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Folder => "the folder",
            Self::Article => "this article",
            Self::Search => "the search",
        }
    }
}

/// How much of the world shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum MapZoom {
    #[default]
    World,
    Continent,
    Country,
}

/// The list of countries and the map beside it.
#[derive(Debug, Default)]
pub struct WorldScreen {
    /// The countries that pass the filter.
    pub list: FilteredList<CountryCode>,
    /// What the countries are counted over.
    pub scope: CountryScope,
    /// Mentions by country, most first.
    pub counts: Vec<(CountryCode, u32)>,
    /// The map as drawn for its place on the screen.
    pub map: Option<Map>,
    zoom: MapZoom,
    /// What the map was drawn for.
    drawn_for: Option<(Rect, MapZoom, Option<CountryCode>, Dots)>,
}

/// The width of the list beside the map.
const LIST_COLUMNS: u16 = 38;
/// The smallest area with room for a map.
const MAP_FROM: (u16, u16) = (72, 8);

impl WorldScreen {
    /// Where the list and the map are inside the area of a screen.
    #[must_use]
    pub fn areas(area: Rect) -> (Rect, Option<Rect>) {
        if area.width < MAP_FROM.0 || area.height < MAP_FROM.1 {
            return (area, None);
        }
        let list = Rect {
            width: LIST_COLUMNS,
            ..area
        };
        let x = list.right() + 1;
        (
            list,
            Some(Rect {
                x,
                width: area.right() - x,
                ..area
            }),
        )
    }

    /// The mentions of a country in the scope.
    #[must_use]
    pub fn count_of(&self, code: CountryCode) -> u32 {
        let counted = self.counts.iter().find(|(other, _)| *other == code);
        counted.map_or(0, |(_, count)| *count)
    }

    /// Whether the hits of the search are counted.
    pub(crate) fn counts_hits(&self) -> bool {
        self.scope == CountryScope::Search
    }

    /// Counts the countries of the scope and lists those that pass the filter.
    fn list_countries(&mut self, at: Surroundings<'_>) {
        self.counts = match self.scope {
            CountryScope::Folder => {
                let all = at.folder.library.countries().into_iter();
                all.map(|(code, totals)| (code, totals.mentions)).collect()
            }
            CountryScope::Article => match at.reading.reader.analysis() {
                Some(analysis) => country_counts(analysis),
                None => Vec::new(),
            },
            CountryScope::Search => countries_of_hits(at),
        };
        let filter = &self.list.filter;
        let codes = self.counts.iter().map(|(code, _)| *code);
        let passing = codes.filter(|code| {
            let name = gazetteer::name(*code);
            passes(filter, &format!("{name} {}", code.as_str()))
        });
        self.list.set_rows(passing.collect());
    }

    /// Counts over the next scope.
    fn next_scope(&mut self, at: Surroundings<'_>) -> Vec<Request> {
        self.scope = match self.scope {
            CountryScope::Folder => CountryScope::Article,
            CountryScope::Article if !at.search.found.is_empty() => CountryScope::Search,
            CountryScope::Article | CountryScope::Search => CountryScope::Folder,
        };
        self.list_countries(at);
        let text = format!("countries in {}", self.scope.name());
        let count = self.counts_hits().then_some(Request::CountHits);
        let notify = Request::Notify(Notice::info(text));
        count.into_iter().chain([notify]).collect()
    }

    /// Selects the nearest counted country in a direction; without a map the next row.
    fn walk(&mut self, direction: MapDirection) -> Vec<Request> {
        if self.map.is_none() {
            let step = match direction {
                MapDirection::Left | MapDirection::Up => -1,
                MapDirection::Right | MapDirection::Down => 1,
            };
            let n_rows = self.list.rows.len();
            self.list.selection.step(step, n_rows);
            return Vec::new();
        }
        let Some(&here) = self.list.selected() else {
            return Vec::new();
        };
        let rows = &self.list.rows;
        let Some(code) = world::neighbor(here, direction, |code| rows.contains(&code)) else {
            let text = "no mentioned country in that direction";
            return vec![Request::Notify(Notice::info(text))];
        };
        self.list.select(&code);
        Vec::new()
    }

    /// Draws the map when its place, its part of the world or its dots changed.
    fn draw_map(&mut self, at: Surroundings<'_>) {
        let (_, Some(area)) = Self::areas(at.window.list_area()) else {
            self.map = None;
            self.drawn_for = None;
            return;
        };
        let is_whole_world = self.zoom == MapZoom::World;
        let selected = self.list.selected().copied();
        let selected = selected.filter(|_| !is_whole_world);
        let dots = at.window.dots;
        let wanted = (area, self.zoom, selected, dots);
        if self.drawn_for == Some(wanted) {
            return;
        }
        self.drawn_for = Some(wanted);
        let size = Size {
            columns: area.width,
            rows: area.height.saturating_sub(1),
        };
        let viewport = self.viewport(selected).proportioned(size);
        self.map = Some(world::draw(viewport, size, dots));
    }

    fn viewport(&self, selected: Option<CountryCode>) -> Viewport {
        let around = match (self.zoom, selected) {
            (MapZoom::World, _) | (_, None) => None,
            (MapZoom::Continent, Some(code)) => {
                gazetteer::country(code).map(|country| Viewport::continent(country.continent))
            }
            (MapZoom::Country, Some(code)) => Viewport::around(code),
        };
        around.unwrap_or(Viewport::WORLD)
    }
}

/// How often the articles with hits mention each country, most first.
fn countries_of_hits(at: Surroundings<'_>) -> Vec<(CountryCode, u32)> {
    let mut counts = BTreeMap::new();
    for (id, _) in at.search.counted() {
        for (code, mentions) in at.folder.library.countries_in(id) {
            *counts.entry(code).or_insert(0) += mentions;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(code, mentions)| (Reverse(mentions), code));
    counts
}

impl ListScreen for WorldScreen {
    fn title(&self, _at: Surroundings<'_>) -> String {
        let filter = filtered(&self.list.filter);
        format!("Countries in {}{filter}", self.scope.name())
    }

    fn count(&self, _at: Surroundings<'_>) -> String {
        shown_of(self.list.rows.len(), self.counts.len())
    }

    fn n_rows(&self) -> usize {
        self.list.rows.len()
    }

    fn selection(&self) -> ListSelection {
        self.list.selection
    }

    fn selection_mut(&mut self) -> &mut ListSelection {
        &mut self.list.selection
    }

    fn filter(&self) -> Option<&str> {
        Some(&self.list.filter)
    }

    fn set_filter(&mut self, filter: &str, at: Surroundings<'_>) -> Vec<Request> {
        filter.clone_into(&mut self.list.filter);
        self.list_countries(at);
        Vec::new()
    }

    fn refresh(&mut self, at: Surroundings<'_>) {
        self.list_countries(at);
    }

    fn rows_area(&self, area: Rect, _at: Surroundings<'_>) -> Rect {
        Self::areas(area).0
    }

    fn settle(&mut self, at: Surroundings<'_>) {
        let height = usize::from(at.window.list_area().height);
        let n_rows = self.n_rows();
        self.list.selection.settle(n_rows, height);
        if at.window.top() == Some(Screen::World) {
            self.draw_map(at);
        }
    }

    fn open(&mut self, _at: Surroundings<'_>) -> Vec<Request> {
        match self.list.selected() {
            Some(&code) => vec![Request::ShowText, Request::ChooseCountry(code)],
            None => Vec::new(),
        }
    }

    fn selected(&self, _at: Surroundings<'_>) -> Selected {
        let selected = self.list.selected().copied();
        selected.map_or(Selected::Nothing, Selected::Country)
    }

    fn perform(
        &mut self,
        action: Action,
        _count: Option<u32>,
        at: Surroundings<'_>,
    ) -> Option<Vec<Request>> {
        Some(match action {
            Action::MapWest => self.walk(MapDirection::Left),
            Action::MapEast => self.walk(MapDirection::Right),
            Action::MapNorth => self.walk(MapDirection::Up),
            Action::MapSouth => self.walk(MapDirection::Down),
            Action::ZoomIn => {
                self.zoom = match self.zoom {
                    MapZoom::World => MapZoom::Continent,
                    MapZoom::Continent | MapZoom::Country => MapZoom::Country,
                };
                Vec::new()
            }
            Action::ZoomOut => {
                self.zoom = match self.zoom {
                    MapZoom::Country => MapZoom::Continent,
                    MapZoom::Continent | MapZoom::World => MapZoom::World,
                };
                Vec::new()
            }
            Action::Scope => self.next_scope(at),
            _ => return None,
        })
    }

    /// A click on a country selects it; a click on the selected one does what Enter does.
    fn click(&mut self, cell: Position, at: Surroundings<'_>) -> Option<Vec<Request>> {
        let (_, area) = Self::areas(at.window.list_area());
        let area = area.filter(|area| area.contains(cell))?;
        let (column, row) = (cell.x - area.x, cell.y - area.y);
        let Some(code) = self
            .map
            .as_ref()
            .and_then(|map| map.country_at(column, row))
        else {
            return Some(Vec::new());
        };
        if self.list.selected() == Some(&code) {
            return Some(self.open(at));
        }
        if self.list.rows.contains(&code) {
            self.list.select(&code);
            return Some(Vec::new());
        }
        let text = format!("{} is not mentioned", gazetteer::name(code));
        Some(vec![Request::Notify(Notice::info(text))])
    }
}
