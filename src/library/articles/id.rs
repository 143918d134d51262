//! The number of an article.

/// The number of an article in its library. It does not change while the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub u32);

impl ArticleId {
    /// The index of the article in a table of all articles.
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}
