//! What the library knows of each article without its text.

pub(super) mod card;
pub(super) mod dates;
pub(super) mod entry;
pub(super) mod facts;
pub(super) mod file_names;
pub(super) mod files;
pub(super) mod location;
pub(super) mod packed_survey;
pub(super) mod shelf;
pub(super) mod survey;
pub(super) mod updating;
