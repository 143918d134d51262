//! The packed record of the speakers of an article.

pub(super) mod article;
pub(super) mod groups;
