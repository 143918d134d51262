//! The real program in a terminal of its own, or without one.
//!
//! Every session has its own home directory, so tests run in parallel. Tests do not sleep: they wait for
//! text on the screen, up to a deadline.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use pullquote::config::key::{Key, KeyCode, parse_sequence};

use super::journey::NEWS;

const PROGRAM: &str = env!("CARGO_BIN_EXE_pullquote");

/// The longest wait, on a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// The polling interval for events that cannot be waited for.
const GLANCE: Duration = Duration::from_millis(5);

/// A home directory with a folder of articles, removed when dropped.
pub(crate) struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    /// A home directory whose `articles` are the news of these tests.
    pub(crate) fn with_news() -> Self {
        let home = Self::empty();
        for (name, text) in NEWS {
            home.write(name, text);
        }
        home
    }

    /// A home directory with an empty folder `articles`.
    pub(crate) fn empty() -> Self {
        let home = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        std::fs::create_dir(home.articles()).unwrap();
        home
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn articles(&self) -> PathBuf {
        self.path().join("articles")
    }

    /// Writes an article.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.articles().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Writes the configuration.
    pub(crate) fn configure(&self, text: &str) {
        let folder = self.path().join("config/pullquote");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("config.toml"), text).unwrap();
    }

    fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let inside = |name: &str| self.path().join(name);
        vec![
            ("HOME", self.path().to_owned()),
            ("XDG_CONFIG_HOME", inside("config")),
            ("XDG_DATA_HOME", inside("data")),
            ("XDG_STATE_HOME", inside("state")),
            ("XDG_CACHE_HOME", inside("cache")),
            ("PATH", std::env::var_os("PATH").unwrap_or_default().into()),
            ("TERM", "xterm-256color".into()),
            ("RUST_BACKTRACE", "0".into()),
        ]
    }

    /// Runs the program without a terminal.
    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.run_with(args, b"")
    }

    /// Runs the program without a terminal, with text on its standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &[u8]) -> Output {
        let mut child = self.spawn(args, Stdio::piped);
        // A program that does not read its input may have exited already.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    /// Starts the program in the background; its output is discarded.
    pub(crate) fn behind(&self, args: &[&str]) -> std::process::Child {
        self.spawn(args, Stdio::null)
    }

    fn spawn(&self, args: &[&str], stdio: fn() -> Stdio) -> std::process::Child {
        Command::new(PROGRAM)
            .args(args)
            .current_dir(self.path())
            .env_clear()
            .envs(self.environment())
            .stdin(stdio())
            .stdout(stdio())
            .stderr(stdio())
            .spawn()
            .unwrap()
    }

    /// Starts the program in a terminal.
    pub(crate) fn open(&self, args: &[&str], size: (u16, u16)) -> Session<'_> {
        self.open_with(args, size, &[])
    }

    /// Starts the program in a terminal, with extra environment variables.
    pub(crate) fn open_with(
        &self,
        args: &[&str],
        size: (u16, u16),
        more: &[(&str, &str)],
    ) -> Session<'_> {
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(args);
        self.start(command, size, more)
    }

    /// Starts a shell command in a terminal; `$PULLQUOTE` is the program.
    pub(crate) fn open_shell(&self, line: &str, size: (u16, u16)) -> Session<'_> {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line]);
        self.start(command, size, &[("PULLQUOTE", PROGRAM)])
    }

    fn start(
        &self,
        mut command: CommandBuilder,
        size: (u16, u16),
        more: &[(&str, &str)],
    ) -> Session<'_> {
        command.cwd(self.path());
        command.env_clear();
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        for (name, value) in more {
            command.env(name, value);
        }
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let termios = termios(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let shared = Arc::new(Shared::new(size));
        let reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.follow(reader)
        });
        Session {
            _home: self,
            master: pair.master,
            writer,
            child,
            shared,
            termios,
        }
    }
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// The terminal modes, for comparison.
fn termios(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// The output of the program, and the terminal screen it produces.
struct Shared {
    screen: Mutex<Received>,
    changed: Condvar,
}

struct Received {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    is_over: bool,
}

impl Received {
    /// The number of writes.
    fn count(&self, bytes: &[u8]) -> usize {
        let windows = self.bytes.windows(bytes.len());
        windows.filter(|window| *window == bytes).count()
    }

    fn take(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.bytes.push(byte);
            // vt100 skips replacement characters, for which terminals show a cell.
            if self.bytes.ends_with("\u{FFFD}".as_bytes()) {
                self.parser.process(b"?");
            } else if !self.bytes.ends_with(b"\xef") && !self.bytes.ends_with(b"\xef\xbf") {
                let start = self.bytes.len() - self.withheld();
                self.parser.process(&self.bytes[start..]);
            }
        }
    }

    /// The number of bytes not yet parsed.
    fn withheld(&self) -> usize {
        match *self.bytes {
            [.., 0xef, 0xbf, _] => 3,
            [.., 0xef, _] => 2,
            _ => 1,
        }
    }
}

