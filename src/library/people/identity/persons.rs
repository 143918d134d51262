//! Whose name the persons of an article go by: their own, or a surname alone by the one full name with it.

use std::collections::BTreeMap;

use crate::library::people::naming::name::Name;

/// The persons an article quotes: their names taken apart, and under whose each goes.
pub(crate) struct ArticlePersons {
    names: Vec<Name>,
    /// Of each its own index or, for a surname alone, that of the one full name with it.
    homes: Vec<usize>,
}

impl ArticlePersons {
    /// Those with some names, in their order.
    pub(crate) fn named<N: AsRef<str>>(names: impl Iterator<Item = N>) -> Self {
        let names: Vec<Name> = names.map(|name| Name::parse(name.as_ref())).collect();
        // By all ends of full names: the one name with that end, or none of several.
        let mut by_end: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        for (at, name) in names.iter().enumerate().filter(|(_, name)| name.is_full) {
            for end in name.ends() {
                let bearer = by_end.entry(end).or_insert(Some(at));
                let is_same =
                    |known: &usize| names.get(*known).is_some_and(|k| k.base == name.base);
                *bearer = bearer.filter(is_same);
            }
        }
        let home = |(at, name): (usize, &Name)| {
            let bearer = by_end.get(name.base.as_str()).copied().flatten();
            bearer.filter(|_| !name.is_full).unwrap_or(at)
        };
        let homes = names.iter().enumerate().map(home).collect();
        Self { names, homes }
    }

    /// Each name, and what that is made of under which it goes.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Name, &str)> {
        let base = |home: &usize| self.names.get(*home).map_or("", |home| home.base.as_str());
        self.names.iter().zip(self.homes.iter().map(base))
    }
}
