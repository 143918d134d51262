//! The speakers of articles, packed, and the name groups that an article takes part in.

pub(super) mod name_groups;
pub(in crate::library) mod pack;
pub(super) mod speakers;
pub(super) mod store;
