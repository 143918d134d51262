//! Towns, streets, waters and institutions that bear the name of a country.

use super::super::forms::Cue;
use super::super::list::List;
use super::super::names;
use super::{Case, Rule, Verdict};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "water-or-land",
        doc: "Seas, rivers, gulfs, deltas and straits are not the country they are named after.",
        matches: &[
            "The Gulf of Oman is calm.",
            "The Niger River rose.",
            "Fish of Lake Malawi",
            "the Irish Sea",
        ],
        misses: &["The <NE>Niger</NE> army advanced along the river."],
        apply: water_or_land,
    },
    Rule {
        id: "street-or-school",
        doc: "A capitalized Street, Park, County, High School or the like makes the word the name of that.",
        matches: &[
            "The bus left Norway Street.",
            "Cuba High School won.",
            "the Spanish Oaks Apartments",
        ],
        misses: &[
            "The <NO>Norwegian</NO> High Court ruled.",
            "<NO>Norway</NO> parks its oil money.",
        ],
        apply: street_or_school,
    },
    Rule {
        id: "town-with-state",
        doc: "A name before a comma and a US state is a town there.",
        matches: &[
            "He moved to Peru, Indiana, in May.",
            "a barn near Norway, Maine",
        ],
        misses: &["He moved to <PE>Peru</PE>, and stayed."],
        apply: town_with_state,
    },
    Rule {
        id: "resident-of-town",
        doc: "English says a Lebanese man; a Lebanon man is from a town of that name. So are addresses and ages.",
        matches: &[
            "A Lebanon man was fined.",
            "Rita Moss, 34, of Peru, was fined.",
            "at 12 Oak St., Lebanon",
        ],
        misses: &["A <LB>Lebanese</LB> man was fined."],
        apply: resident_of_town,
    },
    Rule {
        id: "local-town",
        doc: "An article of US places and no foreign ones means the town when a country's name is also a town's.",
        matches: &["MALTA – Volunteers from Illinois and Wisconsin sorted books."],
        misses: &["<MT>Malta</MT> is an island south of <IT>Italy</IT>."],
        apply: local_town,
    },
];

const WATERS: List =
    List::new("basin bay canal cataract channel creek delta gulf ocean river sea strait straits");
const WATERS_OF: List = List::new("bay gulf horn isthmus sea strait straits");

fn water_or_land(case: &Case<'_>) -> Option<Verdict> {
    let (before, after) = (case.around.prev(0), case.around.next(0));
    let named_after = after.touches() && after.is_capitalized() && WATERS.has(after.text);
    let of = usize::from(before.is("the"));
    let named_of = case.around.prev(of).is("of")
        && WATERS_OF.has(case.around.prev(of + 1).text)
        && case.around.prev(of + 1).is_capitalized();
    let named_before = case.is_name()
        && before.touches()
        && before.is_capitalized()
        && (before.is("river") || before.is("lake") || before.is("rio"));
    (named_after || named_of || named_before).then_some(Verdict::Nothing)
}

const STREETS: List = List::new(
    "acres apartments ave avenue beach blvd boulevard cemetery chapel church county creek \
     crossing drive elementary estates falls farm farms gardens grove heights hill hills hollow \
     isd junction lake lakes landing lane meadows memorial mills oaks orchard orchards parish \
     park parkway pike point ranch rd ridge road run springs st street terrace township trail \
     trails twp valley village woods",
);
/// After a name only: the adjective goes with these as a country's ("the French Square Dance Union").
const LOCAL: List =
    List::new("borough city civic downtown fire independent isd municipal square town utilities");

fn street_or_school(case: &Case<'_>) -> Option<Verdict> {
    let (after, second) = (case.around.next(0), case.around.next(1));
    let small = matches!(after.text, "high" | "middle" | "elementary");
    if case.is_name()
        && TOWNS.has(case.form)
        && small
        && after.touches()
        && (second.is("school") || after.is("elementary"))
    {
        return Some(Verdict::Town);
    }
    let before = case.around.prev(0);
    if case.is_name() && before.is("little") && before.is_capitalized() && before.touches() {
        return Some(Verdict::Nothing);
    }
    if !after.touches() || !after.is_capitalized() {
        return None;
    }
    let school = matches!(after.text, "High" | "Middle") && second.touches() && second.is("school");
    let local = case.is_name() && LOCAL.has(after.text) && second.is_capitalized();
    if case.is_name() && (school || local || SCHOOLS_OF.has(after.text)) {
        return Some(Verdict::Town);
    }
    if case.is_name()
        && TOWNS.has(case.form)
        && ROADS.has(after.text)
        && !case.facts.is_foreign(case.code)
    {
        return Some(Verdict::Town);
    }
    let tail = second.touches() && second.is_capitalized() && BUILT.has(second.text);
    (school || STREETS.has(after.text) || tail).then_some(Verdict::Nothing)
}

const SCHOOLS_OF: List = List::new("elementary isd township");
const ROADS: List = List::new("rd road st street");
/// Words that make the two words before them the name of something local.
const BUILT: List = List::new("apartments estates subdivision");

