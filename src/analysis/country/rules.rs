//! The rules that tell countries from their namesakes, in order: the first that applies decides.

use super::context::Around;
use super::facts::Facts;
use super::forms::Cue;
use super::{CountryCode, Form};

/// A word that may mention a country, with what a rule may look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'t> {
    /// The words as the text has them.
    pub text: &'t str,
    /// The form as the table has it.
    pub form: &'static str,
    /// The country it stands for.
    pub code: CountryCode,
    /// By what kind of word.
    pub kind: Form,
    /// The words around it.
    pub around: Around<'t>,
    /// What the article is about.
    pub facts: &'t Facts,
}

/// What a rule decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A mention of this country.
    Mention(CountryCode),
    /// Perhaps a mention of this country, more likely not.
    Doubtful(CountryCode),
    /// No mention of a country.
    Nothing,
    /// No mention of a country, here or wherever the article has the same word.
    Namesake,
}

/// A fact about English that decides some cases.
#[derive(Debug)]
pub(super) struct Rule {
    /// Its stable name.
    pub id: &'static str,
    /// What it says.
    pub doc: &'static str,
    /// Sentences in which it decides, with the mentions tagged.
    pub matches: &'static [&'static str],
    /// Sentences in which it does not decide, with the mentions tagged.
    pub misses: &'static [&'static str],
    /// Decides, or leaves the case to the next rule.
    pub apply: fn(&Case<'_>) -> Option<Verdict>,
}

/// The name of what happens when no rule applies.
pub(super) const PLAIN: &str = "plain-name";

/// All rules, in order.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "us-pronoun",
        doc: "In a line of capitals, US after a verb or preposition that takes an object is the pronoun.",
        matches: &["TELL US WHAT YOU SAW, POLICE ASK"],
        misses: &["<US>US</US> SENDS SHIP TO <EG>EGYPT</EG>"],
        apply: us_pronoun,
    },
    Rule {
        id: "title-and-surname",
        doc: "After Mr., Dr., Sen. and the like the word is a surname.",
        matches: &["Mr. France and Dr. Jordan disagreed."],
        misses: &["President of <FR>France</FR>"],
        apply: title_and_surname,
    },
    Rule {
        id: "given-name-and-surname",
        doc: "After a given name the word is a surname.",
        matches: &["Michael Jordan scored."],
        misses: &["In <JO>Jordan</JO>, prices rose."],
        apply: given_name_and_surname,
    },
    Rule {
        id: "first-name",
        doc: "Chad, Jordan, Kenya and others are given names before a capitalized word that is no office or body.",
        matches: &["Chad Wilcox swam."],
        misses: &["The <KE>Kenya</KE> Red Cross sent tents."],
        apply: first_name,
    },
    Rule {
        id: "town-with-state",
        doc: "A name before a comma and a US state is a town there.",
        matches: &["He moved to Peru, Indiana, in May."],
        misses: &["He moved to <PE>Peru</PE>, and stayed."],
        apply: town_with_state,
    },
    Rule {
        id: "state-or-country",
        doc: "Georgia is the US state or the country by what else the article names.",
        matches: &[
            "Police in Valdosta, Georgia, said so.",
            "<GE>Georgia</GE> and <AM>Armenia</AM> signed.",
        ],
        misses: &["The <GE>Georgian</GE> coast"],
        apply: state_or_country,
    },
    Rule {
        id: "feature-name",
        doc: "Seas, rivers, gulfs, streets and local institutions are not the country they are named after.",
        matches: &["The Gulf of Oman is calm.", "The Niger River rose."],
        misses: &["The <NE>Niger</NE> army advanced."],
        apply: feature_name,
    },
    Rule {
        id: "language",
        doc: "An adjective after speak, learn, in and the like, or before language and -speaking, is a language.",
        matches: &["She speaks French.", "a Spanish-speaking nurse"],
        misses: &["a <FR>French</FR> nurse"],
        apply: language,
    },
    Rule {
        id: "common-word",
        doc: "At the start of a sentence Polish before an article is the verb.",
        matches: &["Polish the silver first."],
        misses: &["<PL>Polish</PL> miners won."],
        apply: common_word,
    },
    Rule {
        id: "jersey",
        doc: "Jersey is New Jersey or a shirt unless the Channel Islands are about.",
        matches: &["He left Jersey for Brooklyn."],
        misses: &[],
        apply: jersey,
    },
    Rule {
        id: "congo",
        doc: "Congo is the Democratic Republic unless Brazzaville is meant.",
        matches: &["In Brazzaville, <CG>Congo</CG> counted its votes."],
        misses: &["<CD>Congo</CD> counted its votes."],
        apply: congo,
    },
    Rule {
        id: "korea",
        doc: "Korea is the South unless the North is meant.",
        matches: &["<KP>Korean</KP> state television in Pyongyang showed Kim Jong Un."],
        misses: &["<KR>Korean</KR> carmakers gained."],
        apply: korea,
    },
    Rule {
        id: "dominican",
        doc: "A Dominican comes from the Dominican Republic unless only Dominica is about.",
        matches: &["<DM>Dominica</DM> and its <DM>Dominican</DM> farmers"],
        misses: &["A <DO>Dominican</DO> pitcher"],
        apply: dominican,
    },
];

