//! Reading the data files to a table of words. The compiler does it, so nothing of it is left to the start.

use super::class::{Class, Classes};
use super::word_table::WordTable;
use super::{Language, gazetteer};

impl WordTable {
    /// The words of a language.
    pub(super) const fn of(language: &Language) -> Self {
        let mut table = Self::EMPTY;
        let mut file = 0;
        while file < language.files.len() {
            read_classes(language.files[file].1.as_bytes(), &mut table);
            file += 1;
        }
        read_verbs(language.verbs.as_bytes(), &mut table);
        read_verbs(language.cues.as_bytes(), &mut table);
        if language.countries.is_empty() {
            read_gazetteer(gazetteer::TABLE.as_bytes(), &mut table);
        } else {
            read_countries(language.countries.as_bytes(), &mut table);
        }
        table
    }
}

/// Takes what stands before `end` from the front of a text, and `end`; all of it when there is none.
const fn take<'t>(text: &mut &'t [u8], end: u8) -> &'t [u8] {
    let mut at = 0;
    while at < text.len() {
        if text[at] == end {
            let (taken, rest) = text.split_at(at);
            *text = rest.split_at(1).1;
            return taken;
        }
        at += 1;
    }
    let taken = *text;
    *text = &[];
    taken
}

/// Takes lines up to the first that says something; nothing is left in the end.
const fn take_fact<'t>(text: &mut &'t [u8]) -> &'t [u8] {
    while !text.is_empty() {
        let line = take(text, b'\n').trim_ascii();
        if !matches!(line, [] | [b'#', ..]) {
            return line;
        }
    }
    &[]
}

const fn read_classes(mut content: &[u8], table: &mut WordTable) {
    let mut class = Classes::NONE;
    loop {
        match take_fact(&mut content) {
            [] => return,
            [b'[', name @ .., b']'] => class = Classes::section(name),
            fact => table.add(fact, class),
        }
    }
}

/// The forms of a verb, in the order of the files.
pub(super) const FORMS: [Class; 5] = [
    Class::Base,
    Class::Third,
    Class::Past,
    Class::Participle,
    Class::Gerund,
];

/// Reads lines of verb forms with frames after a `|`.
const fn read_verbs(mut content: &[u8], table: &mut WordTable) {
    loop {
        let mut frames = take_fact(&mut content);
        if frames.is_empty() {
            return;
        }
        let mut classes = Classes::of(Class::Verb);
        let mut forms = take(&mut frames, b'|');
        if !frames.is_empty() {
            classes = classes.and(Classes::of(Class::Cue));
        }
        while !frames.is_empty() {
            classes = classes.and(Classes::section(take(&mut frames, b' ')));
        }
        let mut form = 0;
        while form < FORMS.len() && !forms.is_empty() {
            let word = take(&mut forms, b' ');
            if !word.is_empty() {
                table.add(word, classes.and(Classes::of(FORMS[form])));
                form += 1;
            }
        }
    }
}

/// Makes places of the names of countries that are one word and nothing else, such as `Ghana`, and
/// nationalities of the words for their people.
const fn read_gazetteer(mut content: &[u8], table: &mut WordTable) {
    loop {
        let mut row = take_fact(&mut content);
        if row.is_empty() {
            return;
        }
        let mut column = 0;
        while !row.is_empty() {
            let cell = take(&mut row, b'\t');
            match column {
                gazetteer::NAME => add_strangers(cell, Class::Place, table),
                gazetteer::ADJECTIVES | gazetteer::DEMONYMS => {
                    add_strangers(cell, Class::Nationality, table);
                }
                _ => {}
            }
            column += 1;
        }
    }
}

/// The same of the names of countries in another language.
const fn read_countries(mut content: &[u8], table: &mut WordTable) {
    loop {
        let mut names = take_fact(&mut content);
        if names.is_empty() {
            return;
        }
        take(&mut names, b'\t');
        add_strangers(names, Class::Place, table);
    }
}

/// Adds those of some values, parted by semicolons, that are one word and not known yet.
const fn add_strangers(mut values: &[u8], class: Class, table: &mut WordTable) {
    while !values.is_empty() {
        let mut rest = take(&mut values, b';').trim_ascii();
        let word = take(&mut rest, b' ');
        if rest.is_empty() && table.get(word).is_empty() {
            table.add(word, Classes::of(class));
        }
    }
}
