//! The value of a slot in the table of names, in four bytes.

/// The value of a slot, decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlotValue {
    Empty,
    /// The slot had a name that was removed.
    Gone,
    /// A name in one article, with a small number of quotations.
    Single {
        article: u32,
        quotations: u32,
    },
    /// The index of the head of a chain.
    Chain {
        head: u32,
        is_ambiguous: bool,
    },
}

pub(crate) const EMPTY: u32 = u32::MAX;
pub(crate) const GONE: u32 = u32::MAX - 1;
const CHAIN: u32 = 1 << 31;
const AMBIGUOUS: u32 = 1 << 30;
/// The lower bits are the article of a single name, the four above them the number of quotations.
const ARTICLE_BITS: u32 = 27;
const MOST_QUOTATIONS: u32 = 15;

impl SlotValue {
    pub(crate) const fn of(value: u32) -> Self {
        match value {
            EMPTY => Self::Empty,
            GONE => Self::Gone,
            _ if value & CHAIN != 0 => Self::Chain {
                head: value & !(CHAIN | AMBIGUOUS),
                is_ambiguous: value & AMBIGUOUS != 0,
            },
            _ => Self::Single {
                article: value & ((1 << ARTICLE_BITS) - 1),
                quotations: value >> ARTICLE_BITS,
            },
        }
    }

    /// The value as a number.
    pub(crate) const fn number(self) -> u32 {
        match self {
            Self::Empty => EMPTY,
            Self::Gone => GONE,
            Self::Single {
                article,
                quotations,
            } => article | quotations << ARTICLE_BITS,
            Self::Chain { head, is_ambiguous } => {
                head | CHAIN | if is_ambiguous { AMBIGUOUS } else { 0 }
            }
        }
    }

    /// A name in one article, if both numbers are small enough.
    pub(crate) fn single(article: u32, quotations: u32) -> Option<Self> {
        let is_small = article >> ARTICLE_BITS == 0 && quotations <= MOST_QUOTATIONS;
        is_small.then_some(Self::Single {
            article,
            quotations,
        })
    }
}
