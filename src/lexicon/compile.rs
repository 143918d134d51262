//! Compiles the word files of a language into a [`WordTable`](super::word_table::WordTable). Only the build script
//! uses this file.

use super::class::{Class, Classes};
use super::gazetteer;
use super::languages::Language;
use super::sections::{VERB_FORMS, classes_of};
use super::word_table::{
    BYTES, FILTER, SET, SETS, SLOTS, filter_bit, first_slot, fold_hash, set_of,
};

/// A table that is being built.
pub(super) struct WordTableBuilder {
    filter: Vec<u64>,
    slots: Vec<u64>,
    sets: Vec<Classes>,
    used: usize,
}

/// The bytes of the table of a language.
pub(super) fn compile(language: &Language) -> Vec<u8> {
    let mut table = WordTableBuilder::new();
    for (_, content) in language.files {
        table.read_classes(content);
    }
    table.read_verbs(language.verbs);
    table.read_verbs(language.cues);
    if language.countries.is_empty() {
        table.read_gazetteer(gazetteer::TABLE);
    } else {
        table.read_countries(language.countries);
    }
    table.into_bytes()
}

/// The lines that are neither empty nor a comment.
fn facts(content: &str) -> impl Iterator<Item = &str> {
    let lines = content.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The classes of a heading or frame. An unknown one is a mistake in a data file, so it stops the build.
fn section(name: &str) -> Classes {
    let classes = classes_of(name);
    assert!(classes.is_some(), "no section or frame is called {name}");
    classes.unwrap_or_default()
}

impl WordTableBuilder {
    fn new() -> Self {
        Self {
            filter: vec![0; FILTER / 64],
            slots: vec![0; SLOTS],
            sets: vec![Classes::NONE],
            used: 0,
        }
    }

    fn read_classes(&mut self, content: &str) {
        let mut class = Classes::NONE;
        for fact in facts(content) {
            match fact
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
            {
                Some(heading) => class = section(heading),
                None => self.add(fact, class),
            }
        }
    }

    /// Reads lines of five verb forms, with frames after a `|`.
    fn read_verbs(&mut self, content: &str) {
        for fact in facts(content) {
            let mut classes = Classes::of(Class::Verb);
            let (forms, frames) = fact.split_once('|').unwrap_or((fact, ""));
            if !frames.is_empty() {
                classes = classes.and(Classes::of(Class::Cue));
            }
            for frame in frames.split_whitespace() {
                classes = classes.and(section(frame));
            }
            for (word, form) in forms.split_whitespace().zip(VERB_FORMS) {
                self.add(word, classes.and(Classes::of(form)));
            }
        }
    }

    /// Adds names of countries such as `Ghana`, if they are a single new word, as places, and the adjectives and words
    /// for their people as nationalities.
    fn read_gazetteer(&mut self, content: &str) {
        for row in facts(content) {
            for (column, cell) in row.split('\t').enumerate() {
                match column {
                    gazetteer::NAME => self.add_unknown(cell, Class::Place),
                    gazetteer::ADJECTIVES | gazetteer::DEMONYMS => {
                        self.add_unknown(cell, Class::Nationality);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Adds names of countries in another language in the same way.
    fn read_countries(&mut self, content: &str) {
        for row in facts(content) {
            let (_, names) = row.split_once('\t').unwrap_or((row, ""));
            self.add_unknown(names, Class::Place);
        }
    }

    /// Adds the values, separated by semicolons, that are a single word and not in the table yet.
    fn add_unknown(&mut self, values: &str, class: Class) {
        for word in values.split(';').map(str::trim) {
            if !word.is_empty() && !word.contains(' ') && self.is_unknown(word) {
                self.add(word, Classes::of(class));
            }
        }
    }

    fn is_unknown(&self, word: &str) -> bool {
        let set = set_of(self.slots[self.find(fold_hash(word.as_bytes()))]);
        self.sets[set].is_empty()
    }

    /// Adds classes to a word.
    fn add(&mut self, word: &str, classes: Classes) {
        let hash = fold_hash(word.as_bytes());
        let (at, bit) = filter_bit(hash);
        self.filter[at] |= bit;
        let index = self.find(hash);
        if self.slots[index] == 0 {
            self.used += 1;
            assert!(self.used * 2 <= SLOTS, "too many words: raise SLOTS");
        }
        let classes = self.sets[set_of(self.slots[index])].and(classes);
        self.slots[index] = hash & !SET | self.set(classes) as u64;
    }

    /// The index of a set of classes, which is added if it is new.
    fn set(&mut self, classes: Classes) -> usize {
        if let Some(set) = self.sets.iter().position(|known| *known == classes) {
            return set;
        }
        assert!(
            self.sets.len() < SETS,
            "too many sets of classes: raise SETS"
        );
        self.sets.push(classes);
        self.sets.len() - 1
    }

    /// The index of the slot with a hash, or of the free one where it would go.
    fn find(&self, hash: u64) -> usize {
        let mut index = first_slot(hash);
        while self.slots[index] != 0 && self.slots[index] & !SET != hash & !SET {
            index = (index + 1) % SLOTS;
        }
        index
    }

    fn into_bytes(self) -> Vec<u8> {
        let mut words = self.filter;
        words.extend(self.slots);
        words.extend(self.sets.iter().map(|classes| classes.0));
        words.resize(BYTES / 8, 0);
        words.into_iter().flat_map(u64::to_le_bytes).collect()
    }
}
