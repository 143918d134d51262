//! Rules for persons who bear the name of a country.

use super::super::{CountryForm, forms, names};
use super::{CountryCase, CountryRule, CountryVerdict, word};
use crate::analysis::country::word_list::WordList;

pub(super) static RULES: &[CountryRule] = &[
    CountryRule {
        id: "title-and-surname",
        doc: "After Mr., Dr., Sen. or an office the word is a surname.",
        matches: &[
            "Mr. France and Dr. Jordan disagreed.",
            "Ms. Poland laughed.",
            "Councilman Spain voted no.",
        ],
        misses: &[
            "The president of <FR>France</FR> laughed.",
            "Chief <IL>Israeli</IL> negotiators left.",
        ],
        apply: title_and_surname,
    },
    CountryRule {
        id: "given-name-and-surname",
        doc: "After a given name or an initial the word is a surname.",
        matches: &[
            "Michael Jordan scored.",
            "Paul R. Ireland signed.",
            "The singer Dawn French arrived.",
        ],
        misses: &[
            "In <JO>Jordan</JO>, prices rose.",
            "To Paul, <IE>Ireland</IE> was home.",
        ],
        apply: given_name_and_surname,
    },
    CountryRule {
        id: "first-name",
        doc: "Chad, Jordan, Kenya, Israel and others are given names before a capitalized word that is no office or body.",
        matches: &[
            "Chad Wilcox swam home yesterday.",
            "The winner, Kenya Fields, thanked her mother.",
            "BY CHAD WILCOX",
        ],
        misses: &[
            "The <KE>Kenya</KE> Red Cross sent tents.",
            "<IL>Israel</IL> Strikes Port, Killing Four",
        ],
        apply: first_name,
    },
    CountryRule {
        id: "said-of-a-person",
        doc: "A wife, a twelfth birthday, a pronoun or the word daughter before it make the word a given name.",
        matches: &[
            "Jordan, 12, won.",
            "Chad's wife called.",
            "Kenya said she saw it.",
            "Her son Chad left.",
            "Malta Simmons, 9, read.",
        ],
        misses: &[
            "<CU>Cuba</CU>'s wives sang.",
            "<JO>Jordan</JO> said it would pay.",
        ],
        apply: said_of_a_person,
    },
    CountryRule {
        id: "speaking-surname",
        doc: "After an unknown capitalized word and before a verb of saying or an age, it is a surname.",
        matches: &["A neighbor, Lavinia England, 41, heard the shot."],
        misses: &["Officials in <GB>England</GB> said so."],
        apply: speaking_surname,
    },
];

const ADDRESSES: WordList =
    WordList::new("capt col det dr gov lt maj miss mr mrs ms mx prof rep rev sen sgt sir");

const OFFICES: WordList = WordList::new(
    "attorney aunt baroness brother captain coach colonel commissioner congressman congresswoman \
     constable councillor councilman councilmember councilwoman dame deputy detective father \
     inspector judge justice lady lieutenant lord mayor officer pastor professor representative \
     reverend senator sergeant sheriff sister superintendent trooper uncle",
);

fn title_and_surname(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let before = case.around.prev(0);
    let gap = before.gap.trim_end();
    let joined = !before.gap.is_empty() && (gap.is_empty() || gap == ".");
    if !joined || !before.is_capitalized() || case.is_abbreviation() {
        return None;
    }
    let office = case.is_name() && gap.is_empty() && OFFICES.has(before.text);
    (office || ADDRESSES.has(before.text)).then_some(CountryVerdict::Person)
}

fn given_name_and_surname(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let before = case.around.prev(0);
    if case.is_abbreviation() || !before.is_capitalized() || case.form.contains(' ') {
        return None;
    }
    let given = before.touches()
        && names::is_given(before.text)
        && (before.is_raised() || !case.is_raised());
    let initial = before.text.len() == 1
        && before.gap.starts_with(". ")
        && before.gap.len() == 2
        && case.around.prev(1).is_capitalized()
        && names::is_given(case.around.prev(1).text);
    if !given && !initial {
        return None;
    }
    // Nobody is called Michelle Cuban in the headline "Obama Tells Michelle Cuban Story".
    let after = case.around.next(0);
    let noun_follows = !case.is_name()
        && after.touches()
        && !SAYS.has(after.text)
        && !word::FUNCTION.has(after.text)
        && !word::VERBS.has(after.text);
    (!noun_follows || case.is_running()).then_some(CountryVerdict::Person)
}

