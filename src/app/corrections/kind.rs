//! What can be corrected, and what can be chosen for it.

use std::sync::Arc;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CorrectionKind {
    /// Somebody else said the quotation.
    Quotation,
    /// Two names are of one person.
    Same,
    /// The name is another one.
    Name,
    /// In the open article the name is somebody else's.
    Here,
    /// It is no speaker at all.
    Nobody,
}

/// A row to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorrectionChoice {
    /// What is wrong.
    Kind(CorrectionKind),
    /// A person.
    Person {
        /// The name they go by.
        name: Arc<str>,
        /// How often they are quoted.
        quotations: u32,
        /// Whether it may be the same in another spelling.
        is_alike: bool,
    },
    /// A name nobody has yet.
    New(String),
    /// Nobody known.
    Unknown,
}