/// Country names that are also towns of the United States.
const TOWNS: List = List::new(
    "albania angola belgium bermuda brazil canada chile china cuba cyprus denmark dominica egypt \
     england finland france georgia germany gibraltar greece grenada haiti holland iceland \
     ireland israel italy jamaica jersey jordan kenya lebanon liberia luxemburg macedonia malta \
     mexico monaco morocco norway palestine panama peru poland portugal russia samoa scotland \
     spain sudan sweden switzerland syria trinidad turkey vietnam wales",
);

fn town_with_state(case: &Case<'_>) -> Option<Verdict> {
    let after = case.around.next(0);
    let comma = after.gap.starts_with(',') && after.gap.len() <= 3;
    // Turkey, Georgia and Armenia: among countries Georgia is one.
    let state =
        names::is_state(&case.around) && !(after.is("georgia") && case.facts.is_foreign(case.code));
    (case.is_name() && comma && TOWNS.has(case.form) && state).then_some(Verdict::Town)
}

const RESIDENTS: List = List::new(
    "boy couple driver firefighters girl homeowner husband man men motorcyclist motorist native \
     resident residents schools teen teenager teens trucker woman women",
);
/// Nouns before which a country would stand as its adjective.
const LOCAL_NOUNS: List = List::new(
    "alderman area church council councilman fire firefighter hospital house mayor motel officer \
     pharmacy police restaurant school store student students teacher team volunteer",
);
const STREET_ENDS: List = List::new("ave avenue blvd dr drive lane ln rd road st street");
const CITIES: List = List::new("city town village");

fn resident_of_town(case: &Case<'_>) -> Option<Verdict> {
    if !case.is_name() || !TOWNS.has(case.form) {
        return None;
    }
    let (before, after) = (case.around.prev(0), case.around.next(0));
    let local = SMALL_TOWNS.has(case.form)
        && after.touches()
        && LOCAL_NOUNS.has(after.text)
        && !case.facts.is_foreign(case.code)
        && case.is_running();
    let resident = after.touches() && RESIDENTS.has(after.text) && !case.is_raised();
    let limits = after.touches()
        && after.is("city")
        && matches!(
            case.around.next(1).text,
            "limits" | "council" | "hall" | "officials"
        );
    let of = usize::from(before.is("of") || before.is("in"));
    let aged = case.around.prev(of);
    let age = aged.text.len() == 2
        && aged.text.bytes().all(|b| b.is_ascii_digit())
        && gap_is_comma(aged.gap, of == 1, before.gap);
    let street = STREET_ENDS.has(before.text)
        && before.is_capitalized()
        && before.gap.trim_start_matches('.').starts_with(',');
    let city_of =
        before.is("of") && CITIES.has(case.around.prev(1).text) && case.around.prev(1).touches();
    let downtown = before.touches() && before.is("downtown");
    (resident || local || limits || age || street || city_of || downtown).then_some(Verdict::Town)
}

fn gap_is_comma(gap: &str, through_of: bool, inner: &str) -> bool {
    gap == ", " && (!through_of || inner == " ")
}

/// Towns whose papers write of nothing else.
const SMALL_TOWNS: List =
    List::new("denmark grenada holland jordan lebanon malta norway palestine peru");
const NOT_PERSONS: List = List::new(
    "bank emperor government king kingdom minister ministry people president prime prince \
     princess queen republic saint st state sultan united university",
);

fn local_town(case: &Case<'_>) -> Option<Verdict> {
    if !case.is_name() || !TOWNS.has(case.form) || case.form == "Georgia" {
        return None;
    }
    let facts = case.facts;
    let at_home = facts.is_local() && !facts.is_foreign(case.code);
    if !at_home {
        return None;
    }
    let (before, after) = (case.around.prev(0), case.around.next(0));
    let dateline = case.is_raised()
        && case.starts_sentence()
        && (matches!(after.gap.trim(), "–" | "—" | "--" | "-" | "―")
            || (after.gap == " (" && after.is_raised()));
    let (first, last) = (case.around.prev(2), case.around.prev(1));
    let person = before.is("of")
        && last.touches()
        && last.is_capitalized()
        && first.touches()
        && first.is_capitalized()
        && !NOT_PERSONS.has(first.text)
        && !NOT_PERSONS.has(last.text)
        && !after.touches();
    if dateline || person {
        return Some(Verdict::Town);
    }
    // Only papers of such a town write of it with nothing else abroad; but a paper of the capital may.
    let small = SMALL_TOWNS.has(case.form) && before.gap != "-";
    let abroad = facts.named(*b"US") + facts.adjectives(*b"US") > 0;
    match (small, facts.count(Cue::UsLocal)) {
        (true, 1..) if facts.local() > 1 => Some(Verdict::Town),
        // After Lebanon, Ohio, in the same sentence the bare word is the other one.
        (true, _) if !abroad && case.prior.is_none_or(|(_, rule)| rule != "town-with-state") => {
            Some(Verdict::Doubtful(case.code))
        }
        _ => None,
    }
}
