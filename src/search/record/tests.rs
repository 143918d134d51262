//! Records can be read back, and damaged ones are detected.

use proptest::prelude::*;

use super::*;
use crate::analysis::analyze;
use crate::document::read as read_article;
use crate::library::{PackedSurvey, Survey};

const TEXT: &str = "---\ntitle: Harbor talks\ndate: 2026-03-04 10:30\ntags: [ports]\n---\n\n# Harbor talks\n\n\
By Ana Ruiz\n\n“No,” said **John Kirby**, a State Department spokesman, of [Peru](http://a.example). He said \
that Georgia and Lima would wait.\n\n- one\n- two\n";

fn article() -> crate::document::Warned<crate::document::Document> {
    read_article(TEXT.into(), "a.md")
}

#[test]
fn records_can_be_read_back() {
    let article = article();
    let analysis = analyze(&article.value);
    assert!(!analysis.quotations.is_empty() && !analysis.countries.is_empty());
    assert_eq!(
        read_analysis(&write_analysis(&analysis)),
        Ok(analysis.clone())
    );
    assert!(fits(&analysis, &article.value.text) && !fits(&analysis, "short"));
    let surveys = Ok(vec![PackedSurvey::from(Survey::of(
        &article.value,
        &analysis,
    ))]);
    assert_eq!(read_surveys(&write_surveys(&surveys)), Ok(surveys.clone()));
    let problem = Err("it is not text".to_owned());
    assert_eq!(read_surveys(&write_surveys(&problem)), Ok(problem));
    assert_eq!(read_document(&write_document(&article)), Ok(article));
}

/// The bytes of this version must never change. [`VERSION`] is raised with every change.
#[test]
fn records_of_this_version_look_as_they_always_did() {
    let survey = Survey {
        title: "Talks".into(),
        words: 300,
        speakers: vec![crate::library::SpeakerCount {
            speaker: std::sync::Arc::new(crate::analysis::Speaker {
                name: "Ana".into(),
                role: Some("mayor".into()),
                kind: crate::analysis::SpeakerKind::Person,
                aliases: ["A".into()].into(),
            }),
            quotations: 2,
        }],
        countries: vec![(crate::analysis::CountryCode(*b"PE"), 1)],
        ..Survey::default()
    };
    let surveys = write_surveys(&Ok(vec![PackedSurvey::from(survey)]));
    assert_eq!(VERSION, 6);
    assert_eq!(
        surveys,
        [
            0, 1, 40, 14, 2, 14, 0, 8, 84, 143, 107, 115, 172, 2, 0, 0, 1, 80, 69, 1, 0, 0, 0, 2,
            148, 237, 202, 4, 131, 97, 6, 109, 157, 225, 2, 65, 1, 237, 202, 227, 104, 2, 0, 254,
            52, 208, 105
        ]
    );
}

proptest! {
    #[test]
    fn damaged_bytes_never_cause_a_panic(at in 0usize..4000, byte: u8, cut in 0usize..4000) {
        let article = article();
        let analysis = analyze(&article.value);
        let records = [
            write_analysis(&analysis),
            write_surveys(&Ok(vec![PackedSurvey::from(Survey::of(&article.value, &analysis))])),
            write_document(&article),
        ];
        for mut record in records {
            let end = record.len();
            if let Some(place) = record.get_mut(at % end) {
                *place = byte;
            }
            let damaged = &record[..end - cut % end];
            if let Ok(analysis) = read_analysis(damaged) {
                let _ = fits(&analysis, TEXT);
            }
            let _ = (read_surveys(damaged), read_document(damaged));
        }
    }
}
