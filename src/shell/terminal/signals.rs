//! Signals as messages.

use std::sync::mpsc::Sender;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use crate::app::protocol::message::Message;

/// Signals that end or suspend the program or tell of another size of the terminal. None is missed from
/// here on; they are kept until they are listened to.
pub(crate) fn catch() -> Option<Signals> {
    Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH]).ok()
}

/// Listens for signals on a thread that otherwise sleeps.
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
    // Without the thread, signals end the program at once, as they would any other.
    let _ = std::thread::Builder::new()
        .name("signals".into())
        .stack_size(128 * 1024)
        .spawn(listen);
}
