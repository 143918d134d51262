//! Breaks a block's text into rows that fit a width.
//!
//! Rows are filled greedily between the break opportunities of UAX #14, so a change never moves the
//! lines above it, and the time is linear. A word that crosses the edge is hyphenated if its language is
//! known and it would leave a wide gap. A word wider than a whole row is cut anywhere.

use super::setting::{Setting, columns, saturated, widest};
use super::shown::{ShownText, UnitLook};
use crate::text::{Span, to_u32};

/// The most consecutive rows that end in a hyphen.
const HYPHENS_IN_ROW: u8 = 2;

/// The width divided by the fewest empty columns for which a word is hyphenated.
const SLACK_IF_RAGGED: u16 = 8;
const SLACK_IF_JUSTIFIED: u16 = 12;
/// No word is hyphenated for fewer empty columns, however narrow the row is.
const LEAST_SLACK: u16 = 4;

/// A laid-out row, in bytes of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextRow {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) hyphen: bool,
    pub(super) justified: bool,
}

/// Breaks preformatted text at its line breaks and where a row is full.
pub(super) fn wrap_preformatted(shown: &ShownText<'_>, setting: Setting, rows: &mut Vec<TextRow>) {
    let (mut start, widest) = (0, widest(setting.width));
    for line in shown.text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        let (mut row_start, mut column) = (start, 0);
        for unit in shown.units(start).take_while(|unit| unit.end <= end) {
            let room = setting.room(rows.len());
            let mut width = columns(unit, column, widest);
            if column > 0 && column + width > room {
                push_row(rows, shown, (row_start, unit.start), RowEnding::default());
                (row_start, column) = (unit.start, 0);
                width = columns(unit, 0, widest);
            }
            column += width;
        }
        push_row(rows, shown, (row_start, end), RowEnding::default());
        start += line.len();
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct RowEnding {
    hyphen: bool,
    justified: bool,
}

fn push_row(
    rows: &mut Vec<TextRow>,
    shown: &ShownText<'_>,
    (start, end): (usize, usize),
    ending: RowEnding,
) {
    let text = Span::from_usize(start, end).of(&shown.text);
    let end = start + text.trim_end_matches(' ').len();
    let source_start = shown.source_start(start);
    rows.push(TextRow {
        start: source_start,
        end: if end > start {
            shown.source_end(end)
        } else {
            source_start
        },
        hyphen: ending.hyphen,
        justified: ending.justified,
    });
}

/// Breaks running text into rows.
pub(super) fn wrap(shown: &ShownText<'_>, setting: Setting, rows: &mut Vec<TextRow>) {
    let text: &str = &shown.text;
    let text_end = text.trim_end_matches(' ').len();
    let text_start = text_end.min(text.len() - text.trim_start_matches(' ').len());
    let mut filler = Filler {
        shown,
        setting,
        rows,
        row: OpenRow::at(text_start),
        n_hyphens: 0,
        text_end,
    };
    let mut start = text_start;
    for end in breaks(text) {
        let end = end.min(text_end);
        if end <= start || keeps_together(text, end, text_end) {
            continue;
        }
        if let Some(token) = filler.token(start, end) {
            filler.add(token);
            start = end;
        }
    }
    filler.close(RowEnding::default());
}

/// Where a row may end: at the break opportunities of UAX #14, and in Thai and Lao before the vowels that are
/// written first in their syllable. These languages have no spaces between words; UAX #14 leaves them to
/// dictionaries.
fn breaks(text: &str) -> impl Iterator<Item = usize> {
    let mut done = 0;
    unicode_linebreak::linebreaks(text).flat_map(move |(end, _)| {
        let start = std::mem::replace(&mut done, end);
        let token = Span::from_usize(start, end).of(text);
        let syllables = token
            .match_indices(is_first_vowel)
            .map(move |(at, _)| start + at);
        let follows_letter = move |&at: &usize| {
            Span::from_usize(start, at)
                .of(text)
                .ends_with(is_thai_or_lao)
        };
        syllables.filter(follows_letter).chain([end])
    })
}

fn is_first_vowel(point: char) -> bool {
    matches!(point, '\u{E40}'..='\u{E44}' | '\u{EC0}'..='\u{EC4}')
}

fn is_thai_or_lao(point: char) -> bool {
    matches!(point, '\u{E01}'..='\u{E3A}' | '\u{E45}'..='\u{E4E}' | '\u{E81}'..='\u{EBD}' | '\u{EC6}'..='\u{ECE}')
}

/// Whether no row may begin at `at` although UAX #14 allows it: a dash between spaces stays with the word before
/// it, as in “the talks – a failure”.
fn keeps_together(text: &str, at: usize, text_end: usize) -> bool {
    let rest = Span::from_usize(at, text_end).of(text);
    rest.starts_with("– ") || rest.starts_with("— ")
}

/// The text between two break opportunities, with the spaces after it.
#[derive(Debug, Clone)]
struct LineFragment {
    start: usize,
    /// Where its last word ends, without the spaces.
    end: usize,
    /// Where the next fragment starts.
    next: usize,
    /// Columns from `start` to `end`.
    width: u32,
    /// The runs of spaces inside.
    n_gaps: u16,
    /// The letters that may be hyphenated.
    word: Option<(usize, usize)>,
}

/// The row that is being filled.
#[derive(Debug, Clone, Copy)]
struct OpenRow {
    start: usize,
    /// Where its last word ends.
    end: usize,
    column: u16,
    n_gaps: u16,
    /// Whether spaces follow `end`.
    is_spaced: bool,
    is_empty: bool,
}

impl OpenRow {
    fn at(start: usize) -> Self {
        Self {
            start,
            end: start,
            column: 0,
            n_gaps: 0,
            is_spaced: false,
            is_empty: true,
        }
    }
}

struct Filler<'a, 'd> {
    shown: &'a ShownText<'d>,
    setting: Setting,
    rows: &'a mut Vec<TextRow>,
    row: OpenRow,
    /// How many rows right before this one end in a hyphen.
    n_hyphens: u8,
    text_end: usize,
}

impl Filler<'_, '_> {
    fn text(&self, start: usize, end: usize) -> &str {
        Span::from_usize(start, end).of(&self.shown.text)
    }

    fn room(&self) -> u16 {
        self.setting.room(self.rows.len())
    }

    /// Measures the text between two break opportunities. `None` if the second one is inside a grapheme.
    fn token(&self, start: usize, next: usize) -> Option<LineFragment> {
        let text = self.text(start, next);
        let word = text.trim_end_matches(' ');
        let mut token = LineFragment {
            start,
            end: start + word.len(),
            next,
            width: to_u32(word.len()),
            n_gaps: 0,
            word: None,
        };
        let is_clear = self
            .shown
            .text
            .as_bytes()
            .get(next)
            .is_none_or(u8::is_ascii);
        if !is_clear || !word.bytes().all(|byte| byte.is_ascii_graphic()) {
            self.measure(&mut token)?;
        }
        Some(token)
    }

    fn measure(&self, token: &mut LineFragment) -> Option<()> {
        let widest = widest(self.setting.width);
        (token.width, token.n_gaps) = (0, 0);
        for unit in self.shown.units(token.start) {
            if unit.end > token.next {
                return (unit.start >= token.next).then_some(());
            }
            if unit.start < token.end {
                token.width += u32::from(columns(unit, 0, widest));
                token.n_gaps += u16::from(unit.look == UnitLook::Space);
            }
        }
        Some(())
    }

    /// Adds a fragment to the row, or to as many new rows as it needs.
    fn add(&mut self, mut token: LineFragment) {
        let mut is_first_try = true;
        while !self.fits(&token) {
            if is_first_try {
                token.word = self.divisible(&token);
                is_first_try = false;
            }
            if let Some(at) = self.division(&token) {
                self.extend(token.start, at);
                self.close(RowEnding {
                    hyphen: true,
                    justified: false,
                });
                self.row = OpenRow::at(at);
                token = self.rest_of(&token, at);
            } else if self.row.is_empty {
                token = self.cut(&token);
                if token.start >= token.end {
                    self.row = OpenRow::at(token.next);
                    return;
                }
            } else {
                self.close_full(token.start);
            }
        }
        self.put(&token);
    }

    /// Whether the fragment fits the row. After a soft hyphen there must be room for the hyphen.
    fn fits(&self, token: &LineFragment) -> bool {
        let hyphen = u32::from(token.next < self.text_end && self.ends_soft(token.next));
        let space = u32::from(self.row.is_spaced);
        u32::from(self.row.column) + space + token.width + hyphen <= u32::from(self.room())
    }

    fn ends_soft(&self, at: usize) -> bool {
        self.text(0, at).ends_with('\u{AD}')
    }

    fn put(&mut self, token: &LineFragment) {
        let width = saturated(token.width as usize);
        let space = u16::from(self.row.is_spaced);
        self.row.column = self.row.column.saturating_add(space).saturating_add(width);
        self.row.n_gaps = self
            .row
            .n_gaps
            .saturating_add(space)
            .saturating_add(token.n_gaps);
        self.row.end = token.end;
        self.row.is_spaced = token.next > token.end;
        self.row.is_empty = false;
    }

    /// Adds the first part of a hyphenated word to the row.
    fn extend(&mut self, start: usize, end: usize) {
        let width = saturated(self.text(start, end).chars().count());
        let space = u16::from(self.row.is_spaced);
        self.row.column = self
            .row
            .column
            .saturating_add(space + 1)
            .saturating_add(width);
        self.row.n_gaps = self.row.n_gaps.saturating_add(space);
        self.row.end = end;
        self.row.is_empty = false;
    }

    /// Ends a row on which the next fragment does not fit.
    fn close_full(&mut self, next: usize) {
        let hyphen = !self.row.is_spaced && self.ends_soft(next);
        self.row.column += u16::from(hyphen);
        self.close(RowEnding {
            hyphen,
            justified: false,
        });
        self.row = OpenRow::at(next);
    }

    /// Ends the row. It is justified only if another row follows and no space grows by more than one column.
    fn close(&mut self, mut ending: RowEnding) {
        let slack = self.room().saturating_sub(self.row.column);
        let is_last = self.row.end >= self.text_end;
        ending.justified =
            self.setting.justify && !is_last && slack > 0 && slack <= self.row.n_gaps;
        self.n_hyphens = if ending.hyphen {
            self.n_hyphens.saturating_add(1)
        } else {
            0
        };
        push_row(
            self.rows,
            self.shown,
            (self.row.start, self.row.end),
            ending,
        );
    }

    /// The range of the letters of a fragment that may be hyphenated: a whole word between spaces.
    fn divisible(&self, token: &LineFragment) -> Option<(usize, usize)> {
        let language = self.setting.hyphenate?;
        let text: &str = &self.shown.text;
        let before = text.get(..token.start)?;
        let begins = before.is_empty() || before.ends_with(' ') || before.ends_with('—');
        let ends = token.next > token.end || token.next >= self.text_end;
        if !begins || !ends {
            return None;
        }
        let word = language.divisible(text.get(token.start..token.end)?)?;
        Some((token.start + word.start, token.start + word.end))
    }

    /// Where to divide the fragment so that its first part and a hyphen fill the row.
    fn division(&self, token: &LineFragment) -> Option<usize> {
        let (word_start, word_end) = token.word?;
        let language = self.setting.hyphenate?;
        let is_forced = self.row.is_empty;
        let slack = self.room().saturating_sub(self.row.column);
        let is_wanted = self.n_hyphens < HYPHENS_IN_ROW
            && slack >= self.least_slack()
            && token.next < self.text_end;
        let room = slack.saturating_sub(u16::from(self.row.is_spaced) + 1);
        if room == 0 || !(is_forced || is_wanted) {
            return None;
        }
        let places = language.divisions(self.text(word_start, word_end));
        places
            .into_iter()
            .map(|place| word_start + place)
            .find(|&at| {
                at > token.start && self.text(token.start, at).chars().count() <= usize::from(room)
            })
    }

    /// The fewest empty columns at the end of a row for which a word is hyphenated. A justified row shows them as
    /// wide spaces, so there it takes fewer.
    fn least_slack(&self) -> u16 {
        let share = if self.setting.justify {
            SLACK_IF_JUSTIFIED
        } else {
            SLACK_IF_RAGGED
        };
        (self.setting.width / share).max(LEAST_SLACK)
    }

    fn rest_of(&self, token: &LineFragment, at: usize) -> LineFragment {
        let used = self.text(token.start, at).chars().count();
        LineFragment {
            start: at,
            width: token.width.saturating_sub(to_u32(used)),
            ..token.clone()
        }
    }

    /// Fills an empty row with as much of the fragment as fits, at least one grapheme.
    fn cut(&mut self, token: &LineFragment) -> LineFragment {
        let (room, widest) = (self.room(), widest(self.setting.width));
        let (mut column, mut used, mut n_gaps) = (0, 0, 0);
        let (mut end, mut next) = (token.start, token.end);
        for unit in self
            .shown
            .units(token.start)
            .take_while(|unit| unit.end <= token.end)
        {
            let width = columns(unit, 0, widest);
            if column > 0 && column + width > room {
                next = unit.start;
                if unit.look == UnitLook::Space {
                    (next, used, n_gaps) = (unit.end, used + 1, n_gaps + 1);
                }
                break;
            }
            column += width;
            used += u32::from(width);
            n_gaps += u16::from(unit.look == UnitLook::Space);
            end = unit.end;
        }
        self.row.end = end;
        self.row.column = column;
        self.close(RowEnding::default());
        self.row = OpenRow::at(next);
        LineFragment {
            start: next,
            width: token.width.saturating_sub(used),
            n_gaps: token.n_gaps.saturating_sub(n_gaps),
            ..token.clone()
        }
    }
}
