//! Distinguishing people with the same name by their initials, and by their offices and when they
//! were quoted.
//!
//! The same name is taken for the same person, unless middle initials contradict each other, or
//! offices belong to different countries and years lie between them.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::name::Extra;
use crate::analysis::CountryCode;
use crate::lexicon::gazetteer;

/// After this many days without a quotation, an office of another country is taken for another person's.
const SILENCE_DAYS: i32 = 8 * 365;

/// How an article uses a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameUse<'a> {
    /// Middle initials and the like.
    pub extra: &'a Extra,
    /// The country of the office.
    pub country: Option<CountryCode>,
    /// When, in days since 1970.
    pub day: Option<i32>,
}

/// Further classes are merged into the last one.
const MOST_CLASSES: u8 = 200;
/// Further kinds of initials are not distinguished.
const MOST_EXTRAS: usize = 50;

/// Assigns every use of a name to a class for its person, numbered from 0.
pub(crate) fn classes(uses: &[NameUse<'_>]) -> Vec<u8> {
    let by_extra = by_extra(uses);
    let mut classes = vec![0; uses.len()];
    let mut n_classes = 0;
    let n_extras = by_extra.iter().fold(0, |most, class| most.max(class + 1));
    for class in 0..n_extras {
        let members = (0..uses.len()).filter(|at| by_extra[*at] == class);
        let members: Vec<usize> = members.collect();
        let own: Vec<NameUse<'_>> = members.iter().map(|at| uses[*at]).collect();
        let mut most = 0;
        for (&at, part) in members.iter().zip(by_time(&own)) {
            classes[at] = n_classes + part;
            most = most.max(part);
        }
        n_classes = (n_classes + most).saturating_add(1).min(MOST_CLASSES);
    }
    classes
}

/// The kind of initials of every use. Initials that agree with one kind only are of that kind;
/// those that agree with several are a kind of their own.
fn by_extra(uses: &[NameUse<'_>]) -> Vec<u8> {
    let mut extras: Vec<&Extra> = uses.iter().map(|name| name.extra).collect();
    extras.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    extras.dedup();
    let mut kinds: Vec<Vec<&Extra>> = Vec::new();
    for extra in extras.into_iter().take(MOST_EXTRAS) {
        let fits = |kind: &&mut Vec<&Extra>| kind.iter().all(|other| other.agrees_with(extra));
        let mut fitting = kinds.iter_mut().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => only.push(extra),
            _ => kinds.push(vec![extra]),
        }
    }
    let kinds = (0..).zip(&kinds);
    let kinds = kinds.flat_map(|(kind, extras)| extras.iter().map(move |extra| (*extra, kind)));
    let kinds: HashMap<&Extra, u8> = kinds.collect();
    let kind = |name: &NameUse<'_>| match kinds.get(name.extra) {
        Some(kind) => *kind,
        None => 0,
    };
    uses.iter().map(kind).collect()
}

/// A time without a long silence.
struct ActivePeriod {
    first: i32,
    last: i32,
    countries: BTreeSet<CountryCode>,
    n_uses: usize,
}

/// The active period of every use.
fn by_time(uses: &[NameUse<'_>]) -> Vec<u8> {
    let countries: BTreeSet<CountryCode> = uses.iter().filter_map(|name| name.country).collect();
    if countries.len() < 2 {
        return vec![0; uses.len()];
    }
    let periods = united(periods(uses));
    if periods.len() < 2 {
        return vec![0; uses.len()];
    }
    let periods: Vec<(u8, &ActivePeriod)> = (0..).zip(&periods).collect();
    let largest = periods.iter().rev().max_by_key(|(_, period)| period.n_uses);
    let period = |name: &NameUse<'_>| {
        let is_in = |(_, period): &&(u8, &ActivePeriod)| match (name.day, name.country) {
            (Some(day), _) => (period.first..=period.last).contains(&day),
            (None, Some(country)) => period.countries.contains(&country),
            (None, None) => false,
        };
        match periods.iter().find(is_in).or(largest) {
            Some((number, _)) => *number,
            None => 0,
        }
    };
    uses.iter().map(period).collect()
}

