//! Where an article is: its file, and its number there.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where an article is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// The file.
    pub file: Arc<Path>,
    /// Which of its articles, from 0. Most files have one, a feed or a mailbox many.
    pub part: u32,
}

/// The path that is shown for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownPath {
    /// The location of the file from this byte on.
    From(u32),
    /// Another text.
    As(Box<str>),
}

impl ShownPath {
    /// The path shown for a file at this location.
    #[must_use]
    pub fn path<'s>(&'s self, file: &'s Path) -> &'s str {
        match self {
            Self::From(start) => {
                let shown = file.to_str().and_then(|path| path.get(*start as usize..));
                debug_assert!(shown.is_some(), "the path was made from this location");
                shown.unwrap_or_default()
            }
            Self::As(path) => path,
        }
    }
}

impl Location {
    /// Parses the form that [`Location`] displays: `folder/mail.mbox#3`. A `#` that is not followed
    /// by a number belongs to the name of the file.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut location = (text, 0);
        if let Some((file, number)) = text.rsplit_once('#')
            && let Ok(part) = number.parse()
        {
            location = (file, part);
        }
        let (file, part) = location;
        Self {
            file: Path::new(file).into(),
            part,
        }
    }

    /// The key under which things are remembered about the article here, which its file may give a name.
    #[must_use]
    pub fn key(&self, id: Option<&str>) -> String {
        match id {
            Some(id) => format!("{}#{id}", self.file.display()),
            None => self.to_string(),
        }
    }
}

impl From<PathBuf> for Location {
    /// The first article of a file.
    fn from(file: PathBuf) -> Self {
        Self {
            file: file.into(),
            part: 0,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            0 => write!(formatter, "{}", self.file.display()),
            part => write!(formatter, "{}#{part}", self.file.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_read_as_it_is_written() {
        for text in ["/news/a.txt", "/news/mail.mbox#12", "/news/#tags.md"] {
            assert_eq!(Location::parse(text).to_string(), text);
        }
        assert_eq!(Location::parse("/news/mail.mbox#12").part, 12);
        assert_eq!(Location::parse("/news/#tags.md").part, 0);
    }
}
