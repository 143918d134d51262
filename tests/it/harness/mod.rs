//! What the tests drive pullquote with: a model without a terminal, and the program in one.

mod folder;
pub(crate) mod journey;
#[cfg(unix)]
pub(crate) mod session;
