//! The outlines of countries, parsed once from the compiled-in data.

use std::sync::LazyLock;

use crate::lexicon::gazetteer::CountryCode;

static SHAPES: &str = include_str!("../lexicon/world/shapes.txt");
static MARKERS: &str = include_str!("../lexicon/world/markers.txt");

/// A point in degrees: longitude, latitude.
pub(super) type Point = (f32, f32);

/// A country as closed rings of points. Their longitudes continue past 180.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CountryOutline {
    /// The country.
    pub code: CountryCode,
    /// Its outlines; holes are rings too.
    pub rings: Vec<Vec<Point>>,
}

/// All countries with an outline, sorted by code.
pub(super) static COUNTRIES: LazyLock<Vec<CountryOutline>> = LazyLock::new(shapes);

/// The small states, each a point, sorted by code.
pub(super) static SMALL: LazyLock<Vec<(CountryCode, Point)>> = LazyLock::new(|| {
    lines(MARKERS)
        .filter_map(|line| {
            let mut cells = line.split(' ');
            let code = CountryCode::parse(cells.next()?)?;
            Some((code, (tenths(cells.next()?)?, tenths(cells.next()?)?)))
        })
        .collect()
});

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "at most 3,600 in either direction"
)]
fn degrees(tenths: i32) -> f32 {
    tenths as f32 / 10.0
}

fn tenths(text: &str) -> Option<f32> {
    text.parse().ok().map(degrees)
}

fn shapes() -> Vec<CountryOutline> {
    let mut arcs: Vec<Vec<Point>> = Vec::new();
    let mut shapes = Vec::new();
    for line in lines(SHAPES) {
        if line.starts_with(|c: char| c.is_ascii_uppercase()) {
            shapes.extend(shape(line, &arcs));
        } else {
            arcs.push(arc(line));
        }
    }
    shapes
}

fn arc(line: &str) -> Vec<Point> {
    let mut numbers = line
        .split(' ')
        .filter_map(|number| number.parse::<i32>().ok());
    let (mut x, mut y) = (0, 0);
    let mut points = Vec::new();
    while let (Some(dx), Some(dy)) = (numbers.next(), numbers.next()) {
        (x, y) = (x + dx, y + dy);
        points.push((degrees(x), degrees(y)));
    }
    points
}

fn shape(line: &str, arcs: &[Vec<Point>]) -> Option<CountryOutline> {
    let (code, rings) = line.split_once(' ')?;
    Some(CountryOutline {
        code: CountryCode::parse(code)?,
        rings: rings.split(" ; ").map(|ring| outline(ring, arcs)).collect(),
    })
}

/// The points of a ring, each at most 180 degrees from the one before.
fn outline(ring: &str, arcs: &[Vec<Point>]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for index in ring.split(' ') {
        let (is_reversed, index) = match index.strip_prefix('~') {
            Some(index) => (true, index),
            None => (false, index),
        };
        let Ok(index) = index.parse::<usize>() else {
            debug_assert!(false, "{index:?} is not the index of an arc");
            continue;
        };
        let arc = arcs[index].iter();
        if is_reversed {
            arc.rev().for_each(|&point| unwrap_to(&mut points, point));
        } else {
            arc.for_each(|&point| unwrap_to(&mut points, point));
        }
    }
    // Antarctica goes around the globe, so it is closed at the pole.
    if let (Some(&(west, _)), Some(&(east, south))) = (points.first(), points.last())
        && (east - west).abs() > 180.0
    {
        let pole = 90.0_f32.copysign(south);
        points.extend([(east, pole), (west, pole)]);
    }
    points
}

/// Adds a point, with its longitude moved by full turns to be near the last one.
fn unwrap_to(points: &mut Vec<Point>, (mut x, y): Point) {
    if let Some(&(last, _)) = points.last() {
        x += 360.0 * ((last - x) / 360.0).round();
    }
    points.push((x, y));
}
