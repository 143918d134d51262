//! Frames as a terminal shows them.

use proptest::prelude::*;
use ratatui::style::{Modifier, Style};

use super::*;

/// The cells of a terminal that showed `before` and was painted to show `after`.
fn painted(before: &Buffer, after: &Buffer) -> vt100::Parser {
    let area = after.area;
    let (rows, columns) = (
        area.height.try_into().unwrap(),
        area.width.try_into().unwrap(),
    );
    let mut terminal = vt100::Parser::new(rows, columns, 0);
    let mut bytes = String::new();
    paint_whole(before, &LinkTargets::new(), &mut bytes);
    let mut shown = before.clone();
    mark_second_halves(&mut shown);
    let text = Rect {
        height: area.height.saturating_sub(1),
        ..area
    };
    scroll::paint(&shown, after, (&LinkTargets::new(), text), &mut bytes);
    terminal.process(bytes.as_bytes());
    terminal
}

fn buffer(lines: &[&str]) -> Buffer {
    Buffer::with_lines(lines.iter().copied())
}

fn assert_shows(terminal: &vt100::Parser, lines: &[&str]) {
    let shown: Vec<String> = terminal.screen().rows(0, 80).collect();
    let want: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    assert_eq!(
        shown.iter().map(|line| line.trim_end()).collect::<Vec<_>>(),
        want
    );
}

#[test]
fn a_changed_page_shows_whole() {
    let before = [
        "the harbour authority   │ Kenya  ",
        "and the ministry failed │ Japan  ",
    ];
    let after = [
        "on Tuesday to agree     │ Kenya  ",
        "a date.                 │ Brazil ",
    ];
    assert_shows(&painted(&buffer(&before), &buffer(&after)), &after);
}

#[test]
fn blanks_are_erased_to_the_edge_and_in_the_middle() {
    let before = ["xxxxxxxxxxxxxxxxxxxx", "yyyyyyyyyyyyyyyyyyyy"];
    let after = ["x                  x", "y                   "];
    assert_shows(&painted(&buffer(&before), &buffer(&after)), &after);
}

#[test]
fn wide_characters_keep_their_columns() {
    let after = ["日本 says “yes”", "a 日 b 本 c    "];
    assert_shows(
        &painted(
            &buffer(&["abcdefgh       ", "cccccccccccccc "]),
            &buffer(&after),
        ),
        &after,
    );
}

#[test]
fn styles_reach_the_right_cells() {
    let mut after = buffer(&["plain bold plain"]);
    after.set_style(Rect::new(6, 0, 4, 1), Style::new().bold().fg(Color::Cyan));
    let terminal = painted(&buffer(&["                "]), &after);
    // Bold leaves no trace on a blank, so the pen may stay bold over it.
    let is_bold = |x| {
        let cell = terminal.screen().cell(0, x).unwrap();
        cell.bold() && cell.contents() != " "
    };
    let bold: Vec<bool> = (0..16).map(is_bold).collect();
    assert_eq!(bold.iter().filter(|bold| **bold).count(), 4);
    assert!(bold[6] && bold[9] && !bold[10]);
}

#[test]
fn a_frame_that_changes_nothing_writes_nothing() {
    let mut screen = TerminalScreen::new();
    let mut out = Vec::new();
    screen.draw((4, 1), &mut out, |_| Drawn::default()).unwrap();
    out.clear();
    screen.draw((4, 1), &mut out, |_| Drawn::default()).unwrap();
    assert!(out.is_empty());
}

