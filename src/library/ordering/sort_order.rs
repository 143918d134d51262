//! The orders a list of articles can have.

/// The orders a list of articles can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortOrder {
    /// By path, numbers by value.
    #[default]
    Path,
    /// Newest first; articles without a date last.
    Newest,
    /// Oldest first; articles without a date last.
    Oldest,
    /// By headline.
    Title,
    /// Unread ones first, then newest first.
    Unread,
    /// Most quotations first.
    Quotations,
}

impl SortOrder {
    /// All orders.
    pub const ALL: [Self; 6] = [
        Self::Path,
        Self::Newest,
        Self::Oldest,
        Self::Title,
        Self::Unread,
        Self::Quotations,
    ];

    /// The name of the order in the configuration and on screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Title => "title",
            Self::Unread => "unread",
            Self::Quotations => "quotations",
        }
    }

    /// The order with a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }

    /// The next order; after the last comes the first.
    #[must_use]
    pub const fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }
}
