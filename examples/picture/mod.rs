//! Screens of the reader as SVG, and the reader on the sample articles that the pictures show.

pub(crate) mod samples;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Width and height of a cell in pixels, and the baseline in it.
pub(crate) const CELL: (f32, f32) = (8.4, 18.0);
const BASELINE: f32 = 13.5;
/// The border around the cells, in pixels.
pub(crate) const BORDER: f32 = 12.0;

/// The colors of cells that leave them to the terminal.
const LETTERS: &str = "#d8d5cc";
const GROUND: &str = "#1b1d21";

/// Writes rows of cells as SVG. Equal looks share a class.
#[derive(Default)]
pub(crate) struct Drawing {
    classes: BTreeMap<String, usize>,
}

/// Cells of a row that look alike.
struct Run {
    column: u16,
    width: u16,
    words: String,
    cell: Cell,
}

/// The color of the background.
pub(crate) fn ground(buffer: &Buffer) -> String {
    let cell = buffer.cell((0, 0));
    cell.and_then(|cell| hex(cell.bg))
        .unwrap_or_else(|| GROUND.to_owned())
}

/// The opening tag of a picture and its background.
pub(crate) fn head(width: f32, height: f32, title: &str, ground: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-size=\"14\" xml:space=\"preserve\" \
         font-family=\"'DejaVu Sans Mono','Menlo','Consolas',monospace\">\
         <title>{title}</title>\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{ground}\"/>\n"
    )
}

impl Drawing {
    /// A row of cells at the top of the picture; the caller moves it down.
    pub(crate) fn row(&mut self, buffer: &Buffer, row: u16, ground: &str) -> String {
        let mut out = String::new();
        for run in runs(buffer, row) {
            self.run(&mut out, &run, ground);
        }
        out
    }

    /// The style sheet of all rows so far.
    pub(crate) fn styles(&self) -> String {
        let mut out = String::new();
        for (style, number) in &self.classes {
            let _ = write!(out, ".s{number}{{{style}}}");
        }
        out
    }

    fn class(&mut self, style: String) -> usize {
        let next = self.classes.len();
        *self.classes.entry(style).or_insert(next)
    }

    fn run(&mut self, out: &mut String, run: &Run, ground: &str) {
        let left = f32::from(run.column) * CELL.0 + BORDER;
        let width = f32::from(run.width) * CELL.0;
        let modifier = run.cell.modifier;
        let (mut letters, mut behind) = (hex(run.cell.fg), hex(run.cell.bg));
        if modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut letters, &mut behind);
        }
        if let Some(behind) = behind.filter(|color| color != ground) {
            let class = self.class(format!("fill:{behind}"));
            let height = CELL.1;
            let _ = write!(
                out,
                "<rect x=\"{left:.1}\" width=\"{width:.1}\" height=\"{height}\" class=\"s{class}\"/>"
            );
        }
        let words = run.words.trim_end();
        if words.is_empty() {
            return;
        }
        let indent = words.len() - words.trim_start().len();
        let words = words.trim_start();
        let left = left + CELL.0 * cells(indent);
        let class = self.class(text_style(letters.as_deref(), modifier));
        // A length only where the font could disagree about it: a single character cannot.
        let length = match words.width() {
            1 => String::new(),
            length => format!(" textLength=\"{:.1}\"", CELL.0 * cells(length)),
        };
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        let _ = write!(
            out,
            "<text x=\"{left:.1}\" y=\"{BASELINE}\"{length} class=\"s{class}\">{words}</text>"
        );
    }
}

/// A number of cells, which is small, for a computation of pixels.
fn cells(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}

fn text_style(letters: Option<&str>, modifier: Modifier) -> String {
    let mut style = format!("fill:{}", letters.unwrap_or(LETTERS));
    let attributes = [
        (Modifier::BOLD, ";font-weight:bold"),
        (Modifier::ITALIC, ";font-style:italic"),
        (Modifier::UNDERLINED, ";text-decoration:underline"),
        (Modifier::DIM, ";opacity:.6"),
    ];
    for (flag, attribute) in attributes {
        if modifier.contains(flag) {
            style.push_str(attribute);
        }
    }
    style
}

fn runs(buffer: &Buffer, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while let Some(cell) = buffer.cell((column, row)) {
        let width = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
        let style = |cell: &Cell| (cell.fg, cell.bg, cell.modifier);
        let shape = shape(cell.symbol());
        match runs.last_mut() {
            Some(run)
                if shape != Shape::Own
                    && shape == self::shape(run.cell.symbol())
                    && style(&run.cell) == style(cell) =>
            {
                run.words.push_str(cell.symbol());
                run.width += 1;
            }
            _ => runs.push(Run {
                column,
                width,
                words: cell.symbol().to_owned(),
                cell: cell.clone(),
            }),
        }
        column += width;
    }
    runs
}

/// Characters that a font has in one width. Fonts disagree about others, so each of those gets its own place.
#[derive(PartialEq, Eq)]
enum Shape {
    Plain,
    Box,
    Braille,
    Own,
}

fn shape(symbol: &str) -> Shape {
    match symbol.chars().next() {
        _ if symbol.is_ascii() => Shape::Plain,
        Some('\u{2500}'..='\u{259f}') => Shape::Box,
        Some('\u{2800}'..='\u{28ff}') => Shape::Braille,
        _ => Shape::Own,
    }
}

/// A color of the theme; the terminal's own colors are left to the defaults.
fn hex(color: Color) -> Option<String> {
    match color {
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}
