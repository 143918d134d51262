//! Other programs and files: the clipboard, browser, editor, shell commands and exports.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crossterm::clipboard::CopyToClipboard;

use super::terminal::environment::{first_set, is_dumb, is_in_tmux, is_remote};
use crate::app::protocol::notice::Notice;

/// Programs that copy their standard input to the clipboard: the name, arguments, and a variable that must be set.
const CLIPBOARD_PROGRAMS: &[(&str, &[&str], Option<&str>)] = &[
    ("wl-copy", &[], Some("WAYLAND_DISPLAY")),
    ("xclip", &["-selection", "clipboard"], Some("DISPLAY")),
    ("xsel", &["--clipboard", "--input"], Some("DISPLAY")),
    ("pbcopy", &[], None),
    ("clip.exe", &[], None),
];

/// Copies text to the clipboard and reports how.
pub(super) fn copy(text: &str, what: &str, setting: &str) -> Notice {
    let count = text.chars().count();
    let copied = match setting {
        "auto" if !is_remote() => by_program(text).or_else(|| by_terminal(text)),
        "auto" | "terminal" => by_terminal(text),
        command => by_command(command, text),
    };
    match copied {
        Some(way) => Notice::info(format!("{what} {way} ({count} characters)")),
        None => Notice::problem(format!(
            "{what} not copied; see programs.clipboard in the configuration"
        )),
    }
}

fn by_program(text: &str) -> Option<String> {
    let usable = CLIPBOARD_PROGRAMS
        .iter()
        .filter(|(_, _, needs)| needs.is_none_or(|variable| std::env::var_os(variable).is_some()));
    let mut tried = usable.filter_map(|(program, arguments, _)| {
        let mut command = Command::new(program);
        command.args(*arguments);
        feed(&mut command, text).then(|| format!("copied with {program}"))
    });
    tried.next()
}

fn by_command(command: &str, text: &str) -> Option<String> {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]);
    feed(&mut shell, text).then(|| format!("copied with {command}"))
}

fn feed(command: &mut Command, text: &str) -> bool {
    let child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    let written = child
        .stdin
        .take()
        .is_some_and(|mut stdin| stdin.write_all(text.as_bytes()).is_ok());
    written && child.wait().is_ok_and(|status| status.success())
}

/// The longest sequence that xterm and most other terminals accept, in bytes.
const MAX_TERMINAL_BYTES: usize = 74_994;

/// Copies with OSC 52. Inside tmux the sequence is also sent wrapped, so that it reaches the outer terminal.
fn by_terminal(text: &str) -> Option<String> {
    if is_dumb() {
        return None;
    }
    let mut sequence = String::new();
    let copy = CopyToClipboard::to_clipboard_from(text);
    crossterm::Command::write_ansi(&copy, &mut sequence).ok()?;
    if is_in_tmux() {
        let inner = sequence.replace('\x1b', "\x1b\x1b");
        write!(sequence, "\x1bPtmux;{inner}\x1b\\").ok()?;
    }
    let mut out = io::stdout().lock();
    out.write_all(sequence.as_bytes())
        .and_then(|()| out.flush())
        .ok()?;
    let is_long = sequence.len() > MAX_TERMINAL_BYTES;
    let note = if is_long {
        " (many terminals stop at 55 KB; use s to save)"
    } else {
        ""
    };
    Some(format!("sent to the terminal{note}"))
}

/// Opens a web page in the browser.
pub(super) fn browse(url: &str, setting: &str) -> Notice {
    let named = Some(setting.to_owned()).filter(|setting| !setting.is_empty());
    let template = named.or_else(|| first_set(&["BROWSER"]));
    let candidates: Vec<String> = match template {
        Some(template) => vec![template],
        None => ["xdg-open", "open", "wslview"].map(str::to_owned).to_vec(),
    };
    let opened = candidates.iter().any(|program| {
        let mut words = program.split_whitespace();
        let Some(mut command) = words.next().map(Command::new) else {
            return false;
        };
        let mut has_place = false;
        for word in words {
            has_place |= word.contains("{url}") || word == "%s";
            command.arg(word.replace("{url}", url).replace("%s", url));
        }
        if !has_place {
            command.arg(url);
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn().is_ok()
    });
    if opened {
        Notice::info(format!("opened {url}"))
    } else {
        Notice::problem("no browser found; set programs.browser or $BROWSER")
    }
}

/// Opens a file in the editor at a line and waits until it is closed.
pub(super) fn edit(location: &Path, line: usize, setting: &str) -> Option<Notice> {
    let named = Some(setting.to_owned()).filter(|setting| !setting.is_empty());
    let editor = named
        .or_else(|| first_set(&["VISUAL", "EDITOR"]))
        .unwrap_or_else(|| "vi".into());
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next()?);
    let mut has_place = false;
    for word in words {
        has_place |= word.contains("{file}");
        let word = word.replace("{line}", &line.to_string());
        command.arg(word.replace("{file}", &location.to_string_lossy()));
    }
    if !has_place {
        command.arg(format!("+{line}")).arg(location);
    }
    match command.status() {
        Ok(_) => None,
        Err(error) => Some(Notice::problem(format!(
            "{editor} could not be started: {error}"
        ))),
    }
}

/// Pipes text to a shell command, shows the output and waits for Enter.
pub(super) fn pipe(command: &str, text: &str) -> Option<Notice> {
    let child = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return Some(Notice::problem(format!("{command}: {error}"))),
    };
    if let Some(mut stdin) = child.stdin.take() {
        // A command need not read all of it.
        let _ = stdin.write_all(text.as_bytes());
    }
    let status = child.wait();
    let mut out = io::stdout();
    let _ = write!(out, "\n[Enter returns to the article] ").and_then(|()| out.flush());
    let _ = io::stdin().lock().read_line(&mut String::new());
    match status {
        Ok(status) if status.success() => None,
        Ok(status) => Some(Notice::problem(format!("{command}: {status}"))),
        Err(error) => Some(Notice::problem(format!("{command}: {error}"))),
    }
}

/// Writes a new file. Existing files are not overwritten.
pub(super) fn write(path: &Path, text: &str) -> Notice {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let shown = path.display();
    let Err(error) = file.and_then(|mut file| file.write_all(text.as_bytes())) else {
        return Notice::info(format!("saved to {shown}"));
    };
    Notice::problem(match (error.kind(), path.parent()) {
        (io::ErrorKind::AlreadyExists, _) => {
            format!("not saved: {shown} exists; choose another name")
        }
        (io::ErrorKind::NotFound, Some(folder)) => {
            format!("not saved: the folder {} does not exist", folder.display())
        }
        _ => format!("not saved: {shown}: {error}"),
    })
}
