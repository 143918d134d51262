//! Gathering what a person is quoted as saying, article by article, handed over as it is found.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::analysis::{Analysis, analyze};
use crate::app::protocol::answers::SpeakerQuote;
use crate::app::protocol::compute;
use crate::app::protocol::questions::QuotingArticle;
use crate::document::Document;
use crate::library::{Corrections, Location};
use crate::search::record;
use crate::shell::folder::scan::Sources;
use crate::shell::index::Fingerprint;

/// How many quotations fill a screen; they are handed over first.
const SCREENFUL: usize = 60;
/// How often further ones are handed over.
const HANDOVER: Duration = Duration::from_millis(40);

/// Looks into the articles, in their order, until all are done or it is cancelled.
pub(crate) fn gather(
    asked: &[QuotingArticle],
    sources: &Sources,
    corrections: &Arc<Corrections>,
    is_cancelled: &dyn Fn() -> bool,
    hand_over: &mut dyn FnMut(Vec<SpeakerQuote>, bool),
) {
    let mut quotes = Vec::new();
    let mut last = Instant::now();
    let mut is_first = true;
    let mut take = |asked: &QuotingArticle, document: &Document, analysis: &Analysis| {
        quotes.extend(compute::said(asked, document, analysis, corrections));
        let fills_screen = is_first && quotes.len() >= SCREENFUL;
        if !quotes.is_empty() && (fills_screen || last.elapsed() > HANDOVER) {
            hand_over(std::mem::take(&mut quotes), false);
            last = Instant::now();
            is_first = false;
        }
        if is_cancelled() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    for of_file in asked.chunk_by(|a, b| a.location.file == b.location.file) {
        if is_cancelled() || look(of_file, sources, &mut take).is_break() {
            return;
        }
    }
    hand_over(quotes, true);
}

/// Takes an article with its analysis.
type Take<'t> = &'t mut dyn FnMut(&QuotingArticle, &Document, &Analysis) -> ControlFlow<()>;

/// Looks into articles of one file, which is read once at most.
fn look(of_file: &[QuotingArticle], sources: &Sources, take: Take<'_>) -> ControlFlow<()> {
    let mut missing = BTreeMap::new();
    for asked in of_file {
        match stored(&asked.location, sources) {
            Some((Some(document), analysis)) if record::fits(&analysis, &document.text) => {
                take(asked, &document, &analysis)?;
            }
            other => {
                missing.insert(
                    asked.location.part,
                    (asked, other.map(|(_, analysis)| analysis)),
                );
            }
        }
    }
    let Some((&first, (asked, _))) = missing.first_key_value() else {
        return ControlFlow::Continue(());
    };
    let file = &asked.location.file;
    let Ok(bytes) = sources.read(file) else {
        return ControlFlow::Continue(());
    };
    let mut part = first;
    let mut flow = ControlFlow::Continue(());
    let _ =
        sources
            .choice
            .reader
            .each_after(first, bytes, &file.to_string_lossy(), &mut |article| {
                if let Some((asked, known)) = missing.remove(&part)
                    && article.is_text()
                {
                    let fits = |analysis: &Analysis| record::fits(analysis, &article.value.text);
                    let analysis = known
                        .filter(fits)
                        .unwrap_or_else(|| analyze(&article.value));
                    flow = take(asked, &article.value, &analysis);
                }
                part += 1;
                if missing.is_empty() {
                    ControlFlow::Break(())
                } else {
                    flow
                }
            });
    flow
}

/// What the index has of an article, if the file is as it was.
fn stored(location: &Location, sources: &Sources) -> Option<(Option<Document>, Analysis)> {
    let now = Fingerprint::at(&location.file)?;
    sources.index.at_hand()?.ask(|reader| {
        let row = reader.row(location, now)?;
        let analysis = reader.analysis(row)?;
        let document = reader.document(row);
        Some((document.map(|document| document.value), analysis))
    })
}
