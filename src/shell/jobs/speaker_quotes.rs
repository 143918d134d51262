//! Collecting the quotations of a speaker, article by article.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::analysis::{Analysis, analyze};
use crate::app::protocol::answers::SpeakerQuote;
use crate::app::protocol::compute;
use crate::app::protocol::questions::QuotingArticle;
use crate::document::{Document, Warned};
use crate::library::{Corrections, Location};
use crate::search::record;
use crate::shell::folder::sources::Sources;
use crate::shell::index::Fingerprint;

/// How many quotations fill a screen. They are handed over first.
const SCREENFUL: usize = 60;
/// How often further quotations are handed over.
const HANDOVER: Duration = Duration::from_millis(40);

/// Collects quotations from the articles, in their order, until it is cancelled.
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
        if is_cancelled() || each_of_file(of_file, sources, &mut take).is_break() {
            return;
        }
    }
    hand_over(quotes, true);
}

/// Receives an article with its analysis.
type Take<'t> = &'t mut dyn FnMut(&QuotingArticle, &Document, &Analysis) -> ControlFlow<()>;

/// Takes the articles of one file from the index, or else reads the file once.
fn each_of_file(of_file: &[QuotingArticle], sources: &Sources, take: Take<'_>) -> ControlFlow<()> {
    let mut unread = BTreeMap::new();
    for asked in of_file {
        match stored(&asked.location, sources) {
            Some((Some(document), analysis)) if record::fits(&analysis, &document.text) => {
                take(asked, &document, &analysis)?;
            }
            stored => {
                let analysis = stored.map(|(_, analysis)| analysis);
                unread.insert(asked.location.part, (asked, analysis));
            }
        }
    }
    let Some((&first, (asked, _))) = unread.first_key_value() else {
        return ControlFlow::Continue(());
    };
    let file = &asked.location.file;
    let Ok(bytes) = sources.read(file) else {
        return ControlFlow::Continue(());
    };
    let name = file.to_string_lossy();
    let mut part = first;
    let mut flow = ControlFlow::Continue(());
    let mut read = |article: Warned<Document>| {
        if let Some((asked, stored)) = unread.remove(&part)
            && article.is_text()
        {
            let document = &article.value;
            let analysis = match stored {
                Some(analysis) if record::fits(&analysis, &document.text) => analysis,
                _ => analyze(document),
            };
            flow = take(asked, document, &analysis);
        }
        part += 1;
        if unread.is_empty() {
            ControlFlow::Break(())
        } else {
            flow
        }
    };
    let reader = &sources.options.reader;
    let _ = reader.each_after(first, bytes, &name, &mut read);
    flow
}

/// What the index has of an article, if its file has not changed.
fn stored(location: &Location, sources: &Sources) -> Option<(Option<Document>, Analysis)> {
    let now = Fingerprint::at(&location.file)?;
    sources.index.get()?.ask(|reader| {
        let row = reader.row(location, now)?;
        let analysis = reader.analysis(row)?;
        let document = reader.document(row);
        Some((document.map(|document| document.value), analysis))
    })
}
