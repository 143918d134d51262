//! Jumping between quotations, speakers and countries.

use super::TOWN;
use crate::harness::journey::{Journey, Setup};

fn town() -> Journey {
    Setup::articles(TOWN.iter().copied()).start()
}

#[test]
fn quotations_are_stepped_through_in_both_directions() {
    let mut journey = town();
    for quotation in ["“It holds,”", "“It sways,”", "“Every bridge sways,”"] {
        journey.keys("\"");
        assert_eq!(journey.quotation(), quotation);
    }
    journey.keys("\"").says("last quotation");
    assert_eq!(journey.quotation(), "“Every bridge sways,”");
    journey.keys("[q");
    assert_eq!(journey.quotation(), "“It sways,”");
    journey.keys("5[q").says("first quotation");
    assert_eq!(journey.quotation(), "“It holds,”");
    journey.keys("2]q");
    assert_eq!(journey.quotation(), "“Every bridge sways,”");
}

#[test]
fn the_status_line_shows_the_quotation_and_its_speaker() {
    let mut journey = town();
    journey
        .keys("\"")
        .shows("quote 1/3")
        .shows("Ana Ruiz, mayor · direct");
    journey.keys("\"").shows("quote 2/3").shows("Tom Berg");
}

#[test]
fn a_jump_pressed_while_an_article_loads_continues_there() {
    let mut journey = town();
    journey.keys("\"]s").hold().keys("]s]s").release();
    assert_eq!(journey.open(), "4-market.txt");
}

#[test]
fn next_of_speaker_continues_into_other_articles() {
    let mut journey = town();
    journey.keys("\"]s");
    assert_eq!(journey.quotation(), "“Every bridge sways,”");
    journey.keys("]s").says("article 2 of 3 with Ruiz");
    assert_eq!(
        (journey.open().as_str(), journey.quotation()),
        ("3-school.txt", "“The rain was a good teacher,”")
    );
    journey.keys("]s").says("article 3 of 3 with Ruiz");
    assert_eq!(
        (journey.open().as_str(), journey.quotation()),
        ("4-market.txt", "“Bring your own bag,”")
    );
    journey
        .keys("]s")
        .says("no more quotations by Ana Ruiz in the folder");
    journey.keys("[s").says("article 2 of 3 with Ruiz");
    assert_eq!(journey.open(), "3-school.txt");
    journey.keys("[s").says("article 1 of 3 with Ruiz");
    assert_eq!(journey.quotation(), "“Every bridge sways,”");
}

#[test]
fn next_of_speaker_stops_at_every_quotation_of_that_speaker_only() {
    let mut journey = town();
    let mut stops = Vec::new();
    for _ in 0..6 {
        journey.keys("]s");
        stops.push((journey.quotation().to_owned(), journey.speaker()));
    }
    stops.dedup();
    assert_eq!(stops.len(), 4);
    assert!(
        stops.iter().all(|(_, speaker)| speaker == "Ana Ruiz"),
        "{stops:?}"
    );
}

#[test]
fn jumps_go_back_across_articles() {
    let mut journey = town();
    journey.keys("\"]s]s]s");
    assert_eq!(journey.open(), "4-market.txt");
    journey.keys("<C-o>");
    assert_eq!(journey.open(), "3-school.txt");
    journey.keys("<C-o><C-o><C-o>");
    assert_eq!(journey.open(), "1-bridge.txt");
    journey.keys("<C-i><C-i><C-i><C-i>");
    assert_eq!(journey.open(), "4-market.txt");
}

#[test]
fn the_last_jump_repeats_in_both_directions() {
    let mut journey = town();
    journey.keys(";").says("nothing to repeat yet");
    journey.keys("\";");
    assert_eq!(journey.quotation(), "“It sways,”");
    journey.keys(",");
    assert_eq!(journey.quotation(), "“It holds,”");
    journey.keys("]s;");
    assert_eq!(journey.open(), "3-school.txt");
    journey.keys("/roof<Enter>;");
    assert!(
        journey.model.reading.reader.find.as_ref().unwrap().current == Some(1),
        "; is the next match"
    );
}

