//! The articles that a search looks at, as a snapshot for the threads that search.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::DateTime;

use super::file_names::FileNames;
use super::id::ArticleId;
use super::location::{Location, ShownPath};
use crate::packed::Address;

/// Articles in the order they had when the snapshot was taken. It takes 32 bytes an article and
/// shares the names of files with the library, so taking one costs next to nothing. A clone is the
/// same snapshot.
#[derive(Debug, Clone, Default)]
pub struct SearchScope(Arc<ScopeDocs>);

#[derive(Debug, Default)]
struct ScopeDocs {
    docs: Vec<SearchDoc>,
    names: FileNames,
}

/// An article that is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchDoc {
    /// The article.
    pub id: ArticleId,
    /// Which of the articles in its file, from 0.
    pub part: u32,
    /// The date the article gives itself.
    pub published: Option<DateTime>,
    /// Whether it is in the scope of the search. Hits in other articles are counted but not listed.
    pub is_inside: bool,
    pub(super) file: Address,
}

impl SearchDoc {
    /// A number that articles of the same file share.
    #[must_use]
    pub fn file(&self) -> u32 {
        self.file.number()
    }
}

impl SearchScope {
    pub(super) fn new(docs: Vec<SearchDoc>, names: FileNames) -> Self {
        Self(Arc::new(ScopeDocs { docs, names }))
    }

    /// The number of articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.docs.len()
    }

    /// Whether there are no articles.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.docs.is_empty()
    }

    /// The article at an index.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&SearchDoc> {
        self.0.docs.get(index)
    }

    /// All articles.
    pub fn iter(&self) -> std::slice::Iter<'_, SearchDoc> {
        self.0.docs.iter()
    }

    /// Where an article of this scope is, and how the path of its file is shown.
    #[must_use]
    pub fn located(&self, doc: &SearchDoc) -> (Location, ShownPath) {
        let (file, shown) = self.0.names.located(doc.file);
        let part = doc.part;
        (Location { file, part }, shown)
    }

    /// Calls `take` for every article with the location of its file and the path that is shown for it.
    pub fn each_path(&self, take: &mut dyn FnMut(&Path, &str)) {
        let files = self.iter().map(|doc| doc.file);
        self.0.names.each(files, take);
    }

    /// Whether both are the same snapshot.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether two snapshots of the same library have the same articles in the same order.
    #[must_use]
    pub fn has_same_docs(&self, other: &Self) -> bool {
        self.0.docs == other.0.docs
    }
}

impl<'s> IntoIterator for &'s SearchScope {
    type Item = &'s SearchDoc;
    type IntoIter = std::slice::Iter<'s, SearchDoc>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
