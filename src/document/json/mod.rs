//! JSON that holds articles.

pub(super) mod fields;
