//! `pullquote index`: updates the index of a folder, or shows its size.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use clap::Args;

use super::paths::PathArguments;
use super::report::report;
use crate::config::Settings;
use crate::shell::files::FileOptions;
use crate::shell::folder::resume;
use crate::shell::index::{self, Index, IndexProgress, OpenMode};
use crate::text::display::safe;

/// The arguments of `pullquote index`.
#[derive(Debug, Args)]
pub(super) struct IndexArguments {
    #[command(flatten)]
    paths: PathArguments,
    /// Only show where the index is and how large it is
    #[arg(long, conflicts_with = "rebuild")]
    status: bool,
    /// Rebuild from scratch
    #[arg(long)]
    rebuild: bool,
}

/// Runs the command.
pub(super) fn run(
    arguments: &IndexArguments,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let paths = arguments.paths.or_configured(settings);
    let roots = roots(&paths)?;
    let options = FileOptions::of(settings);
    if arguments.status {
        return status(&roots, &options, out);
    }
    let mode = if arguments.rebuild {
        OpenMode::Rebuild
    } else {
        OpenMode::Keep
    };
    let index = Index::open(&roots, &options, None, mode).filter(Index::is_kept);
    let index = index.with_context(|| {
        let obstacle = Index::obstacle(&roots, &options);
        format!("the index cannot be written: {obstacle}")
    })?;
    let started = Instant::now();
    let mut bar = ProgressBar::new();
    let problems = index::build(&index, &roots, &options, &mut |progress| bar.show(progress));
    resume::write_image(&index, &roots, &options, bar.last);
    bar.finish(started);
    for problem in &problems {
        report(problem);
    }
    Ok(ExitCode::from(if problems.is_empty() { 0 } else { 2 }))
}

/// The absolute paths of the files and folders to index.
fn roots(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let root = |path: &PathBuf| match std::path::absolute(path) {
        Ok(root) if root.exists() => Ok(root),
        _ => anyhow::bail!("{}: no such file or folder", path.display()),
    };
    paths.iter().map(root).collect()
}

fn status(
    roots: &[PathBuf],
    options: &FileOptions,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let status = Index::open(roots, options, None, OpenMode::Ask).and_then(|index| index.status());
    let Some(status) = status else {
        writeln!(out, "no index; run `pullquote index` to create one")?;
        return Ok(ExitCode::from(1));
    };
    let name = status.file.display().to_string();
    writeln!(
        out,
        "{}: {} articles in {} files, {} MB",
        safe(&name),
        status.articles,
        status.files,
        status.bytes.div_ceil(BYTES_PER_MEGABYTE)
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Progress on standard error: a bar in a terminal, elsewhere only a line at the end.
struct ProgressBar {
    is_terminal: bool,
    last: IndexProgress,
}

const BYTES_PER_MEGABYTE: u64 = 1_000_000;

/// The width of the bar.
const BAR_CELLS: usize = 30;

impl ProgressBar {
    fn new() -> Self {
        Self {
            is_terminal: io::stderr().is_terminal(),
            last: IndexProgress::default(),
        }
    }

    fn show(&mut self, progress: IndexProgress) {
        self.last = progress;
        if !self.is_terminal {
            return;
        }
        let IndexProgress { found, done, .. } = progress;
        let full = (done * BAR_CELLS) / found.max(1);
        let bar = format!("{}{}", "━".repeat(full), "─".repeat(BAR_CELLS - full));
        let more = if progress.is_listed { "" } else { "…" };
        // A closed standard error does not matter.
        let _ = write!(io::stderr(), "\r\x1b[K{bar} {done}/{found}{more}");
    }

    fn finish(&self, started: Instant) {
        let line_start = if self.is_terminal { "\r\x1b[K" } else { "" };
        let IndexProgress {
            found, done, read, ..
        } = self.last;
        let seconds = started.elapsed().as_secs_f32();
        let files = if done < found {
            format!("{done} of {found} files")
        } else {
            format!("{found} files")
        };
        let _ = writeln!(
            io::stderr(),
            "{line_start}{files} up to date, {read} of them read, {seconds:.1} s"
        );
    }
}
