//! A world map in terminal cells: the country, coasts and borders that each cell shows.
//!
//! [`draw`] rasterizes the outlines of `lexicon/world` into dots: two by four per cell for braille, one by two
//! for half blocks. It has no colors. The view fills the countries it highlights with [`Cell::own`] and draws
//! the others with [`Cell::edge`]. [`walk`] finds neighbors for the arrow keys.
//!
//! ```
//! use pullquote::world::{Dots, Size, Viewport, draw};
//!
//! let map = draw(Viewport::WORLD, Size { columns: 60, rows: 20 }, Dots::Braille);
//! assert_eq!(map.country_at(36, 4).unwrap().as_str(), "RU");
//! ```

use crate::lexicon::gazetteer::{Continent, CountryCode};

mod raster;
mod shapes;
mod walk;

pub use raster::draw;
pub use walk::{MapDirection, center, neighbor};

/// The size of a map in terminal cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    /// Cells in a row.
    pub columns: u16,
    /// Rows of cells.
    pub rows: u16,
}

/// How a cell is divided into dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dots {
    /// Two by four, drawn as a braille pattern.
    Braille,
    /// One by two, drawn as half blocks.
    HalfBlock,
}

impl Dots {
    /// The dots across and down a cell.
    const fn grid(self) -> (usize, usize) {
        match self {
            Self::Braille => (2, 4),
            Self::HalfBlock => (1, 2),
        }
    }

    /// The character that shows the given dots of a cell. Bit 0 is the upper left one; the others follow row by row.
    #[must_use]
    pub fn glyph(self, bits: u8) -> char {
        match self {
            Self::Braille => {
                // Unicode numbers braille dots down the columns, with the lowest row last.
                const PLACES: [u32; 8] = [0, 3, 1, 4, 2, 5, 6, 7];
                let pattern = PLACES
                    .iter()
                    .enumerate()
                    .filter(|(bit, _)| bits & (1 << bit) != 0)
                    .fold(0, |pattern, (_, place)| pattern | 1 << place);
                char::from_u32(BLANK_BRAILLE + pattern).unwrap_or(' ')
            }
            Self::HalfBlock => match bits & 3 {
                0 => ' ',
                1 => '▀',
                2 => '▄',
                _ => '█',
            },
        }
    }
}

/// The braille pattern without dots; the next 255 characters are the others.
const BLANK_BRAILLE: u32 = 0x2800;
/// Around a country, a view shows at least this many degrees on either side of it, across and up.
const LEAST_MARGIN: (f32, f32) = (5.0, 4.0);
/// A box of this many degrees across is the whole world.
const WHOLE_WORLD: f32 = 359.0;
/// The least cosine of a latitude in proportions. Near the poles a degree of longitude is nearly nothing.
const LEAST_SQUEEZE: f32 = 0.3;

/// A box on the globe in degrees. If `east` is more than 180, the box crosses the date line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// Its left edge.
    pub west: f32,
    /// Its right edge, greater than `west`.
    pub east: f32,
    /// Its lower edge.
    pub south: f32,
    /// Its upper edge.
    pub north: f32,
}

impl Viewport {
    /// The inhabited world. It begins west of Alaska, so Russia is not divided.
    pub const WORLD: Self = Self::new(-170.0, 190.0, -57.0, 84.0);

    const fn new(west: f32, east: f32, south: f32, north: f32) -> Self {
        Self {
            west,
            east,
            south,
            north,
        }
    }

    /// A continent with a small margin.
    #[must_use]
    pub const fn continent(continent: Continent) -> Self {
        match continent {
            Continent::Africa => Self::new(-22.0, 58.0, -36.0, 38.0),
            Continent::Antarctica => Self::new(-180.0, 180.0, -90.0, -50.0),
            Continent::Asia => Self::new(25.0, 150.0, -11.0, 56.0),
            Continent::Europe => Self::new(-25.0, 46.0, 34.0, 71.0),
            Continent::NorthAmerica => Self::new(-170.0, -50.0, 7.0, 75.0),
            Continent::Oceania => Self::new(110.0, 215.0, -48.0, 16.0),
            Continent::SouthAmerica => Self::new(-84.0, -33.0, -56.0, 14.0),
        }
    }

