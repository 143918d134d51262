//! The settings as types: one field for each setting of `config.toml`.
//!
//! There are no defaults here. A field missing from `config.toml`, or a line without a field, fails every test
//! that reads the default configuration.

use std::fmt::Display;
use std::ops::RangeInclusive;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected};

use super::keymap::Keymap;
use super::theme;
use crate::document::FieldNames;

/// All settings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The folder that is read when none is given.
    pub articles: String,
    /// The name of the theme; always one of [`theme::names`].
    #[serde(deserialize_with = "theme_name")]
    pub theme: String,
    /// The theme used for [`theme::AUTO`] on a light background; always one of [`theme::THEMES`].
    #[serde(deserialize_with = "exact_theme")]
    pub theme_on_light: String,
    /// The theme used for [`theme::AUTO`] on a dark background.
    #[serde(deserialize_with = "exact_theme")]
    pub theme_on_dark: String,
    /// When to use color.
    pub color: When,
    /// When to send link targets to the terminal (OSC 8).
    pub links: When,
    /// Whether mouse support is on.
    pub mouse: bool,
    /// Whether to use the interface for screen readers.
    pub screen_reader: bool,
    /// Text layout.
    pub page: PageSettings,
    /// The panel with speakers, quotations and countries.
    pub side: SideSettings,
    /// The list of articles.
    pub contents: ContentsSettings,
    /// Search.
    pub search: SearchSettings,
    /// Which files are read.
    pub files: FileSettings,
    /// What the fields of articles in JSON are called.
    pub json: FieldNames,
    /// Other programs.
    pub programs: ProgramSettings,
    /// The key bindings, built from the `[keys.…]` tables.
    #[serde(skip, default = "no_keys")]
    pub keymap: Keymap,
}

fn no_keys() -> Keymap {
    Keymap::new(&[])
}

/// When to use a feature of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// Decide from the environment and the terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Text layout.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageSettings {
    /// How many columns of text.
    pub columns: Columns,
    /// The minimum width of a column, in cells; narrower windows get fewer columns.
    pub min_column_width: Cells<20, 200>,
    /// The maximum width of a column, in cells.
    pub max_column_width: Cells<20, 400>,
    /// Whether text is justified.
    pub justify: When,
    /// The minimum width, in cells, that [`When::Auto`] justifies.
    pub justify_from: Cells<20, 400>,
    /// Whether words are hyphenated.
    pub hyphenate: bool,
    /// ISO 639-1 code of the language of articles that do not declare one.
    pub language: String,
    /// Whether paragraphs are separated by a blank line instead of an indent.
    pub paragraph_gap: bool,
    /// Lines of the previous page that stay in view.
    pub overlap: Cells<0, 10>,
    /// Whether to show only the text.
    pub text_only: bool,
}

/// How many columns of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Number")]
pub enum Columns {
    /// As many as fit, up to three.
    Auto,
    /// This many, 1 to 3.
    Exactly(u16),
}

/// A number or a word.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected auto, 1, 2 or 3")]
enum Number {
    Count(u16),
    Word(String),
}

impl TryFrom<Number> for Columns {
    type Error = &'static str;

    fn try_from(number: Number) -> Result<Self, Self::Error> {
        match number {
            Number::Count(count @ 1..=3) => Ok(Self::Exactly(count)),
            Number::Word(word) if word == "auto" => Ok(Self::Auto),
            _ => Err("expected auto, 1, 2 or 3"),
        }
    }
}

/// The panel with speakers, quotations and countries.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideSettings {
    /// Whether it is shown at the start.
    pub show: Show,
    /// Its width in cells; 0 derives it from the window width.
    pub width: Cells<0, 80>,
}

/// The list of articles.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContentsSettings {
    /// Whether it is shown beside the text at the start.
    pub show: Show,
    /// Its width in cells; 0 derives it from the window width.
    pub width: Cells<0, 80>,
    /// Its order.
    pub sort: Sort,
    /// Whether the order is reversed.
    pub reverse: bool,
    /// Whether to list only unread articles.
    pub unread_only: bool,
    /// Whether near-identical articles are grouped on one line.
    pub group_similar: bool,
}

/// Whether a panel is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Show {
    /// When the window is wide enough.
    Auto,
    /// Yes.
    Shown,
    /// Only when asked for.
    Hidden,
}

/// The order of the list of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// By date, newest first.
    Newest,
    /// By date, oldest first.
    Oldest,
    /// By title.
    Title,
    /// By path, in natural order.
    Path,
    /// Unread first, then by date.
    Unread,
    /// Most quotations first.
    Quotations,
}

/// Search settings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchSettings {
    /// Case sensitivity.
    pub case: Case,
    /// Whether the search wraps around.
    pub wrap: bool,
    /// The most hits listed for the folder.
    pub max_hits: Amount<10, 100_000>,
}

/// Case sensitivity of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// Case-sensitive if the query has a capital letter.
    Smart,
    /// Case-insensitive.
    Ignore,
    /// Case-sensitive.
    Exact,
}

/// Which files are read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSettings {
    /// Larger files are skipped.
    pub max_megabytes: Amount<1, 4000>,
    /// Whether to read hidden and ignored files.
    pub hidden: bool,
    /// Whether to watch the folder for changes.
    pub watch: bool,
}

/// Other programs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramSettings {
    /// The editor; if empty, `$VISUAL`, then `$EDITOR`.
    pub editor: String,
    /// The browser; if empty, `$BROWSER`, then the system's default.
    pub browser: String,
    /// How text is copied: `auto`, `terminal` or a command.
    pub clipboard: String,
}

/// A number of cells or lines from `LEAST` to `MOST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cells<const LEAST: u16, const MOST: u16>(u16);

impl<const LEAST: u16, const MOST: u16> Cells<LEAST, MOST> {
    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl<'de, const LEAST: u16, const MOST: u16> Deserialize<'de> for Cells<LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        within(deserializer, LEAST..=MOST).map(Self)
    }
}

/// A larger number from `LEAST` to `MOST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount<const LEAST: u32, const MOST: u32>(u32);

impl<const LEAST: u32, const MOST: u32> Amount<LEAST, MOST> {
    /// The number.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0 as usize
    }
}

impl<'de, const LEAST: u32, const MOST: u32> Deserialize<'de> for Amount<LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        within(deserializer, LEAST..=MOST).map(Self)
    }
}

fn within<'de, D: Deserializer<'de>, N: TryFrom<i64> + PartialOrd + Display>(
    deserializer: D,
    range: RangeInclusive<N>,
) -> Result<N, D::Error> {
    let written = i64::deserialize(deserializer)?;
    match N::try_from(written) {
        Ok(number) if range.contains(&number) => Ok(number),
        _ => {
            let expected = format!("a number from {} to {}", range.start(), range.end());
            let unexpected = Unexpected::Signed(written);
            Err(D::Error::invalid_value(unexpected, &expected.as_str()))
        }
    }
}

fn theme_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    among(theme::names(), name)
}

fn exact_theme<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    among(theme::names().filter(|name| *name != theme::AUTO), name)
}

fn among<E: Error>(
    names: impl Iterator<Item = &'static str> + Clone,
    name: String,
) -> Result<String, E> {
    if names.clone().any(|known| known == name) {
        return Ok(name);
    }
    let names: Vec<String> = names.map(|known| format!("`{known}`")).collect();
    let names = names.join(", ");
    Err(E::custom(format!(
        "unknown theme `{name}`, expected one of {names}"
    )))
}
