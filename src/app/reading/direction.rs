//! Forward or back.

/// Which way to step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end.
    On,
    /// Towards the start.
    Back,
}

impl Direction {
    /// The other way.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::On => Self::Back,
            Self::Back => Self::On,
        }
    }
}
