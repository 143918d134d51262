//! `pullquote print`: an article as wrapped plain text, with its speakers and countries at the end.

use std::io::{self, Write};

use super::articles::FoundArticle;
use crate::document::{BlockKind, Document};
use crate::export::json::published;
use crate::layout::{Flow, Line, LineKind, Measure, PageShape, cells};
use crate::lexicon::gazetteer;
use crate::library::Survey;
use crate::text::display::safe;
use crate::text::width::text_width;

/// Longer lines are hard to read, however wide the terminal is.
const MAX_WIDTH: u16 = 100;
/// Shorter lines would break most words.
const MIN_WIDTH: u16 = 20;
/// The width where there is no terminal.
const DEFAULT_WIDTH: u16 = 80;
/// The rows that are laid out at a time.
const PAGE_ROWS: u16 = 1000;

/// The width to wrap at: the variable `COLUMNS`, the width of the terminal, or the default, within the limits.
pub(super) fn width() -> u16 {
    let asked = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let terminal = || {
        crossterm::terminal::size()
            .ok()
            .map(|(columns, _)| columns)
            .filter(|columns| *columns > 0)
    };
    asked
        .or_else(terminal)
        .unwrap_or(DEFAULT_WIDTH)
        .clamp(MIN_WIDTH, MAX_WIDTH)
}

/// Prints one article.
pub(super) fn article(found: &FoundArticle, width: u16, out: &mut impl Write) -> io::Result<()> {
    let document = &found.document.value;
    head(found, out)?;
    let measure = Measure::ragged(width);
    let mut flow = Flow::new(measure.clone());
    let shape = PageShape {
        height_rows: PAGE_ROWS,
        columns: 1,
    };
    let mut at = 0;
    loop {
        let spread = flow.spread(document, at, shape);
        for line in spread.columns.iter().flatten() {
            writeln!(out, "{}", shown(document, line, &measure))?;
        }
        if spread.is_last || spread.end <= at {
            break;
        }
        at = spread.end;
    }
    facts(&Survey::of(document, &found.analysis), out)
}

/// Prints the title, author, date and source, unless they are part of the text.
fn head(found: &FoundArticle, out: &mut impl Write) -> io::Result<()> {
    let document = &found.document.value;
    let meta = &document.meta;
    let shows = |kind| document.blocks.iter().any(|block| block.kind == kind);
    let title = match meta.title.as_str() {
        "" => found.path.as_str(),
        title => title,
    };
    let mut lines = Vec::new();
    lines.extend((!shows(BlockKind::Title)).then(|| safe(title).into_owned()));
    if !shows(BlockKind::Byline) {
        let mut about: Vec<String> = Vec::new();
        about.extend(meta.byline.clone());
        about.extend(meta.published.map(|when| published(&when)));
        about.extend(meta.source.clone());
        lines.extend((!about.is_empty()).then(|| safe(&about.join(" · ")).into_owned()));
    }
    for line in &lines {
        writeln!(out, "{line}")?;
    }
    if lines.is_empty() || document.blocks.is_empty() {
        return Ok(());
    }
    writeln!(out)
}

fn shown(document: &Document, line: &Line, measure: &Measure) -> String {
    if line.kind == LineKind::Rule {
        return "─".repeat(measure.width_columns.into());
    }
    let mut row = String::new();
    let mut column = 0;
    for glyph in cells(document, line, measure) {
        row.extend(std::iter::repeat_n(
            ' ',
            glyph.column.saturating_sub(column).into(),
        ));
        row.push_str(glyph.symbol(&document.text));
        let is_blank = glyph.symbol(&document.text) == " ";
        column = glyph.column + if is_blank { 1 } else { glyph.width };
    }
    row.truncate(row.trim_end().len());
    safe(&row).into_owned()
}

/// Prints the speakers and countries with their counts, the highest first.
fn facts(survey: &Survey, out: &mut impl Write) -> io::Result<()> {
    let mut speakers: Vec<(String, u32)> = survey
        .speakers
        .iter()
        .map(|speaker| {
            let role = speaker.role.as_ref().map(|role| format!(", {role}"));
            let name = format!("{}{}", speaker.name, role.unwrap_or_default());
            (name, speaker.quotations)
        })
        .collect();
    speakers.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    speakers.extend((survey.unattributed > 0).then(|| ("?".to_owned(), survey.unattributed)));
    let countries = survey
        .countries
        .iter()
        .map(|&(code, count)| (gazetteer::name(code).to_owned(), count));
    table("Speakers", &speakers, out)?;
    table("Countries", &countries.collect::<Vec<_>>(), out)
}

fn table(title: &str, rows: &[(String, u32)], out: &mut impl Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    let names: Vec<_> = rows.iter().map(|(name, _)| safe(name)).collect();
    let widest = names.iter().map(|name| text_width(name)).max();
    for (name, (_, count)) in names.iter().zip(rows) {
        let gap = widest.unwrap_or_default() - text_width(name);
        writeln!(out, "  {name}{}  {count:4}", " ".repeat(gap))?;
    }
    Ok(())
}
