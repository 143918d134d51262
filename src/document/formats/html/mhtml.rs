//! A web page saved as a mail with its pictures (`.mhtml`).

use std::ops::ControlFlow;

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::page;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::{DateOrigin, dates};

/// Reads the article of an archived page.
pub(in crate::document) fn read(
    source: &SourceFile<'_>,
    sink: &mut ArticleSink<'_>,
) -> ControlFlow<()> {
    let Some(message) = MessageParser::default().parse(source.bytes) else {
        return ControlFlow::Continue(());
    };
    let Some((html, address)) = page_of(&message) else {
        return ControlFlow::Continue(());
    };
    let mut draft = page::article(html);
    let meta = &mut draft.meta;
    if meta.url.is_none() {
        meta.url = address;
    }
    let saved = message
        .date()
        .and_then(|date| dates::find(&date.to_rfc3339(), DateOrigin::FileTime));
    meta.published = meta.published.or(saved);
    page::take_if_any(draft, sink)
}

/// Returns the saved page and its address: the page that the archive names, or else the longest.
fn page_of<'m>(message: &'m Message<'_>) -> Option<(&'m str, Option<String>)> {
    let named = message
        .header_raw("Snapshot-Content-Location")
        .map(|raw| raw.split_whitespace().collect::<String>());
    let pages = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Html(html) => Some((&**html, part.content_location())),
        _ => None,
    });
    let is_named = |address: Option<&str>| address.is_some() && address == named.as_deref();
    let (html, address) = pages.max_by_key(|(html, address)| (is_named(*address), html.len()))?;
    let address = named.clone().or_else(|| address.map(str::to_owned));
    Some((html, address.filter(|address| address.starts_with("http"))))
}
