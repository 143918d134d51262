//! The dated articles of a timeline, each with its count.

use std::collections::BTreeMap;

use crate::analysis::CountryCode;
use crate::library::{ArticleId, Library, Timeline};

/// The articles of the folder.
pub(crate) fn of_folder(library: &Library) -> Timeline {
    dated(library, library.order().iter().map(|id| (*id, 1)))
}

/// The quotations of a speaker.
pub(crate) fn of_speaker(library: &Library, name: &str) -> Timeline {
    of_quoting(library, library.people().articles_of(name))
}

/// The quotations of a speaker, from the articles that quote them and how often.
pub(crate) fn of_quoting(library: &Library, articles: BTreeMap<ArticleId, u32>) -> Timeline {
    dated(library, articles.into_iter())
}

/// The mentions of a country.
pub(crate) fn of_country(library: &Library, code: CountryCode) -> Timeline {
    let articles = library.articles_mentioning(code).into_iter();
    dated(
        library,
        articles.map(|id| (id, library.mentions_in(id, code))),
    )
}

/// The hits of a search.
pub(crate) fn of_hits(library: &Library, counted: Vec<(ArticleId, u32)>) -> Timeline {
    let articles: BTreeMap<ArticleId, u32> = counted.into_iter().collect();
    dated(library, articles.into_iter())
}

fn dated(library: &Library, counted: impl Iterator<Item = (ArticleId, u32)>) -> Timeline {
    Timeline::of(counted.map(|(id, count)| (id, library.date(id), count)))
}