/// The active periods of a name.
fn periods(uses: &[NameUse<'_>]) -> Vec<ActivePeriod> {
    let dated = uses
        .iter()
        .filter_map(|name| Some((name.day?, name.country)));
    let mut dated: Vec<(i32, Option<CountryCode>)> = dated.collect();
    dated.sort_unstable();
    let mut periods: Vec<ActivePeriod> = Vec::new();
    for (day, country) in dated {
        match periods.last_mut() {
            Some(period) if day.saturating_sub(period.last) < SILENCE_DAYS => {
                period.last = day;
                period.n_uses += 1;
                period.countries.extend(country);
            }
            _ => periods.push(ActivePeriod {
                first: day,
                last: day,
                countries: country.into_iter().collect(),
                n_uses: 1,
            }),
        }
    }
    periods
}

/// Periods that share a country are united, with everything between them; a period without a
/// country is united with the one before it.
fn united(periods: Vec<ActivePeriod>) -> Vec<ActivePeriod> {
    let mut united: Vec<ActivePeriod> = Vec::new();
    for period in periods {
        let is_vague = |s: &ActivePeriod| s.countries.is_empty();
        let shares = |s: &ActivePeriod| !s.countries.is_disjoint(&period.countries);
        let from = match united.iter().position(shares) {
            Some(at) => at,
            None if is_vague(&period) || united.last().is_some_and(is_vague) => {
                united.len().saturating_sub(1)
            }
            None => united.len(),
        };
        let mut whole = period;
        for earlier in united.drain(from..) {
            whole.first = whole.first.min(earlier.first);
            whole.n_uses += earlier.n_uses;
            whole.countries.extend(earlier.countries);
        }
        united.push(whole);
    }
    united
}

/// Shorter words have other meanings too often.
const SHORTEST_COUNTRY_WORD: usize = 4;

/// The words for countries and their people, in lowercase.
static COUNTRY_WORDS: LazyLock<HashMap<String, CountryCode>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for country in gazetteer::countries() {
        for word in country
            .words()
            .filter(|word| word.len() >= SHORTEST_COUNTRY_WORD)
        {
            words.entry(word.to_lowercase()).or_insert(country.code);
        }
    }
    words
});

/// The country of an office, if it comes before a preposition: `British MP`, `U.S. envoy to Syria`.
pub(crate) fn country_of(role: &str) -> Option<CountryCode> {
    const ENDS: &[&str] = &["of", "to", "for", "in", "at", "on", "from", "and", "with"];
    let words = role.split([' ', ',']);
    let mut own = words.take_while(|word| !ENDS.contains(word));
    own.find_map(|word| match word {
        "US" | "U.S." | "American" => CountryCode::parse("us"),
        "UK" | "U.K." => CountryCode::parse("gb"),
        _ if word.starts_with(char::is_uppercase) => {
            let word = word.trim_end_matches("'s").trim_end_matches("’s");
            COUNTRY_WORDS.get(&word.to_lowercase()).copied()
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::name::Name;
    use super::*;

    /// The classes of uses of a name: the form, the country of the office, the year.
    fn classes_of(uses: &[(&str, Option<&str>, Option<i32>)]) -> Vec<u8> {
        let extras: Vec<Extra> = uses.iter().map(|(n, ..)| Name::parse(n).extra).collect();
        let uses: Vec<NameUse<'_>> = uses
            .iter()
            .zip(&extras)
            .map(|((_, country, year), extra)| NameUse {
                extra,
                country: country.and_then(CountryCode::parse),
                day: year.map(|year| (year - 1970) * 365),
            })
            .collect();
        classes(&uses)
    }

    #[test]
    fn one_person_changes_office_and_leaves_initials_out() {
        let j = "John Smith";
        assert_eq!(
            classes_of(&[(j, None, None), ("John Q. Smith", None, None)]),
            [0, 0]
        );
        assert_eq!(
            classes_of(&[(j, Some("us"), Some(1990)), (j, Some("us"), Some(2016))]),
            [0, 0]
        );
        assert_eq!(
            classes_of(&[(j, Some("us"), Some(2015)), (j, Some("gb"), Some(2016))]),
            [0, 0]
        );
        assert_eq!(
            classes_of(&[(j, Some("us"), None), (j, Some("gb"), None)]),
            [0, 0]
        );
        // Quoted all the time, so there was no silence.
        let mut years: Vec<_> = (1990..2016).map(|year| (j, None, Some(year))).collect();
        years.push((j, Some("us"), Some(1990)));
        years.push((j, Some("gb"), Some(2015)));
        assert!(classes_of(&years).iter().all(|class| *class == 0));
    }

    #[test]
    fn offices_of_two_countries_far_apart_are_two_people() {
        let j = "John Smith";
        let uses = [
            (j, Some("gb"), Some(1995)),
            (j, None, Some(1996)),
            (j, Some("au"), Some(2016)),
            (j, Some("au"), Some(2015)),
            (j, Some("gb"), None),
        ];
        assert_eq!(classes_of(&uses), [0, 0, 1, 1, 0]);
    }

    #[test]
    fn contradicting_initials_are_two_people_and_the_plain_name_is_neither() {
        let uses = [
            ("George W. Bush", None, None),
            ("George H. W. Bush", None, None),
            ("George Bush", None, None),
            ("George H. Bush", None, None),
        ];
        let classes = classes_of(&uses);
        assert_ne!(classes.first(), classes.get(1));
        assert_ne!(classes.first(), classes.get(2));
        assert_ne!(classes.get(1), classes.get(2));
        assert_eq!(classes.get(1), classes.get(3));
    }

    #[test]
    fn an_office_belongs_to_the_country_it_begins_with() {
        let code = |role: &str| country_of(role).map(|code| code.as_str().to_owned());
        assert_eq!(code("British MP").as_deref(), Some("GB"));
        assert_eq!(code("Russian Foreign Minister").as_deref(), Some("RU"));
        assert_eq!(code("U.S. envoy to Syria").as_deref(), Some("US"));
        assert_eq!(code("PM"), None);
        assert_eq!(code("envoy to Syria"), None);
        assert_eq!(code("mayor"), None);
    }
}
