//! The bytes a terminal sends, as what they mean: keys, the mouse, pasted text, answers to questions.
//!
//! One byte is taken at a time, after ECMA-48, so no byte is looked at twice and nothing a terminal says can
//! hold up the keys behind it: sequences that are not known are dropped whole, and what is cut off is given
//! up after [`InputParser::patience`]. Keys come in the forms of xterm, the Linux console and Kitty's protocol.

mod sequence;

use std::time::Duration;

use crate::app::protocol::message::Mouse;
use crate::config::key::{Key, KeyCode, Modifiers};
use crate::config::theme::Ground;

/// What a terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TerminalEvent {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The ground is light or dark: the answer to a question, or news.
    Ground(Ground),
}

/// How long the rest of a sequence is waited for after an Esc, which may be the key; a terminal sends both in
/// one piece, but a network may part them.
const ESC: Duration = Duration::from_millis(25);
/// How long the rest of anything else is waited for.
const REST: Duration = Duration::from_millis(500);

/// The longest sequence that means something, and the longest text that is pasted, in bytes.
const LONGEST_SEQUENCE: usize = 256;
const LONGEST_PASTE: usize = 1 << 20;

const END_OF_PASTE: &[u8] = b"\x1b[201~";

/// What was begun and is not complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum ParserState {
    #[default]
    Nothing,
    /// A character of several bytes.
    Character,
    /// Esc.
    Escape,
    /// Esc O.
    SingleShift,
    /// Esc [.
    Control,
    /// Esc [ [, as the Linux console begins its function keys.
    Console,
    /// Esc [ M: a button, a column and a row, as terminals of old tell of the mouse.
    OldMouse,
    /// Esc and one of `] P _`: a string, kept only when it is an operating system command.
    Text,
    /// The same, and an Esc that may end it.
    TextEscape,
    /// Pasted text.
    Paste,
}

/// The bytes of what is not complete.
#[derive(Debug, Default)]
pub(super) struct InputParser {
    state: ParserState,
    held: Vec<u8>,
    /// Whether Esc stood before the character: Alt is held.
    has_alt: bool,
}

impl InputParser {
    /// Takes bytes; adds what they mean.
    pub(super) fn feed(&mut self, bytes: &[u8], sent: &mut Vec<TerminalEvent>) {
        for &byte in bytes {
            self.take(byte, sent);
        }
    }

