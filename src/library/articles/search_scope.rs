//! The articles of a library as searches look at them, at one moment, for the threads that search.
//!
//! A scope shares what it says of files with the library, so that it is made while nobody notices.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::DateTime;

use super::file_names::FileNames;
use super::row::ArticleRow;
use crate::library::{ArticleId, Library, Location, ShownPath};
use crate::packed::Address;

/// Articles of a library in their order at one moment. A copy is the same scope.
#[derive(Debug, Clone, Default)]
pub struct SearchScope(Arc<ScopeDocs>);

#[derive(Debug, Default)]
struct ScopeDocs {
    articles: Vec<SearchDoc>,
    names: FileNames,
}

/// An article on a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchDoc {
    /// The article.
    pub id: ArticleId,
    /// Which of the articles in its file, from 0.
    pub part: u32,
    /// When it was published, as it says itself.
    pub published: Option<DateTime>,
    /// Whether it is in the scope of the search; others are only counted.
    pub is_inside: bool,
    file: Address,
}

impl SearchDoc {
    /// The number of its file on this scope.
    #[must_use]
    pub fn file(&self) -> u32 {
        self.file.number()
    }
}

impl SearchScope {
    /// Number of articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.articles.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.articles.is_empty()
    }

    /// The article at a place.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&SearchDoc> {
        self.0.articles.get(place)
    }

    /// All articles.
    pub fn iter(&self) -> std::slice::Iter<'_, SearchDoc> {
        self.0.articles.iter()
    }

    /// Where an article on this scope is, and how its file is shown.
    #[must_use]
    pub fn located(&self, doc: &SearchDoc) -> (Location, ShownPath) {
        let (file, shown) = self.0.names.located(doc.file);
        let part = doc.part;
        (Location { file, part }, shown)
    }

    /// Goes through all articles: where the file of each is, and the path it is shown with.
    pub fn each_path(&self, take: &mut dyn FnMut(&Path, &str)) {
        let files = self.iter().map(|doc| doc.file);
        self.0.names.each(files, take);
    }

    /// Whether these are the very same scope.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether the same is on another scope of the same library.
    #[must_use]
    pub fn has_same_docs(&self, other: &Self) -> bool {
        self.0.articles == other.0.articles
    }
}

impl<'s> IntoIterator for &'s SearchScope {
    type Item = &'s SearchDoc;
    type IntoIter = std::slice::Iter<'s, SearchDoc>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Library {
    /// All articles that can be read, in their present order; `is_inside` tells which are in the scope of a search.
    pub fn search_scope(&self, is_inside: impl Fn(ArticleId) -> bool) -> SearchScope {
        let doc = |&id: &ArticleId| {
            if self.problem(id).is_some() {
                return None;
            }
            let &ArticleRow { file, part, .. } = self.card(id)?;
            Some(SearchDoc {
                id,
                part,
                published: self.published(id),
                is_inside: is_inside(id),
                file,
            })
        };
        SearchScope(Arc::new(ScopeDocs {
            articles: self.all().iter().filter_map(doc).collect(),
            names: self.files.names().clone(),
        }))
    }
}
