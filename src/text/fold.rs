//! Folds text for searching: letter case, accents, typographic marks and line breaks are removed.
//!
//! A search runs on the folded text, so `don't` finds `Don’t` and a phrase is found across a line break.
//! A [`Folded`] text can map each of its bytes back to the source. The map only has the places where the
//! distance between the two texts changes, so for plain English it is nearly empty.
//!
//! ```
//! use pullquote::text::{Span, fold::Folded};
//!
//! let text = "a “Café”\n  visit";
//! let folded = Folded::new(text, &[]);
//! assert_eq!(folded.as_str(), "a \"cafe\" visit");
//! assert_eq!(folded.source(text, 3, 7).of(text), "Café");
//! ```

use unicode_normalization::UnicodeNormalization;

use super::{Span, to_u32};

/// A folded text that can be mapped back to its source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    text: String,
    /// Where the distance between the two texts changes, in rising order of both.
    pieces: Vec<FoldPiece>,
    /// The parts of the source that were left out, sorted.
    hidden: Vec<Span>,
}

/// The byte at `folded` corresponds to the one at `source`, and so do the following bytes, one by one, unless the
/// piece is a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FoldPiece {
    folded: u32,
    source: u32,
    /// Whether it is a character or a run of white space that cannot be divided. The next piece begins at its end.
    unit: bool,
}

/// Whether folding converts capitals to lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capitals {
    /// `Court` and `court` become the same.
    Fold,
    /// They stay different.
    Keep,
}

/// The folded form of `text` alone, for queries and names that need no map back.
#[must_use]
pub fn fold(text: &str, capitals: Capitals) -> String {
    Folded::with(text, &[], capitals).text
}

impl Folded {
    /// Folds `text`, leaving out the `hidden` spans, which are sorted.
    #[must_use]
    pub fn new(text: &str, hidden: &[Span]) -> Self {
        Self::with(text, hidden, Capitals::Fold)
    }

    /// Folds `text` with or without its capitals, leaving out the `hidden` spans, which are sorted.
    #[must_use]
    pub fn with(text: &str, hidden: &[Span], capitals: Capitals) -> Self {
        let mut folder = FoldBuilder {
            folded: Self {
                text: String::with_capacity(text.len()),
                pieces: Vec::new(),
                hidden: hidden.to_vec(),
            },
            capitals,
            at: 0,
        };
        for &span in hidden {
            folder.take(text, span.start as usize);
            folder.at = folder.at.max(span.end as usize);
            folder.mark(false);
        }
        folder.take(text, text.len());
        folder.mark(true);
        folder.folded
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Folds the source `text` again with the same hidden parts, but keeps its capitals.
    #[must_use]
    pub fn with_capitals(&self, text: &str) -> Self {
        Self::with(text, &self.hidden, Capitals::Keep)
    }

    /// Folds a span of the source `text` with the same hidden parts, but keeps its capitals.
    #[must_use]
    pub fn capitals_of(&self, text: &str, span: Span) -> String {
        let first = self
            .hidden
            .partition_point(|hidden| hidden.end <= span.start);
        let hidden: Vec<Span> = self.hidden[first..]
            .iter()
            .map_while(|hidden| hidden.clip(span))
            .map(|hidden| Span::new(hidden.start - span.start, hidden.end - span.start))
            .collect();
        Self::with(span.of(text), &hidden, Capitals::Keep).text
    }

    /// The span in the source `text` of a range of the folded text.
    ///
    /// It covers whole characters, including the accents after the last one.
    #[must_use]
    pub fn source(&self, text: &str, start: usize, end: usize) -> Span {
        let first = self.source_of(start).0;
        let last = if end > start {
            self.source_of(end - 1).1
        } else {
            first
        };
        let after = Span::from_usize(last, text.len()).of(text);
        let marks: usize = after
            .chars()
            .take_while(|&c| is_mark(c))
            .map(char::len_utf8)
            .sum();
        Span::from_usize(first, last + marks)
    }

    /// The start and end in the source of the unit at a folded offset.
    fn source_of(&self, offset: usize) -> (usize, usize) {
        let after = self
            .pieces
            .partition_point(|piece| piece.folded as usize <= offset);
        let Some(at) = after.checked_sub(1) else {
            return (offset, offset + 1);
        };
        let piece = self.pieces[at];
        if piece.unit {
            let end = match self.pieces.get(after) {
                Some(next) => next.source,
                // The end of the text.
                None => piece.source,
            };
            return (piece.source as usize, end as usize);
        }
        let source = piece.source as usize + (offset - piece.folded as usize);
        (source, source + 1)
    }
}

/// The classes of bytes that the fast path distinguishes.
const PLAIN: u8 = 0;
const SPACE: u8 = 1;
const STOP: u8 = 2;

const CLASSES: [u8; 256] = {
    let mut classes = [PLAIN; 256];
    let mut byte = 0x80;
    while byte < 256 {
        classes[byte] = STOP;
        byte += 1;
    }
    let mut control = 0x09;
    while control <= 0x0D {
        classes[control] = STOP;
        control += 1;
    }
    classes[b' ' as usize] = SPACE;
    classes
};

struct FoldBuilder {
    folded: Folded,
    capitals: Capitals,
    /// How many bytes of the source were read.
    at: usize,
}

impl FoldBuilder {
    /// Reads the source up to byte `end`.
    fn take(&mut self, text: &str, end: usize) {
        while self.at < end {
            let rest = Span::from_usize(self.at, end).of(text);
            // A space after a space is folded with it, also across hidden text.
            let doubles = rest.starts_with(' ') && self.folded.text.ends_with(' ');
            let plain = if doubles {
                0
            } else {
                plain_run(rest.as_bytes())
            };
            let (run, rest) = rest.split_at(plain);
            self.copy(run);
            match rest.chars().next() {
                Some(next) if next.is_whitespace() => self.space(rest),
                Some(next) => self.character(next),
                None => self.at = end,
            }
        }
    }