    /// How long to wait for more before what is held is given up; nothing is held without.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self.state {
            ParserState::Nothing => None,
            ParserState::Escape | ParserState::SingleShift => Some(ESC),
            ParserState::Control | ParserState::Text if self.held.len() <= 1 => Some(ESC),
            _ => Some(REST),
        }
    }

    /// Nothing more comes: a lone Esc was the key, a cut-off sequence is dropped, pasted text ends.
    pub(super) fn give_up(&mut self, sent: &mut Vec<TerminalEvent>) {
        let opener = match self.state {
            ParserState::SingleShift => Some('O'),
            ParserState::Control if self.held.is_empty() => Some('['),
            ParserState::Text if self.held.len() <= 1 => {
                self.held.first().map(|&byte| char::from(byte))
            }
            _ => None,
        };
        match (self.state, opener) {
            (ParserState::Escape, _) => sent.push(plain(KeyCode::Esc)),
            (_, Some(opener)) => sent.push(with_alt(KeyCode::Char(opener))),
            (ParserState::Paste, _) => self.pasted(sent),
            _ => {}
        }
        self.reset();
    }

    fn reset(&mut self) {
        self.state = ParserState::Nothing;
        self.has_alt = false;
        self.held.clear();
        self.held.shrink_to(LONGEST_SEQUENCE);
    }

    fn take(&mut self, byte: u8, sent: &mut Vec<TerminalEvent>) {
        match self.state {
            ParserState::Nothing => self.begin(byte, sent),
            ParserState::Character => self.character(byte, sent),
            ParserState::Escape => self.escape(byte, sent),
            ParserState::SingleShift => {
                self.reset();
                sent.extend(sequence::single_shift(byte).map(TerminalEvent::Key));
            }
            ParserState::Control => self.control(byte, sent),
            ParserState::Console => {
                self.reset();
                let number = byte.wrapping_sub(b'A').wrapping_add(1);
                let is_known = (1..=5).contains(&number);
                sent.extend(is_known.then(|| plain(KeyCode::Function(number))));
            }
            ParserState::OldMouse => {
                self.held.push(byte);
                if let [button, column, row] = *self.held {
                    self.reset();
                    sent.extend(sequence::old_mouse(button, column, row).map(TerminalEvent::Mouse));
                }
            }
            ParserState::Text => self.text(byte, sent),
            ParserState::TextEscape => self.text_escape(byte, sent),
            ParserState::Paste => self.paste(byte, sent),
        }
    }

    fn begin(&mut self, byte: u8, sent: &mut Vec<TerminalEvent>) {
        match byte {
            0x1B if !self.has_alt => self.state = ParserState::Escape,
            0xC2..=0xF4 => {
                self.held.push(byte);
                self.state = ParserState::Character;
            }
            0x80.. => self.reset(),
            _ => {
                let key = control_key(byte);
                sent.push(TerminalEvent::Key(if self.has_alt {
                    alt(key)
                } else {
                    key
                }));
                self.reset();
            }
        }
    }

    fn character(&mut self, byte: u8, sent: &mut Vec<TerminalEvent>) {
        if !(0x80..0xC0).contains(&byte) {
            self.reset();
            self.begin(byte, sent);
            return;
        }
        self.held.push(byte);
        let typed = std::str::from_utf8(&self.held).map(|text| text.chars().next());
        match typed {
            Ok(Some(character)) => {
                let code = KeyCode::Char(character);
                sent.push(if self.has_alt {
                    with_alt(code)
                } else {
                    plain(code)
                });
                self.reset();
            }
            _ if self.held.len() >= 4 => self.reset(),
            _ => {}
        }
    }

    fn escape(&mut self, byte: u8, sent: &mut Vec<TerminalEvent>) {
        match byte {
            b'[' => self.state = ParserState::Control,
            b'O' => self.state = ParserState::SingleShift,
            b']' | b'P' | b'_' => {
                self.held.push(byte);
                self.state = ParserState::Text;
            }
            0x1B => sent.push(plain(KeyCode::Esc)),
            _ => {
                self.state = ParserState::Nothing;
                self.has_alt = true;
                self.begin(byte, sent);
            }
        }
    }

    fn control(&mut self, byte: u8, sent: &mut Vec<TerminalEvent>) {
        match byte {
            0x20..=0x3F => {
                if self.held.len() < LONGEST_SEQUENCE {
                    self.held.push(byte);
                }
            }
            b'[' if self.held.is_empty() => self.state = ParserState::Console,
            b'M' if self.held.is_empty() => self.state = ParserState::OldMouse,
            b'~' if self.held == b"200" => {
                self.held.clear();
                self.state = ParserState::Paste;
            }
            0x40..=0x7E => {
                let meant = sequence::control(&self.held, byte);
                self.reset();
                sent.extend(meant);
            }
            // A sequence that is cut off by something else.
            _ => {
                self.reset();
                self.begin(byte, sent);
            }
        }
    }

    fn text(&mut self, byte: u8, sent: &mut Vec<TerminalEvent>) {
        match byte {
            0x07 => self.end_text(sent),
            0x1B => self.state = ParserState::TextEscape,
            _ if self.held.len() < LONGEST_SEQUENCE => self.held.push(byte),
            _ => {}
        }
    }

    fn text_escape(&mut self, byte: u8, sent: &mut Vec<TerminalEvent>) {
        if byte == b'\\' {
            self.end_text(sent);
        } else {
            // The string was cut off; what cuts it off counts.
            self.reset();
            self.state = ParserState::Escape;
            self.escape(byte, sent);
        }
    }

    fn end_text(&mut self, sent: &mut Vec<TerminalEvent>) {
        sent.extend(sequence::command(&self.held));
        self.reset();
    }

    fn paste(&mut self, byte: u8, sent: &mut Vec<TerminalEvent>) {
        self.held.push(byte);
        if self.held.ends_with(END_OF_PASTE) {
            let length = self.held.len() - END_OF_PASTE.len();
            self.held.truncate(length);
            self.pasted(sent);
            self.reset();
        } else if self.held.len() >= LONGEST_PASTE + END_OF_PASTE.len() {
            // Too long: only what may be the end is still watched.
            self.held.remove(LONGEST_PASTE);
        }
    }

    fn pasted(&self, sent: &mut Vec<TerminalEvent>) {
        let text = String::from_utf8_lossy(&self.held);
        sent.push(TerminalEvent::Paste(text.into_owned()));
    }
}

fn plain(code: KeyCode) -> TerminalEvent {
    TerminalEvent::Key(Key::plain(code))
}

fn with_alt(code: KeyCode) -> TerminalEvent {
    TerminalEvent::Key(alt(Key::plain(code)))
}

fn alt(key: Key) -> Key {
    let modifiers = Modifiers {
        alt: true,
        ..key.modifiers()
    };
    Key::new(key.code(), modifiers)
}

/// The key of a byte below U+0080: a letter, or a control character that a key sends.
fn control_key(byte: u8) -> Key {
    let ctrl = Modifiers {
        ctrl: true,
        ..Modifiers::default()
    };
    match byte {
        b'\r' => Key::plain(KeyCode::Enter),
        b'\t' => Key::plain(KeyCode::Tab),
        0x7F => Key::plain(KeyCode::Backspace),
        0x00 => Key::new(KeyCode::Char(' '), ctrl),
        0x01..=0x1A => Key::new(KeyCode::Char(char::from(byte - 1 + b'a')), ctrl),
        0x1B => Key::plain(KeyCode::Esc),
        0x1C..=0x1F => Key::new(KeyCode::Char(char::from(byte - 0x1C + b'4')), ctrl),
        _ => Key::plain(KeyCode::Char(char::from(byte))),
    }
}

#[cfg(test)]
mod tests;
