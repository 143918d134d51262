//! The list of bookmarks.

use pullquote::app::state::{ReadingPlace, SavedState};

use crate::harness::journey::{Journey, Setup};

#[test]
fn without_bookmarks_the_list_says_how_to_make_one() {
    Journey::news()
        .keys("zb")
        .shows("no bookmarks yet; B bookmarks");
}

#[test]
fn a_bookmark_shows_its_title_its_line_and_when_it_was_set() {
    let mut journey = Journey::news();
    journey
        .keys("jjjB")
        .says("bookmarked; zb lists the bookmarks");
    let line = journey.words_at_top();
    journey
        .keys("Jzb")
        .shows("Harbor talks")
        .shows(&line)
        .shows("5 Mar 2026");
}

#[test]
fn enter_opens_the_article_at_its_bookmark() {
    let mut journey = Journey::news();
    journey.keys("jjjB");
    let line = journey.words_at_top();
    journey.keys("GJzb<Enter>");
    assert_eq!(journey.open(), "01-harbor-talks.txt");
    assert_eq!(journey.words_at_top(), line);
}

#[test]
fn b_on_a_row_removes_the_bookmark() {
    let mut journey = Journey::news();
    journey.keys("BJBzb").shows("Bookmarks").shows("─ 2 ─");
    journey.keys("jB").says("bookmark removed");
    assert_eq!(
        journey
            .saved
            .places
            .values()
            .filter(|place| place.is_bookmarked)
            .count(),
        1
    );
    journey.keys("B").shows("no bookmarks yet");
}

#[test]
fn a_filter_narrows_the_bookmarks_down() {
    let mut journey = Journey::news();
    journey.keys("BJBzb&budget").shows("matching “budget”");
    assert!(!journey.screen().contains("Harbor talks"));
}

#[test]
fn a_bookmark_is_found_again_in_another_run() {
    let mut first = Journey::news();
    first.keys("jjjB");
    let line = first.words_at_top();
    first.keys("GQ");
    let mut second = Setup::news().state(first.saved.clone()).start();
    second.keys("zb<Enter>");
    assert_eq!(second.words_at_top(), line);
}

#[test]
fn a_bookmark_of_an_earlier_version_is_where_the_reader_left_the_article() {
    let place = ReadingPlace {
        is_bookmarked: true,
        ..ReadingPlace::default()
    };
    let state = SavedState {
        places: [("/news/03-court.txt".to_owned(), place)].into(),
        ..SavedState::default()
    };
    let mut journey = Setup::news().state(state).start();
    journey.keys("zb<Enter>");
    assert_eq!(journey.open(), "03-court.txt");
}

#[test]
fn a_listener_hears_the_bookmarks() {
    let mut journey = Setup::news().config("screen_reader = true").start();
    journey.keys("zb");
    let mut narrator = pullquote::view::Narrator::default();
    assert!(narrator.tell(&journey.model).contains("No bookmarks yet"));
    journey.keys("qBzb");
    let told = narrator.tell(&journey.model);
    assert!(told.contains("Bookmarks: 1."), "{told}");
    assert!(told.contains("5 Mar 2026"), "{told}");
}
