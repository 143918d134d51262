//! Gathering what a person is quoted as saying, article by article, handed over as it is found.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::index::Fingerprint;
use super::scan::Sources;
use crate::analysis::{Analysis, analyze};
use crate::app::answers;
use crate::app::said::{Asked, Quote};
use crate::document::Document;
use crate::library::{Corrections, Location};
use crate::search::record;

/// How many quotations fill a screen; they are handed over first.
const SCREENFUL: usize = 60;
/// How often further ones are handed over.
const HANDOVER: Duration = Duration::from_millis(40);

/// Looks into the articles, in their order, until all are done or it is cancelled.
pub(super) fn gather(
    asked: &[Asked],
    sources: &Sources,
    corrections: &Arc<Corrections>,
    is_cancelled: &dyn Fn() -> bool,
    hand_over: &mut dyn FnMut(Vec<Quote>, bool),
) {
    let mut quotes = Vec::new();
    let mut last = Instant::now();
    let mut is_first = true;
    for asked in asked {
        if is_cancelled() {
            return;
        }
        let fills_screen = is_first && quotes.len() >= SCREENFUL;
        if !quotes.is_empty() && (fills_screen || last.elapsed() > HANDOVER) {
            hand_over(std::mem::take(&mut quotes), false);
            last = Instant::now();
            is_first = false;
        }
        if let Some((document, analysis)) = read(&asked.location, sources) {
            quotes.extend(answers::said(asked, &document, &analysis, corrections));
        }
    }
    hand_over(quotes, true);
}

/// An article and its analysis, from the index where that has them and the file is as it was.
fn read(location: &Location, sources: &Sources) -> Option<(Document, Analysis)> {
    let stored = || {
        let now = Fingerprint::at(&location.file)?;
        sources.index.at_hand()?.ask(|reader| {
            let row = reader.row(location, now)?;
            let analysis = reader.analysis(row)?;
            let document = reader.document(row);
            Some((document.map(|document| document.value), analysis))
        })
    };
    let stored = stored();
    let (document, analysis) = match stored {
        Some((Some(document), analysis)) => (document, Some(analysis)),
        other => {
            let bytes = sources.read(&location.file).ok()?;
            let document = answers::read(&sources.choice.reader, bytes, location)
                .ok()?
                .value;
            (document, other.map(|(_, analysis)| analysis))
        }
    };
    let fits = |analysis: &Analysis| record::fits(analysis, &document.text);
    let analysis = analysis.filter(fits).unwrap_or_else(|| analyze(&document));
    Some((document, analysis))
}
