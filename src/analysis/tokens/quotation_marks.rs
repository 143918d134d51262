//! Pairs the quotation marks of a paragraph.
//!
//! [`pairs`] reads the marks from left to right and returns the outermost pairs; quotations inside a
//! quotation are ignored. It handles American, British, doubled-apostrophe, French and German marks,
//! opening and closing marks that do not match, missing closing marks, and quotations that continue in
//! the next paragraph, where the opening mark is repeated.

use super::{TaggedToken, TokenShape};
use crate::text::segment::{QuoteMark, RawTokenKind};

/// The longest quotation in single marks, in tokens. It bounds the search for a closing mark, which any
/// apostrophe would otherwise start.
const MAX_SINGLE: usize = 400;
/// The fewest tokens before a closing mark for the paragraph to start inside a quotation. A name before a
/// stray mark is shorter.
const MIN_CONTINUED: usize = 12;

/// A quotation as token indices: `open..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MarkPair {
    /// The first token: the opening mark, or the first word of a continued quotation without one.
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

/// The outermost quotations of a paragraph. `continues`: the previous paragraph ended inside a quotation.
pub(crate) fn pairs(tokens: &[TaggedToken], continues: bool) -> Vec<MarkPair> {
    let mut pairer = MarkPairer {
        tokens,
        open: None,
        resume: 0,
        unclosed_until: 0,
        pairs: Vec::new(),
    };
    if continues && pairer.first_mark_closes() {
        pairer.open = Some(OpenMark {
            index: 0,
            opened: false,
            family: MarkFamily::Double,
            end: 0,
        });
    }
    for (index, token) in tokens.iter().enumerate() {
        if let Some(mark) = token.mark() {
            pairer.read(index, mark);
        }
    }
    pairer.finish();
    pairer.pairs
}

/// What a mark can be at its position.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkRole {
    Opens,
    Closes,
    Either,
    Neither,
}

/// Marks that can pair with each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkFamily {
    Double,
    Single,
    Guillemet,
    Angle,
}

impl MarkFamily {
    const fn of(mark: QuoteMark) -> Self {
        match mark {
            QuoteMark::Straight
            | QuoteMark::Left
            | QuoteMark::Right
            | QuoteMark::Low
            | QuoteMark::Doubled => Self::Double,
            QuoteMark::SingleStraight
            | QuoteMark::SingleLeft
            | QuoteMark::SingleRight
            | QuoteMark::SingleLow => Self::Single,
            QuoteMark::GuillemetLeft | QuoteMark::GuillemetRight => Self::Guillemet,
            QuoteMark::AngleLeft | QuoteMark::AngleRight => Self::Angle,
        }
    }
}

/// The opening mark of the quotation being read.
#[derive(Clone, Copy)]
struct OpenMark {
    index: usize,
    /// Whether there is a mark; a continued quotation may have none.
    opened: bool,
    family: MarkFamily,
    /// Where a quotation in single marks closes.
    end: usize,
}

struct MarkPairer<'t> {
    tokens: &'t [TaggedToken],
    open: Option<OpenMark>,
    /// Marks before this index are already paired.
    resume: usize,
    /// No single mark before this index has a closing mark.
    unclosed_until: usize,
    pairs: Vec<MarkPair>,
}

