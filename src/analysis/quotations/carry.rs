//! What the next paragraph needs to know of the paragraphs before it.

use super::pending::PendingAttribution;

/// What a paragraph leaves to the next.
#[derive(Default)]
pub(crate) struct Carry {
    /// The last quotation has no closing mark.
    pub open: bool,
    /// The article has quoted somebody in single marks.
    pub quotes_in_single_marks: bool,
    /// The speaker of the last quotation.
    pub last_speaker: Option<PendingAttribution>,
    /// The last paragraph ends with a colon: who the words before it are about.
    pub announced_speaker: Option<PendingAttribution>,
    /// Who the last sentence without a quotation is about.
    pub last_subject: Option<PendingAttribution>,
    /// The last paragraph has no quotation, so its subject is nearer than the last speaker.
    pub subject_is_nearer: bool,
}
