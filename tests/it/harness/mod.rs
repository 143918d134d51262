//! Test drivers: a model without a terminal, and the program in a terminal.

mod folder;
pub(crate) mod journey;
#[cfg(unix)]
pub(crate) mod session;
