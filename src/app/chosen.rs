//! What a reader chose, in the words of the layers that carry it out.
//!
//! The configuration may not know the library or the search, nor they it; here they meet.

use crate::config::settings;
use crate::library::SortOrder;
use crate::search::Case;

impl From<settings::Sort> for SortOrder {
    fn from(sort: settings::Sort) -> Self {
        match sort {
            settings::Sort::Newest => Self::Newest,
            settings::Sort::Oldest => Self::Oldest,
            settings::Sort::Title => Self::Title,
            settings::Sort::Path => Self::Path,
            settings::Sort::Unread => Self::Unread,
            settings::Sort::Quotations => Self::Quotations,
        }
    }
}

impl From<settings::Case> for Case {
    fn from(case: settings::Case) -> Self {
        match case {
            settings::Case::Smart => Self::Smart,
            settings::Case::Ignore => Self::Ignore,
            settings::Case::Exact => Self::Exact,
        }
    }
}
