//! Options that hold for every command: the configuration, and single settings laid over it.
//!
//! An option is one more line of configuration. It is checked as the lines of a file are, and wins.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use etcetera::BaseStrategy;

use crate::config::{PRESETS, Settings, theme};

/// What is chosen on the command line rather than in the configuration.
#[derive(Debug, Args)]
pub(super) struct GlobalOptions {
    /// Use this configuration file
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Keep places and marks in this directory
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) state_dir: Option<PathBuf>,
    /// When to use color
    #[arg(long, global = true, value_name = "WHEN", value_parser = ["auto", "always", "never"])]
    color: Option<String>,
    /// The colors
    #[arg(long, global = true, value_name = "NAME", value_parser = PossibleValuesParser::new(theme::names()))]
    theme: Option<String>,
    /// Keys as in another program
    #[arg(long, global = true, value_name = "PRESET", value_parser = PossibleValuesParser::new(PRESETS.iter().map(|(name, _)| *name)))]
    keys: Option<String>,
    /// Tell everything in plain lines, one for each thing that happens: no screen, no boxes, no colors.
    /// The same keys hold; lists are numbered, and a number and Enter chooses
    #[arg(long)]
    screen_reader: bool,
    /// Show only the text: no boxes, panels, colors or links. Control characters are still shown as symbols
    #[arg(long, conflicts_with = "color")]
    plain: bool,
    /// Columns of text
    #[arg(long, global = true, value_name = "N", value_parser = ["auto", "1", "2", "3"])]
    columns: Option<String>,
}

/// What `--plain` stands for.
const PLAIN: &str = "color = 'never'\nlinks = 'never'\npage.text_only = true\n";

impl GlobalOptions {
    /// The configuration file: the one named, or the user's own; it need not be there.
    pub(super) fn file(&self) -> Option<PathBuf> {
        let own = || {
            let base = etcetera::choose_base_strategy().ok()?;
            Some(base.config_dir().join("pullquote/config.toml"))
        };
        self.config.clone().or_else(own)
    }

    /// The built-in settings, the file's over them, and these over both.
    pub(super) fn settings(&self) -> anyhow::Result<Settings> {
        let file = self
            .file()
            .filter(|file| self.config.is_some() || file.exists());
        let name = file.as_ref().map(|file| file.display().to_string());
        let name = name.unwrap_or_default();
        let text = match &file {
            None => String::new(),
            Some(file) => {
                std::fs::read_to_string(file).map_err(|error| anyhow::anyhow!("{name}: {error}"))?
            }
        };
        let line = self.as_configuration();
        Ok(Settings::read_layers(&[
            (&text, &name),
            (&line, "command line"),
        ])?)
    }

    /// The options as a configuration would say it. Their values are checked and need no escaping.
    fn as_configuration(&self) -> String {
        let settings = [
            ("color", &self.color),
            ("theme", &self.theme),
            ("keys.preset", &self.keys),
            ("page.columns", &self.columns),
        ];
        let line = |(name, value): (&str, &Option<String>)| {
            let value = value.as_ref()?;
            let quote = if value.parse::<u8>().is_ok() { "" } else { "'" };
            Some(format!("{name} = {quote}{value}{quote}\n"))
        };
        let flags = [
            (self.screen_reader, "screen_reader = true\n"),
            (self.plain, PLAIN),
        ];
        let flags = flags.into_iter().filter(|(is_given, _)| *is_given);
        let flags = flags.map(|(_, lines)| lines.to_owned());
        settings.into_iter().filter_map(line).chain(flags).collect()
    }
}
