//! The list of articles: its order and its groups.

pub mod groups;
pub(super) mod sort_order;
