//! Finding words, speakers and countries.
//!
//! [`find`] searches one article as a reader types; [`query`] is the language of folder searches, [`scan`]
//! answers such a query for one article, [`record`] is what an index keeps of one, [`terms`] are the words an index keeps and [`plan`] narrows a query
//! down with them, and [`snippet()`] shows a hit in a line. All of them work on the
//! folded source text, never on laid-out lines, and answer in spans of the source.

pub mod find;
pub mod plan;
pub mod query;
mod quote_diff;
pub mod record;
pub mod scan;
pub mod snippet;
pub mod terms;

pub use find::{CaseMatching, TextFinder};
pub use plan::Plan;
pub use query::Query;
pub use quote_diff::{DiffPiece, QuotedWords};
pub use scan::{QueryScan, SearchedArticle};
pub use snippet::{Snippet, context, snippet};