impl MarkPairer<'_> {
    /// Whether the mark touches the token before it, and the token after it.
    fn touches(&self, index: usize) -> (bool, bool) {
        let before = index > 0 && !self.tokens[index].spaced;
        let after = (self.tokens.get(index + 1)).is_some_and(|token| !token.spaced);
        (before, after)
    }

    /// Whether the mark touches a word or number after it.
    fn touches_word_after(&self, index: usize) -> bool {
        match self.tokens.get(index + 1) {
            Some(token) => {
                let is_number = matches!(
                    token.shape,
                    TokenShape::Text(RawTokenKind::Number | RawTokenKind::Clitic)
                );
                !token.spaced && (token.is_word() || is_number)
            }
            None => false,
        }
    }

    /// Whether a bracket, dash or other mark comes right before, after which a mark opens.
    fn is_after_opener(&self, index: usize) -> bool {
        match index
            .checked_sub(1)
            .map(|previous| self.tokens[previous].shape)
        {
            Some(TokenShape::Text(kind)) => {
                matches!(
                    kind,
                    RawTokenKind::Open | RawTokenKind::Dash | RawTokenKind::Mark(_)
                )
            }
            _ => false,
        }
    }

    fn role(&self, index: usize, mark: QuoteMark) -> MarkRole {
        let (before, after) = self.touches(index);
        let opener_before = self.is_after_opener(index);
        let is_open = self.open.is_some();
        let word_after = self.touches_word_after(index);
        match mark {
            QuoteMark::Low | QuoteMark::SingleLow => MarkRole::Opens,
            QuoteMark::Left | QuoteMark::SingleLeft
                if !before || opener_before || after && !is_open =>
            {
                MarkRole::Opens
            }
            QuoteMark::Left | QuoteMark::SingleLeft if !after => MarkRole::Closes,
            QuoteMark::Left | QuoteMark::SingleLeft => MarkRole::Either,
            QuoteMark::Right if !before && after && !is_open => MarkRole::Opens,
            QuoteMark::Right => MarkRole::Closes,
            QuoteMark::GuillemetLeft | QuoteMark::AngleLeft => {
                directed(before, word_after, MarkRole::Opens)
            }
            QuoteMark::GuillemetRight | QuoteMark::AngleRight => {
                directed(before, word_after, MarkRole::Closes)
            }
            QuoteMark::Straight | QuoteMark::Doubled => match (before && !opener_before, after) {
                (false, true) => MarkRole::Opens,
                (true, false) => MarkRole::Closes,
                _ => MarkRole::Either,
            },
            QuoteMark::SingleStraight => match (before && !opener_before, word_after) {
                (false, true) => MarkRole::Opens,
                (true, false) => MarkRole::Closes,
                _ => MarkRole::Neither,
            },
            QuoteMark::SingleRight if before && !word_after => MarkRole::Closes,
            QuoteMark::SingleRight => MarkRole::Neither,
        }
    }

    fn read(&mut self, index: usize, mark: QuoteMark) {
        if index < self.resume {
            return;
        }
        let (role, family) = (self.role(index, mark), MarkFamily::of(mark));
        match self.open {
            None => match role {
                MarkRole::Opens => self.start(index, family),
                MarkRole::Either if family != MarkFamily::Single => self.start(index, family),
                _ => {}
            },
            Some(open) if open.family != family => {}
            Some(open) => match role {
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
    /// punctuation, or else at the first one that is not the apostrophe of a plural.
    fn single_end(&mut self, index: usize) -> Option<usize> {
        if index < self.unclosed_until {
            return None;
        }
        let mut fallback = None;
        let limit = self.tokens.len().min(index + MAX_SINGLE);
        for at in index + 1..limit {
            let Some(mark) = self.tokens[at].mark() else {
                continue;
            };
            if MarkFamily::of(mark) != MarkFamily::Single {
                continue;
            }
            match self.role(at, mark) {
                MarkRole::Closes if self.is_after_punctuation(at) => return Some(at),
                MarkRole::Closes if fallback.is_none() => fallback = Some(at),
                MarkRole::Opens if fallback.is_some() => return fallback,
                _ => {}
            }
        }
        if fallback.is_none() {
            self.unclosed_until = limit;
        }
        fallback
    }

    fn is_after_punctuation(&self, index: usize) -> bool {
        matches!(
            self.tokens[index - 1].shape,
            TokenShape::Text(
                RawTokenKind::Comma | RawTokenKind::Stop | RawTokenKind::Ask | RawTokenKind::Dash
            )
        )
    }

    fn close(&mut self, open: OpenMark, index: usize) {
        if open.family == MarkFamily::Single && open.end > index {
            return;
        }
        self.push(open, index + 1, true);
        self.open = None;
    }

    /// Handles an opening mark inside an open quotation. It is nested when it has its own closing mark;
    /// otherwise the closing mark before it is missing.
    fn reopen(&mut self, open: OpenMark, index: usize) {
        let mut marks = (index + 1..self.tokens.len()).filter_map(|at| {
            let mark = self.tokens[at].mark()?;
            (MarkFamily::of(mark) == open.family).then(|| (at, self.role(at, mark)))
        });
        if let (Some((_, MarkRole::Closes)), Some((last, MarkRole::Closes))) =
            (marks.next(), marks.next())
        {
            self.push(open, last + 1, true);
            self.open = None;
            self.resume = last + 1;
            return;
        }
        self.push(open, index, false);
        self.open = Some(OpenMark {
            index,
            opened: true,
            ..open
        });
    }

    /// Adds a pair that holds at least one token.
    fn push(&mut self, open: OpenMark, end: usize, closed: bool) {
        if end > open.index + 2 || !open.opened && end > open.index + 1 {
            self.pairs.push(MarkPair {
                open: open.index,
                end,
                closed,
                opened: open.opened,
                single: open.family == MarkFamily::Single,
            });
        }
    }

    fn first_mark_closes(&self) -> bool {
        let mut tokens = self.tokens.iter().enumerate();
        let Some((index, mark)) =
            tokens.find_map(|(index, token)| token.mark().map(|mark| (index, mark)))
        else {
            return false;
        };
        index > MIN_CONTINUED
            && matches!(
                mark,
                QuoteMark::Straight | QuoteMark::Right | QuoteMark::Doubled
            )
            && self.role(index, mark) == MarkRole::Closes
    }

    fn finish(&mut self) {
        if let Some(open) = self.open.take()
            && open.family != MarkFamily::Single
        {
            self.push(open, self.tokens.len(), false);
        }
    }
}

/// The role of a mark whose shape shows its direction, unless the spaces around it say the opposite (»so«).
const fn directed(before: bool, after: bool, usual: MarkRole) -> MarkRole {
    match (before, after) {
        (false, true) => MarkRole::Opens,
        (true, false) => MarkRole::Closes,
        _ => usual,
    }
}
