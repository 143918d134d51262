//! Lays out articles as lines, columns and pages, and maps every byte of the text to the screen.
//!
//! A [`Flow`] lays out one article for one [`Measure`]. It only lays out the blocks that are needed, so the
//! first page of any article appears at once. A [`Spread`] is what the reader pane shows: one to three columns
//! of [`Line`]s. [`cells`] returns the glyphs of a line with their columns. Positions in an article are always
//! byte offsets, so they survive every change of width.
//!
//! ```
//! use pullquote::document::read;
//! use pullquote::layout::{Flow, Measure, PageShape};
//!
//! let document = read(b"A title\n\nSome words to read.".to_vec(), "a.txt").value;
//! let mut flow = Flow::new(Measure::ragged(12));
//! let spread = flow.spread(&document, 0, PageShape { height_rows: 3, columns: 1 });
//! let shown = spread.columns[0].iter().map(|line| line.span.of(&document.text));
//! assert_eq!(shown.collect::<Vec<_>>(), ["A title", "", "Some words"]);
//! ```

mod shown;

mod hyphen;
mod setting;

mod linebreak;
mod table_rows;

mod flow;
mod page;

mod glyph;
pub mod overlay;
mod preface;

pub use flow::Flow;
pub use glyph::{Glyph, GlyphKind, cells, column_of, offset_at};
pub use hyphen::HyphenationLanguage;
pub use page::{Pages, paginate};
pub use preface::Preface;

use crate::text::Span;

/// What determines where lines end, apart from the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Columns for text, without margins and bars.
    pub width_columns: u16,
    /// Whether lines are stretched to the full width where that looks good.
    pub justify: bool,
    /// The language in which words are hyphenated, if any.
    pub hyphenate: Option<HyphenationLanguage>,
    /// Lines at the head of the article that are not part of its text.
    pub preface: Preface,
}

impl Measure {
    /// Lines of at most `width_columns`, neither justified nor hyphenated.
    #[must_use]
    pub fn ragged(width_columns: u16) -> Self {
        Self {
            width_columns,
            justify: false,
            hyphenate: None,
            preface: Preface::default(),
        }
    }
}

/// The size of a page: columns side by side, all of the same height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageShape {
    /// Rows of a column; 0 counts as 1.
    pub height_rows: u16,
    /// Number of columns; 0 counts as 1.
    pub columns: u16,
}

/// One row of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The bytes shown, without white space at the ends. Empty for a blank line.
    pub span: Span,
    /// Index of its block; a blank line belongs to the block after it.
    pub block: u32,
    /// Its index among the lines of its block.
    pub index_in_block: u32,
    /// What it shows.
    pub kind: LineKind,
    /// Empty columns before the text.
    pub indent: u16,
    /// Whether it ends in a hyphen that is not in the text.
    pub hyphen: bool,
    /// Whether its spaces are stretched to fill the width.
    pub justified: bool,
    /// Whether its paragraph is read from right to left.
    pub rtl: bool,
}

/// What a line shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Text.
    Text,
    /// Nothing: the space between two blocks.
    Blank,
    /// A rule across the column.
    Rule,
    /// The line with this index in the [`Preface`]. It has no bytes.
    Preface(u16),
}

/// What the reader pane shows at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// The lines of each column. The last columns may be empty.
    pub columns: Vec<Vec<Line>>,
    /// Where its first line starts.
    pub start: u32,
    /// Where the first line after it starts, or the length of the text.
    pub end: u32,
    /// Whether it includes the end of the article.
    pub is_last: bool,
}

#[cfg(test)]
mod tests;
