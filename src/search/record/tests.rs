//! Records read back as they were written, and damaged ones are told.

use proptest::prelude::*;

use super::*;
use crate::analysis::analyze;
use crate::document::read as read_article;
use crate::library::Survey;

const TEXT: &str = "---\ntitle: Harbor talks\ndate: 2026-03-04 10:30\ntags: [ports]\n---\n\n# Harbor talks\n\n\
By Ana Ruiz\n\n“No,” said **John Kirby**, a State Department spokesman, of [Peru](http://a.example). He said \
that Georgia and Lima would wait.\n\n- one\n- two\n";

fn article() -> crate::document::Warned<crate::document::Document> {
    read_article(TEXT.into(), "a.md")
}

#[test]
fn what_was_written_is_read_again() {
    let article = article();
    let analysis = analyze(&article.value);
    assert!(!analysis.quotations.is_empty() && !analysis.countries.is_empty());
    assert_eq!(
        read_analysis(&write_analysis(&analysis)),
        Ok(analysis.clone())
    );
    assert!(fits(&analysis, &article.value.text) && !fits(&analysis, "short"));
    let surveys = Ok(vec![Survey::of(&article.value, &analysis)]);
    assert_eq!(read_surveys(&write_surveys(&surveys)), Ok(surveys.clone()));
    let problem = Err("it is not text".to_owned());
    assert_eq!(read_surveys(&write_surveys(&problem)), Ok(problem));
    assert_eq!(read_document(&write_document(&article)), Ok(article));
}

/// Records of this version look like this for ever: whoever changes them raises [`VERSION`].
#[test]
fn records_of_this_version_look_as_they_always_did() {
    let surveys = write_surveys(&Ok(vec![Survey {
        title: "Talks".into(),
        words: 300,
        speakers: vec![crate::library::SpeakerCount {
            name: "Ana".into(),
            role: Some("mayor".into()),
            quotations: 2,
            kind: crate::analysis::SpeakerKind::Person,
            aliases: vec!["A".into()],
        }],
        countries: vec![(crate::analysis::CountryCode(*b"PE"), 1)],
        ..Survey::default()
    }]));
    assert_eq!(VERSION, 2);
    assert_eq!(
        surveys,
        b"\0\x01\0\x05Talks\0\0\0\0\xac\x02\0\0\x01\x03Ana\x01\x05mayor\x02\0\x01\x01A\x01PE\x01\0\0"
    );
}

proptest! {
    #[test]
    fn damaged_bytes_are_told_and_never_a_panic(at in 0usize..4000, byte: u8, cut in 0usize..4000) {
        let article = article();
        let analysis = analyze(&article.value);
        let records = [
            write_analysis(&analysis),
            write_surveys(&Ok(vec![Survey::of(&article.value, &analysis)])),
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
