//! Setting the terminal up and restoring it, whatever happens.
//!
//! [`enter`] switches to the alternate screen and raw mode. [`leave`] undoes that. It may be called any number of
//! times from anywhere: at a normal end, on an error, a panic or a signal.

pub(super) mod environment;
pub(super) mod input;
pub(super) mod screen;
pub(super) mod signals;

use std::io::{self, Write};
use std::sync::atomic::{AtomicU8, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use environment::is_dumb;

/// What the terminal is set up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TerminalMode {
    /// A full-screen display on the alternate screen.
    Screen {
        /// Whether the mouse is reported.
        mouse: bool,
        /// Whether the output has hyperlinks.
        links: bool,
    },
    /// Lines on the normal screen.
    Lines,
}

/// What has to be written to restore the terminal.
static ENTERED: AtomicU8 = AtomicU8::new(NOT);
const NOT: u8 = 0;
const FOR_SCREEN: u8 = 1;
const FOR_SCREEN_WITH_LINKS: u8 = 2;
const FOR_LINES: u8 = 3;

/// Bracketed paste and the first level of the Kitty keyboard protocol, on and off.
const ENTER_LINES: &str = "\x1b[?2004h\x1b[>1u";
const LEAVE_LINES: &str = "\x1b[<u\x1b[?2004l";

/// Alternate screen, hidden cursor, bracketed paste, and the first level of the Kitty keyboard protocol, which
/// distinguishes Tab from Ctrl-I. Terminals ignore what they do not support, so no support is queried.
const ENTER: &str = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[>1u";

/// Undoes [`ENTER`] and [`MOUSE_ON`], ends an unfinished frame and resets the attributes.
const LEAVE: &str = "\x1b[?2026l\x1b[m\x1b[<u\x1b[?2031l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// Ends a hyperlink that an unfinished frame left open.
const END_OF_LINK: &str = "\x1b]8;;\x1b\\";

const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Turns on reports of a changed color scheme (mode 2031) and asks for the background color (OSC 11).
const ASK_GROUND: &str = "\x1b[?2031h\x1b]11;?\x1b\\";

/// Sets the terminal up.
///
/// # Errors
/// When standard input is not a terminal or cannot be set to raw mode.
pub(super) fn enter(how: TerminalMode) -> io::Result<()> {
    enable_raw_mode()?;
    let (state, start) = match how {
        TerminalMode::Screen { links: true, .. } => (FOR_SCREEN_WITH_LINKS, ENTER),
        TerminalMode::Screen { .. } => (FOR_SCREEN, ENTER),
        TerminalMode::Lines if is_dumb() => (FOR_LINES, ""),
        TerminalMode::Lines => (FOR_LINES, ENTER_LINES),
    };
    ENTERED.store(state, Ordering::SeqCst);
    let mut out = io::stdout().lock();
    out.write_all(start.as_bytes())?;
    if matches!(how, TerminalMode::Screen { mouse: true, .. }) {
        out.write_all(MOUSE_ON.as_bytes())?;
    }
    out.flush()
}

/// Restores the terminal. Does nothing if it is not set up.
pub(super) fn leave() {
    let end = match ENTERED.swap(NOT, Ordering::SeqCst) {
        NOT => return,
        FOR_SCREEN_WITH_LINKS => [END_OF_LINK, LEAVE],
        FOR_SCREEN => ["", LEAVE],
        _ if is_dumb() => ["", ""],
        _ => ["", LEAVE_LINES],
    };
    let mut out = io::stdout();
    // A terminal that is gone needs no restoring.
    let _ = out
        .write_all(end.concat().as_bytes())
        .and_then(|()| out.flush());
    let _ = disable_raw_mode();
}

/// Turns mouse reports on or off.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn set_mouse(on: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())?;
    out.flush()
}

/// Asks for the background color. The answer arrives among the keys, or not at all.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn ask_ground() -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(ASK_GROUND.as_bytes())?;
    out.flush()
}

/// Makes a panic restore the terminal before it is reported. Workers catch their panics, so only one in the main
/// thread ends the program. Others must not disturb the screen.
pub(super) fn restore_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() == Some("main") {
            leave();
            report(panic);
        }
    }));
}
