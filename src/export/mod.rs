//! Writes articles and their analysis for other programs.
//!
//! Each format is a row of [`EXPORTERS`]. All of them stream, one article at a time.

use crate::analysis::Analysis;
use crate::document::{Document, Warned};

pub mod csv;
pub mod json;
pub mod markdown;

/// An article and its analysis, ready to be written.
#[derive(Debug, Clone, Copy)]
pub struct Exported<'a> {
    /// Its path, as it appears in the record.
    pub path: &'a str,
    /// The article.
    pub document: &'a Warned<Document>,
    /// Its analysis.
    pub analysis: &'a Analysis,
}

/// An export format.
#[derive(Debug, Clone, Copy)]
pub struct Exporter {
    /// Its name on the command line.
    pub name: &'static str,
    /// The extension of its files.
    pub extension: &'static str,
    /// The text before the first article.
    pub head: &'static str,
    /// Formats one article, including the line break at its end.
    pub article: fn(&Exported<'_>) -> String,
}

/// All export formats.
pub const EXPORTERS: &[Exporter] = &[
    Exporter {
        name: "jsonl",
        extension: "jsonl",
        head: "",
        article: |article| json::record(article.path, article.document, article.analysis) + "\n",
    },
    Exporter {
        name: "csv",
        extension: "csv",
        head: csv::HEAD,
        article: csv::rows,
    },
    Exporter {
        name: "markdown",
        extension: "md",
        head: "",
        article: markdown::article,
    },
];

/// Returns the text of bytes that were written as UTF-8.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        debug_assert!(false, "an export is UTF-8: {error}");
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::{
        Attribution, Quotation, QuotationKind, RuleId, Speaker, SpeakerId, SpeakerKind,
    };
    use crate::document::Meta;
    use crate::text::Span;

    /// Exports one small article with a hostile title.
    fn written(name: &str) -> String {
        let text = "“No, \"never\",”\nsaid Ana Ruiz.".to_owned();
        let meta = Meta {
            title: "=A *bold*\u{1b}[31m title".to_owned(),
            ..Meta::default()
        };
        let document = Warned {
            value: Document {
                text,
                meta,
                ..Document::default()
            },
            warnings: Vec::new(),
        };
        let attribution = Attribution {
            speaker: SpeakerId(0),
            source: None.into(),
            cue: None.into(),
            via: None.into(),
            antecedent: None.into(),
            rule: RuleId::default(),
            confidence: 0.5,
        };
        let quotation = Quotation {
            span: Span::new(0, 18),
            kind: QuotationKind::Direct,
            attribution: Some(attribution),
        };
        let speaker = Speaker {
            name: "Ana Ruiz".into(),
            role: Some("mayor".into()),
            kind: SpeakerKind::Person,
            aliases: Box::default(),
        };
        let analysis = Analysis {
            quotations: Arc::new(vec![quotation]),
            speakers: vec![Arc::new(speaker)],
            ..Analysis::default()
        };
        let exporter = EXPORTERS
            .iter()
            .find(|exporter| exporter.name == name)
            .unwrap();
        let article = Exported {
            path: "a.txt",
            document: &document,
            analysis: &analysis,
        };
        exporter.head.to_owned() + &(exporter.article)(&article)
    }

    #[test]
    fn csv_has_a_row_for_each_finding() {
        assert_eq!(
            written("csv"),
            "path,title,published,what,kind,start,end,text,speaker,role,country\n\
             a.txt,'=A *bold*␛[31m title,,quote,direct,0,14,\"“No, \"\"never\"\",”\",Ana Ruiz,mayor,\n"
        );
    }

    #[test]
    fn markdown_is_for_people() {
        assert_eq!(
            written("markdown"),
            "# =A \\*bold\\*␛\\[31m title\n\n`a.txt`\n\n## Quotations\n\n- **Ana Ruiz** (mayor): “No, \"never\",”\n\n"
        );
    }

    #[test]
    fn json_is_one_line() {
        let line = written("jsonl");
        assert!(
            line.starts_with("{\"version\":1,\"path\":\"a.txt\"")
                && line.matches('\n').count() == 1
        );
    }
}
