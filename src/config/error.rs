//! Configuration errors, with enough detail for the user to fix them.

use std::fmt;

/// An error in a configuration file, with its location.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// The file, as the user gave it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The setting or table, such as `page.columns`; empty if the file is not valid TOML.
    pub key: String,
    /// What is wrong, lower case, without a full stop.
    pub problem: String,
    /// The allowed values, if they are a closed list.
    pub allowed: Vec<String>,
    /// The allowed name nearest to what was written.
    pub nearest: Option<Box<str>>,
}

/// All errors in a configuration, in file order.
#[derive(Debug, Clone, PartialEq, Eq, Default, thiserror::Error)]
pub struct ConfigErrors(pub Vec<ConfigError>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.0.split_first() else {
            return formatter.write_str("nothing is wrong");
        };
        first.fmt(formatter)?;
        match others.len() {
            0 => Ok(()),
            more => write!(formatter, " ({more} more: `pullquote config --check`)"),
        }
    }
}

/// The Jaro-Winkler similarity above which a name is suggested: one or two typing errors.
const LEAST_SIMILARITY: f64 = 0.8;

/// The most names listed when none is near.
const MAX_LISTED: usize = 12;

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: ", self.file, self.line)?;
        if !self.key.is_empty() {
            write!(formatter, "{}: ", self.key)?;
        }
        formatter.write_str(&self.problem)?;
        match &self.nearest {
            Some(nearest) => write!(formatter, "; did you mean `{nearest}`?"),
            None if self.allowed.is_empty() || self.allowed.len() > MAX_LISTED => Ok(()),
            None => write!(formatter, "; expected one of {}", self.allowed.join(", ")),
        }
    }
}

/// The name nearest to `written`, if one is similar enough to be a likely typo.
#[must_use]
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase().replace('_', "-");
    names
        .into_iter()
        .map(|name| {
            (
                strsim::jaro_winkler(&written, &name.replace('_', "-")),
                name,
            )
        })
        .filter(|(similarity, _)| *similarity > LEAST_SIMILARITY)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name)
}
