//! The persons of an article: a surname alone goes with the one full name that ends with it.

use std::collections::BTreeMap;

use crate::library::people::naming::name::Name;

/// The persons an article quotes.
pub(crate) struct ArticlePersons {
    names: Vec<Name>,
    /// For each its own index or, for a surname, that of the one full name that ends with it.
    homes: Vec<usize>,
}

impl ArticlePersons {
    /// Persons with these names, in this order.
    pub(crate) fn named<N: AsRef<str>>(names: impl Iterator<Item = N>) -> Self {
        let names: Vec<Name> = names.map(|name| Name::parse(name.as_ref())).collect();
        // By the ends of full names: the one name with that end, or `None` if there are several.
        let mut by_end: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        for (at, name) in names.iter().enumerate().filter(|(_, name)| name.is_full) {
            for end in name.ends() {
                let full = by_end.entry(end).or_insert(Some(at));
                *full = full.filter(|other| names[*other].base == name.base);
            }
        }
        let home = |(at, name): (usize, &Name)| match by_end.get(name.base.as_str()) {
            Some(Some(full)) if !name.is_full => *full,
            _ => at,
        };
        let homes = names.iter().enumerate().map(home).collect();
        Self { names, homes }
    }

    /// Each name, and the base of the name it goes with.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Name, &str)> {
        let homes = self.homes.iter();
        let bases = homes.map(|home| self.names[*home].base.as_str());
        self.names.iter().zip(bases)
    }
}
