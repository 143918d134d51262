//! The arguments of the command line.

use std::ffi::OsString;

use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use super::global_options::GlobalOptions;
use super::index::IndexArguments;
use super::paths::PathArguments;
use super::tables::TableOptions;
use crate::config::nearest;
use crate::export::EXPORTERS;
use crate::text::display::safe;

/// Read a folder of news in the terminal and see who said what, about where.
#[derive(Debug, Parser)]
#[command(version, long_version = LONG_VERSION, after_help = EXIT_CODES)]
pub struct CliArguments {
    #[command(subcommand)]
    pub(super) command: Option<CliCommand>,
    #[command(flatten)]
    pub(super) paths: PathArguments,
    #[command(flatten)]
    pub(super) options: GlobalOptions,
}

/// What `--version` prints: `0.1.0 (1a2b3c4; pdf)`.
const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    " (",
    env!("PULLQUOTE_BUILD"),
    ")"
);

const EXIT_CODES: &str = "Exit codes: 0 success; 1 search without a match; 2 wrong usage, invalid configuration, \
or a file that could not be read; 130 interrupted; 143 terminated.";

/// The commands. Without one the reader opens.
#[derive(Debug, Subcommand)]
pub(super) enum CliCommand {
    /// Write everything found, one record per article
    Extract {
        #[command(flatten)]
        paths: PathArguments,
        /// Output format
        #[arg(long, default_value = "jsonl", value_parser = PossibleValuesParser::new(EXPORTERS.iter().map(|exporter| exporter.name)))]
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
        /// Print one JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Update the index of a folder, which speeds up searches and lists
    Index(IndexArguments),
    /// Print articles as wrapped plain text, with their speakers and countries
    Print(PathArguments),
    /// Show the path of your configuration and check it
    Config {
        /// Print the built-in configuration
        #[arg(long)]
        default: bool,
        /// Exit with 2 if your configuration has errors
        #[arg(long, conflicts_with = "default")]
        check: bool,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

impl CliArguments {
    /// Parses the arguments of a process. Global options may come before the command, paths only after it.
    pub(super) fn read(
        line: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    ) -> clap::error::Result<Self> {
        let arguments = Self::try_parse_from(line)?;
        if let (Some(_), [path, ..]) = (&arguments.command, arguments.paths.paths.as_slice()) {
            let message = format!(
                "'{}' comes before the command; paths must follow it",
                path.display()
            );
            return Err(Self::command().error(ErrorKind::ArgumentConflict, safe(&message)));
        }
        Ok(arguments)
    }

    /// An error message if the first path does not exist but resembles a command.
    pub(super) fn mistyped_command(&self) -> Option<String> {
        let path = self.paths.paths.first().filter(|path| !path.exists())?;
        let written = path.to_str()?;
        let commands = Self::command();
        let names = commands.get_subcommands().map(clap::Command::get_name);
        let meant = nearest(written, names)?;
        Some(format!(
            "{written}: no such command or file; did you mean `pullquote {meant}`?"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
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
    fn options_may_come_before_a_command_and_paths_may_not() {
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
        let settings = arguments.options.settings().unwrap();
        assert_eq!((settings.theme.as_str(), settings.mouse), ("light", false));
        assert_eq!(settings.page.columns, Columns::Exactly(2));
        let less = Settings::read("keys = 'less'", "c.toml").unwrap();
        assert_eq!(settings.keymap, less.keymap);
        let arguments =
            CliArguments::try_parse_from(["pullquote", "--config", name, "--keys", "vim"]).unwrap();
        let vim = Settings::read("keys = 'vim'", "c.toml").unwrap();
        assert_eq!(arguments.options.settings().unwrap().keymap, vim.keymap);
        assert!(CliArguments::try_parse_from(["pullquote", "--theme", "drak"]).is_err());
    }
}
