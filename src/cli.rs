//! The command line: arguments to commands, commands to exit codes.
//!
//! Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 searched and
//! found nothing, 2 wrong usage, configuration or a file that could not be read. A closed pipe is success.

mod articles;
mod print;
mod tables;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::config::{DEFAULT_CONFIG, Settings};
use crate::export::{EXPORTERS, Exported};
use articles::{Articles, Found};

/// Read a folder of news in the terminal and see who said what, about where.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    paths: Paths,
    /// Use this configuration file
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 searched and found nothing; 2 wrong usage, configuration, or a file that could not be read.";

#[derive(Debug, Args, Clone, Default)]
struct Paths {
    /// Files or folders; `-` is standard input; without any, the folder of the configuration
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write everything found, one record an article
    Extract {
        #[command(flatten)]
        paths: Paths,
        /// How to write it
        #[arg(long, default_value = "jsonl", value_parser = clap::builder::PossibleValuesParser::new(EXPORTERS.iter().map(|exporter| exporter.name)))]
        format: String,
    },
    /// List quotations with their speakers
    Quotes(Selection),
    /// List who is quoted, and how often
    Speakers(Selection),
    /// List which countries are mentioned, and how often
    Countries(Selection),
    /// Search articles: words, "phrases", speaker: country: in: said: before: after: path: title:
    Search {
        /// What to search for
        query: String,
        #[command(flatten)]
        paths: Paths,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Write articles as plain wrapped text, with their speakers and countries
    Print(Paths),
    /// Show the built-in configuration, or check yours
    Config {
        /// Print the built-in configuration
        #[arg(long)]
        default: bool,
        /// Check your configuration
        #[arg(long, conflicts_with = "default")]
        check: bool,
    },
    /// Write completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual page
    Man,
}

/// What a table is made of.
#[derive(Debug, Args)]
struct Selection {
    #[command(flatten)]
    paths: Paths,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// Only speakers of that name, or part of one
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Only that country, by its code or a name of it
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
}

/// Parses the arguments of the process and does what they say. `read` opens the reader.
pub fn run(read: impl FnOnce(Vec<PathBuf>, Settings) -> anyhow::Result<ExitCode>) -> ExitCode {
    let arguments = Arguments::parse(); // Leaves with 2 on wrong usage, with 0 after --help.
    let is_reader = arguments.command.is_none() && io::stdout().is_terminal();
    let result = settings(&arguments).and_then(|settings| {
        if is_reader {
            read(arguments.paths.paths, settings)
        } else {
            batch(arguments, &settings)
        }
    });
    match result {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// One line on standard error; when even that is closed there is nobody to tell.
fn complain(message: &str) {
    let _ = writeln!(
        io::stderr(),
        "pullquote: {}",
        crate::text::display::safe(message)
    );
}

fn settings(arguments: &Arguments) -> anyhow::Result<Settings> {
    let own = || {
        Some(etcetera::choose_base_strategy().ok()?)
            .map(|base| etcetera::BaseStrategy::config_dir(&base).join("pullquote/config.toml"))
    };
    let file = match &arguments.config {
        Some(file) => file.clone(),
        None => match own().filter(|file| file.exists()) {
            Some(file) => file,
            None => return Ok(Settings::default_file()),
        },
    };
    let name = file.display().to_string();
    let text =
        std::fs::read_to_string(&file).map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
    Ok(Settings::read(&text, &name)?)
}

/// Everything but the reader.
fn batch(arguments: Arguments, settings: &Settings) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let code = match arguments.command {
        None => print_all(&arguments.paths, settings, &mut out)?,
        Some(Command::Print(paths)) => print_all(&paths, settings, &mut out)?,
        Some(Command::Extract { paths, format }) => extract(&paths, &format, settings, &mut out)?,
        Some(Command::Quotes(selection)) => tables::quotes(&selection, settings, &mut out)?,
        Some(Command::Speakers(selection)) => tables::speakers(&selection, settings, &mut out)?,
        Some(Command::Countries(selection)) => tables::countries(&selection, settings, &mut out)?,
        Some(Command::Search {
            query,
            paths: among,
            json,
        }) => tables::search(&query, &among, json, settings, &mut out)?,
        Some(Command::Config { default, .. }) => {
            let text = if default {
                DEFAULT_CONFIG
            } else {
                "The configuration is in order.\n"
            };
            out.write_all(text.as_bytes())?;
            ExitCode::SUCCESS
        }
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "pullquote", &mut script);
            out.write_all(&script)?;
            ExitCode::SUCCESS
        }
        Some(Command::Man) => {
            clap_mangen::Man::new(Arguments::command()).render(&mut out)?;
            ExitCode::SUCCESS
        }
    };
    out.flush()?;
    Ok(code)
}

fn extract(
    paths: &Paths,
    format: &str,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let Some(exporter) = EXPORTERS.iter().find(|exporter| exporter.name == format) else {
        anyhow::bail!("there is no format {format}");
    };
    out.write_all(exporter.head.as_bytes())?;
    let mut articles = Articles::new(paths, settings);
    while let Some(Found {
        path,
        document,
        analysis,
    }) = articles.next()
    {
        let article = Exported {
            path: &path,
            document: &document,
            analysis: &analysis,
        };
        out.write_all((exporter.article)(&article).as_bytes())?;
    }
    Ok(articles.code())
}

fn print_all(paths: &Paths, settings: &Settings, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let width = print::width();
    let mut articles = Articles::new(paths, settings);
    let mut is_first = true;
    while let Some(found) = articles.next() {
        if !std::mem::take(&mut is_first) {
            writeln!(out, "\n{}\n", "─".repeat(width.into()))?;
        }
        print::article(&found, width, out)?;
    }
    Ok(articles.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_path_needs_no_command() {
        let arguments = Arguments::try_parse_from(["pullquote", "news", "a.txt"]).unwrap();
        assert_eq!(arguments.paths.paths.len(), 2);
        assert!(Arguments::try_parse_from(["pullquote", "extract", "--format", "xml"]).is_err());
    }
}