const US: CountryCode = CountryCode(*b"US");

fn us_pronoun(case: &Case<'_>) -> Option<Verdict> {
    const BEFORE: &[&str] = &[
        "all", "ask", "bring", "contact", "follow", "gave", "give", "gives", "help", "join",
        "keep", "leave", "let", "like", "made", "make", "makes", "of", "save", "see", "send",
        "show", "teach", "tell", "tells", "told", "visit",
    ];
    let before = case.around.prev(0);
    (case.form == "US" && before.is_raised() && before.touches() && before.is_in(BEFORE))
        .then_some(Verdict::Nothing)
}

fn title_and_surname(case: &Case<'_>) -> Option<Verdict> {
    const TITLES: &[&str] = &[
        "attorney",
        "capt",
        "coach",
        "col",
        "councilman",
        "councilwoman",
        "det",
        "dr",
        "gov",
        "judge",
        "justice",
        "lady",
        "lord",
        "lt",
        "maj",
        "miss",
        "mr",
        "mrs",
        "ms",
        "officer",
        "prof",
        "professor",
        "rep",
        "rev",
        "sen",
        "senator",
        "sgt",
        "sir",
    ];
    let before = case.around.prev(0);
    let gap = before.gap.trim_end();
    (matches!(case.kind, Form::Name | Form::Part | Form::Adjective)
        && before.is_in(TITLES)
        && before.is_capitalized()
        && (gap.is_empty() || gap == ".")
        && !before.gap.is_empty())
    .then_some(Verdict::Namesake)
}

fn given_name_and_surname(case: &Case<'_>) -> Option<Verdict> {
    let before = case.around.prev(0);
    let abbreviation = case.form.len() <= 4 && !case.form.bytes().any(|b| b.is_ascii_lowercase());
    (!abbreviation
        && before.touches()
        && before.is_capitalized()
        && before.is_in(&super::names::GIVEN))
    .then_some(Verdict::Namesake)
}

fn first_name(case: &Case<'_>) -> Option<Verdict> {
    const NAMES: &[&str] = &[
        "Chad", "Georgia", "Israel", "Jordan", "Kenya", "Dane", "Holland", "Ireland", "India",
    ];
    const BODIES: &[&str] = &[
        "airlines",
        "airways",
        "ambassador",
        "army",
        "association",
        "bank",
        "border",
        "central",
        "cross",
        "cup",
        "daily",
        "defence",
        "defense",
        "embassy",
        "football",
        "foreign",
        "government",
        "king",
        "minister",
        "ministry",
        "national",
        "parliament",
        "police",
        "president",
        "prime",
        "queen",
        "red",
        "times",
        "today",
        "tour",
        "trip",
        "visit",
        "war",
        "crisis",
        "attack",
        "votes",
    ];
    let after = case.around.next(0);
    let weak = NAMES.iter().any(|name| *name == case.form);
    (weak
        && after.touches()
        && after.is_capitalized()
        && !after.is_raised()
        && !BODIES.iter().any(|body| after.is(body))
        && case
            .around
            .next(1)
            .text
            .chars()
            .next()
            .is_none_or(|c| !c.is_uppercase() || case.around.next(1).gap.trim() != ""))
    .then_some(Verdict::Namesake)
}

fn town_with_state(case: &Case<'_>) -> Option<Verdict> {
    let after = case.around.next(0);
    (case.kind != Form::Adjective
        && after.gap.starts_with(',')
        && after.gap.len() <= 3
        && super::names::is_state(&case.around))
    .then_some(Verdict::Namesake)
}

