//! The picture at the head of the README: the screen of the reader on `articles/`, as SVG.
//!
//! ```sh
//! cargo run --release --example screenshot > docs/screen.svg
//! ```

mod driver;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use driver::{Driver, File};
use pullquote::app::Start;
use pullquote::app::state::{SavedState, VERSION};
use pullquote::config::Settings;
use pullquote::config::theme::Depth;
use pullquote::library::DateOrder;
use pullquote::shell::files::{FileOptions, read, walk};
use pullquote::view;
use pullquote::world::Dots;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

const SIZE: (u16, u16) = (120, 36);
const ARTICLE: &str = "world/2026-03-04-geneva-talks.txt";
/// To the second quotation, and on to the next of the same speaker.
const KEYS: &str = "\"\"]s";
const THEME: &str = "theme = \"dark\"";

/// Width and height of a cell in pixels, and how far down in it letters stand.
const CELL: (f32, f32) = (8.4, 18.0);
const BASELINE: f32 = 13.5;
const BORDER: f32 = 12.0;

fn main() -> anyhow::Result<()> {
    let folder = Path::new("articles");
    let choice = FileOptions {
        max_bytes: 1_000_000,
        hidden: false,
        reader: Arc::default(),
    };
    let mut files = Vec::new();
    for found in walk(folder, &choice) {
        let location = found.map_err(anyhow::Error::msg)?;
        let path = location
            .strip_prefix(folder)?
            .to_string_lossy()
            .into_owned();
        let bytes = read(&location, &choice).map_err(anyhow::Error::msg)?;
        files.push(File { path, bytes });
    }
    let root = folder.to_string_lossy().into_owned();
    let mut state = SavedState {
        version: VERSION,
        ..SavedState::default()
    };
    let last = folder.join(ARTICLE).to_string_lossy().into_owned();
    state.last.insert(root.clone(), last);
    let settings = Settings::read(THEME, "the screenshot's configuration")?;
    let start = Start {
        settings,
        depth: Depth::Rgb,
        ground: None,
        dates: DateOrder::DayFirst,
        links: true,
        size: SIZE,
        dots: Dots::Braille,
        root,
        state,
    };
    let mut reader = Driver::start(start, files);
    reader.press(KEYS);
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    let _ = view::draw(&reader.model, &mut buffer);
    std::io::stdout()
        .write_all(svg(&buffer)?.as_bytes())
        .context("the picture")
}

/// Cells of one row that look alike.
struct Run {
    column: u16,
    width: u16,
    words: String,
    cell: Cell,
}

fn svg(buffer: &Buffer) -> anyhow::Result<String> {
    let (width, height) = (
        f32::from(buffer.area.width) * CELL.0 + 2.0 * BORDER,
        f32::from(buffer.area.height) * CELL.1 + 2.0 * BORDER,
    );
    let ground = buffer.cell((0, 0)).map_or(Color::Reset, |cell| cell.bg);
    let ground = hex(ground).unwrap_or_else(|| "#1b1d21".to_owned());
    let mut out = String::new();
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-size=\"14\" \
         font-family=\"'DejaVu Sans Mono','Menlo','Consolas',monospace\">\n\
         <title>pullquote on its sample articles</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{ground}\"/>"
    )?;
    for row in 0..buffer.area.height {
        for run in runs(buffer, row) {
            draw(&mut out, row, &run, &ground)?;
        }
    }
    out.push_str("</svg>\n");
    Ok(out)
}

fn runs(buffer: &Buffer, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while let Some(cell) = buffer.cell((column, row)) {
        let width = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
        let style = |cell: &Cell| (cell.fg, cell.bg, cell.modifier);
        // Wide and drawn characters stand alone: fonts disagree about their widths.
        let is_plain = width == 1 && cell.symbol().is_ascii();
        match runs.last_mut() {
            Some(run) if is_plain && run.words.is_ascii() && style(&run.cell) == style(cell) => {
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

fn draw(out: &mut String, row: u16, run: &Run, ground: &str) -> anyhow::Result<()> {
    let (left, top) = (
        f32::from(run.column) * CELL.0 + BORDER,
        f32::from(row) * CELL.1 + BORDER,
    );
    let width = f32::from(run.width) * CELL.0;
    let modifier = run.cell.modifier;
    let (mut letters, mut behind) = (hex(run.cell.fg), hex(run.cell.bg));
    if modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut letters, &mut behind);
    }
    if let Some(behind) = behind.filter(|color| color != ground) {
        let height = CELL.1;
        writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{behind}\"/>"
        )?;
    }
    if run.words.trim().is_empty() {
        return Ok(());
    }
    let letters = letters.unwrap_or_else(|| "#d8d5cc".to_owned());
    write!(
        out,
        "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
         xml:space=\"preserve\" fill=\"{letters}\"",
        top + BASELINE
    )?;
    let attributes = [
        (Modifier::BOLD, "font-weight=\"bold\""),
        (Modifier::ITALIC, "font-style=\"italic\""),
        (Modifier::UNDERLINED, "text-decoration=\"underline\""),
        (Modifier::DIM, "opacity=\"0.6\""),
    ];
    for (_, attribute) in attributes
        .iter()
        .filter(|(flag, _)| modifier.contains(*flag))
    {
        write!(out, " {attribute}")?;
    }
    let words = run.words.replace('&', "&amp;").replace('<', "&lt;");
    writeln!(out, ">{words}</text>")?;
    Ok(())
}

/// A color of the theme; a terminal's own colors are left to the defaults.
fn hex(color: Color) -> Option<String> {
    match color {
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}
