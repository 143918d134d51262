//! Snapshots of screens: the text, and below it a letter for the style of each cell.
//!
//! Read a changed snapshot line by line before you accept it.

use std::fmt::Write as _;

use pullquote::config::Theme;
use pullquote::config::theme::{Depth, Role};
use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::harness::journey::{Journey, Setup, text_of};

/// The letters of the styles, in the order in which they first appear.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The text of a buffer, its styles as letters, and a legend of the letters.
fn picture(journey: &Journey) -> String {
    let buffer = journey.buffer();
    let mut styles: Vec<Style> = Vec::new();
    let mut layer = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        for x in 0..buffer.area.width {
            row.push(letter(&buffer, x, y, &mut styles));
        }
        let _ = writeln!(layer, "{}", row.trim_end_matches('.'));
    }
    let mut legend = String::new();
    for (letter, style) in LETTERS.chars().zip(&styles) {
        let _ = writeln!(legend, "{letter} = {}", described(*style));
    }
    format!("{}\n{layer}\n{legend}", text_of(&buffer))
}

/// A dot for plain text, the first free letter for a style not seen before.
fn letter(buffer: &Buffer, x: u16, y: u16, styles: &mut Vec<Style>) -> char {
    let style = buffer[(x, y)].style();
    if style == ratatui::buffer::Cell::EMPTY.style() {
        return '.';
    }
    let known = styles.iter().position(|other| *other == style);
    let index = known.unwrap_or_else(|| {
        styles.push(style);
        styles.len() - 1
    });
    LETTERS.chars().nth(index).unwrap_or('?')
}

fn described(style: Style) -> String {
    let mut words = Vec::new();
    let color = |name: &str, color: Option<ratatui::style::Color>| {
        color
            .filter(|color| *color != ratatui::style::Color::Reset)
            .map(|color| format!("{name} {color}"))
    };
    words.extend(color("on", style.bg));
    words.extend(color("in", style.fg));
    let modifiers = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ];
    let has = |(modifier, _): &&(Modifier, &str)| style.add_modifier.contains(*modifier);
    words.extend(
        modifiers
            .iter()
            .filter(has)
            .map(|(_, word)| (*word).to_owned()),
    );
    words.join(", ")
}

/// Compares a screen with its snapshot. Confidences are masked, since they change with the rules.
#[track_caller]
fn compare(name: &str, journey: &Journey) {
    insta::with_settings!({ filters => [(r"\d+ % sure", "00 % sure")] }, {
        insta::assert_snapshot!(name, picture(journey));
    });
}

#[track_caller]
fn check(name: &str, sizes: &[(u16, u16)], keys: &str) {
    for &(width, height) in sizes {
        let mut journey = Setup::news().size(width, height).start();
        if !keys.is_empty() {
            journey.keys(keys);
        }
        compare(&format!("{name}-{width}x{height}"), &journey);
    }
}

const ALL: &[(u16, u16)] = &[(80, 24), (120, 36), (40, 15), (160, 48), (1, 1)];
const SOME: &[(u16, u16)] = &[(80, 24), (40, 15)];

#[test]
fn the_reader() {
    check("reader", ALL, "");
}

#[test]
fn the_reader_at_a_quotation() {
    check("quotation", &[(80, 24), (120, 36), (40, 15)], "\"\"");
}

#[test]
fn the_reader_with_matches() {
    check("matches", SOME, "/harbor<Enter>");
}

#[test]
fn a_prompt() {
    check("prompt", SOME, "/second term");
}

#[test]
fn the_contents() {
    check("contents", &[(80, 24), (120, 36), (40, 15)], "JC");
}

#[test]
fn the_bookmarks() {
    check("bookmarks", SOME, "3jBJBzb");
}

#[test]
fn the_people() {
    check("people", SOME, "@j");
}

#[test]
fn the_timeline() {
    let days = (1..=28).filter(|day| day % 5 != 0).flat_map(|day| {
        let months = (1..=12).filter(move |month| day % month < 3);
        months.map(move |month| format!("2026-{month:02}-{day:02}.txt"))
    });
    let undated = ["a.txt".to_owned(), "b.txt".to_owned()];
    let paths: Vec<String> = days.chain(undated).collect();
    let text =
        "A day like any other\n\n“The price of bread is a matter of the harvest,” said Ana Ruiz.\n";
    for (width, height) in [(80, 24), (120, 36), (40, 15)] {
        let articles = paths.iter().map(|path| (path.as_str(), text));
        let mut journey = Setup::articles(articles).size(width, height).start();
        journey.keys("GK\"T");
        compare(&format!("timeline-{width}x{height}"), &journey);
    }
}

#[test]
fn the_hits() {
    check("hits", &[(80, 24), (120, 36), (40, 15)], "\\harbor");
}

#[test]
fn the_help() {
    check("help", SOME, "?");
}

#[test]
fn a_popup() {
    check("popup", SOME, "\"\"=");
}

#[test]
fn the_side_panel_alone() {
    check("side", &[(40, 15)], "<Tab>");
}

#[test]
fn an_empty_folder() {
    let journey = Setup::articles([]).start();
    compare("empty-folder-80x24", &journey);
}

/// Asserts that roles a theme distinguishes by color also differ in a bar, mark or attribute.
#[test]
fn important_styles_differ_from_text_without_color() {
    let theme = Theme::named("dark", Depth::None).unwrap();
    let text = theme.style(Role::Text);
    for role in [
        Role::QuotationSelected,
        Role::Match,
        Role::MatchCurrent,
        Role::Selection,
    ] {
        assert_ne!(theme.style(role), text, "{role:?}");
    }
}
