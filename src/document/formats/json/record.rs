//! Reads records written by `pullquote extract` as the articles they came from.

use serde_json::{Map, Value};

use crate::document::draft::Draft;
use crate::document::formats::{self, ReadMethod, plain};
use crate::document::structure::front_matter;
use crate::document::{BlockKind, DateOrigin, Document, Inline, InlineKind, dates};

/// Returns the article of a record, if the object is one.
pub(super) fn article(object: &Map<String, Value>) -> Option<Draft> {
    let is_record = ["quotes", "speakers", "countries"]
        .iter()
        .all(|key| matches!(object.get(*key), Some(Value::Array(_))));
    let text_of = |key: &str| object.get(key).and_then(Value::as_str);
    let (text, path) = (text_of("text")?, text_of("path")?);
    if !is_record || object.get("version").and_then(Value::as_u64).is_none() {
        return None;
    }
    let source = parsed(text, path);
    let title = text_of("title").unwrap_or_default();
    let mut draft = Draft::default();
    let is_title = |shown: &str| shown.split_whitespace().eq(title.split_whitespace());
    let has_title = match source.blocks.first() {
        Some(first) => is_title(&source.visible(first.span)),
        None => false,
    };
    if !has_title {
        draft.block(BlockKind::Title, title);
    }
    for (index, block) in source.blocks.iter().enumerate() {
        let shown = source.visible(block.span);
        let kind = if index == 0 && is_title(&shown) {
            BlockKind::Title
        } else {
            block.kind
        };
        draft.block(kind, &shown);
        if block.joined {
            draft.join();
        }
    }
    title.clone_into(&mut draft.meta.title);
    draft.meta.byline = text_of("byline").map(str::to_owned);
    draft.meta.published =
        text_of("published").and_then(|date| dates::find(date, DateOrigin::Metadata));
    draft.meta.language = text_of("language").map(str::to_owned);
    draft.meta.id = Some(path.to_owned());
    draft.end();
    (!draft.blocks().is_empty()).then_some(draft)
}

/// Divides a text into blocks as when it was read from its file.
fn parsed(text: &str, path: &str) -> Document {
    let head = front_matter::read(text).map(|head| head.span);
    let start = match head {
        Some(span) => span.end as usize,
        None => 0,
    };
    let mut document = Document {
        text: text.to_owned(),
        ..Document::default()
    };
    match formats::with_extension_of(path)
        .next()
        .map(|format| format.reading)
    {
        Some(ReadMethod::InPlace(parse)) => {
            let parsed = parse(text, start);
            (document.blocks, document.inlines) = (parsed.blocks, parsed.inlines);
        }
        _ => document.blocks = plain::blocks(text, start),
    }
    let hidden = head.map(|span| Inline {
        span,
        kind: InlineKind::Hidden,
    });
    document.inlines.splice(0..0, hidden);
    document
}
