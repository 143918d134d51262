//! Rules for adjectives that mean a language: in English, speaks French, Spanish-speaking.

use super::super::forms;
use super::word::{FUNCTION, VERBS};
use super::{CountryCase, CountryRule, CountryVerdict};
use crate::analysis::country::word_list::WordList;

pub(super) static RULES: &[CountryRule] = &[CountryRule {
    id: "language",
    doc: "An adjective after speak, learn, in and the like, before language, lessons or -speaking, or without a noun is a language.",
    matches: &[
        "She speaks French.",
        "A Spanish-speaking nurse came.",
        "Signs in Dutch and Japanese were painted over.",
        "He took English classes.",
        "Her Spanish was poor.",
    ],
    misses: &[
        "A <FR>French</FR> nurse came.",
        "He is <IE>Irish</IE>.",
        "The <NL>Dutch</NL> were early.",
    ],
    apply: language,
}];

const SPEAK: WordList = WordList::new(
    "fluent into learn learned learning learns read reads speak speaking speaks spoke spoken \
     studied study studying taught teach teaches teaching translate translated understand \
     understands understood",
);
const OF_LANGUAGE: WordList = WordList::new(
    "alphabet class classes course courses dialect exam fluency grammar homework immersion \
     interpreter interpreters language languages learners lesson lessons medium only phrase \
     phrases proficiency pronunciation sentence sentences skills speaker speakers speaking \
     subtitles teacher teachers textbook textbooks translation translations translator tutor \
     vocabulary word words",
);
const OF_ENGLISH: WordList = WordList::new(
    "101 102 composition department literature major majors paper professor program scores \
     standards students test",
);
/// Adjectives that, without a noun or an article before them, mean the language and not the people.
const TONGUES: WordList =
    WordList::new("danish dutch english finnish french polish spanish swedish turkish welsh");
/// Other adjectives that name a language.
const LANGUAGES: WordList = WordList::new(
    "albanian armenian azerbaijani belarusian bulgarian burmese chinese croatian czech estonian \
     filipino georgian german greek hungarian icelandic indonesian irish italian japanese kazakh \
     korean lao latvian lithuanian macedonian malagasy maltese mongolian nepali norwegian \
     portuguese romanian russian serbian slovak slovenian somali swazi thai turkmen ukrainian \
     uzbek vietnamese",
);
/// Words after which an adjective describes somebody or something.
const PREDICATES: WordList = WordList::new(
    "all also and are as be became been being born both but distinctly dozen entirely ethnically \
     feel feels fellow felt few five four half hundred is largely look looks mainly many more \
     most mostly naturalised naturalized non nor not of old or other part quintessentially s seem \
     seems several some sounds than the these those thousand three truly turned two typically \
     uniquely very was were young",
);
const DEGREES: WordList = WordList::new(
    "accented bad basic broken colloquial excellent flawless fluent good halting her his in into \
     my native passable perfect plain poor schoolboy their your",
);

/// Words for varieties of a language.
const KINDS: WordList =
    WordList::new("ancient biblical brazilian classical mandarin medieval modern");

/// Words that show that a sentence is about languages.
const OF_SPEECH: WordList = WordList::new(
    "afrikaans alphabet arabic basque bengali bilingual cantonese catalan creole dari dialect \
     dialects esperanto farsi flemish fluent fluently gaelic hebrew hindi kurdish language \
     languages latin learn learned learning learns mandarin multilingual pashto speak speaking \
     speaks spoke spoken studied study studying subtitled subtitles swahili tagalog tamil taught \
     teach teaches teaching translate translated translation translations translator trilingual \
     urdu vocabulary xhosa yiddish zulu",
);
/// Other school subjects.
const SUBJECTS: WordList = WordList::new(
    "algebra biology chemistry geometry math mathematics maths physics science spelling",
);

fn language(case: &CountryCase<'_>) -> Option<CountryVerdict> {
    if case.is_name() {
        return None;
    }
    let tongue = TONGUES.has(case.form);
    if !tongue && !LANGUAGES.has(case.form) {
        return None;
    }
    let (before, after) = (case.around.prev(0), case.around.next(0));
    let (near_before, hyphened) = (before.touches(), after.gap == "-" || after.gap == "‑");
    let beside = after.touches() || hyphened;
    let noun_follows = after.touches()
        && !after.text.ends_with("ly")
        && !FUNCTION.has(after.text)
        && !VERBS.has(after.text);
    let joined = case.is_joined();
    let named = beside && OF_LANGUAGE.has(after.text)
        || (case.form == "English" && after.touches() && OF_ENGLISH.has(after.text));
    let speaks =
        before.text.starts_with("spe") || before.text.starts_with("spo") || before.is("fluent");
    let spoken = near_before && SPEAK.has(before.text) && (speaks || !noun_follows);
    let how = near_before && DEGREES.has(before.text) && !noun_follows && !joined_to_noun(case);
    let both =
        matches!(before.text, "both" | "either") && case.around.prev(1).is("in") && !noun_follows;
    let alone = !noun_follows && !hyphened && !case.starts_sentence() && !before.is("the");
    let bare = tongue && alone && !joined && !PREDICATES.has(before.text);
    // This may also start a sentence: English is spoken here.
    let lone = !noun_follows && !hyphened && !before.is("the");
    let of_speech = lone && !before.is("by") && case.words().any(|word| OF_SPEECH.has(word));
    let kind = lone && KINDS.has(before.text);
    let of_word =
        lone && after.is("for") && case.around.next(1).gap.contains(['“', '"', '‘', '\'']);
    let subject = case.form == "English" && alone && case.words().any(|word| SUBJECTS.has(word));
    let listed = case.prior.is_some_and(|(end, rule)| {
        rule == "language" && case.span.start.saturating_sub(end) <= 6 && !noun_follows
    });
    (named || both || kind || of_word || spoken || how || bare || of_speech || subject || listed)
        .then_some(CountryVerdict::Nothing)
}

/// Whether a second country's adjective and then a noun follow: in French and German hospitals.
fn joined_to_noun(case: &CountryCase<'_>) -> bool {
    let after = case.around.next(0);
    let second = case
        .around
        .next(usize::from(after.is("and") || after.is("or")));
    let third = case
        .around
        .next(1 + usize::from(after.is("and") || after.is("or")));
    forms::is_country(second.text)
        && third.touches()
        && !FUNCTION.has(third.text)
        && !VERBS.has(third.text)
}
