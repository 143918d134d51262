//! CSV for spreadsheets: one row per quotation and per mention of a country.
//!
//! Offsets count code points, as in the JSON record. A cell that a spreadsheet would read as a formula
//! gets an apostrophe in front.

use std::borrow::Cow;

use super::Exported;
use super::json::published;
use crate::analysis::QuotationKind;
use crate::text::Span;
use crate::text::display::safe;
use crate::text::offsets::CodePoints;

/// The header row.
pub(super) const HEAD: &str =
    "path,title,published,what,kind,start,end,text,speaker,role,country\n";

/// Returns the rows of one article.
pub(super) fn rows(article: &Exported<'_>) -> String {
    let document = &article.document.value;
    let published = match &document.meta.published {
        Some(when) => published(when),
        None => String::new(),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut points = CodePoints::new(&document.text);
    let mut row = |span: Span, what: &str, kind: &str, rest: [&str; 3]| {
        let (start, end) = (
            points.at(span.start).to_string(),
            points.at(span.end).to_string(),
        );
        let first = [
            article.path,
            &document.meta.title,
            &published,
            what,
            kind,
            &start,
            &end,
            &document.visible(span),
        ];
        // Writing to memory cannot fail.
        let _ = writer.write_record(
            first
                .iter()
                .chain(&rest)
                .map(|text| cell(text).into_owned()),
        );
    };
    for quotation in article.analysis.quotations.iter() {
        let speaker = article.analysis.speaker_of(quotation);
        let (name, role) = match speaker {
            Some(speaker) => (&*speaker.name, speaker.role.as_deref().unwrap_or_default()),
            None => ("", ""),
        };
        row(
            quotation.span,
            "quote",
            kind(quotation.kind),
            [name, role, ""],
        );
    }
    for mention in article.analysis.countries.iter() {
        row(
            mention.span,
            "country",
            "",
            ["", "", mention.country.as_str()],
        );
    }
    let Ok(bytes) = writer.into_inner() else {
        debug_assert!(false, "writing to memory cannot fail");
        return String::new();
    };
    super::text(bytes)
}

/// Returns the kind of a quotation as it is exported.
#[must_use]
pub fn kind(kind: QuotationKind) -> &'static str {
    match kind {
        QuotationKind::Direct => "direct",
        QuotationKind::Mixed => "mixed",
        QuotationKind::Indirect => "indirect",
    }
}

/// Returns a cell on one line that no spreadsheet reads as a formula.
fn cell(text: &str) -> Cow<'_, str> {
    let text = safe(text);
    if text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}").into()
    } else {
        text
    }
}
