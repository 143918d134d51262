//! Who a name stands for: name groups, their bearers, and names that several people have.

pub(super) mod id;
pub(super) mod person;
pub(super) mod resolver;

pub(super) mod article_persons;
pub(super) mod group;
pub(super) mod name_index;

pub(super) mod ambiguous;