impl Shared {
    fn new((width, height): (u16, u16)) -> Self {
        let parser = vt100::Parser::new(non_zero(height), non_zero(width), 0);
        let received = Received {
            parser,
            bytes: Vec::new(),
            is_over: false,
        };
        Self {
            screen: Mutex::new(received),
            changed: Condvar::new(),
        }
    }

    fn follow(&self, mut reader: Box<dyn Read + Send>) {
        let mut buffer = [0; 4096];
        loop {
            // On Linux, the end of a pty is an error.
            let count = reader.read(&mut buffer).unwrap_or(0);
            let mut received = self.screen.lock().unwrap();
            received.take(&buffer[..count]);
            received.is_over |= count == 0;
            self.changed.notify_all();
            if count == 0 {
                return;
            }
        }
    }
}

fn non_zero(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

/// The program in a terminal; it is killed when this is dropped.
pub(crate) struct Session<'a> {
    _home: &'a Home,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    shared: Arc<Shared>,
    /// The terminal modes before the program started.
    termios: String,
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Session<'_> {
    /// Types keys, written as in the configuration.
    pub(crate) fn type_keys(&mut self, notation: &str) -> &mut Self {
        let bytes: Vec<u8> = parse_sequence(notation)
            .unwrap()
            .into_iter()
            .flat_map(bytes_of)
            .collect();
        self.writer.write_all(&bytes).unwrap();
        self.writer.flush().unwrap();
        self
    }

    /// Sends raw bytes, such as a terminal's reply.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> &mut Self {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
        self
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        let mut received = self.shared.screen.lock().unwrap();
        received
            .parser
            .screen_mut()
            .set_size(non_zero(height), non_zero(width));
        drop(received);
        self.master.resize(pty_size((width, height))).unwrap();
        self
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&mut self, name: &str) -> &mut Self {
        let pid = self.child.process_id().unwrap().to_string();
        let status = Command::new("kill")
            .args([&format!("-{name}"), &pid])
            .status()
            .unwrap();
        assert!(status.success());
        self
    }

    /// Waits until the terminal satisfies a condition.
    #[track_caller]
    fn wait_until(&mut self, claim: &str, is_true: impl Fn(&Received) -> bool) -> &mut Self {
        let received = self.shared.screen.lock().unwrap();
        let (received, wait) = self
            .shared
            .changed
            .wait_timeout_while(received, DEADLINE, |received| {
                !is_true(received) && !received.is_over
            })
            .unwrap();
        let screen = received.parser.screen().contents();
        assert!(
            !wait.timed_out() && is_true(&received),
            "never {claim}:\n{screen}"
        );
        drop(received);
        self
    }

    /// Waits until the screen shows the words, ignoring the width of spaces.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, words: &str) -> &mut Self {
        self.wait_until(&format!("“{words}”"), |received| shows(received, words))
    }

    /// Waits until the screen no longer shows the words.
    #[track_caller]
    pub(crate) fn wait_without(&mut self, words: &str) -> &mut Self {
        self.wait_until(&format!("without “{words}”"), |received| {
            !shows(received, words)
        })
    }

    /// Waits until the program has written these bytes.
    #[track_caller]
    pub(crate) fn wait_for_bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.wait_until(&bytes.escape_ascii().to_string(), |received| {
            received.count(bytes) > 0
        })
    }

    /// Waits until the first cell has a background color.
    #[track_caller]
    pub(crate) fn wait_for_ground(&mut self, red: u8, green: u8, blue: u8) -> &mut Self {
        let color = vt100::Color::Rgb(red, green, blue);
        self.wait_until(&format!("on {color:?}"), |received| {
            let cell = received.parser.screen().cell(0, 0);
            cell.is_some_and(|cell| cell.bgcolor() == color)
        })
    }

    /// Waits until the program has restored the terminal and is suspended.
    #[track_caller]
    pub(crate) fn wait_until_stopped(&mut self) -> &mut Self {
        self.wait_until("given up", |received| {
            !received.parser.screen().alternate_screen()
        });
        let pid = self.child.process_id().unwrap().to_string();
        let start = Instant::now();
        let is_stopped = || {
            let state = Command::new("ps")
                .args(["-o", "stat=", "-p", &pid])
                .output()
                .unwrap();
            state.stdout.starts_with(b"T")
        };
        while !is_stopped() {
            assert!(start.elapsed() < DEADLINE, "never stopped");
            thread::park_timeout(GLANCE);
        }
        self
    }

    /// Waits until the program exits, and checks the exit code.
    #[track_caller]
    pub(crate) fn wait_for_exit(&mut self, code: u32) -> &mut Self {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(
                start.elapsed() < DEADLINE,
                "never ended:\n{}",
                self.screen()
            );
            thread::park_timeout(GLANCE);
        };
        self.wait_until("the end of the output", |received| received.is_over);
        assert_eq!(status.exit_code(), code, "{}", self.screen());
        self
    }

    /// Whether the terminal modes are as they were before the program started.
    pub(crate) fn terminal_is_restored(&self) -> bool {
        let received = self.shared.screen.lock().unwrap();
        let screen = received.parser.screen();
        let count = |sequence: &[u8]| received.count(sequence);
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
            && count(b"\x1b[>1u") == count(b"\x1b[<u")
            && count(b"\x1b[?2031h") <= count(b"\x1b[?2031l")
            && termios(&*self.master) == self.termios
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        self.shared
            .screen
            .lock()
            .unwrap()
            .parser
            .screen()
            .contents()
    }

    /// Everything the program wrote.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.shared.screen.lock().unwrap().bytes.clone()
    }
}

