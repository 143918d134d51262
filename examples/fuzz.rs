//! Damages articles at random and reads them, for a given number of seconds. Whatever the bytes, reading and
//! analysis must not panic, hang or use unlimited memory.
//!
//! ```sh
//! cargo run --release --example fuzz -- articles 600 [SEED]
//! ```
//!
//! Inputs that fail are written to the current folder as `fuzz-N-NAME`, with a line that gives the reason.

#![expect(clippy::print_stdout, reason = "it is a program for the shell")]

use std::fs;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use pullquote::analysis::analyze;
use pullquote::document::read_each;

/// The time limit of an input, and the extra time for each megabyte.
const BASE: Duration = Duration::from_millis(500);
const PER_MEGABYTE: Duration = Duration::from_secs(1);
/// How long to wait for an input that exceeds its limit.
const PATIENCE: Duration = Duration::from_mins(1);
/// The memory limit of an input in kilobytes, and the extra bytes for each byte of input.
const BASE_KILOBYTES: u64 = 400_000;
const BYTES_PER_BYTE: u64 = 60;
/// The longest input, in bytes.
const LONGEST: usize = 4_000_000;

/// Fragments of formats, inserted anywhere, repeated and nested.
const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "<div>",
    "<table><tr><td>",
    "<blockquote>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "&",
    "&amp;",
    "\"",
    "“",
    "”",
    "‘",
    "«",
    "»",
    "„",
    "' ",
    "\\",
    "[",
    "{",
    "{\"a\":",
    "[[",
    "![[",
    "](",
    "```\n",
    "> ",
    "* ",
    "# ",
    "---\n",
    "\n\n",
    "\r\n",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "From a@b Wed Mar  4 08:30:00 2026\n",
    "--=_x\r\n",
    "=?utf-8?B?",
    "Content-Type: multipart/mixed; boundary=x\r\n\r\n",
    "PK\x03\x04",
    "obj <<",
    "endstream",
    "stream\n",
    "1 0 R ",
    "99999999999999999999",
    "-1",
    "1e999",
    " said ",
    "said that ",
    "Mr. ",
    "A.B.C. ",
    ", ",
    ": ",
    "he said, ",
    "according to ",
    "Kirby ",
    "é",
    "東京",
    "\u{301}",
];

/// A deterministic random number generator.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % sides.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.roll(from.len()))
    }
}

struct Input {
    name: String,
    bytes: Vec<u8>,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().context("which folder?")?;
    let seconds: u64 = arguments.next().map_or(Ok(60), |text| text.parse())?;
    let seed: u64 = arguments.next().map_or(Ok(1), |text| text.parse())?;
    let mut seeds = Vec::new();
    gather(Path::new(&folder), &mut seeds)?;
    let mut dice = Dice(seed.max(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut n_inputs, mut n_failed, mut n_bytes) = (0_u64, 0, 0);
    std::panic::set_hook(Box::new(|_| {}));
    while Instant::now() < end {
        let Some(input) = mutated(&seeds, &mut dice) else {
            anyhow::bail!("{folder}: there are no files");
        };
        n_inputs += 1;
        n_bytes += input.bytes.len();
        if let Err(problem) = tried(&input) {
            n_failed += 1;
            let file = format!("fuzz-{n_failed}-{}", input.name);
            fs::write(&file, &input.bytes)?;
            println!("{file}: {problem}");
        }
    }
    println!(
        "{n_inputs} inputs, {} MB, {n_failed} failed",
        n_bytes / 1_000_000
    );
    anyhow::ensure!(n_failed == 0, "some failed");
    Ok(())
}

fn gather(folder: &Path, found: &mut Vec<Input>) -> anyhow::Result<()> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            gather(&path, found)?;
        } else {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            found.push(Input {
                name,
                bytes: fs::read(path)?,
            });
        }
    }
    Ok(())
}

/// A damaged copy of one of the files.
fn mutated(seeds: &[Input], dice: &mut Dice) -> Option<Input> {
    let seed = dice.pick(seeds)?;
    let mut bytes = seed.bytes.clone();
    for _ in 0..=dice.roll(4) {
        damage(&mut bytes, seeds, dice);
        bytes.truncate(LONGEST);
    }
    let mut name = seed.name.clone();
    if dice.roll(20) == 0
        && let Some(other) = dice.pick(seeds)
    {
        name.clone_from(&other.name);
    }
    Some(Input { name, bytes })
}

