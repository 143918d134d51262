//! Tagged texts as tests: `<q 1>“Yes,”</q> <cue 1>said</cue> <source 1>Ana Ruiz</source>.`
//!
//! [`check`] strips the tags, analyzes the text, and compares the tags with what the analysis finds.
//! `<q 1 Ana Ruiz>` also names the speaker, `<q>` without a number is a quotation without a speaker, `<i 1>`
//! is reported speech without quotation marks, and the words in `<n>` must be in no quotation.

use super::{Analysis, Attribution, Quotation, QuotationKind, analyze};
use crate::document::{self, Document};
use crate::text::{MaybeSpan, Span};

/// A text and its tags.
struct TaggedText {
    text: String,
    tags: Vec<Tag>,
}

/// A tag of a tagged text.
struct Tag {
    name: String,
    /// Links a quotation to its source and cue; 0 when there is none.
    number: u32,
    /// The name of the speaker, or nothing.
    speaker: String,
    /// The tagged words.
    span: Span,
}

impl TaggedText {
    fn parse(tagged: &str) -> Self {
        let (mut text, mut tags, mut open) = (String::new(), Vec::new(), Vec::new());
        let mut rest = tagged;
        while let Some((before, after)) = rest.split_once('<') {
            text.push_str(before);
            let (tag, after) = after.split_once('>').expect("a tag is closed");
            if let Some(name) = tag.strip_prefix('/') {
                let mut tag: Tag = open.pop().expect("a tag was opened");
                assert_eq!(tag.name, name, "{tagged}");
                tag.span = Span::from_usize(tag.span.start as usize, text.len());
                tags.push(tag);
            } else {
                let (name, label) = tag.split_once(' ').unwrap_or((tag, "0"));
                let (number, speaker) = label.split_once(' ').unwrap_or((label, ""));
                open.push(Tag {
                    name: name.to_owned(),
                    number: number.parse().expect("a tag has a number"),
                    speaker: speaker.to_owned(),
                    span: Span::from_usize(text.len(), text.len()),
                });
            }
            rest = after;
        }
        text.push_str(rest);
        Self { text, tags }
    }
}

/// The article with a text below a title, and the length of what is above the text.
fn article(text: &str, language: &str) -> (Document, u32) {
    let title = "Title\n\n";
    let mut document = document::read(format!("{title}{text}").into_bytes(), "a.txt").value;
    document.meta.language = Some(language.to_owned());
    (document, u32::try_from(title.len()).unwrap())
}

/// The first difference between the tags of a text and its analysis. `rule`: the only rule that may apply.
fn first_difference(tagged: &str, language: &str, rule: Option<&str>) -> Option<String> {
    let TaggedText { text, mut tags } = TaggedText::parse(tagged);
    let (document, shift) = article(&text, language);
    for tag in &mut tags {
        tag.span = Span::new(tag.span.start + shift, tag.span.end + shift);
    }
    let analysis = analyze(&document);
    let found = || list(&analysis, &document.text);
    for tag in &tags {
        let words = tag.span.of(&document.text);
        match tag.name.as_str() {
            "q" | "i" => {
                let mut quotations = analysis.quotations.iter();
                let Some(quotation) =
                    quotations.find(|found| has_same_words(found.span, tag.span, &document.text))
                else {
                    return Some(format!("not found: {words} in {}", found()));
                };
                if (tag.name == "i") != (quotation.kind == QuotationKind::Indirect) {
                    return Some(format!("{:?}: {words}", quotation.kind));
                }
                let difference =
                    wrong_attribution(quotation, tag, &tags, &analysis, &document.text, rule);
                if let Some(difference) = difference {
                    return Some(format!("{difference} in {text}"));
                }
            }
            "n" => {
                let mut quotations = analysis.quotations.iter();
                if quotations.any(|quotation| quotation.span.overlaps(tag.span)) {
                    return Some(format!("a quotation: {words} in {}", found()));
                }
            }
            _ => {}
        }
    }
    let n_tagged = tags.iter().filter(|tag| tag.name == "q").count();
    let is_marked = |quotation: &&Quotation| quotation.kind != QuotationKind::Indirect;
    let n_found = analysis.quotations.iter().filter(is_marked).count();
    (n_found != n_tagged && rule.is_none())
        .then(|| format!("{n_found} quotations, not {n_tagged}: {}", found()))
}

