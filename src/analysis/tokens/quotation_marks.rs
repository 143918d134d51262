//! Which quotation marks of a paragraph belong together.
//!
//! [`pairs`] reads the marks of a paragraph from left to right and returns the outermost pairs; what is
//! quoted inside a quotation is left alone. It knows American, British, doubled-apostrophe, French and
//! German marks, marks of different shape that are paired by mistake, a missing closing mark, and a
//! quotation that goes on in the next paragraph, where the opening mark is repeated.

use super::{TaggedToken, TokenShape};
use crate::text::segment::{QuoteMark, RawTokenKind};

/// A quotation as token indices: `open..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MarkPair {
    /// Index of the first token: the opening mark, or the first word of a continued quotation without one.
    pub open: usize,
    /// One past the closing mark, or past the last token of the paragraph when it is missing.
    pub end: usize,
    /// Whether the closing mark is there.
    pub closed: bool,
    /// Whether the opening mark is there.
    pub opened: bool,
    /// Whether the marks are single, as in British usage and headlines.
    pub single: bool,
}

/// What a mark can do where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkRole {
    Opens,
    Closes,
    Either,
    Neither,
}

/// The outermost quotations of a paragraph. `continues`: the paragraph before ended inside a quotation.
pub(crate) fn pairs(tokens: &[TaggedToken], continues: bool) -> Vec<MarkPair> {
    let mut reader = MarkPairer {
        tokens,
        open: None,
        resume: 0,
        barren: 0,
        found: Vec::new(),
    };
    if continues && reader.first_mark_closes() {
        reader.open = Some(OpenMark {
            index: 0,
            opened: false,
            family: MarkFamily::Double,
            end: 0,
        });
    }
    for index in 0..tokens.len() {
        reader.mark(index);
    }
    reader.finish();
    reader.found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkFamily {
    Double,
    Single,
    Guillemet,
    Angle,
}

#[derive(Clone, Copy)]
struct OpenMark {
    index: usize,
    opened: bool,
    family: MarkFamily,
    /// Where a quotation in single marks closes.
    end: usize,
}

struct MarkPairer<'t> {
    tokens: &'t [TaggedToken],
    open: Option<OpenMark>,
    /// Marks before this index have been dealt with.
    resume: usize,
    /// No single mark before this index closes anything.
    barren: usize,
    found: Vec<MarkPair>,
}

const fn family(mark: QuoteMark) -> MarkFamily {
    match mark {
        QuoteMark::Straight
        | QuoteMark::Left
        | QuoteMark::Right
        | QuoteMark::Low
        | QuoteMark::Doubled => MarkFamily::Double,
        QuoteMark::SingleStraight
        | QuoteMark::SingleLeft
        | QuoteMark::SingleRight
        | QuoteMark::SingleLow => MarkFamily::Single,
        QuoteMark::GuillemetLeft | QuoteMark::GuillemetRight => MarkFamily::Guillemet,
        QuoteMark::AngleLeft | QuoteMark::AngleRight => MarkFamily::Angle,
    }
}

