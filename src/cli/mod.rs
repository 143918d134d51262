//! The command line: arguments to commands, commands to exit codes.
//!
//! Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 searched and
//! found nothing, 2 wrong usage, configuration or a file that could not be read. A closed pipe is success.

mod articles;
mod global_options;
mod index;
mod print;
mod tables;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::config::{ConfigErrors, DEFAULT_CONFIG, Settings, nearest};
use crate::export::{EXPORTERS, Exported};
use crate::shell::SessionOptions;
use crate::shell::user_data::corrections_file::CorrectionsFile;
use crate::text::display::safe;
use articles::{ArticleStream, FoundArticle};
use global_options::GlobalOptions;

/// Read a folder of news in the terminal and see who said what, about where.
#[derive(Debug, Parser)]
#[command(version, long_version = LONG_VERSION, after_help = EXIT_CODES)]
pub struct CliArguments {
    #[command(subcommand)]
    command: Option<CliCommand>,
    #[command(flatten)]
    paths: PathArguments,
    #[command(flatten)]
    choices: GlobalOptions,
}

impl CliArguments {
    /// Reads the arguments of a process.
    ///
    /// Options that all commands share may stand before the command; paths stand behind it.
    fn read(
        line: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    ) -> clap::error::Result<Self> {
        let arguments = Self::try_parse_from(line)?;
        if let (Some(_), [path, ..]) = (&arguments.command, arguments.paths.paths.as_slice()) {
            let told = format!(
                "'{}' stands before the command; paths follow it",
                path.display()
            );
            return Err(Self::command().error(ErrorKind::ArgumentConflict, safe(&told)));
        }
        Ok(arguments)
    }
}

/// What `--version` prints: `0.1.0 (1a2b3c4; pdf)`.
const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    " (",
    env!("PULLQUOTE_BUILD"),
    ")"
);

const EXIT_CODES: &str = "Exit codes: 0 done; 1 searched and found nothing; 2 wrong usage, configuration, \
or a file that could not be read; 130 interrupted; 143 terminated.";

