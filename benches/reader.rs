//! The cost of a key press without the terminal: `cargo bench --bench reader`.
//!
//! This runs everything but threads and the terminal: the model gets the key, all effects run, and the
//! screen is drawn, at 120 x 36 with a generated article of 1 MB.

#[path = "../examples/driver/mod.rs"]
mod driver;

use divan::{Bencher, black_box};
use driver::{Driver, File};
use pullquote::app::Start;
use pullquote::app::protocol::message::Message;
use pullquote::app::state::SavedState;
use pullquote::config::Settings;
use pullquote::config::theme::Depth;
use pullquote::library::DateOrder;
use pullquote::view;
use pullquote::world::Dots;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn main() {
    divan::main();
}

const SIZE: (u16, u16) = (120, 36);
const WORDS: &[&str] = &[
    "the", "ferry", "council", "waited", "for", "tolls", "that", "nobody", "had", "agreed", "on",
    "in", "Norway", "and", "Peru", "while", "bridges", "were", "painted",
];
const SPEAKERS: &[&str] = &["Ada Brandt", "Tomas Reyes", "Lena Okoye"];

/// About 1 MB of paragraphs, every third with a quotation.
fn article() -> Vec<u8> {
    let mut seed = 7_u32;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    let mut text = String::from("A year of ferries\n");
    while text.len() < 1_000_000 {
        text.push('\n');
        let words: Vec<&str> = (0..20 + random(60))
            .map(|_| WORDS[random(WORDS.len())])
            .collect();
        let words = words.join(" ");
        match random(3) {
            0 => {
                let speaker = SPEAKERS[random(SPEAKERS.len())];
                text.extend(["“We know that ", &words, ",” said ", speaker, ".\n"]);
            }
            _ => text.extend(["Today ", &words, ".\n"]),
        }
    }
    text.into_bytes()
}

fn reader() -> (Driver, Buffer) {
    let files = vec![File {
        path: "ferries.txt".into(),
        bytes: article(),
    }];
    let start = Start {
        settings: Settings::default_file(),
        depth: Depth::Indexed256,
        ground: None,
        dates: DateOrder::DayFirst,
        links: true,
        size: SIZE,
        dots: Dots::Braille,
        root: "/articles".into(),
        state: SavedState::default(),
    };
    (Driver::start(start, files), buffer(SIZE))
}

fn buffer(size: (u16, u16)) -> Buffer {
    Buffer::empty(Rect::new(0, 0, size.0, size.1))
}

/// Draws the next frame and returns the number of changed cells.
fn draw(reader: &Driver, shown: &mut Buffer) -> usize {
    let mut next = Buffer::empty(shown.area);
    let _ = view::draw(&reader.model, &mut next);
    let changed = shown.diff(&next).len();
    *shown = next;
    changed
}

/// A key pressed repeatedly; at the end of the article it starts over.
#[divan::bench(args = ["j", "<Space>", "b", "\"", "]s", "G"])]
fn key(bencher: Bencher, key: &str) {
    let (mut reader, mut shown) = reader();
    reader.press("50%");
    bencher.bench_local(|| {
        if reader.model.reading.reader.spread.is_last && key != "G" {
            reader.press("g");
        }
        reader.press(black_box(key));
        draw(&reader, &mut shown)
    });
}

/// A letter typed into a search with thousands of matches, and deleted.
#[divan::bench]
fn find_keystroke(bencher: Bencher) {
    let (mut reader, mut shown) = reader();
    reader.press("/ferr");
    bencher.bench_local(|| {
        reader.press(black_box("y"));
        let changed = draw(&reader, &mut shown);
        reader.press("<Backspace>");
        changed + draw(&reader, &mut shown)
    });
}

/// A resize by one column and back: the page is laid out again and all pages are counted.
#[divan::bench(sample_count = 20)]
fn resize(bencher: Bencher) {
    let (mut reader, mut shown) = reader();
    bencher.bench_local(|| {
        for width in [SIZE.0 - 1, SIZE.0] {
            reader.send(Message::Resize {
                width,
                height: SIZE.1,
            });
            shown = buffer((width, SIZE.1));
            black_box(draw(&reader, &mut shown));
        }
    });
}

/// A frame without any change.
#[divan::bench]
fn frame(bencher: Bencher) {
    let (reader, mut shown) = reader();
    bencher.bench_local(|| draw(&reader, &mut shown));
}
