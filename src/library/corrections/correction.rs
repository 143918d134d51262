//! A correction, and what a name resolves to.

use std::sync::Arc;

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Correction {
    /// Who goes by a name, everywhere or within an article.
    Person {
        /// The name as analysis or an earlier correction gives it.
        name: String,
        /// The key of the article; everywhere if there is none.
        within: Option<String>,
        /// The right name; nobody if there is none.
        is: Option<String>,
    },
    /// Who said a quotation.
    Quotation {
        /// The key of the article.
        within: String,
        /// The quoted words on one line, or only the first of them.
        words: String,
        /// The number among the quotations with these words, from 1.
        occurrence: u32,
        /// The speaker that analysis found.
        was: Option<String>,
        /// The right name; unknown if there is none.
        is: Option<String>,
    },
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResolvedName {
    /// A person or organization with this name.
    Person(Arc<str>),
    /// Nobody: it is not a speaker.
    Nobody,
}

impl ResolvedName {
    pub(super) fn of(name: Option<&str>) -> Self {
        match name {
            Some(name) => Self::Person(name.into()),
            None => Self::Nobody,
        }
    }

    /// The name, unless it is nobody.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Person(name) => Some(name),
            Self::Nobody => None,
        }
    }
}