/// A word in one of a few styles at a place.
type Stroke = (u16, u16, &'static str, usize);

fn strokes() -> impl Strategy<Value = Vec<Stroke>> {
    const WORDS: &[&str] = &["a", "words here", "日本", "…", "      ", "xyz  xyz", "é"];
    let stroke = (0..24u16, 0..4u16, prop::sample::select(WORDS), 0..4usize);
    prop::collection::vec(stroke, 0..12)
}

fn stroked(strokes: &[Stroke]) -> Buffer {
    let styles = [
        Style::new(),
        Style::new().fg(Color::Green),
        Style::new().bold().bg(Color::Blue),
        Style::new().add_modifier(Modifier::REVERSED),
    ];
    let mut buffer = Buffer::empty(Rect::new(0, 0, 24, 4));
    for (x, y, words, style) in strokes {
        buffer.set_string(*x, *y, words, styles[*style]);
    }
    buffer
}

proptest! {
    #[test]
    fn any_frame_turns_into_any_other(from in strokes(), to in strokes()) {
        let (before, after) = (stroked(&from), stroked(&to));
        let terminal = painted(&before, &after);
        let fresh = painted(&Buffer::empty(after.area), &after);
        for y in 0..4 {
            for x in 0..24 {
                let shown = terminal.screen().cell(y, x).unwrap();
                let want = fresh.screen().cell(y, x).unwrap();
                let text = |cell: &vt100::Cell| cell.contents().trim().to_owned();
                prop_assert_eq!(text(shown), text(want));
                prop_assert_eq!(shown.bgcolor(), want.bgcolor());
                prop_assert_eq!(shown.inverse(), want.inverse());
                if !text(want).is_empty() {
                    prop_assert_eq!(shown.fgcolor(), want.fgcolor());
                    prop_assert_eq!(shown.bold(), want.bold());
                    prop_assert_eq!(text(want), after[(x, y)].symbol());
                }
            }
        }
    }
}

fn rows(lines: std::ops::Range<usize>) -> Buffer {
    const WORDS: [&str; 7] = [
        "harbor",
        "talks",
        "ended",
        "日本",
        "without",
        "a date",
        "on Tuesday",
    ];
    let line = |number: usize| {
        let words = (0..6).map(|word| WORDS[(number * number + word * 5) % 7]);
        format!("│ {number} {} ", words.collect::<Vec<_>>().join(" "))
    };
    let mut rows = Buffer::empty(Rect::new(0, 0, 60, 12));
    for (y, number) in (0..11).zip(lines) {
        rows.set_string(0, y, line(number), Style::new());
    }
    rows.set_string(0, 11, "a status line", Style::new().bold());
    rows
}

#[test]
fn a_line_on_costs_about_a_line() {
    let bytes = |from: &Buffer, to: &Buffer| {
        let mut bytes = String::new();
        let text = Rect::new(0, 0, 60, 11);
        scroll::paint(from, to, (&LinkTargets::new(), text), &mut bytes);
        bytes
    };
    let on = bytes(&rows(3..14), &rows(4..15));
    assert!(on.starts_with("\x1b[1;11r\x1b[S\x1b[r"), "{on:?}");
    assert!(on.len() < 100, "{on:?}");
    let back = bytes(&rows(3..14), &rows(1..12));
    assert!(back.starts_with("\x1b[1;11r\x1b[2T\x1b[r"), "{back:?}");
    let page = bytes(&rows(3..14), &rows(40..51));
    assert!(!page.contains('r') || !page.contains("\x1b[r"), "{page:?}");
}

/// A frame of one row with links, in the screen's bytes.
fn linked(screen: &mut TerminalScreen, words: &str, links: &[(Rect, &str)]) -> String {
    let mut out = Vec::new();
    let drawn = Drawn {
        links: links
            .iter()
            .map(|(area, target)| Linked {
                area: *area,
                target: (*target).to_owned(),
                id: 7,
            })
            .collect(),
        ..Drawn::default()
    };
    screen
        .draw((30, 2), &mut out, |buffer| {
            buffer.set_string(0, 0, words, Style::new());
            buffer.set_string(0, 1, words, Style::new());
            drawn
        })
        .unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_link_is_opened_and_closed_around_its_words_and_is_one_on_two_rows() {
    let mut screen = TerminalScreen::new();
    let (first, second) = (Rect::new(5, 0, 10, 1), Rect::new(0, 1, 4, 1));
    let target = "https://example.org/";
    let frame = linked(
        &mut screen,
        "here is the link.",
        &[(first, target), (second, target)],
    );
    let pieces: Vec<&str> = frame.split("\x1b]8;").collect();
    let [_, open, close, again, end] = pieces[..] else {
        panic!("{frame:?}");
    };
    assert!(
        open.ends_with(";https://example.org/\x1b\\is the lin"),
        "{open:?}"
    );
    assert!(close.starts_with(";\x1b\\k."), "{close:?}");
    let name = open.split(';').next();
    assert!(name.is_some_and(|name| name.starts_with("id=")));
    assert_eq!(again.split(';').next(), name);
    assert!(end.starts_with(";\x1b\\"), "{end:?}");
    // The same frame again writes nothing, another target the words of the link.
    assert_eq!(
        linked(
            &mut screen,
            "here is the link.",
            &[(first, target), (second, target)]
        ),
        ""
    );
    let other = linked(
        &mut screen,
        "here is the link.",
        &[(first, "https://example.com/"), (second, target)],
    );
    assert!(
        other.contains("example.com/\x1b\\is the lin\x1b]8;;"),
        "{other:?}"
    );
    assert!(!other.contains("example.org"));
    let gone = linked(&mut screen, "here is the link.", &[]);
    assert!(
        !gone.contains("]8;") && gone.contains("is the lin"),
        "{gone:?}"
    );
}

proptest! {
    #[test]
    fn text_that_moved_shows_whole(
        from in 0..30usize, to in 0..30usize, panels in (strokes(), strokes()),
    ) {
        let with_panel = |mut rows: Buffer, strokes: &[Stroke]| {
            for (x, y, words, _) in strokes {
                rows.set_string(x + 30, y * 3, words, Style::new().fg(Color::Green));
            }
            rows
        };
        let (before, after) = (
            with_panel(rows(from..from + 11), &panels.0),
            with_panel(rows(to..to + 11), &panels.1),
        );
        let terminal = painted(&before, &after);
        let fresh = painted(&Buffer::empty(after.area), &after);
        let shown = |terminal: &vt100::Parser| -> Vec<String> {
            let rows = terminal.screen().rows(0, 60);
            rows.map(|row| row.trim_end().to_owned()).collect()
        };
        prop_assert_eq!(shown(&terminal), shown(&fresh));
    }
}
