//! Folding: the form of a text in which letter case, accents, typographic marks and line breaks do not count.
//!
//! Searching happens in the folded text, so `don't` finds `Don’t` and a phrase is found across a line break.
//! A [`Folded`] text knows where each of its bytes came from; the map holds only the places where the two
//! texts drift apart, so for plain English it is nearly empty.
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

use super::Span;

/// A folded text with its way back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    text: String,
    /// Where the distance between the two texts changes, in rising order of both.
    pieces: Vec<FoldPiece>,
    /// What of the source was left out, sorted.
    hidden: Vec<Span>,
}

/// From `folded` on, offsets count along with those from `source` on, unless the piece is one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FoldPiece {
    folded: u32,
    source: u32,
    /// A character or run of white space that cannot be divided; the next piece begins at its end.
    unit: bool,
}

/// Whether folding makes capitals small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capitals {
    /// `Court` and `court` become the same.
    Fold,
    /// They stay apart.
    Keep,
}

/// `text` folded, when the way back is not needed: for queries and names.
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

    /// Folds `text` as told, leaving out the `hidden` spans, which are sorted.
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

    /// The source `text` folded anew with the same parts hidden, but with its capitals.
    #[must_use]
    pub fn with_capitals(&self, text: &str) -> Self {
        Self::with(text, &self.hidden, Capitals::Keep)
    }

    /// A stretch of the source `text` folded without what is hidden in it, but with its capitals.
    #[must_use]
    pub fn capitals_of(&self, text: &str, span: Span) -> String {
        let first = self
            .hidden
            .partition_point(|hidden| hidden.end <= span.start);
        let hidden: Vec<Span> = self
            .hidden
            .get(first..)
            .unwrap_or_default()
            .iter()
            .map_while(|hidden| hidden.clip(span))
            .map(|hidden| Span::new(hidden.start - span.start, hidden.end - span.start))
            .collect();
        Self::with(span.of(text), &hidden, Capitals::Keep).text
    }

    /// The span in the source `text` of a range of the folded text.
    ///
    /// It covers whole characters, with the accents that follow the last.
    #[must_use]
    pub fn source(&self, text: &str, start: usize, end: usize) -> Span {
        let first = self.source_of(start).0;
        let last = if end > start {
            self.source_of(end - 1).1
        } else {
            first
        };
        let after = text.get(last..).unwrap_or_default();
        let marks: usize = after
            .chars()
            .take_while(|&c| is_mark(c))
            .map(char::len_utf8)
            .sum();
        Span::from_usize(first, last + marks)
    }

    /// Where the unit at a folded offset begins and ends in the source.
    fn source_of(&self, offset: usize) -> (usize, usize) {
        let after = self
            .pieces
            .partition_point(|piece| piece.folded as usize <= offset);
        let Some(piece) = after
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
        else {
            return (offset, offset + 1);
        };
        if piece.unit {
            let end = self
                .pieces
                .get(after)
                .map_or(piece.source, |next| next.source);
            return (piece.source as usize, end as usize);
        }
        let source = piece.source as usize + (offset - piece.folded as usize);
        (source, source + 1)
    }
}

/// What an ASCII byte means to the fast path.
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
    /// How far the source is read, in bytes.
    at: usize,
}

impl FoldBuilder {
    /// Reads the source up to byte `end`.
    fn take(&mut self, text: &str, end: usize) {
        while self.at < end {
            let rest = text.as_bytes().get(self.at..end).unwrap_or_default();
            // A space after a space is folded with it, also across what is hidden.
            let doubles = rest.starts_with(b" ") && self.folded.text.ends_with(' ');
            let plain = if doubles { 0 } else { plain_run(rest) };
            self.copy(text, plain);
            let Some(next) = text.get(self.at..end).and_then(|rest| rest.chars().next()) else {
                self.at = self.at.max(end.min(self.at + 1));
                continue;
            };
            if next.is_whitespace() {
                self.space(text, end);
            } else {
                self.character(next);
            }
        }
    }

    /// Copies a run of ASCII.
    fn copy(&mut self, text: &str, length: usize) {
        let Some(run) = text
            .get(self.at..self.at + length)
            .filter(|run| !run.is_empty())
        else {
            return;
        };
        let start = self.folded.text.len();
        self.folded.text.push_str(run);
        if self.capitals == Capitals::Fold
            && let Some(copied) = self.folded.text.get_mut(start..)
        {
            copied.make_ascii_lowercase();
        }
        self.at += length;
    }

    /// Folds a run of white space to one space, together with one already written.
    fn space(&mut self, text: &str, end: usize) {
        let rest = text.get(self.at..end).unwrap_or_default();
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
        let written = self.folded.text.get(before..).unwrap_or_default();
        // As long as before is not enough: `ß` and `ss` are of one length and must not be divided.
        let is_even = written.len() == length && written.chars().nth(1).is_none();
        if !is_even && !written.is_empty() {
            self.piece(before, self.at, true);
        }
        self.at += length;
        if !is_even {
            self.mark(false);
        }
    }

    /// Notes that the two texts go on from here.
    fn mark(&mut self, unit: bool) {
        self.piece(self.folded.text.len(), self.at, unit);
    }

    fn piece(&mut self, folded: usize, source: usize, unit: bool) {
        let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let piece = FoldPiece {
            folded: offset(folded),
            source: offset(source),
            unit,
        };
        match self.folded.pieces.last_mut() {
            Some(last) if last.folded == piece.folded => *last = piece,
            _ => self.folded.pieces.push(piece),
        }
    }
}

/// How many bytes fold one to one: ASCII in which no white space follows another.
fn plain_run(bytes: &[u8]) -> usize {
    let mut before = PLAIN;
    let stop = bytes.iter().position(|&byte| {
        let class = CLASSES.get(usize::from(byte)).copied().unwrap_or(STOP);
        let stops = class + before > SPACE;
        before = class;
        stops
    });
    let length = stop.unwrap_or(bytes.len());
    // A space at the end belongs to what follows, which may be more white space.
    match bytes.get(..length).and_then(<[u8]>::last) {
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

/// Typographic marks as they are typed.
fn plain_form(character: char) -> Option<&'static str> {
    Some(match character {
        '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' | '´' => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        _ => return None,
    })
}

/// Small letters that Unicode does not take apart.
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

/// Soft hyphens, zero-width characters, direction marks, accents on their own.
fn is_dropped(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || is_mark(character)
}

/// Scripts whose marks are letters, or whose letters would fall to pieces.
fn is_kept(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// Accents and points that are written over or under a letter and may be left out in typing.
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
