//! Rules for words that only look like a country's: pronouns, verbs, things, money.

use super::super::mention::CountryForm;
use super::{CountryCase, CountryRule, CountryVerdict};
use crate::analysis::country::word_list::WordList;

pub(super) static RULES: &[CountryRule] = &[
    CountryRule {
        id: "us-pronoun",
        doc: "In a line of capitals, US after a verb or preposition that takes an object is the pronoun.",
        matches: &[
            "TELL US WHAT YOU SAW, POLICE ASK",
            "JOIN US FOR LUNCH",
            "THE BEST OF US",
        ],
        misses: &[
            "<US>US</US> SENDS SHIP TO <EG>EGYPT</EG>",
            "<CN>CHINA</CN> HITS BACK AT <US>US</US>",
        ],
        apply: us_pronoun,
    },
    CountryRule {
        id: "money",
        doc: "US$ is money.",
        matches: &["It cost US$30."],
        misses: &["The <US>US</US> paid $30."],
        apply: money,
    },
    CountryRule {
        id: "verb-or-thing",
        doc: "Polish before an article is a verb and after nail it is a thing; Turkey among dishes is a bird, China among cups is ware, and a Georgian house is after King George.",
        matches: &[
            "Polish the silver first.",
            "Turkey and stuffing were served.",
            "Nail Polish on Sale",
        ],
        misses: &[
            "<PL>Polish</PL> miners won.",
            "<TR>Turkey</TR> closed the strait.",
        ],
        apply: verb_or_thing,
    },
    CountryRule {
        id: "short-name",
        doc: "The States, the Emirates and the CAR need the article: Emirates is an airline, CAR a car.",
        matches: &["Emirates flies there.", "Most States have one."],
        misses: &["She left the <US>States</US>."],
        apply: short_name,
    },
];

/// Function words. Headlines write them in lower case too, and they are never nouns.
pub(super) const FUNCTION: WordList = WordList::new(
    "a about above across after against along also although amid among and are around as at back \
     be because before behind below between beyond but by can could did do does during even every \
     except for from had has have he her here his how if in inside into is it its just like may \
     might more most must near nor not of off often on only or our out outside over per quite she \
     should since so some still such than that the their them then there these they this those \
     though through to too toward towards under unless until up upon using versus very via vs was \
     we well were what when where whether which while who whose why will with within without \
     would yet you your",
);

/// Frequent verbs, which tell the verb of a sentence from a noun after an adjective.
pub(super) const VERBS: WordList = WordList::new(
    "added asked became began called came felt found gave got grinned joined laughed left lost \
     made met nodded played ran received said sat says scored seemed smiled spoke stood thinks \
     told took tried wants went won wrote",
);

fn us_pronoun(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    const VERBS: WordList = WordList::new(
        "all ask both bring brings brought call contact cost costs find follow gave give gives help \
     helped helps hurt join joins keep leave let lets like love made make makes need remind \
     reminds save see send sent show showed shows spare support take takes taught teach teaches \
     tell tells thank told trust visit watch write",
    );
    const WEAK: WordList = WordList::new(
        "affect affects believe bless bring concern concerns connect connects deliver divide divides \
     drive drives feed feeds fool fools forget forgive free got guide guides hate hated haunt \
     haunts hear heard hit hold invite invites keep keeps kept kill killing kills lead leads left \
     meet met needs pay pays protect protects put saw scare scares serve serves treat unite \
     unites want wanted wants",
    );
    const PARTS: WordList =
        WordList::new("all best both each few half many most none one rest some three two");
    const WITH: WordList = WordList::new("about around behind for from on to upon with");
    if case.form != "US" {
        return None;
    }
    let (before, after) = (case.around.prev(0), case.around.next(0));
    if !before.is_raised() || !before.touches() {
        return None;
    }
    let part = before.is("of") && PARTS.has(case.around.prev(1).text);
    let verb = VERBS.has(before.text) || part;
    // France tells US to wait: after a country and such a verb, US is a country.
    let told = case.prior.is_some() && before.text.ends_with('S');
    let ends = !after.touches() || FUNCTION.has(after.text);
    let weak = WEAK.has(before.text) && ends && !told;
    let with = WITH.has(before.text) && ends && !case.topic.is_foreign(case.code);
    ((verb && !told) || weak || with).then_some(CountryVerdict::Nothing)
}

