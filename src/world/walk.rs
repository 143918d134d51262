//! Where countries are, and their neighbors in a direction for the arrow keys.

use super::Viewport;
use super::shapes::{self, Point};
use crate::lexicon::gazetteer::CountryCode;

/// The direction of an arrow key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapDirection {
    /// West.
    Left,
    /// East.
    Right,
    /// North.
    Up,
    /// South.
    Down,
}

/// Smaller outlines, in square degrees, are too thin for their center of mass to be computed.
const LEAST_AREA: f32 = 0.01;
/// The least cosine of a latitude for distances. Near the poles a degree of longitude is nearly nothing.
const LEAST_SQUEEZE: f32 = 0.2;
/// A country is ahead if it is at most twice as far aside.
const LEAST_AHEAD: f32 = 0.5;

/// The center of a country's largest outline, or its marker, as longitude and latitude in degrees.
#[must_use]
pub fn center(code: CountryCode) -> Option<Point> {
    if let Ok(at) = shapes::SMALL.binary_search_by_key(&code, |(code, _)| *code) {
        return shapes::SMALL.get(at).map(|(_, point)| *point);
    }
    let ring = largest(code)?;
    let bounds = bounds_of(ring);
    let (area, x, y) = moments(ring);
    if area.abs() < LEAST_AREA {
        return Some((
            f32::midpoint(bounds.west, bounds.east),
            f32::midpoint(bounds.south, bounds.north),
        ));
    }
    Some((x / (6.0 * area), y / (6.0 * area)))
}

/// The box around the largest outline of a country, or around its marker.
pub(super) fn bounds(code: CountryCode) -> Option<Viewport> {
    largest(code).map(bounds_of).or_else(|| {
        let (x, y) = center(code)?;
        Some(Viewport {
            west: x,
            east: x,
            south: y,
            north: y,
        })
    })
}

/// The nearest country in a direction, of those for which `passes` is true. Its center must be ahead, and distances
/// aside count double. `None` if there is no country that way.
pub fn neighbor(
    code: CountryCode,
    direction: MapDirection,
    mut passes: impl FnMut(CountryCode) -> bool,
) -> Option<CountryCode> {
    let (x, y) = center(code)?;
    let squeeze = y.to_radians().cos().max(LEAST_SQUEEZE);
    let mut best: Option<(f32, CountryCode)> = None;
    let outlined = shapes::COUNTRIES.iter().map(|shape| shape.code);
    for other in outlined.chain(shapes::SMALL.iter().map(|(code, _)| *code)) {
        let Some(to) = center(other).filter(|_| other != code) else {
            continue;
        };
        // The shorter distance around the globe.
        let dx = ((to.0 - x + 180.0).rem_euclid(360.0) - 180.0) * squeeze;
        let dy = to.1 - y;
        let (ahead, aside) = match direction {
            MapDirection::Left => (-dx, dy),
            MapDirection::Right => (dx, dy),
            MapDirection::Up => (dy, dx),
            MapDirection::Down => (-dy, dx),
        };
        let distance = ahead + 2.0 * aside.abs();
        if ahead > 0.0
            && ahead >= aside.abs() * LEAST_AHEAD
            && best.is_none_or(|(known, _)| distance < known)
            && passes(other)
        {
            best = Some((distance, other));
        }
    }
    best.map(|(_, code)| code)
}

fn largest(code: CountryCode) -> Option<&'static [Point]> {
    let at = shapes::COUNTRIES
        .binary_search_by_key(&code, |shape| shape.code)
        .ok()?;
    let rings = &shapes::COUNTRIES.get(at)?.rings;
    rings
        .iter()
        .max_by(|a, b| moments(a).0.abs().total_cmp(&moments(b).0.abs()))
        .map(Vec::as_slice)
}

/// The signed area and first moments of a ring, by the shoelace formula.
fn moments(ring: &[Point]) -> (f32, f32, f32) {
    let ends = ring.iter().skip(1).chain(ring.first());
    let mut sums = (0.0, 0.0, 0.0);
    for (&(x1, y1), &(x2, y2)) in ring.iter().zip(ends) {
        let cross = x1 * y2 - x2 * y1;
        sums.0 += cross / 2.0;
        sums.1 += (x1 + x2) * cross;
        sums.2 += (y1 + y2) * cross;
    }
    sums
}

fn bounds_of(ring: &[Point]) -> Viewport {
    let start = Viewport {
        west: f32::MAX,
        east: f32::MIN,
        south: f32::MAX,
        north: f32::MIN,
    };
    ring.iter().fold(start, |bounds, &(x, y)| Viewport {
        west: bounds.west.min(x),
        east: bounds.east.max(x),
        south: bounds.south.min(y),
        north: bounds.north.max(y),
    })
}