#[derive(Debug, Args, Clone, Default)]
struct PathArguments {
    /// Files or folders; `-` is standard input; without any, the folder of the configuration
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

impl PathArguments {
    /// The paths, or the folder of the configuration.
    fn or_configured(&self, settings: &Settings) -> Vec<PathBuf> {
        if self.paths.is_empty() {
            vec![PathBuf::from(&settings.articles)]
        } else {
            self.paths.clone()
        }
    }
}

#[derive(Debug, Subcommand)]
enum CliCommand {
    /// Write everything found, one record an article
    Extract {
        #[command(flatten)]
        paths: PathArguments,
        /// How to write it
        #[arg(long, default_value = "jsonl", value_parser = clap::builder::PossibleValuesParser::new(EXPORTERS.iter().map(|exporter| exporter.name)))]
        format: String,
    },
    /// List quotations with their speakers
    Quotes(TableOptions),
    /// List who is quoted, and how often
    Speakers(TableOptions),
    /// List which countries are mentioned, and how often
    Countries(TableOptions),
    /// Search articles: words, "phrases", speaker: country: in: said: before: after: path: title:
    Search {
        /// What to search for
        query: String,
        #[command(flatten)]
        paths: PathArguments,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Bring the index of a folder up to date, which searches and lists use
    Index(index::IndexArguments),
    /// Write articles as plain wrapped text, with their speakers and countries
    Print(PathArguments),
    /// Say where your configuration stands and whether it is in order
    Config {
        /// Print the built-in configuration
        #[arg(long)]
        default: bool,
        /// Exit with 2 when your configuration is not in order
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
struct TableOptions {
    #[command(flatten)]
    paths: PathArguments,
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
pub fn run(read: impl FnOnce(SessionOptions) -> anyhow::Result<ExitCode>) -> ExitCode {
    // Leaves with 2 on wrong usage, with 0 after --help.
    let arguments = CliArguments::read(std::env::args_os()).unwrap_or_else(|error| error.exit());
    let result = if let Some(meant) = arguments.mistaken() {
        Err(anyhow::anyhow!(meant))
    } else if arguments.command.is_none() && io::stdout().is_terminal() {
        reading(arguments).and_then(read)
    } else {
        batch(arguments)
    };
    match result {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

impl CliArguments {
    /// What to say when the first path is no file but nearly a command.
    fn mistaken(&self) -> Option<String> {
        let path = self.paths.paths.first().filter(|path| !path.exists())?;
        let written = path.to_str()?;
        let commands = Self::command();
        let names = commands.get_subcommands().map(clap::Command::get_name);
        let meant = nearest(written, names)?;
        Some(format!(
            "{written}: there is no such command or file; did you mean `pullquote {meant}`?"
        ))
    }
}

fn reading(arguments: CliArguments) -> anyhow::Result<SessionOptions> {
    let settings = arguments.choices.settings()?;
    Ok(SessionOptions {
        paths: arguments.paths.or_configured(&settings),
        settings,
        state_dir: arguments.choices.state_dir,
    })
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// One line on standard error; when even that is closed there is nobody to tell.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "pullquote: {}", safe(message));
}

/// Everything but the reader.
fn batch(arguments: CliArguments) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let choices = arguments.choices;
    let code = match arguments.command {
        // These need no configuration, and help when it is broken.
        Some(CliCommand::Config { default, check }) => {
            configuration(&choices, default, check, &mut out)?
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
            over_articles(command, &choices.settings()?, &mut out)?
        }
    };
    out.flush()?;
    Ok(code)
}

/// The commands that work through articles.
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
        CliCommand::Index(indexing) => index::run(&indexing, settings, out),
        CliCommand::Print(paths) => print_all(&paths, settings, out),
        CliCommand::Config { .. } | CliCommand::Completions { .. } | CliCommand::Man => {
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Shows the built-in configuration, or where the user's stands and that it is in order.
fn configuration(
    choices: &GlobalOptions,
    default: bool,
    check: bool,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    if default {
        out.write_all(DEFAULT_CONFIG.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let file = choices.file();
    let name = file.as_ref().map(|file| file.display().to_string());
    let name = safe(name.as_deref().unwrap_or("no configuration directory")).into_owned();
    let mut is_wrong = false;
    let state = match choices.settings() {
        Ok(_) if file.is_some_and(|file| file.exists()) => "in order",
        Ok(_) => "not there; the built-in configuration holds",
        Err(error) => {
            is_wrong = true;
            match error.downcast_ref() {
                Some(ConfigErrors(errors)) => {
                    for error in errors {
                        complain(&error.to_string());
                    }
                }
                None => complain(&format!("{error:#}")),
            }
            "not in order"
        }
    };
    writeln!(out, "{name}: {state}")?;
    let has_problems = corrections_state(choices, out)?;
    let code = if check && (is_wrong || has_problems) {
        2
    } else {
        0
    };
    Ok(ExitCode::from(code))
}

/// Says whether the reader's corrections are in order, when there are some; tells whether they are not.
fn corrections_state(choices: &GlobalOptions, out: &mut impl Write) -> anyhow::Result<bool> {
    let file = CorrectionsFile::open(choices.state_dir.as_deref());
    let Some(path) = file.path().filter(|path| path.exists()) else {
        return Ok(false);
    };
    let name = safe(&path.display().to_string()).into_owned();
    let problems = match file.problems() {
        Ok(problems) => problems,
        Err(error) => anyhow::bail!("{name}: {error}"),
    };
    for problem in &problems {
        complain(&format!("{name}:{}: {}", problem.line, problem.message));
    }
    let state = if problems.is_empty() {
        "in order"
    } else {
        "not in order; what is in order in it holds"
    };
    writeln!(out, "{name}: {state}")?;
    Ok(!problems.is_empty())
}

fn extract(
    paths: &PathArguments,
    format: &str,
    settings: &Settings,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let Some(exporter) = EXPORTERS.iter().find(|exporter| exporter.name == format) else {
        anyhow::bail!("there is no format {format}");
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
    Ok(articles.code())
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
    Ok(articles.code())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::Columns;

    #[test]
    fn the_arguments_are_well_formed() {
        CliArguments::command().debug_assert();
    }

    #[test]
    fn a_path_needs_no_command() {
        let arguments = CliArguments::read(["pullquote", "news", "a.txt"]).unwrap();
        assert_eq!(arguments.paths.paths.len(), 2);
        assert!(CliArguments::try_parse_from(["pullquote", "extract", "--format", "xml"]).is_err());
    }

    #[test]
    fn options_may_stand_before_a_command_and_paths_may_not() {
        let read = |line: &str| CliArguments::read(line.split(' '));
        let arguments = read("pullquote --theme dark config --check").unwrap();
        assert!(matches!(
            arguments.command,
            Some(CliCommand::Config { check: true, .. })
        ));
        let arguments = read("pullquote news index").unwrap();
        assert_eq!(
            (arguments.command.is_none(), arguments.paths.paths.len()),
            (true, 2)
        );
        assert!(read("pullquote news --theme dark index").is_err());
    }

    #[test]
    fn the_command_line_wins_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("c.toml");
        std::fs::write(&file, "theme = 'dark'\nmouse = false\nkeys = 'less'").unwrap();
        let name = file.to_str().unwrap();
        let line = [
            "pullquote",
            "--config",
            name,
            "--theme",
            "light",
            "--columns",
            "2",
        ];
        let arguments = CliArguments::try_parse_from(line).unwrap();
        let settings = arguments.choices.settings().unwrap();
        assert_eq!((settings.theme.as_str(), settings.mouse), ("light", false));
        assert_eq!(settings.page.columns, Columns::Exactly(2));
        let less = Settings::read("keys = 'less'", "c.toml").unwrap();
        assert_eq!(settings.keymap, less.keymap);
        let arguments =
            CliArguments::try_parse_from(["pullquote", "--config", name, "--keys", "vim"]).unwrap();
        let vim = Settings::read("keys = 'vim'", "c.toml").unwrap();
        assert_eq!(arguments.choices.settings().unwrap().keymap, vim.keymap);
        assert!(CliArguments::try_parse_from(["pullquote", "--theme", "drak"]).is_err());
    }
}
