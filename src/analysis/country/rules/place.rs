//! Rules for towns, streets, waters and institutions that bear the name of a country.

use super::super::context::NeighborWord;
use super::super::forms::TopicCue;
use super::super::names;
use super::{CountryCase, CountryRule, CountryVerdict};
use crate::analysis::country::word_list::WordList;

pub(super) static RULES: &[CountryRule] = &[
    CountryRule {
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
    CountryRule {
        id: "school-of-town",
        doc: "A High School, Township or city council of that name is one of a town, not of a country.",
        matches: &["Cuba High School won.", "The Peru Civic Arena burned down."],
        misses: &["The <IL>Israel</IL> State Attorney agreed."],
        apply: school_of_town,
    },
    CountryRule {
        id: "street",
        doc: "A capitalized Street, Park, County or the like makes the word the name of that.",
        matches: &[
            "The bus left Norway Street.",
            "the Spanish Gate Apartments",
            "Little Jamaica is lively.",
        ],
        misses: &[
            "The <NO>Norwegian</NO> High Court ruled.",
            "<NO>Norway</NO> parks its oil money.",
            "A <US>U.S.</US> Park Police officer ran.",
        ],
        apply: street,
    },
    CountryRule {
        id: "town-with-state",
        doc: "A name before a comma and a US state is a town there.",
        matches: &[
            "He moved to Peru, Indiana, in May.",
            "a barn near Norway, Maine",
        ],
        misses: &[
            "He moved to <PE>Peru</PE>, and stayed.",
            "<TR>Turkey</TR>, <GE>Georgia</GE> and <AM>Armenia</AM> met.",
            "Of <CN>China</CN>, Washington says little.",
        ],
        apply: town_with_state,
    },
    CountryRule {
        id: "address",
        doc: "After a street, city of or downtown, a name that towns have is a town.",
        matches: &[
            "The shop is at 12 Oak St., Lebanon.",
            "He works for the city of Poland.",
            "Bars in downtown Mexico closed.",
        ],
        misses: &["He works for the people of <PL>Poland</PL>."],
        apply: address,
    },
    CountryRule {
        id: "resident-of-town",
        doc: "English says a Lebanese man; a Lebanon man, or one aged 34, of Lebanon, is from a town.",
        matches: &[
            "A Lebanon man was fined.",
            "Rita Moss, 34, of Peru, was fined.",
        ],
        misses: &[
            "A <LB>Lebanese</LB> man was fined.",
            "<CN>China</CN> women rowed to gold.",
        ],
        apply: resident_of_town,
    },
    CountryRule {
        id: "local-town",
        doc: "An article of US places and no foreign ones means the town when a country's name is also a town's.",
        matches: &["NORWAY – Crews from Maine and Vermont raised the barn."],
        misses: &["<MT>Malta</MT> is an island south of <IT>Italy</IT>."],
        apply: local_town,
    },
];

const WATERS: WordList = WordList::new(
    "alps basin bay canal cataract channel creek delta desert gulf ocean plateau rift river sea \
     strait straits trench",
);
const WATERS_OF: WordList = WordList::new("bay gulf horn isthmus sea strait straits");

fn water_or_land(case: &CountryCase<'_>) -> Option<CountryVerdict> {
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
    (named_after || named_of || named_before).then_some(CountryVerdict::Nothing)
}

/// Names of countries that are also towns in the United States.
const TOWNS: WordList = WordList::new(
    "albania angola belgium bermuda brazil canada chile china cuba cyprus denmark dominica egypt \
     england finland france georgia germany gibraltar greece grenada haiti holland iceland \
     ireland israel italy jamaica jersey jordan kenya lebanon liberia luxemburg macedonia malta \
     mexico monaco morocco norway palestine panama peru poland portugal russia samoa scotland \
     spain sudan sweden switzerland syria trinidad turkey vietnam wales",
);
/// Those that local papers mention most.
const SMALL_TOWNS: WordList = WordList::new("jordan lebanon malta norway palestine peru");

const SCHOOLS: WordList = WordList::new("elementary isd township");
/// Things that a town has, if another capitalized word follows.
const LOCAL: WordList =
    WordList::new("borough city civic downtown fire independent isd municipal town utilities");

fn school_of_town(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let (after, second) = (case.around.next(0), case.around.next(1));
    if !case.is_name() || !after.touches() {
        return None;
    }
    let school = matches!(after.text, "High" | "high" | "Middle" | "middle") && second.is("school");
    let local = after.is_capitalized()
        && (SCHOOLS.has(after.text) || (LOCAL.has(after.text) && second.is_capitalized()));
    let council =
        after.is("city") && matches!(second.text, "limits" | "council" | "hall" | "officials");
    ((school || local || council || after.is("elementary")) && TOWNS.has(case.form))
        .then_some(CountryVerdict::Town)
}

const STREETS: WordList = WordList::new(
    "acres apartments ave avenue beach blvd boulevard cemetery chapel church county creek \
     crossing drive elementary estates falls farm farms gardens grove heights hill hills hollow \
     isd junction lake lakes landing lane meadows memorial mills oaks orchard orchards parish \
     park parkway pike point ranch rd ridge road run springs st street terrace township trail \
     trails tunnel twp valley village woods",
);
/// Words that turn the two words before them into the name of something local.
const BUILT: WordList = WordList::new("apartments estates subdivision");
const ROADS: WordList = WordList::new("rd road st street");

fn street(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let (before, after, second) = (
        case.around.prev(0),
        case.around.next(0),
        case.around.next(1),
    );
    if case.is_name() && before.touches() && before.is("little") && before.is_capitalized() {
        return Some(CountryVerdict::Nothing);
    }
    if !after.touches() || !after.is_capitalized() || case.is_abbreviation() {
        return None;
    }
    // Peru Road leads to a town called Peru, unless the article is about the country.
    if case.is_name()
        && TOWNS.has(case.form)
        && ROADS.has(after.text)
        && !case.topic.is_foreign(case.code)
    {
        return Some(CountryVerdict::Town);
    }
    let school = after.is("high") && second.touches() && second.is("school");
    let built = second.touches() && second.is_capitalized() && BUILT.has(second.text);
    (school || built || STREETS.has(after.text)).then_some(CountryVerdict::Nothing)
}

fn town_with_state(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let after = case.around.next(0);
    if !case.is_name() || !after.gap.starts_with(',') || after.gap.len() > 3 {
        return None;
    }
    // Turkey, Georgia and Armenia: in a list of countries Georgia is one too.
    let country = after.is("georgia") && case.topic.is_foreign(case.code);
    (names::is_state(&case.around) && !country && TOWNS.has(case.form))
        .then_some(CountryVerdict::Town)
}

const STREET_ENDS: WordList = WordList::new("ave avenue blvd dr drive lane ln rd road st street");
const CITIES: WordList = WordList::new("city town village");

fn address(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let before = case.around.prev(0);
    let street = before.is_capitalized()
        && before.gap.trim_start_matches('.').starts_with(',')
        && STREET_ENDS.has(before.text);
    let city = case.around.prev(1);
    let city_of = before.is("of") && city.touches() && CITIES.has(city.text);
    let downtown = before.touches() && before.is("downtown");
    ((street || city_of || downtown) && case.is_name() && TOWNS.has(case.form))
        .then_some(CountryVerdict::Town)
}

const RESIDENTS: WordList = WordList::new(
    "boy couple driver firefighters girl homeowner husband man men motorcyclist motorist native \
     resident residents schools teen teenager teens trucker woman women",
);
/// Nouns that take the adjective of a country, not its name.
const LOCAL_NOUNS: WordList = WordList::new(
    "alderman area church council councilman fire firefighter hospital house mayor motel officer \
     pharmacy police restaurant school store student students teacher team volunteer",
);

fn resident_of_town(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let (before, after) = (case.around.prev(0), case.around.next(0));
    let listed = matches!(before.gap, " " | ", ");
    if !case.is_name() || !(after.touches() || listed) || case.is_raised() || !TOWNS.has(case.form)
    {
        return None;
    }
    let topic = case.topic;
    let small = SMALL_TOWNS.has(case.form);
    let at_home = topic.is_local() && !topic.is_foreign(case.code);
    let resident = (small || at_home) && after.touches() && RESIDENTS.has(after.text);
    let local = small
        && after.touches()
        && LOCAL_NOUNS.has(after.text)
        && !topic.is_foreign(case.code)
        && case.is_running();
    let aged = case.around.prev(usize::from(before.is("of")));
    let age = small
        && aged.text.len() == 2
        && aged.text.bytes().all(|byte| byte.is_ascii_digit())
        && aged.gap == ", "
        && listed;
    (resident || local || age).then_some(CountryVerdict::Town)
}

const NOT_PERSONS: WordList = WordList::new(
    "bank emperor government king kingdom minister ministry people president prime prince \
     princess queen republic saint st state sultan united university",
);

fn local_town(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let topic = case.topic;
    let (before, after) = (case.around.prev(0), case.around.next(0));
    if !case.is_name()
        || !topic.is_local()
        || before.gap == "-"
        || !SMALL_TOWNS.has(case.form)
        || topic.is_foreign(case.code)
    {
        return None;
    }
    let dateline = case.is_raised()
        && case.starts_sentence()
        && (matches!(after.gap.trim(), "–" | "—" | "--" | "-" | "―")
            || (after.gap == " (" && after.is_raised()));
    let town = topic.local() > 1 && topic.count(TopicCue::UsLocal) > 0;
    if dateline || town || is_somebody_of(case) {
        return Some(CountryVerdict::Town);
    }
    // After a town with its state, the bare word in the same sentence is the country.
    let told_apart = case
        .prior
        .is_some_and(|(_, rule)| rule == "town-with-state");
    let abroad = topic.named(*b"US") + topic.adjectives(*b"US") > 0;
    (!abroad && !told_apart).then_some(CountryVerdict::Doubtful(case.code))
}

/// Whether a person's first and last name come before: Rita Moss of Peru, but not King Hussein of Jordan.
fn is_somebody_of(case: &CountryCase<'_>) -> bool {
    let (of, last, first) = (
        case.around.prev(0),
        case.around.prev(1),
        case.around.prev(2),
    );
    let name = |word: NeighborWord<'_>| {
        word.touches() && word.is_capitalized() && !NOT_PERSONS.has(word.text)
    };
    of.is("of") && name(last) && name(first) && !case.around.next(0).touches()
}
