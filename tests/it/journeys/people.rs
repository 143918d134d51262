//! The speakers of the folder, and correcting them.

use pullquote::app::protocol::effect::Effect;
use pullquote::app::protocol::questions::CorrectionChange;
use pullquote::library::Correction;

use crate::harness::journey::{Journey, Setup};

const ONE: &str = "Talks begin\n\nLONDON, 3 March 2015 - \"We met,\" said Foreign Minister Sergei Lavrov.\n\n\
    \"We talked,\" said Ana Ruiz. \"It was late,\" Ruiz said.\n";
const TWO: &str = "Talks end\n\nLONDON, 5 March 2016 - \"We parted,\" said Sergey Lavrov.\n\n\
    \"We walked,\" said Ana Ruiz, mayor of Lima.\n";

fn journey() -> Journey {
    Setup::articles([("one.txt", ONE), ("two.txt", TWO)]).start()
}

/// The changes of corrections sent to be saved.
fn changes(journey: &Journey) -> Vec<CorrectionChange> {
    let asked = journey.asked.iter();
    asked
        .filter_map(|effect| match effect {
            Effect::Correct(change) => Some(change.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn speakers_are_listed_filtered_and_sorted() {
    let mut journey = journey();
    journey.keys("@").sees("Ana Ruiz").sees("Sergei Lavrov");
    journey
        .keys("&ruiz<Enter>")
        .sees("Ana Ruiz")
        .sees_not("Lavrov");
    journey.keys("<Esc>S").sees("sorted by name");
    journey.keys("j").sees("by name");
}

#[test]
fn the_quotations_of_a_speaker_are_listed_by_date_and_open_in_place() {
    let mut journey = journey();
    journey.keys("@&ruiz<Enter><Enter>");
    journey.sees("Quotations by Ana Ruiz").sees("2015-03-03");
    journey.sees("We talked").sees("We walked");
    journey.keys("j<Enter>");
    assert_eq!(journey.quotation(), "\"It was late,\"");
    journey.keys("]s");
    assert_eq!(
        (journey.open().as_str(), journey.quotation()),
        ("two.txt", "\"We walked,\"")
    );
    // Quotations under both merged names are listed.
    journey.keys("@<Esc>&sergey<Enter>x<Enter><Enter>");
    journey
        .keys("&<C-u>sergei<Enter><Enter>")
        .sees("We met")
        .sees("We parted");
}

/// How often somebody is quoted in the folder.
fn quotations(journey: &Journey, name: &str) -> Option<u32> {
    let speaker = journey.model.folder.library.speaker(name)?;
    Some(speaker.quotations)
}

#[test]
fn two_spellings_are_merged_and_split_again() {
    let mut journey = journey();
    journey
        .keys("@&sergey<Enter>x")
        .sees("Correct: Sergey Lavrov");
    journey
        .sees("Sergey Lavrov is the same as …")
        .sees("1 quotation in 1 article");
    // The likely name comes first, and the screen shows what will change.
    journey.keys("<Enter>").sees("possibly the same");
    journey.sees("1 quotation in 1 article: Sergey Lavrov becomes Sergei Lavrov");
    journey
        .keys("<Enter>")
        .sees("Now Sergei Lavrov (1 quotation in 1 article). :undo to revert");
    let merge = Correction::Person {
        name: "Sergey Lavrov".into(),
        within: None,
        is: Some("Sergei Lavrov".into()),
    };
    assert_eq!(
        changes(&journey),
        [CorrectionChange::Add(vec![merge.clone()])]
    );
    assert_eq!(quotations(&journey, "Sergei Lavrov"), Some(2));
    assert_eq!(quotations(&journey, "Sergey Lavrov"), None);
    journey
        .keys(":undo<Enter>")
        .sees("undone: Sergey Lavrov is Sergei Lavrov");
    assert_eq!(quotations(&journey, "Sergei Lavrov"), Some(1));
    assert_eq!(
        changes(&journey).last(),
        Some(&CorrectionChange::Remove(vec![merge]))
    );
    journey.keys(":redo<Enter>").sees("redone");
    assert_eq!(quotations(&journey, "Sergey Lavrov"), None);
    journey
        .keys(":undo<Enter>:undo<Enter>")
        .sees("nothing to undo");
}

#[test]
fn a_quotation_can_be_given_another_speaker() {
    let mut journey = journey();
    journey.keys("2\"").sees("Ana Ruiz");
    journey.keys("x").sees("Someone else said this");
    journey.keys("<Enter>eva l").sees("“eva l” (new name)");
    journey
        .keys("<C-u>Eva Lund<Enter>")
        .sees("Now Eva Lund (1 quotation). :undo to revert");
    assert_eq!(journey.speaker(), "Eva Lund");
    let library = &journey.model.folder.library;
    assert_eq!(library.speaker("Ana Ruiz").unwrap().quotations, 2);
    assert_eq!(library.speaker("Eva Lund").unwrap().quotations, 1);
    journey.keys("=").sees("corrected");
    // The correction survives an edit of the article.
    let edited = ONE.replace("Talks begin", "Talks begin again");
    journey.keys("<Esc>").write("one.txt", &edited);
    assert_eq!(
        journey
            .model
            .folder
            .library
            .speaker("Eva Lund")
            .unwrap()
            .quotations,
        1
    );
}

#[test]
fn a_name_can_be_renamed_split_off_or_removed() {
    let mut journey = journey();
    journey.keys("@&ruiz<Enter>x").sees("Rename Ana Ruiz …");
    journey
        .keys("j<Enter><C-u>Ana María Ruiz<Enter>")
        .sees("3 quotations in 2 articles");
    assert_eq!(
        journey
            .model
            .folder
            .library
            .speaker("Ana María Ruiz")
            .unwrap()
            .quotations,
        3
    );
    journey.keys(":undo<Enter><Esc>");
    journey
        .keys("&ruiz<Enter>x2j")
        .sees("In this article, Ana Ruiz is someone else");
    journey.keys("<Enter>Eva Ruiz<Enter>");
    assert_eq!(
        journey
            .model
            .folder
            .library
            .speaker("Eva Ruiz")
            .unwrap()
            .quotations,
        2
    );
    assert_eq!(
        journey
            .model
            .folder
            .library
            .speaker("Ana Ruiz")
            .unwrap()
            .quotations,
        1
    );
    journey
        .keys(":undo<Enter><Esc>&ruiz<Enter>xG")
        .sees("is not a speaker");
    journey.keys("<Enter>");
    assert!(journey.model.folder.library.speaker("Ana Ruiz").is_none());
    assert!(!journey.screen().contains("Ana Ruiz   "));
}

#[test]
fn a_correction_can_be_cancelled_at_every_step() {
    let mut journey = journey();
    journey.keys("@x<Enter>").sees("Sergei Lavrov");
    journey.keys("<Esc>").sees("is the same as …");
    journey.keys("<Esc>").sees("Speakers in the folder");
    assert_eq!(changes(&journey), []);
}

/// Claims about the text on the screen.
trait Seeing {
    fn sees(&mut self, words: &str) -> &mut Self;
    fn sees_not(&mut self, words: &str) -> &mut Self;
}

impl Seeing for Journey {
    fn sees(&mut self, words: &str) -> &mut Self {
        let screen = self.screen();
        assert!(
            screen.contains(words),
            "“{words}” is not on the screen:\n{screen}"
        );
        self
    }

    fn sees_not(&mut self, words: &str) -> &mut Self {
        let screen = self.screen();
        assert!(
            !screen.contains(words),
            "“{words}” is on the screen:\n{screen}"
        );
        self
    }
}
