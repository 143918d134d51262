//! Parses the bytes that a terminal sends: keys, mouse events, pasted text and answers to queries.
//!
//! crossterm's own events cannot be used. crossterm 0.29 turns the answer to an OSC 11 query (the background color)
//! into key presses, and hangs on a report of mode 2031 (a changed color scheme): it waits forever for the end of the
//! sequence, and so swallows all later keys.
//!
//! This parser follows ECMA-48 and takes one byte at a time. It drops unknown sequences as a whole and gives up an
//! incomplete one after [`InputParser::timeout`], so that nothing a terminal sends can block later keys. It
//! understands the key encodings of xterm, the Linux console and Kitty's protocol.

mod sequence;

use std::time::Duration;

use crate::app::protocol::message::Mouse;
use crate::config::key::{Key, KeyCode, Modifiers};
use crate::config::theme::Ground;

/// Something that the terminal reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TerminalEvent {
    /// A key was pressed.
    Key(Key),
    /// The mouse was moved or clicked.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The background is light or dark.
    Ground(Ground),
}

/// How long to wait after an Esc, which may be the key or begin a sequence. A terminal sends a sequence in one piece,
/// but a network may split it.
const ESC_TIMEOUT: Duration = Duration::from_millis(25);
/// How long to wait for the rest of any other sequence.
const SEQUENCE_TIMEOUT: Duration = Duration::from_millis(500);

/// The longest sequence that is understood, and the longest text that can be pasted, in bytes.
const MAX_SEQUENCE: usize = 256;
const MAX_PASTE: usize = 1 << 20;
/// The longest UTF-8 encoding of a character.
const MAX_CHARACTER: usize = 4;

const END_OF_PASTE: &[u8] = b"\x1b[201~";

/// What is incomplete.
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
    /// Esc [ M: a button, a column and a row, the oldest encoding of mouse events.
    OldMouse,
    /// Esc and one of `] P _`: a string, which is only used if it is an operating system command.
    Text,
    /// The same with an Esc that may end it.
    TextEscape,
    /// Pasted text.
    Paste,
}

/// The parser and the incomplete sequence.
#[derive(Debug, Default)]
pub(super) struct InputParser {
    state: ParserState,
    held: Vec<u8>,
    /// Whether an Esc came before the character, which means that Alt is held.
    has_alt: bool,
}

impl InputParser {
    /// Parses bytes and appends their events.
    pub(super) fn feed(&mut self, bytes: &[u8], sent: &mut Vec<TerminalEvent>) {
        for &byte in bytes {
            self.take(byte, sent);
        }
    }

    /// How long to wait for the rest of an incomplete sequence; `None` if nothing is incomplete.
    pub(super) fn timeout(&self) -> Option<Duration> {
        match self.state {
            ParserState::Nothing => None,
            ParserState::Escape | ParserState::SingleShift => Some(ESC_TIMEOUT),
            ParserState::Control | ParserState::Text if self.held.len() <= 1 => Some(ESC_TIMEOUT),
            _ => Some(SEQUENCE_TIMEOUT),
        }
    }

    /// Ends what is incomplete: a lone Esc is the key, other sequences are dropped, pasted text ends here.
    pub(super) fn time_out(&mut self, sent: &mut Vec<TerminalEvent>) {
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
        self.held.shrink_to(MAX_SEQUENCE);
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
            _ if self.held.len() >= MAX_CHARACTER => self.reset(),
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
                if self.held.len() < MAX_SEQUENCE {
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
            // Another byte interrupts the sequence.
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
            _ if self.held.len() < MAX_SEQUENCE => self.held.push(byte),
            _ => {}
        }
    }

    fn text_escape(&mut self, byte: u8, sent: &mut Vec<TerminalEvent>) {
        if byte == b'\\' {
            self.end_text(sent);
        } else {
            // Another sequence interrupts the string.
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
        } else if self.held.len() >= MAX_PASTE + END_OF_PASTE.len() {
            // The text is too long. Its end is dropped, except for the bytes that may be the final sequence.
            self.held.remove(MAX_PASTE);
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

/// The key of an ASCII byte: a printable character, or a control character.
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
