//! The folder: the list of articles, changes of files, and files that cannot be read.

use pullquote::app::protocol::message::Message;

use super::{TOWN, long_article};
use crate::harness::journey::{Journey, Setup};

fn titles(journey: &Journey) -> Vec<String> {
    let library = &journey.model.folder.library;
    let rows = journey.model.screens.contents.list.rows.iter();
    rows.filter_map(|row| row.article())
        .map(|id| library.article(id).unwrap().title().to_owned())
        .collect()
}

#[test]
fn an_article_opens_from_the_contents() {
    let mut journey = Journey::news();
    journey
        .keys("C")
        .shows("Contents, by path")
        .keys("jj<Enter>");
    assert_eq!(journey.open(), "03-court.txt");
    journey.keys("C");
    assert_eq!(
        journey.model.screens.contents.list.selection.row, 2,
        "the open article is selected"
    );
}

#[test]
fn next_and_previous_article_follow_the_list() {
    let mut journey = Journey::news();
    journey.keys("JJ").shows("3/4");
    journey
        .keys("K")
        .shows("2/4")
        .keys("5J")
        .says("this is the last article");
    journey.keys("KK").says("this is the first article");
    journey.keys("]a[a");
    assert_eq!(journey.open(), "01-harbor-talks.txt");
}

#[test]
fn keys_pressed_before_the_article_loads_are_kept() {
    let mut journey = Journey::news();
    journey.hold().keys("JJJ").release();
    assert_eq!(journey.open(), "04-railway.txt");
    journey.hold().keys("KJK").release();
    assert_eq!(journey.open(), "03-court.txt");
}

#[test]
fn typing_filters_the_contents() {
    let mut journey = Journey::news();
    journey
        .keys("C&rail")
        .shows("1 of 4")
        .shows("Railway")
        .hides("A budget");
    journey.keys("<Enter>").hides("A budget").keys("<Enter>");
    assert_eq!(journey.open(), "04-railway.txt");
    journey.keys("C<Esc>").shows("A budget");
}

#[test]
fn the_contents_can_be_sorted() {
    let mut journey = Journey::news();
    journey.keys(":sort title<Enter>");
    assert_eq!(titles(&journey)[0], "A budget without a harbor");
    journey
        .keys(":sort quotations<Enter>")
        .says("sorted by quotations");
    assert_eq!(titles(&journey)[0], "Harbor talks end without a date");
    journey
        .keys(":sort size<Enter>")
        .says("unknown order “size”");
    let orders: Vec<String> = (0..6)
        .map(|_| journey.keys("CSq").notice().to_owned())
        .collect();
    assert!(
        orders
            .iter()
            .all(|order| order.is_empty() || order.starts_with("sorted by"))
    );
}

#[test]
fn read_articles_are_remembered_and_can_be_hidden() {
    let mut journey = Setup::articles(TOWN.iter().copied()).start();
    journey.keys("JJCzu").says("unread articles only");
    assert_eq!(
        titles(&journey),
        ["School gets a roof", "Market moves to the square"]
    );
    journey.keys("zuq]u");
    assert_eq!(journey.open(), "4-market.txt");
    journey.keys("Q");
    let again = Setup::articles(TOWN.iter().copied())
        .state(journey.saved)
        .start();
    let entry = |id: u32| {
        again
            .model
            .folder
            .library
            .article(pullquote::library::ArticleId(id))
            .unwrap()
            .is_read
    };
    assert!(entry(0) && entry(1));
}

#[test]
fn a_long_article_counts_as_read_once_its_end_is_seen() {
    let mut journey = Journey::article(&long_article());
    let is_read = |journey: &Journey| {
        journey
            .model
            .folder
            .library
            .article(pullquote::library::ArticleId(0))
            .unwrap()
            .is_read
    };
    assert!(!is_read(journey.keys("f").keys("f")));
    assert!(is_read(journey.keys("G")));
}

#[test]
fn a_bookmark_is_set_and_removed() {
    let mut journey = Journey::news();
    journey.keys("B").says("bookmarked");
    assert!(
        journey
            .saved
            .places
            .values()
            .any(|place| place.is_bookmarked)
    );
    journey.keys("B").says("bookmark removed");
}

#[test]
fn all_articles_can_be_marked_as_read() {
    let mut journey = Journey::news();
    journey
        .keys("A")
        .says("4 articles marked as read")
        .keys("n")
        .says("no unread articles");
}

