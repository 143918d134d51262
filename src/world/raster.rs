//! Draws outlines as dots: a scanline fill of every country, then coasts and borders between the filled dots.

use super::shapes::{self, Point};
use super::{Cell, Dots, Map, Size, Viewport};
use crate::lexicon::gazetteer::CountryCode;

/// The number of dots that belong to no country.
const SEA: u16 = 0;

/// Draws the part of the world in `viewport` at this size.
#[must_use]
pub fn draw(viewport: Viewport, size: Size, dots: Dots) -> Map {
    let (across, down) = dots.grid();
    let mut grid = Grid::new(
        viewport,
        usize::from(size.columns) * across,
        usize::from(size.rows) * down,
    );
    for (number, shape) in (1..).zip(shapes::COUNTRIES.iter()) {
        grid.fill(&shape.rings, number);
    }
    let mut map = Map {
        size,
        viewport,
        dots,
        cells: cells(&grid, size, dots),
    };
    mark(&mut map);
    map
}

/// The dots of a map, each with the number of its country.
struct Grid {
    viewport: Viewport,
    width: usize,
    height: usize,
    owners: Vec<u16>,
}

impl Grid {
    fn new(viewport: Viewport, width: usize, height: usize) -> Self {
        Self {
            viewport,
            width,
            height,
            owners: vec![SEA; width * height],
        }
    }

    /// Fills the dots whose centers are inside an odd number of the rings.
    fn fill(&mut self, rings: &[Vec<Point>], number: u16) {
        let Viewport {
            west,
            east,
            south,
            north,
        } = self.viewport;
        let mut crossings: Vec<(usize, f32)> = Vec::new();
        for turn in [-360.0, 0.0, 360.0] {
            crossings.clear();
            for ring in rings {
                let (low, high) = span(ring.iter().map(|&(x, _)| x + turn));
                let (bottom, top) = span(ring.iter().map(|&(_, y)| y));
                if high < west || low > east || top < south || bottom > north {
                    continue;
                }
                self.cross(ring, turn, &mut crossings);
            }
            crossings.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            for pair in crossings.chunks_exact(2) {
                if let [(row, from), (_, to)] = *pair {
                    self.paint(row, from, to, number);
                }
            }
        }
    }

    /// Adds where a ring crosses the middle of each row of dots, in dots from the left edge.
    fn cross(&self, ring: &[Point], turn: f32, crossings: &mut Vec<(usize, f32)>) {
        let Viewport {
            west,
            east,
            south,
            north,
        } = self.viewport;
        let x_scale = count(self.width) / (east - west);
        let y_scale = count(self.height) / (north - south);
        let place = |(x, y): Point| ((x + turn - west) * x_scale, (north - y) * y_scale);
        let ends = ring.iter().skip(1).chain(ring.first());
        for (&from, &to) in ring.iter().zip(ends) {
            let ((x1, y1), (x2, y2)) = (place(from), place(to));
            let (top, bottom) = (y1.min(y2), y1.max(y2));
            let first = index((top - 0.5).ceil()).min(self.height);
            let end = index((bottom - 0.5).ceil()).min(self.height);
            for row in first..end {
                let t = (count(row) + 0.5 - y1) / (y2 - y1);
                crossings.push((row, x1 + t * (x2 - x1)));
            }
        }
    }

    fn paint(&mut self, row: usize, from: f32, to: f32, number: u16) {
        let first = index((from - 0.5).ceil()).min(self.width);
        let end = index((to - 0.5).ceil()).min(self.width);
        let start = row * self.width;
        if first < end {
            self.owners[start + first..start + end].fill(number);
        }
    }

    fn owner(&self, x: usize, y: usize) -> u16 {
        self.owners[y * self.width + x]
    }

