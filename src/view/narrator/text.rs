//! The open article as lines: its heading, and the stretch of text being read.

use crate::analysis::QuotationKind;
use crate::app::Model;
use crate::app::reading::read_aloud::ReadStretch;
use crate::app::reading::who::{Who, who_said};
use crate::document::{Block, BlockKind, Document};
use crate::lexicon::gazetteer;
use crate::text::Span;

use super::lists::{counted, date_in_words};

/// The title, for returning to the article.
pub(super) fn title(model: &Model) -> Option<String> {
    model.reading.reader.document()?;
    Some(format!(
        "Article: {}",
        model.reading.title(&model.folder.library)
    ))
}

/// The title exactly as in the article.
pub(super) fn title_of(model: &Model) -> Option<&str> {
    Some(&model.reading.reader.document()?.meta.title)
}

/// Number, title, author, date, reading time, and what was found in it.
pub(super) fn head(model: &Model) -> Vec<String> {
    let number = model
        .reading
        .number(&model.folder, model.window.size.0)
        .replace('/', " of ");
    let mut lines = vec![format!(
        "Article {number}: {}",
        model.reading.title(&model.folder.library)
    )];
    let Some(document) = model.reading.reader.document() else {
        return lines;
    };
    let entry = model
        .reading
        .reader
        .article
        .and_then(|id| model.folder.library.article(id));
    let survey = entry.as_ref().and_then(|entry| entry.survey.as_ref());
    let mut facts: Vec<String> = Vec::new();
    facts.extend(
        document
            .meta
            .byline
            .as_ref()
            .map(|name| format!("by {name}")),
    );
    facts.extend(document.meta.source.clone());
    facts.extend(survey.and_then(|survey| date_in_words(model, survey)));
    facts.extend(survey.map(|survey| counted(survey.minutes() as usize, "minute", "minutes")));
    if !facts.is_empty() {
        lines.push(facts.join(", "));
    }
    lines.extend(findings(model));
    if model.read_aloud.span.start > first_byte(document) {
        lines.push(format!("Continuing at {} percent.", percent(model)));
    }
    for warning in model
        .reading
        .reader
        .content
        .iter()
        .flat_map(|c| &c.document.warnings)
    {
        lines.push(warning.message.clone());
    }
    lines
}

fn first_byte(document: &Document) -> u32 {
    document.blocks.first().map_or(0, |block| block.span.end)
}

fn percent(model: &Model) -> u64 {
    match model.reading.reader.document() {
        Some(document) if !document.text.is_empty() => {
            u64::from(model.read_aloud.span.start) * 100 / document.text.len() as u64
        }
        _ => 0,
    }
}

/// The numbers of quotations, speakers and countries.
pub(super) fn findings(model: &Model) -> Option<String> {
    let analysis = model.reading.reader.analysis()?;
    let speakers = model
        .screens
        .side
        .speakers
        .iter()
        .filter(|row| row.speaker.is_some());
    let mut countries: Vec<_> = analysis.countries.iter().map(|m| m.country).collect();
    countries.sort_unstable();
    countries.dedup();
    Some(format!(
        "{} by {}, {}.",
        counted(analysis.quotations.len(), "quotation", "quotations"),
        counted(speakers.count(), "speaker", "speakers"),
        counted(countries.len(), "country", "countries"),
    ))
}

/// The stretch being read, after a line that says what it is.
pub(super) fn stretch(model: &Model) -> Vec<String> {
    let Some(document) = model.reading.reader.document() else {
        return Vec::new();
    };
    let hearing = &model.read_aloud;
    let mut lines: Vec<String> = intro(model, hearing.stretch).into_iter().collect();
    lines.extend(words(document, hearing.span));
    if hearing.stretch == ReadStretch::Page {
        lines.extend(where_it_ends(model));
    }
    lines
}

fn intro(model: &Model, stretch: ReadStretch) -> Option<String> {
    let reader = &model.reading.reader;
    match stretch {
        ReadStretch::Page | ReadStretch::Paragraph | ReadStretch::Sentence | ReadStretch::Line => {
            None
        }
        ReadStretch::Quotation(index) => Some(quotation(model, index)),
        ReadStretch::Mention => {
            let mention = reader.mentions().get(reader.mention?)?;
            Some(format!("Mention of {}:", gazetteer::name(mention.country)))
        }
        ReadStretch::Link => Some(format!("Link to {}", reader.current_link()?.1)),
        ReadStretch::Match => {
            let find = reader.find.as_ref()?;
            let (at, all) = (find.current? + 1, find.spans.len());
            Some(format!("Match {at} of {all} for “{}”:", find.wanted.text()))
        }
    }
}

