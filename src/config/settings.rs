//! The settings as types: one field for each line of `config.toml`.
//!
//! There is no default here. A field without its line in `config.toml`, or a line without its field, fails
//! the first test that reads the default configuration.

use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected};

use super::keymap::Keymap;
use super::theme;
use crate::document::FieldNames;

/// Everything that can be configured.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The folder read when none is named.
    pub articles: String,
    /// The name of the theme; always one of [`theme::names`].
    #[serde(deserialize_with = "theme_name")]
    pub theme: String,
    /// The theme that [`theme::AUTO`] is on a light ground; always one of [`theme::THEMES`].
    #[serde(deserialize_with = "exact_theme")]
    pub theme_on_light: String,
    /// The same on a dark ground.
    #[serde(deserialize_with = "exact_theme")]
    pub theme_on_dark: String,
    /// When to use color.
    pub color: When,
    /// When the terminal is told where links lead.
    pub links: When,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Interface for screen readers.
    pub screen_reader: bool,
    /// How text is set.
    pub page: Page,
    /// The panel with speakers, quotations and countries.
    pub side: Side,
    /// The list of articles.
    pub contents: Contents,
    /// How words are found.
    pub search: Search,
    /// Which files are read.
    pub files: Files,
    /// What the fields of articles in JSON are called.
    pub json: FieldNames,
    /// Other programs.
    pub programs: Programs,
    /// What keys do, built from the tables `[keys.…]`.
    #[serde(skip, default = "no_keys")]
    pub keymap: Keymap,
}

fn no_keys() -> Keymap {
    Keymap::new(&[])
}

/// When to use color, or to tell of links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// As the environment and the terminal say.
    Auto,
    /// In any case.
    Always,
    /// Not at all.
    Never,
}

/// How text is set.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// How many columns of text.
    pub columns: Columns,
    /// The narrowest column, in cells, before one column fewer is set.
    pub min_column_width: Cells<20, 200>,
    /// The widest column, in cells.
    pub max_column_width: Cells<20, 400>,
    /// Whether right edges are even.
    pub justify: When,
    /// The narrowest column, in cells, that [`When::Auto`] justifies.
    pub justify_from: Cells<20, 400>,
    /// Whether words are broken at line ends.
    pub hyphenate: bool,
    /// ISO 639-1 code of articles that do not show theirs.
    pub language: String,
    /// A blank line between paragraphs, rather than an indented first line.
    pub paragraph_gap: bool,
    /// Lines of the page before that stay in view.
    pub overlap: Cells<0, 10>,
    /// Only the text.
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

/// A number, or the word that stands for "you choose".
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected auto, 1, 2 or 3")]
enum Number {
    Count(i64),
    Word(String),
}

impl TryFrom<Number> for Columns {
    type Error = &'static str;

    fn try_from(number: Number) -> Result<Self, Self::Error> {
        match number {
            Number::Count(count @ 1..=3) => Ok(Self::Exactly(u16::try_from(count).unwrap_or(1))),
            Number::Word(word) if word == "auto" => Ok(Self::Auto),
            _ => Err("expected auto, 1, 2 or 3"),
        }
    }
}

/// The panel with speakers, quotations and countries.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// Whether it is shown at the start.
    pub show: Show,
    /// Its width in cells; 0 is by the width of the window.
    pub width: Cells<0, 80>,
}

/// The list of articles.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// Whether it is shown beside the text at the start.
    pub show: Show,
    /// Its width in cells; 0 is by the width of the window.
    pub width: Cells<0, 80>,
    /// Its order.
    pub sort: Sort,
    /// That order turned round.
    pub reverse: bool,
    /// Only unread articles.
    pub unread_only: bool,
    /// Articles that are nearly the same are one line.
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
    /// By path, numbers by their value.
    Path,
    /// Unread first, then by date.
    Unread,
    /// Most quotations first.
    Quotations,
}

/// How words are found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Whether letter case counts.
    pub case: Case,
    /// Go on at the other end.
    pub wrap: bool,
    /// The most hits listed for the folder.
    pub max_hits: Amount<10, 100_000>,
}

/// Whether letter case counts in a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// When the query has a capital.
    Smart,
    /// Never.
    Ignore,
    /// Always.
    Exact,
}

/// Which files are read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Larger files are left out.
    pub max_megabytes: Amount<1, 4000>,
    /// Also hidden and ignored files.
    pub hidden: bool,
    /// Follow changes of the folder.
    pub watch: bool,
}

/// Other programs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programs {
    /// Opens a file at a line; empty: `$VISUAL`, then `$EDITOR`.
    pub editor: String,
    /// Opens a link; empty: `$BROWSER`, then the system's own.
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
        within(deserializer, LEAST.into(), MOST.into())
            .map(|number| Self(u16::try_from(number).unwrap_or(MOST)))
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
        within(deserializer, LEAST.into(), MOST.into())
            .map(|number| Self(u32::try_from(number).unwrap_or(MOST)))
    }
}

fn within<'de, D: Deserializer<'de>>(
    deserializer: D,
    least: i64,
    most: i64,
) -> Result<i64, D::Error> {
    let number = i64::deserialize(deserializer)?;
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    let expected = format!("a number from {least} to {most}");
    Err(D::Error::invalid_value(
        Unexpected::Signed(number),
        &expected.as_str(),
    ))
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
    mut names: impl Iterator<Item = &'static str> + Clone,
    name: String,
) -> Result<String, E> {
    if names.clone().any(|known| known == name) {
        return Ok(name);
    }
    let first = names.next().unwrap_or_default();
    let names = names.fold(format!("`{first}`"), |all, name| format!("{all}, `{name}`"));
    Err(E::custom(format!(
        "unknown theme `{name}`, expected one of {names}"
    )))
}
