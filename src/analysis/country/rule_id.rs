//! The names and explanations of the rules, by number.

use super::mention::CountryRuleId;
use super::rules;

/// The rule of every name found in an article that is not in English.
pub(super) const FOREIGN: &str = "name-in-its-language";

impl CountryRuleId {
    /// The rule with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let place = names().position(|known| known == name)?;
        Some(Self::at(place))
    }

    /// The rule at a place among [`names`].
    pub(super) fn at(place: usize) -> Self {
        u8::try_from(place).map_or_else(|_| Self::default(), Self)
    }

    /// Its name, which never changes: `state-or-country`.
    #[must_use]
    pub fn name(self) -> &'static str {
        names().nth(usize::from(self.0)).unwrap_or("unknown")
    }

    /// A sentence that explains it.
    #[must_use]
    pub fn doc(self) -> Option<&'static str> {
        rules::doc(self.name())
    }
}

/// A rule that no table has.
impl Default for CountryRuleId {
    fn default() -> Self {
        Self(u8::MAX)
    }
}

/// The names of all rules, by number.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let rules = rules::RULES.iter().copied().flatten().map(|rule| rule.id);
    rules.chain([rules::PLAIN, FOREIGN])
}
