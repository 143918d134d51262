//! The number of a person.

use crate::library::name_table::NameSlot;

/// The number of a person or organization. It is valid until the articles change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(u32);

/// Set in the number of a person with an ambiguous name.
const AMBIGUOUS: u32 = 1 << 31;

/// Where a person is found.
pub(crate) enum IdKind {
    /// The index among those with ambiguous names.
    Ambiguous(usize),
    /// The only bearer of the name in a slot.
    Unambiguous(NameSlot),
}

impl PersonId {
    /// The person at an index among those with ambiguous names.
    pub(crate) fn ambiguous(index: usize) -> Self {
        Self(crate::packed::count(index) | AMBIGUOUS)
    }

    /// The only bearer of the name in a slot.
    pub(crate) const fn unambiguous(slot: NameSlot) -> Self {
        Self(slot.0)
    }

    pub(crate) const fn kind(self) -> IdKind {
        if self.0 & AMBIGUOUS != 0 {
            IdKind::Ambiguous((self.0 & !AMBIGUOUS) as usize)
        } else {
            IdKind::Unambiguous(NameSlot(self.0))
        }
    }

    /// Whether the person's name is ambiguous.
    pub(crate) const fn is_ambiguous(self) -> bool {
        self.0 & AMBIGUOUS != 0
    }
}