/// Words for countries that are also given names.
const FIRST: WordList = WordList::new(
    "america brit chad cuba cyprus dane finn georgia holland india ireland israel jamaica jordan \
     kenya zaire",
);

/// Given names so common that from then on the bare word means the person.
const USUALLY: WordList = WordList::new("chad dane georgia israel jordan kenya");

/// Capitalized words that go with a country rather than a given name.
const BODIES: WordList = WordList::new(
    "administration affairs agency air airlines airways ambassador and armed army assembly \
     association authority bank border broadcasting cabinet captain central chamber channel chief \
     civil coach coast commission committee communist congress congressman constitution council \
     court cricket crisis cross cup customs daily defence defense democratic democrats department \
     economic election electoral electricity embassy emergency energy export federal federation \
     film finance first football force forces foreign foundation fund general gov government \
     grand health high human immigration in independence independent institute international \
     investment king labor labour lawmakers league legion manager medical military minister \
     ministry mission museum national navy news office oil olympic online open parliament party \
     peace police ports post power premier president press prime prince prison public queen \
     railway railways red refugee rep republicans research reserve revenue rights rugby \
     securities security sen senate soccer society southern squad state statistics stock super \
     supreme tea team tech telecom television the times to today tour tourism trade trading \
     transport treasury trust tv union united university vice voters war wildlife women world \
     youth",
);

/// Words that come right before a given name; [`KIN`] has those for relatives and professions.
const CALLED: WordList = WordList::new("baby called guard junior named nicknamed senior");
const KIN: WordList = WordList::new(
    "actor actress aunt boxer boyfriend brother classmate comedian cousin dad daughter fiance \
     fiancee freshman friend girlfriend goalkeeper golfer granddaughter grandson husband \
     linebacker mom nephew niece pitcher quarterback rapper sibling singer sister son sophomore \
     stepson striker teammate twin uncle wife",
);

fn first_name(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    if !FIRST.has(case.form) {
        return None;
    }
    (is_aged(case) || is_byline(case) || is_before_surname(case)).then(|| named(case))
}

fn said_of_a_person(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let before = case.around.prev(0);
    if !FIRST.has(case.form) {
        return is_aged(case).then_some(CountryVerdict::Person);
    }
    let kin = before.touches()
        && (KIN.has(before.text) || (USUALLY.has(case.form) && CALLED.has(before.text)));
    (kin || is_person_by_sequel(case)).then(|| named(case))
}

/// The verdict on a given name. Of a rare one, the bare word means the country again later on.
fn named(case: &CountryCase<'_>) -> CountryVerdict {
    if USUALLY.has(case.form) {
        CountryVerdict::Person
    } else {
        CountryVerdict::Nothing
    }
}

/// Whether it is a given name before a surname and an age: Malta Simmons, 9, …
fn is_aged(case: &CountryCase<'_>) -> bool {
    let (surname, age) = (case.around.next(0), case.around.next(1));
    case.is_name()
        && !case.form.contains(' ')
        && surname.touches()
        && surname.is_capitalized()
        && age.gap == ", "
        && is_age(age.text)
        && case.around.next(2).gap.starts_with([',', '.'])
}

/// Whether it is a given name in a byline: BY CHAD WILCOX.
fn is_byline(case: &CountryCase<'_>) -> bool {
    case.is_raised()
        && case.around.next(0).is_raised()
        && case.around.prev(0).is("by")
        && !case.around.prev(1).is_raised()
}

/// Whether a surname follows: Chad Wilcox, Chad M. Wilcox.
fn is_before_surname(case: &CountryCase<'_>) -> bool {
    let (before, after, second) = (
        case.around.prev(0),
        case.around.next(0),
        case.around.next(1),
    );
    if !after.touches() || !after.is_capitalized() || case.is_raised() {
        return false;
    }
    if after.text.len() == 1 {
        return second.is_capitalized() && second.gap.starts_with('.');
    }
    let listed =
        before.gap.starts_with(',') && second.gap.starts_with(',') && second.is_capitalized();
    case.form != "America"
        && !after.is_raised()
        && !BODIES.has(after.text)
        && !forms::is_country(after.text)
        && (listed || case.is_running())
}

