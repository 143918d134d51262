//! How far the searches of several stages look, in tokens. Windows of one file only are in that file.
//!
//! The windows keep the analysis linear in hostile texts; in news they are wide enough to never matter
//! much, so they were set by reading the longest real cases.

/// The longest noun phrase without its prepositional phrases: a name with a long title before it.
pub(super) const NOUN_PHRASE: usize = 14;

/// The distance from a verb to the clause it reports, or from a quotation to its verb: a hearer or an
/// adverbial of time and place fits between them.
pub(super) const CLAUSE: usize = 24;

/// The distance from a verb to a small word that belongs to it: “was called on Monday by …”.
pub(super) const COMPLEMENT: usize = 12;

/// The distance over which brackets, introductions and relative clauses are skipped.
pub(super) const ASIDE: usize = 40;
