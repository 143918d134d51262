//! Telling two bearers of one name apart, by what they are and when they were quoted.
//!
//! A name alone says that it is one person. Against it speak contradicting middle initials, and offices of
//! different countries with years of silence between them.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::name::Extra;
use crate::analysis::CountryCode;
use crate::lexicon::gazetteer;

/// Days of silence after which an office of another country is taken for another person's.
const SILENCE_DAYS: i32 = 8 * 365;

/// What is known of one article's use of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameUse<'a> {
    /// Middle initials and the like.
    pub extra: &'a Extra,
    /// The country of the office.
    pub country: Option<CountryCode>,
    /// When, as days since 1970.
    pub day: Option<i32>,
}

/// Puts every trace into a class of its own person, numbered from 0.
pub(crate) fn classes(traces: &[NameUse<'_>]) -> Vec<u8> {
    let by_extra = by_extra(traces);
    let mut classes = vec![0; traces.len()];
    let mut n_classes = 0;
    for class in 0..=by_extra.iter().copied().max().unwrap_or(0) {
        let members: Vec<usize> = (0..traces.len())
            .filter(|&index| by_extra.get(index) == Some(&class))
            .collect();
        let own: Vec<NameUse<'_>> = members
            .iter()
            .filter_map(|&index| traces.get(index).copied())
            .collect();
        let mut most = 0;
        for (&index, part) in members.iter().zip(by_time(&own)) {
            if let Some(slot) = classes.get_mut(index) {
                *slot = n_classes + part;
            }
            most = most.max(part);
        }
        n_classes = (n_classes + most).saturating_add(1).min(200);
    }
    classes
}

/// Whoever agrees with only one kind of bearer is that one; whoever agrees with several is none of them.
fn by_extra(traces: &[NameUse<'_>]) -> Vec<u8> {
    let mut extras: Vec<&Extra> = traces.iter().map(|trace| trace.extra).collect();
    extras.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    extras.dedup();
    let mut kinds: Vec<Vec<&Extra>> = Vec::new();
    let mut kind_of: HashMap<&Extra, u8> = HashMap::new();
    for extra in extras.into_iter().take(50) {
        let fits = |kind: &Vec<&Extra>| kind.iter().all(|other| other.agrees_with(extra));
        let mut fitting = (0..kinds.len()).filter(|&kind| kinds.get(kind).is_some_and(fits));
        let kind = if let (Some(only), None) = (fitting.next(), fitting.next()) {
            only
        } else {
            kinds.push(Vec::new());
            kinds.len() - 1
        };
        if let Some(members) = kinds.get_mut(kind) {
            members.push(extra);
        }
        kind_of.insert(extra, u8::try_from(kind).unwrap_or(0));
    }
    traces
        .iter()
        .map(|trace| kind_of.get(trace.extra).copied().unwrap_or(0))
        .collect()
}

/// A stretch of time without long silence.
struct ActivePeriod {
    first: i32,
    last: i32,
    countries: BTreeSet<CountryCode>,
    n_traces: usize,
}

fn by_time(traces: &[NameUse<'_>]) -> Vec<u8> {
    let countries: BTreeSet<CountryCode> = traces.iter().filter_map(|t| t.country).collect();
    if countries.len() < 2 {
        return vec![0; traces.len()];
    }
    let stretches = united(stretches(traces));
    if stretches.len() < 2 {
        return vec![0; traces.len()];
    }
    let largest = (0..stretches.len())
        .rev()
        .max_by_key(|&index| stretches.get(index).map_or(0, |s| s.n_traces))
        .unwrap_or(0);
    let place = |trace: &NameUse<'_>| {
        let has_day = |s: &ActivePeriod| trace.day.is_some_and(|d| (s.first..=s.last).contains(&d));
        let has_country =
            |s: &ActivePeriod| trace.country.is_some_and(|c| s.countries.contains(&c));
        let found = match trace.day {
            Some(_) => stretches.iter().position(has_day),
            None => stretches.iter().position(has_country),
        };
        u8::try_from(found.unwrap_or(largest)).unwrap_or(0)
    };
    traces.iter().map(place).collect()
}

fn stretches(traces: &[NameUse<'_>]) -> Vec<ActivePeriod> {
    let mut dated: Vec<(i32, Option<CountryCode>)> = traces
        .iter()
        .filter_map(|trace| Some((trace.day?, trace.country)))
        .collect();
    dated.sort_unstable();
    let mut stretches: Vec<ActivePeriod> = Vec::new();
    for (day, country) in dated {
        match stretches.last_mut() {
            Some(stretch) if day.saturating_sub(stretch.last) < SILENCE_DAYS => {
                stretch.last = day;
                stretch.n_traces += 1;
                stretch.countries.extend(country);
            }
            _ => stretches.push(ActivePeriod {
                first: day,
                last: day,
                countries: country.into_iter().collect(),
                n_traces: 1,
            }),
        }
    }
    stretches
}

/// Stretches that share a country, and all between them, are one; so is one without a country with its neighbor.
fn united(stretches: Vec<ActivePeriod>) -> Vec<ActivePeriod> {
    let mut united: Vec<ActivePeriod> = Vec::new();
    for stretch in stretches {
        let is_vague = |s: &ActivePeriod| s.countries.is_empty();
        let shares = |s: &ActivePeriod| !s.countries.is_disjoint(&stretch.countries);
        let from = match united.iter().position(shares) {
            Some(at) => at,
            None if is_vague(&stretch) || united.last().is_some_and(is_vague) => {
                united.len().saturating_sub(1)
            }
            None => united.len(),
        };
        let mut whole = stretch;
        for earlier in united.drain(from..) {
            whole.first = whole.first.min(earlier.first);
            whole.n_traces += earlier.n_traces;
            whole.countries.extend(earlier.countries);
        }
        united.push(whole);
    }
    united
}

/// The words for countries and their people, in small letters.
static COUNTRY_WORDS: LazyLock<HashMap<String, CountryCode>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for country in gazetteer::countries() {
        for word in country.words().filter(|word| word.len() > 3) {
            words.entry(word.to_lowercase()).or_insert(country.code);
        }
    }
    words
});

/// The country an office belongs to, when it says so before anything else: `British MP`, `U.S. envoy to Syria`.
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

    /// Classes of uses of a name: the form, the country of the office, the year.
    fn apart(uses: &[(&str, Option<&str>, Option<i32>)]) -> Vec<u8> {
        let extras: Vec<Extra> = uses.iter().map(|(n, ..)| Name::parse(n).extra).collect();
        let traces: Vec<NameUse<'_>> = uses
            .iter()
            .zip(&extras)
            .map(|((_, country, year), extra)| NameUse {
                extra,
                country: country.and_then(CountryCode::parse),
                day: year.map(|year| (year - 1970) * 365),
            })
            .collect();
        classes(&traces)
    }

    #[test]
    fn one_person_changes_office_and_leaves_initials_out() {
        let j = "John Smith";
        assert_eq!(
            apart(&[(j, None, None), ("John Q. Smith", None, None)]),
            [0, 0]
        );
        assert_eq!(
            apart(&[(j, Some("us"), Some(1990)), (j, Some("us"), Some(2016))]),
            [0, 0]
        );
        assert_eq!(
            apart(&[(j, Some("us"), Some(2015)), (j, Some("gb"), Some(2016))]),
            [0, 0]
        );
        assert_eq!(
            apart(&[(j, Some("us"), None), (j, Some("gb"), None)]),
            [0, 0]
        );
        // Quoted all the time, so there was no silence.
        let mut years: Vec<_> = (1990..2016).map(|year| (j, None, Some(year))).collect();
        years.push((j, Some("us"), Some(1990)));
        years.push((j, Some("gb"), Some(2015)));
        assert!(apart(&years).iter().all(|class| *class == 0));
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
        assert_eq!(apart(&uses), [0, 0, 1, 1, 0]);
    }

    #[test]
    fn contradicting_initials_are_two_people_and_the_plain_name_is_neither() {
        let uses = [
            ("George W. Bush", None, None),
            ("George H. W. Bush", None, None),
            ("George Bush", None, None),
            ("George H. Bush", None, None),
        ];
        let classes = apart(&uses);
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
