//! Who a name is: groups of names, persons, and names with several bearers.

pub(super) mod ambiguous;
pub(super) mod group;
pub(super) mod lookup;
pub(super) mod person;
pub(super) mod persons;
