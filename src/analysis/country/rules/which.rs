//! Rules for names that several countries share, or a country and a US state.

use super::super::forms::{self, TopicCue};
use super::super::mention::CountryForm;
use super::{CountryCase, CountryRule, CountryVerdict};
use crate::analysis::country::word_list::WordList;
use crate::lexicon::gazetteer::CountryCode;

pub(super) static RULES: &[CountryRule] = &[
    CountryRule {
        id: "state-or-country",
        doc: "Georgia is the US state or the country by the words of its sentence and of the article.",
        matches: &[
            "Police in Valdosta, Georgia, said so.",
            "<GE>Georgia</GE> and <AM>Armenia</AM> signed.",
            "Georgia's governor signed.",
            "The prime minister of <GE>Georgia</GE> resigned.",
        ],
        misses: &["The <GE>Georgian</GE> coast is short."],
        apply: state_or_country,
    },
    CountryRule {
        id: "first-peoples",
        doc: "Indians of a tribe, a reservation or a team are not from India.",
        matches: &[
            "The Hopi Indians danced.",
            "The Cherokee met Indian leaders.",
        ],
        misses: &["Many <IN>Indians</IN> voted in Delhi."],
        apply: first_peoples,
    },
    CountryRule {
        id: "jersey",
        doc: "Jersey is New Jersey or a shirt unless the Channel Islands are about.",
        matches: &["He left Jersey for Brooklyn."],
        misses: &["<GG>Guernsey</GG> and <JE>Jersey</JE> share a ferry."],
        apply: jersey,
    },
    CountryRule {
        id: "university",
        doc: "In Kentucky UK is a university.",
        matches: &["UK beat Florida in Lexington, Kentucky."],
        misses: &["The <GB>UK</GB> left."],
        apply: university,
    },
    CountryRule {
        id: "saint",
        doc: "St. Martin is a church or a person unless the Caribbean is about.",
        matches: &["He prayed to St. Martin."],
        misses: &["A storm passed <AI>Anguilla</AI> and <MF>St. Martin</MF>."],
        apply: saint,
    },
    CountryRule {
        id: "congo",
        doc: "Congo is the Democratic Republic unless Brazzaville is meant.",
        matches: &["In Brazzaville, <CG>Congo</CG> counted its votes."],
        misses: &["In Kinshasa, <CD>Congo</CD> counted its votes."],
        apply: congo,
    },
    CountryRule {
        id: "korea",
        doc: "Korea is the South unless the sentence is about the North.",
        matches: &["<KP>Korean</KP> state television in Pyongyang showed the rocket."],
        misses: &["<KR>Korean</KR> carmakers gained."],
        apply: korea,
    },
    CountryRule {
        id: "two-of-a-name",
        doc: "A Dominican or Samoan is from the country the article names.",
        matches: &["<DM>Dominica</DM> and its <DM>Dominican</DM> farmers"],
        misses: &["A <DO>Dominican</DO> pitcher won."],
        apply: two_of_a_name,
    },
];

const OF_COUNTRY: WordList = WordList::new(
    "accession airspace ambassador asylum breakaway caucasus chancellor consulate cossacks \
     diplomat diplomats embassy eu european eurovision ex-soviet foreign lari minister nato \
     neighbour neighbours oligarch orthodox ossetia ossetian parliament peacekeepers post-soviet \
     presidential prime qvevri republic russia-backed russian-backed separatist separatists \
     soviet stalin troops uefa vineyards visa-free wine",
);
/// Things that a country has and a US state does not have.
const OWNED: WordList = WordList::new(
    "army currency foreign independence interior parliament president prime ruling territorial",
);
const PARTS_OF_STATE: WordList =
    WordList::new("central coastal middle north northeast northwest southeast southwest");
const OF_STATE: WordList = WordList::new(
    "attorney braves bulldogs confederate congressman congresswoman county democrat democratic \
     electoral falcons freshman gop governor highway i-75 i-85 i-95 interstate lawmakers \
     legislature lieutenant linebacker peach peaches peanut peanuts pecan pecans plantation \
     primary quarterback republican republicans runoff sec senate senator senators sheriff \
     sophomore southeastern southern swing tech touchdown turnpike",
);

