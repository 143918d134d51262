//! The animation in the README: a session with `articles/`, as an animated SVG.
//!
//! ```sh
//! cargo run --release --example animation > docs/animation.svg
//! ```
//!
//! Every frame is a screen of the program. Rows shared by several frames are stored once.

mod driver;
mod picture;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::Context as _;
use driver::Driver;
use picture::{BORDER, CELL, Drawing, baseline, ground, head, samples};
use ratatui::buffer::Buffer;

const SIZE: (u16, u16) = (104, 28);

/// Keys in configuration notation, how long the result is shown in seconds, and what the keys do.
type Step = (&'static str, f32, &'static str);

const STEPS: &[Step] = &[
    ("", 2.0, "open a folder of news"),
    ("\"", 1.4, "next quotation"),
    ("\"", 1.4, "next quotation"),
    ("]s", 1.6, "next quotation by this speaker"),
    ("]s", 1.6, "… and on"),
    ("]s", 1.2, "… and on"),
    ("]s", 2.0, "… into the next article that quotes her"),
    ("/", 0.8, "search as you type"),
    ("h", 0.25, "search as you type"),
    ("a", 0.25, "search as you type"),
    ("r", 0.25, "search as you type"),
    ("b", 0.25, "search as you type"),
    ("o", 0.25, "search as you type"),
    ("r", 1.4, "search as you type"),
    ("<Enter>", 0.6, "search as you type"),
    ("n", 1.0, "next match"),
    ("@", 2.2, "everyone quoted in the folder"),
    ("j", 1.4, "everyone quoted in the folder"),
    ("q", 0.5, "back to the text"),
    ("W", 2.2, "the countries in the folder"),
    ("<Right>", 1.6, "country to the east"),
    ("q", 1.0, "back to the text"),
];

/// The step shown to users who prefer reduced motion.
const STILL: usize = 3;

/// The height of the caption below the screen, in pixels.
const CAPTION: f32 = 34.0;
const CAPTION_COLOR: &str = "#9aa0a6";
const KEY_COLOR: &str = "#e8c468";

fn main() -> anyhow::Result<()> {
    let mut reader = samples::reader(SIZE)?;
    let frames: Vec<Buffer> = STEPS
        .iter()
        .map(|(keys, _, _)| after(&mut reader, keys))
        .collect();
    let svg = svg(&frames)?;
    std::io::stdout()
        .write_all(svg.as_bytes())
        .context("the picture")
}

fn after(reader: &mut Driver, keys: &str) -> Buffer {
    reader.press(keys);
    samples::screen(reader)
}

fn svg(frames: &[Buffer]) -> anyhow::Result<String> {
    let ground = frames.first().map(ground).unwrap_or_default();
    let mut drawing = Drawing::default();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let (mut rows, mut shown) = (String::new(), String::new());
    for (index, (frame, step)) in frames.iter().zip(STEPS).enumerate() {
        write!(shown, "<g class=\"f\" id=\"f{index}\">")?;
        for row in 0..SIZE.1 {
            let cells = drawing.row(frame, row, &ground);
            if cells.is_empty() {
                continue;
            }
            let next = numbers.len();
            let number = *numbers.entry(cells.clone()).or_insert_with(|| {
                let _ = writeln!(rows, "<g id=\"r{next}\">{cells}</g>");
                next
            });
            let top = baseline(row);
            write!(shown, "<use href=\"#r{number}\" y=\"{top}\"/>")?;
        }
        writeln!(shown, "{}</g>", caption(step))?;
    }
    let width = f32::from(SIZE.0) * CELL.0 + 2.0 * BORDER;
    let height = f32::from(SIZE.1) * CELL.1 + 2.0 * BORDER + CAPTION;
    let head = head(width, height, "A minute with pullquote", &ground);
    let styles = drawing.styles() + &times()?;
    Ok(format!(
        "{head}<style>{styles}</style>\n<defs>\n{rows}</defs>\n{shown}</svg>\n"
    ))
}

/// The caption of a step: its key and what it does.
fn caption((keys, _, words): &Step) -> String {
    let y = f32::from(SIZE.1) * CELL.1 + BORDER + CAPTION / 2.0 + 8.0;
    let keys = match *keys {
        "" => "pullquote articles",
        keys => keys.trim_matches(['<', '>']),
    };
    format!(
        "<text x=\"{BORDER}\" y=\"{y}\"><tspan fill=\"{KEY_COLOR}\" font-weight=\"bold\">{keys}</tspan>\
         <tspan fill=\"{CAPTION_COLOR}\" dx=\"14\">{words}</tspan></text>"
    )
}

/// The CSS that shows the frames one after the other, or a single one for users who prefer reduced motion.
fn times() -> anyhow::Result<String> {
    let total: f32 = STEPS.iter().map(|(_, seconds, _)| seconds).sum();
    let mut out = String::from(".f{opacity:0}");
    let mut began = 0.0;
    for (index, (_, seconds, _)) in STEPS.iter().enumerate() {
        let (from, to) = (100.0 * began / total, 100.0 * (began + seconds) / total);
        // A frame is switched on at its start and off at its end; the first and last touch the ends of the cycle.
        let before = if index == 0 { "" } else { "0%{opacity:0}" };
        let last = if index + 1 == STEPS.len() {
            "100%{opacity:1}".to_owned()
        } else {
            format!("{to:.2}%,100%{{opacity:0}}")
        };
        write!(
            out,
            "#f{index}{{animation:k{index} {total:.2}s step-end infinite}}\
             @keyframes k{index}{{{before}{from:.2}%{{opacity:1}}{last}}}"
        )?;
        began += seconds;
    }
    write!(
        out,
        "@media(prefers-reduced-motion:reduce){{.f{{animation:none!important}}#f{STILL}{{opacity:1}}}}"
    )?;
    Ok(out)
}
