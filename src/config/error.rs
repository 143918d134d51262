//! What is wrong with a configuration, said so that the reader can mend it.

use std::fmt;

/// A configuration that cannot be used, with the place at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// The file, as the user gave it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The setting or table, such as `page.columns`; empty when the file is no TOML at all.
    pub key: String,
    /// What is wrong, lower case, without a full stop.
    pub problem: String,
    /// What could stand there, when that is a closed list.
    pub allowed: Vec<String>,
    /// The allowed name that is nearest to what was written.
    pub nearest: Option<Box<str>>,
}

/// Everything that is wrong with a configuration, in the order in which it stands there.
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

/// How many names are worth listing when none is near.
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

/// The name that is nearest to `written`, if one is near enough to be meant.
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
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name)
}