    /// Copies a run of ASCII.
    fn copy(&mut self, run: &str) {
        let start = self.folded.text.len();
        self.folded.text.push_str(run);
        if self.capitals == Capitals::Fold
            && let Some(copied) = self.folded.text.get_mut(start..)
        {
            copied.make_ascii_lowercase();
        }
        self.at += run.len();
    }

    /// Folds the white space at the start of `rest` to one space, which may be written already.
    fn space(&mut self, rest: &str) {
        let length = rest.len() - rest.trim_start().len();
        if self.folded.text.ends_with(' ') {
            self.at += length;
            self.mark(false);
        } else {
            self.write(length, |out| out.push(' '));
        }
    }

    fn character(&mut self, character: char) {
        let capitals = self.capitals;
        self.write(character.len_utf8(), |out| {
            fold_character(character, capitals, out);
        });
    }

    /// Writes the folded form of the next `length` bytes of the source.
    fn write(&mut self, length: usize, write: impl FnOnce(&mut String)) {
        let before = self.folded.text.len();
        write(&mut self.folded.text);
        let written = Span::from_usize(before, self.folded.text.len()).of(&self.folded.text);
        // The same length is not enough: `ß` and `ss` have two bytes each, but `ss` must not be divided.
        let is_even = written.len() == length && written.chars().nth(1).is_none();
        if !is_even && !written.is_empty() {
            self.piece(before, self.at, true);
        }
        self.at += length;
        if !is_even {
            self.mark(false);
        }
    }

    /// Records that the two texts continue from here.
    fn mark(&mut self, unit: bool) {
        self.piece(self.folded.text.len(), self.at, unit);
    }

