//! Draws screens as SVG.

pub(crate) mod samples;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// The width and height of a cell in pixels, and its baseline.
pub(crate) const CELL: (f32, f32) = (8.4, 18.0);
const BASELINE: f32 = 13.5;
/// The border around the cells, in pixels.
pub(crate) const BORDER: f32 = 12.0;

const EMPTY_BRAILLE: char = '\u{2800}';

/// The colors that replace the terminal's defaults.
const LETTERS: &str = "#d8d5cc";
const GROUND: &str = "#1b1d21";

/// Writes rows of cells as SVG. Equal styles share a class.
#[derive(Default)]
pub(crate) struct Drawing {
    classes: BTreeMap<String, usize>,
}

/// Adjacent cells of a row with the same style.
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

/// The vertical position of the baseline of a row, in pixels.
pub(crate) fn baseline(row: u16) -> f32 {
    f32::from(row) * CELL.1 + BORDER + BASELINE
}

impl Drawing {
    /// A row of cells with its baseline at y = 0; the caller translates it.
    pub(crate) fn row(&mut self, buffer: &Buffer, row: u16, ground: &str) -> String {
        let (mut rects, mut texts) = (String::new(), String::new());
        let mut open = None;
        for run in runs(buffer, row) {
            let (letters, behind) = colors(&run.cell);
            let left = f32::from(run.column) * CELL.0 + BORDER;
            if let Some(behind) = behind.filter(|color| color != ground) {
                let class = self.class(format!("fill:{behind}"));
                let (width, height) = (f32::from(run.width) * CELL.0, CELL.1);
                let _ = write!(
                    rects,
                    "<rect x=\"{left:.1}\" y=\"-{BASELINE}\" width=\"{width:.1}\" height=\"{height}\" class=\"s{class}\"/>"
                );
            }
            if run.is_blank() {
                continue;
            }
            let class = self.class(text_style(letters.as_deref(), run.cell.modifier));
            if open != Some(class) {
                let close = if open.is_some() { "</text>" } else { "" };
                let _ = write!(texts, "{close}<text class=\"s{class}\">");
                open = Some(class);
            }
            run.write(&mut texts, left);
        }
        if open.is_some() {
            texts.push_str("</text>");
        }
        rects + &texts
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
}

impl Run {
    fn is_blank(&self) -> bool {
        self.words.chars().all(|c| c == ' ' || c == EMPTY_BRAILLE)
    }

    /// Writes the text at its position, without surrounding spaces.
    fn write(&self, out: &mut String, left: f32) {
        let words = self.words.trim_end();
        let indent = words.len() - words.trim_start().len();
        let words = words.trim_start();
        let left = left + CELL.0 * cells(indent);
        let _ = write!(out, "<tspan x=\"{left:.1}\"");
        // Several characters could be wider or narrower than their cells, so their length is set.
        let length = words.width();
        if length > 1 {
            let _ = write!(out, " textLength=\"{:.1}\"", CELL.0 * cells(length));
        }
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        let _ = write!(out, ">{words}</tspan>");
    }
}

/// The text color and the background color.
fn colors(cell: &Cell) -> (Option<String>, Option<String>) {
    let (letters, behind) = (hex(cell.fg), hex(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        (behind, letters)
    } else {
        (letters, behind)
    }
}

/// Converts a number of cells for computing pixels.
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
        match runs.last_mut() {
            Some(run)
                if share_run(run.cell.symbol(), cell.symbol())
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

/// Whether two characters may share a run. Fonts disagree about the widths of non-ASCII characters, so those
/// are positioned one by one, except in a line drawn with a single character.
fn share_run(left: &str, right: &str) -> bool {
    let is_line = matches!(left.chars().next(), Some('\u{2500}'..='\u{259f}'));
    left.is_ascii() && right.is_ascii() || is_line && left == right
}

/// A color of the theme; terminal default colors are omitted.
fn hex(color: Color) -> Option<String> {
    match color {
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}
