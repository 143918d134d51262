//! What the tests drive pullquote with: a model without a terminal, and the program in one.

pub(crate) mod journey;