fn damage(bytes: &mut Vec<u8>, seeds: &[Input], dice: &mut Dice) {
    let at = dice.roll(bytes.len() + 1);
    let end = (at + dice.roll(400)).min(bytes.len());
    match dice.roll(9) {
        0 => {
            for _ in 0..=dice.roll(20) {
                let at = dice.roll(bytes.len());
                let bit = 1 << dice.roll(8);
                bytes
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|byte| *byte ^= bit);
            }
        }
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let piece = bytes.get(at..end).unwrap_or_default().to_vec();
            insert(bytes, at, &piece.repeat(1 + dice.roll(60)));
        }
        4 => {
            // A few bytes repeated, as a runaway program writes them.
            let end = (at + 1 + dice.roll(12)).min(bytes.len());
            let piece = bytes.get(at..end).unwrap_or_default().to_vec();
            insert(bytes, at, &piece.repeat(1 + dice.roll(30_000)));
        }
        5 | 6 => {
            let piece = dice.pick(PIECES).copied().unwrap_or_default();
            let n = if dice.roll(3) == 0 {
                1 + dice.roll(20_000)
            } else {
                1
            };
            insert(bytes, at, piece.repeat(n).as_bytes());
        }
        7 => {
            let other = dice
                .pick(seeds)
                .map(|seed| seed.bytes.as_slice())
                .unwrap_or_default();
            let from = dice.roll(other.len() + 1);
            let to = (from + dice.roll(3000)).min(other.len());
            insert(bytes, at, other.get(from..to).unwrap_or_default());
        }
        _ => {
            let n = 1 + dice.roll(40);
            let all = bytes.clone();
            if all.len() * n < LONGEST {
                *bytes = all.repeat(n);
            }
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    drop(bytes.splice(at..at, piece.iter().copied()));
}

/// Reads and analyzes an input.
fn tried(input: &Input) -> Result<(), String> {
    let allowed = BASE + PER_MEGABYTE.mul_f64(megabytes(input.bytes.len()));
    let (bytes, name) = (input.bytes.clone(), input.name.clone());
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (done, wait) = mpsc::channel();
    let work = move || {
        let start = cpu_time();
        let read = || {
            let mut n_bytes = 0;
            let _ = read_each(bytes, &name, &mut |article| {
                n_bytes += article.value.text.len();
                let _ = analyze(&article.value);
                ControlFlow::Continue(())
            });
            n_bytes
        };
        let n_bytes = catch_unwind(AssertUnwindSafe(read)).map_err(|_| "panic".to_owned());
        let _ = done.send((n_bytes, cpu_time().saturating_sub(start)));
    };
    let started = std::thread::Builder::new().spawn(work);
    started.map_err(|error| error.to_string())?;
    let Ok((n_bytes, took)) = wait.recv_timeout(PATIENCE) else {
        return Err(format!("no end within {PATIENCE:?}"));
    };
    // Unpacked text may be longer than the packed file.
    let allowed = allowed + PER_MEGABYTE.mul_f64(megabytes(n_bytes?));
    if took > allowed {
        return Err(format!("{took:?} for {} bytes", input.bytes.len()));
    }
    let peak = peak_kilobytes();
    let most = BASE_KILOBYTES + BYTES_PER_BYTE * input.bytes.len() as u64 / 1000;
    if peak > most {
        return Err(format!(
            "{peak} kB of memory for {} bytes",
            input.bytes.len()
        ));
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "some megabytes")]
fn megabytes(n_bytes: usize) -> f64 {
    n_bytes as f64 / 1e6
}

/// The CPU time of this process, which does not depend on other load; zero on systems other than Linux.
fn cpu_time() -> Duration {
    /// A clock tick, the same everywhere.
    const TICK: Duration = Duration::from_millis(10);
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields = after_name.split_whitespace().skip(11).take(2);
    let n_ticks: u32 = fields.filter_map(|field| field.parse::<u32>().ok()).sum();
    TICK * n_ticks
}

/// The peak memory since it was last reset, if the system reports it.
fn peak_kilobytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or(0)
}