    fn piece(&mut self, folded: usize, source: usize, unit: bool) {
        let piece = FoldPiece {
            folded: to_u32(folded),
            source: to_u32(source),
            unit,
        };
        match self.folded.pieces.last_mut() {
            Some(last) if last.folded == piece.folded => *last = piece,
            _ => self.folded.pieces.push(piece),
        }
    }
}

/// How many bytes fold one to one: ASCII without repeated white space.
fn plain_run(bytes: &[u8]) -> usize {
    let mut before = PLAIN;
    let stop = bytes.iter().position(|&byte| {
        let class = CLASSES[usize::from(byte)];
        let stops = class + before > SPACE;
        before = class;
        stops
    });
    let length = stop.unwrap_or(bytes.len());
    // More white space may follow a space at the end, so it is not part of the run.
    match bytes[..length].last() {
        Some(b' ') if length < bytes.len() => length - 1,
        _ => length,
    }
}

fn fold_character(character: char, capitals: Capitals, out: &mut String) {
    if let Some(plain) = plain_form(character) {
        out.push_str(plain);
    } else if is_dropped(character) {
        // Nothing is written.
    } else if is_kept(character) {
        out.push(character);
    } else {
        for part in character.nfkd() {
            match capitals {
                Capitals::Keep => push_letter(part, out),
                Capitals::Fold => part
                    .to_lowercase()
                    .for_each(|small| push_letter(small, out)),
            }
        }
    }
}

fn push_letter(letter: char, out: &mut String) {
    if let Some(plain) = letters(letter).or_else(|| plain_form(letter)) {
        out.push_str(plain);
    } else if letter.is_whitespace() {
        // A spacing accent is a space and a mark.
        out.push_str(if out.ends_with(' ') { "" } else { " " });
    } else if !is_dropped(letter) {
        out.push(letter);
    }
}

/// The typewriter form of a typographic mark.
fn plain_form(character: char) -> Option<&'static str> {
    Some(match character {
        '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' | '´' => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        _ => return None,
    })
}

/// The ASCII form of lower-case letters that Unicode does not decompose.
fn letters(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'æ' | 'ǽ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

/// Whether folding removes a character: soft hyphens, zero-width characters, direction marks, lone accents.
fn is_dropped(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || is_mark(character)
}

/// Whether a script's marks are letters, or its letters would be decomposed: Japanese, Chinese, Korean.
fn is_kept(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// Whether a character is an accent or point over or under a letter, which people leave out when they type.
fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{652}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        fold(text, Capitals::Fold)
    }

    #[test]
    fn case_accents_marks_and_ligatures_do_not_count() {
        assert_eq!(
            folded("Émile’s “ÜBER” ﬁne — Straße"),
            "emile's \"uber\" fine - strasse"
        );
        assert_eq!(folded("e\u{301}te\u{301} co\u{AD}op"), "ete coop");
        assert_eq!(fold("Élan", Capitals::Keep), "Elan");
        assert_eq!(folded("Øre Łódź Æther"), "ore lodz aether");
        assert_eq!(folded("東京 ガス 서울"), "東京 ガス 서울");
    }

    #[test]
    fn white_space_runs_are_one_space() {
        assert_eq!(folded("a  b\n\n c\td \u{A0} e "), "a b c d e ");
        assert_eq!(folded(" \n "), " ");
        assert_eq!(folded("a \u{FFE3} b"), "a b");
    }

    #[test]
    fn hidden_markup_is_left_out() {
        let text = "a **bold** word";
        let folded = Folded::new(text, &[Span::new(2, 4), Span::new(8, 10)]);
        assert_eq!(folded.as_str(), "a bold word");
        assert_eq!(folded.source(text, 2, 11).of(text), "bold** word");
        assert_eq!(folded.source(text, 2, 6).of(text), "bold");
        let around = Folded::new("a <b> c", &[Span::new(2, 5)]);
        assert_eq!(around.as_str(), "a c");
    }

    #[test]
    fn the_way_back_covers_whole_characters() {
        let text = "x “Cafe\u{301}”  ﬁt";
        let folded = Folded::new(text, &[]);
        let find = |needle: &str| {
            let start = folded.as_str().find(needle).unwrap();
            folded.source(text, start, start + needle.len()).of(text)
        };
        assert_eq!(find("cafe"), "Cafe\u{301}");
        assert_eq!(find("\"cafe\""), "“Cafe\u{301}”");
        assert_eq!(find("\" f"), "”  ﬁ");
        assert_eq!(find("it"), "ﬁt");
    }

    proptest! {
        #[test]
        fn every_range_maps_to_characters_and_folds_to_itself(text in "[a-cA-C “”’é\u{301}ﬁßİ\n\u{AD}日ガ\u{A0}]{0,30}") {
            let folded = Folded::new(&text, &[]);
            for (start, character) in folded.as_str().char_indices() {
                let span = folded.source(&text, start, start + character.len_utf8());
                let part = text.get(span.range()).expect("on character boundaries");
                prop_assert!(fold(part, Capitals::Fold).contains(character), "{text:?} {part:?} {character:?}");
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = folded(&text);
            let again = folded(&once);
            prop_assert_eq!(again, once);
        }
    }
}
