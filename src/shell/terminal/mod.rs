//! Taking the terminal and giving it back, whatever happens.
//!
//! [`enter`] switches to the alternate screen and raw mode; [`leave`] undoes it and may be called any
//! number of times from anywhere: a normal end, an error, a panic, a signal.

pub(super) mod environment;
pub(super) mod input;
pub(super) mod screen;
pub(super) mod signals;

use std::io::{self, Write};
use std::sync::atomic::{AtomicU8, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use environment::can_only_write_on;

/// How the terminal is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TerminalMode {
    /// A screen of its own, which shows one page after the other.
    Screen {
        /// Whether the mouse is used, too.
        mouse: bool,
        /// Whether links are told to the terminal.
        links: bool,
    },
    /// Lines behind those that are there.
    Lines,
}

/// What must be written to give the terminal back; 0 when it is not ours.
static ENTERED: AtomicU8 = AtomicU8::new(NOT);
const NOT: u8 = 0;
const FOR_SCREEN: u8 = 1;
const FOR_SCREEN_WITH_LINKS: u8 = 2;
const FOR_LINES: u8 = 3;

/// Bracketed paste and the first level of the Kitty keyboard protocol alone, on and off.
const ENTER_LINES: &str = "\x1b[?2004h\x1b[>1u";
const LEAVE_LINES: &str = "\x1b[<u\x1b[?2004l";

/// Alternate screen, cursor hidden, bracketed paste, and the first level of the Kitty keyboard
/// protocol (which tells Tab from Ctrl-I). Terminals that do not know one of these ignore it, so
/// nothing is asked and nothing waits for an answer.
const ENTER: &str = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[>1u";

/// Everything [`ENTER`] and the mouse switch on, off again; ends a cut-off frame and resets the pen.
const LEAVE: &str = "\x1b[?2026l\x1b[m\x1b[<u\x1b[?2031l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// Ends a link that a cut-off frame left open.
const END_OF_LINK: &str = "\x1b]8;;\x1b\\";

const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// What color the ground has, and reports when it changes (mode 2031).
const ASK_GROUND: &str = "\x1b[?2031h\x1b]11;?\x1b\\";

/// Takes the terminal.
///
/// # Errors
/// When standard input is no terminal or cannot be set to raw mode.
pub(super) fn enter(how: TerminalMode) -> io::Result<()> {
    enable_raw_mode()?;
    let (state, start) = match how {
        TerminalMode::Screen { links: true, .. } => (FOR_SCREEN_WITH_LINKS, ENTER),
        TerminalMode::Screen { .. } => (FOR_SCREEN, ENTER),
        TerminalMode::Lines if can_only_write_on() => (FOR_LINES, ""),
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

/// Gives the terminal back; does nothing when it is not ours.
pub(super) fn leave() {
    let end = match ENTERED.swap(NOT, Ordering::SeqCst) {
        NOT => return,
        FOR_SCREEN_WITH_LINKS => [END_OF_LINK, LEAVE],
        FOR_SCREEN => ["", LEAVE],
        _ if can_only_write_on() => ["", ""],
        _ => ["", LEAVE_LINES],
    };
    let mut out = io::stdout();
    // A terminal that is gone cannot be restored; there is nobody to tell.
    let _ = out
        .write_all(end.concat().as_bytes())
        .and_then(|()| out.flush());
    let _ = disable_raw_mode();
}

/// Switches mouse reports on or off.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn set_mouse(on: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())?;
    out.flush()
}

/// Asks what the letters stand on; the answer comes with the keys, or never.
///
/// # Errors
/// When the terminal cannot be written to.
pub(super) fn ask_ground() -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(ASK_GROUND.as_bytes())?;
    out.flush()
}

/// Makes a panic give the terminal back before it is reported. Workers catch their panics, so only
/// the thread named `main` takes the program down; the others leave the screen alone.
pub(super) fn restore_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() == Some("main") {
            leave();
            report(panic);
        }
    }));
}