impl MarkPairer<'_> {
    /// Whether nothing stands between the mark and the token before it, and after it.
    fn glue(&self, index: usize) -> (bool, bool) {
        let before = self
            .tokens
            .get(index)
            .is_some_and(|token| !token.spaced && index > 0);
        let after = self
            .tokens
            .get(index + 1)
            .is_some_and(|token| !token.spaced);
        (before, after)
    }

    fn is_wordlike(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| {
            token.is_word()
                || matches!(
                    token.kind,
                    TokenShape::Text(RawTokenKind::Number | RawTokenKind::Clitic)
                )
        })
    }

    fn side(&self, index: usize, mark: QuoteMark) -> MarkRole {
        let (before, after) = self.glue(index);
        let opener_before = index
            .checked_sub(1)
            .and_then(|previous| self.tokens.get(previous))
            .is_some_and(|token| {
                matches!(
                    token.kind,
                    TokenShape::Text(RawTokenKind::Open | RawTokenKind::Dash)
                ) || token.mark().is_some()
            });
        match mark {
            QuoteMark::Low | QuoteMark::SingleLow => MarkRole::Opens,
            QuoteMark::Left | QuoteMark::SingleLeft
                if !before || opener_before || after && !self.is_open() =>
            {
                MarkRole::Opens
            }
            QuoteMark::Left | QuoteMark::SingleLeft if !after => MarkRole::Closes,
            QuoteMark::Left | QuoteMark::SingleLeft => MarkRole::Either,
            QuoteMark::Right if !before && after && !self.is_open() => MarkRole::Opens,
            QuoteMark::Right => MarkRole::Closes,
            QuoteMark::GuillemetLeft | QuoteMark::AngleLeft => directed(
                before,
                after && self.is_wordlike(index + 1),
                MarkRole::Opens,
            ),
            QuoteMark::GuillemetRight | QuoteMark::AngleRight => directed(
                before,
                after && self.is_wordlike(index + 1),
                MarkRole::Closes,
            ),
            QuoteMark::Straight | QuoteMark::Doubled => match (before && !opener_before, after) {
                (false, true) => MarkRole::Opens,
                (true, false) => MarkRole::Closes,
                _ => MarkRole::Either,
            },
            QuoteMark::SingleStraight => match (
                before && !opener_before,
                after && self.is_wordlike(index + 1),
            ) {
                (false, true) => MarkRole::Opens,
                (true, _) if !(after && self.is_wordlike(index + 1)) => MarkRole::Closes,
                _ => MarkRole::Neither,
            },
            QuoteMark::SingleRight => {
                if before && !(after && self.is_wordlike(index + 1)) {
                    MarkRole::Closes
                } else {
                    MarkRole::Neither
                }
            }
        }
    }

    fn is_open(&self) -> bool {
        self.open.is_some()
    }

    fn mark(&mut self, index: usize) {
        let Some(mark) = self.tokens.get(index).and_then(TaggedToken::mark) else {
            return;
        };
        if index < self.resume {
            return;
        }
        let (side, family) = (self.side(index, mark), family(mark));
        match self.open {
            None => match side {
                MarkRole::Opens => self.start(index, family),
                MarkRole::Either if family != MarkFamily::Single => self.start(index, family),
                _ => {}
            },
            Some(open) if open.family != family => {}
            Some(open) => match side {
                MarkRole::Closes | MarkRole::Either => self.close(open, index),
                MarkRole::Opens if family == MarkFamily::Single => {}
                MarkRole::Opens if mark != QuoteMark::Low => self.reopen(open, index),
                _ => {}
            },
        }
    }

    fn start(&mut self, index: usize, family: MarkFamily) {
        let mut end = 0;
        if family == MarkFamily::Single {
            match self.single_end(index) {
                Some(at) => end = at,
                None => return,
            }
        }
        self.open = Some(OpenMark {
            index,
            opened: true,
            family,
            end,
        });
    }

    /// Where a quotation in single marks that opens at `index` closes, if it does: at the first mark after
    /// punctuation, or else at the first that is no apostrophe of a plural.
    fn single_end(&mut self, index: usize) -> Option<usize> {
        if index < self.barren {
            return None;
        }
        let mut fallback = None;
        let limit = self.tokens.len().min(index + 400);
        for at in index + 1..limit {
            let Some(mark) = self.tokens.get(at).and_then(TaggedToken::mark) else {
                continue;
            };
            if family(mark) != MarkFamily::Single {
                continue;
            }
            match self.side(at, mark) {
                MarkRole::Closes if self.after_punctuation(at) => return Some(at),
                MarkRole::Closes if fallback.is_none() => fallback = Some(at),
                MarkRole::Opens if fallback.is_some() => return fallback,
                _ => {}
            }
        }
        if fallback.is_none() {
            self.barren = limit;
        }
        fallback
    }

    fn after_punctuation(&self, index: usize) -> bool {
        index
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .is_some_and(|token| {
                matches!(
                    token.kind,
                    TokenShape::Text(
                        RawTokenKind::Comma
                            | RawTokenKind::Stop
                            | RawTokenKind::Ask
                            | RawTokenKind::Dash
                    )
                )
            })
    }

    fn close(&mut self, open: OpenMark, index: usize) {
        if open.family == MarkFamily::Single && open.end > index {
            return;
        }
        self.push(open, index + 1, true);
        self.open = None;
    }

    /// An opening mark inside an open quotation: nested when it has its own closing mark, otherwise a sign
    /// that the closing mark before it is missing.
    fn reopen(&mut self, open: OpenMark, index: usize) {
        let mut marks = (index + 1..self.tokens.len()).filter_map(|at| {
            let mark = self.tokens.get(at).and_then(TaggedToken::mark)?;
            (family(mark) == open.family).then(|| (at, self.side(at, mark)))
        });
        let first = marks.next();
        let second = marks.next();
        let nested = matches!(first, Some((_, MarkRole::Closes)))
            && matches!(second, Some((_, MarkRole::Closes)));
        if let (true, Some((end, _))) = (nested, second) {
            self.push(open, end + 1, true);
            self.open = None;
            self.resume = end + 1;
            return;
        }
        self.push(open, index, false);
        self.open = Some(OpenMark {
            index,
            opened: true,
            ..open
        });
    }

    fn push(&mut self, open: OpenMark, end: usize, closed: bool) {
        if end > open.index + 2 || !open.opened && end > open.index + 1 {
            let single = open.family == MarkFamily::Single;
            self.found.push(MarkPair {
                open: open.index,
                end,
                closed,
                opened: open.opened,
                single,
            });
        }
    }

    fn first_mark_closes(&self) -> bool {
        let first = self
            .tokens
            .iter()
            .enumerate()
            .find_map(|(index, token)| token.mark().map(|mark| (index, mark)));
        first.is_some_and(|(index, mark)| {
            // A lone name before a stray mark is no continued quotation.
            index > 12
                && matches!(
                    mark,
                    QuoteMark::Straight | QuoteMark::Right | QuoteMark::Doubled
                )
                && self.side(index, mark) == MarkRole::Closes
        })
    }

    fn finish(&mut self) {
        if let Some(open) = self.open.take()
            && open.family != MarkFamily::Single
        {
            self.push(open, self.tokens.len(), false);
        }
    }
}

/// The side of a mark that shows its direction, unless the spaces around it say the opposite (»so«).
const fn directed(before: bool, after: bool, usual: MarkRole) -> MarkRole {
    match (before, after) {
        (false, true) => MarkRole::Opens,
        (true, false) => MarkRole::Closes,
        _ => usual,
    }
}
