//! An article as plain wrapped text, with its speakers and countries at the end.

use std::io::{self, Write};

use super::articles::Found;
use crate::document::Document;
use crate::export::markdown::counts;
use crate::layout::{Flow, Line, LineKind, Measure, Shape, cells};
use crate::lexicon::gazetteer;
use crate::text::display::safe;

/// Columns to wrap at: `COLUMNS`, the terminal's, or 80; between 20 and 400.
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
    asked.or_else(terminal).unwrap_or(80).clamp(20, 400)
}

/// Writes one article.
pub(super) fn article(found: &Found, width: u16, out: &mut impl Write) -> io::Result<()> {
    let document = &found.document.value;
    let measure = Measure::ragged(width);
    let mut flow = Flow::new(measure.clone());
    let shape = Shape {
        height_rows: 1000,
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
    facts(found, out)
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

/// Who is quoted and which countries are mentioned, with counts.
fn facts(found: &Found, out: &mut impl Write) -> io::Result<()> {
    let analysis = &found.analysis;
    let mut quotations: Vec<usize> = vec![0; analysis.speakers.len()];
    let mut unknown = 0;
    for quotation in &analysis.quotations {
        let index = quotation
            .attribution
            .as_ref()
            .map(|attribution| attribution.speaker.0 as usize);
        *index
            .and_then(|index| quotations.get_mut(index))
            .unwrap_or(&mut unknown) += 1;
    }
    let mut speakers: Vec<_> = analysis
        .speakers
        .iter()
        .zip(quotations)
        .map(|(speaker, count)| match &speaker.role {
            Some(role) => format!("{} ({role}) {count}", speaker.name),
            None => format!("{} {count}", speaker.name),
        })
        .collect();
    speakers.extend((unknown > 0).then(|| format!("? {unknown}")));
    let countries: Vec<_> = counts(analysis)
        .iter()
        .map(|(code, count)| format!("{} {count}", gazetteer::name(*code)))
        .collect();
    for (title, facts) in [("Quoted", speakers), ("Countries", countries)] {
        if !facts.is_empty() {
            writeln!(out, "\n{title}: {}", safe(&facts.join("; ")))?;
        }
    }
    Ok(())
}