fn state_or_country(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    if case.form != "Georgia" {
        return None;
    }
    let topic = case.topic;
    let mut country = 2 * topic.count(TopicCue::GeorgiaCountry)
        + 3 * topic.adjectives(*b"GE")
        + 3 * topic.places(*b"GE");
    let mut state = 2 * topic.count(TopicCue::GeorgiaState) + topic.count(TopicCue::UsState);
    country += [*b"RU", *b"AM", *b"AZ", *b"UA", *b"TR"]
        .iter()
        .map(|code| 2 * u32::from(topic.names(*code)))
        .sum::<u32>();
    country += topic.foreign_beside(case.code).min(2);
    for word in case.words() {
        country += 3 * u32::from(OF_COUNTRY.has(word));
        state += 3 * u32::from(OF_STATE.has(word));
    }
    // Northeast Georgia with a capital N is part of the state. For the country, northeast is lower case.
    let before = case.around.prev(0);
    state += 4 * u32::from(
        before.touches() && before.is_capitalized() && PARTS_OF_STATE.has(before.text),
    );
    let possessed = case
        .around
        .next(usize::from(matches!(case.around.next(0).text, "'s" | "’s")));
    country += 4 * u32::from(OWNED.has(possessed.text) && !case.around.next(0).touches());
    // "Macon, Georgia" is a town and its state, unless the place before the comma is abroad.
    if before.gap.starts_with(',') && before.is_capitalized() {
        match case.prior {
            Some((end, _)) if case.span.start.saturating_sub(end) <= 2 => country += 6,
            _ => state += 6,
        }
    }
    Some(if country > state {
        CountryVerdict::Mention(case.code)
    } else if state > country + 1 {
        CountryVerdict::Nothing
    } else {
        CountryVerdict::Doubtful(case.code)
    })
}

fn first_peoples(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    const QUANTITIES: WordList = WordList::new(
        "all both by five four if many million millions most of ordinary other rural six some ten the \
     these those three two urban when young",
    );
    const TRIBAL: WordList =
        WordList::new("casino casinos chief powwow reservation settlers tribal tribe tribes");
    if !matches!(case.form, "Indian" | "Indians") {
        return None;
    }
    let before = case.around.prev(0);
    let named = case.form == "Indians"
        && before.touches()
        && before.is_capitalized()
        && !QUANTITIES.has(before.text)
        && !forms::is_country(before.text)
        && case.is_running();
    let abroad = case.topic.named(*b"IN") > 0 || case.topic.places(*b"IN") > 0;
    let tribal =
        case.topic.count(TopicCue::Tribal) > 0 || case.words().any(|word| TRIBAL.has(word));
    (named || (tribal && !abroad)).then_some(CountryVerdict::Nothing)
}

fn jersey(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    if case.form != "Jersey" {
        return None;
    }
    let near = case.topic.names(*b"GG") || case.words().any(|word| CHANNEL_WORDS.has(word));
    (!near).then_some(CountryVerdict::Nothing)
}

const CHANNEL_WORDS: WordList = WordList::new("bailiff channel guernsey helier offshore sark");

fn university(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    (case.form == "UK"
        && case.topic.count(TopicCue::Kentucky) > 0
        && !case.topic.names_beyond(*b"GB", &["UK"]))
    .then_some(CountryVerdict::Nothing)
}

fn saint(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let near = [
        *b"AI", *b"SX", *b"GP", *b"BL", *b"KN", *b"PR", *b"DM", *b"AG", *b"VG", *b"VI",
    ];
    (matches!(case.form, "Saint Martin" | "St. Martin" | "St Martin")
        && !near.iter().any(|code| case.topic.names(*code)))
    .then_some(CountryVerdict::Doubtful(case.code))
}

fn congo(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    const CG: CountryCode = CountryCode(*b"CG");
    if !matches!(case.form, "Congo" | "Congolese") {
        return None;
    }
    let here = case.words().any(|word| {
        matches!(
            word,
            "Brazzaville" | "Sassou" | "Nguesso" | "Sassou-Nguesso" | "Pointe-Noire"
        )
    });
    let kinshasa = case.topic.places(*b"CD") > 0 || case.words().any(|word| word == "Kinshasa");
    let other = (case.topic.names(*b"CG"))
        && !kinshasa
        && !case.topic.names_beyond(*b"CD", &["Congo", "Congolese"]);
    // Congo Republic and Congo in one sentence are two countries.
    let beside = case.words().any(|word| word == "Republic");
    let there = here && !case.words().any(|word| word == "Kinshasa");
    (there || (other && !beside)).then_some(CountryVerdict::Mention(CG))
}

fn korea(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    if !matches!(case.form, "Korea" | "Korean" | "Koreans") {
        return None;
    }
    let leader = |word: &str| {
        matches!(word, "Pyongyang" | "DPRK") || word.starts_with("Jong") || word.starts_with("Il-")
    };
    let named = |word: &str| case.words().any(|other| other == word);
    let korea = case.words().any(|word| word.starts_with("Korea"));
    let north = case.words().any(leader) || (korea && named("North"));
    let south = ["Seoul", "South"].into_iter().any(named);
    (north && !south).then_some(CountryVerdict::Mention(CountryCode(*b"KP")))
}

fn two_of_a_name(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let (own, other) = match case.form {
        "Dominican" | "Dominicans" => (*b"DO", *b"DM"),
        "Samoan" | "Samoans" => (*b"WS", *b"AS"),
        _ => return None,
    };
    debug_assert!(case.kind == CountryForm::Adjective);
    (case.topic.named(other) > 0 && case.topic.named(own) == 0)
        .then_some(CountryVerdict::Mention(CountryCode(other)))
}
