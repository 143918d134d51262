//! A file found in the folder, and what is known of an article without its text.

use std::path::PathBuf;

use crate::document::Published;
use crate::library::{Location, Survey};

/// A file found in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFile {
    /// Where to read it.
    pub location: PathBuf,
    /// Its path as shown: relative to the folder.
    pub path: String,
    /// Size in bytes, when known.
    pub bytes: u64,
}

/// All that is known of an article without its text. The library keeps it packed.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleView {
    /// Where to read it.
    pub location: Location,
    /// The path of its file as shown: relative to the folder.
    pub path: String,
    /// What a look inside told, once there was one.
    pub survey: Option<Survey>,
    /// Why it cannot be read, as a sentence.
    pub problem: Option<String>,
    /// Whether it was read to its end.
    pub is_read: bool,
    /// Whether the reader set a bookmark on it.
    pub is_bookmarked: bool,
    /// Whether the file is no longer there.
    pub is_gone: bool,
}

impl ArticleView {
    /// The headline, or the name of the file until there is one.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.survey {
            Some(survey) if !survey.title.is_empty() => &survey.title,
            _ => self.path.rsplit('/').next().unwrap_or(&self.path),
        }
    }

    /// The name under which it is remembered: its file and, among many, what that calls it.
    #[must_use]
    pub fn key(&self) -> String {
        let survey = self.survey.as_ref();
        let id = survey.and_then(|survey| survey.id.as_deref());
        self.location.key(id)
    }

    /// When it was published, as far as anything tells.
    #[must_use]
    pub fn date(&self) -> Option<Published> {
        self.survey.as_ref()?.date()
    }
}

/// A date of publication as a number of days.
#[must_use]
pub fn days_since_1970(published: Published) -> Option<i32> {
    let epoch = jiff::civil::date(1970, 1, 1);
    let since = published.when.date().since(epoch).ok()?;
    Some(since.get_days())
}
