//! Decodes complete sequences.

use super::TerminalEvent;
use crate::app::protocol::message::{Mouse, MouseKind};
use crate::config::key::{Key, KeyCode, Modifiers};
use crate::config::theme::Ground;

/// Keys encoded as a letter, after `Esc [` or `Esc O`.
const LETTERS: &[(u8, KeyCode)] = &[
    (b'A', KeyCode::Up),
    (b'B', KeyCode::Down),
    (b'C', KeyCode::Right),
    (b'D', KeyCode::Left),
    (b'F', KeyCode::End),
    (b'H', KeyCode::Home),
    (b'P', KeyCode::Function(1)),
    (b'Q', KeyCode::Function(2)),
    (b'R', KeyCode::Function(3)),
    (b'S', KeyCode::Function(4)),
    (b'Z', KeyCode::Tab),
];

/// Keys encoded as a number before a `~`.
const NUMBERS: &[(u32, KeyCode)] = &[
    (1, KeyCode::Home),
    (2, KeyCode::Insert),
    (3, KeyCode::Delete),
    (4, KeyCode::End),
    (5, KeyCode::PageUp),
    (6, KeyCode::PageDown),
    (7, KeyCode::Home),
    (8, KeyCode::End),
    (11, KeyCode::Function(1)),
    (12, KeyCode::Function(2)),
    (13, KeyCode::Function(3)),
    (14, KeyCode::Function(4)),
    (15, KeyCode::Function(5)),
    (17, KeyCode::Function(6)),
    (18, KeyCode::Function(7)),
    (19, KeyCode::Function(8)),
    (20, KeyCode::Function(9)),
    (21, KeyCode::Function(10)),
    (23, KeyCode::Function(11)),
    (24, KeyCode::Function(12)),
];

/// Keys of Kitty's protocol that are not characters. Keys of the keypad are mapped to their usual counterparts.
const KITTY: &[(u32, KeyCode)] = &[
    (9, KeyCode::Tab),
    (13, KeyCode::Enter),
    (27, KeyCode::Esc),
    (127, KeyCode::Backspace),
    (57409, KeyCode::Char('.')),
    (57410, KeyCode::Char('/')),
    (57411, KeyCode::Char('*')),
    (57412, KeyCode::Char('-')),
    (57413, KeyCode::Char('+')),
    (57414, KeyCode::Enter),
    (57415, KeyCode::Char('=')),
    (57416, KeyCode::Char(',')),
    (57417, KeyCode::Left),
    (57418, KeyCode::Right),
    (57419, KeyCode::Up),
    (57420, KeyCode::Down),
    (57421, KeyCode::PageUp),
    (57422, KeyCode::PageDown),
    (57423, KeyCode::Home),
    (57424, KeyCode::End),
    (57425, KeyCode::Insert),
    (57426, KeyCode::Delete),
];

/// The first digit of Kitty's keypad, and the first of its further function keys.
const KITTY_DIGIT: u32 = 57399;
const KITTY_F13: u32 = 57376;

/// `Esc O` and a letter.
pub(super) fn single_shift(letter: u8) -> Option<Key> {
    let code = match letter {
        b'M' => KeyCode::Enter,
        _ => named(LETTERS, letter)?,
    };
    Some(Key::plain(code))
}

/// `Esc [`, parameters and a final letter.
pub(super) fn control(parameters: &[u8], last: u8) -> Option<TerminalEvent> {
    let text = std::str::from_utf8(parameters).ok()?;
    if let Some(mouse) = text.strip_prefix('<') {
        return sgr_mouse(mouse, last).map(TerminalEvent::Mouse);
    }
    if text == "?997;1" && last == b'n' {
        return Some(TerminalEvent::Ground(Ground::Dark));
    }
    if text == "?997;2" && last == b'n' {
        return Some(TerminalEvent::Ground(Ground::Light));
    }
    if !text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b';' | b':'))
    {
        return None;
    }
    let mut fields = text.split(';');
    let first = fields.next().unwrap_or_default();
    let (modifiers, is_release) = held(fields.next().unwrap_or_default())?;
    if is_release {
        return None;
    }
    let number = |text: &str| text.split(':').next()?.parse::<u32>().ok();
    let code = match last {
        b'~' if first == "27" => kitty(fields.next()?)?,
        b'~' => named(NUMBERS, number(first)?)?,
        b'u' => kitty(first)?,
        b'Z' => KeyCode::Tab,
        _ => named(LETTERS, last)?,
    };
    let shift = modifiers.shift || last == b'Z';
    Some(TerminalEvent::Key(Key::new(
        code,
        Modifiers { shift, ..modifiers },
    )))
}

