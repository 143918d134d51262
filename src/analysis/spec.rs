//! Tagged texts as tests: `<q 1>“Yes,”</q> <cue 1>said</cue> <source 1>Ana Ruiz</source>.`
//!
//! [`check`] strips the tags, analyzes the text, and compares what is tagged with what is found. Further
//! attributes: `<q 1 Ana Ruiz>` names the speaker, `<q>` a quotation without number one whose speaker is
//! unknown, `<i 1>` is reported speech without marks, and nothing is found under `<n>`.

use super::{Analysis, Quotation, QuotationKind, analyze};
use crate::document::{self, Document};
use crate::text::{MaybeSpan, Span};

/// What a tagged text says.
pub(super) struct Tagged {
    text: String,
    /// Name of the tag, its number, the rest of the tag, and the words.
    tags: Vec<(String, u32, String, Span)>,
}

pub(super) fn parse(tagged: &str) -> Tagged {
    let (mut text, mut tags, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = tagged;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').expect("a tag is closed");
        if let Some(name) = tag.strip_prefix('/') {
            let (known, number, label, start): (String, u32, String, usize) =
                open.pop().expect("a tag was opened");
            assert_eq!(known, name, "{tagged}");
            tags.push((known, number, label, Span::from_usize(start, text.len())));
        } else {
            let mut words = tag.splitn(3, ' ');
            let name = words.next().unwrap_or_default().to_owned();
            let number = words
                .next()
                .unwrap_or("0")
                .parse()
                .expect("a tag has a number");
            open.push((
                name,
                number,
                words.next().unwrap_or_default().to_owned(),
                text.len(),
            ));
        }
        rest = after;
    }
    text.push_str(rest);
    Tagged { text, tags }
}

/// The article of a text: under a title, so that the text is running text.
fn article(text: &str, language: &str) -> (Document, u32) {
    let title = "Title\n\n";
    let mut document = document::read(format!("{title}{text}").into_bytes(), "a.txt").value;
    document.meta.language = Some(language.to_owned());
    (document, u32::try_from(title.len()).unwrap())
}

/// Whether every tag is found; the first difference otherwise.
pub(super) fn differences(tagged: &str, language: &str, rule: Option<&str>) -> Option<String> {
    let Tagged { text, tags } = parse(tagged);
    let (document, shift) = article(&text, language);
    let analysis = analyze(&document);
    let place = |span: Span| Span::new(span.start + shift, span.end + shift);
    for (name, number, label, span) in tags.iter().filter(|(name, ..)| name == "q" || name == "i") {
        let Some(quotation) = analysis
            .quotations
            .iter()
            .find(|quotation| same(quotation.span, place(*span), &document.text))
        else {
            return Some(format!(
                "not found: {} in {}",
                span.of(&text),
                found(&analysis, &document.text)
            ));
        };
        if (name == "i") != (quotation.kind == QuotationKind::Indirect) {
            return Some(format!("{:?}: {}", quotation.kind, span.of(&text)));
        }
        if let Some(difference) = attribution(
            quotation,
            &analysis,
            &document,
            (*number, label),
            &tags,
            shift,
            rule,
        ) {
            return Some(format!("{difference} in {text}"));
        }
    }
    for (.., span) in tags.iter().filter(|(name, ..)| name == "n") {
        let overlaps = |quotation: &&Quotation| quotation.span.overlaps(place(*span));
        if analysis.quotations.iter().any(|found| overlaps(&found)) {
            let found = found(&analysis, &document.text);
            return Some(format!("not nothing: {} in {found}", span.of(&text)));
        }
    }
    let tagged = tags.iter().filter(|(name, ..)| name == "q").count();
    let direct = analysis
        .quotations
        .iter()
        .filter(|quotation| quotation.kind != QuotationKind::Indirect)
        .count();
    (direct != tagged && rule.is_none()).then(|| {
        format!(
            "{direct} quotations, not {tagged}: {}",
            found(&analysis, &document.text)
        )
    })
}

/// Whether two spans hold the same words, whatever the punctuation at their ends.
fn same(one: Span, other: Span, text: &str) -> bool {
    let trim = |span: Span| {
        span.of(text)
            .trim_matches(|letter: char| !letter.is_alphanumeric())
            .to_owned()
    };
    one.overlaps(other) && trim(one) == trim(other)
}

