//! What lists show of an article, and a file as the scan of the folder finds it.

use std::path::PathBuf;

use super::location::Location;
use super::survey::Survey;
use crate::document::Published;

/// A file found in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFile {
    /// Where to read it.
    pub location: PathBuf,
    /// Its path as shown: relative to the folder.
    pub path: String,
    /// Its size in bytes; 0 if unknown.
    pub bytes: u64,
}

/// An article with all its metadata, unpacked.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleView {
    /// Where to read it.
    pub location: Location,
    /// The path of its file as shown: relative to the folder.
    pub path: String,
    /// Its survey, once there is one.
    pub survey: Option<Survey>,
    /// Why it cannot be read, as a sentence.
    pub problem: Option<String>,
    /// Whether it was read to its end.
    pub is_read: bool,
    /// Whether the reader bookmarked it.
    pub is_bookmarked: bool,
    /// Whether its file no longer exists.
    pub is_gone: bool,
}

impl ArticleView {
    /// The headline, or the name of the file if there is none.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.survey {
            Some(survey) if !survey.title.is_empty() => &survey.title,
            _ => file_name(&self.path),
        }
    }

    /// The key under which things are remembered about it: its file, and its name there if the file
    /// has several.
    #[must_use]
    pub fn key(&self) -> String {
        let survey = self.survey.as_ref();
        let id = survey.and_then(|survey| survey.id.as_deref());
        self.location.key(id)
    }

    /// When it was published, by its own date or the time of its file.
    #[must_use]
    pub fn date(&self) -> Option<Published> {
        self.survey.as_ref()?.date()
    }
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some((_, name)) => name,
        None => path,
    }
}

/// A date of publication as a number of days.
#[must_use]
pub fn days_since_1970(published: Published) -> Option<i32> {
    let epoch = jiff::civil::date(1970, 1, 1);
    let since = published.when.date().since(epoch).ok()?;
    Some(since.get_days())
}
