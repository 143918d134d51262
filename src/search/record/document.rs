//! The text of an article, stored if extracting it from its file is expensive.

use serde::{Deserialize, Serialize};

use super::{Damaged, PublishedRecord, SpanRecord};
use crate::document::{
    Block, BlockKind, Document, Inline, InlineKind, Meta, MonthDay, Warned, Warning,
};

#[derive(Serialize, Deserialize)]
struct DocumentRecord<'a> {
    text: &'a str,
    /// Kind, level or depth, span, and whether it is joined to the previous one.
    blocks: Vec<(u8, u8, SpanRecord, bool)>,
    /// Span, kind, target.
    #[serde(borrow)]
    inlines: Vec<(SpanRecord, u8, &'a str)>,
    #[serde(borrow)]
    meta: MetaRecord<'a>,
    #[serde(borrow)]
    warnings: Vec<(Option<SpanRecord>, &'a str)>,
}

#[derive(Serialize, Deserialize)]
struct MetaRecord<'a> {
    title: &'a str,
    byline: Option<&'a str>,
    dateline: Option<SpanRecord>,
    published: Option<PublishedRecord>,
    /// Month and day.
    day: Option<(i8, i8)>,
    source: Option<&'a str>,
    url: Option<&'a str>,
    id: Option<&'a str>,
    #[serde(borrow)]
    tags: Vec<&'a str>,
    language: Option<&'a str>,
}

/// Serializes an article with its text.
#[must_use]
pub fn write_document(document: &Warned<Document>) -> Vec<u8> {
    let Document {
        text,
        blocks,
        inlines,
        meta,
        tables: _, // Measured again when the article is read.
    } = &document.value;
    let block = |block: &Block| {
        let (kind, depth) = kind(block.kind);
        (kind, depth, block.span.into(), block.joined)
    };
    let warnings = document.warnings.iter();
    super::write(&DocumentRecord {
        text,
        blocks: blocks.iter().map(block).collect(),
        inlines: inlines.iter().map(inline_record).collect(),
        meta: MetaRecord::from(meta),
        warnings: warnings
            .map(|warning| {
                let span = warning.span.map(SpanRecord::from);
                (span, warning.message.as_str())
            })
            .collect(),
    })
}

/// Reads an article that [`write_document`] serialized.
///
/// # Errors
/// When the bytes are damaged.
pub fn read_document(bytes: &[u8]) -> Result<Warned<Document>, Damaged> {
    let record: DocumentRecord<'_> = super::read(bytes)?;
    let text = record.text;
    let span = |record: SpanRecord| {
        let span = record.span()?;
        text.get(span.range()).map(|_| span).ok_or(Damaged)
    };
    let block = |&(kind, depth, place, joined): &(u8, u8, SpanRecord, bool)| {
        Ok(Block {
            kind: block_kind(kind, depth)?,
            span: span(place)?,
            joined,
        })
    };
    let inline = |&(place, kind, target): &(SpanRecord, u8, &str)| {
        Ok(Inline {
            span: span(place)?,
            kind: inline_kind(kind, target)?,
        })
    };
    let warning = |&(place, message): &(Option<SpanRecord>, &str)| {
        Ok(Warning {
            span: place.map(span).transpose()?,
            message: message.to_owned(),
        })
    };
    let mut meta = record.meta.meta()?;
    meta.dateline = record.meta.dateline.map(span).transpose()?;
    let inlines = record.inlines.iter().map(inline);
    let mut value = Document {
        blocks: record.blocks.iter().map(block).collect::<Result<_, _>>()?,
        inlines: inlines.collect::<Result<_, _>>()?,
        tables: Vec::new(),
        meta,
        text: text.to_owned(),
    };
    value.measure_tables();
    Ok(Warned {
        value,
        warnings: record
            .warnings
            .iter()
            .map(warning)
            .collect::<Result<_, _>>()?,
    })
}

impl<'a> From<&'a Meta> for MetaRecord<'a> {
    fn from(meta: &'a Meta) -> Self {
        Self {
            title: &meta.title,
            byline: meta.byline.as_deref(),
            dateline: meta.dateline.map(SpanRecord::from),
            published: meta.published.as_ref().map(PublishedRecord::from),
            day: meta.day.map(|day| (day.month, day.day)),
            source: meta.source.as_deref(),
            url: meta.url.as_deref(),
            id: meta.id.as_deref(),
            tags: meta.tags.iter().map(String::as_str).collect(),
            language: meta.language.as_deref(),
        }
    }
}

impl MetaRecord<'_> {
    /// The metadata without the span of the dateline.
    fn meta(&self) -> Result<Meta, Damaged> {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let published = self.published.as_ref().map(PublishedRecord::published);
        Ok(Meta {
            title: self.title.to_owned(),
            byline: owned(self.byline),
            dateline: None,
            published: published.transpose()?,
            day: self.day.map(|(month, day)| MonthDay { month, day }),
            source: owned(self.source),
            url: owned(self.url),
            id: owned(self.id),
            tags: self.tags.iter().map(|&tag| tag.to_owned()).collect(),
            language: owned(self.language),
        })
    }
}

fn inline_record(inline: &Inline) -> (SpanRecord, u8, &str) {
    let (kind, target) = markup(&inline.kind);
    (inline.span.into(), kind, target)
}

fn kind(kind: BlockKind) -> (u8, u8) {
    match kind {
        BlockKind::Title => (0, 0),
        BlockKind::Byline => (1, 0),
        BlockKind::Heading(level) => (2, level),
        BlockKind::Paragraph => (3, 0),
        BlockKind::BlockQuote => (4, 0),
        BlockKind::ListItem(depth) => (5, depth),
        BlockKind::Preformatted => (6, 0),
        BlockKind::Caption => (7, 0),
        BlockKind::Rule => (8, 0),
        BlockKind::Trailing => (9, 0),
        BlockKind::TableHead => (10, 0),
        BlockKind::TableRow => (11, 0),
    }
}

fn block_kind(kind: u8, depth: u8) -> Result<BlockKind, Damaged> {
    Ok(match kind {
        0 => BlockKind::Title,
        1 => BlockKind::Byline,
        2 => BlockKind::Heading(depth),
        3 => BlockKind::Paragraph,
        4 => BlockKind::BlockQuote,
        5 => BlockKind::ListItem(depth),
        6 => BlockKind::Preformatted,
        7 => BlockKind::Caption,
        8 => BlockKind::Rule,
        9 => BlockKind::Trailing,
        10 => BlockKind::TableHead,
        11 => BlockKind::TableRow,
        _ => return Err(Damaged),
    })
}

fn markup(kind: &InlineKind) -> (u8, &str) {
    match kind {
        InlineKind::Hidden => (0, ""),
        InlineKind::Emphasis => (1, ""),
        InlineKind::Strong => (2, ""),
        InlineKind::Code => (3, ""),
        InlineKind::Link(target) => (4, target),
    }
}

fn inline_kind(kind: u8, target: &str) -> Result<InlineKind, Damaged> {
    Ok(match kind {
        0 => InlineKind::Hidden,
        1 => InlineKind::Emphasis,
        2 => InlineKind::Strong,
        3 => InlineKind::Code,
        4 => InlineKind::Link(target.to_owned()),
        _ => return Err(Damaged),
    })
}
