//! The order a reader chose, as the library knows it.
//!
//! The configuration may not know the library, nor the library the configuration; here they meet.

use crate::config::settings;
use crate::library::SortOrder;

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