#[test]
fn next_of_country_continues_into_other_articles() {
    let mut journey = town();
    journey.keys("W&chile<Enter><Enter>");
    assert_eq!(journey.model.screens.side.country.unwrap().as_str(), "CL");
    journey
        .keys("]c")
        .says("article 2 of 2 that mentions Chile");
    assert_eq!(journey.open(), "3-school.txt");
    journey
        .keys("]c")
        .says("no more mentions of Chile in the folder");
    journey
        .keys("[c")
        .says("article 1 of 2 that mentions Chile");
}

#[test]
fn star_and_hash_follow_the_name_under_the_cursor() {
    let mut journey = town();
    journey.keys("\"*");
    assert_eq!(journey.quotation(), "“Every bridge sways,”");
    journey.keys("#");
    assert_eq!(journey.quotation(), "“It holds,”");
}

#[test]
fn choosing_a_speaker_opens_their_first_quotation() {
    let mut journey = town();
    journey
        .keys("JJ@")
        .shows("Ana Ruiz")
        .shows("4 in 3 articles");
    journey.keys("&berg<Enter><Enter>").shows("Quotations by");
    journey.keys("<Enter>");
    assert_eq!(journey.quotation(), "“It sways,”");
    journey.keys("]s");
    assert_eq!(journey.quotation(), "“And leave the goats at home,”");
}

#[test]
fn speakers_are_shown_with_their_counts_and_roles() {
    let mut journey = Setup::articles(TOWN.iter().copied()).size(120, 36).start();
    journey.shows("Ana Ruiz").shows("mayor").shows("Tom Berg");
    let row = journey
        .screen()
        .lines()
        .find(|line| line.contains("Ana Ruiz"))
        .unwrap()
        .to_owned();
    let counts = row
        .split("Ana Ruiz")
        .nth(1)
        .unwrap()
        .replace(['│', ' '], " ");
    assert_eq!(
        counts.split_whitespace().collect::<Vec<_>>(),
        ["2", "4"],
        "here and in the folder"
    );
}

#[test]
fn tab_cycles_through_the_side_lists() {
    let mut journey = town();
    journey.keys("<Tab>j<Enter>");
    assert_eq!(
        journey.quotation(),
        "“It sways,”",
        "the second speaker is the last in the list"
    );
    journey.keys("<Tab><Tab>").shows("▸ Chile").keys("<Enter>");
    assert!(journey.model.reading.reader.mention.is_some());
    journey.keys("<Tab>");
    assert_eq!(
        journey.model.window.screen(),
        pullquote::config::Screen::Reader
    );
}

#[test]
fn a_narrow_screen_shows_the_side_panel_alone() {
    let mut journey = Setup::articles(TOWN.iter().copied()).size(40, 15).start();
    journey.hides("SPEAKERS").keys("<Tab>").shows("Ana Ruiz");
    journey.keys("<Enter>");
    assert_eq!(journey.quotation(), "“It holds,”");
    journey.shows("It holds");
}

#[test]
fn an_article_without_quotations_shows_a_notice() {
    let mut journey = town();
    journey.keys("J\"").says("no quotations in this article");
}

#[test]
fn a_quotation_is_explained_and_copied() {
    let mut journey = town();
    journey
        .keys("\"=")
        .shows("Why this speaker")
        .shows("Direct quotation");
    journey.keys("<Esc>").hides("Why this speaker");
    journey.keys("yq");
    let copied = format!("{:?}", journey.asked.last());
    assert!(copied.contains("“It holds,”"), "{copied}");
    journey.keys("Y");
    let copied = format!("{:?}", journey.asked.last());
    assert!(
        copied.contains("“It holds,”")
            && copied.contains("Ana Ruiz, mayor, “Bridge opens to traffic”"),
        "{copied}"
    );
}
