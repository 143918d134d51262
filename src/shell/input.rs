//! The terminal's events as messages, read by a thread of its own.
//!
//! The thread can be parked while another program (the editor) has the terminal: it is woken by a
//! window-change signal to ourselves, which crossterm reports as an event, and then waits.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use crate::app::message::{Message, Mouse, MouseKind};
use crate::config::key::{Key, KeyCode as Code, Modifiers};

/// The thread that reads the terminal.
pub(super) struct Input {
    gate: Arc<Gate>,
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
    pub(super) fn start(messages: Sender<Message>) -> Self {
        let gate = Arc::new(Gate::default());
        let reader = Arc::clone(&gate);
        let read = move || {
            loop {
                let Ok(event) = event::read() else {
                    // The terminal is gone.
                    let _ = messages.send(Message::Terminate(signal_hook::consts::SIGHUP));
                    return;
                };
                reader.pass();
                if let Some(message) = message_of(event)
                    && messages.send(message).is_err()
                {
                    return;
                }
            }
        };
        // Without this thread there would be no keys; the loop notices by its own end.
        let _ = std::thread::Builder::new()
            .name("input".into())
            .stack_size(256 * 1024)
            .spawn(read);
        Self { gate }
    }

    /// Runs `work` while no one reads the terminal.
    pub(super) fn paused<T>(&self, work: impl FnOnce() -> T) -> T {
        self.gate.set(GateState::Closing);
        // Wakes the reader out of its wait; see the module's text.
        let _ = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH);
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

fn message_of(event: Event) -> Option<Message> {
    match event {
        Event::Key(event) => key_of(event).map(Message::Key),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Mouse(event) => mouse_of(event).map(Message::Mouse),
        // The signal behind a resize is listened for where it cannot be missed.
        Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn key_of(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(character) => Code::Char(character),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::Function(number),
        _ => return None,
    };
    let has = |modifier| event.modifiers.contains(modifier);
    let modifiers = Modifiers {
        ctrl: has(KeyModifiers::CONTROL),
        alt: has(KeyModifiers::ALT),
        shift: has(KeyModifiers::SHIFT) || event.code == KeyCode::BackTab,
    };
    Some(Key::new(code, modifiers))
}

fn mouse_of(event: MouseEvent) -> Option<Mouse> {
    let kind = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        _ => return None,
    };
    Some(Mouse {
        kind,
        column: event.column,
        row: event.row,
    })
}
