//! Saved searches, and reading only the articles that match one.

use crate::harness::journey::Journey;

#[test]
fn a_saved_search_is_read_like_a_folder() {
    let mut journey = Journey::news();
    journey
        .keys("\\harbor<Enter>:save-query Ports<Enter>")
        .says("saved as “Ports”: harbor; V lists saved searches");
    journey.keys("V").shows("Ports").shows("2 unread of 2");
    journey
        .keys("jj<Enter>")
        .shows("“Ports”, by path")
        .says("showing only “Ports”");
    journey.keys("<Enter>").shows("“Ports” 1/2");
    assert_eq!(journey.open(), "01-harbor-talks.txt");
    journey.keys("JJ");
    assert_eq!(journey.open(), "02-budget.md");
    journey
        .keys("<Esc>")
        .says("showing the whole folder")
        .keys("J");
    assert_eq!(journey.open(), "03-court.txt");
}

#[test]
fn a_speaker_can_be_saved_as_a_search() {
    let mut journey = Journey::news();
    journey.keys("@&okafor<Enter>zv<Enter>");
    assert_eq!(
        journey.model.state.saved.get("Maria Okafor").unwrap(),
        "speaker:\"Maria Okafor\""
    );
    journey.keys("V<End><Enter>").shows("“Maria Okafor”");
}

#[test]
fn a_search_within_a_saved_search_counts_the_hits_outside() {
    let mut journey = Journey::news();
    journey.keys("\\budget<Enter>:save-query Money<Enter>:open-query Money<Enter>");
    journey
        .keys("\\harbor")
        .shows("Find in “Money”")
        .shows("outside this scope; Tab shows them")
        .keys("<Tab>")
        .shows("Find in the folder");
}

#[test]
fn a_saved_search_is_updated_with_the_folder() {
    let mut journey = Journey::news();
    journey.keys("\\zebra<Enter><Esc>:save-query Zoo<Enter>:open-query Zoo<Enter>");
    assert!(journey.model.folder.library.is_empty());
    journey.write("05-zoo.txt", "A zebra is born\n\nIt is well.");
    assert_eq!(journey.model.folder.library.len(), 1);
    journey
        .keys(":forget-query Zoo<Enter>")
        .says("deleted “Zoo”: zebra");
    assert_eq!(journey.model.folder.library.len(), 5);
}