fn state_or_country(case: &Case<'_>) -> Option<Verdict> {
    if case.form != "Georgia" {
        return None;
    }
    let facts = case.facts;
    let state = facts.count(Cue::GeorgiaState) * 2 + facts.count(Cue::UsState);
    let mut country = facts.count(Cue::GeorgiaCountry) * 2;
    for code in [b"RU", b"AM", b"AZ", b"UA"] {
        country += 2 * u32::from(facts.names(code));
    }
    Some(if country > state {
        Verdict::Mention(case.code)
    } else if state > 0 {
        Verdict::Nothing
    } else {
        Verdict::Doubtful(case.code)
    })
}

fn feature_name(case: &Case<'_>) -> Option<Verdict> {
    const AFTER: &[&str] = &[
        "ave",
        "avenue",
        "basin",
        "bay",
        "beach",
        "boulevard",
        "canal",
        "channel",
        "city",
        "county",
        "creek",
        "delta",
        "drive",
        "elementary",
        "gulf",
        "heights",
        "high",
        "highway",
        "island",
        "islands",
        "lake",
        "lane",
        "middle",
        "mountain",
        "mountains",
        "ocean",
        "park",
        "parish",
        "peninsula",
        "rd",
        "river",
        "road",
        "sea",
        "square",
        "st",
        "strait",
        "street",
        "township",
        "valley",
    ];
    const OF: &[&str] = &["bay", "gulf", "horn", "isthmus", "sea", "strait", "straits"];
    let (before, after) = (case.around.prev(0), case.around.next(0));
    let mut sorted = AFTER.to_vec();
    sorted.sort_unstable();
    let named_after = after.touches() && after.is_capitalized() && after.is_in(&sorted);
    let named_of =
        before.is("of") && case.around.prev(1).is_in(OF) && case.around.prev(1).is_capitalized();
    let named_before =
        before.touches() && before.is_capitalized() && (before.is("river") || before.is("lake"));
    (named_after || named_of || named_before).then_some(Verdict::Nothing)
}

fn language(case: &Case<'_>) -> Option<Verdict> {
    const SPEAK: &[&str] = &[
        "fluent",
        "learn",
        "learned",
        "learning",
        "speak",
        "speaking",
        "speaks",
        "spoke",
        "spoken",
        "study",
        "studying",
        "taught",
        "teach",
        "teaches",
        "teaching",
        "translate",
        "translated",
        "understand",
    ];
    if case.kind != Form::Adjective && case.kind != Form::Part {
        return None;
    }
    let (before, after) = (case.around.prev(0), case.around.next(0));
    let noun_follows =
        after.touches() && !after.is_in(&["and", "but", "or", "to", "was", "were", "with"]);
    let spoken = before.touches() && before.is_in(SPEAK);
    let in_it = before.touches() && before.is("in") && !noun_follows;
    let named = after.is_in(&["language", "languages", "speaker", "speakers", "speaking"]);
    ((spoken && !noun_follows) || spoken || in_it || named).then_some(Verdict::Nothing)
}

fn common_word(case: &Case<'_>) -> Option<Verdict> {
    (case.text == "Polish"
        && case.around.next(0).is_in(&[
            "her", "his", "it", "my", "off", "our", "the", "their", "up", "your",
        ]))
    .then_some(Verdict::Nothing)
}

fn jersey(case: &Case<'_>) -> Option<Verdict> {
    (case.form == "Jersey" && !case.facts.names(b"GG")).then_some(Verdict::Nothing)
}

fn congo(case: &Case<'_>) -> Option<Verdict> {
    (matches!(case.form, "Congo" | "Congolese") && case.facts.count(Cue::CongoBrazzaville) > 0)
        .then_some(Verdict::Mention(CountryCode(*b"CG")))
}

fn korea(case: &Case<'_>) -> Option<Verdict> {
    (matches!(case.form, "Korea" | "Korean" | "Koreans") && case.facts.count(Cue::KoreaNorth) > 0)
        .then_some(Verdict::Mention(CountryCode(*b"KP")))
}

fn dominican(case: &Case<'_>) -> Option<Verdict> {
    (matches!(case.form, "Dominican" | "Dominicans") && case.facts.names(b"DM"))
        .then_some(Verdict::Mention(CountryCode(*b"DM")))
}
