//! What the map shows, and what clicks and arrow keys select.

use super::*;
use crate::lexicon::gazetteer;

const SIZE: Size = Size {
    columns: 60,
    rows: 20,
};

fn code(letters: &str) -> CountryCode {
    CountryCode::parse(letters).unwrap()
}

fn at(map: &Map, x: f32, y: f32) -> Option<CountryCode> {
    let (column, row) = raster::project(map.viewport, (x, y), (map.size.columns, map.size.rows))?;
    map.cell(column, row)?.country
}

fn picture(map: &Map) -> String {
    map.cells
        .chunks(usize::from(map.size.columns))
        .map(|row| {
            row.iter()
                .map(|cell| map.dots.glyph(cell.land))
                .collect::<String>()
                + "\n"
        })
        .collect()
}

#[test]
fn the_world_is_recognizable() {
    insta::assert_snapshot!(picture(&draw(Viewport::WORLD, SIZE, Dots::Braille)));
}

#[test]
fn the_world_is_recognizable_in_half_blocks() {
    insta::assert_snapshot!(picture(&draw(Viewport::WORLD, SIZE, Dots::HalfBlock)));
}

#[test]
fn places_lie_in_their_countries() {
    let size = Size {
        columns: 120,
        rows: 36,
    };
    let map = draw(Viewport::WORLD, size, Dots::Braille);
    for (letters, x, y) in [
        ("FR", 2.3, 47.0),
        ("BR", -50.0, -10.0),
        ("AU", 134.0, -25.0),
        ("US", -100.0, 40.0),
        ("RU", 100.0, 60.0),
        ("RU", -175.0, 66.5),
        ("CN", 104.0, 35.0),
        ("ZA", 24.0, -30.0),
        ("GL", -42.0, 72.0),
    ] {
        assert_eq!(at(&map, x, y), Some(code(letters)), "{letters}");
    }
    assert_eq!(at(&map, -40.0, 30.0), None, "the Atlantic");
}

#[test]
fn disputed_borders_follow_the_data() {
    let crimea = Viewport::new(30.0, 38.0, 43.0, 48.0);
    assert_eq!(
        at(&draw(crimea, SIZE, Dots::Braille), 34.1, 45.2),
        Some(code("UA"))
    );
    let sahara = Viewport::new(-20.0, -5.0, 18.0, 33.0);
    assert_eq!(
        at(&draw(sahara, SIZE, Dots::Braille), -12.5, 25.5),
        Some(code("EH"))
    );
    let cyprus = Viewport::new(32.0, 35.0, 34.0, 36.0);
    assert_eq!(
        at(&draw(cyprus, SIZE, Dots::Braille), 33.5, 35.3),
        Some(code("CY"))
    );
}

#[test]
fn every_country_has_a_place_on_the_world() {
    let map = draw(
        Viewport::WORLD,
        Size {
            columns: 120,
            rows: 36,
        },
        Dots::Braille,
    );
    for country in gazetteer::countries() {
        assert!(center(country.code).is_some(), "{}", country.name);
        let polar = matches!(country.code.as_str(), "AQ" | "TF");
        assert!(
            polar || map.place(country.code).is_some(),
            "{}",
            country.name
        );
    }
}

#[test]
fn no_stripe_crosses_the_world_at_the_date_line() {
    let map = draw(Viewport::WORLD, SIZE, Dots::Braille);
    for row in 0..SIZE.rows {
        let land = (0..SIZE.columns).filter(|&column| map.cell(column, row).unwrap().land != 0);
        assert!(land.count() < usize::from(SIZE.columns), "row {row}");
    }
}

#[test]
fn arrows_walk_to_the_neighbor() {
    let any = |_| true;
    let go = |from: &str, direction| neighbor(code(from), direction, any).map(gazetteer::name);
    assert_eq!(go("ES", MapDirection::Left), Some("Portugal"));
    assert_eq!(go("AR", MapDirection::Left), Some("Chile"));
    assert_eq!(go("UA", MapDirection::Up), Some("Belarus"));
    assert_eq!(go("EG", MapDirection::Down), Some("Sudan"));
    assert_eq!(go("EG", MapDirection::Left), Some("Libya"));
    assert_eq!(neighbor(code("ES"), MapDirection::Left, |_| false), None);
}

#[test]
fn a_country_and_a_continent_can_be_zoomed_to() {
    for country in gazetteer::countries() {
        let viewport = Viewport::around(country.code).unwrap().proportioned(SIZE);
        let map = draw(viewport, SIZE, Dots::Braille);
        assert!(map.place(country.code).is_some(), "{}", country.name);
    }
    for continent in Continent::ALL {
        let viewport = Viewport::continent(continent).proportioned(SIZE);
        assert!(viewport.east > viewport.west && viewport.north > viewport.south);
        assert!(viewport.east - viewport.west <= 360.0);
    }
}

#[test]
fn a_map_of_no_size_is_empty() {
    for (columns, rows) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        let size = Size { columns, rows };
        let map = draw(Viewport::WORLD.proportioned(size), size, Dots::Braille);
        assert_eq!(map.cells.len(), usize::from(columns * rows));
        assert_eq!(map.country_at(5, 5), None);
    }
}

#[test]
fn glyphs_show_their_dots() {
    assert_eq!(Dots::Braille.glyph(0), '⠀');
    assert_eq!(Dots::Braille.glyph(0b1111_1111), '⣿');
    assert_eq!(Dots::Braille.glyph(0b0000_0011), '⠉');
    assert_eq!(Dots::HalfBlock.glyph(0b10), '▄');
}
