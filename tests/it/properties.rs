//! Properties that hold for any input: for any keys and any size, selections are in range, the screen is
//! drawn, and no cell contains a control character.

use proptest::prelude::*;
use pullquote::app::Model;
use pullquote::app::protocol::message::{Message, Mouse, MouseKind};
use pullquote::app::side::Section;
use pullquote::config::Screen;
use pullquote::config::key::{Key, KeyCode, Modifiers, parse_sequence};
use unicode_width::UnicodeWidthStr as _;

use crate::harness::journey::{Journey, Setup, text_of};

/// A folder with quotations, wide characters, control characters and an empty file.
fn folder() -> Setup {
    Setup::news()
        .file("05-empty.txt", Ok(b""))
        .file("06-wide.txt", Ok("東京で会議\n\n「合意は近い」と議長は述べた。👩‍👩‍👧 e\u{301}\u{302}\u{303}\n".as_bytes()))
        .file("07-hostile.txt", Ok("Ti\u{1b}]0;x\u{7}tle\u{202e}\n\n“A\u{9b}31m\u{2066}b,” said Ana\u{0} Ruiz.\u{200b}\n".as_bytes()))
        .file("08-locked.txt", Err("08-locked.txt: locked\u{1b}[31m"))
        .file("09-\u{1b}[31mname\u{202e}.md", Ok(b"# A\n\n```\ncode that is much longer than any line of it could ever be on a screen\n```\n"))
}

/// Every key of the default keymap, and the characters that are typed in prompts.
fn alphabet() -> Vec<Key> {
    let named = "<Space><PageDown><C-f><Right><PageUp><Left><C-d><C-u><Down><Enter><Up><Home><End><C-o><C-i>\
                 <Tab><S-Tab><Esc><Backspace><F1><C-l><C-z><C-n><C-p><C-w><Delete>";
    let mut keys = parse_sequence(named).unwrap();
    let typed = ('!'..='~')
        .filter(|c| *c != 'Q')
        .chain(['é', '東', '\u{301}']);
    keys.extend(typed.map(|c| Key::new(KeyCode::Char(c), Modifiers::default())));
    keys
}

/// Key sequences that open screens, which random single keys rarely do.
const PATHS: &[&str] = &[
    "]s",
    "]q",
    "[q",
    "[s",
    "]c",
    "[c",
    "zp",
    "zl",
    "zn",
    "zc",
    "zj",
    "zz",
    "zu",
    "\"",
    "C",
    "@",
    "W",
    "T",
    "~",
    "?",
    "/harbor<Enter>",
    "/e",
    "\\the",
    "\\okafor<Enter>",
    "&a",
    ":sort title<Enter>",
    ":the<Tab>",
    "ma'a",
    "=",
    "U",
    "J",
    "G",
];

fn message() -> impl Strategy<Value = Vec<Message>> {
    let key = prop::sample::select(alphabet()).prop_map(|key| vec![Message::Key(key)]);
    let path = prop::sample::select(PATHS).prop_map(|path| {
        parse_sequence(path)
            .unwrap()
            .into_iter()
            .map(Message::Key)
            .collect()
    });
    let resize = (0..=250_u16, 0..=60_u16)
        .prop_map(|(width, height)| vec![Message::Resize { width, height }]);
    let kinds = [
        MouseKind::Press,
        MouseKind::Drag,
        MouseKind::Release,
        MouseKind::WheelDown,
        MouseKind::WheelUp,
    ];
    let mouse = (
        prop::sample::select(kinds.to_vec()),
        0..=250_u16,
        0..=60_u16,
    )
        .prop_map(|(kind, column, row)| vec![Message::Mouse(Mouse { kind, column, row })]);
    let paste = "\\PC{0,8}".prop_map(|text| vec![Message::Paste(text)]);
    prop_oneof![6 => key, 6 => path, 2 => resize, 3 => mouse, 1 => paste]
}

fn selections_stand_on_something(model: &Model) {
    let lists = Screen::ALL.into_iter().filter_map(|name| {
        let list = model.screens.get(name)?;
        Some((list.selection().row, list.n_rows()))
    });
    let sides = Section::ALL.map(|section| {
        let side = &model.screens.side;
        (side.selection_of(section).row, side.len(section))
    });
    for (row, len) in lists.chain(sides) {
        assert!(row < len || row == 0, "row {row} of {len}");
    }
    let reader = &model.reading.reader;
    assert!(
        reader
            .quotation
            .is_none_or(|index| index < reader.quotations().len())
    );
    assert!(
        reader
            .mention
            .is_none_or(|index| index < reader.mentions().len())
    );
    if let Some(find) = &reader.find {
        assert!(find.current.is_none_or(|index| index < find.spans.len()));
    }
    if let Some(document) = reader.document() {
        assert!(
            document.text.is_char_boundary(reader.anchor as usize),
            "the anchor splits a character"
        );
    }
}

fn screen_is_harmless(journey: &Journey) {
    let buffer = journey.buffer();
    for cell in &buffer.content {
        let symbol = cell.symbol();
        let steers = |c: char| {
            c.is_control()
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!symbol.contains(steers), "{symbol:?} in a cell");
    }
    for line in text_of(&buffer).lines() {
        assert!(
            line.width() <= usize::from(journey.model.window.size.0),
            "too wide: {line:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pressed_the_model_is_sound_and_drawn(happenings in prop::collection::vec(message(), 1..40)) {
        let mut journey = folder().start();
        for message in happenings.into_iter().flatten() {
            journey.send(message);
            selections_stand_on_something(&journey.model);
            screen_is_harmless(&journey);
        }
    }

    #[test]
    fn whatever_is_in_a_file_it_is_drawn(bytes in prop::collection::vec(any::<u8>(), 0..400), width in 0..=130_u16, height in 0..=40_u16) {
        let mut journey = Setup::articles([]).file("a.txt", Ok(&bytes)).size(width, height).start();
        screen_is_harmless(&journey);
        journey.keys("\"]s]cG");
        screen_is_harmless(&journey);
    }

    #[test]
    fn the_anchor_survives_any_resizes(sizes in prop::collection::vec((0..=250_u16, 0..=60_u16), 1..12), lines in 0..40_u32) {
        let mut journey = Journey::news();
        if lines > 0 {
            journey.keys(&format!("{lines}j"));
        }
        let anchor = journey.model.reading.reader.anchor;
        for (width, height) in sizes {
            journey.resize(width, height);
            prop_assert_eq!(journey.model.reading.reader.anchor, anchor);
        }
    }
}

#[test]
fn every_screen_is_drawn_at_every_size() {
    for keys in [
        "", "C", "@", "W", "T", "\"~", "?", "\\harbor", "/harbor", "=", ":theme ", "J", "zn",
        "<Tab>", "z",
    ] {
        let mut journey = folder().start();
        journey.keys(if keys.is_empty() { "<Esc>" } else { keys });
        for (width, height) in (0..=250_u16)
            .step_by(17)
            .flat_map(|w| (0..=60_u16).step_by(9).map(move |h| (w, h)))
        {
            journey.resize(width, height);
            screen_is_harmless(&journey);
        }
    }
}