fn attribution(
    quotation: &Quotation,
    analysis: &Analysis,
    document: &Document,
    (number, label): (u32, &str),
    tags: &[(String, u32, String, Span)],
    shift: u32,
    rule: Option<&str>,
) -> Option<String> {
    let text = &document.text;
    let attribution = quotation.attribution.as_ref();
    if number == 0 {
        return attribution.map(|attribution| {
            format!(
                "{} is attributed by {}",
                quotation.span.of(text),
                attribution.rule.name()
            )
        });
    }
    let Some(attribution) = attribution else {
        return Some(format!("nobody says {}", quotation.span.of(text)));
    };
    for (name, known, _, span) in tags {
        let expected = Span::new(span.start + shift, span.end + shift);
        let actual = match name.as_str() {
            "source" => attribution.source.get(),
            "cue" => attribution.cue.get(),
            "via" => attribution.via.get(),
            _ => continue,
        };
        if *known == number
            && !actual.is_some_and(|actual| actual.covers(expected) || expected.covers(actual))
        {
            return Some(format!(
                "{name} {:?} instead of {:?}",
                actual.map(|span| span.of(text)),
                expected.of(text)
            ));
        }
    }
    let speaker = analysis.speaker_of(quotation).map(|speaker| &*speaker.name);
    if !label.is_empty() && speaker != Some(label) {
        return Some(format!("{speaker:?} speaks instead of {label}"));
    }
    let applied = attribution.rule.name();
    rule.filter(|rule| *rule != applied)
        .map(|rule| format!("{applied} applies instead of {rule}"))
}

fn found(analysis: &Analysis, text: &str) -> String {
    let list = analysis.quotations.iter().map(|quotation| {
        let rule = quotation
            .attribution
            .as_ref()
            .map(|attribution| attribution.rule.name());
        format!("{:?} {} {rule:?}", quotation.kind, quotation.span.of(text))
    });
    list.collect::<Vec<_>>().join(" | ")
}

/// Fails unless everything tagged is found as tagged.
#[track_caller]
pub(super) fn check(tagged: &str) {
    if let Some(difference) = differences(tagged, "en", None) {
        panic!("{difference}");
    }
}

#[test]
fn every_rule_explains_its_examples_and_not_the_others() {
    for rule in super::quotations::rules::RULES {
        for tagged in rule.matches {
            assert_eq!(
                differences(tagged, "en", Some(rule.id)),
                None,
                "{}",
                rule.id
            );
        }
        for text in rule.misses {
            let (document, _) = article(text, "en");
            let analysis = analyze(&document);
            let fires = analysis.quotations.iter().any(|quotation| {
                quotation
                    .attribution
                    .as_ref()
                    .is_some_and(|found| found.rule.name() == rule.id)
            });
            assert!(!fires, "{} explains {text}", rule.id);
        }
    }
}

/// The tagged articles of the corpus: a line each, `#` starts a comment.
#[test]
fn the_tagged_articles_are_read_as_tagged() {
    let corpus = [
        ("en", include_str!("../../tests/corpus/en.txt")),
        ("de", include_str!("../../tests/corpus/de.txt")),
        ("fr", include_str!("../../tests/corpus/fr.txt")),
    ];
    let mut failures = Vec::new();
    for (language, content) in corpus {
        failures.extend(
            content
                .lines()
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .filter_map(|line| differences(&line.replace("\\n", "\n\n"), language, None)),
        );
    }
    assert!(
        failures.is_empty(),
        "{} failures\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn a_pronoun_and_a_surname_lead_to_the_full_name() {
    check(
        "<q 1 Ana Ruiz>“We won,”</q> said Ana Ruiz, the mayor.\n\n<q 2 Ana Ruiz>“It was close,”</q> Ruiz said.\n\n<q 3 Ana Ruiz>“Very,”</q> she added.",
    );
}

#[test]
fn who_passed_it_on_is_kept_beside_the_speaker() {
    check(
        "The same week <source 1>the council</source> <cue 1>reported</cue> that the bridge <q 1>“amounts to a trap for all who use it,”</q> as <via 1>Harbor News</via> noted.",
    );
}

#[test]
fn unknown_is_said_as_such() {
    let (document, _) = article("“We will rebuild the whole of it.”", "en");
    let analysis = analyze(&document);
    assert!(super::explain(&analysis, &document, 0).starts_with("Speaker unknown"));
}

proptest::proptest! {
    /// Any text ends without panic, twice alike, with spans in bounds and in order.
    #[test]
    fn any_text_is_read(text in r#"([“”"'‘’«»„,.:;?!()\[\]—-]|''|\n|said|told|who|and|that|he|She|Mr\.|Ana|Ruiz|the|mayor|according to|as|by|-ing|saying| |é|\PC){0,60}"#) {
        for language in ["en", "de", "fr"] {
            let (document, _) = article(&text, language);
            let analysis = analyze(&document);
            proptest::prop_assert_eq!(&analysis, &analyze(&document));
            let mut start = 0;
            for (index, quotation) in analysis.quotations.iter().enumerate() {
                proptest::prop_assert!(quotation.span.start >= start);
                start = quotation.span.start;
                let attribution = quotation.attribution.as_ref();
                let spans = attribution.into_iter().flat_map(|found| {
                    [found.source, found.cue, found.via, found.antecedent].into_iter().filter_map(MaybeSpan::get)
                });
                for span in spans.chain([quotation.span]) {
                    proptest::prop_assert!(document.text.get(span.range()).is_some());
                }
                proptest::prop_assert!(!super::explain(&analysis, &document, index).is_empty());
            }
        }
    }
}
