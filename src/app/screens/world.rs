//! The world on a map: which part of it shows, which countries are filled, and walking from one to
//! the next.

use ratatui::layout::Rect;

use crate::analysis::CountryCode;
use crate::app::protocol::notice::Notice;
use crate::app::window::geometry::list_area;
use crate::app::{Model, lists};
use crate::config::Action;
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

/// The map beside the list of countries.
#[derive(Debug, Default)]
pub struct WorldScreen {
    /// What the countries are counted over.
    pub scope: CountryScope,
    /// Mentions by country, most first.
    pub counts: Vec<(CountryCode, u32)>,
    /// The map as drawn for its place on the screen.
    pub map: Option<Map>,
    zoom: MapZoom,
    /// What the map was drawn for.
    drawn: Option<(Rect, MapZoom, Option<CountryCode>, Dots)>,
}

/// The list beside the map, and the narrowest screen that has a map.
const LIST_COLUMNS: u16 = 38;
const MAP_FROM: u16 = 72;

impl WorldScreen {
    /// Where the list and the map are inside the area of a screen.
    #[must_use]
    pub fn areas(area: Rect) -> (Rect, Option<Rect>) {
        if area.width < MAP_FROM || area.height < 8 {
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
    pub fn count(&self, code: CountryCode) -> u32 {
        self.counts
            .iter()
            .find(|(other, _)| *other == code)
            .map_or(0, |(_, count)| *count)
    }

    /// Whether the map is drawn anew for another part of the world when another country is chosen.
    fn follows_choice(&self) -> bool {
        self.zoom != MapZoom::World
    }
}

impl Model {
    pub(crate) fn perform_map(&mut self, action: Action) {
        match action {
            Action::MapWest => self.walk_map(MapDirection::Left),
            Action::MapEast => self.walk_map(MapDirection::Right),
            Action::MapNorth => self.walk_map(MapDirection::Up),
            Action::MapSouth => self.walk_map(MapDirection::Down),
            Action::ZoomIn => {
                self.atlas.zoom = match self.atlas.zoom {
                    MapZoom::World => MapZoom::Continent,
                    MapZoom::Continent | MapZoom::Country => MapZoom::Country,
                }
            }
            Action::ZoomOut => {
                self.atlas.zoom = match self.atlas.zoom {
                    MapZoom::Country => MapZoom::Continent,
                    MapZoom::Continent | MapZoom::World => MapZoom::World,
                }
            }
            Action::Scope => {
                self.atlas.scope = match self.atlas.scope {
                    CountryScope::Folder => CountryScope::Article,
                    CountryScope::Article if !self.hits.found.is_empty() => CountryScope::Search,
                    CountryScope::Article | CountryScope::Search => CountryScope::Folder,
                };
                if self.atlas.scope == CountryScope::Search {
                    self.count_hits();
                }
                self.refresh_world();
                self.say(Notice::info(format!(
                    "countries in {}",
                    self.atlas.scope.name()
                )));
            }
            _ => {}
        }
    }

    /// Goes to the nearest counted country that way; without a map through the list.
    fn walk_map(&mut self, direction: MapDirection) {
        if self.atlas.map.is_none() {
            let step = match direction {
                MapDirection::Left | MapDirection::Up => -1,
                MapDirection::Right | MapDirection::Down => 1,
            };
            let len = self.world.rows.len();
            self.world.selection.step(step, len);
            return;
        }
        let Some(&here) = self.world.selected() else {
            return;
        };
        let rows = &self.world.rows;
        match world::neighbor(here, direction, |code| rows.contains(&code)) {
            Some(code) => self.world.select(&code),
            None => self.say(Notice::info("no mentioned country in that direction")),
        }
    }

    /// Counts the countries of the scope and lists those that pass the filter.
    pub(crate) fn refresh_world(&mut self) {
        self.atlas.counts = match self.atlas.scope {
            CountryScope::Folder => {
                let all = self.library.countries().into_iter();
                all.map(|(code, totals)| (code, totals.mentions)).collect()
            }
            CountryScope::Article => self
                .reader
                .analysis()
                .map_or_else(Vec::new, |analysis| country_counts(analysis)),
            CountryScope::Search => self.countries_of_hits(),
        };
        let filter = &self.world.filter;
        let codes = self.atlas.counts.iter().map(|(code, _)| *code);
        let passing = codes.filter(|&code| {
            lists::passes(
                filter,
                &format!("{} {}", gazetteer::name(code), code.as_str()),
            )
        });
        self.world.set_rows(passing.collect());
    }

    fn countries_of_hits(&self) -> Vec<(CountryCode, u32)> {
        let mut counts = std::collections::BTreeMap::new();
        let counted = self.hits.counted().into_iter();
        let countries = counted.flat_map(|(id, _)| self.library.countries_in(id));
        for (code, mentions) in countries {
            *counts.entry(code).or_insert(0) += mentions;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|&(code, mentions)| (std::cmp::Reverse(mentions), code));
        counts
    }

    /// Draws the map when its place, its part of the world or its dots are others than before.
    pub(crate) fn settle_map(&mut self) {
        let area = list_area(&self.regions);
        let (_, Some(area)) = WorldScreen::areas(area) else {
            self.atlas.map = None;
            self.atlas.drawn = None;
            return;
        };
        let selected = self
            .world
            .selected()
            .copied()
            .filter(|_| self.atlas.follows_choice());
        let wanted = (area, self.atlas.zoom, selected, self.dots);
        if self.atlas.drawn == Some(wanted) {
            return;
        }
        self.atlas.drawn = Some(wanted);
        let size = Size {
            columns: area.width,
            rows: area.height.saturating_sub(1),
        };
        let viewport = self.viewport(selected).proportioned(size);
        self.atlas.map = Some(world::draw(viewport, size, self.dots));
    }

    fn viewport(&self, selected: Option<CountryCode>) -> Viewport {
        let around = match (self.atlas.zoom, selected) {
            (MapZoom::World, _) | (_, None) => None,
            (MapZoom::Continent, Some(code)) => {
                gazetteer::country(code).map(|country| Viewport::continent(country.continent))
            }
            (MapZoom::Country, Some(code)) => Viewport::around(code),
        };
        around.unwrap_or(Viewport::WORLD)
    }
}