#[test]
fn a_changed_file_reloads_at_the_same_words() {
    let text = long_article();
    let mut journey = Journey::article(&text);
    let words = journey.keys("fffj").words_at_top();
    let edited = text.replace("Paragraph 2 ", "Something was put in here.\n\nParagraph 2 ");
    journey.write("article.txt", &edited).says("reloaded");
    assert_eq!(journey.words_at_top(), words);
    journey.keys("g").shows("Something was put in here.");
}

#[test]
fn a_new_file_appears_in_sort_order() {
    let mut journey = Journey::news();
    journey
        .write("02a-new.txt", "Fresh from the press\n\nHere it is.\n")
        .says("1 new article; C lists them");
    assert_eq!(titles(&journey)[2], "Fresh from the press");
    journey.keys("JJ").shows("Here it is.");
}

#[test]
fn a_deleted_file_stays_on_screen_until_the_reader_leaves_it() {
    let mut journey = Journey::news();
    journey
        .keys("J")
        .remove("02-budget.md")
        .says("the file of this article is gone");
    journey
        .shows("A budget without a harbor")
        .keys("C")
        .shows("─ 3 ─")
        .hides("A budget");
    journey.keys("q\"").shows("The money is there");
    journey.keys("J");
    assert_eq!(
        journey.open(),
        "03-court.txt",
        "the next one follows where it was"
    );
}

#[test]
fn a_restored_file_returns_to_its_place() {
    let mut journey = Journey::news();
    journey
        .remove("02-budget.md")
        .write("02-budget.md", "Back again\n\nHere.\n")
        .keys("J");
    assert_eq!(journey.open(), "02-budget.md");
    journey.shows("Back again");
}

#[test]
fn an_unreadable_file_is_listed_with_the_reason() {
    let mut journey = Setup::news()
        .file(
            "02-locked.txt",
            Err("02-locked.txt: you are not allowed to read it"),
        )
        .file(
            "03-picture.txt",
            Ok(b"\x00\x01\x02PNG\x00\x00\xff\xfe\x00".as_slice()),
        )
        .start();
    journey.keys("JJ").says("you are not allowed to read it");
    assert_eq!(journey.open(), "02-budget.md", "the text before stays");
    journey
        .keys("C")
        .shows("02-locked.txt")
        .shows("not allowed")
        .shows("this file is not text");
    journey.keys("GG<Enter>");
    assert_eq!(journey.open(), "04-railway.txt");
}

#[test]
fn the_first_readable_article_opens() {
    let journey = Setup::news()
        .file("00-locked.txt", Err("00-locked.txt: locked"))
        .start();
    assert_eq!(journey.open(), "01-harbor-talks.txt");
}

#[test]
fn an_empty_folder_says_so() {
    let mut journey = Setup::articles([]).start();
    journey.shows("No articles in news.");
    journey.keys(
        "JKn\"]s]c/x<Enter><Esc>GgC<Enter>q@<Enter>qW<Enter>q=<Esc>ma'aBAozz:sort title<Enter>",
    );
    journey
        .write("a.txt", "First one\n\nHere it is.\n")
        .shows("Here it is.");
}

#[test]
fn an_empty_file_is_an_article_without_text() {
    let mut journey = Setup::articles([("empty.txt", "")]).start();
    journey.keys("fjGg\"]s/x<Enter>=").shows("empty.txt");
}

#[test]
fn the_folder_can_be_reloaded() {
    let mut journey = Journey::news();
    journey.keys("R").says("reloaded");
    assert_eq!(journey.model.folder.library.len(), 4);
}

#[test]
fn deleting_a_folder_removes_its_articles() {
    let mut journey = Setup::articles([
        ("a.txt", "A day\n\nIt rained.\n"),
        ("b/1.txt", "Another day\n\nIt rained.\n"),
        ("b/c/2.txt", "A third day\n\nIt rained.\n"),
    ])
    .start();
    journey.keys("C").shows("A third day");
    journey.send(Message::Changed {
        present: Vec::new(),
        gone: vec!["/news/b".into()],
    });
    assert_eq!(titles(&journey), ["A day"]);
}

#[test]
fn a_rescan_notices_deleted_files() {
    let mut journey = Journey::news();
    journey.forget("04-railway.txt");
    journey.send(Message::Missed).says("reloaded");
    assert_eq!(titles(&journey).len(), 3);
}
