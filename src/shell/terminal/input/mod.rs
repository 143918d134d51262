//! The thread that reads the terminal and sends keys, mouse events and pasted text as messages.
//!
//! It sleeps on the terminal and on a pipe. A byte in the pipe makes it park while another program, such as the
//! editor, uses the terminal.

mod parser;

use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::os::fd::{AsFd as _, AsRawFd as _};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use filedescriptor::{POLLIN, poll, pollfd};

use crate::app::protocol::message::Message;
use crate::shell::sync::{lock, unpoisoned};
use parser::{InputParser, TerminalEvent};

/// The thread only reads and parses.
const STACK_BYTES: usize = 256 * 1024;
/// How much is read at once. Pasted text may need several reads.
const READ_BYTES: usize = 4096;
/// How long to wait for the thread to park. It only takes that long if it has ended.
const PARK_TIMEOUT: Duration = Duration::from_millis(200);

/// The thread that reads the terminal.
pub(crate) struct Input {
    gate: Arc<Gate>,
    /// A byte written here wakes the thread.
    wake: UnixStream,
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
    /// The thread has to park.
    Closing,
    /// The thread is parked.
    Closed,
}

impl Gate {
    fn set(&self, state: GateState) {
        *lock(&self.state) = state;
        self.changed.notify_all();
    }

    /// Parks the calling thread until the gate is open.
    fn pass(&self) {
        let mut state = lock(&self.state);
        while *state != GateState::Open {
            *state = GateState::Closed;
            self.changed.notify_all();
            state = unpoisoned(self.changed.wait(state));
        }
    }
}

impl Input {
    /// Starts to read. The thread ends when nobody receives the messages any more.
    ///
    /// # Errors
    /// When there is no terminal to read from.
    pub(crate) fn start(messages: Sender<Message>) -> io::Result<Self> {
        let gate = Arc::new(Gate::default());
        let (wake, woken) = UnixStream::pair()?;
        woken.set_nonblocking(true)?;
        let reader = InputThread {
            terminal: terminal()?,
            woken,
            gate: Arc::clone(&gate),
            parser: InputParser::default(),
        };
        std::thread::Builder::new()
            .name("input".into())
            .stack_size(STACK_BYTES)
            .spawn(move || reader.run(&messages))?;
        Ok(Self { gate, wake })
    }

    /// Runs `work` while the thread is parked.
    pub(crate) fn paused<T>(&self, work: impl FnOnce() -> T) -> T {
        self.gate.set(GateState::Closing);
        // This fails only if the thread has ended.
        let _ = (&self.wake).write(&[0]);
        let changed = &self.gate.changed;
        let is_closing = |state: &mut GateState| *state == GateState::Closing;
        let waited = changed.wait_timeout_while(lock(&self.gate.state), PARK_TIMEOUT, is_closing);
        drop(waited);
        let result = work();
        self.gate.set(GateState::Open);
        result
    }
}

/// The terminal: standard input, or the controlling terminal if an article comes on standard input.
fn terminal() -> io::Result<File> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Ok(File::from(stdin.as_fd().try_clone_to_owned()?));
    }
    File::open("/dev/tty")
}

/// The state of the thread.
struct InputThread {
    terminal: File,
    woken: UnixStream,
    gate: Arc<Gate>,
    parser: InputParser,
}

impl InputThread {
    fn run(mut self, messages: &Sender<Message>) {
        let mut events = Vec::new();
        loop {
            self.gate.pass();
            if self.read(&mut events).is_err() {
                // The terminal is gone.
                let _ = messages.send(Message::Terminate(signal_hook::consts::SIGHUP));
                return;
            }
            for event in events.drain(..) {
                if messages.send(message_of(event)).is_err() {
                    return;
                }
            }
        }
    }

    /// Waits until the terminal sends something, the thread is woken, or an incomplete sequence times out.
    fn read(&mut self, events: &mut Vec<TerminalEvent>) -> io::Result<()> {
        let readable = |fd| pollfd {
            fd,
            events: POLLIN,
            revents: 0,
        };
        let mut polled = [self.terminal.as_raw_fd(), self.woken.as_raw_fd()].map(readable);
        match poll(&mut polled, self.parser.timeout()) {
            Ok(0) => self.parser.time_out(events),
            Ok(_) => {}
            Err(filedescriptor::Error::Poll(error))
                if error.kind() == io::ErrorKind::Interrupted =>
            {
                return Ok(());
            }
            Err(error) => return Err(io::Error::other(error)),
        }
        let [has_input, is_woken] = polled.map(|fd| fd.revents != 0);
        if is_woken {
            let _ = self.woken.read(&mut [0; 16]);
        }
        // Input that is already there is left to the program that uses the terminal next.
        if has_input && !is_woken {
            let mut bytes = [0; READ_BYTES];
            let count = match self.terminal.read(&mut bytes) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
                Err(error) => return Err(error),
            };
            self.parser.feed(&bytes[..count], events);
        }
        Ok(())
    }
}

fn message_of(event: TerminalEvent) -> Message {
    match event {
        TerminalEvent::Key(key) => Message::Key(key),
        TerminalEvent::Mouse(mouse) => Message::Mouse(mouse),
        TerminalEvent::Paste(text) => Message::Paste(text),
        TerminalEvent::Ground(ground) => Message::Ground(ground),
    }
}
