//! What is kept between runs: places, marks and what was searched for.
//!
//! Articles are named by the absolute paths of their files, and further ones of a file by what it calls
//! them. A place is a byte offset with the words that stand
//! there, so that it is found again when the file was edited.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the file; a file of another version is left alone and not read.
pub const VERSION: u32 = 1;

/// What is kept between runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedState {
    /// See [`VERSION`].
    pub version: u32,
    /// Absolute path of a folder → absolute path of the article read last in it.
    pub last: BTreeMap<String, String>,
    /// Absolute path of an article → where the reader is in it.
    pub places: BTreeMap<String, ReadingPlace>,
    /// Mark letter → where it points.
    pub marks: BTreeMap<char, LetterMark>,
    /// What was searched for, newest last.
    pub searches: Vec<String>,
    /// Name of a saved search → its query.
    pub saved: BTreeMap<String, String>,
}

/// Where the reader is in an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadingPlace {
    /// Byte offset of the first line on the page.
    pub offset: u32,
    /// The words at the offset.
    pub words: String,
    /// Whether the article was read to its end.
    pub is_read: bool,
    /// Whether it is bookmarked.
    pub is_bookmarked: bool,
    /// Where and when the bookmark was set; bookmarks set by earlier versions have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bookmark: Option<Bookmark>,
}

/// Where and when a bookmark was set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookmark {
    /// Local date and time, as in `2026-03-03T14:05:00`; empty until the shell has said it.
    pub time: String,
    /// Byte offset in the article.
    pub offset: u32,
    /// The words at the offset.
    pub words: String,
    /// The first line that showed on the page.
    pub line: String,
}

/// A place with a name of one letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterMark {
    /// Absolute path of the article, with its number in a file of many.
    pub path: String,
    /// Byte offset in it.
    pub offset: u32,
}

/// How many bytes of text are kept to find a place again.
const WORDS_LENGTH: usize = 64;

impl ReadingPlace {
    /// The place at `offset` in `text`.
    #[must_use]
    pub fn at(text: &str, offset: u32) -> Self {
        let rest = text.get(offset as usize..).unwrap_or_default();
        let end = rest
            .char_indices()
            .map(|(at, character)| at + character.len_utf8())
            .take_while(|&end| end <= WORDS_LENGTH)
            .last()
            .unwrap_or(0);
        let words = rest.get(..end).unwrap_or_default().to_owned();
        Self {
            offset,
            words,
            ..Self::default()
        }
    }

    /// Bookmarks the article here; `line` is what the list of bookmarks shows of the place.
    pub fn set_bookmark(&mut self, line: String) {
        self.is_bookmarked = true;
        self.bookmark = Some(Bookmark {
            time: String::new(),
            offset: self.offset,
            words: self.words.clone(),
            line,
        });
    }

    /// Removes the bookmark.
    pub fn remove_bookmark(&mut self) {
        self.is_bookmarked = false;
        self.bookmark = None;
    }

    /// The place of the bookmark; where the reader is for a bookmark without one.
    #[must_use]
    pub fn bookmarked_place(&self) -> Self {
        match &self.bookmark {
            Some(bookmark) => Self {
                offset: bookmark.offset,
                words: bookmark.words.clone(),
                bookmark: Some(bookmark.clone()),
                ..Self::default()
            },
            None => self.clone(),
        }
    }

    /// Where the place is in a text that may have changed since: the occurrence of its words nearest to
    /// the old offset, or that offset when they are gone.
    #[must_use]
    pub fn find_in(&self, text: &str) -> u32 {
        let old = floor_char_boundary(text, self.offset as usize);
        let stands_here = text
            .get(old..)
            .is_some_and(|rest| rest.starts_with(&self.words));
        if self.words.is_empty() || stands_here {
            return clamp(old);
        }
        let (before, after) = text.split_at_checked(old).unwrap_or((text, ""));
        let ahead = after.find(&self.words).map(|at| old + at);
        let behind = before.rfind(&self.words);
        let nearest = match (behind, ahead) {
            (Some(behind), Some(ahead)) if old - behind <= ahead - old => Some(behind),
            (_, Some(ahead)) => Some(ahead),
            (behind, None) => behind,
        };
        clamp(nearest.unwrap_or(old))
    }
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "Headline\n\nThe first paragraph.\n\nThe second paragraph is here.\n";

    #[test]
    fn a_place_is_found_after_text_was_inserted_before_it() {
        let place = ReadingPlace::at(OLD, 32);
        assert!(place.words.starts_with("The second"));
        let edited = OLD.replace("first", "very first, and longer,");
        let found = place.find_in(&edited) as usize;
        assert!(edited.get(found..).unwrap().starts_with("The second"));
    }

    #[test]
    fn a_place_whose_words_are_gone_stays_near() {
        let place = ReadingPlace::at(OLD, 32);
        assert_eq!(place.find_in("é"), 2);
        assert_eq!(place.find_in(&"x".repeat(100)), 32);
    }
}
