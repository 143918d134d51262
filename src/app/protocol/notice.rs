//! A sentence for the status line.

/// A sentence for the status line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// Whether it reports that something went wrong.
    pub is_problem: bool,
}

impl Notice {
    /// Something the reader may like to know.
    #[must_use]
    pub fn info(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_problem: false,
        }
    }

    /// Something that went wrong, with what to do next.
    #[must_use]
    pub fn problem(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_problem: true,
        }
    }
}
