//! The headings of the word files and the frames of the verb files, and the classes they name.

use super::class::{Class, Classes};

/// The forms of a verb, in the order of the files.
pub(super) const VERB_FORMS: [Class; 5] = [
    Class::Base,
    Class::Third,
    Class::Past,
    Class::Participle,
    Class::Gerund,
];

/// Headings of the word files and frames of the verb files.
const SECTIONS: &[(&str, &[Class])] = &[
    ("determiner", &[Class::Determiner]),
    ("possessive", &[Class::Possessive]),
    ("pronoun-he", &[Class::He]),
    ("pronoun-she", &[Class::She]),
    ("pronoun-they", &[Class::They]),
    ("pronoun-it", &[Class::It]),
    ("pronoun-i", &[Class::I]),
    ("pronoun-we", &[Class::We]),
    ("pronoun-you", &[Class::We]),
    ("object-pronoun", &[Class::ObjectPronoun]),
    ("indefinite", &[Class::Indefinite]),
    ("relative", &[Class::Relative]),
    ("preposition", &[Class::Preposition]),
    ("coordinator", &[Class::Coordinator]),
    ("subordinator", &[Class::Subordinator]),
    ("auxiliary", &[Class::Auxiliary]),
    ("adverb", &[Class::Adverb]),
    ("time", &[Class::Time]),
    ("honorific", &[Class::Honorific]),
    ("honorific-m", &[Class::Honorific, Class::Male]),
    ("honorific-f", &[Class::Honorific, Class::Female]),
    ("title", &[Class::Title]),
    ("title-m", &[Class::Title, Class::Male]),
    ("title-f", &[Class::Title, Class::Female]),
    ("role", &[Class::Role]),
    ("role-plural", &[Class::RolePlural]),
    ("male", &[Class::Male]),
    ("female", &[Class::Female]),
    ("suffix", &[Class::NameSuffix]),
    ("particle", &[Class::Particle]),
    ("first-m", &[Class::FirstMale]),
    ("first-f", &[Class::FirstFemale]),
    ("organization", &[Class::Organization]),
    ("document", &[Class::Document]),
    ("place", &[Class::Place]),
    ("nationality", &[Class::Nationality]),
    ("abbreviation", &[Class::Abbreviation]),
    ("complementizer", &[Class::Complementizer]),
    ("according", &[Class::According]),
    ("passive", &[Class::Passive]),
    // The object may contain a quotation. Without one the verb reports nothing.
    ("mixed", &[Class::Quotes]),
    ("explicit", &[Class::Explicit]),
    ("report-particle", &[Class::ReportParticle]),
    ("infinitive", &[Class::To]),
    ("aside", &[Class::Aside]),
    ("quoted", &[Class::QuotedSubject]),
    ("speech-particle", &[Class::SpeechParticle]),
    ("with", &[Class::With]),
    ("second", &[Class::Second]),
    (
        "said-he",
        &[
            Class::He,
            Class::Cue,
            Class::Verb,
            Class::Third,
            Class::Quotes,
        ],
    ),
    (
        "said-she",
        &[
            Class::She,
            Class::Cue,
            Class::Verb,
            Class::Third,
            Class::Quotes,
        ],
    ),
    ("report-noun", &[Class::ReportNoun]),
    ("by", &[Class::By]),
    ("definite", &[Class::Definite]),
    ("of", &[Class::Of]),
    ("generic", &[Class::Generic]),
    ("as", &[Class::As]),
    ("quote", &[Class::Quotes]),
    ("that", &[Class::Clause]),
    ("hearer", &[Class::Hearer]),
    ("ask", &[Class::Asks]),
    ("object", &[Class::Object]),
    ("object-phrase", &[Class::ObjectPhrase]),
    ("phrase", &[Class::Phrase]),
    ("thought", &[Class::Thought]),
];

/// The classes a heading or frame names; `None` if it is unknown.
pub(super) fn classes_of(name: &str) -> Option<Classes> {
    let (_, classes) = SECTIONS.iter().find(|(known, _)| *known == name)?;
    let classes = classes.iter().copied().map(Classes::of);
    Some(classes.fold(Classes::NONE, Classes::and))
}
