//! The dates on which a speaker was quoted.

use crate::library::{self, ArticleId, Library};
use std::collections::BTreeMap;

/// When a speaker was quoted in the folder.
pub(crate) fn of_speaker(library: &Library, name: &str) -> library::Timeline {
    of_quoting(library, library.people().articles_of(name))
}

/// The same from the articles that quote the speaker, with how often.
pub(crate) fn of_quoting(
    library: &Library,
    articles: BTreeMap<ArticleId, u32>,
) -> library::Timeline {
    let dated = articles.into_iter();
    let dated = dated.map(|(id, count)| (id, library.date(id), count));
    library::Timeline::of(dated)
}
