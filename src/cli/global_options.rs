//! Options of all commands: the configuration file, and single settings that override it.
//!
//! Each option becomes a line of configuration, which is checked like the lines of the file and takes precedence.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use etcetera::BaseStrategy;

use crate::config::{PRESETS, Settings, theme};

/// The options that override the configuration.
#[derive(Debug, Args)]
pub(super) struct GlobalOptions {
    /// Use this configuration file
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Save places and bookmarks in this directory
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) state_dir: Option<PathBuf>,
    /// When to use color
    #[arg(long, global = true, value_name = "WHEN", value_parser = ["auto", "always", "never"])]
    color: Option<String>,
    /// Color theme
    #[arg(long, global = true, value_name = "NAME", value_parser = PossibleValuesParser::new(theme::names()))]
    theme: Option<String>,
    /// Key preset
    #[arg(long, global = true, value_name = "PRESET", value_parser = PossibleValuesParser::new(PRESETS.iter().map(|(name, _)| *name)))]
    keys: Option<String>,
    /// Print plain lines for a screen reader and never redraw: no screen, no boxes, no colors.
    /// The keys are the same; lists are numbered, and a number and Enter selects an item
    #[arg(long)]
    screen_reader: bool,
    /// Show only the text: no boxes, panels, colors or links. Control characters are still shown as symbols
    #[arg(long, conflicts_with = "color")]
    plain: bool,
    /// Number of text columns
    #[arg(long, global = true, value_name = "N", value_parser = ["auto", "1", "2", "3"])]
    columns: Option<String>,
}

/// The configuration that `--plain` stands for.
const PLAIN: &str = "color = 'never'\nlinks = 'never'\npage.text_only = true\n";

impl GlobalOptions {
    /// The configuration file: the one given, or the user's own, which need not exist.
    pub(super) fn file(&self) -> Option<PathBuf> {
        let own = || {
            let base = etcetera::choose_base_strategy().ok()?;
            Some(base.config_dir().join("pullquote/config.toml"))
        };
        self.config.clone().or_else(own)
    }

    /// The built-in settings, overridden by those of the file and then by these.
    pub(super) fn settings(&self) -> anyhow::Result<Settings> {
        let file = self
            .file()
            .filter(|file| self.config.is_some() || file.exists());
        let (text, name) = match file {
            None => (String::new(), String::new()),
            Some(file) => {
                let name = file.display().to_string();
                let text = std::fs::read_to_string(&file);
                (
                    text.map_err(|error| anyhow::anyhow!("{name}: {error}"))?,
                    name,
                )
            }
        };
        let line = self.as_configuration();
        Ok(Settings::read_layers(&[
            (&text, &name),
            (&line, "command line"),
        ])?)
    }

    /// The options as lines of configuration. Their values are checked by the parser and need no escaping.
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
