//! A saved web page: finds the article among everything around it.
//!
//! `dom_smoothie`, a port of the reader view of Firefox, chooses the part of the page. If that is too
//! short, linked data is tried next, and then the element with the most paragraphs.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::Readability;

use super::metadata::{self, PageMetadata};
use super::{blocks, boilerplate, densest, fragment, strip, text};
use crate::document::draft::Draft;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::{BlockKind, Warning, encoding};

/// A page larger than this, without its scripts and pictures, is converted as a whole.
const LARGEST_PAGE: usize = 6 * 1024 * 1024;
/// If an article is shorter than this, in bytes, other ways are tried.
const SHORT: usize = 400;

/// Reads the article of a page.
pub(in crate::document) fn read(
    source: &SourceFile<'_>,
    sink: &mut ArticleSink<'_>,
) -> ControlFlow<()> {
    let decoded = encoding::decode_declared(source.bytes);
    let Some(html) = decoded.text else {
        return ControlFlow::Continue(());
    };
    let mut draft = article(&html);
    draft.warnings.extend(decoded.warnings);
    take_if_any(draft, sink)
}

/// Pushes an article unless it is empty.
pub(super) fn take_if_any(mut draft: Draft, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    draft.end();
    if draft.blocks().is_empty() {
        return ControlFlow::Continue(());
    }
    sink.push(draft)
}

/// Extracts the article of a page.
pub(in crate::document) fn article(html: &str) -> Draft {
    let tamed = strip::strip(html);
    if tamed.len() > LARGEST_PAGE {
        let mut draft = Draft::default();
        draft.warnings.push(warning(
            "a very long page: all of it is shown, not only the article",
        ));
        fragment(&mut draft, &tamed);
        return draft;
    }
    let page = dom_query::Document::from(&*tamed);
    let facts = metadata::read(&page, html);
    let url = facts.meta.url.clone();
    let choose = || Readability::with_document(page, url.as_deref(), None)?.parse();
    // A panic in the library costs its choice, not the page.
    let parsed = catch_unwind(AssertUnwindSafe(choose))
        .ok()
        .and_then(Result::ok);
    let mut draft = begin_draft(&facts);
    if let Some(article) = parsed {
        let meta = &mut draft.meta;
        meta.byline = meta
            .byline
            .take()
            .or_else(|| article.byline.as_deref().and_then(metadata::byline));
        if meta.title.is_empty() {
            article.title.trim().clone_into(&mut meta.title);
        }
        fragment(&mut draft, &article.content);
        boilerplate::filter(&mut draft);
    }
    if draft.len() >= SHORT {
        return draft;
    }
    let others = [from_data(&facts), from_paragraphs(&facts, &tamed)];
    let longer = others
        .into_iter()
        .flatten()
        .find(|other| other.len() > 2 * draft.len());
    longer.unwrap_or(draft)
}

/// Returns the article from linked data.
fn from_data(facts: &PageMetadata) -> Option<Draft> {
    let body = facts.body.as_deref()?;
    let mut draft = begin_draft(facts);
    text(&mut draft, body);
    Some(draft)
}

/// Returns the part of the page with the most text in paragraphs.
fn from_paragraphs(facts: &PageMetadata, tamed: &str) -> Option<Draft> {
    let page = dom_query::Document::from(tamed);
    let part = densest::find(page.root()).or_else(|| page.body())?;
    let mut draft = begin_draft(facts);
    blocks::write(&mut draft, part);
    boilerplate::filter(&mut draft);
    Some(draft)
}

/// Begins a draft with the metadata and the headline.
fn begin_draft(facts: &PageMetadata) -> Draft {
    let mut draft = Draft::default();
    draft.meta = facts.meta.clone();
    draft.block(BlockKind::Title, &facts.meta.title);
    draft
}

fn warning(message: &str) -> Warning {
    Warning {
        span: None,
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests;
