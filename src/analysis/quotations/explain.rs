//! Explains why a quotation is attributed to its speaker.

use std::fmt::Write;

use crate::analysis::{Analysis, Attribution, Speaker};
use crate::document::Document;
use crate::text::MaybeSpan;

/// A sentence that explains why the quotation at `index` is attributed to its speaker, or why it has none.
///
/// ```
/// let document = pullquote::document::read(b"Title\n\n\"We won,\" said Ana Ruiz.".to_vec(), "a.txt").value;
/// let analysis = pullquote::analysis::analyze(&document);
/// let sentence = pullquote::analysis::explain(&analysis, &document, 0);
/// assert!(sentence.starts_with("Ana Ruiz"), "{sentence}");
/// ```
#[must_use]
pub fn explain(analysis: &Analysis, document: &Document, index: usize) -> String {
    let Some(quotation) = analysis.quotations.get(index) else {
        return String::from("There is no such quotation.");
    };
    let known = quotation
        .attribution
        .as_ref()
        .zip(analysis.speaker_of(quotation));
    let Some((attribution, speaker)) = known else {
        return String::from(
            "Speaker unknown: no reporting verb, colon or earlier speaker says whose words these are.",
        );
    };
    let mut sentence = format!("{}, by the rule {}", speaker.name, attribution.rule.name());
    if let Some(doc) = attribution.rule.doc() {
        let _ = write!(sentence, " ({})", doc.trim_end_matches('.'));
    }
    sentence.push_str(&quoted_evidence(attribution, &document.text));
    sentence.push_str(&reference(attribution, speaker, &document.text));
    let share = attribution.confidence * 100.0;
    let _ = write!(sentence, "; right in about {share:.0} of 100 such cases.");
    sentence
}

/// The cue, the source and who passed it on.
fn quoted_evidence(attribution: &Attribution, text: &str) -> String {
    let part = |name: &str, span: MaybeSpan| {
        span.get()
            .map(|span| format!("{name} “{}”", one_line(span.of(text))))
    };
    let parts: Vec<String> = [
        part("cue", attribution.cue),
        part("source", attribution.source),
        part("passed on by", attribution.via),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!(": {}", parts.join(", "))
    }
}

/// What the source refers to, when it is not the name of the speaker.
fn reference(attribution: &Attribution, speaker: &Speaker, text: &str) -> String {
    let words = |span: MaybeSpan| span.get().map(|span| one_line(span.of(text)));
    let Some(source) = words(attribution.source).filter(|source| !source.contains(&*speaker.name))
    else {
        return String::new();
    };
    let name = &speaker.name;
    match words(attribution.antecedent) {
        Some(nearer) if *nearer != **name => {
            format!("; “{source}” refers to “{nearer}” (“{name}”)")
        }
        _ => format!("; “{source}” refers to “{name}”"),
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
