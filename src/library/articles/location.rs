//! Where an article is: a file, and which of the articles in it.

use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::library::{ArticleId, Library};

/// Where an article is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// The file.
    pub file: Arc<Path>,
    /// Which of its articles, from 0: most files hold one, a feed or a mailbox many.
    pub part: u32,
}

/// The path a file is shown with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownPath {
    /// Where it is, from some byte on.
    From(u32),
    /// Something else.
    As(Box<str>),
}

impl ShownPath {
    /// The path of a file that is shown so.
    #[must_use]
    pub fn path<'s>(&'s self, file: &'s Path) -> &'s str {
        match self {
            Self::From(start) => {
                let whole = file.to_str().unwrap_or_default();
                whole.get(*start as usize..).unwrap_or(whole)
            }
            Self::As(path) => path,
        }
    }
}

impl Location {
    /// Reads what [`Location`] displays: `folder/mail.mbox#3`. A `#` that no number follows belongs to
    /// the name of the file.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let numbered = text
            .rsplit_once('#')
            .and_then(|(file, part)| Some((file, part.parse().ok()?)));
        let (file, part) = numbered.unwrap_or((text, 0));
        Self {
            file: Path::new(file).into(),
            part,
        }
    }
}

impl Location {
    /// The name under which an article is remembered: its file and, among many, what that calls it.
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

impl Library {
    /// The articles that are remembered by some of these names.
    #[must_use]
    pub fn with_keys<'k>(&self, keys: impl Iterator<Item = &'k str>) -> Vec<(ArticleId, &'k str)> {
        let mut found = Vec::new();
        let mut others = HashSet::new();
        for key in keys {
            match self.find(Path::new(key)) {
                Some(id) => found.push((id, key)),
                None => _ = others.insert(key),
            }
        }
        if !others.is_empty() {
            let is_one_of_many = |id: &ArticleId| self.part(*id) > 0 || self.is_named(*id);
            let keyed = self.articles().filter(is_one_of_many);
            let keyed = keyed.filter_map(|id| Some((id, *others.get(self.key(id)?.as_str())?)));
            found.extend(keyed);
        }
        found
    }

    /// The first articles of the files that are among some paths or inside of one.
    #[must_use]
    pub fn files_among(&self, paths: &BTreeSet<PathBuf>) -> Vec<ArticleId> {
        let is_among = |file: &Path| file.ancestors().any(|above| paths.contains(above));
        self.files_where(|file, _| is_among(file))
    }

    /// The first articles of the files that are not among these.
    #[must_use]
    pub fn files_except(&self, known: &BTreeSet<ArticleId>) -> Vec<ArticleId> {
        self.files_where(|_, id| !known.contains(&id))
    }

    fn files_where(&self, is_wanted: impl Fn(&Path, ArticleId) -> bool) -> Vec<ArticleId> {
        let files = self.articles().filter(|id| self.part(*id) == 0);
        let wanted = files.filter(|id| {
            let location = self.location(*id);
            location.is_some_and(|location| is_wanted(&location.file, *id))
        });
        wanted.collect()
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
