//! What the terminal sends, as messages, read by a thread of its own.
//!
//! The bytes are read and understood here ([`parser`]) rather than by crossterm, which takes the answer to
//! what color the ground has for keys, and waits for ever for the end of a report it does not know.
//! The thread sleeps on the terminal and on a pipe, by which it is told to park while another program (the
//! editor) has the terminal.

mod parser;

use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::os::fd::{AsFd as _, AsRawFd as _};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use filedescriptor::{POLLIN, poll, pollfd};

use crate::app::protocol::message::Message;
use parser::{InputParser, TerminalEvent};

/// The thread that reads the terminal.
pub(crate) struct Input {
    gate: Arc<Gate>,
    /// A byte here wakes the thread.
    bell: UnixStream,
}

#[derive(Default)]
struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum GateState {
    #[default]
    Open,
    /// The reader shall park.
    Closing,
    /// The reader is parked.
    Closed,
}

impl Gate {
    fn set(&self, state: GateState) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
        self.changed.notify_all();
    }

    /// Parks the calling thread while the gate is not open.
    fn pass(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while *state != GateState::Open {
            *state = GateState::Closed;
            self.changed.notify_all();
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Input {
    /// Starts reading; ends by itself when nobody listens any more.
    ///
    /// # Errors
    /// When there is no terminal to read from.
    pub(crate) fn start(messages: Sender<Message>) -> io::Result<Self> {
        let gate = Arc::new(Gate::default());
        let (bell, ear) = UnixStream::pair()?;
        ear.set_nonblocking(true)?;
        let reader = InputThread {
            terminal: terminal()?,
            ear,
            gate: Arc::clone(&gate),
            parser: InputParser::default(),
        };
        std::thread::Builder::new()
            .name("input".into())
            .stack_size(256 * 1024)
            .spawn(move || reader.run(&messages))?;
        Ok(Self { gate, bell })
    }

    /// Runs `work` while no one reads the terminal.
    pub(crate) fn paused<T>(&self, work: impl FnOnce() -> T) -> T {
        self.gate.set(GateState::Closing);
        // When the thread is gone nobody hears it, and there is nobody to park.
        let _ = (&self.bell).write(&[0]);
        let state = self
            .gate
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let limit = Duration::from_millis(200);
        let waited = self
            .gate
            .changed
            .wait_timeout_while(state, limit, |state| *state == GateState::Closing);
        drop(waited);
        let result = work();
        self.gate.set(GateState::Open);
        result
    }
}

/// The terminal keys come from: standard input, or the controlling terminal when that is an article.
fn terminal() -> io::Result<File> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Ok(File::from(stdin.as_fd().try_clone_to_owned()?));
    }
    File::open("/dev/tty")
}

/// What the thread has.
struct InputThread {
    terminal: File,
    ear: UnixStream,
    gate: Arc<Gate>,
    parser: InputParser,
}

impl InputThread {
    fn run(mut self, messages: &Sender<Message>) {
        let mut sent = Vec::new();
        loop {
            self.gate.pass();
            if self.read(&mut sent).is_err() {
                // The terminal is gone.
                let _ = messages.send(Message::Terminate(signal_hook::consts::SIGHUP));
                return;
            }
            for sent in sent.drain(..) {
                if messages.send(message_of(sent)).is_err() {
                    return;
                }
            }
        }
    }

    /// Waits until the terminal sent something, or the bell rang, or what is cut off goes on no more.
    fn read(&mut self, sent: &mut Vec<TerminalEvent>) -> io::Result<()> {
        let readable = |fd| pollfd {
            fd,
            events: POLLIN,
            revents: 0,
        };
        let mut waited_for = [self.terminal.as_raw_fd(), self.ear.as_raw_fd()].map(readable);
        match poll(&mut waited_for, self.parser.patience()) {
            Ok(0) => self.parser.give_up(sent),
            Ok(_) => {}
            Err(filedescriptor::Error::Poll(error))
                if error.kind() == io::ErrorKind::Interrupted =>
            {
                return Ok(());
            }
            Err(error) => return Err(io::Error::other(error)),
        }
        let [terminal, bell] = waited_for.map(|fd| fd.revents != 0);
        if bell {
            let _ = self.ear.read(&mut [0; 16]);
        }
        // Whoever rang has the terminal next, and what was typed for it.
        if terminal && !bell {
            let mut bytes = [0; 4096];
            let count = match self.terminal.read(&mut bytes) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
                Err(error) => return Err(error),
            };
            self.parser
                .feed(bytes.get(..count).unwrap_or_default(), sent);
        }
        Ok(())
    }
}

fn message_of(sent: TerminalEvent) -> Message {
    match sent {
        TerminalEvent::Key(key) => Message::Key(key),
        TerminalEvent::Mouse(mouse) => Message::Mouse(mouse),
        TerminalEvent::Paste(text) => Message::Paste(text),
        TerminalEvent::Ground(ground) => Message::Ground(ground),
    }
}
