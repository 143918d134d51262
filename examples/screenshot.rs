//! The still picture in the README: the screen of the reader on `articles/`, as SVG.
//!
//! ```sh
//! cargo run --release --example screenshot > docs/screen.svg
//! ```

mod driver;
mod picture;

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::Context as _;
use picture::{BORDER, CELL, Drawing, baseline, ground, head, samples};

const SIZE: (u16, u16) = (120, 36);
/// Goes to the second quotation, and on to the next by the same speaker.
const KEYS: &str = "\"\"]s";

fn main() -> anyhow::Result<()> {
    let mut reader = samples::reader(SIZE)?;
    reader.press(KEYS);
    let screen = samples::screen(&reader);
    let ground = ground(&screen);
    let mut drawing = Drawing::default();
    let mut rows = String::new();
    for row in 0..SIZE.1 {
        let top = baseline(row);
        let cells = drawing.row(&screen, row, &ground);
        writeln!(rows, "<g transform=\"translate(0 {top})\">{cells}</g>")?;
    }
    let width = f32::from(SIZE.0) * CELL.0 + 2.0 * BORDER;
    let height = f32::from(SIZE.1) * CELL.1 + 2.0 * BORDER;
    let head = head(width, height, "pullquote on its sample articles", &ground);
    let styles = drawing.styles();
    let svg = format!("{head}<style>{styles}</style>\n{rows}</svg>\n");
    std::io::stdout()
        .write_all(svg.as_bytes())
        .context("the picture")
}
