//! Reported speech without quotation marks: she said that the bridge would hold.
//!
//! What a cue reports is found from the cue outwards: the clause after it (`after_cue`), the clause before a
//! trailing `Ruiz said` or around `according to` (`before_cue`), or a whole turn of a transcript. Reports of
//! thought (believes, hopes) are left out, and so are reports that contain quotation marks, which are mixed
//! quotations.

mod reported;

mod after_cue;

mod before_cue;

mod sentence;

mod transcript;

use super::context::SourceLink;
use super::interview::{self, Turn};
use super::paragraph::{CuedSentence, Paragraph};
use super::pending::PendingQuotation;
use super::resolver::SourceResolver;
use crate::analysis::syntax::NounPhrase;
use crate::analysis::{Quotation, QuotationKind};
use reported::ReportedSpeech;

/// Adds the reported speech of a paragraph to `quotations`. `quoted`: its quotations in marks.
pub(crate) fn find(
    paragraph: &Paragraph<'_>,
    sentences: &[CuedSentence<'_>],
    quoted: &[PendingQuotation],
    resolver: &mut SourceResolver<'_>,
    quotations: &mut Vec<Quotation>,
) {
    if let Some(start) = start_of_turn(paragraph, resolver) {
        if paragraph.quotes.is_empty() {
            let end = transcript::turn_end(paragraph.tokens, start);
            let turn = ReportedSpeech {
                start,
                end,
                cue: 0,
                source: Some(NounPhrase::of(0, 1)),
                rule: "transcript",
            };
            quotations.push(quotation(&turn, resolver));
        }
        return;
    }
    if let Some(turn) = transcript::turn(paragraph.tokens, paragraph.is_headline) {
        quotations.push(quotation(&turn, resolver));
        return;
    }
    let mut used_cues: Vec<u32> = quoted
        .iter()
        .filter_map(|quoted| Some(quoted.attribution.as_ref()?.cue?.start))
        .collect();
    used_cues.sort_unstable();
    let is_used = |cue: usize| {
        let start = paragraph.tokens[cue].span.start;
        used_cues.binary_search(&start).is_ok()
    };
    let mut reports = Vec::new();
    for cued in sentences.iter().filter(|cued| !cued.cues.is_empty()) {
        sentence::reports(&cued.sentence, &cued.cues, is_used, &mut reports);
        quotations.extend(reports.iter().map(|report| quotation(report, resolver)));
    }
}

/// Where the words of an interview turn begin, when the paragraph is one.
fn start_of_turn(paragraph: &Paragraph<'_>, resolver: &mut SourceResolver<'_>) -> Option<usize> {
    let asked = resolver.interview.asked;
    let (turn, start) = interview::turn(paragraph.tokens, resolver.text, asked)?;
    if turn == Turn::Question && !asked {
        resolver.interview.answers = resolver.tracker.table().most_named_person();
        resolver.interview.asked = true;
    }
    Some(start)
}

fn quotation(report: &ReportedSpeech, resolver: &mut SourceResolver<'_>) -> Quotation {
    let attribution = report.source.and_then(|source| {
        let link = SourceLink::new(source, Some(report.cue));
        resolver.resolve(link, report.rule).attribution()
    });
    Quotation {
        span: NounPhrase::of(report.start, report.end).span(resolver.tokens),
        kind: QuotationKind::Indirect,
        attribution,
    }
}
