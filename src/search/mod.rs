//! Searching articles for words, speakers and countries.
//!
//! [`find`] searches one article while the user types. [`query`] parses the query language of folder searches and
//! [`scan`] matches such a query against one article. For the index, [`terms`] cuts articles into words, [`plan`]
//! narrows a query down with them, and [`record`] serializes what the index stores. [`snippet()`] cuts out the words
//! around a hit, and [`QuotedWords`] compares quotations.
//!
//! Everything here works on the folded source text, never on laid-out lines, and returns spans of the source.

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