/// `Quotation 3 of 9, direct, Maria Okafor, finance minister:`
fn quotation(model: &Model, index: usize) -> String {
    let reader = &model.reading.reader;
    let all = reader.quotations().len();
    let kind = match reader
        .quotations()
        .get(index)
        .map(|quotation| quotation.kind)
    {
        Some(QuotationKind::Mixed) => "mixed",
        Some(QuotationKind::Indirect) => "indirect",
        _ => "direct",
    };
    let who = match who_said(reader, index) {
        Who::Named(name) => name,
        Who::Unknown => "unknown speaker".to_owned(),
    };
    let role = reader
        .speaker_of(index)
        .and_then(|speaker| speaker.role.as_deref());
    let who = match role {
        Some(role) => format!("{who}, {role}"),
        None => who,
    };
    format!("Quotation {} of {all}, {kind}, {who}:", index + 1)
}

/// The text of a stretch, one line per block, with the kind of block in words.
fn words(document: &Document, span: Span) -> Vec<String> {
    let first = document
        .blocks
        .partition_point(|block| block.span.end <= span.start);
    let blocks = document.blocks.iter().skip(first);
    let blocks = blocks.take_while(|block| block.span.start < span.end);
    blocks
        .flat_map(|block| block_words(document, block, span))
        .collect()
}

fn block_words(document: &Document, block: &Block, span: Span) -> Vec<String> {
    let Some(part) = block.span.clip(span) else {
        return Vec::new();
    };
    if block.kind.is_row() {
        return vec![row(document, block, part)];
    }
    let shown = document.visible(part);
    if block.kind == BlockKind::Preformatted {
        return shown.lines().map(str::to_owned).collect();
    }
    let kind = match block.kind {
        BlockKind::Heading(_) => "Heading: ",
        BlockKind::BlockQuote => "Block quotation: ",
        BlockKind::Caption => "Caption: ",
        BlockKind::Trailing => "Beside the article: ",
        BlockKind::ListItem(_) if shown.starts_with(char::is_alphabetic) => "Item: ",
        BlockKind::Rule => return Vec::new(),
        _ => "",
    };
    let kind = if part.start == block.span.start {
        kind
    } else {
        ""
    };
    vec![format!("{kind}{shown}")]
}

/// `Table: City, Nights.`, or `City: Cordoba, Nights: 402.`
fn row(document: &Document, block: &Block, part: Span) -> String {
    let shown = |span: Span| {
        let words = document.visible(span);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let at = document
        .blocks
        .partition_point(|other| other.span.start < block.span.start);
    let table = document.table_of(u32::try_from(at).unwrap_or(u32::MAX));
    let head = table.and_then(|table| document.blocks.get(table.first as usize));
    let head = head.filter(|head| head.kind == BlockKind::TableHead && *head != block);
    let labels = match head {
        Some(head) => document.cells(head),
        None => Vec::new(),
    };
    let cells = document.cells(block).into_iter().enumerate();
    let said = cells.filter_map(|(index, cell)| {
        let words = shown(cell.clip(part)?);
        let label = labels.get(index).map(|label| shown(*label));
        Some(match label.filter(|label| !label.is_empty()) {
            Some(label) => format!("{label}: {words}"),
            None => words,
        })
    });
    let said = said.collect::<Vec<_>>().join(", ");
    match block.kind {
        BlockKind::TableHead => format!("Table: {said}"),
        _ => said,
    }
}

/// `Page 2 of 5.`, or that the article ends here.
fn where_it_ends(model: &Model) -> Option<String> {
    let reader = &model.reading.reader;
    let is_whole = reader
        .content
        .as_ref()
        .is_some_and(|content| !content.is_partial);
    if reader.spread.is_last && is_whole {
        return Some("End of the article.".to_owned());
    }
    let pages = reader.pages.as_ref()?;
    let page = pages.page_of(model.read_aloud.span.start) + 1;
    Some(format!("Page {page} of {}.", pages.starts.len().max(1)))
}