fn shows(received: &Received, words: &str) -> bool {
    let contents = received.parser.screen().contents();
    contents.contains(words) || {
        let mut lines = contents
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.any(|line| line.contains(words))
    }
}

/// The bytes a terminal sends for a key.
fn bytes_of(key: Key) -> Vec<u8> {
    let control = key.modifiers().ctrl;
    let mut bytes = String::new();
    match key.code() {
        KeyCode::Char(letter) if control => bytes.push(char::from(letter as u8 & 0x1f)),
        KeyCode::Char(letter) => bytes.push(letter),
        KeyCode::Enter => bytes.push('\r'),
        KeyCode::Esc => bytes.push('\x1b'),
        KeyCode::Tab => bytes.push('\t'),
        KeyCode::Backspace => bytes.push('\x7f'),
        KeyCode::Up => bytes.push_str("\x1b[A"),
        KeyCode::Down => bytes.push_str("\x1b[B"),
        KeyCode::PageDown => bytes.push_str("\x1b[6~"),
        KeyCode::PageUp => bytes.push_str("\x1b[5~"),
        KeyCode::Function(number @ 1..=4) => {
            let _ = write!(bytes, "\x1bO{}", char::from(b'O' + number));
        }
        other => panic!("no bytes are known for {other:?}"),
    }
    bytes.into_bytes()
}