/// Whether the words after it describe a person: Jordan, 12, …; Chad's wife; Kenya said she.
fn is_person_by_sequel(case: &CountryCase<'_>) -> bool {
    const KINSHIP: WordList = WordList::new(
        "boyfriend brother dad daughter father fiance girlfriend grandfather grandmother husband mom \
     mother parents sister sisters son sons uncle wife",
    );
    const PRONOUNS: WordList = WordList::new("he her herself him himself his she");
    let (after, second, third) = (
        case.around.next(0),
        case.around.next(1),
        case.around.next(2),
    );
    let age = after.gap == ", " && is_age(after.text) && second.gap.starts_with(',');
    let owns = matches!(after.text, "'s" | "’s") && KINSHIP.has(second.text);
    let says = SAYS.has(after.text) && PRONOUNS.has(second.text);
    let pair = after.is("and") && matches!(second.text, "his" | "her") && third.touches();
    let self_named = after.touches() && matches!(after.text, "herself" | "himself");
    age || owns || says || pair || self_named
}

pub(super) const SAYS: WordList = WordList::new(
    "added adds asked asks explained explains noted recalled replied said says told wrote",
);

/// Words for countries that are also surnames.
const SURNAMES: WordList = WordList::new(
    "brazil chad cuba dane denmark dutch england english finn france french georgia german \
     germany guinea holland india ireland irish israel jordan mali norway oman poland scotland \
     spain swiss turk wales welsh",
);

const BEFORE: WordList = WordList::new(
    "across after against agence air all ancient and anti april around at august beat before both \
     but by catholic central colonial communist december despite east eastern edwardian \
     elizabethan even fascist february for friday from georgian great greater if imperial in \
     inside january july june king kingdom leave like little loves lower mainland march may \
     meanwhile medieval merry mid middle minister modern monday mother nazi new norman north \
     northeast northern northwest november occupied october of old on only or outside post \
     president pro protestant queen republic rural saturday september since south southeast \
     southern southwest soviet sunday team than that the through thursday to today tomorrow tudor \
     tuesday united unlike upper vichy victorian visit visiting wartime wednesday weimar west \
     western when while with yesterday young",
);

fn speaking_surname(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let (before, after) = (case.around.prev(0), case.around.next(0));
    if !before.touches()
        || !before.is_capitalized()
        || before.is_raised()
        || before.text.ends_with(['s', 'S']) && before.text.contains(['\'', '’'])
        || BEFORE.has(before.text)
        || !SURNAMES.has(case.form)
    {
        return None;
    }
    let opens = case.around.prev(1).text.is_empty() || before.gap.len() > 1;
    let age =
        after.gap == ", " && is_age(after.text) && case.around.next(1).gap.starts_with([',', '.']);
    let says = after.touches() && SAYS.has(after.text);
    // In running text, a capitalized word right before it is a given name that is on no list.
    let named = case.is_name()
        && !opens
        && !sentence_opens(case)
        && !after.gap.starts_with('-')
        && (!after.touches()
            || word::VERBS.has(after.text)
            || word::FUNCTION.has(after.text)
            || SAYS.has(after.text));
    let country_before = forms::is_country(before.text);
    if country_before || !case.is_running() {
        return None;
    }
    // Without an age or a verb of saying it may be part of another name, so only this place is decided.
    let sure = age || (says && !opens);
    let verdict = if sure {
        CountryVerdict::Person
    } else {
        CountryVerdict::Nothing
    };
    (sure || named).then_some(verdict)
}

/// Whether the word before begins the sentence, where a capital letter means nothing.
fn sentence_opens(case: &CountryCase<'_>) -> bool {
    let second = case.around.prev(1);
    second.text.is_empty()
        || second
            .gap
            .contains(['.', '!', '?', ':', '“', '"', ';', '\n'])
}

fn is_age(word: &str) -> bool {
    word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word that means a person elsewhere in the article may mean that person here.
pub(super) fn may_be_person(case: &CountryCase<'_>) -> bool {
    const PLACED: WordList = WordList::new(
        "across around between from in inside into near outside throughout to toward towards via \
     within",
    );
    let (before, after) = (case.around.prev(0), case.around.next(0));
    if PLACED.has(before.text) && before.touches() && !before.is("from") && !before.is("to") {
        return false;
    }
    let says = SAYS.has(after.text);
    if case.kind == CountryForm::Name {
        // An article on Israeli politics mentions Israel even if someone in it is called Israel.
        let abroad = case.topic.adjectives(case.code.0) + case.topic.places(case.code.0) > 0;
        return says || !abroad;
    }
    says || word::FUNCTION.has(after.text) || word::VERBS.has(after.text) || !after.touches()
}
