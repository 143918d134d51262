//! The packed record of the speakers of an article.

pub(super) mod name_groups;
pub(super) mod speakers;
