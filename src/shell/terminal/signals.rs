//! Signals as messages.

use std::sync::mpsc::Sender;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use crate::app::protocol::message::Message;

/// The thread only converts signals to messages.
const STACK_BYTES: usize = 128 * 1024;

/// Catches the signals that end or suspend the program or report a new terminal size. They are queued until
/// [`listen`] is called.
pub(crate) fn catch() -> Option<Signals> {
    Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH]).ok()
}

/// Sends signals as messages, from a thread that otherwise sleeps.
pub(crate) fn listen(mut signals: Signals, messages: &Sender<Message>) {
    let messages = messages.clone();
    let listen = move || {
        for signal in &mut signals {
            let message = match signal {
                SIGTSTP => Message::Suspend,
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((width, height)) => Message::Resize { width, height },
                    Err(_) => continue,
                },
                signal => Message::Terminate(signal),
            };
            if messages.send(message).is_err() {
                return;
            }
        }
    };
    // Without the thread signals are ignored.
    let _ = std::thread::Builder::new()
        .name("signals".into())
        .stack_size(STACK_BYTES)
        .spawn(listen);
}
