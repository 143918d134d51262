//! How much the work on long lists of people does at a time.

/// How much the work on long lists of people does at a time. Tests pass small numbers, so that a
/// few people take many steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchSizes {
    /// Names that can be read without a noticeable delay.
    pub at_once: usize,
    /// People that are sorted in one step.
    pub bucket: usize,
    /// Names that are read before the others are put into buckets.
    pub sample: usize,
    /// Rows that show while it is worked out who else passes a filter.
    pub first_rows: usize,
    /// Names that are read in a step. A key waits for one step at most.
    pub step: usize,
    /// Articles that are read for what is in view before a frame shows some of it.
    pub articles: usize,
}

impl Default for BatchSizes {
    fn default() -> Self {
        Self {
            at_once: 8192,
            bucket: 2048,
            sample: 4096,
            first_rows: 128,
            step: 4096,
            articles: 4096,
        }
    }
}