fn money(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    (case.kind == CountryForm::Name
        && case.around.next(0).gap.starts_with('$')
        && case.form.starts_with('U'))
    .then_some(CountryVerdict::Nothing)
}

const OBJECTS: WordList = WordList::new("her his it my off our the their them those up your");
const POLISHES: WordList = WordList::new("boot car floor furniture nail shoe silver");
const TABLE: WordList = WordList::new(
    "baked breast brine broth carve carving casserole cooked cooking cranberry drumstick feast \
     feathers gobble gravy ham leftover leftovers mashed meat oven pecan plucked potatoes recipe \
     roast roasted roasting sandwich sandwiches sliced stuffing thanksgiving tryptophan",
);
/// Things that belong to turkeys, and people who keep them. For the country English uses Turkish.
const KEPT: WordList = WordList::new(
    "bowl breeder breeders burger burgers call calls dinner dinners drive eggs farm farmer \
     farmers farms feathers fryer fryers giveaway grower growers hatchery hens hunt hunter \
     hunters hunting legs meat poults processor processors producer producers raffle sandwich \
     shoot soup trot",
);

/// Things called Georgian after the kings named George.
const STYLE: WordList = WordList::new(
    "architecture era facade facades farmhouse house houses manor mansion mansions period revival \
     style terrace terraces townhouse townhouses villa windows",
);
const WARE: WordList = WordList::new(
    "bone chipped crockery crystal cup cupboard cups dishes glassware hutch linen plates \
     porcelain saucer saucers silver silverware tea teacups teapot teapots wedding",
);

fn verb_or_thing(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let (before, after) = (case.around.prev(0), case.around.next(0));
    let open = || case.starts_sentence() || !case.is_running();
    let thing = match case.form {
        "Polish" => {
            (after.touches() && OBJECTS.has(after.text) && open())
                || (before.touches() && POLISHES.has(before.text))
        }
        "Turkey" => {
            let kept = after.touches() && KEPT.has(after.text);
            let acts = after.touches() && after.text.ends_with("ed") && !TABLE.has(after.text);
            let served = !acts && case.words().any(|word| TABLE.has(word));
            // Miller's Turkey Farm is a business.
            let shop = before.touches()
                && before.is_capitalized()
                && before.text.ends_with(['s', 'S'])
                && before.text.contains(['\'', '’'])
                && after.touches()
                && after.is_capitalized()
                && case.is_running();
            shop || (open() && !case.topic.is_foreign(case.code) && (kept || served))
        }
        "China" => {
            let next = after.touches() && WARE.has(after.text);
            open()
                && !case.topic.is_foreign(case.code)
                && (next || case.words().filter(|word| WARE.has(word)).count() > 1)
        }
        "Georgian" => after.touches() && STYLE.has(after.text),
        "Chile" => {
            before.touches() && (before.is("green") || before.is("red") || before.is("hatch"))
        }
        _ => false,
    };
    thing.then_some(CountryVerdict::Nothing)
}

fn short_name(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    let before = case.around.prev(0);
    let article = before.touches() && before.is("the");
    match case.form {
        "States" if article && before.text != "THE" && !case.around.next(0).is("of") => {
            Some(CountryVerdict::Mention(case.code))
        }
        "States" => Some(CountryVerdict::Nothing),
        "Emirates" | "CAR" if !article => Some(CountryVerdict::Nothing),
        "RSA" if !case.topic.names_beyond(*b"ZA", &["RSA"]) => Some(CountryVerdict::Nothing),
        _ => None,
    }
}
