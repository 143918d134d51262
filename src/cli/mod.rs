//! The command line: arguments to commands, commands to exit codes.
//!
//! Data goes to standard output, messages to standard error. Exit codes: 0 success, 1 a search without a match, 2 wrong
//! usage, an invalid configuration or a file that could not be read. A closed pipe counts as success.

mod arguments;
mod global_options;
mod paths;

mod articles;
mod config;
mod index;
mod print;
mod report;
mod tables;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use clap::CommandFactory;

use crate::config::Settings;
use crate::export::{EXPORTERS, Exported};
use crate::shell::SessionOptions;
use arguments::CliCommand;
use articles::{ArticleStream, FoundArticle};
use paths::PathArguments;
use report::report;

pub use arguments::CliArguments;

/// Output is written in pieces of this size.
const BUFFER_BYTES: usize = 1 << 16;

/// Parses the arguments of the process and runs the command. `read` opens the reader.
pub fn run(read: impl FnOnce(SessionOptions) -> anyhow::Result<ExitCode>) -> ExitCode {
    // On wrong usage this exits with 2, after --help with 0.
    let arguments = CliArguments::read(std::env::args_os()).unwrap_or_else(|error| error.exit());
    let result = if let Some(message) = arguments.mistyped_command() {
        Err(anyhow::anyhow!(message))
    } else if arguments.command.is_none() && io::stdout().is_terminal() {
        session_options(arguments).and_then(read)
    } else {
        batch(arguments)
    };
    match result {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn session_options(arguments: CliArguments) -> anyhow::Result<SessionOptions> {
    let settings = arguments.options.settings()?;
    Ok(SessionOptions {
        paths: arguments.paths.or_configured(&settings),
        settings,
        state_dir: arguments.options.state_dir,
    })
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Runs everything except the reader.
fn batch(arguments: CliArguments) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, io::stdout().lock());
    let options = arguments.options;
    let code = match arguments.command {
        // These work without a valid configuration, and help to repair it.
        Some(CliCommand::Config { default, check }) => {
            config::run(&options, default, check, &mut out)?
        }
        Some(CliCommand::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(
                shell,
                &mut CliArguments::command(),
                "pullquote",
                &mut script,
            );
            out.write_all(&script)?;
            ExitCode::SUCCESS
        }
        Some(CliCommand::Man) => {
            clap_mangen::Man::new(CliArguments::command()).render(&mut out)?;
            ExitCode::SUCCESS
        }
        command => {
            let command = command.unwrap_or(CliCommand::Print(arguments.paths));
            over_articles(command, &options.settings()?, &mut out)?
        }
    };
    out.flush()?;
    Ok(code)
}

/// Runs the commands that go through articles.
fn over_articles(
    command: CliCommand,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    match command {
        CliCommand::Extract { paths, format } => extract(&paths, &format, settings, out),
        CliCommand::Quotes(selection) => tables::quotes(&selection, settings, out),
        CliCommand::Speakers(selection) => tables::speakers(&selection, settings, out),
        CliCommand::Countries(selection) => tables::countries(&selection, settings, out),
        CliCommand::Search { query, paths, json } => {
            tables::search(&query, &paths, json, settings, out)
        }
        CliCommand::Index(arguments) => index::run(&arguments, settings, out),
        CliCommand::Print(paths) => print_all(&paths, settings, out),
        CliCommand::Config { .. } | CliCommand::Completions { .. } | CliCommand::Man => {
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn extract(
    paths: &PathArguments,
    format: &str,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let Some(exporter) = EXPORTERS.iter().find(|exporter| exporter.name == format) else {
        anyhow::bail!("unknown format {format}");
    };
    out.write_all(exporter.head.as_bytes())?;
    let mut articles = ArticleStream::new(paths, settings);
    while let Some(FoundArticle {
        path,
        document,
        analysis,
        ..
    }) = articles.next()
    {
        let article = Exported {
            path: &path,
            document: &document,
            analysis: &analysis,
        };
        out.write_all((exporter.article)(&article).as_bytes())?;
    }
    Ok(articles.exit_code())
}

fn print_all(
    paths: &PathArguments,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let width = print::width();
    let mut articles = ArticleStream::new(paths, settings);
    let mut is_first = true;
    while let Some(found) = articles.next() {
        if !std::mem::take(&mut is_first) {
            writeln!(out, "\n{}\n", "─".repeat(width.into()))?;
        }
        print::article(&found, width, out)?;
    }
    Ok(articles.exit_code())
}
