//! `pullquote index`: brings the index of a folder up to date, or tells of it.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use clap::Args;

use super::{PathArguments, complain};
use crate::config::Settings;
use crate::shell::files::FileOptions;
use crate::shell::folder::resume;
use crate::shell::index::{self, Index, IndexProgress, OpenMode};
use crate::text::display::safe;

/// What to do with the index.
#[derive(Debug, Args)]
pub(super) struct IndexArguments {
    #[command(flatten)]
    paths: PathArguments,
    /// Only say where it is and what it holds
    #[arg(long, conflicts_with = "rebuild")]
    status: bool,
    /// Make it anew
    #[arg(long)]
    rebuild: bool,
}

/// Does what the arguments say.
pub(super) fn run(
    indexing: &IndexArguments,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let paths = indexing.paths.or_configured(settings);
    let roots = roots(&paths)?;
    let choice = FileOptions::of(settings);
    if indexing.status {
        return status(&roots, &choice, out);
    }
    let mode = if indexing.rebuild {
        OpenMode::Rebuild
    } else {
        OpenMode::Keep
    };
    let index = Index::open(&roots, &choice, None, mode).filter(Index::is_kept);
    let index = index.with_context(|| {
        let obstacle = Index::obstacle(&roots, &choice);
        format!("the index cannot be written: {obstacle}")
    })?;
    let started = Instant::now();
    let mut bar = ProgressBar::new();
    let problems = index::build(&index, &roots, &choice, &mut |progress| bar.show(progress));
    resume::keep(&index, &roots, &choice, bar.last);
    bar.end(started);
    for problem in &problems {
        complain(problem);
    }
    Ok(ExitCode::from(if problems.is_empty() { 0 } else { 2 }))
}

/// The absolute paths of what is to be indexed.
fn roots(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let root = |path: &PathBuf| match std::path::absolute(path) {
        Ok(root) if root.exists() => Ok(root),
        _ => anyhow::bail!("{}: there is no such file or folder", path.display()),
    };
    paths.iter().map(root).collect()
}

fn status(
    roots: &[PathBuf],
    choice: &FileOptions,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let status = Index::open(roots, choice, None, OpenMode::Ask).and_then(|index| index.status());
    let Some(status) = status else {
        writeln!(out, "there is no index; `pullquote index` makes one")?;
        return Ok(ExitCode::from(1));
    };
    let name = status.file.display().to_string();
    writeln!(
        out,
        "{}: {} articles in {} files, {} MB",
        safe(&name),
        status.articles,
        status.files,
        status.bytes.div_ceil(1_000_000)
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Progress on standard error: a bar in a terminal, a line at the end elsewhere.
struct ProgressBar {
    is_terminal: bool,
    last: IndexProgress,
}

/// Cells of the bar.
const CELLS: usize = 30;

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
        let full = (done * CELLS).checked_div(found).unwrap_or(0);
        let bar = format!("{}{}", "━".repeat(full), "─".repeat(CELLS - full));
        let more = if progress.is_listed { "" } else { "…" };
        // When standard error is gone there is nobody to tell.
        let _ = write!(io::stderr(), "\r\x1b[K{bar} {done}/{found}{more}");
    }

    fn end(&self, started: Instant) {
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