    /// Whether a dot is on a coast or border: the next dot to the right or below has another owner. At a coast the dot
    /// on land is the edge.
    fn is_edge(&self, x: usize, y: usize) -> bool {
        let own = self.owner(x, y);
        let differs =
            |x: usize, y: usize| x < self.width && y < self.height && self.owner(x, y) != own;
        own != SEA
            && (differs(x + 1, y)
                || differs(x, y + 1)
                || (x > 0 && self.owner(x - 1, y) == SEA)
                || (y > 0 && self.owner(x, y - 1) == SEA))
    }
}

fn span(values: impl Iterator<Item = f32>) -> (f32, f32) {
    values.fold((f32::MAX, f32::MIN), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}

#[expect(
    clippy::cast_precision_loss,
    reason = "maps are smaller than 16 million dots"
)]
fn count(number: usize) -> f32 {
    number as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, negative to 0"
)]
fn index(value: f32) -> usize {
    value as usize
}

fn cells(grid: &Grid, size: Size, dots: Dots) -> Vec<Cell> {
    let (columns, rows) = (usize::from(size.columns), usize::from(size.rows));
    (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (column, row)))
        .map(|(column, row)| cell(grid, dots, column, row))
        .collect()
}

fn cell(grid: &Grid, dots: Dots, column: usize, row: usize) -> Cell {
    let (across, down) = dots.grid();
    let mut owners = [SEA; 8];
    let mut cell = Cell::default();
    for (bit, owner) in owners.iter_mut().enumerate().take(across * down) {
        let (x, y) = (column * across + bit % across, row * down + bit / across);
        *owner = grid.owner(x, y);
        cell.land |= u8::from(*owner != SEA) << bit;
        cell.edge |= u8::from(grid.is_edge(x, y)) << bit;
    }
    let votes = |number: u16| owners.iter().filter(|&&owner| owner == number).count();
    let Some(winner) = owners
        .iter()
        .copied()
        .filter(|&owner| owner != SEA)
        // The first among equals, so that the map is the same every time.
        .max_by_key(|&owner| (votes(owner), u16::MAX - owner))
    else {
        return cell;
    };
    for (bit, owner) in owners.iter().enumerate() {
        cell.own |= u8::from(*owner == winner) << bit;
    }
    cell.country = usize::from(winner)
        .checked_sub(1)
        .and_then(|index| shapes::COUNTRIES.get(index))
        .map(|shape| shape.code);
    cell
}

/// Sets the markers of small states that fall on the map.
fn mark(map: &mut Map) {
    let size = (map.size.columns, map.size.rows);
    for &(code, point) in shapes::SMALL.iter() {
        set(map, code, project(map.viewport, point, size));
    }
    // A country with an outline too thin for a dot of its own gets a marker as well.
    for shape in shapes::COUNTRIES.iter() {
        if !map
            .cells
            .iter()
            .any(|cell| cell.country == Some(shape.code))
        {
            set(
                map,
                shape.code,
                super::center(shape.code).and_then(|point| project(map.viewport, point, size)),
            );
        }
    }
}

fn set(map: &mut Map, code: CountryCode, place: Option<(u16, u16)>) {
    let Some((column, row)) = place else { return };
    let index = usize::from(row) * usize::from(map.size.columns) + usize::from(column);
    if let Some(cell) = map.cells.get_mut(index)
        && !cell.marker
    {
        cell.country = Some(code);
        cell.marker = true;
        cell.own = 0;
    }
}

/// The cell in which a point falls.
pub(super) fn project(
    viewport: Viewport,
    (x, y): Point,
    (columns, rows): (u16, u16),
) -> Option<(u16, u16)> {
    let Viewport {
        west,
        east,
        south,
        north,
    } = viewport;
    let x = west + (x - west).rem_euclid(360.0);
    let inside = x < east && y < north && y > south;
    let column = index((x - west) / (east - west) * f32::from(columns));
    let row = index((north - y) / (north - south) * f32::from(rows));
    inside.then_some((u16::try_from(column).ok()?, u16::try_from(row).ok()?))
}
