//! Forward or back.

/// Which way to step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepDirection {
    /// Towards the end.
    Forward,
    /// Towards the start.
    Backward,
}

impl StepDirection {
    /// The other way.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Forward => Self::Backward,
            Self::Backward => Self::Forward,
        }
    }
}
