//! The reports of one sentence.

use super::after_cue::reported_after;
use super::before_cue::{reported_around_according, reported_before, reported_by_as, trails};
use super::reported::ReportedSpeech;
use crate::analysis::cues::cue::{Cue, CueForm};
use crate::analysis::reach;
use crate::analysis::syntax::Sentence;
use crate::analysis::tokens::PosTag;
use crate::lexicon::Class;

/// Replaces `found` with the reports of a sentence. `is_used` returns whether the cue at a token already
/// attributes a quotation.
pub(super) fn reports(
    sentence: &Sentence<'_>,
    cues: &[Cue],
    is_used: impl Fn(usize) -> bool,
    found: &mut Vec<ReportedSpeech>,
) {
    found.clear();
    found.extend((sentence.low..sentence.high).filter_map(|at| asked(sentence, at)));
    found.retain(|report| !contains_quotation(sentence, report));
    for cue in cues {
        if is_used(cue.at) || cue.source.is_none() && cue.form != CueForm::Passive {
            continue;
        }
        let is_reported = found
            .iter()
            .any(|report| report.start <= cue.at && cue.at < report.end);
        if is_reported {
            continue;
        }
        let Some(mut report) = report(sentence, cue) else {
            continue;
        };
        report.end = end_before_next(sentence, cues, &report);
        if !contains_quotation(sentence, &report) && report.end >= report.start + 2 {
            found.retain(|earlier| earlier.end <= report.start || earlier.start >= report.end);
            found.push(report);
        }
    }
}

fn contains_quotation(sentence: &Sentence<'_>, report: &ReportedSpeech) -> bool {
    (report.start..report.end).any(|index| sentence.tag(index) == PosTag::Quotation)
}

/// “Asked whether the bridge was safe, …”: a question without a speaker.
fn asked(sentence: &Sentence<'_>, at: usize) -> Option<ReportedSpeech> {
    let asks = sentence.tag(at) == PosTag::Cue
        && sentence.is(at, Class::Asks)
        && sentence.is(at, Class::Participle);
    let opens = at == sentence.low
        || sentence.is(at - 1, Class::Aside)
        || sentence.is(at - 1, Class::Passive);
    if !asks || !opens {
        return None;
    }
    let start = (at + 1..sentence.high.min(at + reach::COMPLEMENT)).find(|index| {
        matches!(
            sentence.tag(*index),
            PosTag::Subordinator | PosTag::Relative
        ) || sentence.is(*index, Class::ReportParticle)
            || sentence.is(*index, Class::To) && sentence.is(index + 1, Class::Base)
    })?;
    let by = (at + 1..start).any(|index| sentence.is(index, Class::By));
    let end = (start..sentence.high)
        .find(|index| match sentence.tag(*index) {
            PosTag::Comma => sentence.tag(index + 1) != PosTag::Relative,
            tag => tag == PosTag::Stop,
        })
        .unwrap_or(sentence.high);
    (!by && end > start + 1).then_some(ReportedSpeech {
        start,
        end,
        cue: at,
        source: None,
        rule: "indirect-after-cue",
    })
}

/// The end of a report, which is at the latest before another subject that reports: “… and others said they
/// …”.
fn end_before_next(sentence: &Sentence<'_>, cues: &[Cue], report: &ReportedSpeech) -> usize {
    // “While Ruiz said no, Bell said yes.”
    let opens_with_aside = sentence.is(sentence.low, Class::Aside);
    let mut starts = cues.iter().filter_map(|cue| {
        let start = cue.source?.start;
        let follows = cue.form == CueForm::Verb
            && cue.at > report.cue
            && start > report.start + 1
            && start < report.end
            && sentence.is(cue.at, Class::Clause);
        let is_separate = match sentence.tag_before(start) {
            PosTag::Coordinator => true,
            PosTag::Comma => opens_with_aside,
            _ => false,
        };
        (follows && is_separate).then_some(start)
    });
    match starts.next() {
        Some(start) if report.cue < report.start => start - 1,
        _ => report.end,
    }
}

fn report(sentence: &Sentence<'_>, cue: &Cue) -> Option<ReportedSpeech> {
    if sentence.is(cue.at, Class::Thought) || sentence.is(cue.at, Class::QuotedSubject) {
        return None;
    }
    match cue.form {
        CueForm::According => reported_around_according(sentence, cue),
        CueForm::Inverted => reported_before(sentence, cue),
        CueForm::As => reported_by_as(sentence, cue),
        CueForm::Passive => None,
        // “was quoted as saying by state television”
        CueForm::Gerund if sentence.is(cue.end, Class::By) => None,
        CueForm::Verb | CueForm::Gerund if trails(sentence, cue) => reported_before(sentence, cue),
        CueForm::Verb | CueForm::Gerund => reported_after(sentence, cue),
    }
}
