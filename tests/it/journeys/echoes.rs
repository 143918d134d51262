//! Echoes: quotations that several articles repeat, whole, shortened or changed.

use crate::harness::journey::{Journey, Setup};

const FOLDER: &[(&str, &str)] = &[
    (
        "1.txt",
        "Talks end\n\nPublished: March 3, 2026\n\n\
         “We will not accept a deal that leaves the harbor unfinished, not this year,” said Maria Okafor, the minister.\n\n\
         “It rained again,” said Tom Berg, who drove a bus.\n",
    ),
    (
        "2.txt",
        "A week of talks\n\nPublished: March 8, 2026\n\n\
         In Mombasa nobody slept well that week, least of all the minister.\n\n\
         “We will not accept a deal that … not this year,” said Maria Okafor.\n",
    ),
    (
        "3.txt",
        "The harbor, a history\n\n\
         The delegates left by train.\n\n\
         “We will not accept a deal that leaves the port unfinished, not this year,” said Jens Lindqvist.\n",
    ),
    (
        "4.txt",
        "Bread is dear\n\n“The price of bread is a matter of the harvest, and of the road to the mill,” said Ana Ruiz.\n",
    ),
];

fn journey() -> Journey {
    Setup::articles(FOLDER.iter().copied())
        .size(100, 30)
        .start()
}

#[test]
fn a_quotation_shows_how_many_articles_repeat_it() {
    let mut journey = journey();
    journey.keys("\"").shows("also in 2 articles");
    journey
        .keys("=")
        .shows("The same words are also in 2 articles; ~ lists them.");
    journey.keys("q\"").hides("also in");
    journey.keys("~").says("no other article has these words");
}

#[test]
fn the_list_shows_the_differences_and_the_speakers() {
    let mut journey = journey();
    journey
        .keys("\"~")
        .shows("The same words elsewhere")
        .shows("8 Mar 2026")
        .shows("[-leaves the harbor unfinished,-]");
    journey
        .keys("j")
        .shows("said by Jens Lindqvist")
        .shows("[-harbor-] {+port+}");
    journey.keys("q").hides("elsewhere");
}

#[test]
fn enter_opens_the_other_article_at_the_words() {
    let mut journey = journey();
    journey.keys("\"~j<Enter>");
    assert_eq!(journey.open(), "3.txt");
    assert!(journey.quotation().contains("leaves the port unfinished"));
    journey.shows("also in 2 articles").keys("<C-o>");
    assert_eq!(journey.open(), "1.txt");
}

#[test]
fn new_and_deleted_echoes_are_noticed() {
    let mut journey = journey();
    journey.keys("\"").shows("also in 2 articles");
    journey.remove("3.txt").shows("also in 1 article");
    journey
        .write("5.txt", FOLDER[2].1)
        .shows("also in 2 articles");
    let mut alone = Journey::article("A day\n\nIt rained all day long.\n");
    alone.keys("~").says("no quotation here");
}

#[test]
fn the_list_waits_for_pending_comparisons() {
    let mut journey = journey();
    journey.keys("\"\"").hold().keys("[q~").shows("comparing");
    journey.release().shows("[-leaves the harbor unfinished,-]");
}