fn named<T: PartialEq + Copy>(table: &[(T, KeyCode)], wanted: T) -> Option<KeyCode> {
    let row = table.iter().find(|(name, _)| *name == wanted);
    row.map(|(_, code)| *code)
}

/// A key of Kitty's protocol: its number, and after a colon the character it types with Shift.
fn kitty(field: &str) -> Option<KeyCode> {
    let mut numbers = field.split(':').map(|number| number.parse::<u32>().ok());
    let number = numbers.next()??;
    match number {
        KITTY_DIGIT..57409 => char::from_digit(number - KITTY_DIGIT, 10).map(KeyCode::Char),
        KITTY_F13..KITTY_DIGIT => u8::try_from(number - KITTY_F13 + 13)
            .ok()
            .map(KeyCode::Function),
        _ => named(KITTY, number).or_else(|| {
            let shifted = numbers.next().flatten().unwrap_or(number);
            let typed = char::from_u32(shifted).filter(|typed| !typed.is_control());
            // Other numbers in the private use area are keys that have no use here, such as media keys.
            let is_private = |typed: &char| ('\u{E000}'..='\u{F8FF}').contains(typed);
            typed.filter(|typed| !is_private(typed)).map(KeyCode::Char)
        }),
    }
}

/// The modifiers of a key, and whether the event is a release: `5`, or `5:3`. `None` for modifiers that belong to the
/// desktop.
fn held(field: &str) -> Option<(Modifiers, bool)> {
    let mut numbers = field.split(':').map(str::parse::<u32>);
    // No modifiers are encoded as 1, or left out.
    let bits = match numbers.next() {
        Some(Ok(code)) => code.saturating_sub(1),
        _ => 0,
    };
    let is_release = numbers.next() == Some(Ok(3));
    let has = |bit: u32| bits & bit != 0;
    if has(8) || has(16) {
        return None;
    }
    let modifiers = Modifiers {
        shift: has(1),
        alt: has(2) || has(32),
        ctrl: has(4),
    };
    Some((modifiers, is_release))
}

/// `Esc [ <`, a button, a column and a row. `M` is a press, `m` a release.
fn sgr_mouse(text: &str, last: u8) -> Option<Mouse> {
    let mut numbers = text.split(';').map(|number| number.parse::<u16>().ok());
    let button = numbers.next()??;
    let (column, row) = (numbers.next()??, numbers.next()??);
    let is_up = match last {
        b'M' => false,
        b'm' => true,
        _ => return None,
    };
    mouse(button, is_up, (column, row))
}

/// A button, a column and a row, each with 32 added.
pub(super) fn old_mouse(button: u8, column: u8, row: u8) -> Option<Mouse> {
    let [button, column, row] =
        [button, column, row].map(|byte| u16::from(byte.saturating_sub(32)));
    let is_up = button & 0b11 == 3 && button < 64;
    let button = if is_up { button & !0b11 } else { button };
    mouse(button, is_up, (column, row))
}

/// A mouse event at a cell, counted from 1. Shift, Alt and Ctrl are ignored.
fn mouse(button: u16, is_up: bool, (column, row): (u16, u16)) -> Option<Mouse> {
    let kind = match (button & !0b1_1100, is_up) {
        (0, false) => MouseKind::Press,
        (0, true) => MouseKind::Release,
        (32, false) => MouseKind::Drag,
        (64, false) => MouseKind::WheelUp,
        (65, false) => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Mouse {
        kind,
        column: column.checked_sub(1)?,
        row: row.checked_sub(1)?,
    })
}

/// An operating system command from its `]` on. Only the answer with the background color is understood.
pub(super) fn command(text: &[u8]) -> Option<TerminalEvent> {
    let text = std::str::from_utf8(text).ok()?;
    let color = text.strip_prefix("]11;")?;
    let levels = color
        .strip_prefix("rgb:")
        .or_else(|| color.strip_prefix("rgba:"))?;
    let mut levels = levels.split('/').map(level);
    let (red, green, blue) = (levels.next()??, levels.next()??, levels.next()??);
    Some(TerminalEvent::Ground(Ground::of_color(red, green, blue)))
}

/// One to four hexadecimal digits, scaled to 255.
fn level(digits: &str) -> Option<u8> {
    let most = 16u32.checked_pow(u32::try_from(digits.len()).ok()?)? - 1;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let is_known = (1..=4).contains(&digits.len());
    is_known.then(|| u8::try_from(value * 255 / most).unwrap_or(u8::MAX))
}
