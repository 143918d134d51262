//! What the library knows of each article without its text.

pub(super) mod dates;
pub(super) mod file_index;
pub(super) mod file_names;
pub(super) mod location;
pub(super) mod packed_meta;
pub(super) mod packed_survey;
pub(super) mod row;
pub(super) mod search_scope;
pub(super) mod survey;
pub(super) mod updating;
pub(super) mod view;