/// Whether two spans overlap and have the same words, apart from the punctuation at their ends.
fn has_same_words(one: Span, other: Span, text: &str) -> bool {
    let trim = |span: Span| {
        span.of(text)
            .trim_matches(|letter: char| !letter.is_alphanumeric())
            .to_owned()
    };
    one.overlaps(other) && trim(one) == trim(other)
}

/// How the attribution of a quotation differs from its tag.
fn wrong_attribution(
    quotation: &Quotation,
    tag: &Tag,
    tags: &[Tag],
    analysis: &Analysis,
    text: &str,
    rule: Option<&str>,
) -> Option<String> {
    let words = quotation.span.of(text);
    let Some(attribution) = &quotation.attribution else {
        return (tag.number != 0).then(|| format!("nobody says {words}"));
    };
    let applied = attribution.rule.name();
    if tag.number == 0 {
        return Some(format!("{words} is attributed by {applied}"));
    }
    let mut linked = tags.iter().filter(|other| other.number == tag.number);
    if let Some(difference) = linked.find_map(|other| wrong_words(attribution, other, text)) {
        return Some(difference);
    }
    let speaker = analysis.speaker_of(quotation).map(|speaker| &*speaker.name);
    if !tag.speaker.is_empty() && speaker != Some(tag.speaker.as_str()) {
        return Some(format!("{speaker:?} speaks instead of {}", tag.speaker));
    }
    rule.filter(|rule| *rule != applied)
        .map(|rule| format!("{applied} applies instead of {rule}"))
}

/// How the source, cue or bearer of an attribution differs from its tag.
fn wrong_words(attribution: &Attribution, tag: &Tag, text: &str) -> Option<String> {
    let found = match tag.name.as_str() {
        "source" => attribution.source.get(),
        "cue" => attribution.cue.get(),
        "via" => attribution.via.get(),
        _ => return None,
    };
    match found {
        Some(found) if found.covers(tag.span) || tag.span.covers(found) => None,
        found => Some(format!(
            "{} {:?} instead of {:?}",
            tag.name,
            found.map(|span| span.of(text)),
            tag.span.of(text)
        )),
    }
}

/// The quotations of an analysis, for messages.
fn list(analysis: &Analysis, text: &str) -> String {
    let quotations = analysis.quotations.iter().map(|quotation| {
        let rule = quotation
            .attribution
            .as_ref()
            .map(|attribution| attribution.rule.name());
        format!("{:?} {} {rule:?}", quotation.kind, quotation.span.of(text))
    });
    quotations.collect::<Vec<_>>().join(" | ")
}

/// Fails when the analysis of a text differs from its tags.
#[track_caller]
fn check(tagged: &str) {
    if let Some(difference) = first_difference(tagged, "en", None) {
        panic!("{difference}");
    }
}

#[test]
fn every_rule_explains_its_examples_and_not_the_others() {
    for rule in super::quotations::rules::RULES {
        for tagged in rule.matches {
            assert_eq!(
                first_difference(tagged, "en", Some(rule.id)),
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

/// The corpus has one tagged article a line, and comments after `#`.
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
                .filter_map(|line| first_difference(&line.replace("\\n", "\n\n"), language, None)),
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
fn an_attribution_has_the_speaker_and_who_passed_it_on() {
    check(
        "The same week <source 1>the council</source> <cue 1>reported</cue> that the bridge <q 1>“amounts to a trap for all who use it,”</q> as <via 1>Harbor News</via> noted.",
    );
}

#[test]
fn an_unknown_speaker_is_explained() {
    let (document, _) = article("“We will rebuild the whole of it.”", "en");
    let analysis = analyze(&document);
    assert!(super::explain(&analysis, &document, 0).starts_with("Speaker unknown"));
}

proptest::proptest! {
    /// No text makes the analysis panic; its result is always the same, with spans in bounds and in order.
    #[test]
    fn any_text_can_be_analyzed(text in r#"([“”"'‘’«»„,.:;?!()\[\]—-]|''|\n|said|told|who|and|that|he|She|Mr\.|Ana|Ruiz|the|mayor|according to|as|by|-ing|saying| |é|\PC){0,60}"#) {
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