    /// The box around a country, with a margin of half its size on each side, or more for small states.
    #[must_use]
    pub fn around(code: CountryCode) -> Option<Self> {
        let bounds = walk::bounds(code)?;
        let x = ((bounds.east - bounds.west) / 2.0).max(LEAST_MARGIN.0);
        let y = ((bounds.north - bounds.south) / 2.0).max(LEAST_MARGIN.1);
        Some(Self::new(
            bounds.west - x,
            bounds.east + x,
            (bounds.south - y).max(-90.0),
            (bounds.north + y).min(90.0),
        ))
    }

    /// Widens the box in one direction so that outlines in its middle keep their proportions on a map of this size,
    /// whose cells are twice as high as wide. The whole world stays stretched.
    #[must_use]
    pub fn proportioned(self, size: Size) -> Self {
        let (width, height) = (
            f32::from(size.columns.max(1)),
            2.0 * f32::from(size.rows.max(1)),
        );
        let (across, up) = (self.east - self.west, self.north - self.south);
        if across >= WHOLE_WORLD {
            return self;
        }
        let squeeze = f32::midpoint(self.south, self.north)
            .to_radians()
            .cos()
            .max(LEAST_SQUEEZE);
        // Degrees of latitude per column, by width and by height.
        let scale = (across * squeeze / width).max(up / height);
        let more_x = (scale * width / squeeze - across).max(0.0) / 2.0;
        let more_y = (scale * height - up).max(0.0) / 2.0;
        let mut fitted = Self::new(
            self.west - more_x,
            self.east + more_x,
            self.south - more_y,
            self.north + more_y,
        );
        if fitted.north > 90.0 {
            fitted = Self {
                south: fitted.south + 90.0 - fitted.north,
                north: 90.0,
                ..fitted
            };
        }
        if fitted.south < -90.0 {
            fitted.south = -90.0;
        }
        if fitted.east - fitted.west > 360.0 {
            let middle = f32::midpoint(fitted.west, fitted.east);
            (fitted.west, fitted.east) = (middle - 180.0, middle + 180.0);
        }
        fitted
    }
}

/// One cell of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// The country with the most dots in the cell, or with a marker in it.
    pub country: Option<CountryCode>,
    /// Whether the country is a small state that has its marker here.
    pub marker: bool,
    /// The dots on land, row by row from the upper left.
    pub land: u8,
    /// The dots of [`Cell::country`].
    pub own: u8,
    /// The dots on coasts and borders.
    pub edge: u8,
}

/// A map drawn for one size and viewport.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Its size in cells.
    pub size: Size,
    /// The part of the world it shows.
    pub viewport: Viewport,
    /// How its cells are divided.
    pub dots: Dots,
    /// Its cells, row by row.
    pub cells: Vec<Cell>,
}

impl Map {
    /// The cell at a column and row.
    #[must_use]
    pub fn cell(&self, column: u16, row: u16) -> Option<&Cell> {
        if column >= self.size.columns {
            return None;
        }
        let index = usize::from(row) * usize::from(self.size.columns) + usize::from(column);
        self.cells.get(index)
    }

    /// The country that a click on a cell selects: the one in the cell, or else in a cell next to it.
    #[must_use]
    pub fn country_at(&self, column: u16, row: u16) -> Option<CountryCode> {
        let near = |dx: i32, dy: i32| {
            let column = u16::try_from(i32::from(column) + dx).ok()?;
            let row = u16::try_from(i32::from(row) + dy).ok()?;
            self.cell(column, row)?.country
        };
        [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)]
            .into_iter()
            .find_map(|(dx, dy)| near(dx, dy))
    }

    /// The cell with the center of a country, for its name or a cursor.
    #[must_use]
    pub fn place(&self, code: CountryCode) -> Option<(u16, u16)> {
        let (x, y) = center(code)?;
        let (column, row) =
            raster::project(self.viewport, (x, y), (self.size.columns, self.size.rows))?;
        Some((column, row))
    }
}

#[cfg(test)]
mod tests;
