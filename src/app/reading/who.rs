//! Who said a quotation of the open article.

use crate::analysis::SpeakerId;
use crate::app::reading::reader::OpenArticle;

/// Shown in place of the name of an unknown speaker.
pub(crate) const UNATTRIBUTED: &str = "? unknown speaker";

/// A speaker, or nobody known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// By this name.
    Named(String),
    /// The unknown speakers.
    Unknown,
}

impl Who {
    /// The name to show.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Named(name) => name,
            Self::Unknown => UNATTRIBUTED,
        }
    }
}

/// Who said a quotation of the open article.
#[must_use]
pub fn who_said(reader: &OpenArticle, index: usize) -> Who {
    let name = reader
        .speaker_of(index)
        .map(|speaker| speaker.name.to_string());
    name.map_or(Who::Unknown, Who::Named)
}

/// The quotations of the open article by a speaker, as indices.
pub fn quotations_of<'r>(
    reader: &'r OpenArticle,
    who: &Who,
) -> impl Iterator<Item = usize> + use<'r> {
    let wanted = speaker_named(reader, who);
    let is_nobody = *who == Who::Unknown || wanted.is_some();
    let analysis = reader.analysis();
    let is_wanted = move |quotation: &crate::analysis::Quotation| {
        let speaker = analysis.and_then(|analysis| analysis.speaker_id(quotation));
        is_nobody && speaker == wanted
    };
    reader
        .quotations()
        .iter()
        .enumerate()
        .filter(move |(_, q)| is_wanted(q))
        .map(|(index, _)| index)
}

/// The speaker of the open article with a name.
pub(crate) fn speaker_named(reader: &OpenArticle, who: &Who) -> Option<SpeakerId> {
    let Who::Named(name) = who else {
        return None;
    };
    let mut speakers = reader.analysis()?.speakers.iter();
    let index = speakers.position(|speaker| *speaker.name == **name)?;
    Some(SpeakerId(u32::try_from(index).unwrap_or(u32::MAX)))
}
