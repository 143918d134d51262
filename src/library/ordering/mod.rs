//! The order of the articles, and counts of them by time and by country.

pub(super) mod article_order;
pub(super) mod sort_order;

mod natural;
mod path_order;
mod sort_key;

pub(super) mod country_totals;
pub(super) mod timeline;

pub use natural::natural_cmp;

#[cfg(test)]
mod tests;
